"""The proof on disk: kept byte for byte, shown under readable names, and never written over."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from elca_docs.durable import sha256_of
from elca_docs.errors import WorkspaceError
from elca_docs.proof import Proof, evidence_name, note_name


def test_evidence_is_kept_under_its_digest_read_only_and_once(tmp_path: Path) -> None:
    """Keeping the same bytes twice changes nothing; the file cannot be written by accident."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    assert proof.keep(b"signed") == digest == sha256_of(b"signed")
    path = tmp_path / evidence_name(digest)
    assert path.read_bytes() == b"signed"
    assert path.stat().st_mode & 0o222 == 0
    assert proof.whole(digest) is True


def test_damaged_evidence_is_seen_and_never_overwritten(tmp_path: Path) -> None:
    """A changed byte makes the evidence not whole; keeping the right bytes again does not hide the damage."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    path = tmp_path / evidence_name(digest)
    path.chmod(0o644)
    path.write_bytes(b"Signed")
    assert proof.whole(digest) is False
    with pytest.raises(WorkspaceError) as caught:
        proof.keep(b"signed")
    assert [problem.code for problem in caught.value.problems] == ["evidence-damaged"]
    assert path.read_bytes() == b"Signed"
    assert proof.whole(sha256_of(b"never kept")) is False


def test_the_readable_archive_can_be_rebuilt_and_keeps_strangers(tmp_path: Path) -> None:
    """A copy that was changed by hand moves aside; SHA256SUMS names evidence and copies."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    copies = {"signed/R-1.pdf": digest}
    assert proof.publish(copies).written == ("signed/R-1.pdf",)
    assert proof.publish(copies).written == ()
    path = tmp_path / "register/signed/R-1.pdf"
    path.chmod(0o644)
    path.write_bytes(b"scribbled on")
    assert proof.publish(copies).written == ("signed/R-1.pdf",)
    assert path.read_bytes() == b"signed"
    assert (tmp_path / "register/signed/R-1.changed-1.pdf").read_bytes() == b"scribbled on"
    assert (tmp_path / "register/SHA256SUMS").read_text(encoding="utf-8") == (
        f"{digest}  {evidence_name(digest).removeprefix('register/')}\n{digest}  signed/R-1.pdf\n"
    )


@pytest.mark.parametrize("left", [b"", b"sig"])
def test_a_torn_beginning_of_evidence_is_no_damage(tmp_path: Path, left: bytes) -> None:
    """A run killed on a drive without links leaves a part: the same call again keeps the whole, and the part beside."""
    name = evidence_name(sha256_of(b"signed"))
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(left)
    assert Proof(tmp_path).keep(b"signed") == sha256_of(b"signed")
    assert path.read_bytes() == b"signed"
    assert path.with_name(f"{path.stem}.torn-1.pdf").read_bytes() == left


def test_evidence_that_fails_is_named_and_stops_no_other_copy(tmp_path: Path) -> None:
    """Nothing wrong is ever copied, however often it is tried, and the rest of the archive is shown."""
    proof = Proof(tmp_path)
    gone, changed, whole = (proof.keep(data) for data in (b"gone", b"changed", b"whole"))
    (tmp_path / evidence_name(gone)).unlink()
    (tmp_path / evidence_name(changed)).chmod(0o644)
    (tmp_path / evidence_name(changed)).write_bytes(b"Changed")
    copies = {"signed/1.pdf": gone, "signed/2.pdf": changed, "signed/3.pdf": whole}
    first, second = proof.publish(copies), proof.publish(copies)
    assert (first.written, second.written) == (("signed/3.pdf",), ())
    assert [problem.code for problem in second.problems] == ["evidence-damaged", "evidence-damaged"]
    assert [path.name for path in (tmp_path / "register/signed").iterdir()] == ["3.pdf"]


def test_sums_name_all_evidence_also_what_has_no_readable_copy_yet(tmp_path: Path) -> None:
    """A copy that one party signed is proof already."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"partly signed")
    proof.publish({}, [digest])
    assert (tmp_path / "register/SHA256SUMS").read_text(encoding="utf-8") == (
        f"{digest}  {evidence_name(digest).removeprefix('register/')}\n"
    )


def test_a_copy_that_a_killed_run_left_writable_becomes_read_only(tmp_path):
    """A copy got its name, and the run was killed before it was protected: the next run does it."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"%PDF-1.7 signed")
    place = tmp_path / "register/signed/R-2021-001.pdf"
    place.parent.mkdir()
    place.write_bytes(b"%PDF-1.7 signed")
    assert proof.publish({"signed/R-2021-001.pdf": digest}, [digest]).written == ()
    assert place.stat().st_mode & 0o222 == 0


def test_evidence_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    """What is gone or was changed is named, and never handed on."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    assert proof.read(digest) == b"signed"
    path = tmp_path / evidence_name(digest)
    path.chmod(0o600)
    for change in (lambda: path.write_bytes(b"sigmed"), path.unlink):
        change()
        with pytest.raises(WorkspaceError) as caught:
            proof.read(digest)
        assert [problem.code for problem in caught.value.problems] == ["evidence-damaged"]


def test_the_opinion_of_the_day_lies_beside_its_evidence(tmp_path: Path) -> None:
    """Plain JSON, the same for the same facts; nothing where nothing was noted."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    assert proof.opinion(digest, "") == b""
    noted = proof.note(digest, {"told": ["é"], "on": "2021-10-05"})
    path = tmp_path / note_name(digest, noted)
    assert (path.parent, path.read_bytes()) == ((tmp_path / evidence_name(digest)).parent, proof.opinion(digest, noted))
    assert proof.opinion(digest, noted) == b'{\n "on": "2021-10-05",\n "told": [\n  "\\u00e9"\n ]\n}\n'
    assert proof.note(digest, {"on": "2021-10-05", "told": ["é"]}) == noted


def test_a_note_is_never_written_over(tmp_path: Path) -> None:
    """Another note stands beside it; a changed one says nothing, and moves aside when the same is noted again."""
    proof = Proof(tmp_path)
    digest = proof.keep(b"signed")
    first, second = (proof.note(digest, {"told": [told]}) for told in ("one", "two"))
    assert (proof.opinion(digest, first), proof.opinion(digest, second)) != (b"", b"")
    path = tmp_path / note_name(digest, first)
    path.chmod(0o600)
    for found, mark in ((b"changed", "changed"), (proof.opinion(digest, first)[:5], "torn")):
        path.write_bytes(found)
        assert proof.opinion(digest, first) == b""
        assert proof.note(digest, {"told": ["one"]}) == first
        (aside,) = path.parent.glob(f"*{mark}*")
        assert (aside.read_bytes(), proof.opinion(digest, first)) != (found, b"")
        path.chmod(0o600)
    proof.forget(digest, second)
    proof.forget(digest, second)
    assert (proof.opinion(digest, second), path.is_file()) == (b"", True)


def test_a_folder_of_copies_that_the_disk_cannot_read_is_one_problem(tmp_path, monkeypatch):
    """A broken disk ends in a sentence, not in an error of ours."""

    def broken(_, pattern):
        raise OSError(errno.EIO, os.strerror(errno.EIO), pattern)

    monkeypatch.setattr(Path, "glob", broken)
    with pytest.raises(WorkspaceError) as caught:
        Proof(tmp_path).withdraw({}, ())
    assert [each.code for each in caught.value.problems] == ["file-trouble"]
