"""Blanks that Word knows as fields: merge fields and the fields of an old form, simple or spread over runs.

A field of another kind that holds a merge field in its code (IF …) is one blank as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.found_blanks import BlankKind, FoundBlank
from elca_docs.authoring.letters import Stroke, is_there
from elca_docs.authoring.paragraphs import Mark, Paragraph
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_COMMANDS: Final[dict[str, BlankKind]] = {
    "MERGEFIELD": "mergefield",
    "FORMTEXT": "formfield",
    "FORMDROPDOWN": "formfield",
    "FORMCHECKBOX": "checkbox",
    "FILLIN": "formfield",
    "ASK": "formfield",
    "MACROBUTTON": "formfield",
}
_MERGED = re.compile(r"\bMERGEFIELD\s+(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)
_OVER = "the field goes on in another paragraph"


_Placed = tuple[int, int, FoundBlank]
"""A blank with the numbers of its first and its last mark among those of the paragraph."""


@dataclass(slots=True)
class _Open:
    """A field that has begun: its place among the marks, its own so far, and where it and its result begin."""

    first: int
    marks: list[Mark]
    start: int
    result: int = -1


def fields_of(paragraph: Paragraph) -> Iterator[FoundBlank]:
    """Yield the outermost fields of a paragraph that are blanks, in the order in which they end."""
    found = [*_simple(paragraph), *_complex(paragraph)]
    for first, last, each in found:
        if not any(begin < first and last < end for begin, end, _ in found):
            yield each


def _simple(paragraph: Paragraph) -> Iterator[_Placed]:
    """Yield w:fldSimple."""
    begun: list[tuple[int, int]] = []
    for number, mark in enumerate(paragraph.marks):
        if mark.name == "fldSimple":
            begun.append((number, mark.offset))
        elif mark.name == "/fldSimple" and begun:
            first, start = begun.pop()
            code = mark.element.get(f"{{{W}}}instr", "")
            kind = _kind_of(code)
            if kind and not _is_deleted(mark.element):
                strokes = _strokes(paragraph, start, mark.offset)
                names = _names_of(code)
                blank = FoundBlank(
                    kind=kind,
                    text=_text_of(strokes) or (f"«{names[0]}»" if names else kind),
                    paragraph=paragraph,
                    start=start,
                    end=mark.offset,
                    strokes=strokes,
                    names=names,
                    removed=tuple(mark.element.iterchildren(f"{{{W}}}fldData")),
                    opened=(mark.element,),
                )
                yield first, number, blank


def _complex(paragraph: Paragraph) -> Iterator[_Placed]:
    """Yield what stands between w:fldChar begin and end; a field that does not end here cannot give way to a tag."""
    waiting: list[_Open] = []
    for number, mark in enumerate(paragraph.marks):
        if mark.name != "fldChar" or _is_deleted(mark.element):
            continue
        kind = mark.element.get(f"{{{W}}}fldCharType", "")
        if kind == "begin":
            waiting.append(_Open(number, [], mark.offset))
        for each in waiting:
            each.marks.append(mark)
        if kind == "separate" and waiting:
            waiting[-1].result = mark.offset
        elif kind == "end" and waiting:
            field = waiting.pop()
            yield from ((field.first, number, each) for each in _ended(paragraph, field, mark.offset))
    for field in waiting:
        found = _ended(paragraph, field, paragraph.length, obstacle=_OVER)
        yield from ((field.first, len(paragraph.marks), each) for each in found)


def _ended(paragraph: Paragraph, field: _Open, end: int, obstacle: str = "") -> Iterator[FoundBlank]:
    """Yield the field where it is a blank."""
    result = end if field.result < 0 else field.result
    code = "".join(piece.text[a:b] for piece, a, b in paragraph.between(field.start, result) if "code" in piece.inside)
    kind = _kind_of(code)
    if not kind:
        return
    strokes = _strokes(paragraph, result, end)
    names = _names_of(code) + _form_names(field.marks[0].element)
    codes = [piece.element for piece, _, _ in paragraph.between(field.start, end) if "code" in piece.inside]
    yield FoundBlank(
        kind=kind,
        text=_text_of(strokes) or (f"«{names[0]}»" if names else kind),
        paragraph=paragraph,
        start=field.start,
        end=end,
        strokes=strokes,
        names=names,
        dropped=_strokes(paragraph, field.start, result),
        removed=(*(mark.element for mark in field.marks), *codes),
        room=field.marks[0].element,
        obstacle=obstacle,
    )


def _kind_of(code: str) -> BlankKind | None:
    words = code.split(maxsplit=1)
    kind = _COMMANDS.get(words[0].upper()) if words else None
    return kind or ("mergefield" if _MERGED.search(code) else None)


def _names_of(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quoted or plain for quoted, plain in _MERGED.findall(code)))


def _form_names(begin: etree._Element) -> tuple[str, ...]:
    """Return what the author of a form called a field: its name and the help on it."""
    said = (begin.find(f"{{{W}}}ffData/{{{W}}}{name}") for name in ("name", "statusText", "helpText"))
    return tuple(each.get(f"{{{W}}}val", "") for each in said if each is not None and each.get(f"{{{W}}}val"))


def _strokes(paragraph: Paragraph, start: int, end: int) -> tuple[Stroke, ...]:
    return tuple(stroke for stroke in paragraph.between(start, end) if is_there(stroke[0]))


def _text_of(strokes: tuple[Stroke, ...]) -> str:
    return "".join(piece.text[start:end] for piece, start, end in strokes)


def _is_deleted(element: etree._Element) -> bool:
    return next(element.iterancestors(f"{{{W}}}del", f"{{{W}}}moveFrom"), None) is not None
