"""What pydantic complains of → a problem in our own words, at the place in the file, with what to do.

None of pydantic's wording reaches a reader. A kind of complaint that this table does not know still becomes a plain
sentence; a test goes through all kinds that the model's types can cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from elca_docs.errors import Location, Problem
from elca_docs.records.kinds import noun
from elca_docs.records.near import Vocabulary
from elca_docs.records.nodes import (
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    identifier_of,
    is_empty,
    key_place,
    node_at,
    place_of,
)
from elca_docs.records.shapes import fields_of, holder_of, is_record, once_per_record, type_at
from elca_docs.records.text import LEAVE_EMPTY, NOTHING, shown

if TYPE_CHECKING:
    from elca_docs.model.record import Record

Path = tuple[str | int, ...]
Complaint = Mapping[str, Any]
"""What pydantic says of one value: `type`, `loc`, `msg`, and `ctx` with the error a value's own parser raised."""
_KEY = "[key]"
_LONGEST = 240
"""Letters of a sentence in which a value's type may have quoted a part of the value."""


def complaint(record: type[Record], node: Node, error: Complaint) -> Problem:
    """Return the problem for one complaint about a record's tree."""
    path: Path = tuple(error["loc"])
    match error["type"]:
        case "missing":
            return _missing(record, node, path)
        case "unexpected_keyword_argument" | "extra_forbidden":
            return _unknown(record, node, path)
        case "literal_error":
            return _no_choice(record, node, path)
        case "value_error":
            return _unreadable(node, path, error)
        case _:
            return _wrong_type(record, node, path)


def shaped_like(node: Node | None) -> str:
    """Return what stands there, as a word for people."""
    if isinstance(node, ListNode):
        return "a list"
    if isinstance(node, MapNode):
        return "a group of keys"
    return "nothing" if node is None or is_empty(node) else "a single value"


def _label_of(node: Node, record: type[Record]) -> str:
    """Return what a record is called in a sentence, by its id where it has one: agreement T2-01."""
    name, identifier = noun(record), identifier_of(node)
    return f"{name.removeprefix('an ').removeprefix('a ')} {shown(identifier)}" if identifier else name


def _missing(record: type[Record], node: Node, path: Path) -> Problem:
    holder, key = holder_of(record, path)
    owner = node_at(node, path[:-1])
    message = f"{_label_of(owner or node, holder)} needs the field '{key}'"
    at = key_place(node, path) if isinstance(owner, MapNode) and key in owner.keys else place_of(node, path[:-1])
    return Problem("missing-field", message, at, f"add '{key}: …'. {fields_of(holder)[key].meaning}")


def _unknown(record: type[Record], node: Node, path: Path) -> Problem:
    holder, key = holder_of(record, path)
    known = _keys_of(holder)
    message = f"'{shown(key)}' is not a field of {noun(holder)}"
    fix = known.did_you_mean(key, f"its fields are {known.listed(40)}")
    return Problem("unknown-field", message, key_place(node, path), fix)


def _no_choice(record: type[Record], node: Node, path: Path) -> Problem:
    choices = Vocabulary(str(each) for each in get_args(type_at(record, path)))
    value = node_at(node, path)
    if not isinstance(value, ScalarNode) or value.text is None:
        return _wrong_type(record, node, path)
    message = f"'{_name(path)}' cannot be '{shown(value.text)}'"
    fix = choices.did_you_mean(value.text, f"write one of: {choices.listed()}")
    return Problem("bad-value", message, place_of(node, path), fix)


def _unreadable(node: Node, path: Path, error: Complaint) -> Problem:
    """Return the sentence with which the value's own type refused it; what follows its last ';' is the fix."""
    at, value = _value_at(node, path)
    if not isinstance(value, ScalarNode) or value.text is None:
        message = f"'{_name(path)}' is one value, and {shaped_like(value)} stands here"
        return Problem("wrong-type", message, at, "write one value behind the colon")
    reason: object = error.get("ctx", {}).get("error", error["msg"])
    head, cut, tail = str(reason).replace(value.text, shown(value.text)).rpartition("; ")
    fix = LEAVE_EMPTY if value.text in NOTHING else shown(tail, _LONGEST) if cut else "correct the value"
    return Problem("bad-value", shown(head if cut else tail, _LONGEST), at, fix)


def _wrong_type(record: type[Record], node: Node, path: Path) -> Problem:
    value = node_at(node, path)
    kind = type_at(record, path)
    wanted, fix = _wanted(kind, value)
    if not path:
        message = f"{noun(record)} is wanted here, and {shaped_like(value)} stands here"
    elif isinstance(path[-1], int):
        message = f"an entry of '{_name(path)}' is {wanted}, and {shaped_like(value)} stands here"
    else:
        message = f"'{_name(path)}' is {wanted}, and {shaped_like(value)} stands here"
    return Problem("wrong-type", message, place_of(node, path), fix)


def _wanted(kind: Any, value: Node | None) -> tuple[str, str]:  # noqa: ANN401 - a type expression
    """Return what a type is called in a sentence, and how to write it."""
    if is_record(kind):
        return "a group of keys", f"write its fields below it, indented: {_keys_of(kind).listed()}"
    if getattr(kind, "__origin__", None) is tuple:
        single = isinstance(value, ScalarNode) and value.text is not None
        example = f"[{shown(value.text, 30)}]" if isinstance(value, ScalarNode) and single else "[first, second]"
        return "a list", f"write it as {example}, or one '- ' line for each entry"
    if getattr(kind, "__origin__", None) is dict:
        return "a group of keys", "write 'key: value' lines below it, indented"
    if value is None or is_empty(value):
        return "one value", "write a value, or delete the line"
    return "one value", "write one value; text with brackets or braces wants quotes"


@once_per_record
def _keys_of(record: type[Record]) -> Vocabulary:
    return Vocabulary(fields_of(record))


def _value_at(node: Node, path: Path) -> tuple[Location, Node | None]:
    """Return place and value of a complaint; one about a key of a mapping is about the key's own text."""
    if path and path[-1] == _KEY:
        at = key_place(node, path[:-1])
        return at, ScalarNode(at, str(path[-2]))
    return place_of(node, path), node_at(node, path)


def _name(path: Path) -> str:
    """Return the field a path leads to: its last name that is no position in a list."""
    return shown(next((each for each in reversed(path) if isinstance(each, str) and each != _KEY), ""))
