"""What a reviewer broke in the post, and what holds since: nothing is lost, trusted, mixed or stopped unduly."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from desks import NOON
from office_specimens import word_file
from posts import SENT_AT, SIGNED_AT

from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, EvidenceError, RequestError
from elca_docs.model.log_events import Sent
from elca_docs.pdf import specimens
from elca_docs.workflows.confirming import confirm
from elca_docs.workflows.demo_papers import exported
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.sending import Sending, send
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.verifying import verify


def codes_of(problems) -> list[str]:
    return [each.code for each in problems]


def seen(ref: str, *signed_by: str) -> Signing:
    return Signing(ref=ref, signed_by=signed_by, method="wet", origin="ours", by="officer-1")


def second_version(post) -> None:
    """Send another text of CA-01."""
    reference = post.sent("CA-01").reference
    docx = word_file(f"Totally new text {reference}", *(f"line {number}" for number in range(90)))
    (post.folder / "new.docx").write_bytes(docx)
    (post.folder / "new.pdf").write_bytes(exported(docx, "Specimen", reference))
    paths = {"text": str(post.folder / "new.docx"), "pdf": str(post.folder / "new.pdf")}
    assert not send(post.desk(SENT_AT + timedelta(days=2)), Sending(ref="CA-01", **paths)).problems


def forged(post, person: str = "") -> bytes:
    """Return CA-01 signed with certificates that anybody can make, in the names of the parties."""
    authority = specimens.test_authority("Somebody's Own Authority (fictitious)")
    paper, sent = post.issued("CA-01"), post.sent("CA-01")
    for minute, party in enumerate(post.parties("CA-01")):
        named = post.desk().portfolio.party(party)
        signer = specimens.signer(
            authority,
            person=person,
            organisation=named.legal.name or named.name,
            from_=SIGNED_AT.date() - timedelta(days=900),
            until=SIGNED_AT.date() + timedelta(days=900),
        )
        field = next(name for name, owner in sent.fields.items() if owner == party)
        paper = specimens.signed(paper, signer, field=field, at=SIGNED_AT + timedelta(minutes=minute))
    return paper


def test_a_file_whose_evidence_was_lost_becomes_the_evidence_again(post):
    """The copy that somebody kept may be the last one: it is archived before it leaves the inbox."""
    paper = post.signed("CA-01")
    post.open({"first.pdf": paper})
    digest = sha256_of(paper)
    evidence = post.folder / f"register/evidence/{digest[:2]}/{digest}.pdf"
    evidence.chmod(0o644)
    evidence.unlink()
    post.open({"kept at home.pdf": paper})
    assert evidence.read_bytes() == paper
    assert post.inbox() == []


def test_a_scan_of_an_older_version_is_recorded_as_that_version(post):
    """What was signed is what the pages say, not what went out last; and all parties sign one text."""
    scan = post.scan("CA-01")
    second_version(post)
    post.open({"scan.pdf": scan})
    first, second = post.parties("CA-01")
    confirm(post.desk(), seen("CA-01", f"{first}=2021-10-20"))
    assert [each.version for each in post.history("CA-01").signatures] == [1]
    file = post.folder / "again.pdf"
    file.write_bytes(exported(word_file(post.sent("CA-01").reference), "Specimen", post.sent("CA-01").reference))
    with pytest.raises(EvidenceError) as caught:
        register(post.desk(), files=[str(file)], by="officer-1", ref="CA-01", signed_by=[f"{second}=2021-10-21"])
    assert "versions-differ" in codes_of(caught.value.problems)


@pytest.mark.parametrize("name", ["root.cer", "root.p7b"])
def test_trust_anchors_that_cannot_be_read_trust_nobody(post, name):
    """A folder that says whom to trust, and cannot be read, is no leave to trust everybody."""
    anchors = post.folder / "records/anchors"
    anchors.mkdir()
    (anchors / name).write_bytes(b"no certificate")
    summary = post.open({"forged.pdf": forged(post)})
    assert "anchor-unreadable" in codes_of(summary.problems)
    assert post.history("CA-01").signatures == ()


def test_the_organisation_behind_a_strangers_name_is_not_its_signatory(post):
    """Where people.yaml says who signs, a certificate of somebody else waits for a person."""
    post.open({"forged.pdf": forged(post, person="Mallory Specimen-Intern")})
    history = post.history("CA-01")
    assert (history.signatures, [each.waits for each in history.received]) == ((), [True])


def test_one_file_that_cannot_be_kept_or_refused_stops_no_other(post):
    """Its place is taken by something else: it stays in the inbox with the reason, and the others go on."""
    good, blocked = post.signed("CA-01"), post.signed("CA-02")
    digest = sha256_of(blocked)
    place = post.folder / f"register/evidence/{digest[:2]}/{digest}.pdf"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"something else")
    summary = post.open({"a blocked.pdf": blocked, "b good.pdf": good, "c nonsense.pdf": b"no pdf"})
    assert post.history("CA-01").registered
    assert post.history("CA-02").received == ()
    assert post.inbox() == ["a blocked.pdf"]
    assert {"evidence-damaged", "pdf-not-a-pdf"} <= set(codes_of(summary.problems))


def test_what_lies_in_refused_is_never_written_over(post):
    """A file called like another one's reason keeps its bytes."""
    post.open({"x.pdf.reason.json": b"somebody's own"})
    post.open({"x.pdf": b"no pdf"})
    refused = post.folder / "register/inbox/refused"
    assert (refused / "x.pdf.reason.json").read_bytes() == b"somebody's own"
    assert (refused / "x.again-1.pdf").read_bytes() == b"no pdf"


