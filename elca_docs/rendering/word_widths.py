"""How wide the columns of a table are: by their shares, and never narrower than their longest word, where that fits.

Word and LibreOffice break a word that is too long for its cell anywhere. How long a word is, is estimated by classes of
letters of a sans-serif font; which one is used where the document is opened is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
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
_MOST: Final = 0.35
"""The most of a table's width that the longest word of a column is given."""


def column_widths(content: Table, width: int, size: float) -> tuple[int, ...]:
    """Return the widths of the columns in twips, which add up to `width`; `size` is that of the letters, in points."""
    wanted = shared(width, [column.share for column in content.columns])
    least = [min(each, int(width * _MOST)) for each in _least(content, size)]
    if sum(least) > width or all(share >= need for share, need in zip(wanted, least, strict=True)):
        return wanted
    spare = [max(share - need, 0) for share, need in zip(wanted, least, strict=True)]
    short = sum(max(need - share, 0) for share, need in zip(wanted, least, strict=True))
    left = shared(sum(spare) - short, spare)
    return tuple(need + more for need, more in zip(least, left, strict=True))


def shared(width: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Return whole widths in the proportion of the shares that add up to `width`; equal ones where all are zero."""
    weights = [max(share, 0) for share in shares]
    weights = weights if sum(weights) else [1] * len(weights)
    edges = [width * sum(weights[:count]) // sum(weights) for count in range(len(weights) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _least(content: Table, size: float) -> list[int]:
    """Return what the longest word of each column needs."""
    em = size * 20  # twips
    found = [_longest([column.heading]) * _BOLD for column in content.columns]
    for row in content.rows:
        for number, cell in enumerate(row):
            found[number] = max(found[number], _longest(_texts(cell.lines)))
    return [int(each * em) + _PADDING for each in found]


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    for spans in lines:
        yield "".join(span.text for span in spans)


def _longest(texts: Sequence[str] | Iterator[str]) -> float:
    """Return the length of the longest word of some texts, in widths of an M."""
    return max((_length(word) for text in texts for word in _WORDS.findall(text)), default=0.0)


def _length(word: str) -> float:
    return sum(_EM[_class(letter)] for letter in word)


def _class(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _BROAD:
        return "broad"
    return "upper" if letter.isupper() else "other"
