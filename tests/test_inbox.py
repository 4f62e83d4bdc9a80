"""The inbox: of two runs one has a file, what a killed run claimed comes back, and only what is archived is removed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from elca_docs import inbox as inbox_module
from elca_docs.durable import sha256_of
from elca_docs.errors import Problem, WorkspaceError
from elca_docs.inbox import Claimed, Inbox


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Files of a test are not being written any more."""
    monkeypatch.setattr(inbox_module, "_SETTLED", -60.0)


def dropped(root: Path, **files: bytes) -> Path:
    folder = root / "register" / "inbox"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return folder


def claim_of(inbox: Inbox, name: str) -> Claimed:
    claimed = inbox.claim(name)
    assert isinstance(claimed, Claimed)
    return claimed


def test_what_is_claimed_is_gone_from_the_inbox_and_comes_back_when_nothing_is_done_with_it(tmp_path):
    folder = dropped(tmp_path, a=b"one")
    with Inbox(tmp_path) as inbox:
        assert claim_of(inbox, "a.pdf").read(100) == b"one"
        assert not (folder / "a.pdf").exists()
    assert (folder / "a.pdf").read_bytes() == b"one"
    assert list((folder / ".claims").iterdir()) == []


def test_of_two_runs_exactly_one_has_a_file(tmp_path):
    dropped(tmp_path, a=b"one")
    with Inbox(tmp_path) as first, Inbox(tmp_path) as second:
        assert isinstance(first.claim("a.pdf"), Claimed)
        assert second.claim("a.pdf") is None


def test_many_threads_share_the_files_without_taking_one_twice(tmp_path):
    dropped(tmp_path, **{f"f{number:03}": b"x" for number in range(60)})
    taken: list[str] = []

    def work() -> None:
        with Inbox(tmp_path) as inbox:
            for name in inbox.waiting().names:
                claimed = inbox.claim(name)
                if isinstance(claimed, Claimed) and inbox.remove(claimed, archived=sha256_of(b"x")):
                    taken.append(name)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"f{number:03}.pdf" for number in range(60)]


def test_a_file_is_removed_only_where_its_bytes_are_the_archived_ones(tmp_path):
    """Evidence notes 2.9: what an open writer still put into the file is not lost, but looked at again."""
    folder = dropped(tmp_path, a=b"one", b=b"two")
    with Inbox(tmp_path) as inbox:
        first, second = claim_of(inbox, "a.pdf"), claim_of(inbox, "b.pdf")
        second.path.write_bytes(b"two and more")
        assert inbox.remove(first, archived=sha256_of(b"one"))
        assert not inbox.remove(second, archived=sha256_of(b"two"))
    assert not (folder / "a.pdf").exists()
    assert (folder / "b.pdf").read_bytes() == b"two and more"


def test_a_newer_file_of_the_same_name_is_neither_taken_nor_overwritten(tmp_path):
    folder = dropped(tmp_path, a=b"old")
    with Inbox(tmp_path) as inbox:
        claim_of(inbox, "a.pdf")
        dropped(tmp_path, a=b"new")
    assert (folder / "a.pdf").read_bytes() == b"new"
    assert (folder / "a.back-1.pdf").read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork")
