"""What a killed run had written into the log, and not yet laid down beside it, is finished by the next call."""

from __future__ import annotations

import shutil

import pytest
from posts import SIGNED_AT, Post

from elca_docs.errors import RequestError
from elca_docs.workflows import sending, signing
from elca_docs.workflows.confirming import confirm
from elca_docs.workflows.sending import Sending, send
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.verifying import verify

pytestmark = pytest.mark.slow  # a project with papers for each test


class Killed(BaseException):
    """The end of a run."""


def killed(*_: object) -> None:
    raise Killed


def whole(post: Post) -> None:
    """Everything that the log speaks of lies where it should."""
    answer = verify(str(post.folder), read_data=True, now=lambda: post.moment)
    assert isinstance(answer.json, dict)
    assert answer.json["findings"] == []


def test_a_version_sent_by_a_killed_run_gets_its_name_from_the_same_call(drafted: Post, monkeypatch) -> None:
    """Killed after the log spoke of it: `send` again says that it went out, and gives the files their names."""
    sending_ = Sending(ref="CA-01", pdf=drafted.export("CA-01"))
    with monkeypatch.context() as end:
        end.setattr(sending.archive, "refresh", killed)
        with pytest.raises(Killed):
            send(drafted.desk(), sending_)
    summary = send(drafted.desk(), sending_)
    assert "nothing has changed" in summary.lines[0]
    whole(drafted)


def test_an_empty_inbox_finishes_the_readable_copies(post: Post) -> None:
    """Killed before the copies were made, with the claims removed since: `register` alone makes them."""
    post.open({"signed.pdf": post.signed("CA-01")})
    (post.folder / "register/SHA256SUMS").unlink()
    shutil.rmtree(post.folder / "register/signed")
    summary = post.open()
    assert summary.lines == ("the inbox is empty: put what came back into register/inbox/",)
    whole(post)


def test_a_dry_run_makes_no_copies(post: Post) -> None:
    """Asked only what would be done, the archive stays as it is."""
    post.open({"signed.pdf": post.signed("CA-01")})
    shutil.rmtree(post.folder / "register/signed")
    post.open({"other.pdf": post.signed("CA-02")}, dry_run=True)
    assert not (post.folder / "register/signed").exists()


def test_a_confirmation_of_a_killed_run_is_finished_by_the_same_call(post: Post, monkeypatch) -> None:
    """Killed after the log spoke of it: `confirm` again finds nothing to confirm, and makes the copies."""
    post.open({"scan.pdf": post.scan("CA-03")})
    seen = tuple(f"{party}={SIGNED_AT.date().isoformat()}" for party in post.parties("CA-03"))
    said = Signing(ref="CA-03", signed_by=seen, method="wet", origin="ours", by="tester")
    with monkeypatch.context() as end:
        end.setattr(signing.archive, "refresh", killed)
        with pytest.raises(Killed):
            confirm(post.desk(), said)
    with pytest.raises(RequestError) as caught:
        confirm(post.desk(), said)
    assert [each.code for each in caught.value.problems] == ["nothing-waits"]
    whole(post)
