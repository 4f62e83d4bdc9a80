"""A workbook that comes back: exactly what was edited becomes a change, and everything else is asked with its cell."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime

import pytest
from book_desks import (
    TEXTS,
    applied,
    book,
    brief,
    cell_in,
    closed,
    codes,
    column_in,
    files_of,
    filled,
    opened,
    own_book,
    read,
    row_in,
    sent,
    typed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import Location, Problem
from elca_docs.exchange import SheetReading, differences, partner_of, workbook_of
from elca_docs.exchange.cell_changes import recorded
from elca_docs.exchange.cell_texts import compared, entries, forbidden_in, normal
from elca_docs.exchange.date_readings import readings_of
from elca_docs.exchange.workbook_cells import MOST_ELEMENTS, sheets_of
from elca_docs.exchange.workbooks import is_open
from elca_docs.model.sheets import Book, Change, SheetColumn

NOTHING = ([], [])


def told(reading: SheetReading) -> tuple[list[Change], list[Problem]]:
    return list(reading.differences.changes), list(reading.problems)


def one(reading: SheetReading) -> Problem:
    """Return the only problem; nothing may have been changed beside it."""
    (problem,) = reading.problems
    assert reading.differences.changes == ()
    return problem


def archive(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def with_member(name: str, content: bytes) -> bytes:
    """Return the workbook with one member replaced or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent())) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
        for each in package.namelist():
            if each != name:
                other.writestr(each, package.read(each))
        other.writestr(name, content)
    return written.getvalue()


SHEET = "xl/worksheets/sheet2.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


# --- what was edited comes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("partner", ["NORD", "SUED", ""])
def test_an_unedited_workbook_changes_nothing(partner):
    """What was sent out and comes back as it was is no difference, also when a spreadsheet has saved it."""
    assert told(differences(sent(partner), book(partner))) == NOTHING
    assert told(differences(closed(opened(sent(partner))), book(partner))) == NOTHING


def test_an_edit_is_a_change_with_its_cell():
    """Record, field, old and new text, who, and where."""
    (change,) = read({("Agreements", "A-1", "Expected"): "2021-12-01"}).differences.changes
    assert change == Change(
        kind="agreements", record="A-1", path=("expected",), old="2021-10", new="2021-12-01", who="NORD",
        cell="sheet Agreements, cell J3",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "value", "field", "new"),
    [
        (("Own data", "NORD", "Registration number"), "000123", "legal.registration_number", "000123"),
        (("Own data", "NORD", "City"), " Łódź, Größe ó ż ü ", "legal.address.city", "Łódź, Größe ó ż ü"),
        (("Own data", "NORD", "Name"), "e\u0301t\u00e9\u00a0de", "name", "été de"),
        (("Own data", "NORD", "Street"), "1 Way;\nHouse B ; ", "legal.address.lines", "1 Way; House B"),
        (("Own data", "NORD", "Description"), "two\r\nlines", "description", "two lines"),
        (("Own data", "NORD", "Legal form"), "=1+1", "legal.form", "=1+1"),
        (("Own data", "NORD", "Country"), "NO", "country", "NO"),
        (("Own data", "NORD", "Legal person"), "no", "legal.legal_person", "false"),
        (("Own data", "NORD", "Legal person"), True, "legal.legal_person", "true"),
        (("Agreements", "A-1", "Months"), 36, "terms.duration_months", "36"),
        (("Agreements", "A-1", "Law"), None, "terms.law", ""),
        (("Agreements", "A-1", "Expected"), None, "expected", ""),
        (("Agreements", "A-1", "Areas of cooperation"), "joint stands", "areas", "joint stands"),
        (("Organisations", "rail", "Country guessed"), "no", "country_inferred", "false"),
        (("People", "p1", "Until"), "2021-12-31", "until", "2021-12-31"),
        (("People", "p1", "Signs"), None, "signs", "false"),
    ],
)
def test_legal_edits(place, value, field, new):
    """Zeros, letters of all countries, lists, yes and no, whole numbers; an emptied cell empties the field."""
    reading = read({place: value})
    assert reading.problems == ()
    assert [(each[2], each[3]) for each in brief(reading.differences.changes)] == [(field, new)]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("Agreements", "A-1", "Expected"), " 2021-10 "),
        (("Agreements", "A-1", "Areas of cooperation"), "joint training\njoint stands;"),
        (("Agreements", "A-1", "Months"), 24.0),
        (("Agreements", "A-1", "Law"), "the law of\u00a0Sampleland\n"),
        (("Own data", "NORD", "Registration number"), "0042"),
    ],
)
def test_what_means_the_same_is_no_change(place, value):
    """Blanks, line breaks and a number where a number is wanted do not make a difference."""
    assert told(read({place: value})) == NOTHING


