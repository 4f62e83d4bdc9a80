"""The life of an agreement: what happened by a day, in order, without what was undone."""

from __future__ import annotations

from datetime import date

import pytest
from tracking_cases import Log, agreement, portfolio

from elca_docs.model import log_events as log
from elca_docs.tracking import lives_of, status_report

RECORDS = portfolio(agreement("A-1"), agreement("A-2"))


def told(written: Log, identifier: str = "A-1", as_of: date = date(2021, 12, 31)) -> list[tuple[str, str, str]]:
    """Return the steps of an agreement as day, kind and what."""
    view = written.view()
    steps = lives_of(status_report(RECORDS, view, as_of=as_of), RECORDS, view).get(identifier, ())
    return [(each.day.isoformat(), each.kind, each.what) for each in steps]


def test_a_whole_life_is_told_in_order_of_day() -> None:
    """Each step on the day it counts by; the register number on the day of the last signature."""
    written = Log(at="2021-06-01T08:00:00Z")
    written.draft("A-1")
    written.add(log.Contacted(agreement="A-1", on=date(2021, 5, 1)))
    written.add(log.Negotiating(agreement="A-1", on=date(2021, 6, 10)))
    written.send("A-1", date(2021, 7, 1), name="sent")
    written.sign("A-1", alpha="2021-10-05", NORD="2021-09-01")
    written.register("A-1")
    written.end("A-1", "expired", "2021-11-30")
    assert told(written) == [
        ("2021-05-01", "contacted", ""),
        ("2021-06-01", "drafted", "version 1"),
        ("2021-06-10", "negotiating", ""),
        ("2021-07-01", "sent", "version 1"),
        ("2021-09-01", "signed", "NORD"),
        ("2021-10-05", "signed", "Alpha"),
        ("2021-10-05", "registered", "R-2021-001"),
        ("2021-11-30", "ended", "expired"),
    ]
    assert told(written, "A-2") == []


@pytest.mark.parametrize(("day", "count"), [(date(2021, 6, 30), 1), (date(2021, 9, 1), 2), (date(2021, 10, 5), 4)])
def test_what_happened_later_is_not_told(day: date, count: int) -> None:
    """A number that was given later counts from the last signature on, and so it is told from then on."""
    written = Log()
    written.draft("A-1")
    written.sign("A-1", NORD="2021-09-01", alpha="2021-10-05")
    written.at = "2022-03-01T08:00:00Z"
    written.register("A-1")
    assert len(told(written, as_of=day)) == count


def test_what_was_undone_is_not_told() -> None:
    """A correction says that it never was; what hangs on an undone reference rests with it."""
    written = Log()
    written.draft("A-1")
    contacted = written.add(log.Contacted(agreement="A-1", on=date(2021, 5, 1)))
    written.add(log.Corrected(undoes=contacted, reason="another one"))
    assert [kind for _, kind, _ in told(written)] == ["drafted"]
    reference = next(each.address for each in written.entries if isinstance(each.event, log.Referenced))
    written.add(log.Corrected(undoes=reference, reason="another one"))
    assert told(written) == []


def test_the_newest_draft_stands_for_all_of_its_version() -> None:
    """A draft made again is the one that lies in the folder; one in another language stands beside it."""
    written = Log(at="2021-06-01T08:00:00Z")
    written.draft("A-1")
    written.at = "2021-07-01T08:00:00Z"
    written.draft("A-1")
    hashes = {"template": "t", "inputs": "i", "file": "f"}
    reference = written.reference("A-1")
    written.add(log.Drafted(reference=reference, version=1, name="agreements/a.es.docx", language="es", **hashes))
    assert told(written) == [("2021-07-01", "drafted", "version 1"), ("2021-07-01", "drafted", "version 1 (es)")]


def test_papers_are_named_as_they_lie() -> None:
    """Drafts below output/, versions sent below register/issued/, signed copies by their digest."""
    written = Log()
    written.draft("A-1")
    written.send("A-1", date(2021, 7, 1), name="sent")
    written.send("A-1", date(2021, 7, 2), origin="their text")
    written.sign("A-1", NORD="2021-09-01")
    view = written.view()
    steps = lives_of(status_report(RECORDS, view, as_of=date(2021, 12, 31)), RECORDS, view)["A-1"]
    assert [each.paths for each in steps] == [
        ("output/draft.docx",),
        ("register/issued/sent.pdf", "register/issued/sent.docx"),
        (),
        (),
    ]
    assert [each.what for each in steps][1:3] == ["version 1", "their text"]
    assert len(steps[-1].evidence) == 64
