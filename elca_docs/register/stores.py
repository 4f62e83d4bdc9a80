"""Where the segments of a log are kept: put-if-absent by number, and nothing else.

A store knows bytes and numbers, never what a segment says. `put` is the one step on which the whole register stands:
of any number of writers that want the same number, one succeeds, and what it put is there whole and for good.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final, Protocol

from elca_docs import durable
from elca_docs.errors import Location, Problem, WorkspaceError

_NAME: Final = re.compile(r"([0-9]{6,9})\.jsonl")
_GLANCE: Final = 0.05


class SegmentStore(Protocol):
    """The five things a log asks of its store. All failures are WorkspaceErrors."""

    def numbers(self) -> Sequence[int]:
        """Return the numbers of the segments there are, in order."""

    def read(self, number: int) -> bytes | None:
        """Return the bytes of a segment, or None where it is not there (any more)."""

    def put(self, number: int, data: bytes) -> bool:
        """Put a segment durably and return True; return False, and change nothing, where the number is taken."""

    def set_aside(self, number: int, torn: bytes) -> str:
        """Free the number of a torn segment and return the segment's new name; "" where it is not that any more."""

    def name(self, number: int) -> str:
        """Return what to call a segment when speaking to the user."""


class FolderStore:
    """Segments as files in one folder: register/log/000001.jsonl. Nothing there is ever deleted or written over.

    Temporary files of killed runs are harmless: no name of theirs is a segment's, and `durable.sweep` removes them.
    `shown` is the folder as the user knows it. `patience` is how many seconds a torn segment must lie still before it
    counts as given up: where a drive has no links, a segment is seen while it is being written.
    """

    def __init__(self, folder: Path, *, shown: str = "register/log", patience: float = 2.0) -> None:
        """Look at a folder that need not exist yet."""
        self._folder = folder
        self._shown = shown
        self._patience = patience

    def name(self, number: int) -> str:
        """Return the path of a segment, as the user knows it."""
        return f"{self._shown}/{number:06}.jsonl"

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the segments there are, in order.

        WorkspaceError (log-fork) where a file looks like a segment and has no segment's name: the conflicting copy of
        a synchronised folder, a duplicate made by hand. Two histories may then exist, and numbers may be given twice.
        """
        with durable.clear_errors(self._shown):
            names = sorted(path.name for path in self._folder.iterdir()) if self._folder.exists() else []
        segments = [name for name in names if name.lower().endswith(".jsonl") and not name.startswith(".")]
        found = {name: int(match[1]) for name in segments if (match := _NAME.fullmatch(name))}
        for name in segments:
            if name not in found or name != f"{found[name]:06}.jsonl" or not found[name]:
                raise WorkspaceError(_stray(self._shown, name))
        return tuple(sorted(found.values()))

    def read(self, number: int) -> bytes | None:
        """Return the bytes of a segment, or None where it is not there (any more)."""
        with durable.clear_errors(self.name(number)):
            try:
                return self._path(number).read_bytes()
            except FileNotFoundError:
                return None

    def put(self, number: int, data: bytes) -> bool:
        """Put a segment durably and return True; return False, and change nothing, where the number is taken.

        The second look is for drives without links: who was so slow there that others set the segment aside has lost.
        """
        with durable.clear_errors(self.name(number)):
            if not self._folder.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                durable.sync_folder(self._folder.parent)
            return durable.put_new(self._path(number), data) and self.read(number) == data

    def set_aside(self, number: int, torn: bytes) -> str:
        """Rename a torn segment that nobody writes any more; return its new name, "" where it is not torn any more."""
        with durable.clear_errors(self.name(number)):
            if not self._lies_still(number, torn):
                return ""
            aside = self._free_name(number)
            try:
                self._path(number).rename(aside)
            except FileNotFoundError:
                return ""
            return "" if self._was_late(number, aside, torn) else f"{self._shown}/{aside.name}"

    def _lies_still(self, number: int, torn: bytes) -> bool:
        until = time.monotonic() + self._patience
        while (same := self.read(number) == torn) and time.monotonic() < until:
            time.sleep(min(_GLANCE, self._patience))
        return same

    def _free_name(self, number: int) -> Path:
        names = (self._folder / f"{number:06}.jsonl.torn-{n}" for n in count(1))
        return next(name for name in names if not name.exists())

    def _was_late(self, number: int, aside: Path, torn: bytes) -> bool:
        """Whether a writer finished between the last look and the renaming; its segment is then put back."""
        data = aside.read_bytes()
        if data == torn:
            return False
        if not durable.put_new(self._path(number), data) and self.read(number) != data:
            raise WorkspaceError(_stray(self._shown, aside.name))
        return True

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.jsonl"


def _stray(shown: str, name: str) -> Problem:
    return Problem(
        "log-fork",
        f"'{name}' is no name of a segment, but may be one: two places may have written to the register apart",
        Location(f"{shown}/{name}"),
        "compare it with the segment of the same number; then move it out of this folder, and repeat what it recorded "
        "and the log does not have",
    )
