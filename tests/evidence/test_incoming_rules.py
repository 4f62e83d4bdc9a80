"""The numbered rules of the inbox: one test per rule, each with the case that just passes beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incoming_cases import (
    DAY,
    FIELDS,
    IDENTITY,
    ISSUE,
    OTHER_REF,
    OTHER_SHA,
    PORTFOLIO,
    REF,
    REPRINTED,
    SAME,
    SCAN,
    SENT,
    SHA,
    TODAY,
    codes,
    complete,
    facts,
    judged,
    problem,
    received,
    sent,
    signature,
    signed,
    view,
)

from elca_docs.evidence import AlreadyRegistered, Identity, Proven, ProvenSignature, Refused, Waits
from elca_docs.model.facts import Comparison, SignatureFacts
from elca_docs.model.log_events import Corrected, Ended, Referenced, Sent

ALFA, FICT = signature("ALFA"), signature("fict")
NAMES = ("Erika", "Specimen,", "Pattern", "Somebody", "Else")


def proven(party: str = "ALFA", *, on: date = DAY, method: str = "advanced") -> ProvenSignature:
    return ProvenSignature(party=party, on=on, field=f"Signature_{party}", method=method)


def waits(verdict) -> Waits:
    """Return the verdict, which waits; nothing of it that the log keeps names a person."""
    assert isinstance(verdict, Waits), verdict
    assert (verdict.reference, verdict.version, verdict.file_is_new) == (REF, 1, True)
    assert not any(name in verdict.verdict for name in NAMES)
    return verdict


def test_one_of_two_signatures():
    """A whole signature in our field by an expected name is proven, and the other party is waited for."""
    verdict = judged(facts(ALFA))
    assert verdict == Proven(
        reference=REF,
        version=1,
        signatures=(proven(),),
        waiting_for=("fict",),
        remarks=("ALFA: intact, trust not checked",),
        told=("signature 1 is by Erika Specimen on 2021-10-05 (intact, trust not checked), for ALFA",),
    )
    assert (verdict.complete, verdict.verdict) == (False, "proven; ALFA: intact, trust not checked")


def test_both_signatures_come_in_the_order_of_the_document():
    """All parties signed one file: complete, whatever the order in the file."""
    verdict = judged(facts(FICT, ALFA))
    assert (verdict.signatures, verdict.complete) == ((proven(), proven("fict")), True)


def test_the_missing_signature_completes():
    """A file that adds a party's signature is a further part of the same agreement."""
    verdict = judged(facts(ALFA, FICT), at=view(sent(), received(OTHER_SHA), signed()))
    assert (verdict.signatures, verdict.complete, verdict.waits) == ((proven("fict"),), True, "")
    assert "ALFA signed before; its first evidence stays" in verdict.remarks


@pytest.mark.parametrize(
    ("fields", "method"),
    [
        ({}, "advanced"),
        ({"trust": "trusted"}, "advanced"),
        ({"trust": "trusted", "qualified": True}, "qualified"),
        ({"qualified": True}, "advanced"),
        ({"seal": True, "signer": "Alfa Specimen Cluster"}, "seal"),
        ({"seal": True, "signer": "Alfa Specimen Cluster", "trust": "trusted", "qualified": True}, "seal"),
    ],
)
def test_the_method(fields, method):
    """Never simple; qualified only where trust was checked; a seal is a seal."""
    assert judged(facts(signature(**fields))).signatures == (proven(method=method),)


def test_i1_the_same_file_again():
    """Asked again when the register has moved on: another run was faster."""
    verdict = judged(facts(ALFA), at=view(sent(), received(), signed(sha=SHA)))
    assert isinstance(verdict, AlreadyRegistered)
    assert verdict.subject == REF


def test_i2_to_i7_are_asked_again():
    """An identity found earlier proves nothing once the register says otherwise: undone, ended, never sent."""
    ended = Ended(agreement="A1", exit="withdrawn", on=DAY, reason="x")
    assert problem(judged(facts(ALFA), at=view()), "never-sent")
    assert problem(judged(facts(ALFA), at=view(sent(), ended)), "agreement-ended")
    assert problem(judged(facts(ALFA), at=view(sent(), Corrected(undoes="1.3", reason="x"))), "never-sent")
    unknown = Identity(reference="SAMPLE-CA-ALFA-999", version=1, by="text")
    assert problem(judged(facts(ALFA), identity=unknown), "reference-unknown")
    later = replace(IDENTITY, version=2)
    assert problem(judged(facts(ALFA), identity=later), "version-not-sent")
    assert problem(judged(facts(ALFA, sha256=ISSUE)), "pdf-is-our-draft")


