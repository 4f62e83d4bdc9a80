"""Workbooks in which people moved, hid, merged, renamed or deleted something, and whose they are."""

from __future__ import annotations

import pytest
from book_desks import (
    MAIN,
    NOTHING,
    SHEET,
    TEXTS,
    book,
    brief,
    closed,
    codes,
    column_in,
    files_of,
    filled,
    one,
    opened,
    own_book,
    row_in,
    sent,
    told,
    typed,
    with_member,
)

from elca_docs.errors import Location, Problem
from elca_docs.exchange import differences, partner_of
from elca_docs.exchange.workbook_cells import sheets_of


def test_moved_columns_and_rows_are_found():
    """Columns are found by heading and rows by id, wherever they stand."""
    workbook = opened(filled({("Agreements", "A-1", "Law"): "another law"}))
    sheet = workbook["Agreements"]
    law, venue = column_in(sheet, "Law"), column_in(sheet, "Venue")
    first, last = row_in(sheet, "A-1"), row_in(sheet, "A-10")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, law).value, sheet.cell(row, venue).value = (
            sheet.cell(row, venue).value,
            sheet.cell(row, law).value,
        )
    for column in range(1, sheet.max_column + 1):
        sheet.cell(first, column).value, sheet.cell(last, column).value = (
            sheet.cell(last, column).value, sheet.cell(first, column).value,
        )  # fmt: skip
    sheet.insert_rows(1, 2)
    reading = differences(closed(workbook), own_book())
    assert reading.problems == ()
    assert brief(reading.differences.changes) == [("agreements", "A-1", "terms.law", "another law")]


def test_a_renamed_or_missing_column_is_told_and_nothing_of_its_sheet_is_read():
    """The heading that is gone, and what it may have become; other sheets are read."""
    workbook = opened(filled({("Agreements", "A-1", "Months"): "36", ("People", "p1", "Title"): "Dr"}))
    sheet = workbook["Agreements"]
    sheet.cell(2, column_in(sheet, "Expected")).value = "Expected by"
    reading = differences(closed(workbook), own_book())
    (problem,) = reading.problems
    assert (problem.code, problem.location) == ("missing-column", Location("workbook.xlsx", place="sheet Agreements"))
    assert "'Expected'" in problem.message
    assert "was it renamed 'Expected by'?" in problem.fix
    assert [each[1] for each in brief(reading.differences.changes)] == ["p1"]


def test_a_sheet_without_headings_is_told_once():
    """One problem, not one per column."""
    workbook = opened(sent())
    workbook["Agreements"].delete_rows(2)
    assert codes(differences(closed(workbook), own_book())) == ["missing-column"]


def test_a_column_of_somebody_is_told():
    """What stands in a column that nobody asked for would be lost silently."""
    workbook = opened(sent())
    sheet = workbook["Agreements"]
    typed(sheet.cell(2, sheet.max_column + 1), "Remarks")
    typed(sheet.cell(3, sheet.max_column), "important")
    problem = one(differences(closed(workbook), own_book()))
    assert (problem.code, "'Remarks'" in problem.message) == ("unknown-column", True)


def test_a_missing_or_new_sheet_is_told():
    """A deleted sheet, and one that nobody reads; an empty one does not matter."""
    workbook = opened(sent())
    del workbook["Agreements"]
    typed(workbook.create_sheet("Notes")["A1"], "please call")
    workbook.create_sheet("Sheet1")
    assert codes(differences(closed(workbook), own_book())) == ["missing-sheet", "unknown-sheet"]


def test_deleted_rows_are_told_and_delete_nothing():
    """Fewer rows than were sent out; the names of those that are gone."""
    workbook = opened(sent())
    workbook["Agreements"].delete_rows(4)
    problem = one(differences(closed(workbook), own_book()))
    assert (problem.code, "had 3 rows and has 2; missing may be A-2" in problem.message) == ("row-missing", True)


