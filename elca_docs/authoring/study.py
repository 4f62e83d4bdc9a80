"""What the rules look at: a template, read, with what its tags say and the fields there are. Judges nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import nodes

from elca_docs.authoring.asking import Asked, asked_in
from elca_docs.authoring.paragraphs import Paragraph, PartReading, Reading, Tag
from elca_docs.authoring.schema import Schema
from elca_docs.authoring.sources import Source, source_of
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, eq=False)
class PartStudy:
    """A part that is filled in, with its tags read as Jinja reads them and what they ask for."""

    part: PartReading
    source: Source
    asked: tuple[Asked, ...]
    too_deep: bool = False

    @cached_property
    def tags_in(self) -> dict[Paragraph, list[Tag]]:
        """Return the tags that stand in each paragraph, or partly in it."""
        found: dict[Paragraph, list[Tag]] = {}
        for tag in self.part.tags:
            for paragraph in dict.fromkeys(paragraph for paragraph, *_ in tag.pieces):
                found.setdefault(paragraph, []).append(tag)
        return found

    @cached_property
    def by_element(self) -> dict[etree._Element, Paragraph]:
        """Return the paragraphs by their element."""
        return {paragraph.element: paragraph for paragraph in self.part.paragraphs}

    def within(self, element: etree._Element) -> Iterator[Paragraph]:
        """Yield the paragraphs in an element of the part, or the one that it is."""
        for each in element.iter(f"{{{W}}}p"):
            found = self.by_element.get(each)
            if found is not None:
                yield found


@dataclass(frozen=True, eq=False)
class Study:
    """A template as the rules see it."""

    reading: Reading
    schema: Schema
    parts: tuple[PartStudy, ...]

    @property
    def word_parts(self) -> Iterator[PartStudy]:
        """Yield the parts of Word text that are filled in."""
        return (study for study in self.parts if study.part.is_word)

    @cached_property
    def body(self) -> PartStudy | None:
        """Return the study of the body."""
        return next((study for study in self.parts if study.part.label == "body"), None)


def study_of(reading: Reading, schema: Schema) -> Study:
    """Return what the rules look at."""
    return Study(reading, schema, tuple(_part(part) for part in reading.parts if part.filled))


def _part(part: PartReading) -> PartStudy:
    source = source_of(part)
    try:
        if source.tree is not None:
            deque(source.tree.find_all(nodes.Node), maxlen=0)  # every rule can walk the tree, or none does
        return PartStudy(part, source, tuple(asked_in(source)))
    except RecursionError:
        return PartStudy(part, replace(source, tree=None), (), too_deep=True)


def rest_of(study: PartStudy, paragraph: Paragraph, *, without: Tag | None = None) -> str:
    """Return the text of a paragraph that stands in no tag (or not in this one), deleted text left out."""
    tags = [without] if without else study.tags_in.get(paragraph, [])
    spans = sorted(
        (piece.start + start, piece.start + end)
        for tag in tags
        for owner, piece, start, end in tag.pieces
        if owner is paragraph
    )
    edges = iter((*spans, (paragraph.length, paragraph.length)))
    rest, (start, end) = [], next(edges)
    for piece in paragraph.pieces:
        position = piece.start
        while position < piece.end:
            while end <= position:
                start, end = next(edges, (paragraph.length, paragraph.length + 1))
            kept = min(max(start, position), piece.end)
            if not piece.inside & {"deleted", "moved"}:
                rest.append(piece.text[position - piece.start : kept - piece.start])
            position = max(kept, min(end, piece.end))
    return "".join(rest)
