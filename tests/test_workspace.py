"""The project folder: what may be overwritten, what moves aside, and what never changes."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

import pytest

from elca_docs import durable
from elca_docs.durable import sha256_of
from elca_docs.errors import RequestError, WorkspaceError
from elca_docs.workspace import Workspace


def put(root: Path, name: str, data: bytes = b"x") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_records_are_yaml_and_markdown_by_name(tmp_path: Path) -> None:
    """Names are relative with forward slashes; lock files, hidden files and other endings are passed over."""
    for name in ("a.yaml", "deliverables/D/x.md", ".hidden.yaml", "~$a.yaml", "note.txt"):
        put(tmp_path, f"records/{name}")
    assert sorted(Workspace(tmp_path).records()) == ["records/a.yaml", "records/deliverables/D/x.md"]


def test_a_huge_record_is_not_read_whole(tmp_path: Path) -> None:
    """One byte over the limit is enough to say that a file is too large."""
    put(tmp_path, "records/a.yaml", b"#" * 3_000_000)
    assert len(Workspace(tmp_path).records()["records/a.yaml"]) == 1_000_001


def test_templates_are_known_by_name_and_language(tmp_path: Path) -> None:
    """`cooperation.es.docx` is the Spanish variant of `cooperation.docx`."""
    put(tmp_path, "templates/agreements/cooperation.docx", b"en")
    put(tmp_path, "templates/agreements/cooperation.es.docx", b"es")
    assert Workspace(tmp_path).agreement_templates() == {
        ("cooperation", ""): ("templates/agreements/cooperation.docx", b"en"),
        ("cooperation", "es"): ("templates/agreements/cooperation.es.docx", b"es"),
    }


def test_a_template_kept_in_a_folder_below_takes_nobodys_place(tmp_path: Path) -> None:
    """An old version put away in templates/agreements/old/ is not used; an ending in capitals is an ending too."""
    put(tmp_path, "templates/agreements/cooperation.DOCX", b"now")
    put(tmp_path, "templates/agreements/old/cooperation.docx", b"then")
    assert Workspace(tmp_path).agreement_templates() == {
        ("cooperation", ""): ("templates/agreements/cooperation.DOCX", b"now"),
    }


def test_a_missing_project_folder_has_no_records(tmp_path: Path) -> None:
    """A folder that is not there is empty, so that the reader can say what is missing."""
    assert Workspace(tmp_path / "nowhere").records() == {}


def test_create_never_overwrites_and_exchange_only_what_is_known(tmp_path: Path) -> None:
    """A file under a name stays unless the caller knows its digest."""
    workspace = Workspace(tmp_path)
    assert workspace.create("a.docx", b"one") is True
    assert workspace.create("a.docx", b"two") is False
    assert workspace.exchange("a.docx", b"two", expected=sha256_of(b"other")) is False
    assert workspace.exchange("a.docx", b"two", expected=sha256_of(b"one")) is True
    assert (tmp_path / "output/a.docx").read_bytes() == b"two"
    assert workspace.exchange("gone.docx", b"two", expected=sha256_of(b"one")) is False


def test_renew_touches_nothing_when_nothing_changed(tmp_path: Path) -> None:
    """The second writing of the same bytes changes neither the file nor its time."""
    workspace = Workspace(tmp_path)
    assert workspace.renew("missing/A.xlsx", b"one").written is True
    os.utime(tmp_path / "output/missing/A.xlsx", (1, 1))
    assert workspace.renew("missing/A.xlsx", b"one").written is False
    assert (tmp_path / "output/missing/A.xlsx").stat().st_mtime == 1


def test_what_a_file_is_made_of_is_known_even_where_its_bytes_stay(tmp_path: Path) -> None:
    """The basis last written, whatever form the file has; of a file that was never written nothing is known."""
    workspace = Workspace(tmp_path)
    assert workspace.made_of("A.pdf", "one") is False
    workspace.renew("A.pdf", b"same", basis="one", again=True)
    assert (workspace.made_of("A.pdf", "one"), workspace.made_of("A.pdf", "two")) == (True, False)
    os.utime(tmp_path / "output/A.pdf", (1, 1))
    assert workspace.renew("A.pdf", b"same", basis="two", again=True).written is False
    assert (workspace.made_of("A.pdf", "one"), workspace.made_of("A.pdf", "two")) == (False, True)
    assert (tmp_path / "output/A.pdf").stat().st_mtime == 1
    assert workspace.renew("A.pdf", b"other", basis="three").aside == ""


def test_renew_keeps_what_a_person_filled_in(tmp_path: Path) -> None:
    """A file that is not what the program wrote last moves aside under a name that says so, twice if need be."""
    workspace = Workspace(tmp_path)
    workspace.renew("missing/A.xlsx", b"one")
    for edit, aside in ((b"filled in", "A.edited-1.xlsx"), (b"again", "A.edited-2.xlsx")):
        put(tmp_path, "output/missing/A.xlsx", edit)
        assert workspace.renew("missing/A.xlsx", b"new " + edit).aside == aside
        assert (tmp_path / "output/missing" / aside).read_bytes() == edit
    assert workspace.renew("missing/A.xlsx", b"newest").aside == ""


@pytest.mark.parametrize("puts", [1, 2])
def test_what_a_killed_run_wrote_is_no_persons_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, puts: int) -> None:
    """Dead after its first or its second file: the next run writes in place, and nothing moves aside."""
    workspace = Workspace(tmp_path)
    workspace.renew("missing/A.xlsx", b"one")
    true_put, left = durable.put, [puts]

    def put_until_killed(path: Path, data: bytes) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        true_put(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "put", put_until_killed)
        for data in (b"two", b"three"):
            with contextlib.suppress(KeyboardInterrupt):
                workspace.renew("missing/A.xlsx", data)
    assert left == [0]
    assert workspace.renew("missing/A.xlsx", b"four").aside == ""
    assert (tmp_path / "output/missing/A.xlsx").read_bytes() == b"four"


def test_retire_removes_only_what_nobody_changed(tmp_path: Path) -> None:
    """A sheet that is no longer needed goes, unless somebody wrote into it."""
    workspace = Workspace(tmp_path)
    workspace.renew("missing/A.xlsx", b"one")
    workspace.renew("missing/B.xlsx", b"one")
    put(tmp_path, "output/missing/B.xlsx", b"filled in")
    assert (workspace.retire("missing/A.xlsx"), workspace.retire("missing/B.xlsx")) == (True, False)
    assert (tmp_path / "output/missing/B.xlsx").read_bytes() == b"filled in"


def test_only_a_plain_file_is_taken_from_outside(tmp_path: Path) -> None:
    """A folder named like a PDF, and a file that is not there, each get one sentence."""
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(RequestError) as caught:
        Workspace.outside(str(tmp_path / "folder.pdf"), 9)
    assert [problem.code for problem in caught.value.problems] == ["not-a-file"]
    with pytest.raises(WorkspaceError) as missing:
        Workspace.outside(str(tmp_path / "nothing.pdf"), 9)
    assert [problem.code for problem in missing.value.problems] == ["file-missing"]
    assert Workspace.outside(str(put(tmp_path, "long.pdf", b"0123456789")), 4) == b"01234"


def test_set_aside_does_not_overwrite(tmp_path: Path) -> None:
    """Moving aside onto a taken name is refused."""
    workspace = Workspace(tmp_path)
    workspace.create("a.docx", b"one")
    workspace.create("b.docx", b"two")
    with pytest.raises(WorkspaceError) as caught:
        workspace.set_aside("a.docx", "b.docx")
    assert [problem.code for problem in caught.value.problems] == ["name-taken"]
    workspace.set_aside("a.docx", "c.docx")
    assert (tmp_path / "output/c.docx").read_bytes() == b"one"


def test_discard_removes_only_the_known_bytes(tmp_path: Path) -> None:
    """A file that changed since stays."""
    workspace = Workspace(tmp_path)
    workspace.create("a.docx", b"one")
    workspace.discard("a.docx", expected=sha256_of(b"other"))
    assert (tmp_path / "output/a.docx").exists()
    workspace.discard("a.docx", expected=sha256_of(b"one"))
    assert not (tmp_path / "output/a.docx").exists()


def test_a_draft_that_the_disk_cannot_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken disk ends in a sentence with the name of the file, not in an error of ours."""

    def broken(path: Path) -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    put(tmp_path, "output/agreements/CA/a.docx")
    monkeypatch.setattr(durable, "digest_of", broken)
    with pytest.raises(WorkspaceError) as caught:
        Workspace(tmp_path).digests("agreements", ".docx")
    assert [(each.code, str(each.location)) for each in caught.value.problems] == [
        ("file-trouble", "output/agreements/CA/a.docx")
    ]


