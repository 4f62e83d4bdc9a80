"""A value → the YAML that spells it: plain where that stays the same text, in quotes or as a block where it does not.

Offers spellings, the nicest first; whoever writes one reads it back before it is trusted (`splicing`). Nothing here
looks at a file.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

WIDTH: Final = 120
"""Columns of a line in a record file; a longer text is folded, a longer list written below, where the place allows."""
INDENT: Final = 2
_NARROWEST: Final = 40

_NO_BREAK: Final = {0x00A0: "\\u00a0", 0x2007: "\\u2007", 0x202F: "\\u202f"}  # read as blanks unless escaped
_ESCAPES: Final = _NO_BREAK | {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n"}
_FOLDABLE = re.compile(r"\S+(?: \S+)*")
_HARMLESS = re.compile(r"[^\W_](?:[\w./()&+'-]| (?=[\w(&]))*")
_RESOLVER = yaml.resolver.Resolver()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to stand: behind which key, in which column that key begins, whether inside brackets.

    `text` says whether other programs must see text as well, which `0042` without quotes is not.
    """

    key: str = ""
    column: int = 0
    flow: bool = False
    text: bool = True

    def fits(self, spelled: str) -> bool:
        """Whether a value stands in one line with its key."""
        return self.column + len(self.key) + len(": ") + len(spelled) <= WIDTH


def spellings(value: str, place: Place, before: str = "") -> Iterator[str]:
    r"""Yield what can stand behind the key, the spelling most like the one it replaces first; lines end with `\n`.

    `before` is the style of the old spelling: "" for plain, a quote, `|` or `>`.
    """
    quoted = _quotes(value)
    if len(quoted) == 1:
        yield _spelled(value, quoted[0], place.column)
        return
    order = ["", *quoted]
    if before in {"'", '"'}:
        order = [before, *quoted, ""]
    elif place.text and not _stays_text(value):
        order = [*quoted, ""]
    if "\n" in value or before == "|":
        order.insert(0, "|")
    elif before == ">" or not place.fits(value):
        order.insert(0, ">")
    for style in dict.fromkeys(order):
        if not (place.flow and style in {"|", ">"}) and (found := _spelled(value, style, place.column)):
            yield found


def entry_spelling(value: str, *, text: bool) -> str:
    """Return an entry of a list, safe in brackets and behind a dash."""
    if _HARMLESS.fullmatch(value) and (_stays_text(value) or not text):
        return value
    return _spelled(value, _quotes(value)[0], 0) or _spelled(value, '"', 0)


def list_spelling(values: Sequence[str], place: Place) -> str:
    """Return a list behind its key, in brackets where it fits into the line or must, else one line per entry."""
    entries = [entry_spelling(each, text=place.text) for each in values]
    line = f"[{', '.join(entries)}]"
    if place.flow or place.fits(line):
        return line
    margin = "\n" + " " * (place.column + INDENT) + "- "
    return "".join(margin + each for each in entries)


def pair_in_braces(names: Sequence[str], value: str | tuple[str, ...], *, text: bool) -> Iterator[str]:
    """Yield keys inside one another with the value of the innermost, as they stand in braces: a: {b: value}."""
    place = Place(names[-1], flow=True, text=text)
    for spelling in spellings(value, place) if isinstance(value, str) else (list_spelling(value, place),):
        inner = spelling
        for name in reversed(names[1:]):
            inner = f"{{{name}: {inner}}}"
        yield f"{names[0]}: {inner}"


def pair_in_lines(names: Sequence[str], value: str | tuple[str, ...], column: int, *, text: bool) -> Iterator[str]:
    """Yield keys inside one another with the value of the innermost, as lines that begin at a column."""
    margins = [" " * (column + INDENT * level) for level in range(len(names))]
    head = "\n".join(f"{margin}{name}:" for margin, name in zip(margins, names, strict=True))
    place = Place(names[-1], len(margins[-1]), text=text)
    for spelling in spellings(value, place) if isinstance(value, str) else (list_spelling(value, place),):
        yield head + ("" if spelling.startswith("\n") else " ") + spelling


def _spelled(value: str, style: str, column: int) -> str:
    """Return a value in one style; empty where it cannot be written so."""
    margin = "\n" + " " * (column + INDENT)
    match style:
        case '"':
            return f'"{value.translate(_ESCAPES)}"'
        case "|":
            return "|-" + "".join(margin + line if line else "\n" for line in value.split("\n"))
        case ">" if _FOLDABLE.fullmatch(value):
            width = max(_NARROWEST, WIDTH - column - INDENT)
            lines = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
            return ">-" + "".join(margin + line for line in lines)
        case "'" if "\n" not in value:
            return "'" + value.replace("'", "''") + "'"
        case "" if "\n" not in value:
            return value
    return ""


def _quotes(value: str) -> tuple[str, ...]:
    """Return the quotes a value can stand in, the nicer ones first; only double ones can spell a no-break space."""
    if value != value.translate(_NO_BREAK):
        return ('"',)
    return ("'", '"') if '"' in value or "\\" in value else ('"', "'")


def _stays_text(value: str) -> bool:
    """Whether a program that guesses types takes the plain spelling for text."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # no types there
    return bool(tag == "tag:yaml.org,2002:str")
