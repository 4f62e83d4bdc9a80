"""A report and its annexes as one PDF: before each annex a separator page, and its original as an attachment.

Pages that are merged carry no signature any more (evidence notes 3.9: every change of a file breaks them). So the
separator page says so, and the untouched original travels with the file, byte for byte. The file is written as one
revision without dates or chance: same input, same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.errors import EvidenceError, Location, Problem
from elca_docs.model.annexes import Annex
from elca_docs.pdf.foreign_pages import add_pages
from elca_docs.pdf.ink import document_of
from elca_docs.pdf.opening import damaged, opened
from elca_docs.pdf.parts import array, put
from elca_docs.pdf.writing import bytes_of, describe, identity_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import PdfObject

_VERSION: Final = "%PDF-1.7"


@dataclass(frozen=True, slots=True)
class Separators:
    """The separator pages of all annexes in one PDF, and the number (from 1) of the page each begins on."""

    pdf: bytes
    starts: tuple[int, ...]


def with_annexes(
    report: bytes,
    annexes: Sequence[tuple[Annex, bytes]],
    *,
    separators: Separators,
    heading: str,
    properties: Mapping[str, str],
) -> bytes:
    """Return the report with a separator page, the pages and the untouched original of each annex.

    Args:
        report: The report as LibreOffice or Word exported it; its outline, links and tags are kept.
        annexes: Each annex with its signed copy; one that is withheld has a separator page only, and no copy is read.
        separators: One page or more for each annex.
        heading: What the annexes are called in the outline ("Annexes").
        properties: Document properties, such as title and subject; they replace those of the report.

    Raises:
        EvidenceError: annex-altered (its bytes are not those that were registered), annex-locked (it opens with a
            password only), annex-damaged; all annexes are looked at, each names itself. For the report pdf-damaged,
            pdf-encrypted or pdf-no-pages.
        ValueError: where there is not one start per annex.

    Pages are numbered as in the report, then with the number of their annex: A1-1, A1-2, A2-1. Nothing of an annex acts
    in the new file: forms, signatures and notes are seen and no more.
    """
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle

    if len(separators.starts) != len(annexes):
        message = f"{len(separators.starts)} separators for {len(annexes)} annexes"
        raise ValueError(message)
    problems = [problem for annex, data in annexes if (problem := _problem(annex, data))]
    if problems:
        raise EvidenceError(problems)
    reader = opened(report)
    try:
        writer = PdfWriter(clone_from=reader)
        writer.root_object.pop("/PageLabels", None)
        writer.set_page_label(0, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL)
        _append(writer, annexes, separators, heading)
        writer.pdf_header = max(_VERSION, writer.pdf_header)
        what = [(annex, hashlib.sha256(data).hexdigest()) for annex, data in annexes]
        separating = hashlib.sha256(separators.pdf).hexdigest()
        describe(writer, properties, identity_of(report, what, separating, heading, sorted(properties.items())))
        return bytes_of(writer)
    except EvidenceError:
        raise
    except Exception as error:  # the library leaks every kind of exception on damaged parts
        raise damaged(error) from error


def _append(writer: PdfWriter, annexes: Sequence[tuple[Annex, bytes]], separators: Separators, heading: str) -> None:
    """Append all annexes, with their entries in the outline and their attachments."""
    if not annexes:
        return
    from pypdf.constants import PageLabelStyle

    parent = None
    originals: list[PdfObject] = []
    sheets = _sheets(separators)
    for annex, data in annexes:
        first = next(sheets)
        begins = len(writer.pages)
        for sheet in first:
            writer.add_page(sheet, excluded_keys=["/Annots", "/AA"])
        parent = parent or writer.add_outline_item(title=heading, page_number=begins, is_open=False)
        writer.add_outline_item(title=f"{annex.number} {annex.title}".strip(), page_number=begins, parent=parent)
        if not annex.withheld:
            _add_copy(writer, annex, data)
            originals.append(_attach(writer, annex, data))
        writer.set_page_label(
            begins, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL, prefix=f"{annex.number}-", start=1
        )
    if originals:
        put(writer.root_object, "/AF", array(originals))


def _add_copy(writer: PdfWriter, annex: Annex, data: bytes) -> None:
    """Append the pages of an annex; its reader is let go before the next one is opened."""
    try:
        reader = _reader(data)
        if reader is not None:
            add_pages(writer, reader)
    except Exception as error:
        raise EvidenceError(_damaged(annex, error)) from error


def _sheets(separators: Separators) -> Iterator[list[PageObject]]:
    """Yield the separator pages of each annex."""
    pages = list(opened(separators.pdf).pages)
    ends = (*separators.starts[1:], len(pages) + 1)
    for start, end in zip(separators.starts, ends, strict=True):
        yield pages[start - 1 : end - 1]


def _attach(writer: PdfWriter, annex: Annex, data: bytes) -> PdfObject:
    """Attach the untouched original and return its reference (ISO 32000-2, 7.11.4 and 14.13)."""
    from pypdf.generic import (
        ByteStringObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    name = _file_name(annex)
    made = writer.add_attachment(name, data)
    made.alternative_name = TextStringObject(name)
    made.description = TextStringObject(f"{annex.number} {annex.title} · SHA-256 {annex.sha256}")
    made.associated_file_relationship = NameObject("/Source")
    made.subtype = NameObject("/application/pdf")
    made.size = NumberObject(len(data))
    made.checksum = ByteStringObject(hashlib.md5(data, usedforsecurity=False).digest())
    reference = made.pdf_object.indirect_reference
    return reference if reference is not None else made.pdf_object


def _file_name(annex: Annex) -> str:
    named = "_".join(each for each in (annex.number, annex.register_number, annex.reference) if each)
    return f"{named.replace('/', '-')}.pdf"


def _problem(annex: Annex, data: bytes) -> Problem | None:
    """Return why an annex cannot be used, or None; a locked one that opens without a password can."""
    if annex.withheld:
        return None
    if hashlib.sha256(data).hexdigest() != annex.sha256:
        message = f"{_named(annex)} is not the file that was registered: its SHA-256 is another"
        fix = "look with verify which file was changed, and put the registered one back from a copy"
        return Problem("annex-altered", message, Location(_file_name(annex)), fix)
    try:
        reader = _reader(data)
    except Exception as error:  # noqa: BLE001 - the library leaks every kind of exception on damaged parts
        return _damaged(annex, error)
    if reader is None:
        message = f"{_named(annex)} opens with a password only, so its pages cannot be shown"
        fix = "register a copy without a password, or leave the annex out of this edition"
        return Problem("annex-locked", message, Location(_file_name(annex)), fix)
    return None


def _reader(data: bytes) -> PdfReader | None:
    """Return the reader of an annex whose pages can be drawn, or None where it wants a password."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return None
    count = len(reader.pages)
    if not count:
        message = "no page"
        raise ValueError(message)
    document_of(data, count).close()
    return reader


def _damaged(annex: Annex, error: Exception) -> Problem:
    message = f"the pages of {_named(annex)} cannot be taken over ({type(error).__name__})"
    fix = "register a sound copy of it, or leave the annex out of this edition"
    return Problem("annex-damaged", message, Location(_file_name(annex)), fix)


def _named(annex: Annex) -> str:
    known = ", ".join(each for each in (annex.register_number, annex.reference) if each)
    return f"annex {annex.number} ({known})" if known else f"annex {annex.number}"
