"""What the records hold beyond the sheets of one book, to compare with: all ids, all names, and places filled already.

Exists so that a workbook read twice fills no place twice, names no organisation twice, and tells somebody else's row
from an invented one. Nothing of it is ever written into a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.exchange.cell_texts import folded
from elca_docs.model.parties import Organisation
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.sheets import Beyond, Filling


def beyond_of(portfolio: Portfolio) -> Beyond:
    """Return all ids by kind, every spelling of every organisation's name, and what fills which place."""
    duties = [each.id for each in portfolio.timeline.duties]
    activities = [each.id for month in portfolio.timeline.months for each in month.activities]
    names: dict[str, str] = {}
    for organisation in sorted(portfolio.organisations, key=lambda each: each.id):
        for spelling in sorted(_spellings(organisation)):
            names.setdefault(spelling, organisation.id)
    return Beyond(
        ids={
            "partners": frozenset(portfolio.partner_by_id),
            "organisations": frozenset(portfolio.organisation_by_id),
            "people": frozenset(each.id for each in portfolio.people),
            "agreements": frozenset(portfolio.agreement_by_id),
            "contacts": frozenset(each.id for each in portfolio.contacts),
            "events": frozenset(each.id for each in portfolio.events),
            "timeline": frozenset((*duties, *activities)),
        },
        names=names,
        fillings=tuple(_fillings(portfolio)),
    )


def _fillings(portfolio: Portfolio) -> Iterator[Filling]:
    for agreement in portfolio.agreements:
        if agreement.fills:
            known = portfolio.organisation_by_id
            names = tuple(_spellings(known[each]) for each in agreement.counterparts if each in known)
            yield Filling(place=agreement.fills, record=agreement.id, names=names, parties=agreement.counterparts)
    for event in portfolio.events:
        if event.fills:
            yield Filling(place=event.fills, record=event.id, names=(frozenset({folded(event.title)}),))
    for person in portfolio.people:
        yield Filling(place=person.of, record=person.id, names=(frozenset({folded(person.name)}),))


def _spellings(organisation: Organisation) -> frozenset[str]:
    """Return every name of an organisation, folded."""
    aliases = (each.name for each in organisation.aliases)
    every = (organisation.name, organisation.short_name, organisation.legal.name, *aliases)
    return frozenset(folded(each) for each in every if each)
