"""All records of a project in one immutable value, with the place each one was written at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from elca_docs.errors import Location
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.indicators import Indicator, Statement
from elca_docs.model.parties import Organisation, Partner, Person
from elca_docs.model.plan import Acceptance, Agreement, Contact, Duty, Event, Mission, Timeline, TimelineActivity
from elca_docs.model.project import AgreementClass, Project
from elca_docs.model.values import Identifier

Party = Partner | Organisation


def nearest_place(places: Mapping[tuple[str, ...], Location], path: tuple[str, ...]) -> Location | None:
    """Return the place of a path, or of the nearest part above it that has one."""
    return next((places[path[:length]] for length in range(len(path), 0, -1) if path[:length] in places), None)


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The records of one project. Order of records never matters to any figure or number.

    `places` maps a path of record names and fields to where it is written: ("agreements", "T2-01", "expected").
    """

    project: Project
    partners: tuple[Partner, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    contacts: tuple[Contact, ...] = ()
    events: tuple[Event, ...] = ()
    missions: tuple[Mission, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
    indicators: tuple[Indicator, ...] = ()
    statements: tuple[Statement, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    narratives: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Markdown text by (deliverable id, file name)."""
    places: Mapping[tuple[str, ...], Location] = field(default_factory=dict, repr=False, compare=False)

    def place(self, *path: str) -> Location | None:
        """Return where a record, or a field of it, is written; the nearest place above it where the field is not."""
        return nearest_place(self.places, path)

    @cached_property
    def partner_by_id(self) -> Mapping[str, Partner]:
        """Partners by id."""
        return MappingProxyType({partner.id: partner for partner in self.partners})

    @cached_property
    def organisation_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return MappingProxyType({organisation.id: organisation for organisation in self.organisations})

    @cached_property
    def agreement_by_id(self) -> Mapping[str, Agreement]:
        """Agreements by id, slots included."""
        return MappingProxyType({agreement.id: agreement for agreement in self.agreements})

    @cached_property
    def class_by_id(self) -> Mapping[str, AgreementClass]:
        """Agreement classes by code."""
        return MappingProxyType({each.id: each for each in self.project.classes})

    @cached_property
    def mission_by_id(self) -> Mapping[str, Mission]:
        """Missions by id."""
        return MappingProxyType({mission.id: mission for mission in self.missions})

    @cached_property
    def indicator_by_id(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return MappingProxyType({indicator.id: indicator for indicator in self.indicators})

    @cached_property
    def holdable_by_id(self) -> Mapping[str, Contact | Event | Duty | TimelineActivity]:
        """What can be recorded as held, by id: contacts, events, duties, timeline activities of their own record."""
        activities = [each for month in self.timeline.months for each in month.activities if each.done_by == "record"]
        every: list[Contact | Event | Duty | TimelineActivity] = [
            *self.contacts,
            *self.events,
            *self.timeline.duties,
            *activities,
        ]
        return MappingProxyType({each.id: each for each in every})

    @cached_property
    def filled_slots(self) -> Mapping[str, int]:
        """How many places of each slot record are taken by agreements or events that fill it."""
        filling: list[Agreement | Event] = [*self.agreements, *self.events]
        return MappingProxyType(Counter(each.fills for each in filling if each.fills))

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The ids of the agreements that another one replaces: they are no longer planned."""
        return frozenset(each.replaces for each in self.agreements if each.replaces)

    def agreement(self, identifier: str) -> Agreement | None:
        """Return the agreement of a record id, or of an amendment's id ("T2-01/A1"); None where there is no record.

        An amendment has no record: it has the parties, class and language of the agreement that it amends.
        """
        original, slash, _ = identifier.partition("/")
        record = self.agreement_by_id.get(original)
        if record is None or not slash:
            return record
        return replace(record, id=Identifier(identifier), slots=0, fills=None, replaces=None)

    def party(self, identifier: str) -> Party:
        """Return the partner or organisation of that id; KeyError where there is none."""
        return self.partner_by_id.get(identifier) or self.organisation_by_id[identifier]

    def parties_of(self, agreement: Agreement) -> tuple[Party, ...]:
        """Return who signs an agreement, in the order of the document: responsible partners, then counterparts."""
        among_counterparts = self.class_by_id[agreement.class_].parties == "counterparts"
        partners = () if among_counterparts else agreement.responsible
        return tuple(self.party(identifier) for identifier in (*partners, *agreement.counterparts))
