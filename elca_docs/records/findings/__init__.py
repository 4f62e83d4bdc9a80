"""What is true of the records, odd, and for a person to decide.

Each rule is a function from the portfolio to findings, whose first line says what would be in order. A new rule is
one such function and its name in RULES. Pure; nothing here changes, corrects or fails anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from elca_docs.errors import Location
from elca_docs.model.findings import SEVERITIES, Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.deadlines import (
    agreements_before_their_mission,
    dates_after_the_timeline,
    dates_after_their_mission,
)
from elca_docs.records.findings.missing import party_data_is_missing
from elca_docs.records.findings.months import (
    activities_outside_their_work_package,
    dates_outside_the_project,
    tasks_outside_their_work_package,
)
from elca_docs.records.findings.names import (
    acronyms_of_a_partner_agree,
    names_are_not_shared,
    the_project_has_no_namesake,
)
from elca_docs.records.findings.targets import (
    counted_kinds_are_planned,
    plans_are_counted,
    plans_exceed_targets,
    targets_are_named,
    targets_are_planned,
)
from elca_docs.records.findings.totals import totals_differ, totals_repeated
from elca_docs.records.findings.unused import acceptance_key, narratives_are_used, unused_acceptances

Rule = Callable[[Portfolio], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    totals_differ,
    totals_repeated,
    plans_exceed_targets,
    targets_are_planned,
    targets_are_named,
    plans_are_counted,
    counted_kinds_are_planned,
    activities_outside_their_work_package,
    tasks_outside_their_work_package,
    dates_outside_the_project,
    dates_after_the_timeline,
    dates_after_their_mission,
    agreements_before_their_mission,
    acronyms_of_a_partner_agree,
    names_are_not_shared,
    the_project_has_no_namesake,
    party_data_is_missing,
    narratives_are_used,
)
RANKED: frozenset[Rule] = frozenset({party_data_is_missing})
"""Rules whose own order says what to do first; the findings of all others are sorted by place."""


def findings_of(portfolio: Portfolio) -> tuple[Finding, ...]:
    """Return all findings, sorted by severity, code and place; those that accepted.yaml names carry the reason."""
    reasons = {acceptance_key(each.code, each.ids): each.reason for each in portfolio.accepted}
    ordered: list[tuple[tuple[int, str, int, Location, str], Finding]] = []
    for rule in RULES:
        for rank, finding in enumerate(rule(portfolio)):
            accepted = reasons.get(acceptance_key(finding.code, finding.ids), "")
            key = _order(finding, rank if rule in RANKED else 0)
            one_line = " ".join(finding.message.split())
            ordered.append((key, replace(finding, message=one_line, accepted=accepted)))
    unused = unused_acceptances(portfolio, [finding for _, finding in ordered])
    ordered.extend((_order(finding, 0), finding) for finding in unused)
    return tuple(finding for _, finding in sorted(ordered, key=lambda pair: pair[0]))


def _order(finding: Finding, rank: int) -> tuple[int, str, int, Location, str]:
    place = finding.location or Location("")
    return (SEVERITIES.index(finding.severity), finding.code, rank, place, finding.message)
