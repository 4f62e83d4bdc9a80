"""The look of the agreement templates: styles, numbering and page.

Nothing here knows a word of an agreement. Fonts are ones that every Windows and macOS has, with free twins of the same
widths elsewhere, so that pages break alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from agreement_pieces import border, element
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle

FONT = "Arial"
SYMBOLS = "Segoe UI Symbol"
INK, ACCENT, GREY, LINE = "262B2F", "1F4E79", "5B6770", "C5CFD9"
MARGIN, TOP, BOTTOM = Cm(2.4), Cm(2.6), Cm(2.4)
PAGE_WIDTH, PAGE_HEIGHT = Cm(21.0), Cm(29.7)
TEXT_WIDTH = Length(PAGE_WIDTH - 2 * MARGIN)
HANG, POINT_HANG = Cm(1.1), Cm(0.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A paragraph style: sizes and distances in points, `line` as a multiple of the font's height."""

    base: str = "Normal"
    size: float = 9.5
    colour: str = INK
    bold: bool = False
    small_caps: bool = False
    spread: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.25
    keep_next: bool = False
    keep_lines: bool = False
    left: Length = Length(0)  # noqa: RUF009 - immutable
    hanging: Length = Length(0)  # noqa: RUF009 - immutable
    level: int | None = None
    """Level in the multilevel list of clauses."""
    outline: int | None = None
    """Level in Word's navigation pane."""


LOOKS: dict[str, Look] = {
    "Kicker": Look(size=9.5, colour=GREY, small_caps=True, spread=0.6, after=4),
    "Title": Look(size=24, colour=ACCENT, bold=True, line=1.05, after=3, keep_next=True),
    "Subtitle": Look(size=11.5, colour=INK, line=1.2, after=12, keep_lines=True),
    "Note": Look(size=8, colour=GREY, before=8, after=2, line=1.2, keep_lines=True),
    "Label": Look(size=8.5, colour=GREY, small_caps=True, spread=0.4, line=1.15),
    "Value": Look(line=1.15),
    "Part": Look(
        size=11, colour=ACCENT, small_caps=True, bold=True, spread=0.8, before=20, after=7, keep_next=True, outline=0
    ),
    "Heading 1": Look(
        size=10.5, colour=ACCENT, bold=True, before=12, after=3, keep_next=True, keep_lines=True, level=0, outline=1
    ),
    "Clause": Look(after=3.5, level=1),
    "Point": Look(after=2.5, keep_lines=True, level=2),
    "Recital": Look(after=4, keep_lines=True),
    "Quotation": Look(size=9, colour=GREY, left=HANG, before=1, after=5, keep_lines=True),
    "Party Letter": Look(size=20, colour=ACCENT, bold=True, before=2, line=1.0, keep_next=True),
    "Party Name": Look(size=10.5, bold=True, before=4, after=1, line=1.15, keep_next=True, keep_lines=True),
    "Field Label": Look(base="Label", size=8.5, colour=GREY, small_caps=True, spread=0.4, line=1.15, keep_next=True),
    "Field Value": Look(line=1.15, keep_next=True, keep_lines=True),
    "Signature Line": Look(base="Label", size=8.5, colour=GREY, small_caps=True, spread=0.4, before=30, line=1.15),
    "Blank": Look(line=1.15, before=7, left=Cm(2.2), hanging=Cm(2.2)),
    "Closing": Look(size=8, colour=GREY, before=8),
    "Header": Look(size=8, colour=GREY, line=1.1),
    "Footer": Look(size=8, colour=GREY, before=7, line=1.1),
    "Fine Print": Look(size=7, colour=GREY, before=5, line=1.15),
}

MARKS = {"Mark": ACCENT, "Label Text": GREY, "Draft Mark": ACCENT}
"""Character styles and their colour; names tell the rest."""


class Level(NamedTuple):
    """A level of a list: form and text of its number, where the number stands, how far the text stands from it."""

    form: str
    text: str
    left: Length
    hang: Length
    colour: str


_LEVELS = (
    Level("decimal", "%1.", Length(0), HANG, ACCENT),
    Level("decimal", "%1.%2", Length(0), HANG, GREY),
    Level("lowerLetter", "(%3)", HANG, POINT_HANG, GREY),
)
_RECITALS = Level("decimal", "(%1)", Length(0), HANG, GREY)
CLAUSES_ID, RECITALS_ID = 1, 2
_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def style_id(name: str) -> str:
    """Return the id of a style."""
    return "".join(part.capitalize() for part in name.split())


