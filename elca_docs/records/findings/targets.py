"""Findings on indicators: targets against what is planned, and plans that no indicator counts."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.planned import Planned
from elca_docs.records.near import Vocabulary
from elca_docs.records.text import counted


def plans_exceed_targets(portfolio: Portfolio) -> Iterator[Finding]:
    """An indicator has as many planned records as its target, not more: is the rest a reserve, or the target wrong?"""
    planned = Planned(portfolio)
    for indicator in portfolio.indicators:
        named, free = planned.for_indicator(indicator)
        if named + free > indicator.target:
            yield Finding(
                code="plan-exceeds-target",
                severity="warning",
                message=f"{indicator.id} has a target of {indicator.target}, and the plan holds {named + free} "
                f"({named} named, {free} places without a name)",
                ids=(indicator.id,),
                location=portfolio.place("indicators", indicator.id, "target"),
                fix="correct the target, or say in its remark that the others are a reserve and accept this",
            )


def targets_are_planned(portfolio: Portfolio) -> Iterator[Finding]:
    """Every unit of a target is planned: by a named record, or at least by a place of a slot."""
    planned = Planned(portfolio)
    for indicator in portfolio.indicators:
        named, free = planned.for_indicator(indicator)
        missing = indicator.target - named - free
        if missing > 0:
            yield Finding(
                code="target-unplanned",
                severity="warning",
                message=f"{indicator.id} has a target of {indicator.target}, and the plan holds {named + free}, "
                f"{missing} too few",
                ids=(indicator.id,),
                location=portfolio.place("indicators", indicator.id, "target"),
                fix=f"plan {missing} more, with 'slots: {missing}' while nothing else is known",
            )


def targets_are_named(portfolio: Portfolio) -> Iterator[Finding]:
    """Every unit of a target that is planned has a name: nobody can sign or meet a slot."""
    planned = Planned(portfolio)
    for indicator in portfolio.indicators:
        named, free = planned.for_indicator(indicator)
        if named < indicator.target and free:
            yield Finding(
                code="target-unnamed",
                severity="warning",
                message=f"{indicator.id} has a target of {indicator.target}, and the plan holds "
                f"{counted(named, 'name')} and {counted(free, 'place')} without a name",
                ids=(indicator.id,),
                location=portfolio.place("indicators", indicator.id, "target"),
                fix="name them one by one, each with 'fills:' and the id of the slot",
            )


def plans_are_counted(portfolio: Portfolio) -> Iterator[Finding]:
    """Every class of agreement and kind of event that is planned is counted by an indicator."""
    rules = [indicator.rule for indicator in portfolio.indicators]
    counted = {
        "agreements": Vocabulary(str(each) for rule in rules if rule.counts == "agreements" for each in rule.classes),
        "events": Vocabulary(str(each) for rule in rules if rule.counts == "events" for each in rule.kinds),
    }
    everything = {rule.counts for rule in rules if not rule.classes and not rule.kinds}
    planned: dict[tuple[str, str], list[str]] = {}
    for agreement in portfolio.agreements:
        planned.setdefault(("agreements", str(agreement.class_)), []).append(agreement.id)
    for event in portfolio.events:
        planned.setdefault(("events", str(event.kind)), []).append(event.id)
    for (what, name), ids in planned.items():
        if name not in counted[what].words and what not in everything:
            sort = "class" if what == "agreements" else "kind"
            yield Finding(
                code="counts-nowhere",
                severity="warning",
                message=f"{what} of the {sort} '{name}' are planned ({Vocabulary(ids).listed(6)}), and no indicator "
                "counts them",
                ids=(ids[0],),
                location=portfolio.place(what, ids[0], sort),
                fix=counted[what].did_you_mean(
                    name, "add it to the rule of an indicator, or accept that it never counts"
                ),
            )


def counted_kinds_are_planned(portfolio: Portfolio) -> Iterator[Finding]:
    """Every kind of event that an indicator counts is the kind of at least one event."""
    planned = Vocabulary(str(event.kind) for event in portfolio.events)
    for indicator in portfolio.indicators:
        for kind in indicator.rule.kinds:
            if kind not in planned.words:
                yield Finding(
                    code="kind-without-event",
                    severity="warning",
                    message=f"{indicator.id} counts events of the kind '{kind}', and no event has it",
                    ids=(indicator.id,),
                    location=portfolio.place("indicators", indicator.id, "rule", "kinds"),
                    fix=planned.did_you_mean(kind, "plan one, at least as a slot"),
                )
