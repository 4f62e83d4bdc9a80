"""The shipped records with an empty register: what everyone sees on the first day."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from elca_docs.model.figures import StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.records import read_portfolio
from elca_docs.tracking import by_mission, by_partner, by_timeline, explain, status_json, status_report

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> Portfolio:
    """Return the shipped records, read as the program reads them."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / "records").rglob("*"))
        if path.suffix in {".yaml", ".md"}
    }
    reading = read_portfolio(files)
    assert reading.problems == ()
    assert reading.portfolio is not None
    return reading.portfolio


@cache
def fresh() -> StatusReport:
    """Return the status of a fresh clone as of the project's end."""
    return status_report(shipped(), RegisterView(), as_of=shipped().project.end, as_of_note="the project has ended")


@pytest.mark.parametrize(
    ("identifier", "target", "planned", "named"),
    [
        ("KPI 1", 12, 15, 15),
        ("KPI 2", 12, 12, 12),
        ("KPI 3", 6, 7, 7),
        ("KPI 4", 20, 20, 0),
        ("KPI 5", 10, 10, 0),
        ("KPI 6", 10, 10, 0),
        ("KPI 7", 6, 6, 6),
        ("KPI 8", 6, 6, 0),
        ("KPI 9", 5, 5, 0),
        ("KPI 10", 3, 3, 3),
    ],
)
def test_a_fresh_clone_has_the_planned_figures(identifier, target, planned, named):
    """Target, planned and named are those of D3.1; nothing is drafted, signed or counted."""
    figure = next(each for each in fresh().figures if each.id == identifier)
    assert (figure.target, figure.planned, figure.named, figure.counted) == (target, planned, named, 0)
    states = {figure.drafted, figure.sent, figure.signed}
    assert states == ({0} if identifier in {"KPI 2", "KPI 3", "KPI 4", "KPI 5"} else {None})


def test_a_fresh_clone_has_nineteen_named_agreements_and_thirty_places():
    """12 and 7 by name, 20 and 10 as free places; all named ones are long overdue at the project's end."""
    rows = fresh().agreements
    found = {
        class_: [each.status for each in rows if each.class_ == class_]
        for class_ in dict.fromkeys(r.class_ for r in rows)
    }
    assert {name: (len(states), set(states)) for name, states in found.items()} == {
        "CA": (12, {"identified"}),
        "CI": (7, {"identified"}),
        "CS": (20, {"slot"}),
        "BA": (10, {"slot"}),
    }
    assert {each.overdue for each in rows if each.status == "identified"} == {True}


def test_the_json_says_of_what_day_it_is():
    """Whoever reads the figures reads why they are as of that day."""
    written = status_json(fresh())
    assert (written["project"], written["as_of"], written["as_of_note"]) == (
        "ELCA",
        "2022-08-31",
        "the project has ended",
    )


def test_all_six_missions_are_shown():
    """Dubai has nothing planned by name, and a row."""
    table = by_mission(fresh(), shipped())
    assert [row[0] for row in table.rows] == [
        "Michigan (USA)",
        "India",
        "Dubai",
        "Japan",
        "Latin America",
        "Ohio (USA)",
        "no mission",
    ]
    assert table.rows[2][-1] == "nothing planned by name"


def test_all_fifteen_months_are_shown():
    """21 activities in eight months, and seven months in which nothing is due."""
    table = by_timeline(fresh(), shipped())
    assert len({row[0] for row in table.rows}) == 15
    assert sum(bool(row[2]) for row in table.rows) == 21
    assert sum(not row[2] for row in table.rows) == 7
    assert "is planned" in next(row[-1] for row in table.rows if row[2] == "M17-1")


def test_shared_rows_stand_with_each_partner():
    """Table 4 shares two rows, the business agreements and other events all; the project counts them once."""
    table = by_partner(fresh(), shipped())
    assert table.notes[0].startswith("A row that several partners share")
    meetings = [row for row in table.rows if row[1] == "KPI 7"]
    assert {row[0]: row[3] for row in meetings} == {"AMZ": "4", "BIC": "1", "MAV": "1", "POL": "2", "project": "6"}


def test_every_figure_can_be_explained():
    """Also before anything is counted: target, rule and what is missing."""
    for figure in fresh().figures:
        assert explain(fresh(), shipped(), RegisterView(), figure.id).lines[4] == "counted: nothing"
