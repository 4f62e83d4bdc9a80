"""Ids for records that a workbook makes: readable, given to nobody else, and the same whenever they are worked out.

The rules of an id are the model's; here a name becomes one that keeps them. Pure and without state but the ids known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from elca_docs.model.values import Identifier

_LONGEST: Final = 40
# What Unicode does not take apart into a base letter and an accent.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE"}
)
_TOGETHER: Final = (
    frozenset({"partners", "organisations"}),
    frozenset({"agreements", "contacts", "events", "timeline"}),
    frozenset({"people"}),
)
"""Kinds of record that share their ids: evidence and parties are named by an id alone."""


class NewIds:
    """Gives ids that no record has, also not in other capitals; each is given once."""

    def __init__(self, ids: Mapping[str, Iterable[str]]) -> None:
        """Take note of all ids there are, by kind of record."""
        self._taken: dict[frozenset[str], set[str]] = {
            kinds: {each.casefold() for kind in kinds for each in ids.get(kind, ())} for kinds in _TOGETHER
        }

    def named(self, kind: str, name: str) -> str:
        """Return an id made of a name: "Red Ficticia" → red-ficticia."""
        plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        words = re.findall("[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)).lower())
        short = ""
        for word in words:
            longer = f"{short}-{word}" if short else word[:_LONGEST]
            if len(longer) > _LONGEST:
                break
            short = longer
        return self._given(kind, short or kind.removesuffix("s"), first=short)

    def numbered(self, kind: str, place: str) -> str:
        """Return an id that continues the one of a place: CA-NORD → CA-NORD-1."""
        return self._given(kind, place[:_LONGEST].rstrip("._+-# "), first="")

    def _given(self, kind: str, stem: str, *, first: str) -> str:
        taken = next(found for kinds, found in self._taken.items() if kind in kinds)
        wanted, number = first or f"{stem}-1", 1
        while wanted.casefold() in taken or not _is_id(wanted):
            number += 1
            wanted = f"{stem}-{number}"
        taken.add(wanted.casefold())
        return wanted


def _is_id(text: str) -> bool:
    """Whether the model takes a text for an id; a name that Windows keeps for itself is none."""
    try:
        Identifier.parse(text)
    except ValueError:
        return False
    return True
