"""The proof on disk: kept byte for byte, shown under readable names, and never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from elca_docs.durable import sha256_of
from elca_docs.errors import WorkspaceError
from elca_docs.proof import Proof, evidence_name


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
