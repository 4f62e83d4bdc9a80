"""A fictitious agreement of four pages as somebody first sends it, with 25 blanks of all kinds in all places."""

from __future__ import annotations

import re
from collections.abc import Mapping

from elca_docs.authoring.blanks import Blank
from elca_docs.opc import deflated, members_of, packaged

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
BODY = "word/document.xml"

YELLOW = '<w:highlight w:val="yellow"/>'
SAND = '<w:shd w:val="clear" w:color="auto" w:fill="FFE699"/>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, look: str = "") -> str:
    """Return a run; a tab in the text is an element of its own."""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    pieces = "".join(
        "<w:tab/>" if each == "\t" else f'<w:t xml:space="preserve">{escaped(each)}</w:t>'
        for each in re.split("(\t)", text)
        if each
    )
    return f"<w:r>{look}{pieces}</w:r>"


def p(*content: str, style: str = "") -> str:
    """Return a paragraph of runs; what is no XML becomes one."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(each if each.startswith('<') else run(each) for each in content)}</w:p>"


def field(code: str, result: str, look: str = "", inner: str = "") -> str:
    """Return a field over several runs, its code in two pieces; `inner` is a field within the code."""
    first, second = code[: len(code) // 2], code[len(code) // 2 :]
    return (
        f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:fldChar w:fldCharType="begin"/></w:r>'
        f"{_code(first)}{inner}{_code(second)}"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result, look) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{escaped(text)}</w:instrText></w:r>'


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def placeholder(text: str) -> str:
    return run(text, '<w:rStyle w:val="Platzhaltertext"/>')


def cell(*content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{"".join(content)}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    side = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
    borders = "".join(f"<w:{each} {side}/>" for each in ("top", "left", "bottom", "right", "insideH", "insideV"))
    margin = '<w:tblCellMar><w:top w:w="100" w:type="dxa"/><w:bottom w:w="100" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>{margin}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def box(content: str) -> str:
    """Return a run with a text box, its content twice as Word writes it: for new programs and for old ones."""
    shape = (
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3600000" cy="500000"/>'
        '<wp:docPr id="1001" name="Box"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline>"
    )
    old = (
        '<w:pict><v:shape style="width:280pt;height:40pt"><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


FILLER = (
    "The parties meet at least twice a year, by turns at the seat of each of them or at a distance, and write down "
    "what they agreed on. Neither party owes the other a payment for the cooperation itself; each bears its own costs. "
    "What one party learns of the other's affairs it keeps to itself, and it says so to those who work for it. "
)
BLOCK = control(
    '<w:alias w:val="Mission name"/><w:showingPlcHdr/><w:text/>', p(placeholder("Click or tap here to enter text."))
)
CELL_CONTROL = control('<w:alias w:val="Phone of the contact person"/><w:text/>', cell(p("Enter the number")))
CHOICE = control(
    '<w:alias w:val="Prevailing language"/><w:dropDownList><w:listItem w:value="English"/></w:dropDownList>',
    run("Choose one.", '<w:rStyle w:val="Platzhaltertext"/>'),
)
DAY = control('<w:alias w:val="Entry into force"/><w:date/><w:showingPlcHdr/>', placeholder("Tap to enter a date."))
TICK = control(
    '<w:alias w:val="Agreement is confidential"/><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>',
    run(
        "\u2610", '<w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans" w:eastAsia="DejaVu Sans" w:cs="DejaVu Sans"/>'
    ),
)
LAW = control(
    '<w:rPr><w:color w:val="000066"/></w:rPr><w:alias w:val="Governing law"/><w:tag w:val="law"/><w:showingPlcHdr/>',
    placeholder("Click or tap here to enter text."),
)
FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="NoticeDays"/></w:ffData></w:fldChar></w:r>'
    f'{_code(" FORMTEXT ")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("     ")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SIMPLE = (
    '<w:fldSimple w:instr=" MERGEFIELD &quot;Country of the cluster&quot; \\* MERGEFORMAT ">'
    f"{run('«Country of the cluster»')}</w:fldSimple>"
)
COMPLEX = field(" MERGEFIELD CLUSTER_CITY ", "«CLUSTER_CITY»")
NESTED = field(' IF  = "" "" "the market of it" ', "the market", inner=field(" MERGEFIELD Market ", "«Market»"))
BODY_CONTENT = (
    p("Cooperation Agreement", style="Heading1"),
    p("between Sample Partner Association and ",
      *(run(each, "<w:b/>") for each in ("[Name", " of ", "the cluster]")), ","),
    p("with its registered office at «CLUSTER_ADDRESS», in ", SIMPLE, ", and more precisely in ", COMPLEX, "."),
    p("It is entered in the register under ", run("registration number of the cluster", YELLOW), " and lives by ",
      NESTED, "."),
    p(FILLER * 5),
    p("The cluster is represented by ____________________ (legal representative),\tin the capacity of:",
      run("\t", '<w:u w:val="single"/>'), "."),
    p(FILLER * 5),
    p("Governing law: ", LAW),
    p("Prevailing language: ", CHOICE),
    p("Entry into force: ", DAY),
    p(TICK, " the agreement itself is confidential"),
    p("Mission", style="Heading1"),
    BLOCK,
    p(FILLER * 6),
    p("Days of notice: ", FORM),
    p("Duration in months: …………"),
    p("The project is carried out under the ", run("Funding programme", SAND), " of its agency."),
    p(FILLER * 6),
    table(
        row(cell(p("Contact person of the cluster")), cell(p("______________"))),
        row(cell(p("E-mail of the cluster")), cell(p(run("[e-mail", YELLOW), run(" address]", YELLOW)))),
        row(cell(p("Telephone")), CELL_CONTROL),
    ),
    p(box(p("VAT number of the cluster: [VAT number]"))),
    p(FILLER * 6),
    p("Under the grant of the project", '<w:r><w:footnoteReference w:id="2"/></w:r>', ". [●] has to be agreed on."),
    p(FILLER * 6),
    p("Signature: ____________________"),
)  # fmt: skip
HEADER = p("Agreement reference: [reference]")
FOOTER = p(run("Version: ", "<w:b/>"), "«VERSION»")
NOTE = p(run("Grant agreement number: "), run("[grant number]"))

_STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans" w:cs="DejaVu Sans"/>
<w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:sz w:val="28"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="Platzhaltertext"><w:name w:val="Placeholder Text"/>
<w:rPr><w:color w:val="000066"/></w:rPr></w:style>"""
_RELATED = (("styles", "styles"), ("header", "header1"), ("footer", "footer1"), ("footnotes", "footnotes"))
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" '
    'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def word_file(*content: str, header: str = "", footer: str = "", note: str = "") -> bytes:
    """Return a Word file; its parts are written as Word writes them, with a blank line behind the declaration."""
    parts = {
        BODY: f"<w:document {_SPACES}><w:body>{''.join(content)}{_SECTION}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {_SPACES}>{header or p('')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_SPACES}>{footer or p('')}</w:ftr>",
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{_SEPARATORS}"
        f'<w:footnote w:id="2">{note or p("")}</w:footnote></w:footnotes>',
        "word/styles.xml": f"<w:styles {_SPACES}>{_STYLES}</w:styles>",
    }
    kinds = {BODY: "document.main", **{f"word/{name}.xml": kind for kind, name in _RELATED}}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for number, (kind, name) in enumerate(_RELATED, 1)
    )
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="{BODY}"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    return packaged(deflated(name, (_HEAD + text).encode()) for name, text in parts.items())


def agreement() -> bytes:
    """Return the agreement with 25 blanks."""
    return word_file(*BODY_CONTENT, header=HEADER, footer=FOOTER, note=NOTE)


def contents(data: bytes) -> dict[str, str]:
    """Return all members by name."""
    return {member.name: member.content().decode() for member in members_of(data)}


def context_for(values: Mapping[str, object]) -> dict[str, object]:
    """Return the nested values that a template sees, by names such as counterpart.signatory.name."""
    context: dict[str, object] = {}
    for name, value in values.items():
        *groups, last = name.split(".")
        holder = context
        for group in groups:
            inner = holder.setdefault(group, {})
            assert isinstance(inner, dict)
            holder = inner
        holder[last] = value
    return context


def by_text(blanks: tuple[Blank, ...]) -> dict[str, Blank]:
    """Return the blanks by what is written in them."""
    return {blank.text: blank for blank in blanks}
