"""`sheets.write` and `sheets.read`: out, filled in, listed, applied, drafted; and what is never written."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from desks import desk, project, tree
from openpyxl import load_workbook

from elca_docs.durable import sha256_of
from elca_docs.errors import RequestError, WorkspaceError
from elca_docs.records import read_portfolio
from elca_docs.workflows import sheeting
from elca_docs.workflows.checking import check
from elca_docs.workflows.drafting import draft
from elca_docs.workspace import Workspace


def filled(path: Path, sheet: str, cells: Mapping[tuple[str, str], str | None]) -> str:
    """Write texts into a workbook by (id, heading), as a person does, and return its path."""
    workbook = load_workbook(path)
    page = workbook[sheet]
    rows = list(page.iter_rows())
    header = next(row for row in rows if any(cell.value == "Id" for cell in row))
    columns = {cell.value: cell.column for cell in header}
    numbers = {row[columns["Id"] - 1].value: row[0].row for row in rows}
    for (record, heading), text in cells.items():
        page.cell(numbers[record], columns[heading]).value = text
    page_bytes = io.BytesIO()
    workbook.save(page_bytes)
    path.write_bytes(page_bytes.getvalue())
    return str(path)


def sent(folder: Path, partner: str = "DELTA") -> Path:
    """Write one partner's workbook and return where it is."""
    sheeting.write(desk(folder), partner=partner)
    return folder / f"output/sheets/{partner}.xlsx"


def records(folder: Path) -> dict[str, bytes]:
    return Workspace(folder).records()


def test_every_partner_and_the_lead_get_a_workbook(tmp_path: Path) -> None:
    """One file each; the second run writes none of them again; one that was filled in is kept aside."""
    folder = project(tmp_path / "p")
    assert len(sheeting.write(desk(folder)).lines) == 6
    sheets = {path.name for path in (folder / "output/sheets").glob("*.xlsx")}
    assert sheets == {"ALFA.xlsx", "BETA.xlsx", "GAMMA.xlsx", "DELTA.xlsx", "lead.xlsx"}
    before = tree(folder)
    assert all("unchanged" in line for line in sheeting.write(desk(folder)).lines[:-1])
    assert tree(folder) == before
    filled(folder / "output/sheets/ALFA.xlsx", "Own data", {("ALFA", "Name"): "Alfa, renamed"})
    assert "kept as ALFA.edited-1.xlsx" in sheeting.write(desk(folder), partner="alfa").lines[0]
    assert (folder / "output/sheets/ALFA.edited-1.xlsx").is_file()
    assert [line[:22] for line in sheeting.write(desk(folder), partner="lead").lines[:-1]] == ["output/sheets/lead.xls"]


def test_one_workbook_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path) -> None:
    """A text too long for a cell is a problem of the workbooks it stands in; the others are there."""
    folder = project(tmp_path / "p")
    path = folder / "records/partners.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("A fictitious network for", "x " * 20_000), encoding="utf-8"
    )
    summary = sheeting.write(desk(folder))
    assert {problem.code for problem in summary.problems} == {"cell-too-long"}
    sheets = {path.name for path in (folder / "output/sheets").glob("*.xlsx")}
    assert sheets == {"ALFA.xlsx", "GAMMA.xlsx", "DELTA.xlsx"}


def test_reading_lists_and_applies_only_when_asked(tmp_path: Path) -> None:
    """The list names field, old, new, who and cell; --apply changes this field and no other byte; again, nothing."""
    folder = project(tmp_path / "p")
    file = filled(sent(folder), "Own data", {("DELTA", "City"): "Żółć: nowa", ("DELTA", "Postcode"): "0012"})
    before = records(folder)
    listed = sheeting.read(desk(folder), file=file, by="delta-1")
    assert records(folder) == before
    assert isinstance(listed.json, dict)
    assert listed.json["changes"][1] == {
        "kind": "partners",
        "record": "DELTA",
        "field": "legal.address.city",
        "old": "Wzorowo",
        "new": "Żółć: nowa",
        "who": "delta-1",
        "cell": listed.json["changes"][1]["cell"],
        "new_record": False,
        "fills": None,
        "printed": None,
    }
    assert any("Żółć: nowa" in line for line in listed.lines)
    assert "--apply" in listed.lines[-1]
    applied = sheeting.read(desk(folder), file=file, apply=True)
    assert applied.lines[-2:] == ("written: records/partners.yaml", "next: invoke build")
    expected = before["records/partners.yaml"].decode()
    expected = expected.replace("city: Wzorowo", 'city: "Żółć: nowa"').replace('"00-004"', '"0012"')
    assert records(folder) == before | {"records/partners.yaml": expected.encode()}
    state = tree(folder)
    again = sheeting.read(desk(folder), file=file, apply=True)
    assert again.lines == ("nothing to change: the records say what the workbook says",)
    assert tree(folder) == state


