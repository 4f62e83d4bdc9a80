"""Whether the parts of a split tag may be put together: only where nothing but the split itself is lost by it.

What may lie between the parts stays in the file, behind the tag; what a tag may not cross, or may not swallow, keeps it
as it is, for its author to decide. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Mark, Paragraph, Piece, Tag
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_STAYS: Final = frozenset(
    {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd"}
)
_AROUND: Final = frozenset({"hyperlink", "smartTag"})
_INSERTED: Final = frozenset({"ins", "/ins", "moveTo", "/moveTo"})
_SIGNS: Final = frozenset({"tab", "br", "cr"})
_JOINED: Final = frozenset({f"{{{W}}}t", f"{{{W}}}instrText"})


def parts_of(tag: Tag) -> tuple[Piece, ...]:
    """Return the texts that a tag stands in."""
    return tuple(dict.fromkeys(piece for _, piece, _, _ in tag.pieces))


def is_joinable(tag: Tag) -> bool:
    """Whether a split tag can be written in one piece where it begins.

    Not over paragraphs, in deleted text or a formula, over the border of a field, a content control, a link or a
    tracked change, nor with a picture, a note or a page break in it.
    """
    parts = parts_of(tag)
    if tag.first.number < 0 or not tag.is_whole or len({part.element.tag for part in parts}) > 1:
        return False
    if parts[0].element.tag not in _JOINED or any(part.inside & {"deleted", "moved"} for part in parts):
        return False
    if len({part.inside - {"hyperlink", "deleted"} for part in parts}) > 1:
        return False
    marks = [mark for mark in tag.first.marks if tag.start < mark.offset < tag.end]
    signs = list(signs_in(tag))
    return (
        all(_may_lie_between(mark, parts) for mark in marks) and _is_balanced(marks) and _keep_words_apart(tag, signs)
    )


def signs_in(tag: Tag) -> Iterator[Piece]:
    """Yield the tabs, line breaks and hyphens in a tag, which docxtpl leaves out."""
    for piece, _, _ in tag.first.between(tag.start, tag.end):
        if piece.is_sign:
            yield piece


def proof_marks(tag: Tag) -> Iterator[etree._Element]:
    """Yield the marks of the spelling checker between the parts of a tag."""
    first, last = tag.pieces[0][1].element, tag.pieces[-1][1].element
    within = False
    for element in tag.first.element.iter(f"{{{W}}}proofErr", first.tag):
        if element is last:
            return
        within = within or element is first
        if within and element.tag == f"{{{W}}}proofErr":
            yield element


def _may_lie_between(mark: Mark, parts: tuple[Piece, ...]) -> bool:
    name = mark.name.removeprefix("/")
    if mark.name in _INSERTED:
        return all("inserted" in part.inside for part in parts)
    if name == "br":
        return mark.element.get(f"{{{W}}}type") not in {"page", "column"}
    return name in _STAYS or name in _AROUND or name in _SIGNS


def _is_balanced(marks: list[Mark]) -> bool:
    """Whether each link that begins in a tag ends in it, and the other way round."""
    depth = 0
    for mark in marks:
        if mark.name.removeprefix("/") in _AROUND:
            depth += -1 if mark.name.startswith("/") else 1
            if depth < 0:
                return False
    return depth == 0


def _keep_words_apart(tag: Tag, signs: list[Piece]) -> bool:
    """Whether no two words become one where a tab or a line break is left out."""
    text = tag.first.text
    return all(_is_blank(text, sign.start - 1, tag.first) or _is_blank(text, sign.end, tag.first) for sign in signs)


def _is_blank(text: str, offset: int, paragraph: Paragraph) -> bool:
    return text[offset] == " " and not paragraph.at(offset)[0].is_sign
