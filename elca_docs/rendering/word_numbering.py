"""Word's lists: the multilevel list bound to Heading 1 to 3, bullets, and numbered lists that each begin at 1.

A template that binds its own lists to these styles keeps them; where it does not, plain ones are added. It writes
definitions only, no paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from elca_docs.rendering.word_text import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.numbering import CT_Num, CT_Numbering
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

HEADINGS: Final = ("Heading 1", "Heading 2", "Heading 3")
BULLETS: Final = "List Bullet"
NUMBERS: Final = "List Number"
_INDENT: Final = "567"  # twips: one centimetre


class Lists:
    """The list definitions of a document."""

    def __init__(self, document: Document, sheet: StyleSheet) -> None:
        """Take the document's definitions; nothing is added before a list is wanted."""
        self._sheet = sheet
        self._numbering = _numbering_of(document)

    def bind_headings(self) -> None:
        """Bind the heading styles to one multilevel list, unless the template has done so."""
        self._bound(HEADINGS, "decimal")

    def bind_bullets(self) -> None:
        """Bind the bullet style to a list, unless the template has done so."""
        self._bound((BULLETS,), "bullet")

    def begin_numbers(self) -> int:
        """Return the number of a fresh numbered list that begins at 1."""
        number = self._use(self._bound((NUMBERS,), "decimal"))
        restart = number.add_lvlOverride(ilvl=0)  # type: ignore[no-untyped-call]
        restart.add_startOverride(1)
        return _number(number)

    def _use(self, definition: int) -> CT_Num:
        return cast("CT_Num", self._numbering.add_num(definition))  # type: ignore[no-untyped-call]

    def _bound(self, styles: tuple[str, ...], form: str) -> int:
        """Return the definition of the list that a row of styles is bound to; it is made where there is none."""
        known = self._sheet.number_of(styles[0])
        for found in self._numbering.xpath(f'./w:num[@w:numId="{known}"]/w:abstractNumId'):
            return int(found.get(qn("w:val")))
        definition = self._defined(styles, form)
        number = _number(self._use(definition))
        for level, name in enumerate(styles):
            bind(self._sheet.style(name), number, level)
        return definition

    def _defined(self, styles: tuple[str, ...], form: str) -> int:
        """Add a list definition with a level per style; return its number."""
        taken = [int(each.get(qn("w:abstractNumId"))) for each in self._numbering.xpath("./w:abstractNum")]
        definition = max(taken, default=-1) + 1
        made = element("abstractNum", abstractNumId=str(definition))
        made.append(element("multiLevelType", val="multilevel"))
        for depth, name in enumerate(styles):
            made.append(
                _level(depth, "•" if form == "bullet" else _pattern(depth, len(styles)), form, self._sheet[name])
            )
        self._numbering.insert_element_before(made, "w:num", "w:numIdMacAtCleanup")
        return definition


def _number(use: CT_Num) -> int:
    return int(use.get(qn("w:numId"), "0"))


def bind(target: BaseOxmlElement | CT_P, number: int, level: int = 0) -> None:
    """Bind a style or a paragraph to a level of a list."""
    binding = target.get_or_add_pPr().get_or_add_numPr()  # type: ignore[union-attr]
    binding.get_or_add_ilvl().val = level
    binding.get_or_add_numId().val = number


def _pattern(depth: int, levels: int) -> str:
    """Return how a level shows its number: 1.2 in a list of several levels, 1. in a list of one."""
    return "%1." if levels == 1 else ".".join(f"%{each}" for each in range(1, depth + 2))


def _level(depth: int, text: str, form: str, style_id: str) -> BaseOxmlElement:
    made = element("lvl", ilvl=str(depth))
    for tag, value in (("start", "1"), ("numFmt", form), ("pStyle", style_id), ("lvlText", text), ("lvlJc", "left")):
        made.append(element(tag, val=value))
    indents = element("pPr")
    indents.append(element("ind", left=_INDENT, hanging=_INDENT))
    made.append(indents)
    return made


def _numbering_of(document: Document) -> CT_Numbering:
    """Return the numbering of a document, made where it has none (python-docx has no default for it)."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return cast("CT_Numbering", cast("NumberingPart", part).element)
