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
from typing import Final

from elca_docs.model.figures import STATUS_ORDER, AgreementStatus, Figure, HeldStatus, Status
from elca_docs.model.indicators import Indicator
from elca_docs.model.plan import Contact, Duty, Event
from elca_docs.model.portfolio import Portfolio
from elca_docs.tracking.agreements import AgreementRows
from elca_docs.tracking.held import HeldRows
from elca_docs.tracking.naming import natural

SECTOR: Final = "sector"


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


def over(row: AgreementStatus) -> bool:
    """Whether an agreement is neither planned nor counted any more (see standing)."""
    return row.status not in STATUS_ORDER and not (row.status == "expired" and row.signed_on is not None)


def reached(row: AgreementStatus, state: Status) -> bool:
    """Whether an agreement that is not over has come at least as far as a state of the road."""
    status: Status = row.status if row.status in STATUS_ORDER else "signed"
    return not over(row) and STATUS_ORDER.index(status) >= STATUS_ORDER.index(state)


def proven(row: HeldStatus) -> bool:
    """Whether it was held, often enough, with whole evidence; whether it counts is another question."""
    return all(reason.ok for reason in row.because if reason.rule in {"H1", "H2"})


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


def agreements_of(indicator: Indicator, rows: Iterable[AgreementStatus]) -> tuple[AgreementStatus, ...]:
    """Return the rows that an indicator is about, whether they count or not."""
    rule = indicator.rule
    if rule.counts != "agreements":
        return ()
    return tuple(row for row in rows if row.class_ in rule.classes or not rule.classes)


def held_of(indicator: Indicator, portfolio: Portfolio, rows: Iterable[HeldStatus]) -> tuple[HeldStatus, ...]:
    """Return the rows that an indicator is about, whether they count or not."""
    return tuple(row for row in rows if _is_about(indicator, portfolio, row))


def _is_about(indicator: Indicator, portfolio: Portfolio, row: HeldStatus) -> bool:
    rule = indicator.rule
    match portfolio.holdable_by_id.get(row.id.partition("#")[0]):
        case Event(kind=kind) if row.kind == kind:
            return rule.counts == "events" and (kind in rule.kinds or not rule.kinds)
        case Contact() if row.kind == "contact":
            return rule.counts == "contacts"
        case Duty() if row.kind == "duty":
            return rule.counts == "duties"
        case _:
            return rule.counts == "sectors" and row.kind == SECTOR


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
