"""Who owes what, what counts twice, what the plan leaves out: each rule heard on a small project, then silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from elca_facts import elca_portfolio
from project_texts import AGREEMENTS, ORGANISATIONS, PROJECT, found, sole

from elca_docs.records import findings_of, read_portfolio
from elca_docs.records.findings import omissions, overlaps, shares

DEMO = Path(__file__).parents[2] / "examples" / "demo"
MINE = {module.__name__ for module in (omissions, overlaps, shares)}

FAIRS = "- {{id: K1, title: Fairs, target: {target}, rule: {{counts: events, kinds: [fair]}}{more}}}\n"
SPLIT = "- {id: K0, title: Split, target: 2, per_partner: {ABC: 1, XYZ: 1}, rule: {counts: contacts}}\n"
CONTACTS = "- {id: C1, organisation: acme, responsible: [ABC]}\n- {id: C2, organisation: bolt, responsible: [XYZ]}\n"


# --- Double counting --------------------------------------------------------------------------------------------------

DESCRIBED = """\
- {{id: K1, title: Memoranda, target: 1, description: {text}, rule: {{counts: agreements, classes: [MU]}}}}
- {{id: K2, title: Deals, target: 1, rule: {{counts: agreements, classes: [BB]}}}}
"""


def test_a_description_that_names_what_another_indicator_counts():
    """A class's own word in the description of another indicator leaves open where it counts."""
    finding = sole("indicator-overlap", indicators=DESCRIBED.format(text="Memoranda and business of all kinds"))
    assert finding.message == "the description of K1 names 'business', which K2 counts (Deals)"
    assert (finding.ids, finding.severity) == (("K1", "K2"), "warning")
    assert str(finding.location).startswith("records/indicators.yaml:1:")
    assert str(finding.other_location).startswith("records/indicators.yaml:2:")
    assert found("indicator-overlap", indicators=DESCRIBED.format(text="Memoranda of all kinds")) == []


@pytest.mark.parametrize(("text", "heard"), [("Loud fairs abroad", 1), ("Loud things, and a fair", 0)])
def test_a_description_that_names_another_kind_of_event(text: str, heard: int):
    """All words of a kind have to stand there, in whatever number and order, besides those that both kinds have."""
    indicators = (
        f"- {{id: K1, title: a, target: 1, description: '{text}', rule: {{counts: events, kinds: [fair]}}}}\n"
        "- {id: K2, title: b, target: 1, rule: {counts: events, kinds: [loud-fair-abroad]}}\n"
    )
    assert len(found("indicator-overlap", indicators=indicators)) == heard


TWICE = """\
- {{id: K1, title: a, target: 2, rule: {{counts: contacts, distinct_by: organisation}}}}
- {{id: K2, title: b, target: 1, rule: {{counts: agreements, classes: [MU], distinct_by: {by}, meaning: "{meaning}"}}}}
- {{id: K3, title: c, target: 1, rule: {{counts: events}}}}
"""


def test_an_organisation_that_two_indicators_count():
    """It would count in both, unless a rule says so; an indicator of records is mentioned, and is no second count."""
    texts = {"contacts": CONTACTS, "events": "- {id: E1, kind: fair, responsible: [ABC], organisations: [acme]}\n"}
    finding = sole(
        "organisation-in-several-indicators", indicators=TWICE.format(by="organisation", meaning="x"), **texts
    )
    assert finding.message == "1 organisation would count in K1 and in K2: acme; acme also in K3"
    assert finding.ids == ("K1", "K2", "acme")
    for by, meaning in (("organisation", "One counts for K1, too."), ("record", "x")):
        right = TWICE.format(by=by, meaning=meaning)
        assert found("organisation-in-several-indicators", indicators=right, **texts) == []
    elsewhere = CONTACTS.replace("acme", "cog")
    wrong = TWICE.format(by="organisation", meaning="x")
    assert found("organisation-in-several-indicators", indicators=wrong, contacts=elsewhere) == []


