"""Tables of what is planned with others: contacts, agreements and events, one row per record.

Every column of the plan is filled from the record or shows a dash; nothing is left out because it is long. A record's
`remark` is no part of the plan and stands nowhere here.
"""

from __future__ import annotations

from elca_docs.model.blocks import Cell, Column, Line, Table, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.plan import Agreement, Contact, Event
from elca_docs.reporting.scene import DASH, EMPTY, Scene, names, natural, paragraphs, plain, table
from elca_docs.reporting.sentences import description_of, step_line

Row = tuple[Cell, ...]


def contacts_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the planned contacts: organisation, responsible, description, planned activities with date and place."""
    columns = (
        Column(heading=spec.first_column or scene.say("organisation"), share=22),
        Column(heading=scene.say("responsible"), share=14),
        Column(heading=scene.say("description"), share=28),
        Column(heading=scene.say("planned"), share=36),
    )
    contacts = sorted(scene.portfolio.contacts, key=lambda each: natural(each.id))
    return table(spec, columns, [_contact(scene, each) for each in contacts])


def agreements_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the planned agreements of the classes asked for (all where none is); slots in one row each."""
    shown = [
        each
        for each in sorted(scene.portfolio.agreements, key=lambda each: natural(each.id))
        if (not spec.classes or each.class_ in spec.classes) and (not each.is_slot or _open(scene, each))
    ]
    described = "description_steps" if any(each.steps for each in shown) else "description"
    columns = (
        Column(heading=spec.first_column or scene.say("organisation"), share=22),
        Column(heading=scene.say("responsible"), share=14),
        Column(heading=scene.say(described), share=48),
        Column(heading=scene.say("expected"), share=16),
    )
    return table(spec, columns, [_agreement(scene, each) for each in shown])


def events_table(scene: Scene, spec: TableSpec) -> Table:
    """Return the planned events of the kinds asked for (all where none is); slots in one row each."""
    shown = [
        each
        for each in sorted(scene.portfolio.events, key=lambda each: natural(each.id))
        if (not spec.kinds or each.kind in spec.kinds) and (not each.is_slot or _open(scene, each))
    ]
    columns = (
        Column(heading=spec.first_column or scene.say("event"), share=20),
        Column(heading=scene.say("responsible"), share=14),
        Column(heading=scene.say("description"), share=25),
        Column(heading=scene.say("dates"), share=20),
        Column(heading=scene.say("expectations"), share=21),
    )
    return table(spec, columns, [_event(scene, each) for each in shown])


def _contact(scene: Scene, contact: Contact) -> Row:
    steps = [step_line(scene, step, contact.responsible) for step in contact.steps]
    return (
        names(scene.name(contact.organisation, contact.id)),
        plain(scene.partners(contact.responsible)),
        paragraphs(*_described(scene, (contact.organisation,), contact.description)),
        paragraphs(*steps),
    )


def _agreement(scene: Scene, agreement: Agreement) -> Row:
    if agreement.id in scene.withheld:
        when = plain(scene.date(agreement.expected, agreement.printed, "expected"))
        return names(scene.say("confidential_agreement")), plain(scene.partners(agreement.responsible)), EMPTY, when
    mission = _mission(scene, agreement)
    areas = scene.say("areas", areas=scene.words.joined(agreement.areas)) if agreement.areas else ""
    return (
        _slots(scene, agreement) if agreement.is_slot else names(*_named(scene, agreement.id, agreement.counterparts)),
        plain(scene.partners(agreement.responsible)),
        paragraphs(
            *_described(scene, agreement.counterparts, agreement.description),
            *(step_line(scene, step, agreement.responsible) for step in agreement.steps),
            line(areas),
            line(mission),
            *_succession(scene, agreement),
        ),
        plain(scene.date(agreement.expected, agreement.printed, "expected")),
    )


def _event(scene: Scene, event: Event) -> Row:
    named = [line(name, bold=True) for name in _named(scene, event.id, event.organisations)]
    title = line(event.title, bold=not named)
    expectations = [line(each) for each in event.expectations]
    return (
        _slots(scene, event) if event.is_slot else paragraphs(*named, title),
        plain(scene.partners(event.responsible)),
        paragraphs(*_described(scene, event.organisations, event.description), line(_mission(scene, event))),
        paragraphs(*_when_and_where(scene, event)),
        paragraphs(*expectations),
    )


def _named(scene: Scene, row: str, organisations: tuple[str, ...]) -> list[str]:
    return [scene.name(each, row) for each in organisations]


def _when_and_where(scene: Scene, event: Event) -> list[Line]:
    """Return date and place of an event and its steps; the event's own line only if no step says the same."""
    own = scene.date(event.expected, event.printed, "expected")
    dates = {scene.date(step.date, step.printed, "date") for step in event.steps}
    places = {step.place for step in event.steps}
    head = [part for part, steps in ((own, dates), (event.place, places)) if part and part not in steps]
    steps = [step_line(scene, step, event.responsible) for step in event.steps]
    return [line(", ".join(head), bold=True), *steps]


def _described(scene: Scene, organisations: tuple[str, ...], own: str) -> list[Line]:
    """Return what is said of each organisation, then what the row adds to it."""
    found = [scene.portfolio.organisation_by_id.get(each) for each in organisations]
    return [*(line(description_of(scene, each)) for each in found if each), line(own)]


def _mission(scene: Scene, record: Agreement | Event) -> str:
    """Return the mission a record belongs to: as printed where the source names it, else by its name."""
    mission = scene.portfolio.mission_by_id.get(record.mission or "")
    printed = "" if record.mission_inferred else record.printed.get("mission", "")
    name = printed or (mission.name if mission else "")
    return scene.say("mission", name=name) if name else ""


def _succession(scene: Scene, agreement: Agreement) -> list[Line]:
    """Return what an agreement replaces and what replaces it: the plan keeps both rows."""
    before = scene.portfolio.agreement_by_id.get(agreement.replaces or "")
    after = [each for each in scene.portfolio.agreements if each.replaces == agreement.id]
    found = [scene.say("replaces", name=_counterparts(scene, before))] if before else []
    return [line(each) for each in (*found, *(scene.say("replaced", name=_counterparts(scene, one)) for one in after))]


def _counterparts(scene: Scene, agreement: Agreement) -> str:
    if agreement.id in scene.withheld:
        return scene.say("confidential_agreement")
    return scene.words.joined(_named(scene, agreement.id, agreement.counterparts)) or DASH


def _open(scene: Scene, record: Agreement | Event) -> int:
    """Return how many places of a slot record are still to be named."""
    return record.slots - scene.portfolio.filled_slots.get(record.id, 0)


def _slots(scene: Scene, record: Agreement | Event) -> Cell:
    return names(scene.say("to_be_named", count=_open(scene, record)))