def test_the_lead_changes_rows_of_everybody():
    """In the lead's workbook A-2 is open, and who changed it is nobody's acronym."""
    (change,) = read({("Agreements", "A-2", "Mission"): "south"}, partner="").differences.changes
    assert (change.record, change.new, change.who) == ("A-2", "south", "")


def test_applied_changes_are_none_the_second_time():
    """Read, applied and read again: nothing is left to change."""
    edits = {
        ("Agreements", "A-1", "Expected"): "2022-01",
        ("Own data", "NORD", "Legal person"): "no",
        ("Organisations", "rail", "Street"): "Neue Gasse 1; Stiege 2",
    }
    data = filled(edits)
    files = applied(files_of(), differences(data, own_book()))
    assert told(differences(data, book(files=files))) == NOTHING
    (change,) = read({("Agreements", "A-1", "Law"): "another"}).differences.changes
    assert change.old == "the law of Sampleland"


# --- what has to be asked back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "code", "said"),
    [
        (("Agreements", "A-1", "Expected"), "03.09.21", "ambiguous-date", "2021-09-03 or 2021-03-09"),
        (("Agreements", "A-1", "Expected"), "Nov. 21", "ambiguous-date", "2021-11 or day 21 of month 11"),
        (("Agreements", "A-1", "Expected"), "25.10.2021", "ambiguous-date", "2021-10-25"),
        (("Agreements", "A-1", "Expected"), "tbd", "unreadable-date", "2021-10 or 2021-10-25"),
        (("Agreements", "A-1", "Expected"), "2021-13", "unreadable-date", "2021-10 or"),
        (("Agreements", "A-1", "Expected"), datetime(2021, 12, 1), "date-in-text-cell", "2021-12-01 or 2021-12"),  # noqa: DTZ001 - as a spreadsheet has it
        (("Agreements", "A-1", "Expected"), date(2021, 12, 24), "date-in-text-cell", "was 2021-12-24 meant"),
        (("Agreements", "A-1", "Expected"), 44494, "number-in-text-cell", "2021-10-25"),
        (("People", "p1", "Until"), "2021-12", "ambiguous-date", "2021-12"),
        (("Own data", "NORD", "Registration number"), 42, "number-in-text-cell", "'0042'"),
        (("Own data", "NORD", "Postcode"), 99, "number-in-text-cell", "zeros at its front"),
        (("Own data", "NORD", "Postcode"), datetime(2021, 12, 1, 8, 30), "date-in-text-cell", "2021-12-01"),  # noqa: DTZ001 - as above
        (("Own data", "NORD", "Legal form"), True, "no-text-in-cell", "TRUE"),
        (("Own data", "NORD", "Country"), "Germany", "unknown-choice", "choose from the list: AD"),
        (("Own data", "NORD", "Country"), "es", "unknown-choice", "did you mean 'ES'?"),
        (("Agreements", "A-1", "Mission"), "nort", "unknown-choice", "did you mean 'north'?"),
        (("Agreements", "A-1", "Mission"), 7, "number-in-text-cell", "format the cell"),
        (("Agreements", "A-1", "Months"), "two", "no-number", "digits only"),
        (("Agreements", "A-1", "Months"), 1.5, "no-number", "1.5"),
        (("Agreements", "A-1", "Months"), 10**7, "no-number", "up to 1,000,000"),
        (("Own data", "NORD", "Name"), None, "mandatory-cell-emptied", "Nord Specimen Cluster"),
        (("Own data", "NORD", "Name"), "  ", "mandatory-cell-emptied", "write it again"),
        (("Own data", "NORD", "City"), None, "address-incomplete", "City"),
        (("Own data", "NORD", "Name"), "x" * 4_001, "too-long-text", "4,001"),
        (("Own data", "NORD", "Name"), "a\u200bb", "control-character", "U+200B ZERO WIDTH SPACE"),
        (("Own data", "NORD", "Name"), "a_x0001_b", "control-character", "U+0001"),
        (("Own data", "NORD", "Name"), "a\u202eb", "control-character", "U+202E"),
        (("Agreements", "A-1", "Status"), "signed", "locked-cell", "write 'identified' again"),
        (("Agreements", "A-1", "Reference"), "mine", "locked-cell", "empty the cell again"),
        (("Agreements", "A-1", "Stamp"), None, "locked-cell", "stamp"),
        (("Agreements", "A-2", "Expected"), "2021-12", "row-of-another-partner", "A-2 is edited by another partner"),
        (("Agreements", "A-2", "Mission"), None, "row-of-another-partner", "write 'north' again"),
        (("Organisations", "rail", "Sectors"), "boats", "locked-cell", "only its file"),
        (("Agreements", "A-1", "Id"), "A-9", "unknown-row", "'A-9'"),
        (("Agreements", "A-1", "Id"), None, "row-without-id", "no id"),
    ],
)  # fmt: skip
def test_what_is_asked_back(place, value, code, said):
    """One problem with its cell, what was found, and what to do; the record is left alone."""
    data = filled({place: value})
    workbook = opened(sent())
    reading = differences(data, own_book(), name="back.xlsx")
    found = [each for each in reading.problems if each.code != "row-missing"]
    assert ([each.code for each in found], reading.differences.changes) == ([code], ())
    assert said in found[0].message + found[0].fix
    assert found[0].fix
    if code != "row-without-id":
        expected = f"sheet {place[0]}, cell {cell_in(workbook, place).coordinate}"
        assert found[0].location == Location("back.xlsx", place=expected)


