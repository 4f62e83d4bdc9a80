"""Findings on what a plan leaves out: activities nothing is planned for, records without a deadline or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.plan import Contact, TimelineActivity
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.loads import Loads, sort_of
from elca_docs.records.findings.occasions import Row, rows_of
from elca_docs.records.findings.words import joined, listed
from elca_docs.records.text import counted

_IDENTIFIER = re.compile(r"[\w+-]+(?:\.[\w+-]+)*")
_SORTS = {"agreements": "class", "events": "kind"}


class Watched:
    """Which agreements and events the activities of the timeline mean; asked once per record, not per activity."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Note what each activity wants: a class or kind ("" for all) of a mission ("" for any)."""
        self.wanted: set[tuple[str, str, str]] = set()
        for row in portfolio.timeline.months:
            for activity in row.activities:
                self.wanted.update(wanted_by(activity))

    def means(self, stem: str, row: Row) -> bool:
        """Whether the timeline says by when a record is due."""
        mission = str(getattr(row, "mission", None) or "")
        return any((stem, sort, each) in self.wanted for sort in ("", sort_of(row)) for each in ("", mission))

    def names(self, stem: str, sort: str) -> bool:
        """Whether the timeline wants that class or kind at all, if for missions only."""
        return any(each[:2] in {(stem, sort), (stem, "")} for each in self.wanted)


def wanted_by(activity: TimelineActivity) -> list[tuple[str, str, str]]:
    """Return stem, class or kind, and mission of what an activity wants; nothing where it is a record of its own."""
    if activity.done_by == "record":
        return []
    sorts = activity.classes if activity.done_by == "agreements" else activity.kinds
    return [(activity.done_by, str(each), str(activity.mission or "")) for each in sorts or ("",)]


def activities_have_records(portfolio: Portfolio) -> Iterator[Finding]:
    """Something is planned for every activity of the timeline, at least a slot.

    That a mission has no agreements is for `journeys` to say.
    """
    there: set[tuple[str, str, str]] = set()
    for stem, row in rows_of(portfolio):
        mission = str(getattr(row, "mission", None) or "")
        there.update((stem, sort, each) for sort in ("", sort_of(row)) for each in ("", mission))
    empty: dict[tuple[str, tuple[str, ...]], list[TimelineActivity]] = {}
    for month in portfolio.timeline.months:
        for activity in month.activities:
            wanted = [] if activity.done_by == "agreements" and activity.mission else wanted_by(activity)
            if wanted and there.isdisjoint(wanted):
                sorts = tuple(dict.fromkeys(sort for _, sort, _ in wanted if sort))
                empty.setdefault((activity.done_by, sorts), []).append(activity)
    for (stem, sorts), activities in empty.items():
        yield _empty(portfolio, stem, sorts, activities)


def plans_have_a_deadline(portfolio: Portfolio) -> Iterator[Finding]:
    """Every planned agreement and event has a date, or a line in the timeline; else it can never be overdue."""
    watched, loads = Watched(portfolio), Loads(portfolio)
    undated: dict[tuple[str, str], list[Row]] = {}
    for stem, row in rows_of(portfolio):
        dated = isinstance(row, Contact) or row.expected or row.id in portfolio.replaced or not loads.size(row)
        if not dated and not watched.means(stem, row):
            undated.setdefault((stem, sort_of(row)), []).append(row)
    for (stem, sort), rows in undated.items():
        number = sum(map(loads.size, rows))
        says = "names it for missions only" if watched.names(stem, sort) else f"never names that {_SORTS[stem]}"
        ids = tuple(str(each.id) for each in rows)
        yield Finding(
            code="without-deadline",
            severity="warning",
            message=f"{counted(number, stem.removesuffix('s'))} of the {_SORTS[stem]} '{sort}' "
            f"{'has' if number == 1 else 'have'} no date, and the timeline {says}: {listed(ids)}",
            ids=ids,
            location=portfolio.place(stem, ids[0]),
            other_location=portfolio.place("timeline", "months"),
            fix="write the month as 'expected', or the mission it belongs to, or a line of the timeline",
        )


