"""`register --supersede`: another copy takes the place of one that is registered, for a reason, and both are kept."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from desks import paper, tree
from posts import SIGNED_AT, Post, said

from elca_docs.errors import DocsError, RequestError
from elca_docs.model.log_events import Corrected
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.summary import Summary

pytestmark = pytest.mark.slow  # a project with papers for each test

FAX = "the first copy was a poor fax"


def handed(post: Post, data: bytes, *parties: str, day: str = "2021-10-20", **flags: str) -> Summary:
    """Register a copy of CA-01 by hand, signed by these parties, by all where none is named."""
    path = post.folder.parent / f"{hashlib.sha256(data).hexdigest()[:8]}.pdf"
    path.write_bytes(data)
    named = flags if "supersede" in flags else {"ref": "CA-01"} | flags
    signed_by = [f"{party}={day}" for party in parties or post.parties("CA-01")]
    return register(post.desk(), files=[str(path)], signed_by=signed_by, by="officer-1", **named)


def refused(post: Post, data: bytes, *parties: str, day: str = "2021-10-20", **flags: str) -> list[str]:
    """Return why a copy is refused, having written nothing."""
    before = tree(post.folder / "register/log")
    with pytest.raises(DocsError) as caught:
        handed(post, data, *parties, day=day, **flags)
    assert tree(post.folder / "register/log") == before
    return [each.code for each in caught.value.problems]


def test_another_copy_takes_the_place_of_the_first_under_the_same_number(post: Post) -> None:
    """The signatures stand on the new file, the number stays, both files stay, and the archive shows the new one."""
    old, new = post.scan("CA-01", seed=1), post.scan("CA-01", seed=2)
    handed(post, old)
    assert refused(post, new) == ["second-evidence"]
    summary = handed(post, new, supersede="CA-01", reason=FAX)
    assert "kept for ever" in said(summary)
    history = post.history("CA-01")
    digest = hashlib.sha256(new).hexdigest()
    assert {each.evidence for each in history.signatures} == {digest}
    assert [each.sha256 for each in history.received] == [hashlib.sha256(old).hexdigest(), digest]
    assert post.numbers() == ["R-2021-001"]
    (shown,) = (post.folder / "register/signed").iterdir()
    assert shown.read_bytes() == new
    (withdrawn,) = (post.folder / "register/withdrawn").iterdir()
    assert withdrawn.read_bytes() == old
    reasons = [each.event.reason for each in post.view().entries if isinstance(each.event, Corrected)]
    assert reasons == [f"another copy takes its place: {FAX}"] * 2
    assert "already registered" in handed(post, new, supersede="CA-01", reason=FAX).lines[0]


def test_only_the_parties_that_sign_again_are_put_aside(post: Post) -> None:
    """The other party's signature stays on its own copy."""
    one, two = post.signed("CA-01", "ALFA"), post.signed("CA-01", "sample-rail")
    handed(post, one, "ALFA")
    handed(post, two, "sample-rail")
    again = post.signed("CA-01", "ALFA", at=SIGNED_AT + timedelta(days=2))
    handed(post, again, "ALFA", day="2021-10-22", supersede="CA-01", reason="signed by the wrong person")
    found = {each.party: each.evidence for each in post.history("CA-01").signatures}
    assert found == {"sample-rail": hashlib.sha256(two).hexdigest(), "ALFA": hashlib.sha256(again).hexdigest()}
    assert len(post.numbers()) == 1


def test_a_text_that_differs_from_what_went_out_needs_a_reason(post: Post) -> None:
    """Words of the issued version are gone: by hand too it is taken only with --supersede, and the reason is kept."""
    data = Path(paper(post.folder.parent, "short.pdf", "SAMPLE-CA-ALFA-001", "a text of their own")).read_bytes()
    assert refused(post, data) == ["content-differs"]
    handed(post, data, supersede="CA-01", reason="agreed upon by letter of 3 October")
    assert post.history("CA-01").registered
    assert post.history("CA-01").received[-1].verdict.endswith("agreed upon by letter of 3 October")


@pytest.mark.parametrize(
    "flags",
    [
        {"supersede": "CA-01"},
        {"supersede": "CA-01", "reason": "  "},
        {"ref": "CA-01", "reason": "why not"},
    ],
)
def test_taking_a_place_without_a_reason_is_refused(post: Post, flags: dict[str, str]) -> None:
    """And so is a reason for nothing."""
    assert refused(post, post.scan("CA-01"), **flags) == ["flags-unclear"]


def test_the_first_copy_can_take_its_place_back(post: Post) -> None:
    """Superseding the second copy by the first: the file is there already, its signatures are new entries."""
    old, new = post.scan("CA-01", seed=1), post.scan("CA-01", seed=2)
    handed(post, old)
    handed(post, new, supersede="CA-01", reason=FAX)
    handed(post, old, supersede="CA-01", reason="the second one lacks a stamp")
    assert {each.evidence for each in post.history("CA-01").signatures} == {hashlib.sha256(old).hexdigest()}
    assert len(post.history("CA-01").received) == 2
    assert len(post.numbers()) == 1


def test_what_was_put_aside_does_not_come_back_beside_what_took_its_place(post: Post) -> None:
    """Taking the correction back would let one party sign twice, so the later signature has to go first."""
    handed(post, post.scan("CA-01", seed=1), "ALFA")
    handed(post, post.scan("CA-01", seed=2), "ALFA", supersede="CA-01", reason=FAX)
    entries = post.view().entries
    correction = next(each.address for each in entries if isinstance(each.event, Corrected))
    with pytest.raises(RequestError) as caught:
        record(post.desk(), kind="corrected", entry=correction, reason="the fax was readable")
    assert [each.code for each in caught.value.problems] == ["cannot-undo"]
    record(post.desk(), kind="corrected", entry=entries[-1].address, reason="the fax was readable")
    record(post.desk(), kind="corrected", entry=correction, reason="the fax was readable")
    (signature,) = post.history("CA-01").signatures
    assert signature.evidence == hashlib.sha256(post.scan("CA-01", seed=1)).hexdigest()


def test_a_number_that_was_taken_back_does_not_come_back_beside_its_successor(post: Post) -> None:
    """Nor does an end: an agreement has one number and one end at most."""
    scan = post.scan("CA-01")
    handed(post, scan)

    def last() -> str:
        return post.view().entries[-1].address

    record(post.desk(), kind="corrected", entry=last(), reason="a slip")
    first = last()
    handed(post, scan)
    record(post.desk(), kind="ended", ref="CA-01", exit_="void", reason="x")
    record(post.desk(), kind="corrected", entry=last(), reason="a slip")
    second = last()
    record(post.desk(), kind="ended", ref="CA-01", exit_="withdrawn", reason="y")
    for address in (first, second):
        with pytest.raises(RequestError) as caught:
            record(post.desk(), kind="corrected", entry=address, reason="a slip of a slip")
        assert [each.code for each in caught.value.problems] == ["cannot-undo"]
    assert post.numbers() == ["R-2021-001", "R-2021-002"]
