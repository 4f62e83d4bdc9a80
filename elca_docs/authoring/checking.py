"""Everything that is wrong or odd in a template, in one run, each with its place. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from elca_docs.authoring.reading import Reading, read_template
from elca_docs.authoring.rules import RULES
from elca_docs.authoring.schema import schema_of
from elca_docs.authoring.spots import WHOLE_FILE, Flaw, Spot, error
from elca_docs.authoring.study import Study, study_of
from elca_docs.authoring.trial import trial_problems
from elca_docs.context import FIELDS
from elca_docs.context.field import Field
from elca_docs.errors import Problem, TemplateError

_PLACE = re.compile(r"(?P<label>[^,:]+)(?:, paragraph (?P<number>\d+))?")


def check_template(data: bytes, *, name: str, fields: Sequence[Field] = FIELDS) -> tuple[Flaw, ...]:
    """Return all flaws of a template in order of place; nothing is raised, whatever the file is.

    `fields` is the table of what a template may ask for. A template without an error is one that rendering takes: it
    has been filled in on trial with every field and with hardly any.
    """
    try:
        reading = read_template(data, name=name)
    except TemplateError as refusal:
        return tuple(_refused(problem) for problem in refusal.problems)
    schema = schema_of(fields)
    study = study_of(reading, schema)
    found = [flaw for rule in RULES for flaw in rule(study)]
    if not any(flaw.severity == "error" for flaw in found):
        found += [_on_trial(problem, study) for problem in trial_problems(data, schema, name=name)]
    return tuple(_sorted(_once(found, reading), reading))


def _refused(problem: Problem) -> Flaw:
    member = problem.location.place if problem.location else ""
    return error(problem.code, problem.message, Spot(member=member, label=member or WHOLE_FILE), problem.fix)


def _on_trial(problem: Problem, study: Study) -> Flaw:
    """Return what rendering says as a flaw, its place found again in the reading."""
    place = _PLACE.match(problem.location.place if problem.location else "")
    part = next((each.part for each in study.parts if place and each.part.label == place["label"]), None)
    if place is None or part is None:
        return _refused(problem)
    number = int(place["number"] or 0)
    spot = part.paragraphs[number - 1].spot() if 0 < number <= len(part.paragraphs) else part.spot()
    return error(problem.code, problem.message, spot, problem.fix)


def _once(flaws: Iterable[Flaw], reading: Reading) -> Iterator[Flaw]:
    """Leave out what says the same of the same place; one sentence on how a tag is written is enough.

    A text box stands in the file twice and on the page once: what both copies have is said of the first.
    """
    seen: set[tuple[str, Spot | str, str]] = set()
    for flaw in flaws:
        said = "" if flaw.code == "template-syntax" else flaw.message
        words = f"{flaw.spot.member} {flaw.spot.words} {flaw.spot.start} {flaw.spot.text}"
        if (flaw.code, flaw.spot, said) in seen or (_is_copy(flaw.spot, reading) and (flaw.code, words, said) in seen):
            continue
        seen |= {(flaw.code, flaw.spot, said), (flaw.code, words, said)}
        yield flaw


def _is_copy(spot: Spot, reading: Reading) -> bool:
    part = reading.by_member.get(spot.member)
    return part is not None and spot.paragraph >= 0 and "fallback" in part.paragraphs[spot.paragraph].flags


def _sorted(flaws: Iterable[Flaw], reading: Reading) -> list[Flaw]:
    order = {part.member: index for index, part in enumerate(reading.parts)}
    last = len(order)

    def key(flaw: Flaw) -> tuple[int, str, int, int, str, str]:
        spot = flaw.spot
        place = order.get(spot.member, last) if spot.member else last + 1
        return (place, spot.member, spot.paragraph, spot.start, flaw.code, flaw.message)

    return sorted(flaws, key=key)