def test_a_record_that_is_gone():
    """Without the record nobody knows who is to sign."""
    gone = replace(PORTFOLIO, agreements=())
    assert "agreements.yaml" in problem(judged(facts(ALFA), portfolio=gone), "record-gone").fix


def test_an_amendment_is_signed_by_the_parties_of_its_agreement():
    """It has no record of its own."""
    child = f"{REF}/A1"
    for agreement in ("A1/A1", "something"):
        given_number = Referenced(agreement=agreement, reference=child, series=f"{REF}/A{{seq}}", seq=1)
        at = view(given_number, sent(reference=child))
        verdict = judged(facts(ALFA), at=at, identity=Identity(reference=child, version=1, by="codes"))
        assert (verdict.reference, verdict.waiting_for) == (child, ("fict",))


@pytest.mark.parametrize("signatures", [(), (ALFA,)])
def test_i8_a_page_that_is_missing(signatures):
    """Signed or not, scanned or not; all missing pages are named."""
    found = problem(judged(facts(*signatures, codes=codes(2), pages=1), SCAN), "page-missing")
    assert "pages 1, 3" in found.message


@pytest.mark.parametrize("by", ["text", "issue"])
def test_i8_without_codes_the_pages_are_counted(by):
    """Fewer pages than were issued; the number issued may stand in the comparison only."""
    identity = Identity(reference=REF, version=1, by=by)
    for at in (view(sent()), view(sent(pages=0))):
        found = problem(judged(facts(codes=(), pages=2), SCAN, identity=identity, at=at), "page-missing")
        assert "2 pages, and version 1 was issued with 3" in found.message
    waits(judged(facts(codes=()), SCAN, identity=identity))


def test_i8_a_page_that_is_there_twice():
    """It is named, beside a page that is missing."""
    verdict = judged(facts(codes=codes(1, 2, 2)), SCAN)
    assert isinstance(verdict, Refused)
    assert [each.code for each in verdict.problems] == ["page-missing", "page-doubled"]
    assert (
        "of version 1 this file holds page 2 twice"
        in problem(judged(facts(codes=codes(1, 2, 2, 3)), SCAN), "page-doubled").message
    )


def test_i8_pages_out_of_order():
    """All there, each once, and turned round."""
    problem(judged(facts(codes=codes(3, 2, 1)), SCAN), "pages-out-of-order")


def test_i8_blank_backs_and_unread_codes_wait_with_the_scan():
    """They are no reason to refuse; the person is told which they are."""
    verdict = waits(judged(facts(codes=codes((1, 1), (3, 2), (5, 3)), pages=6), SCAN))
    assert "no code was read on pages 2, 4, 6 of the file, which may be blank" in verdict.remarks
    verdict = waits(judged(facts(codes=codes((1, 1), (3, 3))), SCAN))
    assert "no code was read of page 2" in verdict.remarks


def test_i8_an_unread_code_of_an_untouched_file_is_no_matter():
    """Where the content is proven, codes need not be."""
    verdict = judged(facts(ALFA, codes=codes((1, 1), (3, 3))))
    assert isinstance(verdict, Proven)
    assert verdict.remarks == ("ALFA: intact, trust not checked",)


def test_i9_an_older_version_waits():
    """Signed on paper that a later version replaced: only a person can say whether that holds."""
    at = view(sent(), sent(2, pdf=OTHER_SHA, on=TODAY))
    verdict = waits(judged(facts(ALFA), at=at))
    assert verdict.reason == "it is version 1, and version 2 was sent after it"
    last = judged(
        facts(signature(on=datetime(2021, 11, 10, 9, tzinfo=UTC))), at=at, identity=replace(IDENTITY, version=2)
    )
    assert isinstance(last, Proven)


@pytest.mark.parametrize("begins", [True, False])
@pytest.mark.parametrize("signatures", [(), (ALFA,)])
def test_i10_words_that_are_gone(begins, signatures):
    """Refused with the words, even where the change is an update behind the issued bytes."""
    changed = replace(
        SAME,
        begins_with_issue=begins,
        removed=("page 2: ten\npercent\x1b",),
        added=("page 2: sixteen percent",),
        removed_words=2,
        added_words=2,
        changed_pages=(2,),
    )
    found = problem(judged(facts(*signatures), changed), "content-differs")
    assert "words gone: 2, words new: 2" in found.message
    assert "taken out: “page 2: ten percent\\x1b”; put in: “page 2: sixteen percent”" in found.message
    assert "--supersede" in found.fix


