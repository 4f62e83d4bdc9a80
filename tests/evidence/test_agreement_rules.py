"""The numbered rules of the manual road: one test per rule, each with the case that just passes beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.evidence import Accepted, AlreadyRegistered, Claim, Refused, judge_manual, superseded
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.model.log_events import Corrected, Ended, Held, LogEvent, Received, Referenced, Registered, Sent, Signed
from elca_docs.model.project import Project
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day

TODAY = date(2021, 11, 10)
SHA, OTHER_SHA = "a" * 64, "b" * 64
REF, OTHER_REF = "SAMPLE-CA-ALFA-001", "SAMPLE-CA-ALFA-002"
PROJECT = Project(title="Specimen", acronym="SAMPLE", grant_number="000000", start=Day(2020, 9, 1), duration_months=24)
PARTIES = {"ALFA": "Alfa Specimen Cluster", "fict": "Fictitious Networks Ltd"}
DAY = date(2021, 10, 5)


def view(*events: LogEvent) -> RegisterView:
    """Return the register of two referenced agreements after these events."""
    given_numbers = (
        Referenced(agreement="A1", reference=REF, series="SAMPLE-CA-ALFA-{seq:03}", seq=1),
        Referenced(agreement="A2", reference=OTHER_REF, series="SAMPLE-CA-ALFA-{seq:03}", seq=2),
    )
    return fold(
        Entry(address=f"1.{number}", at="2021-01-01T00:00:00Z", actor="x", event=event)
        for number, event in enumerate((*given_numbers, *events), 1)
    )


def facts(sha: str = SHA, text: str = f"Agreement {REF}", unread: int = 0) -> PdfFacts:
    return PdfFacts(sha256=sha, size=9, pages=2, encrypted=False, text=text, unread_pages=unread)


def received(subject: str = REF, sha: str = SHA) -> Received:
    return Received(subject=subject, sha256=sha, name="x.pdf", size=9, pages=2)


def signed(party: str = "ALFA", on: date = DAY, sha: str = SHA) -> Signed:
    return Signed(reference=REF, party=party, on=on, evidence=sha, by="officer")


def judged(
    signatures: dict[str, date] | None = None,
    *,
    of: PdfFacts | None = None,
    at=None,
    today=TODAY,
    comparison: Comparison | None = None,
    **claim,
):
    """Return the verdict on a claim for the first agreement."""
    claimed = {"ALFA": DAY} if signatures is None else signatures
    made = Claim(file="x.pdf", agreement="A1", reference=REF, parties=PARTIES, signed=claimed, **claim)
    return judge_manual(of or facts(), made, view=at or view(), project=PROJECT, today=today, comparison=comparison)


OF_THE_FILE = {"content-differs", "evidence-of-another", "second-evidence", "reference-of-another", "pdf-is-our-draft"}


def codes(verdict) -> list[str]:
    """Return the codes of a refusal; every problem is a sentence with a fix, at the file where that is at fault."""
    assert isinstance(verdict, Refused), verdict
    for problem in verdict.problems:
        assert len(problem.message) > 20
        assert problem.fix
        assert str(problem.location or "") == ("x.pdf" if problem.code in OF_THE_FILE else "")
    return [problem.code for problem in verdict.problems]


def test_one_of_two_signatures():
    """One party's signature is accepted, and the other is waited for."""
    verdict = judged()
    assert verdict == Accepted(reference=REF, signatures=(("ALFA", DAY),), waiting_for=("fict",), file_is_new=True)
    assert (verdict.complete, verdict.verdict) == (False, "accepted")


def test_both_signatures_come_in_the_order_of_the_document():
    """All parties signed: the agreement is complete, whatever the order of the claim."""
    verdict = judged({"fict": DAY, "ALFA": DAY})
    assert isinstance(verdict, Accepted)
    assert (verdict.signatures, verdict.complete) == ((("ALFA", DAY), ("fict", DAY)), True)


