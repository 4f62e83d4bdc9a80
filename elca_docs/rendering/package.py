"""A Word file, opened once and within limits: its members, their content types and its XML parts as trees.

Every member is inflated here once, so that a damaged or oversized file is refused before anything reads it. Trees are
parsed as python-docx parses them (blank text between elements removed), without entities and without network, so that
docxtpl's regular expressions see the text they were written for. What a part may contain is judged in `threats`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.opc import Member, NotAPackageError, deflated, members_of

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{OFFICE_TYPES}document.main+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"

# Limits on what a template may be (notes on hostile input: 50 MB in all, ratio 200, 2,000 members).
LARGEST_FILE = 50_000_000
LARGEST_CONTENT = 50_000_000
MOST_MEMBERS = 2_000
STEEPEST_RATIO = 200
_SMALL = 1_000_000
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"})
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file. `trees` holds every XML part by name; they belong to the reader, who may change them."""

    name: str
    members: tuple[Member, ...]
    types: Mapping[str, str]
    trees: Mapping[str, etree._Element]


def xml_bytes(tree: etree._Element) -> bytes:
    """Return a part as it is written into a Word file."""
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def member_of(name: str, tree: etree._Element) -> Member:
    """Return a member with a changed part."""
    return deflated(name, xml_bytes(tree))


def opened(data: bytes, *, name: str) -> Package:
    """Return the opened Word file.

    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    try:
        members = _bounded(data, name)
        contents = {member.name: member.content() for member in members}
    except NotAPackageError as error:
        problem = Problem("template-unreadable", f"the template cannot be read: {error}", Location(name), _SAVE)
        raise TemplateError(problem) from error
    types = _types_of(contents, name)
    trees = {
        part: _tree(content, part, name)
        for part, content in contents.items()
        if part.endswith((".xml", ".rels", ".vml")) or types.get(part, "").endswith("xml")
    }
    return Package(name, members, MappingProxyType(types), MappingProxyType(trees))


_SAVE = "open it in Word or LibreOffice and save it as a Word document (.docx)"


def _bounded(data: bytes, name: str) -> tuple[Member, ...]:
    """Return the members, refused before inflation when together they are too large."""
    _at_most(LARGEST_FILE, len(data), "the file has {:,} bytes", name)
    members = members_of(data)
    _at_most(MOST_MEMBERS, len(members), "the file has {:,} members", name)
    _at_most(LARGEST_CONTENT, sum(member.size for member in members), "the file would unpack to {:,} bytes", name)
    for member in members:
        if member.size > _SMALL:
            _at_most(STEEPEST_RATIO, member.size // max(1, len(member.packed)), "a member is packed {:,} to 1", name)
        if member.name.startswith(("/", "\\")) or ".." in member.name.replace("\\", "/").split("/"):
            message = f"its member '{member.name}' points outside the file"
            raise NotAPackageError(message)
    return members


def _at_most(limit: int, found: int, sentence: str, name: str) -> None:
    if found > limit:
        message = f"{sentence.format(found)}; {limit:,} is the most"
        fix = "use a smaller template: shrink its pictures"
        raise TemplateError(Problem("template-too-large", message, Location(name), fix))


def _types_of(contents: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return the content type of each member, by its own entry or by its ending."""
    if _TYPES_PART not in contents:
        message = "the file is not a Word document"
        raise TemplateError(Problem("template-not-word", message, Location(name), _SAVE))
    root = _tree(contents[_TYPES_PART], _TYPES_PART, name)
    own: dict[str, str] = {}
    endings: dict[str, str] = {}
    for entry in root:
        content_type = entry.get("ContentType", "")
        if entry.tag == f"{{{_CONTENT_TYPES}}}Override":
            own[entry.get("PartName", "").lstrip("/").casefold()] = content_type
        elif entry.tag == f"{{{_CONTENT_TYPES}}}Default":
            endings[entry.get("Extension", "").casefold()] = content_type
    return {part: own.get(part.casefold()) or endings.get(part.casefold().rpartition(".")[2], "") for part in contents}


def _tree(content: bytes, part: str, name: str) -> etree._Element:
    """Return an XML part as a tree; a DOCTYPE is refused before the parser may act on it."""
    where = Location(name, place=part)
    untrusted = "use the template from a source you trust"
    doctype = Problem("template-doctype", "a part declares a DOCTYPE, which no Word document does", where, untrusted)
    if any(marker in content for marker in _DOCTYPES):
        raise TemplateError(doctype)
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        message = f"a part of the template is not well-formed: {error.msg}"
        raise TemplateError(Problem("template-unreadable", message, where, _SAVE)) from error
    head = root.getroottree().docinfo
    if head.internalDTD is not None:
        raise TemplateError(doctype)
    if (head.encoding or "UTF-8").upper() not in _ENCODINGS:
        message = "a part of the template is written in an encoding that no Word document uses"
        raise TemplateError(Problem("template-unreadable", message, where, _SAVE))
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        remove_blank_text=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
