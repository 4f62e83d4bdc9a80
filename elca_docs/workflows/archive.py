"""The readable archive: signed, held, issued, cuts, SHA256SUMS below register/, rebuilt from the register at will."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.cuts import is_cut_name
from elca_docs.model.log_events import Frozen, Received, Sent
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning import archive_name, slug
from elca_docs.proof import Published, note_name
from elca_docs.workflows.desk import Desk


def refresh(desk: Desk) -> Published:
    """Let the archive show what the register says by now, and SHA256SUMS name all evidence that it ever received.

    Whoever writes last has seen the newest register, so a slow run never leaves an older list behind. A copy that the
    register names no more (an undone registration, a renamed counterpart) moves to register/withdrawn/.
    """
    view = desk.register.view()
    while True:
        received = {entry.event.sha256 for entry in view.entries if isinstance(entry.event, Received)}
        copies = dict(copies_of(desk.portfolio, view))
        issued = dict(_versions(view))
        desk.issued.show(issued)
        cuts = cuts_of(view)
        desk.cuts.show(cuts)
        others = {name.removeprefix("register/"): noted for name, noted in _noted(view)}
        shown = desk.proof.publish(copies, received, others=others | desk.cuts.digests(cuts))
        newer = desk.register.view()
        if newer.position == view.position:
            desk.proof.withdraw(copies, received)
            desk.issued.tidy(issued.values())
            desk.cuts.tidy(cuts.values())
            return shown
        view = newer


def notes_of(view: RegisterView) -> dict[str, str]:
    """Return the digest of the last note about each file of evidence, by the digest of the file."""
    events = (entry.event for entry in view.entries)
    return {each.sha256: each.note for each in events if isinstance(each, Received) and each.note}


def _noted(view: RegisterView) -> Iterator[tuple[str, str]]:
    """Yield name and digest of every note ever written beside evidence."""
    for entry in view.entries:
        if isinstance(entry.event, Received) and entry.event.note:
            yield note_name(entry.event.sha256, entry.event.note), entry.event.note


def cuts_of(view: RegisterView) -> dict[str, str]:
    """Return the digest of the manifest of every cut ever made, by its name; a name that was undone stays given."""
    events = (entry.event for entry in view.entries)
    return {each.name: each.snapshot for each in events if isinstance(each, Frozen) and is_cut_name(each.name)}


def _versions(view: RegisterView) -> Iterator[tuple[str, str]]:
    """Yield the files of every version that ever went out, by name below register/issued/; undone ones stay too."""
    for entry in view.entries:
        event = entry.event
        if isinstance(event, Sent) and event.name:
            yield f"{event.name}.docx", event.docx
            yield f"{event.name}.pdf", event.pdf


def copies_of(portfolio: Portfolio, view: RegisterView) -> Iterator[tuple[str, str]]:
    """Yield the readable copies that there should be: name below register/, and digest."""
    for history in view.agreements.values():
        yield from _signed(portfolio, history)
    for subject, entries in view.held.items():
        for held, digest in ((each, digest) for each in entries for digest in each.evidence):
            # Named by its own digest: a number would move to another file when an entry comes or is undone.
            yield f"held/{held.on.isoformat()}_{subject}_{slug(held.proof)}_{digest[:8]}.pdf", digest


def _signed(portfolio: Portfolio, history: AgreementHistory) -> Iterator[tuple[str, str]]:
    """Yield the copies of one registered agreement: one, or numbered parts where parties signed separate ones."""
    if history.registered is None:
        return
    record = portfolio.agreement(history.agreement)
    found = [portfolio.organisation_by_id.get(each) for each in record.counterparts] if record else []
    label = " ".join(each.label for each in found if each) or history.agreement
    digests = list(dict.fromkeys(each.evidence for each in history.signatures))
    for part, digest in enumerate(digests, start=1):
        number = part if len(digests) > 1 else 0
        yield f"signed/{archive_name(history.registered.number, history.reference, label, part=number)}", digest
