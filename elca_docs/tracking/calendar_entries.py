"""The dates of a project as entries of a calendar: expected signatures, events, deadlines, duties, reports.

Decisions held here and nowhere else:
- Everything is an all-day entry. Where only the month is known it stands on the last day of it, with "by" in front.
- What is done stands on the day it was done; what ended without a signature is cancelled, so that a calendar that was
  imported before takes it out. What has no date has no entry.
- An entry's uid is made of its kind, the record's id and the grant number, and of nothing that changes.

Pure. May not compute a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from elca_docs.model.agenda import HAPPENINGS, AgendaLine, CalendarEntry
from elca_docs.model.figures import AgreementStatus, StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end
from elca_docs.model.rows import over, proven, reached
from elca_docs.tracking.agenda import agreement_line, grouped, held_line, later

_LANGUAGE: Final = "en"


def calendar_entries(report: StatusReport, portfolio: Portfolio) -> tuple[CalendarEntry, ...]:
    """Return all entries in order of day, then of uid; the order of the records never matters."""
    entries = (*_agreements(report, portfolio), *_held(report, portfolio), *_deadlines(report, portfolio))
    grant = portfolio.project.grant_number
    named = (replace(each, uid=f"{each.kind}-{each.uid}@{grant}") for each in entries)
    return tuple(sorted(named, key=lambda each: (each.day, each.uid)))


def _agreements(report: StatusReport, portfolio: Portfolio) -> Iterator[CalendarEntry]:
    rows = {row.id: row for row in report.agreements}
    who = {row.id.partition("#")[0]: row.responsible for row in report.agreements}
    for line in grouped(agreement_line(portfolio, row, _LANGUAGE) for row in report.agreements):
        row = rows.get(line.id)
        done = row is not None and reached(row, "signed")
        day = row.signed_on if row and done else line.expected.last_day if line.expected else None
        if day:
            what = f"{line.count} × {line.title}, counterparts to be named" if line.free else line.title
            with_whom = f" with {line.counterpart}" if line.counterpart else ""
            yield CalendarEntry(
                uid=line.id,
                kind="agreement",
                summary=f"{'Signed' if done else 'By: signature of'} {what}{with_whom} ({_joined(who[line.id])})",
                day=day,
                description=_description(line, row),
                cancelled=row is not None and over(row),
            )


def _description(line: AgendaLine, row: AgreementStatus | None) -> str:
    parts = (f"Record {line.id}", line.reference, f"expected {line.expected}" if line.expected else "", line.status)
    return " · ".join((*filter(None, parts), *((row.register_number,) if row and row.register_number else ())))


def _held(report: StatusReport, portfolio: Portfolio) -> Iterator[CalendarEntry]:
    rows = [row for row in report.held if row.kind != "sector"]
    done = {row.id: row for row in rows if proven(row)}
    who = {row.id.partition("#")[0]: row.responsible for row in rows} | {row.id: row.responsible for row in rows}
    for line in grouped(held_line(portfolio, row) for row in rows):
        held_on = done[line.id].held_on if line.id in done else None
        day = held_on or (line.expected.last_day if line.expected else None)
        if day:
            yield CalendarEntry(
                uid=line.id,
                kind=line.matter,
                summary=_held_summary(line, done=line.id in done, who=_joined(who[line.id])),
                day=day,
                description=f"Record {line.id}" + (f" · expected {line.expected}" if line.expected else ""),
            )


def _held_summary(line: AgendaLine, *, done: bool, who: str) -> str:
    by_day = line.matter in HAPPENINGS and line.expected is not None and line.expected.day
    mark = "Done: " if done else "" if by_day else "By: "
    title = line.title or "contact"
    what = f"{line.count} × {title}, not planned in detail yet" if line.free else title
    return f"{mark}{what}{f' with {line.counterpart}' if line.counterpart else ''}{f' ({who})' if who else ''}"


def _deadlines(report: StatusReport, portfolio: Portfolio) -> Iterator[CalendarEntry]:
    """Yield what falls due for the project as a whole."""
    project = portfolio.project
    own_record = {row.id for row in report.held}
    for activity in report.timeline:
        if activity.id not in own_record:
            mark = "Done: " if activity.state == "done" else "By: "
            yield CalendarEntry(
                uid=activity.id,
                kind="activity",
                summary=f"{mark}{activity.what}",
                day=activity.due,
                description=f"Timeline M{activity.month} · {activity.because}",
            )
    for mission in portfolio.missions:
        if mission.deadline:
            day = mission.deadline.last_day
            yield CalendarEntry(uid=mission.id, kind="mission", summary=f"By: mission {mission.name}", day=day)
    for deliverable in portfolio.deliverables:
        if deliverable.cover.due_month:
            day = month_end(project.start, deliverable.cover.due_month)
            summary = f"By: {deliverable.id} {deliverable.title}"
            yield CalendarEntry(uid=deliverable.id, kind="deliverable", summary=summary, day=day)
    for period in project.reporting_periods:
        last = period.last_day
        yield CalendarEntry(uid=period.id, kind="period", summary=f"End of reporting period {period.id}", day=last)
        if period.report_within_days is not None:
            day = later(last, period.report_within_days)
            yield CalendarEntry(uid=period.id, kind="report", summary=f"By: report on period {period.id}", day=day)
    yield CalendarEntry(uid="end", kind="project", summary=f"End of {project.acronym}", day=project.end)


def _joined(partners: tuple[str, ...]) -> str:
    return ", ".join(partners)
