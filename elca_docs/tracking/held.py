"""One status row per contact, event, free place, duty, timeline activity and sector, with the reason for every rule.

    H1 it was held, often enough      H4 an indicator counts it
    H2 the evidence is there, whole   H5 its proof is of a kind that the indicator asks for
    H3 its day lies in the window     H6 it counts there once (see claims)

Every rule is evaluated, whatever the others say. Rules look at the entries that passed the rule before, so that one
good proof suffices where several were handed in; without any, at all there are. How often something was held is the
number of days. A thing held without evidence never
counts. It is overdue when the last day it was expected on has passed and it was not held with whole evidence; an
event that is still a free place can be overdue too, if its record gives a date. May not read files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from elca_docs.model.figures import HeldStatus, Reason
from elca_docs.model.indicators import Indicator
from elca_docs.model.log_events import Held
from elca_docs.model.portfolio import Portfolio
from elca_docs.tracking.bench import Bench, evidence_reason, window_text
from elca_docs.tracking.claims import Claim, Settled, settled
from elca_docs.tracking.holdings import Holding, days_of, holdings_of
from elca_docs.tracking.naming import listed, natural


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """All rows in order, and what counts in each indicator, in the order in which it was proven."""

    rows: tuple[HeldStatus, ...]
    counted: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proven:
    """A holding with the entries that passed each rule so far."""

    holding: Holding
    whole: tuple[Held, ...]
    inside: tuple[Held, ...]
    indicators: tuple[Indicator, ...]

    @property
    def best(self) -> tuple[Held, ...]:
        """What the next rule looks at."""
        return self.inside or self.whole or self.holding.times


def held_rows(bench: Bench) -> HeldRows:
    """Return where everything that can be held stands as of the day, and what counts."""
    every = [_proven(bench, each) for each in holdings_of(bench.portfolio, bench.seen)]
    decided = _decided(bench, every)
    rows = tuple(_row(bench, each, decided) for each in every)
    return HeldRows(rows=rows, counted={name: each.counted for name, each in decided.items()})


def indicators_of(portfolio: Portfolio, holding: Holding) -> tuple[Indicator, ...]:
    """Return the indicators that count a holding, by id; a rule for events that names no kind counts every kind."""
    return tuple(
        each
        for each in sorted(portfolio.indicators, key=lambda each: natural(each.id))
        if each.rule.counts == holding.group
        and (holding.group != "events" or not each.rule.kinds or holding.kind in each.rule.kinds)
    )


def _proven(bench: Bench, holding: Holding) -> _Proven:
    first, last = bench.window
    whole = tuple(each for each in holding.times if each.evidence and not any(map(bench.flawed, each.evidence)))
    inside = tuple(each for each in whole if first <= each.on <= last)
    return _Proven(holding=holding, whole=whole, inside=inside, indicators=indicators_of(bench.portfolio, holding))


def _fitting(proven: _Proven, indicator: Indicator) -> tuple[Held, ...]:
    """Return the best entries with a proof that the indicator asks for; any will do where it asks for none."""
    asked = indicator.rule.proof
    return tuple(each for each in proven.best if not asked or each.proof in asked)


def _decided(bench: Bench, every: list[_Proven]) -> dict[str, Settled]:
    """Return, by indicator, what counts and why the others come too late."""
    claims: dict[str, list[Claim]] = {each.id: [] for each in bench.portfolio.indicators}
    by_id = bench.portfolio.indicator_by_id
    for proven in every:
        for indicator in proven.indicators:
            claims[indicator.id].append(_claim(bench, proven, indicator))
    held = {name for name, each in by_id.items() if each.rule.counts != "agreements"}
    return {name: settled("H6", by_id[name], claims[name], bench.called) for name in sorted(held)}


def _claim(bench: Bench, proven: _Proven, indicator: Indicator) -> Claim:
    """Return what a holding claims in an indicator: entitled once it was held often enough under every rule."""
    holding = proven.holding
    _, place = _complete(bench, _entitling(proven, indicator), holding.minimum)
    keys = _keys(holding, indicator)
    entitled = bool(keys) or indicator.rule.distinct_by == "record"
    return Claim(id=holding.id, place=place if entitled else None, keys=keys)


def _entitling(proven: _Proven, indicator: Indicator) -> tuple[Held, ...]:
    """Return the entries by which a holding may count in an indicator."""
    return tuple(each for each in _fitting(proven, indicator) if each in proven.inside)


def _complete(bench: Bench, times: Iterable[Held], minimum: int) -> tuple[date | None, int | None]:
    """Return the day on which something was held often enough, and the place in the log by which that was known."""
    first: dict[date, int] = {}
    for each in times:
        first[each.on] = min(bench.seen.first[each], first.get(each.on, bench.seen.first[each]))
    if len(first) < minimum:
        return None, None
    return sorted(first)[minimum - 1], sorted(first.values())[minimum - 1]


def _keys(holding: Holding, indicator: Indicator) -> frozenset[str]:
    """Return the organisations or sectors that a holding uses up in an indicator."""
    match indicator.rule.distinct_by:
        case "organisation":
            return frozenset(holding.organisations)
        case "sector" if holding.group == "sectors":
            return frozenset({holding.id})
        case "sector":
            return frozenset(sector for each in holding.times for sector in each.sectors)
        case _:
            return frozenset()


def _row(bench: Bench, proven: _Proven, decided: Mapping[str, Settled]) -> HeldStatus:
    """Return the status row of one holding."""
    holding = proven.holding
    done = len(days_of(proven.whole)) >= holding.minimum
    late = holding.expected is not None and holding.expected.last_day < bench.seen.as_of
    counted_in = tuple(each.id for each in proven.indicators if holding.id in decided[each.id].counted)
    times = max(proven.best, holding.times, key=lambda each: len(days_of(each)) >= holding.minimum)
    if counted_in:
        times = _entitling(proven, bench.portfolio.indicator_by_id[counted_in[0]])
    on, place = _complete(bench, times, holding.minimum)
    return HeldStatus(
        id=holding.id,
        kind=holding.kind,
        title=holding.title,
        responsible=holding.responsible,
        organisations=holding.organisations,
        mission=holding.mission,
        expected=holding.expected,
        held_on=on,
        known_by="" if place is None else bench.seen.addresses[place],
        is_slot=holding.is_slot,
        overdue=late and not done,
        counted=bool(counted_in),
        counted_in=counted_in,
        because=_because(bench, proven, decided),
        evidence=tuple(dict.fromkeys(digest for each in proven.best for digest in each.evidence)),
    )


def _because(bench: Bench, proven: _Proven, decided: Mapping[str, Settled]) -> tuple[Reason, ...]:
    """Return the reasons in order of the rules; H5 and H6 once per indicator."""
    holding = proven.holding
    names = listed(each.id for each in proven.indicators)
    what = f"events of kind {holding.kind}" if holding.group == "events" else holding.group
    counts = f"{what} count toward {names}" if names else f"no indicator counts {what}"
    per_indicator = [
        reason
        for each in proven.indicators
        for reason in (_proof_reason(proven, each), decided[each.id].reasons[holding.id])
    ]
    nothing = "nothing to compare with: no indicator counts it"
    return (
        _held_reason(bench, holding),
        _evidence_reason(bench, proven),
        _window_reason(bench, proven),
        Reason(rule="H4", ok=bool(names), text=counts),
        *(per_indicator or [Reason(rule=rule, ok=True, text=nothing) for rule in ("H5", "H6")]),
    )


def _held_reason(bench: Bench, holding: Holding) -> Reason:
    """H1: it was held by the day of the report, as many times as its minimum says."""
    days = days_of(holding.times)
    often = f" {len(days)} of at least {holding.minimum} times" if holding.minimum > 1 else ""
    after = f"; held on {holding.later}, after {bench.seen.as_of}" if holding.later else ""
    if days:
        text = f"held{often} on {listed(map(str, days))}{after}"
        return Reason(rule="H1", ok=len(days) >= holding.minimum, text=text)
    place = "a place that no event has taken; " if holding.is_slot else ""
    return Reason(rule="H1", ok=False, text=f"{place}not held by {bench.seen.as_of}{after}")


def _evidence_reason(bench: Bench, proven: _Proven) -> Reason:
    """H2: for enough days there is evidence, received and unchanged."""
    enough = len(days_of(proven.whole)) >= proven.holding.minimum
    looked_at = proven.whole if enough else proven.holding.times
    bare = days_of(each for each in looked_at if not each.evidence)
    if bare:
        return Reason(rule="H2", ok=False, text=f"there is no evidence for {listed(map(str, bare))}")
    digests = dict.fromkeys(digest for each in looked_at for digest in each.evidence)
    reason = evidence_reason("H2", digests, bench.flawed, what="evidence")
    return Reason(rule="H2", ok=enough, text=reason.text)


def _window_reason(bench: Bench, proven: _Proven) -> Reason:
    """H3: enough of what is proven lies inside the counting window, its two ends included."""
    first, last = bench.window
    looked_at = proven.whole or proven.holding.times
    inside = [on for on in days_of(looked_at) if first <= on <= last]
    window = window_text(bench.window)
    if not looked_at:
        return Reason(rule="H3", ok=False, text=f"no day to compare with {window}")
    enough = len(inside) >= proven.holding.minimum
    days = listed(map(str, inside if enough else days_of(looked_at)))
    partly = f"only {len(inside)} of at least {proven.holding.minimum} inside"
    where = "inside" if enough else partly if inside else "outside"
    return Reason(rule="H3", ok=enough, text=f"held on {days}, {where} {window}")


def _proof_reason(proven: _Proven, indicator: Indicator) -> Reason:
    """H5: enough of what lies in the window has a proof of a kind that the indicator asks for."""
    asked = indicator.rule.proof
    given = listed(sorted({each.proof for each in proven.best if each.proof}))
    fits = len(days_of(_fitting(proven, indicator))) >= proven.holding.minimum
    asks = f"{indicator.id} asks for {listed(asked, 'or')}" if asked else f"{indicator.id} takes any proof"
    return Reason(rule="H5", ok=fits, text=f"{asks}; given: {given or 'nothing'}")
