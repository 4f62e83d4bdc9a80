"""A table of text, for whoever prints it, writes it into a spreadsheet, or reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """Columns, and rows with as many cells as there are columns; `notes` are sentences to print under it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
