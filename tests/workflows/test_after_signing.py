"""Life after signing: amendments, replacement, withdrawal, decline and expiry, from the command to the figures."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from desks import desk, paper, project
from docx import Document

from elca_docs.errors import EvidenceError, Problem, RequestError
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.log_events import Amended, Referenced, Registered, Signed
from elca_docs.planning import Filters
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.record_sheets import record_sheets
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.reviewing import status
from elca_docs.workflows.sending import Sending, send

pytestmark = pytest.mark.slow  # a project with papers for each test

DAY = "2021-10-05"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project whose first agreement is registered."""
    made = project(tmp_path / "p")
    make_drafts(desk(made), Filters())
    sign(made, "CA-01")
    return made


def sign(folder: Path, ref: str, *, parties: int = 2, day: str = DAY) -> tuple[str, ...]:
    """Register a copy that the first parties of an agreement or amendment have signed."""
    there = desk(folder)
    view = there.register.view()
    identifier = view.by_reference.get(ref, ref)
    record = there.portfolio.agreement(identifier)
    assert record
    reference = view.history(identifier).reference
    signed = [f"{party.id}={day}" for party in there.portfolio.parties_of(record)[:parties]]
    file = paper(folder, f"{reference.replace('/', '-')}-{parties}.pdf", reference)
    return register(there, ref=ref, files=[file], signed_by=signed, by="officer-1").lines


def row(folder: Path, identifier: str, *, as_of: str = "") -> AgreementStatus:
    there = desk(folder, as_of=as_of)
    report = report_on(there, there.register.view())
    return next(each for each in (*report.agreements, *report.amendments) if each.id == identifier)


def counted(folder: Path) -> list[int]:
    there = desk(folder)
    return [each.counted for each in report_on(there, there.register.view()).figures]


def reference(folder: Path, identifier: str = "CA-01") -> str:
    return desk(folder).register.view().history(identifier).reference


def refused(folder: Path, **flags: str) -> str:
    """Return the code under which `record` refuses, having written nothing."""
    before = desk(folder).register.view().position
    with pytest.raises(RequestError) as caught:
        record(desk(folder), **flags)
    assert desk(folder).register.view().position == before
    return caught.value.problems[0].code


def test_an_amendment_has_signatures_and_a_number_of_its_own_and_counts_nowhere(folder: Path) -> None:
    """Given, then half signed, then in force; the figures never move, and its agreement shows it."""
    before = counted(folder)
    record(desk(folder), kind="amended", ref="CA-01")
    ref = f"{reference(folder)}/A1"
    assert any("not sent yet" in line for line in status(desk(folder), why="CA-01").lines)
    sign(folder, ref, parties=1, day="2021-11-02")
    assert (row(folder, "CA-01/A1").status, row(folder, "CA-01/A1").in_force) == ("partly signed", False)
    told = sign(folder, ref, day="2021-11-02")
    assert f"{ref} is registered as R-2021-002; as an amendment it counts with what it amends" in told
    assert (row(folder, "CA-01/A1").register_number, row(folder, "CA-01/A1").in_force) == ("R-2021-002", True)
    assert f"as amended by {ref}, in force from 2021-11-02" in row(folder, "CA-01").marks
    assert counted(folder) == before
    there = desk(folder)
    assert not any("/" in each.id for each in report_on(there, there.register.view()).agreements)


def test_the_effective_view_follows_the_day(folder: Path) -> None:
    """Before the last signature of an amendment its agreement stands as it was."""
    record(desk(folder), kind="amended", ref="CA-01")
    sign(folder, f"{reference(folder)}/A1", day="2021-11-02")
    assert not any("as amended by" in mark for mark in row(folder, "CA-01", as_of="2021-11-01").marks)
    assert any("as amended by" in mark for mark in row(folder, "CA-01", as_of="2021-11-02").marks)


