"""Blanks that are typed or coloured: brackets, merge fields as text, lines to write on, highlighted words.

Works on what a reader sees of one paragraph, so a blank over several runs is one blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.found_blanks import BlankKind, FoundBlank
from elca_docs.authoring.letters import Letters, Place, is_highlighted, is_shaded, is_underlined, run_of, strokes_of

if TYPE_CHECKING:
    from lxml import etree

_TAKEN: Final = "\0"
_PATTERNS: Final[tuple[tuple[BlankKind, re.Pattern[str]], ...]] = (
    # Words in square brackets, or a stand-in for them ([●], [...], [ ]); a number is a reference to a source.
    ("bracket", re.compile(r"\[(?=[^\[\]\0]*[^\W\d_]|[\s_.…●•*·xX–-]+\])[^\[\]\0]+\]")),
    # As Word shows a merge field, or as people imitate it; no sentence, which would be quoted speech.
    ("mergetext", re.compile(r"«[^«»\0.,;:!?]{1,60}»|<<[^<>\0]{1,60}>>")),
    # Underscores (20__ too), at least four dots, two ellipses, four times the letter X (three are a number).
    ("line", re.compile(r"_(?: ?_)+|[.…](?: ?[.…]){3,}|…(?: ?…)+|\b(?:X{4,}|x{4,})\b")),
)
_SHORTEST_SPACE: Final = 3


def typed_blanks(letters: Letters, taken: set[Place]) -> Iterator[FoundBlank]:
    """Yield what is typed as a blank, none of whose letters is taken; what is found is taken then."""
    for kind, pattern in _PATTERNS:
        seen = "".join(
            _TAKEN if place in taken else each for each, place in zip(letters.text, letters.places, strict=True)
        )
        for match in pattern.finditer(seen):
            yield _blank_at(kind, letters, match.start(), match.end(), taken)
    yield from _spaces(letters, taken)


def coloured_blanks(letters: Letters, taken: set[Place]) -> Iterator[FoundBlank]:
    """Yield each highlighted or shaded stretch in which nothing is taken; of blank letters there are at least two."""
    for start, end in _stretches(letters, _is_coloured):
        if taken.isdisjoint(letters.places[start:end]):
            text = letters.text[start:end]
            if text.strip():
                first = start + len(text) - len(text.lstrip())
                yield _blank_at("highlight", letters, first, first + len(text.strip()), taken)
            elif len(text) > 1 or "\t" in text:
                yield _blank_at("highlight", letters, start, end, taken)


def _spaces(letters: Letters, taken: set[Place]) -> Iterator[FoundBlank]:
    """Yield underlined blank space: a line to write on, as it is drawn with the space bar or with tabs."""
    for first, last in _stretches(letters, is_underlined):
        for match in re.finditer(r"\s+", letters.text[first:last]):
            start, end = first + match.start(), first + match.end()
            drawn = "\t" in match[0] or len(match[0]) >= _SHORTEST_SPACE
            if drawn and taken.isdisjoint(letters.places[start:end]):
                yield _blank_at("line", letters, start, end, taken)


def _stretches(letters: Letters, judged: Callable[[etree._Element | None], bool]) -> Iterator[tuple[int, int]]:
    """Yield where letters stand one after the other in runs of which something is true."""
    answers: dict[int, bool] = {}
    for piece, _ in letters.places:
        if id(piece) not in answers:
            answers[id(piece)] = judged(run_of(piece))
    numbered = groupby(range(len(letters.places)), key=lambda index: answers[id(letters.places[index][0])])
    for answer, indexes in numbered:
        stretch = list(indexes)
        if answer:
            yield stretch[0], stretch[-1] + 1


def _is_coloured(run: etree._Element | None) -> bool:
    return is_highlighted(run) or is_shaded(run)


def _blank_at(kind: BlankKind, letters: Letters, start: int, end: int, taken: set[Place]) -> FoundBlank:
    places = letters.places
    taken.update(places[start:end])
    first, last = places[start], places[end - 1]
    text = letters.text[start:end]
    return FoundBlank(
        kind=kind,
        text=text,
        paragraph=letters.paragraph,
        start=first[0].start + first[1],
        end=last[0].start + last[1] + 1,
        strokes=letters.strokes(start, end),
        unmarked=strokes_of(_beside(letters, start, -1)) + strokes_of(_beside(letters, end - 1, 1)),
    )


def _beside(letters: Letters, index: int, step: int) -> list[Place]:
    """Return the coloured blank letters next to a blank, which belong to its colour."""
    found: list[Place] = []
    index += step
    while 0 <= index < len(letters.places) and letters.text[index].isspace():
        if not _is_coloured(run_of(letters.places[index][0])):
            break
        found.append(letters.places[index])
        index += step
    return found[::step]
