"""Characters that no text of a person may hold, however they got there: nobody sees them, or nobody can write them.

One list, so that a record and a text that was unescaped are judged alike. It knows nothing of files or messages.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; NEL would also begin a new line in YAML only
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that change the direction in which text is shown
    "\u200b\u2060\ufeff"  # invisible, so two names that look the same differ
    "\u2028\u2029"  # end a line in YAML, but not in an editor
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and noncharacters
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff"
    "\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff"
    "\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff"
    "\U0010fffe\U0010ffff"
    "\ufffd"  # stands where an earlier program lost a letter
    "]"
)
"""One forbidden character; a tab and line ends are none."""


def named(character: str) -> str:
    """Return a character as people can look it up: U+202E RIGHT-TO-LEFT OVERRIDE."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