def test_a_formula_is_asked_back():
    """Its value is never trusted: what a spreadsheet last showed may be old."""
    workbook = opened(sent())
    cell_in(workbook, ("Own data", "NORD", "Legal form")).value = '="e."&" V."'
    problem = one(differences(closed(workbook), own_book()))
    assert (problem.code, problem.message) == ("formula-in-cell", 'a formula stands here: ="e."&" V."')


def test_an_error_value_is_asked_back():
    """#N/A is no text."""
    workbook = opened(sent())
    cell = cell_in(workbook, ("Own data", "NORD", "Legal form"))
    cell.value, cell.data_type = "#N/A", "e"
    assert one(differences(closed(workbook), own_book())).code == "no-text-in-cell"


def test_an_address_is_whole_or_not_there():
    """A postcode alone is asked back, street and city together are taken, and all of it can be emptied."""
    place = ("Organisations", "rail")
    assert one(read({(*place, "City"): None})).code == "address-incomplete"
    emptied = read({(*place, "City"): None, (*place, "Street"): None})
    assert brief(emptied.differences.changes) == [
        ("organisations", "rail", "legal.address.lines", ""), ("organisations", "rail", "legal.address.city", ""),
    ]  # fmt: skip
    assert emptied.problems == ()
    wrong = {("Organisations", "boats", "Postcode"): "0001", ("Organisations", "boats", "Legal form"): "a form"}
    half = read(wrong, partner="SUED")
    assert (codes(half), [each[2] for each in brief(half.differences.changes)]) == (
        ["address-incomplete"],
        ["legal.form"],
    )


