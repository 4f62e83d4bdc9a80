"""The pieces of a chart's XML: read, made from text, and put where the schema wants them (ISO/IEC 29500-1, 21.2)."""

from __future__ import annotations

from typing import Final

from lxml import etree

C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def read(xml: bytes) -> etree._Element:
    """Return XML that this program wrote as a tree, without the blanks between elements."""
    return etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True))


def made(xml: str) -> list[etree._Element]:
    """Return the elements of a text; prefixes are c, a and r."""
    return list(read(f"<c:pieces {_NAMESPACES}>{xml}</c:pieces>".encode()))


def put(parent: etree._Element, xml: str, before: tuple[str, ...] = ()) -> None:
    """Put the elements of a text into a parent, in front of the first child of these names, else at its end.

    Children that have the name of a new one are taken out first.
    """
    new = made(xml)
    for each in new:
        for old in parent.findall(each.tag):
            parent.remove(old)
    names = {f"{C}{name}" for name in before}
    place = next((index for index, child in enumerate(parent) if child.tag in names), len(parent))
    parent[place:place] = new


def one(parent: etree._Element, name: str) -> etree._Element:
    """Return the first element of a name within another; it is there."""
    return next(parent.iter(f"{C}{name}"))
