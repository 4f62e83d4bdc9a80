"""In which order, at which place, in which month, in which print: each rule heard on a small project, then silent."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from elca_facts import elca_portfolio
from project_texts import PROJECT, found, portfolio_of, problems_of, sole

from elca_docs.records import findings_of, read_portfolio
from elca_docs.records.findings import RULES, date_prints, omissions, overlaps, sequence, shares, undated, venues

DEMO = Path(__file__).parents[2] / "examples" / "demo"
MINE = {module.__name__ for module in (date_prints, sequence, undated, venues)}

CONTACT = "- {{id: C1, organisation: acme, responsible: [ABC], steps: [{steps}]}}\n"
AGREEMENT = "- {{id: A-1, class: MU, responsible: [ABC], counterparts: [acme]{more}}}\n"
EVENT = "- {{id: E1, kind: fair, responsible: [ABC], organisations: [acme]{more}}}\n"


# --- Order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "met", "said"),
    [
        ("2030-05", "2030-05", "the month of"),
        ("2030-05", "2030-05-20", "the month of"),
        ("2030-04", "2030-05", "before"),
        ("2030-05-03", "2030-05-20", "the month of"),
        ("2030-05-20", "2030-05-03", None),
        ("2030-05", "2030-04", None),
    ],
)
def test_who_signs_has_met_before(expected: str, met: str, said: str | None):
    """The first dated meeting comes in an earlier month, or on an earlier day where both days are known."""
    heard = found(
        "before-contact",
        agreements=AGREEMENT.format(more=f", expected: {expected}"),
        contacts=CONTACT.format(steps=f"{{what: Hello, date: {met}}}"),
    )
    assert [each.message for each in heard] == (
        [f"agreement A-1 is expected in {expected}, {said} the first dated meeting with its counterpart (C1, {met})"]
        if said
        else []
    )
    assert {each.ids for each in heard} <= {("A-1", "C1")}


def test_an_earlier_meeting_anywhere_is_enough():
    """Events count as meetings, steps of the agreement do, and a step of signing does not."""
    agreement = AGREEMENT.format(more=", expected: 2030-05, steps: [{what: Talk, date: 2030-05}]")
    finding = sole("before-contact", agreements=agreement)
    assert finding.message.endswith("(its own step, 2030-05)")
    assert finding.ids == ("A-1",)
    assert str(finding.other_location) == "records/agreements.yaml:1:106"
    assert found("before-contact", agreements=agreement, events=EVENT.format(more=", expected: 2030-02")) == []
    assert found("before-contact", agreements=agreement.replace("Talk", "Signature")) == []
    assert found("before-contact", agreements=AGREEMENT.format(more="")) == []


DUTIES = "duties: [{{id: d, what: Deliver the {what}{due}}}]\n"


@pytest.mark.parametrize(
    ("what", "due", "early"),
    [
        ("templates", ", due: 2030-04", ("A-1", "A-2")),
        ("template of the memo", ", due: 2030-04", ("A-1",)),
        ("template of the trade", ", due: 2030-04-30", ("A-2",)),
        ("templates", ", due: 2030-03", ()),
        ("templates", "", ()),
        ("tools", ", due: 2030-04", ()),
    ],
)
def test_who_signs_has_a_template(what: str, due: str, early: tuple[str, ...]):
    """A duty that delivers the template of a class, or all templates, is due in the month of a signature or before."""
    agreements = AGREEMENT.format(more=", expected: 2030-03") + (
        "- {id: A-2, class: BB, responsible: [XYZ], counterparts: [bolt, cog], expected: 2030-03-31}\n"
    )
    heard = found("before-template", agreements=agreements, timeline=DUTIES.format(what=what, due=due))
    assert [each.ids for each in heard] == ([("d", *early)] if early else [])
    if early == ("A-1",):
        assert heard[0].message == "1 agreement is expected before their template is due (d, 2030-04): A-1 (2030-03)"


MISSIONS = "- {id: north, name: North, deadline: 2030-06}\n- {id: south, name: South, deadline: 2030-10-15}\n"


@pytest.mark.parametrize(
    ("date", "agreement", "said"),
    [
        ("2030-06", "", "2030-06, the month of the mission north (2030-06)"),
        ("2030-09-30", "", "2030-09-30, after the mission north (2030-06)"),
        ("2030-05", "", None),
        ("2030-09", ", mission: south", None),
        ("2030-10-14", ", mission: south", None),
        ("2030-10-15", ", mission: south", "2030-10-15, the month of the mission south (2030-10-15)"),
    ],
)
def test_a_network_is_contacted_before_its_mission(date: str, agreement: str, said: str | None):
    """The mission is that of the organisation's agreement or event; where there is none, the first of all."""
    heard = found(
        "contact-after-mission",
        missions=MISSIONS,
        agreements=AGREEMENT.format(more=agreement),
        contacts=CONTACT.format(steps=f"{{what: Later}}, {{what: Hello, date: {date}}}"),
    )
    assert [each.message for each in heard] == ([f"the first dated step with acme (C1) is in {said}"] if said else [])


