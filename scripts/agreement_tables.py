"""The tables of an agreement template: reference strip, parties, status of the companies, signatures.

Each is a loop over the parties in docxtpl's words, for any number of them; no row breaks over a page, and what belongs
to one party stays together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreement_layout import ACCENT, HANG, LINE, SYMBOLS, TEXT_WIDTH
from agreement_pieces import add_rule, add_tab, border, element
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    Words = Mapping[str, str]

LABELS = Cm(3.5)
_STRIP = (Cm(7.2), Cm(1.9), Cm(3.4), Length(TEXT_WIDTH - Cm(12.5)))
_PARTIES = (HANG, LABELS, Length(TEXT_WIDTH - HANG - LABELS))
_SIGNATURES = (Cm(7.9), Length(TEXT_WIDTH - Cm(7.9)))
_STATUS = (Length(TEXT_WIDTH - HANG - Cm(8.4)), Cm(2.1), Cm(2.1), Cm(2.1), Cm(2.1))
_VALUE_AT = Cm(2.2)


def reference_strip(document: Document, words: Words) -> None:
    """Append the strip under the title: reference, version, project, grant."""
    table = _table(document, _STRIP)
    row = _row(table)
    cells = (
        (words["reference"], "{{ reference }}"),
        (words["version"], "{{ version }}"),
        (words["project"], "{{ project.acronym }}"),
        (words["grant"], "{% if project.grant_number %}{{ project.grant_number }}{% else %}–{% endif %}"),
    )
    for cell, (label, value) in zip(row.cells, cells, strict=True):
        _write(cell, "Label", label)
        _write(cell, "Value", value).runs[0].bold = value == "{{ reference }}"
        _borders(cell, border("top", ACCENT, 8), border("bottom", LINE))


def parties(document: Document, words: Words) -> None:
    """Append the parties block: a letter, the name, and a row per field."""
    table = _table(document, _PARTIES)
    _control(table, "for party in parties")
    name = _row(table)
    name.cells[1].merge(name.cells[2])
    _write(name.cells[0], "Party Letter", "{{ party.letter }}")
    _write(
        name.cells[1],
        "Party Name",
        "{{ party.name }}{% if party.short_name != party.name %} (" + words["short"] + "){% endif %}",
    )
    _merged(name.cells[0], first=True)
    for cell in (name.cells[0], name.cells[1]):
        _borders(cell, border("top", LINE))
    register = "{% if party.register %} ({{ party.register }}){% endif %}"
    for condition, label, value in (
        ("party.signs_through", words["signs_through"], "{{ party.signs_through }}"),
        ("", words["legal_name"], "{{ party.legal_name }}"),
        ("", words["legal_form"], "{{ party.legal_form }}"),
        ("", words["registration"], "{{ party.registration_number }}" + register),
        ("party.vat", words["vat"], "{{ party.vat }}"),
        ("", words["address"], "{{ party.address }}"),
        ("", words["represented"], "{{ party.signatory.name }}, {{ party.signatory.function }}"),
    ):
        if condition:
            _control(table, f"if {condition}")
        cells = _row(table).cells
        paragraphs = [
            _write(cell, style, text)
            for cell, style, text in zip(
                cells, ("Field Label", "Field Label", "Field Value"), ("", label, value), strict=True
            )
        ]
        _merged(cells[0], first=False)
        if condition:
            _control(table, "endif")
    for last in paragraphs:
        last.paragraph_format.keep_with_next = False
        last.paragraph_format.space_after = Cm(0.35)
    _control(table, "endfor")


def signatures(document: Document, words: Words) -> None:
    """Append a block per party: who signs in which function, with lines for signature, place and date."""
    table = _table(document, _SIGNATURES)
    _control(table, "for party in parties")
    left, right = _row(table).cells
    for cell in (left, right):
        _borders(cell, border("top", LINE))
    _write(left, "Label", words["for_party"] + " {{ party.letter }}").paragraph_format.space_before = Cm(0.15)
    behalf = "{% if party.signs_through %} (" + words["on_behalf"] + " {{ party.name }}){% endif %}"
    _write(left, "Party Name", "{{ party.legal_name }}" + behalf)
    line = _write(left, "Signature Line", words["signature"])
    line.paragraph_format.space_after = Cm(0.2)
    line.paragraph_format.right_indent = Cm(0.8)
    add_rule(line, "top", LINE)
    for label, value in (
        (words["name"], "{{ party.signatory.name }}"),
        (words["function"], "{{ party.signatory.function }}"),
        (words["place"], ""),
        (words["date"], ""),
    ):
        blank = _write_blank(right, label, value)
    blank.paragraph_format.space_after = Cm(0.2)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    _control(table, "endfor")


def status(document: Document, words: Words) -> None:
    """Append the declaration of size: a row per company with boxes to tick."""
    table = _table(document, _STATUS, indent=HANG)
    head = _row(table)
    _repeat(head)
    sizes = [words[size] for size in ("micro", "small", "medium", "larger")]
    for cell, label in zip(head.cells, (words["company"], *sizes), strict=True):
        _write(cell, "Field Label", label)
        _borders(cell, border("bottom", ACCENT, 6))
    _control(table, "for party in parties")
    row = _row(table)
    _write(row.cells[0], "Value", "{{ party.name }}")
    for cell in row.cells[1:]:
        box = _write(cell, "Value", "☐").runs[0]
        _symbol(box)
    for cell in row.cells:
        _borders(cell, border("bottom", LINE))
        cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Cm(0.08)
    _control(table, "endfor")


TABLES: dict[str, Callable[[Document, Words], None]] = {"parties": parties, "signatures": signatures, "status": status}
"""The tables that a text can call for with @name."""


def _table(document: Document, widths: Sequence[Length], *, indent: Length = Length(0)) -> Table:  # noqa: B008 - immutable
    """Append a table without lines, of fixed widths, flush with the text."""
    table: Table = document.add_table(0, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no indents and margins of tables
    for old in (*properties.findall(qn("w:tblStyle")), *properties.findall(qn("w:tblW"))):
        properties.remove(old)
    properties.insert(0, element("tblW", w=str(Length(sum(widths)).twips), type="dxa"))
    properties.insert_element_before(element("tblInd", w=str(indent.twips), type="dxa"), "w:tblLayout")
    margins = element("tblCellMar")
    for side, gap in (("top", Cm(0.06)), ("left", Cm(0)), ("bottom", Cm(0.06)), ("right", Cm(0.25))):
        margins.append(element(side, w=str(gap.twips), type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _row(table: Table) -> _Row:
    """Append a row that stays on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # untyped in python-docx
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001 - python-docx has no such property
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def _repeat(row: _Row) -> None:
    """Print the row on each page that the table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001 - as above


def _control(table: Table, statement: str) -> None:
    """Append a row that docxtpl replaces by a statement."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # as above
    cell = row.cells[0]
    for other in row.cells[1:]:
        cell = cell.merge(other)
    _write(cell, "Value", f"{{%tr {statement} %}}")


