"""The project folder on disk: records and templates in, output out.

A hand, beside the register's log and the proof; it decides nothing. Names are relative to the project folder, with
forward slashes. Output can always be built again, and what a person changed in it is never lost.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from elca_docs import durable
from elca_docs.errors import Location, Problem, RequestError, WorkspaceError
from elca_docs.model.cuts import INPUTS, names_persons

RECORD_LIMIT: Final = 1_000_000
"""Bytes of one records file; one byte more is read, so that the reader can say it is too large."""
TEMPLATE_LIMIT: Final = 50_000_000
PICTURES: Final = (".png", ".jpg", ".jpeg")
SHEET_LIMIT: Final = 10_000_000
"""Bytes of a workbook or a pasted table; a partner's sheet has some hundred kilobytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What writing came to: whether anything was written, and where a person's changed file went."""

    written: bool
    aside: str = ""


class Workspace:
    """One project folder. Every failure of the system is one WorkspaceError with the path as the user knows it."""

    def __init__(self, root: Path, *, frozen: Mapping[str, bytes] | None = None) -> None:
        """Look at the folder `root`; nothing is read or made yet.

        `frozen` are the files of a cut, by name: records and templates are then these, whatever lies in the folder.
        """
        self.root = root
        self._frozen = frozen

    def records(self) -> dict[str, bytes]:
        """Return all files below records/ that hold records or narrative, by name."""
        return {name: self.read(name, RECORD_LIMIT) for name in self._inputs("records", (".yaml", ".yml", ".md"))}

    def freezable(self) -> dict[str, bytes]:
        """Return what a cut holds, by name: records without persons, narrative with its pictures, templates.

        WorkspaceError (file-too-large) where a picture or template cannot be read in full; records are the reader's.
        """
        records = {name: data for name, data in self.records().items() if not names_persons(name)}
        templates = {name: self.read(name, TEMPLATE_LIMIT) for name in self._inputs("templates", (".docx",))}
        for name, data in (large := templates | self.pictures()).items():
            if len(data) > TEMPLATE_LIMIT:
                message = f"'{name}' has more than {TEMPLATE_LIMIT} bytes"
                raise WorkspaceError(Problem("file-too-large", message, Location(name), "make the file smaller"))
        return records | large

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures beside the narratives of deliverables, by name."""
        return {name: self.read(name, TEMPLATE_LIMIT) for name in self._inputs("records/deliverables", PICTURES)}

    def agreement_templates(self) -> dict[tuple[str, str], tuple[str, bytes]]:
        """Return the agreement templates by (name, language), each with its file name: cooperation.es.docx has es.

        Only those in the folder itself: what lies in a folder below it (old versions, say) is nobody's template.
        """
        found: dict[tuple[str, str], tuple[str, bytes]] = {}
        folder = "templates/agreements"
        for name in self._inputs(folder, (".docx",)):
            path = PurePosixPath(name)
            if path.parent == PurePosixPath(folder):
                stem, _, language = path.stem.partition(".")
                found[stem, language] = (name, self.read(name, TEMPLATE_LIMIT))
        return found

    def anchors(self) -> dict[str, bytes]:
        """Return the files below records/anchors/, the certificates that signatures are trusted by, by name."""
        names = (path.relative_to(self.root).as_posix() for path in self._walk(self.root / "records" / "anchors"))
        return {name: self.read(name, RECORD_LIMIT) for name in names}

    def deliverable_template(self, stem: str) -> tuple[str, bytes]:
        """Return name and bytes of a deliverable template; WorkspaceError where there is none."""
        name = f"templates/deliverables/{stem}.docx"
        return name, self.read(name, TEMPLATE_LIMIT)

    def read(self, name: str, limit: int) -> bytes:
        """Return at most `limit` + 1 bytes of a file of the project."""
        if self._frozen is not None and name.startswith(INPUTS):
            if name in self._frozen:
                return self._frozen[name][: limit + 1]
            message = f"'{name}' is not in the cut"
            raise WorkspaceError(Problem("file-missing", message, Location(name), "compile what the cut holds"))
        with durable.clear_errors(name), (self.root / name).open("rb") as stream:
            return stream.read(limit + 1)

    def has(self, name: str) -> bool:
        """Whether a file of the project is there; False too for what cannot be looked at."""
        try:
            return (self.root / name).is_file()
        except (OSError, ValueError):
            return False

    def inside(self, path: str) -> str:
        """Return the name in the project of a file that the user named, relative to the project or to where they stand.

        Empty where it lies elsewhere, or is not there.
        """
        root = self.root.resolve()
        for found in (self.root / path, Path(path)):
            try:
                whole = found.resolve()
                if whole.is_file() and whole.is_relative_to(root):
                    return whole.relative_to(root).as_posix()
            except (OSError, ValueError, RuntimeError):
                continue
        return ""

    @staticmethod
    def outside(path: str, limit: int) -> bytes:
        """Return at most `limit` + 1 bytes of a file the user named, relative to where they stand; plain files only."""
        with durable.clear_errors(path), _plain(path).open("rb") as stream:
            return stream.read(limit + 1)

    @staticmethod
    def outside_digest(path: str) -> str:
        """Return the SHA-256 of a file the user named, however large; plain files only."""
        with durable.clear_errors(path):
            return durable.digest_of(_plain(path))

    def pack(self, name: str, members: Iterable[tuple[str, bytes]]) -> None:
        """Write a ZIP archive below output/ from its members, one in memory at a time; it is there whole or not at all.

        The same members give the same bytes. Where a member cannot be had, what lay under the name stays.
        """
        with durable.clear_errors(f"output/{name}"):
            durable.put_archive(self.root / "output" / name, members)

    def digests(self, folder: str, suffix: str) -> dict[str, str]:
        """Return the SHA-256 of every file with a suffix below output/<folder>, by its name relative to output/.

        A file that another program keeps to itself has the digest "unreadable": it is somebody's, and stays.
        """
        base, found = self.root / "output", dict[str, str]()
        for path in self._walk(base / folder, (suffix,)):
            name = path.relative_to(base).as_posix()
            with durable.clear_errors(f"output/{name}"):
                try:
                    found[name] = durable.digest_of(path)
                except PermissionError:
                    found[name] = "unreadable"
        return found

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file below output/; False where the name is taken: a file of a person is never overwritten."""
        with durable.clear_errors(f"output/{name}"):
            return durable.put_new(self.root / "output" / name, data)

    def renew(self, name: str, data: bytes, *, basis: str = "", again: bool = False) -> Renewed:
        """Write a file below output/ where its bytes differ; what a person changed since moves aside, never away.

        A hidden file beside it keeps the digests of what the program wrote: the new one first, so that a run killed
        between the two is no person's edit, and the one it takes the place of. `basis` is the digest of what a file is
        made of where it comes in several forms: one of the same basis stays, unless it is to be written `again`.
        """
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            old = path.read_bytes() if path.is_file() else None
            ours = self._ours(path)
            before = durable.sha256_of(old) if old is not None else ""
            made_of = basis and f"basis:{basis}"
            if old == data or (basis and not again and before in ours and made_of in ours):
                if old == data and made_of and made_of not in ours:  # the same bytes come of something else by now
                    durable.put(_mark_of(path), f"{before} {made_of}".encode())
                return Renewed(written=False)
            aside = ""
            if before and before not in ours:
                free = durable.free_name(path, "edited")
                path.rename(free)
                aside, before = free.name, ""
            mark = (durable.sha256_of(data), before, made_of)
            durable.put(_mark_of(path), " ".join(each for each in mark if each).encode())
            durable.put(path, data)
            return Renewed(written=True, aside=aside)

    def made_of(self, name: str, basis: str) -> bool:
        """Whether the file that the program wrote last under a name below output/ is made of what has that digest."""
        with durable.clear_errors(f"output/{name}"):
            return f"basis:{basis}" in self._ours(self.root / "output" / name)

    def retire(self, name: str) -> bool:
        """Remove a file below output/ that the program wrote and nobody changed; return whether it was there."""
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            if not path.is_file() or durable.digest_of(path) not in self._ours(path):
                return False
            path.unlink()
            _mark_of(path).unlink(missing_ok=True)
            return True

    def exchange(self, name: str, data: bytes, *, expected: str) -> bool:
        """Replace a file below output/ while it still has the digest `expected`; return whether it was replaced."""
        path = self.root / "output" / name
        with durable.clear_errors(f"output/{name}"):
            if not path.is_file() or durable.digest_of(path) != expected:
                return False
            durable.put(path, data)
            return True

    def exchange_record(self, name: str, data: bytes, *, expected: str) -> bool:
        """Replace a file of records while it still has the digest `expected` ("": while it is not there).

        Returns whether it was replaced; who may read the file stays as it was.
        """
        with durable.clear_errors(name):
            path = (self.root / name).resolve()
            if not expected:
                return durable.put_new(path, data)
            if durable.digest_of(path) != expected:
                return False
            mode = stat.S_IMODE(path.stat().st_mode)
            durable.put(path, data)
            path.chmod(mode)
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
            if path.is_file() and durable.digest_of(path) == expected:
                path.unlink()

    def clear(self, name: str) -> None:
        """Remove a folder below output/ that the program made and can make again."""
        with durable.clear_errors(f"output/{name}"):
            folder = self.root / "output" / name
            if folder.exists():
                _remove(folder)

    def begun(self) -> bool:
        """Whether the folder holds a project: its main record, or a register."""
        with durable.clear_errors("records/project.yaml"):
            return (self.root / "records" / "project.yaml").exists() or (self.root / "register").exists()

    def begin(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Write the first files of a project in this order; return the names that were taken: those files stay."""
        kept = []
        for name, data in files.items():
            with durable.clear_errors(name):
                if not durable.put_new(self.root / name, data):
                    kept.append(name)
        return tuple(kept)

    def copy_in(self, source: Path, name: str) -> None:
        """Copy a folder of the program below output/; used by the demo."""
        with durable.clear_errors(f"output/{name}"):
            shutil.copytree(source, self.root / "output" / name, ignore=shutil.ignore_patterns("~$*", ".*"))

    def put_in_post(self, name: str, data: bytes) -> None:
        """Write a file below post/, where the demo's incoming papers lie."""
        with durable.clear_errors(f"post/{name}"):
            durable.put(self.root / "post" / name, data)

    def put_in_inbox(self, name: str, data: bytes) -> None:
        """Write a file into register/inbox/, as a person does who saves what came by mail; used by the demo."""
        with durable.clear_errors(f"register/inbox/{name}"):
            durable.put(self.root / "register" / "inbox" / name, data)

    def sweep(self) -> None:
        """Remove what killed runs left half-made."""
        for folder in ("output", "records", "register"):
            with durable.clear_errors(folder):
                if (self.root / folder).is_dir():
                    durable.sweep(self.root / folder)

    def _inputs(self, folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
        """Yield the names of the records or templates below a folder, in a fixed order: the cut's own, if it is one."""
        if self._frozen is None:
            yield from (each.relative_to(self.root).as_posix() for each in self._walk(self.root / folder, suffixes))
            return
        yield from (name for name in sorted(self._frozen) if name.startswith(f"{folder}/") and name.endswith(suffixes))

    def _walk(self, folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
        """Yield the plain files below a folder in a fixed order, without hidden files and lock files of Word.

        Those with one of these endings; without any, all of them.
        """
        with durable.clear_errors(folder.relative_to(self.root).as_posix()):
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                wanted = not suffixes or path.suffix.lower() in suffixes
                if wanted and not path.name.startswith((".", "~$")) and path.is_file():
                    yield path

    @staticmethod
    def _ours(path: Path) -> tuple[str, ...]:
        """Return the digests that the program wrote under a name last."""
        mark = _mark_of(path)
        return tuple(mark.read_text(encoding="ascii", errors="replace").split()) if mark.is_file() else ()


def _plain(path: str) -> Path:
    """Return the file that a user named, relative to where they stand; RequestError where it is no plain file."""
    place = Path(path)
    if not stat.S_ISREG(place.stat().st_mode):
        raise RequestError(Problem("not-a-file", f"'{path}' is not a file", Location(path), "name the file itself"))
    return place


def _mark_of(path: Path) -> Path:
    """Return the hidden file that keeps the digests of what the program wrote under a name."""
    return path.with_name(f".{path.name}.sha256")


def program_folder() -> Path:
    """Return the folder that the program was unpacked or cloned to: it holds the templates and the demo."""
    return Path(__file__).resolve().parents[1]


def _remove(folder: Path) -> None:
    """Remove a folder with all that is in it; Windows removes no read-only file, so all become writable first."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder)
