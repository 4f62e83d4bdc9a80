"""The report as tables of text, one per way of looking at it: indicator, agreement, partner, mission, class, timeline.

A `TextTable` is columns and rows of text with notes under it; whoever prints it decides about width, colour or commas.
What does not exist is an empty cell. Decisions held here and nowhere else:
- A row that several partners share stands with each of them; the project's lines count it once. The column "shared"
  says how many of a partner's planned rows are shared, and a note says so whenever there are any, so that nobody adds
  the partners up. Only what counts is credited by the indicator's own rule (see credit).
- Every mission has a row, also one for which nothing is planned, and so have the records that belong to no mission.

May not compute a status: it only counts rows of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from elca_docs.model.figures import AgreementStatus, Figure, HeldStatus, StatusReport, credit_text
from elca_docs.model.indicators import Indicator
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end
from elca_docs.model.rows import agreements_of, held_of, over, proven, reached
from elca_docs.model.text_table import TextTable
from elca_docs.tracking.credit import credit_words, credited
from elca_docs.tracking.figures import Tally, agreement_tally, held_tally, tally_of
from elca_docs.tracking.naming import natural

PROJECT_LINE: Final = "project"


def by_indicator(report: StatusReport, portfolio: Portfolio) -> TextTable:
    """Return one row per indicator: how far it got, what is due next, and how many days the latest is overdue."""
    columns = (
        "indicator", "title", "target", "planned", "named", "drafted", "sent", "signed", "counted", "gap", "overdue",
        "next due", "days overdue",
    )  # fmt: skip
    rows = []
    for figure in report.figures:
        indicator = portfolio.indicator_by_id[figure.id]
        next_due, days = _dates(report, _open_days(report, portfolio, indicator))
        cells = (figure.drafted, figure.sent, figure.signed, figure.counted, figure.gap, figure.overdue)
        counts = _texts(figure.target, figure.planned, figure.named, *cells)
        rows.append((figure.id, figure.title, *counts, next_due, days))
    return TextTable(title=_title("Indicators", report), columns=columns, rows=tuple(rows), notes=_notes(report))


def by_agreement(report: StatusReport) -> TextTable:
    """Return one row per agreement and free place, in the order of the report."""
    columns = (
        "id", "reference", "class", "responsible", "counterpart", "expected", "status", "days overdue", "signed on",
        "register number", "marks",
    )  # fmt: skip
    rows = tuple(
        (
            row.id,
            row.reference,
            row.class_,
            ", ".join(row.responsible),
            row.counterpart,
            _texts(row.expected)[0],
            row.status,
            _dates(report, [row.expected.last_day] if row.expected and row.overdue else [])[1],
            _texts(row.signed_on)[0],
            row.register_number,
            "; ".join(row.marks),
        )
        for row in report.agreements
    )
    return TextTable(title=_title("Agreements", report), columns=columns, rows=rows, notes=_notes(report))


def by_partner(report: StatusReport, portfolio: Portfolio) -> TextTable:
    """Return, for each partner, one row per indicator it has a part in, and then the project's own lines."""
    columns = (
        "partner", "indicator", "target", "planned", "named", "drafted", "sent", "signed", "counted", "overdue",
        "shared",
    )  # fmt: skip
    rows = []
    for partner in sorted((each.id for each in portfolio.partners), key=natural):
        agreements = tuple(row for row in report.agreements if partner in row.responsible)
        held = tuple(row for row in report.held if partner in row.responsible)
        for figure in report.figures:
            indicator = portfolio.indicator_by_id[figure.id]
            target = indicator.per_partner.get(partner)
            own: tuple[AgreementStatus | HeldStatus, ...] = (
                *agreements_of(indicator, agreements),
                *held_of(indicator, portfolio, held),
            )
            if own or target is not None:
                tally = tally_of(indicator, portfolio, agreements, held)
                counted = credit_text(credited(indicator, partner, own))
                rows.append((partner, figure.id, *_part(target, tally, counted, _shared(own))))
    project = [(PROJECT_LINE, each.id, *_part(each.target, each, str(each.counted), 0)) for each in report.figures]
    shared = any(row[-1] != "0" for row in rows)
    note = "A row that several partners share stands with each of them and once in the project's lines: do not add up."
    return TextTable(
        title=_title("Partners", report),
        columns=columns,
        rows=(*rows, *project),
        notes=(*((note, *_credits(report, portfolio)) if shared else ()), *_notes(report)),
    )


def _credits(report: StatusReport, portfolio: Portfolio) -> Iterator[str]:
    """Yield a note for each indicator that does not credit each partner with what several share."""
    for figure in report.figures:
        if words := credit_words(portfolio.indicator_by_id[figure.id].rule):
            yield f"In the column 'counted' of {figure.id} {words}."


def _part(target: int | None, tally: Tally | Figure, counted: str, shared: int) -> tuple[str, ...]:
    return _texts(
        target, tally.planned, tally.named, tally.drafted, tally.sent, tally.signed, counted, tally.overdue, shared
    )


