"""Rules on tracked changes: what is still open in the file, and tags in text that somebody deleted or inserted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from elca_docs.authoring.paragraphs import Tag
from elca_docs.authoring.spots import Flaw, Spot, error, warning
from elca_docs.authoring.study import PartStudy, Study
from elca_docs.rendering.package import W

_CHANGES: Final = tuple(
    f"{{{W}}}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
                 "tcPrChange", "trPrChange", "tblGridChange", "cellIns", "cellDel", "cellMerge", "numberingChange")
)  # fmt: skip
_ACCEPT: Final = "accept or reject all changes in Word (Review, Accept All Changes) and save"


def tracked_changes(study: Study) -> Iterator[Flaw]:
    """Each part with tracked changes that are still open: every document made from it has them too."""
    for each in study.word_parts:
        changes = list(each.part.tree.iter(*_CHANGES))
        if changes:
            count = len(changes)
            message = f"{count} tracked change{' is' if count == 1 else 's are'} still open in this part"
            yield warning("template-tracked-changes", message, _spot(each, changes[0]), _ACCEPT)


def _spot(study: PartStudy, change: object) -> Spot:
    """Return the paragraph of a change; the part where it is in none."""
    for around in change.iterancestors(f"{{{W}}}p"):  # type: ignore[attr-defined]
        paragraph = study.by_element.get(around)
        if paragraph is not None:
            return paragraph.spot()
    return study.part.spot()


def deleted_tags(study: Study) -> Iterator[Flaw]:
    """Each tag in text that is marked as deleted: it is carried out all the same."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.kind == "{#" or not _inside(tag) & {"deleted", "moved"}:
                continue
            if tag.kind == "{%":
                message = f"{tag.shown} is marked as deleted and still decides what is printed"
                yield error("template-deleted-tag", message, tag.spot(), _ACCEPT)
            else:
                message = f"{tag.shown} is marked as deleted and is still filled in, as deleted text"
                yield warning("template-deleted-tag", message, tag.spot(), _ACCEPT)


def inserted_tags(study: Study) -> Iterator[Flaw]:
    """Each printed value in text that is marked as inserted: the value stays a tracked insertion."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.kind == "{{" and "inserted" in _inside(tag):
                message = f"{tag.shown} is marked as inserted, and so is every value printed there"
                yield warning("template-inserted-tag", message, tag.spot(), _ACCEPT)


def _inside(tag: Tag) -> frozenset[str]:
    """Return what the whole tag is part of."""
    said = [piece.inside for _, piece, _, _ in tag.pieces]
    return frozenset.intersection(*said)
