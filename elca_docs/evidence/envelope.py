"""The outside of a PDF: what its first and last bytes say, before any parser sees it.

A parser forgives much, and evidence must not: a signed file that was cut off on its way can open without an error as
the draft it was made from. So the two ends of the file are looked at here, and nothing between them.
"""

from __future__ import annotations

import re
from typing import Final

from elca_docs.errors import Location, Problem

SIZE_LIMIT: Final = 200 * 1024 * 1024
"""The largest file that is taken, in bytes."""
_END: Final = 1024  # readers look for the marks in the first and the last 1,024 bytes (PDF Reference 1.7, H.3)
_MEGABYTE: Final = 1024 * 1024
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)
# What an update appended to a finished PDF begins with; where one begins and no end follows, it was cut off.
_GOES_ON = re.compile(rb"[\s\0]*(?:[0-9]|xref|startxref|trailer)")
_LOOKS_LIKE = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"{\\rtf", "a rich-text file"),
)


def file_place(name: str) -> Location:
    """Return the place of a file handed in, its name made safe for a terminal."""
    return Location(printable(name))


def printable(text: str) -> str:
    """Return text that is safe on a terminal: what cannot be printed is spelled out."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def envelope_problem(data: bytes, *, name: str) -> Problem | None:
    """Return what keeps the bytes from being a whole PDF by their two ends, or None."""
    place = file_place(name)
    if not data:
        message = "the file is empty (0 bytes)"
        return Problem("pdf-empty", message, place, "copy the file again, or ask the sender for it")
    if len(data) > SIZE_LIMIT:
        message = f"the file has more than {SIZE_LIMIT // _MEGABYTE} MB, the most that is taken"
        return Problem("pdf-too-large", message, place, "scan the pages again in black and white or at 200 dpi")
    if b"%PDF-" not in data[:_END]:
        message = f"the file is no PDF, whatever its name says: it looks like {_likeness(data)}"
        return Problem("pdf-not-a-pdf", message, place, "save or scan the signed copy as PDF; do not just rename it")
    if not _ends(data):
        message = "the file breaks off before its end, so pages or signatures may be lost"
        fix = "wait until it is copied whole, or download it from the sender again"
        return Problem("pdf-incomplete", message, place, fix)
    return None


def _ends(data: bytes) -> bool:
    """Whether the end mark stands near the end, and no further section begins behind it."""
    end = data.rfind(b"%%EOF", max(0, len(data) - _END))
    return end >= 0 and not _GOES_ON.match(data, end + len(b"%%EOF"))


def _likeness(data: bytes) -> str:
    """Return in words what the first bytes look like."""
    for start, words in _LOOKS_LIKE:
        if data.startswith(start):
            return words
    return "a web page" if _MARKUP.match(data[:_END].removeprefix(b"\xef\xbb\xbf")) else "no kind of file known here"
