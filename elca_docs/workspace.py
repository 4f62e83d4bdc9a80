"""The project folder on disk: records and templates in, output out, evidence kept.

A hand: the only room, beside the register's log, that touches files. It decides nothing. Names are relative to the
project folder, with forward slashes. Who may be overwritten follows DESIGN.md: output can always be built again,
evidence never changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elca_docs import durable
from elca_docs.errors import Location, Problem, RequestError, WorkspaceError

RECORD_LIMIT: Final = 1_000_000
"""Bytes of one records file; one byte more is read, so that the reader can say it is too large."""
TEMPLATE_LIMIT: Final = 50_000_000
EVIDENCE_LIMIT: Final = 200_000_000
_READ_ONLY: Final = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What writing came to: whether anything was written, and where a person's changed file went."""

    written: bool
    aside: str = ""


class Workspace:
    """One project folder. Every failure of the system is one WorkspaceError with the path as the user knows it."""

    def __init__(self, root: Path) -> None:
        """Look at the folder `root`; nothing is read or made yet."""
        self.root = root

    def records(self) -> dict[str, bytes]:
        """Return all files below records/ that hold records or narrative, by name."""
        folder = self.root / "records"
        return dict(self._files(folder, (".yaml", ".yml", ".md"), RECORD_LIMIT))

    def agreement_templates(self) -> dict[tuple[str, str], tuple[str, bytes]]:
        """Return the agreement templates by (name, language), each with its file name: cooperation.es.docx has es."""
        found: dict[tuple[str, str], tuple[str, bytes]] = {}
        for name, data in self._files(self.root / "templates" / "agreements", (".docx",), TEMPLATE_LIMIT):
            stem, _, language = Path(name).name.removesuffix(".docx").partition(".")
            found[stem, language] = (name, data)
        return found

    def deliverable_template(self, stem: str) -> tuple[str, bytes]:
        """Return name and bytes of a deliverable template; WorkspaceError where there is none."""
        name = f"templates/deliverables/{stem}.docx"
        return name, self.read(name, TEMPLATE_LIMIT)

    def read(self, name: str, limit: int) -> bytes:
        """Return at most `limit` + 1 bytes of a file of the project."""
        with durable.clear_errors(name), (self.root / name).open("rb") as stream:
            return stream.read(limit + 1)

    def outside(self, path: str) -> bytes:
        """Return the bytes of a file the user named, relative to where they stand; only a plain file is read."""
        with durable.clear_errors(path):
            place = Path(path)
            mode = place.stat().st_mode
            if not stat.S_ISREG(mode):
                raise RequestError(
                    Problem("not-a-file", f"'{path}' is not a file", Location(path), "name the PDF itself")
                )
            with place.open("rb") as stream:
                return stream.read(EVIDENCE_LIMIT + 1)

    def digests(self, folder: str, suffix: str) -> dict[str, str]:
        """Return the SHA-256 of every file with a suffix below output/<folder>, by its name relative to output/."""
        base = self.root / "output"
        return {path.relative_to(base).as_posix(): self._digest(path) for path in self._walk(base / folder, (suffix,))}

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file below output/; False where the name is taken: a file of a person is never overwritten."""
        with durable.clear_errors(f"output/{name}"):
            return durable.put_new(self.root / "output" / name, data)

    def renew(self, name: str, data: bytes) -> Renewed:
        """Write a file below output/ where its bytes differ; what a person changed since moves aside, never away.

        A hidden file beside it keeps the digest of what the program wrote last.
        """
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            old = path.read_bytes() if path.is_file() else None
            if old == data:
                return Renewed(written=False)
            aside = ""
            if old is not None and sha256_of(old) != self._last_written(path):
                free = _free(path, "edited")
                path.rename(free)
                aside = free.name
            durable.put(path, data)
            durable.put(_mark_of(path), sha256_of(data).encode())
            return Renewed(written=True, aside=aside)

    def retire(self, name: str) -> bool:
        """Remove a file below output/ that the program wrote and nobody changed; return whether it was there."""
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            if not path.is_file() or self._digest(path) != self._last_written(path):
                return False
            path.unlink()
            _mark_of(path).unlink(missing_ok=True)
            return True

    def exchange(self, name: str, data: bytes, *, expected: str) -> bool:
        """Replace a file below output/ while it still has the digest `expected`; return whether it was replaced."""
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            if self._digest(path) != expected:
                return False
            durable.put(path, data)
            return True

    def set_aside(self, name: str, aside: str) -> None:
        """Give a file below output/ another, free name."""
        base = self.root / "output"
        with durable.clear_errors(f"output/{name}"):
            if (base / aside).exists():
                message = f"'output/{aside}' is there already"
                raise WorkspaceError(Problem("name-taken", message, Location(f"output/{aside}"), "move it away"))
            (base / name).rename(base / aside)

    def discard(self, name: str, *, expected: str) -> None:
        """Remove a file below output/ while it still has the digest `expected`."""
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            if path.is_file() and self._digest(path) == expected:
                path.unlink()

    def clear(self, name: str) -> None:
        """Remove a folder below output/ that the program made and can make again."""
        with durable.clear_errors(f"output/{name}"):
            folder = self.root / "output" / name
            if folder.exists():
                shutil.rmtree(folder, onerror=_writable_then_again)

    def keep_evidence(self, data: bytes) -> str:
        """Keep bytes as evidence for ever, read-only, under their digest; return it. Twice changes nothing."""
        digest = sha256_of(data)
        name = evidence_name(digest)
        path = self.root / name
        with durable.clear_errors(name):
            if not (path.is_file() and self._digest(path) == digest):
                durable.put_new(path, data)
            if self._digest(path) != digest:
                message = f"'{name}' does not hold what its name says"
                raise WorkspaceError(
                    Problem("evidence-damaged", message, Location(name), "restore this file from a backup")
                )
            path.chmod(_READ_ONLY)
        return digest

    def copy_in(self, source: Path, name: str) -> None:
        """Copy a folder of the program below output/; used by the demo."""
        with durable.clear_errors(f"output/{name}"):
            shutil.copytree(source, self.root / "output" / name, ignore=shutil.ignore_patterns("~$*", ".*"))

    def put_in_post(self, name: str, data: bytes) -> None:
        """Write a file below post/, where the demo's incoming papers lie."""
        with durable.clear_errors(f"post/{name}"):
            durable.put(self.root / "post" / name, data)

    def evidence_whole(self, digest: str) -> bool:
        """Whether the evidence of that digest is there and unchanged, byte for byte."""
        path = self.root / evidence_name(digest)
        try:
            return self._digest(path) == digest
        except OSError:
            return False

    def publish(self, copies: Mapping[str, str]) -> tuple[str, ...]:
        """Let register/ hold a readable copy of evidence under each name, and SHA256SUMS; return the names written.

        `copies` maps a name relative to register/ to a digest. What is there already and right is not touched; what
        was changed by hand is kept beside it as `….changed-1.pdf`.
        """
        base = self.root / "register"
        written: list[str] = []
        for name, digest in sorted(copies.items()):
            path = base / name
            with durable.clear_errors(f"register/{name}"):
                if not path.is_file() or self._digest(path) != digest:
                    if path.exists():
                        path.rename(_free(path, "changed"))
                    durable.put_new(path, (self.root / evidence_name(digest)).read_bytes())
                    path.chmod(_READ_ONLY)
                    written.append(name)
        sums = {evidence_name(each).removeprefix("register/"): each for each in copies.values()} | dict(copies)
        text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
        with durable.clear_errors("register/SHA256SUMS"):
            path = base / "SHA256SUMS"
            if sums and not (path.is_file() and path.read_bytes() == text):
                durable.put(path, text)
        return tuple(written)

    def sweep(self) -> None:
        """Remove what killed runs left half-made."""
        for folder in ("output", "register"):
            if (self.root / folder).is_dir():
                durable.sweep(self.root / folder)

    def _files(self, folder: Path, suffixes: tuple[str, ...], limit: int) -> Iterator[tuple[str, bytes]]:
        for path in self._walk(folder, suffixes):
            name = path.relative_to(self.root).as_posix()
            yield name, self.read(name, limit)

    def _walk(self, folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
        """Yield the plain files below a folder in a fixed order, without hidden files and lock files of Word."""
        with durable.clear_errors(folder.relative_to(self.root).as_posix()):
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if path.suffix.lower() in suffixes and not path.name.startswith((".", "~$")) and path.is_file():
                    yield path

    @staticmethod
    def _last_written(path: Path) -> str:
        mark = _mark_of(path)
        return mark.read_text(encoding="ascii", errors="replace") if mark.is_file() else ""

    @staticmethod
    def _digest(path: Path) -> str:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def _mark_of(path: Path) -> Path:
    """Return the hidden file that keeps the digest of what the program wrote last under a name."""
    return path.with_name(f".{path.name}.sha256")


def program_folder() -> Path:
    """Return the folder that the program was unpacked or cloned to: it holds the templates and the demo."""
    return Path(__file__).resolve().parents[1]


def evidence_name(digest: str) -> str:
    """Return where evidence lies, relative to the project folder."""
    return f"register/evidence/{digest[:2]}/{digest}.pdf"


def _free(path: Path, mark: str) -> Path:
    """Return a name beside `path` that nothing has: `….changed-1.pdf`."""
    count = 1
    while (free := path.with_name(f"{path.stem}.{mark}-{count}{path.suffix}")).exists():
        count += 1
    return free


def _writable_then_again(function: object, path: str, _: object) -> None:
    """Windows refuses to remove read-only files: allow it and try once more."""
    Path(path).chmod(_READ_ONLY | stat.S_IWUSR)
    os.unlink(path) if function is os.unlink else os.rmdir(path)  # noqa: PTH106, PTH108 - called by shutil
