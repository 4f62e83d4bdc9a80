"""What the record sheet of one agreement says: everything that an auditor asks about it, as values without layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elca_docs.model.figures import AgreementStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """One entry of the log in words: the day it is about, what happened, where it stands, and what undid it."""

    day: str
    what: str
    entry: str
    undone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetParty:
    """A party with its legal data (label, text) and who may sign for it, as far as the records name anybody."""

    id: str
    name: str
    legal: tuple[tuple[str, str], ...] = ()
    signatories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSignature:
    """A signature that stands: whose, in what capacity, when, how, on whose word, and by which file."""

    party: str
    on: date
    capacity: tuple[str, ...]
    """Who signs for the party by the records of that day, then who signed by the certificate in the file."""
    method: str
    basis: str
    file: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A file: its SHA-256, the name it came or went under, pages (0 where not known), and where it lies."""

    sha256: str
    name: str
    what: str
    """What it is: evidence, waiting, or the version that was sent."""
    pages: int = 0
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """One agreement or amendment as of a day; `row` is its line of the report, `class_title` what it is on paper."""

    project: str
    title: str
    grant: str
    as_of: date
    as_of_note: str
    register: str
    position: int
    head: str
    class_title: str
    row: AgreementStatus
    state: str
    amends: str = ""
    """The reference of the agreement that it amends."""
    parties: tuple[SheetParty, ...] = ()
    signatures: tuple[SheetSignature, ...] = ()
    files: tuple[SheetFile, ...] = ()
    amendments: tuple[str, ...] = ()
    history: tuple[ToldEntry, ...] = ()
