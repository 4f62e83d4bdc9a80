"""A field for each blank where words say so clearly, and the reason; otherwise none. Nothing is guessed in silence.

The words in a blank, before it and behind it are compared with a table of phrases; a proposal needs nearly all words to
fit, and where several fields fit equally well, none is proposed and all are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from elca_docs.authoring.adoption_words import BY_HAND, CONCEPTS, IGNORED, LIKELY_SIDES, PARTY, PHRASES, SIDES
from elca_docs.authoring.blanks import Blank
from elca_docs.context import FIELDS, Field

Confidence = Literal["sure", "likely", "none"]
THRESHOLD: Final = 0.85
"""Of all words on both sides, the share that must fit: at most one of a phrase of three or more may be left over."""
_LABEL_WORDS: Final = 5
_VAGUE: Final = frozenset({"code", "date", "name", "number", "place"})
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MERGE_NAME = re.compile(r"<<.*|«(?:[^\W\d]*[\d_]\w*|[^\W\d_a-zß-ÿ]{2,}|\w*[a-z][A-Z]\w*)»")
"""What nobody quotes: a name with an underscore, a digit or a capital within, or in capitals alone."""
_ABOUT = {word: side for side, words in SIDES.items() for word in words.split()}
_PERHAPS_ABOUT = {word: side for side, words in LIKELY_SIDES.items() for word in words.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What could stand in a blank: a field, or nothing (`keep`: it is filled in by hand), and why.

    "sure": the words say this and nothing else. "likely": a person should look, because a word is left over or because
    the side of the agreement is told by the text around. "none": nothing is proposed; `others` are what could fit.
    """

    blank: str
    field: str = ""
    keep: bool = False
    confidence: Confidence = "none"
    why: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """Words about a blank: where they stand, and what they mean."""

    place: str
    words: tuple[str, ...]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Side:
    """The side of the agreement that a blank is about: said by a word, surely or perhaps."""

    name: str = ""
    word: str = ""
    sure: bool = False


def proposed(blanks: Sequence[Blank], fields: Sequence[Field] = FIELDS) -> tuple[Proposal, ...]:
    """Return a proposal for each blank, in their order."""
    phrases = _phrases(fields)
    found = {blank.id: _proposal(blank, phrases) for blank in blanks}
    doubtful = [blank for blank in blanks if blank.kind == "mergetext" and not _MERGE_NAME.fullmatch(blank.text)]
    if any(" " in blank.text and not found[blank.id].field for blank in doubtful):
        found |= {blank.id: _quotation(blank) for blank in doubtful}
    return tuple(found.values())


def _quotation(blank: Blank) -> Proposal:
    """Return what to do with words in the quotation marks of a text that quotes with them elsewhere."""
    why = f"{blank.text} may be a quotation, as others here are"
    return Proposal(blank=blank.id, keep=True, confidence="likely", why=why)