def test_a_contact_without_a_date_or_a_mission_is_not_late():
    """Nothing can be compared where one side is open."""
    assert found("contact-after-mission", missions=MISSIONS, contacts=CONTACT.format(steps="{what: x}")) == []
    assert found("contact-after-mission", contacts=CONTACT.format(steps="{what: x, date: 2030-06}")) == []
    undated = "- {id: north, name: North}\n"
    events = EVENT.format(more=", mission: north")
    texts = {"missions": undated, "events": events, "contacts": CONTACT.format(steps="{what: x, date: 2030-06}")}
    assert found("contact-after-mission", **texts) == []


PLAN = (
    "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nwork_package: WP1\n"
    "sections: [{heading: h, tables: [{of: timeline}]}]\n"
)


def test_what_follows_the_missions_fits_into_the_work_package():
    """A document that sets events after missions needs months for them before its work package ends."""
    statement = (
        "- {id: s, place: Page 3, what: When fairs are, text: after the trips, rule: after-missions, of: [fair]}\n"
    )
    texts = {"statements": statement, "events": EVENT.format(more=""), "deliverables__D1": PLAN}
    assert problems_of(missions=MISSIONS, **texts) == ()
    late = MISSIONS.replace("2030-10-15", "2031-02")
    finding = sole("after-work-package", missions=late, **texts)
    assert finding.message == (
        "Page 3 sets fair after the missions ('after the trips'); the last one, south, is due in M14 (2031-02), and "
        "WP1 ends with M12 (2030-12-31)"
    )
    assert (finding.ids, finding.severity) == (("s", "WP1", "south"), "error")
    assert found("after-work-package", missions=MISSIONS, **texts) == []
    assert found("after-work-package", missions=late, **{**texts, "statements": ""}) == []
    assert found("after-work-package", missions="- {id: north, name: North}\n", **texts) == []
    assert [each.code for each in problems_of(**{**texts, "statements": statement.replace("fair", "fiar")})] == [
        "unknown-id"
    ]


def test_what_is_told_as_past_and_planned_elsewhere():
    """An undated past meeting contradicts another record that plans the first contact."""
    contacts = CONTACT.format(steps="{what: First talk, date: 2030-07}")
    past = "- {{id: E1, kind: fair, responsible: [ABC], organisations: [acme], steps: [{step}, {step}]}}\n"
    step = "{what: Met often, stated_as: past}"
    finding = sole("first-contact-unclear", contacts=contacts, events=past.format(step=step))
    assert finding.message == (
        "E1 tells 'Met often' with acme as past, without a date, and C1 has the first dated contact with it in 2030-07"
    )
    assert finding.ids == ("E1", "C1")
    dated, planned = step.replace("past", "past, date: 2030-03"), step.replace("past", "planned")
    for other in (dated, planned):
        assert found("first-contact-unclear", contacts=contacts, events=past.format(step=other)) == []
    assert found("first-contact-unclear", events=past.format(step=step)) == []


def test_a_dated_step_whose_tense_is_open():
    """A record that tells some steps as planned or past tells all dated ones."""
    steps = "{{what: a, stated_as: past}}, {{what: b, date: 2030-07{}}}, {{what: c}}"
    finding = sole("tense-open", contacts=CONTACT.format(steps=steps.format("")))
    assert finding.message == "C1 tells some steps as planned or past, and leaves it open of 'b' (2030-07)"
    assert (finding.ids, finding.severity) == (("C1",), "hint")
    assert found("tense-open", contacts=CONTACT.format(steps=steps.format(", stated_as: planned"))) == []
    assert found("tense-open", contacts=CONTACT.format(steps="{what: b, date: 2030-07}")) == []


