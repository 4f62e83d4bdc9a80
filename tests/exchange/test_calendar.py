"""The calendar file: read back by the library it holds what went in, and the same entries are the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from elca_docs.exchange import calendar_of
from elca_docs.model.agenda import CalendarEntry

DAY = date(2021, 10, 5)


def events(data: bytes):
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_entry_is_all_day_takes_no_time_and_carries_the_day_looked_at() -> None:
    """Summary, day, uid, revision and stamp; cancelled where it ended."""
    entry = CalendarEntry(
        uid="agreement-A@1", kind="agreement", summary="By: sign, please; ó ż", day=date(2021, 10, 31)
    )
    gone = CalendarEntry(uid="agreement-B@1", kind="agreement", summary="B", day=DAY, description="d", cancelled=True)
    data = calendar_of([entry, gone], name="EXAMPLE", as_of=DAY, revision=7)
    first, second = events(data)
    assert (str(first["summary"]), str(first["uid"]), int(first["sequence"])) == (entry.summary, entry.uid, 7)
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2021, 10, 31), date(2021, 11, 1))
    assert first["dtstamp"].dt == datetime(2021, 10, 5, tzinfo=UTC)
    assert (str(first["transp"]), str(first["status"]), str(second["status"])) == (
        "TRANSPARENT",
        "CONFIRMED",
        "CANCELLED",
    )
    assert str(second["description"]) == "d"
    assert b"EXAMPLE" in data
    assert b"elca" not in data.lower()


def test_the_last_day_of_the_calendar_is_no_trap() -> None:
    """There is no day after it, so the entry has no end."""
    (event,) = events(calendar_of([CalendarEntry(uid="u", kind="k", summary="s", day=date.max)], name="E", as_of=DAY))
    assert "dtend" not in event


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=90)


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_no_text_breaks_out_of_its_line(summary: str, description: str) -> None:
    """Whatever a record holds, there is one event with that text, and the bytes are the same each time."""
    entry = CalendarEntry(uid="u", kind="k", summary=summary, description=description, day=DAY)
    data = calendar_of([entry], name=summary, as_of=DAY)
    assert data == calendar_of([entry], name=summary, as_of=DAY)
    (event,) = events(data)
    wanted = "".join(each if each.isprintable() else " " for each in " ".join(summary.split()))
    assert str(event["summary"]) == wanted
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == 1
