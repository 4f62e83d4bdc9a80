"""A workbook that comes back: exactly what was edited becomes a change, and the rest is asked back with its cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from book_desks import (
    NOTHING,
    applied,
    book,
    brief,
    cell_in,
    closed,
    codes,
    files_of,
    filled,
    one,
    opened,
    own_book,
    read,
    sent,
    told,
)

from elca_docs.errors import Location
from elca_docs.exchange import differences
from elca_docs.model.sheets import Change


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
        (("Own data", "NORD", "Country"), "Germany", "unknown-choice", "did you mean 'DE'?"),
        (("Own data", "NORD", "Country"), "alemania", "unknown-choice", "did you mean 'DE'?"),
        (("Own data", "NORD", "Country"), "Nowhere", "unknown-choice", "choose from the list: AD"),
        (("Own data", "NORD", "Language"), "Polnisch", "unknown-choice", "did you mean 'pl'?"),
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
