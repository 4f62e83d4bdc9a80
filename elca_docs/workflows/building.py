"""`build`: everything that can be made from the records, and one screen that says where the project stands.

The screen is at most 25 lines: what was made, one line per partner with the sheet to fill, the indicators as bars, the
worst findings, and one next step.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import DocsError, Problem
from elca_docs.model.figures import Figure
from elca_docs.model.findings import SEVERITIES
from elca_docs.planning import Filters
from elca_docs.records import findings_of
from elca_docs.workflows import archive
from elca_docs.workflows.compiling import Compiled, compiled
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import Drafting, kept
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.finding_lines import counted
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.summary import Summary

_BAR = 12
_PARTNERS = 5
_INDICATORS = 10
_WORST = 3
_WIDTH = 110


def build(desk: Desk) -> Summary:
    """Draft, compile and count; one document that fails never stops the others."""
    drafting = make_drafts(desk, Filters())
    deliverables, problems = _deliverables(desk)
    shown = archive.refresh(desk)
    wrote = bool(drafting.written or drafting.sheets or shown.written or any(each.written for each in deliverables))
    problems = [*drafting.problems, *problems, *shown.problems]
    idle = not (wrote or drafting.undrafted or problems or any(each.old_pdf for each in deliverables))
    lines = (
        *_made(desk, drafting, deliverables, idle=idle),
        *_partners(desk, drafting),
        *indicator_lines(desk),
        *_findings(desk),
        _next_step(desk, drafting, troubled=bool(problems)),
    )
    return Summary(lines=lines, problems=tuple(problems))


def _deliverables(desk: Desk) -> tuple[list[Compiled], list[Problem]]:
    done: list[Compiled] = []
    problems: list[Problem] = []
    for deliverable in desk.portfolio.deliverables:
        try:
            done.append(compiled(desk, deliverable))
        except DocsError as error:
            problems.extend(error.problems)
    return done, list(dict.fromkeys(problems))


def _made(desk: Desk, drafting: Drafting, deliverables: list[Compiled], *, idle: bool) -> Iterator[str]:
    project = desk.portfolio.project
    yield f"{project.acronym} · grant {project.grant_number} · as of {desk.as_of.isoformat()}" + (
        f" ({desk.as_of_note})" if desk.as_of_note else ""
    )
    yield from drafting.announced
    if idle:
        yield "nothing to do: every file is as the records want it, nothing was written"
    actions = [step.action for step in drafting.plan.steps]
    words = {
        "new": "new",
        "changed": "changed",
        "restore": "restored",
        "unchanged": "unchanged",
        "settled": "sent or signed",
    }
    parts = [f"{actions.count(action)} {word}" for action, word in words.items() if action in actions]
    yield f"drafts    output/agreements/    {', '.join(parts) or 'none'}" + "".join(
        f" · {actions.count(action)} {action}" for action in ("edited", "failed", "no template") if action in actions
    )
    if deliverables:
        states = (("written", True), ("unchanged", False))
        named = [(word, [each.id for each in deliverables if each.written is state]) for word, state in states]
        told = " · ".join(f"{', '.join(ids)} {word}" for word, ids in named if ids)
        yield f"documents output/deliverables/  {told}"
    yield from (f"document  output/{each.name}{kept(each.aside)}" for each in deliverables if each.aside)
    if old := ", ".join(f"output/{each.old_pdf}" for each in deliverables if each.old_pdf):
        yield f"PDF       of an earlier compile, may say something else (invoke compile renews it): {old}"
    yield from (f"sheet     output/{name}{kept(aside)}" for name, aside in drafting.sheets.items() if aside)


def _partners(desk: Desk, drafting: Drafting) -> Iterator[str]:
    """Yield one line per partner: drafts it leads, and the sheet to fill."""
    shown = desk.portfolio.partners[:_PARTNERS]
    for partner in shown:
        led = sum(
            desk.portfolio.agreement_by_id[step.agreement].responsible[0] == partner.id for step in drafting.plan.steps
        )
        fields = drafting.missing.get(partner.id, 0)
        sheet = f"{fields} fields to fill in output/missing/{partner.id}.xlsx" if fields else "nothing is missing"
        if drafting.undrafted:
            sheet = "missing fields are counted again when every draft can be made"
        yield f"  {partner.id:<6}{led:>3} drafts   {sheet}"
    if len(desk.portfolio.partners) > len(shown):
        yield f"  … and {len(desk.portfolio.partners) - len(shown)} partners more: invoke status --by partner"


def indicator_lines(desk: Desk) -> Iterator[str]:
    """Yield the indicators as bars, with a line that says how to read them."""
    figures = report_on(desk, desk.register.view()).figures
    yield f"{'':8}{'':{_BAR}}  planned named signed counted   (█ counted ▓ signed ▒ named ░ planned · open)"
    for figure in figures[:_INDICATORS]:
        signed = "–" if figure.signed is None else str(figure.signed)
        text = (
            f"{figure.id:<8}{_bar(figure)}  {figure.planned:>7} {figure.named:>5} {signed:>6}"
            f" {figure.counted:>3} of {figure.target:<3} {figure.title}"
        )
        yield text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    if len(figures) > _INDICATORS:
        yield f"… and {len(figures) - _INDICATORS} more: invoke status"


def _bar(figure: Figure) -> str:
    """Return the target as twelve places, filled from the left by the strongest state reached."""
    reached = ((figure.counted, "█"), (figure.signed or 0, "▓"), (figure.named, "▒"), (figure.planned, "░"))
    target = max(figure.target, 1)
    bar = ""
    for amount, mark in reached:
        places = min(_BAR, round(_BAR * amount / target)) if amount else 0
        bar += mark * max(0, places - len(bar))
    return bar.ljust(_BAR, "·")


def _findings(desk: Desk) -> Iterator[str]:
    open_ones = [finding for finding in findings_of(desk.portfolio) if not finding.accepted]
    ranked = sorted(open_ones, key=lambda finding: SEVERITIES.index(finding.severity))
    yield f"findings: {counted(open_ones)}" + (" (all: invoke check)" if open_ones else "")
    for finding in ranked[:_WORST]:
        text = f"  {finding.severity} {finding.code}: {finding.message}"
        yield text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _next_step(desk: Desk, drafting: Drafting, *, troubled: bool) -> str:
    """Return the one thing to do now."""
    if troubled:
        return "next: mend what is listed below, then invoke build again"
    if edited := [step for step in drafting.plan.steps if step.action == "edited"]:
        return f"next: drafts edited by hand were left alone ({len(edited)}): invoke draft lists them"
    if drafting.missing:
        owner = max(sorted(drafting.missing), key=lambda each: drafting.missing[each])
        return f"next: send output/missing/{owner}.xlsx to {owner}, or try the whole road first: invoke demo"
    if any(each.pending for each in report_on(desk, desk.register.view()).agreements):
        return "next: file what came back signed: invoke register --ref … --file … --signed-by …"
    return "next: invoke status"
