"""`check`: everything wrong in the records at once, then what is odd in them, on the screen or as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from elca_docs.errors import Location, Problem, RequestError
from elca_docs.exchange import findings_workbook
from elca_docs.model.findings import Finding
from elca_docs.records import CODES, THEME_OF, findings_of, read_portfolio
from elca_docs.records.near import Vocabulary
from elca_docs.workflows.finding_lines import counted, finding_lines
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import Workspace

WORKBOOK = "findings.xlsx"


def check(root: str = ".", *, strict: bool = False, only: Iterable[str] = (), form: str = "table") -> Summary:
    """Read the records and answer with problems (exit code 1) or findings (1 only when strict).

    `only` keeps the findings with one of these codes; RequestError (unknown-code) where there is no such code. The
    form xlsx writes output/findings.xlsx, accepted findings included.
    """
    wanted = _codes(only)
    workspace = Workspace(Path(root))
    reading = read_portfolio(workspace.records())
    if reading.portfolio is None:
        return Summary(problems=reading.problems, json=_json(reading.problems, ()))
    findings = tuple(each for each in findings_of(reading.portfolio) if not wanted or each.code in wanted)
    open_ones = [finding for finding in findings if not finding.accepted]
    if form == "xlsx":
        themes = {code: theme.title for code, theme in THEME_OF.items()}
        acronym = reading.portfolio.project.acronym
        data = findings_workbook(project_acronym=acronym, findings=findings, themes=themes)
        lines = (*_written(workspace, data), _last_line(findings, open_ones))
    else:
        lines = finding_lines(open_ones, _last_line(findings, open_ones))
    return Summary(lines=lines, json=_json((), findings), your_turn=strict and bool(open_ones))


def _codes(only: Iterable[str]) -> frozenset[str]:
    """Return the codes asked for; RequestError names one that no rule knows."""
    wanted = frozenset(only)
    for code in sorted(wanted - CODES.keys()):
        message = f"--only '{code}' is the code of no finding"
        known = Vocabulary(CODES)
        raise RequestError(
            Problem("unknown-code", message, fix=known.did_you_mean(code, "take a code that check prints"))
        )
    return wanted


def _written(workspace: Workspace, data: bytes) -> Iterator[str]:
    """Write the workbook and yield what to say of it."""
    renewed = workspace.renew(WORKBOOK, data)
    yield f"{'wrote' if renewed.written else 'unchanged:'} output/{WORKBOOK}"
    if renewed.aside:
        yield f"the one that was edited by hand is kept as output/{renewed.aside}"


def _last_line(findings: tuple[Finding, ...], open_ones: list[Finding]) -> str:
    accepted = len(findings) - len(open_ones)
    return f"records are readable · findings: {counted(open_ones)}" + (f" · accepted: {accepted}" if accepted else "")


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
