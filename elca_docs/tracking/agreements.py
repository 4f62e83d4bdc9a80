"""One status row per named agreement and per free place of a slot record, with the reason for every rule.

Decisions held here and nowhere else:
- A place of a slot record is taken by an agreement that `fills` it and is not over, or by one that replaces such a one.
  Places are taken from the first on, so that "CS-NORD#3" keeps its name while #1 and #2 are being filled; a place
  whose agreement is over is free again.
- An amendment has a row of its own beside the agreements, never among them: it counts nowhere, takes no place and is
  not pending. Of it only the rules C1, C2, C3 and C7 are asked.
- Rows stand in the order of the classes in project.yaml, then by id as people count (T2-9 before T2-10).

May not read files, and takes the log as it is: it was folded and checked before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from elca_docs.model.figures import AgreementStatus, Reason
from elca_docs.model.indicators import Indicator
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Identifier
from elca_docs.tracking.agreement_rules import (
    all_signed,
    class_counts,
    counting_classes,
    has_evidence,
    in_window,
    is_registered,
    not_over,
)
from elca_docs.tracking.bench import Bench
from elca_docs.tracking.claims import Claim, Settled, settled
from elca_docs.tracking.naming import natural
from elca_docs.tracking.standing import Standing, amendments_of, kin_of, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRows:
    """All rows in order, and what counts in each indicator, in order of register numbers."""

    rows: tuple[AgreementStatus, ...]
    amendments: tuple[AgreementStatus, ...]
    counted: Mapping[str, tuple[str, ...]]


def agreement_rows(bench: Bench) -> AgreementRows:
    """Return where every agreement stands as of the day, and which ones count."""
    portfolio = bench.portfolio
    order = {each.id: place for place, each in enumerate(portfolio.project.classes)}
    named = [standing_of(portfolio, bench.seen, each) for each in portfolio.agreements if not each.is_slot]
    free = [standing_of(portfolio, bench.seen, each) for each in _free_places(portfolio, named)]
    standings = sorted([*named, *free], key=lambda each: (order[each.agreement.class_], natural(each.agreement.id)))
    general = {str(each.agreement.id): _general(bench, each) for each in standings}
    decided = _decided(bench, standings, general)
    rows = tuple(_counting_row(bench, each, general[each.agreement.id], decided) for each in standings)
    amended = [each for each in named if each.history.amendments]
    return AgreementRows(
        rows=rows,
        amendments=tuple(_amendment_rows(bench, sorted(amended, key=lambda each: natural(each.agreement.id)))),
        counted={name: each.counted for name, each in decided.items()},
    )


def _amendment_rows(bench: Bench, amended: list[Standing]) -> Iterator[AgreementStatus]:
    """Yield where each amendment stands, by what it amends."""
    for original in amended:
        for standing in amendments_of(bench.portfolio, bench.seen, original.history):
            asked = (
                all_signed(bench, standing), is_registered(standing), has_evidence(bench, standing), not_over(standing)
            )  # fmt: skip
            row = _row(bench, standing, asked, counted_in=())
            in_force = original.complete and standing.complete and not standing.ended
            yield replace(row, pending=False, amends=original.agreement.id, in_force=in_force)


def _free_places(portfolio: Portfolio, named: list[Standing]) -> list[Agreement]:
    """Return one agreement without counterpart per place of a slot record that is not taken."""
    taken = Counter(_fills(portfolio, each.agreement) for each in named if not each.over)
    return [
        replace(each, id=Identifier(f"{each.id}#{place}"), slots=0, counterparts=(), fills=None, replaces=None)
        for each in portfolio.agreements
        for place in range(taken[each.id] + 1, each.slots + 1)
    ]


def _fills(portfolio: Portfolio, agreement: Agreement) -> str:
    """Return the slot record that an agreement takes a place of: its own, or that of what it replaces."""
    met: set[str] = set()
    now: Agreement | None = agreement
    while now and not now.fills and now.id not in met:
        met.add(now.id)
        now = portfolio.agreement_by_id.get(now.replaces) if now.replaces else None
    return (now.fills or "") if now else ""


def _general(bench: Bench, standing: Standing) -> dict[str, Reason]:
    """Return the reasons that are the same whatever the indicator."""
    reasons = (
        all_signed(bench, standing),
        is_registered(standing),
        has_evidence(bench, standing),
        in_window(bench, standing),
        not_over(standing),
    )
    return {reason.rule: reason for reason in reasons}


def _decided(
    bench: Bench, standings: list[Standing], general: Mapping[str, Mapping[str, Reason]]
) -> dict[str, Settled]:
    """Return, by indicator, which agreements count and why the others come too late."""
    kin = kin_of(bench.portfolio, bench.seen)
    numbers = {str(each.agreement.id): each.number for each in standings if each.number}

    def called(identifier: str) -> str:
        number = numbers.get(identifier)
        return f"{identifier} ({number})" if number else bench.called(identifier)

    claims: dict[str, list[Claim]] = {}
    by_id = bench.portfolio.indicator_by_id
    counting = counting_classes(bench.portfolio)
    for standing in standings:
        agreement = standing.agreement
        proven = all(reason.ok for reason in general[agreement.id].values())
        for indicator in counting[agreement.class_]:
            keys = _keys(bench.portfolio, agreement, indicator)
            entitled = proven and (bool(keys) or indicator.rule.distinct_by == "record")
            claim = Claim(
                id=agreement.id,
                place=standing.completed if entitled else None,
                keys=keys,
                kin=kin.get(agreement.id, frozenset()),
            )
            claims.setdefault(indicator.id, []).append(claim)
    return {name: settled("C6", by_id[name], each, called) for name, each in claims.items()}


def _keys(portfolio: Portfolio, agreement: Agreement, indicator: Indicator) -> frozenset[str]:
    """Return the organisations, or their sectors, that an agreement uses up in an indicator."""
    match indicator.rule.distinct_by:
        case "organisation":
            return frozenset(agreement.counterparts)
        case "sector":
            organisations = (portfolio.organisation_by_id.get(each) for each in agreement.counterparts)
            return frozenset(sector for each in organisations if each for sector in each.sectors)
        case _:
            return frozenset()


def _counting_row(
    bench: Bench, standing: Standing, general: Mapping[str, Reason], decided: Mapping[str, Settled]
) -> AgreementStatus:
    """Return the status row of one agreement that may count."""
    agreement = standing.agreement
    indicators = counting_classes(bench.portfolio)[agreement.class_]
    because = (
        *(general[rule] for rule in ("C1", "C2", "C3", "C4")),
        class_counts(standing, indicators),
        *_once(agreement, indicators, decided),
        general["C7"],
    )
    counted_in = tuple(str(each.id) for each in indicators if agreement.id in decided[each.id].counted)
    return _row(bench, standing, because, counted_in=counted_in)


def _row(
    bench: Bench, standing: Standing, because: tuple[Reason, ...], *, counted_in: tuple[str, ...]
) -> AgreementStatus:
    """Return the status row of one agreement or amendment."""
    agreement = standing.agreement
    on_the_road = counted_in and standing.exit is None
    pending = bool(agreement.counterparts) and not standing.complete and standing.exit is None
    late = agreement.expected is not None and agreement.expected.last_day < bench.seen.as_of
    names = [bench.portfolio.party(each).name for each in agreement.counterparts]
    return AgreementStatus(
        id=agreement.id,
        reference=standing.history.reference,
        class_=agreement.class_,
        responsible=agreement.responsible,
        counterpart=" · ".join(names),
        counterparts=agreement.counterparts,
        mission=agreement.mission or "",
        expected=agreement.expected,
        status="counted" if on_the_road else standing.status,
        pending=pending,
        overdue=pending and late,
        signed_parties=tuple(standing.signed),
        signed_on=standing.signed_on,
        register_number=standing.number,
        counted=bool(counted_in),
        counted_in=counted_in,
        because=because,
        evidence=standing.evidence,
        marks=_marks(bench, standing),
    )


def _once(
    agreement: Agreement, indicators: tuple[Indicator, ...], decided: Mapping[str, Settled]
) -> tuple[Reason, ...]:
    """Return rule C6 once per indicator that counts the class."""
    if indicators:
        return tuple(decided[each.id].reasons[agreement.id] for each in indicators)
    return (Reason(rule="C6", ok=True, text="nothing to compare with: no indicator counts its class"),)


def _marks(bench: Bench, standing: Standing) -> tuple[str, ...]:
    """Return what a reader should know of it besides its status."""
    marks: list[str] = []
    origin = standing.history.sent[-1].origin if standing.history.sent else "ours"
    if origin != "ours":
        marks.append(f"on {origin}" if origin == "their text" else origin)
    if standing.confirmed:
        marks.append("confirmed by a person")
    if standing.number and standing.given_on and standing.given_on > bench.seen.as_of:
        marks.append(f"registered later, on {standing.given_on}")
    if standing.agreement.replaces:
        marks.append(f"replaces {standing.agreement.replaces}")
    if standing.replaced_by:
        marks.append(f"replaced by {standing.replaced_by}")
    if standing.complete:
        marks.extend(f"as amended by {reference}, in force from {on}" for reference, on in standing.amended)
    return tuple(marks)
