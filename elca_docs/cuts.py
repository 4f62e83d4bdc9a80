"""Cuts on disk: register/cuts/NAME/, the files that a period's report was made of, read-only and never changed again.

A hand. A cut is staged as one archive first, then the log speaks of it, then its files get their readable names, the
manifest last: so a cut is there whole or not at all, and a killed run is finished by the next one that writes.
"""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from elca_docs import __version__, durable
from elca_docs.errors import Location, Problem, WorkspaceError
from elca_docs.model.cuts import MANIFEST, Cut, Manifest, is_cut_name, manifest_bytes, manifest_of

FOLDER: Final = "register/cuts"
_LIBRARIES: Final = (
    "babel", "docxtpl", "jinja2", "lxml", "markdown-it-py", "openpyxl", "pillow", "pypdf", "python-docx",
    "python-pptx", "reportlab",
)  # fmt: skip
"""Of which version the bytes of a document depend."""
_RESTORE: Final = "restore this file from a backup; until then nothing can be compiled from this cut"


class Cuts:
    """The cuts of one project; failures of the system are WorkspaceErrors."""

    def __init__(self, root: Path) -> None:
        """Look at the project folder `root`; nothing is read or made yet."""
        self._folder = root / FOLDER

    def stage(self, cut: Cut) -> str:
        """Keep a whole cut durably under the digest of its manifest, and return it; the log may speak of it then."""
        data = manifest_bytes(cut.manifest)
        snapshot = durable.sha256_of(data)
        with durable.clear_errors(f"{FOLDER}/.staged/{snapshot}.zip"):
            durable.put_archive(self._staged(snapshot), [(MANIFEST, data), *sorted(cut.files.items())])
        return snapshot

    def show(self, cuts: Mapping[str, str]) -> tuple[str, ...]:
        """Let register/cuts/ hold each cut under its name (name → digest of its manifest); return the names written.

        A cut whose archive is gone was shown in full: what is lost or changed since is for `verify` to say. Whatever
        lies under a name while the cut is shown, and is not of it, moves aside.
        """
        written = []
        for name, snapshot in sorted(cuts.items()):
            staged = self._staged(snapshot)
            with durable.clear_errors(f"{FOLDER}/{name}"):
                members = _members(staged) if is_cut_name(name) else {}
                files, problems = _checked(name, snapshot, lambda file: members.get(file, b""))  # noqa: B023 - called now
                if problems:
                    continue
                if durable.sha256_of(_bytes(self._folder / name / MANIFEST)) != snapshot:
                    written.append(name)
                self._unfold(name, files)
                staged.unlink(missing_ok=True)
        return tuple(written)

    def manifest(self, name: str, snapshot: str) -> Manifest | None:
        """Return the manifest of a cut; None where it is gone, or is not the one with this digest."""
        with durable.clear_errors(f"{FOLDER}/{name}/{MANIFEST}"):
            for read in self._readers(name, snapshot):
                data = read(MANIFEST)
                if durable.sha256_of(data) == snapshot:
                    return manifest_of(data)
        return None

    def read(self, name: str, snapshot: str) -> Cut:
        """Return a cut; WorkspaceError (cut-damaged) names every file of it that is gone or was changed."""
        found: list[list[Problem]] = []
        for read in self._readers(name, snapshot):
            files, problems = _checked(name, snapshot, read)
            if not problems:
                return Cut(manifest=manifest_of(files.pop(MANIFEST)), files=files)
            found.append(problems)
        raise WorkspaceError(found[-1])

    def digests(self, cuts: Mapping[str, str]) -> dict[str, str]:
        """Return the digest of every file of these cuts by its name below register/, as their manifests say."""
        found = dict[str, str]()
        for name, snapshot in cuts.items():
            found[f"cuts/{name}/{MANIFEST}"] = snapshot
            manifest = self.manifest(name, snapshot)
            found |= {f"cuts/{name}/{file}": each.sha256 for file, each in manifest.files.items()} if manifest else {}
        return found

    def tidy(self, snapshots: Iterable[str]) -> None:
        """Remove staged cuts of which no entry in the log speaks, left by runs that were killed or lost a race."""
        known = {self._staged(each) for each in snapshots}
        with durable.clear_errors(f"{FOLDER}/.staged"):
            folder = self._folder / ".staged"
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path not in known and durable.is_old(path):
                    path.unlink(missing_ok=True)

    def _readers(self, name: str, snapshot: str) -> list[Callable[[str], bytes]]:
        """Return how to read a file of a cut: from its archive while that is staged, then from its folder."""
        readers: list[Callable[[str], bytes]] = []
        if staged := _members(self._staged(snapshot)):
            readers.append(lambda file: staged.get(file, b""))
        if is_cut_name(name):
            readers.append(lambda file: _bytes(self._folder / name / file))
        return readers or [lambda _: b""]

    def _unfold(self, name: str, members: Mapping[str, bytes]) -> None:
        """Write the files of a cut under their names, the manifest last: where that stands, all others do."""
        last = {MANIFEST: members[MANIFEST]}
        for file, data in ({file: data for file, data in members.items() if file != MANIFEST} | last).items():
            path = self._folder / name / file
            if path.exists() and _bytes(path) != data:
                path.rename(durable.free_name(path, "changed"))
            durable.put_new(path, data)
            durable.protect(path)

    def _staged(self, snapshot: str) -> Path:
        return self._folder / ".staged" / f"{snapshot}.zip"


@cache
def program_version() -> str:
    """Return the version of this program with a digest of its own files: equal texts mean the same program."""
    folder = Path(__file__).resolve().parent
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py")}
    texts = (f"{name} {durable.sha256_of(_unix(files[name].read_bytes()))}\n" for name in sorted(files))
    return f"{__version__}+{durable.sha256_of(''.join(texts).encode())[:12]}"


@cache
def library_versions() -> Mapping[str, str]:
    """Return the versions of everything besides this program on which the bytes of a document depend."""
    found = {"python": ".".join(map(str, sys.version_info[:2])), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed draws nothing either
            continue
    return found


def _checked(name: str, snapshot: str, read: Callable[[str], bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of a cut, its manifest among them, and a problem for each that is not what was frozen."""
    with durable.clear_errors(f"{FOLDER}/{name}/{MANIFEST}"):
        data = read(MANIFEST)
    if durable.sha256_of(data) != snapshot:
        return {}, [_damaged(name, MANIFEST)]
    files, problems = {MANIFEST: data}, list[Problem]()
    for file, kept in manifest_of(data).files.items():
        with durable.clear_errors(f"{FOLDER}/{name}/{file}"):
            files[file] = read(file)
        if durable.sha256_of(files[file]) != kept.sha256:
            problems.append(_damaged(name, file))
    return files, problems


def _members(path: Path) -> dict[str, bytes]:
    """Return what a staged cut holds; nothing where it is not there (any more) or is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(_bytes(path))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return {}


def _unix(data: bytes) -> bytes:
    """Return text with the line ends of the source: how it was checked out makes no other program."""
    return data.replace(b"\r\n", b"\n")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _damaged(name: str, file: str) -> Problem:
    shown = f"{FOLDER}/{name}/{file}"
    return Problem("cut-damaged", f"'{shown}' is gone, or is not what was frozen", Location(shown), _RESTORE)
