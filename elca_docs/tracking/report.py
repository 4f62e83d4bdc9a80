"""Where the whole project stands as of a day: agreements, what was held, figures and the timeline, in one value.

Pure: the same records, the same log and the same day give the same report, in whatever order the records stand. May
not read a file or ask what day it is; whether evidence is whole is asked of the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from elca_docs.model.figures import StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.tracking.agreements import agreement_rows
from elca_docs.tracking.bench import Bench, flaw_finder
from elca_docs.tracking.figures import figures_of
from elca_docs.tracking.held import held_rows
from elca_docs.tracking.seen import seen_on
from elca_docs.tracking.timeline import timeline_of


def _whole(_digest: str) -> bool:
    """Take every file in the register to be whole."""
    return True


def status_report(
    portfolio: Portfolio,
    view: RegisterView,
    *,
    as_of: date,
    as_of_note: str = "",
    evidence_whole: Callable[[str], bool] = _whole,
) -> StatusReport:
    """Return where the project stands on `as_of`, that day included, with the reasons for every row.

    `as_of_note` says why that day is not today, where it is not. `evidence_whole` answers whether the file with a
    SHA-256 digest is in the archive and unchanged; it is asked once per digest that the register received.
    """
    seen = seen_on(view, as_of=as_of, project=portfolio.project)
    bench = Bench(portfolio=portfolio, seen=seen, flawed=flaw_finder(seen, evidence_whole))
    agreements = agreement_rows(bench)
    held = held_rows(bench)
    return StatusReport(
        project=portfolio.project.acronym,
        as_of=as_of,
        as_of_note=as_of_note,
        register=view.register,
        position=view.position,
        head=view.head,
        figures=figures_of(portfolio, agreements, held),
        agreements=agreements.rows,
        held=held.rows,
        timeline=timeline_of(portfolio, agreements.rows, held.rows, as_of),
        amendments=agreements.amendments,
    )