# --- Places -----------------------------------------------------------------------------------------------------------

SHOWN = "{{what: 'Showing the plan at the yearly fair{of}', place: {place}{date}}}"
VISIT = ", title: Showing plans at the yearly gathering, place: {place}{date}"


@pytest.mark.parametrize(
    ("place", "of", "date", "there", "heard"),
    [
        ("Atlantis", "", "", "Lilliput", 1),
        ("Atlantis", "", ", date: 2030-07-01", "Lilliput", 1),
        ("Atlantis/North", "", "", "Atlantis", 0),
        ("digital", "", "", "Lilliput", 0),
        ("Atlantis", "", ", date: 2030-06", "Lilliput, expected: 2030-07", 0),
        ("Atlantis", "", ", date: 2030-07-01", "Lilliput, expected: 2030-07-01", 1),
        ("Atlantis", "", ", date: 2030-07", "Lilliput, expected: 2030-07", 0),
    ],
)
def test_one_meeting_is_at_one_place(place: str, of: str, date: str, there: str, heard: int):
    """The same organisation in nearly the same words, or on the same day, at places that have no word in common."""
    texts = {
        "contacts": CONTACT.format(steps=SHOWN.format(of=of, place=place, date=date)),
        "events": EVENT.format(more=VISIT.format(place=there, date="")),
    }
    findings = found("place-differs", **texts)
    assert [each.ids for each in findings] == [("C1", "E1", "acme")] * heard


def test_an_organisation_that_a_step_names_counts_as_met():
    """A step may name another organisation than its record's; several pairs of the same records are told once."""
    shown = SHOWN.format(of=" of INVENTED screws", place="Atlantis", date="")
    contact = CONTACT.format(steps=f"{shown}, {shown}")
    visit = EVENT.replace("[acme]", "[bolt]").format(more=VISIT.format(place="Lilliput", date=""))
    finding = sole("place-differs", contacts=contact, events=visit)
    assert finding.message == (
        "C1 has 'Showing the plan at the yearly fair of INVENTED screws' in Atlantis, and E1 has 'Showing plans at the "
        "yearly gathering' in Lilliput: both with bolt"
    )
    assert finding.ids == ("C1", "E1", "bolt")
    other = CONTACT.format(steps=SHOWN.format(of=" of invented bolts", place="Atlantis", date=""))
    assert found("place-differs", contacts=other, events=visit) == []


def test_most_dates_have_a_place():
    """Where more than half of many dates have none, one finding says which."""
    steps = ", ".join(f"{{what: x, date: 2030-0{n}}}" for n in range(1, 6))
    finding = sole("missing-places", contacts=CONTACT.format(steps=steps))
    assert finding.message == "5 of 5 dated steps and meetings name no place: C1"
    assert (finding.ids, finding.severity) == (("C1",), "hint")
    placed = steps.replace("what: x,", "what: x, place: digital,", 3)
    for text in (placed, ", ".join(["{what: x, date: 2030-01}"] * 3), "{what: x}, {what: x}, {what: x}, {what: x}"):
        assert found("missing-places", contacts=CONTACT.format(steps=text)) == []
    assert found("missing-places", events=EVENT.format(more=f", place: Atlantis, steps: [{steps}]")) == []


# --- Months -----------------------------------------------------------------------------------------------------------

MONTHS = (
    "months: [{{month: 3}}, {{month: 4{four}}}, {{month: {last}, activities: [{{id: y, what: y, done_by: record}}]}}]\n"
)
DONE = ", activities: [{id: x, what: x, done_by: record}]"


def test_months_without_an_activity():
    """A timeline that has every month says of each what is due; one with gaps claims nothing."""
    finding = sole("empty-months", timeline=MONTHS.format(four="", last=5))
    assert finding.message.startswith("2 of 3 months of the timeline have no activity (M3, M4): ")
    assert (finding.ids, finding.severity) == (("M3", "M4"), "hint")
    assert str(finding.location) == "records/timeline.yaml:1:10"
    assert found("empty-months", timeline=MONTHS.format(four="", last=9)) == []
    filled = MONTHS.format(four=DONE, last=5).replace("{month: 3}", "{month: 3" + DONE.replace("x,", "z,") + "}")
    assert found("empty-months", timeline=filled) == []
    assert found("empty-months", timeline="months: [{month: 3}, {month: 4}]\n") == []