def test_why_tells_an_agreement_its_amendments_and_an_amendment_its_agreement(folder: Path) -> None:
    """Both can be asked for, an amendment by reference, id or register number."""
    record(desk(folder), kind="amended", ref="CA-01")
    record(desk(folder), kind="amended", ref="CA-01")
    base = reference(folder)
    sign(folder, f"{base}/A2", day="2021-11-02")
    lines = status(desk(folder), why="CA-01").lines
    place = lines.index("amendments:")
    assert lines[place + 1 : place + 3] == (
        f"  {base}/A1: not sent yet",
        f"  {base}/A2 · R-2021-002: in force from 2021-11-02",
    )
    for name in (f"{base}/A2", "CA-01/A2", "R-2021-002"):
        told = status(desk(folder), why=name).lines
        assert told[0].endswith("· in force from 2021-11-02")
        assert told[1].endswith(f"it amends {base}, and never counts by itself")
        assert [line.split()[0] for line in told if " holds: " in line] == ["C1", "C2", "C3", "C7"]


def test_the_archive_keeps_an_amendment_under_a_name_that_every_system_takes(folder: Path) -> None:
    """No stroke in a file name; SHA256SUMS lists it."""
    record(desk(folder), kind="amended", ref="CA-01")
    sign(folder, f"{reference(folder)}/A1")
    (name,) = [each.name for each in (folder / "register/signed").iterdir() if each.name.startswith("R-2021-002")]
    assert name.startswith(f"R-2021-002_{reference(folder)}-A1_")
    sums = (folder / "register/SHA256SUMS").read_text(encoding="utf-8")
    digest = hashlib.sha256((folder / "register/signed" / name).read_bytes()).hexdigest()
    assert f"{digest}  signed/{name}\n" in sums


def test_only_a_signed_agreement_that_has_not_ended_can_be_amended(folder: Path) -> None:
    """Not before all have signed, not after it ended, and never an amendment of an amendment."""
    assert refused(folder, kind="amended", ref="CA-02") == "cannot-amend"
    record(desk(folder), kind="amended", ref="CA-01")
    assert refused(folder, kind="amended", ref=f"{reference(folder)}/A1") == "cannot-amend"
    record(desk(folder), kind="ended", ref="CA-01", exit_="withdrawn", reason="by mutual consent")
    assert refused(folder, kind="amended", ref="CA-01") == "agreement-ended"


def test_an_amendment_ends_with_its_agreement_and_comes_back_with_it(folder: Path) -> None:
    """Nothing more can be signed or said of it, until the end of the agreement is corrected."""
    record(desk(folder), kind="amended", ref="CA-01")
    ref = f"{reference(folder)}/A1"
    record(desk(folder), kind="ended", ref="CA-01", exit_="withdrawn", reason="by mutual consent")
    end = desk(folder).register.view().entries[-1].address
    assert row(folder, "CA-01/A1").status == "withdrawn"
    assert refused(folder, kind="ended", ref=ref, exit_="void", reason="x") == "agreement-ended"
    with pytest.raises(EvidenceError) as caught:
        sign(folder, ref)
    assert [problem.code for problem in caught.value.problems] == ["agreement-ended"]
    assert [each.code for each in send(desk(folder), Sending(ref=ref)).problems] == ["agreement-ended"]
    record(desk(folder), kind="corrected", entry=end, reason="the letter was of another agreement")
    sign(folder, ref)
    assert row(folder, "CA-01/A1").in_force


def test_an_amendment_that_was_a_mistake_is_ended_and_its_number_stays_used(folder: Path) -> None:
    """Its entries are not undone: a reference stays given, and the next amendment is the second."""
    record(desk(folder), kind="amended", ref="CA-01")
    begun = [each for each in desk(folder).register.view().entries if isinstance(each.event, Amended | Referenced)][-2:]
    for entry in begun:
        assert refused(folder, kind="corrected", entry=entry.address, reason="a mistake") == "cannot-undo"
    record(desk(folder), kind="ended", ref="CA-01/A1", exit_="void", reason="a mistake")
    assert f"  {reference(folder)}/A1: void" in status(desk(folder), why="CA-01").lines
    assert row(folder, "CA-01").counted
    record(desk(folder), kind="amended", ref="CA-01")
    assert desk(folder).register.view().history("CA-01").amendments[-1] == f"{reference(folder)}/A2"


