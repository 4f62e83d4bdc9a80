"""The tables of a report row by row: agreements, what was held, the timeline, deviations, next steps, findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plan_specimens import step
from progress_specimens import EMPTY, LIFE, asked, flagged, held, records, report, said, table, view

from elca_docs.model import log_events as log
from elca_docs.model.deliverables import Section, TableSpec
from elca_docs.model.findings import Finding
from elca_docs.model.plan import Contact, Duty, TimelineMonth
from elca_docs.model.values import Expected, Identifier


def test_agreements_again_with_what_became_of_them():
    """Planned date, state, day, numbers and what counts, a row each; free places of a record stand in one row."""
    assert table(report(), "agreements-status") == [
        ("Tinta de León", "NORTH, SOUTH", "25 October 2021", "signed and counted", "9 November 2021",
         "SAMPLE-002 | R-2021-002", "KPI 2"),
        ("Quill Network (QN)", "NORTH", "September 2021", "signed and counted", "20 September 2021",
         "SAMPLE-001 | R-2021-001", "KPI 2"),
        ("Silent Society", "SOUTH", "December 2021", "replaced", "–", "–", "–"),
        ("Silent Society · Tinta de León", "SOUTH", "January 2022", "signed in part, overdue", "–", "SAMPLE-003", "–"),
        ("Silent Society", "SOUTH", "–", "declined", "–", "–", "–"),
        ("to be named (1)", "SOUTH", "–", "counterpart not known yet", "–", "–", "–"),
        ("to be named (3)", "NORTH", "–", "counterpart not known yet", "–", "–", "–"),
    ]  # fmt: skip


def test_agreements_of_some_classes():
    """A table shows the classes it asks for."""
    specs = (TableSpec(of="agreements-status", caption="BU", classes=(Identifier("BU"),)),)
    rows = table(report(asked(sections=(Section(heading="A", tables=specs),))), "agreements-status")
    assert [row[0] for row in rows] == ["Silent Society · Tinta de León", "Silent Society", "to be named (1)"]


def test_signed_pending_and_overdue():
    """Each agreement with a counterpart that is not over stands in exactly one of the three tables."""
    blocks = report()
    assert [(row[0], row[2], row[3]) for row in table(blocks, "agreements-signed")] == [
        ("Quill Network (QN)", "20 September 2021", "earlier"),
        ("Tinta de León", "9 November 2021", "yes"),
    ]
    assert table(blocks, "agreements-pending") == [("–",) * 5]
    assert table(blocks, "agreements-overdue") == [
        ("Silent Society · Tinta de León | SAMPLE-003", "SOUTH", "January 2022", "59",
         "signed in part | still to be signed by Tinta de León", "[justification owed]"),
    ]  # fmt: skip
    assert flagged(blocks, "agreements-overdue") == ["Silent Society · Tinta de León"]
    early = report(as_of=date(2021, 10, 1), register=view(*LIFE[:5]))
    assert [row[0] for row in table(early, "agreements-pending")] == [
        "Tinta de León", "Silent Society · Tinta de León", "Silent Society",
    ]  # fmt: skip
    assert "3 planned without a counterpart yet" in said(early, "note")


def test_what_is_done_and_does_not_count_says_why():
    """The first rule that speaks against it is told in words."""
    late = (*held("E-2", "2021-12-03", "2021-12-05T08:00:00+00:00", "photo"),)
    rows = {row[0]: row[-1] for row in table(report(register=view(*late)), "events-status")}
    assert rows["Ink day"] == "held | 1 file | does not count: its proof is not of the kind asked for"


def test_contacts_and_events_again():
    """Planned and actual day, state, files and what counts; a free place says how many there are."""
    assert [(row[0], row[3], row[4], row[5]) for row in table(report(), "contacts-status")] == [
        ("Silent Society", "–", "–", "planned"),
        ("QN", "December 2021", "3 September 2021", "held | 1 file | does not count: no indicator counts it"),
    ]
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in table(report(), "events-status")] == [
        ("Assembly | The Quill Network of Nowhere, Tinta de León", "Nantes/France", "25 October 2021",
         "25 October 2021", "held | 1 file | KPI 10"),
        ("Ink day", "–", "November 2021", "3 December 2021",
         "held | 1 file | does not count: its proof is not of the kind asked for"),
        ("to be named (1) | workshop", "–", "–", "–", "planned"),
    ]  # fmt: skip


def test_events_held():
    """What took place with proof, in the order of the days."""
    assert [(row[0], row[3], row[4], row[5]) for row in table(report(), "events-held")] == [
        ("25 October 2021", "yes", "1 file", "KPI 10"),
        ("3 December 2021", "yes", "1 file", "does not count: its proof is not of the kind asked for"),
    ]
    assert table(report(register=EMPTY), "events-held") == [("–",) * 6]


def test_what_took_place_without_proof_says_so():
    """A day without evidence is no proof: the state tells it apart from what is only planned."""
    bare = ("2021-10-26T08:00:00+00:00", log.Held(subject="E-1", on=date(2021, 10, 25), evidence=(), proof=""))
    rows = table(report(register=view(bare)), "events-status")
    assert rows[0][5].startswith("held, proof missing")


def test_duties_and_timeline_with_their_state():
    """Done, open, late: each with its day or its reason."""
    assert [(row[0], row[2], row[3], row[4]) for row in table(report(), "duties-status")] == [
        ("Meet others", "February 2022", "overdue", "–"),
        ("Write a template", "August 2021", "held", "2 October 2021"),
        ("Be kind", "–", "planned", "–"),
    ]
    rows = table(report(), "timeline-status")
    assert [row[:3] for row in rows] == [
        ("M14 – October 2021", "Agreements signed", "late"), ("M14 – October 2021", "Report", "late"),
    ]  # fmt: skip
    assert rows[0][3].startswith("2 of 3 agreements done; open: B-1")


def changed(**fields):
    return replace(records(), **fields)


def deviations(found, baseline=None, **more):
    return table(report(found=found, baseline=baseline or records(), register=EMPTY, **more), "deviations")


def test_without_a_baseline_there_are_no_deviations():
    """The table is there, empty, and a note says why."""
    assert table(report(), "deviations") == [("–",) * 5]
    assert "This report names no plan to compare with, so it shows no deviations from one." in said(report(), "note")


def test_nothing_changed_is_no_deviation():
    """The plan against itself differs in what it already replaced, and in nothing else."""
    assert [row[:2] for row in deviations(records())] == [("A-10 | Silent Society", "replaced by A-2")]


def test_what_is_gone_moved_new_or_with_another():
    """Each kind of change has its row, with then and now, and a reason is owed for those that need one."""
    found = records()
    dates = {"A-2": Expected(2021, 12), "A-3": Expected(2021, 8), "B-1": None}
    agreements = [
        replace(each, expected=dates.get(each.id, each.expected))
        for each in found.agreements
        if each.id not in {"B-2", "S-BU"}
    ]
    agreements = [
        replace(each, counterparts=(Identifier("silent"),)) if each.id == "A-3" else each for each in agreements
    ]
    agreements += [
        replace(found.agreement_by_id["A-3"], id=Identifier("A-4"), counterparts=(Identifier("silent"),)),
        replace(found.agreement_by_id["A-3"], id=Identifier("A-5"), fills=None),
    ]
    events = tuple(replace(each, slots=each.slots + 1) if each.id == "S-WS" else each for each in found.events)
    contacts = (Contact(id=Identifier("C-0"), organisation=Identifier("silent"), responsible=(Identifier("NORTH"),),
                        steps=(step("Call", "2022-01"),)),)  # fmt: skip
    now = changed(agreements=tuple(agreements), events=events, contacts=contacts)
    rows = {(row[0].partition(" |")[0], row[1]): row[2:] for row in deviations(now)}
    owed = "[justification owed]"
    assert rows[("A-10", "replaced by A-2")] == ("December 2021", "–", owed)
    assert rows[("A-2", "moved")] == ("25 October 2021", "December 2021", owed)
    assert rows[("A-3", "moved")] == ("September 2021", "August 2021", "–")
    assert rows[("A-3", "another counterpart")] == ("Quill Network (QN)", "Silent Society", owed)
    assert rows[("A-4", "takes a free place")] == ("–", "September 2021", "–")
    assert rows[("A-5", "new")] == ("–", "September 2021", "–")
    assert rows[("B-1", "has no date any more")] == ("January 2022", "–", owed)
    assert rows[("B-2", "taken out of the plan")] == ("–", "–", owed)
    assert rows[("C-0", "has a date now")] == ("–", "January 2022", "–")
    assert rows[("C-1", "taken out of the plan")] == ("December 2021", "–", owed)
    assert rows[("S-WS", "more places")] == ("1", "2", "–")


def test_fewer_places_and_other_targets():
    """Places that are taken are no fewer; a target that is lower, or an indicator that is gone, wants a reason."""
    found = records()
    fewer = tuple(replace(each, slots=2) if each.id == "S-CO" else each for each in found.agreements)
    lower = tuple(replace(each, target=each.target - 1) for each in found.indicators if each.id != "KPI 3")
    rows = deviations(changed(agreements=fewer, indicators=lower))
    assert [(row[0], *row[1:]) for row in rows if row[0][:3] in {"KPI", "S-C"}] == [
        ("KPI 2 | Agreements", "another target", "5", "4", "[justification owed]"),
        ("KPI 3 | Sectors", "taken out of the plan", "1", "–", "[justification owed]"),
        ("KPI 10 | Workshops", "another target", "4", "3", "[justification owed]"),
        ("S-CO | 3 places", "fewer places", "3", "1", "[justification owed]"),
    ]


def test_a_delay_against_the_plan_is_told_though_the_date_was_moved_meanwhile():
    """Planned for October, moved to September, signed in November: moved, and later than the plan as delivered."""
    before = records()
    moved = [replace(each, expected=Expected(2021, 9)) if each.id == "A-2" else each for each in before.agreements]
    blocks = report(found=replace(before, agreements=tuple(moved)), baseline=before)
    rows = {(row[0].partition(" |")[0], row[1]): row[4] for row in table(blocks, "deviations")}
    assert rows["A-2", "took place later"] == "[justification owed]"
    assert ("A-2", "moved") in rows


def test_places_that_moved_and_indicators_that_are_new_are_deviations():
    """Free places by their record, once; an indicator with its target."""
    before = records()
    dated = [replace(each, expected=Expected(2021, 10)) if each.slots else each for each in before.agreements]
    later = [replace(each, expected=Expected(2022, 8)) if each.slots else each for each in before.agreements]
    (first, *others) = before.indicators
    then = replace(before, agreements=tuple(dated), indicators=tuple(others))
    found = deviations(replace(before, agreements=tuple(later)), then)
    rows = {(row[0].partition(" |")[0], row[1]): row[2:] for row in found}
    moved = {identifier for identifier, change in rows if change == "moved"}
    assert "S-CO" in moved
    assert moved <= {each.id for each in before.agreements if each.slots}
    assert all(rows[each, "moved"] == ("October 2021", "August 2022", "[justification owed]") for each in moved)
    assert rows[first.id, "new"][1] == str(first.target)


def test_what_took_place_after_its_month_is_a_deviation():
    """A date that was kept in the plan and missed in fact stands with both days."""
    rows = {row[0]: row[1:4] for row in table(report(baseline=records()), "deviations")}
    assert rows["A-2 | Tinta de León"] == ("took place later", "25 October 2021", "9 November 2021")
    assert rows["E-2 | Ink day"] == ("took place later", "November 2021", "3 December 2021")
    assert "A-3 | Quill Network (QN)" not in rows


def test_reasons_stand_in_the_table_and_what_is_owed_is_counted():
    """A reason is printed as written; a flag says how many are still owed."""
    found = asked(justifications={"A-2": "The ship was late.", "A-10": "It dissolved."})
    blocks = report(found, baseline=records())
    rows = {row[0]: row[-1] for row in table(blocks, "deviations")}
    assert rows["A-2 | Tinta de León"] == "The ship was late."
    assert flagged(blocks, "deviations") == ["D-2", "E-2"]
    assert said(blocks, "flag") == ["2 justifications are owed in this table."]
    one = report(replace(found, justifications={**found.justifications, "D-2": "x"}), baseline=records())
    assert said(one, "flag") == ["1 justification is owed in this table."]


def test_the_timeline_is_compared_too():
    """An activity of another month has moved."""
    found = records()
    months = tuple(TimelineMonth(month=each.month + 1, activities=each.activities) for each in found.timeline.months)
    moved = changed(timeline=replace(found.timeline, months=months))
    rows = {row[0]: row[1:] for row in deviations(moved)}
    assert rows["M14-1 | Agreements signed"] == ("moved", "October 2021", "November 2021", "[justification owed]")


def test_next_steps_stand_once_and_by_date():
    """What partners share is one row with both; the longest overdue comes first, free places last."""
    rows = table(report(), "next-steps")
    assert rows[0][0].startswith("expected October 2021")
    assert [row[1] for row in rows].count("Be kind (D-3)") == 1
    assert rows[-1][0] == "no date yet"
    shared = [row for row in table(report(register=EMPTY), "next-steps") if "SAMPLE" in row[1] or "A-2" in row[1]]
    assert [row[2] for row in shared] == ["NORTH, SOUTH"]
    assert table(report(agendas=()), "next-steps") == [("–",) * 4]


def test_next_steps_of_the_public_edition_name_nobody_confidential():
    """A confidential agreement is a step without a name."""
    found = records()
    secret = replace(found, agreements=tuple(replace(each, confidential=True) for each in found.agreements))
    rows = [row for row in table(report(asked(edition="public"), found=secret), "next-steps") if "SAMPLE" in row[1]]
    assert [row[1] for row in rows] == ["confidential agreement (SAMPLE-003)"]


@pytest.mark.parametrize(
    ("language", "parts", "sent"),
    [
        ("en", "not yet signed by all", "sent, not signed yet"),
        ("es", "faltan firmas", "enviado, sin firmar"),
    ],
)
def test_next_steps_of_the_public_edition_are_whole_sentences(language, parts, sent):
    """Where the parties may not be named, the state says so much as may be said, and leads to nobody."""
    found = records()
    project = replace(found.project, language=language)
    secret = replace(
        found, project=project, agreements=tuple(replace(each, confidential=True) for each in found.agreements)
    )
    out = ("2021-11-01T08:00:00+00:00", log.Sent(reference="SAMPLE-001", version=1, docx="a" * 64, pdf="b" * 64))
    named = (
        "2021-10-20T08:00:00+00:00",
        log.Referenced(agreement="A-2", reference="SAMPLE-001", series="SAMPLE-{seq:03}", seq=1),
    )
    for life, state in ((LIFE, parts), ((named, out), sent)):
        rows = table(report(asked(edition="public"), found=secret, register=view(*life)), "next-steps")
        assert [row[3] for row in rows if "SAMPLE" in row[1]] == [state]


def test_findings_that_nobody_accepted():
    """Accepted findings are not open."""
    findings = (
        Finding(code="a-b", severity="error", message="One thing is odd", ids=("A-2", "A-3")),
        Finding(code="c-d", severity="hint", message="Another", accepted="known"),
    )
    blocks = report(findings=findings)
    assert table(blocks, "findings") == [("error", "a-b", "One thing is odd", "A-2, A-3")]
    assert table(blocks, "key-figures")[-1] == ("Open findings in the records", "1")


def test_duties_of_other_plans_are_left_out():
    """Only what the records oblige somebody to stands in the table, in their order."""
    found = records()
    duties = (Duty(id=Identifier("D-9"), what="Last first"), *found.timeline.duties)
    rows = table(report(found=changed(timeline=replace(found.timeline, duties=duties))), "duties-status")
    assert [row[0] for row in rows] == ["Last first", "Meet others", "Write a template", "Be kind"]
