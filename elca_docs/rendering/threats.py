"""What a template may not contain: rules that are checked once, when it is opened.

Each rule is one small function from the opened file to problems; a new rule is a new function in `RULES`. Nothing is
repaired here but one thing: the path of an attached Word template, common and harmless in ordinary files, is left out,
so that no document we make points to a folder of somebody's computer. Source: notes on hostile input, 524 public files.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.rendering.package import MAIN_TYPE, OFFICE_TYPES, Package, W, member_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/"
_LINK = re.compile(r"#|https?:|mailto:", re.IGNORECASE)
_ATTACHED = "/attachedTemplate"
_ACTIVE_RELATIONS = (
    "/vbaProject",
    "/control",
    "/activeXControlBinary",
    "/oleObject",
    "/aFChunk",
    "/subDocument",
    "/frame",
    "/keyMapCustomizations",
    "/attachedToolbars",
    "/mailMergeSource",
    "/mailMergeHeaderSource",
)
_ACTIVE_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "oleobject", "ms-word.attachedtoolbars")
_ACTIVE_NAMES = ("vbaproject", "vbadata", "/activex/")
# Field codes that fetch from a file, an address or another program. Source: ISO/IEC 29500-1, 17.16.5.
FETCHING_FIELDS = frozenset(
    {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "EMBED"}
)
_FIRST_WORD = re.compile(r"[A-Za-z]+")


def trusted(package: Package) -> Package:
    """Return the file without the path of an attached template; TemplateError lists everything it may not contain."""
    problems = [problem for rule in RULES for problem in rule(package)]
    if problems:
        raise TemplateError(problems)
    return _detached(package)


def _problem(package: Package, code: str, message: str, place: str, fix: str) -> Problem:
    return Problem(code, message, Location(package.name, place=place), fix)


def _relationships(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for part, tree in package.trees.items():
        if part.endswith(".rels"):
            yield from ((part, relationship) for relationship in tree.iter(_RELATIONSHIP))


def _is_a_word_document(package: Package) -> Iterator[Problem]:
    """The file's document is a Word document, neither a spreadsheet nor a .dotx, .docm or Strict file."""
    found = [package.types[part] for part in package.trees if package.types[part].endswith("main+xml")]
    if found == [MAIN_TYPE] and any(r.get("Type") == _OFFICE_DOCUMENT for _, r in _relationships(package)):
        return
    if any(r.get("Type", "").startswith(_STRICT) for _, r in _relationships(package)):
        message = "the template is saved as Strict Open XML, which cannot be filled in"
    elif any("macroenabled" in kind.casefold() for kind in found):
        return  # said by the rule on active content
    elif found == [f"{OFFICE_TYPES}template.main+xml"]:
        message = "the template is saved as a Word template (.dotx), which cannot be filled in"
    else:
        message = "the file is not a Word document"
    yield _problem(package, "template-not-word", message, "", "open it in Word and save it as a Word document (.docx)")


def _is_not_active(package: Package) -> Iterator[Problem]:
    """No macros, ActiveX, embedded objects or imported files; a chart's own worksheet is allowed."""
    fix = "remove it in Word and save as a Word document (.docx)"
    for member in package.members:
        kind, part = package.types[member.name].casefold(), f"/{member.name.casefold()}"
        embedded = "/embeddings/" in part and not part.endswith(".xlsx")
        if embedded or any(mark in kind for mark in _ACTIVE_TYPES) or any(mark in part for mark in _ACTIVE_NAMES):
            message = "the template holds a macro, a control or an embedded object"
            yield _problem(package, "template-active-content", message, member.name, fix)
    for part, relationship in _relationships(package):
        if relationship.get("Type", "").endswith(_ACTIVE_RELATIONS):
            message = "the template refers to a macro, a control, an embedded object or another document"
            yield _problem(package, "template-active-content", message, part, fix)


def _stays_here(package: Package) -> Iterator[Problem]:
    """What lies outside the file is only linked to (http, https, mailto), never fetched."""
    for part, relationship in _relationships(package):
        kind, target = relationship.get("Type", ""), relationship.get("Target", "")
        if relationship.get("TargetMode") != "External" or kind.endswith((_ATTACHED, *_ACTIVE_RELATIONS)):
            continue
        if kind.endswith("/hyperlink") and _LINK.match(target):
            continue
        message = f"the template refers to '{target[:80]}' outside the file"
        fix = "embed the picture, or link with an http, https or mailto address"
        yield _problem(package, "template-external-reference", message, part, fix)
    for part, tree in package.trees.items():
        if tree.find(f"{{{W}}}mailMerge") is not None:
            message = "the template is bound to a mail merge source"
            fix = "choose Mailings > Start Mail Merge > Normal Word Document in Word and save"
            yield _problem(package, "template-external-reference", message, part, fix)


def _fetches_nothing(package: Package) -> Iterator[Problem]:
    """No field fetches a file, an address or another program's content when the document is opened."""
    for part, tree in package.trees.items():
        for word in fetching_fields(tree):
            message = f"the template holds a field {word}, which fetches something from outside the document"
            yield _problem(package, "template-fetching-field", message, part, "put its result in place of the field")


def fetching_fields(tree: etree._Element) -> Iterator[str]:
    """Yield the command of each field of a part that would fetch something; nested fields are read too."""
    for code in _field_codes(tree):
        word = _FIRST_WORD.match(code.strip())
        if word and word[0].upper() in FETCHING_FIELDS:
            yield word[0].upper()


def _field_codes(tree: etree._Element) -> Iterator[str]:
    """Yield the code of each field; a field's code may be split over runs and hold other fields."""
    open_codes: list[list[str]] = []
    for element in tree.iter(f"{{{W}}}fldSimple", f"{{{W}}}fldChar", f"{{{W}}}instrText"):
        if element.tag == f"{{{W}}}fldSimple":
            yield element.get(f"{{{W}}}instr", "")
        elif element.tag == f"{{{W}}}instrText":
            text = element.text or ""
            for code in open_codes:
                code.append(text)
            if not open_codes:
                yield text
        elif element.get(f"{{{W}}}fldCharType") == "begin":
            open_codes.append([])
        elif element.get(f"{{{W}}}fldCharType") == "end" and open_codes:
            yield "".join(open_codes.pop())
    yield from ("".join(code) for code in open_codes)


RULES: tuple[Callable[[Package], Iterator[Problem]], ...] = (
    _is_a_word_document,
    _is_not_active,
    _stays_here,
    _fetches_nothing,
)


def _detached(package: Package) -> Package:
    """Return the file without relationships to an attached template and without the settings that name them."""
    changed = set()
    for part, relationship in list(_relationships(package)):
        if relationship.get("Type", "").endswith(_ATTACHED):
            package.trees[part].remove(relationship)
            changed.add(part)
    for part, tree in package.trees.items():
        for mention in tree.findall(f"{{{W}}}attachedTemplate"):
            tree.remove(mention)
            changed.add(part)
    members = tuple(
        member_of(member.name, package.trees[member.name]) if member.name in changed else member
        for member in package.members
    )
    return replace(package, members=members)
