"""What judging can end with: accepted, already registered, or refused with every reason at once. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elca_docs.errors import Problem


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
