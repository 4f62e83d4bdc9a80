"""Plain questions to a comparison of a file with the version that was issued; the rules of both roads ask them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from elca_docs.evidence.envelope import printable
from elca_docs.model.facts import Comparison

_SHOWN: Final = 3
"""How many runs of words a message shows."""
_LENGTH: Final = 80
"""How many characters of each."""


def untouched(found: Comparison) -> bool:
    """Whether words, pictures and pages are those that were issued, in updates behind the issued bytes too."""
    return found.same and not (taken_out(found) or put_in(found) or found.changed_pages)


def taken_out(found: Comparison) -> bool:
    """Whether words or pages of the issued version are gone."""
    return bool(found.removed or found.removed_words) or found.pages < found.issued_pages


def put_in(found: Comparison) -> bool:
    """Whether words or pages are there that were not issued."""
    return bool(found.added or found.added_words) or found.pages > found.issued_pages


def looks_scanned(found: Comparison) -> bool:
    """Whether the file is a picture of the paper: what a scanner reads off it is no text to compare."""
    return not (found.has_text or untouched(found))


def counted(found: Comparison) -> str:
    """Return how many words differ, for a sentence."""
    return f"words gone: {found.removed_words}, words new: {found.added_words}"


def excerpt(what: str, runs: tuple[str, ...]) -> Iterator[str]:
    """Yield the first runs of words, made fit for one line; never for the log, they may hold a name."""
    if runs:
        shown = (printable(" ".join(run.split()))[:_LENGTH] for run in runs[:_SHOWN])
        yield f"{what}: " + ", ".join(f"“{run}”" for run in shown)
