"""What took place in one period and was registered only after it: counted now, and belonging to then.

The day of an event is its own; the day of registration is that of the log entry by which it became complete. Where the
period before was frozen, its cut says what the report on it knew, by the place in the log; without a cut the days
decide. May not count anything toward an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from elca_docs.model.blocks import Block, Cell, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.log_events import Frozen, Held, Registered
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.model.rows import record_of
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
    first, cuts = account.period.first, [each.event for each in standing if isinstance(each.event, Frozen)]
    before = [each for each in cuts if each.as_of < first]
    found = [each for each in _registered(account, standing) if _is_late(each, account, before)]
    return tuple(sorted(found, key=lambda each: (each.day, each.registered, each.row.id)))


def _is_late(late: Late, account: Account, cuts: Iterable[Frozen]) -> bool:
    """Whether the report on its own day missed it; a cut of that day or a later one says what it knew."""
    if late.day >= account.period.first:
        return late.day <= account.period.last < late.registered
    reported = [each.position for each in cuts if each.as_of >= late.day]
    return max(reported) < late.segment if reported else account.period.first <= late.registered


def _standing(view: RegisterView) -> list[Entry]:
    undone = undone_addresses(view.entries)
    return [each for each in view.entries if each.address not in undone]


def _registered(account: Account, standing: Iterable[Entry]) -> Iterator[Late]:
    """Yield everything that is signed by all, or held, with its day and where the log says so first."""
    entered: dict[tuple[str, object], Entry] = {}
    for entry in standing:
        match entry.event:
            case Registered():
                entered.setdefault((entry.event.reference, entry.event.number), entry)
            case Held():
                entered.setdefault((entry.event.subject, entry.event.on), entry)
            case _:
                pass
    for row in account.status.agreements:
        if row.signed_on and (known := entered.get((row.reference, row.register_number))):
            yield _late(row, row.signed_on, known)
    for each in account.status.held:
        if each.held_on and (known := entered.get((record_of(each.id), each.held_on))):
            yield _late(each, each.held_on, known)


def _late(row: Row, day: date, entry: Entry) -> Late:
    """Return a row with the entry by which the register learnt of it."""
    segment = int(entry.address.partition(".")[0])
    return Late(row=row, day=day, registered=date.fromisoformat(entry.at[:10]), segment=segment)


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
