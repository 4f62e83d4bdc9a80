"""A report on progress from cover to annex list: what the records plan, and what the register shows of it by a day.

It only puts together what other modules build. The figures are those of the status report; the text is its authors'.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from elca_docs.context.words import Words
from elca_docs.errors import Problem, RecordsError
from elca_docs.model.agenda import Agenda
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block
from elca_docs.model.deliverables import Deliverable, Edition, TableName, TableSpec
from elca_docs.model.figures import StatusReport
from elca_docs.model.findings import Finding
from elca_docs.model.periods import period_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.model.rows import record_of
from elca_docs.reporting.account import Account, withheld_from
from elca_docs.reporting.achievements import achievements_table, figures_for_text, key_figures_table
from elca_docs.reporting.charts import chart_of
from elca_docs.reporting.deliverable import edition_row, images_for, lost_blocks, register_row
from elca_docs.reporting.deviations import deviations_table
from elca_docs.reporting.front import Rows, cover_blocks, front_blocks
from elca_docs.reporting.late import late_table
from elca_docs.reporting.narrative_lines import Sources, shown
from elca_docs.reporting.report_agreements import (
    agreements_overdue,
    agreements_pending,
    agreements_signed,
    agreements_status,
    annexes_of,
    annexes_table,
)
from elca_docs.reporting.report_held import (
    contacts_status,
    duties_status,
    events_held,
    events_status,
    timeline_status,
)
from elca_docs.reporting.report_lists import findings_table, next_steps_table
from elca_docs.reporting.scene import DASH, Scene
from elca_docs.reporting.sections import ReportBuilders, section_blocks
from elca_docs.reporting.tables import PLAN_TABLES, table_of

_TABLES: Final[Mapping[TableName, Callable[[Account, TableSpec], Iterator[Block]]]] = {
    "achievements": achievements_table,
    "agreements-overdue": agreements_overdue,
    "agreements-pending": agreements_pending,
    "agreements-signed": agreements_signed,
    "agreements-status": agreements_status,
    "annexes": annexes_table,
    "contacts-status": contacts_status,
    "deviations": deviations_table,
    "duties-status": duties_status,
    "events-held": events_held,
    "events-status": events_status,
    "findings": findings_table,
    "key-figures": key_figures_table,
    "late-arrivals": late_table,
    "next-steps": next_steps_table,
    "timeline-status": timeline_status,
}


def report_blocks(  # noqa: PLR0913 - what a report is made of
    portfolio: Portfolio,
    deliverable: Deliverable,
    *,
    status: StatusReport,
    view: RegisterView,
    as_of: date,
    baseline: Portfolio | None = None,
    planned: StatusReport | None = None,
    position: int = 0,
    head: str = "",
    edition: Edition | None = None,
    annexes: Sequence[Annex] | None = None,
    findings: Sequence[Finding] = (),
    agendas: Sequence[Agenda] = (),
    images: Mapping[tuple[str, str], bytes] | None = None,
) -> tuple[Block, ...]:
    """Return a report from cover to last table, as blocks in order.

    Args:
        portfolio: The records.
        deliverable: Which report.
        status: Where the project stands on `as_of`.
        view: The register that `status` was made from.
        as_of: The day that the figures are true for.
        baseline: The records of the baseline, None where the report has none.
        planned: The status report of `baseline` with an empty register, as of the same day; both or neither.
        position: How many segments of the log were read; printed on the cover.
        head: The hash of the last of them.
        edition: Which edition; the deliverable's own where None.
        annexes: The annexes; those of the deliverable's rule where None (`report_annexes`).
        findings: The findings in the records.
        agendas: The agendas of all partners, for what is next.
        images: The pictures that narratives show, by (deliverable id, file name).

    Raises:
        RecordsError: Everything in narratives that cannot be printed or found, and every justification for nothing.
    """
    shown = edition or deliverable.edition
    account = Account(
        scene=_scene(portfolio, deliverable, baseline, shown),
        deliverable=deliverable,
        status=status,
        view=view,
        as_of=as_of,
        period=period_of(portfolio.project, deliverable),
        edition=shown,
        baseline=baseline,
        planned=planned,
        findings=findings,
        agendas=agendas,
    )
    account = replace(account, annexes=annexes_of(account) if annexes is None else annexes)
    if wrong := tuple(_unjustified(account)):
        raise RecordsError(wrong)
    scene, day = account.scene, deliverable.cover.submitted_on or as_of
    sources = Sources(figures=figures_for_text(account), images=images_for(deliverable, images or {}))
    builders = ReportBuilders(table=lambda spec: _table(account, spec), chart=lambda spec: chart_of(account, spec))
    sections = section_blocks(scene, deliverable, sources, builders)
    more = (*_rows(account), *register_row(scene, position, head))
    return (*cover_blocks(scene, deliverable, day, more), *front_blocks(scene, deliverable), *_lost(account), *sections)


def report_annexes(
    portfolio: Portfolio,
    deliverable: Deliverable,
    *,
    status: StatusReport,
    view: RegisterView,
    edition: Edition | None = None,
) -> tuple[Annex, ...]:
    """Return the annexes of a report by its own rule, in order; those that the edition leaves out say why.

    The bytes of each one lie in the register under its SHA-256.
    """
    shown = edition or deliverable.edition
    return annexes_of(
        Account(
            scene=_scene(portfolio, deliverable, None, shown),
            deliverable=deliverable,
            status=status,
            view=view,
            as_of=status.as_of,
            period=period_of(portfolio.project, deliverable),
            edition=shown,
        )
    )


def _scene(portfolio: Portfolio, deliverable: Deliverable, baseline: Portfolio | None, edition: Edition) -> Scene:
    words = Words(str(deliverable.language or portfolio.project.language))
    every = [portfolio, baseline] if baseline else [portfolio]
    return Scene(portfolio, words, withheld_from(every, edition))


def _table(account: Account, spec: TableSpec) -> Iterable[Block]:
    return (table_of(account.scene, spec),) if spec.of in PLAN_TABLES else _TABLES[spec.of](account, spec)


def _rows(account: Account) -> Rows:
    """Return what the cover of a report says beyond that of a plan."""
    period, name = account.period, account.deliverable.baseline
    days = f"{account.day(period.first)} {DASH} {account.day(period.last)}"
    rows = [
        (account.say("period_of"), f"{period.name}: {days}" if period.name else days),
        (account.say("as_of"), account.day(account.as_of)),
        *edition_row(account.scene, account.edition),
    ]
    if name and account.planned:
        rows.append((account.say("baseline"), account.say("baseline_of", name=name)))
    return tuple(rows)


def _lost(account: Account) -> Iterator[Block]:
    """Yield what this edition leaves out, so that nobody takes it for the whole; nothing where it is whole."""
    every = account.status.agreements
    hidden = len(dict.fromkeys(row.id for row in every if account.hidden(row.id)))
    withheld = sum(bool(each.withheld) for each in account.annexes)
    yield from lost_blocks(account.scene, agreements=hidden, annexes=withheld)


def _unjustified(account: Account) -> Iterator[Problem]:
    """Yield a problem for each justification of something that neither plan has."""
    portfolio, deliverable = account.scene.portfolio, account.deliverable
    known = {str(each.id) for each in portfolio.agreements}
    for status in (account.status, account.planned):
        if status:
            ids = [*(row.id for row in status.agreements), *(row.id for row in status.held)]
            ids += [*(each.id for each in status.timeline), *(each.id for each in status.figures)]
            known |= {name for each in ids for name in (each, record_of(each))}
    for identifier in deliverable.justifications:
        if identifier not in known:
            near = difflib.get_close_matches(identifier, sorted(known), n=1)
            yield Problem(
                "justification-unknown",
                f"{deliverable.id} justifies '{shown(identifier)}', which neither the records nor its baseline have",
                portfolio.place("deliverables", str(deliverable.id), "justifications", identifier),
                f"did you mean '{near[0]}'?" if near else "name an indicator, agreement, contact, event or duty",
            )