def merged(name: str) -> str:
    """Return the organisations, one of them with a name and two other spellings."""
    other = f"{name}, aliases: [{{name: Iron Makers}}, {{name: Copper Friends}}]"
    return ORGANISATIONS.replace("Invented Foundry", other)


def test_a_record_about_an_organisation_that_is_several():
    """A name that holds two others side by side may be one meeting or two; a long form with its short one is one."""
    texts = {"contacts": CONTACTS.partition("\n")[0]}
    finding = sole("row-of-several", organisations=merged("Iron Makers Copper Friends B"), **texts,
                   agreements="")  # fmt: skip
    assert finding.message == (
        "contact C1 is one record and counts once, and its organisation acme bears 2 names: "
        "'Iron Makers' and 'Copper Friends'"
    )
    assert (finding.ids, str(finding.other_location)) == (("C1", "acme"), "records/organisations.yaml:1:14")
    for name in ("Iron Makers", "Iron Makers and others", "Gold"):
        assert found("row-of-several", organisations=merged(name), **texts) == []
    assert found("row-of-several", organisations=merged("Iron Makers Copper Friends B"),
                 agreements="") == []  # fmt: skip


# --- Shares -----------------------------------------------------------------------------------------------------------

SHARED = "- {{id: A-1, class: MU, responsible: [ABC, XYZ], counterparts: [acme]{more}}}\n"


@pytest.mark.parametrize(
    ("more", "idle"),
    [
        ("", "ABC and XYZ do"),
        (", steps: [{what: x, by: [XYZ]}]", "ABC does"),
        (", commitments: [{party: ABC, what: x}]", "XYZ does"),
        (", steps: [{what: x, by: [XYZ]}], commitments: [{party: ABC, what: x}]", None),
        (", steps: [{what: x, by: [XYZ, ABC]}]", None),
    ],
)
def test_partners_that_share_a_record_say_who_does_what(more: str, idle: str | None):
    """Each of them stands in a step or has a commitment."""
    heard = found("shared-responsibility", agreements=SHARED.format(more=more))
    assert [each.message for each in heard] == (
        [f"agreement A-1 is shared by ABC and XYZ, and no step says what {idle}, so nobody can say who is credited"]
        if idle
        else []
    )
    assert {each.ids for each in heard} <= {("A-1", "ABC", "XYZ")}


def test_places_of_several_partners_are_not_divided():
    """A slot of one partner is looked after; one of several is not, while it has free places."""
    slot = "- {{id: S, class: MU, responsible: [{who}], slots: {n}{more}}}\n"
    fills = "- {id: A-3, class: MU, responsible: [ABC], counterparts: [cog], fills: S}\n"
    mission = "- {id: north, name: North}\n"
    finding = sole("slots-undivided", agreements=slot.format(who="ABC, XYZ", n=3, more="") + fills, missions=mission)
    assert finding.message == (
        "S keeps 2 places for 2 partners (ABC, XYZ), and nothing says how many are whose or for which mission"
    )
    assert finding.fix.startswith("write one slot record per partner and mission")
    finding = sole(
        "slots-undivided", agreements=slot.format(who="ABC, XYZ", n=3, more=", mission: north"), missions=mission
    )
    assert finding.message.endswith("(ABC, XYZ), and nothing says how many are whose")
    for who, number in (("ABC", 3), ("ABC, XYZ", 1)):
        assert found("slots-undivided", agreements=slot.format(who=who, n=number, more="") + fills) == []


