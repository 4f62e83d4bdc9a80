"""What happens with whom, when and where: steps of contacts, agreements and events, and events themselves, in one list.

Rules on sequence, places and months look here, so that they read a plan in the same way. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from elca_docs.model.plan import Agreement, Contact, Event, Step
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Expected

Row = Contact | Agreement | Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One dated or undated thing that is done with organisations. `step` is None for an event as a whole.

    A step of an event happens where the event does, unless it says otherwise.
    """

    stem: str
    row: Row
    path: tuple[str, ...]
    organisations: tuple[str, ...]
    what: str
    when: Expected | None
    place: str
    step: Step | None = None


def rows_of(portfolio: Portfolio) -> Iterator[tuple[str, Row]]:
    """Return contacts, agreements and events, each with the stem of its file; places without a name, too."""
    yield from (("contacts", each) for each in portfolio.contacts)
    yield from (("agreements", each) for each in portfolio.agreements)
    yield from (("events", each) for each in portfolio.events)


def named_rows(portfolio: Portfolio) -> Iterator[tuple[str, Row]]:
    """Return the rows that are no slots and that no other agreement replaces."""
    return ((stem, row) for stem, row in rows_of(portfolio) if not is_slot(row) and row.id not in portfolio.replaced)


def is_slot(row: Row) -> bool:
    """Whether a row stands for several without a name; a contact never does."""
    return not isinstance(row, Contact) and row.is_slot


def organisations_of(row: Row) -> tuple[str, ...]:
    """Return the organisations that a row is about."""
    match row:
        case Contact():
            return (row.organisation,)
        case Agreement():
            return row.counterparts
        case Event():
            return row.organisations


def occasions_of(portfolio: Portfolio) -> Iterator[Occasion]:
    """Return all steps of named rows, and named events, in the order of the records."""
    for stem, row in named_rows(portfolio):
        organisations = organisations_of(row)
        where = row.place if isinstance(row, Event) else ""
        if isinstance(row, Event):
            path = (stem, row.id, "expected")
            yield Occasion(
                stem=stem, row=row, path=path, organisations=organisations, what=row.title, when=row.expected,
                place=row.place,
            )  # fmt: skip
        for index, step in enumerate(row.steps):
            yield Occasion(
                stem=stem, row=row, path=(stem, row.id, "steps", str(index)), organisations=organisations,
                what=f"{step.what} {step.meets}".strip(), when=step.date, place=step.place or where, step=step,
            )  # fmt: skip


def dated_occasions(portfolio: Portfolio) -> Iterator[tuple[Expected, Occasion]]:
    """Return the occasions that have a date, with it."""
    return ((each.when, each) for each in occasions_of(portfolio) if each.when)


def first_of(dated: Iterable[tuple[Expected, Occasion]]) -> dict[str, tuple[Expected, Occasion]]:
    """Return the first of some dated occasions for each organisation; of several on one date, the one written first."""
    first: dict[str, tuple[Expected, Occasion]] = {}
    for when, occasion in dated:
        for organisation in occasion.organisations:
            if organisation not in first or when < first[organisation][0]:
                first[organisation] = (when, occasion)
    return first


def month_of(when: Expected) -> tuple[int, int]:
    """Return year and month: what dates of different precision have in common."""
    return when.year, when.month
