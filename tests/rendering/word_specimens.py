"""Word files built for the tests of the template engine, and docxtpl itself as the oracle. Everything is fictitious."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import docx
from docxtpl import DocxTemplate
from lxml import etree

from elca_docs.opc import deflated, members_of, packaged

if TYPE_CHECKING:
    from docx.document import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"w": W, "r": R, "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
DOCUMENT = "word/document.xml"
_WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def word_file(build: Callable[[Document], object]) -> bytes:
    """Return a Word file, built with python-docx."""
    document = docx.Document()
    build(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_SMALLEST = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="{_RELS}"/>
<Override PartName="/word/document.xml" ContentType="{_WORD_TYPES}document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPES}styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPES}settings+xml"/>
<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>""",
    "docProps/core.xml": f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A title</dc:title></cp:coreProperties>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{R}/settings" Target="settings.xml"/></Relationships>""",
    "word/document.xml": f"""<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr/></w:body></w:document>""",
    "word/settings.xml": f"""<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/></w:settings>""",
    "word/styles.xml": f"""<w:styles xmlns:w="{W}"/>""",
}


@cache
def _empty() -> bytes:
    """Return the smallest Word file; python-docx's own is fifty times as large, and these tests open hundreds."""
    return packaged(deflated(name, content.encode()) for name, content in _SMALLEST.items())


def paragraphs(*texts: str) -> bytes:
    """Return a Word file of plain paragraphs."""
    run = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
    return body_xml(_empty(), "".join(run.format(escaped(text)) for text in texts))


def escaped(text: str) -> str:
    """Return text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def contents(data: bytes) -> dict[str, bytes]:
    """Return all members by name."""
    return {member.name: member.content() for member in members_of(data)}


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return the file with members replaced, added or (None) taken out."""
    members = {member.name: member for member in members_of(data)}
    for name, content in parts.items():
        members.pop(name, None)
        if content is not None:
            members[name] = deflated(name, content)
    return packaged(members.values())


def edited(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """Return the file with the first match in a member replaced; the pattern must match."""
    text, count = re.subn(pattern, lambda _: replacement, contents(data)[name].decode(), count=1, flags=re.DOTALL)
    assert count == 1, pattern
    return changed(data, {name: text.encode()})


def body_xml(data: bytes, xml: str) -> bytes:
    """Return the file with raw XML as the whole body, its section properties kept."""
    return edited(data, DOCUMENT, r"<w:body>.*?(?=<w:sectPr)", f"<w:body>{xml}")


def with_notes(data: bytes, kind: str, text_xml: str) -> bytes:
    """Return the file with a part of footnotes, endnotes or comments that holds one note."""
    single = kind.rstrip("s")
    note = f'<w:{single} w:id="2"><w:p><w:r><w:t>{text_xml}</w:t></w:r></w:p></w:{single}>'
    part = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{kind} xmlns:w="{W}">{note}</w:{kind}>'
    data = changed(data, {f"word/{kind}.xml": part.encode()})
    override = f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD_TYPES}{kind}+xml"/>'
    data = edited(data, "[Content_Types].xml", "</Types>", f"{override}</Types>")
    return related(data, f"{R}/{kind}", f"{kind}.xml")


def related(
    data: bytes, kind: str, target: str, *, external: bool = False, rels: str = "word/_rels/document.xml.rels"
) -> bytes:
    """Return the file with one more relationship."""
    mode = ' TargetMode="External"' if external else ""
    added = f'<Relationship Id="rIdTest" Type="{kind}" Target="{target}"{mode}/>'
    return edited(data, rels, "</Relationships>", f"{added}</Relationships>")


def with_title(data: bytes, title_xml: str) -> bytes:
    """Return the file with this title in its document properties."""
    return edited(
        data, "docProps/core.xml", "<dc:title>.*?</dc:title>|<dc:title/>", f"<dc:title>{title_xml}</dc:title>"
    )


@cache
def _everywhere() -> bytes:
    def build(document: Document) -> None:
        document.add_paragraph("TOKEN")
        document.sections[0].header.paragraphs[0].text = "TOKEN"
        document.sections[0].footer.paragraphs[0].text = "TOKEN"

    data = word_file(build)
    for kind in ("footnotes", "endnotes", "comments"):
        data = with_notes(data, kind, "TOKEN")
    return with_title(data, "TOKEN")


def everywhere(text: str) -> bytes:
    """Return a file with the text in body, header, footer, footnote, endnote, comment and title."""
    base = _everywhere()
    filled = {part: content.replace(b"TOKEN", escaped(text).encode()) for part, content in contents(base).items()}
    return changed(base, {part: content for part, content in filled.items() if content != contents(base)[part]})


PLACES = ("body", "header", "footer", "footnotes", "endnotes", "comments", "document properties")
"""The places of `everywhere` as messages name them."""


def only_in(place: str, text: str, *, rest: str = "quiet") -> bytes:
    """Return a file like `everywhere` in which the text stands in one place and harmless text in the others."""
    full = everywhere(text)
    part = part_of(full, place)
    return changed(everywhere(rest), {part: contents(full)[part]})


def part_of(data: bytes, place: str) -> str:
    """Return the member that a place of `everywhere` is in."""
    starts = {"body": "word/document", "document properties": "docProps/core"}
    start = starts.get(place, f"word/{place}")
    return next(name for name in contents(data) if name.startswith(start) and name.endswith(".xml"))


def tree(data: bytes, name: str = DOCUMENT) -> etree._Element:
    """Return a part as a tree."""
    return etree.fromstring(contents(data)[name])


def texts(data: bytes, name: str = DOCUMENT) -> list[str]:
    """Return the text of each paragraph of a part; a break is a newline, a tab a tab."""
    return ["".join(map(_print, paragraph.iter())) for paragraph in tree(data, name).iter(f"{{{W}}}p")]


def _print(element: etree._Element) -> str:
    if element.tag == f"{{{W}}}t":
        return element.text or ""
    return {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}.get(element.tag, "")


def bright(data: bytes, name: str = DOCUMENT) -> list[str]:
    """Return the texts of a part that are highlighted in yellow."""
    runs = tree(data, name).xpath("//w:r[w:rPr/w:highlight/@w:val='yellow']", namespaces=NS)
    return ["".join(run.itertext()) for run in runs]


def shape(element: etree._Element) -> object:
    """Return an element as nested tuples without prefixes and without blank text between elements."""
    children = [shape(child) for child in element if isinstance(child.tag, str)]
    text = element.text or ""
    if children and not text.strip():
        text = ""
    return (element.tag, sorted(element.attrib.items()), text, children, (element.tail or "").strip())


def by_docxtpl(data: bytes, context: Mapping[str, object]) -> bytes:
    """Return what docxtpl makes of it, escaping switched on."""
    template = DocxTemplate(io.BytesIO(data))
    template.render(dict(context), autoescape=True)
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()
