"""Marked placeholders of a rendered part, shown highlighted in yellow with the formatting of the run they stand in.

A missing value is printed between two marks (see `run`). Here each marked text gets a run of its own; what surrounds it
keeps its place and its formatting. In attributes, field codes and properties the marks are simply taken out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from elca_docs.rendering.package import W
from elca_docs.rendering.run import CLOSE, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_MARKED_TEXT = etree.XPath(f"//text()[contains(., '{OPEN}')]")
_LOOSE_TEXT = etree.XPath(
    "//w:p/text()[normalize-space()] | //w:hyperlink/text()[normalize-space()] | //w:body/text()[normalize-space()]"
    " | //w:tc/text()[normalize-space()] | //w:tr/text()[normalize-space()] | //w:tbl/text()[normalize-space()]"
    " | //w:hdr/text()[normalize-space()] | //w:ftr/text()[normalize-space()]",
    namespaces={"w": W},
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _tags(names: str) -> frozenset[str]:
    return frozenset(f"{{{W}}}{name}" for name in names.split())


_P, _R, _T, _RPR = (f"{{{W}}}{tag}" for tag in ("p", "r", "t", "rPr"))
_HIGHLIGHT, _VAL = f"{{{W}}}highlight", f"{{{W}}}val"
# What follows the highlight in a run's properties, in the order Word writes (ISO/IEC 29500-1, 17.3.2.28, CT_RPr).
_LATE = "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
_LATE_NAMES = frozenset(_LATE.split())
_AFTER_HIGHLIGHT = _tags(_LATE)
_PLAIN_RUN = re.compile(
    rf"(<w:r(?: [^<>]*)?>)(?:<w:rPr>((?:<w:[^<>]*/>)*)</w:rPr>)?<w:t(?: [^<>]*)?>([^<{OPEN}]*{OPEN}[^<]*)</w:t></w:r>"
)
_PROPERTY = re.compile(r"(<w:(\w+)[^<>]*/>)")
_HOLDS_RUNS = _tags("p hyperlink ins smartTag fldSimple")
_HOLDS_PARAGRAPHS = _tags("body tc hdr ftr footnote endnote comment txbxContent")


def loose_text(tree: etree._Element) -> Iterator[str]:
    """Yield each text that stands outside a run, where Word does not allow it; placeholders apart."""
    for found in cast("list[str]", _LOOSE_TEXT(tree)):
        if OPEN not in found:
            yield str(found).strip()


def brightened(xml: str) -> str:
    """Return the XML with a bright run for each marked text of a plain run; where a run holds more, the marks stay.

    Nearly all placeholders stand in plain runs, and this is ten times as fast as changing a tree.
    """
    return _PLAIN_RUN.sub(_bright_runs, xml)


def _bright_runs(found: re.Match[str]) -> str:
    start, properties = found[1], found[2] or ""
    plain = f"{start}<w:rPr>{properties}</w:rPr>" if properties else start
    bright = f"{start}<w:rPr>{_bright_properties(properties)}</w:rPr>"
    return "".join(
        f'{bright if index % 2 else plain}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        for index, piece in enumerate(_MARKED.split(found[3]))
        if piece
    )


@lru_cache(maxsize=256)
def _bright_properties(properties: str) -> str:
    """Return a run's properties with the highlight where Word writes it; a template has few different ones."""
    children = [child for child in _PROPERTY.findall(properties) if child[1] != "highlight"]
    after = next((index for index, child in enumerate(children) if child[1] in _LATE_NAMES), len(children))
    written = [child[0] for child in children]
    return "".join((*written[:after], '<w:highlight w:val="yellow"/>', *written[after:]))


def highlighted(tree: etree._Element) -> None:
    """Give every marked text of the part a bright run of its own, wherever it stands."""
    for found in _marked_texts(tree):
        _house(found)
    for found in _marked_texts(tree):
        text = found.getparent()
        run = text.getparent() if text is not None else None
        if text is not None and run is not None and text.tag == _T and run.tag == _R:
            _split(run, text)


def _marked_texts(tree: etree._Element) -> Any:  # noqa: ANN401 - lxml's stubs do not name the text it finds
    return _MARKED_TEXT(tree)


def without_marks(xml: bytes) -> bytes:
    """Return the part with the marks that are left taken out."""
    return xml.replace(OPEN.encode(), b"").replace(CLOSE.encode(), b"")


def _house(loose: etree._ElementUnicodeResult) -> None:
    """Put marked text that stands outside a run into runs, those into a paragraph where only paragraphs may stand."""
    owner = loose.getparent()
    home = owner.getparent() if owner is not None and loose.is_tail else owner
    if owner is None or home is None or home.tag not in _HOLDS_RUNS | _HOLDS_PARAGRAPHS:
        return
    if loose.is_tail:
        owner.tail, position = None, home.index(owner) + 1
    else:
        owner.text, position = None, 0
    pieces = enumerate(_MARKED.split(loose))
    housed = [_run(None, _texts(piece), bright=bool(index % 2)) for index, piece in pieces if piece.strip()]
    if home.tag in _HOLDS_PARAGRAPHS:
        paragraph = etree.Element(_P, nsmap={"w": W})
        paragraph.extend(housed)
        housed = [paragraph]
    home[position:position] = housed


def _split(run: etree._Element, text: etree._Element) -> None:
    """Replace a run by what stands before, each marked text, and what stands after it."""
    content = [child for child in run if child.tag != _RPR]
    position = content.index(text)
    first, *rest = _MARKED.split(text.text or "")
    groups = [(content[:position] + _texts(first), False)]
    for label, after in zip(rest[::2], rest[1::2], strict=True):
        groups += [(_texts(label), True), (_texts(after), False)]
    groups[-1] = (groups[-1][0] + content[position + 1 :], False)
    properties = run.find(_RPR)
    for children, bright in groups:
        if children:
            new = _run(properties, children, bright=bright)
            new.attrib.update(run.attrib)
            run.addprevious(new)
    next(run.iterancestors()).remove(run)


def _texts(content: str) -> list[etree._Element]:
    if not content:
        return []
    element = etree.Element(_T, {_SPACE: "preserve"}, nsmap={"w": W})
    element.text = content
    return [element]


def _run(properties: etree._Element | None, children: list[etree._Element], *, bright: bool) -> etree._Element:
    """Return a run with these properties and children; a bright one is highlighted in yellow."""
    run = etree.Element(_R, nsmap={"w": W})
    if properties is not None:
        run.append(deepcopy(properties))
    elif bright:
        etree.SubElement(run, _RPR)
    if bright:
        _brighten(run[0])
    run.extend(children)
    return run


def _brighten(properties: etree._Element) -> None:
    for old in properties.findall(_HIGHLIGHT):
        properties.remove(old)
    after = next((index for index, child in enumerate(properties) if child.tag in _AFTER_HIGHLIGHT), len(properties))
    mark = etree.Element(_HIGHLIGHT, {_VAL: "yellow"}, nsmap={"w": W})
    properties.insert(after, mark)
