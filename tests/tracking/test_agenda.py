"""A partner's agenda: each open thing once, in the list it belongs to, in step with the status report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracking_cases import PARTNERS, PROJECT, Log, agreement, contact, event, portfolio, report, slots, with_project

from elca_docs.context.agenda_words import AGENDA_PHRASES, line_text
from elca_docs.context.words import Words
from elca_docs.model.deliverables import Cover, Deliverable
from elca_docs.model.missing import Missing, MissingField
from elca_docs.model.parties import Partner
from elca_docs.model.plan import Duty, Mission, Timeline, TimelineActivity, TimelineMonth
from elca_docs.model.project import ReportingPeriod
from elca_docs.model.rows import over, proven, reached
from elca_docs.model.values import Day, Expected
from elca_docs.tracking import agenda_of, calendar_entries

DAY = date(2021, 10, 5)
LISTS = ("overdue", "waiting", "due", "next", "unnamed")


def agenda(records, log=None, partner="NORD", *, as_of=DAY, **options):
    return agenda_of(report(records, log, as_of=as_of), records, partner, **options)


def ids(found, name):
    return [line.id for line in getattr(found, name)]


def test_each_state_has_its_list() -> None:
    """Overdue before all else, waiting once it is out, due by its last day, next later, unnamed without a name."""
    records = portfolio(
        agreement("A-1", expected="2021-09"),
        agreement("A-2", expected="2021-10"),
        agreement("A-3", expected="2021-12"),
        agreement("A-4", expected="2021-12"),
        agreement("A-5"),
        slots("S", "XA", 3, expected="2021-08"),
    )
    log = Log()
    log.draft("A-4")
    log.send("A-4", on=date(2021, 9, 1))
    found = agenda(records, log, days=30)
    assert {name: ids(found, name) for name in LISTS} == {
        "overdue": ["A-1"],
        "waiting": ["A-4"],
        "due": ["A-2"],
        "next": ["A-3", "A-5"],
        "unnamed": ["S"],
    }
    assert found.overdue[0].days == 5
    assert found.waiting[0].to_sign == ("NORD", "Alpha")
    assert found.unnamed[0].count == 3
    assert found.calls


def test_what_is_overdue_and_out_stands_once_with_who_has_to_sign() -> None:
    """An overdue agreement that was sent is not listed as waiting, too; it says whose signature is missing."""
    log = Log()
    log.draft("A-1")
    log.sign("A-1", NORD="2021-09-01")
    found = agenda(portfolio(agreement("A-1", expected="2021-09")), log)
    assert (ids(found, "overdue"), ids(found, "waiting")) == (["A-1"], [])
    assert found.overdue[0].to_sign == ("Alpha",)
    assert line_text(found.overdue[0], Words("en")) == (
        "Example Agreement with Alpha (EXAMPLE-001): expected September 2021, 5 days overdue;"
        " still to be signed by Alpha"
    )


@pytest.mark.parametrize(("days", "due"), [(25, []), (26, ["A-1"])])
def test_a_month_is_due_by_its_end(days: int, due: list[str]) -> None:
    """31 October lies 26 days after 5 October."""
    assert ids(agenda(portfolio(agreement("A-1", expected="2021-10")), days=days), "due") == due


@pytest.mark.parametrize(("days", "due"), [(26, []), (27, ["E-1"])])
def test_an_event_is_due_from_the_first_day_of_its_month(days: int, due: list[str]) -> None:
    """What takes place in November may take place on the first of it."""
    assert ids(agenda(portfolio(event("E-1", expected="2021-11")), days=days), "due") == due


def test_what_is_signed_held_or_over_is_on_no_list() -> None:
    """Done is done, and an exit is an exit."""
    records = portfolio(
        agreement("A-1", expected="2021-09"), agreement("A-2", expected="2021-09"), event("E-1", expected="2021-09")
    )
    log = Log()
    log.seal("A-1")
    log.end("A-2", "declined", "2021-09-05")
    log.hold("E-1", "2021-09-20")
    found = agenda(records, log)
    assert [ids(found, name) for name in LISTS] == [[]] * 5
    assert not found.calls


def test_what_took_place_without_proof_stays_and_says_so() -> None:
    """Only the proof is missing, and the line says on which day it took place."""
    log = Log()
    log.hold("E-1", "2021-09-20", file="")
    (line,) = agenda(portfolio(event("E-1", expected="2021-09")), log).overdue
    assert line.held_on == date(2021, 9, 20)
    assert "took place on 20 September 2021, the proof is missing" in line_text(line, Words("en"))


def test_what_has_no_partner_stands_with_the_coordinator() -> None:
    """A duty that nobody is named for is not lost, and the line says that nobody is named."""
    partners = (Partner(id="NORD", name="North", coordinator=True), PARTNERS[1])
    records = portfolio(Duty(id="D-1", what="A duty of all", due=Expected(2021, 9)), partners=partners)
    (line,) = agenda(records).overdue
    assert (line.id, line.unowned) == ("D-1", True)
    assert "no partner is named for it" in line_text(line, Words("en"))
    assert agenda(records, partner="SUED").overdue == ()


def test_a_shared_thing_stands_with_both_and_names_the_other() -> None:
    """Each of two partners sees it, together with the other one; a partner's part counts its own rows."""
    records = portfolio(agreement("A-1", expected="2021-09", responsible=("NORD", "SUED")))
    assert [agenda(records, partner=each).overdue[0].others for each in ("NORD", "SUED")] == [("SUED",), ("NORD",)]
    (share,) = agenda(records, partner="SUED").mine
    assert (share.indicator, share.planned, share.named, share.done, share.overdue) == ("KPI 2", 1, 1, 0, 1)


