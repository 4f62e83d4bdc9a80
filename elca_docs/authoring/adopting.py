"""A Word file with blanks → the same file with tags in them, its layout untouched.

Only the letters of a blank change, and the marks that made it one (yellow, a content control, a merge field). Every
other character of a changed part, and every other part, stays as it lies in the file. Same input, same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.blanks import Blank, paired_blanks
from elca_docs.authoring.found_blanks import FoundBlank
from elca_docs.authoring.letters import Place, places_of, run_of
from elca_docs.authoring.looks import MARKED, PLAIN, Cutter, Look
from elca_docs.authoring.part_source import PartSource, Splice
from elca_docs.authoring.reading import read_template
from elca_docs.authoring.tags_for import Fields
from elca_docs.context import FIELDS, Field
from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.opc import Member, deflated, packaged
from elca_docs.rendering.package import Package, W

if TYPE_CHECKING:
    from lxml import etree

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PLACEHOLDER: Final = "placeholder text"
"""Word's own name of the style in which a content control shows what to enter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person decided: the field of each blank by its id, and the blanks that stay as they are."""

    fields: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A tagged template, and what became of each blank: got a tag, was kept, or is still to do (and yellow)."""

    document: bytes
    mapped: tuple[Blank, ...]
    kept: tuple[Blank, ...]
    unmapped: tuple[Blank, ...]


def adopted(data: bytes, choices: Choices, *, name: str, fields: Sequence[Field] = FIELDS) -> Adopted:
    """Return the Word file with the chosen tags in its blanks; blanks without a choice are highlighted in yellow.

    Choices are those that `mapping_of` gives for this very file: one that names no blank, no printable field, or a
    blank with an obstacle is not carried out, and the blank counts as unmapped.

    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    reading = read_template(data, name=name)
    known = Fields(fields)
    pairs = paired_blanks(reading)
    tags = {blank.id: "" if blank.obstacle else known.tag(choices.fields.get(blank.id, "")) for blank, _ in pairs}
    parts: dict[str, list[tuple[FoundBlank, str]]] = defaultdict(list)
    for blank, found in pairs:
        if tags[blank.id] or blank.id not in choices.kept:
            parts[found.paragraph.member] += [(each, tags[blank.id]) for each in (found, *found.twins)]
    contents = {member.name: member.content() for member in reading.package.members if member.name in parts}
    changed = {member: _changed(reading.package, member, contents[member], blanks) for member, blanks in parts.items()}
    members = (changed.get(member.name, member) for member in reading.package.members)
    return Adopted(
        document=packaged(members),
        mapped=tuple(blank for blank, _ in pairs if tags[blank.id]),
        kept=tuple(blank for blank, _ in pairs if not tags[blank.id] and blank.id in choices.kept),
        unmapped=tuple(blank for blank, _ in pairs if not tags[blank.id] and blank.id not in choices.kept),
    )


def _changed(package: Package, member: str, content: bytes, blanks: Iterable[tuple[FoundBlank, str]]) -> Member:
    try:
        source = PartSource(content, package.trees[member])
        writing = _Writing(source, _placeholder_styles(package))
        for blank, tag in blanks:
            if tag:
                writing.fill(blank, tag)
            else:
                writing.mark(blank)
        return deflated(member, source.spliced(writing.splices()))
    except ValueError as error:
        message = f"a part of the template cannot be changed: {error}"
        fix = "open it in Word or LibreOffice and save it as a Word document (.docx)"
        raise TemplateError(
            Problem("template-unreadable", message, Location(package.name, place=member), fix)
        ) from error


def _placeholder_styles(package: Package) -> frozenset[str]:
    """Return the ids of the style that Word gives to placeholders; in other languages it has another id."""
    found = set()
    for member, tree in package.trees.items():
        if package.types[member].endswith(".styles+xml"):
            for style in tree.iter(f"{{{W}}}style"):
                called = style.find(f"{{{W}}}name")
                if called is not None and called.get(f"{{{W}}}val", "").casefold() == _PLACEHOLDER:
                    found.add(style.get(f"{{{W}}}styleId", ""))
    return frozenset(found)


