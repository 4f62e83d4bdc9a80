"""The whole chain for whoever checks it: each segment with its hash, and everything that is wrong with any of them.

Reading for work stops at the first damage, because nothing behind it may be believed. Checking goes on to the last
segment, so that all damage is told at once; what the log says is believed up to the first damage only. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from elca_docs.errors import DocsError, Problem
from elca_docs.model.register import ZERO_HASH, Entry, RegisterView
from elca_docs.register import complaints
from elca_docs.register.segments import Segment, SegmentError, digest_of, is_torn, segment_of
from elca_docs.register.stores import SegmentStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A segment that can be believed: its number, when and by whom it was written, and its hash."""

    number: int
    at: str
    actor: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What was read: the links up to the first damage with their entries, and all problems.

    `torn` names a last segment that breaks off, of a run that was killed or is still writing: no part of the log.
    """

    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    torn: str = ""

    @property
    def position(self) -> int:
        """How many segments can be believed."""
        return len(self.links)

    @property
    def head(self) -> str:
        """The hash of the last of them."""
        return self.links[-1].head if self.links else ZERO_HASH


def chain_of(store: SegmentStore) -> Chain:
    """Return the chain as it stands in the store; what is wrong with it is in `problems`, nothing is raised for it."""
    try:
        numbers = sorted(store.numbers())
    except DocsError as error:
        return Chain(links=(), entries=(), problems=error.problems)
    walk = _Walk(store, last=max(numbers, default=0))
    for number in range(1, walk.last + 1):
        walk.step(number)
    return Chain(links=tuple(walk.links), entries=tuple(walk.entries), problems=tuple(walk.problems), torn=walk.torn)


def view_of(chain: Chain, store: SegmentStore, *, project: str | None) -> RegisterView:
    """Return what a chain without problems adds up to; WorkspaceError where it contradicts itself or is another's.

    `project` None takes the register of whatever project.
    """
    if not chain.entries:
        return RegisterView()
    return complaints.folded(chain.entries, position=chain.position, head=chain.head, project=project, name=store.name)


@dataclass
class _Walk:
    """The way along the segments; `previous` is None behind one that cannot be believed."""

    store: SegmentStore
    last: int
    previous: str | None = ZERO_HASH
    links: list[Link] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    torn: str = ""

    def step(self, number: int) -> None:
        """Look at one segment, and remember its hash for the next one."""
        segment, data = self._segment(number)
        if segment is None:
            self.previous = None
            return
        self.previous = digest_of(data)
        if not self.problems:
            self.links.append(Link(number=number, at=segment.at, actor=segment.actor, head=self.previous))
            self.entries.extend(segment.entries)

    def _segment(self, number: int) -> tuple[Segment | None, bytes]:
        name = self.store.name(number)
        try:
            data = self.store.read(number)
        except DocsError as error:
            self.problems.extend(error.problems)
            return None, b""
        if data is None:
            if number < self.last:  # the last one may have been torn, and set aside since it was listed
                self.problems.append(complaints.gap(name, number))
            return None, b""
        try:
            return segment_of(data, number=number, previous=self.previous), data
        except SegmentError as error:
            if number == self.last and is_torn(data, number=number, previous=self.previous):
                self.torn = name
            else:
                self.problems.append(complaints.damage(name, number, error))
        return None, b""


def heads_beginning(links: Sequence[Link], text: str) -> tuple[Link, ...]:
    """Return the links whose hash begins with the text."""
    return tuple(each for each in links if each.head.startswith(text))
