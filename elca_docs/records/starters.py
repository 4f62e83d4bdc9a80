"""The first records of a new project: texts that can be read at once, with a commented example for what is still empty.

The inverse of reading, for one small case: what a person said becomes records files. Nothing is invented for the
project; what was guessed (how an indicator is counted) says so beside it. Writes no file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Final

from elca_docs.model.project import month_end, project_month
from elca_docs.model.values import Day
from elca_docs.records.schema import SCHEMA_FOLDER, editor_line, record_schemas
from elca_docs.records.starter_texts import INDICATORS, NO_INDICATORS, OTHERS, PARTNERS, PLAN, PROJECT

_PLAIN: Final = re.compile(r"[^\W\d_][\w /()&.-]*[\w).]")
_KNOWN: Final[tuple[tuple[str, str], ...]] = (
    (r"business|commercial|comercial|b2b", "agreements:BA"),
    (r"agreement|memorand|\bmous?\b|acuerdo|convenio", "agreements:CA"),
    (r"workshop|taller", "events:workshop"),
    (r"matchmaking|brokerage", "events:matchmaking"),
    (r"meeting|reuni", "events:meeting"),
    (r"event|conference|seminar|evento|jornada", "events:event"),
    (r"contact", "contacts:"),
    (r"sector", "sectors:"),
)
"""Words of a title, and what they make likely to be counted; the first that fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a new project is told to be: partners as (id, name), indicators as (id, title, target)."""

    title: str
    acronym: str
    grant_number: str
    start: Day
    months: int
    partners: Sequence[tuple[str, str]]
    indicators: Sequence[tuple[str, str, int]] = ()


def starter_records(beginning: Beginning) -> dict[str, bytes]:
    """Return the files of records/ by name, with the schemas that their first lines tell editors of.

    project.yaml comes last, so that a folder with it is a whole project.
    """
    places = {
        "title": _scalar(beginning.title),
        "acronym": _scalar(beginning.acronym),
        "grant": _scalar(beginning.grant_number),
        "start": beginning.start.isoformat(),
        "end": month_end(beginning.start, beginning.months).isoformat(),
        "month": str(project_month(beginning.start, beginning.months)),
        "months": str(beginning.months),
        "partner": _scalar(beginning.partners[0][0]),
        "count": str(len(beginning.partners)),
        "partners": "\n".join(_partner(beginning, place) for place in range(len(beginning.partners))),
    }
    indicators = "\n".join(_indicator(*each) for each in beginning.indicators)
    texts = {
        **{f"records/{stem}.yaml": text for stem, text in OTHERS.items()},
        "records/deliverables/PLAN.yaml": PLAN,
        "records/partners.yaml": PARTNERS,
        "records/indicators.yaml": INDICATORS.replace("$indicators", "$indicators" if indicators else NO_INDICATORS),
        "records/project.yaml": PROJECT,
    }
    places["indicators"] = indicators
    schemas = {f"{SCHEMA_FOLDER}{name}": data for name, data in record_schemas().items()}
    return schemas | {name: (editor_line(name) + _filled(text, places)).encode() for name, text in texts.items()}


def _filled(text: str, places: dict[str, str]) -> str:
    return Template(text).substitute(places).rstrip("\n") + "\n"


def _partner(beginning: Beginning, place: int) -> str:
    identifier, name = beginning.partners[place]
    coordinates = "  coordinator: true\n" if place == 0 else ""
    return f"- id: {_scalar(identifier)}\n  name: {_scalar(name)}\n{coordinates}"


def _indicator(identifier: str, title: str, target: int) -> str:
    """Return an indicator whose rule is guessed from the words of its title, and says so."""
    folded = title.casefold()
    meant = next((rule for words, rule in _KNOWN if re.search(words, folded)), "")
    counts, _, kind = (meant or "events:to-be-decided").partition(":")
    key = "classes" if counts == "agreements" else "kinds"
    proof = {"agreements": "signed-copy", "contacts": "minutes, attendance-list, correspondence"}
    lines = (
        f"- id: {_scalar(identifier)}",
        f"  title: {_scalar(title)}",
        f"  target: {target}",
        "  # Guessed from the title: please check." if meant else "  # Nothing counts until you say what: see above.",
        "  rule:",
        f"    counts: {counts}",
        *((f"    {key}: [{kind}]",) if kind else ()),
        f"    distinct_by: {'sector' if counts == 'sectors' else 'record'}",
        f"    proof: [{proof.get(counts, 'attendance-list, minutes')}]",
        "",
    )
    return "\n".join(lines)


def _scalar(text: str) -> str:
    """Return a text as YAML reads it back: as it is where nothing in it means anything, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
