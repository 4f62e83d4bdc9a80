"""The fields of an agreement template, in words for its authors: the only definition of what a template sees.

The values are built elsewhere in this room; a contract test holds that they and this table agree in both directions.
This module holds data only.
"""

from __future__ import annotations

from elca_docs.context.field import Field, group, listing, number, text, yes_no
from elca_docs.context.party_fields import IN_LOOP, shortcut

_DOCUMENT = (
    text(
        "reference",
        "Reference of the agreement: given at the first draft, never changed.",
        "the register",
        example="SAMPLE-CA-NORTH-001",
    ),
    number(
        "version",
        "Version of the document under its reference; a sent version is never changed.",
        "the register",
        example="1",
    ),
    yes_no("is_draft", "Whether this is a draft.", "computed", example="yes"),
    text(
        "status_label",
        "Mark for the header, in the document's language: DRAFT, or FOR SIGNATURE.",
        "computed",
        example="DRAFT",
    ),
    text(
        "language",
        "Language of the document, as two small letters.",
        "the task, else agreements.yaml: language, else project.yaml: language",
        example="en",
    ),
)

_AGREEMENT = (
    group("agreement", "The agreement itself.", "agreements.yaml"),
    text(
        "agreement.id",
        "Id of the record; the reference is what belongs on paper.",
        "agreements.yaml: id",
        example="CA-07",
    ),
    text("agreement.class", "Code of the class.", "agreements.yaml: class", example="CA"),
    text(
        "agreement.title",
        "Title on paper, in the document's language where the class gives one.",
        "project.yaml: classes, title and titles",
        example="Cooperation Agreement",
    ),
    text("agreement.plural", "Plural of the title.", "project.yaml: classes, plural", example="Cooperation Agreements"),
    text(
        "agreement.expected",
        "Expected date of the last signature, as printed in the document's language.",
        "agreements.yaml: expected",
        example="October 2021",
    ),
    yes_no(
        "agreement.confidential",
        "Whether the text of the agreement is itself confidential.",
        "agreements.yaml: confidential",
        example="no",
    ),
)

_PROJECT = (
    group("project", "The project and its grant.", "project.yaml"),
    text("project.title", "Full title.", "project.yaml: title", example="Sample Cluster Alliance"),
    text("project.acronym", "Acronym.", "project.yaml: acronym", example="SAMPLE"),
    text("project.programme", "Funding programme.", "project.yaml: programme", example="Sample Programme"),
    text("project.call", "Call or type of action.", "project.yaml: call", example="Clusters Abroad"),
    text("project.grant_number", "Number of the grant agreement.", "project.yaml: grant_number", example="000000"),
    text(
        "project.start",
        "First day, as printed in the document's language.",
        "project.yaml: start",
        example="1 September 2020",
    ),
    text(
        "project.end",
        "Last day, as printed in the document's language.",
        "computed from project.yaml: start and duration_months",
        example="31 August 2022",
    ),
    text(
        "project.coordinator",
        "Name of the coordinating partner.",
        "partners.yaml: coordinator",
        example="North Cluster",
    ),
    text(
        "project.agency",
        "Official name of the funding agency on the day.",
        "project.yaml: agencies",
        example="Sample Funding Agency",
    ),
    text(
        "project.funding_line",
        "Funding statement that is right on the day.",
        "project.yaml: funding_statements",
        example="Supported by the Sample Programme, grant 000000.",
    ),
    text(
        "project.disclaimer",
        "Disclaimer that is right on the day.",
        "project.yaml: disclaimers",
        example="This text gives the authors' view only.",
    ),
)

_MISSION = (
    group(
        "mission",
        "The mission the agreement belongs to; false in a condition where there is none.",
        "agreements.yaml: mission",
    ),
    text("mission.name", "Name.", "missions.yaml: name", example="Atlantis"),
    text("mission.market", "The market it opens.", "missions.yaml: market", example="Atlantis coast"),
    text(
        "mission.deadline",
        "Month by which it is due, as printed in the document's language.",
        "missions.yaml: deadline",
        example="March 2022",
    ),
)

