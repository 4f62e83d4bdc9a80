"""`check` at the desk: only some codes, as a workbook, strict or not, and acceptances that have lost their finding."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from desks import project
from openpyxl import load_workbook

from elca_docs.errors import RequestError
from elca_docs.workflows.checking import WORKBOOK, check


def rows_of(folder: Path) -> list[list[str]]:
    """Return the texts of the workbook's lines, below the title."""
    sheet = load_workbook(BytesIO((folder / "output" / WORKBOOK).read_bytes())).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]


def codes_in(json: object) -> list[str]:
    assert isinstance(json, dict)
    return [each["code"] for each in json["findings"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the demo project with one misspelt name in it."""
    made = project(tmp_path)
    path = made / "records" / "contacts.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("what: Visit of the workshops", "what: Visit\n      meets: Glas Weavers")
    path.write_text(text, encoding="utf-8", newline="\n")
    return made


def test_only_the_codes_asked_for_are_told(folder: Path) -> None:
    """Each --only adds a code; what is asked for and not there gives an empty list, not an error."""
    every = check(str(folder))
    assert codes_in(every.json) == ["name-misspelt", "target-unnamed", "target-unnamed", "target-unnamed"]
    assert codes_in(check(str(folder), only=["name-misspelt"]).json) == ["name-misspelt"]
    assert codes_in(check(str(folder), only=["name-misspelt", "target-unnamed"]).json) == codes_in(every.json)
    nothing = check(str(folder), only=["homonym"])
    assert (nothing.lines, nothing.exit_code) == (("records are readable · findings: none",), 0)


def test_a_code_that_no_rule_knows_is_refused(folder: Path) -> None:
    """A misspelt code would look like a clean project."""
    with pytest.raises(RequestError, match="unknown-code: --only 'name-mispelt' is the code of no finding") as refused:
        check(str(folder), only=["name-mispelt"])
    assert (refused.value.exit_code, refused.value.problems[0].fix) == (2, "did you mean 'name-misspelt'?")


def test_strict_looks_at_what_was_asked_for_and_is_open(folder: Path) -> None:
    """An accepted finding fails nothing, nor does one that was not asked for."""
    assert check(str(folder), strict=True).exit_code == 1
    assert check(str(folder), strict=True, only=["target-unnamed"]).exit_code == 0
    assert check(str(folder)).exit_code == 0


def test_the_workbook_holds_a_line_for_each_finding(folder: Path) -> None:
    """With theme, both places, what to do, and the reason of the accepted ones; the screen says where it is."""
    summary = check(str(folder), form="xlsx")
    assert summary.lines == (f"wrote output/{WORKBOOK}", "records are readable · findings: 1 error · accepted: 3")
    head, first, *others = rows_of(folder)
    assert head[:4] == ["Severity", "Theme", "What was found", "What to do"]
    assert first == [
        "error",
        "Names of partners and organisations",
        "'Imaginary Alliance of Glass Weavers (specimen)' is also spelt 'Glas Weavers' (C-03)",
        "ask for the official name, write it as 'name' and use it everywhere, or accept this",
        "records/contacts.yaml:28:7",
        "records/organisations.yaml:49:3",
        "glass-weavers",
        "name-misspelt",
        "",
    ]
    assert [row[-1] for row in others] == [
        "Two specimen counterparts are still to be invented.",
        "The specimen companies of two agreements are still to be invented.",
        "Two partners name their specimen workshops later.",
    ]


def test_the_workbook_is_written_once_and_never_over_somebodys_notes(folder: Path) -> None:
    """The same findings give the same bytes; a workbook that somebody wrote into is kept beside the new one."""
    check(str(folder), form="xlsx")
    assert check(str(folder), form="xlsx").lines[0] == f"unchanged: output/{WORKBOOK}"
    (folder / "output" / WORKBOOK).write_bytes(b"my notes")
    summary = check(str(folder), form="xlsx")
    assert summary.lines[0] == f"wrote output/{WORKBOOK}"
    kept = [path for path in (folder / "output").iterdir() if path.read_bytes() == b"my notes"]
    assert [f"the one that was edited by hand is kept as output/{path.name}" for path in kept] == [summary.lines[1]]


def test_records_that_cannot_be_read_leave_no_workbook(folder: Path) -> None:
    """Problems come first, whatever the form."""
    (folder / "records" / "missions.yaml").write_text("- id: x\n  name: [", encoding="utf-8")
    summary = check(str(folder), form="xlsx")
    assert (bool(summary.problems), summary.exit_code) == (True, 1)
    assert not (folder / "output" / WORKBOOK).exists()


def test_an_acceptance_silences_and_then_asks_itself(folder: Path) -> None:
    """Accepted with reason, name and date, a finding rests; once its cause is gone, the acceptance is the finding."""
    path = folder / "records" / "accepted.yaml"
    entry = "- {code: name-misspelt, ids: [glass-weavers], reason: as printed, by: p03, on: 2021-05-01}\n"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8", newline="\n")
    assert check(str(folder), strict=True).exit_code == 0
    contacts = folder / "records" / "contacts.yaml"
    contacts.write_text(contacts.read_text(encoding="utf-8").replace("Glas ", "Glass "), encoding="utf-8", newline="\n")
    summary = check(str(folder), strict=True)
    assert summary.exit_code == 1
    assert codes_in(summary.json)[-1] == "acceptance-unused"
    said = " ".join(" ".join(summary.lines).split())
    assert "name-misspelt is accepted for glass-weavers, and there is no such finding" in said
