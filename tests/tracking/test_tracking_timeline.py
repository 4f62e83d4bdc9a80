"""The timeline: due, done or late as of the day, and on what proof."""

from __future__ import annotations

from datetime import date

import pytest
from tracking_cases import Log, activity, agreement, digest, event, portfolio, report, slots

from elca_docs.model.plan import Timeline, TimelineActivity, TimelineMonth

DUE = date(2021, 10, 31)


def planned(*activities: TimelineActivity) -> dict[str, object]:
    """Return a timeline with these activities in month 14 (October 2021) and nothing in month 2."""
    return {"timeline": Timeline(months=(TimelineMonth(month=14, activities=activities), TimelineMonth(month=2)))}


def by_agreements(**fields) -> TimelineActivity:
    """Return an activity that is done when agreements are signed."""
    return TimelineActivity(**{"id": "M14-1", "what": "Signed", "done_by": "agreements", "classes": ("XA",)} | fields)


def by_events(**fields) -> TimelineActivity:
    """Return an activity that is done when events are held."""
    return TimelineActivity(**{"id": "M14-1", "what": "Held", "done_by": "events", "kinds": ("workshop",)} | fields)


@pytest.mark.parametrize(("as_of", "state"), [(DUE, "due"), (date(2021, 11, 1), "late")])
def test_late_begins_the_day_after_the_month(as_of, state):
    """An activity is due until the end of its month."""
    found = activity(report(portfolio(agreement("A-1"), **planned(by_agreements())), as_of=as_of), "M14-1")
    assert (state, DUE, 14, "Signed", ()) == (found.state, found.due, found.month, found.what, found.proof)
    assert found.because == "0 of 1 agreements of class XA done; open: A-1"


def test_done_when_all_named_agreements_are_signed():
    """One open agreement keeps it open; the sentence counts and names."""
    some = portfolio(agreement("A-1"), agreement("A-2"), agreement("B-1", "XB"), **planned(by_agreements()))
    written = Log()
    written.sign("A-1", NORD="2021-10-01", alpha="2021-10-05")
    half = activity(report(some, written), "M14-1")
    assert (half.state, half.because) == ("late", "1 of 2 agreements of class XA done; open: A-2")
    assert (digest("A-1-signed"),) == half.proof
    written.sign("A-2", NORD="2021-10-06", alpha="2021-11-01")
    found = activity(report(some, written), "M14-1")
    assert found.state == "done"
    assert found.because == "all 2 agreements of class XA done, the last on 2021-11-01, after 2021-10-31"
    assert (digest("A-1-signed"), digest("A-2-signed")) == found.proof


def test_on_the_last_day_is_in_time():
    """The sentence speaks of lateness only after the due day."""
    written = Log()
    written.seal("A-1", "2021-10-31")
    found = activity(report(portfolio(agreement("A-1"), **planned(by_agreements())), written), "M14-1")
    assert found.because == "all 1 agreements of class XA done, the last on 2021-10-31"


def test_signatures_without_whole_evidence_show_nothing():
    """What cannot be proven is not done."""
    written = Log()
    written.seal("A-1")
    records = portfolio(agreement("A-1"), **planned(by_agreements()))
    assert activity(report(records, written, evidence_whole=lambda _: False), "M14-1").state == "late"


def test_what_is_over_keeps_nothing_open():
    """A declined agreement is no longer one of those meant; alone it leaves nothing planned."""
    written = Log()
    written.seal("A-1")
    written.end("A-2", "declined", "2021-10-01")
    records = portfolio(agreement("A-1"), agreement("A-2"), **planned(by_agreements()))
    assert activity(report(records, written), "M14-1").state == "done"
    alone = portfolio(agreement("A-2"), **planned(by_agreements()))
    assert activity(report(alone, written), "M14-1").because == "no agreement of class XA is planned"


def test_a_mission_without_agreements_says_so():
    """Nothing planned is not done, however many agreements other missions have."""
    written = Log()
    written.seal("A-1")
    mission = by_agreements(mission="north-pole", classes=("XA", "XB"))
    records = portfolio(agreement("A-1"), slots("S", "XB", 2), **planned(mission))
    found = activity(report(records, written), "M14-1")
    assert (found.state, found.because) == ("late", "no agreement of class XA or XB for this mission is planned")


def test_free_places_are_told_and_keep_nothing_open():
    """Nobody knows yet whether they will be filled; alone they are nothing that could be done."""
    written = Log()
    written.seal("A-1")
    both = portfolio(agreement("A-1"), slots("S", "XA", 2), **planned(by_agreements(classes=())))
    found = activity(report(both, written), "M14-1")
    assert (
        found.state,
        found.because,
    ) == ("done", "all 1 agreements done, the last on 2021-10-05; 2 planned without a name yet")
    alone = activity(report(portfolio(slots("S", "XA", 2), **planned(by_agreements()))), "M14-1")
    assert alone.because == "no agreement of class XA is named; 2 planned without a name yet"


def test_done_when_all_named_events_are_held():
    """Kinds and mission narrow what is meant; an empty list of kinds means every kind, and contacts are no events."""
    meant = event("E-1", mission="north-pole")
    records = portfolio(
        meant, event("E-2"), event("E-3", "dinner", mission="north-pole"), **planned(by_events(mission="north-pole"))
    )
    written = Log()
    before = activity(report(records, written, DUE), "M14-1")
    assert (before.state, before.because) == ("due", "0 of 1 events of kind workshop for this mission done; open: E-1")
    written.hold("E-1", "2021-10-25")
    found = activity(report(records, written), "M14-1")
    assert ("done", (digest("E-1-2021-10-25"),)) == (found.state, found.proof)
    every = portfolio(meant, event("E-3", "dinner"), **planned(by_events(kinds=())))
    assert activity(report(every, written), "M14-1").because == "1 of 2 events done; open: E-3"


def test_an_event_without_evidence_shows_nothing():
    """Held by word of mouth is not done."""
    written = Log()
    written.hold("E-1", "2021-10-25", file="")
    assert activity(report(portfolio(event("E-1"), **planned(by_events())), written), "M14-1").state == "late"


def test_places_of_events_are_told():
    """Workshops that are only a number are not named."""
    records = portfolio(event("W", slots=2), **planned(by_events()))
    assert (
        activity(report(records), "M14-1").because == "no event of kind workshop is named; 2 planned without a name yet"
    )


def test_a_record_of_its_own_shows_it_done():
    """The reason is that of the failing rule, or the day."""
    own = TimelineActivity(id="M14-1", what="Template", done_by="record")
    records = portfolio(**planned(own))
    assert activity(report(records, as_of=DUE), "M14-1").because == "not held by 2021-10-31"
    written = Log()
    written.hold("M14-1", "2021-10-20", file="")
    bare = activity(report(records, written), "M14-1")
    assert (bare.state, bare.because) == ("late", "there is no evidence for 2021-10-20")
    written.hold("M14-1", "2021-10-21")
    found = activity(report(records, written), "M14-1")
    assert ("done", "held on 2021-10-21", (digest("M14-1-2021-10-21"),)) == (found.state, found.because, found.proof)


def test_activities_stand_by_month():
    """Months in order, whatever the records' order; inside a month as the records list them."""
    months = (
        TimelineMonth(month=14, activities=(by_agreements(id="M14-2"), by_events(id="M14-1"))),
        TimelineMonth(month=2, activities=(by_events(id="M2-1"),)),
    )
    found = report(portfolio(timeline=Timeline(months=months)))
    assert [each.id for each in found.timeline] == ["M2-1", "M14-2", "M14-1"]
    assert date(2020, 10, 31) == found.timeline[0].due
