"""status.xlsx: every way of looking at the project as a sheet, with numbers that are numbers and days that are days.

Columns are typed by their heading, never by how a cell looks: an id or a reference of digits stays text, and a month
("2021-10") stays what it is, for a spreadsheet would make a day of it. Nothing is computed or judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from elca_docs.exchange.cells import INK, add_headings, finished, ruled_cells, set_up_page, text_cell, writable
from elca_docs.model.text_table import TextTable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_NUMBERS: Final = frozenset(
    {
        "target", "planned", "named", "drafted", "sent", "signed", "registered", "counted", "partly signed", "over",
        "gap", "overdue", "days overdue", "shared", "agreements",
    }
)  # fmt: skip
_DAYS: Final = frozenset({"next due", "signed on", "due"})
_WIDE: Final = {
    "title": 52, "counterpart": 46, "activity": 46, "because": 56, "records": 56, "reference": 24, "marks": 26,
    "mission": 22, "id": 16, "responsible": 20, "register number": 18, "status": 14,
}  # fmt: skip
_ISO: Final = 10
_LINE, _LINES = 15, 20
"""Height of a line in points, and the most lines of a row: some programs never fit a row to its texts by themselves."""
_CELL: Final = 2_000
"""Letters of a cell that are still read."""
_MOST: Final = 999_999_999
"""Above it a number is no count, and a spreadsheet would round it."""


def status_workbook(*, project_acronym: str, as_of: date, tables: Sequence[tuple[str, TextTable]]) -> bytes:
    """Return an Excel workbook with one sheet per table, in this order; the same tables are the same bytes.

    Args:
        project_acronym: Whose figures they are.
        as_of: The day they are of.
        tables: Title of the sheet, and what stands in it.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    title = writable(f"{project_acronym}: status as of {as_of.isoformat()}")
    for name, table in tables:
        sheet = workbook.create_sheet(name)
        _fill(sheet, table)
        set_up_page(sheet, writable(table.title))
    return finished(workbook, title=title, creator=project_acronym)


def _fill(sheet: Worksheet, table: TextTable) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    first = text_cell(sheet, table.title)
    first.font = Font(size=16, bold=True, color=INK)
    sheet.append([first])
    widths = [_WIDE.get(heading, max(11, len(heading) + 3)) for heading in table.columns]
    add_headings(sheet, list(zip(table.columns, widths, strict=True)))
    for row in table.rows:
        cells = ruled_cells(sheet, (each if len(each) <= _CELL else f"{each[: _CELL - 1]}…" for each in row))
        for heading, text, cell in zip(table.columns, row, cells, strict=True):
            _type(cell, heading, text)
        sheet.append(cells)
        lines = max(-(-len(text) // (width - 2)) for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[sheet.max_row].height = _LINE * min(max(1, lines), _LINES)
    if table.rows:
        sheet.auto_filter.ref = f"A2:{get_column_letter(len(table.columns))}{sheet.max_row}"
    for note in table.notes:
        sheet.append([text_cell(sheet, note)])


def _type(cell: Cell, heading: str, text: str) -> None:
    """Let a cell be the number or the day that its column holds; anything else stays text."""
    if not text:
        cell.value, cell.number_format = None, "General"
    elif heading in _NUMBERS and text.isascii() and text.isdecimal() and int(text) <= _MOST:
        cell.value, cell.number_format = int(text), "0"
    elif heading in _DAYS and len(text) == _ISO:
        cell.value, cell.number_format = date.fromisoformat(text), "yyyy-mm-dd"
