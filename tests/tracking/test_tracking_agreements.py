"""Agreements: the road, the exits, pending and overdue, and each rule of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tracking_cases import (
    END,
    Log,
    agreement,
    digest,
    failing,
    figure,
    indicator,
    portfolio,
    reason,
    report,
    row,
    slots,
    with_project,
)

from elca_docs.model import log_events as log
from elca_docs.model.plan import Terms
from elca_docs.model.values import Day

ONE = portfolio(agreement("A-1", expected="2021-10"))


def contacted(written: Log) -> None:
    written.add(log.Contacted(agreement="A-1", on=date(2021, 5, 3)))


def negotiating(written: Log) -> None:
    written.add(log.Negotiating(agreement="A-1", on=date(2021, 5, 4)))


def drafted(written: Log) -> None:
    written.draft("A-1")


def sent(written: Log) -> None:
    written.send("A-1")


def partly(written: Log) -> None:
    written.sign("A-1", NORD="2021-09-30")


def signed(written: Log) -> None:
    written.sign("A-1", "copy-2", alpha="2021-10-05")


def registered(written: Log) -> None:
    written.register("A-1")


ROAD = (contacted, negotiating, drafted, sent, partly, signed, registered)
STATES = ("identified", "contacted", "contacted", "drafted", "sent", "partly signed", "signed", "counted")


@pytest.mark.parametrize("steps", range(len(ROAD) + 1))
def test_each_step_of_the_road_gives_its_status(steps):
    """The status is the furthest state that the log shows."""
    written = Log()
    for step in ROAD[:steps]:
        step(written)
    found = row(report(ONE, written), "A-1")
    assert STATES[steps] == found.status
    assert (steps < 6) == found.pending
    assert (steps < 6) == found.overdue
    assert (steps == 7) == found.counted


def test_registered_outside_the_window_stays_registered():
    """What is registered and does not count keeps the status registered, with the rule that fails."""
    written = Log()
    written.seal("A-1", "2020-08-31")
    found = row(report(ONE, written), "A-1")
    assert (found.status, failing(found)) == ("registered", ["C4"])
    assert reason(found, "C4").text == "signed on 2020-08-31, outside 2020-09-01 … 2022-08-31"


@pytest.mark.parametrize(
    ("day", "counts"), [("2020-08-31", False), ("2020-09-01", True), ("2022-08-31", True), ("2022-09-01", False)]
)
def test_both_ends_of_the_window_count(day, counts):
    """The first and the last day of the window count, the days beside them do not."""
    written = Log()
    written.seal("A-1", day)
    found = row(report(ONE, written, date(2022, 12, 1)), "A-1")
    assert counts == found.counted
    assert counts == reason(found, "C4").ok


def test_a_project_may_set_its_own_window():
    """counting_from and counting_until replace the grant period."""
    written = Log()
    written.seal("A-1", "2021-10-05")
    narrow = with_project(ONE, counting_from=Day(2021, 10, 6))
    assert failing(row(report(narrow, written), "A-1")) == ["C4"]


@pytest.mark.parametrize(
    ("expected", "as_of", "overdue"),
    [
        ("2021-10", date(2021, 10, 31), False),
        ("2021-10", date(2021, 11, 1), True),
        ("2021-10-25", date(2021, 10, 25), False),
        ("2021-10-25", date(2021, 10, 26), True),
        (None, date(2022, 8, 31), False),
    ],
)
def test_overdue_begins_the_day_after_the_last_expected_day(expected, as_of, overdue):
    """A month is over after its last day, a day after itself; without a date nothing is overdue."""
    found = row(report(portfolio(agreement("A-1", expected=expected)), as_of=as_of), "A-1")
    assert (True, overdue) == (found.pending, found.overdue)


def test_a_free_place_is_neither_pending_nor_overdue():
    """Without a counterpart nobody can sign, so nothing is pending."""
    found = row(report(portfolio(slots("S", "XA", 1, expected="2021-01"))), "S#1")
    assert (found.status, found.pending, found.overdue, found.counterpart) == ("slot", False, False, "")
    assert failing(found) == ["C1", "C2", "C3", "C4", "C6"]


def test_only_what_happened_by_the_day_of_the_report_is_seen():
    """A signature after the day is not there, and the reason says so; on the day itself it is."""
    written = Log()
    written.sign("A-1", NORD="2021-09-30", alpha="2021-10-05")
    written.register("A-1")
    before = row(report(ONE, written, date(2021, 10, 4)), "A-1")
    assert (before.status, before.signed_parties, before.signed_on) == ("partly signed", ("NORD",), None)
    assert reason(before, "C1").text == "signed after 2021-10-04: Alpha on 2021-10-05; signed: NORD on 2021-09-30"
    on_it = row(report(ONE, written, date(2021, 10, 5)), "A-1")
    assert ("counted", date(2021, 10, 5)) == (on_it.status, on_it.signed_on)


def test_a_signature_counts_by_its_own_day_however_late_it_is_entered():
    """Entered in 2022, signed in 2021: it counts as of 2021, and a mark says that it was registered later."""
    written = Log(at="2022-03-05T10:00:00+00:00")
    written.seal("A-1", "2022-02-20")
    found = row(report(ONE, written, date(2022, 2, 28)), "A-1")
    assert (found.status, found.register_number) == ("counted", "R-2021-001")
    assert found.marks == ("confirmed by a person", "registered later, on 2022-03-05")
    assert row(report(ONE, written, date(2022, 3, 5)), "A-1").marks == ("confirmed by a person",)


def test_a_draft_counts_by_the_day_it_was_logged():
    """A draft has no day of its own: it is there from the day of its entry."""
    written = Log(at="2021-06-01T23:59:59+00:00")
    written.draft("A-1")
    assert row(report(ONE, written, date(2021, 5, 31)), "A-1").status == "identified"
    assert row(report(ONE, written, date(2021, 6, 1)), "A-1").status == "drafted"


def test_what_is_logged_after_the_project_counts_on_its_last_day():
    """A report never looks beyond the project's end by default, so later drafts show on that day and not before."""
    written = Log(at="2031-01-01T08:00:00+00:00")
    written.draft("A-1")
    assert row(report(ONE, written, END), "A-1").status == "drafted"
    assert row(report(ONE, written, date(2022, 8, 30)), "A-1").status == "identified"


