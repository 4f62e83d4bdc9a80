"""Rules on where a tag stands: in one paragraph, alone where its letter takes the paragraph away, inside a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Mark, Paragraph, Piece, Tag
from elca_docs.authoring.positions import CONTAINERS, place_of
from elca_docs.authoring.spots import Flaw, error, excerpt, warning
from elca_docs.authoring.study import PartStudy, Study, rest_of
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

TAKES_AWAY: Final = {"p": "paragraph", "tr": "table row", "tc": "table cell"}
_OBJECTS: Final = {
    "drawing": "a picture, a chart or a text box",
    "pict": "a picture or a text box",
    "object": "an object",
    "contentPart": "ink",
    "sym": "a symbol",
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "fldChar": "a field",
    "fldSimple": "a field",
}
_MARKS: Final = {"bookmarkStart": "a bookmark", "commentReference": "a comment"}
_OF_WORD: Final = ("_GoBack", "_Hlk")
"""Bookmarks that Word sets by itself and nothing refers to."""


def tags_across(study: Study) -> Iterator[Flaw]:
    """Each tag over several paragraphs or cells: docxtpl takes away what lies between its ends."""
    for each in study.word_parts:
        for tag in each.part.tags:
            paragraphs = list(dict.fromkeys(paragraph for paragraph, *_ in tag.pieces))
            if len(paragraphs) == 1:
                continue
            fix = "write the tag anew in one go, in one paragraph"
            if len({_container(paragraph) for paragraph in paragraphs}) > 1:
                message = f"the tag {tag.shown} is spread over several cells or boxes, and their borders are lost"
                yield error("template-tag-across-cells", message, tag.spot(), fix)
            else:
                message = f"the tag {tag.shown} is spread over several paragraphs, which are run into one"
                found = error("template-tag-across-paragraphs", message, tag.spot(), fix)
                yield replace(found, severity="warning") if tag.kind == "{#" else found


def _container(paragraph: Paragraph) -> etree._Element | None:
    names = {f"{{{W}}}{name}" for name in CONTAINERS}
    return next((each for each in paragraph.element.iterancestors() if each.tag in names), None)


def outside_tables(study: Study) -> Iterator[Flaw]:
    """Each {%tr and {%tc outside a table: docxtpl takes a row somewhere else, or none."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.prefix in {"tr", "tc"} and place_of(tag, at_end=False) is None:
                start = f"{tag.kind}{tag.prefix}"
                message = f"{start} takes a {TAKES_AWAY[tag.prefix]} away, and here is no table"
                fix = f"write {tag.kind}p to take the paragraph away, or {tag.kind} to stay in the text"
                yield error("template-tag-outside-table", message, tag.spot(), fix)


def beside_tags(study: Study) -> Iterator[Flaw]:
    """What stands in a paragraph, row or cell beside a tag that takes it away, and is lost with it."""
    for each in study.word_parts:
        seen: set[etree._Element] = set()
        for tag in each.part.tags:
            if tag.prefix in TAKES_AWAY and tag.first.number >= 0:
                place = place_of(tag, at_end=False)
                if place is not None and place[0] not in seen:
                    seen.add(place[0])
                    yield from _beside(each, tag, place[0])


def _beside(study: PartStudy, tag: Tag, element: etree._Element) -> Iterator[Flaw]:
    what, start = TAKES_AWAY[tag.prefix], f"{tag.kind}{tag.prefix}"
    fix = f"give the tag a {what} of its own"
    paragraphs = [tag.first] if tag.prefix == "p" else list(study.within(element))
    tags = list(dict.fromkeys(other for paragraph in paragraphs for other in study.tags_in.get(paragraph, [])))
    same = [other for other in tags if other.prefix == tag.prefix]
    if len(same) > 1:
        message = f"two tags that take the {what} away stand in one {what}, and only the last counts"
        yield error("template-two-tags", message, same[0].spot(), f"give each tag a {what} of its own")
    others = [other for other in tags if other is not tag and other.prefix != tag.prefix]
    texts = [rest_of(study, paragraph).strip() for paragraph in paragraphs]
    text = next((text for text in texts if text), others[0].shown if others else "")
    if text:
        message = f"'{excerpt(text)}' stands beside {start} in one {what} and is lost"
        yield error("template-text-beside-tag", message, tag.spot(), fix)
    yield from _objects_beside(tag, element, paragraphs)


def _objects_beside(tag: Tag, element: etree._Element, paragraphs: list[Paragraph]) -> Iterator[Flaw]:
    what, start = TAKES_AWAY[tag.prefix], f"{tag.kind}{tag.prefix}"
    marks = [mark for paragraph in paragraphs for mark in paragraph.marks]
    found = {_object(mark) for mark in marks}
    if element.find(f".//{{{W}}}pPr/{{{W}}}sectPr") is not None:
        found.add("a section break")
    if tag.prefix != "p" and element.find(f".//{{{W}}}tbl") is not None:
        found.add("a table")
    for name in sorted(found - {""}):
        message = f"{name} stands beside {start} in one {what} and is lost"
        fix = f"give the tag a {what} of its own"
        yield error("template-object-beside-tag", message, tag.spot(), fix)
    for name in sorted({_MARKS[mark.name] for mark in marks if mark.name in _MARKS and not is_of_word(mark)}):
        message = f"{name} stands on a {what} that {start} takes away, and is lost"
        yield warning("template-mark-beside-tag", message, tag.spot(), "move it to the text, or delete it")


def _object(mark: Mark) -> str:
    if mark.name == "br" and mark.element.get(f"{{{W}}}type") in {"page", "column"}:
        return "a page break"
    return _OBJECTS.get(mark.name, "")


def is_of_word(mark: Mark) -> bool:
    """Return whether a bookmark is one that Word sets by itself and nothing refers to."""
    return mark.element.get(f"{{{W}}}name", "").startswith(_OF_WORD)


def dashes(study: Study) -> Iterator[Flaw]:
    """Each {%- and -%} that takes text of its own run away, or the border of a cell."""
    for each in study.word_parts:
        stream = [
            (paragraph, piece) for paragraph in each.part.paragraphs for piece in paragraph.pieces if not piece.is_sign
        ]
        places = {id(piece): index for index, (_, piece) in enumerate(stream)}
        for tag in each.part.tags:
            if tag.kind == "{%" and tag.first.number >= 0:
                yield from _dash_before(tag, stream, places)
                yield from _dash_behind(tag, stream, places)


_NO_DASH: Final = "write {% without the dash; to leave no empty paragraph, write {%p in a paragraph of its own"


def _dash_before(tag: Tag, stream: list[tuple[Paragraph, Piece]], places: dict[int, int]) -> Iterator[Flaw]:
    paragraph, piece, start, _ = tag.pieces[0]
    index = places[id(piece)]
    if not tag.opens_dashed or index == 0:
        return
    before = piece.text[:start].strip()
    if before:
        message = f"'{{%-' takes '{excerpt(before)}' away, which stands before it"
        yield error("template-dash-loses-text", message, tag.spot(), _NO_DASH)
    elif _container(stream[index - 1][0]) is not _container(paragraph):
        message = "'{%-' takes the border of a cell or box away, which stands before it"
        yield error("template-dash-loses-text", message, tag.spot(), _NO_DASH)


def _dash_behind(tag: Tag, stream: list[tuple[Paragraph, Piece]], places: dict[int, int]) -> Iterator[Flaw]:
    paragraph, piece, _, end = tag.pieces[-1]
    index, behind = places[id(piece)], piece.text[end:]
    if not tag.closes_dashed or "{{" in behind or "{%" in behind or index + 1 == len(stream):
        return
    if behind.strip():
        message = f"'-%}}' takes '{excerpt(behind)}' away, which stands behind it"
        yield error("template-dash-loses-text", message, tag.spot(), _NO_DASH)
    elif _container(stream[index + 1][0]) is not _container(paragraph):
        message = "'-%}' takes the border of a cell or box away, which stands behind it"
        yield error("template-dash-loses-text", message, tag.spot(), _NO_DASH)


def loose_text(study: Study) -> Iterator[Flaw]:
    """Each {{p, {{r, {{tr and {{tc that prints a field: text would stand where Word allows none."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.kind == "{{" and tag.prefix:
                message = f"{tag.shown} takes the text's own place away, and the text is lost"
                fix = f"write {{{{ without {tag.prefix}"
                yield error("template-loose-text", message, tag.spot(), fix)
