"""Figures and statuses, each with the reasons it stands on. All of them are computed; nobody types one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from elca_docs.model.values import Expected

Status = Literal[
    "slot", "identified", "contacted", "drafted", "sent", "partly signed", "signed", "registered", "counted",
    "declined", "withdrawn", "replaced", "expired", "void",
]  # fmt: skip
STATUS_ORDER: tuple[Status, ...] = (
    "slot", "identified", "contacted", "drafted", "sent", "partly signed", "signed", "registered", "counted",
)  # fmt: skip
"""The road of an agreement; the exits (declined …) stand beside it. Source: DESIGN.md, "Status (computed)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One numbered rule of counting, whether it holds here, and the sentence that says so."""

    rule: str
    ok: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStatus:
    """Where one agreement (or one place of a slot record) stands as of a day."""

    id: str
    reference: str
    class_: str
    responsible: tuple[str, ...]
    counterpart: str
    """Names of the counterparts, joined with " · "; empty in a slot."""
    counterparts: tuple[str, ...]
    mission: str
    expected: Expected | None
    status: Status
    pending: bool
    overdue: bool
    signed_parties: tuple[str, ...]
    signed_on: date | None
    register_number: str
    counted: bool
    counted_in: tuple[str, ...]
    because: tuple[Reason, ...]
    evidence: tuple[str, ...]
    marks: tuple[str, ...] = ()
    """What a reader should know of it: "on their text", "before the tool", "confirmed by a person"."""
    amends: str = ""
    """The id of the agreement that it amends; only an amendment has one."""
    in_force: bool = False
    """Whether it is an amendment that all have signed, and that has not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStatus:
    """Where one event, contact, duty, timeline activity of its own, or sector stands as of a day."""

    id: str
    kind: str
    title: str
    responsible: tuple[str, ...]
    organisations: tuple[str, ...]
    mission: str
    expected: Expected | None
    held_on: date | None
    is_slot: bool
    overdue: bool
    counted: bool
    counted_in: tuple[str, ...]
    because: tuple[Reason, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An indicator as of a day. named, drafted, sent and signed are cumulative (reached that state).

    drafted, sent and signed are None where that state does not exist for the indicator. planned = named + free slots;
    gap = max(0, target - counted). `counted_ids` are the records (or sectors) that make up `counted`, in order.
    """

    id: str
    title: str
    target: int
    planned: int
    named: int
    drafted: int | None
    sent: int | None
    signed: int | None
    counted: int
    overdue: int
    counted_ids: tuple[str, ...]
    proof: tuple[str, ...]
    """SHA-256 digests of all evidence behind `counted`."""

    @property
    def gap(self) -> int:
        """How many are still to come."""
        return max(0, self.target - self.counted)


def credit_text(credit: Fraction) -> str:
    """Return what a partner is credited with as people write it: 2, 1/2, 2 1/2."""
    whole, rest = divmod(credit, 1)
    return " ".join(str(part) for part in (whole, rest) if part) or "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStatus:
    """An activity of the timeline: due, done or late, and on what proof."""

    id: str
    month: int
    due: date
    what: str
    state: Literal["due", "done", "late"]
    because: str
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Where the whole project stands as of a day."""

    project: str
    as_of: date
    as_of_note: str
    """Why as_of is not today, where it is not."""
    register: str
    position: int
    head: str
    figures: tuple[Figure, ...]
    agreements: tuple[AgreementStatus, ...]
    held: tuple[HeldStatus, ...]
    timeline: tuple[TimelineStatus, ...]
    amendments: tuple[AgreementStatus, ...] = ()
    """Where each amendment stands, by its own id ("T2-01/A1"); none of them counts anywhere."""
