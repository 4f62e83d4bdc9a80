"""Deliverables as data: cover, period, version history, sections of narrative, tables and charts, and annexes.

A kind of deliverable is nothing but these fields: the same program makes a plan and a progress report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from elca_docs.model.record import Record
from elca_docs.model.values import Day, Identifier, Language

TableName = Literal[
    "indicators", "contacts", "agreements", "events", "timeline", "partners", "sectors", "duties",
    "key-figures", "achievements", "contacts-status", "agreements-status", "agreements-signed", "agreements-pending",
    "agreements-overdue", "events-status", "events-held", "duties-status", "timeline-status", "deviations",
    "late-arrivals", "next-steps", "findings", "annexes",
]  # fmt: skip
"""The first eight are filled from the records alone; all others say where the project stands on a day."""
ChartName = Literal["indicators", "signatures", "partners", "timeline"]
Edition = Literal["public", "confidential"]


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
    indicators: Annotated[tuple[Identifier, ...], "Indicators shown (of: achievements); all where empty."] = ()
    first_column: Annotated[str, "Heading of the first column."] = ""
    anchor: Annotated[str, "Name that a text refers to it by: `[Table](#name)`; the name in `of` where empty."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec(Record):
    """A chart of a deliverable, drawn from where the project stands."""

    of: Annotated[ChartName, "What it shows."]
    caption: Annotated[str, "Caption without number: figures number themselves."]
    classes: Annotated[tuple[Identifier, ...], "Agreement classes shown; all where empty."] = ()
    indicators: Annotated[tuple[Identifier, ...], "Indicators shown (of: indicators); all where empty."] = ()
    anchor: Annotated[str, "Name that a text refers to it by; `chart-` and the name in `of` where empty."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A section: heading, narrative from a Markdown file, then charts, then tables."""

    heading: Annotated[str, "Heading without number: headings number themselves."]
    level: Annotated[int, "Level, 1 to 3."] = 1
    narrative: Annotated[str, "Markdown file beside this record, in the folder of its id."] = ""
    charts: Annotated[tuple[ChartSpec, ...], "Charts that follow the narrative."] = ()
    tables: Annotated[tuple[TableSpec, ...], "Tables that follow narrative and charts."] = ()
    anchor: Annotated[str, "Name that a text refers to it by; `section-` and the heading's words where empty."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRule(Record):
    """Which signed copies become annexes; a confidential agreement is never one of the public edition."""

    signed: Annotated[
        Literal["none", "in the period", "all"],
        "No annexes, the agreements that all signed in the period, or all that were signed by the day of the report.",
    ] = "none"
    classes: Annotated[tuple[Identifier, ...], "Agreement classes annexed; all where empty."] = ()
    signatures_public: Annotated[
        bool, "Whether the public edition may show signed copies, with names and signatures: the signatories agreed."
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(Record):
    """A document that is compiled from the records."""

    id: Annotated[Identifier, "Number: D2.4."]
    kind: Annotated[Identifier, "Kind: plan (from the records alone), or progress (with what the register shows)."]
    title: Annotated[str, "Title."]
    template: Annotated[str, "Name of the Word template below templates/deliverables, without ending."]
    work_package: Annotated[Identifier | None, "Work package."] = None
    language: Annotated[Language | None, "Language, where it differs from the project's."] = None
    period: Annotated[Identifier | None, "Reporting period, from project.yaml; the whole project where empty."] = None
    first_day: Annotated[Day | None, "First day it reports on, where that is not the reporting period's."] = None
    last_day: Annotated[Day | None, "Last day it reports on, where that is not the reporting period's."] = None
    baseline: Annotated[str, "Name of the cut whose plan it compares with."] = ""
    edition: Annotated[
        Edition, "Edition made where none is asked for; the public one leaves out what is confidential."
    ] = "public"
    annexes: Annotated[AnnexRule, "Which signed copies become annexes."] = field(default_factory=AnnexRule)
    justifications: Annotated[
        dict[str, str], "Why something differs from the plan, by the id of an indicator, agreement, event or other row."
    ] = field(default_factory=dict)
    lists: Annotated[tuple[Literal["tables", "figures"], ...], "Lists that stand behind the contents."] = ()
    cover: Annotated[Cover, "Control block."] = field(default_factory=Cover)
    versions: Annotated[tuple[Version, ...], "Version history."] = ()
    abbreviations: Annotated[dict[str, str], "Abbreviations used, with what they mean."] = field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], "Sections in order."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)
