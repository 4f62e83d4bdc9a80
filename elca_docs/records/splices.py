"""Where in a text a key is put in or taken out, and where the entries of a list are: as splices, nothing is applied.

In a block every key has its lines; in brackets and braces commas count. A comment in lines that go is kept, in a line
of its own; every line ends with a line break. Nothing here knows records; what comes out is read back by `splicing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from elca_docs.records.spans import (
    Mapping,
    Scalar,
    Sequence,
    Span,
    column_of,
    comments_in,
    line_end,
    line_start,
    next_line,
)
from elca_docs.records.spelling import entry_spelling, pair_in_braces, pair_in_lines

_COMMA_BEHIND = re.compile(r"\s*,[ ]*")
_COMMA_BEFORE = re.compile(r",\s*\Z")


Written = str | tuple[str, ...]
"""A value that is written: one text, or a list of texts."""


class Splice(NamedTuple):
    """What comes instead of the characters between two offsets; the splices of one change never overlap."""

    start: int
    end: int
    text: str


def inserted(  # noqa: PLR0913 - one argument per thing that decides a place
    text: str,
    holder: Mapping,
    above: str | None,
    names: tuple[str, ...],
    value: str | tuple[str, ...],
    *,
    is_text: bool,
) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to put a value under keys that hold nothing yet; `above` is the key that comes before them."""
    key = holder.keys.get(names[0])
    if key is not None:
        yield from _filled(text, holder, names, value, is_text=is_text)
    elif above is None:
        for pair in pair_in_braces(names, value, text=is_text):
            yield (Splice(holder.start, holder.end, f"{{{pair}}}"),)
    elif holder.flow:
        behind = holder.values[above].end
        for pair in pair_in_braces(names, value, text=is_text):
            yield (Splice(behind, behind, f", {pair}"),)
    else:
        behind = line_end(text, holder.values[above].end)
        for lines in pair_in_lines(names, value, column_of(text, holder.start), text=is_text):
            yield (Splice(behind, behind, f"\n{lines}"),)


def removed(text: str, whole: Span, chain: list[Mapping], path: tuple[str, ...]) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to take a key out; a group of keys that would be left without any goes with it."""
    depth = len(chain) - 1
    while depth and not any(_holds(each) for key, each in chain[depth].values.items() if key != path[depth]):
        depth -= 1
    holder, name = chain[depth], path[depth]
    key, value = holder.keys[name], holder.values[name]
    if holder.flow:
        yield from _without(text, holder, key.start, value.end)
    elif text[line_start(text, key.start) : key.start].strip():
        colon = text.index(":", key.end) + 1  # the key shares its line with the dash of the record
        yield (Splice(colon, value.end, ""),)
    else:
        yield (_lines_out(text, whole, key.start, value.end),)


def list_edits(text: str, found: Sequence, values: tuple[str, ...], *, is_text: bool) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to change a list of texts; entries that stay keep their characters, and so do their comments."""
    entries = [each for each in found.entries if isinstance(each, Scalar)]
    old, new = [each.text for each in entries], list(values)
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    going = range(head, len(old) - tail)
    coming = [entry_spelling(each, text=is_text) for each in new[head : len(new) - tail]]
    same = tuple(Splice(entries[i].start, entries[i].end, each) for i, each in zip(going, coming, strict=False))
    if len(coming) > len(going):
        yield (*same, _entries_in(text, found, head + len(going), coming[len(going) :]))
    elif len(coming) < len(going):
        for splices in _entries_out(text, found, range(head + len(coming), going.stop)):
            yield (*same, *splices)
    else:
        yield same


def _entries_in(text: str, found: Sequence, at: int, coming: list[str]) -> Splice:
    """Return the splice that puts entries before the one at a position."""
    if not found.entries:
        return Splice(found.start, found.end, f"[{', '.join(coming)}]")
    if found.flow:
        if at:
            behind = found.entries[at - 1].end
            return Splice(behind, behind, "".join(f", {each}" for each in coming))
        return Splice(found.entries[0].start, found.entries[0].start, "".join(f"{each}, " for each in coming))
    margin = "\n" + " " * column_of(text, found.start) + "- "
    if at:
        behind = line_end(text, found.entries[at - 1].end)
        return Splice(behind, behind, "".join(margin + each for each in coming))
    return Splice(found.start, found.start, "".join(f"- {each}{margin[:-2]}" for each in coming))


def _entries_out(text: str, found: Sequence, going: range) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to take entries out: in brackets all at once, or each alone where comments stand between them."""
    if not found.flow:
        yield tuple(_lines_out(text, found, found.dashes[i], found.entries[i].end) for i in going)
        return
    first, last = found.entries[going.start], found.entries[going.stop - 1]
    if going.stop < len(found.entries):
        yield (Splice(first.start, found.entries[going.stop].start, ""),)
    else:
        yield (Splice(found.entries[going.start - 1].end if going.start else first.start, last.end, ""),)
    commas = [_COMMA_BEHIND.match(text, found.entries[i].end, found.end) for i in going]
    yield tuple(
        Splice(found.entries[i].start, comma.end() if comma else found.entries[i].end, "")
        for i, comma in zip(going, commas, strict=True)
    )


def _filled(
    text: str, holder: Mapping, names: tuple[str, ...], value: Written, *, is_text: bool
) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to put a value behind a key that stands there without one."""
    key, nothing = holder.keys[names[0]], holder.values[names[0]]
    column = column_of(text, key.start)
    colon = "" if ":" in text[key.end : nothing.end] else ":"
    if holder.flow:
        for pair in pair_in_braces(names, value, text=is_text):
            yield (Splice(nothing.end, nothing.end, colon + pair.removeprefix(f"{names[0]}:")),)
        return
    for lines in pair_in_lines(names, value, column, text=is_text):
        behind_key = lines.lstrip().removeprefix(f"{names[0]}:")
        at = line_end(text, nothing.end) if behind_key.startswith("\n") else nothing.end
        yield (Splice(at, at, behind_key),)


def _without(text: str, holder: Mapping, start: int, end: int) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to take a pair out of braces, with one comma."""
    if behind := _COMMA_BEHIND.match(text, end, holder.end):
        yield (Splice(start, behind.end(), ""),)
    elif before := _COMMA_BEFORE.search(text, holder.start, start):
        yield (Splice(before.start(), end, ""),)


def _lines_out(text: str, whole: Span, start: int, end: int) -> Splice:
    """Return the splice that takes whole lines out; their comments stay, each in a line of its own."""
    begin, stop = line_start(text, start), line_end(text, end)
    margin = text[begin:start]
    kept = comments_in(text, whole, start, stop)
    if kept:
        return Splice(begin, stop, "\n".join(margin + comment for comment in kept))
    return Splice(begin, next_line(text, end), "")


def _holds(span: Span) -> bool:
    """Whether there is a value."""
    return not (isinstance(span, Scalar) and span.empty)
