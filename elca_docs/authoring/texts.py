"""Texts of a part that is not Word text: document properties, a chart, a drawing, links. Only those with a brace.

No paragraph can be named there, so each text stands by the name of what holds it. Judges nothing.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from elca_docs.authoring.paragraphs import Paragraph, Piece
from elca_docs.authoring.walking import Walked

_BLOCK = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_ESCAPED = re.compile("%7[bBdD]")


def texts_of(tree: etree._Element, member: str, label: str) -> Walked:
    """Return the loose texts of a part; a paragraph of a drawing is one text, however it is split into runs."""
    found = Walked()
    for element in tree.iter(etree.Element):
        if element.tag == _BLOCK:
            _add(found, _block(element, member, label))
        elif element.text and next(element.iterancestors(_BLOCK), None) is None:
            _add(found, _single(element, element.text, "", member, label))
        for attribute, text in element.attrib.items():
            _add(found, _single(element, _plain(str(text)), str(attribute), member, label))
    return found


def _plain(text: str) -> str:
    """Return a link's address with its braces as they were typed."""
    return unquote(text) if _ESCAPED.search(text) else text


def _add(found: Walked, text: Paragraph) -> None:
    if any("{" in piece.text or "}" in piece.text for piece in text.pieces):
        found.loose.append(text)
        found.places.append(len(found.places))


def _single(element: etree._Element, text: str, attribute: str, member: str, label: str) -> Paragraph:
    words = etree.QName(element).localname
    return Paragraph(
        element, member, label, words, pieces=[Piece(0, text, element)], attribute=attribute, length=len(text)
    )


def _block(element: etree._Element, member: str, label: str) -> Paragraph:
    block = Paragraph(element, member, label, "text")
    for run in element.iter(etree.Element):
        if run.tag != _BLOCK and run.text:
            block.pieces.append(Piece(block.length, run.text, run))
            block.length += len(run.text)
    return block
