"""Pieces that templates for the tests are put together from: paragraphs, tables, text boxes, notes, whole files.

Everything is fictitious. A file made here asks for every mandatory field, so that a test sees its own fault only.
"""

from __future__ import annotations

import re
from functools import cache

from elca_docs.opc import deflated, members_of, packaged

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT = "word/document.xml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MANDATORY = (
    "{{ party.legal_name }}, {{ party.legal_form }}, {{ party.registration_number }}, {{ party.address }}, "
    "{{ party.signatory.name }}, {{ party.signatory.function }}"
)
PLACES = {
    "body": "body, paragraph {}",
    "header": "header, paragraph {}",
    "footer": "footer, paragraph {}",
    "footnote": "footnotes, footnote 1, paragraph {}",
    "cell": "body, table 1, row 1, cell 1, paragraph {}",
    "text box": "body, text box 1, paragraph {}",
}
FIRST = {"body": 5}
"""The number of the first paragraph that a test adds to the body; everywhere else it is 1."""


def escaped(text: str) -> str:
    """Return text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def r(text: str, *, look: str = "", tag: str = "t") -> str:
    """Return a run; `look` is the XML of its formatting."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escaped(text)}</w:{tag}></w:r>'


def p(*content: str, properties: str = "") -> str:
    """Return a paragraph of runs and other XML; what does not begin with < is a run's text."""
    runs = "".join(each if each.startswith(("<w:", "<mc:")) else r(each) for each in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def table(*rows: tuple[str, ...], grid: bool = True) -> str:
    """Return a table of rows of cells; what does not begin with < is the only paragraph of its cell."""
    column = '<w:gridCol w:w="2000"/>'
    columns = f"<w:tblGrid>{column * max(map(len, rows))}</w:tblGrid>" if grid else ""
    cells = ["".join(f"<w:tc><w:tcPr/>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) for row in rows]
    return f"<w:tbl><w:tblPr/>{columns}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def box(content: str) -> str:
    """Return a run with a text box as Word writes it: twice."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    choice = (
        '<mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Box 1"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice>"
    )
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"


def note_reference() -> str:
    """Return a run that refers to the first footnote."""
    return '<w:r><w:footnoteReference w:id="2"/></w:r>'


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="7" name="Logo"/></wp:inline></w:drawing></w:r>'
)
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def deleted(text: str) -> str:
    """Return a tracked deletion."""
    return f'<w:del w:id="90" w:author="A">{r(text, tag="delText")}</w:del>'


def inserted(text: str) -> str:
    """Return a tracked insertion."""
    return f'<w:ins w:id="91" w:author="A">{r(text)}</w:ins>'


def link(*content: str) -> str:
    """Return a link to a bookmark."""
    return f'<w:hyperlink w:anchor="there">{"".join(content)}</w:hyperlink>'


def char(kind: str) -> str:
    """Return a border of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    """Return a run of a field's code."""
    return r(text, tag="instrText")


def bookmark(name: str = "there") -> str:
    """Return a bookmark."""
    return f'<w:bookmarkStart w:id="5" w:name="{name}"/><w:bookmarkEnd w:id="5"/>'


def control(content: str, *, bound: str = "") -> str:
    """Return a content control."""
    binding = f'<w:dataBinding w:xpath="{bound}" w:storeItemID="{{0}}"/>' if bound else ""
    return f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


BASE = p("{%p for party in parties %}") + p(MANDATORY) + p("{%p endfor %}") + p("Agreement {{ reference }}")
"""Four paragraphs that print every mandatory field."""


@cache
def _empty() -> bytes:
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPES}document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{WORD_TYPES}styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A title</dc:title><cp:keywords/></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Clause">'
        '<w:name w:val="Clause"/></w:style></w:styles>',
        DOCUMENT: f"<w:document {NAMESPACES}><w:body><w:sectPr/></w:body></w:document>",
    }
    return packaged(deflated(name, content.encode()) for name, content in parts.items())


def contents(data: bytes) -> dict[str, bytes]:
    """Return all members by name."""
    return {member.name: member.content() for member in members_of(data)}


def changed(data: bytes, **parts: bytes | str) -> bytes:
    """Return the file with members replaced or added, named by keyword after `member:`."""
    members = {member.name: member for member in members_of(data)}
    for name, content in parts.items():
        members[name] = deflated(name, content.encode() if isinstance(content, str) else content)
    return packaged(members.values())


def edited(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """Return the file with the first match in a member replaced; the pattern must match."""
    text, count = re.subn(pattern, lambda _: replacement, contents(data)[name].decode(), count=1, flags=re.DOTALL)
    assert count == 1, pattern
    return changed(data, **{name: text})


def with_body(xml: str, *, base: str = BASE, data: bytes | None = None) -> bytes:
    """Return a file whose body is the base and this XML."""
    return edited(data or _empty(), DOCUMENT, r"<w:body>.*?(?=<w:sectPr/></w:body>)", f"<w:body>{base}{xml}")


def related(data: bytes, kind: str, target: str, *, rid: str = "rId9", external: bool = False) -> bytes:
    """Return the file with one more relationship of the body."""
    mode = ' TargetMode="External"' if external else ""
    added = f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"{mode}/>'
    return edited(data, "word/_rels/document.xml.rels", "</Relationships>", f"{added}</Relationships>")


def with_part(data: bytes, kind: str, content: str, *, name: str = "", content_type: str = "") -> bytes:
    """Return the file with one more part of this kind: header, footer, footnotes, endnotes, comments …"""
    target = name or f"{kind}.xml"
    part = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'
    stated = content_type or f"{WORD_TYPES}{kind}+xml"
    override = f'<Override PartName="/word/{target}" ContentType="{stated}"/>'
    data = edited(changed(data, **{f"word/{target}": part}), "[Content_Types].xml", "</Types>", f"{override}</Types>")
    return related(data, f"{R}/{kind}", target, rid=f"rId{kind}")


def note_part(kind: str, content: str) -> str:
    """Return the XML of footnotes, endnotes or comments with one note."""
    single = kind.rstrip("s")
    separator = "" if kind == "comments" else f'<w:{single} w:id="0" w:type="separator">{p("")}</w:{single}>'
    return f'<w:{kind} {NAMESPACES}>{separator}<w:{single} w:id="2">{content}</w:{single}></w:{kind}>'


def in_place(place: str, xml: str) -> bytes:
    """Return a file with this XML in one place, harmless text everywhere else."""
    match place:
        case "body":
            return with_body(xml)
        case "cell":
            return with_body(table((xml, "beside")))
        case "text box":
            return with_body(p("before ", box(xml)))
        case "footnote":
            return with_part(with_body(p("see", note_reference())), "footnotes", note_part("footnotes", xml))
    tag = {"header": "hdr", "footer": "ftr"}[place]
    data = with_part(with_body(""), place, f"<w:{tag} {NAMESPACES}>{xml}</w:{tag}>")
    reference = f'<w:sectPr><w:{place}Reference w:type="default" r:id="rId{place}"/></w:sectPr></w:body>'
    return edited(data, DOCUMENT, "<w:sectPr/></w:body>", reference)


def words(place: str, number: int = 1) -> str:
    """Return the place in words of the paragraph that a test added to a place as its first, second …"""
    return PLACES[place].format(FIRST.get(place, 1) + number - 1)


def with_notes(xml: str, note: str = "A note", kind: str = "footnotes") -> bytes:
    """Return a file with this XML in its body, and a note."""
    return with_part(with_body(xml), kind, note_part(kind, p(note)))


def with_header(xml: str) -> bytes:
    """Return a file with this XML in its header."""
    return in_place("header", xml)
