"""A template read as its author wrote it: the original XML of every part, before docxtpl's text functions touch it.

The one door to a Word file in this room: what others need of it stands in the `Reading`. It judges nothing; a file that
cannot be opened at all is refused as rendering refuses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

from elca_docs.authoring.paragraphs import Mark, Paragraph, PartReading, Piece, Reading, Tag
from elca_docs.authoring.spots import Flaw, Severity, Spot
from elca_docs.authoring.tagging import tags_of
from elca_docs.authoring.texts import texts_of
from elca_docs.authoring.walking import walked
from elca_docs.rendering.compiled import filled_in
from elca_docs.rendering.package import MAIN_TYPE, Package, W, opened
from elca_docs.rendering.parts import KINDS

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "Flaw",
    "Mark",
    "Paragraph",
    "PartReading",
    "Piece",
    "Reading",
    "Severity",
    "Spot",
    "Tag",
    "read_template",
]

# What a part that is never filled in is called, by the first of these that its name holds.
_LABELS = (
    ("word/glossary/", "building blocks"),
    ("/charts/", "chart"),
    ("/diagrams/", "SmartArt drawing"),
    ("customxml/", "custom XML"),
    ("docprops/", "document properties"),
    ("word/numbering", "numbering"),
    ("word/styles", "styles"),
    ("word/settings", "settings"),
    ("word/commentsextended", "comments"),
)


def read_template(data: bytes, *, name: str) -> Reading:
    """Return the template, read; `name` says in messages which one it is.

    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    return reading_of(opened(data, name=name))


def reading_of(package: Package) -> Reading:
    """Return an opened file, read: the parts that are filled in, in that order, then all others that hold a tag."""
    filled = [*_other_body(package), *filled_in(package)]
    known = {member for member, _ in filled}
    parts = [_part(package.trees[member], member, label, filled=True, package=package) for member, label in filled]
    for member, label in _others(package, known):
        part = _part(package.trees[member], member, label, filled=False, package=package)
        parts += [part] if part.tags or part.halves or part.loose else []
    return Reading(package.name, package, tuple(parts))


def _other_body(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the body of a file that rendering refuses by its kind (.docm, .dotx), so that it is read too."""
    if MAIN_TYPE not in package.types.values():
        for member, tree in package.trees.items():
            if package.types[member].endswith("main+xml") and tree.tag == f"{{{W}}}document":
                yield member, "body"


def _others(package: Package, known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts that are never filled in with a label for each: chart 1, chart 2, building blocks, links."""
    others = sorted((member for member in package.trees if member not in known), key=lambda name: (len(name), name))
    labels = [(member, _label_of(member)) for member in others]
    total = Counter(label for _, label in labels)
    seen: Counter[str] = Counter()
    for member, label in labels:
        seen[label] += 1
        numbered = total[label] > 1 and label in {"chart", "SmartArt drawing"}
        yield member, f"{label} {seen[label]}" if numbered else label


def _label_of(member: str) -> str:
    if member.endswith(".rels"):
        return "links"
    name = f"/{member.casefold()}"
    return next((label for fragment, label in _LABELS if fragment in name), member)


def _part(tree: etree._Element, member: str, label: str, *, filled: bool, package: Package) -> PartReading:
    kind = KINDS.get(package.types[member])
    is_word = label == "body" or (kind is not None and kind.is_word) or "word/glossary/" in member.casefold()
    found = walked(tree, member, label) if is_word else texts_of(tree, member, label)
    whole, halves = tags_of(found.stream)
    placed = [(place, 1, tag) for place, tag in whole]
    for place, loose in zip(found.places, found.loose, strict=True):
        within, half = tags_of([(loose, piece) for piece in loose.pieces])
        placed += [(place, 0, tag) for _, tag in within]  # an attribute stands before the text behind it
        halves += half
    placed.sort(key=itemgetter(0, 1))
    return PartReading(
        member=member,
        label=label,
        filled=filled,
        is_word=is_word,
        tree=tree,
        paragraphs=tuple(found.paragraphs),
        loose=tuple(found.loose),
        tags=tuple(tag for _, _, tag in placed),
        halves=tuple(halves),
    )
