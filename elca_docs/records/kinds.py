"""Which file holds which kind of record, and what a record is called in a sentence. A table; it reads nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from elca_docs.model.deliverables import AnnexRule, ChartSpec, Deliverable, TableSpec
from elca_docs.model.indicators import Indicator, Statement
from elca_docs.model.parties import LegalData, Organisation, Partner, Person
from elca_docs.model.plan import Acceptance, Agreement, Contact, Event, Mission, Terms, Timeline
from elca_docs.model.project import Project
from elca_docs.model.record import Record

FOLDER = "records/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the stem of its file, its dataclass, and what the file holds.

    `list` files hold a list of records and may be a folder of such files; a `single` file is one record; each file of
    a `folder` is one record.
    """

    stem: str
    record: type[Record]
    shape: Literal["list", "single", "folder"] = "list"


KINDS: tuple[Kind, ...] = (
    Kind("project", Project, "single"),
    Kind("partners", Partner),
    Kind("organisations", Organisation),
    Kind("people", Person),
    Kind("agreements", Agreement),
    Kind("contacts", Contact),
    Kind("events", Event),
    Kind("missions", Mission),
    Kind("timeline", Timeline, "single"),
    Kind("indicators", Indicator),
    Kind("statements", Statement),
    Kind("deliverables", Deliverable, "folder"),
    Kind("accepted", Acceptance),
)
KIND_BY_STEM = {kind.stem: kind for kind in KINDS}

_NOUNS: dict[type[Record], str] = {
    Project: "the project",
    Timeline: "the timeline",
    LegalData: "the legal data",
    Terms: "the terms",
    TableSpec: "a table",
    ChartSpec: "a chart",
    AnnexRule: "the annexes",
}


def noun(record: type[Record]) -> str:
    """Return what a record is called in a sentence: an agreement, a work package, the project."""
    if record in _NOUNS:
        return _NOUNS[record]
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", record.__name__).lower()
    return with_article(words)


def with_article(words: str) -> str:
    """Return words with a or an before them."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
