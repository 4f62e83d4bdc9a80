"""Document blocks: what a deliverable consists of, before it is Word. Values only; `rendering` makes Word of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

# Word refuses to open a document with an address that is no URI, so what a link may be is narrower than RFC 3986.
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?")
_MAIL: Final = re.compile(r"mailto:[A-Za-z0-9.!#$&'*+/=?^_~-]+@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of running text. `link` is an http, https or mailto address.

    `refers_to` names the `anchor` of a heading, table, figure or chart: what is printed is that block's own number
    ("Table 3"), and `text` only where there is no such block. `footnote` is what a footnote behind the text says.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    refers_to: str = ""
    footnote: tuple[Span, ...] = ()


Line = tuple[Span, ...]


def is_address(text: str) -> bool:
    """Whether a text is a whole http, https or mailto address, as a link of a document may have it."""
    return bool(_WEB.fullmatch(text) or _MAIL.fullmatch(text))


def line(text: str, *, bold: bool = False, italic: bool = False) -> Line:
    """Return plain text as a line of one span."""
    return (Span(text=text, bold=bold, italic=italic),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading, level 1 to 3; its number is given by Word. An unnumbered one stands before the contents."""

    text: str
    level: int = 1
    numbered: bool = True
    anchor: str = ""


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
    """A cell: one paragraph per line, at least one. A flagged one waits for what a person has to write."""

    lines: tuple[Line, ...] = ((Span(text=""),),)
    flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose caption numbers itself; every row has as many cells as there are columns.

    A table without caption has no number. A wide one stands on a landscape page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())
    anchor: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture (PNG or JPEG) with what it shows in words; with a caption it is a figure with a number.

    `share` is its width in per cent of the text's.
    """

    data: bytes = field(repr=False)
    alt: str
    caption: str = ""
    share: int = 100
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of numbers of a chart, one for each category; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that stays editable in Word, numbered as a figure; `alt` says in words what it shows.

    bars: horizontal bars side by side · stacked: horizontal bars one behind the other · columns: vertical bars ·
    lines: lines over the categories · steps: horizontal bars whose first series is an invisible offset (a timeline).
    """

    caption: str
    alt: str
    kind: Literal["bars", "stacked", "columns", "lines", "steps"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    """What the axis of values counts, in words."""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The table of contents."""

    heading: str = "Contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """The list of all captions of one kind, with their pages."""

    what: Literal["tables", "figures"]
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The control block of a cover: rows of label and value, without caption. A value is plain text or a line."""

    rows: tuple[tuple[str, str | Line], ...]


Block = Heading | Paragraph | Listing | Table | Image | Chart | Contents | ListOf | PageBreak | Control


def cell(*texts: str) -> Cell:
    """Return a cell with one plain paragraph per text."""
    return Cell(lines=tuple(line(text) for text in texts) or ((Span(text=""),),))