def test_problems_do_not_hide_each_other_or_the_changes_beside_them():
    """All are told at once, sheet by sheet, with the changes that are without doubt."""
    edits = {
        ("Agreements", "A-1", "Expected"): "soon",
        ("Agreements", "A-1", "Law"): "another law",
        ("Agreements", "A-10", "Months"): "many",
        ("People", "p1", "Name"): None,
    }
    reading = read(edits)
    assert codes(reading) == ["unreadable-date", "no-number", "mandatory-cell-emptied"]
    assert brief(reading.differences.changes) == [("agreements", "A-1", "terms.law", "another law")]


# --- sheets that were rearranged --------------------------------------------------------------------------------------


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


# --- records that changed in the meantime -----------------------------------------------------------------------------

LATER = files_of(agreements=TEXTS["agreements"].replace("expected: 2021-10\n", "expected: 2022-02\n"))


def test_what_nobody_touched_is_never_set_back():
    """The records moved on after the workbook was written: an old workbook does not undo it."""
    assert told(differences(sent(), book(files=LATER))) == NOTHING


def test_a_record_that_both_changed_is_for_a_person():
    """The row was edited, and the record too: the workbook has to be written again."""
    problem = one(differences(filled({("Agreements", "A-1", "Law"): "another law"}), book(files=LATER)))
    assert (problem.code, "Expected, Law" in problem.message) == ("record-changed-since", True)


def test_days_that_pass_change_nothing():
    """What is only shown may be old; what somebody wrote into it is told still."""
    later = book(as_of=date(2022, 3, 1))
    assert told(differences(sent(), later)) == NOTHING
    problem = one(differences(filled({("Agreements", "A-1", "Days overdue"): "0"}), later))
    assert problem.code == "locked-cell"


def test_a_row_that_left_the_book_is_no_problem_until_edited():
    """An agreement went to SUED: its untouched row is passed over, an edited one is refused; so is one deleted."""
    moved = files_of(
        agreements=TEXTS["agreements"].replace("[NORD]\n  counterparts: [rail]", "[SUED]\n  counterparts: [rail]")
    )
    reading = differences(filled({("Agreements", "A-1", "Law"): "another law"}), book(files=moved))
    assert codes(reading) == ["row-of-another-partner"]
    assert told(differences(sent(), book(files=moved))) == NOTHING


# --- free places ------------------------------------------------------------------------------------------------------

PLACE = ("Free places", "FREE#2")
FILLED = {
    (*PLACE, "Counterpart"): "Specimen Glass Łódź",
    (*PLACE, "Short name"): "Glass",
    (*PLACE, "Country"): "PL",
    (*PLACE, "Street"): "ul. Okazowa 4",
    (*PLACE, "City"): "Wzorowo",
    (*PLACE, "Expected"): "2022-05-02",
}


def test_a_filled_place_becomes_an_organisation_and_an_agreement():
    """The organisation first; the agreement has what its place gives, and what the row says instead."""
    reading = read(FILLED)
    assert reading.problems == ()
    assert brief(reading.differences.changes) == [
        ("organisations", "glass", "name", "Specimen Glass Łódź"),
        ("organisations", "glass", "short_name", "Glass"),
        ("organisations", "glass", "country", "PL"),
        ("organisations", "glass", "legal.address.lines", "ul. Okazowa 4"),
        ("organisations", "glass", "legal.address.city", "Wzorowo"),
        ("agreements", "FREE-1", "class", "CA"),
        ("agreements", "FREE-1", "responsible", "NORD"),
        ("agreements", "FREE-1", "expected", "2022-05-02"),
        ("agreements", "FREE-1", "mission", "north"),
        ("agreements", "FREE-1", "areas", "bridges"),
        ("agreements", "FREE-1", "counterparts", "glass"),
    ]
    assert all(each.new_record for each in reading.differences.changes)
    assert {(each.kind, each.fills) for each in reading.differences.changes} == {
        ("organisations", ""), ("agreements", "FREE"),
    }  # fmt: skip


