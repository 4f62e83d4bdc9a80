"""The tables of a plan: every column, every row, every date and condition of the records, and no remark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_specimens import (
    AGREEMENTS,
    CONTACTS,
    EVENTS,
    INDICATORS,
    ORGANISATIONS,
    PARTNERS,
    PROJECT,
    SPANISH,
    TABLES,
    TIMELINE,
    portfolio,
)

from elca_docs.context.words import Words
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.plan import Timeline
from elca_docs.reporting.scene import Scene
from elca_docs.reporting.tables import table_of


def told(of, *, language="en", **spec_or_records):
    """Return headings and rows of a table as text; lines of a cell are set apart by " | "."""
    spec = {key: value for key, value in spec_or_records.items() if key in {"classes", "kinds", "first_column"}}
    records = {key: value for key, value in spec_or_records.items() if key not in spec}
    table = table_of(Scene(portfolio(**records), Words(language)), TableSpec(of=of, caption="Something", **spec))
    assert table.caption == "Something"
    rows = [
        [" | ".join("".join(span.text for span in line) for line in cell.lines) for cell in row] for row in table.rows
    ]
    return [each.heading for each in table.columns], rows


def test_contacts_show_all_steps():
    """A contact's row has organisation, responsible, description and all steps with date, place, people, condition."""
    headings, rows = told("contacts")
    assert headings == ["Organisation", "Responsible", "Description", "Planned activities: dates and location"]
    assert rows == [
        ["Silent Society", "NORTH", "–", "–"],
        [
            "QN",
            "SOUTH",
            (
                "Network in Nowhere, Czech Republic working in quills and ink. "
                "It belongs to Federation of Quills and ΩMEGA & Co. It has 521 members from 32 countries. "
                "Grant agreement 000001. | Known from a fair"
            ),
            (
                "3 September 2021, Genoa: Meeting with cluster managers. | "
                "September 2021, ongoing: Letter (NORTH). If time allows. | "
                "Talks with Quilly (past). | tbd. | Online: Call. | The board. | December 2021: NORTH."
            ),
        ],
    ]


def test_cooperation_agreements_of_a_class():
    """A row per agreement and one per slot record that is still open; the plan keeps what is replaced."""
    headings, rows = told("agreements", classes=("CO",), first_column="Clusters")
    assert headings == ["Clusters", "Responsible", "Description and actions", "Expected date of signature"]
    assert rows == [
        [
            "Tinta de León",
            "NORTH, SOUTH",
            (
                "Mexican cluster for ink in León. Based in Mexico. Works in paper. | Opens the way to the Moon. | "
                "May '21: Letter. | Areas of cooperation: training, visits and ink. | Mission: Moon. | "
                "Takes the place of the agreement planned with Silent Society."
            ),
            "25 October 2021",
        ],
        [
            "Quill Network (QN)",
            "NORTH",
            (
                "Network in Nowhere, Czech Republic working in quills and ink. It belongs to Federation of Quills and "
                "ΩMEGA & Co. It has 521 members from 32 countries. Grant agreement 000001. | Mission: mission 1."
            ),
            "end of 2021",
        ],
        ["Silent Society", "SOUTH", "Its place is taken by the agreement with Tinta de León.", "December 2021"],
        ["to be named (3)", "NORTH", "–", "–"],
    ]


def test_business_agreements_name_all_counterparts():
    """Two organisations that agree among themselves both stand in the row; a slot that is filled stands no more."""
    headings, rows = told("agreements", classes=("BU",))
    assert headings == ["Organisation", "Responsible", "Description", "Expected date of signature"]
    assert [row[0] for row in rows] == ["Silent Society | Tinta de León", "Silent Society"]
    assert rows[0][2].endswith("Mission: Moon.")


def test_all_agreements_stand_where_no_class_is_asked_for():
    """Without classes the table shows every agreement."""
    assert len(told("agreements")[1]) == len(AGREEMENTS) - 1


def test_events_of_a_kind():
    """An event's row has names, responsible, description, dates with places, and expectations."""
    headings, rows = told("events", kinds=("meeting",))
    assert headings == ["Event", "Responsible", "Description", "Dates and location", "Expectations and results"]
    ((name, responsible, description, dates, expectations),) = rows
    assert name == "The Quill Network of Nowhere | Tinta de León | Assembly"
    assert responsible == "NORTH"
    assert description.split(" | ")[1:] == [
        "Mexican cluster for ink in León. Based in Mexico. Works in paper.",
        "Mission: Moon.",
    ]
    assert dates == "Nantes/France | 25 October 2021: Speech (planned)."
    assert expectations == "A letter of intent | Two visits"