@pytest.mark.parametrize(("new", "found"), [("2021-12", ["printed-date-differs"]), (None, [])])
def test_a_changed_date_tells_of_what_is_printed_beside_it(tmp_path: Path, new: str | None, found: list[str]) -> None:
    """A text kept under `printed` stands in documents instead of the date, so whoever changes the date is told."""
    folder = project(tmp_path / "p")
    path = folder / "records/agreements.yaml"
    text = path.read_text(encoding="utf-8")
    head, key, rest = text.partition("  expected: 2021-10\n")
    identifier = head.rpartition("- id: ")[2].split()[0]
    path.write_text(f"{head}{key}  printed: {{expected: October 2021}}\n{rest}", encoding="utf-8", newline="\n")
    line = head.count("\n") + 2
    cells = {(identifier, "Expected"): new, (identifier, "Law"): "of the example"}
    file = filled(sent(folder, "lead"), "Agreements", cells)
    for apply in (False, True):
        summary = sheeting.read(desk(folder), file=file, apply=apply)
        place = f"(records/agreements.yaml:{line}:13, printed)"
        look = (
            f"look: {identifier}, expected: documents go on printing 'October 2021' {place}; take it out if it is old"
        )
        assert [told for told in summary.lines if told.startswith("look: ")] == [look]
        assert isinstance(summary.json, dict)
        assert [each["printed"] for each in summary.json["changes"]] == ["October 2021", None]
    differing = check(str(folder), only=["printed-date-differs"]).json
    assert isinstance(differing, dict)
    assert [each["code"] for each in differing["findings"]] == found


def test_a_filled_place_is_drafted_with_one_more_command(tmp_path: Path) -> None:
    """The name alone makes an organisation and an agreement that fills the slot; `draft` then writes the document."""
    folder = project(tmp_path / "p")
    place = "CA-DELTA#2"
    file = filled(
        sent(folder), "Free places", {(place, "Counterpart"): "Zakład Okazów: Łódź", (place, "Country"): "PL"}
    )
    applied = sheeting.read(desk(folder), file=file, apply=True)
    assert applied.problems == ()
    portfolio = desk(folder).portfolio
    made = next(each for each in portfolio.agreements if each.fills == "CA-DELTA" and each.id != "CA-06")
    assert applied.lines[-1] == f"next: invoke draft --only {made.id}"
    assert portfolio.organisation_by_id[made.counterparts[0]].name == "Zakład Okazów: Łódź"
    assert (made.class_, made.responsible) == ("CA", ("DELTA",))
    drafted = draft(desk(folder), only=[made.id])
    assert drafted.problems == ()
    assert len(list((folder / "output/agreements").rglob("*.docx"))) == 1
    assert sheeting.read(desk(folder), file=file, apply=True).problems == ()
    assert len(desk(folder).portfolio.agreements) == len(portfolio.agreements)


def test_nothing_is_written_while_a_cell_has_to_be_asked_back(tmp_path: Path) -> None:
    """One ambiguous date holds back the other changes too, so that the mended workbook can be read as a whole."""
    folder = project(tmp_path / "p")
    file = filled(sent(folder), "Agreements", {("CA-06", "Expected"): "03.09.21", ("CA-06", "Law"): "a law"})
    before = records(folder)
    summary = sheeting.read(desk(folder), file=file, apply=True)
    assert summary.exit_code == 1
    assert len(summary.problems) == 1
    assert "nothing was written" in summary.lines[-1]
    assert records(folder) == before
    filled(Path(file), "Agreements", {("CA-06", "Expected"): "2022-05"})
    assert "written: records/agreements.yaml" in sheeting.read(desk(folder), file=file, apply=True).lines


