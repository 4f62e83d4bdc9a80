"""`remind` and the partner page: one mail each, written once, taken away when there is nothing to say, never sent."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from desks import NOON, desk, paper, project, tree
from icalendar import Calendar

from elca_docs.errors import RequestError
from elca_docs.workflows.building import build
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.reminding import remind
from elca_docs.workflows.reviewing import status


def mail(folder: Path, partner: str):
    data = (folder / f"output/reminders/{partner}.eml").read_bytes()
    return email.message_from_bytes(data, policy=email.policy.default)


def text(folder: Path, partner: str) -> str:
    return (folder / f"output/reminders/{partner}.txt").read_text(encoding="utf-8")


def test_each_partner_gets_one_mail_to_its_contact(tmp_path: Path) -> None:
    """To the contact in office, in the partner's language, marked as unsent; the calendar can be read."""
    folder = project(tmp_path / "p")
    summary = remind(desk(folder))
    assert summary.exit_code == 0
    assert "next: open the .eml files" in summary.lines[-1]
    assert str(mail(folder, "ALFA")["To"]) == "person02@alfa.example"
    assert mail(folder, "ALFA")["X-Unsent"] == "1"
    assert "Estimados colegas" in text(folder, "BETA")
    assert text(folder, "ALFA").startswith("SAMPLE: ")
    assert "Cooperation Agreement with Floating Bridges (specimen)" in text(folder, "ALFA")
    assert Calendar.from_ical((folder / "output/calendar.ics").read_bytes()).walk("VEVENT")


def test_a_second_run_writes_nothing_and_a_later_one_makes_one_mail_of_what_was_missed(tmp_path: Path) -> None:
    """Running it daily or once in three months gives the same one mail: overdue things stand once, with their days."""
    daily, rarely = project(tmp_path / "daily"), project(tmp_path / "rarely")
    remind(desk(daily))
    before = tree(daily)
    assert all("unchanged" in line for line in remind(desk(daily)).lines if "→" in line)
    assert tree(daily) == before
    for days in (1, 30, 90):
        remind(desk(daily, NOON + timedelta(days=days)))
    remind(desk(rarely, NOON + timedelta(days=90)))
    names = [path.name for path in sorted((rarely / "output/reminders").iterdir()) if not path.name.startswith(".")]
    assert names == [path.name for path in sorted((daily / "output/reminders").iterdir()) if path.name[0] != "."]
    for name in names:
        assert (daily / "output/reminders" / name).read_bytes() == (rarely / "output/reminders" / name).read_bytes()
    assert text(daily, "ALFA").count("(BA-01)") == 1


def test_the_sheet_goes_along_the_workbook_before_the_sheet_of_missing_data(tmp_path: Path) -> None:
    """Without a sheet nothing is attached and the line says so; `build` makes one; a workbook takes its place."""
    folder = project(tmp_path / "p", ".")
    lines = "\n".join(remind(desk(folder)).lines)
    assert "no sheet to attach" in lines
    assert "no address" in lines
    assert list(mail(folder, "AMZ").iter_attachments()) == []
    build(desk(folder))
    remind(desk(folder))
    (sheet,) = mail(folder, "AMZ").iter_attachments()
    assert sheet.get_content() == (folder / "output/missing/AMZ.xlsx").read_bytes()
    (folder / "output/sheets").mkdir()
    (folder / "output/sheets/AMZ.xlsx").write_bytes(b"workbook")
    remind(desk(folder), partner="amz")
    (sheet,) = mail(folder, "AMZ").iter_attachments()
    assert (sheet.get_filename(), sheet.get_content()) == ("ELCA-AMZ.xlsx", b"workbook")


def test_what_came_back_signed_is_no_longer_asked_for(tmp_path: Path) -> None:
    """Partly signed it waits for the other party by name; signed by all it is gone from the mail."""
    folder = project(tmp_path / "p")
    build(desk(folder))
    reference = desk(folder).register.view().history("CA-03").reference
    path = paper(folder, "a.pdf", reference)
    register(desk(folder), ref=reference, files=[path], signed_by=["BETA=2021-11-10"], by="p04")
    remind(desk(folder))
    assert f"({reference})" in text(folder, "BETA")
    assert "falta la firma de Glass Weavers (specimen)" in text(folder, "BETA")
    register(desk(folder), ref=reference, files=[path], signed_by=["glass-weavers=2021-11-11"], by="p04")
    remind(desk(folder))
    assert f"({reference})" not in text(folder, "BETA")


def test_a_partner_with_nothing_open_has_no_mail_and_an_old_one_is_taken_away(tmp_path: Path) -> None:
    """Only one partner is asked for here; nothing is due in the first month of the project."""
    folder = project(tmp_path / "p")
    remind(desk(folder), partner="ALFA")
    assert sorted(path.name for path in (folder / "output/reminders").glob("[!.]*")) == ["ALFA.eml", "ALFA.txt"]
    early = NOON.replace(year=2021, month=1, day=5)
    summary = remind(desk(folder, early), partner="ALFA", days="0")
    assert any("nothing to remind of; the earlier mail was taken away" in line for line in summary.lines)
    assert "nothing to send" in summary.lines[-1]
    assert list((folder / "output/reminders").iterdir()) == []
    assert any(
        line.endswith("nothing to remind of") for line in remind(desk(folder, early), partner="ALFA", days="0").lines
    )


