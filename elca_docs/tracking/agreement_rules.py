"""The numbered rules under which an agreement counts, each with a sentence that names the values it looked at.

    C1 all parties have signed        C5 an indicator counts its class
    C2 it has a register number       C6 it counts there once (see claims)
    C3 the evidence is there, whole   C7 it has not ended
    C4 its day lies in the window

Source: DESIGN.md, "Counted". Every rule is evaluated, whatever the others say. The proof of an agreement is its signed
copy, whatever kinds of proof an indicator lists for other things. May not change what it looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from elca_docs.model.figures import Reason
from elca_docs.model.indicators import Indicator
from elca_docs.model.portfolio import Portfolio
from elca_docs.tracking.bench import Bench, evidence_reason, window_text
from elca_docs.tracking.naming import dated, listed, natural
from elca_docs.tracking.standing import TWO, Standing


def all_signed(bench: Bench, standing: Standing) -> Reason:
    """C1: every party has signed by the day of the report, and there are at least two."""
    days = dated((bench.called(party), day) for party, day in standing.signed.items())
    if not standing.agreement.counterparts:
        return Reason(rule="C1", ok=False, text="no counterpart is known yet, so nobody can sign")
    if len(standing.parties) < TWO:
        alone = listed(bench.called(party) for party in standing.parties)
        return Reason(rule="C1", ok=False, text=f"an agreement needs two parties, and only {alone} is named")
    if standing.complete:
        return Reason(rule="C1", ok=True, text=f"all {len(standing.parties)} parties have signed: {days}")
    later = dated((bench.called(party), day) for party, day in standing.later.items())
    absent = [bench.called(each) for each in standing.parties if each not in {*standing.signed, *standing.later}]
    parts = (
        absent and f"no signature of {listed(absent)}",
        later and f"signed after {bench.seen.as_of}: {later}",
        days and f"signed: {days}",
    )
    return Reason(rule="C1", ok=False, text="; ".join(part for part in parts if part))


def is_registered(standing: Standing) -> Reason:
    """C2: the register number was given."""
    if standing.number:
        return Reason(rule="C2", ok=True, text=f"registered as {standing.number}")
    return Reason(rule="C2", ok=False, text="no register number: it is given when all parties have signed")


def has_evidence(bench: Bench, standing: Standing) -> Reason:
    """C3: each signature has its signed copy, and every copy is in the register and unchanged."""
    if standing.unproven:
        names = listed(bench.called(party) for party in standing.unproven)
        return Reason(rule="C3", ok=False, text=f"there is no signed copy behind the signature of {names}")
    return evidence_reason("C3", standing.evidence, bench.flawed, what="signed copy")


def in_window(bench: Bench, standing: Standing) -> Reason:
    """C4: the day on which the last party had signed lies inside the counting window, its two ends included."""
    first, last = bench.window
    window = window_text(bench.window)
    day = standing.signed_on
    if day is None:
        return Reason(rule="C4", ok=False, text=f"no day to compare with {window}: not all parties have signed")
    inside = first <= day <= last
    return Reason(rule="C4", ok=inside, text=f"signed on {day}, {'inside' if inside else 'outside'} {window}")


def class_counts(standing: Standing, indicators: Iterable[Indicator]) -> Reason:
    """C5: at least one indicator counts agreements of this class."""
    names = listed(each.id for each in indicators)
    code = standing.agreement.class_
    text = f"class {code} counts toward {names}" if names else f"no indicator counts class {code}"
    return Reason(rule="C5", ok=bool(names), text=text)


def not_over(standing: Standing) -> Reason:
    """C7: it was not declined, withdrawn, replaced or void; expired is no obstacle once all had signed."""
    ended = standing.ended
    if ended:
        why = f": {ended.reason}" if ended.reason else ""
        tail = "" if standing.over else "; all had signed, so it counts for good"
        return Reason(rule="C7", ok=not standing.over, text=f"{ended.exit} on {ended.on}{why}{tail}")
    if standing.replaced_by and standing.over:
        return Reason(rule="C7", ok=False, text=f"{standing.replaced_by} replaces it in the records")
    if standing.replaced_by:
        text = f"{standing.replaced_by} is to replace it, but all have signed it and the register has not ended it"
        return Reason(rule="C7", ok=True, text=text)
    return Reason(rule="C7", ok=True, text=_term(standing))


def _term(standing: Standing) -> str:
    """Return what is to be said of an agreement that the register has not ended: whether its own term is over."""
    if standing.last_day is None or standing.last_day >= standing.as_of:
        return "not ended"
    term = f"{standing.signed_on} to {standing.last_day}"
    if standing.amended:
        reference, on = standing.amended[-1]
        return f"not ended: its own term was {term}, and {reference} amends it from {on}"
    return f"ran from {term}, as its terms say; all had signed, so it counts for good"


def counting_classes(portfolio: Portfolio) -> Mapping[str, tuple[Indicator, ...]]:
    """Return the indicators that count each class; a rule that names no class counts every one."""
    rules = [each for each in portfolio.indicators if each.rule.counts == "agreements"]
    every = sorted(rules, key=lambda each: natural(each.id))
    return {
        code: tuple(each for each in every if code in each.rule.classes or not each.rule.classes)
        for code in portfolio.class_by_id
    }
