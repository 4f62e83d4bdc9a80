"""Which days a deliverable reports on: its own, those of a reporting period, or the whole project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from elca_docs.model.deliverables import Deliverable
from elca_docs.model.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The first and the last day that a report is about, both included."""

    first: date
    last: date
    name: str = ""
    """The id of the reporting period, where the deliverable names one."""

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; no day never does."""
        return day is not None and self.first <= day <= self.last


def local_day(at: str, zone: str) -> date:
    """Return the day of a log time (UTC, ISO form) where the project is: `zone` is its time zone (IANA name)."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).date()


def period_of(project: Project, deliverable: Deliverable) -> Period:
    """Return the period of a deliverable: its own days go before those of the reporting period that it names.

    What neither states is the project's own first or last day; so a deliverable that states nothing reports on the
    whole project. A period that no record gives (the records' rules refuse it) counts as none.
    """
    named = next((each for each in project.reporting_periods if each.id == deliverable.period), None)
    return Period(
        first=deliverable.first_day or (named.first_day if named else project.start),
        last=deliverable.last_day or (named.last_day if named else project.end),
        name=str(named.id) if named else "",
    )


def reporting_day(project: Project, deliverable: Deliverable, today: date) -> date:
    """Return the day that a report is true for where nobody asks for another: its last one, or today before that."""
    return min(today, period_of(project, deliverable).last)
