"""The tables: each a plain count of the report's rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tracking_cases import INDICATORS, Log, agreement, contact, event, portfolio, report, slots

from elca_docs.model.figures import credit_text
from elca_docs.model.parties import Partner
from elca_docs.model.plan import Mission, Timeline, TimelineActivity, TimelineMonth
from elca_docs.model.text_table import TextTable
from elca_docs.model.values import Expected
from elca_docs.tracking import (
    agenda_of,
    by_agreement,
    by_class,
    by_indicator,
    by_mission,
    by_partner,
    by_timeline,
    explain,
)

BOTH = ("NORD", "SUED")
MIXED = portfolio(
    agreement("A-1", expected="2021-10", mission="north-pole"),
    agreement("A-2", responsible=BOTH, counterparts=("beta",), expected="2021-12", mission="north-pole"),
    agreement("A-3", counterparts=("gamma",), expected="2022-12-24"),
    slots("B", "XB", 2, responsible=BOTH),
    event("E-1", mission="north-pole", expected="2021-05"),
    event("E-2", "dinner", responsible=("SUED",)),
    event("W", mission="north-pole", slots=2),
    contact("C-1", "alpha", "2021-09"),
    indicators=(
        INDICATORS[0],
        replace(INDICATORS[1], per_partner={"SUED": 3}),
        INDICATORS[2],
        replace(INDICATORS[3], per_partner={"NORD": 1, "SUED": 1}),
        INDICATORS[4],
    ),
)


def log() -> Log:
    """Return a log in which A-1 is registered, A-2 half signed, A-3 declined, and E-1 held."""
    written = Log()
    written.seal("A-1")
    written.sign("A-2", NORD="2021-11-01")
    written.end("A-3", "declined", "2021-11-02")
    written.hold("E-1", "2021-05-05")
    return written


def cells(table: TextTable, first: str, *columns: str) -> tuple[str, ...]:
    """Return some cells of the row that begins with a text."""
    row = next(each for each in table.rows if each[0] == first)
    return tuple(row[table.columns.index(column)] for column in columns)


def test_every_row_has_a_cell_per_column():
    """Whatever prints a table can rely on its shape; each says of what day it is, and why of that day."""
    found = report(MIXED, log(), as_of_note="the project has ended")
    tables = [by_agreement(found)]
    tables += [view(found, MIXED) for view in (by_indicator, by_partner, by_mission, by_class, by_timeline)]
    for table in tables:
        assert {len(table.columns)} >= {len(row) for row in table.rows}
        assert table.title.endswith("of EXAMPLE as of 2022-08-31")
        assert table.notes[-1] == "the project has ended"
    assert [table.title.split()[0] for table in tables] == [
        "Agreements",
        "Indicators",
        "Partners",
        "Missions",
        "Classes",
        "Timeline",
    ]
    assert by_indicator(report(MIXED), MIXED).notes == ()


def test_by_indicator_tells_what_is_next_and_what_is_longest_overdue():
    """What is done is neither; an indicator without dates says nothing."""
    table = by_indicator(report(MIXED, log(), as_of=date(2021, 12, 31)), MIXED)
    columns = ("target", "planned", "named", "drafted", "sent", "signed", "counted", "gap", "overdue")
    assert cells(table, "KPI 2", *columns) == ("2", "2", "2", "2", "2", "1", "1", "1", "0")
    assert cells(table, "KPI 2", "next due", "days overdue") == ("2021-12-31", "")
    assert cells(table, "KPI 4", "drafted", "sent", "signed") == ("", "", "")
    assert cells(table, "KPI 1", "next due", "days overdue") == ("", "92")
    assert cells(table, "KPI 4", "next due", "days overdue") == ("", "")
    later = by_indicator(report(MIXED, log(), as_of=date(2022, 1, 1)), MIXED)
    assert cells(later, "KPI 2", "overdue", "next due", "days overdue") == ("1", "", "1")


def test_by_agreement_tells_each_row():
    """One row per agreement and place; what does not exist is an empty cell."""
    table = by_agreement(report(MIXED, log(), as_of=date(2022, 1, 10)))
    assert [row[0] for row in table.rows] == ["A-1", "A-2", "A-3", "B#1", "B#2"]
    assert table.rows[0] == (
        "A-1", "EXAMPLE-001", "XA", "NORD", "Alpha Example Network", "2021-10", "counted", "", "2021-10-05",
        "R-2021-001", "confirmed by a person",
    )  # fmt: skip
    assert cells(table, "A-2", "status", "responsible", "days overdue", "signed on") == (
        "partly signed",
        "NORD, SUED",
        "10",
        "",
    )
    assert cells(table, "B#1", "status", "reference", "counterpart", "expected") == ("slot", "", "", "")


def test_by_partner_shares_rows_and_keeps_the_project_single():
    """A shared row stands with each partner and once in the project's lines, and a note says so."""
    table = by_partner(report(MIXED, log()), MIXED)
    rows = {(row[0], row[1]): row[2:] for row in table.rows}
    assert rows["NORD", "KPI 2"] == ("", "2", "2", "2", "2", "1", "1", "1", "1")
    assert rows["SUED", "KPI 2"] == ("3", "1", "1", "1", "1", "0", "0", "1", "1")
    assert rows["project", "KPI 2"] == ("2", "2", "2", "2", "2", "1", "1", "1", "0")
    assert rows["NORD", "KPI 4"] == ("1", "3", "1", "", "", "", "1", "0", "0")
    assert rows["SUED", "KPI 4"] == ("1", "0", "0", "", "", "", "0", "0", "0")
    assert ("SUED", "KPI 1") not in rows
    assert rows["project", "KPI 10"] == ("1", "2", "2", "", "", "", "0", "0", "0")
    assert [row[0] for row in table.rows] == ["NORD"] * 4 + ["SUED"] * 3 + ["project"] * 5
    assert table.notes[0].startswith("A row that several partners share")