def test_dates_in_months_the_timeline_leaves_empty():
    """One finding per month with all its records; what an activity stands for has its line already."""
    texts = {
        "contacts": CONTACT.format(steps="{what: x, date: 2030-04}, {what: y, date: 2030-04-02}"),
        "events": EVENT.format(more=", expected: 2030-07-01"),
        "agreements": AGREEMENT.format(more=", expected: 2030-04"),
    }
    first, second = found("outside-timeline", timeline=MONTHS.format(four="", last=5), **texts)
    assert first.message == "2 records have a date in M4 (2030-04), which has no activity in the timeline: C1, A-1"
    assert (first.ids, str(first.other_location)) == (("M4", "C1", "A-1"), "records/timeline.yaml:1:22")
    assert second.message == "1 record has a date in M7 (2030-07), which is not among its months in the timeline: E1"
    assert [each.ids for each in found("outside-timeline", timeline=MONTHS.format(four=DONE, last=5), **texts)] == [
        ("M7", "E1")
    ]
    wanted = ", ".join(f"{{id: {by}, what: x, done_by: {by}}}" for by in ("events", "agreements"))
    meant = f"months: [{{month: 3}}, {{month: 4{DONE}}}, {{month: 5, activities: [{wanted}]}}]\n"
    assert found("outside-timeline", timeline=meant, **texts) == []
    assert found("outside-timeline", timeline=MONTHS.format(four="", last=9), **texts) == []


STEPPING = AGREEMENT + (
    "- {{id: A-2, class: MU, responsible: [ABC], counterparts: [bolt], steps: [{{what: x, date: 2030-04}}]}}\n"
    "- {{id: A-3, class: MU, responsible: [ABC], counterparts: [cog], steps: [{{what: x, date: 2030-05}}]}}\n"
)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("", "no step, as others of its class have"),
        (", steps: [{what: x}, {what: y}]", "2 steps without a date"),
        (", steps: [{what: x, date: 2030-03}, {what: y, stated_as: tbd}]", "'y': tbd"),
        (", steps: [{what: x, date: 2030-03}, {what: y, stated_as: Ongoing}]", None),
        (", steps: [{what: x, date: 2030-03}, {what: y}]", None),
    ],
)
def test_every_record_has_a_dated_step(more: str, why: str | None):
    """No step at all is odd only where most others of the class have some."""
    heard = found("undated-steps", agreements=STEPPING.format(more=more))
    assert [each.message for each in heard] == (
        [f"1 agreement cannot be followed up by date: A-1 ({why})"] if why else []
    )
    assert found("undated-steps", agreements=AGREEMENT.format(more="")) == []


def test_an_event_with_a_date_of_its_own_needs_none_in_its_steps():
    """Its steps can be undated; without a date of its own they cannot."""
    event = EVENT.format(more=", steps: [{what: x}]")
    assert sole("undated-steps", events=event).ids == ("E1",)
    assert found("undated-steps", events=EVENT.format(more=", expected: 2030-04, steps: [{what: x}]")) == []


# --- Print ------------------------------------------------------------------------------------------------------------

STEP = "{{what: x, date: {date}, printed: {{date: '{text}'}}}}"


def of_print(code: str, text: str, date: str = "2030-03-04", **texts: str) -> list[str]:
    """Return the messages on one printed date."""
    step = STEP.format(date=date, text=text) if date else f"{{what: x, printed: {{date: '{text}'}}}}"
    heard = found(code, contacts=CONTACT.format(steps=step), **texts)
    assert {each.ids for each in heard} <= {("C1",)}
    return [each.message for each in heard]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("04.03.30", "04.03 may be day and month or month and day"),
        ("March (4-3-30)", "4-3 may be day and month or month and day"),
        ("04/03/2030", "04/03 may be day and month or month and day"),
        ("Mar. 30", "30 may be a day or a year"),
        ("mar 30", "30 may be a day or a year"),
        ("04.03.2030", None),
        ("14.03.30", None),
        ("04.04.30", None),
        ("Mar. 2030", None),
        ("Hall 30", None),
        ("March 99", None),
        ("March 30.", None),
        ("2030-03-04", None),
    ],
)
def test_a_print_with_two_readings(text: str, why: str | None):
    """Day and month that can be exchanged, and a number that is a day or a year."""
    assert of_print("date-ambiguous", text) == (
        [f"C1 prints '{text}', where {why}; the record says 2030-03-04"] if why else []
    )


