"""One segment of the log as text, and back: what makes a segment whole, damaged or torn. Pure: bytes in, values out.

    {"actor": "ana", "at": "2021-10-05T09:30:00Z", "previous": "<sha256>", "segment": 7}
    {"agreement": "T2-01", "kind": "referenced", …}
    {"count": 1, "hash": "<sha256 of all bytes above>"}

`previous` is the SHA-256 of the whole segment before (64 zeros in the first): changing any byte of any segment breaks
its own hash, and replacing a segment by another whole one breaks the next. What no chain can show is that its last
segments are missing: whoever needs that keeps `RegisterView.head` elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from elca_docs.model.log_events import LogEvent, event_of, line_of
from elca_docs.model.log_lines import UnknownLineError, built, json_line, object_of
from elca_docs.model.register import Entry

_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_HEADER_BEGINS: Final = b'{"actor": "'
_LINE_BEGINS: Final = b'{"'
_TRAILER_BEGINS: Final = b'{"count"'


class SegmentError(ValueError):
    """A segment that is not whole: `line` from 1 (0: the whole file), what is wrong with it, the problem's code."""

    def __init__(self, line: int, what: str, code: str = "log-damaged") -> None:
        """Say what is wrong, and where."""
        super().__init__(what)
        self.line, self.what, self.code = line, what, code


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What one run appended: its number from 1, the time in UTC, the actor's id, the hash before it, its events."""

    number: int
    at: str
    actor: str
    previous: str
    events: tuple[LogEvent, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The events with their addresses, counted from 1 in their segment."""
        return tuple(
            Entry(address=f"{self.number}.{place}", at=self.at, actor=self.actor, event=event)
            for place, event in enumerate(self.events, start=1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The first line of a segment."""

    actor: str
    at: str
    previous: str
    segment: int


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def segment_bytes(segment: Segment) -> bytes:
    """Return a segment as it stands in its file."""
    header = {"segment": segment.number, "at": segment.at, "actor": segment.actor, "previous": segment.previous}
    lines = [json_line(header), *(line_of(event) for event in segment.events)]
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + _trailer(body, len(segment.events))


def segment_of(data: bytes, *, number: int, previous: str | None) -> Segment:
    """Return the segment that the bytes of a file hold; SegmentError where one byte is not as it was written.

    Where the segment before it cannot be believed, `previous` is None: what this one says of it is then not judged.
    """
    *lines, rest = data.split(b"\n")
    if rest or not lines:
        raise SegmentError(len(lines) + 1, "breaks off before its last line end")
    body = data[: len(data) - len(lines[-1]) - 1]
    if lines[-1] + b"\n" != _trailer(body, len(lines) - 2):
        raise _changed(data, len(lines))
    header = _header_of(lines[0], number=number, previous=previous)
    events = tuple(_event_of(line, place) for place, line in enumerate(lines[1:-1], start=2))
    if not events:
        raise SegmentError(0, "holds no event")
    return Segment(number=number, at=header.at, actor=header.actor, previous=header.previous, events=events)


def is_torn(data: bytes, *, number: int, previous: str | None) -> bool:
    """Whether a file is what a writer leaves that stopped half-way: a true beginning without the last line.

    Nothing that has its last line is torn: not where one byte of it differs, and not where only the line end behind
    it lacks, as an editor may leave it. A whole segment that was changed is damage, and never set aside.
    """
    *lines, rest = data.split(b"\n")
    if not lines:
        return _begins(rest, _HEADER_BEGINS)
    try:
        _header_of(lines[0], number=number, previous=previous)
        count = len([_event_of(line, place) for place, line in enumerate(lines[1:], start=2)])
    except SegmentError:
        return False
    if rest.startswith(_TRAILER_BEGINS):
        trailer = _trailer(data[: len(data) - len(rest)], count)
        return trailer.startswith(rest) and len(rest) < len(trailer) - 1
    return _begins(rest, _LINE_BEGINS)


def _trailer(body: bytes, count: int) -> bytes:
    return json_line({"count": count, "hash": digest_of(body)}).encode() + b"\n"


def _begins(part: bytes, start: bytes) -> bool:
    """Whether a part of a line, however short, is the beginning of a line that begins like `start`."""
    return part[: len(start)] == start[: len(part)]


def _changed(data: bytes, last: int) -> SegmentError:
    """Return what to say of a segment whose last line does not fit the lines above it."""
    if b"\r\n" in data:
        return SegmentError(0, "has other line ends than it was written with (a git setting or an editor changed them)")
    if data.startswith(b"<<<<<<< ") or b"\n<<<<<<< " in data:
        return SegmentError(0, "holds the marks of a merge: two places wrote this segment apart", "log-fork")
    return SegmentError(
        last, "does not end with the count and the hash of its lines: it was changed after it was written"
    )


def _header_of(line: bytes, *, number: int, previous: str | None) -> _Header:
    try:
        header = built(_Header, "header", object_of(line.decode()))
    except (UnicodeDecodeError, UnknownLineError) as error:
        raise SegmentError(1, f"has no readable first line: {error}") from error
    if header.segment != number:
        raise SegmentError(1, f"says that it is segment {header.segment}: it bears another one's name")
    if not _TIME.fullmatch(header.at):
        raise SegmentError(1, f"says it was written at {header.at!r:.60}, which is no time in UTC")
    if previous is not None and header.previous != previous:
        raise SegmentError(1, "does not continue the segment before it: one of the two was changed or replaced")
    return header


def _event_of(line: bytes, place: int) -> LogEvent:
    """Return the event of a line; its hash being right, what is unknown here was written by a newer program."""
    try:
        return event_of(line.decode())
    except UnicodeDecodeError as error:
        raise SegmentError(place, "is not UTF-8") from error
    except UnknownLineError as error:
        raise SegmentError(place, f"says something that this version does not know: {error}", "log-newer") from error
