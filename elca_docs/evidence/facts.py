"""The facts of a PDF, read with pypdf: whether it opens, its pages, its text, its electronic signatures.

This module is the border at which a parser's every exception becomes one sentence; nothing beyond it can fail because
of a file's content. It judges nothing: a file that can be read is not yet accepted.
"""

from __future__ import annotations

import hashlib
import io
import logging
from typing import TYPE_CHECKING, Final, TypeVar

from elca_docs.errors import EvidenceError, Problem
from elca_docs.evidence.envelope import envelope_problem, file_place
from elca_docs.model.facts import PdfFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject, PdfObject

PAGE_LIMIT: Final = 2000
"""The most pages that are taken."""
TEXT_LIMIT: Final = 100_000
"""How many characters of text are kept."""
_PRODUCER_LIMIT: Final = 200
_FIELD_LIMIT: Final = 10_000
_Answer = TypeVar("_Answer")

# The parser tells its log of every oddity it forgives; without a listener Python would print that to the user.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def facts_of(data: bytes, *, name: str) -> PdfFacts:
    """Return what can be read off a PDF.

    Args:
        data: The whole file.
        name: Its name, for messages only; any text.

    Raises:
        EvidenceError: pdf-empty, pdf-too-large, pdf-not-a-pdf, pdf-incomplete, pdf-damaged, pdf-encrypted,
            pdf-no-pages or pdf-too-many-pages; always one problem, at the file's name.

    A page whose text cannot be decoded counts as unread and refuses nothing: a scan has no text either.
    """
    problem = envelope_problem(data, name=name)
    if problem:
        raise EvidenceError(problem)
    reader, pages = _opened(data, name)
    text, unread = _text_of(pages)
    return PdfFacts(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=len(pages),
        encrypted=reader.is_encrypted,
        text=text,
        producer=_attempt(lambda: _producer_of(reader), ""),
        signature_fields=_attempt(lambda: sum(1 for _ in _signatures_of(reader)), 0),
        unread_pages=unread,
    )


def _opened(data: bytes, name: str) -> tuple[PdfReader, list[PageObject]]:
    """Return the open file and its pages; EvidenceError where it is locked, does not hold together or has no pages."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        # Many files are locked against changes only, and open with an empty password.
        pages = list(reader.pages) if not reader.is_encrypted or reader.decrypt("") else None
    except (DependencyError, NotImplementedError, FileNotDecryptedError) as error:
        raise EvidenceError(_locked(name, "in a way that cannot be opened here")) from error
    except Exception as error:
        message = f"the file is damaged and cannot be read ({type(error).__name__})"
        fix = "open it in a PDF viewer; if that fails too, ask the sender for it again, else print it to a new PDF"
        raise EvidenceError(Problem("pdf-damaged", message, file_place(name), fix)) from error
    problem = _locked(name, "with a password") if pages is None else _miscounted(pages, name)
    if problem:
        raise EvidenceError(problem)
    return reader, pages or []


def _locked(name: str, how: str) -> Problem:
    """Return the problem of a file that does not open."""
    fix = "ask the sender for a copy without a password"
    return Problem("pdf-encrypted", f"the file is locked {how}", file_place(name), fix)


def _miscounted(pages: list[PageObject], name: str) -> Problem | None:
    """Return the problem of a file with no page or with too many, or None."""
    if not pages:
        fix = "open it, and export or scan the pages again"
        return Problem("pdf-no-pages", "the file holds no page", file_place(name), fix)
    if len(pages) > PAGE_LIMIT:
        message = f"the file has {len(pages)} pages; at most {PAGE_LIMIT} are taken"
        fix = "hand in the pages of this agreement or event only"
        return Problem("pdf-too-many-pages", message, file_place(name), fix)
    return None


def _text_of(pages: list[PageObject]) -> tuple[str, int]:
    """Return the text of the first pages up to the limit, and how many pages could not be read."""
    found: list[str] = []
    length, unread = 0, 0
    for page in pages:
        text = _attempt(page.extract_text, None)
        if text is None:
            unread += 1
            continue
        found.append(text)
        length += len(text) + 1
        if length > TEXT_LIMIT:
            break
    return _whole_letters("\n".join(found))[:TEXT_LIMIT], unread


def _producer_of(reader: PdfReader) -> str:
    """Return the program that wrote the file, as the file says."""
    producer = reader.metadata.producer if reader.metadata else ""
    return "".join(letter for letter in _whole_letters(producer or "") if letter.isprintable())[:_PRODUCER_LIMIT]


def _signatures_of(reader: PdfReader) -> Iterator[PdfObject]:
    """Yield the value of each filled signature field; a field's type may stand in the field above it."""
    from pypdf.generic import ArrayObject, DictionaryObject

    form = _value(reader.root_object, "/AcroForm")
    waiting = [(form, "/Fields", "")] if isinstance(form, DictionaryObject) else []
    seen = 0
    while waiting and seen < _FIELD_LIMIT:
        above, key, inherited = waiting.pop()
        children = _value(above, key)
        for child in children if isinstance(children, ArrayObject) else ():
            seen += 1
            field = child.get_object()
            if not isinstance(field, DictionaryObject):
                continue
            kind = str(field.get("/FT", inherited))
            signature = _value(field, "/V")
            if kind == "/Sig" and isinstance(signature, DictionaryObject):
                yield signature
            waiting.append((field, "/Kids", kind))


def _value(within: DictionaryObject, key: str) -> PdfObject | None:
    """Return a value of a PDF dictionary, the object itself where only a reference to it is written there."""
    found = within.get(key)
    return found.get_object() if found is not None else None


def _attempt(read: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
    """Return what `read` gives, or `otherwise` where the parser fails on a part that a file may do without."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - parsers leak every kind of exception on damaged parts
        return otherwise


def _whole_letters(text: str) -> str:
    """Return the text with half characters (lone surrogates), which no file could store, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
