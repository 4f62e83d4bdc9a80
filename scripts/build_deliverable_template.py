"""Builds templates/deliverables/plan.docx, so that a change of the house style can be read as a diff.

Run it after an edit: `python scripts/build_deliverable_template.py`. The template holds page set-up, styles, list
numbering, header and footer, and no text of its own: `elca_docs.rendering` appends the document. Members are stored,
not deflated, and carry fixed dates, so that the same script gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import math
import zipfile
from pathlib import Path
from typing import Final

from deliverable_styles import (
    BOTTOM,
    EMBLEM_HEIGHT,
    EMBLEM_WIDTH,
    EMU,
    FONT,
    NAMESPACES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TOP,
    numbering,
    styles,
)

TARGET: Final = Path(__file__).resolve().parent.parent / "templates" / "deliverables" / "plan.docx"


def field(instruction: str, cached: str) -> str:
    """Return the runs of a field with what it shows until Word computes it."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f'{mark.format("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{mark.format('separate')}<w:r><w:t>{cached}</w:t></w:r>{mark.format('end')}"
    )


def text(words: str) -> str:
    """Return a run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(style: str, content: str) -> str:
    """Return a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def shape(index: int, form: str, box: tuple[float, float, float, float], fill: str) -> str:
    """Return a filled shape without outline; `box` is left, top, width, height."""
    left, top, width, height = (round(each) for each in box)
    return (
        f'<wps:wsp><wps:cNvPr id="{index}" name="{form} {index}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
    )


def emblem() -> str:
    """Return the European emblem as a drawing at the foot of the cover, left of the funding line.

    Geometry as published with the emblem's graphics guide: height to width 2:3; twelve upright stars whose centres lie
    like the hours on a circle of a third of the height; each star fits a circle of an eighteenth of the height.
    """
    ring, radius = EMBLEM_HEIGHT / 3, EMBLEM_HEIGHT / 18
    # The preset star fills its box: these are the widths of a regular star against the circle around it.
    width, height = 2 * radius * math.sin(math.radians(72)), radius * (1 + math.cos(math.radians(36)))
    shapes = [shape(10, "rect", (0, 0, EMBLEM_WIDTH, EMBLEM_HEIGHT), "003399")]
    for hour in range(12):
        angle = math.radians(30 * hour)
        x = EMBLEM_WIDTH / 2 + ring * math.sin(angle)
        y = EMBLEM_HEIGHT / 2 - ring * math.cos(angle)
        shapes.append(shape(11 + hour, "star5", (x - width / 2, y - radius, width, height), "FFCC00"))
    size = f'cx="{EMBLEM_WIDTH}" cy="{EMBLEM_HEIGHT}"'
    down = (PAGE_HEIGHT - BOTTOM) * EMU - EMBLEM_HEIGHT - 40_000
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
        'distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{down}</wp:posOffset></wp:positionV><wp:extent {size}/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="1" name="Emblem" '
        'descr="Emblem of the European Union"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f'<wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm>'
        f"</wpg:grpSpPr>{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


def document() -> str:
    """Return word/document.xml: no text, one A4 section whose first page has its own header and footer."""
    uses = (("header", "default", 4), ("header", "first", 5), ("footer", "default", 6), ("footer", "first", 7))
    references = "".join(f'<w:{part}Reference w:type="{kind}" r:id="rId{each}"/>' for part, kind, each in uses)
    return (
        f'<w:document {NAMESPACES}><w:body><w:sectPr>{references}<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{BOTTOM}" w:left="{SIDE}" w:header="709" w:footer="624" '
        'w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


SETTINGS: Final = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
FONTS: Final = (
    f'<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
PARTS: Final = (  # member, content type, relationship type, relationship id
    ("styles", "styles", 1),
    ("numbering", "numbering", 2),
    ("settings", "settings", 3),
    ("header1", "header", 4),
    ("header2", "header", 5),
    ("footer1", "footer", 6),
    ("footer2", "footer", 7),
    ("fontTable", "fontTable", 8),
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def furniture() -> dict[str, str]:
    """Return headers and footers: 1 on every page, 2 on the cover."""
    header = field("SUBJECT", "Acronym · number") + "<w:r><w:tab/></w:r>" + field("TITLE", "Title of the deliverable")
    pages = "<w:r><w:tab/></w:r>" + text("Page ") + field("PAGE", "2") + text(" of ") + field("NUMPAGES", "2")
    return {
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph('Header', header)}</w:hdr>",
        "word/header2.xml": f"<w:hdr {NAMESPACES}>{paragraph('Normal', '')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{paragraph('Footer', pages)}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {NAMESPACES}>{paragraph('Normal', emblem())}</w:ftr>",
    }


def packaging() -> dict[str, str]:
    """Return content types, relationships and document properties."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind, _ in PARTS
    )
    relations = "".join(
        f'<Relationship Id="rId{each}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>' for name, kind, each in PARTS
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{WORD}.document.main+xml"/>{overrides}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Template of a deliverable</dc:title>'
        "</cp:coreProperties>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }


def template() -> bytes:
    """Return the template as .docx."""
    members = packaging() | {
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONTS,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, xml in (members | furniture()).items():
            member = zipfile.ZipInfo(name)
            member.create_system = 3  # else Windows would write another byte
            archive.writestr(member, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')
    return stream.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(template())
    print(f"wrote {TARGET.name}")