def test_a_dispatch_counts_by_its_own_day_where_it_has_one():
    """A dispatch on paper that is entered later counts by the day it went out."""
    written = Log(at="2021-08-01T08:00:00+00:00")
    written.send("A-1", on=date(2021, 7, 1), origin="their text")
    found = row(report(ONE, written, date(2021, 7, 1)), "A-1")
    assert (found.status, found.marks) == ("sent", ("on their text",))
    assert row(report(ONE, written, date(2021, 6, 30)), "A-1").status == "identified"


def test_an_agreement_from_before_the_tool_is_marked():
    """Nobody takes an old agreement for one of ours; a proven signature needs no mark."""
    written = Log()
    written.send("A-1", on=date(2021, 1, 1), origin="before the tool")
    evidence = written.receive(written.reference("A-1"), "old")
    for party in ("NORD", "alpha"):
        on = date(2021, 1, 2)
        signature = log.Signed(
            reference=written.reference("A-1"), party=party, on=on, evidence=evidence, basis="proven"
        )
        written.add(signature)
    assert row(report(ONE, written), "A-1").marks == ("before the tool",)


def test_the_day_of_an_agreement_is_when_the_last_party_had_first_signed():
    """A further copy that a party signs later does not move the agreement's day."""
    written = Log()
    written.sign("A-1", "one", NORD="2021-09-30", alpha="2021-10-05")
    written.register("A-1")
    written.sign("A-1", "two", NORD="2022-12-24")
    found = row(report(ONE, written, date(2023, 1, 1)), "A-1")
    assert (date(2021, 10, 5), True) == (found.signed_on, found.counted)
    assert (digest("one"), digest("two")) == found.evidence


