"""Contacts, events, duties, activities and sectors: held, proven, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tracking_cases import (
    INDICATORS,
    Log,
    contact,
    digest,
    event,
    failing,
    figure,
    held,
    indicator,
    portfolio,
    reason,
    report,
)

from elca_docs.model import log_events as log
from elca_docs.model.plan import Contact, Duty, Step, Timeline, TimelineActivity, TimelineMonth
from elca_docs.model.values import Expected

ONE = portfolio(event("E-1", expected="2021-10"))


def test_an_event_with_the_right_proof_counts():
    """Each reason says what it looked at."""
    written = Log()
    written.hold("E-1", "2021-10-25")
    found = held(report(ONE, written), "E-1")
    assert (True, ("KPI 4",), date(2021, 10, 25), False) == (
        found.counted,
        found.counted_in,
        found.held_on,
        found.overdue,
    )
    assert [
        ("H1", "held on 2021-10-25"),
        ("H2", f"evidence archived and unchanged: {digest('E-1-2021-10-25')[:12]}…"),
        ("H3", "held on 2021-10-25, inside 2020-09-01 … 2022-08-31"),
        ("H4", "events of kind workshop count toward KPI 4"),
        ("H5", "KPI 4 asks for attendance-list; given: attendance-list"),
        ("H6", "KPI 4 counts each one"),
    ] == [(each.rule, each.text) for each in found.because]
    assert (digest("E-1-2021-10-25"),) == found.evidence


def test_an_event_that_was_not_held_tells_every_rule():
    """All rules are told at once."""
    found = held(report(ONE), "E-1")
    assert (found.held_on, found.counted, found.overdue) == (None, False, True)
    assert failing(found) == ["H1", "H2", "H3", "H5"]
    assert reason(found, "H1").text == "not held by 2022-08-31"
    assert reason(found, "H3").text == "no day to compare with 2020-09-01 … 2022-08-31"
    assert reason(found, "H5").text == "KPI 4 asks for attendance-list; given: nothing"


def test_an_event_without_evidence_never_counts():
    """Also where the indicator takes any proof: nothing counts without a file."""
    lenient = replace(ONE, indicators=(indicator("KPI 4", 1, "events"),))
    written = Log()
    written.hold("E-1", "2021-10-25", proof="", file="")
    found = held(report(lenient, written), "E-1")
    assert (["H2"], False, True, date(2021, 10, 25)) == (failing(found), found.counted, found.overdue, found.held_on)
    assert reason(found, "H2").text == "there is no evidence for 2021-10-25"
    assert reason(found, "H5").text == "KPI 4 takes any proof; given: nothing"
    written.hold("E-1", "2021-10-26", proof="photo")
    again = held(report(lenient, written), "E-1")
    assert (True, date(2021, 10, 26)) == (again.counted, again.held_on)


def test_changed_evidence_stops_counting():
    """A file that is missing or changed proves nothing."""
    written = Log()
    written.hold("E-1", "2021-10-25")
    found = held(report(ONE, written, evidence_whole=lambda _: False), "E-1")
    assert failing(found) == ["H2"]
    assert reason(found, "H2").text.endswith("is missing or changed")


def test_evidence_that_was_never_received_is_no_evidence():
    """A digest alone is a claim, not a file."""
    written = Log()
    written.add(log.Held(subject="E-1", on=date(2021, 10, 25), evidence=(digest("ghost"),), proof="attendance-list"))
    assert failing(held(report(ONE, written), "E-1")) == ["H2"]


def test_the_wrong_kind_of_proof_does_not_count():
    """The indicator says which proof it needs; one of several will do."""
    written = Log()
    written.hold("E-1", "2021-10-25", proof="photo")
    found = held(report(ONE, written), "E-1")
    assert (failing(found), found.counted, found.overdue) == (["H5"], False, False)
    assert reason(found, "H5").text == "KPI 4 asks for attendance-list; given: photo"
    two = replace(ONE, indicators=(indicator("KPI 4", 1, "events", proof=("agenda", "photo")),))
    assert held(report(two, written), "E-1").counted
    assert reason(held(report(two, written), "E-1"), "H5").text == "KPI 4 asks for agenda or photo; given: photo"
    for proof in ("", "agenda", "minutes"):
        written.hold("E-1", "2021-10-25", proof=proof)
    text = "KPI 4 asks for attendance-list; given: agenda, minutes and photo"
    assert reason(held(report(ONE, written), "E-1"), "H5").text == text


def test_one_good_proof_among_several_suffices():
    """A bad entry beside a good one takes nothing away; the day is that of the good one."""
    written = Log()
    written.hold("E-1", "2020-08-31")
    written.hold("E-1", "2021-10-01", file="")
    written.hold("E-1", "2021-10-25")
    found = held(report(ONE, written), "E-1")
    assert (True, date(2021, 10, 25)) == (found.counted, found.held_on)
    assert (digest("E-1-2021-10-25"),) == found.evidence
    assert reason(found, "H1").text == "held on 2020-08-31, 2021-10-01 and 2021-10-25"


@pytest.mark.parametrize(
    ("day", "counts"), [("2020-08-31", False), ("2020-09-01", True), ("2022-08-31", True), ("2022-09-01", False)]
)
def test_both_ends_of_the_window_count(day, counts):
    """The first and the last day of the window count, the days beside them do not."""
    written = Log()
    written.hold("E-1", day)
    found = held(report(ONE, written, date(2022, 12, 1)), "E-1")
    assert counts == found.counted
    assert (f"held on {day}, {'inside' if counts else 'outside'} 2020-09-01 … 2022-08-31") == reason(found, "H3").text


def test_what_is_held_after_the_day_is_told_and_does_not_count():
    """A figure as of a day knows nothing later; the reason says that there is something."""
    written = Log()
    written.hold("E-1", "2021-10-25")
    found = held(report(ONE, written, date(2021, 10, 24)), "E-1")
    assert (found.counted, found.held_on) == (False, None)
    assert reason(found, "H1").text == "not held by 2021-10-24; held on 2021-10-25, after 2021-10-24"
    on_it = held(report(ONE, written, date(2021, 10, 25)), "E-1")
    assert (on_it.counted, reason(on_it, "H1").text) == (True, "held on 2021-10-25")
    written.hold("E-1", "2021-10-26")
    early = held(report(ONE, written, date(2021, 10, 24)), "E-1")
    assert reason(early, "H1").text == "not held by 2021-10-24; held on 2021-10-25, after 2021-10-24"


@pytest.mark.parametrize(("as_of", "overdue"), [(date(2021, 10, 31), False), (date(2021, 11, 1), True)])
def test_overdue_begins_the_day_after_the_last_expected_day(as_of, overdue):
    """A month is over after its last day."""
    assert overdue == held(report(ONE, as_of=as_of), "E-1").overdue


def test_places_of_events_are_taken_from_the_first_on():
    """A named event takes the first place; a place can be overdue, because it needs no counterpart."""
    some = portfolio(event("W", slots=3, expected="2021-01"), event("E-1", fills="W"))
    found = report(some)
    assert [each.id for each in found.held if each.kind == "workshop"] == ["E-1", "W#2", "W#3"]
    assert (held(found, "W#2").is_slot, held(found, "W#2").overdue, ("NORD",)) == (True, True, ("NORD",))
    assert reason(held(found, "W#2"), "H1").text == "a place that no event has taken; not held by 2022-08-31"
    assert (figure(found, "KPI 4").planned, figure(found, "KPI 4").named) == (3, 1)


def test_what_is_held_on_a_slot_record_takes_a_place():
    """Proof that names the slot record fills its places one by one, and more than planned adds a place."""
    some = portfolio(event("W", slots=2))
    written = Log()
    written.hold("W", "2021-10-25", organisations=("alpha",))
    found = report(some, written)
    assert (
        held(found, "W#1").counted,
        held(found, "W#1").is_slot,
        held(found, "W#1").organisations,
    ) == (True, False, ("alpha",))
    assert (figure(found, "KPI 4").planned, figure(found, "KPI 4").named, figure(found, "KPI 4").counted) == (2, 1, 1)
    written.hold("W", "2021-10-24")
    written.hold("W", "2021-10-26")
    more = figure(report(some, written), "KPI 4")
    assert (3, 3, {"W#1", "W#2", "W#3"}) == (more.planned, more.counted, set(more.counted_ids))


def test_what_is_entered_for_one_day_is_one_holding():
    """A second file, or the same one again, holds no second workshop and fulfils no duty twice."""
    records = replace(portfolio(event("W", slots=2), DUTY), indicators=(*INDICATORS, *DUTIES))
    written = Log()
    written.hold("W", "2021-10-25", proof="photo", file="photo")
    written.hold("W", "2021-10-25", file="list")
    for _ in range(2):
        written.hold("D-1", "2021-10-25")
    found = report(records, written)
    assert (figure(found, "KPI 4").counted, held(found, "W#2").is_slot) == (1, True)
    assert reason(held(found, "W#1"), "H5").text == "KPI 4 asks for attendance-list; given: attendance-list and photo"
    assert failing(held(found, "D-1")) == ["H1", "H2", "H3", "H5"]
    assert (digest("D-1-2021-10-25"),) == held(found, "D-1").evidence


def test_each_file_of_an_entry_has_to_be_whole():
    """An entry with two files of which one is damaged proves nothing; a good entry beside it does."""
    written = Log()
    files = (written.receive("E-1", "good"), written.receive("E-1", "bad"))
    written.add(log.Held(subject="E-1", on=date(2021, 10, 25), evidence=files, proof="attendance-list"))
    found = held(report(ONE, written, evidence_whole=lambda sha: sha == digest("good")), "E-1")
    assert failing(found) == ["H2"]


def test_first_is_whose_proof_was_entered_first():
    """The order of entry decides, not that of the days; an entry that was undone is no entry."""
    two = portfolio(contact("C-1", "alpha"), contact("C-2", "alpha"))
    written = Log()
    undone = written.hold("C-2", "2021-05-05", proof="minutes")
    written.add(log.Corrected(undoes=undone, reason="an error"))
    written.hold("C-1", "2021-10-25", proof="minutes")
    written.hold("C-2", "2021-05-05", proof="minutes")
    assert figure(report(two, written), "KPI 1").counted_ids == ("C-1",)
    written.hold("C-1", "2021-01-01", proof="minutes")
    for file in ("one", "two", "three", "four"):
        written.hold("C-1", "2021-10-25", proof="minutes", file=file)
    assert figure(report(two, written), "KPI 1").counted_ids == ("C-1",)


def test_a_flawed_entry_beside_a_whole_one_on_the_same_day_takes_nothing_away():
    """One good proof suffices, whichever entry of the day it stands in."""
    written = Log()
    written.hold("E-1", "2021-10-25", file="bad")
    written.hold("E-1", "2021-10-25", file="good")
    found = held(report(ONE, written, evidence_whole=lambda sha: sha == digest("good")), "E-1")
    assert (True, (digest("good"),)) == (found.counted, found.evidence)


def test_a_kind_that_no_indicator_counts_counts_nowhere():
    """The reasons say so; a rule for events that names no kind counts every kind."""
    other = portfolio(event("E-1", "dinner"))
    written = Log()
    written.hold("E-1", "2021-10-25")
    found = held(report(other, written), "E-1")
    assert (failing(found), found.counted) == (["H4"], False)
    assert reason(found, "H4").text == "no indicator counts events of kind dinner"
    assert [each.rule for each in found.because] == ["H1", "H2", "H3", "H4", "H5", "H6"]
    every = replace(other, indicators=(indicator("KPI 4", 1, "events"),))
    assert held(report(every, written), "E-1").counted


def test_a_contact_counts_once_per_organisation():
    """Two contacts with one organisation: the one that was proven first counts; planned are rows."""
    two = portfolio(contact("C-1", "alpha"), contact("C-2", "alpha"))
    written = Log()
    written.hold("C-2", "2021-10-25", proof="minutes")
    written.hold("C-1", "2021-01-01", proof="minutes")
    found = report(two, written)
    assert (
        figure(found, "KPI 1").planned,
        figure(found, "KPI 1").named,
        figure(found, "KPI 1").counted_ids,
    ) == (2, 2, ("C-2",))
    assert failing(held(found, "C-1")) == ["H6"]
    assert reason(held(found, "C-1"), "H6").text == "C-2 already counts for Alpha in KPI 1"
    assert (
        held(found, "C-1").title,
        held(found, "C-1").kind,
        held(found, "C-1").organisations,
    ) == ("Alpha Example Network", "contact", ("alpha",))


def test_a_contact_is_expected_by_its_last_dated_step():
    """A step without a date says nothing about when."""
    dated = contact("C-1", "alpha", "2021-09", "2021-07-15")
    found = report(portfolio(dated, contact("C-2", "beta")), as_of=date(2021, 9, 30))
    assert (Expected(2021, 9), False) == (held(found, "C-1").expected, held(found, "C-1").overdue)
    assert (held(found, "C-2").expected, held(found, "C-2").overdue) == (None, False)
    undated = Contact(id="C-3", organisation="alpha", responsible=("NORD",), steps=(Step(what="some day"),))
    assert None is held(report(portfolio(undated)), "C-3").expected


def test_events_may_count_once_per_organisation():
    """Then an event needs an organisation, named in the plan or in the proof."""
    once = replace(
        portfolio(event("E-1"), event("E-2", organisations=("alpha",)), event("E-3")),
        indicators=(indicator("KPI 4", 1, "events", distinct_by="organisation"),),
    )
    written = Log()
    written.hold("E-1", "2021-10-25")
    written.hold("E-3", "2021-10-25", organisations=("alpha", "beta"))
    written.hold("E-2", "2021-10-25", file="E-2")
    found = report(once, written)
    assert figure(found, "KPI 4").counted_ids == ("E-3",)
    assert reason(held(found, "E-1"), "H6").text == "KPI 4 counts each organisation once, and no organisation is named"
    assert failing(held(found, "E-2")) == ["H6"]


def test_events_may_count_once_per_sector():
    """Then the proof has to name one."""
    once = replace(
        portfolio(event("E-1"), event("E-2")), indicators=(indicator("KPI 4", 1, "events", distinct_by="sector"),)
    )
    written = Log()
    written.hold("E-1", "2021-10-25", sectors=("paper",))
    written.hold("E-2", "2021-10-25", sectors=("paper",))
    assert figure(report(once, written), "KPI 4").counted_ids == ("E-1",)


def test_a_sector_is_involved_by_whatever_names_it():
    """One row per sector beyond the home ones; the proof of an event counts for the sectors it names."""
    written = Log()
    written.hold("E-1", "2021-10-25", proof="minutes", sectors=("glass", "rail"), organisations=("beta", "alpha"))
    found = report(ONE, written)
    assert [each.id for each in found.held if each.kind == "sector"] == ["glass", "paper"]
    assert (
        held(found, "glass").counted,
        held(found, "glass").counted_in,
        held(found, "glass").organisations,
        held(found, "glass").title,
    ) == (True, ("KPI 10",), ("alpha", "beta"), "Glass")
    assert (figure(found, "KPI 10").planned, figure(found, "KPI 10").counted_ids) == (2, ("glass",))
    assert failing(held(found, "paper")) == ["H1", "H2", "H3", "H5"]
    before = held(report(ONE, written, date(2021, 10, 24)), "glass")
    assert reason(before, "H1").text == "not held by 2021-10-24; held on 2021-10-25, after 2021-10-24"


def test_a_sector_looks_at_what_names_it_and_at_nothing_else():
    """Earlier, later and other entries are told apart; evidence stands in the order of days."""
    written = Log()
    written.hold("E-1", "2021-10-25", proof="minutes", sectors=("glass",))
    written.hold("D-1", "2021-05-05", proof="minutes", sectors=("glass",))
    written.hold("E-1", "2021-11-01", proof="minutes")
    for day in ("2021-12-24", "2021-12-01"):
        written.hold("E-1", day, proof="minutes", sectors=("glass",))
    found = held(report(ONE, written, date(2021, 11, 30)), "glass")
    text = "held on 2021-05-05 and 2021-10-25; held on 2021-12-01, after 2021-11-30"
    assert reason(found, "H1").text == text
    assert found.evidence == (digest("D-1-2021-05-05"), digest("E-1-2021-10-25"))


def test_a_sector_needs_its_own_kind_of_proof():
    """An attendance list counts the workshop and not the sector, where the rules say so."""
    written = Log()
    written.hold("E-1", "2021-10-25", sectors=("glass",))
    found = report(ONE, written)
    assert (held(found, "E-1").counted, held(found, "glass").counted) == (True, False)


DUTY = Duty(id="D-1", what="Meet the neighbours", responsible=("NORD",), task="T1.1", minimum=2)
DUTIES = (indicator("KPI 5", 1, "duties"),)


def test_a_duty_is_done_when_it_was_held_often_enough():
    """Twice at least: once is not enough, and the reasons say how often."""
    records = replace(portfolio(DUTY), indicators=DUTIES)
    written = Log()
    written.hold("D-1", "2021-10-25")
    once = held(report(records, written), "D-1")
    assert (failing(once), once.held_on, once.counted) == (["H1", "H2", "H3", "H5"], None, False)
    assert reason(once, "H1").text == "held 1 of at least 2 times on 2021-10-25"
    written.hold("D-1", "2021-11-25")
    twice = held(report(records, written), "D-1")
    assert ([], date(2021, 11, 25), ("KPI 5",)) == (failing(twice), twice.held_on, twice.counted_in)
    assert reason(twice, "H4").text == "duties count toward KPI 5"


def test_a_duty_without_enough_evidence_was_held_all_the_same():
    """The day is that of the last holding it needs, whatever speaks against counting it."""
    written = Log()
    written.hold("D-1", "2021-10-25")
    written.hold("D-1", "2021-11-25", file="")
    found = held(report(replace(portfolio(DUTY), indicators=DUTIES), written), "D-1")
    assert (failing(found), found.held_on, found.overdue) == (["H2", "H3", "H5"], date(2021, 11, 25), True)


def test_a_duty_needs_to_be_done_at_least_once():
    """Also where its record asks for nothing."""
    free = replace(portfolio(replace(DUTY, minimum=0)), indicators=DUTIES)
    assert not held(report(free), "D-1").counted


def test_a_duty_counts_from_the_holding_that_made_it_enough():
    """Of two duties the one that was complete first stands first."""
    other = Duty(id="D-0", what="Meet others", minimum=2)
    records = replace(portfolio(DUTY, other), indicators=DUTIES)
    written = Log()
    for subject, day in (("D-0", "2021-01-01"), ("D-1", "2021-01-02"), ("D-1", "2021-01-03"), ("D-0", "2021-01-04")):
        written.hold(subject, day)
    assert figure(report(records, written), "KPI 5").counted_ids == ("D-1", "D-0")


def test_a_duty_with_too_much_outside_the_window_does_not_count():
    """Two holdings of which one lies outside are one."""
    records = replace(portfolio(DUTY), indicators=DUTIES)
    written = Log()
    written.hold("D-1", "2020-08-01")
    written.hold("D-1", "2021-11-25")
    found = held(report(records, written), "D-1")
    assert failing(found) == ["H3", "H5"]
    assert (
        reason(found, "H3").text
        == "held on 2020-08-01 and 2021-11-25, only 1 of at least 2 inside 2020-09-01 … 2022-08-31"
    )


def test_a_duty_is_due_by_its_date_or_the_end_of_its_task():
    """Month 18 of a project that starts in September 2020 is February 2022."""
    dated = replace(DUTY, id="D-2", due=Expected(2021, 8))
    free = replace(DUTY, id="D-3", task=None, minimum=0)
    found = report(portfolio(DUTY, dated, free))
    assert [Expected(2022, 2), Expected(2021, 8), None] == [
        held(found, each).expected for each in ("D-1", "D-2", "D-3")
    ]
    assert [held(found, each).overdue for each in ("D-1", "D-2", "D-3")] == [True, True, False]


def test_rows_stand_by_group_and_then_as_people_count():
    """Contacts, events, duties, activities of their own record, sectors."""
    activities = (
        TimelineActivity(id="M2-1", what="Write", done_by="record", mission="north-pole"),
        TimelineActivity(id="M2-2", what="Sign", done_by="agreements"),
    )
    timeline = Timeline(duties=(DUTY,), months=(TimelineMonth(month=2, activities=activities),))
    some = portfolio(event("E-10"), event("E-9"), contact("Z-1", "alpha"), timeline=timeline)
    found = report(some)
    assert [each.id for each in found.held] == ["Z-1", "E-9", "E-10", "D-1", "M2-1", "glass", "paper"]
    assert ("activity", Expected(2020, 10)) == (held(found, "M2-1").kind, held(found, "M2-1").expected)
    assert held(found, "M2-1").mission == "north-pole"
    assert reason(held(found, "M2-1"), "H4").text == "no indicator counts activities"
