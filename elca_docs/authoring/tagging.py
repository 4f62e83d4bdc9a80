"""Tags in the stream of a part's text, found as an author's slips leave them: split, unclosed, half, across cells.

What docxtpl joins is joined here too (runs, paragraphs, cells; tabs and line breaks are taken out), so a tag is here
what docxtpl will take for one. Nothing is judged.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from elca_docs.authoring.paragraphs import Paragraph, Piece, Tag
from elca_docs.rendering.package import W

_OPENER = re.compile(r"\{[{%#]")
_HALF = re.compile(r"[}%#]\}")
# A tag ends before the next one begins, so that one slip does not swallow the tags behind it; what it holds in quotes
# may be braces: {{ "}}" }}.
_QUOTED = r"""\"[{}%#]{1,3}\"|'[{}%#]{1,3}'"""
_WHOLE = {
    "{{": re.compile(rf"\{{\{{(?:{_QUOTED}|(?!\}}\}}|\{{[{{%#]).)*?\}}\}}", re.DOTALL),
    "{%": re.compile(rf"\{{%(?:{_QUOTED}|(?!%\}}|\{{[{{%#]).)*?%\}}", re.DOTALL),
    "{#": re.compile(r"\{#(?:(?!#\}|\{#).)*#\}", re.DOTALL),
}
_PREFIX = re.compile(r"(p|r|tr|tc)(?=\s)")
_RAW = re.compile(r"\s*raw\s*")
_ENDRAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")

_ORDINARY = f"{{{W}}}t"

Stream = Sequence[tuple[Paragraph, Piece]]


def tags_of(stream: Stream) -> tuple[list[tuple[int, Tag]], list[Tag]]:
    """Return the whole tags with the character of the stream at which each begins, and half tags, in document order."""
    text = "".join(piece.text for _, piece in stream)
    if "{" not in text and "}" not in text:
        return [], []
    cutter = _Cutter(stream)
    whole: list[tuple[int, Tag]] = []
    halves: list[Tag] = []
    for start, end, closed in _spans(text):
        tag = cutter.tag(text[start:end], start, end, closed=closed)
        if closed:
            whole.append((start, tag))
        else:
            halves.append(tag)
    return whole, halves


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each tag begins and ends, and whether it is whole; of half tags the two braces."""
    position = 0
    while opener := _OPENER.search(text, position):
        start = opener.start()
        yield from _half_ends(text, position, start)
        whole = _WHOLE[opener[0]].match(text, start)
        end = position = whole.end() if whole else start + 2
        yield start, end, whole is not None
        if whole and opener[0] == "{%" and _RAW.fullmatch(text[start + 2 : end - 2].strip("-")):
            close = _ENDRAW.search(text, end)
            position = close.start() if close else end
    yield from _half_ends(text, position, len(text))


def _half_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for half in _HALF.finditer(text, start, end):
        yield half.start(), half.end(), False


class _Cutter:
    """Makes tags of spans of the stream; knows where each piece begins in it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._starts: list[int] = []
        total = 0
        for _, piece in stream:
            self._starts.append(total)
            total += len(piece.text)

    def tag(self, text: str, start: int, end: int, *, closed: bool) -> Tag:
        pieces = tuple(self._covered(start, end))
        first, begin = pieces[0][0], pieces[0][1].start + pieces[0][2]
        last, beyond = pieces[-1][0], pieces[-1][1].start + pieces[-1][3]
        if not closed:
            return Tag(text, "", text, "", first, begin, last, beyond, pieces)
        prefix, inner, dashes = _parted(_joined(text, pieces))
        return Tag(text[:2], prefix, text, inner, first, begin, last, beyond, pieces, *dashes)

    def _covered(self, start: int, end: int) -> Iterator[tuple[Paragraph, Piece, int, int]]:
        index = bisect_right(self._starts, start) - 1
        while index < len(self._stream) and self._starts[index] < end:
            paragraph, piece = self._stream[index]
            offset = self._starts[index]
            yield paragraph, piece, max(start - offset, 0), min(end - offset, len(piece.text))
            index += 1


def _joined(text: str, pieces: Sequence[tuple[Paragraph, Piece, int, int]]) -> str:
    """Return what docxtpl makes of the tag: between ordinary texts, deleted text and field codes are taken out."""
    ordinary = [str(piece.element.tag) == _ORDINARY for _, piece, _, _ in pieces]
    if all(ordinary) or not (ordinary[0] and ordinary[-1]):
        return text
    return "".join(piece.text[start:end] for (_, piece, start, end), kept in zip(pieces, ordinary, strict=True) if kept)


def _parted(text: str) -> tuple[str, str, tuple[bool, bool]]:
    """Return the prefix of a tag, what stands between its braces, and whether it begins and ends with a dash."""
    inner = text[2:-2]
    opens, closes = inner.startswith("-"), inner.endswith("-") and len(inner) > 1
    inner = inner[opens : len(inner) - closes]
    prefix = None if opens else _PREFIX.match(inner)
    return (prefix[0] if prefix else ""), (inner[prefix.end() :] if prefix else inner), (opens, closes)