def test_a_signature_of_somebody_else_signs_nothing():
    """Only the parties of the record sign it."""
    written = Log()
    written.sign("A-1", NORD="2021-10-01", gamma="2021-10-05")
    found = row(report(ONE, written), "A-1")
    assert (found.status, found.signed_parties) == ("partly signed", ("NORD",))
    written.sign("A-1", "of somebody else", gamma="2021-10-06")
    assert row(report(ONE, written), "A-1").evidence == (digest("A-1-signed"),)
    assert reason(found, "C1").text == "no signature of Alpha; signed: NORD on 2021-10-01"


def test_an_agreement_needs_two_parties():
    """One company alone has agreed with nobody, whatever is signed and registered."""
    alone = portfolio(agreement("A-1", "XB"))
    written = Log()
    written.sign("A-1", alpha="2021-10-05")
    written.register("A-1")
    found = row(report(alone, written), "A-1")
    assert (found.status, found.counted) == ("partly signed", False)
    assert failing(found) == ["C1", "C4"]
    assert reason(found, "C1").text == "an agreement needs two parties, and only Alpha is named"


def test_companies_among_themselves_need_no_partner():
    """In a class of counterparts the responsible partner is no party."""
    both = portfolio(agreement("A-1", "XB", counterparts=("alpha", "beta")))
    written = Log()
    written.seal("A-1", parties=("alpha", "beta"))
    found = row(report(both, written), "A-1")
    assert (found.status, found.counted_in) == ("counted", ("KPI 3",))
    assert found.counterpart == "Alpha Example Network · Beta Example Network"


def test_registered_is_a_rule_of_its_own():
    """All signatures without a register number do not count."""
    written = Log()
    written.sign("A-1", NORD="2021-10-05", alpha="2021-10-05")
    found = row(report(ONE, written), "A-1")
    assert (found.status, failing(found)) == ("signed", ["C2"])


def test_missing_or_changed_evidence_stops_counting():
    """Nothing counts without its file, byte for byte; the reason names the file."""
    written = Log()
    written.seal("A-1")
    asked: list[str] = []

    def damaged(sha: str) -> bool:
        asked.append(sha)
        return False

    found = row(report(ONE, written, evidence_whole=damaged), "A-1")
    assert (found.status, failing(found)) == ("registered", ["C3"])
    assert f"signed copy {digest('A-1-signed')[:12]}… is missing or changed" == reason(found, "C3").text
    assert [digest("A-1-signed")] == asked


def test_evidence_whose_receipt_was_corrected_is_no_evidence():
    """A file that the register no longer holds to be received proves nothing."""
    written = Log()
    written.seal("A-1")
    receipt = next(each.address for each in written.entries if isinstance(each.event, log.Received))
    written.add(log.Corrected(undoes=receipt, reason="the file of another agreement"))
    found = row(report(ONE, written), "A-1")
    assert failing(found) == ["C3"]
    assert reason(found, "C3").text.endswith("is not in the register")


def test_a_signature_without_a_copy_is_not_proven():
    """A signature that names no file counts nowhere, and the party is named."""
    written = Log()
    reference = written.reference("A-1")
    written.sign("A-1", NORD="2021-10-05")
    written.add(log.Signed(reference=reference, party="alpha", on=date(2021, 10, 6), evidence=""))
    written.register("A-1")
    found = row(report(ONE, written), "A-1")
    assert failing(found) == ["C3"]
    assert reason(found, "C3").text == "there is no signed copy behind the signature of Alpha"
    assert found.evidence == (digest("A-1-signed"),)


def test_no_signature_means_no_evidence():
    """All rules are told at once, however early the road stops."""
    found = row(report(ONE), "A-1")
    assert [f"C{number}" for number in range(1, 8)] == [each.rule for each in found.because]
    assert failing(found) == ["C1", "C2", "C3", "C4"]
    assert reason(found, "C3").text == "there is no signed copy"
    assert reason(found, "C1").text == "no signature of NORD and Alpha"