@pytest.mark.parametrize(
    ("events", "target", "why"),
    [
        ("- {id: E1, kind: fair, responsible: [ABC], slots: 3}\n", 2, "3 planned for 2"),
        ("- {id: E1, kind: fair, responsible: [ABC, XYZ], slots: 3}\n", 3, "3 places of several partners"),
        ("- {id: E1, kind: fair, responsible: [ABC, XYZ]}\n", 1, "1 shared record"),
        ("- {id: E1, kind: fair, responsible: [ABC], slots: 3}\n", 3, None),
    ],
)
def test_targets_that_nothing_divides(events: str, target: int, why: str | None):
    """Where some targets are divided among partners, one that neither a number nor the rows divide is told."""
    indicators = SPLIT + FAIRS.format(target=target, more="")
    heard = found("missing-partner-target", indicators=indicators, events=events, contacts=CONTACTS)
    assert [each.message for each in heard] == (
        [f"K0 has targets of single partners, and K1 has none; nor does the plan divide K1 ({why})"] if why else []
    )
    assert found("missing-partner-target", indicators=FAIRS.format(target=target, more=""), events=events) == []


def test_all_indicators_without_partners_targets_are_named():
    """Those that the rows divide are named too: the reader sees which numbers are still to be agreed."""
    third = "- {id: K2, title: x, target: 2, rule: {counts: agreements}}\n"
    finding = sole(
        "missing-partner-target",
        indicators=SPLIT + SPLIT.replace("K0", "K9") + FAIRS.format(target=1, more="") + third,
        events="- {id: E1, kind: fair, responsible: [ABC, XYZ], slots: 1}\n",
    )
    assert finding.ids == ("K1", "K2")
    assert finding.message.startswith("K0 and K9 have targets of single partners, and K1 and K2 have none; nor does")


def test_a_partner_with_less_than_its_own_target():
    """A partner's target needs as many records of that partner; shared slots are nobody's, so nothing is said."""
    indicators = FAIRS.format(target=3, more=", per_partner: {ABC: 2, XYZ: 1}")
    events = "- {id: E1, kind: fair, responsible: [ABC], slots: 2}\n"
    finding = sole("partner-without-part", indicators=indicators, events=events)
    assert finding.message == "K1 wants 1 of XYZ, and the plan holds 0 for it"
    assert (finding.ids, str(finding.other_location)) == (("K1", "XYZ"), "records/partners.yaml:2:3")
    for more in ("[XYZ]}", "[ABC, XYZ], slots: 1}"):
        text = f"{events}- {{id: E2, kind: fair, responsible: {more}\n"
        assert found("partner-without-part", indicators=indicators, events=text) == []


def test_an_agreement_that_was_replaced_is_nobodys_load():
    """Who replaces takes the place, so the partner of the replaced one has nothing left."""
    indicators = "- {id: K1, title: a, target: 2, per_partner: {ABC: 1, XYZ: 1}, rule: {counts: agreements}}\n"
    assert found("partner-without-part", indicators=indicators) == []
    replaced = AGREEMENTS + "- {id: A-3, class: MU, responsible: [ABC], counterparts: [bolt], replaces: A-2}\n"
    assert sole("partner-without-part", indicators=indicators, agreements=replaced).ids == ("K1", "XYZ")


def test_a_participant_without_a_part_in_a_duty_of_the_whole_task():
    """A duty that nobody in particular owes and that names a kind of event is owed by all partners in the task."""
    project = PROJECT.replace("leader: ABC,", "leader: ABC, participants: [XYZ],")
    duty = "duties: [{{id: d, what: {what}, task: T1.1{more}}}]\n"
    events = "- {id: E1, kind: joint-fair, responsible: [ABC]}\n"
    finding = sole(
        "partner-without-part",
        project=project,
        events=events,
        timeline=duty.format(what="Fairs or joint visits", more=""),
    )
    assert finding.message == (
        "duty d ('Fairs or joint visits') binds T1.1 as a whole, and of its partners XYZ has no event of the kind "
        "'joint-fair'"
    )
    assert finding.ids == ("d", "XYZ")
    for what, more, who in (
        ("Fairs or joint visits", ", responsible: [ABC]", "ABC"),
        ("Fairs or visits", "", "ABC"),
        ("Joint fairs", "", "ABC, XYZ"),
    ):
        texts = {"events": events.replace("ABC", who), "timeline": duty.format(what=what, more=more)}
        assert found("partner-without-part", project=project, **texts) == []


