"""Bytes of a record file → clean text, or the problems that stand in the way.

Answers for encoding, size and characters that nobody can see; knows nothing of YAML's grammar or of records, and
reads no disk. Positions are kept: a character is at most replaced by one other, never moved.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from elca_docs.errors import Location, Problem
from elca_docs.model.characters import FORBIDDEN, named

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 1_000_000
"""Bytes. A record file that is larger is no plan that people write (notes on evidence, 2.5)."""

NOTHING = frozenset({"null", "Null", "NULL", "~", "none", "None"})
"""Words with which people mean that there is no value; here they are text."""
LEAVE_EMPTY = "to say that nothing is known, leave the place behind the colon empty"

MOST_MARKS = 30
"""Accents on one letter. No language needs more (Unicode, UAX 15, stream-safe text), and putting ten thousand of them
in order takes minutes."""
_BEYOND_LATIN = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1},}}")

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_STANDS_IN = "_"


def decoded(path: str, data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    r"""Return the text with `\n` line ends and without a byte order mark, and the problems found on the way.

    The text is None where the bytes are none; with a forbidden character replaced it can still be parsed, so that
    all problems of a file come at once.
    """
    if len(data) > LARGEST_FILE:
        return None, (_too_large(path, data),)
    if data.startswith(_UTF_16):
        return None, (_not_utf8(path, "it is written as UTF-16", 1, 1),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return None, (_not_utf8(path, "a byte is no part of a letter", *_line_and_column(before)),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = tuple(_forbidden_in(path, text))
    return (FORBIDDEN.sub(_STANDS_IN, text) if problems else text), problems


def forbidden_character(text: str) -> str | None:
    """Return the name of the first character that no value may hold, or None; a tab counts here too."""
    found = FORBIDDEN.search(text) or re.search("\t", text)
    if found:
        return named(found[0])
    at = _stacked_at(text)
    return None if at is None else named(text[at])


def composed(text: str) -> str:
    """Return the text in Unicode's composed form (NFC), so that an accent typed in two ways is one letter.

    A text with a letter under more than MOST_MARKS accents, which is a problem anyhow, comes back as it is.
    """
    return text if text.isascii() or _stacked_at(text) is not None else unicodedata.normalize("NFC", text)


def shown(text: object, limit: int = 60) -> str:
    """Return a value as it can stand inside one line of a message: cut when long, control characters spelled out."""
    line = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in str(text)[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def counted(number: int, word: str, plural: str = "") -> str:
    """Return a number with its word, in the plural unless there is exactly one: 1 month, 4 months."""
    return f"{number} {word}" if number == 1 else f"{number} {plural or f'{word}s'}"


def _forbidden_in(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in FORBIDDEN.finditer(line):
            place = Location(path, number, match.start() + 1)
            if match[0] == "\ufffd":
                message = "a letter is lost here: U+FFFD stands in its place"
                yield Problem("lost-character", message, place, "type the letter again")
            else:
                message = f"the invisible character {named(match[0])} stands in this line"
                yield Problem("control-character", message, place, "delete the character, or type the line again")
            break  # one message per line is enough to find it
        if (at := _stacked_at(line)) is not None:
            message = f"more than {MOST_MARKS} accents stand on one letter here"
            yield Problem("stacked-accents", message, Location(path, number, at + 1), "type the word again")


def _stacked_at(text: str) -> int | None:
    """Return where the first accent stands that is one too many for its letter, or None."""
    for run in _BEYOND_LATIN.finditer(text):
        marks = 0
        for at in range(*run.span()):
            marks = marks + 1 if unicodedata.combining(text[at]) else 0
            if marks > MOST_MARKS:
                return at
    return None


def _line_and_column(before: str) -> tuple[int, int]:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _too_large(path: str, data: bytes) -> Problem:
    message = f"the file has {len(data):,} bytes; a record file may have {LARGEST_FILE:,}"
    fix = "write shorter texts; a list of records can also be split into several files in a folder of the same name"
    return Problem("file-too-large", message, Location(path), fix)


def _not_utf8(path: str, why: str, line: int, column: int) -> Problem:
    message = f"the file is not UTF-8 text: {why}"
    return Problem("not-utf8", message, Location(path, line, column), "save it as UTF-8 in the editor")
