"""`dashboard`: the page that anyone can open, from the same report as `status`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from elca_docs.model.figures import StatusReport
from elca_docs.model.findings import Finding
from elca_docs.model.overview import Overview
from elca_docs.model.register import RegisterView
from elca_docs.records import by_theme, findings_of
from elca_docs.reporting import dashboard_page
from elca_docs.tracking import by_mission, lives_of, lost_records
from elca_docs.workflows import archive
from elca_docs.workflows.agendas import agendas
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.summary import Summary

PAGE = "dashboard/index.html"


def dashboard(desk: Desk) -> Summary:
    """Write output/dashboard/index.html as of the day of the desk; nothing where it is so already."""
    view = desk.register.view()
    report = report_on(desk, view)
    page = dashboard_page(
        desk.portfolio, _overview(desk, view, report), readable=_readable(desk, view), present=desk.workspace.has
    )
    renewed = desk.workspace.renew(PAGE, page)
    said = f"{'wrote' if renewed.written else 'unchanged:'} output/{PAGE}{kept(renewed.aside)}"
    note = f" ({report.as_of_note})" if report.as_of_note else ""
    return Summary(lines=(said, f"as of {report.as_of.isoformat()}{note}; open it in any browser"))


def _overview(desk: Desk, view: RegisterView, report: StatusReport) -> Overview:
    missions = by_mission(report, desk.portfolio)
    return Overview(
        report=report,
        agendas=agendas(desk, view, report),
        findings=tuple(_findings(desk, view).items()),
        lives=lives_of(report, desk.portfolio, view),
        missions=tuple(dict(zip(missions.columns, row, strict=True)) for row in missions.rows),
    )


def _findings(desk: Desk, view: RegisterView) -> Mapping[str, tuple[Finding, ...]]:
    """Return the open findings by theme, what the register proves without a record first."""
    lost = lost_records(desk.portfolio, view)
    found: dict[str, tuple[Finding, ...]] = {"Registered, and no record": lost} if lost else {}
    open_ones = [each for each in findings_of(desk.portfolio) if not each.accepted]
    for theme, codes in by_theme(open_ones):
        found[theme.title] = tuple(each for group in codes.values() for each in group)
    return found


def _readable(desk: Desk, view: RegisterView) -> Callable[[str], tuple[str, ...]]:
    """Return what names the readable copies of a file; they are gathered once."""
    names: dict[str, list[str]] = {}
    for name, digest in archive.copies_of(desk.portfolio, view):
        names.setdefault(digest, []).append(name)
    return lambda digest: tuple(sorted(names.get(digest, ())))
