"""One field of one record changed in the text of its file, every other character kept.

No YAML library writes here: each of them lays the rest of the file out anew. The characters of a value, known from
`spans`, are replaced; a new key goes below the key that the model names before it. Every result is read back: a text
that does not mean the old record with this one field changed, or that lost a comment, is no result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from elca_docs.model.record import Record
from elca_docs.records.cell_values import Value
from elca_docs.records.grammar import tree_of
from elca_docs.records.nodes import plain
from elca_docs.records.shapes import fields_of, is_record, type_at
from elca_docs.records.spans import Mapping, Scalar, Sequence, Span, column_of, comments_in, newline_of, span_of
from elca_docs.records.spelling import Place, spellings
from elca_docs.records.splices import Splice, inserted, list_edits, removed
from elca_docs.records.text import decoded


@dataclass(frozen=True, slots=True)
class Field:
    """A field in a text: the record's class, its position in the list (None where the text is one record), its path."""

    record: type[Record]
    index: int | None
    path: tuple[str, ...]

    @property
    def is_text(self) -> bool:
        """Whether its value, or each entry of it, is text to the model, and neither number, date nor id."""
        kind: Any = type_at(self.record, self.path)
        return (type_at(self.record, (*self.path, 0)) if getattr(kind, "__origin__", None) is tuple else kind) is str


def meaning_of(text: str) -> object:
    """Return what a text of YAML holds, as lists, dictionaries and texts; None where it has any problem."""
    clean, problems = decoded("", text.encode())
    if clean is None or problems:
        return None
    tree, problems = tree_of("", clean)
    return None if tree is None or problems else plain(tree)


def with_value(text: str, field: Field, value: Value) -> str | None:
    """Return the text with one field changed; None where no way was found that keeps everything else."""
    span = span_of(text)
    inside = () if field.index is None else (field.index,)
    wanted = _changed(meaning_of(text), (*inside, *field.path), value)
    comments = Counter(comments_in(text, span, 0, len(text)))
    for splices in _ways(text, span, field, value):
        found = _spliced(text, splices)
        if meaning_of(found) == wanted and not comments - Counter(comments_in(found, span_of(found), 0, len(found))):
            return found
    return None


def _ways(text: str, span: Span, field: Field, value: Value) -> Iterator[tuple[Splice, ...]]:
    """Yield the ways to change a field, the nicest first."""
    holder = span.entries[field.index] if field.index is not None and isinstance(span, Sequence) else span
    chain: list[Mapping] = []
    while isinstance(holder, Mapping) and len(chain) < len(field.path):
        chain.append(holder)
        holder = holder.values.get(field.path[len(chain) - 1], Scalar(0, 0, ""))
    top, names = chain[-1], field.path[len(chain) - 1 :]
    found = top.values.get(names[0])
    if value is None:
        yield from removed(text, span, chain, field.path)
    elif found is None or (isinstance(found, Scalar) and found.empty):
        yield from inserted(text, top, _above(field, chain), names, value, is_text=field.is_text)
    elif isinstance(found, Sequence) and isinstance(value, tuple):
        yield from list_edits(text, found, value, is_text=field.is_text)
    elif isinstance(found, Scalar) and isinstance(value, str):
        place = Place(names[0], column_of(text, top.keys[names[0]].start), found.flow, field.is_text)
        for spelling in spellings(value, place, found.style):
            yield (Splice(found.start, found.end, spelling),)


def _above(field: Field, chain: list[Mapping]) -> str | None:
    """Return the key below which a new one goes: the last of those that the model names before it."""
    path, top = field.path[: len(chain) - 1], chain[-1]
    record = type_at(field.record, path)
    order = list(fields_of(record)) if is_record(record) else []
    name = field.path[len(chain) - 1]
    earlier = [key for key in order[: order.index(name)] if key in top.keys] if name in order else []
    return earlier[-1] if earlier else next(reversed(top.keys), None)


def _changed(meaning: object, path: tuple[str | int, ...], value: Value) -> object:
    """Return a meaning with the value at a path changed; what holds nothing any more is gone."""
    if isinstance(meaning, list) and path:
        index = int(path[0])
        return [*meaning[:index], _changed(meaning[index], path[1:], value), *meaning[index + 1 :]]
    if not path:
        return list(value) if isinstance(value, tuple) else value
    old = meaning if isinstance(meaning, dict) else {}
    inner = _changed(old.get(path[0], {}), path[1:], value)
    rest = {key: each for key, each in old.items() if key != path[0]}
    return rest if inner is None or inner == {} else rest | {path[0]: inner}


def _spliced(text: str, splices: tuple[Splice, ...]) -> str:
    newline = newline_of(text)
    for each in sorted(splices, key=lambda splice: splice.start, reverse=True):
        text = text[: each.start] + each.text.replace("\n", newline) + text[each.end :]
    return text
