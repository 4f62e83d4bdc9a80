"""Our side of the children: start them when there is work, hand out calls, end those that take too long.

One thread, no locks: everything happens while the caller waits for the next answer. So the time of a call is judged
when its answer is wanted, and an answer that lies ready then is taken, however late.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from elca_docs.errors import DocsError, WorkspaceError
from elca_docs.workers.answers import Failed, Limits
from elca_docs.workers.started import Child, not_started

_Answer = TypeVar("_Answer")
_USUAL: Final = Limits()
_MOST: Final = 60
"""Windows waits for at most 63 things at once."""
_AHEAD: Final = 16
"""Answers per child that may wait for an earlier one; what bounds the memory of a run."""
_ATTEMPTS: Final = 3


def cores() -> int:
    """Return on how many cores this process may run."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def one(function: Callable[..., _Answer], *arguments: object, limits: Limits = _USUAL) -> _Answer | Failed:
    """Return what a function gives in a child of its own, or how it failed; a DocsError is raised here again."""
    with Workers(1, limits) as workers:
        (answer,) = workers.map(function, [arguments])
    if isinstance(answer, DocsError):
        raise answer
    return answer


class Workers:
    """Up to `count` children (0: one per core), started when first needed and ended with the `with` block."""

    def __init__(self, count: int = 0, limits: Limits = _USUAL) -> None:
        """Start nothing yet."""
        self._count = min(count or cores(), _MOST)
        self._limits = limits
        self._children: list[Child] = []
        self._attempts = 0
        self._at_work = False
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all children, whatever they are doing; none is left when this returns."""
        self._closed = True
        while self._children:
            self._children.pop().end()

    def map(
        self, function: Callable[..., _Answer], arguments: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Answer | DocsError | Failed]:
        """Yield, in order, what `function(*each)` gives for each of the arguments.

        Args:
            function: A function that can be imported by its name; what goes in and comes out travels by pickle.
            arguments: Taken as children become free, never more than a window ahead of the answer that is due.

        A DocsError raised in there is yielded as a value, and so is a Failed. One map at a time.

        Raises:
            WorkspaceError: worker-not-started.
        """
        if self._at_work:
            message = "the calls before are not answered yet"
            raise RuntimeError(message)
        self._at_work = True
        source = iter(arguments)
        waiting: deque[tuple[int, bytes]] = deque()
        answers: dict[int, Any] = {}
        taken, told, more = 0, 0, True
        try:
            while more or told < taken:
                while more and self._wants(waiting) and taken - told < self._count * _AHEAD:
                    each = next(source, None)
                    if each is None:
                        more = False
                    else:
                        waiting.append((taken, bytes(ForkingPickler.dumps((function, each)))))
                        taken += 1
                self._hand_out(waiting)
                if told in answers:
                    yield answers.pop(told)
                    told += 1
                elif told < taken:
                    answers |= self._heard()
        finally:  # nobody wants more: children that still work for this map would answer the next one
            for child in [child for child in self._children if child.place is not None]:
                self._dismiss(child)
            self._at_work = False

    def _wants(self, waiting: deque[tuple[int, bytes]]) -> bool:
        """Whether a child is, or could be, free for one more call."""
        return len(waiting) + sum(child.place is not None for child in self._children) < self._count

    def _hand_out(self, waiting: deque[tuple[int, bytes]]) -> None:
        """Give the waiting calls to children that are free, and start as many more as calls are left."""
        if self._closed:
            message = "these workers are closed"
            raise RuntimeError(message)
        for child in [child for child in self._children if child.free]:
            if not child.alive:
                self._dismiss(child)
            elif waiting:
                child.ask(*waiting.popleft(), self._limits)
        starting = sum(not child.ready for child in self._children)
        for _ in range(min(len(waiting) - starting, self._count - len(self._children))):
            self._children.append(Child(self._limits))

    def _heard(self) -> dict[int, object]:
        """Wait until a child has something to say or has run out of time; return the answers by place."""
        listening = [child for child in self._children if not child.free]
        soonest = min(child.deadline for child in listening)
        speaking = wait([child.line for child in listening], timeout=max(0.0, soonest - time.monotonic()))
        now, answers = time.monotonic(), dict[int, object]()
        for child in listening:
            place = child.place
            if child.line in speaking:
                answer = child.hear(self._limits)
            elif now >= child.deadline:
                answer = Failed("time", f"longer than {self._limits.seconds:g} seconds")
                child.tired = True
            else:
                continue
            if place is not None:
                answers[place] = answer
            self._attempts = 0 if child.ready else self._attempts + child.tired
            if child.tired:
                self._dismiss(child)
        if self._attempts >= _ATTEMPTS:
            raise WorkspaceError(not_started("they ended before they were ready"))
        return answers

    def _dismiss(self, child: Child) -> None:
        """End a child; another is started when there is a call for it."""
        self._children.remove(child)
        child.end()
