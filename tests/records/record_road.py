"""The whole road of a record set: reading, findings, drafts, status, reminders, sheets, deliverables; and its law.

Run as a program with a range of seeds, it walks the mutated sets of these within bounds of time and memory, and prints
one JSON value. It is a process of its own, so that a bound that breaks ends no other test.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from time import process_time
from typing import Any

from bounds import Bound, bounded, peak
from mutated_sets import mutated
from mutations import PROJECTS, ROOT, Files, project

from elca_docs.context import missing_fields
from elca_docs.errors import Problem, RecordsError
from elca_docs.exchange import (
    book_of,
    calendar_of,
    findings_workbook,
    mail_draft,
    mail_text,
    missing_workbook,
    workbook_of,
)
from elca_docs.model import log_events as log
from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.planning import Choice, DraftPlan, Filters, chosen, plan_drafts
from elca_docs.records import CODES, findings_of, read_portfolio
from elca_docs.rendering import CompiledTemplate, compile_document, compile_template
from elca_docs.reporting import partner_blocks, plan_blocks, report_blocks, subject_of
from elca_docs.tracking import (
    agenda_of,
    by_agreement,
    by_class,
    by_indicator,
    by_mission,
    by_partner,
    by_timeline,
    calendar_entries,
    explain,
    lost_records,
    status_json,
    status_report,
)

LONGEST = 5.0
"""Seconds of processor time for one set."""
MOST_MEMORY = 500_000_000
"""Bytes that one set may need besides the program itself."""
LONGEST_MESSAGE = 1_000
SLOW_EVERY = 20
"""Workbooks and documents are made of one readable set in so many."""
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Letters of some scripts that cannot be seen, and are text all the same."""
_CODE = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


@dataclass(slots=True, kw_only=True)
class Walked:
    """What came of a range of sets; `broken` says which sets broke the law, and how."""

    sets: int = 0
    readable: int = 0
    problems: int = 0
    findings: int = 0
    slowest: float = 0.0
    slowest_seed: int = -1
    broken: list[str] = field(default_factory=list)


def walked(seeds: range, *, weights: tuple[int, int, int] = (1, 2, 2), slow_every: int = SLOW_EVERY) -> Walked:
    """Walk the sets of some seeds and keep whatever breaks the law: an exception, an unclean problem, a bound."""
    total = Walked()
    for seed in seeds:
        begun = process_time()
        try:
            with Bound(LONGEST):
                readable, problems, findings, complaints = _road(
                    mutated(seed, weights=weights), seed=seed, slow_every=slow_every
                )
        except Exception as error:  # noqa: BLE001 - any exception at all is what this looks for
            readable, problems, findings, complaints = False, 0, 0, [_told(error)]
        seconds = process_time() - begun
        total.sets += 1
        total.readable += readable
        total.problems += problems
        total.findings += findings
        if seconds > total.slowest:
            total.slowest, total.slowest_seed = seconds, seed
        total.broken += [f"set {seed}: {each}" for each in complaints]
    return total


def complaints_about(problem: Problem) -> Iterator[str]:
    """Yield what is not clean about a problem: code, sentence, place and fix are each there and on one line."""
    if not _CODE.fullmatch(problem.code):
        yield f"the code {problem.code!r} is none"
    if not problem.message or not problem.message.isprintable() or len(problem.message) > LONGEST_MESSAGE:
        yield f"{problem.code}: the message is not one short line: {problem.message[:200]!r}"
    if not problem.fix or not problem.fix.isprintable() or len(problem.fix) > LONGEST_MESSAGE:
        yield f"{problem.code}: the fix is not one short line: {problem.fix[:200]!r}"
    if problem.location is None or not str(problem.location).translate(_JOINERS).isprintable():
        yield f"{problem.code}: the place is none: {problem.location!r}"
    if re.search(r"Traceback|Error\b|object at 0x|pydantic|yaml\.", problem.message):
        yield f"{problem.code}: the message speaks of the program: {problem.message!r}"