def test_the_second_signature_completes():
    """What was signed before counts toward completeness and is not given again."""
    verdict = judged({"ALFA": DAY, "fict": TODAY}, of=facts(OTHER_SHA), at=view(received(), signed()))
    assert isinstance(verdict, Accepted)
    assert (verdict.signatures, verdict.complete, verdict.file_is_new) == ((("fict", TODAY),), True, True)


def test_r1_evidence_of_another_agreement():
    """A file proves one agreement; the refusal names the other and the entry that received it."""
    verdict = judged(at=view(received(OTHER_REF)))
    assert codes(verdict) == ["evidence-of-another"]
    (problem,) = verdict.problems
    assert OTHER_REF in problem.message
    assert "entry 1.3" in problem.fix
    assert str(problem.location) == "x.pdf"


def test_r1_evidence_of_something_held():
    """The proof of an event is no signed copy, received with it or only listed for it."""
    held = Held(subject="E1", on=DAY, evidence=(SHA,), proof="minutes")
    verdict = judged(at=view(received("E2"), received(OTHER_REF), held))
    assert codes(verdict) == ["evidence-of-another"] * 3
    told = [problem.message.split(";")[0].split()[-1] for problem in verdict.problems]
    assert told == ["E1", "E2", OTHER_REF]
    assert [problem.fix.split("undo entry ")[1].split(" of ")[0] for problem in verdict.problems] == [
        "that received it", "1.3", "1.4",
    ]  # fmt: skip


def test_r1_an_undone_receipt_stands_in_nobodys_way():
    """Once the mistaken receipt is corrected, the file is free."""
    at = view(received(OTHER_REF), Corrected(undoes="1.3", reason="wrong agreement"))
    assert isinstance(judged(at=at), Accepted)


def test_r2_the_same_file_again():
    """Same file, same agreement, same signatures: already registered, and nothing is refused."""
    verdict = judged(at=view(received(), signed()))
    assert verdict == AlreadyRegistered(
        subject=REF,
        sha256=SHA,
        sentence=f"x.pdf is already registered for {REF}; not all parties have signed yet",
    )


def test_r2_names_the_register_number_and_comes_before_all_other_rules():
    """Even an ended agreement answers the same file with what it has."""
    at = view(
        received(), signed(), signed("fict"),
        Registered(reference=REF, number="R-2021-001", series="R-2021-{seq:03}", seq=1),
        Ended(agreement="A1", exit="expired", on=DAY, reason="over"),
    )  # fmt: skip
    for claim in ({}, {"ALFA": DAY}, {"ALFA": DAY, "fict": DAY}):
        verdict = judged(claim, at=at)
        assert isinstance(verdict, AlreadyRegistered)
        assert verdict.number == "R-2021-001"
        assert verdict.sentence.endswith("it is registered as R-2021-001")


def test_r2_the_same_file_with_a_further_signature_is_new():
    """A signature forgotten the first time is added from the same file."""
    verdict = judged({"ALFA": DAY, "fict": DAY}, at=view(received(), signed()))
    assert isinstance(verdict, Accepted)
    assert (verdict.signatures, verdict.file_is_new, verdict.complete) == ((("fict", DAY),), False, True)


def test_r3_somebody_must_have_signed():
    """A file without a claimed signature says nothing; the fix shows how to claim one."""
    verdict = judged({})
    assert codes(verdict) == ["signature-not-claimed"]
    assert "ALFA=2021-11-10" in verdict.problems[0].fix


@pytest.mark.parametrize(
    ("claimed", "meant"),
    [("alfa", "ALFA"), ("ALFAA", "ALFA"), ("Fictitious Network", "fict"), ("alfa specimen cluster", "ALFA")],
)
def test_r3_a_stranger_does_not_sign(claimed, meant):
    """Who signs is a party by its id; a near id or name is guessed at, and all parties are named."""
    verdict = judged({claimed: DAY})
    assert codes(verdict) == ["party-unknown"]
    assert verdict.problems[0].fix.startswith(f"did you mean '{meant}'? ")
    assert "ALFA (Alfa Specimen Cluster), fict (Fictitious Networks Ltd)" in verdict.problems[0].fix


