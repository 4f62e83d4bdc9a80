"""`check`: everything wrong in the records at once, then what is odd in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from elca_docs.errors import Location, Problem
from elca_docs.model.findings import SEVERITIES, Finding
from elca_docs.records import findings_of, read_portfolio
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import Workspace


def check(root: str = ".", *, strict: bool = False) -> Summary:
    """Read the records and answer with problems (exit code 1) or findings (1 only when strict)."""
    reading = read_portfolio(Workspace(Path(root)).records())
    if reading.portfolio is None:
        return Summary(problems=reading.problems, json=_json(reading.problems, ()))
    findings = findings_of(reading.portfolio)
    open_ones = [finding for finding in findings if not finding.accepted]
    return Summary(
        lines=tuple(_lines(findings, open_ones)), json=_json((), findings), your_turn=strict and bool(open_ones)
    )


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings there are, by severity, in words."""
    every = [finding.severity for finding in findings if not finding.accepted]
    counts = [
        f"{every.count(each)} {each}{'s' if every.count(each) != 1 else ''}" for each in SEVERITIES if each in every
    ]
    return ", ".join(counts) or "none"


def _lines(findings: tuple[Finding, ...], open_ones: list[Finding]) -> Iterator[str]:
    for finding in open_ones:
        place = f"{finding.location}: " if finding.location else ""
        yield f"{place}{finding.severity} {finding.code}: {finding.message}"
        if finding.other_location:
            yield f"  see also: {finding.other_location}"
        if finding.fix:
            yield f"  fix: {finding.fix}"
    accepted = len(findings) - len(open_ones)
    yield f"records are readable · findings: {counted(open_ones)}" + (f" · accepted: {accepted}" if accepted else "")


def _json(problems: tuple[Problem, ...], findings: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "problems": [
            {"code": each.code, "message": each.message, "location": _place(each.location), "fix": each.fix}
            for each in problems
        ],
        "findings": [
            {
                "code": each.code,
                "severity": each.severity,
                "message": each.message,
                "ids": list(each.ids),
                "location": _place(each.location),
                "other_location": _place(each.other_location),
                "fix": each.fix,
                "accepted": each.accepted or None,
            }
            for each in findings
        ],
    }


def _place(location: Location | None) -> str | None:
    return str(location) if location else None
