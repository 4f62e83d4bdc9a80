"""Findings on what a plan leaves open: months without an activity, dates the timeline does not know, steps without one.

A timeline with a row for every month from its first to its last claims to be complete; one with gaps does not, and
nothing is said of its months.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.plan import Agreement, Event, Step
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_index, project_month
from elca_docs.records.findings.loads import sort_of
from elca_docs.records.findings.occasions import Row, dated_occasions, named_rows
from elca_docs.records.findings.omissions import Watched
from elca_docs.records.findings.words import listed
from elca_docs.records.text import counted

_TOO_FEW = 3
"""Fewer rows are no timeline that could claim anything; fewer missing places are no habit."""


def months_have_activities(portfolio: Portfolio) -> Iterator[Finding]:
    """In a timeline that has a row for every month, every row has an activity."""
    rows = _complete(portfolio)
    empty = [f"M{month}" for month, index in rows.items() if not portfolio.timeline.months[index].activities]
    if empty:
        first, have = rows[int(empty[0][1:])], "has" if len(empty) == 1 else "have"
        yield Finding(
            code="empty-months",
            severity="hint",
            message=f"{len(empty)} of {counted(len(rows), 'month')} of the timeline {have} no activity "
            f"({', '.join(empty)}): nothing is due then, or nobody has filled them in",
            ids=tuple(empty),
            location=portfolio.place("timeline", "months", str(first)),
            fix="fill them in, remove the rows, or accept that nothing is due",
        )


def dates_stand_in_the_timeline(portfolio: Portfolio) -> Iterator[Finding]:
    """In a timeline that has a row for every month, no row is empty in which the plan dates something."""
    rows = _complete(portfolio)
    filled = {month for month, index in rows.items() if portfolio.timeline.months[index].activities}
    outside: dict[int, dict[str, tuple[str, ...]]] = {}
    for path, identifier, month in _dated(portfolio) if rows else ():
        if month not in filled:
            outside.setdefault(month, {}).setdefault(identifier, path)
    for month, places in sorted(outside.items()):
        told = "has no activity" if month in rows else "is not among its months"
        yield Finding(
            code="outside-timeline",
            severity="warning",
            message=f"{counted(len(places), 'record has', 'records have')} a date in M{month} "
            f"({project_month(portfolio.project.start, month)}), which {told} in the timeline: {listed(places)}",
            ids=(f"M{month}", *places),
            location=portfolio.place(*next(iter(places.values())), "date"),
            other_location=portfolio.place("timeline", "months", *([str(rows[month])] if month in rows else [])),
            fix="add what they belong to to the timeline, or accept that it leaves such dates out",
        )


def steps_are_dated(portfolio: Portfolio) -> Iterator[Finding]:
    """Every record with steps has a dated one, and no step is told as still to be decided."""
    stepping = _stepping_classes(portfolio)
    lacking: dict[str, dict[str, str]] = {}
    for stem, row in named_rows(portfolio):
        if why := _what_is_undated(row, stepping):
            lacking.setdefault(stem, {})[str(row.id)] = why
    for stem, reasons in lacking.items():
        named = listed(f"{identifier} ({why})" for identifier, why in reasons.items())
        yield Finding(
            code="undated-steps",
            severity="warning",
            message=f"{counted(len(reasons), stem.removesuffix('s'))} cannot be followed up by date: {named}",
            ids=tuple(reasons),
            location=portfolio.place(stem, next(iter(reasons)), "steps"),
            fix="date the next step of each, at least with a month",
        )


def places_are_told(portfolio: Portfolio) -> Iterator[Finding]:
    """Most of what has a date has a place too, if only 'digital'."""
    dated = [occasion for _, occasion in dated_occasions(portfolio)]
    nowhere = [occasion for occasion in dated if not occasion.place]
    rows = dict.fromkeys(str(each.row.id) for each in nowhere)
    if len(nowhere) > _TOO_FEW and len(nowhere) * 2 > len(dated):
        yield Finding(
            code="missing-places",
            severity="hint",
            message=f"{len(nowhere)} of {counted(len(dated), 'dated step')} and meetings name no place: {listed(rows)}",
            ids=tuple(rows),
            location=portfolio.place(*nowhere[0].path),
            fix="add 'place', or 'place: digital'; a proof of attendance needs it",
        )


def _complete(portfolio: Portfolio) -> dict[int, int]:
    """Return month and row of a timeline that has every month from its first to its last; else nothing."""
    rows = {each.month: index for index, each in enumerate(portfolio.timeline.months)}
    whole = len(rows) >= _TOO_FEW and max(rows) - min(rows) + 1 == len(rows)
    return dict(sorted(rows.items())) if whole else {}


def _dated(portfolio: Portfolio) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield place, record and project month of every date that no activity of the timeline stands for."""
    watched, start = Watched(portfolio), portfolio.project.start
    for when, occasion in dated_occasions(portfolio):
        if occasion.step or not watched.means(occasion.stem, occasion.row):
            yield occasion.path, str(occasion.row.id), month_index(start, when.first_day)
    for agreement in portfolio.agreements:
        if agreement.expected and not watched.means("agreements", agreement):
            path = ("agreements", str(agreement.id), "expected")
            yield path, str(agreement.id), month_index(start, agreement.expected.first_day)


def _stepping_classes(portfolio: Portfolio) -> set[str]:
    """Return the classes of which most named agreements have steps."""
    number: dict[str, list[bool]] = {}
    for _, row in named_rows(portfolio):
        if isinstance(row, Agreement):
            number.setdefault(sort_of(row), []).append(bool(row.steps))
    return {sort for sort, having in number.items() if sum(having) * 2 > len(having)}


def _what_is_undated(row: Row, stepping: set[str]) -> str:
    """Return what a record lacks to be followed up; empty where nothing."""
    if isinstance(row, Agreement) and not row.steps and sort_of(row) in stepping:
        return "no step, as others of its class have"
    if row.steps and not any(step.date for step in row.steps) and not (isinstance(row, Event) and row.expected):
        return counted(len(row.steps), "step") + " without a date"
    return next((f"'{step.what}': {step.stated_as}" for step in row.steps if _is_open(step)), "")


def _is_open(step: Step) -> bool:
    """Whether a step is told neither as past nor as going on, and has no date."""
    told = step.stated_as.casefold()
    return bool(told) and not step.date and not step.open_ended and not told.startswith(("past", "ongoing"))