def test_r3_nothing_near_is_not_guessed():
    """A wild name gets the list of parties without a guess."""
    assert judged({"zzzzzzzz": DAY}).problems[0].fix.startswith("the parties are")


@pytest.mark.parametrize(("day", "accepted"), [(TODAY, True), (date(2021, 11, 11), False)])
def test_r4_nobody_signs_tomorrow(day, accepted):
    """Today is the last day on which somebody can have signed."""
    verdict = judged({"ALFA": day})
    assert isinstance(verdict, Accepted) if accepted else codes(verdict) == ["signed-in-future"]
    assert accepted or "2021-11-11, and today is 2021-11-10" in verdict.problems[0].message


@pytest.mark.parametrize(
    ("day", "origin", "accepted"),
    [
        (date(2020, 9, 1), "ours", True),
        (date(2020, 8, 31), "ours", False),
        (date(2020, 8, 31), "before the tool", True),
        (date(2020, 8, 31), "their text", True),
        (date(2019, 2, 28), "their text", True),
    ],
)
def test_r5_our_paper_is_not_signed_before_the_project(day, origin, accepted):
    """The first day is allowed; an older agreement on other paper is accepted, and said not to count."""
    verdict = judged({"ALFA": day}, origin=origin)
    if not accepted:
        assert codes(verdict) == ["signed-before-start"]
        return
    outside = f"{day} lies outside the days that count (2020-09-01 to 2022-08-31), so it moves no figure"
    assert verdict.remarks == ((outside,) if day < PROJECT.start else ())


@pytest.mark.parametrize(("day", "remarks"), [(date(2022, 8, 31), 0), (date(2022, 9, 1), 1)])
def test_a_signature_after_the_last_day_is_accepted_and_said(day, remarks):
    """The last day that counts is the project's last; later ones are registered without moving a figure."""
    verdict = judged({"ALFA": day}, today=date(2023, 1, 1))
    assert isinstance(verdict, Accepted)
    assert len(verdict.remarks) == remarks


def test_r6_an_ended_agreement_is_not_signed():
    """The refusal says how it ended."""
    verdict = judged(at=view(Ended(agreement="A1", exit="withdrawn", on=DAY, reason="no interest")))
    assert codes(verdict) == ["agreement-ended"]
    assert f"{REF} ended on 2021-10-05 (withdrawn: no interest)" in verdict.problems[0].message


def test_r7_another_day_for_the_same_party():
    """A recorded signature is not overwritten by another day, neither by the same file nor by another."""
    at = view(received(), signed())
    assert codes(judged({"ALFA": TODAY}, at=at)) == ["signed-already"]
    assert codes(judged({"ALFA": TODAY, "fict": DAY}, of=facts(OTHER_SHA), at=at)) == ["signed-already"]


def test_r7_a_second_copy_of_what_is_proven():
    """Another file with no new signature is refused: the first copy stays."""
    assert codes(judged(of=facts(OTHER_SHA), at=view(received(), signed()))) == ["second-evidence"]


@pytest.mark.parametrize(
    "text",
    [
        f"Agreement {OTHER_REF}",
        "see SAMPLE-CA-\nALFA-002, page 1",
        "Sample\u2011CA\u2011Alfa\u2013002.",
        f"R_{OTHER_REF}_x",
    ],
)
def test_r8_the_text_of_another_agreement(text):
    """However a PDF breaks it, the reference of another agreement refuses the file and is named."""
    verdict = judged(of=facts(text=text))
    assert codes(verdict) == ["reference-of-another"]
    assert OTHER_REF in verdict.problems[0].message
    assert OTHER_REF in verdict.problems[0].fix


@pytest.mark.parametrize("text", ["SAMPLE-CA-ALFA-0021", "XSAMPLE-CA-ALFA-002", "SAMPLE-CA-ALFA-999"])
def test_r8_only_whole_and_known_references_count(text):
    """A longer number, a longer word and a reference nobody gave refuse nothing; that ours is absent is said."""
    verdict = judged(of=facts(text=text))
    assert isinstance(verdict, Accepted)
    assert verdict.remarks == (f"the reference {REF} does not stand in the file's text",)


