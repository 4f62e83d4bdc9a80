"""The versions that went out: staged under their digest, shown under their name, and never written over."""

from __future__ import annotations

import os
import stat

import pytest

from elca_docs.durable import sha256_of
from elca_docs.errors import WorkspaceError
from elca_docs.issued import FOLDER, Issued

NAME = "SPEC-CA-NORD-001_v1.pdf"


def test_a_staged_version_gets_its_name_once_and_cannot_be_written(tmp_path):
    issued = Issued(tmp_path)
    digest = issued.stage(b"text")
    assert digest == sha256_of(b"text")
    assert issued.show({NAME: digest}) == (NAME,)
    assert issued.show({NAME: digest}) == ()
    path = tmp_path / FOLDER / NAME
    assert path.read_bytes() == b"text"
    assert not path.stat().st_mode & stat.S_IWUSR
    assert list((tmp_path / FOLDER / ".staged").iterdir()) == []


def test_a_version_can_be_read_before_and_after_it_has_its_name(tmp_path):
    issued = Issued(tmp_path)
    digest = issued.stage(b"text")
    assert issued.read(NAME, digest) == b"text"
    issued.show({NAME: digest})
    assert issued.read(NAME, digest) == b"text"


def test_what_lies_under_the_name_already_is_not_written_over(tmp_path):
    issued = Issued(tmp_path)
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / NAME).write_bytes(b"somebody's")
    digest = issued.stage(b"text")
    assert issued.show({NAME: digest}) == ()
    assert (tmp_path / FOLDER / NAME).read_bytes() == b"somebody's"
    assert issued.read(NAME, digest) == b"text"


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_version_that_is_gone_or_changed_is_named(tmp_path, change):
    issued = Issued(tmp_path)
    digest = issued.stage(b"text")
    issued.show({NAME: digest})
    path = tmp_path / FOLDER / NAME
    path.chmod(0o600)
    path.unlink() if change == "gone" else path.write_bytes(b"texts")
    with pytest.raises(WorkspaceError) as caught:
        issued.read(NAME, digest)
    assert [problem.code for problem in caught.value.problems] == ["issue-damaged"]


def test_staged_bytes_that_no_version_has_go_once_they_are_old(tmp_path):
    issued = Issued(tmp_path)
    kept, lost, young = (issued.stage(text) for text in (b"kept", b"lost", b"young"))
    for digest in (kept, lost):
        os.utime(tmp_path / FOLDER / ".staged" / digest, (1, 1))
    issued.tidy([kept])
    assert {path.name for path in (tmp_path / FOLDER / ".staged").iterdir()} == {kept, young}


def test_a_version_that_a_killed_run_left_writable_becomes_read_only(tmp_path):
    """A file got its name, and the run was killed before it was protected: the next run does it."""
    issued = Issued(tmp_path)
    digest = issued.stage(b"version")
    place = tmp_path / FOLDER / "A_v1.pdf"
    place.write_bytes(b"version")
    assert issued.show({"A_v1.pdf": digest}) == ()
    assert not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert place.read_bytes() == b"version"
