"""Whose name a certificate bears: the parties whose signatory or own name fits it best.

A valid signature says nothing of who signed (evidence notes 3.7), so the name in the certificate is held against the
names that the records expect. Names are compared as sets of words, without regard to order, capitals and accents, and
both as `muller` and as `mueller`. A guess is never made: two parties that fit equally well are both named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from elca_docs.model.facts import SignatureFacts
from elca_docs.model.parties import Partner, Person
from elca_docs.model.portfolio import Party, Portfolio

Words = frozenset[str]
_SPELLED_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Letters that are not a letter with a sign, and so keep theirs when signs are taken off.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_FORMS: Final[Words] = frozenset(
    {"ab", "ag", "aps", "as", "asbl", "bv", "doo", "ehf", "eood", "ev", "gmbh", "inc", "kft", "kg", "limited", "llc"}
    | {"ltd", "mbh", "nv", "oo", "oy", "oyj", "plc", "sa", "sarl", "sas", "scarl", "sl", "slu", "sp", "spa", "srl"}
    | {"sro", "vzw", "zoo"}
)
_TOGETHER: Final = 2  # words that a person's two spellings must share


def parties_named(
    signature: SignatureFacts, *, on: date | None, parties: Sequence[Party], portfolio: Portfolio
) -> tuple[str, ...]:
    """Return the ids of the parties that the certificate's names fit best, in the order given; empty where none fits.

    A person counts who signs for the party and was still in that function on the day; an organisation by its name in
    running text, its legal name, its short forms and aliases, or those of whoever signs on its behalf. Where the
    records know who signs, a certificate of somebody else of that organisation does not count; a seal does.
    """
    scores = {party.id: _score(signature, party, on, portfolio) for party in parties}
    best = max(scores.values(), default=0)
    return tuple(party for party, score in scores.items() if best and score == best)


def expected(party: Party, portfolio: Portfolio) -> tuple[str, ...]:
    """Return who is expected to sign for a party, for a screen: its signatories, then its own name."""
    people = sorted({person.name for person in _people(party, portfolio)})
    return (*people, party.legal.name or party.name)


def _score(signature: SignatureFacts, party: Party, on: date | None, portfolio: Portfolio) -> int:
    """Return how many words of a name of the party the certificate bears; 0 where no name fits."""
    # Where the records say who signs for the party, the name of its organisation behind another person's is not enough.
    alone = signature.seal or not any(_people(party, portfolio))
    fits = [
        _fit_of_organisation(name, written)
        for name in _names(party, portfolio)
        for written in (signature.signer, *((signature.organisation,) if alone else ()))
    ]
    fits += [
        _fit_of_person(person.name, signature.signer)
        for person in _people(party, portfolio)
        if person.until is None or on is None or on <= person.until
    ]
    return max(fits, default=0)


def _people(party: Party, portfolio: Portfolio) -> Iterator[Person]:
    acting = {party.id, party.legal.signs_through}
    return (person for person in portfolio.people if person.signs and person.of in acting)


def _names(party: Party, portfolio: Portfolio) -> Iterator[str]:
    """Yield every name that the party may sign under."""
    through = party.legal.signs_through
    behalf = portfolio.partner_by_id.get(through) or portfolio.organisation_by_id.get(through) if through else None
    for each in (party, behalf) if behalf else (party,):
        yield each.name
        yield each.legal.name
        yield from (alias.name for alias in each.aliases)
        if isinstance(each, Partner):
            yield from (acronym.name for acronym in each.acronyms)
        else:
            yield each.short_name


def _fit_of_organisation(name: str, written: str) -> int:
    """Return the words of a name that stand in what is written: all of them, or 0; one word must be all there is."""
    return max(
        (
            len(wanted)
            for wanted, there in _spellings(name, written, without=_FORMS)
            if wanted and ((wanted <= there and len(wanted) > 1) or wanted == there)
        ),
        default=0,
    )


def _fit_of_person(name: str, written: str) -> int:
    """Return the words that two spellings of a person share, where one holds all of the other; else 0.

    Certificates leave out second names or add titles, so either may be the longer one; two words must be the same.
    """
    return max(
        (
            len(wanted & there)
            for wanted, there in _spellings(name, written)
            if wanted == there or ((wanted <= there or there <= wanted) and len(wanted & there) >= _TOGETHER)
        ),
        default=0,
    )


def _spellings(name: str, written: str, *, without: Words = frozenset()) -> Iterator[tuple[Words, Words]]:
    """Yield both texts as sets of words, in every pair of spellings."""
    for wanted in _words(name, without):
        for there in _words(written, without):
            yield wanted, there


@lru_cache(maxsize=4096)
def _words(text: str, without: Words) -> tuple[Words, ...]:
    """Return the words of a text in its two spellings; letters alone (initials, S.L.) and legal forms are left out.

    Remembered: an inbox of a thousand files asks for the same few names again and again.
    """
    found = []
    folded = unicodedata.normalize("NFC", text.casefold())
    for spelled in (folded, folded.translate(_SPELLED_OUT)):
        letters = unicodedata.normalize("NFKD", spelled)
        bare = "".join(each for each in letters if not unicodedata.combining(each)).casefold().translate(_PLAIN)
        words = frozenset(word for word in re.findall(r"[^\W_]+", bare) if len(word) > 1)
        found.append(words - without or words)
    return tuple(found)
