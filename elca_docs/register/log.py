"""The register as a log: read it all, decide, append one segment, or read on and decide again.

Appending takes no lock. Whoever finds the next number taken has lost a race against somebody who got on, reads what
that one wrote, and decides again; so every number is decided on a state that nobody has changed since. The whole chain
is verified before anything is believed or written, and nothing is written that could not be folded afterwards.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from elca_docs.errors import Location, Problem, RequestError, WorkspaceError
from elca_docs.model.log_events import Corrected, LogEvent, Opened
from elca_docs.model.register import FoldError, RegisterView, fold, undone_addresses
from elca_docs.register import complaints
from elca_docs.register.segments import Segment, SegmentError, digest_of, is_torn, segment_bytes, segment_of
from elca_docs.register.stores import SegmentStore

ATTEMPTS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What an append came to: the view after it, the events it decided, and what has to be announced.

    `opened` is True where this append opened the register. `set_aside` names torn segments of runs that were killed.
    """

    view: RegisterView
    events: tuple[LogEvent, ...]
    opened: bool
    set_aside: tuple[str, ...] = ()


class Register:
    """The log of one project. Reading never writes; what was read once is not read again by the same instance.

    `project` is the project's one unique name (its grant number), `actor` the id of who acts, `now` the clock. A clock
    that goes backwards changes nothing: the order of the log decides.
    """

    def __init__(self, store: SegmentStore, *, project: str, actor: str, now: Callable[[], datetime]) -> None:
        """Stand before the log; nothing is read yet."""
        self._store = store
        self._project = project
        self._actor = actor
        self._now = now
        self._view = RegisterView()
        self._torn: bytes | None = None
        self._until: int | None = None

    def until(self, position: int) -> Register:
        """Return the same log as it stood after so many segments: it reads no further, and nothing can be appended."""
        earlier = Register(self._store, project=self._project, actor=self._actor, now=self._now)
        earlier._until = position
        return earlier

    def view(self) -> RegisterView:
        """Return what the log says now; WorkspaceError where it is damaged, has a gap or belongs to another project.

        A torn last segment is no part of the log; the next append sets it aside.
        """
        self._torn = None
        entries, position, head = list(self._view.entries), self._view.position, self._view.head
        last = max(self._store.numbers(), default=0)
        if last < max(position, self._until or 0):
            raise WorkspaceError(complaints.gap(self._store.name(last + 1), last + 1))
        last = last if self._until is None else self._until
        for number in range(position + 1, last + 1):  # a listing may miss what is written while it is made
            data = self._store.read(number)
            if data is None and number == last:
                break  # it was torn, and another run has just set it aside
            if data is None:
                raise WorkspaceError(complaints.gap(self._store.name(number), number))
            segment = self._read(number, data, head, last=number == last)
            if segment is None:
                self._torn = data
                break
            entries.extend(segment.entries)
            position, head = number, digest_of(data)
        if position > self._view.position:
            self._view = complaints.folded(
                entries, position=position, head=head, project=self._project, name=self._store.name
            )
        return self._view

    def append(self, decide: Callable[[RegisterView], Sequence[LogEvent]]) -> Appended:
        """Append what `decide` makes of the view as one segment; `decide` is asked again after every lost race.

        Where it decides nothing, nothing is written. RequestError (log-refused) where the events contradict the log.
        """
        if self._until is not None:
            message = "nothing can be appended to the register of an earlier day"
            raise ValueError(message)  # a bug of ours; nothing is written
        set_aside: list[str] = []
        for _ in range(ATTEMPTS):
            view = self.view()
            events = tuple(decide(view))
            if not events:
                return Appended(view=view, events=(), opened=False, set_aside=tuple(set_aside))
            opened = not view.entries
            opening = (Opened(register=uuid.uuid4().hex, project=self._project),) if opened else ()
            segment = self._segment(view, (*opening, *events))
            data = segment_bytes(segment)
            after = _accepted(view, segment, data)
            if self._torn is not None and (name := self._store.set_aside(segment.number, self._torn)):
                set_aside.append(name)
            if self._store.put(segment.number, data):
                self._view = after
                return Appended(view=after, events=events, opened=opened, set_aside=tuple(set_aside))
            time.sleep(secrets.randbelow(5) / 1000)
        raise WorkspaceError(
            Problem(
                "log-busy",
                f"others were faster {ATTEMPTS} times: nothing was written to the register",
                Location(self._store.name(self._view.position + 1)),
                "run it again when fewer runs are under way",
            )
        )

    def _read(self, number: int, data: bytes, previous: str, *, last: bool) -> Segment | None:
        """Return the segment, or None where it is the last one and torn."""
        try:
            return segment_of(data, number=number, previous=previous)
        except SegmentError as error:
            if last and is_torn(data, number=number, previous=previous):
                return None
            raise WorkspaceError(complaints.damage(self._store.name(number), number, error)) from error

    def _segment(self, view: RegisterView, events: tuple[LogEvent, ...]) -> Segment:
        at = self._now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Segment(number=view.position + 1, at=at, actor=self._actor, previous=view.head, events=events)


def _accepted(view: RegisterView, segment: Segment, data: bytes) -> RegisterView:
    """Return the view that will stand after the segment; RequestError where the log could not bear it."""
    if segment_of(data, number=segment.number, previous=segment.previous) != segment:
        message = f"an event would not read back as it was written: {segment.events}"
        raise ValueError(message)  # a bug of ours; nothing is written
    entries = view.entries
    known, undone = {entry.address for entry in entries}, undone_addresses(entries)
    for event in segment.events:
        if isinstance(event, Corrected) and event.undoes not in known:
            raise RequestError(_refused(f"there is no entry '{event.undoes}' to undo"))
        if isinstance(event, Corrected) and event.undoes in undone:
            raise RequestError(_refused(f"entry '{event.undoes}' is undone already"))
    try:
        return fold((*entries, *segment.entries), position=segment.number, head=digest_of(data))
    except FoldError as error:
        raise RequestError(_refused(f"it {error.what}")) from error


def _refused(why: str) -> Problem:
    return Problem(
        "log-refused",
        f"the register cannot take this: {why}",
        fix="look at the entries in register/log/, and ask for what they allow; nothing was written",
    )