def test_i10_a_page_that_is_gone():
    """Dropped by an update, while its code is read all the same."""
    found = problem(judged(facts(ALFA), replace(SAME, pages=2)), "content-differs")
    assert "2 pages instead of 3" in found.message


@pytest.mark.parametrize(
    ("difference", "reason"),
    [
        (
            {"added": ("stamp 77",), "added_words": 2, "changed_pages": (1,)},
            "words that were not issued stand in it (2)",
        ),
        ({"added": ("stamp",)}, "words that were not issued stand in it (1)"),
        ({"pages": 4, "added_words": 90}, "it has 4 pages, and 3 were issued"),
        ({"changed_pages": (2, 3)}, "it looks different from what was issued on pages 2-3"),
    ],
)
@pytest.mark.parametrize("begins", [True, False])
def test_i10_what_was_put_in_waits(difference, reason, begins):
    """The stamp of a signing service, a page behind, a picture on the text: a person looks, signed or not."""
    found = replace(SAME, begins_with_issue=begins, **difference)
    verdict = waits(judged(facts(ALFA, pages=found.pages), found))
    assert verdict.reason == reason
    assert verdict.pages == found.changed_pages
    assert verdict.told[0] == f"compare it with {REF}_v1.pdf in register/issued/"
    assert ("new in it: “stamp 77”" in verdict.told) == ("stamp 77" in found.added)
    unsigned = waits(judged(facts(pages=found.pages), found))
    assert "it has no electronic signature: look for ink" in unsigned.remarks


def test_i10_nothing_to_compare_with():
    """On paper that is not ours, or where the issued file is lost, a signature alone proves no content."""
    verdict = waits(judged(facts(ALFA), None))
    assert verdict.reason == "no issued version is at hand to compare it with"
    theirs = Sent(reference=REF, version=1, origin="their text")
    assert waits(judged(facts(ALFA), None, at=view(theirs))).told[0].startswith("signature 1 is by Erika")


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"intact": False, "valid": False}, "what it covers was changed"),
        ({"valid": False}, "does not fit its certificate"),
        ({"permitted": False, "changes": "other"}, "the file was changed after it (changes: other)"),
        ({"coverage": "contiguous block"}, "does not cover the file (coverage: contiguous block)"),
        ({"coverage": "unclear"}, "does not cover the file"),
        ({"trouble": "no\nmessage", "intact": False}, "does not hold: no\\nmessage"),
        ({"trouble": "no\nmessage", "signer": "", "intact": False}, "cannot be read (no\\nmessage)"),
    ],
)
def test_i11_a_signature_that_does_not_hold(fields, flaw):
    """Altered, overlaid, saved again, cut off: the whole file is refused, whatever else it carries."""
    found = problem(judged(facts(ALFA, signature("fict", **fields))), "signature-broken")
    assert f"signature 2 of 2 {'stands, but ' if 'permitted' in fields else ''}" in found.message
    assert flaw in found.message
    assert "as it was signed" in found.fix


@pytest.mark.parametrize("coverage", ["entire file", "entire revision"])
@pytest.mark.parametrize("changes", ["none", "long-term data", "form filled", "annotated"])
def test_i11_what_a_signature_permits(coverage, changes):
    """A second signature, or data for the archive, breaks nothing."""
    assert isinstance(judged(facts(signature(coverage=coverage, changes=changes))), Proven)


@pytest.mark.parametrize("comparison", [SAME, REPRINTED])
def test_i12_our_issue_without_a_signature(comparison):
    """Saved again or printed to PDF, with the same words and pictures: nobody has signed it."""
    assert "version 1" in problem(judged(facts(), comparison), "pdf-unsigned").message


@pytest.mark.parametrize("comparison", [SCAN, None])
def test_i12_a_scan(comparison):
    """Ink is for eyes: it waits, with what to compare."""
    verdict = waits(judged(facts(text=""), comparison))
    assert verdict.verdict == "waits: a scan: look at the ink"
    assert verdict.told == (f"compare it with {REF}_v1.pdf in register/issued/",)
    assert verdict.pages == ()


def test_i12_pictures_that_are_signed_electronically():
    """The signature stands, and nobody can compare the words."""
    verdict = waits(judged(facts(ALFA), SCAN))
    assert verdict.reason == "its pages are pictures, whose words cannot be compared"
    assert "Erika Specimen" in verdict.told[-1]


