"""What became of each agreement, step by step, up to the day of a report.

Decisions held here and nowhere else:
- A step stands on the day that it counts by (see `seen`): a signature on its own day, a draft on the day of the log.
- A register number stands on the day of the last signature, from which on it counts, whenever it was given.
- A draft that was made again takes the place of the one before it; so does a version that was registered again.
- What was undone is left out: the record sheet tells the whole history, corrections included.

Pure. May not compute a status, and does not know whether a file is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, cast

from elca_docs.model import log_events as log
from elca_docs.model.figures import StatusReport
from elca_docs.model.lives import LifeKind, LifeStep
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.tracking.naming import party_label
from elca_docs.tracking.seen import day_of, logged_day

_STEPS: Final = (log.Contacted, log.Negotiating, log.Drafted, log.Sent, log.Signed, log.Registered, log.Ended)


def lives_of(report: StatusReport, portfolio: Portfolio, view: RegisterView) -> Mapping[str, tuple[LifeStep, ...]]:
    """Return the steps of every agreement and amendment that the register knows, by its id, in order of day."""
    undone = undone_addresses(view.entries)
    lives: dict[str, dict[tuple[str, str], LifeStep]] = {}
    for entry in view.entries:
        agreement = _agreement_of(entry.event, view)
        step = _step(entry, portfolio) if agreement and entry.address not in undone else None
        if step:
            steps = lives.setdefault(agreement, {})
            steps.pop((step.kind, step.what), None)  # the newest one of its kind, in its own place
            steps[step.kind, step.what] = step
    found = {agreement: _until(report.as_of, steps.values()) for agreement, steps in lives.items()}
    return {agreement: steps for agreement, steps in found.items() if steps}


def _until(as_of: date, steps: Iterable[LifeStep]) -> tuple[LifeStep, ...]:
    """Return the steps up to a day in order of day, the register number on the day of the last signature."""
    every = tuple(steps)
    signed = max((each.day for each in every if each.kind == "signed"), default=None)
    placed = (replace(each, day=signed) if signed and each.kind == "registered" else each for each in every)
    return tuple(sorted((each for each in placed if each.day <= as_of), key=lambda each: each.day))


def _agreement_of(event: log.LogEvent, view: RegisterView) -> str:
    """Return the id of the agreement that an event is about; empty where it is about none, or its reference rests."""
    reference = getattr(event, "reference", "")
    return str(getattr(event, "agreement", "") or view.by_reference.get(reference, ""))


def _step(entry: Entry, portfolio: Portfolio) -> LifeStep | None:
    """Return an entry as a step of a life; None where it is none."""
    event = entry.event
    if not isinstance(event, _STEPS):
        return None
    return LifeStep(
        kind=cast("LifeKind", event.kind),
        day=day_of(entry, portfolio.project) or logged_day(entry.at, portfolio.project),
        what=_what(event, portfolio),
        paths=_paths(event),
        evidence=event.evidence if isinstance(event, log.Signed) else "",
    )


def _what(event: log.LogEvent, portfolio: Portfolio) -> str:
    match event:
        case log.Drafted():
            other = event.language not in {"", portfolio.project.language}
            return f"version {event.version}{f' ({event.language})' if other else ''}"
        case log.Sent():
            return f"version {event.version}" if event.origin == "ours" else event.origin
        case log.Signed():
            return party_label(portfolio, event.party)
        case log.Registered():
            return event.number
        case log.Ended():
            return event.exit
        case _:
            return ""


def _paths(event: log.LogEvent) -> tuple[str, ...]:
    """Return the files that an event names, relative to the project folder."""
    match event:
        case log.Drafted():
            return (f"output/{event.name}",)
        case log.Sent(name=str(name)) if name:
            return (f"register/issued/{name}.pdf", f"register/issued/{name}.docx")
        case _:
            return ()
