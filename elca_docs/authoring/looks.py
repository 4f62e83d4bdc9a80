"""The formatting of letters that give way to a tag, or that are marked: a run is cut where its formatting changes.

Works on the part as it is written; what is not cut keeps every character. Source of the order of properties: ISO/IEC
29500-1, 17.3.2 (CT_RPr).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

from elca_docs.authoring.letters import Place, is_highlighted, is_shaded
from elca_docs.authoring.part_source import PartSource, Splice
from elca_docs.rendering.package import W

# What stands behind w:highlight in the properties of a run.
_BEHIND_NAMES: Final = "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
_BEHIND: Final = frozenset(f"{{{W}}}{name}" for name in _BEHIND_NAMES.split())
_SIGNS: Final = frozenset(f"{{{W}}}{name}" for name in ("tab", "br", "cr", "noBreakHyphen"))
"""Elements that are a letter of the text each."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How letters are to look: "plain" without a blank's marks, "marked" in yellow, "entered" as `formatting` says."""

    name: Literal["plain", "marked", "entered"]
    formatting: etree._Element | None = None


PLAIN: Final = Look("plain")
MARKED: Final = Look("marked")
Looks = Mapping[Place, Look]
"""The look of single letters; all others keep theirs."""


@dataclass(slots=True)
class _Segment:
    """Neighbouring content of a run with one look: where it begins, and whether that is inside a text."""

    look: Look | None
    at: int
    within: etree._Element | None = field(default=None)


class Cutter:
    """Gives letters of one part another look; `placeholders` are the styles that Word gives to a placeholder."""

    def __init__(self, source: PartSource, placeholders: Collection[str]) -> None:
        """Take the part as it is written."""
        self._source = source
        self._placeholders = placeholders
        self.cut: set[etree._Element] = set()
        """The texts that were cut in two so far: a blank at an end of theirs is now beside the cut."""

    def splices(self, run: etree._Element, looks: Mapping[tuple[etree._Element, int], Look]) -> Iterator[Splice]:
        """Yield what cuts a run at each change of look; `looks` by text and letter, or by other content and 0."""
        properties = run.find(f"{{{W}}}rPr")
        segments = list(self._segments(run, looks))
        extent = self._source.of(run)
        if segments and segments[0].look is not None:
            written = self._written(run, segments[0].look)
            at = (extent.inner, extent.inner) if properties is None else self._bounds(properties)
            yield Splice(*at, written)
        for segment in segments[1:]:
            opening = f"{self._source.head(run)}{self._written(run, segment.look)}"
            name = self._source.name(run)
            if segment.within is None:
                yield Splice(segment.at, segment.at, f"</{name}>{opening}")
            else:
                self.cut.add(segment.within)
                text = self._source.name(segment.within)
                between = f'</{text}></{name}>{opening}<{text} xml:space="preserve">'
                yield Splice(segment.at, segment.at, between)

    def _bounds(self, element: etree._Element) -> tuple[int, int]:
        extent = self._source.of(element)
        return extent.start, extent.end

    def _segments(self, run: etree._Element, looks: Mapping[tuple[etree._Element, int], Look]) -> Iterator[_Segment]:
        """Yield the content of a run in stretches of one look; what has no letters goes with what stands before it."""
        current: Look | None = None
        begun = False
        for child in run.iterchildren(etree.Element):
            if child.tag == f"{{{W}}}rPr":
                continue
            letters = len(child.text or "") if child.tag == f"{{{W}}}t" else 0
            for index in range(max(letters, 1)):
                asked = looks.get((child, index))
                counts = letters or child.tag in _SIGNS
                look = self._effective(run, asked) if counts else current
                if not begun or look is not current:
                    yield self._segment(child, index, look)
                current, begun = look, True

    def _segment(self, child: etree._Element, index: int, look: Look | None) -> _Segment:
        if not index:
            return _Segment(look, self._source.of(child).start)
        return _Segment(look, self._source.letter_places(child)[index], child)

    def _effective(self, run: etree._Element, look: Look | None) -> Look | None:
        """Return a look that changes something; None where the run looks so already."""
        if look is None:
            return None
        style = run.find(f"{{{W}}}rPr/{{{W}}}rStyle")
        is_placeholder = style is not None and style.get(f"{{{W}}}val") in self._placeholders
        if look.name == "marked":
            return None if is_highlighted(run) else look
        if look.name == "entered" and look.formatting is not None:
            return look
        return PLAIN if is_highlighted(run) or is_shaded(run) or is_placeholder else None

    def _written(self, run: etree._Element, look: Look | None) -> str:
        """Return the properties of a run with another look, as they are written."""
        properties = run.find(f"{{{W}}}rPr")
        if look is not None and look.formatting is not None:
            return self._source.whole(look.formatting)
        prefix = self._source.name(run).rpartition(":")[0]
        yellow = f'<{prefix}:highlight {prefix}:val="yellow"/>' if look is MARKED else ""
        if properties is None:
            return f"<{prefix}:rPr>{yellow}</{prefix}:rPr>" if yellow else ""
        if look is None:
            return self._source.whole(properties)
        kept = [child for child in properties.iterchildren(etree.Element) if not self._goes(child, look)]
        before = [self._source.whole(child) for child in kept if child.tag not in _BEHIND]
        behind = [self._source.whole(child) for child in kept if child.tag in _BEHIND]
        name = self._source.name(properties)
        return f"{self._source.head(properties)}{''.join(before)}{yellow}{''.join(behind)}</{name}>"

    def _goes(self, child: etree._Element, look: Look) -> bool:
        if child.tag == f"{{{W}}}highlight":
            return True
        if look is MARKED:
            return False
        is_style = child.tag == f"{{{W}}}rStyle" and child.get(f"{{{W}}}val") in self._placeholders
        return is_style or child.tag == f"{{{W}}}shd"
