"""The reminder as text and as a draft: everything once, polite, nothing from a record steers it, same in same out."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.exchange import Attachment, MailText, mail_draft, mail_text, usable_address
from elca_docs.exchange.mail_text import MAIL_PHRASES
from elca_docs.model.agenda import Agenda, AgendaLine
from elca_docs.model.missing import Missing, MissingField
from elca_docs.model.values import Expected

LATE = AgendaLine(
    id="A-1",
    matter="agreement",
    title="Example Agreement",
    counterpart="Alpha",
    expected=Expected(2021, 9),
    days=5,
    status="sent",
    to_sign=("Alpha",),
)
AGENDA = Agenda(
    partner="NORD",
    name="Example Cluster North",
    language="en",
    project="EXAMPLE",
    grant_number="000000",
    as_of=date(2021, 10, 5),
    as_of_note="",
    until=date(2021, 11, 4),
)
SHEET = Attachment(name="EXAMPLE-NORD.xlsx", data=b"PK specimen")


def fields(number: int) -> tuple[MissingField, ...]:
    return tuple(
        MissingField(
            missing=Missing(label=f"field {each}", field="f", record="r", key="k", owner="NORD"),
            agreements=("A-1",) if each else ("A-1", "A-2"),
        )
        for each in range(number)
    )


def parsed(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_a_reminder_says_everything_once_in_plain_words() -> None:
    """Golden: subject, greeting, the lists that are not empty, what to do, and a close."""
    mail = mail_text(replace(AGENDA, overdue=(LATE,), missing=fields(2)), sheet=True)
    assert mail.subject == "EXAMPLE: 1 overdue, 2 to fill in"
    assert mail.text == (
        "Dear colleagues of Example Cluster North,\n"
        "\n"
        "this is where your part of EXAMPLE (grant 000000) stands on 5 October 2021.\n"
        "\n"
        "Overdue (1)\n"
        "- Example Agreement with Alpha (A-1): expected September 2021, 5 days overdue; sent, not signed yet by Alpha\n"
        "\n"
        "Missing in the records (2)\n"
        "- field 0 (2 agreements wait for it)\n"
        "- field 1 (1 agreement waits for it)\n"
        "\n"
        "Please fill in the attached sheet and send it back.\n"
        "\n"
        "If something here is already signed or took place, please send us the signed copy or the list of those"
        " present: it counts as soon as we have it. If a date cannot be kept, please tell us the new one.\n"
        "\n"
        "Thank you very much, and kind regards\n"
    )


def test_long_lists_are_cut_and_say_so_but_nothing_overdue_is() -> None:
    """Fields beyond twelve are in the sheet, later things beyond five are a number; every overdue line stands."""
    lines = tuple(replace(LATE, id=f"A-{each}") for each in range(30))
    later = tuple(replace(LATE, id=f"N-{each}", days=0) for each in range(7))
    text = mail_text(replace(AGENDA, overdue=lines, next=later, missing=fields(14)), sheet=True).text
    assert all(f"(A-{each})" in text for each in range(30))
    assert "- and 2 more, all of them in the attached sheet\n" in text
    assert "- and 2 more\n" in text
    assert "attached" not in mail_text(replace(AGENDA, missing=fields(14)), sheet=False).text


def test_a_partner_whose_language_is_spanish_is_written_to_in_spanish() -> None:
    """Greeting, headings and the line itself; another language without phrases of ours falls back to English."""
    free = replace(LATE, free=True, count=2, days=0, expected=None, counterpart="", status="slot")
    spanish = mail_text(replace(AGENDA, language="es", overdue=(LATE,), unnamed=(free,)), sheet=False).text
    assert "Estimados colegas de" in spanish
    assert "Con retraso (1)" in spanish
    assert "5 días de retraso; enviado, falta la firma de Alpha" in spanish
    assert "- 2 × Example Agreement (A-1): sin fecha todavía; contraparte por determinar" in spanish
    assert "Dear colleagues" in mail_text(replace(AGENDA, language="fr", overdue=(LATE,)), sheet=False).text


def test_both_languages_have_the_same_phrases() -> None:
    """No phrase is missing in one of them, and the same places are filled."""
    english, spanish = MAIL_PHRASES["en"], MAIL_PHRASES["es"]
    assert set(english) == set(spanish)
    for name, phrase in english.items():
        assert re.findall(r"\{\w+\}", phrase) == re.findall(r"\{\w+\}", spanish[name]), name


def test_a_draft_opens_as_a_draft_with_its_sheet() -> None:
    """To, subject, X-Unsent and the sheet are there; sender, date and Message-ID are the mail program's."""
    data = mail_draft(
        MailText(subject="Größe", text="Hello ó ż\n"), to=["a@example.org", "b@example.org"], attachment=SHEET
    )
    message = parsed(data)
    assert (message["Subject"], message["X-Unsent"]) == ("Größe", "1")
    assert [each.addr_spec for each in message["To"].addresses] == ["a@example.org", "b@example.org"]
    assert not {"Date", "Message-ID", "From"} & set(message.keys())
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Hello ó ż\n"
    (sheet,) = message.iter_attachments()
    assert (sheet.get_filename(), sheet.get_content()) == ("EXAMPLE-NORD.xlsx", b"PK specimen")
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_draft_without_address_or_sheet_is_still_a_mail() -> None:
    """The person fills in who it goes to."""
    message = parsed(mail_draft(MailText(subject="S", text="T\n")))
    assert (message["To"], message.is_multipart()) == (None, False)


@settings(max_examples=40, deadline=None)
@given(name=st.text(max_size=40), title=st.text(max_size=40), sheet=st.binary(max_size=60))
def test_no_name_adds_a_header_or_a_line_and_same_input_is_same_bytes(name: str, title: str, sheet: bytes) -> None:
    """Line ends and control characters in records stay inside their line; the draft can be read back whole."""
    agenda = replace(AGENDA, name=name, project=title, overdue=(replace(LATE, title=title, counterpart=name),))
    mail = mail_text(agenda, sheet=True)
    assert "\n" not in mail.subject
    assert mail.text.count("\n") == mail_text(replace(AGENDA, overdue=(LATE,)), sheet=True).text.count("\n")
    attachment = Attachment(name="a.xlsx", data=sheet)
    data = mail_draft(mail, attachment=attachment)
    assert data == mail_draft(mail, attachment=attachment)
    message = parsed(data)
    assert set(message.keys()) == {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert next(message.iter_attachments()).get_content() == sheet


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("name@example.org", True),
        ("first.last+x@mail.example.org", True),
        ("name", False),
        ("name@localhost", False),
        ("@example.org", False),
        ("two words@example.org", False),
        ("a@example.org, b@example.org", False),
        ("a@b.example\r\nBcc: c@example.org", False),
        ("größe@example.org", False),
        ("a@@example.org", False),
        ("", False),
    ],
)
def test_only_one_plain_address_is_usable(text: str, usable: bool) -> None:  # noqa: FBT001 - the expected answer
    """What is no single address never reaches a header."""
    assert usable_address(text) is usable
