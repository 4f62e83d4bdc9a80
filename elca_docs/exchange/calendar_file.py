"""The calendar file (.ics, RFC 5545) that Outlook and others import: all-day entries that take up no time.

An entry keeps its uid for ever, so a later import renews it instead of adding a second one. The time stamp is the
day that was looked at, never the hour of writing: the same entries give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from elca_docs.model.agenda import CalendarEntry

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(entries: Iterable[CalendarEntry], *, name: str, as_of: date, revision: int = 0) -> bytes:
    """Return the calendar as a file; `revision` grows with the register, so that an import knows what is newer.

    `name` is the calendar's name; it stands in the file's maker, too.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{_clean(name)}//project calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _clean(name))
    for entry in entries:
        calendar.add_component(_event(entry, as_of, revision))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, as_of: date, revision: int) -> Event:
    from icalendar import Event as Made

    event = Made()
    event.add("uid", _clean(entry.uid))
    event.add("dtstamp", datetime.combine(as_of, time(), tzinfo=UTC))
    event.add("sequence", revision)
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _clean(entry.summary))
    if entry.description:
        event.add("description", _clean(entry.description))
    event.add("categories", [entry.kind])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _clean(text: str) -> str:
    """Return the text on one line, without control characters."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))
