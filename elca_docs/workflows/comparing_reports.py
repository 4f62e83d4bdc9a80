"""`compile --against`: what changed between a report and another one, on the screen and as JSON. It writes nothing.

The other one is the same deliverable from a cut or as of another day, or another deliverable of the same project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from elca_docs.model.blocks import Block
from elca_docs.model.deliverables import Deliverable, Edition
from elca_docs.model.figures import StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Day
from elca_docs.reporting import Change, changes_between
from elca_docs.reporting.account import withheld_from
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.freezing import open_cut
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.report_checks import baseline_of
from elca_docs.workflows.report_days import check_day, on_its_day
from elca_docs.workflows.summary import Summary

BlocksOf = Callable[[Desk, Deliverable], Sequence[Block]]
_TITLES: Final = {"figure": "figures", "agreement": "agreements", "row": "tables and charts", "text": "text"}
_WIDEST: Final = 400
"""Letters of a text that a line shows; JSON has all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two reports: its name for a reader, its desk, its record where the desk has it."""

    name: str
    desk: Desk
    deliverable: Deliverable | None
    notes: tuple[str, ...] = ()


def changes_against(
    desk: Desk, deliverable: Deliverable, other: str, blocks_of: BlocksOf, *, now: Desk | None = None
) -> Summary:
    """Return what changed from `other` to the deliverable as this desk has it; `blocks_of` gives what a report says.

    `other` names a cut, a deliverable or a day, looked for in this order. RequestError where it is none of them, and
    where no report can be of that day. Another deliverable is taken on its own day, as `compile` makes it. Both sides
    are compared in the edition of the deliverable, and the public one names nothing that either side keeps
    confidential. Where the desk is a cut's, which does not know the cuts made after it, `now` is today's.
    """
    new = _Side(name=_dated(str(deliverable.id), desk.as_of), desk=desk, deliverable=deliverable)
    old = _other(now or desk, deliverable, other)
    notes = [*old.notes, *_of_another_edition(old, deliverable)]
    withheld = _withheld((now or desk).portfolio, new, old, deliverable.edition)
    old, new = _hiding(old, withheld, deliverable.edition), _hiding(new, withheld, deliverable.edition)
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    if old.deliverable is None:
        notes.append(f"{old.name} holds no {deliverable.id}: only figures and agreements are compared")
    else:
        before, after = tuple(blocks_of(old.desk, old.deliverable)), tuple(blocks_of(new.desk, deliverable))
    changes = changes_between(before, after, _status(old), _status(new), withheld=withheld)
    return Summary(
        lines=tuple(_told(changes, old.name, new.name, notes)),
        json={
            "old": old.name,
            "new": new.name,
            "notes": notes,
            "changes": [
                {"kind": each.kind, "place": each.place, "what": each.what, "old": each.old, "new": each.new}
                for each in changes
            ],
        },
    )


def _other(desk: Desk, deliverable: Deliverable, other: str) -> _Side:
    cuts = {name: f"cut {name}" for name in desk.register.view().cuts}
    deliverables = {str(each.id): f"deliverable {each.id}" for each in desk.portfolio.deliverables}
    day = _day_of(other)
    if day is not None and other not in cuts:
        check_day(desk, day, flag="against")
        there = replace(desk, as_of=day, as_of_note="")
        return _Side(name=_dated(str(deliverable.id), day), desk=there, deliverable=deliverable)
    kind, _, name = named(other, deliverables | cuts, what="cut, deliverable or day").partition(" ")
    if kind == "cut":
        opened = open_cut(desk, name)
        found = next((each for each in opened.desk.portfolio.deliverables if each.id == deliverable.id), None)
        return _Side(name=f"the cut '{name}'", desk=opened.desk, deliverable=found, notes=opened.notes)
    record = next(each for each in desk.portfolio.deliverables if each.id == name)
    there = on_its_day(desk, record)
    return _Side(name=_dated(name, there.as_of), desk=there, deliverable=record)


def _of_another_edition(old: _Side, deliverable: Deliverable) -> Iterator[str]:
    """Yield that the other report is another edition by its own record, where it is one."""
    own = old.deliverable.edition if old.deliverable else deliverable.edition
    if own != deliverable.edition:
        yield f"{old.name} is {own} by its record: both are compared in the {deliverable.edition} edition"


def _withheld(today: Portfolio, new: _Side, old: _Side, edition: Edition) -> frozenset[str]:
    """Return the ids of the agreements that today's plan, or any behind the two reports, keeps from the edition."""
    if edition != "public":
        return frozenset()
    sides = (new, old)
    baselines = (baseline_of(each.desk, each.deliverable) for each in sides if each.deliverable)
    plans = (today, *(each.desk.portfolio for each in sides), *(each for each in baselines if each))
    return withheld_from(plans, edition)


def _hiding(side: _Side, withheld: frozenset[str], edition: Edition) -> _Side:
    """Return a side in an edition in which those agreements are confidential, whatever they were there."""
    portfolio, report = side.desk.portfolio, side.deliverable
    agreements = tuple(
        replace(each, confidential=each.confidential or each.id in withheld) for each in portfolio.agreements
    )
    hidden = replace(side.desk, portfolio=replace(portfolio, agreements=agreements))
    return replace(side, desk=hidden, deliverable=replace(report, edition=edition) if report else None)


def _day_of(text: str) -> date | None:
    try:
        return Day.parse(text)
    except ValueError:
        return None


def _dated(name: str, day: date) -> str:
    return f"{name} as of {day.isoformat()}"


def _status(side: _Side) -> StatusReport:
    return report_on(side.desk, side.desk.register.view())


def _told(changes: Sequence[Change], old: str, new: str, notes: Sequence[str]) -> Iterator[str]:
    yield from notes
    yield f"from {old} to {new}: {f'{len(changes)} changes' if changes else 'nothing changed'}"
    for kind, title in _TITLES.items():
        found = [each for each in changes if each.kind == kind]
        if found:
            yield f"{title} ({len(found)})"
        place = ""
        for each in found:
            if each.place != place:
                place = each.place
                yield f"  {place or 'before the first heading'}"
            yield from (f"    {line}" for line in _lines(each))


def _lines(change: Change) -> Iterator[str]:
    """Yield one line for a value that changed, and one for each side of a text or a row that came or went."""
    if change.kind != "text" and change.old and change.new:
        yield f"{change.what}: {change.old} → {change.new}" if change.what else f"{change.old} → {change.new}"
        return
    label = f"{change.what}: " if change.what and change.kind != "row" else ""
    yield from (f"{mark} {label}{_cut(text)}" for mark, text in (("-", change.old), ("+", change.new)) if text)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDEST else flat[: _WIDEST - 1] + "…"
