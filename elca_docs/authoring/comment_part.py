"""The comments of a Word file: the part that holds them is extended, or made with all that a file needs to have one.

Knows where comments are kept, not where they are anchored. Existing comments stay character by character. Source:
ISO/IEC 29500-1, 17.13.4 (comments) and 11.3.2 (the part); 29500-2 (relationships and content types).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.changed_parts import CONTENT_TYPES, ChangedParts
from elca_docs.authoring.part_source import Splice
from elca_docs.rendering.package import OFFICE_TYPES, R, W

if TYPE_CHECKING:
    from lxml import etree

AUTHOR: Final = "template check"
INITIALS: Final = "TC"
"""Who our comments are from; no person, and no date either, so that the same template gives the same bytes."""

_MARKS: Final = tuple(f"{{{W}}}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_COMMENTS: Final = f"{{{W}}}comments"
_RELATION: Final = f"{R}/comments"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML 1.0 cannot hold (2.2): a message may quote it from an address in which it was encoded.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS: Final = re.compile(r"[\t\n\r]+")


class CommentPart:
    """The comments of the document whose body is `main`; our new ones are gathered and written at the end."""

    def __init__(self, parts: ChangedParts, main: str) -> None:
        """Find the part that the body names."""
        self._parts = parts
        self._trees = parts.package.trees
        self._main = main
        folder, _, base = main.rpartition("/")
        self._folder = f"{folder}/" if folder else ""
        self._relations = f"{self._folder}_rels/{base}.rels"
        self._written: list[str] = []
        taken = frozenset(self._used())
        self._ids = (number for number in count() if number not in taken)

    @property
    def member(self) -> str:
        """Return the name of the part with the comments; "" where there is none yet."""
        for relation in self._own_relations():
            name = self._parts.named(self._resolved(relation.get("Target", "")))
            if name in self._trees and self._trees[name].tag == _COMMENTS:
                return name
        return ""

    def add(self, paragraphs: Sequence[str]) -> int:
        """Add a comment of ours with these paragraphs, and return its number."""
        number = next(self._ids)
        texts = "".join(f'<w:p><w:r><w:t xml:space="preserve">{_text(each)}</w:t></w:r></w:p>' for each in paragraphs)
        self._written.append(
            f'<w:comment xmlns:w="{W}" w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">{texts}</w:comment>'
        )
        return number

    def write(self) -> None:
        """Put the new comments into the file, behind those it had."""
        if not self._written:
            return
        written = "".join(self._written)
        member = self.member
        if member:
            self._append(member, written)
            return
        name = next(name for name in self._names() if not self._parts.named(name))
        self._parts.add(name, f'{_HEAD}<w:comments xmlns:w="{W}">{written}</w:comments>'.encode())
        self._relate(name)
        types = self._parts.named(CONTENT_TYPES)
        space = _declared(self._trees[types], _TYPES)
        self._append(types, f'<Override{space} PartName="/{escape(name)}" ContentType="{OFFICE_TYPES}comments+xml"/>')

    def own(self) -> dict[str, etree._Element]:
        """Return the comments that are ours, by their number as it is written."""
        comments = self._trees[self.member].iter(f"{{{W}}}comment") if self.member else ()
        return {each.get(f"{{{W}}}id", ""): each for each in comments if each.get(f"{{{W}}}author") == AUTHOR}

    def remove(self) -> None:
        """Take our comments out; without another one the part goes, since Word dislikes an empty one."""
        member, own = self.member, self.own()
        if not own:
            return
        if len(own) < sum(1 for _ in self._trees[member].iter(f"{{{W}}}comment")):
            self._cut(member, own.values())
            return
        self._parts.remove(member)
        self._cut(self._parts.named(self._relations), self._own_relations())
        types = self._parts.named(CONTENT_TYPES)
        own_name = f"/{member}".casefold()
        self._cut(types, (each for each in self._trees[types] if each.get("PartName", "").casefold() == own_name))

    def _cut(self, member: str, elements: Iterable[etree._Element]) -> None:
        source = self._parts.source(member)
        extents = [source.of(each) for each in elements]
        self._parts.splice(member, [Splice(extent.start, extent.end, "") for extent in extents])

    def _used(self) -> Iterator[int]:
        """Yield the numbers that comments have, and those that the text names."""
        elements = [*self._trees[self._main].iter(*_MARKS)]
        elements += self._trees[self.member].iter(f"{{{W}}}comment") if self.member else ()
        for element in elements:
            number = element.get(f"{{{W}}}id", "")
            if re.fullmatch("[0-9]{1,10}", number):
                yield int(number)

    def _own_relations(self) -> Iterator[etree._Element]:
        tree = self._trees.get(self._parts.named(self._relations))
        for each in () if tree is None else tree.iter(f"{{{_RELATIONS}}}Relationship"):
            if each.get("Type", "") == _RELATION and each.get("TargetMode") != "External":
                yield each

    def _resolved(self, target: str) -> str:
        """Return the name of the member that a relationship of the body points to."""
        steps: list[str] = []
        for step in (target if target.startswith("/") else self._folder + target).split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in {"", "."}:
                steps.append(step)
        return "/".join(steps)

    def _names(self) -> Iterator[str]:
        yield f"{self._folder}comments.xml"
        yield from (f"{self._folder}comments{number}.xml" for number in count(2))

    def _relate(self, name: str) -> None:
        """Name the new part in the relationships of the body; a relationship that leads nowhere gives way to it."""
        member = self._parts.named(self._relations)
        relations = [] if not member else [each.get("Id", "") for each in self._trees[member]]
        free = next(each for each in (f"rId{number}" for number in count(len(relations) + 1)) if each not in relations)
        relation = f'Id="{free}" Type="{_RELATION}" Target="{escape(name.removeprefix(self._folder))}"/>'
        if not member:
            content = f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship {relation}</Relationships>'
            self._parts.add(self._relations, content.encode())
            return
        self._cut(member, self._own_relations())
        self._append(member, f"<Relationship{_declared(self._trees[member], _RELATIONS)} {relation}")

    def _append(self, member: str, xml: str) -> None:
        """Write XML at the end of the root element of a part."""
        source, root = self._parts.source(member), self._trees[member]
        extent = source.of(root)
        if extent.tail < extent.end:
            self._parts.splice(member, [Splice(extent.tail, extent.tail, xml)])
        else:
            whole = f"{source.head(root)}{xml}</{source.name(root)}>"
            self._parts.splice(member, [Splice(extent.start, extent.end, whole)])


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", _BLANKS.sub(" ", text)), quote=False)


def _declared(root: etree._Element, namespace: str) -> str:
    """Return the declaration that an element without a prefix needs in a part; mostly none."""
    return "" if root.nsmap.get(None) == namespace else f' xmlns="{namespace}"'
