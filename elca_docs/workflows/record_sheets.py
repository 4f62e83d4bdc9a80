"""The record sheet of an agreement (`status --why REFERENCE --format docx`), and those of all registered ones.

A sheet is made of the register and the records alone, so it can be made again at will; with LibreOffice also as PDF.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from elca_docs.errors import Problem, RequestError
from elca_docs.model.figures import StatusReport
from elca_docs.model.record_sheet import RecordSheet
from elca_docs.model.register import RegisterView
from elca_docs.office import find_office, office_or_problem
from elca_docs.rendering import compile_document
from elca_docs.reporting import record_blocks
from elca_docs.tracking import sheet_of
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.summary import Summary

_TEMPLATE = "plan"


def write_sheet(desk: Desk, report: StatusReport, view: RegisterView, identifier: str) -> Summary:
    """Write the record sheet of an agreement or amendment to output/records/; RequestError where it can have none."""
    sheet = _maker(desk, report, view)(identifier)
    if sheet is None:
        message = f"'{identifier}' is no agreement with named parties, so it has no record sheet"
        fix = "give the reference, id or register number of an agreement or amendment"
        raise RequestError(Problem("no-record-sheet", message, fix=fix))
    name = f"records/{sheet_name(sheet)}"
    document = _document(desk, sheet)
    lines = [_written(desk, f"{name}.docx", document)]
    if not find_office():
        return Summary(lines=(*lines, "no PDF of it: LibreOffice is not installed"))
    made = office_or_problem().pdfs({f"{name}.docx": document}, carrying={f"{name}.docx": sheet.row.reference})
    pdf = made[f"{name}.docx"]
    if isinstance(pdf, Problem):
        return Summary(lines=tuple(lines), problems=(pdf,))
    return Summary(lines=(*lines, _written(desk, f"{name}.pdf", pdf)))


def record_sheets(desk: Desk, report: StatusReport, view: RegisterView) -> Iterator[tuple[str, str, bytes]]:
    """Yield file name, reference and record sheet (Word) of all that has a register number, amendments included."""
    make = _maker(desk, report, view)
    for row in (*report.agreements, *report.amendments):
        sheet = make(row.id) if row.register_number else None
        if sheet:
            yield f"{row.register_number}_{sheet_name(sheet)}.docx", row.reference, _document(desk, sheet)


def sheet_name(sheet: RecordSheet) -> str:
    """Return the file name of a sheet without ending: the reference, which is for life; the id before there is one."""
    return (sheet.row.reference or sheet.row.id).replace("/", "-")


def _maker(desk: Desk, report: StatusReport, view: RegisterView) -> Callable[[str], RecordSheet | None]:
    """Return what makes the sheet of an id; the readable names are gathered once."""
    readable: dict[str, list[str]] = {}
    for name, digest in archive.copies_of(desk.portfolio, view):
        readable.setdefault(digest, []).append(name)

    notes = archive.notes_of(view)

    def made(identifier: str) -> RecordSheet | None:
        return sheet_of(
            report,
            desk.portfolio,
            view,
            identifier,
            readable=lambda digest: tuple(sorted(readable.get(digest, ()))),
            opinion=lambda digest: _opinion(desk, digest, notes.get(digest, "")),
        )

    return made


def _opinion(desk: Desk, digest: str, noted: str) -> Mapping[str, object]:
    """Return what was written down beside a file; nothing where that is gone or was changed."""
    found = json.loads(desk.proof.opinion(digest, noted) or b"{}")
    return found if isinstance(found, dict) else {}


def _document(desk: Desk, sheet: RecordSheet) -> bytes:
    template_name, template = desk.workspace.deliverable_template(_TEMPLATE)
    return compile_document(
        record_blocks(sheet),
        template,
        title=f"{sheet.row.register_number or sheet.row.reference or sheet.row.id} · {sheet.as_of.isoformat()}",
        subject=f"{sheet.project} · {sheet.grant}",
        language="en",
        template_name=template_name,
    )


def _written(desk: Desk, name: str, data: bytes) -> str:
    renewed = desk.workspace.renew(name, data)
    return f"{'wrote' if renewed.written else 'unchanged:'} output/{name}{kept(renewed.aside)}"
