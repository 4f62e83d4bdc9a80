"""What one partner should look at on a day, and what stands in a calendar: values between stages, without any wording.

`tracking` makes them; mails, calendars and pages are made of them. Nothing here is a sentence, so that each of those
can speak its own language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from elca_docs.model.missing import MissingField
from elca_docs.model.values import Expected

Matter = Literal["agreement", "event", "contact", "duty", "activity"]
HAPPENINGS: tuple[Matter, ...] = ("event", "contact")
"""What takes place in its month; everything else is due by the end of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One open thing, or all free places of one slot record (`count` of them, under the record's id).

    `days` is how long it is overdue as of the agenda's day, 0 where it is not. `status` is an agreement's, empty for
    all else; `to_sign` names the parties whose signature is still missing once it was sent or signed in part.
    """

    id: str
    matter: Matter
    title: str
    counterpart: str = ""
    reference: str = ""
    expected: Expected | None = None
    days: int = 0
    status: str = ""
    to_sign: tuple[str, ...] = ()
    held_on: date | None = None
    """The day on which it took place, where only the proof is missing."""
    free: bool = False
    count: int = 1
    others: tuple[str, ...] = ()
    """The partners that share the responsibility."""
    unowned: bool = False
    """Whether no partner is named for it; it then stands with the coordinator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A partner's part in one indicator: `done` is signed by all or held with proof; `target` may not be stated.

    `counted` is what the indicator credits the partner with, of what counts for the project: a fraction where shared
    responsibility is credited in shares.
    """

    indicator: str
    title: str
    target: int | None
    planned: int
    named: int
    done: int
    counted: Fraction
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is one partner's on a day. Each open thing of the partner stands in exactly one of the five lists of lines.

    `overdue` holds what the status report calls overdue; `waiting` what was sent or signed in part and is not overdue;
    `due` what falls into the days until `until`; `next` what comes later, then what has no date; `unnamed` the places
    that have no name yet.
    """

    partner: str
    name: str
    language: str
    project: str
    grant_number: str
    as_of: date
    as_of_note: str
    until: date
    mine: tuple[Share, ...] = ()
    overdue: tuple[AgendaLine, ...] = ()
    waiting: tuple[AgendaLine, ...] = ()
    due: tuple[AgendaLine, ...] = ()
    next: tuple[AgendaLine, ...] = ()
    unnamed: tuple[AgendaLine, ...] = ()
    missing: tuple[MissingField, ...] = field(default=())

    @property
    def calls(self) -> bool:
        """Whether there is anything to write to the partner about."""
        return bool(self.overdue or self.waiting or self.due or self.unnamed or self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """An all-day entry of the calendar; its `uid` never changes while the record's id does not."""

    uid: str
    kind: str
    summary: str
    day: date
    description: str = ""
    cancelled: bool = False
