"""A deliverable as Word file and PDF whose contents are true: converted until every entry names its real page.

LibreOffice alone knows on which page something falls, so the document is made, converted, read, and made again. Where
there is no LibreOffice, or pages never come to rest, the entries stand without pages and Word is told to compute them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from elca_docs.errors import Problem
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block
from elca_docs.office import Office
from elca_docs.pdf import Separators, pages_of, with_annexes
from elca_docs.rendering import bookmarks_of

Make = Callable[[Mapping[str, int] | None], bytes]
"""Gives the Word file, with the page of each anchor in its contents."""
_MOST: Final = 5
"""Rounds before a document counts as restless; two are usual, one more where an entry's page gains a digit."""
_GUESS: Final = 10
"""A page of two digits, as most have, so that an entry is as long as it will be."""


@dataclass(frozen=True, slots=True)
class Paged:
    """A document with its contents: the Word file, its PDF where there is one, and why there is none."""

    document: bytes
    pdf: bytes | None = None
    problem: Problem | None = None


def paged(make: Make, blocks: Sequence[Block], *, office: Office | None, name: str, carrying: str = "") -> Paged:
    """Return the document with true contents, and its PDF.

    `carrying` is a text that must stand in the PDF. Without office, or where it makes no PDF, the document asks Word.
    """
    bookmarks = bookmarks_of(blocks)
    if office is None:
        return Paged(make(None))
    pages = dict.fromkeys(bookmarks, _GUESS)
    for _ in range(_MOST):
        document = make(pages)
        pdf = office.pdfs({name: document}, carrying={name: carrying})[name]
        if isinstance(pdf, Problem):
            return Paged(make(None), problem=pdf)
        found = pages_of(pdf, bookmarks)
        if found == pages:
            return Paged(document, pdf)
        pages = found
    document = make(None)
    pdf = office.pdfs({name: document}, carrying={name: carrying})[name]
    return Paged(document, problem=pdf) if isinstance(pdf, Problem) else Paged(document, pdf)


def annexed(  # noqa: PLR0913 - keywords only: the parts of one file
    report: bytes,
    annexes: Sequence[tuple[Annex, bytes]],
    *,
    separators: bytes,
    blocks: Sequence[Block],
    heading: str,
    properties: Mapping[str, str],
) -> bytes:
    """Return the PDF of a report with its annexes.

    Args:
        report: The PDF of the report.
        annexes: Each annex with its signed copy; b"" for one that is withheld.
        separators: The PDF of the separator pages, made of `blocks` (`reporting.separator_blocks`).
        blocks: The blocks of the separator pages.
        heading: What the annexes are called in the outline.
        properties: Document properties.

    Raises:
        EvidenceError: as `pdf.with_annexes`.
    """
    starts = pages_of(separators, bookmarks_of(blocks))
    sheets = Separators(separators, tuple(starts[annex.number] for annex, _ in annexes))
    return with_annexes(report, annexes, separators=sheets, heading=heading, properties=properties)