def test_by_partner_needs_no_note_where_nothing_is_shared():
    """Then the partners do add up; an agreement that is over is no shared row any more."""
    written = Log()
    written.end("A-1", "declined", "2021-01-01")
    records = portfolio(agreement("A-1", responsible=BOTH), agreement("A-2"))
    assert by_partner(report(records, written), records).notes == ()


def test_by_mission_shows_every_mission():
    """Agreements, events by kind and their records; what belongs to no mission has a row of its own."""
    table = by_mission(report(MIXED, log()), MIXED)
    assert (table.columns) == (
        "mission",
        "due",
        "agreements",
        "named",
        "signed",
        "counted",
        "overdue",
        "dinner",
        "workshop",
        "records",
    )
    assert table.rows == (
        ("North Pole", "2021-10", "2", "2", "1", "1", "1", "none", "1 of 3", "A-1, A-2, E-1"),
        ("no mission", "", "2", "0", "0", "0", "0", "0 of 1", "none", "E-2"),
    )


def test_a_mission_without_anything_is_shown():
    """Nothing planned is something to see."""
    table = by_mission(report(portfolio()), portfolio())
    assert table.rows[0] == ("North Pole", "2021-10", "0", "0", "0", "0", "0", "nothing planned by name")


def test_by_class_counts_the_states():
    """Cumulative states first, then what is partly signed, over and overdue."""
    table = by_class(report(MIXED, log()), MIXED)
    assert table.rows == (
        ("XA", "Example agreements", "2", "2", "2", "2", "1", "1", "1", "1", "1", "1"),
        ("XB", "Example Contract", "2", "0", "0", "0", "0", "0", "0", "0", "0", "0"),
    )


def test_an_agreement_that_ran_its_term_stays_registered_by_class():
    """Expired after all had signed: registered and counted, and not over."""
    written = Log()
    written.seal("A-1")
    written.end("A-1", "expired", "2022-01-01")
    records = portfolio(agreement("A-1"))
    table = by_class(report(records, written), records)
    assert cells(table, "XA", "signed", "registered", "counted", "over") == ("1", "1", "1", "0")


