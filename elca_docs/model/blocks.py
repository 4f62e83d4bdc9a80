"""Document blocks: what a deliverable consists of, before it is Word. Values only; `rendering` makes Word of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of running text. `link` is an http, https or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Line = tuple[Span, ...]


def line(text: str, *, bold: bool = False, italic: bool = False) -> Line:
    """Return plain text as a line of one span."""
    return (Span(text=text, bold=bold, italic=italic),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading, level 1 to 3; its number is given by Word. An unnumbered one stands before the contents."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. A note is set small, a flag is a note that a person has to act on.

    A title, a subtitle and a foot belong on a cover; the foot stands at the end of its page.
    """

    spans: Line
    style: Literal["body", "note", "flag", "quote", "title", "subtitle", "foot"] = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A bulleted or numbered list of one level."""

    entries: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: heading, and its share of the width (shares of a table add up to anything)."""

    heading: str
    share: int = 10
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: one paragraph per line, at least one."""

    lines: tuple[Line, ...] = ((Span(text=""),),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose caption numbers itself; every row has as many cells as there are columns.

    A table without caption has no number.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The table of contents."""

    heading: str = "Contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The control block of a cover: rows of label and value, without caption. A value is plain text or a line."""

    rows: tuple[tuple[str, str | Line], ...]


Block = Heading | Paragraph | Listing | Table | Contents | PageBreak | Control


def cell(*texts: str) -> Cell:
    """Return a cell with one plain paragraph per text."""
    return Cell(lines=tuple(line(text) for text in texts) or ((Span(text=""),),))
