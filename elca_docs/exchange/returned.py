"""A workbook that came back, compared with the book that would be written now: changes, and problems with their cell.

The comparison is with the records of today, so reading a workbook twice changes nothing the second time. A problem
never hides another: everything is told at once, and what stands beside it is still read. Applies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from elca_docs.errors import Location, Problem
from elca_docs.exchange.cell_texts import cut, folded, plain
from elca_docs.exchange.new_records import PLACE, NewRecords
from elca_docs.exchange.row_changes import RowChanges, row_changes, untouched
from elca_docs.exchange.sheet_places import FoundRow, FoundSheet, found_sheet, place_of
from elca_docs.exchange.workbook_cells import RawSheet, sheets_of
from elca_docs.exchange.workbooks import EVERYONE, INSTRUCTIONS, LISTS, OF
from elca_docs.model.sheets import Book, Change, Differences, SheetRow, SheetTable

MOST_PROBLEMS: Final = 500
"""Problems told of one workbook; whoever has more sent the wrong file."""
_ROWS: Final = re.compile("([0-9]{1,6}) rows?")
_USE_OURS: Final = "use the workbook that was sent out"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """What a workbook changes, and what has to be asked back; where both stand, the changes are those without doubt."""

    differences: Differences
    problems: tuple[Problem, ...]


def partner_of(data: bytes, *, name: str = "workbook.xlsx") -> str | Problem:
    """Return whose workbook it is ("" is the lead's), so that the right book can be made to compare it with.

    A Problem where the file is no workbook, or its sheet Instructions does not say whose it is.
    """
    sheets = sheets_of(data, name=name, without=LISTS)
    return sheets if isinstance(sheets, Problem) else _partner(sheets, name)


def differences(data: bytes, book: Book, *, name: str = "workbook.xlsx") -> SheetReading:
    """Return what a workbook changes in the records, and every problem in it, both sheet by sheet and row by row.

    Args:
        data: The file that came back; whatever it is, it never raises.
        book: The book that would be written now, from the records as they are.
        name: What the file is called in messages.
    """
    sheets = sheets_of(data, name=name, without=LISTS)
    if isinstance(sheets, Problem):
        return SheetReading(differences=Differences(), problems=(sheets,))
    partner = _partner(sheets, name)
    if isinstance(partner, Problem):
        return SheetReading(differences=Differences(), problems=(partner,))
    if partner != book.partner:
        message = f"this is the workbook of {partner or EVERYONE}, and it is read as that of {book.partner or EVERYONE}"
        problem = Problem("workbook-of-another-partner", message, Location(name), "read it for the partner it is of")
        return SheetReading(differences=Differences(), problems=(problem,))
    reader = _Reader(book, name, {sheet.title: sheet for sheet in sheets})
    reader.read()
    return SheetReading(
        differences=Differences(changes=tuple(reader.changes)),
        problems=_bounded(list(dict.fromkeys(reader.problems)), name),
    )


def _bounded(problems: list[Problem], name: str) -> tuple[Problem, ...]:
    """Return as many problems as a person can look at, and how many more there are."""
    more = len(problems) - MOST_PROBLEMS
    if more <= 0:
        return tuple(problems)
    rest = Problem("more-problems", f"{more:,} more problems are not listed", Location(name), f"{_USE_OURS} last")
    return (*problems[:MOST_PROBLEMS], rest)


def _partner(sheets: tuple[RawSheet, ...], name: str) -> str | Problem:
    said = _instructions(sheets).get(folded(OF), "")
    if said:
        return "" if said == EVERYONE else said
    message = f"the sheet {INSTRUCTIONS} does not say whose workbook this is"
    return Problem("missing-sheet", message, Location(name), _USE_OURS)


def _instructions(sheets: tuple[RawSheet, ...]) -> Mapping[str, str]:
    """Return what the first sheet says, by the label in front of it."""
    for sheet in sheets:
        if sheet.title == INSTRUCTIONS:
            lines = (cells for cells in sheet.rows.values() if 1 in cells and 2 in cells)  # noqa: PLR2004 - columns
            return {folded(cells[1].text): plain(cells[2].text) for cells in lines}
    return {}


@dataclass(slots=True)
class _Reader:
    """The state of one reading; never leaves this module."""

    book: Book
    name: str
    sheets: Mapping[str, RawSheet]
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    newcomers: NewRecords = field(init=False)

    def __post_init__(self) -> None:
        self.newcomers = NewRecords(self.book)

    def read(self) -> None:
        """Read every sheet of the book, in its order, then look for sheets that are nobody's."""
        stated = _instructions(tuple(self.sheets.values()))
        for table in self.book.tables:
            rows = _ROWS.fullmatch(stated.get(folded(table.title), ""))
            self._table(table, int(rows[1]) if rows else 0)
        known = {INSTRUCTIONS, LISTS, *(table.title for table in self.book.tables)}
        for title, sheet in self.sheets.items():
            if title not in known and sheet.cells:
                at = Location(self.name, place=f"sheet {cut(title)}")
                message = f"the sheet {cut(title)} is read by nobody"
                fix = "move what it says into the sheets that were sent out, and delete it"
                self.problems.append(Problem("unknown-sheet", message, at, fix))

    def _table(self, table: SheetTable, stated: int) -> None:
        """Read one sheet; `stated` rows stood on it when the workbook was written."""
        raw = self.sheets.get(table.title)
        if raw is None:
            if stated:
                message = f"the sheet {table.title} with {stated} rows is gone"
                self.problems.append(Problem("missing-sheet", message, Location(self.name), _USE_OURS))
            return
        sheet = found_sheet(raw, table, name=self.name)
        if not isinstance(sheet, FoundSheet):
            self.problems += sheet
            return
        self.problems += sheet.problems()
        known = {each.record: each for each in table.rows}
        rows: dict[str, FoundRow] = {}
        for row in sheet.rows():
            if row.record in rows:
                message = f"{cut(row.record)} stands twice, also in row {rows[row.record].number}"
                self.problems.append(Problem("row-twice", message, row.location(), "delete the row that is not meant"))
                continue
            rows[row.record] = row
            self._take(self._row(row, table, known.get(row.record)))
        if len(rows) < stated and not raw.merged:
            self._missing(table, rows, stated)

    def _take(self, found: RowChanges) -> None:
        self.changes += found.changes
        self.problems += found.problems

    def _row(self, row: FoundRow, table: SheetTable, known: SheetRow | None) -> RowChanges:
        """Return what one row changes; a row of nobody's is a problem only if somebody wrote into it."""
        if PLACE in row.record:
            return self.newcomers.of(row)
        if known is not None:
            return row_changes(row, known, who=self.book.partner)
        return RowChanges() if untouched(row) else RowChanges(problems=[self._foreign(row, table)])

    def _foreign(self, row: FoundRow, table: SheetTable) -> Problem:
        """Return the problem of a row that is not in this partner's book."""
        if row.record in self.book.beyond.ids.get(table.kind, frozenset()):
            message = f"{row.record} does not belong to the rows of {self.book.partner or EVERYONE}"
            fix = "take the row out; the partner that leads it changes it"
            return Problem("row-of-another-partner", message, row.location(), fix)
        message = f"there is no record of the id '{cut(row.record)}'"
        return Problem("unknown-row", message, row.location(), f"{_USE_OURS}; ids stay as they are")

    def _missing(self, table: SheetTable, rows: Mapping[str, FoundRow], stated: int) -> None:
        """Note rows that were deleted: records are not deleted this way."""
        gone: list[SheetRow] = [each for each in table.rows if each.record not in rows]
        if gone:
            names = ", ".join(each.record for each in gone[:5]) + (" …" if len(gone) > 5 else "")  # noqa: PLR2004 - a few
            message = f"the sheet {table.title} had {stated} rows and has {len(rows)}; missing may be {names}"
            at = Location(self.name, place=place_of(table.title, 1, 1))
            fix = "nothing is deleted by that; tell the lead what is to be taken out of the plan"
            self.problems.append(Problem("row-missing", message, at, fix))
