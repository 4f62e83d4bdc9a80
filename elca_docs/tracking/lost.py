"""What the register proves and no record plans any more, so that no proof drops out of a figure in silence.

May not decide whether that is right: a finding is for a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.tracking.naming import natural

CODE = "registered-without-record"


def lost_records(portfolio: Portfolio, view: RegisterView) -> tuple[Finding, ...]:
    """Return a finding for each agreement with a reference, and each thing held, of which there is no record."""
    return tuple(
        Finding(
            code=CODE,
            severity="error",
            message=f"the register holds {what} of '{identifier}', and no record has this id, so it counts nowhere",
            ids=(identifier,),
            fix="write the record again under the same id, or end the agreement in the register if it is over",
        )
        for identifier, what in sorted(_lost(portfolio, view), key=lambda each: natural(each[0]))
    )


def _lost(portfolio: Portfolio, view: RegisterView) -> Iterator[tuple[str, str]]:
    for identifier, history in view.agreements.items():
        if portfolio.agreement(identifier) is None and history.reference and not history.ended:
            number = history.registered.number if history.registered else history.reference
            yield identifier, f"the history ({number})"
    for subject in view.held:
        if subject not in portfolio.holdable_by_id:
            yield subject, "the proof"
