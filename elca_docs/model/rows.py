"""Which rows of a status report an indicator is about, and how far a row got: asked by every stage, decided here only.

Nothing is judged anew: a row says all of it itself, in its status, its reasons and its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from elca_docs.model.figures import STATUS_ORDER, AgreementStatus, HeldStatus, Status
from elca_docs.model.indicators import Indicator
from elca_docs.model.plan import Contact, Duty, Event
from elca_docs.model.portfolio import Portfolio

SECTOR: Final = "sector"


def over(row: AgreementStatus) -> bool:
    """Whether an agreement is neither planned nor counted any more; one that ran its term after all signed is not."""
    return row.status not in STATUS_ORDER and not (row.status == "expired" and row.signed_on is not None)


def reached(row: AgreementStatus, state: Status) -> bool:
    """Whether an agreement that is not over has come at least as far as a state of the road."""
    ran_out: Status = "registered" if row.register_number else "signed"
    status: Status = row.status if row.status in STATUS_ORDER else ran_out
    return not over(row) and STATUS_ORDER.index(status) >= STATUS_ORDER.index(state)


def proven(row: HeldStatus) -> bool:
    """Whether it was held, often enough, with whole evidence; whether it counts is another question."""
    return all(reason.ok for reason in row.because if reason.rule in {"H1", "H2"})


def record_of(identifier: str) -> str:
    """Return the id of the record that a row's id belongs to: the place CS-NORD#3 is one of the record CS-NORD."""
    return identifier.partition("#")[0]


def agreements_of(indicator: Indicator, rows: Iterable[AgreementStatus]) -> tuple[AgreementStatus, ...]:
    """Return the rows that an indicator is about, whether they count or not."""
    rule = indicator.rule
    if rule.counts != "agreements":
        return ()
    return tuple(row for row in rows if row.class_ in rule.classes or not rule.classes)


def held_of(indicator: Indicator, portfolio: Portfolio, rows: Iterable[HeldStatus]) -> tuple[HeldStatus, ...]:
    """Return the rows that an indicator is about, whether they count or not."""
    return tuple(row for row in rows if _is_about(indicator, portfolio, row))


def is_event(portfolio: Portfolio, row: HeldStatus) -> bool:
    """Whether a row is that of an event, or of a free place for one."""
    return isinstance(portfolio.holdable_by_id.get(record_of(row.id)), Event)


def _is_about(indicator: Indicator, portfolio: Portfolio, row: HeldStatus) -> bool:
    rule = indicator.rule
    match portfolio.holdable_by_id.get(record_of(row.id)):
        case Event(kind=kind) if row.kind == kind:
            return rule.counts == "events" and (kind in rule.kinds or not rule.kinds)
        case Contact() if row.kind == "contact":
            return rule.counts == "contacts"
        case Duty() if row.kind == "duty":
            return rule.counts == "duties"
        case _:
            return rule.counts == "sectors" and row.kind == SECTOR