def test_i12_signatures_that_nobody_read():
    """The file says that it is signed; that is neither unsigned nor proven."""
    verdict = waits(judged(facts(signature_fields=1), REPRINTED))
    assert verdict.verdict == "waits: its electronic signatures could not be read"


def test_i13_another_name_in_our_field():
    """Signed by one, expected another: for a person, and the name stays off the log."""
    verdict = waits(judged(facts(signature(signer="Max Pattern"))))
    assert verdict.reason == "signature 1 stands in the field of ALFA and bears another name than those expected"
    (told,) = verdict.told
    assert told == (
        "signature 1 is by Max Pattern on 2021-10-05 (intact, trust not checked); expected for ALFA: Erika Specimen or"
        " Alfa Specimen Cluster"
    )


def test_i9_the_parties_are_those_that_the_version_was_sent_to():
    """Where the records name other parties by now, the paper in hand does not: a person looks."""
    verdict = waits(judged(facts(ALFA), at=view(sent(fields=FIELDS | {"Signature_gone": "gone"}))))
    assert verdict.reason == "the parties in the records are no longer those that the version was sent to"


def test_i9_all_parties_sign_one_version():
    """What one party signed of version 1 and the other of version 2 is no agreement."""
    at = view(sent(), sent(version=2), received(OTHER_SHA), signed("fict", version=1))
    shown = facts(ALFA, codes=codes(1, 2, 3, version=2))
    verdict = judged(shown, identity=replace(IDENTITY, version=2), at=at)
    assert isinstance(verdict, Waits)
    assert "fict signed version 1, and this is version 2" in (verdict.reason, *verdict.remarks)


@pytest.mark.parametrize("field", ["Somebody", ""])
def test_i13_in_no_field_of_ours(field):
    """The name decides, where it is that of exactly one party."""
    at = view(sent())
    assert judged(facts(signature(field=field)), at=at).signatures == (replace(proven(), field=field),)
    verdict = waits(judged(facts(signature(field=field, signer="\x1b")), at=at))
    assert verdict.reason == "signature 1 stands in no field of ours and bears no name of exactly one party"
    assert verdict.told[0].startswith("signature 1 is by \\x1b on 2021-10-05")
    assert verdict.told[0].endswith("expected are ALFA, fict")
    assert "by nobody named" in waits(judged(facts(signature(field=field, signer="")), at=at)).told[0]


def test_i13_doubts_about_one_take_nothing_from_the_other():
    """What stands is proven, and the rest of the file waits."""
    verdict = judged(facts(ALFA, signature("fict", signer="Somebody Else")))
    assert (verdict.signatures, verdict.waiting_for) == ((proven(),), ("fict",))
    assert verdict.waits == "signature 2 stands in the field of fict and bears another name than those expected"
    assert verdict.verdict.startswith("proven; the rest waits: signature 2")
    assert not any(name in verdict.verdict for name in NAMES)


def test_i13_a_doubt_about_who_has_signed_is_none():
    """Where the party's signature is proven, now or before, another one beside it needs no look."""
    second = signature(field="Stamp", signer="Alfa Specimen Cluster", trust="not trusted")
    assert judged(facts(ALFA, second)).waits == ""
    at = view(sent(), received(OTHER_SHA), signed())
    assert judged(facts(signature(signer="Somebody Else"), FICT), at=at).waits == ""


def test_i13_two_people_sign_for_one_party():
    """It has signed with the last of them."""
    late = signature(field="Second", signer="Alfa Specimen Cluster", on=datetime(2021, 10, 7, 9, tzinfo=UTC))
    for order in ((ALFA, late), (late, ALFA)):
        assert [(each.party, each.on) for each in judged(facts(*order)).signatures] == [("ALFA", date(2021, 10, 7))]