def _phrases(fields: Sequence[Field]) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return the phrases of each field that can be proposed, the fields of a party by ".name"; yes/no is for boxes."""
    known = {field.name: field for field in fields}
    table = {f".{rest}": phrases for rest, phrases in PARTY.items()} | dict(PHRASES)
    sides = [side for side in SIDES if side in known]
    return {
        name: tuple(frozenset(phrase.split()) for phrase in phrases)
        for name, phrases in table.items()
        if (name in known or any(side + name in known for side in sides))
    }


def _proposal(blank: Blank, phrases: Mapping[str, tuple[frozenset[str], ...]]) -> Proposal:
    if blank.obstacle:
        return Proposal(blank=blank.id, why=blank.obstacle)
    boxes = {"agreement.confidential"}
    usable = {name: found for name, found in phrases.items() if (name in boxes) == (blank.kind == "checkbox")}
    for source in _sources(blank):
        if best := _best(source.concepts, {**usable, "": tuple(frozenset(each.split()) for each in BY_HAND)}):
            score, names = best
            return _judged(blank, source, score, names)
    return Proposal(blank=blank.id, why="no words here fit a field")


def _sources(blank: Blank) -> Iterator[_Source]:
    """Yield words about a blank in the order in which they count: its own, those behind it, those before it.

    A blank that only says "name" or "date" is told by the words before it first.
    """
    label = blank.label if blank.label.endswith(":") else " ".join(blank.label.split()[-_LABEL_WORDS:])
    own = tuple(_source("its own words", text) for text in _own_texts(blank))
    behind = _source("the words behind it", blank.note)
    before = _source("the words before it", label)
    texts = _own_texts(blank) if label else ()
    both = tuple(_source("the words before it and its own", f"{label} {text}") for text in texts)
    vague = tuple(each for each in own if each.concepts <= _VAGUE)
    clear = tuple(each for each in own if not each.concepts <= _VAGUE)
    yield from (*clear, behind, *both, before, *vague)


def _own_texts(blank: Blank) -> tuple[str, ...]:
    """Return what its author called a blank, and what is written in it, where those are words."""
    return (*blank.names, *(() if blank.kind == "line" else (blank.text,)))


def _source(place: str, text: str) -> _Source:
    words = tuple(_words(text))
    concepts = frozenset(
        CONCEPTS.get(word, word) for word in words if word not in _PERHAPS_ABOUT and word not in _ABOUT
    )
    return _Source(place, words, concepts)


def _words(text: str) -> Iterator[str]:
    """Yield the words that say something, without accents, capitals or underscores between them."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", text).replace("e-mail", "email").replace("E-mail", "email"))
    for word in _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)).casefold()):
        if word not in IGNORED:
            yield word


def _best(
    concepts: frozenset[str], phrases: Mapping[str, tuple[frozenset[str], ...]]
) -> tuple[float, tuple[str, ...]] | None:
    """Return the best score that reaches the threshold, and the fields that have it."""
    if not concepts:
        return None
    scores = {name: max(_score(concepts, phrase) for phrase in found) for name, found in phrases.items()}
    best = max(scores.values(), default=0.0)
    return (best, tuple(name for name, score in scores.items() if score == best)) if best >= THRESHOLD else None


def _score(concepts: frozenset[str], phrase: frozenset[str]) -> float:
    """Return the share of the words of both that fit: twice those in common, by those of both."""
    return 2 * len(concepts & phrase) / (len(concepts) + len(phrase))


def _judged(blank: Blank, source: _Source, score: float, names: tuple[str, ...]) -> Proposal:
    said = f"'{' '.join(source.words)}' ({source.place})"
    if names == ("",):
        return Proposal(
            blank=blank.id, keep=True, confidence="likely", why=f"{said} is filled in by hand when it is signed"
        )
    side = _side(blank)
    others = tuple(
        full for name in names if name for full in ((f"{each}{name}" for each in SIDES) if name[0] == "." else (name,))
    )
    if len(names) > 1:
        return Proposal(blank=blank.id, why=f"{said} fits several fields", others=others)
    name = names[0]
    if name.startswith(".") and not side.name:
        return Proposal(blank=blank.id, why=f"{said} does not say whose", others=others)
    sure = score == 1 and (side.sure or not name.startswith("."))
    why = f"{said}" + (f", and '{side.word}' says whose" if name.startswith(".") else "")
    return Proposal(
        blank=blank.id,
        field=f"{side.name}{name}" if name.startswith(".") else name,
        confidence="sure" if sure else "likely",
        why=why,
    )


def _side(blank: Blank) -> _Side:
    """Return whose blank it is: by a word that names a side in it or beside it, else by the nearest one before it."""
    either = _ABOUT | _PERHAPS_ABOUT
    own = " ".join(_own_texts(blank))
    for text in (own, blank.note, blank.label):
        said = [word for word in _words(text) if word in either]
        if len({either[word] for word in said}) == 1:
            return _Side(either[said[0]], said[0], sure=text is own and said[0] in _ABOUT)
    before = next((word for word in reversed([*_words(blank.before)]) if word in either), "")
    return _Side(either[before], before) if before else _Side()
