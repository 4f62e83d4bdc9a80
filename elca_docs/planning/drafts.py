"""Which drafts to make, which to leave alone, and why: a pure decision over records, register and what lies on disk.

A draft is settled once it was sent or signed: only `send` may make its next version (DESIGN.md, rule 4). A file that is
not what the register last wrote was edited by a person and is never overwritten. A reference is given at the first
draft and only to a document that can be made, so that no number is burnt: the caller names the documents that failed in
`failed` and asks again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date
from typing import Literal

from elca_docs.context import AgreementContext, context_of
from elca_docs.model.log_events import Drafted, Referenced
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning.names import UNNAMED, draft_name, slug
from elca_docs.planning.references import References
from elca_docs.planning.variants import language_of, template_of

Action = Literal["new", "changed", "restore", "unchanged", "edited", "settled", "no template", "failed"]
TO_RENDER: tuple[Action, ...] = ("new", "changed", "restore")

Disk = Mapping[str, str]
"""SHA-256 of the files below output/, by their name relative to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which agreements are asked for; empty fields do not restrict. `only` holds record ids."""

    only: frozenset[str] = frozenset()
    partner: str = ""
    mission: str = ""
    class_: str = ""

    def admits(self, agreement: Agreement) -> bool:
        """Whether the agreement is asked for."""
        return (
            (not self.only or agreement.id in self.only)
            and (not self.partner or self.partner in agreement.responsible)
            and (not self.mission or self.mission == agreement.mission)
            and (not self.class_ or self.class_ == agreement.class_)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How drafts are to be made: `templates` maps (template, language) to the template's SHA-256.

    `language` asks for a variant besides the agreement's own; `replace` holds ids whose edited draft moves aside;
    `failed` the documents, by (id, language), that could not be rendered in this run. `own_text`: a text at hand takes
    the place of what would be rendered, when a version is sent. `approved` holds the SHA-256 of every template that may
    go out; None where any may.
    """

    templates: Mapping[tuple[str, str], str]
    as_of: date
    language: str = ""
    replace: Collection[str] = frozenset()
    failed: Collection[tuple[str, str]] = frozenset()
    own_text: bool = False
    approved: Collection[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStep:
    """One document and what is to happen to it. `stale` are older files of it under other names, with their digests."""

    agreement: str
    action: Action
    name: str
    reference: str = ""
    referenced: Referenced | None = None
    version: int = 0
    language: str = ""
    template: tuple[str, str] = ("", "")
    context: AgreementContext | None = None
    inputs: str = ""
    last: Drafted | None = None
    found: str = ""
    """SHA-256 of the file that lies under `name`, empty where there is none."""
    stale: tuple[tuple[str, str], ...] = ()
    aside: str = ""
    """The name under which an edited file is kept when it is replaced."""
    left: tuple[str, ...] = ()
    """Files of this draft under earlier names that a person edited: they stay where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """All steps, in the order of references."""

    steps: tuple[DraftStep, ...]

    @property
    def to_render(self) -> tuple[DraftStep, ...]:
        """The steps that make a document."""
        return tuple(step for step in self.steps if step.action in TO_RENDER)


def chosen(portfolio: Portfolio, filters: Filters) -> tuple[Agreement, ...]:
    """Return the named agreements asked for: by class in the project's order, then by id (2 before 10)."""
    order = {each.id: place for place, each in enumerate(portfolio.project.classes)}
    named = (each for each in portfolio.agreements if not each.is_slot and filters.admits(each))
    return tuple(sorted(named, key=lambda each: (order[each.class_], _natural(each.id))))


def plan_drafts(
    portfolio: Portfolio, view: RegisterView, agreements: Iterable[Agreement], disk: Disk, choice: Choice
) -> DraftPlan:
    """Return what to do for each agreement in each language wanted. A plan after apply is empty."""
    planner = _Planner(portfolio, view, disk, choice)
    return DraftPlan(steps=tuple(step for agreement in agreements for step in planner.steps_of(agreement)))


class _Planner:
    """One decision: what all steps look at, and the references given so far."""

    def __init__(self, portfolio: Portfolio, view: RegisterView, disk: Disk, choice: Choice) -> None:
        self._portfolio = portfolio
        self._view = view
        self._disk = disk
        self._choice = choice
        self._references = References(portfolio, view, year=choice.as_of.year)

    def steps_of(self, agreement: Agreement) -> list[DraftStep]:
        """Return the steps of one agreement, one per language; none where it has ended."""
        history = self._view.history(agreement.id)
        if history.ended:
            return []
        reference, referenced = self._references.of(agreement)
        steps: list[DraftStep] = []
        for language in self._languages(agreement, history):
            step = self._step(agreement, history, reference, language)
            if referenced is not None and step.action in TO_RENDER:
                self._references.give(agreement)
                step, referenced = replace(step, referenced=referenced), None
            steps.append(step)
        return steps

    def _step(self, agreement: Agreement, history: AgreementHistory, reference: str, language: str) -> DraftStep:
        name = self._name(agreement, reference, language)
        last = next((each for each in reversed(history.drafts) if each.language == language), None)
        step = DraftStep(
            agreement=agreement.id,
            action="settled",
            name=last.name if last else name,
            reference=reference,
            language=language,
            last=last,
        )
        if history.sent or history.signatures:
            return step
        if (agreement.id, language) in self._choice.failed:
            return replace(step, action="failed", reference=history.reference)
        template = template_of(self._portfolio, agreement, language, self._choice.templates)
        if template is None:
            wanted = (self._portfolio.class_by_id[agreement.class_].template, language)
            return replace(step, action="no template", name=name, template=wanted)
        context = context_of(
            self._portfolio,
            agreement,
            reference=reference,
            version=history.next_version,
            language=language,
            as_of=self._choice.as_of,
        )
        earlier = {(each.name, each.file) for each in history.drafts if each.language == language}
        planned = replace(
            step,
            name=name,
            version=history.next_version,
            template=template,
            context=context,
            inputs=digest_of(self._choice.templates[template], context.values),
            stale=tuple(sorted(each for each in earlier if each[0] != name and self._disk.get(each[0]) == each[1])),
            left=self._edited_under(earlier, name),
        )
        ours = frozenset(each.file for each in history.drafts if each.name == name)
        return self._against_disk(replace(planned, found=self._disk.get(name, "")), ours)

    def _against_disk(self, step: DraftStep, ours: frozenset[str]) -> DraftStep:
        """Return the step with the action that follows from what lies on disk; `ours` are all digests we ever wrote.

        An older draft of ours is no edit: the run that should have replaced it was killed, or is still writing.
        """
        last = step.last
        same = last is not None and last.inputs == step.inputs and last.name == step.name
        if step.found and step.found not in ours:
            if step.agreement not in self._choice.replace:
                return replace(step, action="edited")
            step = replace(step, aside=self._aside(step.name))
        if not same:
            return replace(step, action="changed" if last else "new")
        return replace(step, action="unchanged" if last and step.found == last.file else "restore")

    def _edited_under(self, earlier: Collection[tuple[str, str]], name: str) -> tuple[str, ...]:
        """Return the earlier names under which lies what we never wrote there."""
        names = {each for each, _ in earlier} - {name}
        return tuple(sorted(each for each in names & set(self._disk) if (each, self._disk[each]) not in earlier))

    def _name(self, agreement: Agreement, reference: str, language: str) -> str:
        class_ = self._portfolio.class_by_id[agreement.class_]
        labels = " ".join(self._portfolio.organisation_by_id[each].label for each in agreement.counterparts)
        counterpart = labels if slug(labels) != UNNAMED else " ".join(agreement.counterparts)
        variant = "" if language == language_of(self._portfolio, agreement) else language
        return f"agreements/{class_.folder or class_.id}/{draft_name(reference, counterpart, language=variant)}"

    def _languages(self, agreement: Agreement, history: AgreementHistory) -> tuple[str, ...]:
        """Return the languages to draft in: the agreement's own first, the one asked for, and those drafted before."""
        own = language_of(self._portfolio, agreement)
        asked = {self._choice.language} if self._choice.language else set()
        others = {each.language for each in history.drafts if each.language} | asked
        return (own, *sorted(others - {own}))

    def _aside(self, name: str) -> str:
        """Return a free name for an edited file: `….edited-1.docx`."""
        stem = name.removesuffix(".docx")
        count = 1
        while (aside := f"{stem}.edited-{count}.docx") in self._disk:
            count += 1
        return aside


def digest_of(template: str, values: Mapping[str, object]) -> str:
    """Return the SHA-256 of everything a document is made from: the template's digest and the context's values."""
    text = json.dumps([template, values], sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _natural(identifier: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"[0-9]+|[^0-9]+", identifier)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
