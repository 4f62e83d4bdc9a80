"""What an auditor's pack says: figures → lines → files, and what was left out of it and why. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elca_docs.model.figures import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file by its SHA-256: its path in the pack, or why it was left out (`path` is empty then)."""

    sha256: str
    path: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedLine:
    """One agreement or thing held behind a figure, counted or not, with the rules it was judged by."""

    id: str
    number: str
    """Register number, empty where it has none."""
    reference: str
    what: str
    """The other side, or the title of what was held."""
    responsible: str
    on: date | None
    """The day of the last signature, or of what was held."""
    signed: tuple[str, ...]
    """Who signed, when, how and on whose word, one text each."""
    counted: bool
    reasons: tuple[Reason, ...]
    files: tuple[PackedFile, ...]
    sent: tuple[PackedFile, ...] = ()
    """The versions that were sent for signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFigure:
    """An indicator with its lines: the counted ones first, in the order in which they came."""

    id: str
    title: str
    target: int
    counted: int
    rule: str
    """The counting rule in words."""
    lines: tuple[PackedLine, ...]
    unnamed: int
    """How many planned places have no name yet, and so no line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that index, README and verifier of a pack say."""

    acronym: str
    title: str
    grant: str
    as_of: date
    as_of_note: str
    register: str
    position: int
    head: str
    redacted: bool
    retention: str
    figures: tuple[PackedFigure, ...]

    @property
    def files(self) -> tuple[PackedFile, ...]:
        """Every file once, in the order of the lines."""
        every = (each for figure in self.figures for row in figure.lines for each in (*row.files, *row.sent))
        return tuple(dict.fromkeys(every))
