"""What took place in one period and was registered only after it: counted now, and belonging to then.

The day of an event is its own; the day of registration is that of the log entry by which it became complete. May not
count anything toward an indicator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elca_docs.model.blocks import Block, Cell, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.log_events import Held
from elca_docs.model.register import undone_addresses
from elca_docs.model.rows import record_of
from elca_docs.reporting.account import Account, Row
from elca_docs.reporting.scene import names, plain, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A row, its own day, and the day on which the register learnt of it."""

    row: Row
    day: date
    registered: date


def late_rows(account: Account) -> tuple[Late, ...]:
    """Return what came late to a report, by its own day.

    That is what belongs before the period and was registered in it or later, and what belongs into the period and was
    registered after its end.
    """
    first, last = account.period.first, account.period.last
    found = [
        Late(row=row, day=day, registered=registered)
        for row, day, registered in _registered(account)
        if day < first <= registered or day <= last < registered
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.registered, each.row.id)))


def _registered(account: Account) -> Iterator[tuple[Row, date, date]]:
    """Yield everything that is signed by all, or held, with its day and the day of its registration."""
    for row in account.status.agreements:
        at = account.view.history(row.id).registered_on
        if row.signed_on and row.register_number and at:
            yield row, row.signed_on, date.fromisoformat(at[:10])
    entered = _entered(account)
    for each in account.status.held:
        registered = entered.get((record_of(each.id), each.held_on))
        if each.held_on and registered:
            yield each, each.held_on, registered


def _entered(account: Account) -> dict[tuple[str, date | None], date]:
    """Return the first day on which the log says that something was held on a day, by record and day."""
    undone = undone_addresses(account.view.entries)
    found: dict[tuple[str, date | None], date] = {}
    for entry in account.view.entries:
        if isinstance(entry.event, Held) and entry.address not in undone:
            found.setdefault((entry.event.subject, entry.event.on), date.fromisoformat(entry.at[:10]))
    return found


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
