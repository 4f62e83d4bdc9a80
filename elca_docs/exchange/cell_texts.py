"""The one form in which a cell's text is compared: composed, in one line, without blanks around it.

A cell of a workbook and a field of a record mean the same when their texts have the same form here, whatever a
spreadsheet did to blanks and line breaks on the way. Texts come in and go out; no workbook is known here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from elca_docs.model.sheets import CellKind, SheetColumn

SEPARATOR: Final = "; "
"""What stands between the entries of a list."""
MARKS: Final = 6
"""Hexadecimal digits of each half of a stamp."""

_SHOWN: Final = 40
_BREAKS = re.compile(r"[ ]*[\t\n\r\v\f\x85\u2028\u2029]+[ ]*")
_BLANKS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " "})
_ENTRY_ENDS = re.compile(r"[;\n\r\v\f\x85\u2028\u2029]")
# What no record may hold: nobody sees it, so two names that look alike would differ.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef"
    "\ufffd-\uffff]"
)
# A control character, or the beginning of what only looks like one, in ISO/IEC 29500-1, 22.9.2.19.
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|007[Ff]|005[Ff](?=_x[0-9A-Fa-f]{4}_))_")


def normal(kind: CellKind, text: str) -> str:
    """Return the text in the form that is compared and recorded; the entries of a list with "; " between them."""
    return SEPARATOR.join(entries(text)) if kind == "list" else plain(text)


def compared(column: SheetColumn, text: str) -> str:
    """Return the text of a cell as it is compared; an empty one says what the column means by that."""
    return normal(column.kind, text) or column.empty


def plain(text: str) -> str:
    """Return the text in one line and in Unicode's composed form; line breaks and tabs count as blanks."""
    composed = unicodedata.normalize("NFC", text.translate(_BLANKS))
    return _BREAKS.sub(" ", composed).strip()


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a list, which a semicolon or a line break ends; empty ones do not count."""
    return tuple(entry for entry in map(plain, _ENTRY_ENDS.split(text)) if entry)


def survives(kind: CellKind, value: str | tuple[str, ...]) -> bool:
    """Whether a value of a record could be written in a cell and read back as it was, blanks around it aside."""
    if isinstance(value, tuple):
        return entries(SEPARATOR.join(value)) == tuple(each.strip() for each in value)
    return normal(kind, value) == value.strip()


def folded(text: str) -> str:
    """Return the form in which names are compared: without capitals and double blanks."""
    return " ".join(plain(text).casefold().split())


def unescaped(text: str) -> str:
    """Return the text with the characters that the file spells out as themselves, so that control ones are noticed."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def forbidden_in(text: str) -> str | None:
    """Return the name of the first character that no record may hold, such as "U+200B ZERO WIDTH SPACE"."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X} {unicodedata.name(found[0], '')}".rstrip() if found else None


def cut(text: str) -> str:
    """Return a text as it can stand in a sentence: short, and with what cannot be seen spelled out."""
    seen = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text[: _SHOWN + 1])
    return seen if len(seen) <= _SHOWN else f"{seen[: _SHOWN - 1]}…"


def mark(record: str, texts: Iterable[str]) -> str:
    """Return a short fingerprint of some cells of a record, by which a later change of them is noticed."""
    joined = "\x1f".join((record, *texts)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:MARKS]
