"""Opening a PDF that is to be sent for signature, or refusing it with one sentence.

What is refused here could be opened and would break later: a locked file cannot take a signature by the usual tools, a
signed one would lose its signatures by the stamp, and a form of the XFA kind shows other pages than the file holds.
This module changes nothing.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Final

from elca_docs.errors import EvidenceError, Problem
from elca_docs.pdf.parts import dictionaries_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

_FIELD_LIMIT: Final = 10_000
_EXPORT: Final = "export the Word document as PDF again"

# The parser tells its log of every oddity it forgives; without a listener Python would print that to the user.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has, at least 1.

    Raises:
        EvidenceError: pdf-damaged, pdf-encrypted or pdf-no-pages.
    """
    return len(opened(pdf).pages)


def opened(pdf: bytes) -> PdfReader:
    """Return the reader of a PDF with pages that opens without a password; EvidenceError otherwise."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(pdf))
        locked = reader.is_encrypted
        pages = [] if locked else list(reader.pages)
        same = len({page.indirect_reference for page in pages}) < len(pages)
    except Exception as error:
        raise damaged(error) from error
    if locked:
        message = "the PDF is locked, so that nobody could sign it electronically"
        raise EvidenceError(Problem("pdf-encrypted", message, fix=f"{_EXPORT}, without a password"))
    if not pages:
        raise EvidenceError(Problem("pdf-no-pages", "the PDF holds no page", fix=_EXPORT))
    if same:
        raise doubled()
    return reader


def damaged(error: Exception) -> EvidenceError:
    """Return what is said of a PDF that the reader cannot read."""
    return _unusable(f"it cannot be read ({type(error).__name__})")


def undrawable() -> EvidenceError:
    """Return what is said of a PDF whose pages cannot be drawn, or are not the pages that were read."""
    return _unusable("its pages cannot be drawn")


def doubled() -> EvidenceError:
    """Return what is said of a PDF in which one page stands twice, so that it could not carry two stamps."""
    return _unusable("one of its pages stands in it twice")


def _unusable(why: str) -> EvidenceError:
    message = f"the PDF is damaged: {why}"
    return EvidenceError(Problem("pdf-damaged", message, fix=f"{_EXPORT}, or print it to a new PDF"))


def unsigned(reader: PdfReader) -> None:
    """Return where the file may be stamped; EvidenceError pdf-signed or pdf-xfa otherwise."""
    root = reader.root_object
    form = value_of(root, "/AcroForm")
    if root.get("/Perms") is not None or any(_signed(field) for field in _fields(form)):
        message = "the PDF carries an electronic signature, which a stamp would break"
        fix = "export it again without signing; a signed copy that came back belongs into register/inbox/"
        raise EvidenceError(Problem("pdf-signed", message, fix=fix))
    if value_of(form, "/XFA") is not None:
        message = "the PDF is a form of the XFA kind, whose pages most programs cannot show or sign"
        raise EvidenceError(Problem("pdf-xfa", message, fix="print it to a new PDF"))


def field_names(form: object) -> frozenset[str]:
    """Return the names of a form's fields on the uppermost level."""
    found = (value_of(each, "/T") for each in dictionaries_of(value_of(form, "/Fields")))
    return frozenset(str(each) for each in found if each is not None)


def _signed(field: DictionaryObject) -> bool:
    """Whether a field holds a signature; a field's type may stand in the field above it."""
    signature = value_of(field, "/V")
    return value_of(signature, "/ByteRange") is not None or (signature is not None and field.get("/FT") == "/Sig")


def _fields(form: object) -> Iterator[DictionaryObject]:
    """Yield each field of the form, on all levels."""
    waiting = dictionaries_of(value_of(form, "/Fields"))
    seen = 0
    while waiting and seen < _FIELD_LIMIT:
        field = waiting.pop()
        seen += 1
        yield field
        waiting.extend(dictionaries_of(value_of(field, "/Kids")))
