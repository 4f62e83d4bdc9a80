"""What the field guide says, before it is Word or HTML: every field of the table in groups, and the words around them.

The table of fields is the only definition; whether a field may be empty is read off the sparsest agreement that the
records allow. Nothing here knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from elca_docs.authoring import guide_es, guide_ready, guide_ready_es, guide_words, guide_words_es
from elca_docs.authoring.guide_ready import Ready
from elca_docs.authoring.guide_words import GuideWords
from elca_docs.authoring.specimens import preview_context
from elca_docs.context import FIELDS, Field
from elca_docs.context.words import Words
from elca_docs.model.missing import Missing

GUIDE_LANGUAGES: Final = ("en", "es")
Filling = Literal["needed", "open", "always", ""]

_GROUP_OF: Final[Mapping[str, str]] = {
    "agreement": "agreement",
    "project": "project",
    "mission": "mission",
    **dict.fromkeys(("parties", "partner", "partners", "counterpart", "counterparts"), "parties"),
    **dict.fromkeys(("areas", "commitments", "annexes", "terms"), "substance"),
}
_OF_LOOP: Final[Mapping[str, str]] = {"parties": "party", "commitments": "commitment"}
_ENTRY: Final[Mapping[str, str]] = {**_OF_LOOP, "areas": "area", "annexes": "annex", "address_lines": "line"}
"""What an entry of a list is called in a loop."""
_SHORTCUTS: Final = ("counterpart", "partner")
_PRINTED: Final = re.compile(r"\{\{ ([\w.]+) \}\}")
_CONDITION: Final = re.compile(r"\{%.*?%\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field for its reader: the names it has, what to copy for each, and what it prints."""

    names: tuple[str, ...]
    tags: tuple[str, ...]
    meaning: str
    example: str
    kind: str
    filling: Filling
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together, by the key of their heading."""

    key: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The whole guide in one language."""

    words: GuideWords
    samples: tuple[tuple[str, str, str], ...]
    """What is written, what it prints, and a remark."""
    groups: tuple[Group, ...]
    ready: tuple[Ready, ...]

    def ready_for(self, part: str) -> tuple[Ready, ...]:
        """Return what is ready to be copied into a part of a document: text, signing or margins."""
        return tuple(each for each in self.ready if each.part == part)


def guide_of(language: str) -> Guide:
    """Return the guide in Spanish or, for every other language, in English."""
    spanish = language == "es"
    words = guide_words_es.SPANISH if spanish else guide_words.ENGLISH
    ready = guide_ready_es.SPANISH if spanish else guide_ready.ENGLISH
    return Guide(words=words, samples=tuple(_samples(words)), groups=tuple(_groups(words)), ready=ready)


def filling_of(field: Field) -> Filling:
    """Return whether a field is always there, may be empty, or is needed before anybody can sign.

    A group that only holds others has nothing to say. Within a loop a field is as it is in the entries there are.
    """
    found = _values_of(field.name)
    if field.loop and not found:
        return "always"
    missing = [each for each in found if isinstance(each, Missing)]
    if any(each.mandatory for each in missing):
        return "needed"
    if missing or not found or [] in found:
        return "open"
    return "" if field.type == "group" else "always"


def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces; what stood between backticks is to be typed as it is."""
    return tuple((piece, bool(index % 2)) for index, piece in enumerate(text.split("`")) if piece)


def _groups(words: GuideWords) -> Iterator[Group]:
    found: dict[str, list[Row]] = {}
    for field in FIELDS:
        if not _shortcut(field):
            found.setdefault(_group_of(field), []).append(_row(field, words))
    for key in words.groups:
        yield Group(key=key, rows=tuple(found[key]))


def _group_of(field: Field) -> str:
    return _OF_LOOP[field.loop] if field.loop else _GROUP_OF.get(field.name.split(".")[0], "document")


def _shortcut(field: Field) -> bool:
    """Whether a field is one of a party under another name; it stands in the party's row."""
    return field.name.startswith(tuple(f"{name}." for name in _SHORTCUTS))


def _row(field: Field, words: GuideWords) -> Row:
    names = [field.name]
    if field.loop == "parties":
        names += [field.name.replace("party", each, 1) for each in _SHORTCUTS]
    filling = filling_of(field)
    spanish = words.language == "es"
    return Row(
        names=tuple(names),
        tags=(*(_tag(field, name, filling) for name in names), *(("{%p endfor %}",) if field.type == "list" else ())),
        meaning=guide_es.MEANINGS[field.name] if spanish else field.meaning,
        example=_example(field, words),
        kind=words.kinds[field.type],
        filling=filling,
        source=_spanish_source(field.source) if spanish else field.source,
    )


def _tag(field: Field, name: str, filling: Filling) -> str:
    """Return what an author copies to use a field under one of its names."""
    if field.type == "list":
        return f"{{%p for {_ENTRY[name.rpartition('.')[2]]} in {name} %}}"
    if field.type == "group" and filling != "open":
        return f"{name}.…"
    if field.type in {"group", "yes/no"}:
        return f"{{% if {name} %}}…{{% endif %}}"
    return f"{{{{ {name} }}}}"


def _example(field: Field, words: GuideWords) -> str:
    return guide_es.EXAMPLES.get(field.name, field.example) if words.language == "es" else field.example


def _spanish_source(source: str) -> str:
    return guide_es.SOURCES.get(source) or source.replace(*guide_es.EITHER)


def _samples(words: GuideWords) -> Iterator[tuple[str, str, str]]:
    """Yield the examples, filled in from those of the table."""
    examples = {each.name: _example(each, words) for each in FIELDS}
    examples |= {"counterpart.name": examples["counterparts"].split(" y " if words.language == "es" else " and ")[0]}
    for written, remark in words.samples:
        printed = _PRINTED.sub(lambda found: examples[found[1]], written)
        yield written, _CONDITION.sub("", printed), remark
    written, remark = words.absent
    yield written, f"[{Words(words.language).label('party.address', 'NORTH')}]", remark


def _values_of(name: str) -> tuple[object, ...]:
    """Return every value that a field has in the sparse specimens; none where what holds it is empty."""
    return tuple(value for found, value in _sparse() if found == name)


@lru_cache(maxsize=1)
def _sparse() -> tuple[tuple[str, object], ...]:
    contexts = (preview_context("sparse", among_counterparts=among) for among in (False, True))
    return tuple(each for context in contexts for each in _walked(context, ""))


def _walked(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    """Yield names and values, named as in the table of fields."""
    for key, value in values.items():
        name = f"{prefix}{key}"
        yield name, value
        if isinstance(value, dict):
            yield from _walked(value, f"{name}.")
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    yield from _walked(entry, f"{_OF_LOOP[name]}.")