_PARTIES = (
    listing(
        "parties",
        "Who signs, in order: responsible partners, then counterparts; or the counterparts alone, as the class says.",
        "agreements.yaml: responsible and counterparts",
    ),
    *IN_LOOP,
    group(
        "partner",
        "The first responsible partner, with all fields of a party. Where counterparts agree among themselves it "
        "brought them together, is no party, and has no number and no letter.",
        "agreements.yaml: responsible",
    ),
    *shortcut("partner"),
    text(
        "partners",
        "Names of all responsible partners, joined as in a sentence.",
        "agreements.yaml: responsible",
        example="North Cluster and South Cluster",
    ),
    group("counterpart", "The first counterpart, with all fields of a party.", "agreements.yaml: counterparts"),
    *shortcut("counterpart"),
    text(
        "counterparts",
        "Names of all counterparts, joined as in a sentence.",
        "agreements.yaml: counterparts",
        example="East Network and West Network",
    ),
)

_SUBSTANCE = (
    listing(
        "areas",
        "Areas of cooperation, one text each; false in a condition where none is given.",
        "agreements.yaml: areas",
        example="joint training · visits of companies",
    ),
    listing(
        "commitments",
        "What single parties undertake; false in a condition where nothing is given.",
        "agreements.yaml: commitments",
    ),
    text(
        "commitment.party",
        "Short name of who undertakes it.",
        "agreements.yaml: commitments, party",
        example="NORTH",
        loop="commitments",
    ),
    text(
        "commitment.what",
        "What it undertakes, as it follows a colon.",
        "agreements.yaml: commitments, what",
        example="hosts one workshop a year",
        loop="commitments",
    ),
    listing(
        "annexes",
        "Titles of the annexes, one text each; empty where there are none.",
        "agreements.yaml: annexes",
        example="Action plan · List of contacts",
    ),
)

_TERMS = (
    group(
        "terms",
        "Terms agreed on beyond the template's own wording; each is false in a condition where none is given.",
        "agreements.yaml: terms",
    ),
    text(
        "terms.starts",
        "When it enters into force, as it follows 'enters into force'.",
        "agreements.yaml: terms.starts",
        example="on 1 October 2021",
    ),
    number("terms.duration_months", "Duration in months.", "agreements.yaml: terms.duration_months", example="24"),
    text(
        "terms.renewal",
        "Renewal, as it follows a colon.",
        "agreements.yaml: terms.renewal",
        example="by one year at a time, in writing",
    ),
    number("terms.notice_days", "Days of notice.", "agreements.yaml: terms.notice_days", example="30"),
    number(
        "terms.confidentiality_years",
        "Years for which confidentiality lasts after the end.",
        "agreements.yaml: terms.confidentiality_years",
        example="3",
    ),
    text(
        "terms.law", "Governing law, as it follows a colon.", "agreements.yaml: terms.law", example="the law of Spain"
    ),
    text(
        "terms.venue",
        "Place of jurisdiction or arbitration, as it follows a colon.",
        "agreements.yaml: terms.venue",
        example="the courts of Sampletown",
    ),
    number("terms.originals", "Number of originals.", "agreements.yaml: terms.originals", example="2"),
    text(
        "terms.prevailing_language",
        "Name of the language that prevails, in the document's language.",
        "agreements.yaml: terms.prevailing_language",
        example="English",
    ),
    text(
        "terms.subject",
        "Product, service or project the parties do business on, as it follows a colon.",
        "agreements.yaml: terms.subject",
        example="moulds for sample parts",
    ),
)

FIELDS: tuple[Field, ...] = (*_DOCUMENT, *_AGREEMENT, *_PROJECT, *_MISSION, *_PARTIES, *_SUBSTANCE, *_TERMS)
"""Every name a template can use, in the order of the guide."""

MANDATORY = frozenset(each.name for each in FIELDS if each.mandatory)
"""The six fields of each party that a final document may not do without."""
