"""A table of a book found again on its sheet: which column stands where, and which rows can be trusted.

People move columns, hide rows, merge cells and add columns of their own. Columns are found by their headings and rows
by their ids, wherever they stand; what cannot be found or may not be read is a problem and its place. Compares nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from elca_docs.errors import Location, Problem
from elca_docs.exchange.cell_texts import cut, folded, plain
from elca_docs.exchange.workbook_cells import RawCell, RawSheet
from elca_docs.exchange.workbooks import ID, STAMP
from elca_docs.model.sheets import SheetColumn, SheetTable

_HEADER_WITHIN: Final = 20


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a sheet that has an id: its number, its filled cells by heading, and where they stand."""

    sheet: FoundSheet
    number: int
    record: str
    cells: Mapping[str, RawCell]

    def place(self, heading: str = ID) -> str:
        """Return where a cell stands, in words."""
        return place_of(self.sheet.raw.title, self.number, self.sheet.columns[heading])

    def location(self, heading: str = ID) -> Location:
        """Return the same as a location."""
        return Location(self.sheet.name, place=self.place(heading))

    def text(self, column: SheetColumn) -> RawCell | None:
        """Return the filled cell of a column; None where it is empty."""
        return self.cells.get(column.heading)

    def hides(self, heading: str) -> bool:
        """Whether nobody sees the cell, because its row, its column or the whole sheet is hidden."""
        column = self.sheet.columns[heading]
        ranges = self.sheet.raw.hidden_columns
        return (
            self.sheet.raw.hidden
            or self.number in self.sheet.raw.hidden_rows
            or any(first <= column <= last for first, last in ranges)
        )


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet whose columns were all found: the column number of each heading, and the row of the headings."""

    name: str
    raw: RawSheet
    table: SheetTable
    columns: Mapping[str, int]
    header: int

    def rows(self) -> Iterator[FoundRow]:
        """Yield the rows below the headings that have an id and no merged cells."""
        merged = self._merged_rows
        by_number = {number: heading for heading, number in self.columns.items()}
        for number, filled in self.raw.rows.items():
            if number <= self.header or number in merged:
                continue
            cells = {by_number[column]: cell for column, cell in filled.items() if column in by_number}
            if ID in cells and (record := plain(cells[ID].text)):
                yield FoundRow(self, number, record, cells)

    def problems(self) -> Iterator[Problem]:
        """Yield what makes rows and columns of the sheet unreadable: merged cells, no id, headings of their own."""
        yield from self._merges()
        merged = self._merged_rows
        known = set(self.columns.values())
        strange: set[int] = set()
        for number, filled in self.raw.rows.items():
            if number <= self.header or number in merged:
                continue
            strange |= set(filled) - known
            mine = [column for column in filled if column in known]
            if mine and self.columns[ID] not in filled:
                message = "this row has no id, so it belongs to no record"
                fix = "fill in a row of the sheet that has a # in its id, or tell the lead what is to be added"
                at = Location(self.name, place=place_of(self.raw.title, number, mine[0]))
                yield Problem("row-without-id", message, at, fix)
        for column in sorted(strange):
            heading = self.raw.rows.get(self.header, {}).get(column)
            called = f"the column '{cut(heading.text)}'" if heading else "a column without a heading"
            at = Location(self.name, place=place_of(self.raw.title, self.header, column))
            yield Problem("unknown-column", f"{called} is read by nobody", at, "write it into the description instead")

    @property
    def _merged_rows(self) -> frozenset[int]:
        last_row = max(self.raw.rows, default=0)
        return frozenset(row for _, first, last in self.raw.merged for row in range(first, min(last, last_row) + 1))

    def _merges(self) -> Iterator[Problem]:
        for reference, _, last in self.raw.merged:
            if last > self.header:
                message = f"the cells {reference} are merged, so what belongs to which record cannot be told"
                at = Location(self.name, place=f"sheet {self.raw.title}, cells {reference}")
                yield Problem("merged-cells", message, at, "split them, and write each value into its own cell")


def found_sheet(raw: RawSheet, table: SheetTable, *, name: str) -> FoundSheet | tuple[Problem, ...]:
    """Return the sheet with its columns, or a problem for each heading that is missing."""
    wanted = {folded(heading): heading for heading in (ID, *(each.heading for each in table.columns), STAMP)}
    header = _header_of(raw)
    headings = raw.rows.get(header, {})
    columns: dict[str, int] = {}
    for number, cell in headings.items():
        heading = wanted.get(folded(cell.text))
        if heading:
            columns.setdefault(heading, number)
    if not header:
        message = f"the sheet {raw.title} has no row of headings with a column '{ID}', so nothing of it is read"
        at = Location(name, place=f"sheet {raw.title}")
        return (
            Problem("missing-column", message, at, "write the headings again, or use the workbook that was sent out"),
        )
    missing = [heading for heading in wanted.values() if heading not in columns]
    if not missing:
        return FoundSheet(name, raw, table, columns, header)
    others = {folded(cell.text): cut(cell.text) for cell in headings.values() if folded(cell.text) not in wanted}
    return tuple(_missing(raw, each, others, Location(name, place=f"sheet {raw.title}")) for each in missing)


def _header_of(raw: RawSheet) -> int:
    """Return the row of the headings: the first one with an id column; 0 where there is none."""
    for number, cells in raw.rows.items():
        if number > _HEADER_WITHIN:
            break
        if any(folded(cell.text) == folded(ID) for cell in cells.values()):
            return number
    return 0


def _missing(raw: RawSheet, heading: str, others: Mapping[str, str], at: Location) -> Problem:
    near = get_close_matches(folded(heading), others, n=1)
    fix = f"was it renamed '{others[near[0]]}'? " if near else ""
    message = f"the sheet {raw.title} has no column '{heading}', so nothing of it is read"
    return Problem("missing-column", message, at, f"{fix}Write the heading '{heading}' again, or use the file sent out")


def place_of(title: str, row: int, column: int) -> str:
    """Return where a cell stands, in words: "sheet Agreements, cell F7"."""
    from openpyxl.utils import get_column_letter

    return f"sheet {title}, cell {get_column_letter(column)}{max(row, 1)}"
