"""One pass over a part of a Word file: its paragraphs with places in words, and what each character is part of.

Linear in the size of the part. Finds no tags and judges nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from elca_docs.authoring.containers import Containers
from elca_docs.authoring.paragraphs import Mark, Paragraph, Piece
from elca_docs.rendering.package import W

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = {f"{{{W}}}{name}": frozenset[str]() for name in ("t", "delText")} | {
    f"{{{W}}}instrText": frozenset({"code"}),
    f"{{{W}}}delInstrText": frozenset({"code"}),
    _MATH: frozenset({"math"}),
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_WRAPPERS = {
    "ins": "inserted",
    "moveTo": "inserted",
    "del": "deleted",
    "moveFrom": "moved",
    "hyperlink": "hyperlink",
    "sdt": "control",
    "fldSimple": "result",
    "smartTag": "",
    "customXml": "",
    "dir": "",
    "bdo": "",
    "oMath": "",
}
_POINT_NAMES = (
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference footnoteReference endnoteReference "
    "drawing pict object sym fldChar permStart permEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd footnoteRef endnoteRef annotationRef ptab softHyphen contentPart"
)
_POINTS = frozenset(_POINT_NAMES.split())


@dataclass(slots=True)
class Walked:
    """What a pass finds: paragraphs, loose texts with a brace, and the stream of text pieces in document order.

    `places` are the characters of the stream before each loose text.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    loose: list[Paragraph] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    stream: list[tuple[Paragraph, Piece]] = field(default_factory=list)


def walked(tree: etree._Element, member: str, label: str) -> Walked:
    """Return the paragraphs and texts of a part of Word text."""
    walk = _Walk(tree, member, label)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    return walk.found


class _Walk:
    """The state of one pass: which paragraphs, containers, wrappers and fields are open."""

    def __init__(self, tree: etree._Element, member: str, label: str) -> None:
        self.found = Walked()
        self.member, self.label = member, label
        self.containers = Containers(tree)
        self.open: list[Paragraph] = []
        self.depth: Counter[str] = Counter()
        self.fields: list[list[str]] = []  # each: its code so far, and "result" once that begins
        self.inside: frozenset[str] | None = frozenset()
        self.characters = 0

    def enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _TEXTS:
            self._text(element, element.text or "", _TEXTS[tag])
        elif tag.startswith(f"{{{W}}}"):
            name = tag.rpartition("}")[2]
            if name == "p":
                self._begin_paragraph(element)
            else:
                self.containers.enter(name, element)
                self._enter_within(name, element)
        elif tag == _FALLBACK:
            self.depth["fallback"] += 1
        if any("{" in value or "}" in value for value in element.attrib.values()):
            self._attributes(element)

    def leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == _FALLBACK:
            self.depth["fallback"] -= 1
        if not tag.startswith(f"{{{W}}}"):
            return
        name = tag.rpartition("}")[2]
        if name == "p":
            self.open.pop()
            self.containers.end_paragraph(element)
        elif name in _WRAPPERS:
            self._mark(f"/{name}", element)
            self._wrap(name, element, -1)
        else:
            self.containers.leave(name)

    def _begin_paragraph(self, element: etree._Element) -> None:
        container = self.containers.current
        flags = set(container.flags)
        flags.update(name for name in ("fallback", "control", "bound control") if self.depth[name])
        paragraph = Paragraph(
            element=element,
            member=self.member,
            label=self.label,
            words=self.containers.paragraph_words(),
            number=len(self.found.paragraphs),
            flags=frozenset(flags),
            owner=self.open[-1] if self.open else None,
        )
        self.found.paragraphs.append(paragraph)
        self.open.append(paragraph)

    def _enter_within(self, name: str, element: etree._Element) -> None:
        """Note what stands in a paragraph, and what opens around text."""
        if name in _WRAPPERS:
            self._wrap(name, element, 1)
            self._mark(name, element)
        elif name in _SIGNS and self.open and _is_in_run(element):
            self._mark(name, element)
            self._add(element, _SIGNS[name], frozenset(), is_sign=True)
        elif name in _POINTS:
            self._mark(name, element)
            if name == "fldChar":
                self._field(element.get(f"{{{W}}}fldCharType", ""))

    def _wrap(self, name: str, element: etree._Element, step: int) -> None:
        said = [_WRAPPERS[name]]
        if name == "sdt" and element.find(f"{{{W}}}sdtPr/{{{W}}}dataBinding") is not None:
            said.append("bound control")
        if name == "fldSimple":
            said.append(_result_of(element.get(f"{{{W}}}instr", "")))
        for each in filter(None, said):
            self.depth[each] += step
        self.inside = None

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(["", ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][1] = "result"
        elif kind == "end" and self.fields:
            self.fields.pop()
        self.inside = None

    def _text(self, element: etree._Element, text: str, said: frozenset[str]) -> None:
        if not text:
            return
        if self.open:
            if "code" in said:
                for each in self.fields:
                    each[0] += "" if each[1] else text
            piece = self._add(element, text, said)
            self.found.stream.append((self.open[-1], piece))
            self.characters += len(text)
        elif "{" in text or "}" in text:
            self._loose(element, text, "", said)

    def _add(self, element: etree._Element, text: str, said: frozenset[str], *, is_sign: bool = False) -> Piece:
        paragraph = self.open[-1]
        piece = Piece(paragraph.length, text, element, self._inside() | said, is_sign)
        paragraph.pieces.append(piece)
        paragraph.length += len(text)
        return piece

    def _inside(self) -> frozenset[str]:
        """Return what a text is part of; kept until a wrapper or a field opens or closes."""
        if self.inside is None:
            said = {name for name, depth in self.depth.items() if depth > 0 and name != "fallback"}
            for code, phase in self.fields:
                said.update(("result", _result_of(code)) if phase else ("code",))
            self.inside = frozenset(said)
        return self.inside

    def _mark(self, name: str, element: etree._Element) -> None:
        if self.open:
            self.open[-1].marks.append(Mark(self.open[-1].length, name, element))

    def _attributes(self, element: etree._Element) -> None:
        for attribute, text in element.attrib.items():
            if "{" in text or "}" in text:
                self._loose(element, str(text), str(attribute), frozenset())

    def _loose(self, element: etree._Element, text: str, attribute: str, said: frozenset[str]) -> None:
        owner = self.open[-1] if self.open else None
        loose = Paragraph(
            element=element,
            member=self.member,
            label=self.label,
            words=owner.words if owner else self.containers.current.prefix.rstrip(", "),
            pieces=[Piece(0, text, element, said)],
            attribute=attribute,
            owner=owner,
            length=len(text),
        )
        self.found.loose.append(loose)
        self.found.places.append(self.characters)


def _result_of(code: str) -> str:
    words = code.split(maxsplit=1)
    return f"result of {words[0].upper()}" if words else ""


def _is_in_run(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{{{W}}}r"
