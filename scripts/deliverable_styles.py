"""The house style of a deliverable: colours, fonts, page, paragraph and table styles, and lists, as Word writes them.

Holds the look only; `build_deliverable_template` makes a Word file of it. Lengths are in twentieths of a point (twips),
font sizes in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ACCENT: Final = "1F4E79"
TINT: Final = "E9F0F6"
GREY: Final = "5B6770"
HAIRLINE: Final = "C5CFD9"
WARNING: Final = "C77700"
WARNING_TINT: Final = "FFF5DC"
FONT: Final = "Arial"  # same widths as Liberation Sans, so that a page breaks alike on every system

PAGE_WIDTH: Final = 11906
PAGE_HEIGHT: Final = 16838
SIDE: Final = 1247
TOP: Final = 1474
BOTTOM: Final = 1304
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * SIDE
EMU: Final = 635  # per twip

EMBLEM_HEIGHT: Final = 486_000
EMBLEM_WIDTH: Final = EMBLEM_HEIGHT * 3 // 2
FOOT_INDENT: Final = EMBLEM_WIDTH // EMU + 227

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@dataclass(frozen=True)
class Style:
    """A paragraph or character style; `paragraph` and `run` are its properties in schema order."""

    id: str
    name: str
    based_on: str = "Normal"
    then: str = ""
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"

    def xml(self) -> str:
        """Return the w:style element."""
        based = f'<w:basedOn w:val="{self.based_on}"/>' if self.based_on else ""
        then = f'<w:next w:val="{self.then}"/>' if self.then else ""
        paragraph = f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else ""
        run = f"<w:rPr>{self.run}</w:rPr>" if self.run else ""
        default = ' w:default="1"' if not self.based_on else ""
        return (
            f'<w:style w:type="{self.kind}"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f"{based}{then}<w:qFormat/>{paragraph}{run}</w:style>"
        )


def space(before: float = 0, after: float = 0, line: int = 240) -> str:
    """Return spacing before and after in points; `line` in 240ths of a line."""
    return f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line}" w:lineRule="auto"/>'


def type_of(points: float, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Return run properties of a size, with colour and weight."""
    weight = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    tone = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{tone}<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def edge(side: str, size: int, colour: str, gap: int = 0) -> str:
    """Return one border; `size` in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{gap}" w:color="{colour}"/>'


def numbered(number: int, level: int = 0) -> str:
    """Return the binding of a style to a level of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def heading(level: int, points: float, before: float, after: float) -> Style:
    """Return a heading style, bound to its level of the multilevel list."""
    look = f"<w:keepNext/><w:keepLines/>{numbered(1, level - 1)}{space(before, after)}"
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    run = type_of(points, ACCENT, bold=True)
    return Style(f"Heading{level}", f"heading {level}", then="BodyText", paragraph=look + outline, run=run)