def test_a_version_on_which_signatures_stand_cannot_be_undone(post):
    """Else a signature would stand on what never went out."""
    post.open({"half.pdf": post.signed("CA-01", post.parties("CA-01")[0])})
    reference = post.history("CA-01").reference
    address = next(
        entry.address
        for entry in post.view().entries
        if isinstance(entry.event, Sent) and entry.event.reference == reference
    )
    with pytest.raises(RequestError) as caught:
        record(post.desk(), kind="corrected", entry=address, reason="a mistake")
    assert codes_of(caught.value.problems) == ["cannot-undo"]
    assert not verify(str(post.folder), now=lambda: NOON).your_turn


@pytest.mark.parametrize(
    "flags",
    [
        {"signed_by": ["ALFA=2021-10-20"]},
        {"method": "wet"},
        {"held": "2021-10-20"},
        {"ref": "CA-01", "supersede": "CA-02", "reason": "a slip", "files": ["x.pdf"]},
        {"supersede": "CA-02"},
    ],
)
def test_flags_that_say_something_of_no_file_open_no_inbox(post, flags):
    """What somebody claims is never silently left out."""
    with pytest.raises(RequestError) as caught:
        register(post.desk(), **{"files": [], "by": "officer-1"} | flags)
    assert codes_of(caught.value.problems) == ["flags-unclear"]


@pytest.mark.parametrize(
    ("signing", "code"),
    [(seen("", "ALFA=2021-10-20"), "flags-unclear"), (seen("CA-01"), "signature-not-claimed")],
)
def test_a_confirmation_says_whose_signature_of_which_agreement(post, signing, code):
    """Half a confirmation lists nothing and records nothing."""
    with pytest.raises(RequestError) as caught:
        confirm(post.desk(), signing)
    assert codes_of(caught.value.problems) == [code]


def test_of_a_scan_with_two_signatures_the_second_can_be_confirmed_later(post):
    """Whoever looked at one signature may find the other one the day after."""
    post.open({"scan.pdf": post.scan("CA-01")})
    for party in post.parties("CA-01"):
        confirm(post.desk(), seen("CA-01", f"{party}=2021-10-20"))
    assert post.history("CA-01").registered


def test_nothing_goes_out_before_the_project_began(post):
    """A slip in the year would take the force out of the rule that nobody signs before sending."""
    with pytest.raises(DocsError) as caught:
        send(post.desk(), Sending(ref="CA-01", on="1990-01-01"))
    assert codes_of(caught.value.problems) == ["date-before-start"]


def test_staged_bytes_that_are_wanted_again_are_young_again(tmp_path: Path):
    """Else another run could tidy them away between staging and the entry in the log."""
    import os

    from elca_docs.issued import FOLDER, Issued

    issued = Issued(tmp_path)
    digest = issued.stage(b"text")
    os.utime(tmp_path / FOLDER / ".staged" / digest, (1, 1))
    issued.stage(b"text")
    issued.tidy([])
    assert issued.read("x.pdf", digest) == b"text"
