"""Rules on what lies inside a tag that Word has split: borders it crosses, and what vanishes with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from elca_docs.authoring.paragraphs import Tag
from elca_docs.authoring.rules.placing import is_of_word
from elca_docs.authoring.spots import Flaw, error, hint, warning
from elca_docs.authoring.study import Study
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from elca_docs.authoring.paragraphs import Piece

_BORDERS: Final = {
    "hyperlink": "a link",
    "ins": "a tracked insertion",
    "del": "a tracked deletion",
    "moveFrom": "moved text",
    "moveTo": "moved text",
    "sdt": "a content control",
    "fldSimple": "a field",
    "smartTag": "a smart tag",
    "customXml": "an XML tag",
    "dir": "a change of writing direction",
    "bdo": "a change of writing direction",
    "oMath": "a formula",
}
_OBJECTS: Final = {
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "drawing": "a picture or a text box",
    "pict": "a picture or a text box",
    "object": "an object",
    "sym": "a symbol",
}
_ENDS: Final = {"bookmarkStart": "a bookmark", "bookmarkEnd": "a bookmark", "commentReference": "a comment",
                "commentRangeStart": "a comment", "commentRangeEnd": "a comment"}  # fmt: skip
_ANEW: Final = "write the tag anew in one go, inside or outside of it"
_TEXT: Final = f"{{{W}}}t"


def tags_over_borders(study: Study) -> Iterator[Flaw]:
    """What stands inside a tag: a border that it crosses breaks the document, anything else is lost."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.is_whole:
                yield from _inside(tag)


def _inside(tag: Tag) -> Iterator[Flaw]:
    marks = [mark for mark in tag.first.marks if tag.start < mark.offset < tag.end]
    steps: Counter[str] = Counter()
    for mark in marks:
        name = mark.name.removeprefix("/")
        if name in _BORDERS and len(mark.element):
            steps[name] += -1 if mark.name.startswith("/") else 1
        elif name == "fldChar":
            steps["fldSimple"] += {"begin": 1, "end": -1}.get(mark.element.get(f"{{{W}}}fldCharType", ""), 0)
    crossed = sorted({_BORDERS[name] for name, step in steps.items() if step})
    for name in crossed:
        message = f"the tag {tag.shown} begins outside of {name} and ends in it, or the other way round"
        yield error("template-tag-crosses-border", message, tag.spot(), _ANEW)
    lost = sorted({_BORDERS[name] for name, step in steps.items() if not step})
    lost += sorted({_ENDS[mark.name] for mark in marks if mark.name in _ENDS and not is_of_word(mark)})
    for name in dict.fromkeys(lost):
        message = f"{name} stands inside the tag {tag.shown} and is lost"
        yield warning("template-lost-in-tag", message, tag.spot(), _ANEW)
    for name in sorted({_OBJECTS[mark.name] for mark in marks if mark.name in _OBJECTS}):
        message = f"{name} stands inside the tag {tag.shown} and is lost"
        yield error("template-object-in-tag", message, tag.spot(), "move it out of the braces")


def tags_not_joined(study: Study) -> Iterator[Flaw]:
    """Each tag split in a field code, in deleted text or in a formula, where docxtpl joins nothing."""
    for each in study.word_parts:
        for tag in each.part.tags:
            pieces = _with_content(tag)
            if len(pieces) > 1 and not (pieces[0].element.tag == _TEXT == pieces[-1].element.tag):
                message = f"the tag {tag.shown} is split in {_place(pieces)}, where its parts are not joined"
                yield error("template-syntax", message, tag.spot(), "write the tag anew in one go, in ordinary text")


def _with_content(tag: Tag) -> list[Piece]:
    """Return the pieces that hold more of a tag than parts of its braces, which are joined everywhere."""
    pieces: list[Piece] = []
    position, length = 0, len(tag.text)
    for _, piece, start, end in tag.pieces:
        begin, position = position, position + end - start
        if position > 1 and begin < length - 1:
            pieces.append(piece)
    return pieces


def _place(pieces: list[Piece]) -> str:
    said = frozenset[str]().union(*(piece.inside for piece in pieces))
    if said & {"deleted", "moved"}:
        return "deleted text"
    return "a formula" if "math" in said else "a field code"


def mixed_formatting(study: Study) -> Iterator[Flaw]:
    """Each printed value whose tag is formatted in several ways: the value takes the first."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.kind == "{{" and not tag.prefix and len({_look(piece) for piece in _with_content(tag)}) > 1:
                message = f"the tag {tag.shown} is formatted in several ways, and the value takes the first"
                yield hint("template-mixed-formatting", message, tag.spot(), "format the whole tag, braces included")


def _look(piece: Piece) -> bytes:
    """Return the formatting of a piece, without what proofing and tracking leave there."""
    run = piece.element.getparent()
    properties = None if run is None else run.find(f"{{{W}}}rPr")
    if properties is None:
        return b""
    ignored = {f"{{{W}}}{name}" for name in ("lang", "noProof", "rPrChange", "ins", "del")}
    return b"".join(sorted(etree.tostring(each, with_tail=False) for each in properties if each.tag not in ignored))
