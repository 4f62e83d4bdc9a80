"""Durable writing: whole or not at all, one winner, clear sentences when the system says no."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from elca_docs import durable
from elca_docs.errors import WorkspaceError


def test_put_new_never_replaces(tmp_path: Path) -> None:
    """The second writer of a name is told so, and the first one's bytes stay."""
    target = tmp_path / "deep" / "name.txt"
    assert durable.put_new(target, b"first") is True
    assert durable.put_new(target, b"second") is False
    assert target.read_bytes() == b"first"
    assert [path.name for path in target.parent.iterdir()] == ["name.txt"]


def test_of_many_writers_exactly_one_wins(tmp_path: Path) -> None:
    """Twenty threads put the same name; one wins, and the file holds the winner's bytes."""
    target = tmp_path / "name"
    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(lambda number: durable.put_new(target, b"%d" % number), range(20)))
    assert won.count(True) == 1
    assert target.read_bytes() == b"%d" % won.index(True)


def test_put_new_without_links_still_never_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a drive that has no links the name is taken exclusively."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert durable.put_new(tmp_path / "name", b"first") is True
    assert durable.put_new(tmp_path / "name", b"second") is False
    assert (tmp_path / "name").read_bytes() == b"first"


def test_put_replaces_whole(tmp_path: Path) -> None:
    """`put` leaves the new bytes and no temporary file."""
    durable.put(tmp_path / "name", b"old")
    durable.put(tmp_path / "name", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"name": b"new"}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EACCES, "not-permitted"),
        (errno.EROFS, "not-permitted"),
        (errno.ENOENT, "file-missing"),
        (errno.EISDIR, "not-a-file"),
        (errno.EIO, "file-trouble"),
    ],
)
def test_errors_of_the_system_become_sentences(number: int, code: str) -> None:
    """Each error names the path as the user knows it, and never shows a traceback's words."""
    with pytest.raises(WorkspaceError) as caught, durable.clear_errors("output/x.docx"):
        raise OSError(number, os.strerror(number))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert "output/x.docx" in caught.value.problems[0].message


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full in the middle of a write, neither the name nor a temporary file remains."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError), durable.clear_errors("x"):
        durable.put_new(tmp_path / "name", b"bytes")
    assert list(tmp_path.iterdir()) == []


def test_sweep_removes_only_old_leftovers(tmp_path: Path) -> None:
    """A killed run's temporary file goes after an hour; a young one may belong to a run that is still writing."""
    old, young, other = tmp_path / ".part-old", tmp_path / "deep" / ".part-young", tmp_path / "kept"
    young.parent.mkdir()
    for path in (old, young, other):
        path.write_bytes(b"")
    os.utime(old, (time.time() - 7200,) * 2)
    os.utime(other, (time.time() - 7200,) * 2)
    durable.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".part-young", "kept"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9; its rename is atomic by itself")
def test_a_killed_writer_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    """Killed at ten random moments, a writer of a large file never leaves a torn one under its name."""
    root = Path(__file__).parents[1]
    code = (
        "import sys, pathlib; from elca_docs import durable\n"
        "for n in range(10_000): durable.put(pathlib.Path(sys.argv[1]), b'%06d' % n * 100_000)"
    )
    for delay in (0.05, 0.1, 0.15, 0.2, 0.25):
        writer = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "name")], cwd=root)
        time.sleep(delay)
        writer.kill()
        writer.wait()
        if (tmp_path / "name").exists():
            data = (tmp_path / "name").read_bytes()
            assert data == data[:6] * 100_000


def test_an_archive_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """A member that cannot be had leaves the archive that was there, and nothing half-made beside it."""
    path = tmp_path / "new" / "a.zip"
    members = [("a.txt", b"a" * 1000), ("b/c.pdf", b"c")]
    durable.put_archive(path, members)
    first = path.read_bytes()
    durable.put_archive(path, iter(members))
    assert path.read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == dict(members)

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "a.txt", b"other"
        raise OSError(errno.EIO, "no")

    with pytest.raises(OSError, match="no"):
        durable.put_archive(path, failing())
    assert path.read_bytes() == first
    assert [each.name for each in path.parent.iterdir()] == ["a.zip"]
