"""Each indicator as of a day: what is planned, how far it got, what counts, and on what proof.

Decisions held here and nowhere else:
- planned = named + free places. What is over (see standing) is in neither; its row stays in the report.
- named, drafted, sent and signed are cumulative by the furthest state reached: a signed agreement that was never
  drafted here, on the counterpart's own paper, has passed those states too. So counted ≤ signed ≤ sent ≤ drafted ≤
  named ≤ planned holds for every indicator of agreements. Other indicators have no drafted, sent and signed.
- Contacts are planned by the row, whatever the indicator counts once: 15 rows may stand behind a target of 12.

A figure never knows more than the rows it is made of: counted is the number of `counted_ids`. May not judge a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from elca_docs.model.figures import AgreementStatus, Figure, HeldStatus
from elca_docs.model.indicators import Indicator
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.rows import agreements_of, held_of, over, proven, reached
from elca_docs.tracking.agreements import AgreementRows
from elca_docs.tracking.held import HeldRows
from elca_docs.tracking.naming import natural


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of some rows are planned and how far they got; the middle three are None for what is held."""

    planned: int
    named: int
    drafted: int | None
    sent: int | None
    signed: int | None
    done: int
    """Signed by all, or held with whole evidence."""
    overdue: int


def agreement_tally(rows: Iterable[AgreementStatus]) -> Tally:
    """Return how far some agreements got."""
    live = [row for row in rows if not over(row)]
    return Tally(
        planned=len(live),
        named=sum(reached(row, "identified") for row in live),
        drafted=sum(reached(row, "drafted") for row in live),
        sent=sum(reached(row, "sent") for row in live),
        signed=sum(reached(row, "signed") for row in live),
        done=sum(reached(row, "signed") for row in live),
        overdue=sum(row.overdue for row in live),
    )


def held_tally(rows: Iterable[HeldStatus]) -> Tally:
    """Return how many of some events, contacts, duties or sectors are planned, named, held and overdue."""
    every = tuple(rows)
    return Tally(
        planned=len(every),
        named=sum(not row.is_slot for row in every),
        drafted=None,
        sent=None,
        signed=None,
        done=sum(proven(row) for row in every),
        overdue=sum(row.overdue for row in every),
    )


def tally_of(
    indicator: Indicator, portfolio: Portfolio, agreements: Iterable[AgreementStatus], held: Iterable[HeldStatus]
) -> Tally:
    """Return how far those of the rows got that the indicator is about."""
    if indicator.rule.counts == "agreements":
        return agreement_tally(agreements_of(indicator, agreements))
    return held_tally(held_of(indicator, portfolio, held))


def figures_of(portfolio: Portfolio, agreements: AgreementRows, held: HeldRows) -> tuple[Figure, ...]:
    """Return one figure per indicator, KPI 2 before KPI 10."""
    signed_copies = {row.id: row.evidence for row in agreements.rows}
    proofs = {row.id: row.evidence for row in held.rows}
    figures: list[Figure] = []
    for indicator in sorted(portfolio.indicators, key=lambda each: natural(each.id)):
        among_agreements = indicator.rule.counts == "agreements"
        counted = (agreements if among_agreements else held).counted.get(indicator.id, ())
        evidence = signed_copies if among_agreements else proofs
        tally = tally_of(indicator, portfolio, agreements.rows, held.rows)
        figures.append(
            Figure(
                id=indicator.id,
                title=indicator.title,
                target=indicator.target,
                planned=tally.planned,
                named=tally.named,
                drafted=tally.drafted,
                sent=tally.sent,
                signed=tally.signed,
                counted=len(counted),
                overdue=tally.overdue,
                counted_ids=counted,
                proof=tuple(dict.fromkeys(digest for each in counted for digest in evidence[each])),
            )
        )
    return tuple(figures)
