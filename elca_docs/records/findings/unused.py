"""Findings on what is written and used by nothing: narratives without a section, acceptances without a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.plan import Acceptance
from elca_docs.model.portfolio import Portfolio


def narratives_are_used(portfolio: Portfolio) -> Iterator[Finding]:
    """Every narrative file is named by a section of its deliverable."""
    named = {
        (str(deliverable.id), section.narrative)
        for deliverable in portfolio.deliverables
        for section in deliverable.sections
    }
    for deliverable, name in sorted(portfolio.narratives):
        if (deliverable, name) not in named:
            yield Finding(
                code="unused-narrative",
                severity="hint",
                message=f"no section of {deliverable} names {name}, so its text is printed nowhere",
                ids=(deliverable,),
                location=Location(f"records/deliverables/{deliverable}/{name}"),
                other_location=portfolio.place("deliverables", deliverable, "sections"),
                fix="name it as the 'narrative' of a section, or remove the file",
            )


def unused_acceptances(portfolio: Portfolio, found: Iterable[Finding]) -> Iterator[Finding]:
    """Every acceptance is about a finding that is still there."""
    there = {acceptance_key(each.code, each.ids) for each in found}
    for index, acceptance in enumerate(portfolio.accepted):
        if acceptance_key(acceptance.code, acceptance.ids) not in there:
            yield Finding(
                code="acceptance-unused",
                severity="hint",
                message=f"{acceptance.code} is accepted for {_ids(acceptance)}, and there is no such finding",
                ids=tuple(acceptance.ids),
                location=portfolio.place("accepted", str(index)),
                fix="remove the acceptance, or compare its code and ids with the findings",
            )


def acceptance_key(code: str, ids: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Return what an acceptance and a finding have in common: the code, and the ids in any order."""
    return str(code), frozenset(str(each) for each in ids)


def _ids(acceptance: Acceptance) -> str:
    return ", ".join(acceptance.ids) or "no record in particular"
