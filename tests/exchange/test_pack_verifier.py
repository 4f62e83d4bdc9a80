"""The verifier of a pack: it runs alone, and names whatever was changed, lost or added."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pack_specimens import PATH, pack, redacted, sha, unpacked

from elca_docs.exchange import pack_verifier


def checked(folder: Path) -> tuple[int, str]:
    """Run the pack's own verify.py in a process that has nothing but the standard library."""
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py")], capture_output=True, encoding="utf-8", check=False
    )
    assert run.stderr == ""
    return run.returncode, run.stdout


def relisted(folder: Path) -> None:
    """Write the list of digests anew, as somebody would who wants to hide a change."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha((folder / name).read_bytes())}  {name}\n" for name in names if name != "SHA256SUMS")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def changed(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(tmp_path, pack())


def test_a_whole_pack_is_well(folder: Path) -> None:
    """Exit code 0, and the head is printed to compare it with a report."""
    code, said = checked(folder)
    assert code == 0
    assert pack().head in said
    assert "All is well" in said


def test_it_runs_on_old_pythons() -> None:
    """Nothing newer than Python 3.8 is written in it, and nothing but the standard library is imported."""
    tree = ast.parse(Path(pack_verifier.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "hashlib", "json", "os", "pathlib", "sys", "typing"}


@pytest.mark.parametrize("name", [PATH, "log/000001.jsonl", "log/000002.jsonl", "figures.json", "verify.py"])
@pytest.mark.parametrize("place", [0, -3])
def test_one_changed_byte_is_named(
    folder: Path, name: str, place: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever file, and whatever else that breaks: never a traceback."""
    data = bytearray((folder / name).read_bytes())
    data[place] ^= 1
    (folder / name).write_bytes(bytes(data))
    monkeypatch.setattr("sys.argv", ["verify.py", str(folder)])
    assert pack_verifier.main() == 1
    assert f"CHANGED  {name}" in capsys.readouterr().out


def test_what_is_gone_or_was_added_is_named(folder: Path) -> None:
    """Both ways; what systems leave behind in folders is not the pack's."""
    (folder / "signed/added.pdf").write_bytes(b"x")
    (folder / "signed/Thumbs.db").write_bytes(b"x")
    (folder / PATH).unlink()
    code, said = checked(folder)
    assert code == 1
    assert f"MISSING  {PATH}" in said
    assert "NOT LISTED  signed/added.pdf" in said
    assert "Thumbs" not in said


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (PATH, b"paper", b"PAPER", "not the file that was received"),
        ("log/000002.jsonl", b"R-2021-001", b"R-2021-002", "was changed"),
        ("log/000001.jsonl", b"opened", b"OPENED", "does not continue the segment before it"),
        ("figures.json", b'"counted": 1', b'"counted": 2', "counts 2, and 1 lines count"),
        ("figures.json", b'"number": "R-2021-001"', b'"number": "R-2021-007"', "does not give this number"),
        ("figures.json", b'"position": 2', b'"position": 3', "the pack was made at segment 3"),
    ],
)
def test_a_change_shows_although_the_list_was_made_anew(
    folder: Path, name: str, old: bytes, new: bytes, words: str
) -> None:
    """The log and the figures are held against each other and against the files."""
    changed(folder / name, old, new)
    relisted(folder)
    code, said = checked(folder)
    assert code == 1
    assert words in said


def test_a_line_that_counts_needs_a_file_that_was_received(folder: Path) -> None:
    """Neither a line without a file, nor a file that the log does not know."""
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    line = figures["figures"][0]["lines"][0]
    (folder / PATH).write_bytes(b"another")
    line["files"] = [{"sha256": sha(b"another"), "path": PATH}]
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    relisted(folder)
    assert "the log does not know the file" in checked(folder)[1]
    line["files"] = []
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    assert "there is no file behind it" in checked(folder)[1]


def test_a_lost_segment_shows(folder: Path) -> None:
    """The first, and the last."""
    (folder / "log/000001.jsonl").unlink()
    relisted(folder)
    assert "segment 1 is missing" in checked(folder)[1]


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    """A folder without the list or the figures is wrong, not a bug."""
    for name in ("SHA256SUMS", "figures.json"):
        (folder / name).unlink()
    code, said = checked(folder)
    assert code == 1
    assert said.count("cannot be read") == 3


def test_a_redacted_pack_is_checked_as_far_as_it_goes(tmp_path: Path) -> None:
    """Its log and files are left out, with their hashes; a hash that is not the head shows."""
    folder = unpacked(tmp_path, redacted())
    code, said = checked(folder)
    assert code == 0
    assert "1 left out, with their digests" in said
    changed(folder / "figures.json", redacted().head.encode(), b"0" * 64)
    relisted(folder)
    assert checked(folder)[0] == 0  # every place was changed alike: only a printed head would show it
    changed(folder / "figures.json", b'"head": "0000', b'"head": "1000')
    relisted(folder)
    assert "the last hash is not the head" in checked(folder)[1]
    changed(folder / "figures.json", b'"position": 2', b'"position": 3')
    assert "not every segment has its hash" in checked(folder)[1]


def test_a_double_click_on_windows_keeps_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the window waits for a key; a command line, which has a prompt of its own, does not."""
    asked: list[str] = []

    class Keyboard:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(pack_verifier.os, "name", "nt")
    monkeypatch.setattr("sys.stdin", Keyboard())
    monkeypatch.setattr("builtins.input", asked.append)
    monkeypatch.setenv("PROMPT", "$P$G")
    pack_verifier.wait()
    assert asked == []
    monkeypatch.delenv("PROMPT")
    pack_verifier.wait()
    assert len(asked) == 1
