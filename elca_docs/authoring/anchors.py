"""Where a comment may begin and end in a paragraph, and what is written there: runs are cut, nothing else changes.

A run that is cut keeps its formatting on both sides. Where Word allows no comment between two characters (a formula, a
simple field, a field's code) the comment stands around the whole. Source: ISO/IEC 29500-1, 17.13.4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Paragraph
from elca_docs.authoring.part_source import PartSource, Splice
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_RUN: Final = f"{{{W}}}r"
_WRAPPERS: Final = frozenset(
    f"{{{W}}}{name}"
    for name in ("hyperlink", "ins", "del", "moveFrom", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "bdo",
                 "dir")
)  # fmt: skip
"""What may hold the ends of a comment; the paragraph itself aside."""
_KEEP_BLANKS: Final = "{http://www.w3.org/XML/1998/namespace}space"
_END, _REFERENCE, _POINT, _BEGIN = range(4)
"""In this order things are written at one place."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place in the text of a part: between elements, in a run, in one of its texts, or in an empty paragraph."""

    at: int
    run: etree._Element | None = None
    text: etree._Element | None = None
    letter: int = 0
    paragraph: etree._Element | None = None


class Anchors:
    """Gathers where the comments of a body begin and end."""

    def __init__(self, source: PartSource) -> None:
        """Begin without a comment."""
        self._source = source
        self._cuts: dict[_Cut, list[tuple[int, str]]] = defaultdict(list)

    def around(self, number: int, paragraph: Paragraph, start: int, end: int) -> None:
        """Anchor a comment at the characters from start to end; at all of them where there are none between."""
        start, end = max(start, 0), min(end, paragraph.length)
        if start >= end:
            start, end = 0, paragraph.length
        if not end:
            self.at_beginning(number, paragraph)
            return
        first, last = _widened(paragraph, start, end - 1)
        begin = self._before(paragraph, *first)
        behind, outside = self._behind(paragraph, *last)
        space = _space(paragraph)
        self._cuts[begin].append((_BEGIN, _start(number, space)))
        self._cuts[behind].append((_END, _end(number, space)))
        self._cuts[outside].append((_REFERENCE, _reference(number, space)))

    def at_beginning(self, number: int, paragraph: Paragraph) -> None:
        """Anchor a comment at the point where a paragraph begins."""
        self._cuts[self._first(paragraph.element)].append((_POINT, point(number, _space(paragraph))))

    def around_control(self, number: int, control: etree._Element, follower: Paragraph) -> None:
        """Anchor a comment at all of a content control that holds paragraphs, up to the paragraph that follows it."""
        space, behind = _space(follower), self._first(follower.element)
        self._cuts[_Cut(self._source.of(control).start)].append((_BEGIN, _start(number, space)))
        self._cuts[behind].append((_END, _end(number, space) + _reference(number, space)))

    def splices(self) -> Iterator[Splice]:
        """Yield what is written at each place; what ends there stands before what begins there."""
        kept: set[etree._Element] = set()
        for cut, written in self._cuts.items():
            text = "".join(each for _, each in sorted(written, key=lambda each: each[0]))
            yield self._splice(cut, text)
            if cut.text is not None and cut.text not in kept and self._loses_blank(cut):
                kept.add(cut.text)
                end = self._source.of(cut.text).inner - 1
                yield Splice(end, end, ' xml:space="preserve"')

    def _splice(self, cut: _Cut, text: str) -> Splice:
        source = self._source
        if cut.paragraph is not None:
            whole = f"{source.head(cut.paragraph)}{text}</{source.name(cut.paragraph)}>"
            return Splice(cut.at, source.of(cut.paragraph).end, whole)
        if cut.run is not None:
            properties = cut.run.find(f"{{{W}}}rPr")
            look = "" if properties is None else source.whole(properties)
            text = f"</{source.name(cut.run)}>{text}{source.head(cut.run)}{look}"
        if cut.text is not None:
            head = source.head(cut.text)
            if cut.text.get(_KEEP_BLANKS) is None:
                head = f'{head[:-1]} xml:space="preserve">'
            text = f"</{source.name(cut.text)}>{text}{head}"
        return Splice(cut.at, cut.at, text)

    @staticmethod
    def _loses_blank(cut: _Cut) -> bool:
        """Whether the part before a cut ends with a blank that Word would leave out."""
        text = cut.text
        return text is not None and text.get(_KEEP_BLANKS) is None and (text.text or "")[cut.letter - 1].isspace()

    def _first(self, paragraph: etree._Element) -> _Cut:
        """Return the place behind the properties of a paragraph."""
        extent = self._source.of(paragraph)
        if extent.inner == extent.end:
            return _Cut(extent.start, paragraph=paragraph)
        properties = paragraph.find(f"{{{W}}}pPr")
        return _Cut(extent.inner if properties is None else self._source.of(properties).end)

    def _before(self, paragraph: Paragraph, element: etree._Element, letter: int) -> _Cut:
        """Return the place before a letter of an element's text, or before a sign."""
        steps = _steps(paragraph, element)
        run = _run_of(steps)
        if run is None:
            return _Cut(self._source.of(_outermost(steps)).start)
        if letter and (found := self._within(run, element, letter)):
            return found
        before = [each for each in element.itersiblings(preceding=True) if each.tag != f"{{{W}}}rPr"]
        return _Cut(self._source.of(element).start, run) if before else _Cut(self._source.of(run).start)

    def _behind(self, paragraph: Paragraph, element: etree._Element, letter: int) -> tuple[_Cut, _Cut]:
        """Return the place behind a letter, and the place for the comment's own sign, outside of links and changes."""
        steps = _steps(paragraph, element)
        run = _run_of(steps)
        if run is None:
            return _Cut(self._source.of(_outermost(steps)).end), _Cut(self._source.of(steps[0]).end)
        length = len(element.text or "")
        if letter + 1 < length and (found := self._within(run, element, letter + 1)):
            behind = found
        elif element.getnext() is None:
            behind = _Cut(self._source.of(run).end)
        else:
            behind = _Cut(self._source.of(element).end, run)
        return behind, behind if steps[0] is run else _Cut(self._source.of(steps[0]).end)

    def _within(self, run: etree._Element, element: etree._Element, letter: int) -> _Cut | None:
        """Return the place before a letter inside a text; None where the text is written in an unusual way."""
        try:
            return _Cut(self._source.letter_places(element)[letter], run, element, letter)
        except ValueError:
            return None


