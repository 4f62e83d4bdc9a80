"""The project, its funding texts and the mission as a template sees them, as they are right on one day."""

from __future__ import annotations

import re

from elca_docs.context.scene import Absence, Scene
from elca_docs.model.missing import Missing
from elca_docs.model.project import DatedText, text_on

Values = dict[str, object]

_PLACE = re.compile(r"\{(agency|programme|grant)\}")


def project_values(scene: Scene) -> Values:
    """Return the fields of the project."""
    project = scene.portfolio.project
    coordinator = next((each.name for each in scene.portfolio.partners if each.coordinator), "")
    plain: dict[str, str | Missing] = {
        "programme": project.programme or scene.missing("project.programme", scene.in_project("programme")),
        "grant_number": project.grant_number or scene.missing("project.grant_number", scene.in_project("grant_number")),
        "agency": _text(scene, project.agencies) or scene.missing("project.agency", scene.in_project("agencies")),
    }
    return {
        "title": project.title,
        "acronym": project.acronym,
        **plain,
        "call": project.call or scene.missing("project.call", scene.in_project("call")),
        "start": scene.words.day(project.start),
        "end": scene.words.day(project.end),
        "coordinator": coordinator
        or scene.missing("project.coordinator", Absence("partners", "coordinator", scene.keeper)),
        "funding_line": _filled(scene, "funding_line", "funding_statements", project.funding_statements, plain),
        "disclaimer": _filled(scene, "disclaimer", "disclaimers", project.disclaimers, plain),
    }


def mission_values(scene: Scene) -> Values | Missing:
    """Return the fields of the agreement's mission, or that it has none."""
    mission = scene.portfolio.mission_by_id.get(scene.agreement.mission or "")
    if mission is None:
        return scene.missing("mission", scene.in_agreement("mission"))
    record = f"missions/{mission.id}"
    return {
        "name": mission.name,
        "market": mission.market or scene.missing("mission.market", Absence(record, "market", scene.leader)),
        "deadline": scene.words.planned(mission.deadline)
        if mission.deadline
        else scene.missing("mission.deadline", Absence(record, "deadline", scene.leader)),
    }


def _text(scene: Scene, texts: tuple[DatedText, ...]) -> str:
    """Return the text of the day in the document's language, or in the only one that it has."""
    found = text_on(texts, scene.as_of)
    if found is None:
        return ""
    own = {str(language): text for language, text in found.translations.items()}
    return own.get(scene.words.language) or found.text


def _filled(
    scene: Scene, name: str, key: str, texts: tuple[DatedText, ...], plain: dict[str, str | Missing]
) -> str | Missing:
    """Return the text of the day with its places filled; the first missing value where one cannot be."""
    text = _text(scene, texts)
    if not text:
        return scene.missing(f"project.{name}", scene.in_project(key))
    places = {"agency": plain["agency"], "programme": plain["programme"], "grant": plain["grant_number"]}
    for match in _PLACE.finditer(text):
        value = places[match[1]]
        if isinstance(value, Missing):
            return value
    return _PLACE.sub(lambda match: str(places[match[1]]), text)
