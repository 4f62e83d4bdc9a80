"""Tables of text as lines for a terminal, or as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
from typing import Final

from elca_docs.tracking import TextTable

_WIDTH: Final = 150
"""Columns where the output is no terminal: wide enough that a table still reads in a mail."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table_lines(table: TextTable) -> tuple[str, ...]:
    """Return a table as lines that fit the terminal; long texts are wrapped, numbers stand right.

    A table without rows is one line that says so.
    """
    if not table.rows:
        return (f"{table.title}: nothing", *table.notes)
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for place, column in enumerate(table.columns):
        numbers = all(row[place].isdecimal() or not row[place] for row in table.rows)
        whole = column == "reference"  # it is there to be copied: never broken in two
        shown.add_column(Text(column), justify="right" if numbers else "left", overflow="fold", no_wrap=whole)
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    page = io.StringIO()
    width = shutil.get_terminal_size(fallback=(_WIDTH, 40)).columns
    Console(file=page, width=width, color_system=None, legacy_windows=False).print(shown)
    return (table.title, *(line.rstrip() for line in page.getvalue().splitlines()), *table.notes)


def csv_lines(table: TextTable) -> tuple[str, ...]:
    """Return a table as CSV lines; a cell that a spreadsheet would run as a formula is marked as text."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in table.rows)
    return tuple(page.getvalue().splitlines())
