"""Tags written anew in a part: letters change, what is left empty goes, all other characters stay.

Says nothing about what is to be written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Paragraph, Piece
from elca_docs.authoring.part_source import PartSource, Splice
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_KEEP_BLANKS: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS: Final = frozenset({f"{{{W}}}t", f"{{{W}}}instrText"})


class TagWriting:
    """Gathers what is written and dropped in one part."""

    def __init__(self, source: PartSource) -> None:
        """Begin without a change."""
        self._source = source
        self._letters: dict[etree._Element, dict[int, str]] = defaultdict(dict)
        self._dropped: dict[etree._Element, None] = {}

    def can_write(self, element: etree._Element) -> bool:
        """Whether the letters of a text stand in the file as plain characters."""
        try:
            self._source.letter_places(element)
        except ValueError:
            return False
        return True

    def write(self, pieces: Iterable[tuple[Paragraph, Piece, int, int]], text: str) -> None:
        """Write a text where the first of some letters stands, in place of all of them."""
        for _, piece, start, end in pieces:
            for index in range(start, end):
                self._letters[piece.element][index] = text
                text = ""

    def drop(self, elements: Iterable[etree._Element]) -> None:
        """Take elements out."""
        self._dropped |= dict.fromkeys(elements)

    def splices(self) -> Iterator[Splice]:
        """Yield all changes; a run in which nothing is left goes as a whole."""
        gone = {element for element in self._letters if element.tag in _TEXTS and not self._left(element)}
        gone |= set(self._dropped)
        runs = {run for run in map(_run_of, gone) if run is not None and _is_used_up(run, gone)}
        for element in (*runs, *(each for each in gone if _run_of(each) not in runs)):
            extent = self._source.of(element)
            yield Splice(extent.start, extent.end, "")
        for element, letters in self._letters.items():
            if element not in gone:
                yield from self._changed(element, letters)

    def _left(self, element: etree._Element) -> str:
        """Return what a text says now."""
        letters = self._letters[element]
        return "".join(letters.get(index, each) for index, each in enumerate(element.text or ""))

    def _changed(self, element: etree._Element, letters: dict[int, str]) -> Iterator[Splice]:
        places = self._source.letter_places(element)
        for index, text in letters.items():
            yield Splice(places[index], places[index + 1], escape(text, quote=False))
        left, last = self._left(element), len(places) - 2
        bares = (left[:1].isspace() and 0 in letters) or (left[-1:].isspace() and last in letters)
        if bares and element.tag in _TEXTS and element.get(_KEEP_BLANKS) is None:
            end = self._source.of(element).inner - 1
            yield Splice(end, end, ' xml:space="preserve"')


def _run_of(element: etree._Element) -> etree._Element | None:
    parent = element.getparent()
    return parent if parent is not None and parent.tag == f"{{{W}}}r" else None


def _is_used_up(run: etree._Element, gone: set[etree._Element]) -> bool:
    return all(child in gone or child.tag == f"{{{W}}}rPr" for child in run)
