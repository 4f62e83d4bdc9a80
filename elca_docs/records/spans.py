"""Text of a record file → where every key and value begins and ends, so that one of them can be replaced in place.

`grammar` says what a file means and where; this module says which characters spell it. It expects text that `grammar`
accepts (no alias, no tag, no deep nesting) and judges nothing. Offsets count characters of the text given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import yaml

from elca_docs.records.grammar import BLANKS, LOADERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK_LINES = re.compile(r"(?:\r\n?|\n)[ \t]*\Z")
_BREAK = re.compile(r"\r\n|\r|\n")
_LINE_END = re.compile(r"[\r\n]|\Z")
_COMMENT = re.compile(r"#[^\r\n]*")
_DASH = re.compile(r"^[ \t]*(-)", re.MULTILINE)


class _Mark(Protocol):
    index: int


@dataclass(slots=True)
class Scalar:
    """A single value: `style` is "" (plain), a quote, `|` or `>`; an empty value has no length."""

    start: int
    end: int
    text: str
    style: str = ""
    flow: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return self.start == self.end


@dataclass(slots=True)
class Sequence:
    """A list; `flow` when it is written in brackets. `dashes` says where the dash of each entry stands."""

    start: int
    end: int
    flow: bool
    entries: list[Span] = field(default_factory=list)
    dashes: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A group of keys, each with its own span; `flow` when it is written in braces."""

    start: int
    end: int
    flow: bool
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Span] = field(default_factory=dict)


Span = Scalar | Sequence | Mapping


def span_of(text: str) -> Span:
    """Return the span of the file's value; an empty scalar at its end where the file holds nothing."""
    root: Span = Scalar(len(text), len(text), "")
    open_ones: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []
    for event in yaml.parse(text.translate(BLANKS), Loader=LOADERS[0]):
        if isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
            _close(open_ones.pop(), text, event)
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            continue
        span = _begun(event, text, in_flow=bool(open_ones) and open_ones[-1].flow)
        if not open_ones:
            root = span
        elif isinstance(top := open_ones[-1], Sequence):
            top.entries.append(span)
        elif (key := keys[-1]) is None:
            keys[-1] = span if isinstance(span, Scalar) else Scalar(span.start, span.end, "")
        else:
            top.keys[key.text], top.values[key.text], keys[-1] = key, span, None
        if not isinstance(span, Scalar):
            open_ones.append(span)
            keys.append(None)
    return root


def comments_in(text: str, span: Span, start: int, end: int) -> list[str]:
    """Return the comments between two offsets, in order; `span` is that of the whole text."""
    pieces: list[str] = []
    here = start
    for each in _scalars(span):
        if each.end > start and each.start < end:
            pieces.append(text[here : max(here, _body(text, each))])
            here = max(here, each.end)
    return [found.rstrip() for piece in (*pieces, text[here:end]) for found in _COMMENT.findall(piece)]


def newline_of(text: str) -> str:
    """Return how the text ends its lines."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def column_of(text: str, offset: int) -> int:
    """Return how many characters stand before an offset in its line."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Return where the line of an offset ends, its line break left out."""
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def next_line(text: str, offset: int) -> int:
    """Return where the line below that of an offset begins; the end of the text where there is none."""
    found = _BREAK.search(text, offset)
    return found.end() if found else len(text)


def _offset(mark: _Mark | None) -> int:
    return mark.index if mark else 0


def _begun(event: yaml.Event, text: str, *, in_flow: bool) -> Span:
    start, end = _offset(event.start_mark), _offset(event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        while style in {"|", ">"} and (blank := _BLANK_LINES.search(text, start, end)):
            end = blank.start()
        return Scalar(start, end, event.value, style, in_flow)
    flow = text[start : start + 1] in {"[", "{"}
    return (Sequence if isinstance(event, yaml.SequenceStartEvent) else Mapping)(start, start, flow)


def _close(span: Sequence | Mapping, text: str, event: yaml.Event) -> None:
    """Set the end: behind the bracket, or behind the last value, since YAML counts what follows a block to it."""
    inner = span.entries if isinstance(span, Sequence) else list(span.values.values())
    span.end = _offset(event.end_mark) if span.flow else inner[-1].end
    if isinstance(span, Sequence) and not span.flow:
        span.dashes.append(span.start)
        for before in span.entries[:-1]:
            found = _DASH.search(text, line_end(text, before.end))
            span.dashes.append(found.start(1) if found else before.end)


def _scalars(span: Span) -> Iterator[Scalar]:
    if isinstance(span, Scalar):
        yield span
    elif isinstance(span, Sequence):
        for entry in span.entries:
            yield from _scalars(entry)
    else:
        for key, value in span.values.items():
            yield span.keys[key]
            yield from _scalars(value)


def _body(text: str, scalar: Scalar) -> int:
    """Return where the characters of a scalar begin that can be no comment: a block's header line can hold one."""
    return line_end(text, scalar.start) if scalar.style in {"|", ">"} else scalar.start