def _write(cell: _Cell, style: str, text: str) -> Paragraph:
    """Write a paragraph into a cell; the first one takes the place of the empty one that every cell has."""
    first = cell.paragraphs[0]
    fresh = len(cell.paragraphs) == 1 and not first.runs
    paragraph: Paragraph = first if fresh else cell.add_paragraph()
    paragraph.style = style
    if text:
        paragraph.add_run(text)
    return paragraph


def _write_blank(cell: _Cell, label: str, value: str) -> Paragraph:
    """Write a label with its value, or with a line to fill by hand."""
    paragraph = _write(cell, "Blank", "")
    add_tab(paragraph, _VALUE_AT)
    name = paragraph.add_run(f"{label}\t")
    name.style = "Label Text"
    if not value:
        end = Length(_SIGNATURES[1] - Cm(0.25))
        paragraph.paragraph_format.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    paragraph.add_run(value or "\t")
    return paragraph


def _merged(cell: _Cell, *, first: bool) -> None:
    """Join a cell with those above and below it."""
    span = element("vMerge", val="restart") if first else element("vMerge")
    cell._tc.get_or_add_tcPr().append(span)  # noqa: SLF001 - the rows of a loop cannot be merged by python-docx


def _borders(cell: _Cell, *lines: BaseOxmlElement) -> None:
    borders = element("tcBorders")
    borders.extend(lines)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no borders


def _symbol(run: Run) -> None:
    """Give a run a font that has boxes to tick."""
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx sets the Latin font only
    properties.insert(0, element("rFonts", ascii=SYMBOLS, hAnsi=SYMBOLS, eastAsia=SYMBOLS, cs=SYMBOLS))
