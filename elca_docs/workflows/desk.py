"""What every task needs on its desk: the project folder, its records, its register, and the day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from elca_docs import clock
from elca_docs.cuts import Cuts
from elca_docs.errors import Location, Problem, RecordsError, RequestError, WorkspaceError
from elca_docs.issued import Issued
from elca_docs.model.log_events import Received
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Day, Identifier
from elca_docs.proof import Proof
from elca_docs.records import read_portfolio
from elca_docs.register import Appended, FolderStore, Register
from elca_docs.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything at hand for one run.

    `drafted_as_of` is today, or the project's end where that is earlier; `as_of` is the same, or the day asked for: who
    looks at another day must not get other drafts.
    """

    workspace: Workspace
    proof: Proof
    issued: Issued
    cuts: Cuts
    portfolio: Portfolio
    register: Register
    moment: datetime
    """When the desk was opened, in UTC."""
    today: date
    drafted_as_of: date
    as_of: date
    as_of_note: str = ""
    cut: str = ""
    """The name of the cut whose desk this is; empty where it is today's."""
    later_cuts: tuple[str, ...] = ()
    """The names of the cuts that were made after that one."""


def open_desk(root: str = ".", *, as_of: str = "", actor: str = "", now: Callable[[], datetime] = clock.now) -> Desk:
    """Return the desk for the project in `root`; RecordsError lists everything wrong in the records at once."""
    if actor:
        _check_actor(actor)
    workspace = Workspace(Path(root))
    reading = read_portfolio(workspace.records())
    if reading.portfolio is None:
        raise RecordsError(reading.problems)
    project = reading.portfolio.project
    moment = now()
    today = clock.day_in(moment, project.time_zone)
    day, note = _as_of(as_of, today, project.end)
    register = Register(
        FolderStore(workspace.root / "register" / "log"),
        project=project.grant_number,
        actor=actor or os.environ.get("DOCS_ACTOR", "not-stated"),
        now=now,
    )
    proof = Proof(workspace.root)
    _check_whole(proof.listed(), register)
    return Desk(
        workspace=workspace,
        proof=proof,
        issued=Issued(workspace.root),
        cuts=Cuts(workspace.root),
        portfolio=reading.portfolio,
        register=register,
        moment=moment,
        today=today,
        drafted_as_of=min(today, project.end),
        as_of=day,
        as_of_note=note,
    )


def _check_actor(actor: str) -> None:
    """Refuse a person named in full: the register keeps ids for ever, and a name must be erasable."""
    try:
        Identifier.parse(actor)
    except ValueError as error:
        message = f"--by '{actor}' is no id of a person"
        fix = "use a short id without blanks, such as mav-1; names stand in records/people.yaml only"
        raise RequestError(Problem("person-not-named", message, fix=fix)) from error


def _check_whole(listed: frozenset[str], register: Register) -> None:
    """Refuse to go on with a log that has lost entries: SHA256SUMS, written after them, names what they spoke of."""
    received = {entry.event.sha256 for entry in register.view().entries if isinstance(entry.event, Received)}
    if lost := sorted(listed - received):
        message = f"the log does not know {len(lost)} of the files that SHA256SUMS names: its last entries are lost"
        fix = "restore register/log from version control or a backup; until then no number may be given"
        raise WorkspaceError(Problem("log-behind-proof", message, Location("register/log"), fix))


def announced(appended: Appended) -> Iterator[str]:
    """Yield what a person should know of an append besides its events: a new register, a torn segment kept aside."""
    if appended.opened:
        yield "register opened: register/ is your proof from now on; never delete it"
    for name in appended.set_aside:
        yield f"a run that was killed left a torn segment; it was kept as {name} and counts for nothing"


def day_of(text: str, flag: str) -> date:
    """Return the day that a flag names; RequestError where it is none."""
    try:
        return Day.parse(text)
    except ValueError as error:
        what = str(error).partition("; ")[0]
        raise RequestError(Problem("bad-date", f"--{flag}: {what}", fix="write the day as 2021-10-25")) from error


def _as_of(asked: str, today: date, end: date) -> tuple[date, str]:
    if asked:
        return day_of(asked, "as-of"), ""
    if end < today:
        return end, f"the project ended on {end.isoformat()}; another day with --as-of"
    return today, ""
