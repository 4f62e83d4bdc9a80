"""A child process as its parent sees it: started, ready, at work on one call, tired, ended.

Children are spawned, never forked, on every system, so that none inherits a lock or a half-written file, and each
begins with the same memory. Nothing here waits for an answer; whoever calls `hear` has seen that there is one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Iterator
from typing import Final

from elca_docs.errors import Problem, WorkspaceError
from elca_docs.workers.answers import Failed, Limits
from elca_docs.workers.child import OUT_OF_MEMORY, serve

SPAWN: Final = multiprocessing.get_context("spawn")
STARTING: Final = 120
"""Seconds in which a child must be ready; a tenth of one is usual, a busy virus scanner needs many."""
_ENDING: Final = 10
"""Seconds to wait for a process that was killed; more would only be a system that is stuck itself."""


class Child:
    """One child: starting until its first message, then free or at work on the call of one place."""

    def __init__(self, limits: Limits) -> None:
        """Start the process; it is ready when it says so."""
        self.line, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=serve, args=(theirs, limits), name="elca-docs-worker", daemon=True)
        self.ready, self.tired = False, False
        self.place: int | None = None
        self.deadline = time.monotonic() + STARTING
        try:
            with _interruption_held_back():
                self._process.start()
        except OSError as error:
            self.line.close()
            raise WorkspaceError(not_started(error.strerror or type(error).__name__)) from error
        finally:
            theirs.close()

    @property
    def free(self) -> bool:
        """Whether it can take a call."""
        return self.ready and self.place is None

    @property
    def alive(self) -> bool:
        """Whether the process is there; the system may end one that waits, for want of memory."""
        return self._process.is_alive()

    def ask(self, place: int, call: bytes, limits: Limits) -> None:
        """Hand over a call. A child that is gone is found out when its answer is read."""
        self.place = place
        with contextlib.suppress(OSError):
            self.line.send_bytes(call)
        self.deadline = time.monotonic() + limits.seconds

    def hear(self, limits: Limits) -> object:
        """Return its answer, and be free again; a child that died is `tired`, and so is one that gave its last."""
        try:
            said = self.line.recv_bytes()
            answer = pickle.loads(memoryview(said)[1:]) if self.ready else None  # noqa: S301 - our own child wrote it
        except (EOFError, OSError):
            self.tired = True
            return self._end_of(limits)
        except Exception as error:  # noqa: BLE001 - an answer that cannot be put together again fails only itself
            self.tired = True
            return Failed("crash", f"its answer cannot be read ({type(error).__name__})")
        self.tired = self.ready and bool(said[0])
        self.ready, self.place = True, None
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        self._process.kill()
        self._process.join(_ENDING)
        self.line.close()
        with contextlib.suppress(ValueError):
            self._process.close()

    def _end_of(self, limits: Limits) -> Failed:
        """Return what the end of a process says of the call it was at."""
        self._process.join(_ENDING)
        code = self._process.exitcode or 0
        if code == OUT_OF_MEMORY:
            return Failed("memory", f"more than {limits.memory:,} bytes")
        if code >= 0:
            return Failed("crash", f"ended with exit code {code}")
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        if name == "SIGALRM":
            return Failed("time", f"longer than {limits.seconds:g} seconds")
        return Failed("crash", f"ended by {name}")


def not_started(why: str) -> Problem:
    """Return the problem of a system that gives us no child process."""
    fix = "close other programs or restart the computer, then call the task again"
    return Problem("worker-not-started", f"no child process could be started ({why})", None, fix)


@contextlib.contextmanager
def _interruption_held_back() -> Iterator[None]:
    """Start a child so that Ctrl-C never reaches it, not even before it can say so; ours comes a moment later."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # otherwise the first start would do so, and let interruptions through again
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