def test_a_mail_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    """It moves aside and is named; the new one takes its place."""
    folder = project(tmp_path / "p")
    remind(desk(folder))
    (folder / "output/reminders/ALFA.txt").write_bytes(b"my own words")
    (folder / "output/calendar.ics").write_bytes(b"my own calendar")
    lines = "\n".join(remind(desk(folder)).lines)
    assert "ALFA.edited-1.txt" in lines
    assert "calendar.edited-1.ics" in lines
    assert (folder / "output/reminders/ALFA.edited-1.txt").read_bytes() == b"my own words"


def test_an_address_that_is_none_is_named_and_left_out(tmp_path: Path) -> None:
    """Code mail-address-unusable with its place; the mail is written without it. Who left the office gets none."""
    folder = project(tmp_path / "p")
    people = folder / "records/people.yaml"
    changed = people.read_text(encoding="utf-8").replace("person02@alfa.example", "call me")
    people.write_text(
        changed.replace("email: person04@beta.example", "email: person04@beta.example\n  until: 2021-01-31"),
        encoding="utf-8",
    )
    summary = remind(desk(folder))
    (problem,) = summary.problems
    assert (problem.code, summary.exit_code) == ("mail-address-unusable", 1)
    assert str(problem.location).startswith("records/people.yaml:")
    assert (mail(folder, "ALFA")["To"], mail(folder, "BETA")["To"]) == (None, None)


@pytest.mark.parametrize("days", ["-1", "3661", "thirty", "", "1.5", "9" * 5000])
def test_a_number_of_days_that_is_none_is_refused(tmp_path: Path, days: str) -> None:
    """Code days-out-of-range; 0 and 3660 are fine."""
    folder = project(tmp_path / "p")
    with pytest.raises(RequestError) as caught:
        remind(desk(folder), days=days)
    assert caught.value.problems[0].code == "days-out-of-range"
    assert remind(desk(folder), days="0").exit_code == remind(desk(folder), days="3660").exit_code == 0


def test_nothing_of_another_project_stands_in_what_goes_out(tmp_path: Path) -> None:
    """Mail, calendar and page name their own project only; the day that is not today says why."""
    folder = project(tmp_path / "p", "tests/data/other")
    lines = remind(desk(folder, NOON.replace(year=2025))).lines
    assert "the project ended on" in lines[0]
    for partner in desk(folder).portfolio.partners:
        status(desk(folder), by="partner", partner=partner.id, form="docx")
    produced = [path for path in (folder / "output").rglob("*") if path.is_file()]
    assert {path.suffix for path in produced} >= {".txt", ".eml", ".ics", ".docx"}
    for path in produced:
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"\n".join(package.read(name) for name in package.namelist())
        assert b"elca" not in data.lower(), path.name


def test_the_partner_page_on_the_screen_as_json_as_csv_and_in_word(tmp_path: Path) -> None:
    """Mine, open, missing and next; the same agenda in each form; the page is written once."""
    folder = project(tmp_path / "p", ".")
    record(desk(folder), kind="contacted", ref="T2-06", note="call")
    shown = "\n".join(status(desk(folder), by="partner", partner="mav").lines)
    assert "Mine: MAV in ELCA as of 2021-11-15" in shown
    assert "missing in the records: 30" in shown
    assert "… and 18 more: output/missing/MAV.xlsx" in shown
    answer = status(desk(folder), partner="MAV", form="json").json
    assert isinstance(answer, dict)
    assert set(answer) == {
        "partner", "project", "as_of", "as_of_note", "until", "mine", "overdue", "waiting", "due", "next", "unnamed",
        "missing",
    }  # fmt: skip
    assert next(each for each in answer["due"] if each["id"] == "T2-06")["status"] == "contacted"
    rows = status(desk(folder), partner="MAV", form="csv").lines
    assert rows[0] == "list,what,when,how far"
    assert len(rows) - 1 == sum(len(answer[name]) for name in ("overdue", "waiting", "due", "next", "unnamed"))
    assert status(desk(folder), partner="MAV", form="docx").lines == ("wrote output/partners/MAV.docx",)
    assert status(desk(folder), partner="MAV", form="docx").lines == ("unchanged: output/partners/MAV.docx",)
    (folder / "output/partners/MAV.docx").write_bytes(b"mine")
    assert "MAV.edited-1.docx" in status(desk(folder), partner="MAV", form="docx").lines[0]
    full = "\n".join(status(desk(folder, NOON.replace(year=2025)), partner="MAV").lines)
    assert "the project ended on" in full


@pytest.mark.parametrize(
    "flags",
    [
        {"by": "mission", "partner": "ALFA"},
        {"why": "KPI 1", "partner": "ALFA"},
        {"form": "docx"},
        {"by": "partner", "form": "docx"},
    ],
)
def test_flags_that_do_not_go_together_are_refused(tmp_path: Path, flags: dict[str, str]) -> None:
    """Code flags-unclear, and what to write instead."""
    folder = project(tmp_path / "p")
    with pytest.raises(RequestError) as caught:
        status(desk(folder), **flags)
    assert caught.value.problems[0].code == "flags-unclear"
    assert "--partner" in caught.value.problems[0].fix