def apply_styles(document: Document, language: str) -> None:
    """Leave the document with the styles of `LOOKS` and Word's own bases, and nothing else."""
    sheet = document.styles.element
    for unneeded in [*sheet.findall(qn("w:style")), *sheet.findall(qn("w:docDefaults"))]:
        if unneeded.get(qn("w:styleId")) not in {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}:
            sheet.remove(unneeded)
    sheet.insert(0, _defaults(language))
    normal = document.styles["Normal"].element
    for own in (normal.find(qn("w:pPr")), normal.find(qn("w:rPr"))):
        if own is not None:
            normal.remove(own)
    for name, look in LOOKS.items():
        _add_style(document, name, look)
    for name, colour in MARKS.items():
        made = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        made.quick_style = True
        made.font.color.rgb = RGBColor.from_string(colour)
        made.font.bold, made.font.small_caps = "Mark" in name or None, "Label" in name or None
        if name == "Draft Mark":
            made.element.get_or_add_rPr().append(border("bdr", ACCENT, 6, 2))


def apply_numbering(document: Document) -> None:
    """Leave the document with two lists: the clauses on three levels, and the recitals."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = {look.level: name for name, look in LOOKS.items() if look.level is not None}
    clauses = [_level(place, each, levels[place]) for place, each in enumerate(_LEVELS)]
    numbering.append(_list_of(CLAUSES_ID, clauses))
    numbering.append(_list_of(RECITALS_ID, [_level(0, _RECITALS, "Recital")]))
    for number in (CLAUSES_ID, RECITALS_ID):
        made = element("num", numId=str(number))
        made.append(element("abstractNumId", val=str(number)))
        numbering.append(made)


def apply_page(document: Document) -> None:
    """Leave the document on A4 with a first page of its own, in the layout of current Word versions."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1.2)
    section.different_first_page_header_footer = True
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(parse_xml(_SETTINGS))


def drop_leftovers(document: Document) -> None:
    """Leave out what the library's own starting document brings along: thumbnail, old styles, custom XML."""
    for part in (document.part.package, document.part):
        for identifier, relationship in list(part.rels.items()):
            if relationship.reltype.rsplit("/", 1)[-1] in {"thumbnail", "stylesWithEffects", "customXml"}:
                part.rels.pop(identifier)


def _defaults(language: str) -> BaseOxmlElement:
    return parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _add_style(document: Document, name: str, look: Look) -> None:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id(name))
    style.base_style = document.styles[look.base]
    style.quick_style = True
    font, layout = style.font, style.paragraph_format
    font.size, font.color.rgb = Pt(look.size), RGBColor.from_string(look.colour)
    font.bold, font.small_caps = look.bold or None, look.small_caps or None
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, look.line
    layout.keep_with_next, layout.keep_together = look.keep_next or None, look.keep_lines or None
    layout.widow_control = True
    if look.left:
        layout.left_indent = look.left
    if look.hanging:
        layout.first_line_indent = Length(-look.hanging)
    if look.spread:
        style.element.rPr.insert_element_before(
            element("spacing", val=str(round(look.spread * 20))), "w:sz", "w:szCs", "w:u"
        )
    properties = style.element.get_or_add_pPr()
    if look.level is not None or name == "Recital":
        bound = properties.get_or_add_numPr()
        if look.level:
            bound.get_or_add_ilvl().val = look.level
        bound.get_or_add_numId().val = RECITALS_ID if name == "Recital" else CLAUSES_ID
    if look.outline is not None:
        properties.append(element("outlineLvl", val=str(look.outline)))


def _list_of(number: int, levels: list[BaseOxmlElement]) -> BaseOxmlElement:
    made = element("abstractNum", abstractNumId=str(number))
    made.append(element("multiLevelType", val="multilevel"))
    made.extend(levels)
    return made


def _level(place: int, level: Level, style: str) -> BaseOxmlElement:
    """Return a level of a list, bound to its style, so that the style alone numbers a paragraph."""
    bold = "<w:b/>" if level.colour == ACCENT else ""
    at = Length(level.left + level.hang).twips
    return parse_xml(
        f'<w:lvl {nsdecls("w")} w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>'
        f'<w:pStyle w:val="{style_id(style)}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{at}"/></w:tabs>'
        f'<w:ind w:left="{at}" w:hanging="{level.hang.twips}"/></w:pPr>'
        f'<w:rPr>{bold}<w:color w:val="{level.colour}"/></w:rPr></w:lvl>'
    )
