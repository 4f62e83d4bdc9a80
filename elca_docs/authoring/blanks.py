"""The blanks of an agreement as its author first sends it: what somebody is meant to fill in, each with its place.

Looks at every part that is filled in but comments and properties. Finds and names; what belongs into a blank is
guessed in `proposing`, and written there in `adopting`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elca_docs.authoring.blank_controls import controls_of
from elca_docs.authoring.blank_fields import fields_of
from elca_docs.authoring.blank_labels import Surroundings
from elca_docs.authoring.blank_words import coloured_blanks, typed_blanks
from elca_docs.authoring.found_blanks import BlankKind, FoundBlank
from elca_docs.authoring.letters import Place, computed_in, letters_of, places_of
from elca_docs.authoring.paragraphs import PartReading, Reading
from elca_docs.authoring.reading import read_template
from elca_docs.authoring.spots import Spot

if TYPE_CHECKING:
    from lxml import etree

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Something to fill in.

    `id` is kind and order in the file ("bracket-03"): it stays while the file does. `kind` is "bracket" ([Name]),
    "mergetext" («Name» as text), "mergefield", "formfield" (of an old form), "control" (content control), "dropdown",
    "date", "checkbox", "line" (underscores, dots, underlined space) or "highlight" (highlighted or shaded words).
    `text` is as written. `label` is what stands before it, in its cell's neighbour or above it; `note` what stands in
    round brackets behind it; `names` are what its author called a field or control; `before` is the text that leads
    up to it. `times` says how many blanks of the file have the same text. `obstacle` says why no field can be written
    there; empty where one can.
    """

    id: str
    kind: BlankKind
    text: str
    label: str
    note: str
    names: tuple[str, ...]
    before: str
    spot: Spot
    times: int
    obstacle: str


def blanks_of(data: bytes, *, name: str) -> tuple[Blank, ...]:
    """Return all blanks of a Word file, part by part in the order in which they are filled in.

    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    return tuple(blank for blank, _ in paired_blanks(read_template(data, name=name)))


def paired_blanks(reading: Reading) -> list[tuple[Blank, FoundBlank]]:
    """Return each blank of a template that was read, with all that it takes to write in its place."""
    found: list[tuple[FoundBlank, Surroundings]] = []
    for part in reading.parts:
        if part.filled and part.is_word and part.label != "comments":
            found += _of_part(part)
    order: Counter[str] = Counter()
    times = Counter(each.text for each, _ in found)
    pairs = []
    for each, around in found:
        order[each.kind] += 1
        pairs.append((_blank(each, around, f"{each.kind}-{order[each.kind]:02}", times[each.text]), each))
    return pairs


def _blank(found: FoundBlank, around: Surroundings, identifier: str, times: int) -> Blank:
    element = found.paragraph.element
    return Blank(
        id=identifier,
        kind=found.kind,
        text=found.text,
        label=around.label(element, found.start),
        note=around.note(element, found.end),
        names=found.names,
        before=around.before(element, found.start),
        spot=found.paragraph.spot(found.start, found.end),
        times=times,
        obstacle=found.obstacle,
    )


def _of_part(part: PartReading) -> Iterator[tuple[FoundBlank, Surroundings]]:
    """Yield the blanks of a part in document order; fields and controls go before what is typed or coloured."""
    taken: set[Place] = set()
    found = [*_free((each for p in part.paragraphs for each in fields_of(p)), taken), *_free(controls_of(part), taken)]
    lines = [letters_of(paragraph) for paragraph in part.paragraphs]
    tagged = {(piece, index) for tag in part.tags for _, piece, start, end in tag.pieces for index in range(start, end)}
    fixed = {*tagged, *(place for paragraph in part.paragraphs for place in computed_in(paragraph))}
    busy = taken | fixed
    for line in lines:
        found += typed_blanks(line, busy)
    for line in lines:
        found += coloured_blanks(line, busy)
    around = Surroundings(lines, busy - fixed | taken)
    found.sort(key=lambda each: (each.paragraph.number, each.start, each.end))
    yield from ((each, around) for each in _paired_with_copies(found))


def _free(found: Iterator[FoundBlank], taken: set[Place]) -> Iterator[FoundBlank]:
    """Yield the blanks none of whose letters is taken, and take them."""
    for each in found:
        places = {*places_of(each.strokes), *places_of(each.dropped)}
        if taken.isdisjoint(places):
            taken |= places
            yield each


def _paired_with_copies(found: Sequence[FoundBlank]) -> Iterator[FoundBlank]:
    """Yield the blanks; where a text box holds its content twice, for old programs too, both copies are one blank."""
    copies: dict[etree._Element, list[FoundBlank]] = defaultdict(list)
    shown: dict[etree._Element, list[FoundBlank]] = defaultdict(list)
    for each in found:
        for frame in each.paragraph.element.iterancestors(_ALTERNATIVES):
            (copies if "fallback" in each.paragraph.flags else shown)[frame].append(each)
    twins: dict[int, FoundBlank] = {}
    for frame, those in shown.items():
        if [(each.kind, each.text) for each in those] == [(each.kind, each.text) for each in copies.get(frame, [])]:
            twins |= {id(each): copy for each, copy in zip(those, copies[frame], strict=True)}
    known = {id(copy) for copy in twins.values()}
    for each in found:
        if id(each) not in known:
            yield each.beside(twins[id(each)]) if id(each) in twins else each
