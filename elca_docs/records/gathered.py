"""All that was read of a project before anyone judged it across records: trees, decoded records, places.

The rules of `rules/` take this value. A record that could not be decoded is missing from its tuple, but its tree is
there, so that its id is known and nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from elca_docs.errors import Location
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.indicators import Indicator, Statement
from elca_docs.model.parties import Organisation, Partner, Person
from elca_docs.model.plan import Acceptance, Agreement, Contact, Event, Mission, Timeline
from elca_docs.model.portfolio import nearest_place
from elca_docs.model.project import Project
from elca_docs.records.near import Vocabulary
from elca_docs.records.nodes import Node, ScalarNode, scalars_at

Known = Mapping[str, Location]
"""Ids with the first place each one is given at."""

DEFINITIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "partners": ("partners", ("id",)),
    "organisations": ("organisations", ("id",)),
    "people": ("people", ("id",)),
    "agreements": ("agreements", ("id",)),
    "contacts": ("contacts", ("id",)),
    "events": ("events", ("id",)),
    "missions": ("missions", ("id",)),
    "indicators": ("indicators", ("id",)),
    "statements": ("statements", ("id",)),
    "deliverables": ("deliverables", ("id",)),
    "classes": ("project", ("classes", "id")),
    "work packages": ("project", ("work_packages", "id")),
    "tasks": ("project", ("tasks", "id")),
    "reporting periods": ("project", ("reporting_periods", "id")),
    "sectors": ("project", ("sectors", "id")),
    "duties": ("timeline", ("duties", "id")),
    "timeline activities": ("timeline", ("months", "activities", "id")),
    "timeline months": ("timeline", ("months", "month")),
}
"""Where ids are given: a name for the kind → stem of the file, and the path of the id below a record."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What stands in the files. `unreadable` names the stems of which a file could not be read as a whole."""

    trees: Mapping[str, tuple[Node, ...]]
    unreadable: frozenset[str]
    places: Mapping[tuple[str, ...], Location]
    narratives: Mapping[tuple[str, str], str] = field(default_factory=dict)
    project: Project | None = None
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

    def place(self, *path: str) -> Location | None:
        """Return where a record, or a field of it, is written; the nearest place above it where the field is not."""
        return nearest_place(self.places, path)

    def given(self, kind: str) -> Iterator[ScalarNode]:
        """Yield every id given for a kind, repeated ones too."""
        stem, path = DEFINITIONS[kind]
        for tree in self.trees.get(stem, ()):
            yield from scalars_at(tree, path)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """The ids of every kind of DEFINITIONS, of parties (partners and organisations) and of kinds of event."""
        known: dict[str, dict[str, Location]] = {}
        for kind in DEFINITIONS:
            ids = known.setdefault(kind, {})
            for each in self.given(kind):
                ids.setdefault(each.text or "", each.at)
        known["parties"] = {**known["partners"], **known["organisations"]}
        known["kinds of event"] = {
            each.text or "": each.at
            for stem, path in (("events", ("kind",)), ("indicators", ("rule", "kinds")))
            for tree in self.trees.get(stem, ())
            for each in scalars_at(tree, path)
        }
        return known

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The same ids as words to guess a misspelt one from."""
        return {kind: Vocabulary(ids) for kind, ids in self.known.items()}

    def unsure(self, kind: str) -> bool:
        """Whether ids of a kind may stand in a file that could not be read, so that none can be called unknown."""
        stems = {
            "parties": {"partners", "organisations"},
            "kinds of event": {"events", "indicators"},
        }.get(kind) or {DEFINITIONS[kind][0]}
        return bool(stems & self.unreadable)
