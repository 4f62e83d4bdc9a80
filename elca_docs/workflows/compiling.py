"""`compile`: a deliverable from the records, or from a cut of them: a Word document, and with LibreOffice its PDF.

The PDF has the signed agreements as annexes where the deliverable asks for them. Nothing is written before everything
is there: a report whose annex is missing or altered is refused, and the last good one stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from elca_docs.durable import sha256_of
from elca_docs.errors import Problem, RequestError, WorkspaceError
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block, Paragraph, Table
from elca_docs.model.deliverables import Deliverable, Edition
from elca_docs.model.periods import reporting_day
from elca_docs.model.register import RegisterView
from elca_docs.office import Office, find_office
from elca_docs.records import findings_of
from elca_docs.rendering import compile_document
from elca_docs.reporting import images_of, plan_blocks, report_annexes, report_blocks, subject_of
from elca_docs.reporting.separators import separator_blocks, separators_heading
from elca_docs.tracking import status_report
from elca_docs.workflows.agendas import agendas
from elca_docs.workflows.comparing_reports import changes_against
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.documents import annexed, paged
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.freezing import baseline_portfolio, open_cut
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.summary import Summary

EDITIONS: Mapping[str, Edition] = {"public": "public", "confidential": "confidential"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A deliverable's file below output/, whether it was written now, and where a changed one went."""

    id: str
    name: str
    written: bool
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiling:
    """What the flags say of a deliverable, as typed."""

    deliverable: str
    cut: str = ""
    against: str = ""
    as_of: str = ""
    edition: str = ""
    final: bool = False


def compile_deliverable(desk: Desk, asked: Compiling) -> Summary:
    """Compile the deliverable that a number names, today's or a cut's, and say where it lies.

    With `against` nothing is written: what is said is what changed since that cut, deliverable or day. `as_of` is the
    day asked for; RequestError with a cut, which has its own. A final one has no place that is flagged as open.
    """
    if asked.cut and asked.as_of:
        message = "--as-of asks for a day, and a cut has its own"
        raise RequestError(Problem("flags-unclear", message, fix="leave out one of --as-of and --cut"))
    if asked.edition and asked.edition not in EDITIONS:
        message = f"--edition '{asked.edition}' is not known"
        raise RequestError(Problem("flags-unclear", message, fix=f"use one of {', '.join(EDITIONS)}"))
    opened = open_cut(desk, asked.cut) if asked.cut else None
    there = opened.desk if opened else desk
    known: dict[str, str] = {each.id: each.id for each in there.portfolio.deliverables}
    identifier = named(asked.deliverable, known, what="deliverable")
    deliverable = next(each for each in there.portfolio.deliverables if each.id == identifier)
    if not (opened or asked.as_of):
        there = on_its_day(there, deliverable)
    if asked.edition:
        deliverable = replace(deliverable, edition=EDITIONS[asked.edition])
    if asked.against:
        return changes_against(there, deliverable, asked.against, blocks_of, now=desk)
    blocks = blocks_of(there, deliverable)
    if asked.final:
        _check_final(deliverable, blocks)
    name = f"deliverables/{deliverable.id}{f'_{opened.cut.manifest.name}' if opened else ''}"
    return _written(there, deliverable, blocks, name, opened.notes if opened else ())


def on_its_day(desk: Desk, deliverable: Deliverable) -> Desk:
    """Return the desk on the day that a report is true for: the last one of its period, where that is past."""
    if deliverable.kind == "plan":
        return desk
    return replace(desk, as_of=min(desk.as_of, reporting_day(desk.portfolio.project, deliverable, desk.today)))


def blocks_of(desk: Desk, deliverable: Deliverable) -> tuple[Block, ...]:
    """Return what the deliverable says, as the desk has it."""
    view, portfolio = desk.register.view(), desk.portfolio
    images = images_of(desk.workspace.pictures())
    if deliverable.kind == "plan":
        return plan_blocks(
            portfolio, deliverable, as_of=desk.as_of, position=view.position, head=view.head, images=images
        )
    status = report_on(desk, view)
    baseline = baseline_portfolio(desk, deliverable.baseline) if deliverable.baseline else None
    return report_blocks(
        portfolio,
        deliverable,
        status=status,
        view=view,
        as_of=desk.as_of,
        baseline=baseline,
        planned=status_report(baseline, RegisterView(), as_of=desk.as_of) if baseline else None,
        position=view.position,
        head=view.head,
        annexes=_annexes(desk, deliverable, view),
        findings=findings_of(portfolio),
        agendas=agendas(desk, view, status),
        images=images,
    )


