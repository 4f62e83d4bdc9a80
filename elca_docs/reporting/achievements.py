"""The indicators of a report: target, planned, due, achieved in the period and by the day, deviation, proof.

Decisions held here and nowhere else:
- Achieved by the day is the indicator's figure; achieved in the period are those of it whose own day lies in it.
- Due is what the plan dates up to the day, at most the target; from the project's last day on it is the whole target.
  The plan is that of the baseline where the report names one, so that a date that moved does not hide a delay.
- The deviation is what was achieved by the day less what was due; where it is below zero, a justification is owed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elca_docs.model.blocks import Block, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import Figure, StatusReport
from elca_docs.model.indicators import Indicator
from elca_docs.model.rows import agreements_of, held_of, is_event, over, proven, reached
from elca_docs.reporting.account import Account, Row
from elca_docs.reporting.late import late_rows
from elca_docs.reporting.scene import DASH, names, plain, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What became of one indicator."""

    figure: Figure
    indicator: Indicator
    due: int
    in_period: int

    @property
    def deviation(self) -> int:
        """How many more than were due; below zero, how many fewer."""
        return self.figure.counted - self.due


def achievements_of(account: Account, wanted: Sequence[str] = ()) -> tuple[Achievement, ...]:
    """Return the indicators asked for, all where none is, in the order of the status report."""
    days = days_of(account.status)
    return tuple(
        Achievement(
            figure=figure,
            indicator=account.scene.portfolio.indicator_by_id[figure.id],
            due=_due(account, figure),
            in_period=sum(account.period.holds(days.get(each)) for each in figure.counted_ids),
        )
        for figure in account.status.figures
        if not wanted or figure.id in wanted
    )


def days_of(status: StatusReport) -> Mapping[str, date | None]:
    """Return the day of each row: when all had signed, or when it took place."""
    signed = {row.id: row.signed_on for row in status.agreements}
    return signed | {row.id: row.held_on for row in status.held}


def _due(account: Account, figure: Figure) -> int:
    portfolio = account.scene.portfolio
    if account.as_of >= portfolio.project.end:
        return figure.target
    indicator = portfolio.indicator_by_id[figure.id]
    plan = account.planned or account.status
    rows: tuple[Row, ...] = (
        *(row for row in agreements_of(indicator, plan.agreements) if not over(row)),
        *held_of(indicator, account.baseline or portfolio, plan.held),
    )
    dated = sum(row.expected is not None and row.expected.last_day <= account.as_of for row in rows)
    return min(dated, figure.target)


def achievements_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the table of indicators with what a reader has to know to read it."""
    every = achievements_of(account, spec.indicators)
    day = account.day(account.as_of)
    columns = (
        Column(heading=spec.first_column or account.say("indicator"), share=24),
        Column(heading=account.say("target"), share=8, align="right"),
        Column(heading=account.say("planned_total"), share=8, align="right"),
        Column(heading=account.say("due_by", day=day), share=10, align="right"),
        Column(heading=account.say("in_period"), share=9, align="right"),
        Column(heading=account.say("achieved", day=day), share=10, align="right"),
        Column(heading=account.say("deviation"), share=9, align="right"),
        Column(heading=account.say("justification"), share=24),
        Column(heading=account.say("verification"), share=20),
    )
    rows = [
        (
            names(f"{each.figure.id} {DASH} {each.figure.title}"),
            *(plain(str(count)) for count in _counts(each)),
            plain(f"{each.deviation:+d}" if each.deviation else "0"),
            account.justification(each.figure.id, owed=each.deviation < 0),
            plain(_means(each), account.files(len(each.figure.proof))),
        )
        for each in every
    ]
    yield table(spec, columns, rows, wide=True)
    yield Paragraph(spans=line(account.say("note_achievements", day=day)), style="note")
    counted = {identifier for each in every for identifier in each.figure.counted_ids}
    late = [each for each in late_rows(account) if each.row.id in counted and each.day < account.period.first]
    if late:
        first = account.day(account.period.first)
        yield Paragraph(spans=line(account.say("late_note", count=len(late), day=day, first=first)), style="note")


def _counts(each: Achievement) -> tuple[int, ...]:
    return each.figure.target, each.figure.planned, each.due, each.in_period, each.figure.counted


def _means(each: Achievement) -> str:
    return ", ".join(kind.replace("-", " ") for kind in each.indicator.rule.proof)


def key_figures(account: Account) -> tuple[tuple[str, int], ...]:
    """Return what a reader wants to know first, each with its phrase."""
    rows = account.status.agreements
    every = achievements_of(account)
    signed = [row for row in rows if reached(row, "signed")]
    held = [row for row in account.status.held if is_event(account.scene.portfolio, row) and proven(row)]
    overdue = sum(row.overdue for row in rows)
    return (
        ("indicators_reached", sum(each.figure.counted >= each.figure.target for each in every)),
        ("agreements_signed", len(signed)),
        ("signed_in_period", sum(account.period.holds(row.signed_on) for row in signed)),
        ("agreements_pending", sum(row.pending for row in rows) - overdue),
        ("agreements_overdue", overdue),
        ("agreements_unnamed", sum(row.status == "slot" for row in rows)),
        ("events_held", len(held)),
        ("held_in_period", sum(account.period.holds(row.held_on) for row in held)),
        ("findings_open", sum(not each.accepted for each in account.findings)),
    )


def key_figures_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the figures that a reader wants first."""
    columns = (
        Column(heading=spec.first_column or account.say("figure"), share=80),
        Column(heading=account.say("value"), share=20, align="right"),
    )
    rows = [(plain(account.say(phrase)), names(str(count))) for phrase, count in key_figures(account)]
    yield table(spec, columns, rows)


def figures_for_text(account: Account) -> dict[str, dict[str, str]]:
    """Return every figure that a narrative can ask for, by what it belongs to and its name."""
    keys = dict(key_figures(account))
    found = {each.figure.id: _named(each) for each in achievements_of(account)}
    found["agreements"] = {
        "planned": str(sum(not over(row) for row in account.status.agreements)),
        "signed": str(keys["agreements_signed"]),
        "signed in the period": str(keys["signed_in_period"]),
        "pending": str(keys["agreements_pending"]),
        "overdue": str(keys["agreements_overdue"]),
        "unnamed": str(keys["agreements_unnamed"]),
    }
    found["events"] = {"held": str(keys["events_held"]), "held in the period": str(keys["held_in_period"])}
    found["report"] = {
        "as of": account.day(account.as_of),
        "first day": account.day(account.period.first),
        "last day": account.day(account.period.last),
        "indicators": str(len(account.status.figures)),
        "indicators reached": str(keys["indicators_reached"]),
        "findings": str(keys["findings_open"]),
        "annexes": str(sum(not each.withheld for each in account.annexes)),
    }
    return found


def _named(each: Achievement) -> dict[str, str]:
    figure = each.figure
    values = {
        "target": figure.target, "planned": figure.planned, "named": figure.named, "drafted": figure.drafted,
        "sent": figure.sent, "signed": figure.signed, "counted": figure.counted, "overdue": figure.overdue,
        "gap": figure.gap, "due": each.due, "in the period": each.in_period, "deviation": each.deviation,
    }  # fmt: skip
    return {name: str(value) for name, value in values.items() if value is not None}
