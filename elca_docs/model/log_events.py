"""What the register's log can say: one frozen dataclass per kind of event, each with its one-line JSON form.

The kinds and what each says are fixed by the design ("The register is a log"). `line_of` and `event_of` are inverse:
event_of(line_of(e)) == e for every event, which is a law in the tests. Agreement events before the first draft are
keyed by the record's id, all later ones by the reference, as an auditor would read them. Fields may be added with a
default; none may be renamed or removed, for old logs must stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import ClassVar, Literal

from elca_docs.model.log_lines import UnknownLineError, built, json_line, object_of

Exit = Literal["declined", "withdrawn", "replaced", "expired", "void"]
Origin = Literal["ours", "their text", "before the tool"]
Basis = Literal["proven", "confirmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent:
    """The base of all events; `kind` is the word in the log."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(LogEvent):
    """The register was opened for a project; always the first event."""

    kind: ClassVar[str] = "opened"
    register: str
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referenced(LogEvent):
    """An agreement was given its reference, for life. `series` is the mask with everything but the count filled in."""

    kind: ClassVar[str] = "referenced"
    agreement: str
    reference: str
    series: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(LogEvent):
    """A draft was made: the SHA-256 of the template, of all inputs, and of the file; `name` is below output/."""

    kind: ClassVar[str] = "drafted"
    reference: str
    version: int
    template: str
    inputs: str
    file: str
    name: str
    language: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted(LogEvent):
    """The counterpart of an agreement was contacted."""

    kind: ClassVar[str] = "contacted"
    agreement: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiating(LogEvent):
    """The text of an agreement is being negotiated."""

    kind: ClassVar[str] = "negotiating"
    agreement: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(LogEvent):
    """Version n went out for signature, or stands on the counterpart's own paper, or is older than the register.

    `docx` and `pdf` are the SHA-256 of the files issued; `name` is theirs below register/issued/, without an ending;
    `pages` are those of the PDF. `fields` maps each signature field to its party. `template` is the SHA-256 of the
    template that the text was made from; empty for a text that was at hand.
    """

    kind: ClassVar[str] = "sent"
    reference: str
    version: int
    docx: str = ""
    pdf: str = ""
    origin: Origin = "ours"
    on: date | None = None
    name: str = ""
    pages: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(LogEvent):
    """A file was taken as evidence for a subject: the reference of an agreement, or the id of what was held.

    `waits` says that a person has to look at it before anything follows from it; `version` is the version of our text
    that it shows, 0 where that is not known; `note` is the SHA-256 of what was written down beside the file that day.
    """

    kind: ClassVar[str] = "received"
    subject: str
    sha256: str
    name: str
    size: int
    pages: int
    facts: dict[str, str] = field(default_factory=dict)
    verdict: str = ""
    waits: bool = False
    version: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(LogEvent):
    """A party's signature stands: proven by the file, or confirmed by a person (`by`, an id).

    `version` is the version of our text that was signed, 0 where the text is not ours or the version is not known.
    """

    kind: ClassVar[str] = "signed"
    reference: str
    party: str
    on: date
    evidence: str
    method: str = "not stated"
    basis: Basis = "confirmed"
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(LogEvent):
    """All parties have signed: the agreement has its register number, gap-free and in order."""

    kind: ClassVar[str] = "registered"
    reference: str
    number: str
    series: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(LogEvent):
    """An event, contact or duty took place, with its proof. `evidence` lists SHA-256 digests."""

    kind: ClassVar[str] = "held"
    subject: str
    on: date
    evidence: tuple[str, ...]
    proof: str
    organisations: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(LogEvent):
    """An agreement ended; it keeps its numbers."""

    kind: ClassVar[str] = "ended"
    agreement: str
    exit: Exit
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(LogEvent):
    """An agreement was amended by a child agreement with signatures of its own."""

    kind: ClassVar[str] = "amended"
    reference: str
    child: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(LogEvent):
    """An earlier event is undone, by its address in the log ("3.2" = segment 3, event 2); numbers stay used."""

    kind: ClassVar[str] = "corrected"
    undoes: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(LogEvent):
    """A template was approved, by its SHA-256."""

    kind: ClassVar[str] = "approved"
    template: str
    name: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen(LogEvent):
    """A cut was made: what the figures were as of a day."""

    kind: ClassVar[str] = "frozen"
    name: str
    as_of: date
    position: int
    snapshot: str


KINDS: dict[str, type[LogEvent]] = {
    kind.kind: kind
    for kind in (
        Opened, Referenced, Drafted, Contacted, Negotiating, Sent, Received, Signed, Registered, Held, Ended,
        Amended, Corrected, Approved, Frozen,
    )
}  # fmt: skip


def line_of(event: LogEvent) -> str:
    """Return the event as one line of JSON with sorted keys, without a line end."""
    written: dict[str, object] = {"kind": event.kind}
    for each in fields(event):
        value = getattr(event, each.name)
        written[each.name] = value.isoformat() if isinstance(value, date) else value
    return json_line(written)


def event_of(line: str) -> LogEvent:
    """Return the event that a log line holds; UnknownLineError names what cannot be read."""
    written = object_of(line)
    name = written.pop("kind", None)
    if not (isinstance(name, str) and name in KINDS):
        message = f"{name!r:.60} is no kind of event that this program knows"
        raise UnknownLineError(message)
    return built(KINDS[name], name, written)
