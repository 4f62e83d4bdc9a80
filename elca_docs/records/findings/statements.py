"""Statements of documents compared with the records: one named rule per thing that can be stated.

A statement (statements.yaml) says `value` and names a `rule`; what the rule counts in the records is compared with
`value` x `times` (`times` is 1 where it is not written). A difference is the finding `total-differs`; a statement
without a rule is kept as a quotation and compared with nothing. `of` holds ids; what kind of ids depends on the rule:

    rule                 of                     what the stated number is compared with
    sum-of-targets       indicators, 1 or more  the sum of their targets; for a heading such as "12 in total", too
    planned-for          indicators, 1 or more  records that they would count: named ones and places of slots
    named-for            indicators, 1 or more  the same without slots: what a reader finds as rows of a table
    target-per-partner   one indicator          `value` is what each partner owes: with each target in `per_partner`,
                                                and `value` x number of partners with the indicator's target;
                                                `times`, where written, with the number of partners
    agreements-of-class  classes, none = all    agreements of these classes, places of slots included
    events-of-kind       kinds, none = all      events of these kinds, places of slots included
    contacts             nothing                contacts
    organisations        nothing                organisations (counterparts)
    partners             nothing                partners
    partner-countries    nothing                different countries of the partners
    missions             nothing                missions
    work-packages        nothing                work packages
    tasks-described      work packages, 1+      tasks of these work packages that have a title
    tasks-named          work packages, 1+      tasks of these work packages, with or without a title
    markets              nothing                target markets of the project
    sectors-beyond       nothing                sectors beyond the home ones (`beyond_mobility: true`)
    sectors-home         nothing                home sectors (`beyond_mobility: false`)
    duration-months      nothing                months the project lasts; for years write `times: 12`
    timeline-months      nothing                rows of the timeline
    timeline-activities  nothing                activities in the timeline
    month-within         one work package       `value` is a project month: it must lie inside that work package
    after-missions       kinds, 1 or more       nothing: it says that these events follow the missions (`sequence`)

A rule needs a `value`, but for the last one. A rule that is none of these, or ids in `of` that the rule does not take,
are problems of the records (`unknown-id`, `bad-value`), not findings. "5 participating countries": rule
partner-countries, value 5. "4 per partner": rule target-per-partner, value 4, times 5, of [KPI 4]. "38 different
events": rule sum-of-targets, value 38, of [KPI 6, KPI 7, KPI 8].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from elca_docs.model.indicators import Statement
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.planned import Planned
from elca_docs.records.text import counted

Takes = Literal["indicators", "classes", "kinds of event", "work packages", ""]
Difference = str
"""The second half of the sentence of a finding: what the records say instead; empty where they agree."""


@dataclass(frozen=True, slots=True)
class StatementRule:
    """What a statement's number is compared with: the kind of ids in `of`, how many, and the comparison itself."""

    differs: Callable[[Planned, Statement], Difference]
    takes: Takes = ""
    at_least: int = 0
    at_most: int = 0
    numbered: bool = True
    """Whether a statement with this rule needs a number; without one, `totals` compares nothing."""

    @property
    def wants(self) -> str:
        """How many ids of what kind `of` holds, in words."""
        if not self.takes:
            return "nothing"
        if self.at_most == 1:
            return "one of the " + self.takes
        return f"{'one or more' if self.at_least else 'any'} of the {self.takes}"


def stated_number(statement: Statement) -> int:
    """Return the number a statement makes: its value, times how often it applies."""
    return (statement.value or 0) * (1 if statement.times is None else statement.times)


def _unequal(statement: Statement, number: int, sentence: str) -> Difference:
    return "" if number == stated_number(statement) else sentence.replace("{n}", str(number))


def _sum_of_targets(planned: Planned, statement: Statement) -> Difference:
    targets = [planned.portfolio.indicator_by_id[each].target for each in statement.of]
    terms = " + ".join(str(each) for each in targets)
    if len(targets) == 1:
        return _unequal(statement, targets[0], f"the target of {statement.of[0]} is {terms}")
    return _unequal(statement, sum(targets), f"the targets of {', '.join(statement.of)} are {terms} = {{n}}")


def _planned_for(planned: Planned, statement: Statement) -> Difference:
    counts = [planned.for_indicator(planned.portfolio.indicator_by_id[each]) for each in statement.of]
    named, free = sum(each[0] for each in counts), sum(each[1] for each in counts)
    sentence = f"the records plan {{n}} for {', '.join(statement.of)} ({named} named, {free} places without a name)"
    return _unequal(statement, named + free, sentence)


def _named_for(planned: Planned, statement: Statement) -> Difference:
    named = sum(planned.for_indicator(planned.portfolio.indicator_by_id[each])[0] for each in statement.of)
    return _unequal(statement, named, f"the records name {{n}} for {', '.join(statement.of)}")


