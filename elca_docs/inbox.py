"""The inbox on disk: files that people drop, claimed by rename, and given back, put aside or removed.

A hand that judges nothing. A file is taken by renaming it into a folder of this run, so of two runs exactly one has it;
the folder is locked while its run lives, and what a killed run had claimed goes back to the inbox. Nothing is removed
unless its bytes are those that were archived: what a program still wrote into it goes back and is looked at again.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import secrets
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from elca_docs import durable
from elca_docs.errors import Location, Problem, WorkspaceError

FOLDER: Final = "register/inbox"
_SETTLED: Final = 2.0
"""Seconds for which a file must have stayed as it is before it is taken: a scanner or a copy may still write it."""
_NAME_BYTES: Final = 150
# Reading follows no link and waits for nothing, where the system has words for that.
_READING: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
# What programs and systems leave beside files, and what a download is called before it is whole.
_NOBODYS: Final = frozenset({"thumbs.db", "desktop.ini", "readme.txt"})
_UNFINISHED: Final = (".crdownload", ".partial", ".part", ".tmp", ".download", ".filepart")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file of this run: its name in the inbox, and where it lies now."""

    name: str
    path: Path

    def read(self, limit: int) -> bytes:
        """Return at most `limit` + 1 of its bytes; WorkspaceError where it is no plain file (any more)."""
        shown = f"{FOLDER}/{self.name}"
        with durable.clear_errors(shown), os.fdopen(os.open(self.path, _READING), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise WorkspaceError(_odd(self.name))
            return stream.read(limit + 1)

    def digest(self) -> str:
        """Return the SHA-256 of all its bytes; empty where they cannot be read."""
        try:
            return durable.digest_of(self.path)
        except OSError:
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What lies in the inbox: names to take, and what is left where it is, each with the reason."""

    names: tuple[str, ...]
    left: tuple[Problem, ...]


def prepare(root: Path) -> None:
    """Let there be an inbox in the project of `root`, so that people find where to put what comes back."""
    with durable.clear_errors(FOLDER):
        (root / FOLDER).mkdir(parents=True, exist_ok=True)


class Inbox:
    """The inbox of one project; use it as a context, so that what it has claimed is given back whatever happens."""

    def __init__(self, root: Path) -> None:
        """Look at the inbox of the project in `root`; nothing is claimed yet."""
        self._folder = root / FOLDER
        self._claims = self._folder / ".claims"
        self._mine = self._claims / secrets.token_hex(8)
        self._lock = FileLock(f"{self._mine}.lock")
        self._held: dict[str, Claimed] = {}

    def __enter__(self) -> Self:
        """Make the inbox where there is none, take back what killed runs had claimed, and open a folder of our own."""
        with durable.clear_errors(FOLDER):
            self._claims.mkdir(parents=True, exist_ok=True)
            self._recover()
            self._lock.acquire()
            self._mine.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        """Give back what was neither removed nor refused, and leave no folder behind."""
        for claimed in tuple(self._held.values()):
            self.give_back(claimed)
        with contextlib.suppress(OSError):
            self._mine.rmdir()
        self._lock.release()
        with contextlib.suppress(OSError):  # the next run does away with it
            Path(self._lock.lock_file).unlink(missing_ok=True)

    def waiting(self) -> Waiting:
        """Return what lies in the inbox, in the order of names; waits a moment where a file was touched just now."""
        with durable.clear_errors(FOLDER):
            first = self._looked()
            if any(_is_fresh(seen) for seen in first.values()):
                time.sleep(_SETTLED)
            second = self._looked()
        names, left = [], []
        for name in sorted(second):
            seen = second[name]
            if not stat.S_ISREG(seen.st_mode):
                left.append(_odd(name))
            elif name not in first or _state(first[name]) != _state(seen):
                left.append(_growing(name))
            else:
                names.append(name)
        return Waiting(names=tuple(names), left=tuple(left))

    def claim(self, name: str) -> Claimed | Problem | None:
        """Take a file out of the inbox; None where another run was faster, a problem where a program holds it open."""
        claimed = Claimed(name, self._mine / name)
        try:
            (self._folder / name).rename(claimed.path)
        except FileNotFoundError:
            return None
        except OSError as error:
            fix = "close it in the other program; the next run takes it"
            message = f"the file cannot be taken out of the inbox: {error.strerror or error}"
            return Problem("inbox-file-in-use", message, _place(name), fix)
        self._held[name] = claimed
        return claimed

    def remove(self, claimed: Claimed, *, archived: str) -> bool:
        """Remove a claimed file whose bytes are archived under that digest; give back and return False what is not."""
        with durable.clear_errors(f"{FOLDER}/{claimed.name}"):
            if claimed.path.exists() and durable.digest_of(claimed.path) == archived:
                claimed.path.unlink()
                self._held.pop(claimed.name, None)
                return True
        self.give_back(claimed)
        return False

    def give_back(self, claimed: Claimed) -> None:
        """Put a claimed file back where it lay, under a free name where its own is taken by now."""
        _put_back(claimed.path, self._folder)
        self._held.pop(claimed.name, None)

    def refuse(self, claimed: Claimed, reason: Mapping[str, object]) -> str:
        """Move a claimed file to refused/ with its reason beside it; return its name below the project folder."""
        folder = self._folder / "refused"
        with durable.clear_errors(f"{FOLDER}/refused"):
            folder.mkdir(exist_ok=True)
            text = json.dumps(reason, ensure_ascii=True, indent=2, sort_keys=True) + "\n"
            place = self._reasoned(folder / _short(claimed.name), text.encode(), claimed)
            if place.exists():
                claimed.path.unlink()  # a run was killed between the two steps of moving it: it lies there already
            else:
                _move_new(claimed.path, place)
            durable.sync_folder(folder)
        self._held.pop(claimed.name, None)
        return f"{FOLDER}/refused/{place.name}"

    def _reasoned(self, place: Path, reason: bytes, claimed: Claimed) -> Path:
        """Write the reason beside a free name, and return that name; what lies there already is never written over.

        A reason whose file never came, because a run was killed in between, is taken up where it is the same.
        """
        first = place
        for count in itertools.count(1):
            beside = place.with_name(f"{place.name}.reason.json")
            if place.exists() and place.samefile(claimed.path):
                return place
            if not os.path.lexists(place) and (durable.put_new(beside, reason) or _same(beside, reason)):
                return place
            place = first.with_name(f"{first.stem}.again-{count}{first.suffix}")
        raise AssertionError(claimed)  # pragma: no cover - counting has no end

    def _looked(self) -> dict[str, os.stat_result]:
        """Return what lies in the inbox by name; what is nobody's business is left out."""
        found = {}
        for each in os.scandir(self._folder):
            if each.name.startswith((".", "~$", "._")) or each.name.casefold() in _NOBODYS:
                continue
            if each.name.casefold().endswith(_UNFINISHED) or each.name == "refused":
                continue
            with contextlib.suppress(FileNotFoundError):
                found[each.name] = each.stat(follow_symlinks=False)
        return found

    def _recover(self) -> None:
        """Give back what runs had claimed that are no more: their lock is free."""
        for folder in {path.with_suffix("") for path in self._claims.iterdir()}:
            lock = FileLock(f"{folder}.lock")
            try:
                lock.acquire(timeout=0)
            except (Timeout, OSError):
                continue
            for claimed in sorted(folder.iterdir()) if folder.is_dir() else ():
                _put_back(claimed, self._folder)
            with contextlib.suppress(OSError):
                folder.rmdir()
            with contextlib.suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _put_back(path: Path, folder: Path) -> None:
    """Move a file into a folder under its own name or a free one; never onto another file."""
    with durable.clear_errors(f"{FOLDER}/{path.name}"):
        place = folder / path.name
        while path.exists():
            try:
                _move_new(path, place)
            except FileExistsError:
                if place.samefile(path):  # a run was killed between the two steps below: it is there already
                    path.unlink()
                else:
                    place = durable.free_name(folder / path.name, "back")


def _move_new(path: Path, place: Path) -> None:
    """Move a file where no file is; FileExistsError otherwise, also where somebody was faster."""
    if os.name == "nt":
        path.rename(place)
        return
    try:
        os.link(path, place)
    except FileExistsError:
        raise
    except OSError:  # a drive without links
        if place.exists():
            raise FileExistsError from None
        path.rename(place)
    else:
        path.unlink()


def _is_fresh(seen: os.stat_result) -> bool:
    """Whether a file was made, changed or renamed a moment ago, or lies about it (a clock that is ahead)."""
    return stat.S_ISREG(seen.st_mode) and max(seen.st_mtime, seen.st_ctime) > time.time() - _SETTLED


def _state(seen: os.stat_result) -> tuple[int, int]:
    return seen.st_size, seen.st_mtime_ns


def _short(name: str) -> str:
    """Return a name that stays a name with an ending behind it: at most 150 bytes, and only what can be printed."""
    plain = "".join(each if each.isprintable() else "_" for each in name)
    if len(plain.encode("utf-8", "replace")) <= _NAME_BYTES and plain.strip(". "):
        return plain
    stem, dot, ending = plain.rpartition(".")
    mark = durable.sha256_of(name.encode("utf-8", "surrogateescape"))[:8]
    short = (stem or ending).encode("utf-8", "replace")[: _NAME_BYTES - 30].decode("utf-8", "ignore").strip(". ")
    return f"{short or 'file'}-{mark}{dot and f'.{ending[:10]}'}"


def _place(name: str) -> Location:
    return Location(f"{FOLDER}/{name}")


def _odd(name: str) -> Problem:
    message = "this is no plain file, but a folder, a link or something else; it was left where it is"
    return Problem("inbox-not-a-file", message, _place(name), "put the PDF itself into the inbox")


def _growing(name: str) -> Problem:
    message = "the file is still being written"
    return Problem("inbox-file-growing", message, _place(name), "run it again once it is copied; nothing is lost")
