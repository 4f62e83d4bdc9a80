"""The text of an XML part as it lies in the file, and where each element stands in it.

Exists so that a change touches the characters it is about and no others: nothing is parsed and written anew, so
quotes, blanks and namespaces stay as their author's program wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?P<end>/)?[^\s/>\"'!?]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/)?>",
    re.DOTALL,
)
_LETTER = re.compile(r"&[^;<]*;|\r\n?|[^<]", re.DOTALL)
_NAME = re.compile(r"<([^\s/>]+)")
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Extent:
    """Where an element stands: its first character, the one behind its start tag, its end tag's first, and the end.

    Of an element without content that is written as one tag, `inner` and `tail` are its end.
    """

    start: int
    inner: int
    tail: int
    end: int


@dataclass(frozen=True, slots=True)
class Splice:
    """Other text for the characters from start to end; where they are the same, it is put between."""

    start: int
    end: int
    text: str


class PartSource:
    """One part: its text, and the extents of its elements."""

    def __init__(self, content: bytes, tree: etree._Element) -> None:
        """Read `content`, of which `tree` was parsed; ValueError where the two do not fit."""
        self._encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
        self.text = content.decode(self._encoding)
        elements = list(tree.iter(etree.Element))
        self._extents = dict(zip(elements, _extents(self.text), strict=True))
        self._places: dict[etree._Element, list[int]] = {}

    def of(self, element: etree._Element) -> Extent:
        """Return where an element stands."""
        return self._extents[element]

    def whole(self, element: etree._Element) -> str:
        """Return an element as it is written."""
        extent = self.of(element)
        return self.text[extent.start : extent.end]

    def head(self, element: etree._Element) -> str:
        """Return the start tag of an element, without the slash of one that has no content."""
        extent = self.of(element)
        tag = self.text[extent.start : extent.inner]
        return f"{tag[:-2].rstrip()}>" if tag.endswith("/>") else tag

    def name(self, element: etree._Element) -> str:
        """Return the name of an element with its prefix, as it is written."""
        found = _NAME.match(self.text, self.of(element).start)
        return found[1] if found else ""

    def letter_places(self, element: etree._Element) -> list[int]:
        """Return where each character of an element's text stands, and the place behind the last.

        ValueError where the text is written with comments or CDATA, which no word processor does.
        """
        if element in self._places:
            return self._places[element]
        extent = self.of(element)
        inner = self.text[extent.inner : extent.tail]
        places = [extent.inner + found.start() for found in _LETTER.finditer(inner)]
        if len(places) != len(element.text or ""):
            message = "a text is not written as plain characters"
            raise ValueError(message)
        self._places[element] = [*places, extent.tail]
        return self._places[element]

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """Return the part with other text in some places; the places do not overlap."""
        pieces: list[str] = []
        at = 0
        for splice in sorted(splices, key=lambda each: (each.start, each.end)):
            pieces += (self.text[at : splice.start], splice.text)
            at = max(at, splice.end)
        return "".join((*pieces, self.text[at:])).encode(self._encoding)


def _extents(text: str) -> Iterator[Extent]:
    """Return the extents of all elements in the order of their start tags."""
    found: list[Extent | None] = []
    waiting: list[tuple[int, int, int]] = []
    for token in _TOKEN.finditer(text):
        if token[0].startswith(("<!", "<?")):
            continue
        if token["end"]:
            number, start, inner = waiting.pop()
            found[number] = Extent(start, inner, token.start(), token.end())
        elif token["empty"]:
            found.append(Extent(token.start(), token.end(), token.end(), token.end()))
        else:
            waiting.append((len(found), token.start(), token.end()))
            found.append(None)
    return (each for each in found if each is not None)
