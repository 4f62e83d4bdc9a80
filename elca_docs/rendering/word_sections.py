"""Portrait and landscape: which blocks stand on turned pages, and the sections that turn them.

A wide table gets a landscape page. What would be torn from it goes along: headings directly above it, notes directly
below. Headers and footers carry over; where they end at the right margin, they end at the turned page's margin there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from elca_docs.model.blocks import Block, Heading, PageBreak, Paragraph, Table
from elca_docs.rendering.word_text import add_tab, paragraph, properties, space

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.section import CT_SectPr
    from docx.oxml.text.paragraph import CT_P

    from elca_docs.rendering.word_template import StyleSheet

_PLAIN: Final = {"w": 11906, "h": 16838, "left": 1440, "right": 1440, "top": 1440, "bottom": 1440, "gutter": 0}
"""A4 with margins of an inch, in twips: what holds where a template does not say."""
_EDGE: Final = "708"
"""Twips from the edge of such a page to its header and footer."""
_NEAR: Final = 60
"""Twips by which a tab stop may miss the margin and still mean it."""
_SMALLEST: Final = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
_STORIES: Final = {
    qn("w:headerReference"): ("/word/header%d.xml", RELATIONSHIP_TYPE.HEADER),
    qn("w:footerReference"): ("/word/footer%d.xml", RELATIONSHIP_TYPE.FOOTER),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that follow one another on pages of one direction."""

    wide: bool
    blocks: tuple[Block, ...]


