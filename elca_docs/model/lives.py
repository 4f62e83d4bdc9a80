"""The life of an agreement as steps, for whoever draws it: values between stages, without layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

LifeKind = Literal["contacted", "negotiating", "drafted", "sent", "signed", "registered", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One step: what happened on which day, and the papers that show it.

    `what` says more: the version drafted or sent, the party that signed, the register number, how it ended. `paths` are
    names relative to the project folder, `evidence` the SHA-256 of a signed copy; nothing says that they are there.
    """

    kind: LifeKind
    day: date
    what: str = ""
    paths: tuple[str, ...] = ()
    evidence: str = ""
