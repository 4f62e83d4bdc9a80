"""Indicators of the dashboard: each against its target and against the time that is gone, with the same in words.

A bar is drawn over the larger of target and plan; its parts lie one behind the other, the strongest state in front. May
not count anything: every number is the report's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from elca_docs.model.figures import Figure, StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import Project, month_index
from elca_docs.reporting.dashboard_papers import Paper, Papers

_WIDTH: Final = 1000
"""Units of a drawing across."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGone:
    """How much of the project is over: days of all days, in per cent, and the month it is in."""

    days: int
    every: int
    month: int
    months: int

    @property
    def percent(self) -> int:
        """Whole per cent, downwards: all of it is over only when it is."""
        return 100 * self.days // self.every

    @property
    def x(self) -> int:
        """Where it stands on a drawing across."""
        return _WIDTH * self.days // self.every


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: the class of its colour, and how far it reaches."""

    name: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A record that counts, with what it is and its papers."""

    id: str
    text: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An indicator as the page shows it; `pace` says how it keeps step with time, `said` all of it in words."""

    figure: Figure
    parts: tuple[Part, ...]
    target_x: int
    due_x: int
    pace: str
    pace_said: str
    said: str
    counts: tuple[tuple[str, int], ...]
    rule: str
    proofs: tuple[Proof, ...]


def time_gone(project: Project, as_of: date) -> TimeGone:
    """Return how much of the project is over at the end of a day."""
    every = (project.end - project.start).days + 1
    days = min(every, max(0, (as_of - project.start).days + 1))
    month = min(project.duration_months, max(0, month_index(project.start, as_of)))
    return TimeGone(days=days, every=every, month=month, months=project.duration_months)


def cards(portfolio: Portfolio, report: StatusReport, papers: Papers) -> tuple[Card, ...]:
    """Return one card per indicator, in the order of the report."""
    gone = time_gone(portfolio.project, report.as_of)
    labels = {row.id: row.counterpart for row in report.agreements} | {row.id: row.title for row in report.held}
    files = {row.id: row.evidence for row in report.agreements} | {row.id: row.evidence for row in report.held}

    def proofs(figure: Figure) -> Iterator[Proof]:
        for each in figure.counted_ids:
            found = dict.fromkeys(paper for digest in files.get(each, ()) for paper in papers.of_file(digest))
            yield Proof(id=each, text=labels.get(each, ""), papers=tuple(found))

    return tuple(_card(portfolio, each, gone, tuple(proofs(each))) for each in report.figures)


def _card(portfolio: Portfolio, figure: Figure, gone: TimeGone, proofs: tuple[Proof, ...]) -> Card:
    signed = figure.signed or 0
    whole = max(figure.target, figure.planned, figure.counted, signed, 1)
    reached = (("planned", figure.planned), ("named", figure.named), ("signed", signed), ("counted", figure.counted))
    counts = tuple((name, count) for name, count in _counts(figure) if count is not None)
    pace, said = _pace(figure, gone)
    told = ", ".join(f"{count} {name}" for name, count in counts)
    return Card(
        figure=figure,
        parts=tuple(Part(name=name, width=_WIDTH * count // whole) for name, count in reached if count),
        target_x=_WIDTH * figure.target // whole,
        due_x=_WIDTH * figure.target * gone.days // (whole * gone.every),
        pace=pace,
        pace_said=said,
        said=f"{figure.counted} of {figure.target} counted; {told}; {gone.percent} % of the time is gone",
        counts=counts,
        rule=portfolio.indicator_by_id[figure.id].rule.meaning,
        proofs=proofs,
    )


def _counts(figure: Figure) -> tuple[tuple[str, int | None], ...]:
    return (
        ("planned", figure.planned), ("named", figure.named), ("drafted", figure.drafted), ("sent", figure.sent),
        ("signed", figure.signed), ("to go", figure.gap), ("overdue", figure.overdue),
    )  # fmt: skip


def _pace(figure: Figure, gone: TimeGone) -> tuple[str, str]:
    """Return whether an indicator keeps step with time: its share of the target against the share of time gone."""
    if figure.gap == 0:
        return "reached", "target reached"
    if figure.counted * gone.every >= figure.target * gone.days:
        return "in-step", "in step with time"
    by_now = figure.target * gone.days / gone.every
    return "behind", f"behind time: {by_now:.1f} by now".replace(".0 by", " by")
