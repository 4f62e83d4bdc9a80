"""Late arrivals: what was signed in a period and registered only after the period's cut was made.

A report on the cut cannot know of them, and the next one's figures stand on them: so the next one says them by name.
Only the log decides what is late, never a clock. May not judge whether anything counts.
"""

from __future__ import annotations

from datetime import date

from elca_docs.model.figures import LateArrival
from elca_docs.model.log_events import Signed
from elca_docs.model.periods import Period
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.tracking.naming import natural


def late_arrivals(view_at_cut: RegisterView, view_now: RegisterView, period: Period) -> tuple[LateArrival, ...]:
    """Return the agreements with a signature of the period that the cut did not know, in order of their references.

    A signature that the cut knew on the same day, and that was only entered anew since, is not late.
    """
    known = {(each.reference, each.party, each.on) for each, _ in _signatures(view_at_cut)}
    late: dict[str, list[tuple[Signed, Entry]]] = {}
    for signed, entry in _signatures(view_now):
        if period.holds(signed.on) and (signed.reference, signed.party, signed.on) not in known:
            late.setdefault(signed.reference, []).append((signed, entry))
    return tuple(_arrival(view_now, reference, late[reference]) for reference in sorted(late, key=natural))


def _signatures(view: RegisterView) -> list[tuple[Signed, Entry]]:
    """Return the signatures that stand, each with its entry."""
    undone = undone_addresses(view.entries)
    standing = (each for each in view.entries if each.address not in undone)
    return [(each.event, each) for each in standing if isinstance(each.event, Signed)]


def _arrival(view: RegisterView, reference: str, found: list[tuple[Signed, Entry]]) -> LateArrival:
    registered = view.history(view.by_reference.get(reference, "")).registered
    return LateArrival(
        reference=reference,
        number=registered.number if registered else "",
        signed_on=max(signed.on for signed, _ in found),
        registered_on=max(date.fromisoformat(entry.at[:10]) for _, entry in found),
    )
