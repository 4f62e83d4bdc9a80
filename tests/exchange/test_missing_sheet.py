"""The sheet of missing values: what a partner reads, all of it text, and the same bytes on any day."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from elca_docs.errors import RecordsError
from elca_docs.exchange import missing_workbook
from elca_docs.model.missing import Missing, MissingField


def row(label: str = "legal name of Alfa", *agreements: str, record: str = "partners/ALFA") -> MissingField:
    missing = Missing(label=label, field="parties[0].legal_name", record=record, key="legal.name", owner="ALFA")
    return MissingField(missing=missing, agreements=agreements or ("A1",))


def written(*rows: MissingField, labels: dict[str, str] | None = None, partner: str = "Alfa Specimen Cluster") -> bytes:
    return missing_workbook(
        partner_name=partner, project_acronym="SAMPLE", rows=rows, agreement_labels={} if labels is None else labels
    )


def sheet_of(data: bytes):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def lines_of(data: bytes) -> list[tuple[str | None, ...]]:
    """Return the lines below the header."""
    return [tuple(each) for each in sheet_of(data).iter_rows(min_row=6, values_only=True)]


def test_a_line_says_what_is_missing_for_whom_and_where():
    """One line per value, with the number and names of the agreements that wait, and an empty place for the answer."""
    lines = lines_of(written(row("legal name of Alfa", "A1", "A2"), labels={"A1": "SAMPLE-CA-ALFA-001, Rail"}))
    place = "partners.yaml, ALFA: legal.name"
    assert lines == [("legal name of Alfa", "2", "SAMPLE-CA-ALFA-001, Rail\nA2", place, None)]


def test_the_head_says_who_asks_whom_and_what_to_do():
    """Title, two sentences, a gap, and the header."""
    head = [each[0] for each in sheet_of(written(row())).iter_rows(max_row=4, values_only=True)]
    assert head[0] == "SAMPLE: what we still need from Alfa Specimen Cluster"
    assert head[1].startswith("Please fill in the last column")
    assert head[3] is None
    header = next(sheet_of(written(row())).iter_rows(min_row=5, max_row=5, values_only=True))
    assert header == (
        "What is missing", "Waiting", "Agreements that wait for it", "Where it is recorded", "Your answer",
    )  # fmt: skip


def test_the_order_is_kept():
    """Ranking is done elsewhere: the lines stand as they come."""
    names = ["zeta", "alpha", "mu", "alpha"]
    assert [each[0] for each in lines_of(written(*map(row, names)))] == names


def test_a_long_list_of_agreements_says_how_many_more():
    """Twelve are named, the rest is counted, and the number stays whole."""
    line = lines_of(written(row("x", *[f"A{n}" for n in range(20)])))[0]
    assert line[1] == "20"
    assert line[2].split("\n") == [*[f"A{n}" for n in range(12)], "and 8 more"]


def test_nothing_missing_says_so():
    """A partner who owes nothing reads that."""
    assert lines_of(written())[0][0] == "Nothing is missing at the moment. Thank you."


def test_a_record_without_a_file_stands_as_it_is():
    """A place that is no file and record is shown unchanged."""
    assert lines_of(written(row(record="project")))[0][3] == "project: legal.name"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(1)", "\t=1", "0042", "2021-10-05", "TRUE", "#N/A"])
def test_no_text_becomes_anything_else(text):
    """What looks like a formula, a number or a date stays text in every column, also once it is edited."""
    data = written(row(text, text, record=f"{text}/{text}"), partner=text, labels={text: text})
    sheet = sheet_of(data)
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["A6"].value == text
    assert sheet["C6"].value == text
    assert {cell.number_format for line in sheet.iter_rows(min_row=5) for cell in line} == {"@"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_character_that_excel_cannot_hold_is_shown_as_such():
    """A control character is replaced visibly and fails nothing."""
    assert lines_of(written(row("a\x01b")))[0][0] == "a\N{REPLACEMENT CHARACTER}b"


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    """32,767 characters fit; one more is refused with what to do."""
    assert len(lines_of(written(row("x" * 32_767)))[0][0]) == 32_767
    with pytest.raises(RecordsError) as caught:
        written(row("x" * 32_768))
    (problem,) = caught.value.problems
    assert (problem.code, "32768 characters" in problem.message) == ("cell-too-long", True)
    assert problem.fix


def test_it_reads_and_prints_well():
    """The header stays in sight and on every page; A4, landscape, as wide as the page; lines wrap."""
    sheet = sheet_of(written(row(), partner="Fictitious & Sons"))
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$5:$5")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text == "SAMPLE: what we still need from Fictitious && Sons"
    assert all(cell.alignment.wrap_text for cell in sheet[6])
    assert sheet["E6"].fill.fgColor.rgb != sheet["D6"].fill.fgColor.rgb
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [38, 10, 46, 36, 44]


def test_the_same_rows_give_the_same_bytes_and_no_hour():
    """Nothing of the day or of the library stands in the file."""
    data = written(row(), row("b"))
    assert data == written(row(), row("b"))
    properties = load_workbook(io.BytesIO(data)).properties
    assert properties.creator == "SAMPLE"
    assert {properties.created.isoformat(), properties.modified.isoformat()} == {"2000-01-01T00:00:00"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


NAMES = st.text(max_size=40)


@given(label=NAMES, agreement=NAMES, partner=NAMES)
@settings(max_examples=25, deadline=None)
def test_any_name_survives(label, agreement, partner):
    """Whatever the records hold, the sheet opens again with one line and nothing but text."""
    sheet = sheet_of(written(row(label, agreement), partner=partner))
    assert sheet.max_row == 6
    assert sheet["B6"].value == "1"
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value is not None} == {"s"}