def _target_per_partner(planned: Planned, statement: Statement) -> Difference:
    indicator = planned.portfolio.indicator_by_id[statement.of[0]]
    partners = len(planned.portfolio.partners)
    other = sorted(owner for owner, target in indicator.per_partner.items() if target != statement.value)
    differences = (
        f"{indicator.id} has another target of its own for {', '.join(other)}" if other else "",
        f"the records have {counted(partners, 'partner')}" if statement.times not in (None, partners) else "",
        f"the target of {indicator.id} is {indicator.target} for {counted(partners, 'partner')}"
        if (statement.value or 0) * partners != indicator.target
        else "",
    )
    return "; ".join(each for each in differences if each)


def _agreements_of_class(planned: Planned, statement: Statement) -> Difference:
    named, free = planned.agreements(statement.of)
    return _unequal(statement, named + free, f"the records plan {{n}} ({named} named, {free} places without a name)")


def _events_of_kind(planned: Planned, statement: Statement) -> Difference:
    named, free = planned.events(statement.of)
    return _unequal(statement, named + free, f"the records plan {{n}} ({named} named, {free} places without a name)")


def _tasks(planned: Planned, statement: Statement) -> Difference:
    tasks = [each for each in planned.portfolio.project.tasks if each.work_package in statement.of]
    described = [each.id for each in tasks if each.title]
    wanted = described if statement.rule == "tasks-described" else tasks
    named = ", ".join(each.id for each in tasks) or "none"
    sentence = f"the records name {len(tasks)} ({named}) and describe {len(described)}"
    return _unequal(statement, len(wanted), sentence)


def _month_within(planned: Planned, statement: Statement) -> Difference:
    package = next(each for each in planned.portfolio.project.work_packages if each.id == statement.of[0])
    first, last = package.first_month, package.last_month
    month = stated_number(statement)
    inside = (first is None or first <= month) and (last is None or month <= last)
    return "" if inside else f"{package.id} runs from M{first or 1} to M{last or '?'}"


def _length(sentence: str, word: str, count: Callable[[Portfolio], int], plural: str = "") -> StatementRule:
    """Return a rule that takes no ids and compares with the number of something, which stands for {n}."""

    def differs(planned: Planned, statement: Statement) -> Difference:
        number = count(planned.portfolio)
        return _unequal(statement, number, sentence.replace("{n}", counted(number, word, plural)))

    return StatementRule(differs)


_MANY = 1_000
_HAVE = "the records have {n}"
STATEMENT_RULES: dict[str, StatementRule] = {
    "sum-of-targets": StatementRule(_sum_of_targets, "indicators", 1, _MANY),
    "planned-for": StatementRule(_planned_for, "indicators", 1, _MANY),
    "named-for": StatementRule(_named_for, "indicators", 1, _MANY),
    "target-per-partner": StatementRule(_target_per_partner, "indicators", 1, 1),
    "agreements-of-class": StatementRule(_agreements_of_class, "classes", 0, _MANY),
    "events-of-kind": StatementRule(_events_of_kind, "kinds of event", 0, _MANY),
    "contacts": _length(_HAVE, "contact", lambda portfolio: len(portfolio.contacts)),
    "organisations": _length(_HAVE, "organisation", lambda portfolio: len(portfolio.organisations)),
    "partners": _length(_HAVE, "partner", lambda portfolio: len(portfolio.partners)),
    "partner-countries": _length(
        "the partners of the records come from {n}",
        "country",
        lambda portfolio: len({each.country for each in portfolio.partners if each.country}),
        "countries",
    ),
    "missions": _length(_HAVE, "mission", lambda portfolio: len(portfolio.missions)),
    "work-packages": _length(_HAVE, "work package", lambda portfolio: len(portfolio.project.work_packages)),
    "tasks-described": StatementRule(_tasks, "work packages", 1, _MANY),
    "tasks-named": StatementRule(_tasks, "work packages", 1, _MANY),
    "markets": _length(_HAVE, "market", lambda portfolio: len(portfolio.project.markets)),
    "sectors-beyond": _length(
        "the records have {n} beyond the home ones",
        "sector",
        lambda portfolio: sum(each.beyond_mobility for each in portfolio.project.sectors),
    ),
    "sectors-home": _length(
        _HAVE, "home sector", lambda portfolio: sum(not each.beyond_mobility for each in portfolio.project.sectors)
    ),
    "duration-months": _length("the project lasts {n}", "month", lambda portfolio: portfolio.project.duration_months),
    "timeline-months": _length("the timeline has {n}", "row", lambda portfolio: len(portfolio.timeline.months)),
    "timeline-activities": _length(
        "the timeline has {n}",
        "activity",
        lambda portfolio: sum(len(each.activities) for each in portfolio.timeline.months),
        "activities",
    ),
    "month-within": StatementRule(_month_within, "work packages", 1, 1),
    "after-missions": StatementRule(lambda _planned, _statement: "", "kinds of event", 1, _MANY, numbered=False),
}
"""Every rule by the name a statement gives it."""
