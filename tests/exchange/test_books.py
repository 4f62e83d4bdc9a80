"""What stands in a partner's workbook: its rows, which of them it may change, and what was never asked of a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from book_desks import AS_OF, TEXTS, book, files_of, portfolio_of

from elca_docs.errors import RequestError
from elca_docs.exchange import book_of
from elca_docs.exchange.new_ids import NewIds
from elca_docs.model.register import RegisterView
from elca_docs.model.sheets import Book, SheetRow, SheetTable
from elca_docs.tracking import status_report


def table(book_: Book, title: str) -> SheetTable:
    return next(each for each in book_.tables if each.title == title)


def row(book_: Book, title: str, record: str) -> SheetRow:
    return next(each for each in table(book_, title).rows if each.record == record)


def rows(book_: Book, title: str) -> dict[str, bool]:
    """Return the rows of a sheet, and whether each may be changed."""
    return {each.record: each.editable for each in table(book_, title).rows}


def with_status(record: str, **fields: object) -> Book:
    """Return NORD's book, the register saying something else of one agreement."""
    portfolio = portfolio_of(files_of())
    report = status_report(portfolio, RegisterView(), as_of=AS_OF)
    agreements = tuple(replace(each, **fields) if each.id == record else each for each in report.agreements)
    return book_of(portfolio, replace(report, agreements=agreements), "NORD")


def test_a_partner_finds_its_own_rows():
    """Own data, the agreements it is responsible for, their organisations, people, events and contacts."""
    mine = book()
    assert [each.title for each in mine.tables] == [
        "Own data", "Agreements", "Free places", "Free places for two", "Organisations", "People", "Events", "Contacts",
    ]  # fmt: skip
    assert rows(mine, "Own data") == {"NORD": True}
    assert rows(mine, "Free places") == {"FREE#1": True, "FREE#2": True, "FREE#3": True}
    assert rows(mine, "Events") == {"E-1": True}
    assert rows(mine, "Contacts") == {}
    assert mine.title == "SPEC: records of NORD"
    assert mine.as_of == "2021-11-15"


def test_a_shared_row_stands_with_each_and_has_one_writer():
    """A-2 is led by SUED: NORD reads it, SUED changes it; what both may fill is a free place."""
    assert rows(book(), "Agreements") == {"A-1": True, "A-2": False, "A-10": True}
    assert rows(book("SUED"), "Agreements") == {"A-2": True}
    assert rows(book(), "Free places for two") == rows(book("SUED"), "Free places for two") == {"PAIR#1": True}


def test_whoever_fills_a_shared_place_leads_it():
    """The place is given to all partners responsible for it, the one that fills it first."""
    assert row(book("SUED"), "Free places for two", "PAIR#1").gives["responsible"] == "SUED; NORD"
    assert row(book(""), "Free places for two", "PAIR#1").gives["responsible"] == "NORD; SUED"


def test_an_organisation_belongs_to_the_partner_of_its_first_agreement():
    """Boats stands in A-2 (SUED) and A-10 (NORD): SUED changes it, NORD sees that; bridges comes by C-1 and E-1."""
    assert rows(book(), "Organisations") == {"boats": False, "bridges": False, "rail": True}
    assert rows(book("SUED"), "Organisations") == {"boats": True, "bridges": True}
    assert row(book(), "Organisations", "boats").cells["Edited by"] == "SUED"
    assert row(book(), "Organisations", "boats").cells["Stands in"] == "A-2; A-10"


def test_who_signs_on_behalf_of_an_organisation_goes_with_it():
    """The organisation that signs for a counterpart stands in the same book, with the same writer."""
    organisations = TEXTS["organisations"] + "    legal: {signs_through: rail}\n".replace("    ", "  ")
    files = files_of(organisations=organisations, agreements=TEXTS["agreements"].replace("[rail]", "[bridges]"))
    assert rows(book(files=files), "Organisations") == {"boats": False, "bridges": True, "rail": True}


def test_people_go_with_their_party_and_a_missing_signatory_is_asked_for():
    """NORD has a signatory, rail none yet; the people of boats are SUED's."""
    assert rows(book(), "People") == {"p1": True, "p2": True, "rail#person": True}
    assert rows(book("SUED"), "People") == {"SUED#person": True, "boats#person": True, "bridges#person": True}
    assert row(book(), "People", "rail#person").cells["Acts for"] == "Rail"


def test_the_lead_sees_and_changes_everything():
    """Nothing is locked for the lead but what is signed or cannot stand in a cell."""
    every = book("")
    assert every.title == "SPEC: records of all partners"
    assert {row.editable for each in every.tables for row in each.rows} == {True}
    assert rows(every, "Partners") == {"NORD": True, "SUED": True}
    assert set(rows(every, "Agreements")) == {"A-1", "A-2", "A-10"}
    assert set(rows(every, "Events")) == {"E-1", "WS#1"}


def test_cells_show_the_text_of_the_record_and_the_state_of_the_register():
    """Fields as text, lists with semicolons, yes and no in words; overdue counted to the day of the report."""
    mine = book()
    agreement = row(mine, "Agreements", "A-1").cells
    assert (agreement["Expected"], agreement["Areas of cooperation"]) == ("2021-10", "joint training; joint stands")
    assert (agreement["Months"], agreement["Status"], agreement["Days overdue"]) == ("24", "identified", "15")
    assert agreement["Counterpart"] == "Fictitious Rail Cluster"
    assert row(mine, "Own data", "NORD").cells["Registration number"] == "0042"
    assert row(mine, "Own data", "NORD").cells["Street"] == "1 Specimen Street; Building B"
    assert row(mine, "Organisations", "rail").cells["Country guessed"] == "yes"
    assert row(mine, "Events", "E-1").cells["Steps"] == "2021-10, Invitation, Sampletown"
    assert row(mine, "Organisations", "rail").cells["Legal name"] == ""


