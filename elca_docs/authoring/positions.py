"""Where docxtpl puts a tag: in a text, or in place of the run, paragraph, cell or row that it takes away.

Decides whether what lies between two tags can be left out or repeated without breaking the document. Judges no
template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Tag
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

CONTAINERS: Final = frozenset(
    {"tc", "tr", "tbl", "txbxContent", "footnote", "endnote", "comment", "hdr", "ftr", "sdtContent"}
)
_TAKEN_AWAY: Final = {"p": "p", "tr": "tr", "tc": "tc", "r": "r"}


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between two tags: the elements that end, and those that begin, from the inside out.

    `fits`: as many of the same kind end as begin, so that the document stays whole without it.
    """

    ended: tuple[str, ...]
    begun: tuple[str, ...]
    ended_names: frozenset[str]

    @property
    def fits(self) -> bool:
        """Whether what lies between can be left out."""
        return self.ended == self.begun

    @property
    def containers(self) -> frozenset[str]:
        """Return the cells, rows, text boxes and notes whose borders lie between."""
        return self.ended_names & CONTAINERS


def nearest(element: etree._Element, name: str) -> etree._Element | None:
    """Return the innermost w: element of this name around an element."""
    return next(element.iterancestors(f"{{{W}}}{name}"), None)


def place_of(tag: Tag, *, at_end: bool) -> tuple[etree._Element, bool] | None:
    """Return the element a tag stands in (with True), or the one it takes the place of (with False).

    None where its letter asks for an element that is not around it.
    """
    paragraph, piece, *_ = tag.pieces[-1 if at_end else 0]
    if not tag.prefix or paragraph.attribute or paragraph.number < 0:
        return piece.element, True
    if tag.prefix == "p":
        return paragraph.element, False
    found = nearest(piece.element, _TAKEN_AWAY[tag.prefix])
    return None if found is None else (found, False)


def between(first: Tag, second: Tag) -> Between | None:
    """Return what lies between the end of one tag and the beginning of another; None where one has no place."""
    left, right = place_of(first, at_end=True), place_of(second, at_end=False)
    if left is None or right is None:
        return None
    if left == right:
        return Between((), (), frozenset())
    lefts, rights = _path(*left), _path(*right)
    shared = set(lefts) & set(rights)
    ended = [each for each in lefts if each not in shared]
    begun = [each for each in rights if each not in shared]
    return Between(_names(ended), _names(begun), frozenset(_local(each) for each in ended))


def _path(element: etree._Element, inside: bool) -> list[etree._Element]:  # noqa: FBT001 - the pair of place_of
    return [*([element] if inside else []), *element.iterancestors()]


def _names(elements: Sequence[etree._Element]) -> tuple[str, ...]:
    return tuple(str(each.tag) for each in elements)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
