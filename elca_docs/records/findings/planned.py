"""What the records plan, counted once: the one place where a finding looks up how much there is of something.

Planned = named + free places of slots; an agreement that another one replaces is in neither, as in `tracking`. Rows
are counted as they stand, whatever an indicator counts once: 15 rows may stand behind a target of 12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from elca_docs.model.indicators import Indicator
from elca_docs.model.plan import Agreement, Event
from elca_docs.model.portfolio import Portfolio


class Planned:
    """How many agreements and events are planned, by class and kind; built in one pass over the records."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Count the portfolio; nothing of it is changed."""
        self.portfolio = portfolio

    @cached_property
    def live(self) -> tuple[Agreement, ...]:
        """The agreements that no other one replaces, slots included."""
        return tuple(each for each in self.portfolio.agreements if each.id not in self.portfolio.replaced)

    @cached_property
    def named_by_class(self) -> Counter[str]:
        """Named agreements by class."""
        return Counter(str(each.class_) for each in self.live if not each.is_slot)

    @cached_property
    def free_by_class(self) -> Counter[str]:
        """Free places of agreements by class."""
        return _added((str(each.class_), self._free(each)) for each in self.live if each.is_slot)

    @cached_property
    def named_by_kind(self) -> Counter[str]:
        """Named events by kind."""
        return Counter(str(each.kind) for each in self.portfolio.events if not each.is_slot)

    @cached_property
    def free_by_kind(self) -> Counter[str]:
        """Free places of events by kind."""
        return _added((str(each.kind), self._free(each)) for each in self.portfolio.events if each.is_slot)

    def agreements(self, classes: Iterable[str] = ()) -> tuple[int, int]:
        """Return how many agreements of some classes (of none: all) are named, and how many places are free."""
        return _chosen(self.named_by_class, classes), _chosen(self.free_by_class, classes)

    def events(self, kinds: Iterable[str] = ()) -> tuple[int, int]:
        """Return how many events of some kinds (of none: all) are named, and how many places are free."""
        return _chosen(self.named_by_kind, kinds), _chosen(self.free_by_kind, kinds)

    def for_indicator(self, indicator: Indicator) -> tuple[int, int]:
        """Return how many records an indicator is about: named ones, and free places."""
        rule, portfolio = indicator.rule, self.portfolio
        match rule.counts:
            case "agreements":
                return self.agreements(rule.classes)
            case "events":
                return self.events(rule.kinds)
            case "contacts":
                return len(portfolio.contacts), 0
            case "duties":
                return len(portfolio.timeline.duties), 0
            case "sectors":
                return sum(each.beyond_mobility for each in portfolio.project.sectors), 0

    def _free(self, slot: Agreement | Event) -> int:
        return max(0, slot.slots - self.portfolio.filled_slots.get(slot.id, 0))


def _added(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, count in pairs:
        total[name] += count
    return total


def _chosen(counts: Counter[str], names: Iterable[str]) -> int:
    chosen = frozenset(names)
    return sum(counts[name] for name in chosen) if chosen else counts.total()
