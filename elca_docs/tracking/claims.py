"""Who counts first where one organisation or sector may count only once in an indicator.

The order is that of the log: the place at which the proof of a thing became complete, which for agreements is the
order of register numbers. So what comes in later never takes away what already counted, and the order of the records
plays no part. With several organisations or sectors a thing counts while it brings at least one that has not counted:
a company's second agreement, with another company, is a second agreement. May not judge proof: a claim says itself
whether it is entitled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from elca_docs.model.figures import Reason
from elca_docs.model.indicators import Indicator
from elca_docs.tracking.naming import listed, natural


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What wants to count in one indicator.

    `place` is the place in the log at which its proof was complete, None while another rule speaks against it. `keys`
    are the organisations or sectors it uses up; `kin` the agreements that it replaces or amends or that replace or
    amend it, of which only one counts.
    """

    id: str
    place: int | None
    keys: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Which claims count, in the order in which they came, and the reason for each claim under the once-only rule."""

    counted: tuple[str, ...]
    reasons: Mapping[str, Reason]


def settled(rule: str, indicator: Indicator, claims: Iterable[Claim], called: Callable[[str], str]) -> Settled:
    """Return who counts in the indicator; `called` names a record, an organisation or a sector in a sentence."""
    every = tuple(claims)
    entitled = [(claim.place, natural(claim.id), claim) for claim in every if claim.place is not None]
    ledger = _Ledger(rule=rule, indicator=indicator, called=called)
    for _, _, claim in sorted(entitled, key=lambda ranked: ranked[:2]):
        if ledger.reason(claim).ok:
            ledger.take(claim)
    return Settled(counted=tuple(ledger.counted), reasons={claim.id: ledger.reason(claim) for claim in every})


@dataclass(kw_only=True)
class _Ledger:
    """What counts so far in one indicator, and through what each organisation or sector is used up."""

    rule: str
    indicator: Indicator
    called: Callable[[str], str]
    counted: list[str] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)

    def take(self, claim: Claim) -> None:
        """Let a claim count."""
        self.counted.append(claim.id)
        for key in claim.keys:
            self.users.setdefault(key, claim.id)

    def reason(self, claim: Claim) -> Reason:
        """Return whether the claim comes first, beside all others that count so far."""
        relatives = sorted(claim.kin.intersection(self.counted), key=natural)
        if relatives:
            stands_for = f"{self.called(relatives[0])} stands for the same agreement and"
            return self._said(f"{stands_for} already counts in {self.indicator.id}", ok=False)
        if self.indicator.rule.distinct_by == "record":
            return self._said(f"{self.indicator.id} counts each one", ok=True)
        return self._distinct(claim)

    def _distinct(self, claim: Claim) -> Reason:
        """Return whether no other claim has used up one of its organisations or sectors."""
        keys = sorted(claim.keys, key=natural)
        if not keys:
            by = self.indicator.rule.distinct_by
            return self._said(f"{self.indicator.id} counts each {by} once, and no {by} is named", ok=False)
        new = [key for key in keys if self.users.get(key, claim.id) == claim.id]
        if new:
            names = listed(self.called(key) for key in new)
            return self._said(f"nothing else counts for {names} in {self.indicator.id}", ok=True)
        users = listed(dict.fromkeys(self.called(self.users[key]) for key in keys))
        names = listed(self.called(key) for key in keys)
        return self._said(f"{users} already counts for {names} in {self.indicator.id}", ok=False)

    def _said(self, text: str, *, ok: bool) -> Reason:
        return Reason(rule=self.rule, ok=ok, text=text)
