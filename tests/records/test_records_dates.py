"""Findings on dates: outside the months they belong to, and against the deadlines of the timeline and of missions."""

from __future__ import annotations

import pytest
from project_texts import AGREEMENTS, PROJECT, found, sole

TIMELINE = (
    "months:\n"
    "- {month: 12, activities: [{id: a, what: x, done_by: record}]}\n"
    "- {month: 13, activities: [{id: b, what: y, done_by: record}, {id: c, what: z, done_by: record}]}\n"
)
PRINTS = (
    "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nwork_package: WP1\n"
    "sections:\n  - {heading: h, tables: [{of: timeline, caption: c}]}\n"
)


def test_activities_outside_the_work_package_that_prints_them_are_found():
    """The timeline of a deliverable belongs to its work package: what lies outside is told, all in one sentence."""
    finding = sole("outside-work-package", timeline=TIMELINE, deliverables__D1=PRINTS)
    assert finding.message == "WP1 runs from M1 to M12, and the timeline has 2 activities due in M13"
    assert (finding.severity, finding.ids) == ("error", ("WP1", "b", "c"))
    assert str(finding.location) == "records/timeline.yaml:3:3"
    assert str(finding.other_location) == "records/project.yaml:8:5"
    assert found("outside-work-package", timeline=TIMELINE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("leader: ABC, first_month: 1, last_month: 12", "first_month: 1, last_month: 14",
         ["T1.1 reaches M14, and WP1 runs from M1 to M12"]),
        ("title: Charts, first_month: 1, last_month: 12", "title: Charts, first_month: 3",
         ["T1.1 reaches M1, and WP1 runs from M3 without a stated end"]),
        ("title: Charts, first_month: 1, last_month: 12", "title: Charts, last_month: 9",
         ["T1.1 reaches M12, and WP1 runs to M9"]),
        ("title: Charts, first_month: 1, last_month: 12", "title: Charts", []),
    ],
)  # fmt: skip
def test_a_task_lies_in_its_work_package(old: str, new: str, expected: list[str]):
    """Months of a task outside its work package are a contradiction; unknown months contradict nothing."""
    assert [each.message for each in found("outside-work-package", project=PROJECT.replace(old, new))] == expected


def test_a_duty_is_due_in_the_work_package_of_its_task():
    """What a task obliges to falls into its months."""
    timeline = "duties:\n- {id: d, what: x, task: T1.1, due: 2031-03}\n- {id: e, what: x, task: T1.1, due: 2030-12}\n"
    finding = sole("outside-work-package", timeline=timeline)
    assert finding.message == "duty d is due in 2031-03 (M15), and WP1 runs from M1 to M12"


def test_dates_outside_the_project_are_found():
    """Nothing is planned before the first month or after the last day of the project."""
    heard = found(
        "outside-project",
        agreements=AGREEMENTS.replace("[acme]", "[acme], expected: 2032-01"),
        events="- {id: E, kind: fair, responsible: [], expected: 2029-12-31}\n",
        missions="- {id: north, name: x, deadline: 2033-01}\n- {id: south, name: x, deadline: 2030-01}\n",
        timeline="months: [{month: 25}]\nduties: [{id: d, what: x, due: 2031-12}, {id: e, what: x, due: 2035-01}]\n",
        deliverables__D1="id: D1\nkind: plan\ntitle: x\ntemplate: plan\ncover: {due_month: 26}\n",
        project=PROJECT.replace("title: Charts, first_month: 1, last_month: 12", "last_month: 30").replace(
            "leader: ABC, first_month: 1, last_month: 12", "last_month: 29"
        ),
    )
    assert [each.message for each in heard] == [
        "agreement A-1 is planned for 2032-01, and the project runs from 2030-01-01 to 2031-12-31",
        "deliverable D1 reaches M26, and the project ends with M24",
        "event E is planned for 2029-12-31, and the project runs from 2030-01-01 to 2031-12-31",
        "mission north is planned for 2033-01, and the project runs from 2030-01-01 to 2031-12-31",
        "work package WP1 reaches M30, and the project ends with M24",
        "task T1.1 reaches M29, and the project ends with M24",
        "the timeline reaches M25, and the project ends with M24",
        "duty e is planned for 2035-01, and the project runs from 2030-01-01 to 2031-12-31",
    ]


