"""A small clean project that nobody ever ran, and thirty faults to put into it, each with what has to be found.

The project is data, made anew by `clean()`; a fault changes one place of it. Nobody and nothing in it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

Records = dict[str, Any]
COUNTRIES = {"weavers": "NO", "kilns": "CA", "bells": "CA", "looms": "NO", "mills": "BR", "sails": "BR"}
NAMES = {
    "weavers": "Fictitious Glass Weavers of Norderland",
    "kilns": "Invented Alliance of Kiln Masters",
    "bells": "Made-up Bell Foundry Circle",
    "looms": "Imaginary Loom Builders Ltd",
    "mills": "Specimen Paper Mills Inc.",
    "sails": "Nonexistent Sail Makers Guild",
}


def clean() -> Records:
    """Return the records of the project, in which nothing is odd: file stem → what stands in the file."""
    return {
        "project": _project(),
        "partners": [
            _party("KITE", "Kite Invented Cluster", "AT", coordinator=True, acronyms=[{"name": "KITE"}]),
            _party("REED", "Reed Fictitious Network", "PT", acronyms=[{"name": "REED"}]),
            _party("WICK", "Wick Specimen Association", "SE", acronyms=[{"name": "WICK"}]),
        ],
        "organisations": [
            _party(each, name, COUNTRIES[each], description="A body that does not exist.", kind="network")
            for each, name in NAMES.items()
        ],
        "people": [
            {"id": f"p-{each}", "of": each, "name": "Specimen Person", "function": "chair", "signs": True}
            for each in ("KITE", "REED", "WICK", *NAMES)
        ],
        "agreements": [
            _agreement("MC-1", "KITE", ["weavers"], "norderland", "2032-05"),
            _agreement("MC-2", "REED", ["kilns"], "suderland", "2032-09"),
            _agreement("MC-3", "WICK", ["sails"], "suderland", "2032-09"),
            _agreement("TR-1", "KITE", ["looms", "mills"], "norderland", "2032-05"),
        ],
        "contacts": [
            _contact("C-1", "weavers", "KITE", "2031-09"),
            _contact("C-2", "kilns", "REED", "2031-10"),
            _contact("C-3", "bells", "WICK", "2031-11"),
        ],
        "events": [
            _event("W-1", "KITE", ["looms"], "norderland", "2032-03"),
            _event("W-2", "REED", ["mills"], "suderland", "2032-07"),
            _event("W-3", "WICK", ["looms"], "suderland", "2032-07"),
            _event("IM-1", "REED", ["bells"], "suderland", "2032-07"),
            _event("IM-2", "WICK", ["weavers"], "norderland", "2032-03"),
            _event("IM-3", "KITE", ["sails"], "suderland", "2032-07"),
        ],
        "missions": [
            {"id": "norderland", "name": "Norderland (invented)", "aliases": ["Norderland"], "deadline": "2032-05",
             "market": "Norderland"},
            {"id": "suderland", "name": "Suderland (invented)", "aliases": ["Suderland"], "deadline": "2032-09",
             "market": "Suderland"},
        ],
        "timeline": _timeline(),
        "indicators": [
            _indicator("L1", "Networks contacted", 3, "contacts", "organisation"),
            _indicator("L2", "Memoranda signed", 3, "agreements", "record", classes=["MC"]),
            _indicator("L3", "Trade agreements signed", 1, "agreements", "record", classes=["TR"]),
            _indicator("L4", "Workshops", 3, "events", "record", kinds=["workshop"]),
            _indicator("L5", "International meetings", 3, "events", "record", kinds=["international-meeting"]),
        ],
        "statements": [
            _statement("s-partners", "Partners", value="3", rule="partners"),
            _statement("s-missions", "Missions", value="2", rule="missions"),
            _statement("s-agreements", "Agreements in all", value="4", rule="sum-of-targets", of=["L2", "L3"]),
            _statement("s-agency", "Agency", text="Fictitious Executive Agency for Paper and Light (FEAPL)"),
            _statement("s-goal", "SO 2: light for every invented street", value="9"),
            _statement("s-motto", "Motto", text="Light made of paper"),
        ],
        "deliverables/P1": _deliverable(),
        "accepted": [],
        "deliverables/P1/plan.md": 'Nobody in this plan exists. Its motto is "Light made of paper".\n',
    }  # fmt: skip


def files_of(records: Records) -> dict[str, bytes]:
    """Return the records as files, as a person could have written them."""
    texts = {
        f"records/{stem}" + ("" if stem.endswith(".md") else ".yaml"): each
        if isinstance(each, str)
        else yaml.safe_dump(each, allow_unicode=True, sort_keys=False, width=100)
        for stem, each in records.items()
    }
    return {path: text.encode() for path, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to get wrong: the change, and the code and ids under which it has to be found."""

    said: str
    change: Callable[[Records], None]
    code: str
    ids: tuple[str, ...]