def test_what_a_killed_run_had_claimed_goes_back_to_the_inbox(tmp_path):
    folder = dropped(tmp_path, a=b"one")
    code = (
        "import os, sys; from pathlib import Path; from elca_docs.inbox import Inbox\n"
        "inbox = Inbox(Path(sys.argv[1])).__enter__(); inbox.claim('a.pdf'); os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == 9
    assert not (folder / "a.pdf").exists()
    with Inbox(tmp_path) as inbox:
        assert inbox.waiting().names == ("a.pdf",)


def test_the_claims_of_a_run_that_lives_are_left_alone(tmp_path):
    folder = dropped(tmp_path, a=b"one")
    with Inbox(tmp_path) as living:
        claim_of(living, "a.pdf")
        with Inbox(tmp_path) as other:
            assert other.waiting().names == ()
        assert not (folder / "a.pdf").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes that have names")
def test_links_pipes_and_folders_are_named_and_left_where_they_are(tmp_path):
    """Opening a pipe would wait for ever, and a link leads out of the inbox."""
    folder = dropped(tmp_path, a=b"one")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    (folder / "link.pdf").symlink_to(folder / "a.pdf")
    with Inbox(tmp_path) as inbox:
        found = inbox.waiting()
    assert found.names == ("a.pdf",)
    assert {problem.code for problem in found.left} == {"inbox-not-a-file"}
    assert [str(problem.location) for problem in found.left] == [
        f"register/inbox/{name}.pdf" for name in ("folder", "link", "pipe")
    ]


def test_a_file_that_becomes_a_link_after_the_look_is_not_followed(tmp_path):
    folder = dropped(tmp_path, a=b"one", secret=b"elsewhere")
    with Inbox(tmp_path) as inbox:
        claimed = claim_of(inbox, "a.pdf")
        claimed.path.unlink()
        claimed.path.symlink_to(folder / "secret.pdf")
        with pytest.raises(WorkspaceError):
            claimed.read(100)


def test_lock_files_leftovers_and_unfinished_downloads_are_nobodys_business(tmp_path):
    folder = dropped(tmp_path, a=b"one")
    for name in ("~$a.docx", "._a.pdf", ".DS_Store", "Thumbs.db", "desktop.ini", "a.pdf.crdownload", "b.pdf.part"):
        (folder / name).write_bytes(b"")
    with Inbox(tmp_path) as inbox:
        assert inbox.waiting().names == ("a.pdf",)


def test_a_file_that_grows_between_two_looks_is_left_for_the_next_run(tmp_path, monkeypatch):
    folder = dropped(tmp_path, a=b"one", b=b"two")
    monkeypatch.setattr(inbox_module, "_SETTLED", 60.0)
    monkeypatch.setattr(inbox_module.time, "sleep", lambda _: (folder / "a.pdf").write_bytes(b"one more"))
    with Inbox(tmp_path) as inbox:
        found = inbox.waiting()
    assert found.names == ("b.pdf",)
    assert [problem.code for problem in found.left] == ["inbox-file-growing"]


def test_a_refused_file_lies_beside_its_reason_and_a_second_one_of_the_name_beside_the_first(tmp_path):
    folder = dropped(tmp_path, a=b"one")
    for data in (b"one", b"two", b"two"):
        dropped(tmp_path, a=data)
        with Inbox(tmp_path) as inbox:
            inbox.refuse(claim_of(inbox, "a.pdf"), {"why": data.decode()})
    refused = folder / "refused"
    assert {each.name: each.read_bytes() for each in refused.glob("*.pdf")} == {
        "a.pdf": b"one",
        "a.again-1.pdf": b"two",
        "a.again-2.pdf": b"two",
    }
    assert json.loads((refused / "a.pdf.reason.json").read_text()) == {"why": "one"}


@pytest.mark.parametrize(
    "name", ["line\nbreak.pdf", "x" * 250 + ".pdf", "\udcff\udcfe.pdf", "esc\x1b[31m.pdf", "  .pdf"]
)
def test_a_strange_name_is_kept_as_one_that_every_system_can_show(tmp_path, name):
    folder = dropped(tmp_path)
    try:
        (folder / name).write_bytes(b"one")
    except OSError:
        pytest.skip("this drive does not take such a name")
    with Inbox(tmp_path) as inbox:
        place = inbox.refuse(claim_of(inbox, name), {"why": "odd"})
    assert place.isprintable()
    assert len(place.encode()) < 250
    assert (tmp_path / place).read_bytes() == b"one"


def test_a_file_held_by_another_program_is_a_problem_of_that_file_only(tmp_path, monkeypatch):
    dropped(tmp_path, a=b"one")
    with Inbox(tmp_path) as inbox:
        with monkeypatch.context() as held:
            held.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
            found = inbox.claim("a.pdf")
        assert isinstance(found, Problem)
        assert found.code == "inbox-file-in-use"
        assert isinstance(inbox.claim("a.pdf"), Claimed)


@pytest.mark.skipif(os.name == "nt", reason="there a file goes back in one step")
def test_a_file_given_back_halfway_by_a_killed_run_is_in_the_inbox_once(tmp_path):
    """Killed between the two steps of giving back, a file has both names: the next run takes the first one away."""
    folder = dropped(tmp_path, a=b"one")
    half = folder / ".claims" / "0011223344556677"
    half.mkdir(parents=True)
    os.link(folder / "a.pdf", half / "a.pdf")
    with Inbox(tmp_path) as inbox:
        assert inbox.waiting().names == ("a.pdf",)
    assert not half.exists()


def test_a_lock_that_cannot_be_removed_stops_nobody(tmp_path, monkeypatch):
    """The files are back in the inbox, and the next run does away with the lock."""
    dropped(tmp_path, a=b"one")
    with monkeypatch.context() as broken, Inbox(tmp_path) as inbox:
        claim_of(inbox, "a.pdf")
        broken.setattr(Path, "unlink", lambda *_, **__: Path("/is/not/there").stat())
        broken.setattr(inbox_module, "_move_new", lambda path, place: path.rename(place))
    with Inbox(tmp_path) as inbox:
        assert inbox.waiting().names == ("a.pdf",)
    assert not list((tmp_path / "register/inbox/.claims").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="there a file is moved in one step")
def test_a_file_that_a_killed_run_had_half_moved_to_the_refused_ones_lies_there_once(tmp_path):
    """Killed between the two steps of moving, a file has both names: refused again, it is not doubled."""
    dropped(tmp_path, a=b"one")
    with Inbox(tmp_path) as inbox:
        inbox.refuse(claim_of(inbox, "a.pdf"), {"why": "x"})
    refused = tmp_path / "register/inbox/refused"
    os.link(refused / "a.pdf", tmp_path / "register/inbox/a.pdf")
    with Inbox(tmp_path) as inbox:
        assert inbox.refuse(claim_of(inbox, "a.pdf"), {"why": "y"}) == "register/inbox/refused/a.pdf"
    assert sorted(path.name for path in refused.iterdir()) == ["a.pdf", "a.pdf.reason.json"]
    assert not (tmp_path / "register/inbox/a.pdf").exists()
