"""Findings on who owes what: shared records, undivided places and targets, partners without a part or with too much."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import Task
from elca_docs.records.findings.loads import Load, Loads, idle_partners, is_shared
from elca_docs.records.findings.occasions import is_slot, named_rows, rows_of
from elca_docs.records.findings.words import joined, listed, parts_of, words_of
from elca_docs.records.text import counted

_EVEN_SHARES = 2
"""Of a total, a partner may carry so many even shares before it is worth a look."""


def shared_rows_say_who_does_what(portfolio: Portfolio) -> Iterator[Finding]:
    """Where partners share a record, its steps or commitments say what each of them does."""
    for stem, row in named_rows(portfolio):
        if idle := idle_partners(row):
            yield Finding(
                code="shared-responsibility",
                severity="warning",
                message=f"{stem.removesuffix('s')} {row.id} is shared by {joined(row.responsible)}, and no step says "
                f"what {joined(idle)} {'does' if len(idle) == 1 else 'do'}, so nobody can say who is credited",
                ids=(row.id, *row.responsible),
                location=portfolio.place(stem, row.id, "responsible"),
                other_location=portfolio.place(stem, row.id, "steps"),
                fix="name the partners in 'by' of its steps, or accept that the first one is credited",
            )


def slots_are_divided(portfolio: Portfolio) -> Iterator[Finding]:
    """Places without a name belong to one partner each: nobody looks for what is everybody's."""
    loads = Loads(portfolio)
    for stem, row in rows_of(portfolio):
        free = loads.size(row)
        if is_slot(row) and is_shared(row) and free:
            mission = getattr(row, "mission", None) or not portfolio.missions
            yield Finding(
                code="slots-undivided",
                severity="warning",
                message=f"{row.id} keeps {counted(free, 'place')} for {len(row.responsible)} partners "
                f"({', '.join(row.responsible)}), and nothing says how many are whose"
                f"{'' if mission else ' or for which mission'}",
                ids=(row.id,),
                location=portfolio.place(stem, row.id, "responsible"),
                other_location=portfolio.place(stem, row.id, "slots"),
                fix=f"write one slot record per partner{'' if mission else ' and mission'}, each with its own number",
            )


def targets_are_divided(portfolio: Portfolio) -> Iterator[Finding]:
    """Where some targets are divided among the partners, the others are too, by a target or by the plan itself."""
    loads = Loads(portfolio)
    divided = [each for each in portfolio.indicators if each.per_partner]
    without = [each for each in portfolio.indicators if not each.per_partner]
    reasons = {each.id: _why_undivided(loads.behind(each), each.target) for each in without}
    if divided and any(reasons.values()):
        yield Finding(
            code="missing-partner-target",
            severity="warning",
            message=f"{joined(each.id for each in divided)} {'has' if len(divided) == 1 else 'have'} targets of single "
            f"partners, and {joined(reasons)} {'has' if len(reasons) == 1 else 'have'} none; nor does the plan divide "
            f"{joined(f'{identifier} ({why})' for identifier, why in reasons.items() if why)}",
            ids=tuple(reasons),
            location=portfolio.place("indicators", without[0].id, "target"),
            other_location=portfolio.place("indicators", divided[0].id, "per_partner"),
            fix="agree on what each partner owes and write it as 'per_partner'",
        )


def partners_have_what_they_owe(portfolio: Portfolio) -> Iterator[Finding]:
    """Each partner has as many records as its own target of an indicator."""
    loads = Loads(portfolio)
    for indicator in portfolio.indicators:
        load = loads.behind(indicator)
        if load.undivided or indicator.rule.counts not in {"contacts", "agreements", "events"}:
            continue
        for partner, owed in indicator.per_partner.items():
            if load.of[partner] < owed:
                yield _without_part(
                    portfolio,
                    f"{indicator.id} wants {owed} of {partner}, and the plan holds {load.of[partner]} for it",
                    (indicator.id, partner),
                    ("indicators", indicator.id, "per_partner", partner),
                )


