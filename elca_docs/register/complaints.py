"""What is said of a log that cannot be believed: one problem for each way in which it can fail. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from elca_docs.errors import Location, Problem, WorkspaceError
from elca_docs.model.log_events import Opened
from elca_docs.model.register import Entry, FoldError, RegisterView, fold
from elca_docs.register.segments import SegmentError

_RESTORE: Final = "restore this file as it was, from version control or a backup; do not mend it by hand"
_FIXES: Final = {
    "log-damaged": _RESTORE,
    "log-fork": "keep the segment that came first as it was, and repeat what the other one recorded",
    "log-newer": "update this program: a newer version wrote to the register",
}


def gap(name: str, number: int) -> Problem:
    """Return what to say of a segment that is not there; `name` is its file."""
    message = f"segment {number} of the register is missing"
    fix = "restore this file from version control or a backup; no number may be given before it is back"
    return Problem("log-gap", message, Location(name), fix)


def damage(name: str, number: int, error: SegmentError) -> Problem:
    """Return what to say of a segment that is not whole."""
    message = f"segment {number} of the register {error.what}"
    return Problem(error.code, message, Location(name, error.line), _FIXES[error.code])


def folded(
    entries: Sequence[Entry], *, position: int, head: str, project: str | None, name: Callable[[int], str]
) -> RegisterView:
    """Return what a log that was read adds up to; WorkspaceError where it is another's or contradicts itself.

    `project` None takes the register of whatever project; `name` gives the file of a segment.
    """
    try:
        view = fold(entries, position=position, head=head)
    except FoldError as error:
        segment, _, event = error.address.partition(".")
        place = Location(name(int(segment)), int(event) + 1)
        message = f"the register contradicts itself: {error}"
        raise WorkspaceError(Problem("log-contradiction", message, place, _RESTORE)) from error
    if not isinstance(entries[0].event, Opened) or (project is not None and view.project != project):
        raise WorkspaceError(_foreign(view, project or "", name(1)))
    return view


def _foreign(view: RegisterView, project: str, name: str) -> Problem:
    whose = f"belongs to project '{view.project}'" if view.project else "does not begin by naming its project"
    return Problem(
        "log-foreign",
        f"the register in this folder {whose}, and this is project '{project}'",
        Location(name, 2),
        "put back the grant number in records/project.yaml, or work in the folder of that project",
    )
