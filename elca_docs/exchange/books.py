"""What stands in a partner's workbook, as values: whose rows they are, and which of them the partner may change.

Decisions held here and nowhere else:
- A row that several partners share stands in each one's workbook; only the first responsible may change it.
- A free place may be filled by each partner responsible for it; who fills it leads. Places are counted on reading.
- No cell has two writers; whose an organisation and its people are, `book_owners` says.
- What an agreement says is fixed from the first signature on, its expected date and mission until everybody signed.
- The lead (no partner) sees and may change everything.

The same book is written into Excel and compared with what comes back; nothing of Excel is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from elca_docs.errors import Problem, RequestError
from elca_docs.exchange.book_beyond import beyond_of
from elca_docs.exchange.book_columns import (
    agreement_columns,
    contact_columns,
    event_columns,
    organisation_columns,
    partner_columns,
    person_columns,
    place_columns,
)
from elca_docs.exchange.book_owners import Owners
from elca_docs.exchange.book_places import agreement_place, event_place, person_place
from elca_docs.exchange.book_rows import agreement_seen, held_seen, label, natural, row_of
from elca_docs.exchange.cell_texts import SEPARATOR
from elca_docs.model.figures import AgreementStatus, StatusReport
from elca_docs.model.parties import Partner
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.sheets import Book, SheetColumn, SheetTable

_DONE = frozenset({"signed", "registered", "counted", "declined", "withdrawn", "replaced", "expired", "void"})
_OPEN_TO_THE_END = frozenset({("expected",), ("mission",)})
_TWO = 2


def book_of(portfolio: Portfolio, report: StatusReport, partner: str) -> Book:
    """Return the workbook of a partner, or with "" the lead's, who sees everything.

    `report` gives the columns that only show something; its day is the book's.

    Raises:
        RequestError: unknown-name where the partner is none of the project.
    """
    if partner and partner not in portfolio.partner_by_id:
        fix = f"use one of {', '.join(sorted(portfolio.partner_by_id))}"
        raise RequestError(Problem("unknown-name", f"'{partner}' is no partner of this project", fix=fix))
    desk = _Desk(portfolio, report, partner)
    return Book(
        partner=partner,
        title=f"{portfolio.project.acronym}: records of {partner or 'all partners'}",
        instructions=_instructions(partner),
        tables=tuple(desk.tables()),
        as_of=report.as_of.isoformat(),
        beyond=beyond_of(portfolio),
    )


def _instructions(partner: str) -> tuple[str, ...]:
    """Return what an officer has to know, most needed first."""
    return (
        "Write into the yellow cells only, save the file, and send it back. Everything else is there for you to read.",
        "An emptied cell means that the value is to be deleted. Names cannot be emptied.",
        "Dates: a month as 2021-10, a day as 2021-10-25, in no other way. Anything else is asked back.",
        "Lists: put a semicolon between two entries. A line break inside a text counts as a blank.",
        "Cells are text: zeros at the front stay. Write values, no formulas; do not merge cells, hide or delete rows.",
        "When a counterpart becomes known, fill in a row of the sheet Free places: its name is enough to begin with.",
        "A grey row that looks like yours is shared, and the first partner named in it edits it, or it is signed."
        if partner
        else "These are the rows of all partners. A grey cell is signed, or only the record's file can hold it.",
        "The last column of each row, Stamp, tells whether the records changed since this file was written.",
    )


@dataclass(frozen=True)
class _Desk:
    """The records seen from one partner's desk."""

    portfolio: Portfolio
    report: StatusReport
    partner: str

    def tables(self) -> Iterator[SheetTable]:
        """Yield every sheet; also an empty one has its columns, so that what was written in it can be read back."""
        missions = tuple(each.id for each in self.portfolio.missions)
        yield self._partners(partner_columns())
        yield self._agreements(agreement_columns(missions))
        yield self._places("Free places", place_columns(missions, 1), among_counterparts=False)
        yield self._places("Free places for two", place_columns(missions, _TWO), among_counterparts=True)
        yield self._organisations(organisation_columns())
        yield self._people(person_columns())
        yield self._events(event_columns(missions))
        yield self._contacts(contact_columns())

    def _partners(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        title = "Own data" if self.partner else "Partners"
        rows = tuple(row_of(each, each.id, columns, {}, editable=True) for each in self._own)
        return SheetTable(kind="partners", title=title, columns=columns, rows=rows)

    def _agreements(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        rows = []
        for status in self.report.agreements:
            agreement = self._agreement_by_id.get(status.id)
            if agreement is None or not self._owners.stands(agreement.responsible):
                continue
            seen = agreement_seen(self.portfolio, status, self.report)
            row = row_of(agreement, agreement.id, columns, seen, editable=self._owners.leads(agreement.responsible))
            rows.append(replace(row, locked=row.locked | _fixed(status, columns)))
        return SheetTable(kind="agreements", title="Agreements", columns=columns, rows=tuple(rows))

    def _places(self, title: str, columns: tuple[SheetColumn, ...], *, among_counterparts: bool) -> SheetTable:
        rows = []
        for status in self.report.agreements:
            slot = self._agreement_by_id.get(status.id.rpartition("#")[0])
            if slot is None or not self._owners.stands(slot.responsible):
                continue
            if (self.portfolio.class_by_id[slot.class_].parties == "counterparts") == among_counterparts:
                seen = agreement_seen(self.portfolio, status, self.report)
                rows.append(agreement_place(slot, status.id, seen, self.partner))
        return SheetTable(kind="agreements", title=title, columns=columns, rows=tuple(rows))

    def _organisations(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        rows = []
        for each in sorted(self._owners.organisations, key=natural):
            seen = {
                "Edited by": self._owners.owner_of.get(each, ""),
                "Stands in": SEPARATOR.join(self._owners.named_in.get(each, ())),
            }
            organisation = self._owners.organisation_by_id[each]
            rows.append(row_of(organisation, each, columns, seen, editable=self._owners.edits(each)))
        return SheetTable(kind="organisations", title="Organisations", columns=columns, rows=tuple(rows))

    def _people(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        parties = [*(str(each.id) for each in self._own), *sorted(self._owners.organisations, key=natural)]
        order = {party: place for place, party in enumerate(parties)}
        people = sorted(
            (each for each in self.portfolio.people if each.of in order),
            key=lambda each: (order[each.of], natural(each.id)),
        )
        rows = [
            row_of(
                each,
                each.id,
                columns,
                {"Acts for": label(self.portfolio, each.of)},
                editable=self._owners.edits(each.of),
            )
            for each in people
        ]
        signing = {each.of for each in people if each.signs and each.until is None}
        wanted = [each for each in parties if each not in signing and self._owners.edits(each)]
        rows += [person_place(each, label(self.portfolio, each)) for each in wanted]
        return SheetTable(kind="people", title="People", columns=columns, rows=tuple(rows))

    def _events(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        events = {str(each.id): each for each in self.portfolio.events if self._owners.stands(each.responsible)}
        rows = []
        for status in self.report.held:
            if (event := events.get(status.id)) and not event.is_slot:
                seen = held_seen(self.portfolio, event, status)
                rows.append(row_of(event, event.id, columns, seen, editable=self._owners.leads(event.responsible)))
            elif status.is_slot and (slot := events.get(status.id.rpartition("#")[0])):
                seen = held_seen(self.portfolio, slot, None)
                rows.append(event_place(slot, status.id, seen, self.partner))
        return SheetTable(kind="events", title="Events", columns=columns, rows=tuple(rows))

    def _contacts(self, columns: tuple[SheetColumn, ...]) -> SheetTable:
        held = {str(each.id): each for each in self.report.held}
        rows = tuple(
            row_of(
                each,
                each.id,
                columns,
                held_seen(self.portfolio, each, held.get(each.id)),
                editable=self._owners.leads(each.responsible),
            )
            for each in sorted(self.portfolio.contacts, key=lambda each: natural(each.id))
            if self._owners.stands(each.responsible)
        )
        return SheetTable(kind="contacts", title="Contacts", columns=columns, rows=rows)

    @cached_property
    def _agreement_by_id(self) -> Mapping[str, Agreement]:
        return {str(each.id): each for each in self.portfolio.agreements}

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.portfolio, self.partner)

    @property
    def _own(self) -> tuple[Partner, ...]:
        return tuple(each for each in self.portfolio.partners if self.partner in ("", each.id))


def _fixed(status: AgreementStatus, columns: tuple[SheetColumn, ...]) -> frozenset[str]:
    """Return the headings of cells that signatures have fixed."""
    done = status.status in _DONE
    signed = done or bool(status.signed_parties)
    return frozenset(
        each.heading for each in columns if each.path and (done or (signed and each.path not in _OPEN_TO_THE_END))
    )
