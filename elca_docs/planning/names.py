"""File names that every system takes: a number, then a readable slug.

The number alone identifies a file; the slug is for the eye. No name is ever built from free text alone, because
Windows refuses some characters, ends and reserved words, and two spellings may fall together (evidence notes 2.6).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SLUG_LENGTH: Final = 48
UNNAMED: Final = "unnamed"
"""What is left of a name without a single Latin letter or digit."""
# What Unicode does not take apart into a base letter and an accent.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE"}
)


def slug(text: str) -> str:
    """Return at most 48 characters of a-z, 0-9 and single hyphens; "unnamed" where nothing of the text remains."""
    words = re.findall("[a-z0-9]+", without_accents(text).lower())
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        short = longer
    return short or UNNAMED


def without_accents(text: str) -> str:
    """Return text with each Latin letter as its base letter, so that two ways of storing one word are the same."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(each for each in plain if not unicodedata.combining(each))


def draft_name(reference: str, counterpart: str, *, language: str = "") -> str:
    """Return the file name of a draft; `language` only where it is not the agreement's own."""
    return f"{reference}_{slug(counterpart)}{f'.{language}' if language else ''}.docx"


def archive_name(number: str, reference: str, counterpart: str, *, part: int = 0) -> str:
    """Return the readable name of a signed copy; `part` from 1 where parties signed separate copies."""
    return f"{number}_{reference.replace('/', '-')}_{slug(counterpart)}{f'_{part}' if part else ''}.pdf"
