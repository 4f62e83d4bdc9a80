"""What the rules look at besides the thing they judge: the records, the register as of the day, and the evidence.

Also the two sentences that rules for agreements and for what is held have in common. May not judge by itself, and reads
no file: whether one is whole is asked of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from elca_docs.model.figures import Reason
from elca_docs.model.portfolio import Portfolio
from elca_docs.tracking.naming import listed, party_label, short
from elca_docs.tracking.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the rules look at besides the agreement itself; `flawed` tells what is wrong with a digest, if anything."""

    portfolio: Portfolio
    seen: Seen
    flawed: Callable[[str], str]

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day that count."""
        return self.portfolio.project.window

    def called(self, identifier: str) -> str:
        """Return the label of a partner or organisation."""
        return party_label(self.portfolio, identifier)


def flaw_finder(seen: Seen, evidence_whole: Callable[[str], bool]) -> Callable[[str], str]:
    """Return a function that says what is wrong with a digest: never received, missing or changed, or nothing ("").

    Each digest is asked for once; evidence whose receipt was corrected away counts as never received.
    """
    known: dict[str, str] = {}

    def flawed(digest: str) -> str:
        if digest not in known:
            received = digest in seen.ever.evidence
            known[digest] = "" if received and evidence_whole(digest) else "missing or changed"
            if not received:
                known[digest] = "not in the register"
        return known[digest]

    return flawed


def evidence_reason(rule: str, digests: Iterable[str], flawed: Callable[[str], str], *, what: str) -> Reason:
    """Return whether there is evidence, all of it received and unchanged."""
    every = tuple(digests)
    flaws = [f"{short(digest)}… is {flawed(digest)}" for digest in every if flawed(digest)]
    if not every:
        return Reason(rule=rule, ok=False, text=f"there is no {what}")
    if flaws:
        return Reason(rule=rule, ok=False, text=f"{what} {listed(flaws)}")
    return Reason(rule=rule, ok=True, text=f"{what} archived and unchanged: {listed(f'{short(d)}…' for d in every)}")


def window_text(window: tuple[date, date]) -> str:
    """Return the counting window as printed in a sentence."""
    return f"{window[0]} … {window[1]}"
