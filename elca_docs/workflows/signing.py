"""The signed copy of an agreement: signatures confirmed by a person, and the register number when all have signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from elca_docs.context import context_of
from elca_docs.errors import EvidenceError, Problem, RequestError
from elca_docs.evidence import (
    Accepted,
    AlreadyRegistered,
    Claim,
    Refused,
    compared,
    judge_manual,
    sent_version,
    superseded,
)
from elca_docs.model.facts import Comparison
from elca_docs.model.log_events import Corrected, LogEvent, Origin, Referenced, Sent, Signed, line_of
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.planning import References
from elca_docs.proof import evidence_name
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk, announced, day_of
from elca_docs.workflows.handing import Handed, keep, moved, report_on
from elca_docs.workflows.naming import agreement_of
from elca_docs.workflows.numbering import Numbers
from elca_docs.workflows.summary import Summary

METHODS = ("wet", "simple", "advanced", "qualified", "seal")
ORIGINS: dict[str, Origin] = {"ours": "ours", "external": "their text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What the flags say of a signed copy, as typed."""

    ref: str
    signed_by: tuple[str, ...]
    method: str
    origin: str
    by: str
    supersede: str = ""
    """Why this copy takes the place of one that the register has; empty where it does not."""
    version: int = 0
    """The version of our text that the copy shows, where that is known; the last one sent otherwise."""


def sign(desk: Desk, signing: Signing, papers: tuple[Handed, ...], *, dry_run: bool) -> Summary:
    """Judge and register one signed copy, and say which indicator moved."""
    run = _Run(desk, signing, papers[0])
    if dry_run:
        run.judge(desk.register.view())
        return Summary(lines=tuple(run.forecast()))
    appended = desk.register.append(run.decide)
    shown = archive.refresh(desk)
    return Summary(lines=(*run.told(appended.view), *announced(appended)), problems=shown.problems)


