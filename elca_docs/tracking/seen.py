"""What the register shows as of a day: the log, folded again without what happened later.

Decisions held here and nowhere else:
- What has a day of its own (a signature, an event held, a contact, an end, a dispatch with a date) counts by that day,
  however late it was entered: a signed copy that arrives in March proves a signature of February.
- A draft, and a dispatch without a date, count by the day they were logged, in the project's time zone. What is logged
  after the project's last day counts on that day, because a report never looks further than that by default.
- Referenced, received, registered, amended and corrected have no day: a correction undoes what was never true, and a
  register number counts from the day on which all parties had signed.
- The records have no history: they say what the plan is now. What was known on a day is kept by a cut of the register.

May not judge whether anything counts; knows no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from elca_docs.model.log_events import Contacted, Drafted, Ended, Held, LogEvent, Negotiating, Registered, Sent, Signed
from elca_docs.model.periods import local_day
from elca_docs.model.project import Project
from elca_docs.model.register import Entry, RegisterView, fold, undone_addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The register as of a day (`then`), beside all that the log says (`ever`).

    `first` gives the place in the log, from 0, of each signature, register number and holding that stands; of equal
    events the first one.
    """

    as_of: date
    project: Project
    then: RegisterView
    ever: RegisterView
    first: Mapping[LogEvent, int]
    addresses: tuple[str, ...]
    """The address of each entry that stands, by its place."""


def seen_on(view: RegisterView, *, as_of: date, project: Project) -> Seen:
    """Return what the register of a project shows as of a day."""
    undone = undone_addresses(view.entries)
    standing = [entry for entry in view.entries if entry.address not in undone]
    first: dict[LogEvent, int] = {}
    for place, entry in enumerate(standing):
        if isinstance(entry.event, Signed | Registered | Held):
            first.setdefault(entry.event, place)

    def happened(entry: Entry) -> bool:
        return (day_of(entry, project) or as_of) <= as_of

    then = fold(view.entries, position=view.position, head=view.head, acting=happened)
    addresses = tuple(entry.address for entry in standing)
    return Seen(as_of=as_of, project=project, then=then, ever=view, first=first, addresses=addresses)


def day_of(entry: Entry, project: Project) -> date | None:
    """Return the day that an entry counts by, or None where it has none and always counts."""
    match entry.event:
        case Signed() | Held() | Contacted() | Negotiating() | Ended() as event:
            return event.on
        case Sent(on=date() as on):
            return on
        case Drafted() | Sent():
            return logged_day(entry.at, project)
        case _:
            return None


def logged_day(at: str, project: Project) -> date:
    """Return the day that a log time (UTC, ISO form) counts by: its day there, at the latest the project's last one."""
    return min(local_day(at, project.time_zone), project.end)
