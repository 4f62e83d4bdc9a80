"""Tables of a deliverable: captions that number themselves, heading rows that repeat, rows that stay whole.

It makes elements; where they stand is `word`'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from elca_docs.model.blocks import Cell, Control, Line, Table, line
from elca_docs.rendering.word_text import Relate, add_spans, element, field, paragraph, properties, run, writable

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

CAPTION_STYLE: Final = "Caption"
TEXT_STYLE: Final = "Table Text"
HEADING_STYLE: Final = "Table Heading"
GAP_STYLE: Final = "Table Gap"
TABLE_STYLE: Final = "Report Table"
CONTROL_STYLE: Final = "Control Table"
LINK_STYLE: Final = "Hyperlink"
_TEXT: Final = (TEXT_STYLE, HEADING_STYLE, GAP_STYLE, LINK_STYLE)
STYLES: Final = {Table: (CAPTION_STYLE, TABLE_STYLE, *_TEXT), Control: (CONTROL_STYLE, *_TEXT)}
"""The styles that each kind of table needs of a template."""

# What stands before the number of a table; the field itself always counts "Table", so that captions add up.
_LABELS: Final = {"de": "Tabelle", "es": "Tabla", "fr": "Tableau", "it": "Tabella", "pl": "Tabela", "pt": "Tabela"}
_CONTROL_SHARES: Final = (30, 70)


class Tables:
    """Makes the tables of one document: all as wide as its text, in its styles and its language."""

    def __init__(self, sheet: StyleSheet, *, width: int, relate: Relate, language: str) -> None:
        """Take what all tables of a document share; `width` in twips."""
        self._sheet = sheet
        self._width = width
        self._relate = relate
        self._language = language
        self._count = 0

    def caption(self, text: str) -> CT_P:
        """Return the caption of the next table; its number is a field with the right number in it already."""
        self._count += 1
        made = paragraph(self._sheet[CAPTION_STYLE])
        made.append(run(f"{_LABELS.get(self._language, 'Table')} "))
        made.extend(field(r"SEQ Table \* ARABIC", str(self._count)))
        made.append(run(f". {text}"))
        return made

    def table(self, content: Table) -> BaseOxmlElement:
        """Return a table whose heading row repeats on each page and whose rows do not break over two pages."""
        widths = shared(self._width, [column.share for column in content.columns])
        made = _frame(self._sheet[TABLE_STYLE], widths, heading_row=True, title=content.caption)
        aligned = [(width, column.align) for width, column in zip(widths, content.columns, strict=True)]
        headings = [Cell(lines=(line(column.heading),)) for column in content.columns]
        for cells, style in ((headings, HEADING_STYLE), *((row, TEXT_STYLE) for row in content.rows)):
            row = _row(repeated=style == HEADING_STYLE)
            for cell, (width, align) in zip(cells, aligned, strict=True):
                row.append(self._cell(cell, width, style, align))
            made.append(row)
        return made

    def control(self, content: Control) -> BaseOxmlElement:
        """Return the control block of a cover: labels left, values right, no heading row."""
        widths = shared(self._width, _CONTROL_SHARES)
        made = _frame(self._sheet[CONTROL_STYLE], widths, heading_row=False)
        for texts in content.rows:
            row = _row()
            for text, width, style in zip(texts, widths, (HEADING_STYLE, TEXT_STYLE), strict=True):
                spans = line(text) if isinstance(text, str) else text
                row.append(self._cell(Cell(lines=(spans,)), width, style))
            made.append(row)
        return made

    def gap(self) -> CT_P:
        """Return the small paragraph that keeps two tables apart, and a table from the end of the document."""
        return paragraph(self._sheet[GAP_STYLE])

    def _cell(self, content: Cell, width: int, style: str, align: str = "left") -> BaseOxmlElement:
        """Return a cell with a paragraph per line; Word wants at least one."""
        measures = element("tcPr")
        measures.append(element("tcW", w=str(width), type="dxa"))
        made = element("tc")
        made.append(measures)
        lines: tuple[Line, ...] = content.lines or ((),)
        for spans in lines:
            each = paragraph(self._sheet[style])
            if align != "left":
                properties(each).append(element("jc", val=align))
            add_spans(each, spans, self._relate, self._sheet[LINK_STYLE])
            made.append(each)
        return made


def shared(width: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Return whole widths in the proportion of the shares that add up to `width`; equal ones where all are zero."""
    weights = [max(share, 0) for share in shares]
    weights = weights if sum(weights) else [1] * len(weights)
    edges = [width * sum(weights[:count]) // sum(weights) for count in range(len(weights) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


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