def setting(stem: str, *path: str | int, to: object) -> Callable[[Records], None]:
    """Return the change that writes a value at a path below a file; a record of a list is named by its id."""

    def change(records: Records) -> None:
        _at(records[stem], path[:-1])[path[-1]] = to

    return change


def changing(stem: str, *path: str | int, to: Records) -> Callable[[Records], None]:
    """Return the change that writes several fields of a record."""

    def change(records: Records) -> None:
        _at(records[stem], path).update(to)

    return change


def adding(stem: str, *path: str | int, entry: object) -> Callable[[Records], None]:
    """Return the change that adds an entry to the list at a path below a file."""

    def change(records: Records) -> None:
        _at(records[stem], path).append(entry)

    return change


FAULTS: tuple[Fault, ...] = (
    # --- numbers and dates
    Fault("a total that the targets do not give",
          setting("statements", "s-agreements", "value", to="7"), "total-differs", ("L2", "L3", "s-agreements")),
    Fault("a target higher than the plan",
          setting("indicators", "L5", "target", to="4"), "target-unplanned", ("L5",)),
    Fault("a target lower than the plan",
          setting("indicators", "L1", "target", to="2"), "plan-exceeds-target", ("L1",)),
    Fault("a task that outlasts its work package",
          setting("project", "tasks", 1, "last_month", to="25"), "outside-work-package", ("T2.2", "WP2")),
    Fault("a duty after the end of the project",
          setting("timeline", "duties", "D-2", "due", to="2033-10"), "outside-project", ("D-2",)),
    Fault("an agreement expected after the deadline of the timeline",
          setting("agreements", "MC-3", "expected", to="2032-10"), "after-deadline", ("M19-1", "MC-3")),
    Fault("a printed date that can be read in two ways",
          setting("events", "W-1", "printed", to={"expected": "03.04.32"}), "date-ambiguous", ("W-1",)),
    Fault("a month that is misspelt",
          setting("timeline", "months", 2, "printed", to={"month": "M19 - Spetember 2032"}),
          "month-misspelt", ("M19",)),
    Fault("a missing number in the public register",
          setting("organisations", "kilns", "legal", "registration_number", to=""), "missing-party-data", ("kilns",)),
    Fault("an indicator that waits for a kind of event nobody plans",
          setting("indicators", "L4", "rule", "kinds", to=["workshop", "fair"]), "kind-without-event", ("L4",)),
    # --- names
    Fault("a name that lost a letter where it is met",
          setting("contacts", "C-2", "steps", 0, "meets", to="Invented Aliance of Kiln Masters"),
          "name-misspelt", ("kilns",)),
    Fault("a name that lost a word",
          setting("organisations", "looms", "aliases", to=[{"name": "Imaginary Builders Ltd", "at": ["TR-1"]}]),
          "name-varies", ("looms",)),
    Fault("a name in other capitals",
          setting("organisations", "mills", "aliases", to=[{"name": "Specimen PAPER Mills Inc.", "at": ["W-2"]}]),
          "name-writing-varies", ("mills",)),
    Fault("a body with its region here and without it there",
          changing("organisations", "weavers", to={"region": "Norderland", "aliases": [
              {"name": "Fictitious Glass Weavers", "at": ["IM-2"]},
              {"name": "Fictitious Glass Weavers of Norderland", "at": ["C-1"]}]}),
          "name-scope-varies", ("weavers", "C-1", "IM-2")),
    Fault("two names in one cell",
          setting("organisations", "bells", "name",
                  to="Invented Alliance of Kiln Masters Specimen Paper Mills Inc."),
          "name-merged", ("bells", "kilns", "mills")),
    Fault("two bodies one letter apart",
          adding("organisations", entry={"id": "bakers", "name": "Nonexistent Sail Bakers Guild"}),
          "names-alike", ("sails", "bakers")),
    Fault("a name that was cut in the middle of a bracket",
          setting("partners", "WICK", "name", to="Wick Specimen Association (of"), "name-cut", ("WICK",)),
    Fault("two short forms at one time",
          adding("partners", "REED", "acronyms", entry={"name": "RFN", "source": "page 2"}),
          "acronym-conflict", ("REED",)),
    Fault("one short form for two",
          setting("organisations", "sails", "short_name", to="KITE"), "name-shared", ("KITE", "sails")),
    Fault("two digits of a grant number exchanged",
          setting("statements", "s-motto", "what", to="Motto of project 704012"), "grant-number-near", ("s-motto",)),
    Fault("an agency under a wrong name",
          setting("statements", "s-agency", "text", to="Fictitious Executive Agency for Paper and Night (FEAPL)"),
          "agency-name-differs", ("s-agency",)),
    Fault("one number for two objectives",
          adding("statements", entry={"id": "s-other", "place": "leaflet", "what": "SO 2: quieter harbours"}),
          "number-reused", ("s-goal", "s-other")),
    Fault("a market that no mission opens",
          adding("project", "markets", entry="Westerland"), "market-without-mission", ()),
    # --- counterparts and cells
    Fault("a counterpart that belongs to the partner's own house",
          setting("organisations", "sails", "related_to", to=["WICK"]), "related-party", ("sails", "MC-3")),
    Fault("an international meeting without a border",
          setting("organisations", "bells", "country", to="PT"), "not-international", ("IM-1", "bells")),
    Fault("a title written in two ways",
          setting("deliverables/P1", "sections", 2, "tables", 0, "first_column", to="Memoranda of our paper network"),
          "titles-differ", ("P1",)),
    Fault("an indicator without a description",
          setting("indicators", "L3", "description", to=""), "description-empty", ("L3",)),
    Fault("an event of which nobody expects anything",
          setting("events", "W-3", "expectations", to=[]), "expectations-empty", ("W-3",)),
    Fault("a cover without a dissemination level",
          setting("deliverables/P1", "cover", "dissemination", to=""), "cover-incomplete", ("P1",)),
    Fault("an acceptance whose finding is gone",
          adding("accepted", entry={"code": "homonym", "ids": ["weavers"], "reason": "settled", "by": "p-KITE",
                                    "on": "2031-12-01"}), "acceptance-unused", ("weavers",)),
)  # fmt: skip


