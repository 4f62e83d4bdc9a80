"""The register as folded from its log: a pure function of the entries, in order.

`fold(entries)` gives a `RegisterView`. Rules held here and nowhere else:
- a corrected entry is left out of every state, but numbers it gave stay used (never given twice);
- what hangs on an undone reference rests with it, and comes back when the correction is undone;
- an amendment ends with the agreement that it amends, and comes back with it;
- a number belongs to its series, no number is given twice, and an agreement has one reference and one register number;
- a cut has one name, which no other one gets, written with other capitals neither: it is the name of a folder;
- entries never change; order in the log decides, not the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from elca_docs.model.log_events import (
    Amended,
    Approved,
    Contacted,
    Corrected,
    Drafted,
    Ended,
    Frozen,
    Held,
    LogEvent,
    Negotiating,
    Opened,
    Received,
    Referenced,
    Registered,
    Sent,
    Signed,
)
from elca_docs.model.masks import sequence_of

ZERO_HASH: Final = "0" * 64
_ADDRESS: Final = re.compile("[1-9][0-9]{0,8}[.][1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event with its place in the log: `address` is "segment.event", `at` is UTC in ISO form, `actor` an id."""

    address: str
    at: str
    actor: str
    event: LogEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementHistory:
    """Everything the register knows of one agreement, in order. Empty for an agreement it never met."""

    agreement: str
    reference: str = ""
    contacted: tuple[Contacted, ...] = ()
    negotiating: tuple[Negotiating, ...] = ()
    drafts: tuple[Drafted, ...] = ()
    sent: tuple[Sent, ...] = ()
    received: tuple[Received, ...] = ()
    signatures: tuple[Signed, ...] = ()
    registered: Registered | None = None
    registered_on: str = ""
    """When the register number was given: UTC, ISO form."""
    ended: Ended | None = None
    amendments: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    highest_version: int = 0
    """The highest version that ever went out, undone ones included."""

    @property
    def signed_parties(self) -> frozenset[str]:
        """The parties whose signature stands."""
        return frozenset(each.party for each in self.signatures)

    @property
    def signed_on(self) -> date | None:
        """The day of the last signature so far."""
        return max((each.on for each in self.signatures), default=None)

    @property
    def next_version(self) -> int:
        """The version that a draft made now would carry: one above the highest that ever went out."""
        return self.highest_version + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """What the log says in sum. `position` counts segments, `head` is the hash of the last one."""

    register: str = ""
    project: str = ""
    position: int = 0
    head: str = ZERO_HASH
    entries: tuple[Entry, ...] = ()
    agreements: Mapping[str, AgreementHistory] = field(default_factory=lambda: MappingProxyType({}))
    """By record id."""
    by_reference: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Record id by reference."""
    evidence: Mapping[str, Received] = field(default_factory=lambda: MappingProxyType({}))
    """First receipt by SHA-256."""
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By id of the event, contact, duty or activity."""
    series: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The highest count ever given, by series; undone ones included."""
    approved: Mapping[str, Approved] = field(default_factory=lambda: MappingProxyType({}))
    cuts: Mapping[str, Frozen] = field(default_factory=lambda: MappingProxyType({}))

    def history(self, agreement: str) -> AgreementHistory:
        """Return the history of an agreement, an empty one where the register never met it."""
        return self.agreements.get(agreement) or AgreementHistory(agreement=agreement)


class FoldError(ValueError):
    """The log contradicts itself at the entry of this `address`; the message says how."""

    def __init__(self, address: str, what: str) -> None:
        """Name the entry and what is wrong with it."""
        super().__init__(f"entry {address} {what}")
        self.address = address
        self.what = what


def undone_addresses(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the addresses of the entries that a correction undoes; a correction can itself be undone."""
    undone: set[str] = set()
    for entry in reversed(tuple(entries)):
        if isinstance(entry.event, Corrected) and entry.address not in undone:
            undone.add(entry.event.undoes)
    return frozenset(undone)


def fold(
    entries: Iterable[Entry],
    *,
    position: int = 0,
    head: str = ZERO_HASH,
    acting: Callable[[Entry], bool] = lambda _: True,
) -> RegisterView:
    """Return the view that the entries add up to; FoldError where the log contradicts itself.

    An entry that is not `acting` leaves no trace but its number: so the register of an earlier day can be folded.
    """
    every = tuple(entries)
    undone = undone_addresses(every)
    state = _Folding()
    for entry in every:
        state.check(entry)
        if entry.address not in undone and acting(entry):
            state.take(entry)
    return RegisterView(
        register=state.register,
        project=state.project,
        position=position,
        head=head,
        entries=every,
        agreements=MappingProxyType(state.histories()),
        by_reference=MappingProxyType(state.by_reference),
        evidence=MappingProxyType(state.evidence),
        held=MappingProxyType(state.held),
        series=MappingProxyType(state.series),
        approved=MappingProxyType(state.approved),
        cuts=MappingProxyType(state.cuts),
    )