def test_a_filled_place_read_again_fills_nothing():
    """Applied and read again: the name says that it was this row; a row that says more now is asked back."""
    data = filled(FILLED)
    files = applied(files_of(), differences(data, own_book()))
    assert told(differences(data, book(files=files))) == NOTHING
    more = filled({(*PLACE, "Country"): "DE", (*PLACE, "Expected"): "2022-05-03"}, data=data)
    reading = differences(more, book(files=files))
    assert (codes(reading), reading.differences.changes) == (["place-filled-before"] * 2, ())
    assert "as glass; its Country is now 'PL'" in reading.problems[0].message


def test_places_can_be_filled_one_after_the_other_in_one_old_workbook():
    """Which place is filled does not matter, only that one is free; then no more."""
    data = filled(FILLED)
    files = applied(files_of(), differences(data, own_book()))
    data = filled(
        {("Free places", "FREE#1", "Counterpart"): "Second", ("Free places", "FREE#3", "Counterpart"): "Third"},
        data=data,
    )
    files = applied(files, differences(data, book(files=files)))
    assert told(differences(data, book(files=files))) == NOTHING
    data = filled({("Free places", "FREE#1", "Counterpart"): "Fourth"}, data=data)
    assert one(differences(data, book(files=files))).code == "no-free-place"


def test_two_rows_of_one_new_organisation_make_it_once():
    """The second row names what the first one made."""
    reading = read(
        {("Free places", "FREE#1", "Counterpart"): "Glass", ("Free places", "FREE#2", "Counterpart"): "GLASS "}
    )
    assert [each[:2] for each in brief(reading.differences.changes) if each[2] == "name"] == [
        ("organisations", "glass")
    ]
    assert [each[3] for each in brief(reading.differences.changes) if each[2] == "counterparts"] == ["glass", "glass"]


def test_an_organisation_that_is_recorded_is_taken_by_its_name():
    """Also by an alias; what the row says more about it is asked back."""
    taken = read({(*PLACE, "Counterpart"): "the  rail PEOPLE"}).differences.changes
    assert [each[3] for each in brief(taken) if each[2] == "counterparts"] == ["rail"]
    assert {each.kind for each in taken} == {"agreements"}
    data = filled({(*PLACE, "Counterpart"): "the  rail PEOPLE"})
    files = applied(files_of(), differences(data, own_book()))
    assert told(differences(data, book(files=files))) == NOTHING
    problem = one(read({(*PLACE, "Counterpart"): "Rail", (*PLACE, "Country"): "DE"}))
    assert (problem.code, "recorded already, as rail" in problem.message) == ("known-organisation", True)


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({(*PLACE, "Country"): "PL"}, "new-row-incomplete"),
        ({(*PLACE, "Counterpart"): "Glass", (*PLACE, "City"): "Wzorowo"}, "address-incomplete"),
        ({(*PLACE, "Counterpart"): "Glass", (*PLACE, "Expected"): "May 2022"}, "ambiguous-date"),
        ({(*PLACE, "Counterpart"): 7}, "number-in-text-cell"),
        ({(*PLACE, "Counterpart"): "Glass", (*PLACE, "Planned for"): "2023"}, "locked-cell"),
        ({(*PLACE, "Counterpart"): "Glass", (*PLACE, "Id"): "GONE#1"}, "unknown-row"),
        ({("Free places for two", "PAIR#1", "Counterpart"): "Glass"}, "new-row-incomplete"),
        ({("People", "rail#person", "Function"): "Chair"}, "new-row-incomplete"),
    ],
)
def test_what_is_asked_back_about_a_filled_place(edits, code):
    """Nothing is made of a row that is in doubt."""
    reading = read(edits)
    assert (reading.differences.changes, [each for each in codes(reading) if each != "row-missing"]) == ((), [code])


def test_a_place_of_another_partner_is_refused():
    """WS belongs to SUED: a place of it in NORD's workbook fills nothing."""
    edits = {("Events", "E-1", "Title"): "Mine", ("Events", "E-1", "Id"): "WS#1"}
    assert "no-free-place" in codes(read(edits))