def control_begun_by(paragraph: Paragraph) -> etree._Element | None:
    """Return the outermost content control that has a paragraph as its first.

    LibreOffice (7.4) loses text of the paragraph and of a comment that stands in it; Word does not.
    """
    found = None
    for content in paragraph.element.iterancestors(f"{{{W}}}sdtContent"):
        if next(content.iter(f"{{{W}}}p")) is paragraph.element:
            found = content.getparent()
    return found


def point(number: int, space: str = "") -> str:
    """Return a comment's ends and sign at one point; `space` declares the namespace where the part does not."""
    return _start(number, space) + _end(number, space) + _reference(number, space)


def _start(number: int, space: str) -> str:
    return f'<w:commentRangeStart{space} w:id="{number}"/>'


def _end(number: int, space: str) -> str:
    return f'<w:commentRangeEnd{space} w:id="{number}"/>'


def _reference(number: int, space: str) -> str:
    return f'<w:r{space}><w:commentReference w:id="{number}"/></w:r>'


def _space(paragraph: Paragraph) -> str:
    return "" if paragraph.element.nsmap.get("w") == W else f' xmlns:w="{W}"'


def _steps(paragraph: Paragraph, element: etree._Element) -> list[etree._Element]:
    """Return the elements from the child of the paragraph down to this one."""
    steps = [element]
    for around in element.iterancestors():
        if around is paragraph.element:
            break
        steps.append(around)
    return steps[::-1]


def _run_of(steps: list[etree._Element]) -> etree._Element | None:
    """Return the run that may be cut beside an element; None where the element stands in something to be kept whole."""
    around, run = steps[:-2], steps[-2] if len(steps) > 1 else None
    is_open = run is not None and run.tag == _RUN and all(each.tag in _WRAPPERS for each in around)
    return run if is_open else None


def _outermost(steps: list[etree._Element]) -> etree._Element:
    """Return the first element on the way down that may not hold a comment's end."""
    return next((each for each in steps if each.tag not in _WRAPPERS), steps[-1])


def _widened(
    paragraph: Paragraph, first: int, last: int
) -> tuple[tuple[etree._Element, int], tuple[etree._Element, int]]:
    """Return the elements and letters where a comment on some characters begins and ends: a field is kept whole."""
    piece, letter = paragraph.at(first)
    begin = (piece.element, letter)
    piece, letter = paragraph.at(last)
    end = (piece.element, letter)
    for field_begin, opened, field_end, closed in _fields(paragraph):
        if opened <= first < closed:
            begin = (field_begin, 0)
        if opened <= last < closed:
            end = (field_end, 0)
    return begin, end


def _fields(paragraph: Paragraph) -> Iterator[tuple[etree._Element, int, etree._Element, int]]:
    """Yield the fields that begin and end in a paragraph, outer ones last: their first and last sign and offsets."""
    waiting: list[tuple[etree._Element, int]] = []
    for mark in paragraph.marks:
        if mark.name != "fldChar":
            continue
        kind = mark.element.get(f"{{{W}}}fldCharType", "")
        if kind == "begin":
            waiting.append((mark.element, mark.offset))
        elif kind == "end" and waiting:
            yield (*waiting.pop(), mark.element, mark.offset)
