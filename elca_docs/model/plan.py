"""The plan: agreements, contacts, events, missions, the timeline and its duties, as people write them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from elca_docs.model.record import Record
from elca_docs.model.values import Day, Expected, Identifier, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """A planned or reported step with a counterpart: what, when, where, with whom."""

    what: Annotated[str, "What is done."] = ""
    by: Annotated[tuple[Identifier, ...], "The partners that do it, where stated."] = ()
    date: Annotated[Expected | None, "When: a month or a day."] = None
    open_ended: Annotated[bool, "Whether it goes on from that date."] = False
    place: Annotated[str, "Where."] = ""
    meets: Annotated[str, "Who is met, as stated."] = ""
    stated_as: Annotated[str, "Planned, past, ongoing, to be decided: as the source tells it."] = ""
    condition: Annotated[str, "A condition that belongs to the plan and is printed: if travel is possible."] = ""
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Record):
    """What the parties agreed on beyond the template's own wording. Empty fields leave the template's wording."""

    starts: Annotated[str, "When the agreement enters into force, in words."] = ""
    duration_months: Annotated[int | None, "Duration in months."] = None
    renewal: Annotated[str, "Renewal, in words."] = ""
    notice_days: Annotated[int | None, "Days of notice."] = None
    confidentiality_years: Annotated[int | None, "Years for which confidentiality lasts."] = None
    law: Annotated[str, "Governing law."] = ""
    venue: Annotated[str, "Place of jurisdiction or arbitration."] = ""
    originals: Annotated[int | None, "Number of originals."] = None
    prevailing_language: Annotated[Language | None, "Language that prevails."] = None
    subject: Annotated[str, "Product, service or project the parties do business on."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """What one party undertakes."""

    party: Annotated[Identifier, "The partner or organisation that undertakes it."]
    what: Annotated[str, "What it undertakes."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """A planned agreement, or `slots` of them for counterparts not yet known."""

    id: Annotated[Identifier, "A short id; it never changes once drafted."]
    class_: Annotated[Identifier, "The class, from project.yaml."]
    responsible: Annotated[tuple[Identifier, ...], "The partners responsible; the first one leads."]
    counterparts: Annotated[tuple[Identifier, ...], "The organisations that sign; empty in a slot."] = ()
    slots: Annotated[int, "How many such agreements are planned without a known counterpart."] = 0
    fills: Annotated[Identifier | None, "The slot record that this agreement takes one place of."] = None
    replaces: Annotated[Identifier | None, "The agreement that it replaces."] = None
    mission: Annotated[Identifier | None, "The mission it belongs to."] = None
    mission_inferred: Annotated[bool, "Whether the mission is an inference and not stated."] = False
    expected: Annotated[Expected | None, "Expected date of the last signature."] = None
    language: Annotated[Language | None, "Language of the document, where it differs."] = None
    description: Annotated[str, "What tables say beyond the organisation's own description."] = ""
    areas: Annotated[tuple[str, ...], "Areas of cooperation."] = ()
    commitments: Annotated[tuple[Commitment, ...], "What each party undertakes."] = ()
    annexes: Annotated[tuple[str, ...], "Titles of its annexes, in order."] = ()
    terms: Annotated[Terms, "Terms that differ from the template's wording."] = field(default_factory=Terms)
    steps: Annotated[tuple[Step, ...], "Steps towards it."] = ()
    confidential: Annotated[bool, "Whether the text is confidential."] = False
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)

    @property
    def is_slot(self) -> bool:
        """Whether this record stands for agreements whose counterpart is not known yet."""
        return self.slots > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A planned contact with a network, and the steps of it."""

    id: Annotated[Identifier, "A short id; it never changes."]
    organisation: Annotated[Identifier, "The organisation."]
    responsible: Annotated[tuple[Identifier, ...], "The partners responsible; the first one leads."]
    description: Annotated[str, "What tables say beyond the organisation's own description."] = ""
    steps: Annotated[tuple[Step, ...], "Planned and reported steps."] = ()
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A planned meeting, workshop, matchmaking or other event, or `slots` of them."""

    id: Annotated[Identifier, "A short id; it never changes."]
    kind: Annotated[Identifier, "The kind that indicators count: workshop, international-meeting …"]
    title: Annotated[str, "Title."] = ""
    responsible: Annotated[tuple[Identifier, ...], "The partners responsible; the first one leads."]
    organisations: Annotated[tuple[Identifier, ...], "Counterparts met or involved."] = ()
    slots: Annotated[int, "How many such events are planned without anything else known."] = 0
    fills: Annotated[Identifier | None, "The slot record that this event takes one place of."] = None
    mission: Annotated[Identifier | None, "The mission it belongs to."] = None
    mission_inferred: Annotated[bool, "Whether the mission is an inference and not stated."] = False
    expected: Annotated[Expected | None, "When it is planned."] = None
    place: Annotated[str, "Where."] = ""
    description: Annotated[str, "What tables say beyond the organisations' own description."] = ""
    steps: Annotated[tuple[Step, ...], "Planned and reported steps."] = ()
    expectations: Annotated[tuple[str, ...], "Expectations and results."] = ()
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)

    @property
    def is_slot(self) -> bool:
        """Whether this record stands for events of which only the number is known."""
        return self.slots > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Record):
    """A mission abroad, with the month by which its agreements and events are due."""

    id: Annotated[Identifier, "A short id: michigan."]
    name: Annotated[str, "Name."]
    aliases: Annotated[tuple[str, ...], "Other names, as printed."] = ()
    deadline: Annotated[Expected | None, "The month by which it is due."] = None
    market: Annotated[str, "The market it opens, where one is named."] = ""
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineActivity(Record):
    """An activity that the timeline wants done by the end of a month, and what shows that it is done."""

    id: Annotated[Identifier, "A short id: M14-1."]
    what: Annotated[str, "The activity."]
    done_by: Annotated[
        Literal["agreements", "events", "record"],
        "What shows it done: all named agreements signed, all such events held, or a record of its own.",
    ]
    classes: Annotated[tuple[Identifier, ...], "Agreement classes meant (done_by: agreements)."] = ()
    kinds: Annotated[tuple[Identifier, ...], "Kinds of event meant (done_by: events)."] = ()
    mission: Annotated[Identifier | None, "The mission meant."] = None
    responsible: Annotated[tuple[Identifier, ...], "The partners responsible, where stated."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMonth(Record):
    """A row of the timeline."""

    month: Annotated[int, "Project month."]
    activities: Annotated[tuple[TimelineActivity, ...], "What is due by its end; empty where nothing is."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Record):
    """Something a task obliges somebody to do, apart from agreements and events."""

    id: Annotated[Identifier, "A short id."]
    what: Annotated[str, "What has to be done."]
    responsible: Annotated[tuple[Identifier, ...], "The partners that owe it."] = ()
    task: Annotated[Identifier | None, "The task it follows from."] = None
    due: Annotated[Expected | None, "When it is due; the end of its task where empty."] = None
    minimum: Annotated[int | None, "How many times at least, where that is stated; once otherwise."] = None
    purpose: Annotated[str, "What for."] = ""
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Record):
    """Months, deadlines and duties: what stands in timeline.yaml."""

    months: Annotated[tuple[TimelineMonth, ...], "One row per month."] = ()
    duties: Annotated[tuple[Duty, ...], "Obligations and deadlines."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Record):
    """A finding that a person has accepted, with the reason."""

    code: Annotated[Identifier, "Code of the finding."]
    ids: Annotated[tuple[Identifier, ...], "The records it names."] = ()
    reason: Annotated[str, "Why it is accepted."]
    by: Annotated[str, "Who accepted it (an id, no name)."]
    on: Annotated[Day, "When."]