def test_a_counted_agreement_names_its_values():
    """Each reason says what it looked at."""
    written = Log()
    written.sign("A-1", NORD="2021-09-30", alpha="2021-10-05")
    written.register("A-1")
    found = row(report(ONE, written), "A-1")
    assert [
        "all 2 parties have signed: NORD on 2021-09-30 and Alpha on 2021-10-05",
        "registered as R-2021-001",
        f"signed copy archived and unchanged: {digest('A-1-signed')[:12]}…",
        "signed on 2021-10-05, inside 2020-09-01 … 2022-08-31",
        "class XA counts toward KPI 2",
        "nothing else counts for Alpha in KPI 2",
        "not ended",
    ] == [each.text for each in found.because]


def test_a_class_that_no_indicator_counts_counts_nowhere():
    """An agreement outside every indicator is registered, and the reason says why it does not count."""
    uncounted = replace(ONE, indicators=(indicator("KPI 9", 1, "agreements", classes=("XB",)),))
    written = Log()
    written.seal("A-1")
    found = row(report(uncounted, written), "A-1")
    assert (found.status, failing(found)) == ("registered", ["C5"])
    assert reason(found, "C5").text == "no indicator counts class XA"


def test_a_class_may_count_in_two_indicators():
    """Each indicator decides for itself; the once-only rule is told once per indicator."""
    two = replace(
        portfolio(agreement("A-1"), agreement("A-2")),
        indicators=(
            indicator("KPI 10", 9, "agreements"),
            indicator("KPI 9", 1, "agreements", classes=("XA",), distinct_by="organisation"),
        ),
    )
    written = Log()
    written.seal("A-1")
    written.seal("A-2")
    found = report(two, written)
    assert row(found, "A-1").counted_in == ("KPI 9", "KPI 10")
    assert (row(found, "A-2").status, row(found, "A-2").counted_in) == ("counted", ("KPI 10",))
    assert [each.rule for each in row(found, "A-2").because][4:] == ["C5", "C6", "C6", "C7"]


def test_the_second_agreement_with_an_organisation_does_not_count():
    """Which one came first is the order of register numbers, not of records or signatures."""
    two = portfolio(agreement("A-1"), agreement("A-2"))
    written = Log()
    written.sign("A-1", NORD="2021-01-01", alpha="2021-01-02")
    written.seal("A-2")
    written.register("A-1")
    found = report(two, written)
    assert figure(found, "KPI 2").counted_ids == ("A-2",)
    assert failing(row(found, "A-1")) == ["C6"]
    assert reason(row(found, "A-1"), "C6").text == "A-2 (R-2021-001) already counts for Alpha in KPI 2"


def test_first_is_whose_proof_was_complete_first():
    """A number given too early does not help before the last signature; a further copy does not set it back."""
    two = portfolio(agreement("A-1"), agreement("A-2"))
    early = Log()
    early.sign("A-1", "one", NORD="2021-01-01")
    early.register("A-1")
    early.seal("A-2")
    early.sign("A-1", "two", alpha="2021-01-02")
    assert figure(report(two, early), "KPI 2").counted_ids == ("A-2",)
    again = Log()
    again.seal("A-1")
    again.seal("A-2")
    again.sign("A-1", "another copy", NORD="2021-01-01", alpha="2021-01-02")
    assert figure(report(two, again), "KPI 2").counted_ids == ("A-1",)


def test_copies_stand_in_the_order_of_signature():
    """Whatever came in first, the file of the earlier signature stands first."""
    written = Log()
    written.sign("A-1", "later", alpha="2021-10-05")
    written.sign("A-1", "earlier", NORD="2021-09-30")
    assert row(report(ONE, written), "A-1").evidence == (digest("earlier"), digest("later"))


