"""Chance that is the same each time: numbers and noise drawn from a seed by a hash function, for specimens only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_WHOLE = 2**32


@dataclass(slots=True)
class Chance:
    """A row of numbers that depends on the seed only; two seeds give rows that have nothing in common."""

    seed: str
    drawn: int = 0

    def between(self, low: float, high: float) -> float:
        """Return the next number between the two."""
        self.drawn += 1
        digest = hashlib.sha256(f"{self.seed}\n{self.drawn}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:4], "big") / _WHOLE

    def noise(self, length: int) -> bytes:
        """Return the next `length` bytes, each value as likely as any other."""
        self.drawn += 1
        return hashlib.shake_256(f"{self.seed}\n{self.drawn}".encode()).digest(length)
