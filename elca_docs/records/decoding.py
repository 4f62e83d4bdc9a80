"""Trees of nodes → records of the model, or every problem with its place.

pydantic decides what fits the model's dataclasses; `complaints` says it in our words. Numbers and yes/no values are
looked at first, because pydantic would read `1_000` and `t` as well. Pydantic is imported on first use only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from elca_docs.errors import Problem
from elca_docs.records.complaints import Path, complaint, shaped_like
from elca_docs.records.kinds import noun
from elca_docs.records.nodes import ListNode, MapNode, Node, ScalarNode, plain
from elca_docs.records.shapes import fields_of, is_record, once_per_record
from elca_docs.records.text import shown

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from elca_docs.model.record import Record

LARGEST_NUMBER = 1_000_000
"""No count, month or target of a plan is larger; a larger number is a slip that would cost memory later."""

_R = TypeVar("_R", bound="Record")
NUMBER = re.compile("[0-9]{1,12}")
YES_NO = frozenset({"true", "false", "yes", "no"})


def decoded_record(record: type[_R], node: Node) -> tuple[_R | None, tuple[Problem, ...]]:
    """Return the record that a tree means, or None and all that is wrong with it."""
    from pydantic import ValidationError

    if not isinstance(node, MapNode):
        message = f"{noun(record)} is wanted here, and {shaped_like(node)} stands here"
        return None, (Problem("wrong-type", message, node.at, "write its fields as 'key: value' lines"),)
    inexact = dict(_inexact(record, node, ()))
    try:
        found: _R = _adapter(record).validate_python(plain(node))
    except ValidationError as error:
        complaints = {tuple(each["loc"]): each for each in error.errors(include_url=False)}
        problems = [complaint(record, node, each) for path, each in complaints.items() if path not in inexact]
        return None, (*inexact.values(), *problems)
    return (None if inexact else found), tuple(inexact.values())


@once_per_record
def _adapter(record: type[Record]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(record)


def _inexact(record: type[Record], node: MapNode, path: Path) -> Iterator[tuple[Path, Problem]]:
    """Yield the numbers and yes/no values below a record that are not written plainly."""
    for key, kind in _exact_fields(record):
        if key in node.fields:
            yield from _inexact_value(kind, node.fields[key], (*path, key))


def _inexact_value(kind: Any, node: Node, path: Path) -> Iterator[tuple[Path, Problem]]:  # noqa: ANN401 - a type expression
    if isinstance(node, ScalarNode):
        if node.text is not None and (problem := _inexact_scalar(kind, node, str(path[-1]))):
            yield path, problem
    elif is_record(kind):
        if isinstance(node, MapNode):
            yield from _inexact(kind, node, path)
    elif isinstance(node, ListNode) and get_args(kind):
        for index, entry in enumerate(node.entries):
            yield from _inexact_value(get_args(kind)[0], entry, (*path, index))
    elif isinstance(node, MapNode) and get_args(kind):
        for key, entry in node.fields.items():
            yield from _inexact_value(get_args(kind)[-1], entry, (*path, key))


def _inexact_scalar(kind: object, node: ScalarNode, name: str) -> Problem | None:
    text = node.text or ""
    if kind is bool and text.lower() not in YES_NO:
        message = f"'{name}' is a yes/no value, and '{shown(text)}' is neither"
        return Problem("bad-value", message, node.at, "write true or false")
    if kind is not int:
        return None
    if not (NUMBER.fullmatch(text) and text.isascii()):
        message = f"'{name}' is a whole number, and '{shown(text)}' is none"
        return Problem("bad-value", message, node.at, "write digits only, such as 12")
    if int(text) > LARGEST_NUMBER:
        message = f"'{name}' is {shown(text)}, more than any plan has"
        return Problem("bad-value", message, node.at, f"write a number up to {LARGEST_NUMBER:,}")
    return None


@once_per_record
def _exact_fields(record: type[Record]) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a record that are, or lead to, a number or a yes/no value."""
    return tuple((key, shape.type) for key, shape in fields_of(record).items() if _leads_to_exact(shape.type))


def _leads_to_exact(kind: Any) -> bool:  # noqa: ANN401 - a type expression
    if is_record(kind):
        return bool(_exact_fields(kind))
    return kind in (int, bool) or any(_leads_to_exact(each) for each in get_args(kind))
