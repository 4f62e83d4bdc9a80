"""What a call in a child may cost, and what the caller gets where it cost more. Plain values that travel by pickle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: seconds by the wall clock, and bytes of memory beyond what its child had at the start.

    Memory is limited where the system lets a process limit its address space and say how large it is (Linux).
    """

    seconds: float = 60
    memory: int = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that gave no answer: it took too long, wanted too much memory, or broke (an exception, a dead child)."""

    why: Literal["time", "memory", "crash"]
    detail: str
    """One line in words for a reader who knows programs: `ValueError: …`, `ended by SIGSEGV`."""