DUE = "months:\n- {{month: 6, activities: [{{id: a, what: signing, done_by: {by}, {more}}}]}}\n"
MISSIONS = "- {id: north, name: North, deadline: 2030-06}\n- {id: south, name: South}\n"


@pytest.mark.parametrize(
    ("date", "more", "expected"),
    [
        ("2030-06", "classes: [MU]", []),
        ("2030-07", "classes: [MU]", ["later dates are expected for 1 of 1 agreements: A-1 (2030-07)"]),
        ("2030-06-30", "classes: [MU]", []),
        ("2030-07-01", "", ["later dates are expected for 1 of 2 agreements: A-1 (2030-07-01)"]),
        ("2030-07", "classes: [BB]", []),
        ("2030-07", "mission: north", []),
    ],
)
def test_an_agreement_after_its_deadline_is_found(date: str, more: str, expected: list[str]):
    """A deadline is the end of its month, and means the agreements of its classes (none named: all) and mission."""
    heard = found(
        "after-deadline",
        timeline=DUE.format(by="agreements", more=more),
        agreements=AGREEMENTS.replace("[acme]", f"[acme], expected: {date}"),
        missions=MISSIONS,
    )
    head = "a of the timeline ('signing') is due in M6 (2030-06), and "
    assert [each.message.removeprefix(head) for each in heard] == expected
    assert [(each.ids, str(each.other_location)) for each in heard] == [
        (("a", "A-1"), "records/timeline.yaml:2:27") for _ in expected
    ]


def test_many_late_agreements_are_one_finding():
    """A deadline that fails for many is one contradiction, with the first dozen named."""
    many = "".join(
        f"- {{id: B-{number}, class: MU, responsible: [ABC], counterparts: [acme], expected: 2030-09}}\n"
        for number in range(15)
    )
    finding = sole("after-deadline", timeline=DUE.format(by="agreements", more=""), agreements=many)
    assert finding.message.endswith("B-11 (2030-09) and 3 more")
    assert len(finding.ids) == 16


def test_events_have_deadlines_too():
    """An event after the month by which the timeline wants its kind is found; activities of their own mean none."""
    events = "- {id: E, kind: fair, responsible: [], expected: 2030-07, mission: north}\n"
    finding = sole(
        "after-deadline", timeline=DUE.format(by="events", more="mission: north"), events=events, missions=MISSIONS
    )
    assert finding.ids == ("a", "E")
    assert found("after-deadline", timeline=DUE.format(by="record", more=""), events=events, missions=MISSIONS) == []


def test_a_mission_has_a_deadline_of_its_own():
    """What the timeline does not say, the mission says: late agreements are found once, early ones too."""
    agreements = "".join(
        f"- {{id: {name}, class: MU, responsible: [ABC], counterparts: [acme], mission: {mission}, expected: {date}}}\n"
        for name, mission, date in [
            ("late", "north", "2030-07"), ("early", "north", "2030-05"), ("very-early", "north", "2030-01"),
            ("same", "north", "2030-06-02"), ("free", "south", "2030-01"),
        ]
    )  # fmt: skip
    events = "- {id: E, kind: fair, responsible: [], expected: 2030-01, mission: north}\n"
    heard = {"agreements": agreements, "missions": MISSIONS, "events": events}
    finding = sole("after-mission", **heard)
    assert finding.message == "agreement late is expected in 2030-07, after its mission north (2030-06)"
    assert [each.message for each in found("before-mission", **heard)] == [
        "agreement early is expected in 2030-05, 1 month before its mission north (2030-06)",
        "agreement very-early is expected in 2030-01, 5 months before its mission north (2030-06)",
    ]
    said = DUE.format(by="agreements", more="mission: north")
    assert found("after-mission", timeline=said, **heard) == []
    assert len(found("after-deadline", timeline=said, **heard)) == 1
