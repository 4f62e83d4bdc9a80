"""Does a file that came back show what was issued? Its bytes, its words and its looks, against the issued PDF.

Three questions, since each alone can be led astray (evidence notes 3.6): a file may begin with the issued bytes and
show other pages by an update behind them, have the same words under a white box, or look the same with hidden words.
What follows from the answers is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.errors import EvidenceError, Problem
from elca_docs.evidence.looks import DPI, look_alike
from elca_docs.evidence.page_words import plain_words, words_of
from elca_docs.evidence.pictures import PageLook, look_of, opened, page_of, picture_of
from elca_docs.evidence.spots import notes_of, spots_of
from elca_docs.evidence.word_changes import WordChanges, Words, pairs_of
from elca_docs.model.facts import Comparison

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

    from elca_docs.evidence.spots import Note, Spot

_MORE_PAGES: Final = 50
"""How many pages beyond those of the issue are read; the others are only counted."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The words of a page, and whether pictures cover it, so that they are a scanner's guess at best."""

    words: Words = ()
    pictured: bool = False
    plain: bool = True
    """Whether its words can be read and it can be drawn."""
    notes: frozenset[Note] = frozenset()
    """What is laid upon it, signature fields apart; what that says stands among the words."""


def compared(data: bytes, issued: bytes) -> Comparison:
    """Return how a file differs from the version that was issued.

    Args:
        data: The whole file that came back; one of which the facts could be read.
        issued: The PDF as it was issued.

    Raises:
        EvidenceError: pdf-not-comparable, without a place, where one of the two cannot be opened for drawing.
    """
    with opened(data) as shown, opened(issued) as before:
        if shown is None or before is None:
            raise EvidenceError(_incomparable("the file" if shown is None else "the issued version"))
        try:
            return _compared(shown, before, begins=data.startswith(issued))
        except Exception as error:
            raise EvidenceError(_incomparable("the file")) from error


def _incomparable(which: str) -> Problem:
    """Return the problem of a file that one reader of PDFs takes, and the one that draws pages does not."""
    message = f"{which} opens as a PDF, but its pages cannot be drawn, so its content was not compared"
    fix = "look at it in a PDF viewer; if it is damaged, ask the sender for it again"
    return Problem("pdf-not-comparable", message, fix=fix)


def _compared(shown: PdfDocument, before: PdfDocument, *, begins: bool) -> Comparison:
    """Return the comparison of two open documents."""
    issued_pages = _pages_of(before, len(before))
    pages = _pages_of(shown, min(len(shown), len(before) + _MORE_PAGES))
    pairs = tuple(pairs_of([each.words for each in issued_pages], [each.words for each in pages]))
    scans = {
        place
        for number, place in pairs
        if place and pages[place - 1].pictured and not (number and issued_pages[number - 1].pictured)
    }
    has_text = any(each.words for place, each in enumerate(pages, 1) if place not in scans)
    words = WordChanges()
    changed = scans | set(range(len(pages) + 1, len(shown) + 1))
    for number, place in pairs:
        there = issued_pages[number - 1] if number else _Page()
        here = pages[place - 1] if place else _Page()
        if has_text and place not in scans:
            words.compare(number, there.words, place, here.words)
        to_look_at = number and place and here.plain and there.plain and here.notes == there.notes
        if place not in scans and not (to_look_at and _same_look(shown, place, before, number)):
            changed.add(place or number)
    return Comparison(
        begins_with_issue=begins,
        has_text=has_text,
        issued_pages=len(before),
        pages=len(shown),
        removed=tuple(words.removed),
        added=tuple(words.added),
        removed_words=words.removed_words,
        added_words=words.added_words,
        changed_pages=tuple(sorted(changed)),
    )


def _pages_of(document: PdfDocument, count: int) -> list[_Page]:
    """Return the first pages of a document, read."""
    pages = []
    for number in range(1, count + 1):
        with page_of(document, number) as page:
            words = words_of(page) if page else None
            look = look_of(page) if page else PageLook(pictured=False, drawable=False)
            notes = notes_of(document, page) if page else ()
            said = tuple(word for *_, text in notes for word in plain_words(text))
            plain = words is not None and look.drawable
            pages.append(_Page((*(words or ()), *said), look.pictured, plain, frozenset(notes)))
    return pages


def _same_look(shown: PdfDocument, place: int, before: PdfDocument, number: int) -> bool:
    """Whether two pages can be drawn and look alike."""
    drawn, fields = _drawn(shown, place)
    issued, issued_fields = _drawn(before, number)
    if drawn is None or issued is None:
        return False
    return look_alike(issued, drawn, fields=issued_fields, new_fields=fields - issued_fields)


def _drawn(document: PdfDocument, number: int) -> tuple[Image | None, frozenset[Spot]]:
    """Return the picture of a page, None where it cannot be drawn, and where its signature fields lie on it."""
    with page_of(document, number) as page:
        picture = picture_of(page, dpi=DPI) if page else None
        return picture, spots_of(document, page, picture.size) if page and picture else frozenset()
