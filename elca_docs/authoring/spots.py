"""Where in a template something stands, in an author's words, and what is wrong or odd there. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "hint"]

WHOLE_FILE: Final = "file"
"""The label of what concerns no single part."""

_BLANKS = re.compile(r"\s+")
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a template that its author can find.

    `member` is the part in the file ("word/document.xml"; empty for the whole file), `label` what a reader calls it
    ("body", "header 1", "footnotes", "document properties"). `words` is the place in words ("paragraph 12"; "table 2,
    row 3, cell 1, paragraph 1"; "text box 1, paragraph 2"; with "section 2, " in front where a file has several;
    empty where there is none). `paragraph` is the index among all w:p of the member in document order, nested ones
    too; -1 where it is no paragraph. `start` and `end` are the characters of the paragraph's text that it is about;
    0 and 0 are all of it. `text` is at most 80 characters of the surrounding text.
    """

    member: str
    label: str
    words: str = ""
    paragraph: int = -1
    start: int = 0
    end: int = 0
    text: str = ""

    def __str__(self) -> str:
        """Return `body, table 1, row 2, cell 1, paragraph 1: "…text…"`."""
        place = f"{self.label}, {self.words}" if self.words else self.label
        return f'{place}: "{self.text}"' if self.text else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that is wrong or odd in a template: a stable code, how bad it is, one sentence, where, what to do."""

    code: str
    severity: Severity
    message: str
    spot: Spot
    fix: str = ""


def error(code: str, message: str, spot: Spot, fix: str) -> Flaw:
    """Return a flaw that breaks the document or loses text, or that the template is refused for."""
    return Flaw(code=code, severity="error", message=message, spot=spot, fix=fix)


def warning(code: str, message: str, spot: Spot, fix: str) -> Flaw:
    """Return a flaw that a person should look at before the template is used."""
    return Flaw(code=code, severity="warning", message=message, spot=spot, fix=fix)


def hint(code: str, message: str, spot: Spot, fix: str) -> Flaw:
    """Return a flaw that only makes the document less fine."""
    return Flaw(code=code, severity="hint", message=message, spot=spot, fix=fix)


def excerpt(text: str, start: int = 0, end: int = 0) -> str:
    """Return at most 80 characters of the text, blanks joined, around the characters from start to end."""
    flat = _BLANKS.sub(" ", text).strip()
    if len(flat) <= _LONGEST:
        return flat
    before = len(_BLANKS.sub(" ", text[:start]).lstrip())
    length = min(len(_BLANKS.sub(" ", text[start:end])), _LONGEST)
    room = _LONGEST - 2
    first = max(0, min(before + length // 2 - room // 2, len(flat) - room))
    shown = flat[first : first + room]
    return ("…" if first else "") + shown + ("…" if first + room < len(flat) else "")
