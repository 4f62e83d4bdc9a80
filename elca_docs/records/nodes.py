"""The tree of a record file: every key and value with its place. Values only; `grammar` builds it, others read it.

A scalar is text or nothing (None): no type is guessed here, so `NO` stays a country and `0042` keeps its zeros.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from elca_docs.errors import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class ScalarNode:
    """One value: its text, or None where the file leaves it empty."""

    at: Location
    text: str | None


@dataclass(slots=True)
class ListNode:
    """A list of values."""

    at: Location
    entries: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    """Keys with their values; `keys` says where each key stands."""

    at: Location
    fields: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Location] = field(default_factory=dict)


Node = ScalarNode | ListNode | MapNode
KEYS = "*keys*"
"""As the last name of a path: the keys of a mapping themselves."""


def plain(node: Node) -> object:
    """Return the tree as text, None, lists and dictionaries; keys without a value are left out."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(entry) for entry in node.entries]
    return {key: plain(value) for key, value in node.fields.items() if not is_empty(value)}


def is_empty(node: Node) -> bool:
    """Whether nothing stands where the value should be."""
    return isinstance(node, ScalarNode) and node.text is None


def identifier_of(tree: Node) -> str:
    """Return the id that stands in a record's tree; empty where none does."""
    node = tree.fields.get("id") if isinstance(tree, MapNode) else None
    return (node.text or "") if isinstance(node, ScalarNode) else ""


def place_of(node: Node, path: Sequence[str | int]) -> Location:
    """Return where the value at a path stands; where it does not stand at all, the nearest place above it."""
    at = node.at
    for name in path:
        if isinstance(node, MapNode) and name in node.fields:
            at, node = node.keys[str(name)], node.fields[str(name)]
            if not is_empty(node):
                at = node.at
        elif isinstance(node, ListNode) and isinstance(name, int) and name < len(node.entries):
            node = node.entries[name]
            at = node.at
        else:
            break
    return at


def key_place(node: Node, path: Sequence[str | int]) -> Location:
    """Return where the key that ends a path stands; the value's own place where the path ends in a list."""
    holder = node_at(node, path[:-1])
    if isinstance(holder, MapNode) and path[-1] in holder.keys:
        return holder.keys[str(path[-1])]
    return place_of(node, path)


def node_at(node: Node, path: Sequence[str | int]) -> Node | None:
    """Return the value at a path, or None where there is none."""
    found: Node | None = node
    for name in path:
        if isinstance(found, MapNode):
            found = found.fields.get(str(name))
        elif isinstance(found, ListNode) and isinstance(name, int) and name < len(found.entries):
            found = found.entries[name]
        else:
            return None
    return found


def scalars_at(node: Node, path: Sequence[str]) -> Iterator[ScalarNode]:
    """Yield the texts at a path of field names, through lists on the way; what has another shape is passed over."""
    if isinstance(node, ListNode):
        for entry in node.entries:
            yield from scalars_at(entry, path)
    elif isinstance(node, MapNode) and path:
        if path[0] == KEYS:
            for key, at in node.keys.items():
                yield ScalarNode(at, key)
        elif path[0] in node.fields:
            yield from scalars_at(node.fields[path[0]], path[1:])
    elif isinstance(node, ScalarNode) and not path and node.text is not None:
        yield node
