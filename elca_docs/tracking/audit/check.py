"""One check of an audit: what was looked at, how much of it, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from elca_docs.model.findings import Finding

Verdict = Literal["clean", "warnings", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check that was made: its name, what it looked at in words, and its findings; `notes` explain what is right."""

    name: str
    looked_at: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether all is well."""
        return verdict_of(self.findings)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that some findings add up to: an error is damage, anything else a warning."""
    severities = {each.severity for each in findings}
    return "damaged" if "error" in severities else "warnings" if severities else "clean"
