"""What stands in the records to be read by people: every running text with its place, for findings on wording.

Names of bodies are not among them (they are compared by themselves), nor is anything that is never printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from elca_docs.errors import Location
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end

_TEXTS = {
    "indicators": ("title", "description"),
    "statements": ("what", "text"),
    "deliverables": ("title",),
    "contacts": ("description",),
    "agreements": ("description",),
    "events": ("title", "description"),
    "organisations": ("description",),
}
"""Fields that hold running text, by the stem of their records; what the project itself says comes first."""
STEPS = ("agreements", "contacts", "events")


@dataclass(frozen=True, slots=True)
class Printed:
    """A text, the record it belongs to, and where it is written."""

    text: str
    record: str
    location: Location | None


def printed_texts(portfolio: Portfolio) -> Iterator[Printed]:
    """Yield every running text of the records, narratives last."""
    for stem, keys in _TEXTS.items():
        for record in getattr(portfolio, stem):
            yield from _texts_of(portfolio, stem, record, keys)
    for record in portfolio.deliverables:
        for index, section in enumerate(record.sections):
            path = ("deliverables", str(record.id), "sections", str(index))
            yield Printed(section.heading, record.id, portfolio.place(*path, "heading"))
            for number, table in enumerate(section.tables):
                for key in ("caption", "first_column"):
                    place = portfolio.place(*path, "tables", str(number), key)
                    yield Printed(getattr(table, key), record.id, place)
    for narrative in narratives_of(portfolio):
        yield from narrative


def narratives_of(portfolio: Portfolio) -> Iterator[tuple[Printed, ...]]:
    """Yield the paragraphs of each narrative, each on one line, at the place of its first line."""
    for (deliverable, name), text in sorted(portfolio.narratives.items()):
        path = f"records/deliverables/{deliverable}/{name}"
        yield tuple(Printed(*each) for each in _paragraphs(text, deliverable, path))


def day_of(portfolio: Portfolio, deliverable: Deliverable) -> date | None:
    """Return the day from which a deliverable's words have to be right: when it is submitted, or due."""
    cover = deliverable.cover
    if cover.submitted_on:
        return cover.submitted_on
    return month_end(portfolio.project.start, cover.due_month) if cover.due_month else None


def names_in(text: str, name: str) -> bool:
    """Whether a text holds a name as whole words, in its own capitals."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _paragraphs(text: str, deliverable: str, path: str) -> Iterator[tuple[str, str, Location]]:
    """Yield what stands between empty lines, with its record and place."""
    held: list[str] = []
    for number, line in enumerate((*text.split("\n"), ""), 1):
        if line.strip():
            held.append(line.strip())
        elif held:
            yield " ".join(held), deliverable, Location(path, number - len(held))
            held = []


def _texts_of(portfolio: Portfolio, stem: str, record: Any, keys: tuple[str, ...]) -> Iterator[Printed]:  # noqa: ANN401 - seven kinds of record, told apart by their stem
    identifier = str(record.id)
    for key in keys:
        if text := getattr(record, key):
            yield Printed(text, identifier, portfolio.place(stem, identifier, key))
    for index, step in enumerate(record.steps if stem in STEPS else ()):
        for key in ("what", "meets"):
            if text := getattr(step, key):
                yield Printed(text, identifier, portfolio.place(stem, identifier, "steps", str(index), key))
    for key, text in getattr(record, "printed", {}).items():
        yield Printed(text, identifier, portfolio.place(stem, identifier, "printed", key))
