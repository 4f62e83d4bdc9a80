"""Free places of a workbook: filled, they make records, once, and only while a place is free."""

from __future__ import annotations

import pytest
from book_desks import (
    FILLED,
    NOTHING,
    PLACE,
    TEXTS,
    applied,
    book,
    brief,
    closed,
    codes,
    files_of,
    filled,
    one,
    opened,
    own_book,
    read,
    told,
)

from elca_docs.exchange import differences


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