def test_a_print_without_a_date_in_the_record_is_judged_too():
    """The record may leave the date open just because the print has two readings."""
    assert of_print("date-ambiguous", "04.03.30", date="") == [
        "C1 prints '04.03.30', where 04.03 may be day and month or month and day"
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [("Mrach 2030", "Mrach"), ("Mär. 2030", "Mär"), ("March 2030", None), ("Mar. 2030", None), ("in 2030", None),
     ("tbd", None), ("Early March of 2030", None)],
)  # fmt: skip
def test_a_word_that_is_no_month(text: str, word: str | None):
    """What stands before a year is a month's name in the project's language."""
    assert of_print("month-misspelt", text) == (
        [f"C1 prints '{text}', and '{word}' is no name of a month; the record says 2030-03-04"] if word else []
    )


def test_months_have_the_names_of_the_projects_language():
    """A Spanish project prints Spanish months; the fix names the month, or the nearest one without a record."""
    spanish = PROJECT + "language: es\n"
    assert of_print("month-misspelt", "marzo 2030", project=spanish) == []
    assert len(of_print("month-misspelt", "March 2030", project=spanish)) == 1
    step = STEP.format(date="2030-03", text="Mrach 2030")
    assert sole("month-misspelt", contacts=CONTACT.format(steps=step)).fix == "print March"
    for text, fix in (("Decembre 2030", "print December"), ("Qqqqq 2030", "print the name of the month")):
        open_step = f"{{what: x, printed: {{date: {text}}}}}"
        assert sole("month-misspelt", contacts=CONTACT.format(steps=open_step)).fix == fix


def test_a_language_without_names_of_months_falls_back_to_english():
    """Every language code that a record may hold is answered."""
    assert date_prints._month_names("ho") == date_prints._month_names("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("April 2030", "another month"),
        ("March 2031", "another year"),
        ("05.03.2030", "a different day"),
        ("04.03.2031", "a different day"),
        ("M4 (March)", "which is M3"),
        ("04.03.2030", None),
        ("March 2030", None),
        ("M3 - Mar 2030", None),
        ("03.04.30", None),
        ("tbd", None),
    ],
)
def test_a_print_that_contradicts_the_record(text: str, said: str | None):
    """Month, year, day and project month are compared wherever the print has one reading."""
    assert of_print("printed-date-differs", text) == (
        [f"C1 prints '{text}' ({said}), and the record says 2030-03-04"] if said else []
    )
    assert of_print("printed-date-differs", text, date="") == []


def test_every_place_that_prints_a_date_is_looked_at():
    """The project's first day, agreements, events, months of the timeline and duties; a month knows no day."""
    texts = {
        "project": PROJECT + "printed: {start: 2.1.2030}\n",
        "agreements": AGREEMENT.format(more=", expected: 2030-03, printed: {expected: 01.04.2030}"),
        "events": EVENT.format(more=", expected: 2030-03, printed: {expected: 01.03.2030}"),
        "timeline": "months: [{month: 3, printed: {month: M3 - Apr 2030}}]\n"
        "duties: [{id: d, what: x, due: 2030-03, printed: {due: May 2030}}]\n",
    }
    heard = found("printed-date-differs", **texts)
    assert [(each.ids, str(each.location).partition(":")[0]) for each in heard] == [
        (("A-1",), "records/agreements.yaml"),
        (("project",), "records/project.yaml"),
        (("M3",), "records/timeline.yaml"),
        (("d",), "records/timeline.yaml"),
    ]


