"""What can be held, as of a day: contacts, events and their free places, duties, timeline activities, sectors.

Decisions held here and nowhere else:
- A contact is expected by its last dated step, a duty by its due date or else the end of its task, a timeline activity
  by the end of its month; a sector has no date.
- What is entered for one day is one holding, however many files prove it: two files never make two workshops.
- A place of a slot record is taken by an event that `fills` it, from the first place on. What is held on the slot
  record itself takes the next places, one per day; where more is held than was planned, places are added: proof is
  never dropped.
- A sector is held by whatever names it.
- A duty is done when it was held as many times as its minimum says; everything else when it was held once.

May not judge proof.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from elca_docs.model.log_events import Held
from elca_docs.model.plan import Contact, Duty, Event, TimelineActivity
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import Sector, project_month
from elca_docs.model.register import RegisterView
from elca_docs.model.values import Expected
from elca_docs.tracking.naming import natural
from elca_docs.tracking.seen import Seen

Group = Literal["contacts", "events", "duties", "activities", "sectors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that can be held; `times` are the entries that hold it by the day of the report, in order of days."""

    id: str
    group: Group
    kind: str
    title: str
    responsible: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    mission: str = ""
    expected: Expected | None = None
    is_slot: bool = False
    minimum: int = 1
    times: tuple[Held, ...] = ()
    later: date | None = None
    """The first day it is held on after the day of the report, if any."""


def holdings_of(portfolio: Portfolio, seen: Seen) -> tuple[Holding, ...]:
    """Return everything that can be held, by group, then by id as people count."""
    groups: tuple[Iterable[Holding], ...] = (
        (_contact(portfolio, seen, each) for each in portfolio.contacts),
        _events(portfolio, seen),
        (_duty(portfolio, seen, each) for each in portfolio.timeline.duties),
        _activities(portfolio, seen),
        (_sector(seen, each) for each in portfolio.project.sectors if each.beyond_mobility),
    )
    return tuple(each for group in groups for each in sorted(group, key=lambda holding: natural(holding.id)))


def _contact(portfolio: Portfolio, seen: Seen, contact: Contact) -> Holding:
    return Holding(
        id=contact.id,
        group="contacts",
        kind="contact",
        title=portfolio.party(contact.organisation).name,
        responsible=contact.responsible,
        organisations=(contact.organisation,),
        expected=max((step.date for step in contact.steps if step.date), key=lambda on: on.last_day, default=None),
        times=_times(seen.then, contact.id),
        later=_later(seen, contact.id),
    )


def _events(portfolio: Portfolio, seen: Seen) -> Iterator[Holding]:
    """Yield each named event, and one holding per place of a slot record that no named event takes."""
    taken = Counter(each.fills for each in portfolio.events if not each.is_slot)
    for each in portfolio.events:
        times = _times(seen.then, each.id)
        if not each.is_slot:
            yield _event(each, each.id, times, later=_later(seen, each.id))
            continue
        first, days = taken[each.id] + 1, days_of(times)
        for place in range(first, max(each.slots + 1, first + len(days))):
            on = days[place - first] if place - first < len(days) else None
            own = tuple(held for held in times if held.on == on)
            yield _event(each, f"{each.id}#{place}", own, is_slot=not own)


def _event(
    event: Event, identifier: str, times: tuple[Held, ...], *, is_slot: bool = False, later: date | None = None
) -> Holding:
    named = (*event.organisations, *(organisation for held in times for organisation in held.organisations))
    return Holding(
        id=identifier,
        group="events",
        kind=event.kind,
        title=event.title,
        responsible=event.responsible,
        organisations=tuple(dict.fromkeys(str(each) for each in named)),
        mission=event.mission or "",
        expected=event.expected,
        is_slot=is_slot,
        times=times,
        later=later,
    )


def _duty(portfolio: Portfolio, seen: Seen, duty: Duty) -> Holding:
    task = next((each for each in portfolio.project.tasks if each.id == duty.task), None)
    end = project_month(portfolio.project.start, task.last_month) if task and task.last_month else None
    return Holding(
        id=duty.id,
        group="duties",
        kind="duty",
        title=duty.what,
        responsible=duty.responsible,
        expected=duty.due or end,
        minimum=max(1, duty.minimum or 1),
        times=_times(seen.then, duty.id),
        later=_later(seen, duty.id),
    )


def _activities(portfolio: Portfolio, seen: Seen) -> Iterator[Holding]:
    """Yield each activity of the timeline that has a record of its own as proof."""
    for month in portfolio.timeline.months:
        for activity in month.activities:
            if activity.done_by == "record":
                yield _activity(seen, activity, project_month(portfolio.project.start, month.month))


def _activity(seen: Seen, activity: TimelineActivity, expected: Expected) -> Holding:
    return Holding(
        id=activity.id,
        group="activities",
        kind="activity",
        title=activity.what,
        responsible=activity.responsible,
        mission=activity.mission or "",
        expected=expected,
        times=_times(seen.then, activity.id),
        later=_later(seen, activity.id),
    )


def _sector(seen: Seen, sector: Sector) -> Holding:
    named = {held for every in seen.then.held.values() for held in every if sector.id in held.sectors}
    ever = [held.on for every in seen.ever.held.values() for held in every if sector.id in held.sectors]
    return Holding(
        id=sector.id,
        group="sectors",
        kind="sector",
        title=sector.name,
        organisations=tuple(sorted({each for held in named for each in held.organisations}, key=natural)),
        times=_in_order(named),
        later=min((on for on in ever if on > seen.as_of), default=None),
    )


def _times(view: RegisterView, subject: str) -> tuple[Held, ...]:
    """Return the entries that hold one subject, in order of their days."""
    return _in_order(view.held.get(subject, ()))


def days_of(held: Iterable[Held]) -> tuple[date, ...]:
    """Return the days of some entries, each once and in order."""
    return tuple(sorted({each.on for each in held}))


def _in_order(held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(held, key=lambda each: (each.on, each.evidence, each.subject, each.proof)))


def _later(seen: Seen, subject: str) -> date | None:
    """Return the first day after the day of the report on which a subject is held."""
    days = (held.on for held in seen.ever.held.get(subject, ()) if held.on > seen.as_of)
    return min(days, default=None)
