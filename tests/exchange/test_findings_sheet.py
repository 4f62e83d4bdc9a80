"""The workbook of findings: one line each, text only, the same bytes each time."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from elca_docs.errors import Location
from elca_docs.exchange import findings_workbook
from elca_docs.model.findings import Finding

FINDING = Finding(
    code="made-up",
    severity="warning",
    message="=1+1 is no formula here",
    ids=("a", "b"),
    location=Location("records/x.yaml", 3, 5),
    fix="look",
    accepted="agreed",
)


def written(*findings: Finding) -> bytes:
    return findings_workbook(project_acronym="MOON", findings=findings, themes={"made-up": "Inventions"})


def lines_of(data: bytes) -> list[list[object]]:
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_finding_is_one_line_of_text():
    """Every column has its text, and what looks like a formula stays a text."""
    title, _, line = lines_of(written(FINDING))
    assert title[0] == "MOON: findings in the records"
    assert line == [
        "warning", "Inventions", "=1+1 is no formula here", "look", "records/x.yaml:3:5", None, "a, b", "made-up",
        "agreed",
    ]  # fmt: skip


def test_no_finding_is_said():
    """An empty sheet could be a failed one."""
    assert lines_of(written())[-1][0] == "Nothing was found."


def test_a_long_list_of_records_is_cut_visibly():
    """A cell of ten thousand ids helps nobody and may not fit."""
    many = Finding(code="x", severity="hint", message="m", ids=tuple(f"record-{number}" for number in range(9_999)))
    cell = str(lines_of(written(many))[2][6])
    assert (len(cell), cell[-1]) == (2_000, "…")


def test_the_same_findings_are_the_same_bytes():
    """No hour of writing stands in the file."""
    assert written(FINDING, FINDING) == written(FINDING, FINDING)
