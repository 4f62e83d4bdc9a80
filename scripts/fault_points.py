"""Faults at one place of one call: the process is killed there, or the system says that the disk is full or broken.

Two ways: `fault_strace` lets the system call itself fail, where this process may trace another one; `fault_layer` wraps
Python's own calls. Each call runs in a fork of this process, so nothing is imported twice, and a point is found again
by counting the calls of its kind. Linux only. Nothing here knows the program that is disturbed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

Fault = Literal["SIGKILL", "ENOSPC", "EIO"]
FAULTS: Final[tuple[Fault, ...]] = ("SIGKILL", "ENOSPC", "EIO")
OUR_BUG: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """The n-th call of one name, counted from 1; `shown` is what it did in the undisturbed run."""

    call: str
    number: int
    shown: str = ""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What can happen there: reading and closing fill no disk, and who is killed there has changed nothing."""
        return ("EIO",) if self.call in {"read", "close"} or self.shown.startswith("reading ") else FAULTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a disturbed call ended: whether the fault was met, the exit code (negative: a signal), and its last words."""

    met: bool
    code: int
    words: str = ""


Answer = Callable[[], int]
"""The call under test: returns 0, or the exit code of a refusal; what it raises is our bug."""


def forked(call: Answer, *, before: Callable[[], None] = lambda: None, words: Path | None = None) -> int:
    """Return the process id of a fork that makes a call and exits with its answer, or with 3 after an exception."""
    pid = os.fork()
    if pid:
        return pid
    code = OUR_BUG
    try:
        before()
        code = call()
    except BaseException as error:  # noqa: BLE001 - the point is to see what comes out
        if words:
            with contextlib.suppress(OSError):
                words.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    """Wait for a fork, and return its exit code; negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Way(Protocol):
    """One way to make faults."""

    name: str

    def works(self) -> bool:
        """Whether it works here."""

    def points(self, call: Answer, below: Path) -> tuple[Point, ...]:
        """Make a call undisturbed, and return what it did with files below a folder, in order."""

    def disturbed(self, call: Answer, point: Point, fault: Fault, below: Path) -> Outcome:
        """Make a call with a fault at a point."""
