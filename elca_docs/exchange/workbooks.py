"""A book as an Excel workbook: instructions first, one sheet per table, and only the partner's own cells unlocked.

Every cell is text, so that no spreadsheet makes a date, a number or a formula of it. Sheets are protected without a
password: against slips, not against intent; what was changed in spite of it is noticed on reading. Knows no record,
and never reads a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from elca_docs.exchange.cell_texts import compared, mark
from elca_docs.exchange.cells import ANSWER, INK, QUIET, finished, set_up_page, text_cell, writable
from elca_docs.exchange.sheet_looks import FONT, Look, lines_of, look
from elca_docs.model.sheets import Book, SheetColumn, SheetRow, SheetTable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

INSTRUCTIONS: Final = "Instructions"
LISTS: Final = "Lists"
ID: Final = "Id"
STAMP: Final = "Stamp"
OF: Final = "Workbook of"
EVERYONE: Final = "(all partners)"
AS_OF: Final = "As of"
_HEADER: Final = 2
_ID_WIDTH: Final = 18
_STAMP_WIDTH: Final = 15
_COMMENT: Final = (260, 90)  # width and height in points
_PAGE: Final = 150  # widths of columns that are read well on one page
_LINE: Final = 13.5  # height of a line, in points
_MOST_LINES: Final = 20
_DIM: Final = "5B6675"


def workbook_of(book: Book) -> bytes:
    """Return the book as an Excel workbook; the same book is the same bytes on any day.

    Each table with rows becomes a sheet of its title: a line that says what it is, the headings, then one row per
    record, which begins with its id and ends with a stamp of what it held when it was written.

    Raises:
        RecordsError: cell-too-long where a text does not fit into a cell; a cut text would be a wrong one.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    shown = tuple(table for table in book.tables if table.rows)
    _instruct(workbook.worksheets[0], book, shown)
    lists = _Lists()
    for table in shown:
        _Sheet(workbook.create_sheet(table.title), table, book, lists).fill()
    lists.write(workbook)
    return finished(workbook, title=book.title, creator=book.title.partition(":")[0])


def stamp(table: SheetTable, row: SheetRow) -> str:
    """Return the stamp of a row: a mark of the record's fields and one of what is only shown."""
    fields, seen = marked_texts(table, [compared(each, row.cells.get(each.heading, "")) for each in table.columns])
    return f"{mark(row.record, fields)}-{mark(row.record, seen)}"


