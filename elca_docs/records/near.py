"""A guess at what a misspelt word was meant to be. Pure; bounded, so that ten thousand mistakes stay quick."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from elca_docs.records.text import shown

MOST_WORDS = 400
MOST_WORK = 5_000_000
"""With more words, or after so many letters were compared with letters, only another use of capitals is recognised:
guessing on would take too long."""
_LETTERS = 80


class Vocabulary:
    """The words that would be right, and which of them a wrong one is close to."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep the words in their order."""
        self.words = tuple(dict.fromkeys(words))
        self._folded = {word.casefold(): word for word in reversed(self.words)}
        self._guesses: dict[str, str | None] = {}
        self._letters = sum(min(len(word), 2 * _LETTERS) for word in self.words)
        self._work = 0

    def nearest(self, word: str) -> str | None:
        """Return the word that is meant, most likely; None where nothing is close."""
        if same := self._folded.get(word.casefold()):
            return same
        if word not in self._guesses:
            if len(self.words) > MOST_WORDS or self._work >= MOST_WORK:
                return None
            self._work += min(len(word), _LETTERS) * self._letters
            self._guesses[word] = next(iter(get_close_matches(word[:_LETTERS], self.words, n=1)), None)
        return self._guesses[word]

    def did_you_mean(self, word: str, otherwise: str) -> str:
        """Return the fix for a word that is not known: the nearest one as a question, or the other advice."""
        near = self.nearest(word)
        return f"did you mean '{shown(near)}'?" if near else otherwise

    def listed(self, limit: int = 12) -> str:
        """Return the words as they stand in a sentence, with their number where they are too many."""
        listed = ", ".join(shown(word) for word in self.words[:limit])
        return listed if len(self.words) <= limit else f"{listed} and {len(self.words) - limit} more"
