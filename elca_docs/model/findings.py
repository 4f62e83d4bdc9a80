"""A finding: true, odd, and for a person to decide. Findings never fail a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from elca_docs.errors import Location

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the records say that cannot all be right, or that changes a count.

    `message` is one sentence that names both sides; `ids` are the records it is about, in the order named.
    """

    code: str
    severity: Severity
    message: str
    ids: tuple[str, ...] = ()
    location: Location | None = None
    other_location: Location | None = None
    fix: str = ""
    accepted: str = ""
    """The reason for which a person accepted it, from accepted.yaml; empty while it is open."""
