"""Whose file it is: one test per rule, each with the case that just passes beside it."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incoming_cases import (
    ISSUE,
    OTHER_REF,
    OTHER_SHA,
    REF,
    SENT,
    SHA,
    codes,
    complete,
    facts,
    problem,
    received,
    sent,
    signed,
    told_by,
    view,
)

from elca_docs.evidence import AlreadyRegistered, Identity, Refused, identified, issue_in
from elca_docs.model.facts import SeenCode
from elca_docs.model.log_events import Corrected, Ended, Held, Referenced
from elca_docs.model.page_code import PageCode


def test_codes_tell_reference_and_version():
    """The codes on the pages are enough, whatever the file is called and without any text."""
    for file in ("x.pdf", f"{OTHER_REF}.pdf", ""):
        assert told_by(facts(text=""), file=file) == Identity(reference=REF, version=1, by="codes")


def test_the_older_version_is_told_from_the_newer():
    """A version that went out before the last one is known as such."""
    at = view(sent(), sent(2, pdf=OTHER_SHA))
    assert told_by(facts(), at=at).version == 1
    assert told_by(facts(codes=codes(1, 2, 3, version=2)), at=at).version == 2


def test_a_code_is_in_capitals_and_the_reference_as_the_register_writes_it():
    """References are compared without regard to capitals."""
    small = "Sample-ca-Bravo-001"
    at = view(
        Referenced(agreement="A3", reference=small, series="Sample-ca-Bravo-{seq:03}", seq=1), sent(reference=small)
    )
    assert told_by(facts(text="", codes=codes(1, reference=small)), at=at).reference == small


@pytest.mark.parametrize(
    ("events", "number", "state"),
    [
        ((received(), signed(sha=SHA)), "", "not all parties have signed yet"),
        ((received(waits=True),), "", f"it waits for a person to look at it (invoke confirm --ref {REF} …)"),
        ((received(waits=True), signed(sha=SHA)), "", "not all parties have signed yet"),
        ((received(waits=True), signed(sha=SHA, basis="proven")), "", "it waits for a person to look at it"),
        ((*complete()[1:], received()), "R-2021-001", "it is registered as R-2021-001"),
        ((received(), Ended(agreement="A1", exit="void", on=SENT, reason="x")), "", f"{REF} has ended (void)"),
    ],
)
def test_i1_a_file_received_before(events, number, state):
    """The same bytes again are no news; the sentence says what became of them, waiting files included."""
    verdict = told_by(facts(), at=view(sent(), *events))
    assert isinstance(verdict, AlreadyRegistered)
    assert (verdict.subject, verdict.sha256, verdict.number) == (REF, SHA, number)
    assert verdict.sentence.startswith(f"x.pdf is already registered for {REF}; {state}")


def test_i1_the_proof_of_an_event():
    """A file that proves an event is known, even if nothing of ours stands in it."""
    at = view(Held(subject="E1", on=SENT, evidence=(SHA,), proof="minutes"))
    verdict = identified(facts(text="", codes=()), view=at, key="000000")
    assert isinstance(verdict, AlreadyRegistered)
    assert verdict.sentence == "this file is already registered for E1; it is proof of what was held"


@pytest.mark.parametrize("subject", ["E1", OTHER_REF])
def test_i1_a_receipt_that_nothing_stands_on(subject):
    """What it was received for was undone; the way out is said."""
    verdict = told_by(facts(), at=view(received(subject=subject), Corrected(undoes="1.2", reason="slip")))
    assert isinstance(verdict, AlreadyRegistered)
    assert "what it proved was undone" in verdict.sentence


def test_i1_an_undone_receipt_is_forgotten():
    """Once the receipt is corrected, the file is judged anew."""
    assert told_by(facts(), at=view(sent(), received(), Corrected(undoes="1.4", reason="slip"))).reference == REF


def test_i2_the_very_copy_that_went_out():
    """Also without codes; a truncated signed file can be it byte for byte, which is said."""
    found = problem(told_by(facts(sha256=ISSUE, codes=())), "pdf-is-our-draft")
    assert REF in found.message
    assert "cut off" in found.fix


def test_i3_two_agreements_in_one_file():
    """The page ranges are named, and nothing is split."""
    both = (*codes((1, 1), (2, 2), (3, 3)), *codes((4, 1), (6, 3), reference=OTHER_REF))
    found = problem(told_by(facts(codes=both)), "several-agreements")
    assert f"{REF} on 1-3; {OTHER_REF} on 4, 6" in found.message


def test_i3_foreign_symbols_are_left_aside():
    """A symbol of somebody else, and a code of another project, change nothing and are counted."""
    foreign = (SeenCode(page=1, text="https://example.org"), SeenCode(page=2, text="78106"))
    verdict = told_by(facts(codes=(*foreign, *codes(1, 2, 3), foreign[0])))
    assert verdict.remarks == ("QR symbols on its pages that are none of ours were left aside: 2",)


def test_i4_pages_of_two_versions():
    """Versions are never mixed; nor are page counts of one version."""
    at = view(sent(), sent(2, pdf=OTHER_SHA))
    mixed = (*codes(1, 2), *codes((3, 3), version=2))
    found = problem(told_by(facts(codes=mixed), at=at), "versions-mixed")
    assert "version 1 of 3 pages on 1-2; version 2 of 3 pages on 3" in found.message
    problem(told_by(facts(codes=(*codes(1), *codes((2, 2), of=4))), at=at), "versions-mixed")


def test_i5_codes_and_text_of_different_agreements():
    """Neither wins; a text that names both is fine, and the other is said."""
    found = problem(told_by(facts(text=f"Agreement {OTHER_REF}")), "code-and-text-differ")
    assert REF in found.message
    assert OTHER_REF in found.message
    verdict = told_by(facts(text=f"{REF} continues {OTHER_REF}"))
    assert verdict.remarks == (f"the text also names {OTHER_REF}; a file proves one agreement only",)


@pytest.mark.parametrize(
    ("text", "version"),
    [(REF, 2), (f"{REF} · version 1 · page 1 of 3", 1), (f"{REF} · version 1 … {REF} · version 2", 2)],
)
def test_i5_the_text_where_no_code_was_read(text, version):
    """The stamped line tells the version; without it, or with two of them, it is the last that was sent."""
    verdict = told_by(facts(codes=(), text=text), at=view(sent(), sent(2, pdf=OTHER_SHA)))
    remark = f"no page code was read; the reference {REF} stands in the text"
    assert verdict == Identity(reference=REF, version=version, by="text", remarks=(remark,))


def test_i5_a_text_that_names_two_decides_nothing():
    """Without a code, nobody can tell which of two agreements it is."""
    at = view(sent(), sent(reference=OTHER_REF, pdf=OTHER_SHA))
    found = problem(told_by(facts(codes=(), text=f"{OTHER_REF} follows {REF}"), at=at), "several-references")
    assert f"{REF}, {OTHER_REF}" in found.message


@pytest.mark.parametrize("text", [f"{REF}/A1", f"Amendment {REF}/\nA1 to the agreement {REF}"])
def test_i5_an_amendment_is_told_from_its_agreement(text):
    """An amendment carries the agreement's reference inside its own, and names it."""
    child = f"{REF}/A1"
    at = view(
        sent(),
        Referenced(agreement="A1/A1", reference=child, series=f"{REF}/A{{seq}}", seq=1),
        sent(reference=child, pdf=OTHER_SHA),
    )
    assert told_by(facts(codes=(), text=text), at=at).reference == child
    assert told_by(facts(codes=codes(1, reference=child), text=text), at=at).reference == child
    assert told_by(facts(codes=(), text=f"Agreement {REF} only"), at=at).reference == REF