def participants_have_a_part(portfolio: Portfolio) -> Iterator[Finding]:
    """Where a duty binds a task and nobody in particular, each partner in the task has an event of that kind."""
    tasks = {str(each.id): each for each in portfolio.project.tasks}
    partners_of: dict[str, set[str]] = {}
    for event in portfolio.events:
        partners_of.setdefault(str(event.kind), set()).update(event.responsible)
    for duty in portfolio.timeline.duties:
        task = tasks.get(duty.task or "")
        if task is None or duty.responsible:
            continue
        for kind, active in partners_of.items():
            idle = [each for each in _members(task) if each not in active]
            if idle and parts_of(kind) <= words_of(duty.what):
                yield _without_part(
                    portfolio,
                    f"duty {duty.id} ('{duty.what}') binds {task.id} as a whole, and of its partners {joined(idle)} "
                    f"{'has' if len(idle) == 1 else 'have'} no event of the kind '{kind}'",
                    (duty.id, *idle),
                    ("timeline", "duties", duty.id),
                )


def loads_are_even(portfolio: Portfolio) -> Iterator[Finding]:
    """No partner carries more than two even shares of what an indicator counts."""
    loads = Loads(portfolio)
    partners = [str(each.id) for each in portfolio.partners]
    heavy: dict[str, dict[str, str]] = {}
    for indicator in portfolio.indicators:
        load = loads.behind(indicator)
        for partner in partners if load.total >= len(partners) else ():
            if load.of[partner] * len(partners) > _EVEN_SHARES * load.total:
                heavy.setdefault(partner, {})[indicator.id] = _share(load, partner, partners, indicator.id)
    for partner, shares in heavy.items():
        yield Finding(
            code="uneven-load",
            severity="warning",
            message=f"{partner} is responsible for {joined(shares.values())}, more than two even shares of "
            f"{len(partners)} partners",
            ids=(partner, *shares),
            location=portfolio.place("partners", partner),
            other_location=portfolio.place("indicators", next(iter(shares))),
            fix="share it out, or accept it where the partner has agreed to it",
        )


def duties_have_an_owner(portfolio: Portfolio) -> Iterator[Finding]:
    """Every duty names the partners that owe it."""
    if nobodys := [each.id for each in portfolio.timeline.duties if not each.responsible]:
        yield Finding(
            code="duty-without-owner",
            severity="warning",
            message=f"{counted(len(nobodys), 'duty names', 'duties name')} no partner, so each participant may owe "
            f"{'it' if len(nobodys) == 1 else 'them'}, or the task as a whole: {listed(nobodys)}",
            ids=tuple(nobodys),
            location=portfolio.place("timeline", "duties", nobodys[0]),
            fix="write the partners that owe it as 'responsible'",
        )


def _without_part(portfolio: Portfolio, message: str, ids: tuple[str, ...], path: tuple[str, ...]) -> Finding:
    return Finding(
        code="partner-without-part",
        severity="warning",
        message=message,
        ids=ids,
        location=portfolio.place(*path),
        other_location=portfolio.place("partners", ids[-1]),
        fix="plan what is missing, at least as a slot, or say who owes it",
    )


def _members(task: Task) -> list[str]:
    return [str(each) for each in dict.fromkeys((task.leader, *task.participants)) if each]


def _why_undivided(load: Load, target: int) -> str:
    """Return why the plan does not say what each partner owes of a target; empty where it does."""
    planned = load.total + load.undivided
    if planned > target:
        return f"{planned} planned for {target}"
    if load.undivided:
        return f"{counted(load.undivided, 'place')} of several partners"
    return f"{counted(load.unsettled, 'shared record')}" if load.unsettled else ""


def _share(load: Load, partner: str, partners: list[str], indicator: str) -> str:
    others = sorted(load.of[each] for each in partners if each != partner)
    span = f"{others[0]} each" if others[0] == others[-1] else f"{others[0]} to {others[-1]} each"
    return f"{load.of[partner]} of {load.total} for {indicator} (the others {span})"
