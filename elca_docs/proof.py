"""The proof on disk: evidence byte for byte under its digest, readable copies of it, and SHA256SUMS.

A hand that knows bytes, digests and names below register/, and never what they prove. Nothing here is ever written
over or removed: what does not hold what its name says is reported, or moves aside where the right bytes are at hand.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from elca_docs import durable
from elca_docs.errors import Location, Problem, WorkspaceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What showing the archive came to: the copies written, relative to register/, and the evidence that fails."""

    written: tuple[str, ...]
    problems: tuple[Problem, ...]


class Proof:
    """The register's files of one project, its log apart. Failures of the system are WorkspaceErrors."""

    def __init__(self, root: Path) -> None:
        """Look at the project folder `root`; nothing is read or made yet."""
        self._root = root

    def keep(self, data: bytes) -> str:
        """Keep bytes as evidence for ever, read-only, under their digest; return it. Twice changes nothing.

        A beginning of these bytes is what a killed run leaves on a drive without links: it moves aside.
        """
        digest = durable.sha256_of(data)
        name = evidence_name(digest)
        path = self._root / name
        with durable.clear_errors(name):
            if not self.whole(digest):
                if path.is_file() and _is_torn(path, data):
                    path.rename(durable.free_name(path, "torn"))
                durable.put_new(path, data)
            if durable.digest_of(path) != digest:
                raise WorkspaceError(_damaged(digest))
            durable.protect(path)
        return digest

    def note(self, digest: str, opinion: Mapping[str, object]) -> str:
        """Write down beside evidence what was read off it on a day; return the note's digest, for the log to name.

        The name holds the note's own digest, so that no note is ever written over another.
        """
        data = (json.dumps(opinion, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()
        noted = durable.sha256_of(data)
        name = note_name(digest, noted)
        path = self._root / name
        with durable.clear_errors(name):
            if not (path.is_file() and durable.digest_of(path) == noted):
                if path.is_file():
                    path.rename(durable.free_name(path, "torn" if _is_torn(path, data) else "changed"))
                durable.put_new(path, data)
            durable.protect(path)
        return noted

    def forget(self, digest: str, noted: str) -> None:
        """Remove a note that the log does not name: another run was faster, and wrote its own."""
        name = note_name(digest, noted)
        with durable.clear_errors(name), contextlib.suppress(FileNotFoundError):
            (self._root / name).chmod(0o600)  # Windows removes no read-only file
            (self._root / name).unlink()

    def read(self, digest: str) -> bytes:
        """Return evidence byte for byte; WorkspaceError where it is gone or was changed."""
        name = evidence_name(digest)
        with durable.clear_errors(name):
            path = self._root / name
            data = path.read_bytes() if path.is_file() else b""
        if durable.sha256_of(data) != digest:
            raise WorkspaceError(_damaged(digest))
        return data

    def opinion(self, digest: str, noted: str) -> bytes:
        """Return the note of that digest beside evidence; nothing where it is gone or was changed."""
        name = note_name(digest, noted)
        with durable.clear_errors(name):
            path = self._root / name
            data = path.read_bytes() if noted and path.is_file() else b""
        return data if durable.sha256_of(data) == noted else b""

    def whole(self, digest: str) -> bool:
        """Whether the evidence of that digest is there and unchanged, byte for byte."""
        try:
            return durable.digest_of(self._root / evidence_name(digest)) == digest
        except OSError:
            return False

    def publish(
        self, copies: Mapping[str, str], evidence: Iterable[str] = (), *, others: Mapping[str, str] | None = None
    ) -> Published:
        """Let register/ hold a readable copy of evidence under each name, and SHA256SUMS over them and all evidence.

        `copies` maps a name relative to register/ to a digest; `evidence` are all digests ever received. What is there
        already and right is not touched; what was changed by hand is kept beside it as `….changed-1.pdf`. Evidence
        that is gone or changed is not copied, but named as a problem, and the other copies are made. `others` are files
        that lie below register/ already (name → digest) and are only listed.
        """
        written: list[str] = []
        problems: dict[Problem, None] = {}
        for name, digest in sorted(copies.items()):
            path = self._root / "register" / name
            with durable.clear_errors(f"register/{name}"):
                there = path.exists()  # looked at once: what another run puts here meanwhile is right
                if path.is_file() and durable.digest_of(path) == digest:
                    durable.protect(path)
                    continue
                try:
                    data = self.read(digest)
                except WorkspaceError as error:
                    problems |= dict.fromkeys(error.problems)
                    continue
                if there:
                    path.rename(durable.free_name(path, "changed"))
                durable.put_new(path, data, lasting=False)
                durable.protect(path)
                written.append(name)
        for folder in sorted({(self._root / "register" / name).parent for name in written}):
            with durable.clear_errors("register"):
                durable.sync_folder(folder)
        self._list({*evidence, *copies.values()}, {**copies, **(others or {})})
        return Published(written=tuple(written), problems=tuple(problems))

    def listed(self) -> frozenset[str]:
        """Return the digests that SHA256SUMS names: evidence that the log once spoke of."""
        lines = self.sums().splitlines()
        return frozenset(line.partition("  ")[0] for line in lines if "  evidence/" in line and line.endswith(".pdf"))

    def files(self) -> dict[str, int]:
        """Return the size of every file in the register by its name below register/; half-written ones are left out."""
        base, found = self._root / "register", dict[str, int]()
        with durable.clear_errors("register"):
            for path in sorted(base.rglob("*")) if base.is_dir() else ():
                with contextlib.suppress(FileNotFoundError):  # another run gave it its name just now
                    if not path.name.startswith(durable.TEMPORARY) and path.is_file():
                        found[path.relative_to(base).as_posix()] = path.stat().st_size
        return found

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file below register/; "" where it cannot be read."""
        try:
            return durable.digest_of(self._root / "register" / name)
        except OSError:
            return ""

    def sums(self) -> str:
        """Return what SHA256SUMS says; nothing where it is not there."""
        path = self._root / "register" / "SHA256SUMS"
        with durable.clear_errors("register/SHA256SUMS"):
            return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    def withdraw(self, copies: Mapping[str, str], evidence: Iterable[str]) -> tuple[str, ...]:
        """Move readable copies that the register names no more to withdrawn/; return their names.

        Only a copy of known evidence is moved, so nothing is lost; what a person put beside them stays.
        """
        base, known = self._root / "register", set(evidence)
        moved: list[str] = []
        with durable.clear_errors("register"):
            found = sorted(each for folder in ("signed", "held") for each in (base / folder).glob("*.pdf"))
        for path in found:
            name = path.relative_to(base).as_posix()
            with durable.clear_errors(f"register/{name}"):
                if name in copies or durable.digest_of(path) not in known:
                    continue
                place = base / "withdrawn" / path.name
                place.parent.mkdir(exist_ok=True)
                path.rename(durable.free_name(place, "again") if place.exists() else place)
                moved.append(name)
        return tuple(moved)

    def _list(self, evidence: Iterable[str], named: Mapping[str, str]) -> None:
        """Write SHA256SUMS where it differs, in the form that `sha256sum -c` reads inside register/."""
        sums = {evidence_name(each).removeprefix("register/"): each for each in evidence} | dict(named)
        text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
        path = self._root / "register" / "SHA256SUMS"
        with durable.clear_errors("register/SHA256SUMS"):
            if sums and not (path.is_file() and path.read_bytes() == text):
                durable.put(path, text)


def evidence_name(digest: str) -> str:
    """Return where evidence lies, relative to the project folder."""
    return f"register/evidence/{digest[:2]}/{digest}.pdf"


def note_name(digest: str, noted: str) -> str:
    """Return where a note about evidence lies, relative to the project folder: beside it, under its own digest too."""
    return evidence_name(digest).replace(".pdf", f".{noted[:12]}.json")


def _is_torn(path: Path, data: bytes) -> bool:
    """Whether a file is a true beginning of these bytes, and not all of them."""
    found = path.read_bytes()
    return len(found) < len(data) and data.startswith(found)


def _damaged(digest: str) -> Problem:
    name = evidence_name(digest)
    message = f"'{name}' is gone, or does not hold what its name says"
    return Problem("evidence-damaged", message, Location(name), "restore this file from a backup")