class _Folding:
    """The state while folding; never leaves this module."""

    def __init__(self) -> None:
        self.register = ""
        self.project = ""
        self.agreements: dict[str, AgreementHistory] = {}
        self.by_reference: dict[str, str] = {}
        self.evidence: dict[str, Received] = {}
        self.held: dict[str, tuple[Held, ...]] = {}
        self.series: dict[str, int] = {}
        self.numbers: dict[str, str] = {}
        self.references: set[str] = set()
        self.versions: dict[str, int] = {}
        self.approved: dict[str, Approved] = {}
        self.cuts: dict[str, Frozen] = {}
        self.cut_names: set[str] = set()

    def check(self, entry: Entry) -> None:
        """Refuse what cannot be said, undone or not, and remember the number that the entry gives."""
        match entry.event:
            case Referenced() as event:
                self._count(entry, event.reference, event.series, event.seq)
                self.references.add(event.reference)
            case Registered() as event:
                self._count(entry, event.number, event.series, event.seq)
            case Sent() as event:
                self.versions[event.reference] = max(event.version, self.versions.get(event.reference, 0))
            case Frozen(name=name):
                if name.casefold() in self.cut_names:
                    raise FoldError(entry.address, f"gives a second cut the name '{name}'")
                self.cut_names.add(name.casefold())
            case Corrected(undoes=undoes) if not _precedes(undoes, entry.address):
                raise FoldError(entry.address, f"undoes entry '{undoes}', which does not stand before it")
            case _:
                pass

    def _count(self, entry: Entry, number: str, series: str, seq: int) -> None:
        if number in self.numbers:
            raise FoldError(entry.address, f"gives '{number}', which entry {self.numbers[number]} already gave")
        if sequence_of(series, number) != seq:
            raise FoldError(entry.address, f"gives '{number}', which is not number {seq} of the series '{series}'")
        if seq <= self.series.get(series, 0):
            raise FoldError(entry.address, f"gives '{number}' after a higher number of the same series")
        self.numbers[number] = entry.address
        self.series[series] = seq

    def take(self, entry: Entry) -> None:
        """Let one entry act on the state."""
        match entry.event:
            case Opened() as event:
                if self.register:
                    raise FoldError(entry.address, "opens a register that is already open")
                self.register, self.project = event.register, event.project
            case Held() as event:
                self.held[event.subject] = (*self.held.get(event.subject, ()), event)
            case Approved() as event:
                self.approved[event.template] = event
            case Frozen() as event:
                self.cuts[event.name] = event
            case Corrected():
                pass
            case event:
                self._agreement_event(entry, event)

    def histories(self) -> dict[str, AgreementHistory]:
        """Return the agreements' histories, each with the highest version that ever went out under its reference."""
        return {
            agreement: replace(known, highest_version=highest, ended=ended) if highest or ended else known
            for agreement, known in self.agreements.items()
            for highest, ended in ((self.versions.get(known.reference, 0), known.ended or self._ended_with(agreement)),)
        }

    def _ended_with(self, amendment: str) -> Ended | None:
        """Return how the agreement ended that an amendment ("T2-01/A1") belongs to."""
        original, slash, _ = amendment.partition("/")
        known = self.agreements.get(original) if slash else None
        return known.ended if known else None

    def _agreement_event(self, entry: Entry, event: LogEvent) -> None:
        if isinstance(event, Received):
            self.evidence.setdefault(event.sha256, event)
        agreement = self._agreement_of(entry, event)
        if agreement is None:
            return
        known = self.agreements.get(agreement) or AgreementHistory(agreement=agreement)
        if isinstance(event, Referenced):
            self.by_reference[event.reference] = agreement
        self.agreements[agreement] = replace(_grown(known, entry, event), addresses=(*known.addresses, entry.address))

    def _agreement_of(self, entry: Entry, event: LogEvent) -> str | None:
        """Return the agreement an event belongs to; None where its reference rests, or the subject is no agreement."""
        match event:
            case Referenced() | Contacted() | Negotiating() | Ended():
                return event.agreement
            case Received():
                return self.by_reference.get(event.subject)
            case Drafted() | Sent() | Signed() | Registered() | Amended() if event.reference in self.references:
                return self.by_reference.get(event.reference)
            case _:
                raise FoldError(entry.address, "speaks of a reference that was never given")


_GROWS: Final[Mapping[type[LogEvent], str]] = {
    Contacted: "contacted", Negotiating: "negotiating", Drafted: "drafts", Sent: "sent", Received: "received",
    Signed: "signatures",
}  # fmt: skip


def _grown(known: AgreementHistory, entry: Entry, event: LogEvent) -> AgreementHistory:
    """Return the history with one event more; FoldError where an agreement would get a second name or number."""
    match event:
        case Referenced() if known.reference:
            raise FoldError(entry.address, f"gives agreement '{known.agreement}' a second reference")
        case Referenced():
            return replace(known, reference=event.reference)
        case Registered() if known.registered:
            raise FoldError(entry.address, f"gives agreement '{known.agreement}' a second register number")
        case Registered():
            return replace(known, registered=event, registered_on=entry.at)
        case Ended():
            return replace(known, ended=event)
        case Amended():
            return replace(known, amendments=(*known.amendments, event.child))
        case _:
            name = _GROWS[type(event)]
            more: dict[str, Any] = {name: (*getattr(known, name), event)}
            return replace(known, **more)


def _precedes(address: str, other: str) -> bool:
    """Whether an address ("3.2") stands before another one, the register's opening ("1.1") not counted."""
    if not _ADDRESS.fullmatch(address):
        return False
    return (1, 1) < _place_of(address) < _place_of(other)


def _place_of(address: str) -> tuple[int, int]:
    segment, _, event = address.partition(".")
    return int(segment), int(event)