class _Run:
    """One signed copy on its way into the register."""

    def __init__(self, desk: Desk, signing: Signing, paper: Handed) -> None:
        self._desk = desk
        self._paper = paper
        self._by = signing.by
        self._supersede = signing.supersede.strip()
        self._shown = signing.version
        self._method = _one_of(signing.method or "not stated", (*METHODS, "not stated"), "method")
        self._origin = ORIGINS[_one_of(signing.origin, tuple(ORIGINS), "origin")]
        self._before = desk.register.view()
        self._agreement = agreement_of(desk.portfolio, self._before, signing.ref)
        self._parties: dict[str, str] = {each.id: each.name for each in desk.portfolio.parties_of(self._agreement)}
        self._signed = _claimed(signing.signed_by, self._parties)
        self._verdict: Accepted | AlreadyRegistered | None = None
        self._events: tuple[LogEvent, ...] = ()

    def judge(self, view: RegisterView) -> tuple[LogEvent, ...]:
        """Return the events that follow from the copy; EvidenceError where it is refused."""
        self._before = view
        reference, given = self._reference(view)
        claim = Claim(
            file=self._paper.name,
            agreement=self._agreement.id,
            reference=reference,
            parties=self._parties,
            signed=self._signed,
            origin=self._origin,
            supersede=bool(self._supersede),
            version=self._version(view),
        )
        verdict = judge_manual(
            self._paper.facts,
            claim,
            view=view,
            project=self._desk.portfolio.project,
            today=self._desk.today,
            comparison=self._compared(view),
        )
        if isinstance(verdict, Refused):
            raise EvidenceError(verdict.problems)
        self._verdict = verdict
        if isinstance(verdict, Accepted):
            self._events = tuple(self._events_of(verdict, given, view))
        else:
            self._events = tuple(self._number_again(reference, view))
        return self._events

    def _compared(self, view: RegisterView) -> Comparison | None:
        """Return how the copy differs from the version of ours that it should show, where there is one."""
        history = view.history(self._agreement.id)
        sent = sent_version(history, self._version(view)) if self._origin == "ours" else None
        if sent is None or not sent.name:
            return None
        return compared(self._paper.data, self._desk.issued.read(f"{sent.name}.pdf", sent.pdf))

    def _version(self, view: RegisterView) -> int:
        """Return the version of our text that the copy shows; 0 of a text that is not ours."""
        if self._origin != "ours":
            return 0
        return self._shown or _last_version(view.history(self._agreement.id))

    def decide(self, view: RegisterView) -> tuple[LogEvent, ...]:
        """Judge, and keep the evidence durably before the register may speak of it; a lost one is there again."""
        return keep(self._desk, (self._paper,), self.judge(view))

    def forecast(self) -> Iterator[str]:
        """Yield what would be written."""
        if isinstance(self._verdict, AlreadyRegistered):
            yield self._verdict.sentence
        for event in self._events:
            yield f"would write to the register: {line_of(event)}"

    def told(self, view: RegisterView) -> Iterator[str]:
        """Yield what happened: the indicator first, then what is still open."""
        if isinstance(self._verdict, AlreadyRegistered) and not self._events:
            yield self._verdict.sentence
            return
        before, after = report_on(self._desk, self._before), report_on(self._desk, view)
        every = (*after.agreements, *after.amendments)
        status = next(each for each in every if each.id == self._agreement.id)
        history = view.history(
            self._agreement.id
        )  # the day looked at may be earlier than a signature: ask the register
        number = history.registered.number if history.registered else ""
        yield from moved(before, after, because=f"{status.counterpart} · {number}")
        waiting = [party for party in self._parties if party not in history.signed_parties]
        if waiting:
            yield f"{history.reference}: partly signed; still to sign: {', '.join(waiting)}"
        elif status.amends:
            yield f"{history.reference} is registered as {number}; as an amendment it counts with what it amends"
        elif not status.counted:
            yield f"{history.reference} is registered as {number}, but does not count as of {self._desk.as_of}:"
            yield from (f"  {reason.rule} {reason.text}" for reason in status.because if not reason.ok)
        yield from self._open_fields(view)
        yield f"kept for ever: {evidence_name(self._paper.facts.sha256)}"
        if isinstance(self._verdict, Accepted):
            yield from (f"note: {remark}" for remark in self._verdict.remarks)

    def _open_fields(self, view: RegisterView) -> Iterator[str]:
        """Yield a warning where the text of the file still shows the placeholders of a draft."""
        history, portfolio, day = view.history(self._agreement.id), self._desk.portfolio, self._desk.drafted_as_of
        languages = {each.language for each in history.drafts if each.language} or {portfolio.project.language}
        text = " ".join(self._paper.facts.text.split())
        for language in sorted(languages):
            context = context_of(
                portfolio, self._agreement, reference=history.reference, version=1, as_of=day, language=language
            )
            labels = [each.label for each in context.missing if f"[{each.label}]" in text]
            if labels:
                yield f"look again: the text still has {len(labels)} open fields, such as [{labels[0]}]"

    def _reference(self, view: RegisterView) -> tuple[str, Referenced | None]:
        """Return the reference; only a text that is not ours may get it this late."""
        reference, given = References(self._desk.portfolio, view, year=self._desk.drafted_as_of.year).of(
            self._agreement
        )
        if given is not None and self._origin == "ours":
            message = f"{self._agreement.id} was never drafted, so it has no reference that a signed copy could carry"
            fix = "draft it first (invoke draft), or add --origin external for a text on their own paper"
            raise RequestError(Problem("never-drafted", message, fix=fix))
        return reference, given

    def _events_of(self, verdict: Accepted, given: Referenced | None, view: RegisterView) -> Iterator[LogEvent]:
        history = view.history(self._agreement.id)
        if given is not None:
            yield given
        if self._origin != "ours" and not history.sent:
            yield Sent(reference=verdict.reference, version=history.next_version, origin=self._origin)
        if self._supersede:
            parties = [party for party, _ in verdict.signatures]
            for address in superseded(view, verdict.reference, parties, self._paper.facts.sha256):
                yield Corrected(undoes=address, reason=f"another copy takes its place: {self._supersede}")
        if verdict.file_is_new:
            why = f"; the reason given: {self._supersede}" if self._supersede else ""
            yield self._paper.received(verdict.reference, f"{verdict.verdict}{why}")
        for party, on in verdict.signatures:
            yield Signed(
                reference=verdict.reference,
                party=party,
                on=on,
                evidence=self._paper.facts.sha256,
                method=self._method,
                basis="confirmed",
                by=self._by,
                version=self._version(view),
            )
        if verdict.complete and history.registered is None:
            yield Numbers(self._desk, view).give(self._agreement, verdict.reference)

    def _number_again(self, reference: str, view: RegisterView) -> Iterator[LogEvent]:
        """Yield a new register number where all have signed and nothing has ended, but the registration was undone."""
        history = view.history(self._agreement.id)
        open_still = history.registered is None and history.ended is None
        if open_still and history.signed_parties.issuperset(self._parties):
            yield Numbers(self._desk, view).give(self._agreement, reference)


def _last_version(history: AgreementHistory) -> int:
    """Return the version of our text that lies at the parties: the last one sent, else the last one drafted."""
    sent = [each.version for each in history.sent]
    return max(sent or [each.version for each in history.drafts], default=0)


def _claimed(signed_by: Iterable[str], parties: Mapping[str, str]) -> dict[str, date]:
    """Return party → day from `PARTY=DATE` flags; a party may be named by id or by name."""
    names = {text.casefold(): party for party, name in parties.items() for text in (name, party)}
    claimed: dict[str, date] = {}
    for flag in signed_by:
        party, equals, day = flag.rpartition("=")
        if not equals or not party:
            message = f"--signed-by '{flag}' does not say who signed when"
            raise RequestError(Problem("flags-unclear", message, fix="write it as --signed-by PARTY=2021-10-05"))
        who, on = names.get(party.strip().casefold(), party.strip()), day_of(day.strip(), "signed-by")
        if claimed.setdefault(who, on) != on:
            message = f"'{who}' is said to have signed on {claimed[who].isoformat()} and on {on.isoformat()}"
            raise RequestError(Problem("flags-unclear", message, fix="give one day for each party"))
    return claimed


def _one_of(text: str, allowed: tuple[str, ...], flag: str) -> str:
    if text in allowed:
        return text
    message = f"--{flag} '{text}' is not known"
    raise RequestError(Problem("flags-unclear", message, fix=f"use one of {', '.join(allowed)}"))
