"""Tables of agreements as they stand: all of some classes, those signed, pending, overdue; and the annexes.

Each row is one of the status report, with its own numbers and dates; what has a counterpart comes before what has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block, Cell, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.rows import over, reached, record_of
from elca_docs.reporting.account import Account, headed
from elca_docs.reporting.scene import names, natural, plain, table

_DIGEST = 16
"""Letters of a SHA-256 digest that a table shows; the register has all of them."""


def agreements_status(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the agreements of the plan once more, with what became of each; free places of a record in one row."""
    columns = (
        Column(heading=spec.first_column or account.say("counterpart"), share=24),
        Column(heading=account.say("responsible"), share=12),
        Column(heading=account.say("planned_date"), share=14),
        Column(heading=account.say("state"), share=18),
        Column(heading=account.say("signed_on"), share=14),
        Column(heading=account.say("reference"), share=18),
        Column(heading=account.say("counts_in"), share=18),
    )
    every = sorted(account.agreements(spec), key=lambda row: natural(row.id))
    rows = [
        (
            headed(account.called(row)),
            plain(account.scene.partners(row.responsible)),
            plain(account.expected(row.expected)),
            plain(_state(account, row)),
            plain(account.day(row.signed_on)),
            plain(row.reference, row.register_number),
            plain(account.counts(row)),
        )
        for row in every
        if row.status != "slot"
    ]
    yield table(spec, columns, [*rows, *_free(account, every, len(columns))], wide=True)


def _state(account: Account, row: AgreementStatus) -> str:
    status = account.status_of(row)
    return f"{status}, {account.say('state_overdue')}" if row.overdue else status


def _free(account: Account, rows: Sequence[AgreementStatus], width: int) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for the free places of each record that has any."""
    free = [row for row in rows if row.status == "slot"]
    first = {record_of(row.id): row for row in reversed(free)}
    for record, count in Counter(record_of(row.id) for row in free).items():
        cells = (
            names(account.say("to_be_named", count=count)),
            plain(account.scene.partners(first[record].responsible)),
            plain(account.expected(first[record].expected)),
            plain(account.status_of(first[record])),
        )
        yield (*cells, *(plain() for _ in range(width - len(cells))))


def agreements_signed(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield what all parties have signed by the day, in the order of the days."""
    columns = (
        Column(heading=spec.first_column or account.say("counterpart"), share=28),
        Column(heading=account.say("responsible"), share=13),
        Column(heading=account.say("signed_on"), share=16),
        Column(heading=account.say("period_place"), share=11),
        Column(heading=account.say("reference"), share=20),
        Column(heading=account.say("counts_in"), share=16),
    )
    signed = [row for row in account.agreements(spec) if reached(row, "signed")]
    rows = [
        (
            headed(account.called(row)),
            plain(account.scene.partners(row.responsible)),
            plain(account.day(row.signed_on)),
            plain(account.in_period(row.signed_on)),
            plain(row.reference, row.register_number),
            plain(account.counts(row)),
        )
        for row in sorted(signed, key=lambda row: (row.signed_on or account.as_of, natural(row.id)))
    ]
    yield table(spec, columns, rows)


