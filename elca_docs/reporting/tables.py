"""The tables that a deliverable may ask for by name; and those of indicators, timeline, partners, sectors, duties.

A table of one record each; the order is that of the ids, so that the order of records in a file never matters. Lists
inside a single record (the timeline's duties, the project's sectors) keep the order their author gave them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from elca_docs.model.blocks import Cell, Column, Table, line
from elca_docs.model.deliverables import TableName, TableSpec
from elca_docs.model.indicators import Indicator
from elca_docs.model.parties import Acronym, Partner
from elca_docs.model.plan import Duty, TimelineMonth
from elca_docs.reporting.cooperation import agreements_table, contacts_table, events_table
from elca_docs.reporting.scene import Scene, names, natural, paragraphs, plain, sentence, table


def table_of(scene: Scene, spec: TableSpec) -> Table:
    """Return the table that a section asks for, filled from the records."""
    return PLAN_TABLES[spec.of](scene, spec)


def indicators_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the indicators: number, title, description, target, and how each is counted."""
    columns = (
        Column(heading=scene.say("number"), share=8),
        Column(heading=spec.first_column or scene.say("title"), share=21),
        Column(heading=scene.say("description"), share=24),
        Column(heading=scene.say("target"), share=14),
        Column(heading=scene.say("counted"), share=33),
    )
    indicators = sorted(scene.portfolio.indicators, key=lambda each: natural(each.id))
    rows = tuple(
        (
            names(each.id),
            plain(each.title),
            plain(each.description),
            plain(f"{each.target} {each.unit}".strip(), _per_partner(scene, each)),
            plain(_counted(scene, each)),
        )
        for each in indicators
    )
    return table(spec, columns, rows)


def _per_partner(scene: Scene, indicator: Indicator) -> str:
    """Return the targets of single partners; in one phrase where all partners have the same."""
    targets = indicator.per_partner
    if set(targets) == set(scene.portfolio.partner_by_id) and len(set(targets.values())) == 1:
        return scene.say("per_partner", count=next(iter(targets.values())))
    return ", ".join(f"{partner} {count}" for partner, count in sorted(targets.items()))


def _counted(scene: Scene, indicator: Indicator) -> str:
    """Return the counting rule in words; what it proves itself with, where nobody has put it into words."""
    if indicator.rule.meaning:
        return indicator.rule.meaning
    kinds = [kind.replace("-", " ") for kind in indicator.rule.proof]
    return scene.say("proof", kinds=", ".join(kinds)) if kinds else ""


def timeline_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the timeline: a row per month, an activity per line, a dash where nothing is due."""
    columns = (
        Column(heading=spec.first_column or scene.say("deadline"), share=26),
        Column(heading=scene.say("activity"), share=74),
    )
    months = sorted(scene.portfolio.timeline.months, key=lambda each: each.month)
    rows = tuple((names(scene.month(each.month)), _activities(scene, each)) for each in months)
    return table(spec, columns, rows)


def _activities(scene: Scene, month: TimelineMonth) -> Cell:
    return plain(
        *(
            f"{each.what} ({scene.partners(each.responsible)})" if each.responsible else each.what
            for each in month.activities
        )
    )


def partners_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the partners, the coordinator first: acronyms, name, country, roles."""
    columns = (
        Column(heading=spec.first_column or scene.say("acronym"), share=24),
        Column(heading=scene.say("name"), share=36),
        Column(heading=scene.say("country"), share=16),
        Column(heading=scene.say("role"), share=24),
    )
    partners = sorted(scene.portfolio.partners, key=lambda each: (not each.coordinator, natural(each.id)))
    return table(spec, columns, [_partner(scene, each) for each in partners])


def _partner(scene: Scene, partner: Partner) -> tuple[Cell, ...]:
    others = [_acronym(scene, each) for each in partner.acronyms if each.name != partner.id]
    also = scene.say("also", names=scene.words.joined(others)) if others else ""
    country = scene.country(partner.country) if partner.country and not partner.country_inferred else ""
    roles = list(partner.roles)
    if partner.coordinator and not any(scene.say("coordinator") in role for role in roles):
        roles.insert(0, scene.say("coordinator"))
    return (
        paragraphs(line(partner.id, bold=True), line(also)),
        plain(partner.name),
        plain(country),
        plain(*roles),
    )


def _acronym(scene: Scene, acronym: Acronym) -> str:
    """Return another short form of a partner, with the end or the beginning of its validity."""
    if acronym.valid_until:
        return scene.say("until", name=acronym.name, day=scene.words.day(acronym.valid_until))
    if acronym.valid_from:
        return scene.say("from", name=acronym.name, day=scene.words.day(acronym.valid_from))
    return acronym.name


def sectors_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the sectors beyond the project's home ones, which are those that an indicator counts; all if none is."""
    columns = (
        Column(heading=spec.first_column or scene.say("sector"), share=40),
        Column(heading=scene.say("detail"), share=60),
    )
    every = scene.portfolio.project.sectors
    shown = [each for each in every if each.beyond_mobility] or every
    rows = tuple((names(each.name), plain(sentence(scene.words.joined(each.detail)))) for each in shown)
    return table(spec, columns, rows)


def duties_table(scene: Scene, spec: TableSpec) -> Table:
    """Return what tasks oblige somebody to do: what, who, by when, how often at least, what for."""
    columns = (
        Column(heading=spec.first_column or scene.say("duty"), share=30),
        Column(heading=scene.say("responsible"), share=14),
        Column(heading=scene.say("due"), share=22),
        Column(heading=scene.say("at_least"), share=10, align="center"),
        Column(heading=scene.say("purpose"), share=24),
    )
    duties = scene.portfolio.timeline.duties
    rows = tuple(
        (
            plain(each.what),
            plain(scene.partners(each.responsible)),
            plain(_due(scene, each)),
            plain(str(each.minimum or "")),
            plain(sentence(each.purpose)),
        )
        for each in duties
    )
    return table(spec, columns, rows)


def _due(scene: Scene, duty: Duty) -> str:
    """Return when a duty is due, where that is stated."""
    return scene.date(duty.due, duty.printed, "due")


PLAN_TABLES: Mapping[TableName, Callable[[Scene, TableSpec], Table]] = {
    "agreements": agreements_table,
    "contacts": contacts_table,
    "duties": duties_table,
    "events": events_table,
    "indicators": indicators_table,
    "partners": partners_table,
    "sectors": sectors_table,
    "timeline": timeline_table,
}
"""What fills the tables that need the records only."""
