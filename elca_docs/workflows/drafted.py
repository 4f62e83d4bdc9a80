"""What drafting came to, and how a person reads it. It makes and decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.errors import Problem
from elca_docs.planning import DraftPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What drafting did: the plan it carried out, the files it wrote, the problems of single documents."""

    plan: DraftPlan
    written: tuple[str, ...]
    sheets: tuple[str, ...]
    problems: tuple[Problem, ...]
    announced: tuple[str, ...]
    """What else a person should know: the register was opened, a torn segment kept."""
    missing: dict[str, int]
    """Missing mandatory fields by partner; partners that miss nothing are not in it."""

    @property
    def undrafted(self) -> bool:
        """Whether some agreement could not be drafted, so that nobody knows what it misses."""
        return undrafted(self.plan)


def lines_of(done: Drafting, *, dry_run: bool) -> Iterator[str]:
    """Yield what a person reads after drafting: what was made, what was left alone, and what to do about it."""
    yield from done.announced
    made = [step for step in done.plan.to_render if dry_run or step.name in done.written]
    verb = "would write" if dry_run else "wrote"
    for step in made:
        yield f"{verb} output/{step.name}" + (
            f" (your edited file is kept as output/{step.aside})" if step.aside else ""
        )
    count = {action: sum(step.action == action for step in done.plan.steps) for action in _COUNTED}
    yield "  ".join(f"{word}: {count[action]}" for action, word in _COUNTED.items() if count[action] or action == "new")
    for step in done.plan.steps:
        if step.action == "edited":
            again = f"to start over: invoke draft --replace {step.agreement}"
            yield f"left alone, edited by hand: output/{step.name} ({again})"
    for (name, language), number in Counter(_wanting_template(done.plan)).items():
        files = f"templates/agreements/{name}.{language}.docx, or {name}.docx for the project's own language"
        yield f"no usable template for {number} drafts in language '{language}': {files}"
    for name in done.sheets:
        yield f"{verb} output/{name}"
    if done.missing:
        waiting = ", ".join(f"{owner} {number}" for owner, number in sorted(done.missing.items()))
        yield f"fields to fill: {waiting} (sheets in output/missing/)"


_COUNTED = {
    "new": "new",
    "changed": "changed",
    "restore": "restored",
    "unchanged": "unchanged",
    "edited": "edited by hand",
    "settled": "sent or signed",
    "failed": "failed",
    "no template": "without template",
}


def _wanting_template(plan: DraftPlan) -> Iterator[tuple[str, str]]:
    yield from (step.template for step in plan.steps if step.action == "no template")


def undrafted(plan: DraftPlan) -> bool:
    """Whether an agreement has no document at all because a template is missing or fails."""
    drafted = {step.agreement for step in plan.steps if step.context}
    return any(step.action in {"failed", "no template"} and step.agreement not in drafted for step in plan.steps)
