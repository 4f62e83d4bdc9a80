"""Agreements of the dashboard: rows for overdue, pending, signed, free and ended ones, each with its life as a line.

Every agreement and every free place stands in exactly one list. May not judge where an agreement stands: the report
says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from elca_docs.model.figures import AgreementStatus, Status
from elca_docs.model.lives import LifeStep
from elca_docs.model.overview import Overview
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.rows import over, reached, record_of
from elca_docs.reporting.dashboard_papers import Paper, Papers

_ROAD: Final[tuple[Status, ...]] = ("drafted", "sent", "signed", "registered")
LISTS: Final = (
    ("overdue", "Overdue", "Their expected date has passed and not all have signed."),
    ("pending", "Pending", "A counterpart is known, not all have signed, and the expected date has not passed."),
    ("signed", "Signed", "All parties have signed."),
    ("free", "Free places", "Planned, but no counterpart is known yet."),
    ("ended", "Ended", "Declined, withdrawn, replaced, expired or void; they keep their numbers."),
    ("amended", "Amendments", "They change an agreement and count nowhere."),
)
"""Key, heading and meaning of each list, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step of a life line: done with its day and papers, or still to come."""

    kind: str
    text: str
    day: str = ""
    papers: tuple[Paper, ...] = ()
    done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An agreement, or `count` free places of one record."""

    id: str
    title: str
    counterpart: str
    class_: str
    class_title: str
    partners: tuple[str, ...]
    mission: str
    mission_name: str
    expected: str
    days: int
    status: str
    why: str
    marks: tuple[str, ...]
    life: tuple[Mark, ...]
    count: int = 1


def agreement_lists(portfolio: Portfolio, overview: Overview, papers: Papers) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows by the key of their list; the free places of one record are one row."""
    lists: dict[str, list[Row]] = {key: [] for key, _, _ in LISTS}
    maker = _Maker(portfolio, overview, papers)
    for status in overview.report.agreements:
        lists[_list_of(status)].append(maker.row(status))
    lists["amended"] = [maker.row(each) for each in overview.report.amendments]
    lists["free"] = list(_grouped(lists["free"]))
    lists["overdue"].sort(key=lambda row: -row.days)
    return {key: tuple(rows) for key, rows in lists.items()}


def _list_of(status: AgreementStatus) -> str:
    if over(status):
        return "ended"
    if reached(status, "signed"):
        return "signed"
    if not status.counterparts:
        return "free"
    return "overdue" if status.overdue else "pending"


def _grouped(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the free places record by record ("T4-01#1" and "T4-01#2" are two of T4-01)."""
    found: dict[str, Row] = {}
    for row in rows:
        record = record_of(row.id)
        before = found.get(record)
        found[record] = replace(before, count=before.count + 1) if before else replace(row, id=record, title=record)
    yield from found.values()


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes rows; holds what all of them need."""

    portfolio: Portfolio
    overview: Overview
    papers: Papers

    def row(self, status: AgreementStatus) -> Row:
        class_ = self.portfolio.class_by_id.get(status.class_)
        mission = self.portfolio.mission_by_id.get(status.mission)
        late = status.expected is not None and status.overdue
        return Row(
            id=status.id,
            title=status.reference or status.id,
            counterpart=status.counterpart,
            class_=status.class_,
            class_title=class_.title if class_ else status.class_,
            partners=status.responsible,
            mission=status.mission,
            mission_name=mission.name if mission else "",
            expected=str(status.expected or ""),
            days=(self.overview.report.as_of - status.expected.last_day).days if late and status.expected else 0,
            status=status.status,
            why=_why(status),
            marks=status.marks,
            life=tuple(self._life(status)),
        )

    def _life(self, status: AgreementStatus) -> Iterator[Mark]:
        steps = self.overview.lives.get(status.id, ())
        yield from (self._mark(each) for each in steps)
        done = {step.kind for step in steps}
        for kind in _ROAD if status.counterparts and not over(status) else ():
            if kind == "signed" and not reached(status, "signed"):
                yield from self._unsigned(status)
            elif kind not in done and not reached(status, kind):
                yield Mark(kind=kind, text=kind, done=False)

    def _mark(self, step: LifeStep) -> Mark:
        text = step.what if step.kind == "ended" else f"{step.kind} {step.what}".strip()
        return Mark(kind=step.kind, text=text, day=step.day.isoformat(), papers=self.papers.of_step(step))

    def _unsigned(self, status: AgreementStatus) -> Iterator[Mark]:
        """Yield a step to come for each party that has not signed yet, or one for all where nobody has."""
        record = self.portfolio.agreement(status.id)
        parties = self.portfolio.parties_of(record) if record else ()
        waiting = [each.id for each in parties if each.id not in status.signed_parties]
        if not status.signed_parties:
            yield Mark(kind="signed", text="signed", done=False)
            return
        for each in waiting:
            known = self.portfolio.organisation_by_id.get(each)
            yield Mark(kind="signed", text=f"signed {known.label if known else each}", done=False)


def _why(status: AgreementStatus) -> str:
    """Return why what all have signed does not count; empty where it counts, or has some way to go."""
    if status.counted or not reached(status, "signed"):
        return ""
    return next((reason.text for reason in status.because if not reason.ok), "")