def test_dates_in_many_styles():
    """Two styles are a month and a day; a third one makes a reader wonder. May is a full name and a short one."""
    months = [
        ("2030-03", "March 2030"),
        ("2030-05", "May 2030"),
        ("2030-04", "April 2030"),
        ("2030-03-04", "04.03.2030"),
    ]

    def styled(*prints: tuple[str, str]) -> str:
        return CONTACT.format(steps=", ".join(STEP.format(date=date, text=text) for date, text in prints))

    assert found("date-styles", contacts=styled(*months)) == []
    finding = sole("date-styles", contacts=styled(*months, ("2030-06", "M6 - Jun 2030"), ("2030-05", "M5 - May 2030")))
    assert finding.message == (
        "dates are printed in 3 styles: 'March 2030' (C1, 3x), '04.03.2030' (C1, 1x), 'M6 - Jun 2030' (C1, 2x)"
    )
    assert (finding.ids, finding.severity) == (("C1",), "hint")


# --- The shipped projects ---------------------------------------------------------------------------------------------

MEETINGS_OF_SEPTEMBER = ("03", "05", "06", "07", "09", "10", "11", "14", "15")


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("before-contact", [("T2-05", "T1-06"), ("T3-04",)]),  # B03
        ("place-differs", [("T3-06", "T4-01", "e-lass")]),  # B06
        ("after-work-package", [("matchmaking-time", "WP3", "ohio")]),  # B07
        (
            "outside-timeline",  # B08
            [
                ("M9", "T3-01", "T4-01", "T4-02"),
                ("M13", *(f"T1-{row}" for row in MEETINGS_OF_SEPTEMBER), "T4-04", "T4-06"),
                ("M8", "T4-05"),
            ],
        ),
        ("tense-open", [("T4-06",)]),  # B09
        ("first-contact-unclear", [("T4-06", "T1-01")]),  # B10
        ("date-ambiguous", [("T3-04",), ("T1-05",)]),  # B11: "Nov. 21", "03.09.21"
        ("date-styles", [("project", "T1-01", "T1-05", "T3-04", "T4-01", "T4-02", "T4-05", "M6")]),  # B11
        ("month-misspelt", [("M16",)]),  # B12: "Des"
        ("empty-months", [("M6", "M7", "M8", "M9", "M10", "M13", "M16")]),  # B13
        ("contact-after-mission", [("T1-02", "michigan")]),  # B16
        ("undated-steps", [("T3-02", "T3-03", "T3-05", "T3-06", "T3-07"), ("T4-02",)]),  # B17
        (
            "missing-places",  # B17
            [(*(f"T1-{row:02}" for row in range(1, 16)), "T3-01", "T4-03", "T4-05")],
        ),
        ("before-template", None),
        ("printed-date-differs", None),
    ],
)
def test_what_is_odd_about_the_dates_of_elca_is_heard(code: str, ids: list[tuple[str, ...]] | None):
    """The fact finder's list, heard unaided: the same records, and no others."""
    assert [each.ids for each in findings_of(elca_portfolio()) if each.code == code] == (ids or [])


def test_the_demo_hears_nothing_of_it():
    """A plan that is in order is left alone."""
    files = {path.relative_to(DEMO).as_posix(): path.read_bytes() for path in DEMO.rglob("*") if path.is_file()}
    portfolio = read_portfolio(files).portfolio
    assert portfolio is not None
    mine = [rule for rule in RULES if rule.__module__ in MINE]
    assert len(mine) == 15
    assert [finding for rule in mine for finding in rule(portfolio)] == []


@pytest.mark.slow
def test_ten_times_the_agreements_take_about_ten_times_as_long():
    """No rule of the plan or its dates compares agreements with each other."""
    modules = {module.__name__ for module in (omissions, overlaps, shares)} | MINE
    rules = [rule for rule in RULES if rule.__module__ in modules]

    def seconds(number: int) -> float:
        names = "".join(f"- {{id: o{n}, name: Invented Body {n}}}\n" for n in range(number))
        rows = "".join(
            f"- {{id: A-{n}, class: MU, responsible: [ABC], counterparts: [o{n}], expected: 2030-05, "
            f"steps: [{{what: Talk with Invented Body {n + 1}, date: 2030-05, place: Atlantis}}]}}\n"
            for n in range(number)
        )
        portfolio = portfolio_of(organisations=names, agreements=rows)
        begun = perf_counter()
        for rule in rules:
            list(rule(portfolio))
        return perf_counter() - begun

    assert seconds(5_000) < 20 * max(seconds(500), 0.005)