def test_a_new_organisation_beside_a_counted_one_counts():
    """With several counterparts an agreement counts while it brings one that has not counted."""
    three = portfolio(
        agreement("A-1"), agreement("A-2", counterparts=("alpha", "beta")), agreement("A-3", counterparts=("beta",))
    )
    written = Log()
    for identifier, parties in (("A-1", ("alpha",)), ("A-2", ("alpha", "beta")), ("A-3", ("beta",))):
        written.seal(identifier, parties=("NORD", *parties))
    found = report(three, written)
    assert figure(found, "KPI 2").counted_ids == ("A-1", "A-2")
    assert reason(row(found, "A-2"), "C6").text == "nothing else counts for Beta Example Network in KPI 2"
    text = "A-1 (R-2021-001) and A-2 (R-2021-002) already counts for Alpha and Beta Example Network in KPI 2"
    last = portfolio(*three.agreements, agreement("A-4", counterparts=("beta", "alpha")))
    assert reason(row(report(last, written), "A-4"), "C6").text == text


def test_an_indicator_may_count_each_sector_once():
    """distinct_by sector looks at the sectors of the counterparts."""
    sectors = replace(
        portfolio(agreement("A-1"), agreement("A-2"), agreement("A-3", counterparts=("gamma",))),
        indicators=(indicator("KPI 2", 1, "agreements", distinct_by="sector"),),
    )
    written = Log()
    for identifier, party in (("A-1", "alpha"), ("A-2", "alpha"), ("A-3", "gamma")):
        written.seal(identifier, parties=("NORD", party))
    assert figure(report(sectors, written), "KPI 2").counted_ids == ("A-1", "A-3")


@pytest.mark.parametrize("exit_", ["declined", "withdrawn", "replaced", "void", "expired"])
def test_an_exit_takes_an_unsigned_agreement_out_of_the_plan(exit_):
    """It is neither pending nor planned any more from that day on; the row stays, with day and reason."""
    written = Log()
    written.draft("A-1")
    written.end("A-1", exit_, "2022-01-15", "they changed their mind")
    found = report(ONE, written)
    assert (exit_, False, False) == (
        row(found, "A-1").status,
        row(found, "A-1").pending,
        row(found, "A-1").overdue,
    )
    assert f"{exit_} on 2022-01-15: they changed their mind" == reason(row(found, "A-1"), "C7").text
    assert (figure(found, "KPI 2").planned, figure(found, "KPI 2").named, figure(found, "KPI 2").drafted) == (0, 0, 0)
    assert row(report(ONE, written, date(2022, 1, 14)), "A-1").status == "drafted"


@pytest.mark.parametrize("exit_", ["declined", "withdrawn", "replaced", "void"])
def test_an_exit_takes_a_signed_agreement_out_of_the_figures(exit_):
    """What the register ends no longer counts, though its numbers stay."""
    written = Log()
    written.seal("A-1")
    written.end("A-1", exit_, "2022-01-15", "")
    found = report(ONE, written)
    assert (exit_, False, "R-2021-001") == (
        row(found, "A-1").status,
        row(found, "A-1").counted,
        row(found, "A-1").register_number,
    )
    assert failing(row(found, "A-1")) == ["C7"]
    assert f"{exit_} on 2022-01-15" == reason(row(found, "A-1"), "C7").text
    assert figure(found, "KPI 2").signed == 0


def test_an_agreement_that_ran_its_term_still_counts():
    """Expired after all had signed: the status says so, the figures keep it."""
    written = Log()
    written.seal("A-1")
    written.end("A-1", "expired", "2022-01-15")
    found = report(ONE, written)
    assert (
        row(found, "A-1").status,
        row(found, "A-1").counted,
        tuple(failing(row(found, "A-1"))),
    ) == ("expired", True, ())
    assert reason(row(found, "A-1"), "C7").text.endswith("all had signed, so it counts for good")
    figures = figure(found, "KPI 2")
    assert (figures.planned, figures.named, figures.drafted, figures.signed, figures.counted) == (1, 1, 1, 1, 1)


