"""Each indicator counted a second time, straight from the log's lines and by another way than the report's.

Two ways that agree are no proof that both are right, but a mistake in one of them shows. So nothing of the report is
used here, only records, entries and days; it is shorter because it gives no reasons. May not be used to print a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from elca_docs.model.figures import StatusReport
from elca_docs.model.findings import Finding
from elca_docs.model.indicators import Indicator
from elca_docs.model.log_events import Amended, Ended, Held, LogEvent, Received, Referenced, Registered, Signed
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView, undone_addresses
from elca_docs.tracking.audit.check import Check
from elca_docs.tracking.naming import natural

_OVER = frozenset({"declined", "withdrawn", "replaced", "void"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may count in an indicator: its place in the log, its id, what it uses up, and whom it stands for."""

    place: int
    id: str
    keys: frozenset[str]
    kin: frozenset[str] = frozenset()


def figures(
    report: StatusReport, portfolio: Portfolio, view: RegisterView, evidence_whole: Callable[[str], bool]
) -> Check:
    """Return whether each figure of the report equals a recount from the log as of the same day."""
    recount = recounted(portfolio, view, as_of=report.as_of, evidence_whole=evidence_whole)
    findings = tuple(
        Finding(
            code="figure-differs",
            severity="error",
            message=f"{each.id} counts {each.counted}, and a recount from the log gives {recount[each.id]}",
            ids=(each.id,),
            fix="report it with the output of invoke status --why; until then do not use this figure",
        )
        for each in report.figures
        if each.counted != recount[each.id]
    )
    return Check(name="figures", looked_at=f"{len(report.figures)} indicators, counted again", findings=findings)


def recounted(
    portfolio: Portfolio, view: RegisterView, *, as_of: date, evidence_whole: Callable[[str], bool]
) -> Mapping[str, int]:
    """Return what each indicator counts as of a day, by its id."""
    counter = _Counter(portfolio, view, as_of, evidence_whole)
    return {each.id: counter.counted(each) for each in portfolio.indicators}


