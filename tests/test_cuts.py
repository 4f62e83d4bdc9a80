"""Cuts on disk: staged whole, shown read-only, complete whatever was killed, and refused when changed."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import elca_docs
from elca_docs import cuts as room
from elca_docs import durable
from elca_docs.cuts import FOLDER, Cuts, library_versions, program_version
from elca_docs.durable import sha256_of
from elca_docs.errors import WorkspaceError
from elca_docs.model.cuts import Cut, FrozenFile, Manifest

FILES = {"records/a.yaml": b"a: 1\n", "records/empty.yaml": b"", "templates/deliverables/t.docx": b"PK"}


def cut(name: str = "P3", files: dict[str, bytes] = FILES) -> Cut:
    listed = {file: FrozenFile(sha256=sha256_of(data), size=len(data)) for file, data in files.items()}
    manifest = Manifest(
        name=name, as_of=date(2022, 2, 28), position=1, head="h", program="p", libraries={}, files=listed
    )
    return Cut(manifest=manifest, files=files)


def codes(caught: pytest.ExceptionInfo[WorkspaceError]) -> list[str]:
    return [str(each.location) for each in caught.value.problems if each.code == "cut-damaged"]


def staged(root: Path) -> list[Path]:
    return list((root / FOLDER / ".staged").glob("*"))


def test_a_staged_cut_can_be_read_before_and_after_it_has_its_name(tmp_path: Path) -> None:
    """Byte for byte, and the staged copy goes once the readable one is whole."""
    cuts = Cuts(tmp_path)
    snapshot = cuts.stage(cut())
    assert cuts.read("P3", snapshot) == cut()
    assert cuts.show({"P3": snapshot}) == ("P3",)
    assert cuts.show({"P3": snapshot}) == ()
    assert cuts.read("P3", snapshot) == cut()
    assert staged(tmp_path) == []


def test_every_file_of_a_cut_is_read_only_and_listed_with_its_digest(tmp_path: Path) -> None:
    """The manifest too; the digests are what `sha256sum -c` will find."""
    cuts = Cuts(tmp_path)
    snapshot = cuts.stage(cut())
    cuts.show({"P3": snapshot})
    there = {path for path in (tmp_path / FOLDER).rglob("*") if path.is_file()}
    assert not any(path.stat().st_mode & stat.S_IWUSR for path in there)
    digests = cuts.digests({"P3": snapshot})
    base = tmp_path / "register"
    assert digests == {path.relative_to(base).as_posix(): sha256_of(path.read_bytes()) for path in there}
    assert len(digests) == len(FILES) + 1


def test_the_same_cut_is_the_same_archive(tmp_path: Path) -> None:
    """Two runs that freeze the same stage the same bytes under the same name."""
    cuts = Cuts(tmp_path)
    cuts.stage(cut())
    (path,) = staged(tmp_path)
    before = path.read_bytes()
    cuts.stage(cut(files=dict(reversed(FILES.items()))))
    assert [each.read_bytes() for each in staged(tmp_path)] == [before]


@pytest.mark.parametrize("file", ["cut.json", *FILES])
@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_cut_with_a_changed_file_is_refused_by_its_name(tmp_path: Path, file: str, change: str) -> None:
    """Nothing is compiled from it, and the manifest that is not the one in the log is never believed."""
    cuts = Cuts(tmp_path)
    snapshot = cuts.stage(cut())
    cuts.show({"P3": snapshot})
    path = tmp_path / FOLDER / "P3" / file
    path.chmod(0o600)
    path.unlink() if change == "gone" else path.write_bytes(b"other")
    if (file, change) == ("records/empty.yaml", "gone"):
        return  # nothing of it is lost; `verify` names it
    with pytest.raises(WorkspaceError) as caught:
        cuts.read("P3", snapshot)
    assert codes(caught) == [f"{FOLDER}/P3/{file}"]
    assert (cuts.manifest("P3", snapshot) is None) == (file == "cut.json")
    assert len(cuts.digests({"P3": snapshot})) == (1 if file == "cut.json" else 4)


def test_a_cut_that_is_gone_is_named(tmp_path: Path) -> None:
    """By its manifest, which the log speaks of; an unsafe name in a log leads nowhere."""
    cuts = Cuts(tmp_path)
    for name in ("P3", "../../x"):
        with pytest.raises(WorkspaceError) as caught:
            cuts.read(name, "a" * 64)
        assert codes(caught) == [f"{FOLDER}/{name}/cut.json"]


def test_what_lies_under_the_name_moves_aside_while_the_cut_is_shown(tmp_path: Path) -> None:
    """Neither is lost: the cut has its name, and somebody's file another one."""
    cuts = Cuts(tmp_path)
    for file in ("cut.json", "records/a.yaml"):
        path = tmp_path / FOLDER / "P3" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"somebody's")
    snapshot = cuts.stage(cut())
    assert cuts.show({"P3": snapshot}) == ("P3",)
    assert cuts.read("P3", snapshot) == cut()
    aside = sorted(path.name for path in (tmp_path / FOLDER / "P3").rglob("*.changed-1.*"))
    assert aside == ["a.changed-1.yaml", "cut.changed-1.json"]


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_staged_archive_that_is_none_shows_nothing(tmp_path: Path, data: bytes) -> None:
    """It stays where it is, and the readable cut is not touched."""
    cuts = Cuts(tmp_path)
    snapshot = cuts.stage(cut())
    (path,) = staged(tmp_path)
    path.write_bytes(data)
    assert cuts.show({"P3": snapshot}) == ()
    assert path.exists()
    assert not (tmp_path / FOLDER / "P3").exists()