def test_a_record_replaces_an_unsigned_agreement():
    """The plan may drop a line that proves nothing: the old row stays visible and is planned no more."""
    two = portfolio(agreement("A-1", expected="2021-10"), agreement("A-2", counterparts=("beta",), replaces="A-1"))
    found = report(two)
    assert (
        row(found, "A-1").status,
        row(found, "A-1").overdue,
        row(found, "A-1").marks,
    ) == ("replaced", False, ("replaced by A-2",))
    assert reason(row(found, "A-1"), "C7").text == "A-2 replaces it in the records"
    assert not reason(row(found, "A-1"), "C7").ok
    assert (row(found, "A-2").status, row(found, "A-2").marks) == ("identified", ("replaces A-1",))
    assert (figure(found, "KPI 2").planned, figure(found, "KPI 2").named) == (1, 1)


def test_a_record_does_not_take_back_a_signed_agreement():
    """A signed agreement counts until the register ends it; with the one that replaces it, it counts once."""
    two = portfolio(agreement("A-1"), agreement("A-2", counterparts=("beta",), replaces="A-1"))
    written = Log()
    written.seal("A-1")
    found = report(two, written)
    assert (row(found, "A-1").status, reason(row(found, "A-1"), "C7").ok) == ("counted", True)
    assert reason(row(found, "A-1"), "C7").text.startswith("A-2 is to replace it")
    written.seal("A-2", parties=("NORD", "beta"))
    both = report(two, written)
    assert figure(both, "KPI 2").counted_ids == ("A-1",)
    text = "A-1 (R-2021-001) stands for the same agreement and already counts in KPI 2"
    assert text == reason(row(both, "A-2"), "C6").text
    written.end("A-1", "replaced", "2022-01-01")
    after = report(two, written)
    assert figure(after, "KPI 2").counted_ids == ("A-2",)
    assert (row(after, "A-1").status, row(after, "A-2").status) == ("replaced", "counted")


def test_two_agreements_that_replace_the_same_one_both_count():
    """Only what stands for the same agreement counts once: two new ones are two."""
    three = portfolio(
        agreement("A-1"),
        agreement("A-2", counterparts=("beta",), replaces="A-1"),
        agreement("A-3", counterparts=("gamma",), replaces="A-1"),
    )
    written = Log()
    written.seal("A-2", parties=("NORD", "beta"))
    written.seal("A-3", parties=("NORD", "gamma"))
    found = report(three, written)
    assert figure(found, "KPI 2").counted_ids == ("A-2", "A-3")
    assert row(found, "A-1").marks == ("replaced by A-2",)
    written.seal("A-1")
    both = report(three, written)
    assert figure(both, "KPI 2").counted_ids == ("A-2", "A-3")
    assert reason(row(both, "A-1"), "C6").text.startswith("A-2 (R-2021-001) stands for the same agreement")


def test_an_amendment_does_not_count_beside_what_it_amends():
    """An amendment with a record and a number of its own is the same agreement."""
    two = portfolio(agreement("A-1"), agreement("A-2", counterparts=("beta",)))
    written = Log()
    written.seal("A-1")
    written.seal("A-2", parties=("NORD", "beta"))
    written.add(log.Amended(reference=written.reference("A-1"), child=written.reference("A-2")))
    found = report(two, written)
    assert figure(found, "KPI 2").counted_ids == ("A-1",)
    assert failing(row(found, "A-2")) == ["C6"]


def test_records_that_replace_each_other_end_no_run():
    """A circle of records is somebody's mistake, and no endless one; one that replaces itself replaces nothing."""
    circle = portfolio(
        agreement("A-1", replaces="A-2"), agreement("A-2", replaces="A-1"), agreement("A-3", replaces="A-3")
    )
    found = report(circle)
    assert [each.status for each in found.agreements] == ["replaced", "replaced", "identified"]


def test_a_register_number_whose_signature_was_undone_does_not_count():
    """The number stays given; without all signatures the agreement is partly signed again."""
    written = Log()
    undone = written.sign("A-1", NORD="2021-10-01", alpha="2021-10-05")
    written.register("A-1")
    written.add(log.Corrected(undoes=undone, reason="wrong party"))
    found = row(report(ONE, written), "A-1")
    assert (found.status, found.register_number, found.counted) == ("partly signed", "R-2021-001", False)


