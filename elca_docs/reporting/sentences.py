"""Sentences about organisations and steps, composed from fields, so that no field is lost and none is said twice.

An organisation's own description comes first; a field adds a sentence only if its words do not stand there yet. What
is an inference (a country that is printed nowhere) is not stated as a fact. A remark is the office's own and is never
printed; what the plan makes depend on something is a step's condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from elca_docs.model.blocks import Line, Span
from elca_docs.model.parties import Organisation
from elca_docs.model.plan import Step
from elca_docs.reporting.scene import Scene, capital, ended, folded, sentence, told


def description_of(scene: Scene, organisation: Organisation) -> str:
    """Return who an organisation is, in one paragraph; empty where nothing is known of it."""
    text = sentence(organisation.description)
    parts = [text] if text else []
    parts += _who(scene, organisation, text)
    untold = [each for each in organisation.member_of if not told(each, text)]
    if untold:
        parts.append(scene.say("belongs_to", names=scene.words.joined(untold)))
    parts += _size(scene, organisation, text)
    if organisation.grant_number and not told(organisation.grant_number, text):
        parts.append(scene.say("grant_of", number=organisation.grant_number))
    return " ".join(parts)


def _who(scene: Scene, organisation: Organisation, text: str) -> list[str]:
    """Return kind, place and fields of work as far as `text` does not tell them: one sentence if it is empty."""
    kind = "" if told(organisation.kind, text) else organisation.kind
    place = _place(scene, organisation, text)
    sectors = scene.words.joined([each for each in organisation.sectors if not told(each, text)])
    if text or not kind:
        return [
            *([sentence(kind)] if kind else []),
            *([scene.say("based_in", place=place)] if place else []),
            *([scene.say("works_in", sectors=sectors)] if sectors else []),
        ]
    who = scene.say("in_place", kind=kind, place=place) if place else kind
    return [sentence(scene.say("working_in", who=who, sectors=sectors) if sectors else who)]


def _place(scene: Scene, organisation: Organisation, text: str) -> str:
    """Return region and country, each unless it is told already; an inferred country is not printed."""
    stated = organisation.country and not organisation.country_inferred
    country = scene.country(organisation.country) if organisation.country and stated else ""
    region = organisation.region
    parts = [region] if region and not told(region, text) else []
    if country and not told(country, f"{text} {region}"):
        parts.append(country)
    return ", ".join(parts)


def _size(scene: Scene, organisation: Organisation, text: str) -> list[str]:
    members, countries = organisation.members, organisation.member_countries
    if all(told(str(each), text) for each in (members, countries) if each is not None):
        return []
    if members is None:
        return [scene.say("members_of", countries=countries)]
    if countries is None:
        return [scene.say("members", members=members)]
    return [scene.say("members_from", members=members, countries=countries)]


def step_line(scene: Scene, step: Step, responsible: Sequence[str]) -> Line:
    """Return a step as one line: when and where in bold, what is done with whom, then status and condition in italics.

    The partners that do it are named where they are others than those `responsible` for the row. The status stands in
    brackets, unless the date tells it.
    """
    when = scene.date(step.date, step.printed, "date")
    if when and step.open_ended and "date" not in step.printed:
        when = scene.say("ongoing", date=when)
    status = f"({step.stated_as})." if step.stated_as and not _tells(when, step.stated_as) else ""
    what = capital(_what(scene, step, responsible))
    place = step.place if when else capital(step.place)
    head = ", ".join(part for part in (when, place) if part)
    if head and what:
        head = f"{head}:"
    elif not status:
        head = ended(head)
    return _spaced(
        Span(text=head, bold=True),
        Span(text=what if status else ended(what)),
        Span(text=status, italic=True),
        Span(text=sentence(step.condition), italic=True),
    )


def _tells(when: str, status: str) -> bool:
    """Whether a date says what a status says, however they are spaced: "since May, on going" and "ongoing"."""
    letters = "".join(folded(status))
    return letters in "".join(folded(when)) if letters else status in when


def _spaced(*spans: Span) -> Line:
    """Return the spans that say something, with a space between them."""
    shown = [each for each in spans if each.text]
    return tuple(replace(each, text=f" {each.text}") if place else each for place, each in enumerate(shown))


def _what(scene: Scene, step: Step, responsible: Sequence[str]) -> str:
    """Return what is done, with whom, and by which partners where they are others than those responsible."""
    what = step.what
    if step.meets and not told(step.meets, what):
        what = scene.say("with", what=what, whom=step.meets) if what else step.meets
    if step.by and tuple(step.by) != tuple(responsible):
        what = f"{what} ({scene.partners(step.by)})" if what else scene.partners(step.by)
    return what