class _Writing:
    """Gathers what changes in one part."""

    def __init__(self, source: PartSource, placeholders: frozenset[str]) -> None:
        self._source = source
        self._cutter = Cutter(source, placeholders)
        self._looks: dict[Place, Look] = {}
        self._texts: dict[etree._Element, dict[int, str]] = defaultdict(dict)
        self._splices: list[Splice] = []

    def mark(self, blank: FoundBlank) -> None:
        """Highlight the letters of a blank that nobody chose a field for."""
        self._looks |= dict.fromkeys(places_of(blank.strokes), MARKED)

    def fill(self, blank: FoundBlank, tag: str) -> None:
        """Write a tag in place of a blank."""
        look = PLAIN if blank.entered is None else Look("entered", blank.entered)
        self._looks |= dict.fromkeys(places_of((*blank.strokes, *blank.unmarked)), look)
        letters = [*places_of(blank.strokes)]
        for piece, index in (*letters, *places_of(blank.dropped)):
            self._texts[piece.element][index] = ""
        if letters:
            self._texts[letters[0][0].element][letters[0][1]] = tag
        self._removed(blank, tag="" if letters else tag)

    def splices(self) -> Iterator[Splice]:
        """Yield all changes of the part."""
        yield from self._splices
        for element, letters in self._texts.items():
            yield from self._text_splices(element, letters)
        runs: dict[etree._Element, dict[tuple[etree._Element, int], Look]] = defaultdict(dict)
        for (piece, index), look in self._looks.items():
            run = run_of(piece)
            if run is not None:
                runs[run][piece.element, 0 if piece.is_sign else index] = look
        for run, looks in runs.items():
            yield from self._cutter.splices(run, looks)
        for element in self._cutter.cut:
            if element.get(_SPACE) is None:
                end = self._source.of(element).inner - 1
                yield Splice(end, end, ' xml:space="preserve"')

    def _text_splices(self, element: etree._Element, letters: Mapping[int, str]) -> Iterator[Splice]:
        """Yield the letters of a text that change; a tab or a line break becomes a text, or goes."""
        extent = self._source.of(element)
        if element.tag != f"{{{W}}}t":
            yield Splice(extent.start, extent.end, self._written(element, letters[0]) if letters[0] else "")
            return
        places = self._source.letter_places(element)
        for index, text in sorted(letters.items()):
            yield Splice(places[index], places[index + 1], text)
        text = element.text or ""
        left = "".join(letters.get(index, each) for index, each in enumerate(text))
        if left != left.strip() and text == text.strip():
            self._cutter.cut.add(element)

    def _removed(self, blank: FoundBlank, *, tag: str) -> None:
        """Take away what made a blank of the letters; where there are none, the tag comes in one's place."""
        for element in blank.removed:
            extent = self._source.of(element)
            written = self._written(element, tag) if tag and element is blank.room else ""
            self._splices.append(Splice(extent.start, extent.end, written))
        for element in blank.opened:
            self._open(element, blank, tag)

    def _open(self, element: etree._Element, blank: FoundBlank, tag: str) -> None:
        """Leave the content of an element without the element, with a run of its own where there is no text."""
        content = element.find(f"{{{W}}}sdtContent")
        inner = element if content is None else content
        outer, within = self._source.of(element), self._source.of(inner)
        run = self._run(element, tag, blank.entered) if tag else ""
        is_around = blank.room is not None and blank.room is not inner and blank.room.tag == f"{{{W}}}p"
        if is_around and run:
            self._add_to(blank.room, run)
            run = ""
        self._splices.append(Splice(outer.start, within.inner, ""))
        self._splices.append(Splice(within.tail, outer.end, run))

    def _add_to(self, paragraph: etree._Element | None, run: str) -> None:
        if paragraph is None:
            return
        extent = self._source.of(paragraph)
        if extent.inner == extent.end:
            written = f"{self._source.head(paragraph)}{run}</{self._source.name(paragraph)}>"
            self._splices.append(Splice(extent.start, extent.end, written))
        else:
            self._splices.append(Splice(extent.tail, extent.tail, run))

    def _run(self, near: etree._Element, tag: str, formatting: etree._Element | None) -> str:
        prefix = self._source.name(near).rpartition(":")[0]
        look = "" if formatting is None else self._source.whole(formatting)
        return f"<{prefix}:r>{look}{self._written(near, tag)}</{prefix}:r>"

    def _written(self, near: etree._Element, tag: str) -> str:
        prefix = self._source.name(near).rpartition(":")[0]
        return f'<{prefix}:t xml:space="preserve">{tag}</{prefix}:t>'