def test_the_register_is_shown():
    """Reference, register number and who has signed come from the report."""
    mine = with_status("A-1", reference="SPEC-CA-NORD-001", signed_parties=("NORD", "rail"), register_number="R-1")
    cells = row(mine, "Agreements", "A-1").cells
    assert (cells["Reference"], cells["Register number"], cells["Signed by"]) == (
        "SPEC-CA-NORD-001",
        "R-1",
        "NORD; Rail",
    )


def test_a_first_signature_fixes_the_text_and_the_last_one_the_rest():
    """Expected date and mission stay open until everybody has signed; an agreement that is over is closed."""
    partly = row(with_status("A-1", signed_parties=("NORD",), status="partly signed"), "Agreements", "A-1").locked
    assert {"Language", "Areas of cooperation", "Law"} <= partly
    assert not {"Expected", "Mission"} & partly
    for status in ("signed", "registered", "declined", "void"):
        assert {"Expected", "Mission", "Law"} <= row(with_status("A-1", status=status), "Agreements", "A-1").locked
    assert row(book(), "Agreements", "A-1").locked == frozenset()


def test_what_a_cell_could_not_bring_back_is_locked():
    """A text of two lines, and an entry with a semicolon in it, are changed in the file only."""
    assert row(book(), "Agreements", "A-2").locked == {"Description"}
    assert row(book(), "Organisations", "rail").locked == {"Sectors"}


def test_a_place_knows_what_its_record_will_have():
    """Class, responsible partner, date, mission and areas come from the slot record."""
    assert row(book(), "Free places", "FREE#2").gives == {
        "class": "CA", "responsible": "NORD", "expected": "2022-06", "mission": "north", "areas": "bridges",
    }  # fmt: skip
    assert row(book("SUED"), "Events", "WS#1").gives == {
        "kind": "workshop",
        "responsible": "SUED",
        "expected": "2022-03",
    }
    assert row(book(), "People", "rail#person").gives == {"of": "rail", "signs": "yes"}


def test_columns_are_described_by_the_model():
    """Kind, choices, comment and whether it is mandatory come from the field itself."""
    columns = {each.heading: each for each in table(book(), "Agreements").columns}
    assert (columns["Expected"].kind, columns["Months"].kind) == ("month or day", "number")
    assert columns["Mission"].choices == ("north", "south")
    assert columns["Expected"].comment.startswith("Expected date of the last signature. Write a month")
    assert not columns["Status"].editable
    names = {each.heading: each for each in table(book(), "Organisations").columns}
    assert (names["Name"].mandatory, names["Legal name"].mandatory, names["Legal name"].path) == (
        True, False, ("legal", "name"),
    )  # fmt: skip
    assert {"DE", "NO", "ES"} <= set(names["Country"].choices)
    assert names["Country guessed"].choices == ("yes", "no")


def test_no_heading_stands_twice():
    """Columns are found by their heading, so each sheet has each one once."""
    for each in book("").tables:
        headings = [column.heading for column in each.columns]
        assert sorted(set(headings)) == sorted(headings)


def test_an_unknown_partner_is_refused():
    """A misspelt acronym names the known ones."""
    with pytest.raises(RequestError) as caught:
        book("NORDD")
    (problem,) = caught.value.problems
    assert (problem.code, problem.fix) == ("unknown-name", "use one of NORD, SUED")


def test_the_order_of_records_changes_nothing():
    """The same records in another order make the same book."""
    turned = TEXTS["organisations"].split("\n- ")
    organisations = "\n- ".join(["", *reversed(turned[1:])]) + "\n"
    assert book(files=files_of(organisations=organisations)) == book()


def test_the_day_of_the_report_is_the_day_of_the_book():
    """Nothing looks at the clock: another day, other days overdue."""
    later = book(as_of=date(2021, 11, 20))
    assert (later.as_of, row(later, "Agreements", "A-1").cells["Days overdue"]) == ("2021-11-20", "20")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Red Ficticia", "red-ficticia"),
        ("Zażółć & Łódź A/S", "zazolc-lodz-a-s"),
        ("日本", "organisation-1"),
        ("CON", "con-2"),
        ("Taken", "taken-2"),
        ("x" * 90, "x" * 40),
        ("a " + "b" * 50, "a"),
    ],
)
def test_a_new_id_is_readable_free_and_allowed(name, expected):
    """Letters lose their marks; what is taken, also in other capitals, or kept by Windows, is numbered."""
    ids = NewIds({"partners": {"TAKEN"}})
    assert ids.named("organisations", name) == expected
    assert ids.named("organisations", name) != expected


def test_new_ids_continue_their_place():
    """A number goes up until nobody has it, among all that evidence can name."""
    ids = NewIds({"agreements": {"FREE-1"}, "events": {"free-2"}})
    assert [ids.numbered("agreements", "FREE") for _ in range(2)] == ["FREE-3", "FREE-4"]
    assert NewIds({}).numbered("agreements", "P" * 60) == "P" * 40 + "-1"