def test_an_amendment_is_in_force_only_while_its_agreement_is_signed_by_all(folder: Path) -> None:
    """Where a signature of the agreement is undone, there is nothing to amend for the time being."""
    record(desk(folder), kind="amended", ref="CA-01")
    sign(folder, f"{reference(folder)}/A1", day="2021-11-02")
    entries = desk(folder).register.view().entries
    number = next(each for each in entries if isinstance(each.event, Registered))
    place = entries.index(number)
    for entry in (number, entries[place - 1]):
        record(desk(folder), kind="corrected", entry=entry.address, reason="a wrong day")
    assert not row(folder, "CA-01/A1").in_force
    assert not any("as amended by" in mark for mark in row(folder, "CA-01").marks)
    sign(folder, "CA-01")
    assert row(folder, "CA-01/A1").in_force


@pytest.mark.parametrize("exit_", ["declined", "withdrawn"])
def test_an_exit_after_one_signature_keeps_the_paper_and_counts_nothing(folder: Path, exit_: str) -> None:
    """The line stays with day and reason, nothing more can be signed, and a correction brings it back."""
    sign(folder, "CA-02", parties=1)
    before = counted(folder)
    record(desk(folder), kind="ended", ref="CA-02", exit_=exit_, on="2021-11-10", reason="their board said no")
    assert (row(folder, "CA-02").status, row(folder, "CA-02").pending) == (exit_, False)
    assert any(
        f"{exit_} on 2021-11-10: their board said no" in line for line in status(desk(folder), why="CA-02").lines
    )
    assert row(folder, "CA-02").evidence
    assert counted(folder) == before
    with pytest.raises(EvidenceError) as caught:
        sign(folder, "CA-02")
    assert [problem.code for problem in caught.value.problems] == ["agreement-ended"]
    record(desk(folder), kind="corrected", entry=desk(folder).register.view().entries[-1].address, reason="they agreed")
    sign(folder, "CA-02")
    assert row(folder, "CA-02").counted


