"""The table of fields as a tree: which names there are, what they hold, and which name is meant. Data in, data out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from elca_docs.context.field import Field, Kind

Path = tuple[str, ...]
"""A name step by step: ("parties", "[]", "name"); "[]" is each entry of a list."""

EACH: Final = "[]"


@dataclass(slots=True)
class Node:
    """What stands under a name: its kind, the names below it, what each entry of a list is; the field it comes from."""

    kind: Kind = "group"
    below: dict[str, Node] = field(default_factory=dict)
    entry: Node | None = None
    source: Field | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The first step of a path that does not exist: what it was asked of, and the names that exist there."""

    path: Path
    step: str
    owner: Node
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """All names a template may use. `loops` gives the list that each loop variable of the table runs over."""

    root: Node
    loops: Mapping[str, Path]
    fields: tuple[Field, ...]

    def find(self, path: Sequence[str]) -> Node | Unknown:
        """Return what stands under a path, or its first step that does not exist."""
        node = self.root
        for index, step in enumerate(path):
            following = node.entry if step == EACH else node.below.get(step)
            if following is None:
                return Unknown(tuple(path[: index + 1]), step, node, tuple(node.below))
            node = following
        return node


def schema_of(fields: Iterable[Field]) -> Schema:
    """Return the tree of a table of fields; a field in a loop stands below each entry of its list."""
    table = tuple(fields)
    loops: dict[str, Path] = {}
    root = Node()
    for each in table:
        steps = tuple(each.name.split("."))
        if each.loop:
            loops.setdefault(steps[0], tuple(each.loop.split(".")))
            steps = (*loops[steps[0]], EACH, *steps[1:])
        node = _grown(root, steps)
        node.kind, node.source = each.type, each
        if each.type == "list" and node.entry is None:
            node.entry = Node(kind="text")
    return Schema(root, loops, table)


def _grown(root: Node, steps: Path) -> Node:
    """Return the node at the end of the steps, made where it is not there."""
    node = root
    for step in steps:
        if step == EACH:
            if node.entry is None or node.entry.kind == "text":
                node.entry = Node()
            node = node.entry
        else:
            node = node.below.setdefault(step, Node())
    return node


def dotted(path: Sequence[str]) -> str:
    """Return a path as it is written: parties.[].name."""
    return ".".join(path)