def test_a_record_added_since_is_no_deleted_row():
    """A workbook knows how many rows it was sent with."""
    more = TEXTS["contacts"] + "- {id: C-2, organisation: rail, responsible: [NORD]}\n"
    more_events = TEXTS["events"] + "- {id: E-2, kind: workshop, title: Later, responsible: [NORD]}\n"
    assert told(differences(sent(), book(files=files_of(contacts=more, events=more_events)))) == NOTHING


def test_merged_cells_are_told_and_their_rows_not_read():
    """What belongs to which record cannot be told; the other rows are read."""
    edits = {("Agreements", "A-1", "Law"): "one", ("Agreements", "A-10", "Law"): "two"}
    workbook = opened(filled(edits))
    workbook["Agreements"].merge_cells("S3:T3")
    reading = differences(closed(workbook), own_book(), name="back.xlsx")
    (problem,) = reading.problems
    assert problem.code == "merged-cells"
    assert problem.location == Location("back.xlsx", place="sheet Agreements, cells S3:T3")
    assert [each[1] for each in brief(reading.differences.changes)] == ["A-10"]


@pytest.mark.parametrize("what", ["row", "column", "sheet"])
def test_a_change_that_nobody_sees_is_told(what):
    """Hidden rows, columns and sheets are harmless until something was changed in them."""
    for edits, expected in (({}, []), ({("Agreements", "A-1", "Law"): "another law"}, ["hidden-cell"])):
        workbook = opened(filled(edits))
        sheet = workbook["Agreements"]
        match what:
            case "row":
                sheet.row_dimensions[row_in(sheet, "A-1")].hidden = True
            case "column":
                sheet.column_dimensions.group("E", "Z", hidden=True)
            case "sheet":
                sheet.sheet_state = "hidden"
        reading = differences(closed(workbook), own_book())
        assert (codes(reading), reading.differences.changes) == (expected, ())


def test_a_row_without_height_is_hidden():
    """Dragged shut or hidden, nobody sees it; so is a column without width."""
    sheet = b'<cols><col min="2" max="4" width="0"/></cols><sheetData><row r="3" ht="0"><c r="A3"/></row></sheetData>'
    sheets = sheets_of(with_member(SHEET, MAIN % sheet), name="x")
    assert not isinstance(sheets, Problem)
    assert (sheets[1].hidden_rows, sheets[1].hidden_columns) == (frozenset({3}), ((2, 4),))


def test_a_row_that_stands_twice_is_told():
    """The first one counts, and the second is named."""
    workbook = opened(sent())
    sheet = workbook["Agreements"]
    typed(sheet.cell(row_in(sheet, "A-10"), 1), "A-1")
    assert codes(differences(closed(workbook), own_book())) == ["row-twice", "row-missing"]


def test_a_row_of_another_partner_is_refused():
    """A row pasted from another workbook changes nothing there, once somebody wrote into it."""
    workbook, other = opened(sent()), opened(filled({("Contacts", "C-1", "Description"): "mine"}, partner="SUED"))
    source = other["Contacts"]
    sheet = workbook.create_sheet("Contacts")
    for line in source.iter_rows(max_row=3):
        for cell in line:
            typed(sheet.cell(cell.row, cell.column), cell.value)
    problem = one(differences(closed(workbook), own_book()))
    assert (problem.code, "C-1 does not belong to the rows of NORD" in problem.message) == (
        "row-of-another-partner",
        True,
    )


def test_the_workbook_of_another_partner_is_refused():
    """A workbook is read for the partner it was written for."""
    assert one(differences(sent("SUED"), book("NORD"))).code == "workbook-of-another-partner"


def test_a_workbook_says_whose_it_is():
    """The reader learns from the first sheet which book to compare with; the lead's is of nobody."""
    assert (partner_of(sent("SUED")), partner_of(sent(""))) == ("SUED", "")
    workbook = opened(sent())
    del workbook["Instructions"]
    found = partner_of(closed(workbook), name="x.xlsx")
    assert isinstance(found, Problem)
    assert (found.code, found.location) == ("missing-sheet", Location("x.xlsx"))
    assert codes(differences(closed(workbook), own_book())) == ["missing-sheet"]
