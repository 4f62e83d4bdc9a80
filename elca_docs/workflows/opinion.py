"""What is written down beside a file: the facts and the verdict of the day, and why a file was refused. Plain JSON.

The log names no person; what a certificate says of its holder stands here, beside the file that says it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime

from elca_docs.durable import sha256_of
from elca_docs.errors import Problem
from elca_docs.evidence import Proven, Waits
from elca_docs.model.facts import PdfFacts
from elca_docs.model.log_events import Received
from elca_docs.workflows.reading import Paper

_TEXT_SHOWN = 2_000


def opinion_of(paper: Paper, verdict: Proven | Waits, *, on: date, anchors: Iterable[bytes]) -> Mapping[str, object]:
    """Return what could be read off an accepted file on a day, with which trust anchors, and what followed."""
    return {
        "file": paper.claimed.name,
        "on": on.isoformat(),
        "reference": verdict.reference,
        "version": verdict.version,
        "verdict": verdict.verdict,
        "told": list(verdict.told),
        "trust_anchors": sorted(sha256_of(each) for each in anchors),
        "facts": _facts(paper.facts) if paper.facts else {},
        "comparison": asdict(paper.comparison) if paper.comparison else {},
    }


def note_of(facts: PdfFacts, received: Received, *, on: date) -> Mapping[str, object]:
    """Return what could be read off a file that a person registered, and the verdict, on a day."""
    return {
        "file": received.name,
        "on": on.isoformat(),
        "reference": received.subject,
        "version": received.version,
        "verdict": received.verdict,
        "facts": _facts(facts),
    }


def reason_of(paper: Paper, problems: Iterable[Problem], *, on: date) -> Mapping[str, object]:
    """Return why a file was refused, for a person who finds it in refused/."""
    return {
        "file": paper.claimed.name,
        "on": on.isoformat(),
        "sha256": paper.claimed.digest(),
        "problems": [{"code": each.code, "sentence": each.message, "what to do": each.fix} for each in problems],
    }


def _facts(facts: PdfFacts) -> Mapping[str, object]:
    found = {key: _plain(each) for key, each in asdict(facts).items()}
    return found | {"text": facts.text[:_TEXT_SHOWN]}


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
