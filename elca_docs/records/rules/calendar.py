"""Rules on days and months: ranges that run forward, months a project can have, a time zone that exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from elca_docs.errors import Problem
from elca_docs.model.periods import period_of
from elca_docs.records.gathered import Gathered
from elca_docs.records.near import Vocabulary
from elca_docs.records.text import shown

LONGEST = 240
"""Months: twenty years. No grant lasts longer, and calendars have an end."""
_YEARS = range(1950, 2201)


def the_project_lasts(gathered: Gathered) -> Iterator[Problem]:
    """The project begins in a year of our time and lasts at least a month."""
    project = gathered.project
    if project is None:
        return
    if project.start.year not in _YEARS:
        message = f"the project starts in the year {project.start.year}"
        at = gathered.place("project", "start")
        yield Problem("bad-value", message, at, f"write a day between {_YEARS[0]} and {_YEARS[-1]}")
    if not 1 <= project.duration_months <= LONGEST:
        message = f"the project lasts {project.duration_months} months"
        at = gathered.place("project", "duration_months")
        yield Problem("bad-value", message, at, f"write a number from 1 to {LONGEST}")


def the_time_zone_exists(gathered: Gathered) -> Iterator[Problem]:
    """The project's time zone is one that computers know."""
    if gathered.project is None:
        return
    name = gathered.project.time_zone
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fix = Vocabulary(sorted(available_timezones())).did_you_mean(name, "write an IANA name such as Europe/Brussels")
        message = f"'{shown(name)}' is no time zone"
        yield Problem("bad-value", message, gathered.place("project", "time_zone"), fix)


def the_counting_window_opens_before_it_closes(gathered: Gathered) -> Iterator[Problem]:
    """The first day that counts is not after the last one; where one is empty, the grant period takes its place."""
    project = gathered.project
    if project is None or project.start.year not in _YEARS or not 1 <= project.duration_months <= LONGEST:
        return
    first, last = project.window
    if first > last:
        key = "counting_from" if project.counting_from else "counting_until"
        message = f"counting begins on {first} and ends before, on {last}"
        yield Problem("wrong-order", message, gathered.place("project", key), "exchange or correct the two days")


def ranges_of_months_run_forward(gathered: Gathered) -> Iterator[Problem]:
    """Every first month is at least 1 and not after the last one."""
    for path, first, last in _month_ranges(gathered):
        for key, month in (("first_month", first), ("last_month", last)):
            if month is not None and not 1 <= month <= LONGEST:
                yield _no_month(gathered, month, *path, key)
        if first is not None and last is not None and first > last:
            message = f"{path[-1]} begins in month {first} and ends before, in month {last}"
            at = gathered.place(*path, "first_month")
            yield Problem("wrong-order", message, at, "exchange or correct the two months")


def single_months_are_months(gathered: Gathered) -> Iterator[Problem]:
    """Every month of the timeline and every contractual month is one that a project can have."""
    for index, row in enumerate(gathered.timeline.months):
        if not 1 <= row.month <= LONGEST:
            yield _no_month(gathered, row.month, "timeline", "months", str(index), "month")
    for deliverable in gathered.deliverables:
        month = deliverable.cover.due_month
        if month is not None and not 1 <= month <= LONGEST:
            yield _no_month(gathered, month, "deliverables", deliverable.id, "cover", "due_month")


def ranges_of_days_run_forward(gathered: Gathered) -> Iterator[Problem]:
    """Every first day of a period or of a validity is not after its last day."""
    for path, key, first, last in _day_ranges(gathered):
        if first is not None and last is not None and first > last:
            message = f"this begins on {first} and ends before, on {last}"
            yield Problem("wrong-order", message, gathered.place(*path, key), "exchange or correct the two days")


def reports_are_about_the_project(gathered: Gathered) -> Iterator[Problem]:
    """Every day that a deliverable reports on, and every reporting period it names, lies inside the project."""
    project = gathered.project
    if project is None or project.start.year not in _YEARS or not 1 <= project.duration_months <= LONGEST:
        return
    for deliverable in gathered.deliverables:
        period = period_of(project, deliverable)
        keys = [key for key in ("first_day", "last_day", "period") if getattr(deliverable, key)]
        if not keys:
            continue
        at = gathered.place("deliverables", deliverable.id, keys[0])
        if period.first > period.last:
            message = f"{deliverable.id} reports from {period.first} and only until {period.last}"
            yield Problem("wrong-order", message, at, "exchange or correct the two days")
        elif period.first < project.start or period.last > project.end:
            message = (
                f"{deliverable.id} reports on {period.first} to {period.last}, and the project lasts from "
                f"{project.start} to {project.end}"
            )
            yield Problem("period-outside-project", message, at, "name days inside the project")


def _month_ranges(gathered: Gathered) -> Iterator[tuple[tuple[str, ...], int | None, int | None]]:
    if gathered.project:
        for package in gathered.project.work_packages:
            yield ("project", "work_packages", package.id), package.first_month, package.last_month
        for task in gathered.project.tasks:
            yield ("project", "tasks", task.id), task.first_month, task.last_month


def _day_ranges(gathered: Gathered) -> Iterator[tuple[tuple[str, ...], str, date | None, date | None]]:
    if gathered.project:
        for period in gathered.project.reporting_periods:
            yield ("project", "reporting_periods", period.id), "first_day", period.first_day, period.last_day
        for key in ("agencies", "disclaimers", "funding_statements"):
            for index, text in enumerate(getattr(gathered.project, key)):
                yield ("project", key, str(index)), "valid_from", text.valid_from, text.valid_until
    for partner in gathered.partners:
        for index, acronym in enumerate(partner.acronyms):
            path = ("partners", partner.id, "acronyms", str(index))
            yield path, "valid_from", acronym.valid_from, acronym.valid_until


def _no_month(gathered: Gathered, month: int, *path: str) -> Problem:
    message = f"{month} is no month of a project"
    return Problem(
        "bad-value", message, gathered.place(*path), f"count from 1 (the project's first month) to {LONGEST}"
    )
