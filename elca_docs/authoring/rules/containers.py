"""Rules on what a block encloses: it begins and ends in the same container, and leaves each a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Tag
from elca_docs.authoring.positions import between
from elca_docs.authoring.sources import Block
from elca_docs.authoring.spots import Flaw, error, hint, warning
from elca_docs.authoring.study import PartStudy, Study, rest_of
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_NAMES: Final = {
    "tc": "a table cell",
    "tr": "a table row",
    "tbl": "a table",
    "txbxContent": "a text box",
    "footnote": "a footnote",
    "endnote": "an endnote",
    "comment": "a comment",
    "sdtContent": "a content control",
    "hyperlink": "a link",
}
_MUST_HOLD: Final = {"tc": "cell", "txbxContent": "text box", "hdr": "header", "ftr": "footer", "footnote": "footnote",
                     "endnote": "endnote", "comment": "comment"}  # fmt: skip
_INLINE: Final = frozenset({"p", "r", "t"})


def blocks_across(study: Study) -> Iterator[Flaw]:
    """Each loop or condition that begins in one container and ends in another."""
    for each in study.word_parts:
        unreadable = {tag for tag, _ in each.source.faults}
        for block in each.source.blocks:
            for first, second in pairwise(block.tags):
                flaw = None if {first, second} & unreadable else _across(block, first, second)
                if flaw:
                    yield flaw
                    break


def _across(block: Block, first: Tag, second: Tag) -> Flaw | None:
    found = between(first, second)
    if found is None or not (found.ended or found.begun):
        return None
    ends = f"{{% {second.keyword} %}}"
    if not found.fits:
        message = f"'{block.keyword}' begins here and '{second.keyword}' stands in another kind of place, so the "
        message += "document breaks"
        fix = f"write both in the text of one paragraph, or both as {{%p, or both as {{%tr, {ends} included"
        return error("template-malformed", message, first.spot(), fix)
    borders = sorted(_NAMES[name] for name in found.ended_names if name in _NAMES)
    if not borders:
        return None
    message = f"'{block.keyword}' begins in {borders[0]} and '{second.keyword}' stands in another"
    if found.containers:
        fix = "begin and end it in one cell; to repeat or leave out rows write {%tr in a row of its own, for cells {%tc"
        return error("template-block-across-cells", message, first.spot(), fix)
    return warning("template-block-across-marks", message, first.spot(), "begin and end it outside of it, or within it")


@dataclass(slots=True)
class _Frame:
    """What a condition leaves for certain: for each branch whether a paragraph stays in it."""

    keyword: str
    stays: list[bool] = field(default_factory=lambda: [False])
    has_else: bool = False


def empty_cells(study: Study) -> Iterator[Flaw]:
    """Each cell, text box, header or note that has no paragraph left where its conditions do not hold."""
    for each in study.word_parts:
        owners: dict[etree._Element, Tag] = {}
        for tag in each.part.tags:
            if tag.prefix == "p" and tag.first.number >= 0:
                owner = tag.first.element.getparent()
                if owner is not None and _local(owner) in _MUST_HOLD:
                    owners.setdefault(owner, tag)
        for owner, tag in owners.items():
            if not _keeps_a_paragraph(each, owner):
                what = _MUST_HOLD[_local(owner)]
                message = f"every paragraph of this {what} can be left out, and a {what} without one is invalid"
                fix = f"add an empty paragraph to the {what}, outside of the tags"
                yield error("template-empty-container", message, tag.spot(), fix)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _keeps_a_paragraph(study: PartStudy, owner: etree._Element) -> bool:
    """Return whether a paragraph stays, whichever conditions hold; True where the blocks do not pair in here."""
    frames = [_Frame("")]
    for child in owner:
        paragraph = study.by_element.get(child)
        if paragraph is None:
            frames[-1].stays[-1] |= child.find(f".//{{{W}}}p") is not None and _local(child) != "tbl"
            continue
        tags = [tag for tag in study.tags_in.get(paragraph, []) if tag.prefix == "p"]
        if not tags:
            frames[-1].stays[-1] = True
        elif not _step(frames, tags[-1].keyword):
            return True
    return frames[0].stays[-1] or len(frames) > 1


def _step(frames: list[_Frame], keyword: str) -> bool:
    """Go on behind a tag; False where it does not belong to what is open."""
    if keyword in {"if", "for"}:
        frames.append(_Frame(keyword))
    elif keyword in {"else", "elif"}:
        frames[-1].stays.append(False)
        frames[-1].has_else |= keyword == "else"
    elif keyword in {"endif", "endfor"}:
        if len(frames) == 1:
            return False
        done = frames.pop()
        frames[-1].stays[-1] |= done.keyword == "if" and done.has_else and all(done.stays)
    return True


def lonely_tags(study: Study) -> Iterator[Flaw]:
    """Each {% tag alone in its paragraph, of a block over several: it leaves an empty paragraph behind."""
    for each in study.word_parts:
        unreadable = {tag for tag, _ in each.source.faults}
        for block in each.source.blocks:
            if block.closed is None or block.closed.first is block.opened.first:
                continue
            for tag in block.tags:
                if tag not in unreadable and _is_lonely(each, tag):
                    message = f"{tag.shown} stands alone in its paragraph, which stays behind empty"
                    fix = f"write {{%p {tag.inner.strip()} %}}"
                    yield hint("template-lonely-tag", message, tag.spot(), fix)


def _is_lonely(study: PartStudy, tag: Tag) -> bool:
    paragraph = tag.first
    if tag.prefix or not tag.is_whole or tag.opens_dashed or tag.closes_dashed or paragraph.number < 0:
        return False
    return len(study.tags_in[paragraph]) == 1 and not rest_of(study, paragraph).strip()
