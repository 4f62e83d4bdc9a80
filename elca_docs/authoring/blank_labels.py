"""What stands around a blank and says what belongs there: the words before it, the cell beside it, the note behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.letters import Letters, Place
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

LONGEST_LABEL: Final = 60
LONGEST_BEFORE: Final = 240
_FAR: Final = 1000
"""Letters that are looked at on either side of a blank."""
_BREAK = re.compile(r"[\n\t;]|\.(?=\s)")
_NOTE = re.compile(r"[\s.,:]*\(([^()\0]{1,60})\)")
_HAS_WORD = re.compile(r"[^\W\d_]")
_TAKEN: Final = "\0"


class Surroundings:
    """The texts of one part, with the letters of all blanks taken out."""

    def __init__(self, lines: list[Letters], taken: set[Place]) -> None:
        """Keep the paragraphs in document order."""
        self._lines = lines
        self._index = {line.paragraph.element: index for index, line in enumerate(lines)}
        self._texts = [
            "".join(_TAKEN if place in taken else each for each, place in zip(line.text, line.places, strict=True))
            for line in lines
        ]

    def label(self, element: etree._Element, start: int) -> str:
        """Return the words before a character of a paragraph.

        Else those of the cell before it, of the head of its column, or of a paragraph before it that ends with a colon.
        """
        index = self._index[element]
        end = self._lines[index].before(start)
        own = self._texts[index][max(0, end - _FAR) : end].rpartition(_TAKEN)[2]
        pieces = [piece.strip() for piece in _BREAK.split(own)]
        label = next((piece for piece in reversed(pieces) if _HAS_WORD.search(piece)), "")
        return _tail(label or self._cell_label(element) or self._label_above(element), LONGEST_LABEL)

    def note(self, element: etree._Element, end: int) -> str:
        """Return what stands in round brackets right behind a blank."""
        index = self._index[element]
        start = self._lines[index].before(end)
        note = _NOTE.match(self._texts[index][start : start + _FAR])
        return note[1].strip() if note else ""

    def before(self, element: etree._Element, start: int) -> str:
        """Return the text of the part before a blank, as much of it as says who is spoken of."""
        index = self._index[element]
        end = self._lines[index].before(start)
        found = self._lines[index].text[max(0, end - _FAR) : end]
        while index and len(found) < LONGEST_BEFORE:
            index -= 1
            found = f"{self._lines[index].text[-_FAR:]} {found}"
        return _tail(found, LONGEST_BEFORE)

    def _cell_label(self, element: etree._Element) -> str:
        """Return the text of the cell before, else of the first cell of the column."""
        cell = next(element.iterancestors(f"{{{W}}}tc"), None)
        row = None if cell is None else next(cell.iterancestors(f"{{{W}}}tr"), None)
        table = None if row is None else next(row.iterancestors(f"{{{W}}}tbl"), None)
        if cell is None or row is None or table is None:
            return ""
        cells = _cells(row)
        place = cells.index(cell)
        beside = self._text_of(cells[place - 1]) if place else ""
        head = next(table.iter(f"{{{W}}}tr"))
        above = _cells(head)[place : place + 1] if head is not row else []
        return beside or "".join(map(self._text_of, above))

    def _text_of(self, cell: etree._Element) -> str:
        """Return the words of a cell; nothing where a blank stands in it."""
        texts = [self._texts[self._index[each]] for each in cell.iter(f"{{{W}}}p") if each in self._index]
        text = " ".join(" ".join(texts).split())
        return text if _TAKEN not in text and _HAS_WORD.search(text) else ""

    def _label_above(self, element: etree._Element) -> str:
        index = self._index[element]
        if not index or self._lines[index - 1].paragraph.element.getparent() is not element.getparent():
            return ""
        text = self._texts[index - 1].strip()
        return text if text.endswith(":") and _TAKEN not in text else ""


def _cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, also those in a content control; not those of a table within."""
    return [cell for cell in row.iter(f"{{{W}}}tc") if next(cell.iterancestors(f"{{{W}}}tr")) is row]


def _tail(text: str, longest: int) -> str:
    """Return the end of a text, blanks joined, from the beginning of a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[-longest:].partition(" ")[2]
