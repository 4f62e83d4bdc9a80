"""What stops a report before anything of it is written: no such baseline, a signed copy that is not whole, open places.

Each refusal names the record or the file to mend. It reads, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from elca_docs.cuts import FOLDER
from elca_docs.errors import Problem, RecordsError, RequestError, TemplateError, WorkspaceError
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block, Paragraph, Table
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.portfolio import Portfolio
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.freezing import baseline_portfolio, moved
from elca_docs.workflows.naming import named


def baseline_of(desk: Desk, deliverable: Deliverable) -> Portfolio | None:
    """Return the plan that a report compares with, None where it names none; RecordsError where that is no cut.

    A cut knows those made before it, and itself: a report from the cut that is its own baseline departs from nothing.
    """
    if not deliverable.baseline:
        return None
    known = {each: each for each in (*desk.register.view().cuts, desk.cut) if each}
    try:
        name = named(deliverable.baseline, known, what="cut")
    except RequestError as error:
        with in_its_cut(desk):
            raise RecordsError(_no_baseline(desk, deliverable, error.problems[0].fix)) from error
    return desk.portfolio if name == desk.cut else baseline_portfolio(desk, name)


def _no_baseline(desk: Desk, deliverable: Deliverable, guess: str) -> Problem:
    """Return what is wrong with a baseline that a desk does not know: it came after the desk's cut, or never."""
    baseline = deliverable.baseline
    at = desk.portfolio.place("deliverables", str(deliverable.id), "baseline")
    if baseline.strip().casefold() in {each.casefold() for each in desk.later_cuts}:
        message = (
            f"{deliverable.id} compares with the plan of '{baseline}', which was frozen after the cut '{desk.cut}'"
        )
        return Problem("baseline-later", message, at, f"compile it from '{baseline}' or a later cut, or without a cut")
    message = f"{deliverable.id} compares with the plan of '{baseline}', and there is no such cut"
    fix = f"{guess} (invoke freeze makes one; without baseline, a report compares with nothing)"
    return Problem("unknown-id", message, at, fix)


@contextmanager
def in_its_cut(desk: Desk) -> Iterator[None]:
    """Let what is refused name the frozen file, where the desk is a cut's: the one in records/ may differ by now."""
    try:
        yield
    except (RecordsError, TemplateError, WorkspaceError) as error:
        if not desk.cut:
            raise
        raise type(error)(moved(each, f"{FOLDER}/{desk.cut}/") for each in error.problems) from error


def check_annexes(desk: Desk, annexes: Iterable[Annex]) -> None:
    """Refuse a report of which a signed copy is gone or was changed, whether or not a PDF will show it."""
    problems: list[Problem] = []
    for each in annexes:
        try:
            if not each.withheld:
                desk.proof.read(each.sha256)
        except WorkspaceError as error:
            named_so = f"annex {each.number} ({each.register_number}, {each.reference})"
            problems += [replace(problem, message=f"{named_so}: {problem.message}") for problem in error.problems]
    if problems:
        raise WorkspaceError(problems)


def check_final(deliverable: Deliverable, blocks: Sequence[Block]) -> None:
    """Refuse a final report in which something is still flagged as open."""
    flags = sum(isinstance(each, Paragraph) and each.style == "flag" for each in blocks)
    cells = sum(cell.flagged for each in blocks if isinstance(each, Table) for row in each.rows for cell in row)
    if flags or cells:
        message = f"{deliverable.id} is not final: {flags + cells} places in it are flagged as open"
        fix = "compile it without --final, look for the flags, and write the justifications they ask for"
        raise RequestError(Problem("report-not-final", message, fix=fix))