def test_by_timeline_shows_empty_months():
    """A month in which nothing is due has a row, so that nobody looks for it."""
    activities = (TimelineActivity(id="M14-1", what="Hold", done_by="events", kinds=("workshop",)),)
    months = (TimelineMonth(month=14, activities=activities), TimelineMonth(month=13))
    records = portfolio(event("E-1"), timeline=Timeline(months=months))
    assert by_timeline(report(records), records).rows == (
        ("M13", "2021-09-30", "", "", "", "nothing is due in this month"),
        ("M14", "2021-10-31", "M14-1", "Hold", "late", "0 of 1 events of kind workshop done; open: E-1"),
    )


def test_tables_stand_in_order_whatever_the_records_order():
    """Partners by id, missions by deadline and then those without, kinds of event by name."""
    missions = (
        Mission(id="nowhere", name="Nowhere"),
        Mission(id="moon", name="Moon", deadline=Expected(2022, 1)),
        Mission(id="pole", name="Pole", deadline=Expected(2021, 12, 24)),
    )
    kinds = ("tea", "dinner", "workshop", "lunch", "breakfast")
    records = portfolio(
        agreement("A-1", responsible=("SUED", "P-10", "NORD", "P-9")),
        *(event(f"E-{kind}", kind) for kind in kinds),
        missions=missions,
        partners=tuple(Partner(id=name, name=name) for name in ("SUED", "P-10", "NORD", "P-9")),
    )
    found = report(records)
    assert [row[0] for row in by_mission(found, records).rows] == ["Pole", "Moon", "Nowhere", "no mission"]
    assert by_mission(found, records).columns[7:-1] == tuple(sorted(kinds))
    partners = [row[0] for row in by_partner(found, records).rows if row[1] == "KPI 2"]
    assert partners == ["NORD", "P-9", "P-10", "SUED", "project"]


def test_the_next_and_the_longest_are_told():
    """Of several dates ahead the first, of several behind the one that waits longest; events are overdue too."""
    months = ("2021-05", "2021-03", "2021-09", "2021-08")
    records = portfolio(
        *(agreement(f"A-{month}", expected=month, mission="north-pole") for month in months),
        event("E-1", expected="2021-01", mission="north-pole"),
    )
    found = report(records, as_of=date(2021, 6, 1))
    table = by_indicator(found, records)
    assert cells(table, "KPI 2", "overdue", "next due", "days overdue") == ("2", "2021-08-31", "62")
    assert cells(by_mission(found, records), "North Pole", "overdue") == ("3",)


@pytest.mark.parametrize(
    ("credit", "north", "south", "notes"),
    [
        ("each", "2", "1", 1),
        ("first", "2", "0", 2),
        ("shared", "1 1/2", "1/2", 2),
    ],
)
def test_a_partner_is_credited_as_the_indicator_says(credit, north, south, notes):
    """What counts is credited to each, to the first, or in shares; the project counts it once, and a note says how."""
    kpi = replace(INDICATORS[1], rule=replace(INDICATORS[1].rule, credit=credit))
    records = portfolio(agreement("A-1"), agreement("A-2", responsible=BOTH, counterparts=("beta",)), indicators=(kpi,))
    written = Log()
    written.seal("A-1")
    written.seal("A-2", parties=("NORD", "SUED", "beta"))
    found = report(records, written)
    table = by_partner(found, records)
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert (north, south, "2") == tuple(rows[each]["counted"] for each in ("NORD", "SUED", "project"))
    assert (rows["SUED"]["planned"], rows["SUED"]["signed"], len(table.notes)) == ("1", "1", notes)
    for partner, text in (("NORD", north), ("SUED", south)):
        (share,) = agenda_of(found, records, partner).mine
        assert credit_text(share.counted) == text
    told = explain(found, records, written.view(), "KPI 2").lines
    assert sum(line.startswith("credit: what partners share is credited to") for line in told) == notes - 1


def test_a_credit_is_written_as_people_write_it():
    """Whole numbers, fractions, and nothing."""
    every = (Fraction(), Fraction(3), Fraction(1, 3), Fraction(7, 2))
    assert [credit_text(each) for each in every] == ["0", "3", "1/3", "3 1/2"]