def _shared(rows: Iterable[AgreementStatus | HeldStatus]) -> int:
    """Return how many planned rows have more than one partner responsible."""
    planned = (row for row in rows if isinstance(row, HeldStatus) or not over(row))
    return sum(len(row.responsible) > 1 for row in planned)


def by_mission(report: StatusReport, portfolio: Portfolio) -> TextTable:
    """Return one row per mission: its agreements, its events by kind, and the records that belong to it."""
    kinds = sorted({str(each.kind) for each in portfolio.events})
    columns = (
        "mission",
        "due",
        "agreements",
        "named",
        "signed",
        "counted",
        "overdue",
        *(kind.replace("-", " ") for kind in kinds),
        "records",
    )
    missions = sorted(
        portfolio.missions, key=lambda each: (each.deadline.last_day if each.deadline else date.max, natural(each.id))
    )
    heads = [(each.id, each.name, _texts(each.deadline)[0]) for each in missions]
    rows = tuple(_mission_row(report, portfolio, kinds, head) for head in (*heads, ("", "no mission", "")))
    note = "Events: held with evidence, of those planned."
    return TextTable(title=_title("Missions", report), columns=columns, rows=rows, notes=(note, *_notes(report)))


def _mission_row(
    report: StatusReport, portfolio: Portfolio, kinds: list[str], head: tuple[str, str, str]
) -> tuple[str, ...]:
    mission, name, due = head
    agreements = [row for row in report.agreements if row.mission == mission and not over(row)]
    events = [row for row in _event_rows(report, portfolio) if row.mission == mission]
    tally = agreement_tally(agreements)
    overdue = tally.overdue + sum(row.overdue for row in events)
    counted = sum(row.counted for row in agreements)
    of_kind = {kind: held_tally(row for row in events if row.kind == kind) for kind in kinds}
    named = [row.id for row in agreements if row.counterparts] + [row.id for row in events if not row.is_slot]
    return (
        name,
        due,
        *_texts(tally.planned, tally.named, tally.signed, counted, overdue),
        *(f"{each.done} of {each.planned}" if each.planned else "none" for each in of_kind.values()),
        ", ".join(named) or "nothing planned by name",
    )


def _event_rows(report: StatusReport, portfolio: Portfolio) -> list[HeldStatus]:
    events = {each.id for each in portfolio.events}
    return [row for row in report.held if row.id.partition("#")[0] in events]


def by_class(report: StatusReport, portfolio: Portfolio) -> TextTable:
    """Return one row per agreement class; drafted to counted are cumulative, the last three are not."""
    columns = (
        "class", "title", "planned", "named", "drafted", "sent", "signed", "registered", "counted", "partly signed",
        "over", "overdue",
    )  # fmt: skip
    rows = []
    for each in portfolio.project.classes:
        own = [row for row in report.agreements if row.class_ == each.id]
        tally = agreement_tally(own)
        registered = sum(reached(row, "registered") for row in own)
        ends = (sum(row.status == "partly signed" for row in own), sum(over(row) for row in own), tally.overdue)
        counts = (tally.planned, tally.named, tally.drafted, tally.sent, tally.signed, registered)
        counted = sum(row.counted for row in own)
        rows.append((each.id, each.plural or each.title, *_texts(*counts, counted, *ends)))
    return TextTable(title=_title("Classes", report), columns=columns, rows=tuple(rows), notes=_notes(report))


def by_timeline(report: StatusReport, portfolio: Portfolio) -> TextTable:
    """Return one row per activity in order of month, and one for each month in which nothing is due."""
    months = sorted(portfolio.timeline.months, key=lambda each: each.month)
    rows: list[tuple[str, ...]] = []
    for each in months:
        activities = [row for row in report.timeline if row.month == each.month]
        due = month_end(portfolio.project.start, each.month).isoformat()
        rows.extend((f"M{each.month}", due, row.id, row.what, row.state, row.because) for row in activities)
        if not activities:
            rows.append((f"M{each.month}", due, "", "", "", "nothing is due in this month"))
    columns = ("month", "due", "id", "activity", "state", "because")
    return TextTable(title=_title("Timeline", report), columns=columns, rows=tuple(rows), notes=_notes(report))


def _open_days(report: StatusReport, portfolio: Portfolio, indicator: Indicator) -> list[date]:
    """Return the last expected days of all rows of an indicator that are still open."""
    agreements = [row.expected for row in agreements_of(indicator, report.agreements) if row.pending]
    held = [row.expected for row in held_of(indicator, portfolio, report.held) if not proven(row)]
    return [expected.last_day for expected in (*agreements, *held) if expected]


def _dates(report: StatusReport, days: list[date]) -> tuple[str, str]:
    """Return the next of some days that has not passed, and how many days the longest overdue one has."""
    ahead = min((day for day in days if day >= report.as_of), default=None)
    behind = max(((report.as_of - day).days for day in days if day < report.as_of), default=None)
    next_due, overdue = _texts(ahead, behind)
    return next_due, overdue


def _texts(*values: object) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in values)


def _title(what: str, report: StatusReport) -> str:
    return f"{what} of {report.project} as of {report.as_of}"


def _notes(report: StatusReport) -> tuple[str, ...]:
    return (report.as_of_note,) if report.as_of_note else ()
