"""Where in a Word file a line of a compiled template stands, in the words of someone who looks at the file.

Jinja counts lines and knows no paragraphs. So each paragraph is numbered before docxtpl patches the text, and begins a
line of its own after; and since docxtpl takes paragraphs and rows away that only hold a tag (`{%p`, `{%tr`), each such
tag gets a line of its own too, and the number of the paragraph it came from. `LINE`, which no XML can hold, marks the
line ends that are ours, so that they can be taken out again before anything is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE = "\x1e\n"
_START = re.compile(r'(<[A-Za-z][\w.-]*(?::[\w.-]+)?) unit-number="(\d+)"')
_TAG = re.compile(r"\{([{%#])(.*?)[}%#]\}", re.DOTALL)
_KIND = re.compile(r"^-?(?:p|r|tr|tc)\s")
_PLAIN_QUOTES = str.maketrans("“”‘’", "\"\"''")
_BLANKS = re.compile(r"\s+")
_SHORT = 80
_NO_UNIT = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """What a reader can find: a paragraph or a property, with its text as the template has it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Places:
    """The units of a part, and on which line each surviving one begins."""

    label: str
    units: tuple[Unit, ...]
    lines: tuple[int, ...]
    numbers: tuple[int, ...]

    def at(self, line: int, hint: str = "") -> str:
        """Return `body, paragraph 12: "…text…"` for a line (0: the part alone), a long text cut around the hint."""
        number = self.numbers[bisect_right(self.lines, line) - 1] if line else _NO_UNIT
        if number == _NO_UNIT:
            return self.label
        unit = self.units[number]
        shown = _excerpt(unit.text, hint)
        return f"{self.label}, {unit.name}" + (f': "{shown}"' if shown else "")


def _excerpt(text: str, hint: str) -> str:
    """Return at most some 80 characters of the text, around the hint."""
    flat = _BLANKS.sub(" ", text).strip()
    if len(flat) <= _SHORT:
        return flat
    middle = max(flat.find(hint), 0) + len(hint) // 2
    start = max(0, min(middle - _SHORT // 2, len(flat) - _SHORT))
    return ("…" if start else "") + flat[start : start + _SHORT] + ("…" if start + _SHORT < len(flat) else "")


def marked(xml: str, start: re.Pattern[str]) -> str:
    """Return the XML with its number in the start tag of each unit; empty elements are counted, not marked."""
    count = -1

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return found[0] if found.string[found.end()] == "/" else f'{found[0]} unit-number="{count}"'

    return start.sub(mark, xml)


def unmarked(xml: str, label: str, units: Sequence[Unit]) -> tuple[str, Places]:
    """Return the XML with each marked unit on a line of its own and without its mark, and what stands on the lines."""
    head, *pieces = _START.split(xml)
    starts = [_NO_UNIT, *map(int, pieces[1::3])]
    rests = [head, *(start + rest for start, rest in zip(pieces[::3], pieces[2::3], strict=True))]
    cut = [
        owned
        for rest, first, beyond in zip(rests, starts, [*starts[1:], len(units)], strict=True)
        for owned in _by_unit(rest, units, first, beyond)
    ]
    lengths = [1 + text.count("\n") for _, text in cut]
    lines = tuple(accumulate(lengths[:-1], initial=1))
    return LINE.join(text for _, text in cut), Places(label, tuple(units), lines, tuple(number for number, _ in cut))


def _by_unit(text: str, units: Sequence[Unit], first: int, beyond: int) -> Iterator[tuple[int, str]]:
    """Yield the text cut before each tag that came from a later unit than what stands before it."""
    if beyond - first < 2:  # noqa: PLR2004 - nothing was taken away
        yield first, text
        return
    waiting = [(number, tag) for number in range(max(first, 0), beyond) for tag in _tags(units[number].text)]
    number, begin = first, 0
    for found in _TAG.finditer(text):
        index = next((index for index, (_, tag) in enumerate(waiting) if tag == _bare(found[2])), None)
        if index is None:
            continue
        owner = waiting[index][0]
        del waiting[: index + 1]
        if owner != number:
            yield number, text[begin : found.start()]
            number, begin = owner, found.start()
    yield number, text[begin:]


def _tags(text: str) -> Iterator[str]:
    return (_bare(found[2]) for found in _TAG.finditer(text))


def _bare(tag: str) -> str:
    """Return what a tag says, without its kind and as docxtpl cleans it."""
    return _BLANKS.sub("", _KIND.sub("", tag.strip("-").lstrip() + " ").translate(_PLAIN_QUOTES))
