"""Which words of an issued version are gone from what came back, and which are new: page by page, bounded in work.

Comparing two long rows of words can take their product in time, so pages are first put beside their equals, what both
have at either end is set aside, and where the rest is still too much the words are counted instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from elca_docs.evidence.envelope import printable

Words = tuple[str, ...]
_RUNS: Final = 20
_RUN_LENGTH: Final = 200
_EFFORT: Final = 10_000_000
"""How many pairs of words may be looked at in all."""
_PAIR_LIMIT: Final = 4_000_000
"""And on one page: two pages of 2,000 words."""


@dataclass(slots=True)
class WordChanges:
    """Runs of words with their page, at most 20 each way, and how many words in all."""

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed_words: int = 0
    added_words: int = 0
    effort: int = 0

    def compare(self, issued_page: int, issued: Words, page: int, shown: Words) -> None:
        """Take in what differs between a page as issued and the page that stands in its place."""
        for gone, new in self._changes(*_middles(issued, shown)):
            self.take_out(issued_page, gone)
            self.put_in(page, new)

    def take_out(self, page: int, words: Words) -> None:
        """Take in a run of words of the issued version that is gone."""
        self.removed_words += len(words)
        _keep(self.removed, page, words)

    def put_in(self, page: int, words: Words) -> None:
        """Take in a run of words that was not issued."""
        self.added_words += len(words)
        _keep(self.added, page, words)

    def _changes(self, issued: Words, shown: Words) -> Iterator[tuple[Words, Words]]:
        pairs = len(issued) * len(shown)
        self.effort += pairs
        if pairs > _PAIR_LIMIT or self.effort > _EFFORT:
            before, after = Counter(issued), Counter(shown)
            yield tuple((before - after).elements()), tuple((after - before).elements())
            return
        matcher = SequenceMatcher(None, issued, shown, autojunk=False)
        for kind, start, end, new_start, new_end in matcher.get_opcodes():
            if kind != "equal":
                yield issued[start:end], shown[new_start:new_end]


def pairs_of(issued: Sequence[Words], shown: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Yield which page of the file stands for which page of the issue (from 1), 0 where there is none on one side.

    As many pages stand for one another in their order. Where some are missing or more, pages with the same words find
    each other first.
    """
    if len(issued) == len(shown):
        yield from ((number, number) for number in range(1, len(issued) + 1))
        return
    matcher = SequenceMatcher(None, issued, shown, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        for step in range(max(end - start, new_end - new_start)):
            before, after = start + step, new_start + step
            yield before + 1 if before < end else 0, after + 1 if after < new_end else 0


def _middles(issued: Words, shown: Words) -> tuple[Words, Words]:
    """Return both rows without what they share at the beginning and at the end."""
    shortest = min(len(issued), len(shown))
    head = next((place for place in range(shortest) if issued[place] != shown[place]), shortest)
    shortest -= head
    tail = next((place for place in range(shortest) if issued[-1 - place] != shown[-1 - place]), shortest)
    return issued[head : len(issued) - tail], shown[head : len(shown) - tail]


def _keep(runs: list[str], page: int, words: Words) -> None:
    """Keep a run of words in a readable form, up to the limit."""
    if words and len(runs) < _RUNS:
        text = printable(" ".join(words[:_RUN_LENGTH]))
        runs.append(f"page {page}: {text[:_RUN_LENGTH]}{'…' if len(text) > _RUN_LENGTH else ''}")
