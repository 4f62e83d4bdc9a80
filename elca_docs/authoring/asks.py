"""What an expression of a template stands for, and what it asks of the context. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from elca_docs.authoring.schema import EACH, Path

Use = Literal["printed", "tested", "looped", "used"]


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression stands for: a path of the context; with `spread`, a list whose entries are that path."""

    path: Path
    written: str
    spread: bool = False

    def entry(self) -> Value:
        """Return what a loop over it gives."""
        return Value(self.path if self.spread else (*self.path, EACH), self.written)

    def below(self, step: str) -> Value:
        """Return a field of it."""
        return Value((*self.path, step), f"{self.written}.{step}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One use of a path, on a line."""

    path: Path
    written: str
    line: int
    use: Use
    guarded: bool
    forgiven: bool
    direct: bool
