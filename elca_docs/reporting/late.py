"""What took place in one period and was registered only after it: counted now, and belonging to then.

The day of an event is its own; the day of registration is that of the log entry by which it became complete. Where the
time before was frozen as of the period's eve, that cut says what the report on it knew, by the place in the log; else
the days decide. May not count anything toward an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from elca_docs.model.blocks import Block, Cell, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.log_events import Frozen, Held, Registered
from elca_docs.model.periods import local_day
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.model.rows import SECTOR, proven, reached
from elca_docs.reporting.account import Account, Row
from elca_docs.reporting.scene import names, plain, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A row, its own day, and the day and segment of the log by which the register learnt of it."""

    row: Row
    day: date
    registered: date
    segment: int


def late_rows(account: Account) -> tuple[Late, ...]:
    """Return what came late to a report, by its own day.

    That is what belongs before the period and no report on that time could know, and what belongs into the period and
    was registered after its end.
    """
    standing = _standing(account.view)
    eve = account.period.first - timedelta(days=1)
    frozen = [each.event for each in standing if isinstance(each.event, Frozen)]
    known = max((each.position for each in frozen if each.as_of == eve), default=None)
    found = [each for each in _registered(account, standing) if _is_late(each, account, known)]
    return tuple(sorted(found, key=lambda each: (each.day, each.registered, each.row.id)))


def _is_late(late: Late, account: Account, known: int | None) -> bool:
    """Whether the report on its own day missed it; `known` is the segment that the report up to the eve knew last."""
    if late.day >= account.period.first:
        return late.day <= account.period.last < late.registered
    return account.period.first <= late.registered if known is None else known < late.segment


def _standing(view: RegisterView) -> list[Entry]:
    undone = undone_addresses(view.entries)
    return [each for each in view.entries if each.address not in undone]


def _registered(account: Account, standing: Iterable[Entry]) -> Iterator[Late]:
    """Yield everything that is signed by all, or held, with its day and where the log says so first."""
    numbered = {each.event.reference: each for each in standing if isinstance(each.event, Registered)}
    held = {each.address: each for each in standing if isinstance(each.event, Held)}
    for row in account.status.agreements:
        if row.signed_on and reached(row, "signed") and row.reference in numbered:
            yield _late(account, row, row.signed_on, numbered[row.reference])
    for each in account.status.held:
        told = each.counted or each.kind != SECTOR  # a sector that counts nowhere is in no figure
        if told and each.held_on and proven(each) and each.known_by in held:
            yield _late(account, each, each.held_on, held[each.known_by])


def _late(account: Account, row: Row, day: date, entry: Entry) -> Late:
    """Return a row with the entry by which the register learnt of it."""
    segment = int(entry.address.partition(".")[0])
    registered = local_day(entry.at, account.scene.portfolio.project.time_zone)
    return Late(row=row, day=day, registered=registered, segment=segment)


def late_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield what came late, with the sentence that nothing did where it is so."""
    late = late_rows(account)
    columns = (
        Column(heading=spec.first_column or account.say("what"), share=40),
        Column(heading=account.say("reference"), share=22),
        Column(heading=account.say("held_on"), share=19),
        Column(heading=account.say("registered_on"), share=19),
    )
    yield table(spec, columns, [_row(account, each) for each in late])
    if not late:
        yield Paragraph(spans=line(account.say("late_none")), style="note")


def _row(account: Account, each: Late) -> tuple[Cell, ...]:
    row = each.row
    if isinstance(row, AgreementStatus):
        what, reference = account.called(row), f"{row.reference} / {row.register_number}"
    else:
        what, reference = row.title or row.kind.replace("-", " "), row.id
    return names(what), plain(reference), plain(account.day(each.day)), plain(account.day(each.registered))
