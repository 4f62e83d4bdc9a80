"""The figures of a report, each computed again from the log alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_specimens import (
    AS_OF,
    EMPTY,
    FIRST,
    LAST,
    LIFE,
    asked,
    flagged,
    held,
    records,
    report,
    said,
    table,
    view,
)

from elca_docs.model import log_events as log
from elca_docs.model.blocks import Chart
from elca_docs.model.deliverables import ChartSpec, Section, TableSpec
from elca_docs.model.register import fold
from elca_docs.model.values import Expected, Identifier
from elca_docs.tracking import status_report

PARTIES = {
    "A-10": {"SOUTH", "silent"}, "A-2": {"NORTH", "SOUTH", "leon-ink"}, "A-3": {"NORTH", "quill-net"},
    "B-1": {"silent", "leon-ink"},
}  # fmt: skip


def signed_days(entries, until):
    """Return the day on which each agreement was signed by all, from the log and the parties alone."""
    names, days, numbered = {}, {}, set()
    for _, event in entries:
        if isinstance(event, log.Referenced):
            names[event.reference] = event.agreement
        if isinstance(event, log.Signed) and event.on <= until:
            days.setdefault(names[event.reference], {}).setdefault(event.party, event.on)
        if isinstance(event, log.Registered):
            numbered.add(names[event.reference])
    return {
        each: max(found.values()) for each, found in days.items() if set(found) == PARTIES[each] and each in numbered
    }


def held_days(entries, until, proofs=("attendance-list", "minutes")):
    """Return the day of each event that took place with a proof that counts."""
    found = [event for _, event in entries if isinstance(event, log.Held) and event.on <= until]
    return {each.subject: each.on for each in found if each.subject.startswith("E-") and each.proof in proofs}


def achieved(blocks):
    return {row[0].partition(" –")[0]: tuple(map(int, row[1:7])) for row in table(blocks, "achievements")}


def test_each_figure_equals_the_log():
    """Target, planned, due, in the period, cumulative and deviation of each indicator, counted by hand from the log."""
    agreements, events = signed_days(LIFE, AS_OF), held_days(LIFE, AS_OF)
    inside = [day for day in agreements.values() if FIRST <= day <= LAST]
    found = achieved(report())
    assert found["KPI 2"][3:5] == (len(inside), len(agreements)) == (1, 2)
    assert found["KPI 10"][3:5] == (len(events), len(events)) == (1, 1)
    assert found["KPI 3"][3:5] == (0, 1)  # the sector that C-1 names, before the period, and E-1 again
    # KPI 2 plans and three places of S-CO (A-10 is replaced); are dated by then.
    assert found["KPI 2"] == (5, 5, 2, 1, 2, 0)
    # KPI 10 plans E-1, E-2 and one more place; E-1 and E-2 are dated by then.
    assert found["KPI 10"] == (4, 3, 2, 1, 1, -1)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2021, 9, 1), date(2022, 8, 31)), st.integers(0, len(LIFE)))
def test_figures_equal_the_log_on_any_day(as_of, length):
    """Whatever the day and however much of the log there is, the figures are those counted from it by hand."""
    entries = LIFE[:length]
    while entries and isinstance(entries[-1][1], log.Referenced):
        entries = entries[:-1]
    blocks = report(asked(tables=("achievements", "key-figures"), charts=()), register=view(*entries), as_of=as_of)
    agreements = {each: day for each, day in signed_days(entries, as_of).items() if each.startswith("A")}
    figures = achieved(blocks)
    inside = sum(FIRST <= day <= LAST for day in agreements.values())
    assert figures["KPI 2"][3:5] == (inside, len(agreements))
    assert figures["KPI 10"][4] == len(held_days(entries, as_of))
    assert all(row[5] == row[4] - row[2] for row in figures.values())
    assert all(row[2] <= row[0] for row in figures.values())


def test_on_the_last_day_of_the_project_the_whole_target_is_due():
    """Then every indicator is compared with what was promised, dated or not."""
    found = achieved(report(as_of=date(2022, 8, 31)))
    assert {name: row[2] for name, row in found.items()} == {name: row[0] for name, row in found.items()}


def test_a_justification_is_owed_where_less_was_achieved_than_due():
    """The empty cell is flagged; one that is written is printed as written; others show a dash."""
    assert flagged(report(), "achievements") == ["KPI 10 – Workshops"]
    rows = {row[0]: row[7] for row in table(report(), "achievements")}
    assert rows["KPI 10 – Workshops"] == "[justification owed]"
    assert rows["KPI 2 – Agreements"] == "–"
    written = report(asked(justifications={"KPI 10": "The ink was late."}))
    assert flagged(written, "achievements") == []
    assert {row[0]: row[7] for row in table(written, "achievements")}["KPI 10 – Workshops"] == "The ink was late."


def test_due_is_what_the_baseline_dated():
    """A date that has moved since the baseline does not hide a delay."""
    found = records()
    moved = replace(
        found, events=tuple(replace(each, expected=None) if each.id == "E-2" else each for each in found.events)
    )
    assert achieved(report(found=moved))["KPI 10"][2] == 1
    assert achieved(report(found=moved, baseline=found))["KPI 10"][2] == 2
    gone = replace(found, events=tuple(each for each in found.events if each.id != "E-1"))
    assert achieved(report(found=gone, register=EMPTY, baseline=found))["KPI 10"][2] == 2


def test_key_figures():
    """What a reader wants first, from the same rows."""
    assert table(report(), "key-figures") == [
        ("Indicators that have reached their target", "1"),
        ("Agreements signed by all parties", "2"),
        ("of them in the period", "1"),
        ("Agreements pending (not overdue)", "0"),
        ("Agreements overdue", "1"),
        ("Agreements planned without a counterpart yet", "4"),
        ("Events held, with proof", "2"),
        ("of them in the period", "2"),
        ("Open findings in the records", "0"),
    ]


def test_indicators_can_be_chosen():
    """A table and a chart show the indicators asked for, in the order of the figures."""
    wanted = (Identifier("KPI 10"), Identifier("KPI 2"))
    section = Section(
        heading="Some",
        tables=(TableSpec(of="achievements", caption="Some", indicators=wanted),),
        charts=(ChartSpec(of="indicators", caption="Some", indicators=wanted),),
    )
    blocks = report(asked(sections=(section,)))
    assert list(achieved(blocks)) == ["KPI 2", "KPI 10"]
    (chart,) = (each for each in blocks if isinstance(each, Chart))
    assert chart.categories == ("KPI 2", "KPI 10")


def test_late_arrivals():
    """What took place before the period and was registered in it, and what was registered after it, each once."""
    assert table(report(), "late-arrivals") == [
        ("Quill Network (QN)", "C-1", "3 September 2021", "5 October 2021"),
        ("Quills & pens", "quills", "3 September 2021", "26 October 2021"),  # a sector, known by the first event
        ("Quill Network (QN)", "SAMPLE-001 / R-2021-001", "20 September 2021", "20 October 2021"),
        ("Ink day", "E-2", "3 December 2021", "5 April 2022"),
    ]
    assert [text[:1] for text in said(report(), "note") if "registered only afterwards" in text] == ["2"]
    quiet = report(register=EMPTY)
    assert "Nothing that took place before the end of a period was registered after it." in said(quiet, "note")


def cut(as_of, position, at):
    """Return what the log says of a cut that knew the first segments."""
    return at, log.Frozen(name=f"cut-{position}", as_of=date.fromisoformat(as_of), position=position, snapshot="c" * 64)


@pytest.mark.parametrize(
    ("as_of", "position", "late"),
    [
        ("2021-09-30", 1, {"C-1", "A-3"}),  # the cut knew neither
        ("2021-09-30", 26, {"A-3"}),  # it knew C-1, entered by then
        ("2021-09-30", 99, set()),  # it was made when both were registered
        ("2021-09-10", 99, {"C-1", "A-3"}),  # a cut within the time before is no report on all of it: the days decide
        ("2021-12-31", 99, {"C-1", "A-3"}),  # a cut of the period itself is no report on the time before
    ],
)
def test_what_a_frozen_report_knew_is_not_late(as_of, position, late):
    """The cut of the time before the period says what the report on it knew; without one the days decide."""
    early = held("C-1", "2021-09-03", "2021-10-05T08:00:00+00:00", "minutes")
    signatures = [each for each in LIFE if getattr(each[1], "reference", "") == "SAMPLE-001"]
    assert len(signatures) == 4
    filler = [("2021-10-06T08:00:00+00:00", log.Contacted(agreement="A-1", on=date(2021, 10, 6)))] * 22
    register = view(*early, *filler, *signatures, cut(as_of, position, "2021-10-30T08:00:00+00:00"))
    ids = {"C-1": ["C-1", "quills"], "A-3": ["SAMPLE-001 / R-2021-001"]}
    rows = {row[1] for row in table(report(register=register), "late-arrivals")} - {"–"}
    assert rows - {"quills"} == {name for each in late for name in ids[each]} - {"quills"}


def test_what_is_void_was_never_late():
    """An agreement that was registered late and then ended is in no figure, so it is in no list of late ones."""
    ended = log.Ended(agreement="A-3", exit="void", on=date(2021, 11, 30), reason="no seal")
    rows = table(report(register=view(*LIFE, ("2021-11-30T08:00:00+00:00", ended))), "late-arrivals")
    assert [row[1] for row in rows] == ["C-1", "quills", "E-2"]


def test_the_day_of_registration_is_that_of_the_project():
    """Entered at half past ten in the evening in UTC is the next day in Brussels: after the period."""
    found = records()
    found = replace(found, project=replace(found.project, time_zone="Europe/Brussels"))
    register = view(*held("E-2", "2022-03-31", "2022-03-31T22:30:00+00:00", "photo"))
    rows = table(report(found=found, register=register), "late-arrivals")
    assert ("E-2", "31 March 2022", "1 April 2022") in [row[1:] for row in rows]
    assert "E-2" not in {row[1] for row in table(report(register=register), "late-arrivals")}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 200), st.sampled_from(["photo", "attendance-list", "minutes"])),
        max_size=4,
    )
)
def test_every_figure_adds_up_over_two_periods(entries):
    """What a report counts more than the one before is of its period or told as late, whatever proof came when."""
    start = date(2021, 7, 1)
    events = []
    for on, after, proof in sorted(entries, key=lambda each: each[0] + each[1]):
        day, entered = start + timedelta(on), start + timedelta(on + after)
        events += held("E-1", day.isoformat(), f"{entered}T08:00:00+00:00", proof)
    register = view(*events)
    eve = date(2021, 9, 30)
    known = [each for each in register.entries if each.at[:10] <= eve.isoformat()]
    before = status_report(records(), fold(known, position=len(known), head="f" * 64), as_of=eve)
    then = {each.id: set(each.counted_ids) for each in before.figures}
    blocks = report(register=register)
    late = {row[1] for row in table(blocks, "late-arrivals")}
    after = status_report(records(), register, as_of=AS_OF)
    now = {each.id: set(each.counted_ids) for each in after.figures}
    late -= {each.id for each in after.held if each.held_on and each.held_on >= FIRST}  # those are in the period
    for kpi, row in achieved(blocks).items():
        new = now[kpi] - then[kpi]
        assert row[3] + len(new & late) == len(new), kpi


def chart(name, **more):
    (found,) = (each for each in report(**more) if isinstance(each, Chart) and each.anchor == f"chart-{name}")
    return found


def test_the_chart_of_indicators():
    """Achieved and target of each indicator, and the same numbers in words."""
    found = chart("indicators")
    assert (found.kind, found.categories) == ("bars", ("KPI 2", "KPI 3", "KPI 10"))
    assert [(each.name, each.values) for each in found.series] == [
        ("Achieved", (2.0, 1.0, 1.0)), ("Target", (5.0, 1.0, 4.0)),
    ]  # fmt: skip
    assert "KPI 2: 2 of 5; KPI 3: 1 of 1; KPI 10: 1 of 4" in found.alt


def test_the_chart_of_signatures():
    """Cumulative over the months: planned to the end, signed until the day of the report and nothing after it."""
    found = chart("signatures")
    planned, actual = found.series
    assert (len(found.categories), found.categories[0], found.categories[-1]) == (24, "M1", "M24")
    assert (planned.values[11], planned.values[12], planned.values[13], planned.values[-1]) == (0.0, 1.0, 2.0, 3.0)
    assert (actual.values[11], actual.values[12], actual.values[14], actual.values[18]) == (0.0, 1.0, 2.0, 2.0)
    assert set(actual.values[19:]) == {None}
    assert "3 in the end" in found.alt
    assert "2 by 31 March 2022. 4 have no planned date." in found.alt


def test_the_chart_of_partners():
    """Signed, pending and unnamed by partner; what two share stands once, so that all bars add up to the figures."""
    found = chart("partners")
    assert found.categories == ("NORTH", "SOUTH", "several")
    assert [each.values for each in found.series] == [(1.0, 0.0, 1.0), (0.0, 1.0, 0.0), (3.0, 1.0, 0.0)]
    assert "NORTH: 1 signed, 0 pending, 3 without a counterpart" in found.alt
    rows = status_report(records(), view(*LIFE), as_of=AS_OF).agreements
    assert sum(found.series[2].values) == sum(row.status == "slot" for row in rows)
    assert sum(found.series[1].values) == sum(row.pending for row in rows)


def test_the_chart_of_the_timeline():
    """Work packages with months, missions with a deadline and activities, each with one bar of its state."""
    base = records()
    package = replace(base.project.work_packages[0], first_month=6, last_month=18)
    found = replace(
        base,
        project=replace(base.project, work_packages=(package,)),
        missions=tuple(replace(each, deadline=Expected(2022, 4)) for each in base.missions),
    )
    drawn = chart("timeline", found=found)
    offset, *states = drawn.series
    assert drawn.categories == ("WP3 – Feathers", "Moon", "Agreements signed", "Report")
    assert offset.values == (5.0, 19.0, 13.0, 13.0)
    assert [each.values for each in states] == [
        (13.0, None, None, None), (None,) * 4, (None, 1.0, None, None), (None, None, 1.0, 1.0),
    ]  # fmt: skip
    assert "Moon: open; Agreements signed: late; Report: late" in drawn.alt


def test_no_activity_is_left_out_of_the_chart_of_the_timeline():
    """A mission without a deadline has no bar, so each of its activities has its own."""
    base = records()
    (month, *others) = base.timeline.months
    meant = tuple(replace(each, mission=Identifier("moon")) for each in month.activities)
    timeline = replace(base.timeline, months=(replace(month, activities=meant), *others))
    found = replace(base, timeline=timeline, project=replace(base.project, work_packages=()))
    assert chart("timeline", found=found).categories == ("Agreements signed", "Report")
    dated = replace(found, missions=tuple(replace(each, deadline=Expected(2022, 4)) for each in base.missions))
    assert chart("timeline", found=dated).categories == ("Moon",)
    assert "Moon: late" in chart("timeline", found=dated).alt


def test_charts_of_nothing_say_so():
    """A chart without a category is there, and its words say that there is nothing."""
    nothing = replace(records(), indicators=(), partners=records().partners)
    assert chart("indicators", found=nothing, register=EMPTY).alt.endswith("There is nothing to show yet.")


def test_a_reports_text_takes_its_figures():
    """What a narrative asks for is what the tables show."""
    text = (
        "{KPI 2: counted} of {KPI 2: target}, {KPI 10: in the period}, {KPI 10: deviation}, {agreements: signed}, "
        "{events: held}, {report: as of}, {report: first day}, {report: annexes}"
    )
    blocks = report(
        asked(sections=(Section(heading="A", narrative="a.md"),)), found=records(narratives={("X2", "a.md"): text})
    )
    assert said(blocks) == ["2 of 5, 1, -1, 2, 2, 31 March 2022, 1 October 2021, 2"]