def test_i14_a_certificate_that_is_not_trusted():
    """With anchors that it does not lead to it waits; trusted and not checked are proven and said."""
    verdict = waits(judged(facts(signature(trust="not trusted"))))
    assert verdict.reason == "signature 1 is not trusted: its certificate leads to none of the trust anchors"
    remarks = {trust: judged(facts(signature(trust=trust))).remarks for trust in ("trusted", "not checked")}
    assert remarks == {
        "trusted": ("ALFA: intact, and its certificate is trusted",),
        "not checked": ("ALFA: intact, trust not checked",),
    }


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (None, "signature 1 does not say when it was made"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "signature 1 does not say when it was made"),
        (datetime(2021, 10, 3, 21, 59, tzinfo=UTC), f"signature 1 says 2021-10-03, and version 1 was sent on {SENT}"),
        (datetime(2021, 10, 3, 22, 0, tzinfo=UTC), None),
        (datetime(2021, 10, 4, 0, 0), None),  # noqa: DTZ001 - a clock without a zone is read as UTC
        (datetime(2021, 11, 10, 22, 59, tzinfo=UTC), None),
        (datetime(2021, 11, 10, 23, 0, tzinfo=UTC), f"signature 1 says 2021-11-11, and today is {TODAY}"),
    ],
)
def test_i15_days_are_those_of_the_project(moment, reason):
    """From the day it was sent until today, both included, in the project's time zone."""
    verdict = judged(facts(signature(on=moment)))
    if reason:
        assert waits(verdict).reason == reason
    else:
        assert isinstance(verdict, Proven)


def test_i15_before_the_project():
    """Where the day of sending is not known, the project's first day is the limit."""
    at = view(sent(on=None))
    early, first = (datetime(2020, month, day, 9, tzinfo=UTC) for month, day in ((8, 31), (9, 1)))
    assert waits(judged(facts(signature(on=early)), at=at)).reason.endswith("before the project began on 2020-09-01")
    assert judged(facts(signature(on=first)), at=at).signatures == (proven(on=date(2020, 9, 1)),)


def test_a_day_outside_those_that_count_is_said():
    """It is proven, and moves no figure."""
    verdict = judged(facts(signature(on=datetime(2022, 9, 1, 9, tzinfo=UTC))), today=date(2022, 9, 2))
    assert any("lies outside the days that count" in remark for remark in verdict.remarks)


def test_i16_a_second_copy_of_what_is_proven():
    """Who has signed does not sign again; how to put this copy in the first one's place is said."""
    found = problem(judged(facts(ALFA), at=view(sent(), received(OTHER_SHA), signed())), "second-evidence")
    assert f"ALFA signed {REF} already" in found.message
    assert "--supersede" in found.fix


@pytest.mark.parametrize(("of", "comparison"), [(facts(ALFA, FICT), SAME), (facts(text=""), SCAN)])
def test_i16_an_agreement_that_is_complete(of, comparison):
    """Nothing is missing, so nothing is added, by signatures or by a scan; the number is named."""
    found = problem(judged(of, comparison, at=view(*complete())), "second-evidence")
    assert found.message == f"all parties have signed {REF} already, registered as R-2021-001; the first copy stays"
    unnumbered = view(*complete()[:-1])
    assert "registered" not in problem(judged(of, comparison, at=unnumbered), "second-evidence").message


def test_i16_a_scan_may_add_what_is_missing():
    """One party's signature is proven; the other may be in ink."""
    waits(judged(facts(), SCAN, at=view(sent(), received(OTHER_SHA), signed())))


def test_remarks_of_the_identity_are_kept():
    """What was left aside when the file was identified stands in the verdict."""
    identity = replace(IDENTITY, remarks=("left aside",))
    assert judged(facts(ALFA), identity=identity).remarks[-1] == "left aside"
    assert waits(judged(facts(), SCAN, identity=identity)).remarks == ("left aside",)


def test_all_that_is_wrong_with_the_content_comes_at_once():
    """A changed text whose signature broke by that says both."""
    changed = replace(REPRINTED, removed=("x",), removed_words=1, changed_pages=(1,))
    verdict = judged(facts(signature(intact=False)), changed)
    assert isinstance(verdict, Refused)
    assert [each.code for each in verdict.problems] == ["content-differs", "signature-broken"]


