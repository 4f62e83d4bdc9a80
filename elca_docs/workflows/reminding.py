"""`remind`: one ready mail per partner, and the project's calendar. Nothing is sent; a person presses the button.

Running it twice writes nothing the second time, and what was missed is not made up for: an overdue thing stands once,
with its days, in one mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.errors import Problem, RequestError
from elca_docs.exchange import Attachment, calendar_of, mail_draft, mail_text, usable_address
from elca_docs.model.agenda import Agenda
from elca_docs.model.parties import Person
from elca_docs.tracking import LOOK_AHEAD, calendar_entries
from elca_docs.workflows.agendas import agendas
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import partner_of
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import SHEET_LIMIT, Renewed

_LONGEST = 3660
_CALENDAR = "calendar.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reminder:
    """What became of one partner's reminder: whether there is a mail, the lines to print, and what is wrong."""

    mail: bool
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def remind(desk: Desk, *, partner: str = "", days: str = str(LOOK_AHEAD)) -> Summary:
    """Write the mails and the calendar, and say what there is to send; `days` is a number as it was typed."""
    ahead, wanted = _days(days), partner_of(desk.portfolio, partner)
    view = desk.register.view()
    report = report_on(desk, view)
    done = [_reminded(desk, each) for each in agendas(desk, view, report, partner=wanted, days=ahead)]
    project = desk.portfolio.project
    calendar = calendar_of(
        calendar_entries(report, desk.portfolio), name=project.acronym, as_of=desk.as_of, revision=view.position
    )
    renewed = desk.workspace.renew(_CALENDAR, calendar)
    head = f"{project.acronym} as of {desk.as_of.isoformat()}, looking {ahead} days ahead" + (
        f" ({desk.as_of_note})" if desk.as_of_note else ""
    )
    return Summary(
        lines=(
            head,
            *(line for each in done for line in each.lines),
            _told("calendar", _CALENDAR, renewed),
            _next_step(done),
        ),
        problems=tuple(problem for each in done for problem in each.problems),
    )


def _days(text: str) -> int:
    """Return the number of days that --days says; RequestError where it says none that can be looked ahead."""
    if text.isascii() and text.isdecimal() and len(text) <= len(str(_LONGEST)) and int(text) <= _LONGEST:
        return int(text)
    message = f"--days '{text}' is no number of days to look ahead"
    raise RequestError(Problem("days-out-of-range", message, fix=f"use a number from 0 to {_LONGEST}"))


def _reminded(desk: Desk, agenda: Agenda) -> _Reminder:
    """Write one partner's mail as text and as draft, or take an earlier one away where there is nothing to say."""
    names = [f"reminders/{agenda.partner}.{ending}" for ending in ("txt", "eml")]
    if not agenda.calls:
        retired = any([desk.workspace.retire(name) for name in names])  # noqa: C419 - both files go
        gone = "; the earlier mail was taken away" if retired else ""
        return _Reminder(mail=False, lines=(f"  {agenda.partner:<6} nothing to remind of{gone}",), problems=())
    to, problems = _addresses(desk, agenda.partner)
    sheet = _sheet(desk, agenda)
    mail = mail_text(agenda, sheet=sheet is not None)
    renewed = [
        desk.workspace.renew(names[0], f"{mail.subject}\n\n{mail.text}".encode()),
        desk.workspace.renew(names[1], mail_draft(mail, to=to, attachment=sheet)),
    ]
    return _Reminder(mail=True, lines=tuple(_lines(agenda, to, sheet, names, renewed)), problems=tuple(problems))


def _next_step(done: list[_Reminder]) -> str:
    if not any(each.mail for each in done):
        return "next: nothing to send; invoke status shows the whole"
    return "next: open the .eml files in your mail program, read them, and send them; nothing was sent from here"


def _lines(
    agenda: Agenda, to: list[str], sheet: Attachment | None, names: list[str], renewed: list[Renewed]
) -> Iterator[str]:
    counts = {
        "overdue": sum(each.count for each in agenda.overdue),
        "due": sum(each.count for each in agenda.due),
        "waiting": sum(each.count for each in agenda.waiting),
        "unnamed": sum(each.count for each in agenda.unnamed),
        "missing": len(agenda.missing),
    }
    told = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    with_sheet = " with the sheet" if sheet else ", no sheet to attach" if agenda.missing else ""
    address = "" if to else " · no address: add a contact with an e-mail to records/people.yaml"
    state = "" if any(each.written for each in renewed) else " (unchanged)"
    yield f"  {agenda.partner:<6} {told} → output/{names[1]}{with_sheet}{state}{address}"
    for name, each in zip(names, renewed, strict=True):
        if each.aside:
            yield f"         the {name} you edited is kept as {each.aside}"


def _addresses(desk: Desk, partner: str) -> tuple[list[str], list[Problem]]:
    """Return the addresses of a partner's contact points in office, and a problem for each that cannot be one."""
    people = sorted(desk.portfolio.people, key=lambda each: each.id)
    wanted = [each for each in people if each.of == partner and each.contact and each.email and _in_office(desk, each)]
    problems = [
        Problem(
            "mail-address-unusable",
            f"the e-mail address of {each.id} is not one, so the mail to {partner} goes without it",
            desk.portfolio.place("people", each.id, "email"),
            "write it as name@example.org",
        )
        for each in wanted
        if not usable_address(each.email)
    ]
    return [each.email for each in wanted if usable_address(each.email)], problems


def _in_office(desk: Desk, person: Person) -> bool:
    return person.until is None or desk.as_of <= person.until


def _sheet(desk: Desk, agenda: Agenda) -> Attachment | None:
    """Return the partner's workbook, or else the sheet of what is missing; None where neither was made yet."""
    for folder in ("sheets", "missing") if agenda.missing else ("sheets",):
        name = f"{folder}/{agenda.partner}.xlsx"
        if name in desk.workspace.digests(folder, ".xlsx"):
            data = desk.workspace.read(f"output/{name}", SHEET_LIMIT)
            return Attachment(name=f"{agenda.project}-{agenda.partner}.xlsx", data=data)
    return None


def _told(what: str, name: str, renewed: Renewed) -> str:
    aside = f" (the one you changed is kept as {renewed.aside})" if renewed.aside else ""
    return f"  {what} → output/{name}{'' if renewed.written else ' (unchanged)'}{aside}"