def agreements_pending(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield what has a counterpart and is neither signed by all nor overdue; what has no date stands last."""
    rows = [row for row in account.agreements(spec) if row.pending and not row.overdue]
    columns = (
        Column(heading=spec.first_column or account.say("counterpart"), share=32),
        Column(heading=account.say("responsible"), share=14),
        Column(heading=account.say("planned_date"), share=16),
        Column(heading=account.say("state"), share=22),
        Column(heading=account.say("reference"), share=20),
    )
    yield table(
        spec,
        columns,
        [
            (
                headed(account.called(row)),
                plain(account.scene.partners(row.responsible)),
                plain(account.expected(row.expected)),
                plain(account.status_of(row), _to_sign(account, row)),
                plain(row.reference or row.id),
            )
            for row in _by_date(rows)
        ],
    )
    free = sum(row.status == "slot" for row in account.agreements(spec))
    if free:
        yield Paragraph(spans=line(account.say("free_places", count=free)), style="note")


def agreements_overdue(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield what should be signed by now, the longest overdue first, with the reason or the want of one."""
    rows = [row for row in account.agreements(spec) if row.overdue]
    columns = (
        Column(heading=spec.first_column or account.say("counterpart"), share=28),
        Column(heading=account.say("responsible"), share=13),
        Column(heading=account.say("planned_date"), share=16),
        Column(heading=account.say("days_overdue"), share=11, align="right"),
        Column(heading=account.say("state"), share=20),
        Column(heading=account.say("justification"), share=24),
    )
    yield table(
        spec,
        columns,
        [
            (
                headed(account.called(row), row.reference),
                plain(account.scene.partners(row.responsible)),
                plain(account.expected(row.expected)),
                plain(str((account.as_of - row.expected.last_day).days) if row.expected else ""),
                plain(account.status_of(row), _to_sign(account, row)),
                account.justification(row.id, owed=True),
            )
            for row in _by_date(rows)
        ],
    )


def _to_sign(account: Account, row: AgreementStatus) -> str:
    """Return who has still to sign what some have signed; nothing of a confidential agreement."""
    record = account.scene.portfolio.agreement(row.id)
    if record is None or row.status != "partly signed" or account.hidden(row.id):
        return ""
    parties = dict.fromkeys(str(each.id) for each in account.scene.portfolio.parties_of(record))
    missing = [account.scene.name(each) for each in parties if each not in row.signed_parties]
    return account.say("still_to_sign", names=account.scene.words.joined(missing))


def _by_date(rows: list[AgreementStatus]) -> list[AgreementStatus]:
    dated = [row for row in rows if row.expected]
    dated.sort(key=lambda row: (row.expected.last_day if row.expected else None, natural(row.id)))
    return [*dated, *sorted((row for row in rows if not row.expected), key=lambda row: natural(row.id))]


def annexes_of(account: Account) -> tuple[Annex, ...]:
    """Return the annexes of a report by its rule: one for each signed copy, in the order of register numbers.

    What this edition leaves out is among them and says why, so that the numbers are those of every edition.
    """
    rule = account.deliverable.annexes
    if rule.signed == "none":
        return ()
    rows = [
        row
        for row in account.status.agreements
        if reached(row, "signed")
        and row.register_number
        and (row.class_ in rule.classes or not rule.classes)
        and (rule.signed == "all" or account.period.holds(row.signed_on))
    ]
    rows = sorted((row for row in rows if not over(row)), key=lambda row: natural(row.register_number))
    copies = [(row, digest) for row in rows for digest in row.evidence]
    return tuple(_annex(account, f"A{count}", row, digest) for count, (row, digest) in enumerate(copies, 1))


def _annex(account: Account, number: str, row: AgreementStatus, digest: str) -> Annex:
    class_ = account.scene.portfolio.class_by_id[row.class_]
    titles = {str(language): title for language, title in class_.titles.items()}
    title = titles.get(account.scene.words.language, class_.title)
    received = account.view.evidence.get(digest)
    withheld = ""
    if account.hidden(row.id):
        withheld = account.say("withheld_confidential")
    elif account.public and not account.deliverable.annexes.signatures_public:
        withheld = account.say("withheld_signatures")
    return Annex(
        number=number,
        title=f"{title}: {account.called(row)}",
        reference=row.reference,
        register_number=row.register_number,
        sha256=digest,
        pages=received.pages if received else 0,
        withheld=withheld,
    )


def annexes_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the list of annexes; those left out say why."""
    columns = (
        Column(heading=account.say("annex"), share=9),
        Column(heading=spec.first_column or account.say("what"), share=32),
        Column(heading=account.say("reference"), share=20),
        Column(heading=account.say("register_number"), share=15),
        Column(heading=account.say("pages"), share=9, align="right"),
        Column(heading=account.say("sha256"), share=18),
        Column(heading=account.say("withheld"), share=18),
    )
    rows = [
        (
            names(each.number),
            plain(each.title),
            plain(each.reference),
            plain(each.register_number),
            plain(str(each.pages or "")),
            plain(f"{each.sha256[:_DIGEST]}…"),
            plain(each.withheld),
        )
        for each in account.annexes
    ]
    yield table(spec, columns, rows, wide=True)
    if not account.annexes:
        yield Paragraph(spans=line(account.say("no_annexes")), style="note")
