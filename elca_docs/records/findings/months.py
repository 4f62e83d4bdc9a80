"""Findings on dates that lie outside the months they belong to: of the project, of a work package, of a task."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import WorkPackage, month_index
from elca_docs.model.values import Expected
from elca_docs.records.text import counted


def activities_outside_their_work_package(portfolio: Portfolio) -> Iterator[Finding]:
    """Every activity of the timeline lies in the work package of the deliverable that prints the timeline."""
    for package in timeline_packages(portfolio):
        late = [
            (month.month, activity.id)
            for month in portfolio.timeline.months
            for activity in month.activities
            if not _holds(package, month.month)
        ]
        if late:
            months = sorted({month for month, _ in late})
            yield Finding(
                code="outside-work-package",
                severity="error",
                message=f"{package.id} runs {_span(package)}, and the timeline has "
                f"{counted(len(late), 'activity', 'activities')} due in {', '.join(f'M{month}' for month in months)}",
                ids=(package.id, *(activity for _, activity in late)),
                location=portfolio.place("timeline", "months", *_row(portfolio, months[0])),
                other_location=portfolio.place("project", "work_packages", package.id),
                fix="move the activities, or prolong the work package where the grant agreement says so",
            )


def tasks_outside_their_work_package(portfolio: Portfolio) -> Iterator[Finding]:
    """Every task lies in the months of its work package, and so does what the task obliges to."""
    packages = {each.id: each for each in portfolio.project.work_packages}
    package_of = {str(task.id): packages[task.work_package] for task in portfolio.project.tasks}
    for task in portfolio.project.tasks:
        package = packages[task.work_package]
        months = [month for month in (task.first_month, task.last_month) if month and not _holds(package, month)]
        if months:
            yield Finding(
                code="outside-work-package",
                severity="error",
                message=f"{task.id} reaches M{months[-1]}, and {package.id} runs {_span(package)}",
                ids=(task.id, package.id),
                location=portfolio.place("project", "tasks", task.id),
                other_location=portfolio.place("project", "work_packages", package.id),
                fix="correct the months of one of the two",
            )
    for duty in portfolio.timeline.duties:
        package_or_none = package_of.get(duty.task or "")
        month = month_index(portfolio.project.start, duty.due.last_day) if duty.due else 0
        if package_or_none and duty.due and not _holds(package_or_none, month):
            yield Finding(
                code="outside-work-package",
                severity="error",
                message=f"duty {duty.id} is due in {duty.due} (M{month}), and {package_or_none.id} runs "
                f"{_span(package_or_none)}",
                ids=(duty.id, package_or_none.id),
                location=portfolio.place("timeline", "duties", duty.id, "due"),
                other_location=portfolio.place("project", "work_packages", package_or_none.id),
                fix="correct the date, or the months of the work package",
            )


def dates_outside_the_project(portfolio: Portfolio) -> Iterator[Finding]:
    """Every planned date and month lies between the project's first and last day."""
    project = portfolio.project
    for what, identifier, path, expected in _planned_dates(portfolio):
        if expected.first_day < project.start.replace(day=1) or expected.first_day > project.end:
            yield Finding(
                code="outside-project",
                severity="error",
                message=f"{what} {identifier} is planned for {expected}, and the project runs from {project.start} "
                f"to {project.end}",
                ids=(identifier,),
                location=portfolio.place(*path),
                other_location=portfolio.place("project", "duration_months"),
                fix="correct the date, or the months of the project",
            )
    for what, identifier, path, month in _planned_months(portfolio):
        if month > project.duration_months:
            yield Finding(
                code="outside-project",
                severity="error",
                message=f"{what} {identifier}".rstrip() + f" reaches M{month}, and the project ends with "
                f"M{project.duration_months}",
                ids=(identifier,) if identifier else (),
                location=portfolio.place(*path),
                other_location=portfolio.place("project", "duration_months"),
                fix="correct the month, or the duration of the project",
            )


def timeline_packages(portfolio: Portfolio) -> list[WorkPackage]:
    """Return the work packages of the deliverables that print the timeline, by id."""
    printed = {
        deliverable.work_package
        for deliverable in portfolio.deliverables
        if any(table.of == "timeline" for section in deliverable.sections for table in section.tables)
    }
    return sorted((each for each in portfolio.project.work_packages if each.id in printed), key=lambda each: each.id)


def _planned_dates(portfolio: Portfolio) -> Iterator[tuple[str, str, tuple[str, ...], Expected]]:
    for agreement in portfolio.agreements:
        if agreement.expected:
            yield "agreement", agreement.id, ("agreements", agreement.id, "expected"), agreement.expected
    for event in portfolio.events:
        if event.expected:
            yield "event", event.id, ("events", event.id, "expected"), event.expected
    for mission in portfolio.missions:
        if mission.deadline:
            yield "mission", mission.id, ("missions", mission.id, "deadline"), mission.deadline
    for duty in portfolio.timeline.duties:
        if duty.due:
            yield "duty", duty.id, ("timeline", "duties", duty.id, "due"), duty.due


def _planned_months(portfolio: Portfolio) -> Iterator[tuple[str, str, tuple[str, ...], int]]:
    for package in portfolio.project.work_packages:
        if package.last_month:
            yield "work package", package.id, ("project", "work_packages", package.id), package.last_month
    for task in portfolio.project.tasks:
        if task.last_month:
            yield "task", task.id, ("project", "tasks", task.id), task.last_month
    for index, row in enumerate(portfolio.timeline.months):
        yield "the timeline", "", ("timeline", "months", str(index)), row.month
    for deliverable in portfolio.deliverables:
        if deliverable.cover.due_month:
            path = ("deliverables", deliverable.id, "cover", "due_month")
            yield "deliverable", deliverable.id, path, deliverable.cover.due_month


def _holds(package: WorkPackage, month: int) -> bool:
    return (package.first_month or month) <= month <= (package.last_month or month)


def _span(package: WorkPackage) -> str:
    first = f"from M{package.first_month} " if package.first_month else ""
    return first + (f"to M{package.last_month}" if package.last_month else "without a stated end")


def _row(portfolio: Portfolio, month: int) -> tuple[str, ...]:
    return tuple(str(index) for index, each in enumerate(portfolio.timeline.months) if each.month == month)[:1]
