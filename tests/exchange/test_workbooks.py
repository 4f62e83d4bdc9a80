"""The workbook that goes out: text in every cell, only the partner's own cells open, the same bytes on any day."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from book_desks import book, cell_in, opened, sent
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import RecordsError
from elca_docs.exchange import workbook_of
from elca_docs.exchange.workbook_cells import sheets_of
from elca_docs.model.sheets import Book, SheetColumn, SheetRow, SheetTable


def one(*texts: str, heading: str = "Name") -> Book:
    """Return a book of one sheet with one column."""
    column = SheetColumn(path=("name",), heading=heading)
    rows = tuple(SheetRow(record=f"r{n}", cells={heading: text}) for n, text in enumerate(texts))
    sheet = SheetTable(kind="partners", title="Own data", columns=(column,), rows=rows)
    return Book(partner="NORD", title="SPEC: test", instructions=("Do this.",), tables=(sheet,))


def test_the_sheets_come_in_order_instructions_first():
    """A sheet per table with rows, then the hidden lists."""
    workbook = opened(sent())
    assert workbook.sheetnames == [
        "Instructions", "Own data", "Agreements", "Free places", "Free places for two", "Organisations", "People",
        "Events", "Lists",
    ]  # fmt: skip
    assert [each.sheet_state for each in workbook] == ["visible"] * 8 + ["hidden"]


def test_the_first_sheet_says_whose_it_is_and_what_to_do():
    """Title, partner, day, instructions, and how many rows each sheet has."""
    lines = [tuple(cell.value for cell in row) for row in opened(sent())["Instructions"].iter_rows()]
    assert lines[0][0] == "SPEC: records of NORD"
    assert ("Workbook of", "NORD") in lines
    assert ("As of", "2021-11-15") in lines
    assert ("Agreements", "3 rows") in lines
    assert ("Own data", "1 row") in lines
    assert any(label == "What to do" for label, _ in lines)


def test_only_open_cells_are_unlocked_and_no_password_is_set():
    """The sheet is protected; own fields can be written, ids, stamps, shown columns and other partners' rows not."""
    workbook = opened(sent())
    for each in workbook:
        assert each.protection.sheet
        assert each.protection.password is None
    assert not cell_in(workbook, ("Agreements", "A-1", "Expected")).protection.locked
    for place in (
        ("Agreements", "A-1", "Status"),
        ("Agreements", "A-1", "Id"),
        ("Agreements", "A-1", "Stamp"),
        ("Agreements", "A-2", "Expected"),
        ("Organisations", "rail", "Sectors"),
    ):
        assert cell_in(workbook, place).protection.locked


def test_own_cells_are_coloured():
    """What can be written is yellow, what can be read only is not."""
    workbook = opened(sent())
    own = cell_in(workbook, ("Agreements", "A-1", "Expected")).fill.fgColor.rgb
    read = {cell_in(workbook, ("Agreements", *place)).fill.fgColor.rgb for place in (("A-1", "Status"), ("A-2", "Law"))}
    assert own == "00FFF9E0"
    assert own not in read


def test_choices_are_drop_downs_from_the_hidden_list():
    """A drop-down stands on the open cells of its column and shows the list; free text has none."""
    workbook = opened(sent())
    sheet = workbook["Agreements"]
    (validation,) = [
        each for each in sheet.data_validations.dataValidation
        if cell_in(workbook, ("Agreements", "A-1", "Mission")).coordinate in each.sqref
    ]  # fmt: skip
    assert cell_in(workbook, ("Agreements", "A-2", "Mission")).coordinate not in validation.sqref
    title, _, cells = validation.formula1.partition("!")
    assert title == "Lists"
    assert [cell.value for line in workbook[title][cells.replace("$", "")] for cell in line] == ["north", "south"]
    assert validation.allow_blank
    assert not any(
        cell_in(workbook, ("Agreements", "A-1", "Law")).coordinate in each.sqref
        for each in sheet.data_validations.dataValidation
    )


def test_headings_explain_themselves_and_stay_in_sight():
    """Comments on headings, frozen headings and ids, A4 landscape, headings on every page."""
    sheet = opened(sent())["Agreements"]
    comments = {cell.value: cell.comment.text for cell in sheet[2] if cell.comment}
    assert comments["Expected"].endswith("Write a month as 2021-10 or a day as 2021-10-25.")
    assert {"Id", "Stamp", "Status"} <= set(comments)
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("C3", "$2:$2", "$A:$B")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.column_dimensions["B"].width == 28


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(1)", "0042", "2021-10-05", "TRUE", "#N/A", "1E5", "ó ż ü"])
def test_no_text_becomes_anything_else(text):
    """What looks like a formula, a number or a date stays text in a text cell."""
    data = workbook_of(one(text))
    cells = [cell for sheet in opened(data) for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert cell_in(opened(data), ("Own data", "r0", "Name")).value == text
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)]


def test_the_same_book_is_the_same_bytes():
    """No hour and no random identity, comments and drop-downs included."""
    assert workbook_of(book()) == workbook_of(book())
    with zipfile.ZipFile(io.BytesIO(sent())) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_beyond_the_sheets_is_written():
    """What the book knows of other partners, to compare with, stands in no part of the file."""
    mine = book()
    secret = replace(mine, beyond=replace(mine.beyond, names={"a name of somebody else": "nowhere"}))
    assert workbook_of(secret) == workbook_of(mine)


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    """32,767 characters fit; one more is refused."""
    assert workbook_of(one("x" * 32_767))
    with pytest.raises(RecordsError) as caught:
        workbook_of(one("x" * 32_768))
    assert [problem.code for problem in caught.value.problems] == ["cell-too-long"]


def test_a_row_is_as_high_as_its_longest_text():
    """Long texts wrap, and their row shows all of it; short ones keep the usual height."""
    sheet = opened(workbook_of(one("word " * 20, "short", "x" * 100)))["Own data"]
    assert [sheet.row_dimensions[row].height for row in (3, 4, 5)] == [67.5, None, 67.5]


def test_a_sheet_without_rows_is_left_out():
    """Nobody is sent an empty sheet."""
    assert opened(workbook_of(one())).sheetnames == ["Instructions", "Lists"]


@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30), max_size=3))
@settings(max_examples=10, deadline=None)
def test_any_text_can_be_read_back(texts):
    """Whatever a record holds stands in the file as it is, also what looks like an escape of the file format."""
    texts = [*(each for each in texts if "x005F_" not in each), "_x0041_", "a\nb"]
    sheets = sheets_of(workbook_of(one(*texts)), name="w.xlsx")
    cells = next(each for each in sheets if each.title == "Own data").rows
    found = [cells[row][2].text if 2 in cells[row] else "" for row in range(3, 3 + len(texts))]
    # What no XML file can hold is replaced visibly.
    assert found == [each.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for each in texts]
