"""The readable archive: `register/signed/`, `register/held/` and SHA256SUMS, rebuilt from the register at will."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning import archive_name, slug
from elca_docs.workflows.desk import Desk


def refresh(desk: Desk, view: RegisterView) -> tuple[str, ...]:
    """Let the archive show exactly what the register says; return the names written, relative to register/."""
    return desk.workspace.publish(dict(_copies(desk.portfolio, view)))


def _copies(portfolio: Portfolio, view: RegisterView) -> Iterator[tuple[str, str]]:
    for history in view.agreements.values():
        yield from _signed(portfolio, history)
    for subject, entries in view.held.items():
        digests = sorted({(each.on, each.proof, digest) for each in entries for digest in each.evidence})
        for place, (on, proof, digest) in enumerate(digests, start=1):
            yield f"held/{on.isoformat()}_{slug(subject)}_{slug(proof)}_{place}.pdf", digest


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
