"""A template as its author wrote it: paragraphs with their text, where each character stands, and the tags in them.

What other modules of this room look at; they find nothing in a file themselves. The lxml elements belong to the one who
read the file: who wants to change them reads it again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from elca_docs.authoring.spots import Spot, excerpt
from elca_docs.rendering.package import Package

if TYPE_CHECKING:
    from lxml import etree

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a paragraph that stands in one element: from `start` of the paragraph's text, as long as `text`.

    `element` is the w:t, w:delText, w:instrText or m:t whose text it is; for a tab, a line break or a hyphen that is
    an element of its own (`is_sign`), that element. `inside` says what it is part of: "deleted", "inserted", "moved"
    (away), "code" (of a field), "result" (of a field) and "result of TOC" with the field's command, "hyperlink",
    "control" and "bound control" (content controls), "math".
    """

    start: int
    text: str
    element: etree._Element
    inside: frozenset[str] = frozenset()
    is_sign: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between the characters of a paragraph: a bookmark, a picture, a note's number, a text box.

    `offset` is the number of characters before it; `name` is the local name of the element ("bookmarkStart"), with
    "/" in front where it ends there ("/hyperlink").
    """

    offset: int
    name: str
    element: etree._Element


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph (w:p), or a text without one: a property, an attribute, the text of a chart.

    `number` is its index among all w:p of the member, -1 where it is none. `flags` holds "table", "text box",
    "fallback" (the second copy of a text box for old programs), "note", "control", "bound control". `attribute` is
    the attribute of `element` that holds the text, where it is one. `owner` is the paragraph around it: of a text box
    the one that anchors it, of an attribute the one it stands in.
    """

    element: etree._Element
    member: str
    label: str
    words: str
    number: int = -1
    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    flags: frozenset[str] = frozenset()
    attribute: str = ""
    owner: Paragraph | None = None
    length: int = 0

    @property
    def text(self) -> str:
        """Return the text, with deleted text and field codes where they stand; a tab or a break is one character."""
        return "".join(piece.text for piece in self.pieces)

    def at(self, offset: int) -> tuple[Piece, int]:
        """Return the piece that a character stands in, and its offset there; IndexError beyond the text."""
        if not 0 <= offset < self.length:
            message = f"the paragraph has no character {offset}"
            raise IndexError(message)
        piece = self.pieces[bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1]
        return piece, offset - piece.start

    def between(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield each piece that has characters from start to end, with the first of them and the one behind the last.

        Both count within the piece.
        """
        for piece in self.pieces:
            if piece.start < end and start < piece.end:
                yield piece, max(start - piece.start, 0), min(end, piece.end) - piece.start

    def spot(self, start: int = 0, end: int = 0) -> Spot:
        """Return the place of some of its characters, or of all of it."""
        anchor = self if self.number >= 0 or self.owner is None else self.owner
        inner = anchor is self
        return Spot(
            member=self.member,
            label=self.label,
            words=self.words,
            paragraph=anchor.number,
            start=start if inner else 0,
            end=end if inner else 0,
            text=excerpt(self.text, start, end),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag as it stands in the file, whatever runs, paragraphs or cells it is spread over.

    `kind` is "{{", "{%" or "{#"; for half a tag without its beginning "}}", "%}" or "#}". `prefix` is "", "p", "r",
    "tr" or "tc". `text` is as written, without tabs and line breaks, which docxtpl takes out. `inner` is what stands
    between the braces, the prefix and the dashes of `{%-` left out, not stripped. It stands from `start` of the
    paragraph `first` to before `end` of the paragraph `last`. `opens_dashed` and `closes_dashed` say `{%-` and `-%}`.
    `pieces` are what it covers, each with its paragraph and the part of it.
    """

    kind: str
    prefix: str
    text: str
    inner: str
    first: Paragraph
    start: int
    last: Paragraph
    end: int
    pieces: tuple[tuple[Paragraph, Piece, int, int], ...]
    opens_dashed: bool = False
    closes_dashed: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it stands in one paragraph."""
        return self.first is self.last

    @property
    def shown(self) -> str:
        """Return the tag as a sentence names it: as docxtpl joins it, a long one cut."""
        dashes = "-" * self.opens_dashed, "-" * self.closes_dashed
        text = f"{self.kind}{dashes[0]}{self.prefix}{self.inner}{dashes[1]}{self.text[-2:]}"
        text = " ".join(text.split()) if len(self.text) > 2 else self.text  # noqa: PLR2004 - half a tag is two braces
        return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"

    @property
    def keyword(self) -> str:
        """Return the first word of a `{%` tag: "for", "endif"; empty for other tags."""
        words = self.inner.split(maxsplit=1) if self.kind == "{%" else []
        return words[0] if words else ""

    def spot(self) -> Spot:
        """Return its place; of a tag over several paragraphs, what stands in the first."""
        return self.first.spot(self.start, self.end if self.is_whole else self.first.length)


@dataclass(frozen=True, slots=True, eq=False)
class PartReading:
    """One XML part: its paragraphs in document order, its whole tags, and half tags.

    `filled` says whether rendering fills it in. `loose` are texts outside paragraphs: attributes such as alternative
    text, document properties, everything of a part that is not Word text; only those that hold a brace. `tags` are in
    document order, those of `loose` among them; what stands between `{% raw %}` and `{% endraw %}` is no tag.
    `halves` are tags without end and ends without a tag.
    """

    member: str
    label: str
    filled: bool
    is_word: bool
    tree: etree._Element
    paragraphs: tuple[Paragraph, ...]
    loose: tuple[Paragraph, ...]
    tags: tuple[Tag, ...]
    halves: tuple[Tag, ...]

    def spot(self) -> Spot:
        """Return the place that is the whole part."""
        return Spot(member=self.member, label=self.label)


@dataclass(frozen=True, eq=False)
class Reading:
    """A template, read: the opened file and its parts, those that are filled in first, in the order of filling in."""

    name: str
    package: Package
    parts: tuple[PartReading, ...]

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """Return the tags of all parts that are filled in."""
        return tuple(tag for part in self.parts if part.filled for tag in part.tags)

    @cached_property
    def by_member(self) -> dict[str, PartReading]:
        """Return the parts by the name of their member."""
        return {part.member: part for part in self.parts}
