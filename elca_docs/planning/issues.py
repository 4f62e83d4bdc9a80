"""Which versions to send, and why one cannot go out: a pure decision over records, register and what lies on disk.

Version 1 is what a person could look at: its draft must be there, unchanged and up to date. A later version follows
from records that changed since the last one was sent. Nothing goes out with a value missing that an agreement cannot do
without (DESIGN.md, rules 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from elca_docs.context import AgreementContext, context_of
from elca_docs.errors import Location, Problem
from elca_docs.model.log_events import Sent
from elca_docs.model.page_code import VERSIONS, codable
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning.drafts import Action, Choice, Disk, DraftStep, plan_drafts
from elca_docs.planning.variants import language_of, template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStep:
    """One version to send, or the reasons why it cannot go out (`problems`).

    `context` is that of a final document; `last` the version that was sent before; `draft` the name below output/ of
    the draft that this version was looked at in.
    """

    agreement: Agreement
    reference: str
    version: int
    language: str
    template: tuple[str, str] = ("", "")
    context: AgreementContext | None = None
    last: Sent | None = None
    draft: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The name of its files below register/issued/, without an ending."""
        return f"{self.reference.replace('/', '-')}_v{self.version}"

    @property
    def amends(self) -> bool:
        """Whether this is an amendment: its text is written by people, so it has no draft."""
        return _amends(self.agreement)


def plan_issues(
    portfolio: Portfolio, view: RegisterView, agreements: Iterable[Agreement], disk: Disk, choice: Choice
) -> tuple[IssueStep, ...]:
    """Return the version that each agreement would go out in."""
    planned = plan_drafts(portfolio, view, [each for each in agreements if not _amends(each)], disk, choice)
    drafts = {step.agreement: step for step in reversed(planned.steps)}  # its own language stands first
    return tuple(_step(portfolio, view, each, drafts.get(each.id), choice) for each in agreements)


def _step(
    portfolio: Portfolio, view: RegisterView, agreement: Agreement, draft: DraftStep | None, choice: Choice
) -> IssueStep:
    history = view.history(agreement.id)
    language = language_of(portfolio, agreement)
    last = max((each for each in history.sent if each.name), key=lambda each: each.version, default=None)
    template = template_of(portfolio, agreement, language, choice.templates)
    step = IssueStep(
        agreement=agreement,
        reference=history.reference,
        version=history.next_version,
        language=language,
        template=template or ("", ""),
        last=last,
        draft=draft.name if draft else "",
        problems=tuple(_obstacles(agreement, history)),
    )
    if step.problems:
        return step
    context = context_of(
        portfolio,
        agreement,
        reference=step.reference,
        version=step.version,
        language=language,
        as_of=choice.as_of,
        draft=False,
    )
    if choice.own_text:
        return replace(step, context=context)
    if step.amends:
        return replace(step, context=context, problems=(_without_text(step.reference),))
    problems = (
        *_unready(agreement, draft, history),
        *_untemplated(template, agreement, portfolio),
        *_unapproved(template, choice),
        *_wanting(context, step.reference, portfolio),
    )
    return replace(step, context=context, problems=problems)


def _obstacles(agreement: Agreement, history: AgreementHistory) -> Iterator[Problem]:
    """Yield why no version of this agreement can go out at all."""
    if history.ended:
        message = f"{history.reference or agreement.id} ended on {history.ended.on} ({history.ended.exit})"
        yield Problem("agreement-ended", message, fix="plan a new agreement that replaces it")
    elif not history.reference:
        message = f"{agreement.id} was never drafted, so it has no reference, and nobody has looked at its text"
        yield Problem("never-drafted", message, fix="invoke draft, look at the draft, then send")
    elif history.registered:
        message = f"{history.reference} is signed and registered as {history.registered.number}"
        fix = f"what changes a signed agreement is an amendment: invoke record amended --ref {history.reference}"
        yield Problem("already-signed", message, fix=fix)
    elif history.signatures:
        names = ", ".join(sorted(history.signed_parties))
        message = f"{names} signed {history.reference} already; a new version would need every signature again"
        fix = "undo those signatures in the register first (invoke record corrected), or wait for the others"
        yield Problem("already-signed", message, fix=fix)
    elif not codable(history.reference):
        message = f"the reference {history.reference} does not fit into the code that each page carries"
        yield Problem("reference-not-codable", message, fix="shorten the mask of references in records/project.yaml")
    elif history.next_version > len(VERSIONS):
        message = f"{history.reference} went out in {len(VERSIONS)} versions, and the code of a page counts no further"
        fix = "end it (invoke record ended … --exit void) and plan a new agreement that replaces it"
        yield Problem("too-many-versions", message, fix=fix)


def _without_text(reference: str) -> Problem:
    message = f"{reference} is an amendment: no records hold its text"
    fix = f"write it in Word with {reference} in it, then: invoke send --ref {reference} --from FILE.docx"
    return Problem("text-not-named", message, fix=fix)


def _unready(agreement: Agreement, draft: DraftStep | None, history: AgreementHistory) -> Iterator[Problem]:
    """Yield why the draft is not what could go out: a later version needs none."""
    action: Action | None = draft.action if draft else None
    if action in {None, "unchanged", "settled"} or history.sent or draft is None:
        return
    place = Location(f"output/{draft.name}")
    if action == "edited":
        message = f"the draft of {history.reference} was edited by hand, and the records do not know what changed"
        fix = f"send the edited text: invoke send --ref {history.reference} --from output/{draft.name}"
        yield Problem("draft-edited", message, place, fix)
    elif action in {"changed", "restore", "new"}:
        what = "is gone" if action == "restore" else "is older than the records or the template"
        message = f"the draft of {history.reference} {what}: nobody has looked at what would go out"
        yield Problem("draft-outdated", message, place, f"invoke draft --only {agreement.id}, look at it, then send")


def _untemplated(template: tuple[str, str] | None, agreement: Agreement, portfolio: Portfolio) -> Iterator[Problem]:
    if template is None:
        name = portfolio.class_by_id[agreement.class_].template
        message = f"there is no usable template '{name}' for {agreement.id}"
        yield Problem("template-missing", message, Location("templates/agreements"), "invoke draft says what is wrong")


def _unapproved(template: tuple[str, str] | None, choice: Choice) -> Iterator[Problem]:
    """Yield that nobody approved the template as it is now, where the project asks for that."""
    if template and choice.approved is not None and choice.templates[template] not in choice.approved:
        name = f"templates/agreements/{'.'.join(each for each in template if each)}.docx"
        message = "nobody has approved this template as it is now, and records/project.yaml asks for that"
        fix = f"look at it, then: invoke templates.approve --file {name} --by YOUR-ID"
        yield Problem("template-not-approved", message, Location(name), fix)


def _wanting(context: AgreementContext, reference: str, portfolio: Portfolio) -> Iterator[Problem]:
    """Yield each mandatory field without a value, at the record that lacks it."""
    for each in context.missing:
        kind, *_ = path = each.record.split("/")
        place = portfolio.place(*path)
        where = "there" if place else f"into records/{kind}.yaml"
        fix = f"write {each.key} {where}" + (f"; ask {each.owner}" if each.owner else "")
        yield Problem("document-incomplete", f"{reference}: the {each.label} is missing", place, fix)


def _amends(agreement: Agreement) -> bool:
    return "/" in agreement.id
