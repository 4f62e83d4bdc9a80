"""A table of indicators that somebody copied out of Word or Excel into a text file: id, title, target.

Columns are parted by tabs, as a paste gives them, or by semicolons, as a spreadsheet saves them where the comma is for
decimals. What is not plain is asked back, never guessed. It reads bytes, no file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from elca_docs.errors import Location, Problem
from elca_docs.model.values import Identifier

PastedIndicator = tuple[str, str, int]
"""Id, title, target."""

_LARGEST: Final = 1_000_000
_COLUMNS: Final = 3
_DIGITS: Final = 6
_HOW: Final = "copy three columns, id, title and target, and save them as plain text with tabs or semicolons between"


def pasted_indicators(data: bytes, *, name: str) -> tuple[tuple[PastedIndicator, ...], tuple[Problem, ...]]:
    """Return the indicators in the order of the rows, and a problem for each row that is not plain.

    `name` is what problems call the file. A first row without any digit in its last column is taken as the heading.
    """
    text = _decoded(data)
    if text is None:
        return (), (_unreadable(name, "it is not text"),)
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return (), (_unreadable(name, str(error)),)
    if rows and len(rows[0][1]) >= _COLUMNS and not re.search("[0-9]", rows[0][1][_COLUMNS - 1]):
        del rows[0]
    if not rows:
        return (), (_unreadable(name, "it holds no row"),)
    found: dict[str, PastedIndicator] = {}
    problems: list[Problem] = []
    for line, cells in rows:
        read = _read(cells)
        if isinstance(read, str):
            problems.append(Problem("indicator-row", f"this row {read}", Location(name, line), _HOW))
        elif read[0].casefold() in found:
            message = f"'{read[0]}' stands in the table twice"
            problems.append(Problem("indicator-row", message, Location(name, line), "give each row an id of its own"))
        else:
            found[read[0].casefold()] = read
    return tuple(found.values()), tuple(problems)


def _decoded(data: bytes) -> str | None:
    """Return the text of the file: UTF-8, Excel's "Unicode text" (UTF-16), or else what Windows editors once wrote."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding) if len(data) <= _LARGEST else None
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the number of its last line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ";")
    for row in reader:
        cells = [" ".join(cell.split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield reader.line_num, cells


def _read(cells: list[str]) -> PastedIndicator | str:
    """Return the indicator of a row, or what is wrong with it."""
    if len(cells) != _COLUMNS:
        return f"has {len(cells)} cells, not {_COLUMNS}"
    raw, title, target = cells
    try:
        identifier = Identifier.parse(raw.rstrip(".:"))
    except ValueError as error:
        return f"has no usable id: {str(error).partition(';')[0]}"
    if not re.fullmatch(f"[0-9]{{1,{_DIGITS}}}", target):
        return f"has the target '{target}', which is no whole number"
    if not title:
        return "has no title"
    return str(identifier), title, int(target)


def _unreadable(name: str, why: str) -> Problem:
    return Problem("indicators-unreadable", f"no table can be read: {why}", Location(name), _HOW)
