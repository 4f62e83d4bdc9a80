"""Where every record and field is written, by the path that findings use: ("agreements", "T2-01", "expected")."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Location
from elca_docs.records.kinds import Kind
from elca_docs.records.nodes import ListNode, MapNode, Node, identifier_of

Path = tuple[str, ...]


def places_of(kind: Kind, trees: tuple[Node, ...]) -> dict[Path, Location]:
    """Return the places of all records of a kind, of their fields, and of what stands inside them.

    A path begins with the file's stem. Inside a list, a record is named by its id, anything else by its position from
    0; the one record of a single file has no id. Of two with the same id, the first one counts.
    """
    places: dict[Path, Location] = {}
    for index, tree in enumerate(trees):
        name = () if kind.shape == "single" else (identifier_of(tree) or str(index),)
        for path, at in _inside((kind.stem, *name), tree, tree.at):
            places.setdefault(path, at)
    return places


def _inside(path: Path, node: Node, at: Location) -> Iterator[tuple[Path, Location]]:
    """Yield a node's place and those below it; a field is at its key."""
    yield path, at
    if isinstance(node, MapNode):
        for key, value in node.fields.items():
            yield from _inside((*path, key), value, node.keys[key])
    elif isinstance(node, ListNode):
        for index, entry in enumerate(node.entries):
            yield from _inside((*path, identifier_of(entry) or str(index)), entry, entry.at)
