"""Words of texts as rules compare them, and lists as findings print them. Pure; knows no record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+(?:[&'’-][^\W_]+)*")
_SHORTEST_PLURAL = 4
MOST_LISTED = 12


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared: small letters, without the s of a plural."""
    return frozenset(map(word_stem, spelled(text)))


def spelled(text: str) -> list[str]:
    """Return the words of a text as they are written, hyphens and apostrophes inside kept."""
    return _WORD.findall(text)


def parts_of(name: str) -> frozenset[str]:
    """Return the words of an identifier, `international-meeting`, as `words_of` would give them."""
    return words_of(re.sub(r"[-_.+]", " ", name))


def word_stem(word: str) -> str:
    """Return a word in small letters, without the s of a plural."""
    folded = word.casefold()
    return folded[:-1] if len(folded) >= _SHORTEST_PLURAL and folded.endswith("s") else folded


def listed(words: Iterable[object], limit: int = MOST_LISTED) -> str:
    """Return what a sentence enumerates: a, b, c and 4 more."""
    every = [str(each) for each in words]
    more = f" and {len(every) - limit} more" if len(every) > limit else ""
    return ", ".join(every[:limit]) + more


def joined(words: Iterable[object]) -> str:
    """Return a short list with its last 'and': a, b and c."""
    every = [str(each) for each in words]
    return " and ".join([", ".join(every[:-1]), every[-1]] if every[1:] else every)


def quoted(words: Iterable[object]) -> str:
    """Return a short list of words that are printed somewhere: 'a', 'b' and 'c'."""
    return joined(f"'{each}'" for each in words)


def phrases(words: list[str], longest: int) -> Iterator[str]:
    """Return every run of at most so many words, in small letters: names are looked up among them."""
    folded = [word.casefold() for word in words]
    for start in range(len(folded)):
        for end in range(start + 1, min(start + longest, len(folded)) + 1):
            yield " ".join(folded[start:end])