MOMENTS = st.none() | st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=14))]))
SIGNATURES = st.builds(
    SignatureFacts,
    field=st.sampled_from([*FIELDS, "", "other"]),
    signer=st.sampled_from(["Erika Specimen", "Max Pattern", "", "Somebody Else", "\x00"]),
    organisation=st.sampled_from(["", "Alfa Specimen Cluster", "Fictitious Networks"]),
    on=MOMENTS | st.just(ALFA.on),
    intact=st.booleans(),
    valid=st.booleans(),
    permitted=st.booleans(),
    trust=st.sampled_from(["trusted", "not trusted", "not checked"]),
    coverage=st.sampled_from(["entire file", "entire revision", "contiguous block", "unclear"]),
    seal=st.booleans(),
    qualified=st.booleans(),
    trouble=st.sampled_from(["", "cannot be decoded"]),
)
WHOLE = st.builds(
    signature,
    st.sampled_from(["ALFA", "fict", "other"]),
    signer=st.sampled_from(["Erika Specimen", "Max Pattern", "Somebody Else"]),
    on=st.none() | st.datetimes(datetime(2021, 9, 1), datetime(2021, 12, 1)),  # noqa: DTZ001 - read as UTC
    trust=st.sampled_from(["trusted", "not trusted", "not checked"]),
)
COMPARISONS = st.none() | st.builds(
    Comparison,
    begins_with_issue=st.booleans(),
    has_text=st.booleans(),
    issued_pages=st.integers(1, 4),
    pages=st.integers(1, 4),
    removed=st.sampled_from([(), ("x",)]),
    added=st.sampled_from([(), ("y",)]),
    removed_words=st.integers(0, 3),
    added_words=st.integers(0, 3),
    changed_pages=st.sampled_from([(), (1,), (1, 2, 3, 4)]),
)
IDENTITIES = st.builds(
    Identity,
    reference=st.sampled_from([REF, REF, REF, OTHER_REF, "NOBODY-1", ""]),
    version=st.sampled_from([1, 1, 1, 2, 3, 0]),
    by=st.sampled_from(["codes", "text", "issue"]),
)
VIEWS = st.sampled_from(
    [
        view(sent()),
        view(),
        view(sent(), sent(2, pdf=OTHER_SHA)),
        view(sent(), received(OTHER_SHA), signed()),
        view(*complete()),
        view(sent(), received(waits=True)),
        view(Sent(reference=REF, version=1, origin="their text")),
        view(sent(), Ended(agreement="A1", exit="void", on=DAY, reason="x")),
    ]
)


@given(
    signatures=st.lists(SIGNATURES, max_size=3),
    comparison=COMPARISONS,
    identity=IDENTITIES,
    at=VIEWS,
    pages=st.integers(1, 5),
    seen=st.sets(st.sampled_from(codes(1, 2, 3, (4, 3), (2, 1)))),
    text=st.sampled_from(["", REF, "word " * 9]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_was_read_there_is_a_verdict(signatures, comparison, identity, at, pages, seen, text):  # noqa: PLR0913, PLR0917
    """Any facts end in one of four values; only whole signatures of parties prove anything, and no log line names."""
    given_facts = facts(*signatures, pages=pages, codes=tuple(seen), text=text)
    verdict = judged(given_facts, comparison, identity=identity, at=at)
    assert isinstance(verdict, Proven | Waits | AlreadyRegistered | Refused)
    if isinstance(verdict, Refused):
        assert all(each.message and each.fix and each.location for each in verdict.problems)
    if isinstance(verdict, Proven | Waits):
        assert not any(name in verdict.verdict for name in NAMES)
        assert verdict.verdict.isprintable()
    if isinstance(verdict, Proven):
        assert all(each.stands for each in signatures)
        assert {each.party for each in verdict.signatures} & set(verdict.waiting_for) == set()
        assert verdict.signatures


@given(signatures=st.lists(WHOLE, max_size=3), further=WHOLE, place=st.integers(0, 3), at=VIEWS)
@settings(max_examples=150, deadline=None)
def test_a_further_valid_signature_takes_nothing_away(signatures, further, place, at):
    """Every party that is proven without it is proven with it, wherever it stands in the file."""
    with_it = [*signatures[:place], further, *signatures[place:]]
    before, after = (judged(facts(*each), at=at) for each in (signatures, with_it))
    if isinstance(before, Proven):
        assert isinstance(after, Proven)
        assert {each.party for each in before.signatures} <= {each.party for each in after.signatures}
        assert set(after.waiting_for) <= set(before.waiting_for)


@given(order=st.permutations(codes(1, (3, 2), 3, (5, 3))), comparison=COMPARISONS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_codes_never_matters(order, comparison):
    """Symbols are found in any order, and so the file is judged."""
    first, second = (judged(facts(codes=tuple(each), pages=5), comparison) for each in (order, sorted(order, key=repr)))
    assert first == second


@given(order=st.permutations([ALFA, FICT, signature("other"), signature("ALFA", trust="not trusted")]))
@settings(max_examples=24, deadline=None)
def test_the_order_of_signatures_never_matters(order):
    """What is proven does not depend on where a signature stands in the file."""
    verdict = judged(facts(*order))
    assert verdict.signatures == (proven(), proven("fict"))
