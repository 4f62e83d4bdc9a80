"""What stops a report before anything of it is written: no such baseline, a signed copy that is not whole, open places.

Each refusal names the record or the file to mend. It reads, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from elca_docs.errors import Problem, RecordsError, RequestError, WorkspaceError
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block, Paragraph, Table
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.portfolio import Portfolio
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.freezing import baseline_portfolio
from elca_docs.workflows.naming import named


def baseline_of(desk: Desk, deliverable: Deliverable) -> Portfolio | None:
    """Return the plan that a report compares with, None where it names none; RecordsError where that is no cut."""
    if not deliverable.baseline:
        return None
    cuts = desk.register.view().cuts
    try:
        name = named(deliverable.baseline, {each: each for each in cuts}, what="cut")
    except RequestError as error:
        (unknown,) = error.problems
        message = f"{deliverable.id} compares with the plan of '{deliverable.baseline}', and there is no such cut"
        at = desk.portfolio.place("deliverables", str(deliverable.id), "baseline")
        fix = f"{unknown.fix} (invoke freeze makes one; without baseline, a report compares with nothing)"
        raise RecordsError(Problem("unknown-id", message, at, fix)) from error
    return baseline_portfolio(desk, name)


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