def test_a_staged_archive_with_another_file_in_it_shows_nothing(tmp_path: Path) -> None:
    """What the manifest does not bear gets no name."""
    cuts = Cuts(tmp_path)
    snapshot = cuts.stage(cut())
    (path,) = staged(tmp_path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("cut.json", b"{}")
    assert cuts.show({"P3": snapshot}) == ()


def test_staged_cuts_that_no_entry_speaks_of_go_once_they_are_old(tmp_path: Path) -> None:
    """A younger one may belong to a run that is about to append."""
    cuts = Cuts(tmp_path)
    old, young, known = (cuts.stage(cut(name)) for name in ("A", "B", "C"))
    for digest in (old, known):
        os.utime(tmp_path / FOLDER / ".staged" / f"{digest}.zip", (0, 0))
    cuts.tidy([known])
    assert {path.stem for path in staged(tmp_path)} == {young, known}


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """Let the process end before the durable step of that number (0: never); return the steps that were begun."""

    def until(number: int) -> list[str]:
        taken: list[str] = []
        for target, name in ((durable, "put_new"), (durable, "protect"), (Path, "unlink"), (durable, "put_archive")):
            original = getattr(target, name)

            def step(*arguments: Any, _original: Any = original, _name: str = name, **more: Any) -> Any:
                taken.append(_name)
                if len(taken) == number:
                    raise KilledError
                return _original(*arguments, **more)

            monkeypatch.setattr(target, name, step)
        return taken

    return until


def test_killed_at_any_step_the_next_run_shows_the_whole_cut(
    tmp_path: Path, steps: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step: the cut can be read all the time, and after one more run it is there as if nothing had been."""
    with monkeypatch.context():
        count = len(_shown(tmp_path / "0", steps(0)))
    monkeypatch.undo()
    assert count > 2 * len(FILES)
    for number in range(1, count + 1):
        root = tmp_path / str(number)
        cuts = Cuts(root)
        snapshot = cuts.stage(cut())
        steps(number)
        with pytest.raises(KilledError):
            cuts.show({"P3": snapshot})
        monkeypatch.undo()
        assert cuts.read("P3", snapshot) == cut()
        cuts.show({"P3": snapshot})
        assert cuts.read("P3", snapshot) == cut()
        assert staged(root) == []
        there = [path for path in (root / FOLDER / "P3").rglob("[!.]*") if path.is_file()]
        assert sorted(path.name for path in there) == ["a.yaml", "cut.json", "empty.yaml", "t.docx"]
        assert not any(path.stat().st_mode & stat.S_IWUSR for path in there)


def _shown(root: Path, taken: list[str]) -> list[str]:
    cuts = Cuts(root)
    snapshot = cuts.stage(cut())
    taken.clear()
    cuts.show({"P3": snapshot})
    return taken


def test_the_program_is_known_by_its_own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The version is the project's, another line in any module is another program, other line ends are not."""
    text = (Path(elca_docs.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{elca_docs.__version__}"' in text
    assert program_version().startswith(f"{elca_docs.__version__}+")
    found = []
    for data in (b"x = 1\n", b"x = 1\r\n", b"x = 2\n"):
        (tmp_path / "m.py").write_bytes(data)
        monkeypatch.setattr(room, "__file__", str(tmp_path / "cuts.py"))
        program_version.cache_clear()
        found.append(program_version())
    program_version.cache_clear()
    assert found[0] == found[1] != found[2]


def test_the_libraries_that_draw_documents_are_named() -> None:
    """With what packs them; one that is not installed is left out."""
    assert {"docxtpl", "lxml", "python", "python-docx", "zlib"} <= set(library_versions())
