"""Rows that stand for a record still to come: free places of agreements and events, and people who sign.

A row says what its record will have without being asked (`gives`): the class, who is responsible, the plan's date. It
is empty otherwise, and which place it fills can be read off its id. May not decide which places are free.
"""

from __future__ import annotations

from collections.abc import Mapping

from elca_docs.exchange.book_rows import text_of, value_at
from elca_docs.exchange.cell_texts import SEPARATOR, survives
from elca_docs.model.plan import Agreement, Event
from elca_docs.model.sheets import SheetRow

_AGREEMENT = ("class", "responsible", "expected", "mission", "language", "areas")
_EVENT = ("kind", "responsible", "expected", "mission", "place")
_LISTS = frozenset({"responsible", "areas"})
PERSON = "person"
"""Behind the id of a party and "#": the place of somebody who signs for it."""


def agreement_place(slot: Agreement, identifier: str, seen: Mapping[str, str], partner: str) -> SheetRow:
    """Return the empty row of a free place of a slot record."""
    shown = {heading: seen[heading] for heading in ("Class", "Responsible", "Planned for")}
    return SheetRow(record=identifier, cells=shown, new=True, gives=_given(slot, _AGREEMENT, partner))


def event_place(slot: Event, identifier: str, seen: Mapping[str, str], partner: str) -> SheetRow:
    """Return the empty row of a free place of a slot record of events."""
    shown = {heading: seen[heading] for heading in ("Kind", "Responsible")}
    return SheetRow(record=identifier, cells=shown, new=True, gives=_given(slot, _EVENT, partner))


def person_place(party: str, label: str) -> SheetRow:
    """Return the empty row of a person who signs for a party, of whom nothing is known yet."""
    gives = {"of": party, "signs": "yes"}
    return SheetRow(record=f"{party}#{PERSON}", cells={"Acts for": label}, new=True, gives=gives)


def _given(slot: Agreement | Event, keys: tuple[str, ...], partner: str) -> dict[str, str]:
    """Return the fields of a slot record that what fills it begins with; the partner that fills it leads."""
    given = {}
    for key in keys:
        value = value_at(slot, (key,))
        if key == "responsible":
            value = tuple(sorted(value, key=lambda each: each != partner))
        if value and survives("list" if key in _LISTS else "text", value):
            given[key] = SEPARATOR.join(value) if isinstance(value, tuple) else text_of(value)
    return given
