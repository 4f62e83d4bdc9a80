"""Numbers: each series counts up from 1, and every number that is not in use has its explanation in the log.

That no number is given twice is held by the fold itself: a log that does so cannot be read. May not look at records.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.log_events import Corrected, Referenced, Registered
from elca_docs.model.masks import next_number, numbered
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.tracking.audit.check import Check


def numbers(view: RegisterView) -> Check:
    """Return whether every number that a series skips is explained; what is undone is explained in the notes."""
    given = [entry for entry in view.entries if isinstance(entry.event, Referenced | Registered)]
    notes = tuple(_unused(view))
    return Check(
        name="numbers",
        looked_at=f"{len(given)} given, {len(notes)} of them undone and never given again",
        findings=tuple(_gaps(given)),
        notes=notes,
    )


def _gaps(given: list[Entry]) -> Iterator[Finding]:
    """Yield the numbers that no entry gave, replaying how each one was chosen."""
    highest: dict[str, int] = {}
    for entry in given:
        event = entry.event
        if isinstance(event, Referenced | Registered):
            wanted = next_number(event.series, highest)
            if event.seq > wanted:
                yield _gap(entry, numbered(event.series, wanted), numbered(event.series, event.seq))
            highest[event.series] = event.seq


def _gap(entry: Entry, skipped: str, number: str) -> Finding:
    segment = int(entry.address.partition(".")[0])
    return Finding(
        code="number-gap",
        severity="error",
        message=f"entry {entry.address} gives {number}, and nothing in the log says what became of {skipped}",
        location=Location(f"register/log/{segment:06}.jsonl"),
        fix="find out who gave that number and where its entry is; the log must never be changed by hand",
    )


def _unused(view: RegisterView) -> Iterator[str]:
    undone = undone_addresses(view.entries)
    corrections = {
        entry.event.undoes: entry
        for entry in view.entries
        if isinstance(entry.event, Corrected) and entry.address not in undone
    }
    for entry in view.entries:
        if isinstance(entry.event, Referenced | Registered) and entry.address in undone:
            number = entry.event.reference if isinstance(entry.event, Referenced) else entry.event.number
            by = corrections[entry.address]
            reason = by.event.reason if isinstance(by.event, Corrected) else ""
            yield f"{number} is not in use: entry {entry.address} was undone by entry {by.address}: {reason}"
