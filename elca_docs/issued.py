"""The versions that were sent, on disk: register/issued/, one .docx and one .pdf for each, never changed again.

A hand. A version is staged under its digest first, then the log speaks of it, then it gets its readable name: so two
runs that send at once never touch each other's files, and a killed run is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from elca_docs import durable
from elca_docs.errors import Location, Problem, WorkspaceError

FOLDER: Final = "register/issued"


class Issued:
    """The issued versions of one project; failures of the system are WorkspaceErrors."""

    def __init__(self, root: Path) -> None:
        """Look at the project folder `root`; nothing is read or made yet."""
        self._folder = root / FOLDER

    def stage(self, data: bytes) -> str:
        """Keep the bytes of a version durably under their digest, and return it; the log may speak of them then."""
        digest = durable.sha256_of(data)
        with durable.clear_errors(f"{FOLDER}/.staged/{digest}"):
            path = self._staged(digest)
            if path.is_file() and durable.digest_of(path) == digest:
                path.touch()  # it is wanted again: what is old and unknown to the log is tidied away
            else:
                durable.put(path, data)
        return digest

    def show(self, versions: Mapping[str, str]) -> tuple[str, ...]:
        """Let register/issued/ hold each version under its readable name (name → digest); return the names written.

        A file that is there already stays as it is: whether it is whole is for `verify` to say. One that is gone comes
        back while its staged bytes are there.
        """
        written = []
        for name, digest in sorted(versions.items()):
            path, staged = self._folder / name, self._staged(digest)
            with durable.clear_errors(f"{FOLDER}/{name}"):
                if not path.exists() and (data := _read(staged)) and durable.put_new(path, data):
                    written.append(name)
                if path.is_file() and durable.digest_of(path) == digest:
                    durable.protect(path)
                    staged.unlink(missing_ok=True)
        return tuple(written)

    def read(self, name: str, digest: str) -> bytes:
        """Return the bytes of an issued version; WorkspaceError where they are gone or were changed."""
        for path in (self._folder / name, self._staged(digest)):
            with durable.clear_errors(f"{FOLDER}/{name}"):
                data = _read(path)
            if durable.sha256_of(data) == digest:
                return data
        message = f"'{FOLDER}/{name}' is gone, or is not what was sent"
        fix = "restore this file from a backup; what came back can be compared with it only then"
        raise WorkspaceError(Problem("issue-damaged", message, Location(f"{FOLDER}/{name}"), fix))

    def tidy(self, versions: Iterable[str]) -> None:
        """Remove staged bytes that no version in the log has, left by runs that were killed or lost a race long ago."""
        known = set(versions)
        with durable.clear_errors(f"{FOLDER}/.staged"):
            folder = self._folder / ".staged"
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path.name not in known and durable.is_old(path):
                    path.unlink(missing_ok=True)

    def _staged(self, digest: str) -> Path:
        return self._folder / ".staged" / digest


def _read(path: Path) -> bytes:
    """Return the bytes of a file; none where it is not there, or another run has just done away with it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
