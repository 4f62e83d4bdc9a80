"""Each activity of the timeline as of a day: done, still due, or late, and on what proof.

Decisions held here and nowhere else:
- It falls due at the end of its month and is late from the day after.
- By agreements it is done when at least one agreement of its classes (and mission) is named and all named ones that are
  not over are signed by all, with evidence that is there and whole. By events: likewise, when all named ones are held.
  Free places do not keep it open, because nobody knows them yet; the sentence says how many there are.
- By a record of its own it is done when that was held with whole evidence.
- What is done stays done, also when it was done after its month; the sentence names the day.

May not judge what counts toward an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from elca_docs.model.figures import AgreementStatus, HeldStatus, TimelineStatus
from elca_docs.model.plan import Event, TimelineActivity
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end
from elca_docs.model.rows import over, proven
from elca_docs.tracking.naming import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What shows an activity done: those still open, the days of those done, and all their evidence."""

    what: str
    open_ids: tuple[str, ...]
    days: tuple[date, ...]
    proof: tuple[str, ...]
    free: int = 0
    where: str = ""
    own_rule: str = ""
    """The sentence of an activity with a record of its own."""

    @property
    def done(self) -> bool:
        """Whether there is at least one and none is open."""
        return bool(self.days) and not self.open_ids


def timeline_of(
    portfolio: Portfolio,
    agreements: tuple[AgreementStatus, ...],
    held: tuple[HeldStatus, ...],
    as_of: date,
) -> tuple[TimelineStatus, ...]:
    """Return the state of every activity, in order of month and then as the records list them."""
    return tuple(
        _status(portfolio, month.month, activity, _shown(portfolio, activity, agreements, held), as_of)
        for month in sorted(portfolio.timeline.months, key=lambda each: each.month)
        for activity in month.activities
    )


def _status(portfolio: Portfolio, month: int, activity: TimelineActivity, shown: _Shown, as_of: date) -> TimelineStatus:
    due = month_end(portfolio.project.start, month)
    return TimelineStatus(
        id=activity.id,
        month=month,
        due=due,
        what=activity.what,
        state="done" if shown.done else "late" if as_of > due else "due",
        because=_because(shown, due),
        proof=shown.proof,
    )


def _shown(
    portfolio: Portfolio,
    activity: TimelineActivity,
    agreements: tuple[AgreementStatus, ...],
    held: tuple[HeldStatus, ...],
) -> _Shown:
    """Return what shows an activity done, or what is still open about it."""
    match activity.done_by:
        case "agreements":
            return _by_agreements(activity, agreements)
        case "events":
            return _by_events(portfolio, activity, held)
        case "record":
            own = [row for row in held if row.id == activity.id and row.kind == "activity"]
            return replace(_by_holding("record", own), own_rule=_own_rule(own))


def _by_agreements(activity: TimelineActivity, rows: tuple[AgreementStatus, ...]) -> _Shown:
    live = [
        row
        for row in rows
        if not over(row)
        and (row.class_ in activity.classes or not activity.classes)
        and (row.mission == activity.mission or not activity.mission)
    ]
    named = [row for row in live if row.counterparts]
    signed = {row.id: row for row in named if all(reason.ok for reason in row.because if reason.rule in {"C1", "C3"})}
    return _Shown(
        what="agreement",
        open_ids=tuple(row.id for row in named if row.id not in signed),
        days=tuple(row.signed_on for row in signed.values() if row.signed_on),
        proof=_proof(signed.values()),
        free=len(live) - len(named),
        where=_narrowed(activity, " of class", activity.classes),
    )


def _by_events(portfolio: Portfolio, activity: TimelineActivity, rows: tuple[HeldStatus, ...]) -> _Shown:
    meant = [
        row
        for row in rows
        if isinstance(portfolio.holdable_by_id.get(row.id.partition("#")[0]), Event)
        and (row.kind in activity.kinds or not activity.kinds)
        and (row.mission == activity.mission or not activity.mission)
    ]
    return _by_holding("event", meant, where=_narrowed(activity, " of kind", activity.kinds))


def _by_holding(what: str, rows: list[HeldStatus], *, where: str = "") -> _Shown:
    named = [row for row in rows if not row.is_slot]
    done = {row.id: row for row in named if proven(row)}
    return _Shown(
        what=what,
        open_ids=tuple(row.id for row in named if row.id not in done),
        days=tuple(row.held_on for row in done.values() if row.held_on),
        proof=_proof(done.values()),
        free=len(rows) - len(named),
        where=where,
    )


def _own_rule(rows: list[HeldStatus]) -> str:
    """Return why an activity with a record of its own is not done, or when it was."""
    failing = (reason.text for row in rows for reason in row.because if reason.rule in {"H1", "H2"} and not reason.ok)
    return next(failing, "") or f"held on {rows[0].held_on}"


def _narrowed(activity: TimelineActivity, words: str, names: tuple[str, ...]) -> str:
    """Return " of class CA or CI for this mission", as far as the activity says so."""
    of = f"{words} {listed(names, 'or')}" if names else ""
    return f"{of} for this mission" if activity.mission else of


def _proof(rows: Iterable[AgreementStatus | HeldStatus]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(digest for row in rows for digest in row.evidence))


def _because(shown: _Shown, due: date) -> str:
    """Return the sentence that says what shows the activity done, or what is open about it."""
    if shown.own_rule:
        return shown.own_rule
    free = f"; {shown.free} planned without a name yet" if shown.free else ""
    if not shown.days and not shown.open_ids:
        return f"no {shown.what}{shown.where} is {'named' if shown.free else 'planned'}{free}"
    if shown.open_ids:
        every = len(shown.days) + len(shown.open_ids)
        return f"{len(shown.days)} of {every} {shown.what}s{shown.where} done; open: {listed(shown.open_ids)}{free}"
    last = max(shown.days)
    after = f", after {due}" if last > due else ""
    return f"all {len(shown.days)} {shown.what}s{shown.where} done, the last on {last}{after}{free}"
