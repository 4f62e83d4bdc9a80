"""The numbered rules for events, contacts and duties."""

from __future__ import annotations

from datetime import date

import pytest

from elca_docs.evidence import AlreadyRegistered, HeldAccepted, HeldClaim, Refused, judge_held
from elca_docs.model.facts import PdfFacts
from elca_docs.model.log_events import Held, LogEvent, Received, Referenced, Sent
from elca_docs.model.project import Project
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day

TODAY, DAY = date(2021, 11, 10), date(2021, 10, 5)
SHA = "a" * 64
PROJECT = Project(title="Specimen", acronym="SAMPLE", grant_number="000000", start=Day(2020, 9, 1), duration_months=12)


def view(*events: LogEvent) -> RegisterView:
    entries = enumerate(
        (Referenced(agreement="A1", reference="SAMPLE-001", series="SAMPLE-{seq:03}", seq=1), *events), 1
    )
    return fold(Entry(address=f"1.{n}", at="2021-01-01T00:00:00Z", actor="x", event=event) for n, event in entries)


def received(subject: str) -> Received:
    return Received(subject=subject, sha256=SHA, name="list.pdf", size=9, pages=1)


def held(subject: str = "E1", on: date = DAY) -> Held:
    return Held(subject=subject, on=on, evidence=(SHA,), proof="attendance-list")


def judged(on: date = DAY, *events: LogEvent, today: date = TODAY, text: str = "Attendance", unread: int = 0):
    facts = PdfFacts(sha256=SHA, size=9, pages=1, encrypted=False, text=text, unread_pages=unread)
    claim = HeldClaim(file="list.pdf", subject="E1", on=on)
    return judge_held(facts, claim, view=view(*events), project=PROJECT, today=today)


def codes(verdict) -> list[str]:
    """Return the codes of a refusal; every problem is a sentence with a fix, at the file where that is at fault."""
    assert isinstance(verdict, Refused), verdict
    for problem in verdict.problems:
        assert len(problem.message) > 20
        assert problem.fix
        of_the_claim = problem.code in {"held-in-future", "held-before-start"}
        assert str(problem.location or "") == ("" if of_the_claim else "list.pdf")
    return [problem.code for problem in verdict.problems]


def test_a_first_proof_is_accepted():
    """A file nobody saw before proves the subject."""
    verdict = judged(date(2021, 3, 1))
    assert verdict == HeldAccepted(subject="E1", on=date(2021, 3, 1), file_is_new=True)
    assert verdict.verdict == "accepted"


@pytest.mark.parametrize(("day", "accepted"), [(TODAY, True), (date(2021, 11, 11), False)])
def test_h1_nothing_is_held_tomorrow(day, accepted):
    """Today is the last day on which something can have been held."""
    verdict = judged(day)
    assert isinstance(verdict, HeldAccepted) if accepted else codes(verdict) == ["held-in-future"]


@pytest.mark.parametrize(("day", "accepted"), [(date(2020, 9, 1), True), (date(2020, 8, 31), False)])
def test_h2_nothing_is_held_before_the_project(day, accepted):
    """The project's first day is the first on which something counts as held."""
    verdict = judged(day)
    assert isinstance(verdict, HeldAccepted) if accepted else codes(verdict) == ["held-before-start"]


def test_h3_the_same_again_is_already_registered():
    """Same file, same subject, same day: nothing to write and nothing wrong."""
    sentence = "list.pdf is already registered for E1, held on 2021-10-05"
    assert judged(DAY, received("E1"), held()) == AlreadyRegistered(subject="E1", sha256=SHA, sentence=sentence)


def test_h3_the_same_file_does_not_prove_another_day():
    """One list cannot show that the same event took place twice."""
    verdict = judged(TODAY, received("E1"), held())
    assert codes(verdict) == ["held-on-another-day"]
    assert "2021-10-05" in verdict.problems[0].message


def test_h4_our_draft_proves_nothing():
    """A draft that was sent out is no proof that somebody met."""
    assert codes(judged(DAY, Sent(reference="SAMPLE-001", version=1, pdf=SHA))) == ["pdf-is-our-draft"]


def test_one_list_may_prove_two_things_and_says_so():
    """An attendance list of another event, or a signed copy, is accepted with a remark that names it."""
    verdict = judged(date(2021, 3, 1), received("E2"), held("E2"), received("SAMPLE-001"))
    assert isinstance(verdict, HeldAccepted)
    assert verdict.remarks == ("the same file also proves E2, SAMPLE-001",)
    assert verdict.file_is_new


def test_a_file_received_for_the_subject_is_not_new():
    """A file that was received, and whose day is recorded only now, is not received twice."""
    verdict = judged(date(2021, 3, 1), received("E1"))
    assert isinstance(verdict, HeldAccepted)
    assert (verdict.file_is_new, verdict.remarks) == (False, ())


def test_a_late_day_and_a_scan_are_said():
    """After the days that count, and without text, the proof is accepted with two remarks."""
    verdict = judged(DAY, text="")
    assert verdict.verdict == (
        "accepted; the file has no text (a scan), so its content was not compared; 2021-10-05 lies outside the days"
        " that count (2020-09-01 to 2021-08-31), so it moves no figure"
    )


def test_unread_pages_are_said():
    """A person is told how much of the list could not be compared."""
    assert judged(date(2021, 3, 1), unread=1).remarks == ("1 of 1 pages could not be read as text",)


def test_all_broken_rules_are_said_at_once():
    """A user mends everything in one go."""
    assert codes(judged(date(2019, 1, 1), held(), Sent(reference="SAMPLE-001", version=1, pdf=SHA))) == [
        "held-before-start", "held-on-another-day", "pdf-is-our-draft",
    ]  # fmt: skip
