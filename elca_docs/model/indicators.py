"""Indicators and what documents state: the counting rule is data, so that a figure can explain itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from elca_docs.model.record import Record
from elca_docs.model.values import Identifier

Counts = Literal["agreements", "contacts", "events", "duties", "sectors"]
Credit = Literal["each", "first", "shared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule(Record):
    """What counts toward an indicator, and what proof it needs."""

    counts: Annotated[Counts, "What is counted."]
    classes: Annotated[tuple[Identifier, ...], "Agreement classes that count (counts: agreements)."] = ()
    kinds: Annotated[tuple[Identifier, ...], "Kinds of event that count (counts: events)."] = ()
    distinct_by: Annotated[
        Literal["record", "organisation", "sector"],
        "Of what a second one does not count: each record counts, or each organisation or sector once.",
    ] = "record"
    proof: Annotated[
        tuple[Identifier, ...], "Kinds of proof, one of which is needed: signed-copy, attendance-list, minutes …"
    ] = ()
    credit: Annotated[
        Credit,
        "What a partner is credited with where several share the responsibility: each with 1, only the first one, or "
        "each with its share (1/2 of two). The project counts it once all the same.",
    ] = "each"
    meaning: Annotated[str, "The rule in a sentence, for people."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A figure the project promised."""

    id: Annotated[Identifier, "Its name in tables and flags: KPI 2."]
    title: Annotated[str, "Title."]
    description: Annotated[str, "Description."] = ""
    target: Annotated[int, "What was promised."]
    unit: Annotated[str, "What one of it is."] = ""
    per_partner: Annotated[dict[Identifier, int], "Targets of single partners, where stated."] = field(
        default_factory=dict
    )
    rule: Annotated[CountingRule, "How it is counted."]
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Something a document states, so that a check can compare it with the records."""

    id: Annotated[Identifier, "A short id."]
    place: Annotated[str, "Where it stands: document and section."]
    what: Annotated[str, "What it is about."]
    value: Annotated[int | None, "The number stated."] = None
    text: Annotated[str, "What is stated, where it is not a number."] = ""
    rule: Annotated[Identifier | None, "What to compare it with: the name of a rule of the checker."] = None
    of: Annotated[tuple[Identifier, ...], "The records that the rule looks at."] = ()
    times: Annotated[int | None, "How many times the number applies (4 for each of 5 partners)."] = None
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