def test_anchors_are_the_files_of_their_folder(tmp_path: Path) -> None:
    """Whatever their endings: a certificate that is passed over for its name would be missed without a word."""
    workspace = Workspace(tmp_path)
    assert workspace.anchors() == {}
    for name in ("a.pem", "b.CER", "note.txt", ".hidden.pem"):
        put(tmp_path, f"records/anchors/{name}", name.encode())
    assert set(workspace.anchors()) == {f"records/anchors/{name}" for name in ("a.pem", "b.CER", "note.txt")}
    assert workspace.anchors()["records/anchors/a.pem"] == b"a.pem"


def test_the_demo_puts_its_papers_where_people_do(tmp_path: Path) -> None:
    """Into the inbox, by name."""
    Workspace(tmp_path).put_in_inbox("a scan.pdf", b"x")
    assert (tmp_path / "register/inbox/a scan.pdf").read_bytes() == b"x"


def test_a_folder_that_the_disk_cannot_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sweeping up after killed runs ends in a sentence where the disk is broken."""

    def broken(_: Path, pattern: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), pattern)

    put(tmp_path, "output/a.txt")
    monkeypatch.setattr(Path, "rglob", broken)
    with pytest.raises(WorkspaceError) as caught:
        Workspace(tmp_path).sweep()
    assert [(each.code, str(each.location)) for each in caught.value.problems] == [("file-trouble", "output")]