def test_event_slots_and_events_without_organisation():
    """A slot record stands as one row with the number still to be named; an event of ours shows its title."""
    assert told("events", kinds=("workshop",))[1] == [
        ["Ink day", "SOUTH", "–", "November 2021", "–"],
        ["to be named (1)", "SOUTH", "–", "–", "–"],
    ]
    assert len(told("events")[1]) == len(EVENTS)


def test_indicators_say_how_they_are_counted():
    """An indicator's row has number, title, description, target with the partners' shares, and the counting rule."""
    headings, rows = told("indicators")
    assert headings == ["No.", "Indicator", "Description", "Target", "How it is counted"]
    assert rows == [
        ["KPI 2", "Agreements", "Signed ones.", "5 agreements | SOUTH 3", "An agreement counts once it is signed."],
        ["KPI 3", "Sectors", "–", "1", "–"],
        ["KPI 10", "Workshops", "–", "4 events | 2 per partner", "Proof: attendance list, minutes."],
    ]


def test_timeline_shows_empty_months():
    """A row per month in order, its label computed, an activity per line, a dash where nothing is due."""
    assert told("timeline") == (
        ["Deadline", "Activity"],
        [["M6 – February 2021", "–"], ["M14 – October 2021", "Agreements signed | Report (SOUTH)"]],
    )


def test_partners_show_all_short_forms():
    """The coordinator comes first; other short forms stand with their validity; an inferred country is not printed."""
    assert told("partners") == (
        ["Acronym", "Name", "Country", "Role"],
        [
            ["NORTH", "North Paper Cluster", "–", "coordinator | T3.1 participant"],
            [
                "SOUTH | also SFC until 30 June 2021, SOU from 1 July 2021 and S",
                "South Feather Cluster",
                "Spain",
                "WP3 leader",
            ],
        ],
    )


def test_sectors_beyond_the_home_ones():
    """The sectors that an indicator can count are shown; all of them where none lies beyond."""
    assert told("sectors") == (["Sector", "Examples"], [["Quills & pens", "Ink and nibs."], ["Pillows", "–"]])
    home = replace(PROJECT, sectors=PROJECT.sectors[:1])
    assert told("sectors", project=home)[1] == [["Paper", "–"]]


def test_a_duty_is_told_as_far_as_it_is_stated():
    """A duty's row has what, who, by when and how often where that is stated, and what for; nothing is inferred."""
    headings, rows = told("duties")
    assert headings == ["Obligation", "Responsible", "Due", "At least", "Purpose"]
    assert rows == [
        ["Meet others", "SOUTH", "–", "2", "Lessons learned."],
        ["Write a template", "–", "Aug. 21", "–", "–"],
        ["Be kind", "–", "–", "–", "–"],
    ]


@pytest.mark.parametrize("of", TABLES)
def test_an_empty_table_says_so(of):
    """A table without records has one row of dashes: a heading alone might be an oversight."""
    empty = {
        "agreements": (),
        "contacts": (),
        "events": (),
        "indicators": (),
        "partners": (),
        "timeline": Timeline(),
        "project": replace(PROJECT, sectors=()),
    }
    headings, rows = told(of, **empty)
    assert rows == [["–"] * len(headings)]


@pytest.mark.parametrize("of", TABLES)
def test_the_order_of_records_never_matters(of):
    """Turning the records round changes no table."""
    turned = portfolio(
        partners=PARTNERS[::-1],
        organisations=ORGANISATIONS[::-1],
        agreements=AGREEMENTS[::-1],
        contacts=CONTACTS[::-1],
        events=EVENTS[::-1],
        indicators=INDICATORS[::-1],
        timeline=replace(TIMELINE, months=TIMELINE.months[::-1]),
    )
    spec = TableSpec(of=of)
    assert table_of(Scene(turned, Words("en")), spec) == table_of(Scene(portfolio(), Words("en")), spec)


def test_tables_speak_spanish():
    """Headings, dates, countries and composed sentences follow the language of the document."""
    headings, rows = told("contacts", language=SPANISH)
    assert headings == ["Organización", "Responsable", "Descripción", "Actividades previstas: fechas y lugar"]
    assert "3 de septiembre de 2021, Genoa: Meeting con cluster managers." in rows[1][3]
    assert "Tiene 521 miembros de 32 países." in rows[1][2]
    assert told("partners", language=SPANISH)[1][1][2] == "España"
