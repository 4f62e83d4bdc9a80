"""`compile`: a deliverable from the records, or from a cut of them: a Word document, and with LibreOffice its PDF.

The PDF has the signed agreements as annexes where the deliverable asks for them. Nothing is written before everything
is there: a report whose annex is missing or altered is refused, and the last good one stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from elca_docs.durable import sha256_of
from elca_docs.errors import Problem, RequestError, WorkspaceError
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block
from elca_docs.model.deliverables import Deliverable, Edition
from elca_docs.model.register import RegisterView
from elca_docs.office import Office, find_office
from elca_docs.rendering import compile_document
from elca_docs.reporting import images_of, plan_blocks, report_annexes, report_blocks, subject_of
from elca_docs.reporting.separators import separator_blocks, separators_heading
from elca_docs.tracking import status_report
from elca_docs.workflows.agendas import agendas
from elca_docs.workflows.comparing_reports import changes_against
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.documents import annexed, paged
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.freezing import OpenedCut, open_cut
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.report_checks import baseline_of, check_annexes, check_final, in_its_cut
from elca_docs.workflows.report_days import check_day, on_its_day
from elca_docs.workflows.report_findings import report_findings
from elca_docs.workflows.summary import Summary

EDITIONS: Mapping[str, Edition] = {"public": "public", "confidential": "confidential"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A deliverable's file below output/, whether it was written now, and where a changed one went.

    `old_pdf` is the PDF beside it, where that is of an earlier compile and may say something else.
    """

    id: str
    name: str
    written: bool
    aside: str
    old_pdf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a deliverable says, and the signed copies behind it."""

    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()


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
    day asked for; RequestError with a cut, which has its own, and where it lies outside the project or has not come
    yet. A final one has no place that is flagged as open. An edition other than the record's own has a file of its own.
    """
    if asked.cut and asked.as_of:
        message = "--as-of asks for a day, and a cut has its own"
        raise RequestError(Problem("flags-unclear", message, fix="leave out one of --as-of and --cut"))
    if asked.edition and asked.edition not in EDITIONS:
        message = f"--edition '{asked.edition}' is not known"
        raise RequestError(Problem("flags-unclear", message, fix=f"use one of {', '.join(EDITIONS)}"))
    if asked.as_of:
        check_day(desk, desk.as_of)
    opened = open_cut(desk, asked.cut) if asked.cut else None
    there = opened.desk if opened else desk
    known: dict[str, str] = {each.id: each.id for each in there.portfolio.deliverables}
    identifier = named(asked.deliverable, known, what="deliverable")
    own = next(each for each in there.portfolio.deliverables if each.id == identifier)
    if not (opened or asked.as_of):
        there = on_its_day(there, own)
    deliverable = replace(own, edition=EDITIONS[asked.edition]) if asked.edition else own
    if asked.against:
        return changes_against(there, deliverable, asked.against, blocks_of, now=desk)
    with in_its_cut(there):
        content = _content(there, deliverable)
        if asked.final:
            check_final(deliverable, content.blocks)
        return _written(there, deliverable, content, _name_of(own, deliverable.edition, opened), opened)


def _name_of(own: Deliverable, edition: Edition, opened: OpenedCut | None = None) -> str:
    """Return the name of a deliverable's file, without its ending; no two cuts or editions share one.

    The edition stands in it where it is not the record's own, and behind a cut whose name ends like an edition.
    """
    cut = opened.cut.manifest.name if opened else ""
    shown = edition != own.edition or cut.casefold().rpartition("_")[2] in EDITIONS
    return f"deliverables/{'_'.join(each for each in (own.id, cut, edition if shown else '') if each)}"


def blocks_of(desk: Desk, deliverable: Deliverable) -> tuple[Block, ...]:
    """Return what the deliverable says, as the desk has it."""
    with in_its_cut(desk):
        return _content(desk, deliverable).blocks


def _content(desk: Desk, deliverable: Deliverable) -> _Content:
    """Return what the deliverable says and its annexes, both of one view of the log, every evidence looked at once."""
    view, portfolio = desk.register.view(), desk.portfolio
    images = images_of(desk.workspace.pictures())
    if deliverable.kind == "plan":
        plan = plan_blocks(
            portfolio, deliverable, as_of=desk.as_of, position=view.position, head=view.head, images=images
        )
        return _Content(blocks=plan)
    status = report_on(desk, view)
    annexes = report_annexes(portfolio, deliverable, status=status, view=view)
    baseline = baseline_of(desk, deliverable)
    blocks = report_blocks(
        portfolio,
        deliverable,
        status=status,
        view=view,
        as_of=desk.as_of,
        baseline=baseline,
        planned=status_report(baseline, RegisterView(), as_of=desk.as_of) if baseline else None,
        position=view.position,
        head=view.head,
        annexes=annexes,
        findings=report_findings(portfolio),
        agendas=agendas(desk, view, status),
        images=images,
    )
    return _Content(blocks=blocks, annexes=annexes)


def compiled(desk: Desk, deliverable: Deliverable) -> Compiled:
    """Write the deliverable as Word without the pages of its contents, where that would say anything new.

    One with pages, which `compile` made of the same, stays.
    """
    there = on_its_day(desk, deliverable)
    content = _content(there, deliverable)
    check_annexes(there, content.annexes)
    document = _document(there, deliverable, content.blocks, None)
    stem, basis, output = _name_of(deliverable, deliverable.edition), sha256_of(document), there.workspace
    name, pdf = f"{stem}.docx", f"{stem}.pdf"
    renewed = output.renew(name, document, basis=basis)
    old_pdf = pdf if output.has(f"output/{pdf}") and not output.made_of(pdf, basis) else ""
    return Compiled(id=deliverable.id, name=name, written=renewed.written, aside=renewed.aside, old_pdf=old_pdf)


def _written(desk: Desk, deliverable: Deliverable, content: _Content, name: str, opened: OpenedCut | None) -> Summary:
    """Write the Word file, and with LibreOffice the PDF with its annexes; say where they lie."""
    notes = opened.notes if opened else ()
    check_annexes(desk, content.annexes)
    program = find_office()
    office = Office(program) if program else None
    make = partial(_document, desk, deliverable, content.blocks)
    done = paged(make, content.blocks, office=office, name=f"{deliverable.id}.docx", carrying=deliverable.id)
    pdf = _with_annexes(desk, deliverable, done.pdf, content.annexes, office) if office and done.pdf else None
    documents = [(f"{name}.docx", done.document), *([(f"{name}.pdf", pdf)] if pdf else [])]
    basis = sha256_of(make(None) if done.pdf else done.document)  # what has no PDF has no pages either
    lines, said = [], []
    for file, data in documents:
        renewed = desk.workspace.renew(file, data, basis=basis, again=True)
        lines.append(f"{'wrote' if renewed.written else 'unchanged:'} output/{file}{kept(renewed.aside)}")
        said.append({"file": f"output/{file}", "written": renewed.written, "aside": renewed.aside or None})
    if office is None:
        lines.append("no PDF and no page numbers: LibreOffice is not installed; Word asks to update the contents")
    if pdf is None and desk.workspace.has(f"output/{name}.pdf"):
        lines.append(f"output/{name}.pdf is of an earlier compile, and may say something else")
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


def _with_annexes(
    desk: Desk, deliverable: Deliverable, report: bytes, annexes: Sequence[Annex], office: Office
) -> bytes:
    """Return the PDF with the signed agreements behind it; WorkspaceError or EvidenceError where one is not whole."""
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


def _language(desk: Desk, deliverable: Deliverable) -> str:
    return deliverable.language or desk.portfolio.project.language
