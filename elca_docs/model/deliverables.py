"""Deliverables as data: cover, version history, sections of narrative and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from elca_docs.model.record import Record
from elca_docs.model.values import Day, Identifier, Language

TableName = Literal["indicators", "contacts", "agreements", "events", "timeline", "partners", "sectors", "duties"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Record):
    """A row of the version history."""

    number: Annotated[str, "Version: 1.0."]
    on: Annotated[Day | None, "Date."] = None
    by: Annotated[str, "Partner or function, no name of a person."] = ""
    change: Annotated[str, "What changed."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Record):
    """The control block on the cover; what is not known stays empty and is shown as not stated."""

    deliverable_type: Annotated[str, "Type: R (report)."] = ""
    dissemination: Annotated[str, "Dissemination level: PU, CO."] = ""
    lead: Annotated[Identifier | None, "Lead beneficiary."] = None
    due_month: Annotated[int | None, "Contractual month."] = None
    submitted_on: Annotated[Day | None, "Day of submission."] = None
    version: Annotated[str, "Version."] = ""
    author: Annotated[str, "Author organisation."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec(Record):
    """A table of a deliverable, filled from the records."""

    of: Annotated[TableName, "Which records fill it."]
    caption: Annotated[str, "Caption without number: tables number themselves; without caption, no number."] = ""
    classes: Annotated[tuple[Identifier, ...], "Agreement classes shown (of: agreements)."] = ()
    kinds: Annotated[tuple[Identifier, ...], "Kinds of event shown (of: events)."] = ()
    first_column: Annotated[str, "Heading of the first column."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A section: heading, narrative from a Markdown file, then tables."""

    heading: Annotated[str, "Heading without number: headings number themselves."]
    level: Annotated[int, "Level, 1 to 3."] = 1
    narrative: Annotated[str, "Markdown file beside this record, in the folder of its id."] = ""
    tables: Annotated[tuple[TableSpec, ...], "Tables that follow the narrative."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(Record):
    """A document that is compiled from the records."""

    id: Annotated[Identifier, "Number: D2.4."]
    kind: Annotated[Identifier, "Kind: plan."]
    title: Annotated[str, "Title."]
    template: Annotated[str, "Name of the Word template below templates/deliverables, without ending."]
    work_package: Annotated[Identifier | None, "Work package."] = None
    language: Annotated[Language | None, "Language, where it differs from the project's."] = None
    cover: Annotated[Cover, "Control block."] = field(default_factory=Cover)
    versions: Annotated[tuple[Version, ...], "Version history."] = ()
    abbreviations: Annotated[dict[str, str], "Abbreviations used, with what they mean."] = field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], "Sections in order."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)
