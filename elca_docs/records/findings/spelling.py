"""How two writings of a name are related, word by word: the one place where findings compare spellings.

Nothing here knows a record; texts come in and answers come out. Case, accents, hyphens and spaces are folded away
before words are compared, and numbers are never taken for misspelt ones: unit 11 is not unit 12.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Relation = Literal["same", "short", "writing", "spelling", "leaves out", "adds", "replaces", "other"]
"""How another writing stands to a name: the same text, a short form of it, the same letters written differently, a
word nearly alike, words left out of its middle, words added, words replaced, or nothing in common."""

NEAR = 0.8
SHORTEST = 4
"""Words of fewer letters are too easily alike."""
LONGEST = 300
"""Texts of more letters are no names, and comparing them would take too long."""
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")


def folded(text: str) -> str:
    """Return a text without case and accents."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


STOP_WORDS = _words(
    "a an and at by for from in of on or the to with de del der des di die do du e el en et für i il la las le les los "
    "lo na o para pour sur u und v w y z"
)
KIND_WORDS = _words(
    "agency alliance association associazione asociación center centre chamber cluster clusters company "
    "consortium corporation council federation foundation group hub initiative institute klaster net network "
    "networks organisation organization park partnership platform pole pôle project projects red society "
    "union verband verein"
)
"""Words that say of what kind a body is; two bodies are not alike for having one in common."""


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, in order; a hyphen parts words."""
    return tuple(_WORD.findall(folded(text)))


def telling(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that tell one name from another: neither joining words nor kinds of bodies."""
    return tuple(each for each in words if each not in STOP_WORDS and each not in KIND_WORDS)


def nearly(one: str, other: str) -> bool:
    """Whether two different words are alike enough to be one, misspelt; words with a digit never are."""
    lengths = len(one), len(other)
    if one == other or min(lengths) < SHORTEST or max(lengths) > LONGEST or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def relation(name: str, other: str) -> Relation:
    """Return how another writing stands to a name."""
    if name == other:
        return "same"
    first, second = words_of(name), words_of(other)
    if not first or not second or max(len(name), len(other)) > LONGEST:
        return "other"
    if _singular("".join(first)) == _singular("".join(second)):
        return "writing"
    if has_run(first, second) or "".join(second) in _initials(first) or "".join(first) in _initials(second):
        return "short"
    if has_run(second, first):
        return "short" if words_of(_BRACKETS.sub(" ", other)) == first else "adds"
    return _partly(first, second)


def has_run(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether a part stands in the words, unbroken."""
    size = len(part)
    return any(tuple(words[start : start + size]) == tuple(part) for start in range(len(words) - size + 1))


def _partly(first: tuple[str, ...], second: tuple[str, ...]) -> Relation:
    """Return the relation of two names neither of which stands in the other unbroken."""
    joined = "".join(second)
    if set(second) < set(first) or (len(second) == 1 and _is_joined(first, joined)):
        return "leaves out"
    strange = [each for each in second if each not in first]
    if strange and all(any(nearly(each, word) for word in first) for each in strange):
        return "spelling"
    common = set(telling(first)) & set(telling(second))
    return "replaces" if common and len(strange) <= len(second) // 2 + 1 else "other"


def _is_joined(words: Sequence[str], text: str) -> bool:
    """Whether a text is made of two or more of the words, in their order, written as one."""
    used = 0
    for word in words:
        if len(word) > 1 and text.startswith(word):
            text, used = text[len(word) :], used + 1
    return not text and used > 1


def _initials(words: Sequence[str]) -> set[str]:
    """Return the initials of some words, with and without joining words."""
    own = [each for each in words if each not in STOP_WORDS]
    return {"".join(each[0] for each in chosen) for chosen in (words, own) if len(chosen) > 1}


def _singular(text: str) -> str:
    return text.removesuffix("s") if len(text) > SHORTEST else text
