"""The day of a report: the one it is true for where nobody asks for another, and which days can be asked for.

It reads, and writes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from elca_docs.errors import Problem, RequestError
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.periods import reporting_day
from elca_docs.workflows.desk import Desk


def on_its_day(desk: Desk, deliverable: Deliverable) -> Desk:
    """Return the desk on the day that a report is true for: the last one of its period, where that is past."""
    if deliverable.kind == "plan":
        return desk
    return replace(desk, as_of=min(desk.as_of, reporting_day(desk.portfolio.project, deliverable, desk.today)))


def check_day(desk: Desk, day: date, *, flag: str = "as-of", task: str = "compile") -> None:
    """Refuse a day on which the project was not, and one that has not come: nobody knows its figures."""
    project = desk.portfolio.project
    first, last = project.start, max(project.end, project.window[1])
    if day > desk.today:
        message = f"--{flag} {day} has not come yet (today is {desk.today})"
        raise RequestError(Problem("date-in-future", message, fix=f"{task} it on that day, or later"))
    if not first <= day <= last:
        message = f"--{flag} {day} lies outside the project, which runs from {first} to {last}"
        raise RequestError(
            Problem("day-outside-project", message, fix="give a day of the project, such as its last one")
        )
