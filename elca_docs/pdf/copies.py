"""The signature copy of a PDF: each page stamped, document properties, one empty signature field per party.

The content of the pages stays what it was. The file is written anew as one revision without dates or chance, so that
the same input gives the same bytes; bookmarks, links and tags are kept as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from elca_docs.errors import EvidenceError
from elca_docs.pdf.fields import put_fields
from elca_docs.pdf.frames import Frame, frame_of, moved
from elca_docs.pdf.ink import document_of, ink_of
from elca_docs.pdf.layouts import Layout, Wanted, layouts_of
from elca_docs.pdf.opening import damaged, opened, unsigned
from elca_docs.pdf.parts import dictionaries_of, numbers_of, put, row, value_of
from elca_docs.pdf.spots import spots_of
from elca_docs.pdf.stamps import PageStamp, length_of, modules_of, move_of, put_stamp
from elca_docs.pdf.writing import bytes_of, describe, identity_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pypdf import PageObject, PdfReader, PdfWriter

_PLACED: Final = ("/Rect", "/QuadPoints", "/L", "/Vertices", "/CL")
"""The entries of a note that say where it stands, as rows of x and y (ISO 32000-1, 12.5)."""
_VERSION: Final = "%PDF-1.7"


@dataclass(frozen=True, slots=True)
class SignatureCopy:
    """A PDF to be signed: its bytes, its number of pages, and the party (id) of each signature field by name."""

    data: bytes
    pages: int
    fields: dict[str, str] = field(default_factory=dict)


def signature_copy(
    pdf: bytes, *, stamps: Sequence[PageStamp], parties: Mapping[str, str], properties: Mapping[str, str]
) -> SignatureCopy:
    """Return the PDF with a stamp on each page, document properties and an empty signature field per party.

    Args:
        pdf: The document as exported from Word or by LibreOffice, without a signature or a password.
        stamps: What is printed on each page, one per page.
        parties: The name of each party as it is printed in the document, by id, in the order of signing.
        properties: Document properties, such as title, subject and keywords; they replace those of the PDF.

    Raises:
        EvidenceError: pdf-damaged, pdf-encrypted, pdf-no-pages, pdf-signed, pdf-xfa or pdf-page-too-small; always one
            problem, without a place.
        ValueError: where there is not one stamp per page.

    Nothing that is printed is covered: where no margin has room, all pages are moved a little, or made smaller.
    """
    reader = opened(pdf)
    unsigned(reader)
    if len(stamps) != len(reader.pages):
        message = f"{len(stamps)} stamps for {len(reader.pages)} pages"
        raise ValueError(message)
    try:
        writer, frames = _stamped(pdf, reader, stamps)
        describe(writer, properties, identity_of(pdf, stamps, parties, properties))
        with document_of(bytes_of(writer), len(frames)) as document:
            spots = spots_of(document, frames, parties)
        fields = put_fields(writer, spots, parties)
        return SignatureCopy(bytes_of(writer), len(frames), fields)
    except EvidenceError:
        raise
    except Exception as error:  # the library leaks every kind of exception on damaged parts
        raise damaged(error) from error


def _stamped(pdf: bytes, reader: PdfReader, stamps: Sequence[PageStamp]) -> tuple[PdfWriter, list[Frame]]:
    """Return a writer that holds the stamped pages, and the frames of the pages."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=reader)
    # The library would claim the oldest version; what came in may use all of 1.7, and nothing here asks for more.
    writer.pdf_header = max(_VERSION, reader.pdf_header)
    pages = list(writer.pages)
    frames = [frame_of(page) for page in pages]
    layouts = _layouts(pdf, frames, stamps)
    for page, frame, stamp, layout in zip(pages, frames, stamps, layouts, strict=True):
        put_stamp(writer, page, frame, stamp, layout)
        _move_notes(page, frame, layout)
    return writer, frames


def _layouts(pdf: bytes, frames: Sequence[Frame], stamps: Sequence[PageStamp]) -> list[Layout]:
    """Return where the stamps stand, by what is printed on the pages."""
    wanted = Wanted(max(len(modules_of(stamp.code)) for stamp in stamps), max(length_of(each.line) for each in stamps))
    with document_of(pdf, len(frames)) as document:
        return layouts_of([ink_of(page, frame) for page, frame in zip(document, frames, strict=True)], wanted)


def _move_notes(page: PageObject, frame: Frame, layout: Layout) -> None:
    """Move the links and notes of a page with its content."""
    matrix = move_of(frame, layout)
    for note in dictionaries_of(value_of(page, "/Annots")) if layout.moves else ():
        for key in _PLACED:
            sides = numbers_of(value_of(note, key))
            points = [moved(matrix, *point) for point in zip(sides[::2], sides[1::2], strict=False)]
            if points:
                put(note, key, row(side for point in points for side in point))
