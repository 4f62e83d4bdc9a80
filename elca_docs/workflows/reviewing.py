"""`status` and `register.log`: where everything stands, why, and what the register says line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from elca_docs.errors import Problem, RequestError
from elca_docs.exchange import status_workbook
from elca_docs.model.figures import StatusReport
from elca_docs.model.log_events import line_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import Entry, undone_addresses
from elca_docs.model.text_table import TextTable
from elca_docs.tracking import (
    by_agreement,
    by_class,
    by_indicator,
    by_mission,
    by_partner,
    by_timeline,
    explain,
    lost_records,
    party_label,
    status_json,
    told,
)
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.layout import csv_lines, table_lines
from elca_docs.workflows.partner_pages import no_page, partner_page
from elca_docs.workflows.record_sheets import write_sheet
from elca_docs.workflows.summary import Summary

WORKBOOK = "status.xlsx"


def status(desk: Desk, *, by: str = "indicator", why: str = "", partner: str = "", form: str = "table") -> Summary:
    """Answer with one table, with one partner's page, with the explanation of one thing, or with all as JSON."""
    if form == "xlsx":
        return _workbook(desk, partner=partner, why=why)
    if partner:
        return _page(desk, partner, by=by, why=why, form=form)
    view = desk.register.view()
    report = report_on(desk, view)
    if form == "docx":
        if not why:
            raise no_page(form)
        return write_sheet(desk, report, view, explain(report, desk.portfolio, view, why).about)
    if why and form == "csv":
        message = "an explanation is no table"
        raise RequestError(Problem("bad-format", message, fix="leave out --format csv, or use --format json"))
    if why:
        explanation = explain(report, desk.portfolio, view, why)
        return Summary(lines=explanation.lines, json={"about": explanation.about, "lines": list(explanation.lines)})
    table = _table(by, report, desk.portfolio)
    lines = csv_lines(table) if form == "csv" else table_lines(table)
    lost = tuple(each.message for each in lost_records(desk.portfolio, view)) if form == "table" else ()
    head = f"register: {view.position} segments, head {view.head[:12]}" if form == "table" and view.position else ""
    return Summary(lines=(*lines, *lost, *((head,) if head else ())), json=status_json(report))


def _workbook(desk: Desk, *, partner: str, why: str) -> Summary:
    """Write output/status.xlsx with every way of looking at it."""
    if flag := "--partner" if partner else "--why" if why else "":
        message = f"--format xlsx writes all tables into one workbook, which {flag} is not"
        raise RequestError(Problem("flags-unclear", message, fix=f"leave out {flag}, or --format xlsx"))
    report = report_on(desk, desk.register.view())
    tables = [(name, make()) for name, make in _tables(report, desk.portfolio).values()]
    acronym = desk.portfolio.project.acronym
    data = status_workbook(project_acronym=acronym, as_of=report.as_of, tables=tables)
    renewed = desk.workspace.renew(WORKBOOK, data)
    said = f"{'wrote' if renewed.written else 'unchanged:'} output/{WORKBOOK}{kept(renewed.aside)}"
    return Summary(lines=(said, f"{len(tables)} sheets: {', '.join(name for name, _ in tables)}"))


def log(desk: Desk) -> Summary:
    """Answer with every entry of the register, oldest first; an undone one is marked."""
    view = desk.register.view()
    undone = undone_addresses(view.entries)
    lines = tuple(_entry_line(desk.portfolio, entry, undone) for entry in view.entries)
    return Summary(
        lines=lines or ("the register is empty: nothing was drafted or registered yet",),
        json=[
            {
                "address": entry.address,
                "at": entry.at,
                "actor": entry.actor,
                "undone": entry.address in undone,
                **json.loads(line_of(entry.event)),
            }
            for entry in view.entries
        ],
    )


def _page(desk: Desk, partner: str, *, by: str, why: str, form: str) -> Summary:
    if why or by not in {"indicator", "partner"}:
        other = "--why" if why else f"--by {by}"
        message = f"--partner asks for one partner's page, which {other} is not"
        raise RequestError(Problem("flags-unclear", message, fix="use --by partner --partner ACRONYM, or leave it out"))
    return partner_page(desk, partner, form=form)


def _entry_line(portfolio: Portfolio, entry: Entry, undone: frozenset[str]) -> str:
    """Return one entry in words: its address, when, who, what it is about, and what happened."""
    event = entry.event
    about = next(filter(None, (getattr(event, each, "") for each in ("reference", "agreement", "subject"))), "")
    mark = "UNDONE " if entry.address in undone else ""
    words = told(event, lambda identifier: party_label(portfolio, identifier))
    words += f", on {on.isoformat()}" if (on := getattr(event, "on", None)) else ""
    return f"{entry.address:>7}  {entry.at}  {entry.actor:<12} {about:<20} {mark}{words}"


def _table(by: str, report: StatusReport, portfolio: Portfolio) -> TextTable:
    tables = _tables(report, portfolio)
    if by not in tables:
        message = f"--by '{by}' is no way of looking at it"
        raise RequestError(Problem("flags-unclear", message, fix=f"use one of {', '.join(tables)}"))
    return tables[by][1]()


def _tables(report: StatusReport, portfolio: Portfolio) -> dict[str, tuple[str, Callable[[], TextTable]]]:
    """Return every way of looking at it: what --by takes, the title of its sheet, and what makes it."""
    return {
        "indicator": ("Indicators", partial(by_indicator, report, portfolio)),
        "agreement": ("Agreements", partial(by_agreement, report)),
        "partner": ("Partners", partial(by_partner, report, portfolio)),
        "mission": ("Missions", partial(by_mission, report, portfolio)),
        "class": ("Classes", partial(by_class, report, portfolio)),
        "timeline": ("Timeline", partial(by_timeline, report, portfolio)),
    }
