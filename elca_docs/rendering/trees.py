"""The last look at a rendered part: it is well-formed, and what docxtpl mends in it is mended.

Parsed strictly and never repaired: text that broke the document's structure would otherwise vanish in silence. The tree
is only written anew when something in it has to change; otherwise the rendered text is what the document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from lxml import etree

from elca_docs.rendering.package import W, xml_bytes
from elca_docs.rendering.placeholders import brightened, highlighted, loose_text, without_marks
from elca_docs.rendering.run import CLOSE, OPEN
from elca_docs.rendering.syntax import Fault
from elca_docs.rendering.threats import fetching_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_DRAWING = 1001
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWINGS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BREAKS = "\t\n\a\f"
_TBL, _GRID, _COLUMN, _TR, _TC = (f"{{{W}}}{tag}" for tag in ("tbl", "tblGrid", "gridCol", "tr", "tc"))
_SPAN, _VAL, _WIDTH = f"{{{W}}}tcPr/{{{W}}}gridSpan", f"{{{W}}}val", f"{{{W}}}w"
_PARAGRAPH = re.compile("<w:p[ >]")
_MARKUP = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a rendered part has to be looked through for, told from its template."""

    breaks: bool = True
    tables: bool = False
    drawings: bool = False
    fields: bool = False
    loose: bool = False


def reference() -> DocxTemplate:
    """Return a docxtpl object without a file: its text functions use nothing of it but `docx_ids_index`."""
    bare = DocxTemplate.__new__(DocxTemplate)
    bare.docx = None
    bare.docx_ids_index = FIRST_DRAWING - 1
    return bare


def finished(xml: str, needs: Needs, *, lenient: bool) -> bytes | Fault:
    """Return a rendered part as bytes for the file, or what is wrong with it; leniently, loose text may pass."""
    if needs.breaks and any(character in xml for character in _BREAKS):
        xml = reference().resolve_listing(xml)
    if OPEN in xml:
        xml = brightened(xml)
    try:
        content = xml.encode()
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        return _looked_through(xml, content, tree, replace(needs, loose=needs.loose and not lenient))
    except UnicodeEncodeError:
        return Fault("template-malformed", "the template prints a character that no document can hold", 0)
    except etree.XMLSyntaxError as error:
        near = _near(xml, error.position[1])
        message = f"what the template makes is not a well-formed document{near}: {error.msg}"
        fix = "open and close each for and if in the same place: both in text, both as {%p, or both as {%tr"
        return Fault("template-malformed", message, 0, fix=fix)


def _looked_through(xml: str, content: bytes, tree: etree._Element, needs: Needs) -> bytes | Fault:
    if needs.loose:
        for text in loose_text(tree):
            message = f"the plain text '{text[:40]}' is printed where {{{{r or {{{{p expects formatted text"
            return Fault("template-loose-text", message, 0, text[:40], "print it with {{ name }}, without r or p")
    if needs.fields:
        for word in fetching_fields(tree):
            message = f"the template makes a field {word}, which fetches something from outside the document"
            return Fault("template-fetching-field", message, 0, word, "put its result in place of the field")
    changed = False
    if needs.tables and not all(map(_is_fitting, tree.iter(_TBL))):
        tree, changed = _with_fitted_tables(tree), True
    if needs.drawings and not _is_numbered(tree.iter(_DRAWINGS)):
        reference().fix_docpr_ids(tree)
        changed = True
    marked = OPEN in xml or CLOSE in xml
    if marked:
        highlighted(tree)
    if changed or marked:
        content = xml_bytes(tree)
        return without_marks(content) if marked else content
    return _HEAD + content


def _is_fitting(table: etree._Element) -> bool:
    """Return whether a table has as many columns as its widest row, so that docxtpl's fix_tables leaves it as it is.

    Rows are counted as docxtpl counts them: those of nested tables too.
    """
    grid = table.find(_GRID)
    columns = -1 if grid is None else len(grid.findall(_COLUMN))
    widest = most = 0
    for row in table.iter(_TR):
        cells = row.findall(_TC)
        most = max(most, len(cells))
        widest = max(widest, sum(_width(cell) for cell in cells))
    return most <= columns <= widest


def _width(cell: etree._Element) -> int:
    span = cell.find(_SPAN)
    text = "1" if span is None else span.get(_VAL, "1")
    return int(text) if text.isdecimal() else 1


def _with_fitted_tables(tree: etree._Element) -> etree._Element:
    """Return the tree as docxtpl's fix_tables leaves it; what it cannot take (no grid, no widths) is written out."""
    for column in tree.iter(_COLUMN):
        if not column.get(_WIDTH, "").isdecimal():
            column.set(_WIDTH, "0")
    for span in tree.iter(f"{{{W}}}gridSpan"):
        if not span.get(_VAL, "").isdecimal():
            span.set(_VAL, "1")
    for table in tree.iter(_TBL):
        if table.find(_GRID) is None:
            properties = next((i for i, child in enumerate(table) if child.tag == f"{{{W}}}tblPr"), -1)
            table.insert(properties + 1, etree.Element(_GRID, nsmap={"w": W}))
    fitted: etree._Element = reference().fix_tables(etree.tostring(tree, encoding="unicode"))
    return fitted


def _is_numbered(drawings: Iterator[etree._Element]) -> bool:
    return all(drawing.get("id") == str(FIRST_DRAWING + index) for index, drawing in enumerate(drawings))


def _near(xml: str, column: int) -> str:
    """Return where in the text the parser stopped; it counts columns of one long line, up to a limit of its own."""
    starts: Sequence[re.Match[str]] = [found for found in _PARAGRAPH.finditer(xml) if found.start() < column]
    if not starts or column > len(xml):
        return ""
    text = " ".join(_MARKUP.sub("", xml[starts[-1].start() : column]).split())
    return f' near "{text[-60:]}"' if text else ""