@dataclass(frozen=True)
class _Counter:
    """The records and the lines that stand, each with its place in the log."""

    portfolio: Portfolio
    view: RegisterView
    as_of: date
    evidence_whole: Callable[[str], bool]

    @cached_property
    def lines(self) -> tuple[tuple[int, LogEvent], ...]:
        undone = undone_addresses(self.view.entries)
        return tuple(enumerate(each.event for each in self.view.entries if each.address not in undone))

    @cached_property
    def received(self) -> frozenset[str]:
        digests = {event.sha256 for _, event in self.lines if isinstance(event, Received)}
        return frozenset(each for each in digests if self.evidence_whole(each))

    @cached_property
    def agreement_of(self) -> Mapping[str, str]:
        """The agreement behind each reference."""
        return {event.reference: event.agreement for _, event in self.lines if isinstance(event, Referenced)}

    def counted(self, indicator: Indicator) -> int:
        """Return how many count: in order of the log, each that brings somebody new, none that stands for another."""
        rule = indicator.rule
        rows = self.agreements(indicator) if rule.counts == "agreements" else self.held(indicator)
        taken, used = set[str](), set[str]()
        for each in sorted(rows, key=lambda row: (row.place, natural(row.id))):
            new = rule.distinct_by == "record" or bool(each.keys - used)
            if new and not each.kin & taken:
                taken.add(each.id)
                used |= each.keys
        return len(taken)

    def agreements(self, indicator: Indicator) -> Iterator[_Candidate]:
        """Yield the agreements of the indicator's classes that all have signed, in the window, with a number."""
        for each in self.portfolio.agreements:
            wanted = each.class_ in indicator.rule.classes or not indicator.rule.classes
            place = self._complete(each) if wanted and each.counterparts else None
            if place is not None:
                yield _Candidate(place, each.id, self._agreement_keys(each, indicator), self._kin[each.id])

    def _complete(self, agreement: Agreement) -> int | None:
        """Return the place at which an agreement was complete; None where it does not count as of the day."""
        parties = {str(each.id) for each in self.portfolio.parties_of(agreement)}
        own = [(at, each) for at, each in self.lines if self._is_of(each, agreement.id)]
        signed = [
            (at, each)
            for at, each in own
            if isinstance(each, Signed) and each.party in parties and each.on <= self.as_of
        ]
        numbers = [at for at, each in own if isinstance(each, Registered)]
        firsts = {party: [(at, each) for at, each in signed if each.party == party] for party in parties}
        if len(parties) <= 1 or not all(firsts.values()) or not numbers:
            return None
        if not all(each.evidence in self.received for _, each in signed):
            return None
        first, last = self.portfolio.project.window
        ends = [each.exit for _, each in own if isinstance(each, Ended) and each.on <= self.as_of]
        day = max(min(each.on for _, each in every) for every in firsts.values())
        if not first <= day <= last or (ends and ends[-1] in _OVER):
            return None
        return max(numbers[0], *(min(at for at, _ in every) for every in firsts.values()))

    def _is_of(self, event: LogEvent, agreement: str) -> bool:
        if isinstance(event, Ended):
            return event.agreement == agreement
        return isinstance(event, Signed | Registered) and self.agreement_of.get(event.reference) == agreement

    def _agreement_keys(self, agreement: Agreement, indicator: Indicator) -> frozenset[str]:
        if indicator.rule.distinct_by == "organisation":
            return frozenset(agreement.counterparts)
        known = (self.portfolio.organisation_by_id.get(each) for each in agreement.counterparts)
        return frozenset(sector for each in known if each for sector in each.sectors)

    @cached_property
    def _kin(self) -> Mapping[str, frozenset[str]]:
        """Return, for each agreement, all that it stands for and all that stand for it, one behind the other."""
        older: dict[str, set[str]] = {each.id: set() for each in self.portfolio.agreements}
        for each in self.portfolio.agreements:
            older[each.id] |= {each.replaces} if each.replaces else set()
        for _, event in self.lines:
            if isinstance(event, Amended) and event.reference in self.agreement_of:
                child = self.agreement_of.get(event.child, event.child)
                older.setdefault(child, set()).add(self.agreement_of[event.reference])
        above = {each: _reach(each, older) - {each} for each in older}
        return {
            each.id: frozenset(above[each.id] | {other for other, far in above.items() if each.id in far})
            for each in self.portfolio.agreements
        }

    def held(self, indicator: Indicator) -> Iterator[_Candidate]:
        """Yield what was held with a fitting, whole proof on enough days of the window."""
        rule, portfolio = indicator.rule, self.portfolio
        if rule.counts == "contacts":
            for contact in portfolio.contacts:
                yield from self._times(indicator, contact.id, self._of(contact.id), {contact.organisation})
        if rule.counts == "duties":
            for duty in portfolio.timeline.duties:
                minimum = max(1, duty.minimum or 1)
                yield from self._times(indicator, duty.id, self._of(duty.id), set(), minimum=minimum)
        if rule.counts == "sectors":
            for sector in portfolio.project.sectors:
                lines = [(at, each) for at, each in self._all_held if sector.id in each.sectors]
                if sector.beyond_mobility:
                    yield from self._times(indicator, sector.id, lines, _organisations(lines), own={sector.id})
        if rule.counts == "events":
            yield from self._events(indicator)

    def _events(self, indicator: Indicator) -> Iterator[_Candidate]:
        kinds = indicator.rule.kinds
        for event in self.portfolio.events:
            if kinds and event.kind not in kinds:
                continue
            lines = self._of(event.id)
            days = sorted({each.on for _, each in lines})
            # What is held on a record of places takes one place a day, beside those that named events take.
            taken = self.portfolio.filled_slots.get(event.id, 0)
            groups = (
                [(f"{event.id}#{taken + place}", [day]) for place, day in enumerate(days, start=1)]
                if event.is_slot
                else [(str(event.id), days)]
            )
            for identifier, wanted in groups:
                own = [(at, each) for at, each in lines if each.on in wanted]
                guests = {str(each) for each in event.organisations} | _organisations(own)
                yield from self._times(indicator, identifier, own, guests)

    def _times(  # noqa: PLR0913 - what a holding is made of
        self,
        indicator: Indicator,
        identifier: str,
        lines: list[tuple[int, Held]],
        organisations: Iterable[str],
        *,
        minimum: int = 1,
        own: Iterable[str] | None = None,
    ) -> Iterator[_Candidate]:
        first, last = self.portfolio.project.window
        asked = indicator.rule.proof
        places: dict[date, int] = {}
        for at, each in lines:
            whole = bool(each.evidence) and self.received.issuperset(each.evidence)
            if whole and first <= each.on <= last and (not asked or each.proof in asked):
                places.setdefault(each.on, at)
        if len(places) >= minimum:
            sectors = own if own is not None else (name for _, each in lines for name in each.sectors)
            keys = frozenset(organisations if indicator.rule.distinct_by == "organisation" else sectors)
            if keys or indicator.rule.distinct_by == "record":
                yield _Candidate(sorted(places.values())[minimum - 1], identifier, keys)

    def _of(self, subject: str) -> list[tuple[int, Held]]:
        return [(at, each) for at, each in self._all_held if each.subject == subject]

    @cached_property
    def _all_held(self) -> list[tuple[int, Held]]:
        return [(at, each) for at, each in self.lines if isinstance(each, Held) and each.on <= self.as_of]


def _organisations(lines: Iterable[tuple[int, Held]]) -> set[str]:
    return {str(name) for _, each in lines for name in each.organisations}


def _reach(start: str, older: Mapping[str, set[str]]) -> set[str]:
    """Return everything that can be reached; a circle of records ends by itself."""
    found, waiting = set[str](), [start]
    while waiting:
        fresh = older.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found
