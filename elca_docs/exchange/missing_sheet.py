"""The Excel sheet of what a partner still has to tell: one line per value, the most wanted first.

It goes out by e-mail to an officer who never sees the records, and its last column comes back filled. Every cell is
text, so no spreadsheet turns an answer into a date, drops a leading zero or runs a formula. Ranking is not done here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from elca_docs.errors import Problem, RecordsError
from elca_docs.model.missing import MissingField
from elca_docs.opc import restamped

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_HOW = (
    "Please fill in the last column and send this file back. The lines on top are the ones most agreements wait for.",
    "Until then the drafts of those agreements show a marked gap in that place and cannot be signed.",
)
_COLUMNS: Final = (
    ("What is missing", 38),
    ("Waiting", 10),
    ("Agreements that wait for it", 46),
    ("Where it is recorded", 36),
    ("Your answer", 44),
)
_CELL_LIMIT: Final = 32_767  # Excel's own limit of characters in a cell
_LABELS_SHOWN: Final = 12
_WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - no real time: the same input gives the same bytes
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: Char
_A4: Final = 9  # in the list of paper sizes of ECMA-376, part 1, 18.3.1.63
_FOOTER_LIMIT: Final = 90  # Excel takes 255 characters for the whole footer, and "&" counts twice
_INK, _ANSWER, _RULE = "1F3A5F", "FFF9E0", "C3CCD8"


def missing_workbook(
    *, partner_name: str, project_acronym: str, rows: Sequence[MissingField], agreement_labels: Mapping[str, str]
) -> bytes:
    """Return an Excel workbook that asks a partner for every missing value, one line each, in the order given.

    Args:
        partner_name: Whom it is for.
        project_acronym: Which project asks.
        rows: What is missing, the most wanted first; none at all gives a sheet that says so.
        agreement_labels: What a reader calls an agreement, by id; an id without label stands for itself.

    Raises:
        RecordsError: cell-too-long where a text does not fit into a cell; a cut text would be a wrong one.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Missing"
    title = _writable(f"{project_acronym}: what we still need from {partner_name}")
    _head(sheet, title)
    for row in rows:
        sheet.append(_line(sheet, _texts_of(row, agreement_labels)))
    if not rows:
        sheet.append([_cell(sheet, "Nothing is missing at the moment. Thank you.")])
    _set_up_page(sheet, title)
    properties = workbook.properties
    properties.title, properties.creator, properties.language = title, _writable(project_acronym), "en"
    properties.created = properties.modified = _WRITTEN
    written = io.BytesIO()
    # The writer itself, since `Workbook.save` would set the day of writing.
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    return restamped(written.getvalue())


def _texts_of(row: MissingField, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells of a line."""
    named = [labels.get(each, each) for each in row.agreements]
    more = len(named) - _LABELS_SHOWN
    shown = "\n".join(named[:_LABELS_SHOWN]) + (f"\nand {more} more" if more > 0 else "")
    file, _, record = row.missing.record.partition("/")
    place = f"{file}.yaml, {record}: {row.missing.key}" if record else f"{file}: {row.missing.key}"
    return (row.missing.label, str(len(named)), shown, place, "")


def _head(sheet: Worksheet, title: str) -> None:
    """Write the title, the two sentences on what to do, and the header that stays in sight."""
    from openpyxl.styles import Font, PatternFill

    first = _cell(sheet, title)
    first.font = Font(size=16, bold=True, color=_INK)
    for cell in (first, *(_cell(sheet, text) for text in _HOW), _cell(sheet, "")):
        sheet.append([cell])
    header = _line(sheet, [heading for heading, _ in _COLUMNS])
    for cell in header:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_INK)
    sheet.append(header)
    for letter, (_, width) in zip("ABCDE", _COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"


def _line(sheet: Worksheet, texts: Sequence[str]) -> list[Cell]:
    """Return the cells of a line: wrapped, with a rule below, the answer coloured."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    cells = [_cell(sheet, text) for text in texts]
    for cell in cells:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(bottom=Side(style="thin", color=_RULE))
    cells[-1].fill = PatternFill("solid", fgColor=_ANSWER)
    return cells


def _cell(sheet: Worksheet, text: str) -> Cell:
    """Return a cell that holds a text as text, whatever it begins with."""
    from openpyxl.cell.cell import Cell

    if len(text) > _CELL_LIMIT:
        message = f"the text '{text[:40]}…' has {len(text)} characters, too many for a cell of the sheet"
        raise RecordsError(Problem("cell-too-long", message, fix=f"shorten it to {_CELL_LIMIT} characters"))
    cell = Cell(sheet, value=_writable(text), row=1, column=1)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _writable(text: str) -> str:
    """Return the text with what no XML file can hold replaced, visibly."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _set_up_page(sheet: Worksheet, title: str) -> None:
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