@pytest.mark.parametrize(
    ("text", "read", "named"),
    [
        ("", codes(1, reference="SAMPLE-CA-ALFA-999"), "SAMPLE-CA-ALFA-999"),
        ("as in Sample-CA-Alfa- 0021.", (), "Sample-CA-Alfa-0021"),
    ],
)
def test_i6_a_reference_that_was_never_given(text, read, named):
    """By code or by a text that reads like one of ours."""
    assert named in problem(told_by(facts(text=text, codes=read)), "reference-unknown").message


def test_i6_a_reference_whose_entry_was_undone():
    """What rests in the register takes nothing in."""
    at = view(sent(), Corrected(undoes="1.2", reason="slip"))
    problem(told_by(facts(text="", codes=codes(1, reference=OTHER_REF)), at=at), "reference-unknown")


def test_i6_a_draft_that_never_went_out():
    """The reference was given, and nothing was sent: nothing can have come back."""
    assert "invoke send" in problem(told_by(facts(), at=view()), "never-sent").fix


def test_i6_by_text_too():
    """A copy without codes, whose text names a draft that never went out, or a version that did not."""
    problem(told_by(facts(codes=()), at=view()), "never-sent")
    problem(told_by(facts(codes=(), text=f"{REF} · version 7 · page 1 of 3")), "version-not-sent")


@pytest.mark.parametrize("read", [codes(1, version=2), codes(1, of=4)])
def test_i6_a_version_that_never_went_out(read):
    """A later version, or another number of pages, than what was sent."""
    problem(told_by(facts(codes=read)), "version-not-sent")


