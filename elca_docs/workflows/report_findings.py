"""The findings that a report tells: those of the records, as if nothing about persons were missing.

Persons are in no cut, and their names can be erased on any day. What a report says must not change with them, so it
tells of no gap that only a person's name, function or address would fill; `check` and the missing-data sheets do.
"""

from __future__ import annotations

from dataclasses import replace

from elca_docs.model.findings import Finding
from elca_docs.model.parties import Person
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Identifier
from elca_docs.records import findings_of

_OF_PARTIES = "missing-party-data"
_ANYBODY = "–"


def report_findings(portfolio: Portfolio) -> tuple[Finding, ...]:
    """Return the findings in the order of `check`; the same ones whoever stands in the records of persons."""
    parties = [*(each.id for each in portfolio.partners), *(each.id for each in portfolio.organisations)]
    found = findings_of(replace(portfolio, people=tuple(map(_anybody, parties))))
    accepted = {frozenset(map(str, each.ids)) for each in portfolio.accepted if each.code == _OF_PARTIES}
    return tuple(each for each in found if not (_is_unused(each) and frozenset(map(str, each.ids)) in accepted))


def _is_unused(finding: Finding) -> bool:
    """Whether a finding says that there is no gap, where the accepted one may be about persons alone."""
    return finding.code == "acceptance-unused" and finding.message.startswith(_OF_PARTIES)


def _anybody(party: Identifier) -> Person:
    """Return somebody who signs for a party and answers its mail."""
    return Person(
        id=Identifier(f"anybody-{party}"),
        of=party,
        name=_ANYBODY,
        function=_ANYBODY,
        email=_ANYBODY,
        phone=_ANYBODY,
        signs=True,
        contact=True,
    )
