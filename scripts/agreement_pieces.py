"""The few pieces of WordprocessingML that python-docx lacks: fields, lines, tab stops. Knows no look and no wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.text.paragraph import Paragraph


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return a WordprocessingML element; attribute names get Word's prefix."""
    made = cast("BaseOxmlElement", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, instruction: str, cached: str) -> None:
    """Append a field such as PAGE with the result that stands until Word counts."""
    for kind in ("begin", instruction, "separate", cached, "end"):
        run = paragraph.add_run()
        if kind == instruction:
            made = element("instrText")
            made.set(qn("xml:space"), "preserve")
            made.text = f" {instruction} "
            run._r.append(made)  # noqa: SLF001 - python-docx has no fields
        elif kind == cached:
            run.text = cached
        else:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001 - as above


def border(side: str, colour: str, size: int = 4, space: int = 0) -> BaseOxmlElement:
    """Return a border line; `size` in eighths of a point, `space` in points."""
    return element(side, val="single", sz=str(size), space=str(space), color=colour)


def add_rule(paragraph: Paragraph, side: str, colour: str) -> None:
    """Draw a line above or below a paragraph."""
    borders = element("pBdr")
    borders.append(border(side, colour, space=4))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no borders
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_tab(paragraph: Paragraph, position: Length, *, right: bool = False) -> None:
    """Set a tab stop."""
    alignment = WD_TAB_ALIGNMENT.RIGHT if right else WD_TAB_ALIGNMENT.LEFT
    paragraph.paragraph_format.tab_stops.add_tab_stop(position, alignment)
