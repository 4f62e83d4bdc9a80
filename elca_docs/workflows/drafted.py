"""What drafting came to, and how a person reads it. It makes and decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from elca_docs.errors import Problem
from elca_docs.planning import DraftPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What drafting did: the plan it carried out, the files it wrote, the problems of single documents."""

    plan: DraftPlan
    written: tuple[str, ...]
    sheets: Mapping[str, str]
    """The sheets written, each with the name under which one that was filled in is kept now, or ""."""
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
        for name in step.left:
            yield f"left alone, edited by hand: output/{name} (this draft is called output/{step.name} now)"
    if failed := sorted({step.agreement for step in done.plan.steps if step.action == "failed"}):
        yield f"not drafted, for the reasons below: {', '.join(failed)}"
    for (name, language), number in Counter(_wanting_template(done.plan)).items():
        files = f"templates/agreements/{name}.{language}.docx, or {name}.docx for the project's own language"
        yield f"no usable template for {number} drafts in language '{language}': {files}"
    for name, aside in done.sheets.items():
        yield f"{verb} output/{name}{kept(aside)}"
    if done.missing:
        waiting = ", ".join(f"{owner} {number}" for owner, number in sorted(done.missing.items()))
        yield f"fields to fill: {waiting} (sheets in output/missing/)"


def kept(aside: str) -> str:
    """Return what to say behind a file's name where a person's version of it was kept beside it; "" where none was."""
    return f" (yours, with your changes, is kept as {aside})" if aside else ""


def once_per_folder(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problem of each kind in each folder; it says how many files there have the same trouble."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        folder = problem.location.path.rpartition("/")[0] if problem.location else ""
        kinds.setdefault((problem.code, folder), []).append(problem)
    for first, *others in kinds.values():
        more = f" (and {len(others)} more in the same folder)" if others else ""
        yield replace(first, message=first.message + more)


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
