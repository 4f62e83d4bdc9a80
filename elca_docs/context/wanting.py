"""Whom to ask for what: the missing mandatory fields of many agreements, each once, by what filling it sets free."""

from __future__ import annotations

from collections.abc import Mapping

from elca_docs.context.contexts import AgreementContext
from elca_docs.model.missing import Missing, MissingField
from elca_docs.model.portfolio import Portfolio


def missing_fields(
    portfolio: Portfolio, contexts: Mapping[str, AgreementContext]
) -> Mapping[str, tuple[MissingField, ...]]:
    """Return the missing fields by the partner to ask: those that most agreements wait for first, then by label.

    `contexts` are by agreement id. Partners stand in the order of the records; who owes nothing is left out.
    """
    waiting: dict[tuple[str, str, str, str], tuple[Missing, list[str]]] = {}
    for agreement, context in contexts.items():
        for missing in context.missing:
            key = (missing.owner, missing.record, missing.key, missing.label)
            waiting.setdefault(key, (missing, []))[1].append(agreement)
    rows = [MissingField(missing=missing, agreements=tuple(agreements)) for missing, agreements in waiting.values()]
    rows.sort(key=lambda row: (-len(row.agreements), row.missing.label, row.missing.record, row.missing.key))
    owners = dict.fromkeys((*(str(each.id) for each in portfolio.partners), *(row.missing.owner for row in rows)))
    by_owner = {owner: tuple(row for row in rows if row.missing.owner == owner) for owner in owners}
    return {owner: found for owner, found in by_owner.items() if found}
