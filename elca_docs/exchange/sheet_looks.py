"""What the cells of a partner's workbook look like: yellow to fill in, grey to read, dark for headings. Looks only."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from elca_docs.exchange.cells import RULE

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection

FONT: Final = "Calibri"


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell looks like, and whether it can be written."""

    font: Font
    fill: PatternFill
    alignment: Alignment
    border: Border
    protection: Protection
    made: list[Any] = field(default_factory=list)

    def on(self, cell: Cell) -> Cell:
        """Return the cell with this look; every cell after the first takes the finished style of the first."""
        styled: Any = cell  # the library's types leave the finished style out
        if self.made:
            styled._style = copy(self.made[0])  # noqa: SLF001 - each property set singly is looked up in the whole workbook
            return cell
        cell.font, cell.fill, cell.alignment = self.font, self.fill, self.alignment
        cell.border, cell.protection = self.border, self.protection
        self.made.append(styled._style)  # noqa: SLF001 - as above
        return cell


def look(*, ink: str = "000000", fill: str = "FFFFFF", bold: bool = False, open_: bool = False) -> Look:
    """Return a look; `open_` cells can be written although the sheet is protected."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    rule = Border(bottom=Side(style="thin", color=RULE), right=Side(style="thin", color=RULE))
    return Look(
        font=Font(name=FONT, bold=bold, color=ink, size=10),
        fill=PatternFill("solid", fgColor=fill),
        alignment=Alignment(vertical="top", wrap_text=True),
        border=rule,
        protection=Protection(locked=not open_),
    )


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a word that does not fit begins a new one."""
    lines, left = 1, width
    for word in text.split():
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        lines, left = lines + len(word) // (width + 1), left - len(word) - 1
    return lines + text.count("\n")