def plans_are_printed(portfolio: Portfolio) -> Iterator[Finding]:
    """Every class and kind that is planned stands in a table of a deliverable, where deliverables have such tables."""
    tables = [table for each in portfolio.deliverables for section in each.sections for table in section.tables]
    shown = {(table.of, str(sort)) for table in tables for sort in (*table.classes, *table.kinds)}
    whole = {table.of for table in tables if not table.classes and not table.kinds}
    printing = {table.of for table in tables}
    planned = dict.fromkeys((stem, sort_of(row)) for stem, row in rows_of(portfolio) if stem in printing - whole)
    unseen = [(stem, sort) for stem, sort in planned if (stem, sort) not in shown]
    if unseen:
        named = [f"{_SORTS[stem]} '{sort}'" for stem, sort in unseen]
        yield Finding(
            code="printed-nowhere",
            severity="hint",
            message=f"{joined(named)} {'is' if len(named) == 1 else 'are'} planned, and no table of a deliverable "
            f"shows {'it' if len(named) == 1 else 'them'}",
            ids=tuple(sort for _, sort in unseen),
            location=portfolio.place("deliverables", portfolio.deliverables[0].id, "sections"),
            fix="add a table of that class or kind to a section, or accept that they stand in its text only",
        )


def countries_of_partners_have_a_contact(portfolio: Portfolio) -> Iterator[Finding]:
    """Where contacts are sought in the partners' own countries, there is one in each of them."""
    met = [portfolio.organisation_by_id[each.organisation] for each in portfolio.contacts]
    known = {each.country for each in met if each.country}
    homes = {each.country for each in portfolio.partners if each.country}
    lacking = sorted(homes - known)
    if known and lacking and known <= homes and len(met) >= len(homes):
        partners = [str(each.id) for each in portfolio.partners if each.country in lacking]
        unknown = [str(each.id) for each in met if not each.country]
        more = f"; no country is known of {listed(unknown)}" if unknown else ""
        yield Finding(
            code="country-without-contact",
            severity="warning",
            message=f"all contacts of a known country are in {joined(sorted(known))}, where partners are, and none is "
            f"in {joined(lacking)} ({joined(partners)}){more}",
            ids=(*partners, *unknown),
            location=portfolio.place("contacts", portfolio.contacts[0].id),
            other_location=portfolio.place("partners", partners[0], "country"),
            fix="plan a contact there, or add the country of the organisation that is meant",
        )


def windows_are_dated(portfolio: Portfolio) -> Iterator[Finding]:
    """A work package that an indicator names has its months: they say when something stops counting."""
    if portfolio.project.counting_until:
        return
    undated = {str(each.id) for each in portfolio.project.work_packages if not (each.first_month and each.last_month)}
    for indicator in portfolio.indicators:
        said = dict.fromkeys(_IDENTIFIER.findall(f"{indicator.title} {indicator.description}"))
        if named := [word for word in said if word in undated]:
            yield Finding(
                code="window-open",
                severity="warning",
                message=f"{indicator.id} speaks of {joined(named)}, whose months are not given, so nobody can say "
                "from when to when it counts",
                ids=(indicator.id, *named),
                location=portfolio.place("indicators", indicator.id, "description"),
                other_location=portfolio.place("project", "work_packages", named[0]),
                fix="give 'first_month' and 'last_month' to it, or 'counting_until' to the project",
            )


def _empty(portfolio: Portfolio, stem: str, sorts: tuple[str, ...], activities: list[TimelineActivity]) -> Finding:
    """Return the finding on activities of one sort, with how much there is of it that names no mission."""
    size = Loads(portfolio).size
    alike = [row for each, row in rows_of(portfolio) if each == stem and (not sorts or sort_of(row) in sorts)]
    loose = sum(size(row) for row in alike if not getattr(row, "mission", None))
    missions = [str(each.mission) for each in activities if each.mission]
    meant = f"{stem} ({', '.join(sorts)})" if sorts else stem
    ids = tuple(str(each.id) for each in activities)
    return Finding(
        code="activity-without-plan",
        severity="warning",
        message=f"{counted(len(ids), 'activity wants', 'activities want')} {meant}"
        f"{f' for {listed(missions)}' if missions else ''}, and none is planned{' for them' if missions else ''}"
        f"{f', while {loose} such {stem} name no mission' if missions and loose else ''}: {listed(ids)}",
        ids=ids,
        location=_place(portfolio, ids[0]),
        other_location=portfolio.place(stem, str(alike[0].id)) if alike else portfolio.place(stem),
        fix="give the records their 'mission', and plan at least slots where there are none",
    )


def _place(portfolio: Portfolio, activity: str) -> Location | None:
    """Return where an activity is written."""
    rows = enumerate(portfolio.timeline.months)
    index = next(index for index, month in rows if any(each.id == activity for each in month.activities))
    return portfolio.place("timeline", "months", str(index), "activities", activity)