def test_changes_that_would_break_the_records_are_shown_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the reading of the result can find keeps every file as it is."""
    folder = project(tmp_path / "p")
    file = filled(sent(folder), "Own data", {("DELTA", "City"): "Nowa"})
    before = records(folder)
    real = sheeting.edited

    def breaking(*arguments: object) -> sheeting.Edited:
        done = real(*arguments)
        return sheeting.Edited(
            files={name: data.replace(b"id: DELTA", b"id: ALFA") for name, data in done.files.items()}
        )

    monkeypatch.setattr(sheeting, "edited", breaking)
    summary = sheeting.read(desk(folder), file=file, apply=True)
    assert "duplicate-id" in {problem.code for problem in summary.problems}
    assert records(folder) == before


def test_a_field_changed_in_the_records_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Where the record and the cell were both changed, a person decides."""
    folder = project(tmp_path / "p")
    file = filled(sent(folder), "Own data", {("DELTA", "City"): "Nowa"})
    path = folder / "records/partners.yaml"
    path.write_bytes(path.read_bytes().replace(b"city: Wzorowo", b"city: Inne"))
    before = records(folder)
    assert len(sheeting.read(desk(folder), file=file, apply=True).problems) == 1
    assert records(folder) == before


def test_a_file_saved_while_it_is_read_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody saves between reading and writing stays; files written before it are named."""
    folder = project(tmp_path / "p")
    file = filled(sent(folder), "Free places", {("CA-DELTA#2", "Counterpart"): "Specimen Mill"})
    real = Workspace.sweep

    def saving(workspace: Workspace) -> None:
        real(workspace)
        with (folder / "records/agreements.yaml").open("ab") as stream:
            stream.write(b"# saved meanwhile\n")

    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "sweep", saving)
        summary = sheeting.read(desk(folder), file=file, apply=True)
    assert [problem.code for problem in summary.problems] == ["record-changed-meanwhile"]
    assert "written: records/organisations.yaml" in summary.lines
    assert records(folder)["records/agreements.yaml"].endswith(b"# saved meanwhile\n")
    assert read_portfolio(records(folder)).problems == ()
    assert sheeting.read(desk(folder), file=file, apply=True).problems == ()
    assert "fills: CA-DELTA" in records(folder)["records/agreements.yaml"].decode().partition("# saved meanwhile")[2]


def test_files_that_are_no_workbook_of_the_project_get_one_sentence(tmp_path: Path) -> None:
    """Text, nothing, and a folder: one problem each, and the records stay."""
    folder = project(tmp_path / "p")
    (tmp_path / "note.xlsx").write_text("no workbook", encoding="utf-8")
    assert len(sheeting.read(desk(folder), file=str(tmp_path / "note.xlsx"), apply=True).problems) == 1
    with pytest.raises(WorkspaceError):
        sheeting.read(desk(folder), file=str(tmp_path / "gone.xlsx"))
    with pytest.raises(RequestError):
        sheeting.read(desk(folder), file=str(tmp_path))


def test_a_record_file_is_replaced_only_while_it_is_the_one_that_was_read(tmp_path: Path) -> None:
    """The digest decides; who may read the file stays; a new file never replaces one."""
    workspace, path = Workspace(tmp_path), tmp_path / "records/a.yaml"
    assert workspace.exchange_record("records/a.yaml", b"one", expected="") is True
    assert workspace.exchange_record("records/a.yaml", b"two", expected="") is False
    path.chmod(0o600)
    assert workspace.exchange_record("records/a.yaml", b"two", expected=sha256_of(b"other")) is False
    assert workspace.exchange_record("records/a.yaml", b"two", expected=sha256_of(b"one")) is True
    assert (path.read_bytes(), path.stat().st_mode & 0o077) == (b"two", 0)
