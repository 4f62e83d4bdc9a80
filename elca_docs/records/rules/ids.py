"""Rules on ids: given once, and told apart on every file system. Each rule is one function."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Location, Problem
from elca_docs.records.gathered import DEFINITIONS, Gathered
from elca_docs.records.kinds import with_article
from elca_docs.records.text import shown

_SHARED: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("indicators", "agreements", "contacts", "events", "duties", "timeline activities", "sectors"),
        "the register and the commands know each thing by",
    ),
    (("partners", "organisations"), "a party is named by"),
)


def ids_are_given_once(gathered: Gathered) -> Iterator[Problem]:
    """Two records of a kind never share an id."""
    for kind in DEFINITIONS:
        for each in gathered.given(kind):
            first = gathered.known[kind][each.text or ""]
            if each.at != first:
                message = f"the {_one(kind)} '{shown(each.text)}' is already there, in {_briefly(first, each.at)}"
                yield Problem("duplicate-id", message, each.at, "give one of the two another id, or remove it")


def ids_differ_by_more_than_case(gathered: Gathered) -> Iterator[Problem]:
    """Two ids of a kind differ by more than capitals: on Windows their files would be one."""
    for kind, known in gathered.known.items():
        if kind not in DEFINITIONS:
            continue
        folded: dict[str, str] = {}
        for text, at in known.items():
            first = folded.setdefault(text.casefold(), text)
            if first != text:
                message = f"the {_one(kind)} '{shown(text)}' differs from '{shown(first)}' by capitals only"
                fix = "give one of the two another id: on Windows their files would be the same"
                yield Problem("id-case-conflict", message, at, fix)


def ids_are_not_shared_by_kinds(gathered: Gathered) -> Iterator[Problem]:
    """An id names one thing where the id is all one has: an event or a contact, a partner or an organisation."""
    for kinds, purpose in _SHARED:
        first: dict[str, str] = {}
        for kind in kinds:
            for text, at in gathered.known[kind].items():
                other = first.setdefault(text, kind)
                if other != kind:
                    users = f"{with_article(_one(kind))} and by {with_article(_one(other))}"
                    message = f"the id '{shown(text)}' is used by {users}"
                    yield Problem("duplicate-id", message, at, f"{purpose} one id: give one of the two another")


def _one(kind: str) -> str:
    """Return the kind in the singular."""
    return {
        "people": "person",
        "classes": "agreement class",
        "duties": "duty",
        "timeline activities": "timeline activity",
    }.get(kind, kind.removesuffix("s"))


def _briefly(place: Location, seen_from: Location) -> str:
    return f"line {place.line}" if place.path == seen_from.path else f"{place.path}, line {place.line}"
