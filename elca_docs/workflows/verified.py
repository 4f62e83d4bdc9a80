"""What `verify` tells: a line per check, then what was found, then the head to keep elsewhere; and the same as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from elca_docs.errors import Problem, RequestError
from elca_docs.model.findings import Finding
from elca_docs.register import Chain, Link, heads_beginning
from elca_docs.tracking import audit
from elca_docs.workflows.summary import Summary

_HEAD: Final = re.compile(r"[0-9a-f]{8,64}")
_WORDS: Final[dict[audit.Verdict, str]] = {"clean": "whole", "warnings": "warning", "damaged": "DAMAGED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The checks that were made, the chain they were made on, and the head that was asked for."""

    checks: tuple[audit.Check, ...]
    chain: Chain
    read_data: bool
    asked_head: str = ""


def told(verified: Verified) -> Summary:
    """Return the answer; exit code 1 where anything is damaged or the head asked for is not in the chain.

    RequestError (bad-head) where what was asked for is no beginning of a hash.
    """
    asked = verified.asked_head.strip().lower().removesuffix("…")
    if asked and not _HEAD.fullmatch(asked):
        message = f"--head '{verified.asked_head}' is no head of a register"
        fix = "give at least 8 of its characters 0-9 and a-f, as they were printed"
        raise RequestError(Problem("bad-head", message, fix=fix))
    links = heads_beginning(verified.chain.links, asked) if asked else ()
    findings = [each for check in verified.checks for each in check.findings]
    errors = [_problem(each) for each in findings if each.severity == "error"]
    if asked and len(links) != 1:
        errors.append(_unknown_head(asked, verified.chain, several=len(links) > 1))
    verdict = "damaged" if errors else audit.verdict_of(findings)
    return Summary(
        lines=(*_lines(verified, findings, links), _last_line(verdict, errors, findings)),
        problems=tuple(errors),
        json=_json(verified, verdict, findings, errors, asked, links),
    )


def _lines(verified: Verified, findings: list[Finding], links: tuple[Link, ...]) -> Iterator[str]:
    for check in verified.checks:
        yield f"{_WORDS[check.verdict]:<9}{check.name:<12}{check.looked_at}"
        yield from (f"{'':21}{note}" for note in check.notes)
    for each in findings:
        if each.severity != "error":
            place = f"{each.location}: " if each.location else ""
            yield f"{place}{each.severity} {each.code}: {each.message}"
            yield f"  fix: {each.fix}"
    yield from (_head_line(link, verified.chain) for link in links)
    if not verified.read_data:
        yield "files were compared by their sizes, those of cuts by every byte; all of them: invoke verify --read-data"
    if verified.chain.position:
        yield f"register position {verified.chain.position}, head {verified.chain.head}"


def _head_line(link: Link, chain: Chain) -> str:
    after = chain.position - link.number
    later = f"{after} segments came after it" if after != 1 else "1 segment came after it"
    return (
        f"head {link.head[:12]} is segment {link.number}, written {link.at}: {later}, and nothing before it was changed"
    )


def _last_line(verdict: audit.Verdict, errors: list[Problem], findings: list[Finding]) -> str:
    warnings = sum(each.severity != "error" for each in findings)
    also = f", {warnings} warning{'s' if warnings != 1 else ''}" if warnings else ""
    if verdict == "damaged":
        return f"something is wrong: {len(errors)} error{'s' if len(errors) != 1 else ''}{also}"
    return f"the register is whole{also}"


def _unknown_head(asked: str, chain: Chain, *, several: bool) -> Problem:
    if several:
        message, fix = f"more than one segment has a hash that begins with {asked}", "give more of it"
        return Problem("head-unknown", message, fix=fix)
    message = f"no segment that can be believed has the head {asked}: the log was cut or rewritten since it was printed"
    if not chain.problems:
        message = f"none of the {chain.position} segments has the head {asked}: the log was cut or rewritten since then"
    fix = "compare register/log with a backup of that day; or this is the head of another register"
    return Problem("head-unknown", message, fix=fix)


def _problem(finding: Finding) -> Problem:
    return Problem(code=finding.code, message=finding.message, location=finding.location, fix=finding.fix)


def _json(  # noqa: PLR0913, PLR0917 - all that is told
    verified: Verified,
    verdict: audit.Verdict,
    findings: list[Finding],
    errors: list[Problem],
    asked: str,
    links: tuple[Link, ...],
) -> dict[str, object]:
    """Return the answer for another program; keys may be added, not renamed."""
    found = [
        {
            "code": each.code,
            "severity": each.severity,
            "message": each.message,
            "location": str(each.location) if each.location else None,
            "fix": each.fix,
        }
        for each in findings
    ]
    head = links[0] if len(links) == 1 else None
    if asked and head is None:
        lacking = errors[-1]
        found.append(
            {
                "code": lacking.code,
                "severity": "error",
                "message": lacking.message,
                "location": None,
                "fix": lacking.fix,
            }
        )
    return {
        "status": verdict,
        "read_data": verified.read_data,
        "register": {"position": verified.chain.position, "head": verified.chain.head},
        "checks": [
            {"name": each.name, "status": each.verdict, "looked_at": each.looked_at, "notes": list(each.notes)}
            for each in verified.checks
        ],
        "findings": found,
        "head": {"asked": asked, "segment": head.number if head else None, "at": head.at if head else None}
        if asked
        else None,
    }
