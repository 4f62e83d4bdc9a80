"""What all workbooks of this room share: cells that are text and stay text, A4 pages, and bytes without an hour.

A spreadsheet turns texts into dates, numbers and formulas wherever it may; a cell made here says that it is text, in
its type and in its format. Knows nothing of what is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from elca_docs.errors import Problem, RecordsError
from elca_docs.opc import restamped

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT: Final = 32_767
"""Excel's own limit of characters in a cell."""
INK, ANSWER, RULE, QUIET = "1F3A5F", "FFF9E0", "C3CCD8", "F3F5F8"
"""Colours: of headings, of cells to fill in, of the lines between rows, of cells to read only."""

_WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - no real time: the same input gives the same bytes
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: Char
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # ISO/IEC 29500-1, 22.9.2.19: ST_Xstring
_A4: Final = 9  # in the list of paper sizes of ECMA-376, part 1, 18.3.1.63
_FOOTER_LIMIT: Final = 90  # Excel takes 255 characters for the whole footer, and "&" counts twice


def text_cell(sheet: Worksheet, text: str, *, row: int = 1, column: int = 1) -> Cell:
    """Return a cell that holds a text as text, whatever it begins with; RecordsError (cell-too-long) where none can."""
    from openpyxl.cell.cell import Cell

    if len(text) > CELL_LIMIT:
        message = f"the text '{text[:40]}…' has {len(text)} characters, too many for a cell of the sheet"
        raise RecordsError(Problem("cell-too-long", message, fix=f"shorten it to {CELL_LIMIT} characters"))
    cell = Cell(sheet, value=_ESCAPE.sub("_x005F_", writable(text)), row=row, column=column)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def writable(text: str) -> str:
    """Return the text with what no XML file can hold replaced, visibly."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def ruled_cells(sheet: Worksheet, texts: Iterable[str]) -> list[Cell]:
    """Return the cells of a line of a list: texts on top, wrapped, with a rule below."""
    from openpyxl.styles import Alignment, Border, Side

    cells = [text_cell(sheet, text) for text in texts]
    for cell in cells:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(bottom=Side(style="thin", color=RULE))
    return cells


def add_headings(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    """Add the headings of a list, each with the width of its column, below what stands there; they stay in sight."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    cells = ruled_cells(sheet, [heading for heading, _ in columns])
    for cell in cells:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=INK)
    sheet.append(cells)
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"


def set_up_page(sheet: Worksheet, title: str) -> None:
    """Make the sheet print on A4, landscape, as wide as the page."""
    from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties, WorksheetProperties

    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties = WorksheetProperties(pageSetUpPr=PageSetupProperties(fitToPage=True))
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.sheet_view.showGridLines = False
    left = _HeaderFooterPart(text=title[:_FOOTER_LIMIT].replace("&", "&&"))
    footer = HeaderFooterItem(left=left, right=_HeaderFooterPart(text="&P / &N"))
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer)


def finished(workbook: Workbook, *, title: str, creator: str) -> bytes:
    """Return the workbook as a file that holds no hour: the same content is the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    properties = workbook.properties
    properties.title, properties.creator, properties.language = writable(title), writable(creator), "en"
    properties.created = properties.modified = _WRITTEN
    written = io.BytesIO()
    # The writer itself, since `Workbook.save` would set the day of writing.
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    return restamped(written.getvalue())
