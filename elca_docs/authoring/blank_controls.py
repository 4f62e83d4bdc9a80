"""Blanks that are content controls: texts, dates, choices and check boxes, inline or around one paragraph.

A control that only frames a document's parts (a table of contents, a picture, a group, other controls) is none; what
stands in it is looked through like all other text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from elca_docs.authoring.found_blanks import BlankKind, FoundBlank
from elca_docs.authoring.letters import Stroke, is_there
from elca_docs.authoring.paragraphs import Paragraph, PartReading
from elca_docs.rendering.package import W

_CHECKBOXES: Final = ("checkbox",)
_CHOICES: Final = ("dropDownList", "comboBox")
_FRAME_NAMES: Final = (
    "docPartObj docPartList group picture equation citation bibliography repeatingSection repeatingSectionItem"
)
_FRAMES: Final = frozenset(_FRAME_NAMES.split())
_FRAMED: Final = tuple(f"{{{W}}}{name}" for name in ("sdt", "fldChar", "fldSimple", "tbl"))
_GENERATED: Final = "goog_rdk_"
"""How the tags begin that Google Docs puts around ordinary words."""
_SEVERAL: Final = "the control holds several paragraphs"


def controls_of(part: PartReading) -> Iterator[FoundBlank]:
    """Yield the content controls of a part that are blanks."""
    by_element = {paragraph.element: paragraph for paragraph in part.paragraphs}
    for control in part.tree.iter(f"{{{W}}}sdt"):
        properties, content = control.find(f"{{{W}}}sdtPr"), control.find(f"{{{W}}}sdtContent")
        if properties is None or content is None or _is_deleted(control):
            continue
        said = {str(etree.QName(each).localname): each for each in properties.iterchildren(etree.Element)}
        kind = _kind_of(said)
        if kind and next(content.iterdescendants(*_FRAMED), None) is None:
            yield from _found(control, content, said, kind, by_element)


def _kind_of(said: dict[str, etree._Element]) -> BlankKind | None:
    """Return what kind of blank the properties tell; None of a frame, and of a control that says nothing of itself."""
    if _FRAMES & said.keys():
        return None
    if any(name in said for name in _CHECKBOXES):
        return "checkbox"
    if any(name in said for name in _CHOICES):
        return "dropdown"
    if "date" in said:
        return "date"
    named = _names_of(said) or said.keys() & {"showingPlcHdr", "text", "placeholder"}
    return "control" if named else None


def _names_of(said: dict[str, etree._Element]) -> tuple[str, ...]:
    names = (said[name].get(f"{{{W}}}val", "") for name in ("alias", "tag") if name in said)
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith(_GENERATED)))


def _found(
    control: etree._Element,
    content: etree._Element,
    said: dict[str, etree._Element],
    kind: BlankKind,
    by_element: dict[etree._Element, Paragraph],
) -> Iterator[FoundBlank]:
    inner = list(content.iterdescendants(f"{{{W}}}p"))
    is_inline = _is_inline(control)
    owner = next(control.iterancestors(f"{{{W}}}p"), None) if is_inline else next(iter(inner), None)
    paragraph = by_element.get(owner) if owner is not None else None
    if paragraph is None or (len(inner) > 1 - is_inline and "showingPlcHdr" not in said):
        return
    strokes = tuple(_strokes(paragraph, content))
    names = _names_of(said)
    yield FoundBlank(
        kind=kind,
        text="".join(piece.text[start:end] for piece, start, end in strokes) or (f"«{names[0]}»" if names else kind),
        paragraph=paragraph,
        start=strokes[0][0].start if strokes else _offset_of(paragraph, control),
        end=strokes[-1][0].end if strokes else _offset_of(paragraph, control),
        strokes=strokes,
        names=names,
        opened=(control,),
        room=content if is_inline else owner,
        entered=said.get("rPr") if "showingPlcHdr" in said else None,
        obstacle=_SEVERAL if len(inner) > 1 - is_inline else "",
    )


def _is_inline(control: etree._Element) -> bool:
    """Whether a control stands among the words of a paragraph, and not around paragraphs, cells or rows."""
    for ancestor in control.iterancestors(f"{{{W}}}p", f"{{{W}}}txbxContent", f"{{{W}}}tc", f"{{{W}}}body"):
        return bool(ancestor.tag == f"{{{W}}}p")
    return False


def _strokes(paragraph: Paragraph, content: etree._Element) -> Iterator[Stroke]:
    for piece in paragraph.pieces:
        if is_there(piece) and any(ancestor is content for ancestor in piece.element.iterancestors()):
            yield piece, 0, len(piece.text)


def _offset_of(paragraph: Paragraph, control: etree._Element) -> int:
    """Return the number of characters before a control without text; 0 of one around its paragraph."""
    return next((mark.offset for mark in paragraph.marks if mark.element is control), 0)


def _is_deleted(element: etree._Element) -> bool:
    return next(element.iterancestors(f"{{{W}}}del", f"{{{W}}}moveFrom"), None) is not None