def test_a_number_given_after_the_day_is_not_shown_while_signatures_are_missing():
    """Before the last signature there was no number; the day on which it was given shows it."""
    written = Log(at="2021-10-06T08:00:00+00:00")
    undone = written.sign("A-1", NORD="2021-10-01", alpha="2021-10-05")
    written.register("A-1")
    assert row(report(ONE, written, date(2021, 10, 4)), "A-1").register_number == ""
    written.add(log.Corrected(undoes=undone, reason="wrong party"))
    assert row(report(ONE, written, date(2021, 10, 5)), "A-1").register_number == ""
    assert row(report(ONE, written, date(2021, 10, 6)), "A-1").register_number == "R-2021-001"


def test_free_places_are_taken_from_the_first_on():
    """A place taken by a named agreement disappears, the others keep their names."""
    some = portfolio(slots("S", "XA", 3), agreement("A-1", fills="S"))
    found = report(some)
    assert [each.id for each in found.agreements] == ["A-1", "S#2", "S#3"]
    assert (figure(found, "KPI 2").planned, figure(found, "KPI 2").named) == (3, 1)


def test_an_agreement_that_is_over_frees_its_place():
    """The plan does not shrink because one company declined; what replaces it takes the place again."""
    written = Log()
    written.end("A-1", "declined", "2021-05-01")
    one = portfolio(slots("S", "XA", 1), agreement("A-1", fills="S"))
    assert [each.id for each in report(one, written).agreements] == ["A-1", "S#1"]
    two = portfolio(slots("S", "XA", 1), agreement("A-1", fills="S"), agreement("A-2", replaces="A-1"))
    assert [each.id for each in report(two, written).agreements] == ["A-1", "A-2"]


def test_more_agreements_than_places_leave_no_place():
    """A slot record never has fewer than no free places."""
    some = portfolio(slots("S", "XA", 1), agreement("A-1", fills="S"), agreement("A-2", fills="S"))
    assert figure(report(some), "KPI 2").planned == 2


def test_rows_stand_by_class_and_then_as_people_count():
    """The order of classes is the project's, the order of ids is natural, whatever the records' order."""
    some = portfolio(
        agreement("B-1", "XB"), slots("S", "XA", 10), agreement("A-10"), agreement("A-9"), agreement("a-11")
    )
    places = [f"S#{place}" for place in range(1, 11)]
    assert ["A-9", "A-10", "a-11", *places, "B-1"] == [each.id for each in report(some).agreements]


def test_shared_responsibility_and_mission_are_told():
    """A row carries what the record says of it."""
    shared = portfolio(
        agreement("A-1", responsible=("NORD", "SUED"), mission="north-pole", counterparts=("alpha", "beta"))
    )
    found = row(report(shared), "A-1")
    assert (found.responsible, found.mission, found.counterparts) == (("NORD", "SUED"), "north-pole", ("alpha", "beta"))
    assert reason(found, "C1").text == "no signature of NORD, SUED, Alpha and Beta Example Network"


def lasting(**terms: object):
    """Return the example agreement for twelve months, unless told otherwise."""
    return portfolio(agreement("A-1", terms=Terms(**({"duration_months": 12} | terms))))


