"""Tables of a deliverable: heading rows that repeat, rows that stay whole, widths by share.

It makes elements; where they stand is `word`'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.model.blocks import Cell, Control, Line, Table, line
from elca_docs.rendering.word_captions import CAPTION_STYLE
from elca_docs.rendering.word_text import RunningText, element, paragraph, properties, writable
from elca_docs.rendering.word_widths import column_widths, shared

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

TEXT_STYLE: Final = "Table Text"
HEADING_STYLE: Final = "Table Heading"
GAP_STYLE: Final = "Table Gap"
TABLE_STYLE: Final = "Report Table"
CONTROL_STYLE: Final = "Control Table"
LINK_STYLE: Final = "Hyperlink"
_TEXT: Final = (TEXT_STYLE, HEADING_STYLE, GAP_STYLE, LINK_STYLE)
STYLES: Final = {Table: (CAPTION_STYLE, TABLE_STYLE, *_TEXT), Control: (CONTROL_STYLE, *_TEXT)}
"""The styles that each kind of table needs of a template."""

_FLAG_FILL: Final = "FFF5DC"
_CONTROL_SHARES: Final = (30, 70)


class Tables:
    """Makes the tables of one document, in its styles."""

    def __init__(self, sheet: StyleSheet, text: RunningText) -> None:
        """Take what all tables of a document share."""
        self._sheet = sheet
        self._text = text
        self._size = sheet.size_of(TEXT_STYLE)
        self._flag = sheet.fill_of("Flag") or _FLAG_FILL

    def table(self, content: Table, width: int) -> BaseOxmlElement:
        """Return a table, `width` in twips, whose heading row repeats on each page and whose rows stay whole."""
        widths = column_widths(content, width, self._size)
        made = _frame(self._sheet[TABLE_STYLE], widths, heading_row=True, title=content.caption)
        aligned = [(share, column.align) for share, column in zip(widths, content.columns, strict=True)]
        headings = [Cell(lines=(line(column.heading),)) for column in content.columns]
        for cells, style in ((headings, HEADING_STYLE), *((row, TEXT_STYLE) for row in content.rows)):
            row = _row(repeated=style == HEADING_STYLE)
            for cell, (share, align) in zip(cells, aligned, strict=True):
                row.append(self._cell(cell, share, style, align))
            made.append(row)
        return made

    def control(self, content: Control, width: int) -> BaseOxmlElement:
        """Return the control block of a cover, `width` in twips: labels left, values right, no heading row."""
        widths = shared(width, _CONTROL_SHARES)
        made = _frame(self._sheet[CONTROL_STYLE], widths, heading_row=False)
        for texts in content.rows:
            row = _row()
            for text, share, style in zip(texts, widths, (HEADING_STYLE, TEXT_STYLE), strict=True):
                spans = line(text) if isinstance(text, str) else text
                row.append(self._cell(Cell(lines=(spans,)), share, style))
            made.append(row)
        return made

    def gap(self) -> CT_P:
        """Return the small paragraph that keeps two tables apart, and a table from the end of the document."""
        return paragraph(self._sheet[GAP_STYLE])

    def _cell(self, content: Cell, width: int, style: str, align: str = "left") -> BaseOxmlElement:
        """Return a cell with a paragraph per line; Word wants at least one."""
        measures = element("tcPr")
        measures.append(element("tcW", w=str(width), type="dxa"))
        if content.flagged:
            measures.append(element("shd", val="clear", color="auto", fill=self._flag))
        made = element("tc")
        made.append(measures)
        lines: tuple[Line, ...] = content.lines or ((),)
        for spans in lines:
            each = paragraph(self._sheet[style])
            if align != "left":
                properties(each).append(element("jc", val=align))
            self._text.add(each, spans)
            made.append(each)
        return made


def _frame(style_id: str, widths: Sequence[int], *, heading_row: bool, title: str = "") -> BaseOxmlElement:
    """Return a table without rows: style, fixed widths, and which of the style's conditional formats apply."""
    row, column = ("1", "0") if heading_row else ("0", "1")
    look = {"firstRow": row, "lastRow": "0", "firstColumn": column, "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    frame = element("tblPr")
    frame.append(element("tblStyle", val=style_id))
    frame.append(element("tblW", w=str(sum(widths)), type="dxa"))
    frame.append(element("tblLayout", type="fixed"))
    frame.append(element("tblLook", val="0620" if heading_row else "0680", **look))
    if title:
        frame.append(element("tblCaption", val=writable(title)))  # what a screen reader says
    grid = element("tblGrid")
    for width in widths:
        grid.append(element("gridCol", w=str(width)))
    made = element("tbl")
    made.append(frame)
    made.append(grid)
    return made


def _row(*, repeated: bool = False) -> BaseOxmlElement:
    """Return a row that stays on one page; a repeated one stands at the top of each page."""
    rules = element("trPr")
    rules.append(element("cantSplit"))
    if repeated:
        rules.append(element("tblHeader"))
    made = element("tr")
    made.append(rules)
    return made
