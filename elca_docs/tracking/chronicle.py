"""What the log tells of one thing, as lines in the order of the log, undone entries included. May not judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from elca_docs.model import log_events as log
from elca_docs.model.record_sheet import ToldEntry
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.tracking.naming import listed, short


def chronicle(view: RegisterView, subject: str, called: Callable[[str], str]) -> tuple[str, ...]:
    """Return one line per entry about a record or sector: the day, what happened, who entered it and where in the log.

    The day is the event's own, or else the day of the entry; `called` names a party in a sentence.
    """
    entries = entries_about(view, subject, called)
    return tuple(
        f"{each.day}  {each.what} ({each.entry}){f'; undone by {each.undone}' if each.undone else ''}"
        for each in entries
    )


def entries_about(view: RegisterView, subject: str, called: Callable[[str], str]) -> tuple[ToldEntry, ...]:
    """Return the entries about a record or sector, in the order of the log, undone ones included."""
    undone = undone_addresses(view.entries)
    corrections = {
        entry.event.undoes: f"entry {entry.address}: {entry.event.reason}"
        for entry in view.entries
        if isinstance(entry.event, log.Corrected) and entry.address not in undone
    }
    return tuple(
        ToldEntry(
            day=str(getattr(entry.event, "on", None) or entry.at[:10]),
            what=told(entry.event, called),
            entry=f"entry {entry.address} by {entry.actor}, {entry.at[:10]}",
            undone=corrections.get(entry.address, ""),
        )
        for entry in _about(view, subject)
    )


def _about(view: RegisterView, subject: str) -> Iterator[Entry]:
    """Yield the entries about a subject: by its id, by any reference it was ever given, or as a sector."""
    names = {subject}
    for entry in view.entries:
        if isinstance(entry.event, log.Referenced) and entry.event.agreement == subject:
            names.add(entry.event.reference)
    for entry in view.entries:
        event = entry.event
        said_of = {getattr(event, field, None) for field in ("agreement", "reference", "subject", "child")}
        if said_of & names or (isinstance(event, log.Held) and subject in event.sectors):
            yield entry


def told(event: log.LogEvent, called: Callable[[str], str]) -> str:
    """Return an event of the log in words."""
    match event:
        case log.Signed():
            return _signature(event, called)
        case log.Held():
            files = listed(f"{short(each)}…" for each in event.evidence) or "none"
            sectors = f", sectors {listed(event.sectors)}" if event.sectors else ""
            return f"held; proof: {event.proof or 'not stated'}, evidence {files}{sectors}"
        case log.Received():
            return f"file '{event.name}' received, {event.pages} pages, {short(event.sha256)}…"
        case log.Contacted() | log.Negotiating():
            return f"{event.kind}{f': {event.note}' if event.note else ''}"
        case log.Ended():
            return f"{event.exit}{f': {event.reason}' if event.reason else ''}"
        case _:
            return _step(event)


def _signature(event: log.Signed, called: Callable[[str], str]) -> str:
    basis = f"confirmed by {event.by or 'nobody named'}" if event.basis == "confirmed" else "proven by the file"
    method = "" if event.method in {"", "not stated"} else f", {event.method}"
    return f"signed by {called(event.party)}, {basis}{method}, signed copy {short(event.evidence) or 'none'}…"


def _step(event: log.LogEvent) -> str:
    match event:
        case log.Referenced():
            return f"reference {event.reference} given"
        case log.Drafted():
            return f"version {event.version} drafted as '{event.name}', {short(event.file)}…"
        case log.Sent():
            return f"version {event.version} sent{'' if event.origin == 'ours' else f', {event.origin}'}"
        case log.Registered():
            return f"registered as {event.number}"
        case log.Amended():
            return f"{event.reference} amended by {event.child}"
        case _:
            return _of_no_agreement(event)


def _of_no_agreement(event: log.LogEvent) -> str:
    match event:
        case log.Corrected():
            return f"entry {event.undoes} undone: {event.reason}"
        case log.Frozen():
            return f"cut '{event.name}' frozen as of {event.as_of}, on the first {event.position} segments"
        case _:
            return event.kind
