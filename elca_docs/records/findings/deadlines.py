"""Findings on planned dates against the deadlines of the timeline and of missions.

An activity of the timeline means the agreements of its classes, or the events of its kinds (none named: all), and
those of its mission where it has one; as `tracking` reads it. Slots have dates too, and are compared like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from elca_docs.model.findings import Finding
from elca_docs.model.plan import Agreement, Event, TimelineActivity
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import MONTHS_OF_YEAR, month_end, project_month
from elca_docs.model.values import Expected
from elca_docs.records.text import counted


def dates_after_the_timeline(portfolio: Portfolio) -> Iterator[Finding]:
    """Nothing is expected after the end of the month by which the timeline wants it."""
    by_mission = _by_mission(portfolio)
    for index, row in enumerate(portfolio.timeline.months):
        due = month_end(portfolio.project.start, row.month)
        for activity in row.activities:
            meant = _meant(portfolio, by_mission, activity)
            late = [each for each in meant if each.expected and each.expected.last_day > due]
            if late:
                stem = "agreements" if activity.done_by == "agreements" else "events"
                month = project_month(portfolio.project.start, row.month)
                yield Finding(
                    code="after-deadline",
                    severity="error",
                    message=f"{activity.id} of the timeline ('{activity.what}') is due in M{row.month} ({month}), and "
                    f"later dates are expected for {len(late)} of {len(meant)} {stem}: {_briefly(late)}",
                    ids=(activity.id, *(each.id for each in late)),
                    location=portfolio.place(stem, late[0].id, "expected"),
                    other_location=portfolio.place("timeline", "months", str(index), "activities", activity.id),
                    fix="move the dates or the deadline, or accept it with the reason",
                )


def dates_after_their_mission(portfolio: Portfolio) -> Iterator[Finding]:
    """Nothing that belongs to a mission is expected after its deadline; what the timeline says is not said twice."""
    by_mission = _by_mission(portfolio)
    watched = {
        (activity.done_by, each.id)
        for row in portfolio.timeline.months
        for activity in row.activities
        if activity.mission
        for each in _meant(portfolio, by_mission, activity)
    }
    for stem, each, deadline in _of_missions(portfolio):
        if (stem, each.id) not in watched and each.expected and each.expected.last_day > deadline.last_day:
            yield Finding(
                code="after-mission",
                severity="error",
                message=f"{stem.removesuffix('s')} {each.id} is expected in {each.expected}, after its mission "
                f"{each.mission} ({deadline})",
                ids=(each.id, str(each.mission)),
                location=portfolio.place(stem, each.id, "expected"),
                other_location=portfolio.place("missions", str(each.mission), "deadline"),
                fix="correct one of the two dates, or the mission",
            )


def agreements_before_their_mission(portfolio: Portfolio) -> Iterator[Finding]:
    """An agreement that a mission brings is not expected months before the mission."""
    for stem, each, deadline in _of_missions(portfolio):
        months = _months_between(each.expected, deadline) if each.expected else 0
        if stem == "agreements" and months > 0:
            yield Finding(
                code="before-mission",
                severity="warning",
                message=f"agreement {each.id} is expected in {each.expected}, {counted(months, 'month')} before "
                f"its mission {each.mission} ({deadline})",
                ids=(each.id, str(each.mission)),
                location=portfolio.place(stem, each.id, "expected"),
                other_location=portfolio.place("missions", str(each.mission), "deadline"),
                fix="find out which date holds; accept it where it is signed before the visit",
            )


_Planned = Agreement | Event


def _by_mission(portfolio: Portfolio) -> dict[tuple[str, str], list[_Planned]]:
    """Return agreements and events by stem and mission, so that an activity need not look at all of them."""
    found: dict[tuple[str, str], list[_Planned]] = {}
    for agreement in portfolio.agreements:
        if agreement.mission:
            found.setdefault(("agreements", agreement.mission), []).append(agreement)
    for event in portfolio.events:
        if event.mission:
            found.setdefault(("events", event.mission), []).append(event)
    return found


def _meant(
    portfolio: Portfolio, by_mission: dict[tuple[str, str], list[_Planned]], activity: TimelineActivity
) -> list[_Planned]:
    """Return the records that show an activity done."""
    if activity.done_by == "record":
        return []
    everything: Sequence[_Planned] = getattr(portfolio, activity.done_by)
    among = by_mission.get((activity.done_by, activity.mission), []) if activity.mission else everything
    wanted = frozenset(activity.classes if activity.done_by == "agreements" else activity.kinds)
    return [each for each in among if not wanted or _sort(each) in wanted]


def _sort(each: _Planned) -> str:
    return each.class_ if isinstance(each, Agreement) else each.kind


def _of_missions(portfolio: Portfolio) -> Iterator[tuple[str, _Planned, Expected]]:
    for (stem, mission), planned in _by_mission(portfolio).items():
        if deadline := portfolio.mission_by_id[mission].deadline:
            for each in planned:
                yield stem, each, deadline


def _months_between(first: Expected, second: Expected) -> int:
    return (second.year - first.year) * MONTHS_OF_YEAR + second.month - first.month


def _briefly(late: Sequence[_Planned], limit: int = 12) -> str:
    named = [f"{each.id} ({each.expected})" for each in late[:limit]]
    return ", ".join(named) + (f" and {len(late) - limit} more" if len(late) > limit else "")