def test_two_parties_make_two_organisations():
    """A place for two names both; the same one twice is asked back."""
    pair = ("Free places for two", "PAIR#1")
    reading = read({(*pair, "Counterpart"): "Glass", (*pair, "Second counterpart"): "Rail"}, partner="SUED")
    assert brief(reading.differences.changes) == [
        ("organisations", "glass", "name", "Glass"),
        ("agreements", "PAIR-1", "class", "BA"),
        ("agreements", "PAIR-1", "responsible", "SUED; NORD"),
        ("agreements", "PAIR-1", "counterparts", "glass; rail"),
    ]
    problem = one(read({(*pair, "Counterpart"): "Rail", (*pair, "Second counterpart"): "The Rail People"}))
    assert problem.code == "duplicate-party"


def test_events_and_signatories_are_made_and_not_twice():
    """A title makes an event, a name a person who signs; read again, they are there."""
    event = {("Events", "WS#1", "Title"): "Glass workshop", ("Events", "WS#1", "Place"): "Sampletown"}
    person = {("People", "SUED#person", "Name"): "Specimen Person Nine", ("People", "SUED#person", "Function"): "Chair"}
    data = filled(event | person, partner="SUED")
    reading = differences(data, own_book("SUED"))
    assert sorted(brief(reading.differences.changes)) == [
        ("events", "WS-1", "expected", "2022-03"),
        ("events", "WS-1", "kind", "workshop"),
        ("events", "WS-1", "place", "Sampletown"),
        ("events", "WS-1", "responsible", "SUED"),
        ("events", "WS-1", "title", "Glass workshop"),
        ("people", "SUED-person-1", "function", "Chair"),
        ("people", "SUED-person-1", "name", "Specimen Person Nine"),
        ("people", "SUED-person-1", "of", "SUED"),
        ("people", "SUED-person-1", "signs", "true"),
    ]
    files = applied(files_of(), reading)
    assert told(differences(data, book("SUED", files=files))) == NOTHING


def test_a_place_that_another_partner_filled_is_filled():
    """The same name in the same slot record is the same agreement, also where its row stands in another workbook."""
    more = "- {id: A-11, class: CA, responsible: [SUED], counterparts: [rail], fills: FREE}\n"
    reading = differences(
        filled({(*PLACE, "Counterpart"): "Rail", (*PLACE, "Expected"): "2023-01"}),
        book(files=files_of(agreements=TEXTS["agreements"] + more)),
    )
    assert told(reading) == NOTHING


def test_a_hidden_place_fills_nothing():
    """What nobody sees is asked back here too."""
    workbook = opened(filled({(*PLACE, "Counterpart"): "Glass"}))
    workbook["Free places"].sheet_state = "hidden"
    assert one(differences(closed(workbook), own_book())).code == "hidden-cell"


