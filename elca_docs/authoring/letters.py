"""The letters of a paragraph that a reader sees, each with where it stands, and how they are marked.

Deleted text, field codes and what Word computes are left out, so that a blank is found whole whatever lies between its
letters. Judges nothing; says nothing about tags.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elca_docs.authoring.paragraphs import Paragraph, Piece
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

Stroke = tuple[Piece, int, int]
"""Letters of one piece: from the first to the one behind the last, counted within the piece."""
Place = tuple[Piece, int]

_GONE = frozenset({"deleted", "moved", "code", "math"})
_VAL = f"{{{W}}}val"
_NOT_SEEN = frozenset({"", "none", "white"})
_NOT_SHADED = frozenset({"", "auto", "ffffff"})
_OWN_RESULTS = frozenset({"result of HYPERLINK"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a paragraph as text, and the place of each of them."""

    paragraph: Paragraph
    text: str
    places: tuple[Place, ...]

    def strokes(self, start: int, end: int) -> tuple[Stroke, ...]:
        """Return the letters from start to end, piece by piece."""
        return strokes_of(self.places[start:end])

    def before(self, character: int) -> int:
        """Return how many of the letters stand before a character of the paragraph's text."""
        return bisect_left(self.places, character, key=lambda place: place[0].start + place[1])


def letters_of(paragraph: Paragraph) -> Letters:
    """Return what a reader sees of a paragraph."""
    pieces = [piece for piece in paragraph.pieces if is_there(piece)]
    places = tuple((piece, index) for piece in pieces for index in range(len(piece.text)))
    return Letters(paragraph, "".join(piece.text for piece in pieces), places)


def computed_in(paragraph: Paragraph) -> Iterator[Place]:
    """Yield the letters that a field computes, and would write anew; what a link shows is its author's own."""
    for piece in paragraph.pieces:
        results = {said for said in piece.inside if said.startswith("result of ")}
        if is_there(piece) and "result" in piece.inside and not (results and results <= _OWN_RESULTS):
            yield from ((piece, index) for index in range(len(piece.text)))


def is_there(piece: Piece) -> bool:
    """Whether a piece is text of the document: neither deleted nor a field's code."""
    return not piece.inside & _GONE


def strokes_of(places: Iterable[Place]) -> tuple[Stroke, ...]:
    """Return single letters joined to strokes, in their order."""
    found: list[Stroke] = []
    for piece, index in places:
        if found and found[-1][0] is piece and found[-1][2] == index:
            found[-1] = (piece, found[-1][1], index + 1)
        else:
            found.append((piece, index, index + 1))
    return tuple(found)


def places_of(strokes: Iterable[Stroke]) -> Iterator[Place]:
    """Yield the single letters of strokes."""
    for piece, start, end in strokes:
        yield from ((piece, index) for index in range(start, end))


def run_of(piece: Piece) -> etree._Element | None:
    """Return the run that a piece stands in; None where it stands in none."""
    parent = piece.element.getparent()
    return parent if parent is not None and parent.tag == f"{{{W}}}r" else None


def is_highlighted(run: etree._Element | None) -> bool:
    """Whether a run has a highlight of its own."""
    mark = None if run is None else run.find(f"{{{W}}}rPr/{{{W}}}highlight")
    return mark is not None and mark.get(_VAL, "") not in _NOT_SEEN


def is_shaded(run: etree._Element | None) -> bool:
    """Whether a run has a shading of its own that is not white."""
    shade = None if run is None else run.find(f"{{{W}}}rPr/{{{W}}}shd")
    return shade is not None and shade.get(f"{{{W}}}fill", "").casefold() not in _NOT_SHADED


def is_underlined(run: etree._Element | None) -> bool:
    """Whether a run is underlined of its own."""
    line = None if run is None else run.find(f"{{{W}}}rPr/{{{W}}}u")
    return line is not None and line.get(_VAL, "single") != "none"