def _about_finding(finding: Finding) -> Iterator[str]:
    if finding.code not in CODES:
        yield f"the code {finding.code!r} is none"
    for text in (finding.message, finding.fix):
        if not text.translate(_JOINERS).isprintable() or len(text) > 5 * LONGEST_MESSAGE:
            yield f"{finding.code}: not one line: {text[:300]!r}"


def _road(files: Files, *, seed: int, slow_every: int) -> tuple[bool, int, int, list[str]]:
    """Return whether the set can be read, how many problems and findings it has, and what is not clean about them."""
    reading = read_portfolio(files)
    complaints = [each for problem in reading.problems for each in complaints_about(problem)]
    if (reading.portfolio is None) != bool(reading.problems):
        complaints.append("there is a portfolio and a problem, or neither")
    if reading.portfolio is None:
        return False, len(reading.problems), 0, complaints
    findings = findings_of(reading.portfolio)
    complaints += [each for finding in findings for each in _about_finding(finding)]
    view = RegisterView() if seed % 3 else _register(seed // 3 % len(PROJECTS))
    slow = slow_every > 0 and seed % slow_every == 0
    complaints += _made_of(reading.portfolio, findings, view, slow=slow)
    return True, 0, len(findings), complaints


def _made_of(portfolio: Portfolio, findings: tuple[Finding, ...], view: RegisterView, *, slow: bool) -> Iterator[str]:
    """Make everything that is made of records, and yield the problems that are not clean."""
    plan = _plan_of(portfolio, view, portfolio.project.end)
    _follow(portfolio, view, plan)
    yield from _compile(portfolio, slow=slow)
    if slow:
        _hand_out(portfolio, findings, view, plan)


def _follow(portfolio: Portfolio, view: RegisterView, plan: DraftPlan) -> None:
    """Make what says where the project stands: report, tables, explanations, mails, pages, calendar, books."""
    project = portfolio.project
    missing = missing_fields(portfolio, {step.agreement: step.context for step in plan.steps if step.context})
    for day in (project.start, project.end):
        report = status_report(portfolio, view, as_of=day)
        json.dumps(status_json(report))
        for table in (by_indicator, by_partner, by_mission):
            table(report, portfolio)
        by_agreement(report), by_class(report, portfolio), by_timeline(report, portfolio), lost_records(portfolio, view)
        for partner in portfolio.partners:
            agenda = agenda_of(report, portfolio, partner.id, missing=missing.get(partner.id, ()))
            mail_draft(mail_text(agenda, sheet=True))
            partner_blocks(agenda)
        for about in (*portfolio.agreements[:3], *portfolio.indicators[:3], *portfolio.events[:3]):
            explain(report, portfolio, view, about.id)
    calendar_of(calendar_entries(report, portfolio), name=project.acronym, as_of=project.end)
    for owner in (*(str(each.id) for each in portfolio.partners), ""):
        book_of(portfolio, report, owner)


def _compile(portfolio: Portfolio, *, slow: bool) -> Iterator[str]:
    """Make the deliverables, of which slow ones are written as Word, and yield what is not clean about problems."""
    project, view = portfolio.project, RegisterView()
    status = status_report(portfolio, view, as_of=project.end)
    for deliverable in portfolio.deliverables:
        try:
            if deliverable.kind == "plan":
                blocks = plan_blocks(portfolio, deliverable, as_of=project.end)
            else:
                blocks = report_blocks(portfolio, deliverable, status=status, view=view, as_of=project.end)
        except RecordsError as error:
            yield from (each for problem in error.problems for each in complaints_about(problem))
            continue
        if slow:
            names = {"title": deliverable.title, "subject": subject_of(portfolio, deliverable)}
            compile_document(blocks, _bytes("templates/deliverables/plan.docx"), language=project.language, **names)


def _hand_out(portfolio: Portfolio, findings: tuple[Finding, ...], view: RegisterView, plan: DraftPlan) -> None:
    """Make the files that take long: workbooks and drafts."""
    acronym = portfolio.project.acronym
    report = status_report(portfolio, view, as_of=portfolio.project.end)
    for owner in (*(str(each.id) for each in portfolio.partners[:1]), ""):
        workbook_of(book_of(portfolio, report, owner))
    findings_workbook(project_acronym=acronym, findings=findings, themes=dict.fromkeys(CODES, "x"))
    contexts = {step.agreement: step.context for step in plan.steps if step.context}
    for owner, rows in missing_fields(portfolio, contexts).items():
        missing_workbook(partner_name=owner, project_acronym=acronym, rows=rows, agreement_labels={})
    for context in list(contexts.values())[:2]:
        _template("cooperation").render(context.values, mode="draft")


@cache
def _register(number: int) -> RegisterView:
    """Return a register that knows the records of a project as they were before anything was changed in them."""
    portfolio = read_portfolio(project(number)).portfolio
    assert portfolio is not None
    events: list[log.LogEvent] = [log.Opened(register="r", project=portfolio.project.grant_number)]
    named = [each for each in portfolio.agreements if not each.is_slot]
    for count, each in enumerate(named, 1):
        reference, day, file = f"X-{count:03}", portfolio.project.start, f"{count:064x}"
        events += [
            log.Referenced(agreement=each.id, reference=reference, series="X-{seq:03}", seq=count),
            log.Drafted(reference=reference, version=1, template=file, inputs=file, file=file, name=f"a/{count}.docx"),
            log.Sent(reference=reference, version=1, on=day),
            log.Received(subject=reference, sha256=file, name="x.pdf", size=9, pages=1),
            *(log.Signed(reference=reference, party=party.id, on=day, evidence=file)
              for party in portfolio.parties_of(each)[: 1 + count % 2]),
        ]  # fmt: skip
        if count % 5 == 0:
            events.append(log.Ended(agreement=each.id, exit="declined", on=day, reason="x"))
    for count, held in enumerate((*portfolio.events, *portfolio.contacts)):
        file = f"{count + 1000:064x}"
        events += [
            log.Received(subject=held.id, sha256=file, name="x.pdf", size=9, pages=1),
            log.Held(subject=held.id, on=portfolio.project.end, evidence=(file,), proof="minutes"),
        ]
    entries = [Entry(address=f"1.{place}", at="2021-01-01T00:00:00Z", actor="x", event=event)
               for place, event in enumerate(events, 1)]  # fmt: skip
    return fold(entries, position=1)


def _plan_of(portfolio: Portfolio, view: RegisterView, day: date) -> DraftPlan:
    """Return the plan of all drafts, as if every class had its template."""
    language = portfolio.project.language
    templates = {
        (each.template, tongue): "0" * 64 for each in portfolio.project.classes for tongue in ("", language, "es")
    }
    return plan_drafts(portfolio, view, chosen(portfolio, Filters()), {}, Choice(templates=templates, as_of=day))


@cache
def _bytes(name: str) -> bytes:
    return (ROOT / name).read_bytes()


@cache
def _template(name: str) -> CompiledTemplate:
    return compile_template(_bytes(f"templates/agreements/{name}.docx"), name=name)


def _told(error: Exception) -> str:
    """Return an exception with the last places of the program it went through."""
    import traceback

    frames = [each for each in traceback.extract_tb(error.__traceback__) if "elca_docs" in each.filename][-3:]
    road = " > ".join(f"{each.filename.rpartition('elca_docs/')[2]}:{each.lineno}" for each in frames)
    return f"{type(error).__name__}: {str(error)[:300]} at {road}"


def main(first: int, last: int) -> dict[str, Any]:
    """Walk a range of seeds within bounds; whole sets go before, so that all that is imported late is there."""
    for number in range(len(PROJECTS)):
        _road(project(number), seed=number * 3, slow_every=1)
    before = bounded(MOST_MEMORY)
    return asdict(walked(range(first, last))) | {"base": before, "peak": peak()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