def contents_entry(level: int, indent: int, before: float, *, bold: bool = False) -> Style:
    """Return the style of a contents entry: number, text, leader, page."""
    tabs = (
        f'<w:tabs><w:tab w:val="left" w:pos="{indent + 480 + 120 * (level - 1)}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    )
    look = f'{tabs}{space(before, 2)}<w:ind w:left="{indent}"/>'
    return Style(f"TOC{level}", f"toc {level}", then="Normal", paragraph=look, run=type_of(10, bold=bold))


STYLES: Final = (
    Style("Normal", "Normal", based_on="", paragraph=f"<w:widowControl/>{space(0, 0)}", run=type_of(10)),
    Style("DefaultParagraphFont", "Default Paragraph Font", based_on="", kind="character"),
    Style("BodyText", "Body Text", paragraph=space(0, 7, 276)),
    heading(1, 16, 22, 8),
    heading(2, 12.5, 16, 6),
    heading(3, 10.5, 12, 4),
    Style(
        "Title",
        "Title",
        then="Subtitle",
        paragraph=f"<w:keepNext/><w:pBdr>{edge('top', 24, ACCENT, 14)}</w:pBdr>{space(128, 10)}",
        run=type_of(30, ACCENT, bold=True),
    ),
    Style(
        "Subtitle",
        "Subtitle",
        then="BodyText",
        paragraph=space(0, 24, 264),
        run=type_of(12, GREY),
    ),
    Style(
        "CoverFoot",
        "Cover Foot",
        paragraph=f'<w:keepLines/>{space(0, 3)}<w:ind w:left="{FOOT_INDENT}"/>',
        run=type_of(8, GREY),
    ),
    Style("Note", "Note", paragraph=space(0, 6, 264), run=type_of(8.5, GREY)),
    Style(
        "Flag",
        "Flag",
        paragraph=f'<w:keepLines/><w:pBdr>{edge("left", 24, WARNING, 6)}</w:pBdr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{WARNING_TINT}"/>{space(4, 8, 264)}<w:ind w:left="170"/>',
        run=type_of(9.5),
    ),
    Style(
        "Quote",
        "Quote",
        paragraph=f"<w:pBdr>{edge('left', 12, HAIRLINE, 8)}</w:pBdr>{space(2, 8, 276)}"
        '<w:ind w:left="397" w:right="397"/>',
        run="<w:i/><w:iCs/>" + f'<w:color w:val="{GREY}"/>',
    ),
    Style("ListBullet", "List Bullet", paragraph=f"{numbered(2)}{space(0, 7, 290)}<w:contextualSpacing/>"),
    Style("ListNumber", "List Number", paragraph=f"{numbered(3)}{space(0, 7, 290)}<w:contextualSpacing/>"),
    Style(
        "Caption",
        "caption",
        then="BodyText",
        paragraph=f"<w:keepNext/><w:keepLines/>{space(14, 5)}",
        run=type_of(9.5, ACCENT, bold=True),
    ),
    Style("TableText", "Table Text", paragraph=space(1.5, 1.5, 252), run=type_of(8.5)),
    Style(
        "TableHeading",
        "Table Heading",
        based_on="TableText",
        paragraph="<w:keepNext/>",
        run="<w:b/><w:bCs/>" + f'<w:color w:val="{ACCENT}"/>',
    ),
    Style("TableGap", "Table Gap", paragraph=space(0, 4), run=type_of(4)),
    Style(
        "TOCHeading",
        "TOC Heading",
        then="BodyText",
        paragraph=f"<w:keepNext/><w:keepLines/>{space(16, 10)}",
        run=type_of(16, ACCENT, bold=True),
    ),
    contents_entry(1, 0, 6, bold=True),
    contents_entry(2, 240, 0),
    contents_entry(3, 480, 0),
    Style(
        "TableofFigures",
        "table of figures",
        then="Normal",
        paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>{space(0, 3)}'
        '<w:ind w:left="240" w:hanging="240"/>',
        run=type_of(10),
    ),
    Style(
        "FootnoteText",
        "footnote text",
        paragraph=f'<w:keepLines/>{space(0, 2)}<w:ind w:left="170" w:hanging="170"/>',
        run=type_of(8.5),
    ),
    Style(
        "Header",
        "header",
        paragraph=f"<w:pBdr>{edge('bottom', 4, HAIRLINE, 4)}</w:pBdr>"
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>',
        run=type_of(8, GREY),
    ),
    Style(
        "Footer",
        "footer",
        paragraph=f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>',
        run=type_of(8, GREY),
    ),
    Style(
        "FootnoteReference",
        "footnote reference",
        based_on="DefaultParagraphFont",
        kind="character",
        run='<w:vertAlign w:val="superscript"/>',
    ),
    Style(
        "Hyperlink",
        "Hyperlink",
        based_on="DefaultParagraphFont",
        kind="character",
        run=f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>',
    ),
)


def table_style(identifier: str, name: str, borders: str, conditions: str) -> str:
    """Return a table style with its borders, cell margins and conditional formats."""
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    )
    return (
        f'<w:style w:type="table" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"{conditions}</w:style>"
    )


def styles() -> str:
    """Return word/styles.xml."""
    plain = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{edge("top", 12, ACCENT)}{edge("bottom", 8, ACCENT)}'
        f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="center"/></w:tcPr>'
        "</w:tblStylePr>"
    )
    label = (
        '<w:tblStylePr w:type="firstCol"><w:tcPr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'
    )
    lines = f"{edge('bottom', 8, ACCENT)}{edge('insideH', 4, HAIRLINE)}"
    frame = f"{edge('top', 4, HAIRLINE)}{edge('bottom', 4, HAIRLINE)}{edge('insideH', 4, HAIRLINE)}"
    language = '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = f'{fonts}<w:sz w:val="20"/><w:szCs w:val="20"/>{language}'
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>{''.join(style.xml() for style in STYLES)}{plain}"
        f"{table_style('ReportTable', 'Report Table', lines, head)}"
        f"{table_style('ControlTable', 'Control Table', frame, label)}</w:styles>"
    )


def level(index: int, style: str, text: str, indent: int) -> str:
    """Return one level of a list, bound to a style; a text without % is a bullet."""
    form = "decimal" if "%" in text else "bullet"
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/>'
        "</w:pPr></w:lvl>"
    )


def numbering() -> str:
    """Return word/numbering.xml: 1 headings, 2 bullets, 3 numbers."""
    patterns = ("%1", "%1.%2", "%1.%2.%3")
    headings = "".join(level(each, f"Heading{each + 1}", text, 709) for each, text in enumerate(patterns))
    kinds = (
        ("multilevel", headings),
        ("singleLevel", level(0, "ListBullet", "•", 397)),
        ("singleLevel", level(0, "ListNumber", "%1.", 397)),
    )
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{each}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
        for each, (kind, levels) in enumerate(kinds)
    )
    uses = "".join(f'<w:num w:numId="{each}"><w:abstractNumId w:val="{each - 1}"/></w:num>' for each in (1, 2, 3))
    return f"<w:numbering {NAMESPACES}>{lists}{uses}</w:numbering>"
