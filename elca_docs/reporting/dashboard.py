"""The dashboard: one self-contained page on the whole project, made of the same report as every table.

The page asks nobody for anything: its style and script stand in it, and its policy allows just these two, by their
digests. Every text is escaped; addresses are made by `dashboard_papers` alone. Labels are English. It decides nothing.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from elca_docs.context.words import Words
from elca_docs.model.overview import Overview
from elca_docs.model.portfolio import Portfolio
from elca_docs.reporting.dashboard_figures import cards, time_gone
from elca_docs.reporting.dashboard_papers import Papers
from elca_docs.reporting.dashboard_plan import happenings, months
from elca_docs.reporting.dashboard_rows import LISTS, Row, agreement_lists

_FOLDER: Final = "dashboard_page"
_HEAD_GROUP: Final = 8


def dashboard_page(
    portfolio: Portfolio,
    overview: Overview,
    *,
    readable: Callable[[str], tuple[str, ...]],
    present: Callable[[str], bool],
) -> bytes:
    """Return the page, to be put at output/dashboard/index.html; the same input gives the same bytes.

    Args:
        portfolio: The records.
        overview: What the page shows.
        readable: The names below register/ that a file has in the archive, by SHA-256.
        present: Whether a name relative to the project folder is there; only what is there becomes a link.
    """
    papers = Papers(readable=readable, present=present)
    style, script = _source("style.css"), _source("script.js")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template("page.html").render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
        day=Words("en").day,
        **_shown(portfolio, overview, papers),
    )
    return page.encode()


def policy(style: str, script: str) -> str:
    """Return the content security policy that allows this style and this script, pictures inside the page, no more."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _shown(portfolio: Portfolio, overview: Overview, papers: Papers) -> Mapping[str, object]:
    """Return what the template draws, by name."""
    report = overview.report
    lists = agreement_lists(portfolio, overview, papers)
    held = happenings(portfolio, report, papers)
    size = {key: sum(row.count for row in rows) for key, rows in lists.items()}
    return {
        "project": portfolio.project,
        "report": report,
        "gone": time_gone(portfolio.project, report.as_of),
        "cards": cards(portfolio, report, papers),
        "lists": [(key, heading, meaning, lists[key]) for key, heading, meaning in LISTS if lists[key]],
        "size": size,
        "named": size["overdue"] + size["pending"] + size["signed"],
        "happenings": held,
        "months": months(portfolio, report),
        "missions": overview.missions,
        "agendas": [(each, papers.of([f"output/missing/{each.partner}.xlsx"])) for each in overview.agendas],
        "missing": sum(len(each.missing) for each in overview.agendas),
        "findings": overview.findings,
        "open": sum(len(found) for _, found in overview.findings),
        "choices": _choices(portfolio, lists),
        "head": [report.head[at : at + _HEAD_GROUP] for at in range(0, len(report.head), _HEAD_GROUP)],
    }


def _choices(portfolio: Portfolio, lists: Mapping[str, tuple[Row, ...]]) -> Mapping[str, list[tuple[str, str]]]:
    """Return what each filter offers: value and label, in the order of the records."""
    rows = [row for each in lists.values() for row in each]
    return {
        "partner": [(str(each.id), str(each.id)) for each in portfolio.partners],
        "class": [(str(each.id), each.plural or each.title) for each in portfolio.project.classes],
        "mission": [(str(each.id), each.name) for each in portfolio.missions],
        "state": [(key, heading) for key, heading, _ in LISTS if lists[key]],
        "status": [(each, each) for each in sorted({row.status for row in rows})],
    }


def _digest(text: str) -> str:
    """Return the source expression of an inline style or script. Source: Content Security Policy Level 3, 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _source(name: str) -> str:
    """Return a file of the page as it ships with the program, with the line ends that browsers hash."""
    data = pkgutil.get_data("elca_docs.reporting", f"{_FOLDER}/{name}")
    return (data or b"").decode().replace("\r\n", "\n")
