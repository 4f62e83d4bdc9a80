"""The clock: the only room that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(tz=UTC)


def day_in(moment: datetime, time_zone: str) -> date:
    """Return the calendar day that a moment falls into in the project's time zone (an IANA name)."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
