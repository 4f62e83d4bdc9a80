"""The Excel sheet of findings: one line each, so that an office can sort, filter and share out what to settle.

Values come in; nothing is judged or ranked here, and every cell is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.exchange.cells import INK, add_headings, finished, ruled_cells, set_up_page, text_cell, writable
from elca_docs.model.findings import Finding

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS: Final = (
    ("Severity", 10),
    ("Theme", 24),
    ("What was found", 70),
    ("What to do", 46),
    ("Where", 36),
    ("Beside", 36),
    ("Records", 28),
    ("Code", 24),
    ("Accepted because", 30),
)
_CELL: Final = 2_000
"""Letters of a cell that are still read; a longer list of records is cut, visibly."""


def findings_workbook(*, project_acronym: str, findings: Sequence[Finding], themes: Mapping[str, str]) -> bytes:
    """Return an Excel workbook with one line per finding, in the order given, accepted ones included.

    Args:
        project_acronym: Whose records were checked.
        findings: What was found; none at all gives a sheet that says so.
        themes: The theme of each code, in words.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Findings"
    title = writable(f"{project_acronym}: findings in the records")
    _head(sheet, title)
    for finding in findings:
        _line(sheet, _texts_of(finding, themes.get(finding.code, "")))
    if not findings:
        sheet.append([text_cell(sheet, "Nothing was found.")])
    else:
        sheet.auto_filter.ref = f"A2:{get_column_letter(len(_COLUMNS))}{sheet.max_row}"
    set_up_page(sheet, title)
    return finished(workbook, title=title, creator=project_acronym)


def _texts_of(finding: Finding, theme: str) -> tuple[str, ...]:
    """Return the cells of a line, in the order of the columns."""
    places = [str(each) if each else "" for each in (finding.location, finding.other_location)]
    named = ", ".join(finding.ids)
    return (
        finding.severity, theme, finding.message, finding.fix, *places, named, finding.code, finding.accepted,
    )  # fmt: skip


def _head(sheet: Worksheet, title: str) -> None:
    """Write the title and the headings."""
    from openpyxl.styles import Font

    first = text_cell(sheet, title)
    first.font = Font(size=16, bold=True, color=INK)
    sheet.append([first])
    add_headings(sheet, _COLUMNS)


def _line(sheet: Worksheet, texts: Sequence[str]) -> None:
    sheet.append(ruled_cells(sheet, (text if len(text) <= _CELL else f"{text[: _CELL - 1]}…" for text in texts)))