def test_r8_an_agreement_may_name_another():
    """With its own reference in the text too, the file is accepted and the other one is said."""
    third = Referenced(agreement="A3", reference="SAMPLE-BA-ALFA-001", series="SAMPLE-BA-ALFA-{seq:03}", seq=1)
    verdict = judged(of=facts(text=f"{REF} continues {OTHER_REF} and {third.reference}"), at=view(third))
    assert isinstance(verdict, Accepted)
    said = f"the text also names {third.reference}, {OTHER_REF}; a file proves one agreement only"
    assert verdict.remarks == (said,)


def test_r9_our_own_draft():
    """The very file that was sent out carries no signature."""
    verdict = judged(at=view(Sent(reference=REF, version=1, pdf=SHA, on=DAY)))
    assert codes(verdict) == ["pdf-is-our-draft"]


def test_all_broken_rules_are_said_at_once_in_their_order():
    """A user mends everything in one go."""
    at = view(received(OTHER_REF), Ended(agreement="A1", exit="void", on=DAY, reason="typing error"))
    verdict = judged({"nobody": date(2019, 1, 1), "ALFA": date(2030, 1, 1)}, of=facts(text=OTHER_REF), at=at)
    assert codes(verdict) == [
        "evidence-of-another", "party-unknown", "signed-in-future", "signed-before-start", "agreement-ended",
        "reference-of-another",
    ]  # fmt: skip


def test_a_flag_at_fault_has_no_place_and_a_file_at_fault_has_one():
    """What is wrong with the claim is told apart from what is wrong with the file."""
    verdict = judged({"nobody": DAY}, of=facts(text=OTHER_REF))
    assert [bool(problem.location) for problem in verdict.problems] == [False, True]


@pytest.mark.parametrize(
    ("text", "unread", "remark"),
    [
        (" \n", 0, "the file has no text (a scan), so its content was not compared"),
        ("", 2, "2 of 2 pages could not be read as text"),
        (REF, 1, "1 of 2 pages could not be read as text"),
    ],
)
def test_what_could_not_be_compared_is_said(text, unread, remark):
    """A scan and an unreadable page are accepted, and the person who confirms is told."""
    verdict = judged(of=facts(text=text, unread=unread))
    assert verdict.remarks == (remark,)
    assert verdict.verdict == f"accepted; {remark}"


def test_paper_of_others_need_not_carry_our_reference():
    """On their text our reference is not missed."""
    assert judged(of=facts(text="Letter of intent"), origin="their text").remarks == ()


@pytest.mark.parametrize(("sent_on", "remarks"), [(date(2021, 10, 6), 1), (DAY, 0), (None, 0)])
def test_signed_before_it_was_sent_is_said(sent_on, remarks):
    """A day before the last version went out is likely a typing error, and not more than that."""
    verdict = judged(at=view(Sent(reference=REF, version=1, pdf=OTHER_SHA, on=sent_on)))
    assert isinstance(verdict, Accepted)
    assert [f"ALFA signed on {DAY}" in remark for remark in verdict.remarks] == [True] * remarks


def test_only_what_we_sent_ourselves_dates_a_version():
    """A version on their paper, or without a day, says nothing of when ours went out."""
    theirs = Sent(reference=REF, version=2, pdf=OTHER_SHA, on=TODAY, origin="their text")
    verdict = judged(at=view(Sent(reference=REF, version=1), theirs, Sent(reference=REF, version=3, on=DAY)))
    assert isinstance(verdict, Accepted)
    assert verdict.remarks == ()


DAYS = st.dates(date(2020, 9, 1), TODAY)


