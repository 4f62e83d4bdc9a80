"""How ids are put in order and how things are called in a sentence. May not look at the register."""

from __future__ import annotations

import re
from collections.abc import Iterable

from elca_docs.model.parties import Organisation
from elca_docs.model.portfolio import Party, Portfolio

_DIGITS = re.compile(r"([0-9]+)")
SHORT_DIGEST = 12

NaturalKey = tuple[tuple[tuple[int, str], ...], str]


def natural(identifier: str) -> NaturalKey:
    """Return the sort key under which T2-9 stands before T2-10; different ids never have the same key."""
    parts = _DIGITS.split(identifier.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), identifier


def label_of(party: Party) -> str:
    """Return the shortest name that a reader recognises: a partner's acronym, an organisation's short name."""
    return party.label if isinstance(party, Organisation) else party.id


def party_label(portfolio: Portfolio, identifier: str) -> str:
    """Return the label of a partner or organisation, the id itself where there is no record of it."""
    known = portfolio.partner_by_id.get(identifier) or portfolio.organisation_by_id.get(identifier)
    return label_of(known) if known else identifier


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Return names as a list in a sentence: "A", "A and B", "A, B and C"."""
    every = tuple(names)
    return f" {joint} ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


def short(digest: str) -> str:
    """Return a digest cut to the length that a sentence can carry."""
    return digest[:SHORT_DIGEST]


def note_path(digest: str, note: str) -> str:
    """Return where a note about evidence lies, relative to the project folder."""
    return archive_path(digest).replace(".pdf", f".{note[:12]}.json")


def archive_path(digest: str) -> str:
    """Return where the evidence lies, relative to the project folder (DESIGN.md, "Evidence")."""
    return f"register/evidence/{digest[:2]}/{digest}.pdf"


def dated(names_and_days: Iterable[tuple[str, object]]) -> str:
    """Return "A on 2021-10-05 and B on 2021-10-07"."""
    return listed(f"{name} on {day}" for name, day in names_and_days)