def compiled(desk: Desk, deliverable: Deliverable) -> Compiled:
    """Write the deliverable as Word without the pages of its contents, where that would say anything new.

    One with pages, which `compile` made of the same, stays.
    """
    there = on_its_day(desk, deliverable)
    document = _document(there, deliverable, blocks_of(there, deliverable), None)
    name = f"deliverables/{deliverable.id}.docx"
    renewed = there.workspace.renew(name, document, basis=sha256_of(document))
    return Compiled(id=deliverable.id, name=name, written=renewed.written, aside=renewed.aside)


def _written(
    desk: Desk, deliverable: Deliverable, blocks: tuple[Block, ...], name: str, notes: tuple[str, ...]
) -> Summary:
    """Write the Word file, and with LibreOffice the PDF with its annexes; say where they lie."""
    program = find_office()
    office = Office(program) if program else None
    make = partial(_document, desk, deliverable, blocks)
    done = paged(make, blocks, office=office, name=f"{deliverable.id}.docx", carrying=deliverable.id)
    pdf = _with_annexes(desk, deliverable, done.pdf, office) if office and done.pdf else None
    documents = [(f"{name}.docx", done.document), *([(f"{name}.pdf", pdf)] if pdf else [])]
    basis = sha256_of(make(None))
    lines, said = [], []
    for file, data in documents:
        renewed = desk.workspace.renew(file, data, basis=basis, again=True)
        lines.append(f"{'wrote' if renewed.written else 'unchanged:'} output/{file}{kept(renewed.aside)}")
        said.append({"file": f"output/{file}", "written": renewed.written, "aside": renewed.aside or None})
    if office is None:
        lines.append("no PDF and no page numbers: LibreOffice is not installed; Word asks to update the contents")
    problems = (done.problem,) if done.problem else ()
    return Summary(lines=(*lines, *notes), problems=problems, json={"files": said, "notes": list(notes)})


def _document(
    desk: Desk, deliverable: Deliverable, blocks: tuple[Block, ...], pages: Mapping[str, int] | None
) -> bytes:
    """Return the Word file in the house style."""
    name, template = desk.workspace.deliverable_template(deliverable.template)
    return compile_document(
        blocks,
        template,
        title=f"{deliverable.id} {deliverable.title}",
        subject=subject_of(desk.portfolio, deliverable),
        language=_language(desk, deliverable),
        pages=pages,
        template_name=name,
    )


def _with_annexes(desk: Desk, deliverable: Deliverable, report: bytes, office: Office) -> bytes:
    """Return the PDF with the signed agreements behind it; WorkspaceError or EvidenceError where one is not whole."""
    annexes = _annexes(desk, deliverable, desk.register.view())
    if not annexes:
        return report
    language = _language(desk, deliverable)
    sheets = separator_blocks(annexes, language=language)
    name, template = desk.workspace.deliverable_template(deliverable.template)
    word = compile_document(
        sheets,
        template,
        title=f"{deliverable.id} {separators_heading(language)}",
        subject=subject_of(desk.portfolio, deliverable),
        language=language,
        furniture=False,
        template_name=name,
    )
    separators = office.pdfs({"annexes.docx": word})["annexes.docx"]
    if isinstance(separators, Problem):
        raise WorkspaceError(separators)
    return annexed(
        report,
        [(each, b"" if each.withheld else desk.proof.read(each.sha256)) for each in annexes],
        separators=separators,
        blocks=sheets,
        heading=separators_heading(language),
        properties={"title": f"{deliverable.id} {deliverable.title}"},
    )


def _annexes(desk: Desk, deliverable: Deliverable, view: RegisterView) -> tuple[Annex, ...]:
    if deliverable.kind == "plan":
        return ()
    return report_annexes(desk.portfolio, deliverable, status=report_on(desk, view), view=view)


def _language(desk: Desk, deliverable: Deliverable) -> str:
    return deliverable.language or desk.portfolio.project.language


def _check_final(deliverable: Deliverable, blocks: tuple[Block, ...]) -> None:
    """Refuse a final report in which something is still flagged as open."""
    flags = sum(isinstance(each, Paragraph) and each.style == "flag" for each in blocks)
    cells = sum(cell.flagged for each in blocks if isinstance(each, Table) for row in each.rows for cell in row)
    if flags or cells:
        message = f"{deliverable.id} is not final: {flags + cells} places in it are flagged as open"
        fix = "compile it without --final, look for the flags, and write the justifications they ask for"
        raise RequestError(Problem("report-not-final", message, fix=fix))