@given(order=st.permutations(["ALFA", "fict"]), days=st.tuples(DAYS, DAYS), together=st.booleans())
@settings(max_examples=30, deadline=None)
def test_registering_what_was_accepted_leaves_nothing_new(order, days, together):
    """After a verdict's signatures are written, the same file with the same claim is already registered."""
    claims = [dict(zip(order, days, strict=True))] if together else [{p: d} for p, d in zip(order, days, strict=True)]
    written: list[LogEvent] = []
    for claim in claims:
        verdict = judged(claim, at=view(*written))
        assert isinstance(verdict, Accepted)
        written += [received()] if verdict.file_is_new else []
        written += [signed(party, day) for party, day in verdict.signatures]
        assert isinstance(judged(claim, at=view(*written)), AlreadyRegistered)
    assert verdict.complete
    assert view(*written).history("A1").signed_parties == set(PARTIES)


def test_a_file_that_waits_gets_its_signatures():
    """A scan that the inbox took in is confirmed later: nothing is received twice."""
    waiting = Received(subject=REF, sha256=SHA, name="x.pdf", size=9, pages=2, waits=True)
    verdict = judged({"ALFA": DAY, "fict": DAY}, at=view(waiting))
    assert isinstance(verdict, Accepted)
    assert (verdict.file_is_new, verdict.complete) == (False, True)
    again = judged({}, at=view(waiting))
    assert isinstance(again, AlreadyRegistered)
    assert again.sentence.endswith("it waits for a person to look at it")


def test_r7_a_copy_that_supersedes():
    """Said so by a person, a party signs again in another file, on the same day or another; not in the same file."""
    at = view(received(sha=OTHER_SHA), signed(sha=OTHER_SHA))
    for day in (DAY, TODAY):
        verdict = judged({"ALFA": day}, at=at, supersede=True)
        assert isinstance(verdict, Accepted)
        assert (verdict.signatures, verdict.file_is_new, verdict.waiting_for) == ((("ALFA", day),), True, ("fict",))
    itself = view(received(), signed())
    assert codes(judged({"ALFA": TODAY}, at=itself, supersede=True)) == ["signed-already"]
    assert isinstance(judged({"ALFA": DAY}, at=itself, supersede=True), AlreadyRegistered)


def test_r7_what_a_copy_supersedes():
    """The entries to undo are those of the parties that sign again, with other evidence, and not undone yet."""
    at = view(
        received(sha=OTHER_SHA), signed(sha=OTHER_SHA), signed("fict", sha=OTHER_SHA), signed(sha=SHA),
        signed(sha="c" * 64), Corrected(undoes="1.7", reason="slip"),
    )  # fmt: skip
    assert superseded(at, REF, ["ALFA"], SHA) == ("1.4",)
    assert superseded(at, REF, ["ALFA", "fict"], SHA) == ("1.4", "1.5")
    assert superseded(at, OTHER_REF, ["ALFA"], SHA) == ()


@pytest.mark.parametrize("supersede", [False, True])
def test_superseding_lifts_no_other_rule(supersede):
    """An ended agreement, a stranger and another agreement's file stay refused."""
    at = view(received(OTHER_REF), Ended(agreement="A1", exit="void", on=DAY, reason="slip"))
    assert codes(judged({"nobody": DAY}, at=at, supersede=supersede)) == [
        "evidence-of-another", "party-unknown", "agreement-ended",
    ]  # fmt: skip


CHANGED = Comparison(
    begins_with_issue=False, has_text=True, issued_pages=2, pages=2, removed=("x",), removed_words=1, changed_pages=(1,)
)


@pytest.mark.parametrize(
    ("comparison", "supersede", "refused"),
    [
        (CHANGED, False, True),
        (CHANGED, True, False),
        (replace(CHANGED, removed=(), removed_words=0, added_words=3), False, False),
        (replace(CHANGED, has_text=False), False, False),
        (None, False, False),
    ],
)
def test_r10_another_text_than_was_issued(comparison, supersede, refused):
    """What is gone needs a person who says so; what was added, and a scan, whose words are misread, do not."""
    verdict = judged(comparison=comparison, supersede=supersede)
    if refused:
        assert codes(verdict) == ["content-differs"]
        assert "--supersede" in verdict.problems[0].fix
    else:
        assert isinstance(verdict, Accepted)
