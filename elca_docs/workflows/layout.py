"""Tables of text as lines that fit a screen, or as CSV for a spreadsheet.

Decisions held here and nowhere else:
- Without a terminal, and without COLUMNS, a table is a hundred columns wide: it reads in a mail and never changes.
- Long texts are wrapped. Where they would be cut to shreds, the longest column leaves the table and stands below each
  row instead; so on, until the rest fits.
- Numbers stand right, and a reference is never broken in two: it is there to be copied.
- Colours are for a terminal only, and never the only sign of anything.
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final, Literal

from elca_docs.model.text_table import TextTable
from elca_docs.workflows.summary import Styled, printable

_WIDTH: Final = 100
_LEAST: Final = 18
"""Columns below which a long text is no longer read."""
_GAP: Final = "  "
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_STYLES: Final = {"title": "bold", "head": "bold", "rule": "dim", "below": "dim", "note": "italic", "late": "bold red"}

_Piece = tuple[str, str]
"""A text and the name of its style, empty where it has none."""


def table_lines(table: TextTable) -> tuple[str, ...]:
    """Return a table as lines that fit the terminal; a table without rows is one line that says so."""
    if not table.rows:
        return (f"{table.title}: nothing", *table.notes)
    width = shutil.get_terminal_size(fallback=(_WIDTH, 40)).columns
    pieces = list(_drawn(table, max(width, 2 * _LEAST)))
    return tuple(
        _coloured(pieces) if sys.stdout.isatty() else ("".join(t for t, _ in each).rstrip() for each in pieces)
    )


def csv_lines(table: TextTable) -> tuple[str, ...]:
    """Return a table as CSV lines; a cell that a spreadsheet would run as a formula is marked as text."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in table.rows)
    return tuple(page.getvalue().splitlines())


@dataclass(slots=True)
class _Column:
    """A column while it is fitted: its place in the rows, its cells, and how wide it is."""

    place: int
    heading: str
    cells: tuple[str, ...]
    numbers: bool = field(init=False)
    width: int = field(init=False)
    least: int = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = all(cell.isdecimal() or not cell for cell in self.cells)
        words = max(map(len, self.heading.split()), default=0)
        self.width = max(len(self.heading), *map(len, self.cells))
        whole = self.heading == "reference" or self.numbers
        longest = max((len(word) for cell in self.cells for word in cell.split()), default=0)
        floor = max(map(len, self.cells)) if whole else min(self.width, max(_LEAST, min(longest, _LEAST)))
        self.least = max(words, floor)
        if whole:
            self.width = self.least


def _fitted(table: TextTable, width: int) -> tuple[list[_Column], list[_Column]]:
    """Return the columns that stand side by side, and those that stand below each row."""
    beside = [
        _Column(place, printable(heading), tuple(printable(row[place]) for row in table.rows))
        for place, heading in enumerate(table.columns)
    ]
    below: list[_Column] = []

    def room(widths: Iterator[int]) -> int:
        return width - sum(widths) - len(_GAP) * (len(beside) - 1)

    while len(beside) > 1 and room(each.least for each in beside) < 0:
        texts = [each for each in beside[1:] if not each.numbers] or beside[1:]
        longest = max(texts, key=lambda each: each.width)
        beside.remove(longest)
        below.append(longest)
    while (over := -room(each.width for each in beside)) > 0:
        widest = max(beside, key=lambda each: (each.width - each.least, each.width))
        if widest.width <= widest.least:
            break
        widest.width = max(widest.least, widest.width - max(1, over // 2))
    return beside, sorted(below, key=lambda each: each.place)


def _drawn(table: TextTable, width: int) -> Iterator[list[_Piece]]:
    """Yield the lines of a table, each as pieces with their styles."""
    beside, below = _fitted(table, width)
    yield [(printable(table.title), "title")]
    yield []
    yield from _row([(each, each.heading) for each in beside], "head")
    if below:
        yield from ([(line, "head")] for line in _wrapped(" · ".join(each.heading for each in below), width, "    "))
    yield [("─" * min(width, sum(each.width for each in beside) + len(_GAP) * (len(beside) - 1)), "rule")]
    for number in range(len(table.rows)):
        yield from _row([(each, each.cells[number]) for each in beside], "")
        text = " · ".join(filter(None, (_told(each, each.cells[number]) for each in below)))
        yield from ([(line, "below")] for line in _wrapped(text, width, "    ") if text)
    yield []
    for note in table.notes:
        yield from ([(line, "note")] for line in _wrapped(printable(note), width))


def _told(column: _Column, cell: str) -> str:
    """Return a cell that stands below its row; a number alone would say nothing."""
    return f"{column.heading} {cell}" if cell and column.numbers else cell


def _row(cells: Sequence[tuple[_Column, str]], style: str) -> Iterator[list[_Piece]]:
    """Yield the lines of one row: as many as its longest cell needs."""
    wrapped = [_wrapped(text, column.width) for column, text in cells]
    for texts in zip_longest(*wrapped, fillvalue=""):
        pieces: list[_Piece] = []
        for (column, cell), text in zip(cells, texts, strict=True):
            late = "overdue" in column.heading and cell not in {"", "0"} and not style
            padded = text.rjust(column.width) if column.numbers else text.ljust(column.width)
            pieces += [(padded, "late" if late else style), (_GAP, "")]
        yield pieces[:-1]


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False, initial_indent=indent, subsequent_indent=indent) or [""]


def _coloured(lines: list[list[_Piece]]) -> Iterator[str]:
    """Yield the lines with the colours that this terminal has; as plain text where it has none."""
    from rich.console import Console
    from rich.text import Text

    terminal = Console()
    page = io.StringIO()
    system: Literal["standard"] | None = "standard" if terminal.color_system and not terminal.legacy_windows else None
    console = Console(file=page, width=10_000, color_system=system, force_terminal=True, legacy_windows=False)
    for pieces in lines:
        console.print(Text.assemble(*((text, _STYLES.get(style, "")) for text, style in pieces)), soft_wrap=True)
    for line in page.getvalue().split("\n")[:-1]:
        yield Styled(line.rstrip())
