"""Tables of what is held besides agreements as it stands: contacts, events, duties, and the timeline.

Each row is one of the status report. May not judge proof.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from elca_docs.model.blocks import Block, Cell, Column
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import HeldStatus, TimelineStatus
from elca_docs.model.plan import Contact, Event
from elca_docs.model.rows import proven, record_of
from elca_docs.reporting.account import Account, headed
from elca_docs.reporting.scene import names, natural, plain, table
from elca_docs.reporting.sentences import description_of


def contacts_status(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the contacts of the plan once more, with the day each one took place and what it proves."""
    portfolio = account.scene.portfolio
    columns = (
        Column(heading=spec.first_column or account.say("organisation"), share=24),
        Column(heading=account.say("responsible"), share=13),
        Column(heading=account.say("description"), share=26),
        Column(heading=account.say("planned_date"), share=14),
        Column(heading=account.say("held_on"), share=14),
        Column(heading=account.say("outcome"), share=20),
    )
    rows = [
        (
            names(account.organisations(row)),
            plain(account.scene.partners(row.responsible)),
            plain(_description(account, portfolio.holdable_by_id.get(record_of(row.id)))),
            plain(account.expected(row.expected)),
            plain(account.day(row.held_on)),
            plain(*_outcome(account, row)),
        )
        for row in _sorted(row for row in account.status.held if row.kind == "contact")
    ]
    yield table(spec, columns, rows)


def events_status(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the events of the plan once more, free places among them, with what became of each."""
    columns = (
        Column(heading=spec.first_column or account.say("event"), share=26),
        Column(heading=account.say("responsible"), share=13),
        Column(heading=account.say("place"), share=14),
        Column(heading=account.say("planned_date"), share=14),
        Column(heading=account.say("held_on"), share=14),
        Column(heading=account.say("outcome"), share=20),
    )
    rows = [
        (
            _event(account, row, count),
            plain(account.scene.partners(row.responsible)),
            plain(_place(account, row)),
            plain(account.expected(row.expected)),
            plain(account.day(row.held_on)),
            plain(*_outcome(account, row)),
        )
        for row, count in _grouped(_sorted(account.events(spec)))
    ]
    yield table(spec, columns, rows)


def events_held(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the events that took place by the day with whole proof, in the order of the days."""
    columns = (
        Column(heading=account.say("when"), share=17),
        Column(heading=spec.first_column or account.say("event"), share=32),
        Column(heading=account.say("responsible"), share=14),
        Column(heading=account.say("period_place"), share=12),
        Column(heading=account.say("proof_files"), share=11),
        Column(heading=account.say("counts_in"), share=16),
    )
    held = [row for row in account.events(spec) if proven(row)]
    rows = [
        (
            names(account.day(row.held_on)),
            _event(account, row),
            plain(account.scene.partners(row.responsible)),
            plain(account.in_period(row.held_on)),
            plain(account.files(len(row.evidence))),
            plain(account.counts(row)),
        )
        for row in sorted(held, key=lambda row: (row.held_on or account.as_of, natural(row.id)))
    ]
    yield table(spec, columns, rows)


def duties_status(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the obligations with what became of each, in the order of the records."""
    order = {str(each.id): place for place, each in enumerate(account.scene.portfolio.timeline.duties)}
    duties = [row for row in account.status.held if row.kind == "duty" and row.id in order]
    columns = (
        Column(heading=spec.first_column or account.say("duty"), share=38),
        Column(heading=account.say("responsible"), share=15),
        Column(heading=account.say("due"), share=16),
        Column(heading=account.say("state"), share=15),
        Column(heading=account.say("held_on"), share=16),
    )
    rows = [
        (
            plain(row.title),
            plain(account.scene.partners(row.responsible)),
            plain(account.expected(row.expected)),
            plain(account.state_of(row)),
            plain(account.day(row.held_on)),
        )
        for row in sorted(duties, key=lambda row: order[row.id])
    ]
    yield table(spec, columns, rows)


def timeline_status(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield each activity of the timeline: done, open or late, and on how many files."""
    columns = (
        Column(heading=spec.first_column or account.say("deadline"), share=22),
        Column(heading=account.say("activity"), share=36),
        Column(heading=account.say("state"), share=12),
        Column(heading=account.say("outcome"), share=30),
    )
    rows = [
        (
            names(account.scene.month(each.month)),
            plain(each.what),
            plain(account.say(f"state_{each.state}")),
            plain(*_shown(account, each)),
        )
        for each in account.status.timeline
    ]
    yield table(spec, columns, rows)


def _shown(account: Account, each: TimelineStatus) -> Iterator[str]:
    if account.scene.words.language == "en":  # the report explains itself in English only
        yield each.because
    yield account.files(len(each.proof))


def _outcome(account: Account, row: HeldStatus) -> tuple[str, ...]:
    state = account.state_of(row)
    return state, account.files(len(row.evidence)), account.counts(row)


def _grouped(rows: list[HeldStatus]) -> list[tuple[HeldStatus, int]]:
    """Return the rows with the free places of each record made one, in the place of the first, and their number."""
    free = Counter(record_of(row.id) for row in rows if row.is_slot)
    shown: dict[str, HeldStatus] = {}
    for row in rows:
        shown.setdefault(f"{record_of(row.id)}#" if row.is_slot else row.id, row)
    return [(row, free[record_of(row.id)] if row.is_slot else 1) for row in shown.values()]


def _event(account: Account, row: HeldStatus, count: int = 1) -> Cell:
    kind = row.kind.replace("-", " ")
    if row.is_slot:
        return headed(account.say("to_be_named", count=count), kind)
    organisations = account.organisations(row)
    return headed(row.title or organisations or kind, organisations if row.title else "")


def _place(account: Account, row: HeldStatus) -> str:
    record = account.scene.portfolio.holdable_by_id.get(record_of(row.id))
    return record.place if isinstance(record, Event) else ""


def _description(account: Account, record: object) -> str:
    if not isinstance(record, Contact):
        return ""
    organisation = account.scene.portfolio.organisation_by_id.get(record.organisation)
    own = description_of(account.scene, organisation) if organisation else ""
    return " ".join(part for part in (own, record.description) if part)


def _sorted(rows: Iterable[HeldStatus]) -> list[HeldStatus]:
    return sorted(rows, key=lambda row: natural(row.id))
