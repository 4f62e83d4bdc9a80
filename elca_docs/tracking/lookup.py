"""What a word on the command line means: an indicator, an agreement, something held, an activity, or a file.

Lenient in one direction only: case and punctuation do not matter ("kpi-2", "KPI2" and "2" all mean "KPI 2"), but a word
that could mean two things is refused, with both named. "KPI 2 no. 14" is the fourteenth thing that counts in it, as the
explanation of the indicator numbers them. May not explain anything.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from elca_docs.errors import Problem, RequestError
from elca_docs.model.figures import StatusReport
from elca_docs.model.log_events import Registered
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.tracking.naming import listed, natural

_NUMBER = re.compile(r"([0-9]+)\Z")
_DIGEST = re.compile(r"[0-9a-f]{6,64}")

Kind = Literal["indicator", "agreement", "slots", "holding", "activity", "evidence"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means: the kind of thing, and its id (the digest of a file)."""

    kind: Kind
    id: str


def meaning_of(report: StatusReport, portfolio: Portfolio, view: RegisterView, text: str) -> Meaning:
    """Return what a word means; RequestError (unknown-id, ambiguous-id) where that is nothing, or not one thing."""
    names = tuple(_names(report, portfolio, view))
    readings = (
        [meaning for name, meaning in names if name.casefold() == text.strip().casefold()],
        [meaning for name, meaning in names if _squeezed(name) == _squeezed(text)],
        [meaning for name, meaning in names if meaning.kind == "indicator" and _number(name) == text.strip()],
        _files(view, text.strip().casefold()),
        [meaning for name, meaning in _places(report) if _squeezed(name) == _squeezed(text)],
    )
    meanings = next((tuple(dict.fromkeys(found)) for found in readings if found), ())
    if len(meanings) == 1:
        return meanings[0]
    if meanings:
        several = listed(sorted((each.id for each in meanings), key=natural))
        raise RequestError(
            Problem(
                code="ambiguous-id",
                message=f"'{text}' can mean {several}",
                fix="write more of it, exactly as it stands there",
            )
        )
    raise RequestError(_unknown(text, [name for name, _ in names]))


def _names(report: StatusReport, portfolio: Portfolio, view: RegisterView) -> Iterator[tuple[str, Meaning]]:
    """Yield every name that something goes by."""
    for figure in report.figures:
        yield figure.id, Meaning("indicator", figure.id)
    for row in report.agreements:
        yield row.id, Meaning("agreement", row.id)
    yield from ((each.id, Meaning("slots", each.id)) for each in portfolio.agreements if each.is_slot)
    yield from ((each.id, Meaning("slots", each.id)) for each in portfolio.events if each.is_slot)
    for history in view.agreements.values():
        numbers = (history.agreement, history.reference, history.registered.number if history.registered else "")
        for name in filter(None, numbers):
            yield name, Meaning("agreement", history.agreement)
    for entry in view.entries:  # a number that was given stays a name, also when its registration was undone
        if isinstance(entry.event, Registered) and entry.event.reference in view.by_reference:
            yield entry.event.number, Meaning("agreement", view.by_reference[entry.event.reference])
    own_record = {row.id for row in report.held if row.kind == "activity"}
    for held in report.held:
        yield held.id, Meaning("activity" if held.id in own_record else "holding", held.id)
    for activity in report.timeline:
        yield activity.id, Meaning("activity", activity.id)


def _places(report: StatusReport) -> Iterator[tuple[str, Meaning]]:
    """Yield the name that each thing which counts has by its place in an indicator: "KPI 2 no. 14"."""
    agreements = {row.id for row in report.agreements}
    for figure in report.figures:
        for place, each in enumerate(figure.counted_ids, start=1):
            kind: Kind = "agreement" if each in agreements else "holding"
            yield f"{figure.id} no. {place}", Meaning(kind, each)


def _squeezed(name: str) -> str:
    """Return a name without case and punctuation."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _number(name: str) -> str:
    """Return the number at the end of an indicator's id."""
    match = _NUMBER.search(name)
    return match[1] if match else ""


def _files(view: RegisterView, text: str) -> list[Meaning]:
    """Return the evidence whose digest begins with the text, of which at least six characters are needed."""
    if not _DIGEST.fullmatch(text):
        return []
    return [Meaning("evidence", digest) for digest in view.evidence if digest.startswith(text)]


def _unknown(text: str, names: list[str]) -> Problem:
    """Return the refusal of a word that means nothing here, with the nearest names."""
    squeezed = {_squeezed(name): name for name in sorted(names, key=natural, reverse=True)}
    near = difflib.get_close_matches(_squeezed(text), squeezed, n=3, cutoff=0.6)
    guess = " or ".join(f"'{squeezed[each]}'" for each in near)
    return Problem(
        code="unknown-id",
        message=f"'{text}' is no indicator, record, reference, register number or evidence of this project",
        fix=f"did you mean {guess}?" if guess else "use an id that `invoke status` shows, such as an indicator's",
    )
