"""A guess at what a misspelt word was meant to be. Pure; bounded, so that ten thousand mistakes stay quick."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_WORDS = 400
MOST_GUESSES = 200
"""With more words, or after so many guesses, only another use of capitals is recognised: comparing letter by letter
would take too long."""


class Vocabulary:
    """The words that would be right, and which of them a wrong one is close to."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep the words in their order."""
        self.words = tuple(dict.fromkeys(words))
        self._folded = {word.casefold(): word for word in reversed(self.words)}
        self._guesses: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """Return the word that is meant, most likely; None where nothing is close."""
        if same := self._folded.get(word.casefold()):
            return same
        if word not in self._guesses:
            if len(self.words) > MOST_WORDS or len(self._guesses) >= MOST_GUESSES:
                return None
            self._guesses[word] = next(iter(get_close_matches(word[:80], self.words, n=1)), None)
        return self._guesses[word]

    def did_you_mean(self, word: str, otherwise: str) -> str:
        """Return the fix for a word that is not known: the nearest one as a question, or the other advice."""
        near = self.nearest(word)
        return f"did you mean '{near}'?" if near else otherwise

    def listed(self, limit: int = 12) -> str:
        """Return the words as they stand in a sentence, with their number where they are too many."""
        if len(self.words) <= limit:
            return ", ".join(self.words)
        return ", ".join(self.words[:limit]) + f" and {len(self.words) - limit} more"