def test_missing_fields_alone_call_for_a_mail() -> None:
    """Nothing is due, but something has to be filled in."""
    field = MissingField(
        missing=Missing(label="address", field="f", record="partners/NORD", key="k", owner="NORD"), agreements=("A-1",)
    )
    found = agenda(portfolio(), missing=[field])
    assert (found.missing, found.calls) == ((field,), True)
    assert not agenda(portfolio()).calls


def test_both_languages_have_the_same_phrases() -> None:
    """No phrase is missing in one of them, and the same places are filled."""
    english, spanish = AGENDA_PHRASES["en"], AGENDA_PHRASES["es"]
    assert set(english) == set(spanish)
    for name, phrase in english.items():
        assert phrase.count("{") == spanish[name].count("{"), name


months = st.sampled_from(["2021-08", "2021-09-30", "2021-10", "2021-10-05", "2021-11", "2022-03"]) | st.none()
states = st.lists(st.tuples(months, st.sampled_from(["planned", "sent", "part", "signed", "ended"])), max_size=6)


@settings(max_examples=40, deadline=None)
@given(states=states, places=st.integers(0, 3), days=st.integers(0, 200), happens=st.lists(months, max_size=3))
def test_each_open_thing_stands_in_exactly_one_list(states, places, days, happens) -> None:
    """The lists share nothing, hold all that is open and nothing else, and agree with the report on what is overdue."""
    log, records = Log(), []
    for number, (month, state) in enumerate(states):
        identifier = f"A-{number}"
        records.append(agreement(identifier, expected=month))
        if state == "sent":
            log.draft(identifier)
            log.send(identifier)
        elif state == "part":
            log.sign(identifier, NORD="2021-09-01")
        elif state == "signed":
            log.seal(identifier, "2021-09-01")
        elif state == "ended":
            log.end(identifier, "withdrawn", "2021-09-01")
    records += [event(f"E-{number}", expected=month) for number, month in enumerate(happens)]
    records += [slots("S", "XB", places)] if places else []
    plan = portfolio(*records)
    found = report(plan, log, as_of=DAY)
    page = agenda_of(found, plan, "NORD", days=days)
    rows = [row for row in found.agreements if not over(row) and not reached(row, "signed")]
    held = [row for row in found.held if row.kind != "sector" and not proven(row)]
    every = [line for name in LISTS for line in getattr(page, name)]
    assert sum(line.count for line in every) == len(rows) + len(held)
    assert len({line.id for line in every}) == len(every)
    assert sum(line.count for line in page.overdue) == sum(row.overdue for row in (*rows, *held))


def test_the_calendar_has_every_date_once_and_knows_what_is_done() -> None:
    """Signatures and deadlines "by" the end of their month, done ones on their day, ended ones cancelled."""
    activities = (
        TimelineActivity(id="M14-1", what="All signed", done_by="agreements", classes=("XA",)),
        TimelineActivity(id="M14-2", what="Summary", done_by="record", responsible=("SUED",)),
    )
    records = portfolio(
        agreement("A-1", expected="2021-10"),
        agreement("A-2", expected="2021-10"),
        agreement("A-3", expected="2021-10"),
        agreement("A-4"),
        slots("S", "XA", 2, expected="2021-12"),
        event("E-1", expected="2021-11-03", title="Fair"),
        contact("C-1", "beta", "2021-12"),
        timeline=Timeline(months=(TimelineMonth(month=14, activities=activities),)),
        missions=(Mission(id="moon", name="Moon"), Mission(id="pole", name="Pole", deadline=Expected(2021, 10))),
        deliverables=(Deliverable(id="D9", kind="plan", title="Plan", template="plan", cover=Cover(due_month=14)),),
    )
    period = ReportingPeriod(id="P1", first_day=Day(2020, 9, 1), last_day=Day(2021, 8, 31), report_within_days=60)
    silent = ReportingPeriod(id="P2", first_day=Day(2021, 9, 1), last_day=Day(2022, 8, 31))
    records = with_project(records, reporting_periods=(period, silent))
    log = Log()
    log.seal("A-2", "2021-09-20")
    log.end("A-3", "declined", "2021-09-01")
    log.hold("C-1", "2021-09-09")
    entries = {each.uid.partition("@")[0]: each for each in calendar_entries(report(records, log, as_of=DAY), records)}
    assert {name: (str(each.day), each.summary) for name, each in entries.items()} == {
        "agreement-A-1": ("2021-10-31", "By: signature of Example Agreement with Alpha (NORD)"),
        "agreement-A-2": ("2021-09-20", "Signed Example Agreement with Alpha (NORD)"),
        "agreement-A-3": ("2021-10-31", "By: signature of Example Agreement with Alpha (NORD)"),
        "agreement-S": ("2021-12-31", "By: signature of 2 × Example Agreement, counterparts to be named (NORD)"),
        "event-E-1": ("2021-11-03", "Fair (NORD)"),
        "contact-C-1": ("2021-09-09", "Done: contact with Beta Example Network (NORD)"),
        "activity-M14-1": ("2021-10-31", "By: All signed"),
        "activity-M14-2": ("2021-10-31", "By: Summary (SUED)"),
        "mission-pole": ("2021-10-31", "By: mission Pole"),
        "deliverable-D9": ("2021-10-31", "By: D9 Plan"),
        "period-P1": ("2021-08-31", "End of reporting period P1"),
        "report-P1": ("2021-10-30", "By: report on period P1"),
        "period-P2": ("2022-08-31", "End of reporting period P2"),
        "project-end": ("2022-08-31", f"End of {PROJECT.acronym}"),
    }
    assert [name for name, each in entries.items() if each.cancelled] == ["agreement-A-3"]
