"""What a partner is credited with, of what counts for the project: the rule stands with the indicator, as data.

    each     everybody responsible is credited with 1, so the partners may add up to more than the project
    first    the partner named first is credited with 1, the others with nothing
    shared   each of n partners is credited with 1/n

The project counts each thing once, whatever the rule. With `first` and `shared` the credits of all partners never add
up to more than that; they add up to it where everything that counts has a partner responsible. May not decide what
counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from elca_docs.model.figures import AgreementStatus, HeldStatus
from elca_docs.model.indicators import CountingRule, Indicator

_WORDS: Final = {"first": "to the partner named first", "shared": "to each partner in equal shares of 1"}


def credited(indicator: Indicator, partner: str, rows: Iterable[AgreementStatus | HeldStatus]) -> Fraction:
    """Return what an indicator credits a partner with, of those rows that count in it."""
    return sum((_credit(indicator.rule, partner, row) for row in rows if indicator.id in row.counted_in), Fraction())


def _credit(rule: CountingRule, partner: str, row: AgreementStatus | HeldStatus) -> Fraction:
    partners = tuple(dict.fromkeys(row.responsible))
    if partner not in partners:
        return Fraction()
    match rule.credit:
        case "first":
            return Fraction(partner == partners[0])
        case "shared":
            return Fraction(1, len(partners))
        case _:
            return Fraction(1)


def credit_words(rule: CountingRule) -> str:
    """Return whom a rule credits with what several partners share; nothing where that is each of them."""
    to = _WORDS.get(rule.credit, "")
    return f"what partners share is credited {to}" if to else ""