# --- files that are no workbook ---------------------------------------------------------------------------------------


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "no-workbook", "empty"),
        (b"Id;Name\nA-1;x\n", "no-workbook", "no Excel workbook"),
        (b"%PDF-1.7", "no-workbook", ".xlsx"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no-workbook", "an archive"),
        (OLE + b"\0" * 600, "no-workbook", "before 2007"),
        (OLE + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted", "without a password"),
        (b"PK" + b"\0" * 10_000_000, "workbook-too-large", "10,000,002 bytes"),
        (sent()[:-200], "no-workbook", "cut off"),
        (archive(xl__workbook_xml=b"<workbook/>"), "no-workbook", "damaged"),
        (with_member(SHEET, b" " * 41_000_000), "workbook-too-large", "unpacks"),
        (with_member(SHEET, MAIN % (b"<c/>" * (MOST_ELEMENTS + 1))), "workbook-too-large", "elements"),
        (
            with_member(SHEET, MAIN % (b"<sheetData>%s</sheetData>" % (b"<row/>" * 20_002))),
            "workbook-too-large",
            "rows",
        ),
        (with_member(SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "no-workbook", "definitions"),
        (with_member(SHEET, "<worksheet/>".encode("utf-16")), "no-workbook", "definitions"),
        (with_member(SHEET, b"<worksheet"), "no-workbook", "damaged"),
        (with_member("xl/extra.xml", b"<a xmlns='http://purl.oclc.org/ooxml/x'/>"), "no-workbook", "Strict"),
        (with_member(SHEET, MAIN % b'<sheetData><row r="x"/></sheetData>'), "no-workbook", "damaged (ValueError)"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_clear_problem(data, code, said):
    """Whatever comes by e-mail, there is one sentence and what to do, and no traceback."""
    reading = differences(data, own_book(), name="back.xlsx")
    problem = one(reading)
    assert (problem.code, problem.location) == (code, Location("back.xlsx"))
    assert said in problem.message + problem.fix
    assert partner_of(data, name="back.xlsx") == problem


def test_a_damaged_member_is_a_clear_problem():
    """A flipped bit inside the archive is noticed before anything is read."""
    data = bytearray(sent())
    with zipfile.ZipFile(io.BytesIO(sent())) as package:
        place = package.getinfo("xl/workbook.xml").header_offset
    data[place + 60] ^= 0xFF
    assert one(differences(bytes(data), own_book())).code == "no-workbook"


def test_enormous_ranges_cost_nothing():
    """Merged cells and cells at the far end of a sheet are no grid of seventeen thousand million cells."""
    cells = b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheets = sheets_of(with_member(SHEET, MAIN % (cells + merged)), name="x")
    assert not isinstance(sheets, Problem)
    assert {place: cell.text for place, cell in sheets[1].cells.items()} == {(1_048_576, 16_384): "x"}
    assert sheets[1].merged == (("A1:XFD1048576", 1, 1_048_576),)
    assert "missing-column" in codes(differences(with_member(SHEET, MAIN % (cells + merged)), own_book()))


def test_more_problems_than_anybody_reads_are_counted():
    """500 are listed, then how many more there are."""
    workbook = opened(sent())
    for row in range(3, 603):
        for column in (1, 2):
            typed(workbook["Agreements"].cell(row, column), f"X{row}")
    found = codes(differences(closed(workbook), own_book()))
    assert (len(found), found[-1]) == (501, "more-problems")


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_damage_ends_in_a_traceback(data):
    """A workbook with any bytes overwritten is read or refused."""
    damaged = bytearray(sent())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(differences(bytes(damaged), own_book()), SheetReading)


# --- laws -------------------------------------------------------------------------------------------------------------


def texts_for(column: SheetColumn) -> st.SearchStrategy[str]:
    """Return what an officer may write into a cell of a column."""
    words = st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"), exclude_characters=";_"),
        min_size=1, max_size=20,
    ).filter(lambda text: normal("text", text) and not forbidden_in(normal("text", text)))  # fmt: skip
    address = column.path[:2] == ("legal", "address")
    empty = [] if column.mandatory or address else [st.just("")]
    match column.kind:
        case "choice" | "yes or no":
            return st.one_of(st.sampled_from(column.choices), *empty)
        case "number":
            return st.one_of(st.integers(0, 999).map(str), *empty)
        case "date":
            return st.one_of(st.dates(date(2021, 1, 1), date(2023, 1, 1)).map(date.isoformat), *empty)
        case "month or day":
            return st.one_of(st.sampled_from(["2021-12", "2022-02-28"]), *empty)
        case "list":
            return st.one_of(st.lists(words, min_size=1, max_size=3).map("; ".join), *empty)
        case _:
            return st.one_of(words, *empty)


def open_cells(book_: Book) -> list[tuple[str, str, SheetColumn, str]]:
    """Return every cell of a record that the partner may write: sheet, record, column, old text."""
    return [
        (table.title, row.record, column, row.cells.get(column.heading, ""))
        for table in book_.tables
        for row in table.rows
        for column in table.columns
        if not row.new and is_open(row, column) and (table.title, row.record) != ("Organisations", "boats")
    ]


MINE = open_cells(own_book())
"""Cells whose edits are legal one by one: an address that is not there yet needs two of them at once."""


def comes_back(data) -> None:
    """Write random legal edits, read them, apply them, and read again."""
    chosen = data.draw(
        st.lists(st.sampled_from(MINE), max_size=6, unique_by=lambda each: (each[0], each[1], each[2].heading))
    )
    edits, expected = {}, set()
    for sheet, record, column, old in chosen:
        text = data.draw(texts_for(column))
        edits[sheet, record, column.heading] = text or None
        if compared(column, text) != compared(column, old):
            new = recorded(column, compared(column, text))
            expected.add((record, ".".join(column.path), new))
    written = filled(edits)
    reading = differences(written, own_book())
    assert reading.problems == ()
    assert {(each.record, ".".join(each.path), each.new) for each in reading.differences.changes} == expected
    files = applied(files_of(), reading)
    assert told(differences(written, book(files=files))) == NOTHING
    assert told(differences(workbook_of(book(files=files)), book(files=files))) == NOTHING


@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_random_legal_edits_come_back_as_exactly_these_changes(data):
    """What is written into open cells comes back; applied to the files and read again, nothing is left to change."""
    comes_back(data)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_many_random_legal_edits_come_back(data):
    """The same law, swept."""
    comes_back(data)


@given(text=st.text(max_size=40))
def test_the_compared_form_is_its_own(text):
    """Bringing a text into the compared form twice is doing it once, for texts and for lists."""
    for kind in ("text", "list"):
        assert normal(kind, normal(kind, text)) == normal(kind, text)
    assert entries("; ".join(entries(text))) == entries(text)


@given(text=st.text(st.sampled_from("0123456789./- ,()NovSeptMai21é"), max_size=14))
def test_readings_of_a_date_are_dates_or_say_what_is_missing(text):
    """Whatever stands in a cell, every reading is a day, a month, or names what is missing."""
    for reading in readings_of(text):
        if "missing" not in reading:
            date.fromisoformat(reading if len(reading) == 10 else f"{reading}-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("September 2021 (03.09.21)", ("2021-09", "2021-09-03", "2021-03-09")),
        ("21-09-03", ("2003-09-21", "2021-09-03")),
        ("2021/9/3", ("2021-09-03",)),
        ("9/2021", ("2021-09",)),
        ("2021-9", ("2021-09",)),
        ("21 Nov 2021", ("2021-11-21",)),
        ("Nov 21, 2021", ("2021-11-21",)),
        ("noviembre 2021", ("2021-11",)),
        ("31.02.2021", ()),
        ("13.13.21", ()),
        ("03.09.", ()),
        ("one two three 2021", ()),
        ("1" * 61, ()),
        ("11 12 2021 Nov", ()),
    ],
)
def test_readings(text, expected):
    """Nine ways to write a date, each with all that it can mean."""
    assert readings_of(text) == expected


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def resaved(data: bytes, folder) -> bytes:
    """Return a workbook as LibreOffice saves it after opening."""
    (folder / "book.xlsx").write_bytes(data)
    command = [
        str(shutil.which("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), str(folder / "book.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "saved" / "book.xlsx").read_bytes()


@pytest.mark.slow
@pytest.mark.needs("libreoffice calc")
@pytest.mark.parametrize("partner", ["NORD", ""])
def test_libreoffice_changes_nothing_and_loses_nothing(tmp_path, partner):
    """Opened and saved by LibreOffice, the workbook that went out is no difference."""
    assert told(differences(resaved(sent(partner), tmp_path), book(partner))) == NOTHING


@pytest.mark.slow
@pytest.mark.needs("libreoffice calc")
def test_edits_survive_libreoffice(tmp_path):
    """Edited and saved by LibreOffice: exactly the edits come back, zeros, formulas as text and all letters."""
    edits = {
        ("Own data", "NORD", "Registration number"): "00042",
        ("Own data", "NORD", "Legal form"): "=1+1",
        ("Own data", "NORD", "City"): "Łódź ó ż ü _x0041_",
        ("Agreements", "A-1", "Expected"): "2021-12",
        ("Agreements", "A-1", "Law"): None,
        **FILLED,
    }
    written = filled(edits)
    before, after = differences(written, own_book()), differences(resaved(written, tmp_path), own_book())
    assert after == before
    assert after.problems == ()
    assert len(after.differences.changes) == 5 + 11
