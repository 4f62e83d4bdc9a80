"""Whether two language variants of a template say the same: the same fields, and clause for clause the same tags.

Words cannot be compared across languages. What can be: which fields each asks for, and the row of its paragraphs, each
known by whether it is a numbered clause and by its tags. May not judge a variant by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.asking import asked_fields
from elca_docs.authoring.paragraphs import Paragraph, PartReading, Reading
from elca_docs.authoring.spots import Flaw, warning
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_NUMBERED: Final = f"{{{W}}}pPr/{{{W}}}numPr"
_STYLE: Final = f"{{{W}}}pPr/{{{W}}}pStyle"
_VALUE: Final = f"{{{W}}}val"
_Shape = tuple[bool, tuple[str, ...]]


def variant_flaws(reading: Reading, other: Reading) -> tuple[Flaw, ...]:
    """Return what `reading` has and the variant `other` lacks, at its place in `reading`; look both ways to see all.

    Codes: template-variant-field, template-variant-clause (warnings).
    """
    return (*_fields(reading, other), *_clauses(reading, other))


def _fields(reading: Reading, other: Reading) -> Iterator[Flaw]:
    """Yield each field that only this variant asks for, once."""
    known, told = {asked.path for asked in asked_fields(other)}, set[str]()
    for asked in asked_fields(reading):
        if asked.path not in known | told:
            told.add(asked.path)
            message = f"'{asked.written}' is asked for here, and nowhere in '{other.name}'"
            fix = "write it into the other language too, or take it out here"
            yield warning("template-variant-field", message, asked.spot, fix)


def _clauses(reading: Reading, other: Reading) -> Iterator[Flaw]:
    """Yield each paragraph of the body that stands against none in the other variant."""
    ours, theirs = _body(reading), _body(other)
    rows = [shape for shape, _ in ours], [shape for shape, _ in theirs]
    for what, first, last, start, end in SequenceMatcher(None, rows[0], rows[1], autojunk=False).get_opcodes():
        if what not in {"delete", "replace"} or last - first <= end - start:
            continue
        for _, paragraph in ours[first + (end - start) : last]:
            message = f"this paragraph, or one like it beside it, stands against none in {other.name!r}"
            fix = "write it into the other language too, or take it out here"
            yield warning("template-variant-clause", message, paragraph.spot(), fix)


def _body(reading: Reading) -> Sequence[tuple[_Shape, Paragraph]]:
    """Return the paragraphs of the body that have text or tags, each with what must be alike in every language."""
    part = next((each for each in reading.parts if each.label == "body"), None)
    if part is None:
        return ()
    numbered = _numbered_styles(reading)
    return [(_shape(part, each, numbered), each) for each in part.paragraphs if each.text.strip()]


def _shape(part: PartReading, paragraph: Paragraph, numbered: frozenset[str]) -> _Shape:
    tags = tuple(f"{tag.prefix}{''.join(tag.inner.split())}" for tag in part.tags if tag.first is paragraph)
    style = paragraph.element.find(_STYLE)
    by_style = style is not None and style.get(_VALUE, "") in numbered
    return (by_style or paragraph.element.find(_NUMBERED) is not None, tags)


def _numbered_styles(reading: Reading) -> frozenset[str]:
    """Return the ids of the styles that number their paragraphs themselves."""
    styles: etree._Element | None = reading.package.trees.get("word/styles.xml")
    found = styles.iterchildren(f"{{{W}}}style") if styles is not None else ()
    return frozenset(each.get(f"{{{W}}}styleId", "") for each in found if each.find(_NUMBERED) is not None)
