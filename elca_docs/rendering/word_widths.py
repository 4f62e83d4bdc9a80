"""How wide the columns of a table are: by their shares, by their longest words, and so that the table is not tall.

Word and LibreOffice break a word that is too long for its cell anywhere, and a long text in a narrow column makes a row
of many lines beside empty cells. So a column is at least as wide as its longest word or short text, and gives up room
that it does not need to one that does. How long a text is, is estimated by classes of letters of a sans-serif font;
which one is used where the document is opened is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise, permutations
from math import ceil
from typing import Final

from elca_docs.model.blocks import Line, Table

_WORDS: Final = re.compile(r"[^\s/-]+[/-]?")
"""What is not broken at a line's end: programs break behind hyphens and spaces."""
_NARROW: Final = frozenset("iljtfrI.,;:'!|()[]-/ ")
_BROAD: Final = frozenset("mwMWOQGD@%&")
_EM: Final = {"narrow": 0.33, "broad": 0.88, "upper": 0.72, "other": 0.56}
_BOLD: Final = 1.08
_PADDING: Final = 190
"""Twips at both sides of a cell together, and a little to spare."""
_SHORT: Final = (20, 14, 0)
"""A text of at most so many letters stays in one line, such as a reference or a date: the first that fits well."""
_FITS_WELL: Final = 0.8
"""How much of a table's width may be given away before its long texts are looked at."""
_MOST: Final = 0.35
"""The most of a table's width that the longest word of a column is given."""


_STEPS: Final = 40
"""In how many steps of width a table is divided when room is moved between its columns."""
_FAR: Final = (1, 2, 4, 8)
"""How many steps are moved at once: one may save no line where two do."""
_LOOKED_AT: Final = 60
"""How many rows of a long table are looked at, evenly spread."""
_SPACE: Final = _EM["narrow"]


def column_widths(content: Table, width: int, size: float) -> tuple[int, ...]:
    """Return the widths of the columns in twips, which add up to `width`; `size` is that of the letters, in points."""
    wanted = shared(width, [column.share for column in content.columns])
    least = _least(content, width, size)
    if sum(least) > width:
        return wanted
    return _flattened(_roomy(wanted, least), least, _heights(content, size), width // _STEPS)


def _roomy(wanted: Sequence[int], least: Sequence[int]) -> tuple[int, ...]:
    """Return the widths wanted, each at least what its longest word needs; who can spare gives in proportion."""
    if all(share >= need for share, need in zip(wanted, least, strict=True)):
        return tuple(wanted)
    spare = [max(share - need, 0) for share, need in zip(wanted, least, strict=True)]
    short = sum(max(need - share, 0) for share, need in zip(wanted, least, strict=True))
    left = shared(sum(spare) - short, spare)
    return tuple(need + more for need, more in zip(least, left, strict=True))


def _flattened(
    widths: tuple[int, ...], least: Sequence[int], heights: Callable[[int, int], Sequence[int]], step: int
) -> tuple[int, ...]:
    """Return the widths after moving room to where it saves most lines of the table, and then of its cells."""

    def cost(found: Sequence[int]) -> tuple[int, int]:
        cells = [heights(column, each) for column, each in enumerate(found)]
        return sum(map(max, zip(*cells, strict=True))), sum(map(sum, cells))

    best = cost(widths)
    for _ in range(_STEPS):
        moves = [_moved(widths, *pair, far * step) for far in _FAR for pair in permutations(range(len(widths)), 2)]
        able = [each for each in moves if all(found >= need for found, need in zip(each, least, strict=True))]
        found, chosen = min(((cost(each), each) for each in able), default=(best, widths))
        if found >= best:
            break
        best, widths = found, chosen
    return widths


def _moved(widths: Sequence[int], giver: int, taker: int, step: int) -> tuple[int, ...]:
    return tuple(each + step * ((number == taker) - (number == giver)) for number, each in enumerate(widths))


def _heights(content: Table, size: float) -> Callable[[int, int], Sequence[int]]:
    """Return what gives the lines of each cell in a column of some width, the heading first."""
    em = size * 20
    rows = content.rows[:: ceil(len(content.rows) / _LOOKED_AT) or 1]
    words = [
        [[_words(column.heading, bold=True)], *([_of(spans) for spans in row[number].lines] for row in rows)]
        for number, column in enumerate(content.columns)
    ]

    @cache
    def heights(column: int, width: int) -> Sequence[int]:
        room = max((width - _PADDING) / em, 1)
        return [sum(_wrapped(line, room) for line in cell) or 1 for cell in words[column]]

    return heights


def _of(spans: Line) -> list[float]:
    return [length for span in spans for length in _words(span.text, bold=span.bold)]


def _words(text: str, *, bold: bool) -> list[float]:
    return [_length(word) * (_BOLD if bold else 1) for word in _WORDS.findall(text)]


def _wrapped(words: Iterable[float], room: float) -> int:
    """Return on how many lines words stand; a word longer than the room is broken."""
    lines, used = 1, 0.0
    for each in words:
        if used and used + _SPACE + each > room:
            lines, used = lines + 1, 0.0
        used += each + (_SPACE if used else 0)
        if used > room:
            more = ceil(used / room) - 1
            lines, used = lines + more, used - more * room
    return lines


def shared(width: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Return whole widths in the proportion of the shares that add up to `width`; equal ones where all are zero."""
    weights = [max(share, 0) for share in shares]
    weights = weights if sum(weights) else [1] * len(weights)
    edges = [width * sum(weights[:count]) // sum(weights) for count in range(len(weights) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _least(content: Table, width: int, size: float) -> list[int]:
    """Return what each column needs so that no short text is broken, or where that leaves no room, no word."""
    for short in _SHORT:
        found = [min(each, int(width * _MOST)) for each in _needed(content, size, short)]
        if sum(found) <= width * _FITS_WELL:
            break
    return found


def _needed(content: Table, size: float, short: int) -> list[int]:
    """Return what the longest word of each column needs, or its longest short text."""
    em = size * 20  # twips
    found = [max(map(_length, _WORDS.findall(column.heading)), default=0.0) * _BOLD for column in content.columns]
    for row in content.rows:
        for number, cell in enumerate(row):
            found[number] = max(found[number], *(_longest(spans, short) for spans in cell.lines), 0.0)
    return [int(each * em) + _PADDING for each in found]


def _longest(spans: Line, short: int) -> float:
    """Return the length of the longest word of a line, or of all of a short one, in widths of an M."""
    text = "".join(span.text for span in spans)
    parts = [text] if len(text) <= short else _WORDS.findall(text)
    return max(map(_length, parts), default=0.0)


def _length(word: str) -> float:
    return sum(_EM[_class(letter)] for letter in word)


def _class(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _BROAD:
        return "broad"
    return "upper" if letter.isupper() else "other"
