"""Project folders for tests: a project's records with the shipped templates, and a clock that stands still."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from elca_docs.exchange import signed_specimen
from elca_docs.workflows.desk import Desk, open_desk

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2021, 11, 15, 12, tzinfo=UTC)


def project(folder: Path, source: str = "examples/demo") -> Path:
    """Return a project folder with the records of `source` and the shipped templates."""
    origin = ROOT / source if source != "." else ROOT
    shutil.copytree(origin / "records", folder / "records")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def desk(folder: Path, moment: datetime = NOON, *, as_of: str = "") -> Desk:
    """Return the desk of a project at a moment that does not pass."""
    return open_desk(str(folder), actor="tester", now=lambda: moment, as_of=as_of)


def paper(folder: Path, name: str, reference: str, *lines: str) -> str:
    """Write a specimen PDF that carries a reference, and return its path."""
    path = folder / name
    path.write_bytes(signed_specimen(title="Specimen", reference=reference, lines=lines or ("x",), signatures=()))
    return str(path)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder with its bytes and its time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
