"""The records that ship with the repository: what the checker hears of D3.1 unaided, and every code in some test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from elca_docs.model.findings import Finding
from elca_docs.records import findings_of, read_portfolio

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "elca_docs" / "records"


@pytest.fixture(scope="module")
def heard() -> dict[str, list[Finding]]:
    """Return the findings on ELCA's records by code; the records have no problem."""
    paths = sorted(each for each in (ROOT / "records").rglob("*") if each.is_file())
    reading = read_portfolio({each.relative_to(ROOT).as_posix(): each.read_bytes() for each in paths})
    assert reading.problems == ()
    assert reading.portfolio is not None
    found: dict[str, list[Finding]] = {}
    for finding in findings_of(reading.portfolio):
        found.setdefault(finding.code, []).append(finding)
    return found


def test_the_stated_number_of_events_is_not_the_sum(heard: dict[str, list[Finding]]):
    """A01, A02: 38 events are stated and 22 promised; 38 is right for agreements, so it was copied perhaps."""
    (events,) = [each for each in heard["total-differs"] if "events-total" in each.ids]
    assert events.message.endswith("and the targets of KPI 6, KPI 7, KPI 8 are 10 + 6 + 6 = 22")
    assert [each.ids[0] for each in heard["total-repeated"]] == ["events-total"]


def test_tables_with_more_rows_than_their_target_are_heard(heard: dict[str, list[Finding]]):
    """A03, A04: 15 rows for 12, 7 rows for 6."""
    assert [each.ids for each in heard["plan-exceeds-target"]] == [("KPI 1",), ("KPI 3",)]


def test_targets_without_names_are_heard(heard: dict[str, list[Finding]]):
    """A06: five indicators have no named record."""
    assert [each.ids for each in heard["target-unnamed"]] == [(f"KPI {number}",) for number in (4, 5, 6, 8, 9)]


def test_the_task_that_is_stated_and_not_there_is_heard(heard: dict[str, list[Finding]]):
    """A18: three tasks are stated, two named, one described."""
    (tasks,) = [each for each in heard["total-differs"] if "wp3-tasks" in each.ids]
    assert tasks.message.endswith("and the records name 2 (T3.1, T3.2) and describe 1")


def test_activities_after_the_work_package_are_heard(heard: dict[str, list[Finding]]):
    """B01: six activities lie in M19 and M20, and WP3 ends with M18."""
    (finding,) = heard["outside-work-package"]
    assert finding.ids == ("WP3", "M19-1", "M19-2", "M19-3", "M20-1", "M20-2", "M20-3")


def test_agreements_after_the_deadline_of_the_timeline_are_heard(heard: dict[str, list[Finding]]):
    """B02: nine of twelve cluster agreements are expected after M14."""
    (finding,) = heard["after-deadline"]
    late = ("02", "03", "06", "07", "08", "09", "10", "11", "12")
    assert finding.ids == ("M14-1", *(f"T2-{number}" for number in late))


def test_agreements_before_their_mission_are_heard(heard: dict[str, list[Finding]]):
    """B04: Ohio and Nuevo León are expected months before their missions."""
    assert [each.ids for each in heard["before-mission"]] == [("T3-03", "ohio"), ("T3-07", "latin-america")]


def test_partners_with_two_acronyms_are_heard(heard: dict[str, list[Finding]]):
    """C01, C02: POL or PLA, MECH or CLUSTER-MECH."""
    assert [each.ids for each in heard["acronym-conflict"]] == [("POL",), ("MECH",)]


def test_missing_data_begin_with_whom_most_drafts_wait_for(heard: dict[str, list[Finding]]):
    """C15: five partners and nineteen counterparts lack all six fields; the coordinator stands in most drafts."""
    ranked = heard["missing-party-data"]
    assert len(ranked) == 24
    assert [each.ids[0] for each in ranked[:3]] == ["AMZ", "MAV", "MECH"]
    assert ranked[0].fix.startswith("fill AMZ's own 6 fields first: used in 8 drafts (partners.yaml: legal.name, ")
    assert "used in 4 drafts" in ranked[1].fix


def test_nothing_is_accepted_as_shipped(heard: dict[str, list[Finding]]):
    """accepted.yaml ships empty: to accept is for the consortium."""
    assert [each for findings in heard.values() for each in findings if each.accepted] == []


def test_every_code_is_in_a_test():
    """No code of this room is without an example."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.rglob("*.py")))
    codes = set(re.findall(r'(?:Problem|_note)\(\s*"([a-z0-9-]+)"|code="([a-z0-9-]+)"', text))
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    flat = {first or second for first, second in codes}
    assert len(flat) > 40
    assert sorted(code for code in flat if f'"{code}"' not in tests and f'"{code} ' not in tests) == []