def test_a_replacement_keeps_the_old_line_and_counts_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both signed: the old one counts until the register ends it, then the new one; never both."""
    place = folder / "records/agreements.yaml"
    text = place.read_text(encoding="utf-8")
    assert "- id: CA-02\n" in text
    place.write_text(text.replace("- id: CA-02\n", "- id: CA-02\n  replaces: CA-01\n"), encoding="utf-8")
    before = counted(folder)
    sign(folder, "CA-02")
    assert (row(folder, "CA-01").counted, row(folder, "CA-02").counted) == (True, False)
    assert counted(folder) == before
    record(desk(folder), kind="ended", ref="CA-01", exit_="replaced", on="2021-11-10", reason="they merged")
    assert (row(folder, "CA-01").status, row(folder, "CA-02").counted) == ("replaced", True)
    assert counted(folder) == before
    assert any("replaced on 2021-11-10: they merged" in line for line in status(desk(folder), why="CA-01").lines)
    monkeypatch.setenv("COLUMNS", "200")
    table = status(desk(folder), by="agreement").lines
    assert any(reference(folder) in line and "replaced" in line for line in table)


def words(data: bytes) -> str:
    """Return all text of a Word document, cell by cell."""
    body = Document(io.BytesIO(data))
    cells = [cell.text for table in body.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(each.text for each in body.paragraphs), *cells])


def test_a_record_sheet_answers_who_signed_what_when_on_which_file(folder: Path, monkeypatch) -> None:
    """Parties, signatures, digests, history with addresses, amendments, rules, and the head of the register."""
    monkeypatch.setattr("elca_docs.workflows.record_sheets.find_office", lambda: None)
    record(desk(folder), kind="amended", ref="CA-01")
    ref = reference(folder)
    summary = status(desk(folder), why="R-2021-001", form="docx")
    assert summary.lines == (f"wrote output/records/{ref}.docx", "no PDF of it: LibreOffice is not installed")
    shown = words((folder / f"output/records/{ref}.docx").read_bytes())
    view = desk(folder).register.view()
    (digest,) = {each.evidence for each in view.history("CA-01").signatures}
    for text in (ref, "R-2021-001", digest, "confirmed by officer-1", DAY, f"{ref}/A1: not sent yet", view.head):
        assert text in shown
    assert all(f"entry {address}" in shown for address in view.history("CA-01").addresses)
    assert status(desk(folder), why=ref, form="docx").lines[0] == f"unchanged: output/records/{ref}.docx"
    status(desk(folder), why=f"{ref}/A1", form="docx")
    assert (folder / f"output/records/{ref}-A1.docx").is_file()


@pytest.mark.needs("libreoffice")
def test_with_libreoffice_the_record_sheet_is_a_pdf_too(folder: Path) -> None:
    """The PDF carries the reference."""
    ref = reference(folder)
    assert status(desk(folder), why="CA-01", form="docx").lines[1] == f"wrote output/records/{ref}.pdf"
    assert (folder / f"output/records/{ref}.pdf").read_bytes().startswith(b"%PDF")


def test_a_sheet_that_becomes_no_pdf_is_there_in_word_and_says_why(folder: Path, monkeypatch) -> None:
    """LibreOffice may fail; what stands beside the evidence may be damaged: neither keeps the sheet from being made."""
    trouble = Problem("office-failed", "LibreOffice made no PDF of it")
    monkeypatch.setattr("elca_docs.workflows.record_sheets.find_office", lambda: Path("soffice"))
    office = SimpleNamespace(pdfs=lambda _, carrying: dict.fromkeys(carrying, trouble))
    monkeypatch.setattr("elca_docs.workflows.record_sheets.office_or_problem", lambda: office)
    (digest,) = {each.evidence for each in desk(folder).register.view().history("CA-01").signatures}
    proven = Signed(reference=reference(folder), party="ALFA", on=date(2021, 10, 6), evidence=digest, basis="proven")
    desk(folder).register.append(lambda _: (proven,))
    (note,) = (folder / f"register/evidence/{digest[:2]}").glob(f"{digest}.*.json")
    note.chmod(0o600)
    for damaged in (b"{", b"[]"):
        note.write_bytes(damaged)
        status(desk(folder), why="CA-01", form="docx")
    summary = status(desk(folder), why="CA-01", form="docx")
    assert (len(summary.lines), summary.problems) == (1, (trouble,))
    assert (folder / f"output/records/{reference(folder)}.docx").is_file()


def test_all_registered_agreements_have_a_record_sheet_at_will(folder: Path) -> None:
    """The same register gives the same bytes."""
    record(desk(folder), kind="amended", ref="CA-01")
    sign(folder, f"{reference(folder)}/A1")
    there = desk(folder)
    view = there.register.view()
    once, again = (list(record_sheets(there, report_on(there, view), view)) for _ in range(2))
    assert [(name, of) for name, of, _ in once] == [
        (f"R-2021-001_{reference(folder)}.docx", reference(folder)),
        (f"R-2021-002_{reference(folder)}-A1.docx", f"{reference(folder)}/A1"),
    ]
    assert once == again


@pytest.mark.parametrize(
    ("flags", "code"),
    [({"why": "KPI 1"}, "no-record-sheet"), ({"by": "agreement"}, "flags-unclear"), ({"why": "nothing"}, "unknown-id")],
)
def test_a_record_sheet_is_of_one_agreement(folder: Path, flags: dict[str, str], code: str) -> None:
    """An indicator has none, and neither has nothing at all."""
    with pytest.raises(RequestError) as caught:
        status(desk(folder), form="docx", **flags)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not (folder / "output/records").exists()