def test_duties_that_nobody_owes():
    """One finding names them all; a duty with an owner is in order."""
    duties = "duties: [{{id: d, what: x{more}}}, {{id: e, what: y{more}}}, {{id: f, what: z, responsible: [ABC]}}]\n"
    finding = sole("duty-without-owner", timeline=duties.format(more=""))
    assert finding.message.startswith("2 duties name no partner, so each participant may owe them, or")
    assert finding.ids == ("d", "e")
    assert found("duty-without-owner", timeline=duties.format(more=", responsible: [XYZ]")) == []


PARTNERS = "".join(f"- {{id: P{n}, name: Invented Partner {n}}}\n" for n in range(1, 5))


@pytest.mark.parametrize(
    ("loads", "said"),
    [
        ((5, 1, 1, 1), "5 of 8 for K1 (the others 1 each)"),
        ((6, 2, 1, 0), "6 of 9 for K1 (the others 0 to 2 each)"),
        ((4, 2, 1, 1), None),
        ((2, 1, 0, 0), None),
    ],
)
def test_a_load_of_more_than_two_even_shares(loads: tuple[int, ...], said: str | None):
    """Free places count as named ones; fewer records than partners say nothing."""
    events = "".join(
        f"- {{id: E{n}, kind: fair, responsible: [P{n}], slots: {load}}}\n" for n, load in enumerate(loads, 1) if load
    )
    project = PROJECT.replace("ABC", "P1")
    texts = {"project": project, "partners": PARTNERS, "agreements": "", "events": events}
    heard = found("uneven-load", indicators=FAIRS.format(target=8, more=""), **texts)
    assert [each.message for each in heard] == (
        [f"P1 is responsible for {said}, more than two even shares of 4 partners"] if said else []
    )
    assert {each.ids for each in heard} <= {("P1", "K1")}


# --- Coverage ---------------------------------------------------------------------------------------------------------

MISSION = "- {id: north, name: North, deadline: 2030-06}\n"
TIMELINE = "months: [{{month: 6, activities: [{{id: M6-1, what: x, done_by: {by}}}]}}]\n"
FAIRS_NORTH = TIMELINE.format(by="events, kinds: [fair], mission: north")


def test_an_activity_for_which_nothing_is_planned():
    """Events of the mission are planned, at least as slots; those that name no mission are counted beside them."""
    events = "- {{id: E1, kind: fair, responsible: [ABC], slots: 4{more}}}\n"
    finding = sole("activity-without-plan", missions=MISSION, timeline=FAIRS_NORTH, events=events.format(more=""))
    assert finding.message == (
        "1 activity wants events (fair) for north, and none is planned for them, while 4 such events name no mission: "
        "M6-1"
    )
    assert (finding.ids, str(finding.location)) == (("M6-1",), "records/timeline.yaml:1:34")
    texts = {"missions": MISSION, "timeline": FAIRS_NORTH}
    assert found("activity-without-plan", events=events.format(more=", mission: north"), **texts) == []
    finding = sole("activity-without-plan", timeline=TIMELINE.format(by="agreements, classes: [BB]"), agreements="")
    assert finding.message == "1 activity wants agreements (BB), and none is planned: M6-1"
    for by in ("agreements, classes: [BB]", "agreements", "record"):
        assert found("activity-without-plan", timeline=TIMELINE.format(by=by)) == []


def test_activities_of_one_sort_are_told_together():
    """One finding per class or kind, with all activities and missions; agreements of missions are told elsewhere."""
    missions = MISSION + MISSION.replace("north", "south")
    activities = ", ".join(
        f"{{id: {each}-{by}, what: x, done_by: {by}, mission: {each}}}"
        for each in ("north", "south")
        for by in ("events", "agreements")
    )
    finding = sole(
        "activity-without-plan", missions=missions, timeline=f"months: [{{month: 6, activities: [{activities}]}}]\n"
    )
    assert finding.message == (
        "2 activities want events for north, south, and none is planned for them: north-events, south-events"
    )


