"""The Excel sheet of what a partner still has to tell: one line per value, the most wanted first.

It goes out by e-mail to an officer who never sees the records, and its last column comes back filled. Every cell is
text, so no spreadsheet turns an answer into a date, drops a leading zero or runs a formula. Ranking is not done here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.exchange.cells import ANSWER, INK, add_headings, finished, ruled_cells, set_up_page, text_cell, writable
from elca_docs.model.missing import MissingField

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
_LABELS_SHOWN: Final = 12


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

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Missing"
    title = writable(f"{project_acronym}: what we still need from {partner_name}")
    _head(sheet, title)
    for row in rows:
        sheet.append(_line(sheet, _texts_of(row, agreement_labels)))
    if not rows:
        sheet.append([text_cell(sheet, "Nothing is missing at the moment. Thank you.")])
    set_up_page(sheet, title)
    return finished(workbook, title=title, creator=project_acronym)


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
    from openpyxl.styles import Font

    first = text_cell(sheet, title)
    first.font = Font(size=16, bold=True, color=INK)
    for cell in (first, *(text_cell(sheet, text) for text in _HOW), text_cell(sheet, "")):
        sheet.append([cell])
    add_headings(sheet, _COLUMNS)


def _line(sheet: Worksheet, texts: Sequence[str]) -> list[Cell]:
    """Return the cells of a line: wrapped, with a rule below, the answer coloured."""
    from openpyxl.styles import PatternFill

    cells = ruled_cells(sheet, texts)
    cells[-1].fill = PatternFill("solid", fgColor=ANSWER)
    return cells
