"""A Word file of which some parts change, character by character; all others stay as they lie in the file.

Says how a change becomes a file again, and knows nothing of what changes or why. Same changes, same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from elca_docs.authoring.part_source import PartSource, Splice
from elca_docs.opc import deflated, packaged
from elca_docs.rendering.package import Package, xml_bytes

CONTENT_TYPES: Final = "[Content_Types].xml"


class ChangedParts:
    """Gathers the changes of one opened file; `package` stays as it is."""

    def __init__(self, package: Package) -> None:
        """Begin without a change."""
        self.package = package
        self._contents = {member.name: member for member in package.members}
        self._sources: dict[str, PartSource] = {}
        self._splices: dict[str, list[Splice]] = defaultdict(list)
        self._added: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def named(self, name: str) -> str:
        """Return how the file spells the name of a member; "" where it holds none of that name in any spelling."""
        wanted = name.casefold()
        return next((each for each in self._contents if each.casefold() == wanted), "")

    def source(self, member: str) -> PartSource:
        """Return an XML part as it is written.

        One that is written as no word processor does (an encoding that it does not name) is taken as it was understood.
        """
        if member not in self._sources:
            tree = self.package.trees[member]
            try:
                self._sources[member] = PartSource(self._contents[member].content(), tree)
            except ValueError:
                self._sources[member] = PartSource(xml_bytes(tree), tree)
        return self._sources[member]

    def splice(self, member: str, splices: Iterable[Splice]) -> None:
        """Note other text for some places of a part."""
        self._splices[member] += splices

    def add(self, member: str, content: bytes) -> None:
        """Note a new member behind all others."""
        self._added[member] = content

    def remove(self, member: str) -> None:
        """Note that a member goes."""
        self._removed.add(member)

    def document(self) -> bytes:
        """Return the file with all changes."""
        changed = {
            member: deflated(member, self.source(member).spliced(splices))
            for member, splices in self._splices.items()
            if splices
        }
        members = [
            changed.get(member.name, member) for member in self.package.members if member.name not in self._removed
        ]
        return packaged([*members, *(deflated(name, content) for name, content in self._added.items())])