def test_what_has_neither_a_date_nor_a_line_in_the_timeline():
    """It could never be overdue; full slots and replaced agreements wait for nothing."""
    events = "- {{id: E1, kind: fair, responsible: [ABC]{more}}}\n"
    texts = {"missions": MISSION, "timeline": FAIRS_NORTH, "agreements": ""}
    finding = sole("without-deadline", events=events.format(more=", slots: 3"), **texts)
    assert finding.message == (
        "3 events of the kind 'fair' have no date, and the timeline names it for missions only: E1"
    )
    for more in (", mission: north", ", expected: 2030-03"):
        assert found("without-deadline", events=events.format(more=more), **texts) == []
    (finding,) = [each for each in found("without-deadline") if "A-2" in each.ids]
    assert finding.message == "1 agreement of the class 'BB' has no date, and the timeline never names that class: A-2"
    filled = (
        "- {id: S, class: MU, responsible: [ABC], slots: 1}\n"
        "- {id: A-1, class: MU, responsible: [ABC], counterparts: [acme], fills: S}\n"
        "- {id: A-2, class: MU, responsible: [ABC], counterparts: [bolt], replaces: A-1, expected: 2030-02}\n"
    )
    assert found("without-deadline", agreements=filled) == []


def test_what_stands_in_no_table():
    """Where deliverables have tables of a sort, every class and kind that is planned is in one of them."""
    deliverable = "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nsections: [{{heading: h, tables: [{tables}]}}]\n"
    finding = sole("printed-nowhere", deliverables__D1=deliverable.format(tables="{of: agreements, classes: [MU]}"))
    assert finding.message == "class 'BB' is planned, and no table of a deliverable shows it"
    assert (finding.ids, finding.severity) == (("BB",), "hint")
    for tables in ("{of: agreements}", "{of: agreements, classes: [MU, BB]}", "{of: contacts}", ""):
        assert found("printed-nowhere", deliverables__D1=deliverable.format(tables=tables)) == []


def test_a_country_of_a_partner_without_a_contact():
    """Contacts at home are sought in each partner's country; contacts abroad say that others are meant."""
    countries = ORGANISATIONS.replace("Invented Foundry", "Invented Foundry, country: ??")
    finding = sole("country-without-contact", organisations=countries.replace("??", "DE"), contacts=CONTACTS)
    assert finding.message == (
        "all contacts of a known country are in DE, where partners are, and none is in PL (XYZ); no country is known "
        "of bolt"
    )
    assert finding.ids == ("XYZ", "bolt")
    both = countries.replace("??", "DE").replace("Invented Screws", "Invented Screws, country: PL")
    for text in (ORGANISATIONS, both, countries.replace("??", "SE")):
        assert found("country-without-contact", organisations=text, contacts=CONTACTS) == []
    one = CONTACTS.partition("\n")[0]
    assert found("country-without-contact", organisations=countries.replace("??", "DE"), contacts=one) == []


def test_an_indicator_whose_work_package_has_no_months():
    """When nobody knows when a work package ends, nobody knows when an indicator stops counting."""
    project = PROJECT.replace("tasks:\n", "  - {id: WP7, title: x}\ntasks:\n")
    indicators = "- {id: K1, title: Signed in WP1 and WP7., target: 1, rule: {counts: agreements}}\n"
    finding = sole("window-open", project=project, indicators=indicators)
    assert finding.message.startswith("K1 speaks of WP7, whose months are not given")
    assert finding.ids == ("K1", "WP7")
    assert found("window-open", project=project + "counting_until: 2031-06-30\n", indicators=indicators) == []
    assert found("window-open", project=project.replace("title: x", "first_month: 1, last_month: 9"),
                 indicators=indicators) == []  # fmt: skip


