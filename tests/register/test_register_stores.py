"""Segments in a folder: put once, whole and for good, on drives with links and without, whatever fails in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from register_doubles import MemoryStore, approving, counts_of, referencing, register_on

from elca_docs import durable
from elca_docs.errors import WorkspaceError
from elca_docs.register import FolderStore


@pytest.fixture(params=["links", "no links"])
def drive(request, monkeypatch):
    """Run a test on a drive with links and on one without."""
    if request.param == "no links":

        def refuse(*_names):
            raise OSError(errno.EPERM, "this drive has no links")

        monkeypatch.setattr(os, "link", refuse)
    return request.param


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "register" / "log"


def store_of(folder):
    return FolderStore(folder, patience=0)


def filled(folder, agreements="abc"):
    for agreement in agreements:
        register_on(store_of(folder)).append(referencing(agreement))
    return store_of(folder)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def refusal(act):
    with pytest.raises(WorkspaceError) as refused:
        act()
    (problem,) = refused.value.problems
    return problem


@pytest.mark.usefixtures("drive")
def test_a_segment_is_put_once(folder):
    """The first put wins; every later one of that number says no and changes nothing."""
    store = store_of(folder)
    assert (store.numbers(), store.read(1)) == ((), None)
    assert store.put(1, b"first")
    assert not store.put(1, b"second")
    assert store.put(2, b"third")
    assert (store.numbers(), store.read(1), store.read(2)) == ((1, 2), b"first", b"third")
    assert names_in(folder) == ["000001.jsonl", "000002.jsonl"]


@pytest.mark.usefixtures("drive")
def test_a_folder_keeps_the_same_log_as_memory(folder):
    """The fold, the chain and the numbers do not know where the segments are kept."""
    store, memory = filled(folder), MemoryStore()
    memory.segments = {number: store.read(number) for number in store.numbers()}
    assert register_on(memory).view() == register_on(store).view()
    assert counts_of(register_on(store).view()) == {"A-{seq:03}": [1, 2, 3]}


def test_looking_at_a_register_makes_no_folder(folder):
    """A view of a project without a register leaves the project folder as it is."""
    assert register_on(store_of(folder)).view().entries == ()
    assert not folder.parent.exists()


def test_names_grow_beyond_six_digits(folder):
    """Segment one million has seven digits, and stands behind segment 999999."""
    store = store_of(folder)
    store.put(1_000_000, b"b")
    store.put(999_999, b"a")
    assert store.numbers() == (999_999, 1_000_000)
    assert store.name(1_000_000) == "register/log/1000000.jsonl"


@pytest.mark.parametrize("name", [".part-0123", ".DS_Store", "._000001.jsonl", "000001.jsonl.torn-1", "README.md"])
def test_other_files_do_not_disturb(folder, name):
    """Temporary files of killed runs, torn segments and notes are no segments."""
    store = filled(folder)
    (folder / name).write_bytes(b"anything")
    assert store.numbers() == (1, 2, 3)
    assert register_on(store).append(referencing("d")).events[0].seq == 4


@pytest.mark.parametrize(
    "name",
    [
        "000003 (conflicted copy 2021-10-05).jsonl",
        "000003-OFFICE.jsonl",
        "000003.sync-conflict-20211005.jsonl",
        "0000003.jsonl",
        "3.jsonl",
        "000000.jsonl",
        "000003.JSONL",
    ],
)
def test_a_second_file_for_a_number_is_a_fork(folder, name):
    """Two places that wrote apart collide visibly: nothing is read or given before a person has looked."""
    store = filled(folder)
    (folder / name).write_bytes(b"anything")
    problem = refusal(lambda: register_on(store).append(approving("n")))
    assert (problem.code, problem.location.path) == ("log-fork", f"register/log/{name}")
    assert "move it out of this folder" in problem.fix


@pytest.mark.usefixtures("drive")
def test_a_torn_segment_is_kept_under_another_name(folder):
    """Setting aside renames; each further torn segment of that number gets the next name; none is deleted."""
    store = filled(folder)
    for count in (1, 2):
        path = folder / "000004.jsonl"
        path.write_bytes(b'{"actor": "killed' + str(count).encode())
        aside = store.set_aside(4, path.read_bytes())
        assert aside == f"register/log/000004.jsonl.torn-{count}"
        assert (folder.parent.parent / aside).read_bytes() == b'{"actor": "killed' + str(count).encode()
    assert store.numbers() == (1, 2, 3)


def test_a_segment_that_is_still_being_written_is_not_set_aside(folder, monkeypatch):
    """A writer that is only slow finishes while others wait: its segment stays."""
    filled(folder)
    path = folder / "000003.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    monkeypatch.setattr("elca_docs.register.stores.time.sleep", lambda _seconds: path.write_bytes(whole))
    patient = FolderStore(folder, patience=5)
    done = register_on(patient).append(referencing("d"))
    assert (done.set_aside, done.events[0].seq) == ((), 4)
    assert names_in(folder) == [f"00000{n}.jsonl" for n in range(1, 5)]


@pytest.mark.usefixtures("drive")
def test_a_segment_finished_in_the_last_moment_is_put_back(folder, monkeypatch):
    """A writer that finishes between the last look and the renaming is found out, and its segment is put back."""
    store = filled(folder)
    path = folder / "000003.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    rename = Path.rename

    def late(self, target):
        self.write_bytes(whole)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", late)
    assert store.set_aside(3, whole[:100]) == ""
    assert store.read(3) == whole


def test_a_late_segment_that_is_back_already_is_no_fork(folder, monkeypatch):
    """Where another run has put the late segment back before, nothing is amiss."""
    store = filled(folder)
    path = folder / "000003.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    rename = Path.rename

    def late(self, target):
        self.write_bytes(whole)
        rename(self, target)
        self.write_bytes(whole)

    monkeypatch.setattr(Path, "rename", late)
    assert store.set_aside(3, whole[:100]) == ""
    assert store.read(3) == whole


def test_two_segments_for_one_number_are_never_silent(folder, monkeypatch):
    """Where a third writer took the number while a late segment was aside, both are kept and a person is called."""
    store = filled(folder)
    path = folder / "000003.jsonl"
    torn = path.read_bytes()[:100]
    path.write_bytes(torn)
    rename = Path.rename

    def late(self, target):
        self.write_bytes(b"late")
        rename(self, target)
        self.write_bytes(b"third")

    monkeypatch.setattr(Path, "rename", late)
    assert refusal(lambda: store.set_aside(3, torn)).code == "log-fork"
    assert {b"late", b"third"} <= {each.read_bytes() for each in folder.iterdir()}


def test_only_one_of_two_sets_a_torn_segment_aside(folder, monkeypatch):
    """Who finds the torn segment renamed already has nothing to announce."""
    store = filled(folder)
    path = folder / "000003.jsonl"
    torn = path.read_bytes()[:100]
    path.write_bytes(torn)
    rename = Path.rename

    def twice(self, target):
        rename(self, target)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", twice)
    assert store.set_aside(3, torn) == ""
    assert store.set_aside(4, torn) == ""


def test_a_writer_that_was_set_aside_has_lost(folder, monkeypatch):
    """On a drive without links: who was so slow that others gave its number away writes again under the next one."""
    store = filled(folder)
    put_new = durable.put_new

    def overtaken(path, data):
        done = put_new(path, data)
        if path.name == "000004.jsonl" and not list(folder.glob("*.torn-*")):
            path.rename(folder / "000004.jsonl.torn-1")
            register_on(store_of(folder), actor="rival").append(referencing("rival"))
        return done

    monkeypatch.setattr(durable, "put_new", overtaken)
    done = register_on(store).append(referencing("mine"))
    assert done.view.position == 5
    assert counts_of(register_on(store).view()) == {"A-{seq:03}": [1, 2, 3, 4, 5]}


FAULTS = [(name, error) for name in ("open", "fsync", "link", "write") for error in (errno.ENOSPC, errno.EIO)]


@pytest.mark.usefixtures("drive")
@pytest.mark.parametrize(("name", "error"), FAULTS, ids=lambda each: errno.errorcode.get(each, each))
def test_whatever_call_fails_the_log_stays_whole(folder, monkeypatch, name, error):
    """A full or broken disk at the first, second, third … call: one sentence, and the next run goes on, no gap."""
    for failing in range(6):
        before = register_on(store_of(folder)).view()
        with monkeypatch.context() as patch:
            left = fail_from(patch, name, error, failing)
            done, codes = attempted(lambda: register_on(store_of(folder)).append(referencing(f"{name}-{failing}")))  # noqa: B023 - called at once
        after = register_on(store_of(folder)).view()
        assert codes in ([], ["disk-full"], ["file-trouble"])
        assert after.position - before.position in ({1} if done else {0, 1})
        assert after.entries[: len(before.entries)] == before.entries
        if done and not left:
            break
    again = register_on(store_of(folder)).append(referencing("again"))
    assert all(list(range(1, len(counts) + 1)) == counts for counts in counts_of(again.view).values())
    assert not list(folder.glob(".part-*"))


def attempted(act):
    """Return what an act gives, and the codes of what it is refused with."""
    try:
        return act(), []
    except WorkspaceError as refused:
        return None, [problem.code for problem in refused.problems]


def fail_from(patch, name, error, calls):
    """Let one call of the system fail for good after so many that succeed; return a list that is filled by failures."""
    left, failed = [calls], []

    def failing(true_call):
        def call(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                failed.append(name)
                raise OSError(error, os.strerror(error))
            return true_call(*args, **kwargs)

        return call

    if name == "open":
        patch.setattr(Path, "open", failing(Path.open))
    elif name == "write":
        patch.setattr(durable, "_write_exclusively", half_written(failing(lambda: None), durable._write_exclusively))
    else:
        patch.setattr(os, name, failing(getattr(os, name)))
    return failed


def half_written(check, write):
    """Return a write that leaves half of the bytes behind where the check fails, as a full disk does."""

    def call(path, data):
        try:
            check()
        except OSError:
            write(path, data[: len(data) // 2])
            raise
        write(path, data)

    return call


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "no"), "not-permitted"),
        (OSError(errno.EROFS, "read-only"), "not-permitted"),
        (OSError(errno.EIO, "broken"), "file-trouble"),
    ],
)
def test_a_folder_that_cannot_be_used_is_named(folder, monkeypatch, error, code):
    """Reading and writing fail with one sentence that names the path as the user knows it."""
    store = filled(folder)

    def fail(*_args):
        raise error

    monkeypatch.setattr(Path, "iterdir", fail)
    assert (code, "register/log") == ((problem := refusal(store.numbers)).code, problem.location.path)
    monkeypatch.setattr(Path, "read_bytes", fail)
    problem = refusal(lambda: store.read(2))
    assert (code, "register/log/000002.jsonl") == (problem.code, problem.location.path)
    monkeypatch.setattr(Path, "open", fail)
    problem = refusal(lambda: store.put(4, b"x"))
    assert (code, "register/log/000004.jsonl") == (problem.code, problem.location.path)


@pytest.mark.parametrize("made", ["register", "register/log"])
def test_a_file_where_the_folder_should_be_is_named(tmp_path, made):
    """A file in the way of the register's folder is one clear refusal."""
    path = tmp_path / made
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    store = store_of(tmp_path / "register" / "log")
    assert refusal(lambda: register_on(store).append(approving("n"))).code in {"not-a-file", "file-trouble"}


def test_a_register_whose_folder_is_a_file_named_like_a_segment(folder):
    """A folder that bears a segment's name cannot be read as one, and is named."""
    store = filled(folder)
    (folder / "000004.jsonl").mkdir()
    assert refusal(register_on(store).view).code == "not-a-file"
