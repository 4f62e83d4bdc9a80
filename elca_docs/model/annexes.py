"""An annex of a deliverable: a signed copy in the register, and why an edition leaves it out where it does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One signed copy behind a report; `number` is its own in that report (A1), the same in every edition."""

    number: str
    title: str
    """What the agreement is and with whom; without the other side where this edition may not name it."""
    reference: str
    register_number: str
    sha256: str
    pages: int
    withheld: str = ""
    """Why this edition leaves it out, in the language of the report; empty where it is in."""
