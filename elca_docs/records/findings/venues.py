"""Findings on one meeting that two records place differently.

Two occasions are taken for one meeting where they are about the same organisation, in nearly the same words or on the
same day, and no dates part them. An organisation may be a record's own or named in the words of a step.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.occasions import Occasion, occasions_of
from elca_docs.records.findings.words import phrases, spelled, words_of

_ALIKE = 0.75
"""Of the words of the shorter text, so many stand in the other one too."""
_FEWEST_WORDS = 3
_MOST_PLACED = 40
"""Of one organisation, so many placed occasions are compared with one another; more are no plan that people write."""
_NOWHERE = frozenset({"digital", "hybrid", "online", "phone", "remote", "telco", "telephone", "video", "virtual"})


def meetings_have_one_place(portfolio: Portfolio) -> Iterator[Finding]:
    """One meeting with an organisation is at one place, in whichever record it stands."""
    told: set[tuple[str, str]] = set()
    for organisation, occasions in _placed(portfolio).items():
        for one, other in combinations(occasions[:_MOST_PLACED], 2):
            pair = (str(one.row.id), str(other.row.id))
            if pair[0] == pair[1] or pair in told or not _is_one_meeting(one, other) or not _apart(one, other):
                continue
            told.add(pair)
            yield Finding(
                code="place-differs",
                severity="warning",
                message=f"{pair[0]} has '{one.what}' in {one.place}{_dated(one)}, and {pair[1]} has '{other.what}' in "
                f"{other.place}{_dated(other)}: both with {organisation}",
                ids=(*pair, organisation),
                location=portfolio.place(*one.path),
                other_location=portfolio.place(*other.path),
                fix="find out whether they are one meeting; correct the place, or date both",
            )


def _placed(portfolio: Portfolio) -> dict[str, list[Occasion]]:
    """Return the occasions with a place by organisation: those of its own records, and those that name it."""
    names = _names(portfolio)
    longest = max((len(name.split()) for name in names), default=0)
    found: dict[str, list[Occasion]] = {}
    for occasion in occasions_of(portfolio):
        if occasion.place and not words_of(occasion.place) <= _NOWHERE:
            said = (names[each] for each in phrases(spelled(occasion.what), longest) if each in names)
            for organisation in dict.fromkeys((*map(str, occasion.organisations), *said)):
                found.setdefault(organisation, []).append(occasion)
    return found


def _names(portfolio: Portfolio) -> dict[str, str]:
    """Return the organisations by all their names in small letters, a space between the words."""
    found: dict[str, str] = {}
    for organisation in portfolio.organisations:
        for name in (organisation.name, organisation.short_name, *(each.name for each in organisation.aliases)):
            if words := spelled(name):
                found.setdefault(" ".join(words).casefold(), str(organisation.id))
    return found


def _is_one_meeting(one: Occasion, other: Occasion) -> bool:
    if one.when and other.when:
        return bool(one.when.day) and one.when == other.when
    first, second = words_of(one.what), words_of(other.what)
    fewest = min(len(first), len(second))
    return fewest >= _FEWEST_WORDS and len(first & second) >= _ALIKE * fewest


def _apart(one: Occasion, other: Occasion) -> bool:
    """Whether two places have no word in common, those that name no place aside."""
    return (words_of(one.place) - _NOWHERE).isdisjoint(words_of(other.place) - _NOWHERE)


def _dated(occasion: Occasion) -> str:
    return f" ({occasion.when})" if occasion.when else ""
