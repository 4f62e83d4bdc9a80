"""`verify --file`: whether exactly these bytes are ours, what they are, of which agreement, and where that stands.

Told from the log alone; the records only give the name of the other side. That a file is not known says nothing
against it: one byte more, a page printed anew or a copy re-saved makes another file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.errors import Location, Problem
from elca_docs.model.log_events import Approved, Drafted, LogEvent, Received, Sent
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, Entry, RegisterView, undone_addresses
from elca_docs.tracking import party_label
from elca_docs.workflows.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """One thing that a file is."""

    what: str
    subject: str
    entry: Entry
    undone: bool


def recognised(file: str, digest: str, view: RegisterView, portfolio: Portfolio | None) -> Summary:
    """Return what the file with this digest is; exit code 1 where the register does not know it."""
    undone = undone_addresses(view.entries)
    known = [
        _Known(what=what, subject=subject, entry=entry, undone=entry.address in undone)
        for entry in view.entries
        for what, subject in _matching(entry.event, digest)
    ]
    if not known:
        message = f"the register knows no file with exactly these bytes (sha256 {digest})"
        fix = "a copy that was saved again, printed or cut is another file: compare with register/issued and signed"
        problem = Problem("file-not-known", message, Location(file), fix)
        return Summary(problems=(problem,), json={"file": file, "sha256": digest, "known": []})
    return Summary(
        lines=(f"{file} is ours, byte for byte (sha256 {digest}):", *_lines(known, view, portfolio)),
        json={"file": file, "sha256": digest, "known": [_json(each, view) for each in known]},
    )


def _matching(event: LogEvent, digest: str) -> Iterator[tuple[str, str]]:
    """Yield what the file is by this event, and of what."""
    match event:
        case Drafted(file=sha256) if sha256 == digest:
            yield f"the draft of version {event.version}, '{event.name}', not signed by anybody", event.reference
        case Sent(docx=sha256) if sha256 == digest:
            yield f"version {event.version} as it was sent (Word)", event.reference
        case Sent(pdf=sha256) if sha256 == digest:
            yield f"version {event.version} as it was sent for signature, not signed by anybody", event.reference
        case Received(sha256=sha256) if sha256 == digest:
            waits = ", which waits for a person" if event.waits else ""
            yield f"evidence, received as '{event.name}'{waits}", event.subject
        case Approved(template=sha256) if sha256 == digest:
            yield f"the template '{event.name}' as it was approved", ""
        case _:
            pass


def _lines(known: list[_Known], view: RegisterView, portfolio: Portfolio | None) -> Iterator[str]:
    for each in known:
        mark = "UNDONE " if each.undone else ""
        yield f"  {mark}{each.what} (entry {each.entry.address}, {each.entry.at[:10]})"
        history = _history(each.subject, view)
        if history:
            yield f"  of {_called(history, each.subject, portfolio)}: {_state(history)}"
            yield from _signatures(history, portfolio)
        elif each.subject:
            days = ", ".join(held.on.isoformat() for held in view.held.get(each.subject, ()))
            yield f"  of {each.subject}: {f'held on {days}' if days else 'nothing stands on it'}"


def _history(subject: str, view: RegisterView) -> AgreementHistory | None:
    agreement = view.by_reference.get(subject)
    return view.agreements.get(agreement) if agreement else None


def _called(history: AgreementHistory, subject: str, portfolio: Portfolio | None) -> str:
    record = portfolio.agreement(history.agreement) if portfolio else None
    others = [party_label(portfolio, each) for each in record.counterparts] if portfolio and record else []
    return " · ".join([subject, history.agreement, *others])


def _state(history: AgreementHistory) -> str:
    """Return how far an agreement got, as the register alone can say."""
    if history.ended:
        return f"{history.ended.exit} on {history.ended.on.isoformat()}"
    if history.registered:
        return f"registered as {history.registered.number}"
    reached = ((history.signatures, "signed by some"), (history.sent, "sent"), (history.drafts, "drafted"))
    return next((word for seen, word in reached if seen), "named")


def _signatures(history: AgreementHistory, portfolio: Portfolio | None) -> Iterator[str]:
    for each in history.signatures:
        party = party_label(portfolio, each.party) if portfolio else each.party
        yield f"    signed by {party} on {each.on.isoformat()}, {each.basis}"


def _json(known: _Known, view: RegisterView) -> dict[str, object]:
    history = _history(known.subject, view)
    return {
        "what": known.what,
        "of": known.subject or None,
        "agreement": history.agreement if history else None,
        "state": _state(history) if history else None,
        "entry": known.entry.address,
        "undone": known.undone,
    }
