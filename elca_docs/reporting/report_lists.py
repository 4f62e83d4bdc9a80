"""What is next, by the agendas of all partners, and which findings in the records are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from elca_docs.context.agenda_words import state_of, what_of, when_of
from elca_docs.model.agenda import AgendaLine
from elca_docs.model.blocks import Block, Column, Table
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.findings import SEVERITIES, Finding
from elca_docs.reporting.account import Account
from elca_docs.reporting.scene import natural, plain, table


def next_steps_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield everything open, the longest overdue first, then by date; what several partners share stands once."""
    columns = (
        Column(heading=account.say("when"), share=22),
        Column(heading=spec.first_column or account.say("what"), share=42),
        Column(heading=account.say("who"), share=14),
        Column(heading=account.say("state"), share=24),
    )
    words = account.scene.words
    rows = [
        (
            plain(when_of(each, words)),
            plain(what_of(each, words)),
            plain(account.scene.partners(sorted(who, key=natural))),
            plain(state_of(replace(each, others=()), words)),
        )
        for each, who in _steps(account)
    ]
    yield table(spec, columns, rows)


def _steps(account: Account) -> list[tuple[AgendaLine, list[str]]]:
    """Return each open line once, with the partners in whose agendas it stands."""
    found: dict[tuple[str, int], tuple[AgendaLine, list[str]]] = {}
    for agenda in account.agendas:
        for each in (*agenda.overdue, *agenda.waiting, *agenda.due, *agenda.next, *agenda.unnamed):
            shown = _shown(account, each)
            found.setdefault((each.id, each.days), (shown, []))[1].append(agenda.partner)
    return sorted(found.values(), key=lambda pair: _order(pair[0]))


def _shown(account: Account, each: AgendaLine) -> AgendaLine:
    """Return a line as this edition may show it."""
    if each.matter != "agreement" or not account.hidden(each.id):
        return each
    return replace(each, title=account.say("confidential_agreement"), counterpart="", to_sign=())


def _order(each: AgendaLine) -> tuple[object, ...]:
    return (not each.days, each.expected.last_day if each.expected else date.max, natural(each.id))


def findings_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the findings that nobody has accepted; the public edition shows only how many there are of each severity.

    Findings are in English, and may name what is confidential.
    """
    open_ones = [each for each in account.findings if not each.accepted]
    yield _counted(account, spec, open_ones) if account.public else _listed(account, spec, open_ones)


def _counted(account: Account, spec: TableSpec, findings: Sequence[Finding]) -> Table:
    counts = Counter(each.severity for each in findings)
    columns = (
        Column(heading=spec.first_column or account.say("severity"), share=70),
        Column(heading=account.say("value"), share=30, align="right"),
    )
    rows = [(plain(account.say(f"severity_{each}")), plain(str(counts[each]))) for each in SEVERITIES]
    return table(spec, columns, rows)


def _listed(account: Account, spec: TableSpec, findings: Sequence[Finding]) -> Table:
    columns = (
        Column(heading=account.say("severity"), share=12),
        Column(heading=account.say("code"), share=20),
        Column(heading=spec.first_column or account.say("finding"), share=50),
        Column(heading=account.say("records"), share=20),
    )
    rows = [
        (
            plain(account.say(f"severity_{each.severity}")),
            plain(each.code),
            plain(each.message),
            plain(", ".join(each.ids)),
        )
        for each in findings
    ]
    return table(spec, columns, rows)
