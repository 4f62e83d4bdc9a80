"""The plan of the dashboard besides agreements: months with what is due in them, missions, and what is held.

May not judge what is late or done: the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from elca_docs.model.figures import HeldStatus, StatusReport, TimelineStatus
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end, month_index
from elca_docs.model.rows import SECTOR, record_of
from elca_docs.reporting.dashboard_papers import Paper, Papers

_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the project: its activities, the missions due in it, and how it stands to the day of the page."""

    number: int
    name: str
    when: str
    activities: tuple[TimelineStatus, ...]
    missions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A contact, event, duty or activity with a record of its own, or `count` free places of one record."""

    id: str
    title: str
    kind: str
    partners: tuple[str, ...]
    mission: str
    mission_name: str
    expected: str
    state: str
    held_on: str
    why: str
    papers: tuple[Paper, ...]
    count: int = 1


def months(portfolio: Portfolio, report: StatusReport) -> tuple[Month, ...]:
    """Return every month of the project, from the first to the last."""
    project = portfolio.project
    now = month_index(project.start, report.as_of)
    return tuple(
        Month(
            number=number,
            name=_month_name(month_end(project.start, number)),
            when="now" if number == now else "past" if number < now else "ahead",
            activities=tuple(each for each in report.timeline if each.month == number),
            missions=tuple(
                each.name
                for each in portfolio.missions
                if each.deadline and month_index(project.start, each.deadline.last_day) == number
            ),
        )
        for number in range(1, project.duration_months + 1)
    )


def _month_name(day: date) -> str:
    return f"{_SHORT_MONTHS[day.month - 1]} {day.year}"


def happenings(portfolio: Portfolio, report: StatusReport, papers: Papers) -> tuple[Happening, ...]:
    """Return what is held, in the order of the report, without the sectors; free places of one record are one row."""
    rows = (_happening(portfolio, each, papers) for each in report.held if each.kind != SECTOR)
    return tuple(_grouped(rows))


def _grouped(rows: Iterable[Happening]) -> Iterator[Happening]:
    found: dict[tuple[str, str], Happening] = {}
    for row in rows:
        key = (record_of(row.id) if row.state == "free place" else row.id, row.state)
        before = found.get(key)
        found[key] = replace(before, count=before.count + 1) if before else replace(row, id=key[0])
    yield from found.values()


def _happening(portfolio: Portfolio, row: HeldStatus, papers: Papers) -> Happening:
    mission = portfolio.mission_by_id.get(row.mission)
    labels = [_label(portfolio, each) for each in row.organisations]
    found = dict.fromkeys(paper for digest in row.evidence for paper in papers.of_file(digest))
    kind = row.kind.replace("-", " ")
    return Happening(
        id=row.id,
        title=row.title if row.kind == "contact" else " · ".join(filter(None, (row.title, ", ".join(labels)))) or kind,
        kind=kind,
        partners=row.responsible,
        mission=row.mission,
        mission_name=mission.name if mission else "",
        expected=str(row.expected or ""),
        state=_state(row),
        held_on=row.held_on.isoformat() if row.held_on else "",
        why=_why(row),
        papers=tuple(found),
    )


def _why(row: HeldStatus) -> str:
    """Return why what was held does not count; empty where no indicator could count it (rule H4) anyhow."""
    failing = [each for each in row.because if not each.ok]
    if not row.held_on or row.counted or any(each.rule == "H4" for each in failing):
        return ""
    return failing[0].text if failing else ""


def _state(row: HeldStatus) -> str:
    if row.held_on:
        return "counted" if row.counted else "held"
    if row.is_slot:
        return "free place"
    return "overdue" if row.overdue else "planned"


def _label(portfolio: Portfolio, identifier: str) -> str:
    known = portfolio.organisation_by_id.get(identifier)
    return known.label if known else identifier
