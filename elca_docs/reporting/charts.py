"""The charts of a report, each with its numbers in words for who cannot see it.

Every number is one of the status report. How a chart looks is the template's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from elca_docs.model.blocks import Chart, Series
from elca_docs.model.deliverables import ChartName, ChartSpec
from elca_docs.model.figures import AgreementStatus
from elca_docs.model.plan import TimelineActivity
from elca_docs.model.project import month_index
from elca_docs.model.rows import over, reached
from elca_docs.reporting.account import Account
from elca_docs.reporting.achievements import achievements_of
from elca_docs.reporting.scene import DASH, natural

_LONGEST: Final = 60
"""Letters of a category; the whole text stands in the tables."""


def chart_of(account: Account, spec: ChartSpec) -> Chart:
    """Return the chart that a section asks for."""
    return _BUILDERS[spec.of](account, spec)


def indicators_chart(account: Account, spec: ChartSpec) -> Chart:
    """Return what was achieved in each indicator, beside its target."""
    every = achievements_of(account, spec.indicators)
    values = [
        account.say("chart_indicators_value", id=each.figure.id, counted=each.figure.counted, target=each.figure.target)
        for each in every
    ]
    return Chart(
        caption=spec.caption,
        alt=account.say("chart_indicators", day=account.day(account.as_of), values=_told(account, values)),
        kind="bars",
        categories=tuple(each.figure.id for each in every),
        series=(
            Series(name=account.say("chart_counted"), values=tuple(float(each.figure.counted) for each in every)),
            Series(name=account.say("chart_target"), values=tuple(float(each.figure.target) for each in every)),
        ),
    )


def signatures_chart(account: Account, spec: ChartSpec) -> Chart:
    """Return the agreements planned and signed by the end of each month of the project, one line each.

    What was signed before the project's first month stands in it. The line of those signed ends with the day of the
    report.
    """
    project = account.scene.portfolio.project
    plan = _live(spec, (account.planned or account.status).agreements)
    signed = [row for row in _live(spec, account.status.agreements) if reached(row, "signed")]
    due = [month_index(project.start, row.expected.last_day) for row in plan if row.expected]
    done = [month_index(project.start, row.signed_on) for row in signed if row.signed_on]
    months = range(1, project.duration_months + 1)
    now = month_index(project.start, account.as_of)
    alt = account.say(
        "chart_signatures",
        planned=len(due), signed=len(done), day=account.day(account.as_of), undated=len(plan) - len(due),
    )  # fmt: skip
    return Chart(
        caption=spec.caption,
        alt=alt,
        kind="lines",
        categories=tuple(f"M{month}" for month in months),
        series=(
            Series(name=account.say("chart_planned"), values=_cumulative(due, months, months[-1])),
            Series(name=account.say("chart_actual"), values=_cumulative(done, months, now)),
        ),
        unit=account.say("agreements_signed"),
    )


def _cumulative(found: list[int], months: range, until: int) -> tuple[float | None, ...]:
    """Return how many lie in each month or before it; what lies after the last month stands in that one."""
    last = months[-1]
    return tuple(float(sum(min(each, last) <= month for each in found)) if month <= until else None for month in months)


def partners_chart(account: Account, spec: ChartSpec) -> Chart:
    """Return how the agreements of each partner stand: signed, pending, without a counterpart; each stands once."""
    bars: dict[str, list[AgreementStatus]] = {
        partner: [] for partner in sorted((str(each.id) for each in account.scene.portfolio.partners), key=natural)
    }
    several = account.say("several_partners")
    for row in _live(spec, account.status.agreements):
        bars.setdefault(row.responsible[0] if len(row.responsible) == 1 else several, []).append(row)
    counts = {
        name: (
            sum(reached(row, "signed") for row in rows),
            sum(row.pending for row in rows),
            sum(row.status == "slot" for row in rows),
        )
        for name, rows in bars.items()
    }
    values = [
        account.say("chart_partners_value", partner=partner, signed=signed, pending=pending, free=free)
        for partner, (signed, pending, free) in counts.items()
    ]
    labels = ("chart_actual", "chart_open", "status_slot")
    return Chart(
        caption=spec.caption,
        alt=account.say("chart_partners", day=account.day(account.as_of), values=_told(account, values)),
        kind="stacked",
        categories=tuple(counts),
        series=tuple(
            Series(name=_capital(account.say(label)), values=tuple(float(each[place]) for each in counts.values()))
            for place, label in enumerate(labels)
        ),
    )


def timeline_chart(account: Account, spec: ChartSpec) -> Chart:
    """Return work packages, missions and activities over the months: an invisible offset, then a bar by its state.

    An activity of a mission with a deadline is in the mission's bar; every other one has its own.
    """
    bars = [*_packages(account), *_missions(account), *_deadlines(account)]
    states = ("state_planned", "state_done", "state_due", "state_late")
    values = [account.say("chart_timeline_value", what=what, state=account.say(state)) for what, _, _, state in bars]
    return Chart(
        caption=spec.caption,
        alt=account.say("chart_timeline", day=account.day(account.as_of), values=_told(account, values)),
        kind="steps",
        categories=tuple(_short(what) for what, *_ in bars),
        series=(
            Series(name="", values=tuple(float(first - 1) for _, first, _, _ in bars)),
            *(
                Series(
                    name=_capital(account.say(state)),
                    values=tuple(float(length) if state == own else None for _, _, length, own in bars),
                )
                for state in states
            ),
        ),
        unit=account.say("chart_month"),
    )


def _packages(account: Account) -> Iterable[tuple[str, int, int, str]]:
    for each in account.scene.portfolio.project.work_packages:
        if each.first_month and each.last_month:
            what = f"{each.id} {DASH} {each.title}" if each.title else str(each.id)
            yield what, each.first_month, each.last_month - each.first_month + 1, "state_planned"


def _missions(account: Account) -> Iterable[tuple[str, int, int, str]]:
    """Yield each mission with a deadline, by that; late as soon as one of its activities is."""
    start = account.scene.portfolio.project.start
    meant = {str(each.id): str(each.mission or "") for each in _activities(account)}
    dated = [each for each in account.scene.portfolio.missions if each.deadline]
    for each in sorted(dated, key=lambda each: (each.deadline.last_day if each.deadline else start, natural(each.id))):
        states = [row.state for row in account.status.timeline if meant.get(row.id) == each.id]
        state = "late" if "late" in states else "due" if "due" in states or not states else "done"
        month = month_index(start, each.deadline.last_day) if each.deadline else 1
        yield each.name, month, 1, f"state_{state}"


def _deadlines(account: Account) -> Iterable[tuple[str, int, int, str]]:
    """Yield the activities of the timeline that are in no mission's bar."""
    drawn = {each.id for each in account.scene.portfolio.missions if each.deadline}
    meant = {str(each.id): each.mission for each in _activities(account)}
    for row in account.status.timeline:
        if meant.get(row.id) not in drawn:
            yield row.what, row.month, 1, f"state_{row.state}"


def _activities(account: Account) -> Iterable[TimelineActivity]:
    return (each for month in account.scene.portfolio.timeline.months for each in month.activities)


def _live(spec: ChartSpec, rows: Iterable[AgreementStatus]) -> list[AgreementStatus]:
    return [row for row in rows if not over(row) and (not spec.classes or row.class_ in spec.classes)]


def _told(account: Account, values: list[str]) -> str:
    return "; ".join(values) or account.say("chart_none")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_BUILDERS: Final[Mapping[ChartName, Callable[[Account, ChartSpec], Chart]]] = {
    "indicators": indicators_chart,
    "partners": partners_chart,
    "signatures": signatures_chart,
    "timeline": timeline_chart,
}
