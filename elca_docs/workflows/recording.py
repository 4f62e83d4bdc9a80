"""`record`: what happened without a file (contacted, negotiating, ended, amended), and the correction of an entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import get_args

from elca_docs.errors import Problem, RequestError
from elca_docs.model.log_events import (
    Amended,
    Contacted,
    Corrected,
    Ended,
    Exit,
    Held,
    LogEvent,
    Negotiating,
    Received,
    Referenced,
    Registered,
    Sent,
    Signed,
    line_of,
)
from elca_docs.model.masks import next_number, numbered
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk, announced, day_of
from elca_docs.workflows.naming import agreement_of
from elca_docs.workflows.summary import Summary

UNDOABLE = (Contacted, Negotiating, Ended, Held, Received, Signed, Registered, Sent, Corrected)
"""What a correction may undo; a reference and a draft stay what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the flags say, as typed."""

    ref: str
    on: str
    note: str
    exit_: str
    reason: str
    entry: str


def record(  # noqa: PLR0913 - one argument per flag
    desk: Desk,
    *,
    kind: str,
    ref: str = "",
    on: str = "",
    note: str = "",
    exit_: str = "",
    reason: str = "",
    entry: str = "",
    dry_run: bool = False,
) -> Summary:
    """Write one entry into the register and say how it reads."""
    decision = _KINDS.get(kind)
    if decision is None:
        message = f"'{kind}' cannot be recorded"
        raise RequestError(Problem("unknown-name", message, fix=f"use one of {', '.join(_KINDS)}"))
    said = _Said(ref=ref, on=on, note=note, exit_=exit_, reason=reason, entry=entry)
    if dry_run:
        events = decision(desk, desk.register.view(), said)
        return Summary(lines=tuple(f"would write to the register: {line_of(event)}" for event in events))
    appended = desk.register.append(lambda view: decision(desk, view, said))
    archive.refresh(desk)
    written = (f"written to the register: {line_of(event)}" for event in appended.events)
    return Summary(lines=(*written, *announced(appended)))


def _contacted(desk: Desk, view: RegisterView, said: _Said) -> list[LogEvent]:
    agreement = _open_agreement(desk, view, said)
    return [Contacted(agreement=agreement, on=_past_day(desk, said), note=said.note)]


def _negotiating(desk: Desk, view: RegisterView, said: _Said) -> list[LogEvent]:
    agreement = _open_agreement(desk, view, said)
    return [Negotiating(agreement=agreement, on=_past_day(desk, said), note=said.note)]


def _ended(desk: Desk, view: RegisterView, said: _Said) -> list[LogEvent]:
    agreement = _open_agreement(desk, view, said)
    exits: dict[str, Exit] = {each: each for each in get_args(Exit)}
    if said.exit_ not in exits:
        message = f"--exit '{said.exit_}' does not say how it ended"
        raise RequestError(Problem("flags-unclear", message, fix=f"use one of {', '.join(exits)}"))
    return [Ended(agreement=agreement, exit=exits[said.exit_], on=_past_day(desk, said), reason=_reason(said))]


def _amended(desk: Desk, view: RegisterView, said: _Said) -> list[LogEvent]:
    """Give the next amendment of a signed agreement its reference; its text goes out and comes back like any other."""
    agreement = _open_agreement(desk, view, said)
    history = view.history(agreement)
    if "/" in agreement:
        message = f"{history.reference} is an amendment itself"
        raise RequestError(Problem("cannot-amend", message, fix="amend the agreement, not its amendment"))
    if not history.registered:
        message = f"{said.ref} is not signed by all parties yet, so there is nothing to amend"
        raise RequestError(Problem("cannot-amend", message, fix="change the records and send the next version"))
    series = f"{history.reference}/A{{seq}}"
    seq = next_number(series, view.series)
    child = numbered(series, seq)
    given = Referenced(agreement=f"{agreement}/A{seq}", reference=child, series=series, seq=seq)
    return [given, Amended(reference=history.reference, child=child)]


def _corrected(_: Desk, view: RegisterView, said: _Said) -> list[LogEvent]:
    found = next((entry for entry in view.entries if entry.address == said.entry), None)
    if found is None:
        message = f"the register has no entry '{said.entry}'"
        raise RequestError(Problem("unknown-name", message, fix="invoke register.log shows the address of each entry"))
    if said.entry in undone_addresses(view.entries):
        message = f"entry {said.entry} is undone already"
        raise RequestError(Problem("nothing-to-undo", message, fix="nothing is to be done"))
    _undoable(found, view)
    return [Corrected(undoes=said.entry, reason=_reason(said))]


def _undoable(found: Entry, view: RegisterView) -> None:
    """Refuse to undo what other entries stand on."""
    event = found.event
    if not isinstance(event, UNDOABLE):
        message = f"entry {found.address} ({event.kind}) cannot be undone"
        ref = event.child if isinstance(event, Amended) else getattr(event, "reference", "REFERENCE")
        fix = f"its number stays given; end what it began: invoke record ended --ref {ref} --exit void --reason …"
        raise RequestError(Problem("cannot-undo", message, fix=fix))
    if isinstance(event, Signed) and view.history(view.by_reference[event.reference]).registered:
        message = f"entry {found.address} is a signature of a registered agreement"
        fix = "undo its registration first; the register number stays used"
        raise RequestError(Problem("cannot-undo", message, fix=fix))
    if isinstance(event, Corrected) and _taken(event.undoes, view):
        message = f"entry {found.address} took back entry {event.undoes}, in whose place another one stands by now"
        raise RequestError(Problem("cannot-undo", message, fix="undo that later entry first (see invoke register.log)"))
    if isinstance(event, Sent) and _signed_on(event, view):
        message = f"entry {found.address} sent version {event.version}, and signatures stand on it"
        raise RequestError(Problem("cannot-undo", message, fix="undo those signatures first"))
    if isinstance(event, Received) and _proves_something(event, view):
        message = f"entry {found.address} received a file on which signatures or proofs still stand"
        raise RequestError(Problem("cannot-undo", message, fix="undo those entries first; the file itself stays kept"))


def _taken(address: str, view: RegisterView) -> bool:
    """Whether what was taken back at an address cannot come back: its agreement has another of the kind by now."""
    event = next(entry.event for entry in view.entries if entry.address == address)
    match event:
        case Signed():
            return event.party in view.history(view.by_reference.get(event.reference, "")).signed_parties
        case Registered():
            return view.history(view.by_reference.get(event.reference, "")).registered is not None
        case Ended():
            return view.history(event.agreement).ended is not None
        case _:
            return False


def _signed_on(event: Sent, view: RegisterView) -> bool:
    """Whether a signature stands on the version that was sent."""
    signatures = view.history(view.by_reference.get(event.reference, "")).signatures
    return any(each.version == event.version for each in signatures)


def _proves_something(event: Received, view: RegisterView) -> bool:
    """Whether a signature or a proof of what this file was received for stands on it."""
    signed = view.history(view.by_reference.get(event.subject, "")).signatures
    held = view.held.get(event.subject, ())
    return any(each.evidence == event.sha256 for each in signed) or any(event.sha256 in each.evidence for each in held)


def _open_agreement(desk: Desk, view: RegisterView, said: _Said) -> str:
    if not said.ref:
        raise RequestError(Problem("flags-unclear", "no agreement is named", fix="add --ref with its reference or id"))
    agreement = agreement_of(desk.portfolio, view, said.ref).id
    if ended := view.history(agreement).ended:
        message = f"{said.ref} ended on {ended.on.isoformat()} ({ended.exit})"
        raise RequestError(Problem("agreement-ended", message, fix="correct that entry first if it was wrong"))
    return agreement


def _past_day(desk: Desk, said: _Said) -> date:
    day = day_of(said.on, "on") if said.on else desk.today
    if day > desk.today:
        message = f"--on {day.isoformat()} lies in the future (today is {desk.today.isoformat()})"
        raise RequestError(Problem("date-in-future", message, fix="write down what has happened, when it has happened"))
    return day


def _reason(said: _Said) -> str:
    if not said.reason.strip():
        raise RequestError(Problem("flags-unclear", "no reason is given", fix="add --reason with one sentence"))
    return said.reason.strip()


_KINDS: dict[str, Callable[[Desk, RegisterView, _Said], list[LogEvent]]] = {
    "contacted": _contacted,
    "negotiating": _negotiating,
    "ended": _ended,
    "amended": _amended,
    "corrected": _corrected,
}
