"""`freeze`: a cut of the project under a name, and the desk of a cut, from which its report compiles again.

Order: read → check → stage → the log speaks of it → the readable files. What is decided is decided on the newest
log: who loses the race to append makes the cut anew, so a cut stands right behind the segment it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from elca_docs.cuts import FOLDER, library_versions, program_version
from elca_docs.durable import sha256_of
from elca_docs.errors import Location, Problem, RecordsError, RequestError, WorkspaceError
from elca_docs.model.cuts import INPUTS, LONGEST, MANIFEST, Cut, FrozenFile, Manifest, is_cut_name
from elca_docs.model.log_events import Frozen
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import Entry, RegisterView
from elca_docs.records import read_portfolio
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk, announced
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.report_days import check_day
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import Workspace

_HEAD = 12
"""Letters of a head that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCut:
    """A cut with the desk to compile from it, and what a reader of the result should know, a sentence each."""

    cut: Cut
    desk: Desk
    notes: tuple[str, ...] = ()


def freeze(desk: Desk, name: str, *, dry_run: bool = False) -> Summary:
    """Store a cut as of the desk's day in register/cuts/, and say what the figures were.

    RequestError where the name is no folder's name or is given already, and where the day lies outside the project or
    has not come yet; RecordsError and WorkspaceError where the records cannot be frozen as they lie there.
    """
    _check_name(name)
    check_day(desk, desk.as_of, task="freeze")
    files = desk.workspace.freezable()
    _read(files, desk, at="")  # what cannot be read today can be read at no later day either
    if dry_run:
        cut = _cut(desk, name, files, desk.register.view())
        return Summary(lines=(f"would freeze {_told(cut.manifest)}", *(f"  {each}" for each in sorted(files))))
    archive.refresh(desk)  # a cut that a killed run left half-shown is whole before its name is refused

    def decide(view: RegisterView) -> list[Frozen]:
        cut = _cut(desk, name, files, view)
        snapshot, said = desk.cuts.stage(cut), cut.manifest
        return [Frozen(name=name, as_of=said.as_of, position=said.position, snapshot=snapshot)]

    appended = desk.register.append(decide)
    shown = archive.refresh(desk)
    opened = open_cut(desk, name)
    figures = report_on(opened.desk, opened.desk.register.view()).figures
    lines = (
        f"froze {_told(opened.cut.manifest)}",
        *(f"  {each.id}: {each.counted} of {each.target}" for each in figures),
        *announced(appended),
        f"next: invoke compile ID --cut {name}, on any later day",
    )
    return Summary(lines=lines, problems=shown.problems)


def cut_desk(desk: Desk, name: str) -> Desk:
    """Return the desk of a cut: records, templates and log as they were, and the cut's day, whatever today is.

    Evidence is still looked at where it lies now. Nothing can be registered from this desk. RequestError where there is
    no such cut; WorkspaceError (cut-damaged) where it is not whole.
    """
    return open_cut(desk, name).desk


def open_cut(desk: Desk, name: str) -> OpenedCut:
    """Return a cut with its desk; `notes` say where this program or a library is another one than it was made with."""
    cuts = desk.register.view().cuts
    event = cuts[named(name, {each: each for each in cuts}, what="cut")]
    cut = desk.cuts.read(event.name, event.snapshot)
    register = desk.register.until(event.position)
    said = cut.manifest
    if (said.name, said.as_of, said.position, said.head) != (
        event.name, event.as_of, event.position, register.view().head,
    ):  # fmt: skip
        message = f"the cut '{event.name}' was made at another place of the log than the log says"
        place = Location(f"{FOLDER}/{event.name}/{MANIFEST}")
        raise WorkspaceError(Problem("cut-misplaced", message, place, "compare register/log with a backup"))
    of_the_day = replace(
        desk,
        workspace=Workspace(desk.workspace.root, frozen=cut.files),
        portfolio=_read(cut.files, desk, at=f"{FOLDER}/{event.name}/"),
        register=register,
        moment=datetime.combine(said.as_of, time(), UTC),
        today=said.as_of,
        drafted_as_of=said.as_of,
        as_of=said.as_of,
        as_of_note=f"the cut '{event.name}'",
        cut=event.name,
        later_cuts=tuple(sorted({*cuts} - {*register.view().cuts, event.name})),
    )
    return OpenedCut(cut=cut, desk=of_the_day, notes=tuple(_differences(said)))


def baseline_portfolio(desk: Desk, name: str) -> Portfolio:
    """Return the plan as it was in a cut, with which a later report compares."""
    return cut_desk(desk, name).portfolio


def _cut(desk: Desk, name: str, files: Mapping[str, bytes], view: RegisterView) -> Cut:
    """Return the cut to make on a log; RequestError where the name is given."""
    for entry in view.entries:
        if isinstance(entry.event, Frozen) and entry.event.name.casefold() == name.casefold():
            raise RequestError(_taken(entry, entry.event, name))
    manifest = Manifest(
        name=name,
        as_of=desk.as_of,
        position=view.position,
        head=view.head,
        program=program_version(),
        libraries=library_versions(),
        files={file: FrozenFile(sha256=sha256_of(data), size=len(data)) for file, data in files.items()},
    )
    return Cut(manifest=manifest, files=files)


def _taken(entry: Entry, event: Frozen, name: str) -> Problem:
    message = (
        f"'{event.name}' is the name of a cut already: as of {event.as_of}, on the first {event.position} segments, "
        f"made on {entry.at[:10]} by {entry.actor}"
    )
    fix = f"a name is never given twice; take another one, such as {name[: LONGEST - 2]}-2"
    return Problem("cut-name-taken", message, Location(f"{FOLDER}/{event.name}"), fix)


def _check_name(name: str) -> None:
    if not is_cut_name(name):
        message = f"'{name}' cannot be the name of a cut: a folder is called so, on every system"
        fix = f"use at most {LONGEST} letters, digits and . _ - such as 2022-02 or P3"
        raise RequestError(Problem("unsafe-name", message, fix=fix))


def _read(files: Mapping[str, bytes], desk: Desk, *, at: str) -> Portfolio:
    """Return the records of a cut, with today's persons that belong to them; RecordsError names files below `at`."""
    reading = read_portfolio(files)
    if reading.portfolio is None:
        raise RecordsError(tuple(moved(each, at) for each in reading.problems))
    parties = {*reading.portfolio.partner_by_id, *reading.portfolio.organisation_by_id}
    return replace(reading.portfolio, people=tuple(each for each in desk.portfolio.people if each.of in parties))


def moved(problem: Problem, folder: str) -> Problem:
    """Return a problem with its place below a folder, where it is one in records or templates."""
    where = problem.location
    inside = where is not None and where.path.startswith(INPUTS)
    return replace(problem, location=replace(where, path=f"{folder}{where.path}")) if where and inside else problem


def _differences(said: Manifest) -> Iterator[str]:
    """Yield what else made the cut than is here now: then the parts are the same, and the bytes may differ."""
    here = {"program": program_version(), **library_versions()}
    then = {"program": said.program, **said.libraries}
    names = [each for each in sorted(then | here) if then.get(each) != here.get(each)]
    if names:
        changed = ", ".join(f"{each} {then.get(each, 'none')} → {here.get(each, 'none')}" for each in names)
        yield f"the cut '{said.name}' was made with other versions ({changed}): the same parts, the bytes may differ"


def _told(said: Manifest) -> str:
    where = f"position {said.position}, head {said.head[:_HEAD]}" if said.position else "still empty"
    return f"'{said.name}' as of {said.as_of}: register {where}, {len(said.files)} files → {FOLDER}/{said.name}/"
