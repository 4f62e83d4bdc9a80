"""A clearly fictitious consortium and a plan of it: every table, with rich and with sparse rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from elca_docs.model.deliverables import Cover, Deliverable, Section, TableSpec, Version
from elca_docs.model.indicators import CountingRule, Indicator
from elca_docs.model.parties import Acronym, Alias, Organisation, Partner
from elca_docs.model.plan import (
    Agreement,
    Contact,
    Duty,
    Event,
    Mission,
    Step,
    Timeline,
    TimelineActivity,
    TimelineMonth,
)
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, DatedText, Project, Sector, Task, WorkPackage
from elca_docs.model.values import Country, Day, Expected, Identifier, Language

AS_OF = date(2021, 10, 1)
SPANISH = Language("es")


def step(what="", when="", **more):
    return Step(what=what, date=Expected.parse(when) if when else None, **more)


PROJECT = Project(
    title="Sample Alliance of Paper & Feather Clusters",
    acronym="SAMPLE",
    programme="Sample Programme",
    call="Clusters Abroad",
    grant_number="000000",
    start=Day(2020, 9, 1),
    duration_months=24,
    country_names={Country("CZ"): "Czech Republic"},
    work_packages=(WorkPackage(id=Identifier("WP3"), title="Feathers"),),
    tasks=(Task(id=Identifier("T3.1"), work_package=Identifier("WP3"), last_month=18),),
    classes=(
        AgreementClass(id=Identifier("CO"), title="Cooperation Agreement", template="cooperation"),
        AgreementClass(id=Identifier("BU"), title="Business Agreement", template="business", parties="counterparts"),
    ),
    agencies=(
        DatedText(text="Old Sample Agency", short="OSA", valid_until=Day(2021, 3, 31)),
        DatedText(
            text="New Sample Agency",
            short="NSA",
            translations={SPANISH: "Nueva Agencia de Muestra"},
            valid_from=Day(2021, 4, 1),
        ),
    ),
    disclaimers=(
        DatedText(
            text="Only the authors answer for this, not the {agency}.",
            translations={SPANISH: "Solo responden los autores, no la {agency}."},
        ),
    ),
    funding_statements=(DatedText(text="Supported by {programme}, grant {grant}."),),
    sectors=(
        Sector(id=Identifier("paper"), name="Paper"),
        Sector(id=Identifier("quills"), name="Quills & pens", detail=("ink", "nibs"), beyond_mobility=True),
        Sector(id=Identifier("pillows"), name="Pillows", beyond_mobility=True),
    ),
)

PARTNERS = (
    Partner(
        id=Identifier("SOUTH"),
        name="South Feather Cluster",
        acronyms=(
            Acronym(name="SOUTH"),
            Acronym(name="SFC", valid_until=Day(2021, 6, 30)),
            Acronym(name="SOU", valid_from=Day(2021, 7, 1)),
            Acronym(name="S"),
        ),
        country=Country("ES"),
        roles=("WP3 leader",),
        remark="Two short forms are in use",
    ),
    Partner(
        id=Identifier("NORTH"),
        name="North Paper Cluster",
        country=Country("DE"),
        country_inferred=True,
        coordinator=True,
        roles=("T3.1 participant",),
    ),
)

ORGANISATIONS = (
    Organisation(
        id=Identifier("quill-net"),
        name="Quill Network (QN)",
        aliases=(
            Alias(name="QN", at=("C-1", "E-1")),
            Alias(name="The Quill Network of Nowhere", at=("E-1",)),
            Alias(name="Quilly", at=("C-1 activity",)),
            Alias(name="Quill Network (QN)", at=("A-3",)),
            Alias(name="The Network of Quills and Pens", at=("A-3",)),
        ),
        kind="network",
        country=Country("CZ"),
        region="Nowhere",
        sectors=("quills", "ink"),
        members=521,
        member_countries=32,
        member_of=("Federation of Quills", "ΩMEGA & Co"),
        grant_number="000001",
    ),
    Organisation(
        id=Identifier("leon-ink"),
        name="Tinta de León",
        kind="ink cluster",
        country=Country("MX"),
        region="Leon",
        sectors=("ink", "paper"),
        description="Mexican cluster for ink in León",
    ),
    Organisation(id=Identifier("silent"), name="Silent Society", country=Country("JP"), country_inferred=True),
)

AGREEMENTS = (
    Agreement(
        id=Identifier("A-10"),
        class_=Identifier("CO"),
        responsible=(Identifier("SOUTH"),),
        counterparts=(Identifier("silent"),),
        expected=Expected(2021, 12),
    ),
    Agreement(
        id=Identifier("A-2"),
        class_=Identifier("CO"),
        responsible=(Identifier("NORTH"), Identifier("SOUTH")),
        counterparts=(Identifier("leon-ink"),),
        expected=Expected(2021, 10, 25),
        mission=Identifier("moon"),
        mission_inferred=True,
        areas=("training", "visits", "ink"),
        description="Opens the way to the Moon.",
        steps=(step("Letter", "2021-05", printed={"date": "May '21"}),),
        replaces=Identifier("A-10"),
        remark="Who signs is open",
    ),
    Agreement(
        id=Identifier("S-CO"),
        class_=Identifier("CO"),
        responsible=(Identifier("NORTH"),),
        slots=4,
    ),
    Agreement(
        id=Identifier("A-3"),
        class_=Identifier("CO"),
        responsible=(Identifier("NORTH"),),
        counterparts=(Identifier("quill-net"),),
        fills=Identifier("S-CO"),
        mission=Identifier("moon"),
        printed={"expected": "end of 2021", "mission": "mission 1"},
    ),
    Agreement(
        id=Identifier("B-1"),
        class_=Identifier("BU"),
        responsible=(Identifier("SOUTH"),),
        counterparts=(Identifier("silent"), Identifier("leon-ink")),
        mission=Identifier("moon"),
    ),
    Agreement(id=Identifier("S-BU"), class_=Identifier("BU"), responsible=(Identifier("SOUTH"),), slots=1),
    Agreement(
        id=Identifier("B-2"),
        class_=Identifier("BU"),
        responsible=(Identifier("SOUTH"),),
        counterparts=(Identifier("silent"),),
        fills=Identifier("S-BU"),
    ),
)

CONTACTS = (
    Contact(
        id=Identifier("C-1"),
        organisation=Identifier("quill-net"),
        responsible=(Identifier("SOUTH"),),
        description="Known from a fair",
        steps=(
            step("Meeting", "2021-09-03", place="Genoa", meets="cluster managers", by=(Identifier("SOUTH"),)),
            step("Letter", "2021-09", open_ended=True, by=(Identifier("NORTH"),), condition="if time allows"),
            step("Talks with Quilly", meets="Quilly", stated_as="past", remark="Printed as Quilli"),
            step(stated_as="tbd", printed={"date": "tbd"}),
            step("Call", place="online"),
            step(meets="the board"),
            step(by=(Identifier("NORTH"),), when="2021-12"),
        ),
        remark="May already have begun",
    ),
    Contact(id=Identifier("C-0"), organisation=Identifier("silent"), responsible=(Identifier("NORTH"),)),
)

EVENTS = (
    Event(
        id=Identifier("E-1"),
        kind=Identifier("meeting"),
        title="Assembly",
        responsible=(Identifier("NORTH"),),
        organisations=(Identifier("quill-net"), Identifier("leon-ink")),
        expected=Expected(2021, 10, 25),
        place="Nantes/France",
        mission=Identifier("moon"),
        steps=(step("Speech", "2021-10-25", stated_as="planned"),),
        expectations=("A letter of intent", "Two visits"),
        remark="Perhaps online",
    ),
    Event(
        id=Identifier("E-2"),
        kind=Identifier("workshop"),
        title="Ink day",
        responsible=(Identifier("SOUTH"),),
        expected=Expected(2021, 11),
        fills=Identifier("S-WS"),
    ),
    Event(id=Identifier("S-WS"), kind=Identifier("workshop"), responsible=(Identifier("SOUTH"),), slots=2),
)

INDICATORS = (
    Indicator(
        id=Identifier("KPI 10"),
        title="Workshops",
        target=4,
        unit="events",
        per_partner={Identifier("NORTH"): 2, Identifier("SOUTH"): 2},
        rule=CountingRule(counts="events", proof=(Identifier("attendance-list"), Identifier("minutes"))),
        remark="The description is open",
    ),
    Indicator(
        id=Identifier("KPI 2"),
        title="Agreements",
        description="Signed ones.",
        target=5,
        unit="agreements",
        per_partner={Identifier("SOUTH"): 3},
        rule=CountingRule(counts="agreements", meaning="An agreement counts once it is signed."),
    ),
    Indicator(id=Identifier("KPI 3"), title="Sectors", target=1, rule=CountingRule(counts="sectors")),
)

TIMELINE = Timeline(
    months=(
        TimelineMonth(
            month=14,
            activities=(
                TimelineActivity(id=Identifier("M14-1"), what="Agreements signed", done_by="agreements"),
                TimelineActivity(
                    id=Identifier("M14-2"), what="Report", done_by="record", responsible=(Identifier("SOUTH"),)
                ),
            ),
            printed={"month": "M14 - Okt 2021"},
        ),
        TimelineMonth(month=6),
    ),
    duties=(
        Duty(
            id=Identifier("D-1"),
            what="Meet others",
            responsible=(Identifier("SOUTH"),),
            task=Identifier("T3.1"),
            minimum=2,
            purpose="lessons learned",
            remark="Each or all?",
        ),
        Duty(id=Identifier("D-2"), what="Write a template", due=Expected(2021, 8), printed={"due": "Aug. 21"}),
        Duty(id=Identifier("D-3"), what="Be kind"),
    ),
)

TABLES = ("indicators", "contacts", "agreements", "events", "timeline", "partners", "sectors", "duties")


def portfolio(**more):
    return replace(
        Portfolio(
            project=PROJECT,
            partners=PARTNERS,
            organisations=ORGANISATIONS,
            agreements=AGREEMENTS,
            contacts=CONTACTS,
            events=EVENTS,
            missions=(Mission(id=Identifier("moon"), name="Moon"),),
            timeline=TIMELINE,
            indicators=INDICATORS,
            narratives={("X1", "aims.md"): "We **fly**.\n\n## Why\n\nBecause."},
        ),
        **more,
    )


def deliverable(**more):
    return replace(
        Deliverable(
            id=Identifier("X1"),
            kind=Identifier("plan"),
            title="Plan of flight",
            template="plan",
            work_package=Identifier("WP3"),
            abbreviations={"WP": "Work package", "KPI": "Key performance indicator"},
            sections=(
                Section(heading="Aims", narrative="aims.md"),
                *(Section(heading=each, tables=(TableSpec(of=each, caption=f"All {each}"),)) for each in TABLES),
            ),
        ),
        **more,
    )


FULL_COVER = Cover(
    deliverable_type="R",
    dissemination="PU",
    lead=Identifier("SOUTH"),
    due_month=14,
    submitted_on=Day(2021, 3, 1),
    version="1.1",
    author="South Feather Cluster",
)
VERSIONS = (
    Version(number="1.0", on=Day(2021, 2, 1), by="SOUTH", change="First"),
    Version(number="1.1"),
)
