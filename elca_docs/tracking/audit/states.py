"""States: what the register says of each agreement and event can be, and each signature stands on a file received.

The fold refuses what contradicts itself; here is what can be written and still must not stand: a register number
without all signatures, a signature or an event without its file, days that run against each other. May not judge what
counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.log_events import Held, Received, Signed
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, Entry, RegisterView, undone_addresses
from elca_docs.tracking.audit.check import Check
from elca_docs.tracking.naming import listed, short
from elca_docs.tracking.standing import TWO

_CORRECT = "if the entry is wrong, undo it: invoke record corrected --entry {address} --reason …"


def states(view: RegisterView, portfolio: Portfolio | None) -> Check:
    """Return what cannot be, or is odd; without records an agreement's parties are taken from its signatures."""
    undone = undone_addresses(view.entries)
    standing = tuple(entry for entry in view.entries if entry.address not in undone)
    audit = _Audit(view=view, standing=standing, portfolio=portfolio)
    registered = sum(each.registered is not None for each in view.agreements.values())
    return Check(
        name="states",
        looked_at=f"{len(view.agreements)} agreements, {registered} of them registered, {len(view.held)} things held",
        findings=(*audit.registrations(), *audit.proofs(), *audit.texts(), *audit.days(), *audit.clock()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Audit:
    """The register as it stands, and the records where they could be read."""

    view: RegisterView
    standing: tuple[Entry, ...]
    portfolio: Portfolio | None

    def registrations(self) -> Iterator[Finding]:
        """Yield the agreements with a register number that some party has not signed."""
        for history in self.view.agreements.values():
            if history.registered is None:
                continue
            number = history.registered.number
            absent = [each for each in self._parties(history) if each not in history.signed_parties]
            if absent or len(history.signed_parties) < TWO:
                whose = listed(absent) or "a second party"
                yield Finding(
                    code="registered-unsigned",
                    severity="error",
                    message=f"{number} ({history.reference}) is registered, and no signature of {whose} stands",
                    ids=(history.agreement,),
                    fix="register the missing signature, undo the registration, or put back the parties in the records",
                )

    def texts(self) -> Iterator[Finding]:
        """Yield each agreement of which the parties signed different versions."""
        for history in self.view.agreements.values():
            versions = sorted({each.version for each in history.signatures if each.version})
            if len(versions) > 1:
                listed = " and ".join(str(each) for each in versions)
                yield Finding(
                    code="signed-different-texts",
                    severity="error",
                    message=f"the parties of {history.reference} signed different versions: {listed}",
                    ids=(history.agreement,),
                    fix="undo the signatures on the version that does not hold, and let those parties sign the other",
                )

    def _parties(self, history: AgreementHistory) -> tuple[str, ...]:
        record = self.portfolio.agreement(history.agreement) if self.portfolio else None
        return tuple(str(each.id) for each in self.portfolio.parties_of(record)) if self.portfolio and record else ()

    def proofs(self) -> Iterator[Finding]:
        """Yield each signature and holding whose file was not received before it (for that agreement)."""
        received: set[str] = set()
        for_subject: set[tuple[str, str]] = set()
        for entry in self.standing:
            match entry.event:
                case Received() as event:
                    received.add(event.sha256)
                    for_subject.add((event.subject, event.sha256))
                case Signed() as event if (event.reference, event.evidence) not in for_subject:
                    what = f"the signature of {event.party} on {event.reference}"
                    yield _unproven(entry, "signature-unproven", what, event.evidence)
                case Held() as event if not event.evidence or not received.issuperset(event.evidence):
                    lacking = next((each for each in event.evidence if each not in received), "")
                    yield _unproven(entry, "held-unproven", f"what is said of {event.subject}", lacking)
                case _:
                    pass

    def days(self) -> Iterator[Finding]:
        """Yield what happened after it was written down, and signatures that are older than what was sent."""
        sent = {
            (each.reference, each.version): each.on
            for history in self.view.agreements.values()
            for each in history.sent
            if each.on and each.origin == "ours"
        }
        for entry in self.standing:
            event = entry.event
            if isinstance(event, Signed | Held) and event.on > _day(entry) + timedelta(days=1):
                message = f"entry {entry.address} of {_day(entry)} speaks of {event.on}, which was still to come"
                yield _odd(entry, "dated-ahead", message)
            on = sent.get((event.reference, event.version)) if isinstance(event, Signed) else None
            if isinstance(event, Signed) and on and event.on < on:
                message = f"{event.party} signed {event.reference} on {event.on}, before it was sent on {on}"
                yield _odd(entry, "signed-before-sent", message)

    def clock(self) -> Iterator[Finding]:
        """Yield each place where the time runs backwards; the order of the log decides all the same."""
        before = ""
        for entry in self.view.entries:
            if entry.at < before and entry.address.endswith(".1"):
                message = f"entry {entry.address} was written at {entry.at}, the one before it at {before}"
                yield _odd(entry, "clock-went-back", message)
            before = entry.at


def _unproven(entry: Entry, code: str, what: str, digest: str) -> Finding:
    lacking = f"the file {short(digest)}…, which was never received for it" if digest else "no file at all"
    return Finding(
        code=code,
        severity="error",
        message=f"{what} (entry {entry.address}) stands on {lacking}",
        location=_place(entry),
        fix=_CORRECT.format(address=entry.address),
    )


def _odd(entry: Entry, code: str, message: str) -> Finding:
    fix = _CORRECT.format(address=entry.address) if code != "clock-went-back" else "set the clock of that computer"
    return Finding(code=code, severity="warning", message=message, location=_place(entry), fix=fix)


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.at[:10])


def _place(entry: Entry) -> Location:
    segment, _, line = entry.address.partition(".")
    return Location(f"register/log/{int(segment):06}.jsonl", int(line) + 1)
