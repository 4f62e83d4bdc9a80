"""Findings on names that mislead: one that holds several, and two bodies whose names are nearly the same.

Names are compared in blocks (all that agree but for one letter, for a kind of body, or in a word of unusual capitals),
never each with each, so the work grows with the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.parties import Partner
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.names import parties_of
from elca_docs.records.findings.spelling import SHORTEST, folded, nearly, telling, words_of
from elca_docs.records.findings.words import listed, quoted
from elca_docs.records.text import shown

_TWO = 2
_LONGEST = 20
"""Words of a name that is looked at, as _LETTERS are its letters; whatever is longer is no name to confuse."""
_LETTERS = 200
_LEGAL_FORMS = frozenset({"ggmbh", "gmbh", "kgaa", "sarl", "eirl", "earl", "spzoo"})
_SHORTEST_BRAND = 5
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with its owner and its place."""

    stem: str
    owner: str
    name: str
    location: Location | None

    @property
    def said(self) -> str:
        """The name as a sentence quotes it, with its owner."""
        return f"'{shown(self.name, 70)}' ({self.stem.removesuffix('s')} {self.owner})"


def names_hold_no_other(portfolio: Portfolio) -> Iterator[Finding]:
    """A name is the name of one body: it does not hold several known names side by side, its own aliases or others."""
    owners: dict[tuple[str, ...], _Named] = {}
    for each in _names(portfolio):
        if len(words_of(each.name)) >= _TWO:
            owners.setdefault(words_of(each.name), each)
    for organisation in portfolio.organisations:
        parts = [owners[each] for each in _parts(words_of(organisation.name), owners)]
        if len(parts) >= _TWO:
            others = dict.fromkeys(each.owner for each in parts if each.owner != organisation.id)
            odd = _odd_end(organisation.name)
            yield Finding(
                code="name-merged",
                severity="error",
                message=f"the name of organisation {organisation.id} cannot be one name: it holds "
                f"{listed(quoted([each.name]) if each.owner == organisation.id else each.said for each in parts)}"
                + (f", and {odd}" if odd else ""),
                ids=(str(organisation.id), *others),
                location=portfolio.place("organisations", organisation.id, "name"),
                other_location=parts[0].location,
                fix="make one record of each body, and name them one by one in the records that mean them",
            )


def names_end_in_a_word(portfolio: Portfolio) -> Iterator[Finding]:
    """No name ends in a single small letter, nor leaves a bracket open, as it does where a cell was cut."""
    merged = {finding.ids[0] for finding in names_hold_no_other(portfolio)}
    for stem, party in parties_of(portfolio):
        odd = _odd_end(party.name)
        if odd and party.id not in merged:
            yield Finding(
                code="name-cut",
                severity="warning",
                message=f"the name '{shown(party.name, 140)}' of {party.id} {odd}",
                ids=(str(party.id),),
                location=portfolio.place(stem, str(party.id), "name"),
                fix="compare it with the source and write the whole name",
            )


def names_of_two_differ(portfolio: Portfolio) -> Iterator[Finding]:
    """No two parties bear names that a reader, or a search, takes for one another."""
    told: set[frozenset[str]] = set()
    for group in _blocks(portfolio):
        owners = {each.owner: each for each in reversed(group)}
        alike = [each for each in owners.values() if not _is_same(each, group[0]) or each.owner == group[0].owner]
        ids = frozenset(each.owner for each in alike)
        if len(ids) > 1 and ids not in told:
            told.add(ids)
            ordered = sorted(alike, key=lambda each: (each.stem != "organisations", each.owner))
            names = listed((each.said for each in ordered), 4)
            yield Finding(
                code="names-alike",
                severity="warning",
                message=f"different bodies have names that are easily confused: {names}",
                ids=tuple(each.owner for each in ordered),
                location=ordered[0].location,
                other_location=ordered[1].location,
                fix="make one record of them where they are one; where they are not, print a short form that differs",
            )


def _odd_end(name: str) -> str:
    """Return what is odd about the end of a name, as the end of a sentence; empty where nothing is."""
    if stray := re.search(r"\s([b-z])$", name):
        return f"ends in a stray letter '{stray[1]}'"
    return "opens a bracket that nothing closes" if name.count("(") > name.count(")") else ""


def _is_same(one: _Named, other: _Named) -> bool:
    """Whether two names are the same text, which is the finding `name-shared`."""
    return one.name.casefold() == other.name.casefold()


def _blocks(portfolio: Portfolio) -> list[list[_Named]]:
    """Return the names of different owners that agree in a key; only blocks of two owners and more."""
    first: dict[str, _Named] = {}
    blocks: dict[str, list[_Named]] = {}
    for named in _names(portfolio):
        for key in _keys(named.name):
            other = first.setdefault(key, named)
            if other.owner != named.owner and _are_alike(key, other.name, named.name):
                blocks.setdefault(key, [other]).append(named)
    return [blocks[key] for key in sorted(blocks)]


def _keys(name: str) -> set[str]:
    """Return what a name is filed under; names that share a key may be alike."""
    words = words_of(name)
    if len(words) > _LONGEST or len(name) > _LETTERS:
        return set()
    keys = {f"brand {folded(each)}" for each in _brands(name)}
    bare = sorted(telling(words))
    if len(bare) >= _TWO:
        keys.add(f"words {' '.join(bare)}")
    if len("".join(words)) > SHORTEST:
        keys |= {f"letters {each}" for each in _one_letter_off(words)}
    return keys


def _are_alike(key: str, one: str, other: str) -> bool:
    """Whether two names that share a key are alike: those that share letters only, word for word."""
    if not key.startswith("letters "):
        return True
    pairs = list(zip(words_of(one), words_of(other), strict=False))
    return all(first == second or nearly(first, second) for first, second in pairs)


def _one_letter_off(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words as they are, and with each letter of each longer word left out once."""
    yield " ".join(words)
    for place, word in enumerate(words):
        if len(word) > SHORTEST and word.isalpha():
            before, after = " ".join(words[:place]), " ".join(words[place + 1 :])
            for index in range(len(word)):
                yield f"{before} {word[:index]}{word[index + 1 :]} {after}".strip()


def _brands(name: str) -> Iterator[str]:
    """Yield the words of unusual capitals: CamelCase, or capitals behind a hyphen (Lamp-ER)."""
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", name):
        if len(word) >= _SHORTEST_BRAND and folded(word) not in _LEGAL_FORMS:
            *before, last = word.split("-")
            camel = any(
                re.search("[a-z]", part) and re.search("[A-Z]", part.lstrip(_CAPITALS)) for part in (*before, last)
            )
            tail = any(re.search("[a-z]", part) for part in before) and len(last) >= _TWO and last.isupper()
            if camel or tail:
                yield word


def _parts(words: tuple[str, ...], known: Container[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the known names that stand in the words one behind the other, the longest where several begin alike."""
    found: list[tuple[str, ...]] = []
    place = 0
    while place < len(words) <= _LONGEST:
        ends = range(len(words), place + 1, -1)
        part = next((words[place:end] for end in ends if end - place < len(words) and words[place:end] in known), None)
        found += [part] if part else []
        place += len(part) if part else 1
    return found


def _names(portfolio: Portfolio) -> Iterator[_Named]:
    """Yield every name of every party once, with its place."""
    for stem, party in parties_of(portfolio):
        short = [each.name for each in party.acronyms] if isinstance(party, Partner) else [party.short_name]
        for name in dict.fromkeys((party.name, *short, *(each.name for each in party.aliases))):
            if name:
                yield _Named(stem, str(party.id), name, portfolio.place(stem, str(party.id)))