def marked_texts(table: SheetTable, texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the texts of a row's columns, parted into those of the record's fields and those only shown."""
    pairs = list(zip(table.columns, texts, strict=True))
    return [text for each, text in pairs if each.editable], [text for each, text in pairs if not each.editable]


@dataclass(slots=True)
class _Lists:
    """The drop-downs of a workbook, each written once on a hidden sheet; Excel allows no longer list in the cell."""

    choices: dict[tuple[str, ...], str] = field(default_factory=dict)

    def formula(self, choices: tuple[str, ...]) -> str:
        """Return where a list stands, as a drop-down names it."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(len(self.choices) + 1)
        return self.choices.setdefault(choices, f"{LISTS}!${letter}$1:${letter}${len(choices)}")

    def write(self, workbook: Workbook) -> None:
        """Write all lists on a sheet that nobody needs to see."""
        sheet = workbook.create_sheet(LISTS)
        for column, choices in enumerate(self.choices, 1):
            for row, choice in enumerate(choices, 1):
                sheet._cells[row, column] = text_cell(sheet, choice, row=row, column=column)  # noqa: SLF001 - see _put
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Return a new text cell in its place; `Worksheet.cell` would guess a type from the text."""
    cell = text_cell(sheet, text, row=row, column=column)
    sheet._cells[row, column] = cell  # noqa: SLF001 - the only way to place a cell whose type is set
    return cell


@dataclass(slots=True)
class _Sheet:
    """One table on its sheet."""

    sheet: Worksheet
    table: SheetTable
    book: Book
    lists: _Lists
    quiet: Look = field(default_factory=lambda: look(ink=_DIM, fill=QUIET))
    answer: Look = field(default_factory=lambda: look(fill=ANSWER, open_=True))
    head: Look = field(default_factory=lambda: look(ink="FFFFFF", fill=INK, bold=True))

    def fill(self) -> None:
        """Write title, headings and rows, then everything that makes them easy to use."""
        from openpyxl.styles import Font

        title = f"{self.table.title} · {self.book.title}"
        _put(self.sheet, 1, 1, title).font = Font(name=FONT, size=14, bold=True, color=INK)
        self._headings()
        for number, row in enumerate(self.table.rows, _HEADER + 1):
            self._row(number, row)
        self._choices()
        self._protect()
        set_up_page(self.sheet, writable(title))
        self.sheet.freeze_panes = f"C{_HEADER + 1}"
        self.sheet.print_title_rows, self.sheet.print_title_cols = f"{_HEADER}:{_HEADER}", "A:B"
        width = sum(each.width for each in self.table.columns) + _ID_WIDTH + _STAMP_WIDTH
        self.sheet.page_setup.fitToWidth = -(-width // _PAGE)

    def _headings(self) -> None:
        from openpyxl.comments import Comment
        from openpyxl.utils import get_column_letter

        known = "The record's name in the files; it never changes. A # marks a place that is still free."
        seal = "Tells whether the record changed after this file was written. Leave it as it is."
        columns = [
            (ID, known, _ID_WIDTH),
            *((each.heading, each.comment, each.width) for each in self.table.columns),
            (STAMP, seal, _STAMP_WIDTH),
        ]
        for number, (heading, comment, width) in enumerate(columns, 1):
            cell = self.head.on(_put(self.sheet, _HEADER, number, heading))
            if comment:
                cell.comment = Comment(
                    comment, self.book.title.partition(":")[0], width=_COMMENT[0], height=_COMMENT[1]
                )
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self._set_height(_HEADER, [(heading, width) for heading, _, width in columns])

    def _row(self, number: int, row: SheetRow) -> None:
        self.quiet.on(_put(self.sheet, number, 1, row.record))
        for place, column in enumerate(self.table.columns, 2):
            look = self.answer if is_open(row, column) else self.quiet
            look.on(_put(self.sheet, number, place, row.cells.get(column.heading, "")))
        self.quiet.on(_put(self.sheet, number, len(self.table.columns) + 2, stamp(self.table, row)))
        texts = [(row.cells.get(each.heading, ""), each.width) for each in self.table.columns]
        self._set_height(number, [(row.record, _ID_WIDTH), *texts])

    def _set_height(self, number: int, texts: Sequence[tuple[str, int]]) -> None:
        """Make a row as high as its longest cell needs: LibreOffice does not do it on opening."""
        most = max(lines_of(text, width) for text, width in texts)
        if most > 1:
            self.sheet.row_dimensions[number].height = min(most, _MOST_LINES) * _LINE

    def _choices(self) -> None:
        """Give the open cells of a column with choices their drop-down."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, column in enumerate(self.table.columns, 2):
            numbers = [n for n, row in enumerate(self.table.rows, _HEADER + 1) if is_open(row, column)]
            if not (column.choices and numbers):
                continue
            drop_down = DataValidation(
                type="list",
                formula1=self.lists.formula(column.choices),
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=column.heading[:32],
                error="Please choose from the list, or leave the cell empty.",
            )
            for first, last in _runs(numbers):
                drop_down.add(f"{get_column_letter(place)}{first}:{get_column_letter(place)}{last}")
            self.sheet.add_data_validation(drop_down)

    def _protect(self) -> None:
        """Lock the sheet against slips; widths and heights stay free, and nothing needs a password."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = False
        protection.autoFilter = protection.sort = False


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return rising numbers as first and last of each unbroken run: a long list of cells makes spreadsheets slow."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def is_open(row: SheetRow, column: SheetColumn) -> bool:
    """Whether a cell may be written by whoever gets the workbook."""
    return column.editable and row.editable and column.heading not in row.locked


def _instruct(sheet: Worksheet, book: Book, tables: Sequence[SheetTable]) -> None:
    """Write the first sheet: whose workbook it is, what to do, and how many rows each sheet has."""
    from openpyxl.styles import Alignment, Font

    sheet.title = INSTRUCTIONS
    lines = [
        (book.title, ""),
        ("", ""),
        (OF, book.partner or EVERYONE),
        (AS_OF, book.as_of),
        ("", ""),
        *(("" if number else "What to do", text) for number, text in enumerate(book.instructions)),
        ("", ""),
        *((table.title, f"{len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}") for table in tables),
    ]
    for number, (label, text) in enumerate(lines, 1):
        _put(sheet, number, 1, label).font = Font(name=FONT, bold=True, color=INK, size=11)
        cell = _put(sheet, number, 2, text)
        cell.font, cell.alignment = Font(name=FONT, size=11), Alignment(vertical="top", wrap_text=True)
    sheet["A1"].font = Font(name=FONT, bold=True, color=INK, size=16)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    sheet.protection.sheet = True
    set_up_page(sheet, writable(book.title))
