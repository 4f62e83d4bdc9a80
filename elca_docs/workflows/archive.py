"""The readable archive: `register/signed/`, `register/held/` and SHA256SUMS, rebuilt from the register at will."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.log_events import Received
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning import archive_name, slug
from elca_docs.proof import Published
from elca_docs.workflows.desk import Desk


def refresh(desk: Desk) -> Published:
    """Let the archive show what the register says by now, and SHA256SUMS name all evidence that it ever received.

    Whoever writes last has seen the newest register, so a slow run never leaves an older list behind. A copy that the
    register names no more (an undone registration, a renamed counterpart) moves to register/withdrawn/.
    """
    view = desk.register.view()
    while True:
        received = {entry.event.sha256 for entry in view.entries if isinstance(entry.event, Received)}
        copies = dict(_copies(desk.portfolio, view))
        shown = desk.proof.publish(copies, received)
        newer = desk.register.view()
        if newer.position == view.position:
            desk.proof.withdraw(copies, received)
            return shown
        view = newer


def _copies(portfolio: Portfolio, view: RegisterView) -> Iterator[tuple[str, str]]:
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
    record = portfolio.agreement_by_id.get(history.agreement)
    found = [portfolio.organisation_by_id.get(each) for each in record.counterparts] if record else []
    label = " ".join(each.label for each in found if each) or history.agreement
    digests = list(dict.fromkeys(each.evidence for each in history.signatures))
    for part, digest in enumerate(digests, start=1):
        number = part if len(digests) > 1 else 0
        yield f"signed/{archive_name(history.registered.number, history.reference, label, part=number)}", digest
