"""index.xlsx of a pack: a sheet of figures, a sheet per figure, a sheet of files; two clicks from number to paper.

Links go to sheets of the workbook, or to files beside it. Every text is a cell of text; nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.exchange.cells import INK, RULE, finished, set_up_page, text_cell, writable
from elca_docs.exchange.sheet_looks import FONT
from elca_docs.model.pack import Pack, PackedFigure, PackedFile, PackedLine

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_OVERVIEW, _FILES = "Figures", "Files"
_HEADINGS: Final = (
    ("counts", 8), ("register number", 15), ("reference", 24), ("with, or what", 36), ("responsible", 16), ("day", 12),
    ("signed by", 44), ("file", 40), ("sha256", 20), ("rules that fail", 50), ("id", 12),
)  # fmt: skip
_CELL: Final = 2_000
"""Letters of a cell that are still read."""
_TITLE: Final = re.compile(r"[\[\]:*?/\\']")
_TITLE_LIMIT: Final = 28
"""Excel takes 31; a number may follow."""
_BLUE: Final = "1155CC"


def pack_index(pack: Pack) -> bytes:
    """Return the workbook; the same pack is the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    titles = _titles(pack)
    _overview(workbook.worksheets[0], pack, titles)
    for figure in pack.figures:
        _figure(workbook.create_sheet(titles[figure.id]), figure)
    _files(workbook, pack)
    title = writable(f"{pack.acronym}: evidence as of {pack.as_of.isoformat()}")
    for sheet in workbook.worksheets:
        set_up_page(sheet, title)
    return finished(workbook, title=title, creator=pack.acronym)


def _titles(pack: Pack) -> dict[str, str]:
    """Return a title that Excel takes for the sheet of each figure; no two are the same."""
    titles: dict[str, str] = {}
    taken = {_OVERVIEW.casefold(), _FILES.casefold()}
    for figure in pack.figures:
        title, count = _TITLE.sub("-", figure.id)[:_TITLE_LIMIT], 1
        while title.casefold() in taken:
            count += 1
            title = f"{title[: _TITLE_LIMIT - 3]}~{count}"
        taken.add(title.casefold())
        titles[figure.id] = title
    return titles


def _overview(sheet: Worksheet, pack: Pack, titles: dict[str, str]) -> None:
    sheet.title = _OVERVIEW
    _heading(sheet, f"{pack.acronym}: figures as of {pack.as_of.isoformat()}")
    note = f"{pack.title} · grant {pack.grant}" + (f" · {pack.as_of_note}" if pack.as_of_note else "")
    _plain(sheet, note)
    _plain(sheet, f"register position {pack.position}, head {pack.head}")
    if pack.redacted:
        _plain(
            sheet, "This pack is redacted: README.txt says what was left out, and each digest stands on sheet Files."
        )
    _plain(sheet, "Click a figure for its lines, then a line for its file.")
    _header(sheet, (("figure", 14), ("title", 60), ("target", 9), ("counted", 9), ("not counted", 13), ("unnamed", 10)))
    for each in pack.figures:
        numbers = (each.target, each.counted, len(each.lines) - each.counted, each.unnamed)
        _row(sheet, (each.id, each.title, *map(str, numbers)))
        for column in (1, 4):
            _link(sheet, column, location=f"'{titles[each.id]}'!A1")
    _row(sheet, (_FILES, "every file of this pack with its SHA-256"))
    _link(sheet, 1, location=f"'{_FILES}'!A1")


def _figure(sheet: Worksheet, figure: PackedFigure) -> None:
    _heading(sheet, f"{figure.id}: {figure.title}")
    _plain(sheet, f"{figure.counted} of {figure.target} counted. {figure.rule}")
    _plain(sheet, "back to the figures")
    _link(sheet, 1, location=f"'{_OVERVIEW}'!A1")
    if figure.unnamed:
        _plain(sheet, f"{figure.unnamed} planned places have no name yet")
    _header(sheet, _HEADINGS)
    for place, row in enumerate(figure.lines, start=1):
        _line(sheet, row, place)
    sheet.auto_filter.ref = f"A{sheet.max_row - _rows_of(figure)}:K{sheet.max_row}"


def _rows_of(figure: PackedFigure) -> int:
    return sum(max(1, len(row.files) + len(row.sent)) for row in figure.lines)


def _line(sheet: Worksheet, row: PackedLine, place: int) -> None:
    """Write a line: one row for what it is with its first file, and one for each further file."""
    rules = "all hold" if row.counted else "; ".join(f"{each.rule}: {each.text}" for each in row.reasons if not each.ok)
    first = (f"{place}" if row.counted else "no", row.number, row.reference, row.what, row.responsible)
    on = row.on.isoformat() if row.on else ""
    files: Sequence[PackedFile | None] = (*row.files, *row.sent) or (None,)
    for count, file in enumerate(files):
        shown = (file.path or f"left out: {file.left_out}") if file else ""
        digest = file.sha256 if file else ""
        if count:
            _row(sheet, ("", row.number, row.reference, "", "", "", "", shown, digest, "", row.id))
        else:
            _row(sheet, (*first, on, "\n".join(row.signed), shown, digest, rules, row.id))
        if file and file.path:
            _link(sheet, 8, target=file.path)


def _files(workbook: Workbook, pack: Pack) -> None:
    sheet = workbook.create_sheet(_FILES)
    _heading(sheet, "Files")
    _plain(sheet, "The same list for a program is SHA256SUMS. What was left out stands here with its digest.")
    _header(sheet, (("file", 70), ("sha256", 70), ("left out because", 40)))
    for each in pack.files:
        _row(sheet, (each.path, each.sha256, each.left_out))
        if each.path:
            _link(sheet, 1, target=each.path)


def _heading(sheet: Worksheet, text: str) -> None:
    from openpyxl.styles import Font

    cell = text_cell(sheet, text)
    cell.font = Font(name=FONT, size=16, bold=True, color=INK)
    sheet.append([cell])


def _plain(sheet: Worksheet, text: str) -> None:
    sheet.append([text_cell(sheet, text)])


def _header(sheet: Worksheet, headings: Sequence[tuple[str, int]]) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    cells = [text_cell(sheet, heading) for heading, _ in headings]
    for cell in cells:
        cell.font, cell.fill = Font(name=FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=INK)
    sheet.append(cells)
    for column, (_, width) in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def _row(sheet: Worksheet, texts: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Border, Side

    cells = [text_cell(sheet, text if len(text) <= _CELL else f"{text[: _CELL - 1]}…") for text in texts]
    for cell in cells:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(bottom=Side(style="thin", color=RULE))
    sheet.append(cells)


def _link(sheet: Worksheet, column: int, *, target: str = "", location: str = "") -> None:
    """Let a cell of the last row lead to a place in the workbook, or to a file beside it."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = sheet.cell(sheet.max_row, column)
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, target=target.replace(" ", "%20") or None, location=location or None
    )
    cell.font = Font(name=FONT, color=_BLUE, underline="single")
