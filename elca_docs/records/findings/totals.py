"""Findings on totals that documents state: wrong ones, and those that look copied; `statements` has the rules."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.indicators import Statement
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.planned import Planned
from elca_docs.records.findings.statements import STATEMENT_RULES, stated_number


def totals_differ(portfolio: Portfolio) -> Iterator[Finding]:
    """A number that a document states is the number that the records give (rule by rule: see the module's table)."""
    planned = Planned(portfolio)
    for statement in portfolio.statements:
        rule = STATEMENT_RULES.get(statement.rule or "")
        difference = rule.differs(planned, statement) if rule and statement.value is not None else ""
        if difference:
            yield Finding(
                code="total-differs",
                severity="error",
                message=f"{statement.place} states {_stated(statement)} ({statement.what}), and {difference}",
                ids=(statement.id, *statement.of),
                location=portfolio.place("statements", statement.id, "value"),
                fix="find out which side is right and correct the records, or accept it with the reason",
            )


def totals_repeated(portfolio: Portfolio) -> Iterator[Finding]:
    """A wrong sum of targets is not the right one of something else, as it is when a number was copied."""
    planned = Planned(portfolio)
    sums = [each for each in portfolio.statements if each.rule == "sum-of-targets" and each.value is not None]
    wrong = [each for each in sums if STATEMENT_RULES["sum-of-targets"].differs(planned, each)]
    right = {stated_number(each): each for each in reversed(sums) if each not in wrong}
    for statement in wrong:
        number = stated_number(statement)
        if other := right.get(number):
            yield Finding(
                code="total-repeated",
                severity="hint",
                message=f"{number} is wrong for '{statement.what}' ({statement.place}) and right for '{other.what}' "
                f"({other.place})",
                ids=(statement.id, other.id),
                location=portfolio.place("statements", statement.id, "value"),
                other_location=portfolio.place("statements", other.id, "value"),
                fix="look whether the number was copied from there",
            )


def _stated(statement: Statement) -> str:
    if statement.times is None:
        return str(statement.value)
    return f"{statement.value} x {statement.times} = {stated_number(statement)}"