@pytest.mark.parametrize("exit_", ["declined", "withdrawn", "replaced", "expired", "void"])
def test_i7_an_ended_agreement(exit_):
    """Whatever way it ended; the refusal says how."""
    ended = Ended(agreement="A1", exit=exit_, on=date(2021, 10, 20), reason="no interest")
    found = problem(told_by(facts(), at=view(sent(), ended)), "agreement-ended")
    assert f"{REF} ended on 2021-10-20 ({exit_}: no interest)" in found.message


def test_nothing_is_found():
    """Neither code nor reference: a person may say whose it is."""
    for text in ("", "Minutes of a meeting"):
        found = problem(told_by(facts(text=text, codes=())), "no-reference-found")
        assert "invoke register --file F --ref REF" in found.fix


def test_the_codes_of_another_project():
    """They look like ours and are checked with another grant number."""
    foreign = (SeenCode(page=1, text=PageCode("SAMPLE-CA-ALFA-001", 1, 1, 3).text("999999")),)
    problem(told_by(facts(text="", codes=foreign)), "other-project")


@given(order=st.permutations([*codes(1, 2, 3), SeenCode(page=2, text="x"), SeenCode(page=1, text="y")]))
@settings(max_examples=25, deadline=None)
def test_the_order_of_codes_never_matters(order):
    """Symbols are found in any order, and so they are judged."""
    assert told_by(facts(codes=tuple(order))) == told_by(facts(codes=tuple(sorted(order, key=repr))))


TEXTS = st.sampled_from(["", REF, OTHER_REF, f"{REF} {OTHER_REF}", "SAMPLE-CA-ALFA-77", "\u2028", "SAMPLE-CA-\n"])
CODES = st.lists(
    st.builds(
        SeenCode,
        page=st.integers(-1, 9),
        text=st.one_of(
            st.text(max_size=40),
            st.sampled_from([each.text for each in (*codes(1, 2, 3), *codes(1, version=2), *codes(1, of=4))]),
            st.sampled_from([each.text for each in codes(2, reference=OTHER_REF)]),
        ),
    ),
    max_size=6,
)


@given(text=st.one_of(TEXTS, st.text(max_size=30)), read=CODES, sha=st.sampled_from([SHA, OTHER_SHA, ISSUE]))
@settings(max_examples=120, deadline=None)
def test_whatever_was_read_there_is_an_answer(text, read, sha):
    """Any facts end in one of three values, and every refusal says what to do."""
    verdict = told_by(facts(text=text, codes=tuple(read), sha256=sha), at=view(sent(), received(OTHER_SHA)))
    assert isinstance(verdict, Identity | Refused | AlreadyRegistered)
    if isinstance(verdict, Refused):
        assert all(each.message and each.fix for each in verdict.problems)
    if isinstance(verdict, Identity):
        assert (verdict.reference, verdict.version) == (REF, 1)


# --- a file that begins with the bytes of a version -------------------------------------------------------------------

FIRST = b"%PDF-1.7\nwhat went out\n%%EOF\n"
TWICE = b"%PDF-1.7\nwhat went out\n%%EOF\r\nin two steps\n%%EOF"


@pytest.mark.parametrize("issued", [FIRST, FIRST[:-1], TWICE])
@pytest.mark.parametrize("behind", [b"", b"\nsigned\n%%EOF\n", b"%%EOF\nsigned"])
def test_a_file_is_known_by_the_version_it_begins_with(issued, behind):
    """However the version ended and whatever stands behind it: an electronic signature leaves its bytes in place."""
    at = view(sent(pdf=hashlib.sha256(issued).hexdigest(), name="there"))
    found = issue_in(issued + behind, at)
    assert found is not None
    assert (found.reference, found.version) == (REF, 1)


@pytest.mark.parametrize("file", [b"", b"x" + FIRST, FIRST.replace(b"out", b"off"), b"%%EOF\n" * 1000 + FIRST])
def test_a_file_that_begins_otherwise_is_no_version(file):
    """One byte before or within the version, or endings without end, and nothing is said."""
    assert issue_in(file, view(sent(pdf=hashlib.sha256(FIRST).hexdigest(), name="there"))) is None


def test_the_version_it_begins_with_names_the_agreement_without_codes():
    """Neither codes nor text are asked, and the other rules still are."""
    version = sent(pdf=OTHER_SHA, name="there")
    known = {"view": view(version), "key": "000000"}
    assert identified(facts(text="", codes=()), issue=version, **known) == Identity(
        reference=REF, version=1, by="issue"
    )
    ended = {**known, "view": view(version, Ended(agreement="A1", exit="void", on=SENT, reason="x"))}
    refused = identified(facts(text="", codes=()), issue=version, **ended)
    assert isinstance(refused, Refused)