def stretches(blocks: Sequence[Block]) -> list[Stretch]:
    """Return the blocks cut where the page turns; a page break at a cut is left out, for the turn is one."""
    wide = [isinstance(block, Table) and block.wide for block in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        wide[place] = wide[place] or (wide[place + 1] and isinstance(blocks[place], Heading))
    for place in range(1, len(blocks)):
        wide[place] = wide[place] or (wide[place - 1] and _is_remark(blocks[place]))
    coming = False
    for place in range(len(blocks) - 1, 0, -1):  # a break between two turned pages breaks a turned page
        if isinstance(blocks[place], PageBreak):
            wide[place] = coming and _is_turned_before(blocks, wide, place)
        else:
            coming = wide[place]
    cut = [
        Stretch(key, tuple(block for _, block in group))
        for key, group in groupby(zip(wide, blocks, strict=True), key=lambda each: each[0])
    ]
    if len(cut) > 1:
        cut = [Stretch(each.wide, _trimmed(each.blocks, leading=each is not cut[0])) for each in cut]
    return [each for each in cut if each.blocks] or [Stretch(wide=False, blocks=())]


def _is_turned_before(blocks: Sequence[Block], wide: Sequence[bool], place: int) -> bool:
    """Whether what stands before a row of page breaks is on a turned page."""
    while place > 0 and isinstance(blocks[place], PageBreak):
        place -= 1
    return wide[place]


def _trimmed(blocks: tuple[Block, ...], *, leading: bool) -> tuple[Block, ...]:
    """Return the blocks of a stretch without the page breaks at its cuts."""
    first, last = 0, len(blocks)
    while leading and first < last and isinstance(blocks[first], PageBreak):
        first += 1
    while last > first and isinstance(blocks[last - 1], PageBreak):
        last -= 1
    return blocks[first:last]


def _is_remark(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in {"note", "flag"}


@dataclass(frozen=True, slots=True)
class Room:
    """What fits between the margins of a page, in twips."""

    width: int
    height: int


class Sections:
    """The sections of one document, made of the one that its template ends with."""

    def __init__(self, document: Document, sheet: StyleSheet) -> None:
        """Take the last section of the template; nothing changes before `close` or `finish`."""
        self._document = document
        self._sheet = sheet
        self._last = document.element.body.get_or_add_sectPr()
        self._base = deepcopy(self._last)
        _measure(self._base)
        self._turned: dict[str, str] = {}
        sizes = _sizes(self._base)
        across = sizes["left"] + sizes["right"] + sizes["gutter"]
        along = sizes["top"] + sizes["bottom"]
        self._upright = Room(sizes["w"] - across, sizes["h"] - along)
        self._lying = Room(sizes["h"] - across, sizes["w"] - along)
        self._turns = sizes["w"] < sizes["h"]

    def room(self, *, wide: bool) -> Room:
        """Return the room of a page; a template of landscape pages has no wider ones."""
        return self._lying if wide and self._turns else self._upright

    def close(self, *, wide: bool, first: bool, style_id: str) -> CT_P:
        """Return the paragraph that ends a section before the last; it takes no room."""
        made = paragraph(style_id)
        smallest(made)
        properties(made).append(self._section(wide=wide, first=first))
        return made

    def finish(self, *, wide: bool, first: bool) -> None:
        """Make the last section of the document what its last blocks need."""
        made = self._section(wide=wide, first=first)
        self._last.getparent().replace(self._last, made)

    def _section(self, *, wide: bool, first: bool) -> CT_SectPr:
        made = cast("CT_SectPr", deepcopy(self._base))
        if not first:
            for tag in ("w:titlePg", "w:type"):
                made.remove_all(tag)
            for numbering in made.iterchildren(qn("w:pgNumType")):
                numbering.attrib.pop(qn("w:start"), "")
        if wide and self._turns:
            self._turn(made)
        return made

    def _turn(self, made: CT_SectPr) -> None:
        """Lay the page of a section on its side, its headers and footers as wide as it."""
        size = made.get_or_add_pgSz()
        sizes = _sizes(made)
        size.set(qn("w:w"), str(sizes["h"]))
        size.set(qn("w:h"), str(sizes["w"]))
        size.set(qn("w:orient"), "landscape")
        for reference in made.iterchildren(*_STORIES):
            known = reference.get(qn("r:id"), "")
            if known not in self._turned:
                self._turned[known] = self._turned_story(known, *_STORIES[reference.tag])
            reference.set(qn("r:id"), self._turned[known])

    def _turned_story(self, identifier: str, name: str, kind: str) -> str:
        """Return the relationship of a header or footer whose tab stops at the right margin are moved to the new one.

        Where none is there, it is the old one.
        """
        part = self._document.part.related_parts.get(identifier)
        if not isinstance(part, XmlPart):
            return identifier
        story = deepcopy(part.element)
        moves = [(each, place) for each in story.iter(qn("w:p")) for place in self._at_margin(cast("CT_P", each))]
        if not moves:
            return identifier
        for each, place in moves:
            add_tab(cast("CT_P", each), "clear", place)
            add_tab(cast("CT_P", each), "right", self._lying.width)
        package = self._document.part.package
        copy = XmlPart(package.next_partname(name), part.content_type, story, package)
        for relation in part.rels.values():
            copy.rels.add_relationship(relation.reltype, relation._target, relation.rId, relation.is_external)  # noqa: SLF001 - an outside target has no public name
        return self._document.part.relate_to(copy, kind)

    def _at_margin(self, each: CT_P) -> Iterator[int]:
        """Yield the tab stops of a paragraph that stand at the right margin of the upright page."""
        own = [tab for tab in each.iter(qn("w:tab")) if tab.get(qn("w:val")) in {"right", "end"}]
        places = {int(float(tab.get(qn("w:pos"), "0"))) for tab in own}
        places.update(self._sheet.right_tabs(each.style or ""))
        yield from sorted(place for place in places if abs(place - self._upright.width) <= _NEAR)


def smallest(made: CT_P) -> None:
    """Let a paragraph without text take no room that could make a page."""
    space(made, **_SMALLEST)


def _measure(section: CT_SectPr) -> None:
    """Write down the page that is reckoned with where a section says none: each program would take another one."""
    if section.find(qn("w:pgSz")) is None:
        size = section.get_or_add_pgSz()
        for name in ("w", "h"):
            size.set(qn(f"w:{name}"), str(_PLAIN[name]))
    if section.find(qn("w:pgMar")) is None:
        margins = section.get_or_add_pgMar()
        for name in ("top", "right", "bottom", "left", "gutter"):
            margins.set(qn(f"w:{name}"), str(_PLAIN[name]))
        for name in ("header", "footer"):
            margins.set(qn(f"w:{name}"), _EDGE)


def _sizes(section: CT_SectPr) -> dict[str, int]:
    """Return the measures of a section's page in twips, plain ones where it does not say."""
    found = dict(_PLAIN)
    for each in section.iterchildren(qn("w:pgSz"), qn("w:pgMar")):
        for name in _PLAIN:
            written = each.get(qn(f"w:{name}"), "")
            if written.lstrip("-").isdigit():
                found[name] = abs(int(written))
    return found