def _at(place: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a path; in a list, a text is the id of a record."""
    for step in path:
        named = isinstance(place, list) and isinstance(step, str)
        place = next(each for each in place if each["id"] == step) if named else place[step]
    return place


def _project() -> Records:
    return {
        "title": "Specimen Alliance for Paper Lanterns", "acronym": "LANTERN", "programme": "Invented Programme",
        "grant_number": "700412", "start": "2031-03-01", "duration_months": "30", "language": "en",
        "time_zone": "Europe/Brussels", "markets": ["Norderland", "Suderland"],
        "work_packages": [
            {"id": "WP1", "title": "Keeping the lanterns lit", "leader": "KITE", "first_month": "1",
             "last_month": "30"},
            {"id": "WP2", "title": "Finding company", "leader": "REED", "first_month": "4", "last_month": "24"},
        ],
        "tasks": [
            {"id": "T2.1", "work_package": "WP2", "title": "Contacts", "leader": "REED",
             "participants": ["KITE", "WICK"], "first_month": "4", "last_month": "12"},
            {"id": "T2.2", "work_package": "WP2", "title": "Agreements", "leader": "KITE",
             "participants": ["REED", "WICK"], "first_month": "10", "last_month": "24"},
        ],
        "classes": [
            {"id": "MC", "title": "Memorandum", "template": "cooperation"},
            {"id": "TR", "title": "Trade Agreement", "template": "business", "parties": "counterparts"},
        ],
        "agencies": [
            {"text": "Invented Agency for Paper Projects", "short": "IAPP", "valid_until": "2031-12-31"},
            {"text": "Fictitious Executive Agency for Paper and Light", "short": "FEAPL", "valid_from": "2032-01-01"},
        ],
        "disclaimers": [{"text": "Nobody answers for this; nor does the {agency}."}],
        "funding_statements": [{"text": "Funded by nobody through {programme}, grant {grant}."}],
        "sectors": [{"id": "paper", "name": "Paper"}],
    }  # fmt: skip


def _party(identifier: str, name: str, country: str, **more: object) -> Records:
    legal = {
        "name": f"{name} (specimen)", "form": "fictitious association", "registration_number": f"SPECIMEN-{identifier}",
        "address": {"lines": ["1 Specimen Street"], "city": "Lampville"},
    }  # fmt: skip
    return {"id": identifier, "name": name, "country": country, "legal": legal, **more}


def _agreement(identifier: str, by: str, counterparts: list[str], mission: str, when: str) -> Records:
    step = {"what": "Exchange of drafts", "by": [by], "date": "2032-03", "place": "digital", "stated_as": "planned"}
    return {
        "id": identifier, "class": identifier[:2], "responsible": [by], "counterparts": counterparts,
        "mission": mission, "expected": when, "steps": [step],
    }  # fmt: skip


def _contact(identifier: str, organisation: str, by: str, when: str) -> Records:
    step = {"what": "First call", "by": [by], "date": when, "place": "digital", "stated_as": "planned"}
    return {"id": identifier, "organisation": organisation, "responsible": [by], "steps": [step]}


def _event(identifier: str, by: str, organisations: list[str], mission: str, when: str) -> Records:
    kind = "workshop" if identifier.startswith("W") else "international-meeting"
    return {
        "id": identifier, "kind": kind, "title": "Meeting under lanterns", "responsible": [by],
        "organisations": organisations, "mission": mission, "expected": when, "place": "Lampville",
        "expectations": ["Somebody comes"],
    }  # fmt: skip


def _timeline() -> Records:
    def due(mission: str, name: str, month: int) -> list[Records]:
        return [
            {"id": f"M{month}-1", "what": f"Agreements for the mission to {name}", "done_by": "agreements",
             "classes": ["MC", "TR"], "mission": mission},
            {"id": f"M{month}-2", "what": f"Meetings for the mission to {name}", "done_by": "events",
             "kinds": ["workshop", "international-meeting"], "mission": mission},
        ]  # fmt: skip

    return {
        "months": [
            {"month": "10", "activities": [{"id": "M10-1", "what": "List of invented bodies", "done_by": "record"}]},
            {"month": "15", "activities": due("norderland", "Norderland", 15)},
            {"month": "19", "activities": due("suderland", "Suderland", 19)},
        ],
        "duties": [
            {"id": "D-1", "what": "Draw the map", "responsible": ["REED"], "task": "T2.1", "due": "2031-12"},
            {"id": "D-2", "what": "Hold the lamp", "responsible": ["KITE"], "due": "2032-12"},
        ],
    }


def _indicator(identifier: str, title: str, target: int, counts: str, distinct: str, **what: object) -> Records:
    rule = {"counts": counts, "distinct_by": distinct, "proof": ["minutes"], "meaning": "Counts once.", **what}
    return {"id": identifier, "title": title, "description": "As promised.", "target": str(target), "rule": rule}


def _statement(identifier: str, what: str, **more: object) -> Records:
    return {"id": identifier, "place": "grant agreement", "what": what, **more}


def _deliverable() -> Records:
    return {
        "id": "P1", "kind": "plan", "title": "Plan of the paper lanterns", "template": "plan", "work_package": "WP2",
        "cover": {"deliverable_type": "R", "dissemination": "PU", "lead": "REED", "due_month": "12",
                  "submitted_on": "2032-02-20", "version": "1.0", "author": "Reed Fictitious Network"},
        "versions": [{"number": "1.0", "on": "2032-02-20", "by": "REED", "change": "First"}],
        "sections": [
            {"heading": "What is planned", "narrative": "plan.md", "tables": [{"of": "indicators"}]},
            {"heading": "Networks", "tables": [{"of": "contacts", "caption": "Networks to call"}]},
            {"heading": "Agreements", "tables": [
                {"of": "agreements", "caption": "Memoranda of our network", "classes": ["MC"], "first_column": "With"},
                {"of": "agreements", "caption": "Trade", "classes": ["TR"], "first_column": "Between"},
            ]},
            {"heading": "Meetings", "tables": [
                {"of": "events", "caption": "Meetings", "kinds": ["workshop", "international-meeting"]},
            ]},
            {"heading": "Months", "tables": [{"of": "timeline", "caption": "Timeline"}, {"of": "duties"}]},
        ],
    }  # fmt: skip
