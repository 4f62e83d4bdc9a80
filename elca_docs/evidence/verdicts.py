"""What judging can end with: accepted, proven, waiting, already registered, or refused with every reason. Values only.

A verdict that the log keeps has `remarks` and one line, `verdict`; neither ever holds a person's name, so that a name
can be erased. What may hold one is `told`: for the screen, and for the JSON beside the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from elca_docs.errors import Problem

ElectronicMethod = Literal["advanced", "qualified", "seal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The file is evidence for the agreement, and these signatures are new."""

    reference: str
    signatures: tuple[tuple[str, date], ...]
    """Party and day of each signature that the register does not hold yet, in the order of the document."""
    waiting_for: tuple[str, ...]
    """The parties that have still not signed, in the order of the document; empty when the agreement is complete."""
    file_is_new: bool
    """Whether this agreement has not received the file before."""
    remarks: tuple[str, ...] = ()
    """What a person should know or look at, a sentence each."""

    @property
    def complete(self) -> bool:
        """Whether every party has signed once these signatures are recorded."""
        return not self.waiting_for

    @property
    def verdict(self) -> str:
        """The verdict as one line for the register."""
        return "; ".join(("accepted", *self.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAccepted:
    """The file is proof that an event, contact or duty took place on a day."""

    subject: str
    on: date
    file_is_new: bool
    """Whether this subject has not received the file before."""
    remarks: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict as one line for the register."""
        return "; ".join(("accepted", *self.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenSignature:
    """A party's electronic signature, proven by the file alone."""

    party: str
    on: date
    """The day in the project's time zone."""
    field: str
    """The signature field in the file; any text, a person's name too: not for the log."""
    method: ElectronicMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """The file from the inbox proves these signatures, which the register does not hold yet."""

    reference: str
    version: int
    signatures: tuple[ProvenSignature, ...]
    """One for each party, in the order of the document."""
    waiting_for: tuple[str, ...]
    """The parties that have still not signed, in the order of the document; empty when the agreement is complete."""
    file_is_new: bool = True
    remarks: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    waits: str = ""
    """Why a person has yet to look at the rest of the file; empty where nothing else is in it."""

    @property
    def complete(self) -> bool:
        """Whether every party has signed once these signatures are recorded."""
        return not self.waiting_for

    @property
    def verdict(self) -> str:
        """The verdict as one line for the register."""
        rest = (f"the rest waits: {self.waits}",) if self.waits else ()
        return "; ".join(("proven", *rest, *self.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The file belongs to this version of this agreement, and a person has to look at it before anything follows."""

    reference: str
    version: int
    reason: str
    """The first reason, in words; the others stand in `remarks`."""
    remarks: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What to look at, a sentence each."""
    file_is_new: bool = True
    pages: tuple[int, ...] = ()
    """The pages of the file (from 1) to look at first; empty where that is all of them."""

    @property
    def verdict(self) -> str:
        """The verdict as one line for the register."""
        return "; ".join((f"waits: {self.reason}", *self.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyRegistered:
    """The register holds exactly this already: nothing is to be written, and nothing is wrong."""

    subject: str
    sha256: str
    number: str = ""
    """The register number, where the agreement has one."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The file was read and is not accepted, for these reasons, in the order of the rules."""

    problems: tuple[Problem, ...]