@pytest.mark.parametrize(
    ("signed", "months", "last"),
    [
        ("2021-10-05", 12, "2022-10-05"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-11-30", 3, "2021-02-28"),
        ("2021-12-31", 2, "2022-02-28"),
        ("2021-08-31", 24, "2023-08-31"),
    ],
)
def test_an_agreement_runs_out_by_its_own_dates(signed, months, last):
    """Its last day has the number of its day, or is the month's end; from the next day on it is expired, and counts."""
    written = Log()
    written.seal("A-1", signed)
    records = lasting(duration_months=months)
    day = date.fromisoformat(last)
    assert row(report(records, written, day), "A-1").status == "counted"
    found = row(report(records, written, day + timedelta(days=1)), "A-1")
    assert (found.status, found.counted, failing(found)) == ("expired", True, [])
    text = f"ran from {signed} to {last}, as its terms say; all had signed, so it counts for good"
    assert text == reason(found, "C7").text


@pytest.mark.parametrize(
    "terms",
    [
        {"renewal": "by a year at a time"},
        {"starts": "on the first Monday of spring"},
        {"duration_months": None},
        {"duration_months": 0},
        {"duration_months": -(10**9)},
        {"duration_months": 10**9},
    ],
)
def test_what_its_terms_do_not_say_in_numbers_does_not_run_out(terms):
    """A renewal, another beginning, no duration or one beyond the calendar: a person ends it, if anybody."""
    written = Log()
    written.seal("A-1")
    found = row(report(lasting(**terms), written, date(2030, 1, 1)), "A-1")
    assert (found.status, reason(found, "C7").text) == ("counted", "not ended")


def test_what_not_all_have_signed_does_not_run_out():
    """Before the last signature nothing has begun."""
    written = Log()
    written.sign("A-1", NORD="2021-01-01")
    assert row(report(lasting(duration_months=1), written), "A-1").status == "partly signed"


def test_an_end_in_the_register_goes_before_the_term():
    """Who wrote down that it was withdrawn, or that it expired earlier, knows better."""
    written = Log()
    written.seal("A-1", "2021-01-01")
    end = written.end("A-1", "withdrawn", "2021-06-01")
    assert row(report(lasting(), written), "A-1").status == "withdrawn"
    written.add(log.Corrected(undoes=end, reason="an error"))
    written.end("A-1", "expired", "2021-07-01")
    assert reason(row(report(lasting(), written), "A-1"), "C7").text.startswith("expired on 2021-07-01")


def test_an_amendment_in_force_stops_the_term_and_is_no_agreement():
    """Its text may prolong what it amends; it has no term of its own, no place among the rows, and counts nowhere."""
    written = Log()
    written.seal("A-1", "2021-01-01")
    amend(written, "A-1", "2021-12-01")
    found = report(lasting(), written)
    assert (row(found, "A-1").status, figure(found, "KPI 2").counted) == ("counted", 1)
    text = "not ended: its own term was 2021-01-01 to 2022-01-01, and EXAMPLE-001/A1 amends it from 2021-12-01"
    assert text == reason(row(found, "A-1"), "C7").text
    assert [each.id for each in found.agreements] == ["A-1"]
    (amendment,) = found.amendments
    assert (amendment.amends, amendment.status, amendment.in_force) == ("A-1", "registered", True)
    assert (amendment.counted, amendment.counted_in, amendment.pending, amendment.expected) == (False, (), False, None)
    assert [each.rule for each in amendment.because] == ["C1", "C2", "C3", "C7"]
    before = report(lasting(), written, date(2021, 11, 30))
    assert not before.amendments[0].in_force
    assert report(lasting(), written, date(2040, 1, 1)).amendments[0].status == "registered"


def amend(written: Log, identifier: str, day: str) -> None:
    """Record an amendment that all parties signed on one day."""
    reference = written.reference(identifier)
    child = f"{reference}/A1"
    written.add(
        log.Referenced(agreement=f"{identifier}/A1", reference=child, series=f"{reference}/A{{seq}}", seq=1),
    )
    written.add(log.Amended(reference=reference, child=child))
    written.seal(f"{identifier}/A1", day)


def test_amendments_stand_in_the_order_of_their_agreements():
    """A-9 before A-10, whatever the log's order; one of no planned agreement is shown nowhere."""
    some = portfolio(agreement("A-10"), agreement("A-9", counterparts=("beta",)))
    written = Log()
    for identifier in ("A-10", "A-9", "gone"):
        amend(written, identifier, "2021-12-01")
    assert [each.id for each in report(some, written).amendments] == ["A-9/A1", "A-10/A1"]
