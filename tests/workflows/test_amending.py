"""An amendment: its own reference, text, signatures and register number, by the same road as its agreement."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from desks import desk
from posts import SENT_AT, Post, codes, said

from elca_docs.workflows.confirming import confirm, waiting
from elca_docs.workflows.demo_papers import exported
from elca_docs.workflows.recording import record
from elca_docs.workflows.sending import Sending, send
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.summary import Summary

pytestmark = pytest.mark.slow  # a project with papers for each test

CHILD = "SAMPLE-CA-ALFA-001/A1"


def text_of(post: Post, *lines: str, name: str = "amendment") -> dict[str, str]:
    """Write a text as Word and PDF; return both paths as flags."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    word = post.folder.parent / f"{name}.docx"
    document.save(str(word))
    pdf = post.folder.parent / f"{name}.pdf"
    pdf.write_bytes(exported(word.read_bytes(), "Specimen", CHILD))
    return {"text": str(word), "pdf": str(pdf)}


def sent(post: Post, **flags: str) -> Summary:
    return send(desk(post.folder, SENT_AT), Sending(ref=CHILD, **flags))


@pytest.fixture
def amended(post: Post) -> Post:
    """Return a project whose registered agreement CA-01 is to be amended."""
    post.open({"a.pdf": post.signed("CA-01")})
    record(post.desk(), kind="amended", ref="CA-01")
    return post


def test_an_amendment_goes_out_comes_back_and_gets_a_number_of_its_own(amended: Post) -> None:
    """Sent from a text at hand, signed by the same parties, proven by its pages, registered; nothing counts twice."""
    summary = sent(amended, **text_of(amended, f"Amendment {CHILD} to SAMPLE-CA-ALFA-001", "Article 9 is longer now"))
    assert not summary.problems
    assert summary.lines[0] == f"version to send: {CHILD}, version 1"
    assert not any(line.startswith("  +") for line in summary.lines)
    event = amended.sent("CA-01/A1")
    assert event.name == "SAMPLE-CA-ALFA-001-A1_v1"
    assert set(event.fields.values()) == {"ALFA", "sample-rail"}
    summary = amended.open({"b.pdf": amended.signed("CA-01/A1")})
    assert f"b.pdf: {CHILD} registered as R-2021-002" in summary.lines
    assert not any(line.startswith("KPI") for line in summary.lines)
    history = amended.history("CA-01/A1")
    assert history.registered
    assert amended.numbers() == ["R-2021-001", "R-2021-002"]
    names = sorted(path.name for path in (amended.folder / "register/signed").iterdir())
    assert names[1].startswith("R-2021-002_SAMPLE-CA-ALFA-001-A1_")


def test_without_a_text_at_hand_no_amendment_goes_out(amended: Post) -> None:
    """The records hold the agreement, not what changes it: the whole agreement must not go out once more."""
    summary = sent(amended)
    assert codes(summary) == ["text-not-named"]
    assert summary.problems[0].fix.endswith(f"invoke send --ref {CHILD} --from FILE.docx")
    assert not amended.history("CA-01/A1").sent


def test_a_text_of_the_agreement_itself_is_no_amendment(amended: Post) -> None:
    """The reference of the amendment must stand in the text: the pages are told apart by it."""
    summary = sent(amended, **text_of(amended, "About SAMPLE-CA-ALFA-001", "Article 9 is longer now"))
    assert codes(summary) == ["reference-not-in-text"]


def test_a_changed_text_makes_version_two_with_its_differences(amended: Post) -> None:
    """Like any version: the first stays, and what is new in the second is listed."""
    sent(amended, **text_of(amended, f"Amendment {CHILD}", "Article 9 is longer"))
    summary = sent(amended, **text_of(amended, f"Amendment {CHILD}", "Article 9 is shorter", name="second"))
    assert summary.lines[1:3] == ("  - Article 9 is longer", "  + Article 9 is shorter")
    assert [each.version for each in amended.history("CA-01/A1").sent] == [1, 2]
    again = sent(amended, text=str(amended.folder.parent / "second.docx"))
    assert "nothing has changed" in said(again)


def test_a_scan_of_an_amendment_waits_and_is_confirmed(amended: Post) -> None:
    """Its codes name it, not the agreement that it amends."""
    sent(amended, **text_of(amended, f"Amendment {CHILD}", "Article 9 is longer"))
    amended.open({"scan.pdf": amended.scan("CA-01/A1")})
    (wait,) = waiting(amended.view())
    assert wait.history.reference == CHILD
    signed_by = tuple(f"{party}=2021-10-20" for party in ("ALFA", "sample-rail"))
    signing = Signing(ref=CHILD, signed_by=signed_by, method="wet", origin="ours", by="officer-1")
    assert CHILD in said(confirm(amended.desk(), signing))
    assert amended.numbers() == ["R-2021-001", "R-2021-002"]


def test_a_copy_of_the_agreement_is_not_taken_for_its_amendment(amended: Post) -> None:
    """The agreement is registered, so its further copy is refused; the amendment stays open."""
    sent(amended, **text_of(amended, f"Amendment {CHILD} to SAMPLE-CA-ALFA-001", "Article 9 is longer"))
    amended.open({"again.pdf": amended.signed("CA-01", "ALFA")})
    assert amended.reason("again.pdf")["problems"][0]["code"] == "second-evidence"
    assert not amended.history("CA-01/A1").received


def test_amendments_are_no_part_of_a_batch(amended: Post) -> None:
    """Their texts are sent one by one, by name."""
    summary = send(desk(amended.folder, SENT_AT), Sending(partner="ALFA"), dry_run=True)
    assert CHILD not in said(summary)


def test_an_amendment_of_an_agreement_without_a_record_cannot_be_sent(amended: Post) -> None:
    """Who signs it stands in the agreement's record."""
    from elca_docs.errors import RequestError

    path = amended.folder / "records/agreements.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("- id: CA-01")] + text[text.index("- id: CA-02") :], encoding="utf-8")
    for other in ("timeline", "statements"):
        there = Path(amended.folder / f"records/{other}.yaml")
        there.write_text(there.read_text(encoding="utf-8").replace("CA-01", "CA-02"), encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        sent(amended)
    assert [each.code for each in caught.value.problems] == ["record-gone"]
