"""Who carries how much of each indicator: the one place where a finding looks up the share of a partner.

A shared record is in the load of all who share it; places without a name that several partners share are in none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from elca_docs.model.indicators import Indicator
from elca_docs.model.plan import Agreement, Contact, Event
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.occasions import Row, is_slot, rows_of


@dataclass(slots=True)
class Load:
    """What partners carry of something: in all, each of them, in places that are divided among nobody."""

    total: int = 0
    of: Counter[str] = field(default_factory=Counter)
    undivided: int = 0
    unsettled: int = 0
    """Named records that several share, and nothing says what each of them does."""

    def add(self, row: Row, size: int) -> None:
        """Take in a row that stands for so many."""
        if is_slot(row) and is_shared(row):
            self.undivided += size
            return
        self.total += size
        self.unsettled += bool(idle_partners(row))
        for partner in row.responsible:
            self.of[partner] += size

    def take(self, other: Load) -> None:
        """Take in another load."""
        self.total += other.total
        self.of += other.of
        self.undivided += other.undivided
        self.unsettled += other.unsettled


class Loads:
    """The loads of a portfolio by indicator; built in one pass over contacts, agreements and events."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Keep the portfolio; nothing of it is changed."""
        self.portfolio = portfolio

    @cached_property
    def by_sort(self) -> dict[tuple[str, str], Load]:
        """Loads by the stem of the file and the class or kind (of contacts: nothing)."""
        found: dict[tuple[str, str], Load] = {}
        for stem, row in rows_of(self.portfolio):
            if row.id not in self.portfolio.replaced:
                found.setdefault((stem, sort_of(row)), Load()).add(row, self.size(row))
        return found

    def behind(self, indicator: Indicator) -> Load:
        """Return the load of an indicator: of its classes or kinds, of none named all."""
        rule = indicator.rule
        wanted = frozenset(map(str, rule.classes or rule.kinds))
        load = Load()
        for (stem, sort), part in self.by_sort.items():
            if stem == rule.counts and (not wanted or sort in wanted):
                load.take(part)
        return load

    def size(self, row: Row) -> int:
        """Return how many a row stands for: one, or the places of a slot that nothing has filled yet."""
        if isinstance(row, Contact) or not row.is_slot:
            return 1
        return max(0, row.slots - self.portfolio.filled_slots.get(row.id, 0))


def sort_of(row: Row) -> str:
    """Return the class of an agreement, the kind of an event; a contact has neither."""
    match row:
        case Agreement():
            return str(row.class_)
        case Event():
            return str(row.kind)
        case Contact():
            return ""


def is_shared(row: Row) -> bool:
    """Whether several partners are responsible."""
    return len(row.responsible) > 1


def idle_partners(row: Row) -> list[str]:
    """Return the partners that share a row and of whom no step or commitment says what they do."""
    if not is_shared(row):
        return []
    acting = {partner for step in row.steps for partner in step.by}
    if isinstance(row, Agreement):
        acting.update(each.party for each in row.commitments)
    return [each for each in row.responsible if each not in acting]
