"""The colours of charts: the template's own where they can be told apart by everyone, else tried ones.

Two colours that differ in lightness are told apart by eyes of every kind, and on a printer without colour; two that
differ in hue alone are not. So lightness decides. Light areas are outlined, so each stands out from the paper (WCAG
2.2, 1.4.11). It reads the template and writes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

    from elca_docs.rendering.word_template import StyleSheet

SHADES: Final = 4
"""How many colours there are; what comes after them is set apart by a pattern."""
_TRIED: Final = ("1F4E79", "E69F00", "CFE3F3", "7A7A7A", "000000", "F5DEB3")
_APART: Final = 1.6
"""The least ratio of lightness between any two colours, in the measure of WCAG contrast."""
_WHITE_TEXT: Final = 4.5
_DARK: Final = 0.04045
"""Where the curve of sRGB begins to bend."""
_RGB: Final = re.compile("[0-9A-Fa-f]{6}")


def palette_of(document: Document, sheet: StyleSheet) -> tuple[str, ...]:
    """Return four colours as RRGGBB, all told apart by their lightness, the template's first where they are so."""
    picked: list[str] = []
    for colour in (*_own(document, sheet), *_TRIED):
        if all(_ratio(colour, each) >= _APART for each in picked) and _ratio(colour, "FFFFFF") >= _APART / 1.3:
            picked.append(colour)
    return tuple((*picked, *_TRIED)[:SHADES])


def text_on(colour: str) -> str:
    """Return the colour of letters that can be read on a colour: white where it is dark enough, else black."""
    return "FFFFFF" if _ratio(colour, "FFFFFF") >= _WHITE_TEXT else "000000"


def _own(document: Document, sheet: StyleSheet) -> Iterator[str]:
    """Yield the accents of the template's theme, or the colour of its headings where it has none."""
    accents = [*_accents(document)]
    if accents:
        yield from accents
        return
    colour = sheet.colour_of("Heading 1")
    if _RGB.fullmatch(colour):
        yield colour.upper()


def _accents(document: Document) -> Iterator[str]:
    try:
        theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(theme.blob, parser)
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return
    for number in range(1, 7):
        for accent in root.iter(qn(f"a:accent{number}")):
            yield from (tone.get("val", "").upper() for tone in accent.iter(qn("a:srgbClr")) if _is_colour(tone))


def _is_colour(tone: etree._Element) -> bool:
    return _RGB.fullmatch(tone.get("val", "")) is not None


def _ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