# --- The shipped projects ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def heard() -> dict[str, list[tuple[str, ...]]]:
    """Return the ids of the findings on ELCA's records, by code."""
    found_there: dict[str, list[tuple[str, ...]]] = {}
    for finding in findings_of(elca_portfolio()):
        found_there.setdefault(finding.code, []).append(finding.ids)
    return found_there


TABLE_2 = (
    "composites-united", "sensa", "c3", "rail-saxony", "aerospace-saxony-thuringia", "railgrup", "ciac", "hegan",
    "rightweight", "aviation-valley", "art-er", "clust-er-green-tech",
)  # fmt: skip
PARTNERS_OF_ELCA = ("AMZ", "BIC", "MAV", "MECH", "POL")


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("indicator-overlap", [("KPI 2", "KPI 4"), ("KPI 6", "KPI 7")]),  # A07, and the merged cell of E02
        ("organisation-in-several-indicators", [("KPI 1", "KPI 2", *TABLE_2)]),  # A08
        ("row-of-several", [("T4-04", "india-merged-cell")]),  # A09
        ("shared-responsibility", [("T4-02", "AMZ", "MAV"), ("T4-04", "BIC", "AMZ")]),  # A10
        ("partner-without-part", [("T3.1-international", "MECH")]),  # A11
        ("duty-without-owner", [("T3.1-regional", "T3.1-international")]),  # A12
        ("missing-partner-target", [tuple(f"KPI {n}" for n in (1, 2, 3, 5, 7, 8, 10))]),  # A13
        ("uneven-load", [("AMZ", "KPI 1", "KPI 2", "KPI 3", "KPI 7")]),  # A14
        (
            "activity-without-plan",  # A15
            [("M14-3", "M15-2", "M17-2", "M18-2", "M19-2", "M20-2"), ("M14-4", "M17-3", "M19-3", "M20-3")],
        ),
        ("slots-undivided", [("BA-ALL",), ("OE-ALL",)]),  # A16
        ("country-without-contact", [("POL", "rightweight")]),  # A19
        (
            "without-deadline",  # A22: matchmaking; B17: T4-02
            [
                tuple(f"CS-{each}" for each in PARTNERS_OF_ELCA),
                ("BA-ALL",),
                ("T4-02", "T4-05"),
                tuple(f"WS-{each}" for each in PARTNERS_OF_ELCA),
                ("OE-ALL",),
                tuple(f"MM-{each}" for each in PARTNERS_OF_ELCA),
            ],
        ),
        ("printed-nowhere", [("CS", "BA", "workshop", "other-international-event", "matchmaking")]),  # A22
        ("window-open", [("KPI 2", "WP2")]),  # B15
    ],
)
def test_what_the_plan_of_elca_leaves_open_is_heard(heard, code: str, ids: list[tuple[str, ...]]):
    """The fact finder's list, heard unaided: the same records, and no others."""
    assert heard[code] == ids


def test_the_load_of_the_coordinator_is_told_in_numbers():
    """A14: 8 of 15, 5 of 12, 3 of 7, and four of six meetings."""
    (load,) = [each for each in findings_of(elca_portfolio()) if each.code == "uneven-load"]
    assert load.message.startswith(
        "AMZ is responsible for 8 of 15 for KPI 1 (the others 1 to 3 each), 5 of 12 for KPI 2"
    )


def test_the_demo_hears_nothing_of_it():
    """A plan that is in order is left alone."""
    files = {path.relative_to(DEMO).as_posix(): path.read_bytes() for path in DEMO.rglob("*") if path.is_file()}
    portfolio = read_portfolio(files).portfolio
    assert portfolio is not None
    from elca_docs.records.findings import RULES

    mine = [rule for rule in RULES if rule.__module__ in MINE]
    assert len(mine) == 15
    assert [finding for rule in mine for finding in rule(portfolio)] == []
