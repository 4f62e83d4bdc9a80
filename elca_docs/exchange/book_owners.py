"""Whose an organisation, a shared row or a person is: the one partner in whose workbook it can be changed.

An organisation is changed by the partner that leads the first agreement naming it, by id; where none does, the first
contact or event. What signs on behalf of an organisation goes with it, and people go with their party. The lead (no
partner) changes everything. So no cell has two writers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from elca_docs.exchange.book_rows import natural
from elca_docs.model.parties import Organisation
from elca_docs.model.plan import Agreement, Contact, Event
from elca_docs.model.portfolio import Portfolio


@dataclass(frozen=True)
class Owners:
    """The records seen from one partner: what stands in its workbook, and what it may change."""

    portfolio: Portfolio
    partner: str

    def stands(self, responsible: tuple[str, ...]) -> bool:
        """Whether a record of these partners stands in the workbook."""
        return not self.partner or self.partner in responsible

    def leads(self, responsible: tuple[str, ...]) -> bool:
        """Whether a record of these partners may be changed in the workbook."""
        return not self.partner or self.partner == next(iter(responsible), "")

    def edits(self, party: str) -> bool:
        """Whether a partner's or an organisation's record may be changed in the workbook."""
        return not self.partner or self.partner in (party, self.owner_of.get(party))

    @cached_property
    def organisation_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by plain text."""
        return {str(each.id): each for each in self.portfolio.organisations}

    @cached_property
    def organisations(self) -> frozenset[str]:
        """The ids of the organisations that stand in the workbook."""
        if not self.partner:
            return frozenset(self.organisation_by_id)
        return frozenset(each for record, names in self._named if self.stands(record.responsible) for each in names)

    @cached_property
    def owner_of(self) -> Mapping[str, str]:
        """The partner that may change each organisation."""
        owners: dict[str, str] = {}
        for record, organisations in self._named:
            for each in organisations:
                owners.setdefault(each, next(iter(record.responsible), ""))
        return owners

    @cached_property
    def named_in(self) -> Mapping[str, tuple[str, ...]]:
        """The records that name each organisation."""
        found: dict[str, tuple[str, ...]] = {}
        for record, organisations in self._named:
            for each in dict.fromkeys(organisations):
                found[each] = (*found.get(each, ()), record.id)
        return found

    @cached_property
    def _named(self) -> tuple[tuple[Agreement | Contact | Event, tuple[str, ...]], ...]:
        """Every record that names organisations, with them: agreements first, each kind by id."""
        records: tuple[Iterable[Agreement | Contact | Event], ...] = (
            self.portfolio.agreements,
            self.portfolio.contacts,
            self.portfolio.events,
        )
        ordered = (each for group in records for each in sorted(group, key=lambda each: natural(each.id)))
        return tuple((each, tuple(self._through(_organisations_in(each)))) for each in ordered)

    def _through(self, organisations: Iterable[str]) -> Iterator[str]:
        """Yield the organisations, each followed by the one that signs on its behalf."""
        for each in organisations:
            if known := self.organisation_by_id.get(each):
                yield each
                if known.legal.signs_through in self.organisation_by_id:
                    yield str(known.legal.signs_through)


def _organisations_in(record: Agreement | Contact | Event) -> tuple[str, ...]:
    match record:
        case Agreement():
            return record.counterparts
        case Contact():
            return (record.organisation,)
        case Event():
            return record.organisations
