"""Findings on missions: the names they go by, the markets they open, and with whom they are for."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.plan import Agreement, Event, Mission
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.printed import names_in
from elca_docs.records.findings.spelling import folded
from elca_docs.records.findings.words import listed
from elca_docs.records.text import counted, shown


def missions_have_one_name(portfolio: Portfolio) -> Iterator[Finding]:
    """A mission is called the same in every row of the timeline and in every record that belongs to it."""
    used: dict[str, dict[str, tuple[list[str], Location | None]]] = {}
    for mission, name, record, place in _used_names(portfolio):
        used.setdefault(mission, {}).setdefault(name, ([], place))[0].append(record)
    for mission, names in used.items():
        if len(names) > 1:
            said = "; ".join(f"'{shown(name)}' in {listed(rows, 4)}" for name, (rows, _) in names.items())
            places = [place for _, place in names.values()]
            yield Finding(
                code="mission-name-varies",
                severity="warning",
                message=f"mission {mission} goes by {counted(len(names), 'name')}: {said}",
                ids=(mission,),
                location=places[1],
                other_location=places[0],
                fix="choose one name, or number the missions once and say which is which",
            )


def missions_are_stated(portfolio: Portfolio) -> Iterator[Finding]:
    """The mission of a record is stated in its source, and not an inference."""
    rows: list[tuple[str, Agreement | Event]] = [
        *(("agreements", each) for each in portfolio.agreements),
        *(("events", each) for each in portfolio.events),
    ]
    inferred = [(stem, each) for stem, each in rows if each.mission and each.mission_inferred]
    if inferred:
        stem, first = inferred[0]
        named = listed((f"{each.id} ({each.mission})" for _, each in inferred), 8)
        yield Finding(
            code="mission-inferred",
            severity="hint",
            message=f"the mission of {counted(len(inferred), 'record')} is an inference, stated nowhere: {named}",
            ids=tuple(str(each.id) for _, each in inferred),
            location=portfolio.place(stem, str(first.id), "mission"),
            fix="confirm each mission and remove 'mission_inferred', or correct it",
        )


def missions_open_markets(portfolio: Portfolio) -> Iterator[Finding]:
    """Every mission opens one of the project's markets, and every market has a mission; where markets are named."""
    markets = {folded(each): each for each in portfolio.project.markets}
    open_now = {folded(each.market) for each in portfolio.missions}
    for mission in portfolio.missions if markets else ():
        if folded(mission.market) not in markets:
            opens = f"is for the market '{mission.market}'" if mission.market else "names no market"
            yield Finding(
                code="mission-without-market",
                severity="warning",
                message=f"mission {mission.id} ({mission.name}) {opens}, and the markets of the project are "
                f"{listed(markets.values())}",
                ids=(str(mission.id),),
                location=portfolio.place("missions", str(mission.id), "market"),
                other_location=portfolio.place("project", "markets"),
                fix="name the market it opens, or add it to the markets of the project",
            )
    for index, market in enumerate(portfolio.project.markets if portfolio.missions else ()):
        if folded(market) not in open_now:
            yield Finding(
                code="market-without-mission",
                severity="warning",
                message=f"the project names the market {market}, and none of its "
                f"{counted(len(portfolio.missions), 'mission')} opens it",
                location=portfolio.place("project", "markets", str(index)),
                other_location=portfolio.place("missions", str(portfolio.missions[0].id)),
                fix="plan a mission, name the market in the one that opens it, or strike the market",
            )


def missions_meet_somebody(portfolio: Portfolio) -> Iterator[Finding]:
    """Every mission has a named agreement, or an event with an organisation where it is for events only."""
    signed = {str(each.mission) for each in portfolio.agreements if each.mission and not each.is_slot}
    met: dict[str, list[str]] = {}
    for event in portfolio.events:
        if event.mission and event.organisations:
            met.setdefault(event.mission, []).append(event.id)
    wanting = _wanting(portfolio)
    for mission in portfolio.missions:
        if mission.id not in signed and (mission.id in wanting or mission.id not in met):
            events = met.get(mission.id, [])
            yield Finding(
                code="mission-without-counterpart",
                severity="warning",
                message=f"mission {mission.id} ({mission.name}) has no named agreement, "
                + (f"and {counted(len(events), 'event')} only ({listed(events, 4)})" if events else
                   "nor does any event name an organisation there"),
                ids=(str(mission.id),),
                location=portfolio.place("missions", str(mission.id)),
                other_location=portfolio.place(*wanting.get(mission.id, ("timeline",))),
                fix="name a counterpart, or say why the mission needs none and accept this",
            )  # fmt: skip


def _used_names(portfolio: Portfolio) -> Iterator[tuple[str, str, str, Location | None]]:
    """Yield each use of a name of a mission: mission, name as used, record, place."""
    for index, month in enumerate(portfolio.timeline.months):
        for activity in month.activities:
            if activity.mission and (name := _name_in(activity.what, portfolio.mission_by_id[activity.mission])):
                place = portfolio.place("timeline", "months", str(index), "activities", str(activity.id), "what")
                yield str(activity.mission), name, str(activity.id), place
    rows: list[tuple[str, Agreement | Event]] = [
        *(("agreements", each) for each in portfolio.agreements),
        *(("events", each) for each in portfolio.events),
    ]
    for stem, each in rows:
        if each.mission and (name := each.printed.get("mission", "")):
            yield str(each.mission), name, str(each.id), portfolio.place(stem, str(each.id), "printed", "mission")


def _name_in(text: str, mission: Mission) -> str:
    """Return the longest name of a mission that a text holds; empty where it holds none."""
    held = [name for name in (mission.name, *mission.aliases) if names_in(text, name)]
    return max(held, key=len, default="")


def _wanting(portfolio: Portfolio) -> dict[str, tuple[str, ...]]:
    """Return the missions of which the timeline wants agreements, with the path of the first activity that does."""
    found: dict[str, tuple[str, ...]] = {}
    for index, month in enumerate(portfolio.timeline.months):
        for activity in month.activities:
            if activity.mission and activity.done_by == "agreements":
                path = ("timeline", "months", str(index), "activities", str(activity.id))
                found.setdefault(activity.mission, path)
    return found
