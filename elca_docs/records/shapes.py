"""What the model wants where: from a record's class and a path to the type of the field, and its meaning in words.

Reads the dataclasses' own annotations, so that no field is described twice.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from elca_docs.model.record import Record, record_key

_T = TypeVar("_T")


def once_per_record(function: Callable[[type[Record]], _T]) -> Callable[[type[Record]], _T]:
    """Return the function, which now works out its answer once for each class of record."""
    known: dict[type[Record], _T] = {}

    def remembered(record: type[Record]) -> _T:
        if record not in known:
            known[record] = function(record)
        return known[record]

    return remembered


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field of a record: its key in a file, its type without `None`, its meaning, whether it must be there."""

    key: str
    type: Any
    meaning: str
    required: bool


@once_per_record
def fields_of(record: type[Record]) -> dict[str, FieldShape]:
    """Return the fields of a record by the key under which they stand in a file, in the model's order."""
    hints = get_type_hints(record, include_extras=True)
    shapes: dict[str, FieldShape] = {}
    for each in fields(record):  # type: ignore[arg-type]  # every Record is a dataclass; its base cannot say so
        key = record_key(each.name)
        annotated = get_args(hints[each.name]) if get_origin(hints[each.name]) is Annotated else (hints[each.name], "")
        required = each.default is MISSING and each.default_factory is MISSING
        shapes[key] = FieldShape(key, without_none(annotated[0]), str(annotated[1]), required)
    return shapes


def without_none(kind: Any) -> Any:  # noqa: ANN401 - a type expression has no static type
    """Return the type that an optional field has when it is there."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(each for each in get_args(kind) if each is not types.NoneType)
    return kind


def is_record(kind: object) -> bool:
    """Whether a type is one of the model's records."""
    return isinstance(kind, type) and issubclass(kind, Record)


def type_at(record: type[Record], path: Sequence[str | int]) -> Any:  # noqa: ANN401 - as without_none
    """Return the type wanted at a path of keys and list positions; None where the model has nothing there."""
    kind: Any = record
    for name in path:
        if is_record(kind):
            shape = fields_of(kind).get(str(name))
            kind = shape.type if shape else None
        else:
            arguments = get_args(kind)
            kind = without_none(arguments[-1] if get_origin(kind) is dict else arguments[0]) if arguments else None
    return kind


def holder_of(record: type[Record], path: Sequence[str | int]) -> tuple[type[Record], str]:
    """Return the innermost record on a path, and the key of its field that the path goes through."""
    holder, key = record, ""
    for length in range(len(path)):
        inner = type_at(record, path[:length])
        if is_record(inner):
            holder, key = inner, str(path[length])
    return holder, key
