"""Tables 1 to 5 of D3.1 and its missions stand in the shipped records, row by row."""

from __future__ import annotations

from collections import Counter

import pytest
from elca_facts import FACTS, TABLES, by_id, elca_portfolio, organisation_of, record_of, slug

from elca_docs.model.project import month_end, month_index, project_month


@pytest.fixture(scope="module")
def portfolio():
    return elca_portfolio()


MISSIONS = {printed: each["key"] for each in FACTS["missions"] for printed in each["names_printed"]} | {
    "mission 1": "Michigan",  # the first mission of Table 5
    "Latin America/Mexico": "Latin America",
}


def status_of(facts):
    """Return the tense of a step without the fact finder's note on it, and that note."""
    told, _, note = facts.get("status", "").partition(" (")
    return ("", told) if told.startswith("unclear") else (told, note)


def expected_step(facts):
    """Return a step of the facts as plain values."""
    date = facts["date"] or {}
    kind = (facts["kind"] or "").removesuffix(' ("Fist" in print)')
    return {
        "what": kind[:1].upper() + kind[1:],
        "by": tuple([facts["who"]] if facts.get("who") else []),
        "date": date.get("iso"),
        "precision": date.get("precision"),
        "project_month": date.get("project_month"),
        "printed": date.get("printed"),
        "open_ended": date.get("open_ended", False),
        "place": facts["place"] or "",
        "meets": facts.get("with") or "",
        "stated_as": status_of(facts)[0],
    }


def actual_step(step, start):
    """Return a step of a record as the same plain values."""
    return {
        "what": step.what,
        "by": step.by,
        "date": str(step.date) if step.date else None,
        "precision": ("day" if step.date.day else "month") if step.date else None,
        "project_month": month_index(start, step.date.first_day) if step.date else None,
        "printed": step.printed.get("date"),
        "open_ended": step.open_ended,
        "place": step.place,
        "meets": step.meets,
        "stated_as": step.stated_as,
    }


def actual_steps(portfolio, record):
    return [actual_step(each, portfolio.project.start) for each in record.steps]


def expected_date(facts):
    return (facts["iso"], facts["precision"], facts["project_month"], facts["printed"])


def actual_date(portfolio, agreement):
    month, precision = agreement.expected, "day" if agreement.expected.day else "month"
    index = month_index(portfolio.project.start, month.first_day)
    return (str(month), precision, index, agreement.printed["expected"])


def owed_by(row, record):
    """Whether the record is owed by the partners of the row, in the printed order."""
    return row["responsible_printed"] == ", ".join(row["responsible"]) == ", ".join(record.responsible)


def is_named_in(portfolio, record, row):
    """Whether the organisation of a record is printed in the row under the row's own name."""
    organisation = portfolio.organisation_by_id[organisation_of(record)]
    return any(each.name == row["organisation"] and row["id"] in each.at for each in organisation.aliases)


@pytest.mark.parametrize("row", TABLES["table_1"], ids=lambda row: row["id"])
def test_each_row_of_table_1_is_a_contact(portfolio, row):
    """Organisation, responsible partner and every step with date, place and whom it meets."""
    contact = by_id(portfolio.contacts)[row["id"]]
    assert is_named_in(portfolio, contact, row)
    assert owed_by(row, contact)
    assert [expected_step(each) for each in row["activities"]] == actual_steps(portfolio, contact)


@pytest.mark.parametrize("row", TABLES["table_2"], ids=lambda row: row["id"])
def test_each_row_of_table_2_is_a_cluster_agreement(portfolio, row):
    """Organisation, responsible partner, expected month as meant and as printed; the same body as in Table 1."""
    agreement = portfolio.agreement_by_id[row["id"]]
    organisation = portfolio.organisation_by_id[organisation_of(agreement)]
    assert is_named_in(portfolio, agreement, row)
    assert agreement.class_ == "CA"
    assert owed_by(row, agreement)
    assert expected_date(row["expected_signature"]) == actual_date(portfolio, agreement)
    assert agreement.mission is None
    assert by_id(portfolio.contacts)[row["same_as"]].organisation == organisation.id
    assert all(each in agreement.description for each in row.get("extra_sectors", []))
    assert ([row["member_of"]] if "member_of" in row else []) == list(organisation.member_of)


@pytest.mark.parametrize("row", TABLES["table_3"], ids=lambda row: row["id"])
def test_each_row_of_table_3_is_an_intermediary_agreement(portfolio, row):
    """Organisation, responsible partner, expected month, mission (stated or inferred) and every step."""
    agreement = portfolio.agreement_by_id[row["id"]]
    assert is_named_in(portfolio, agreement, row)
    assert agreement.class_ == "CI"
    assert owed_by(row, agreement)
    assert expected_date(row["expected_signature"]) == actual_date(portfolio, agreement)
    assert (slug(MISSIONS[row["mission_inferred"]]) if row["mission_inferred"] else None) == agreement.mission
    assert row["mission_stated"] == agreement.printed.get("mission")
    named = agreement.mission and portfolio.mission_by_id[agreement.mission].name in (row["mission_stated"] or "")
    assert agreement.mission_inferred == bool(agreement.mission and not named)
    assert [expected_step(each) for each in row["activities"]] == actual_steps(portfolio, agreement)
    for facts, step in zip(row["activities"], agreement.steps, strict=True):
        assert ("condition" in facts) == bool(step.condition)
        assert facts.get("condition", "").removeprefix("if possible, ") in step.condition
        assert "note" not in (facts["date"] or {}) or step.remark


@pytest.mark.parametrize("row", TABLES["table_4"], ids=lambda row: row["id"])
def test_each_row_of_table_4_is_an_international_meeting(portfolio, row):
    """Organisation, responsible partners in order, mission, every date with its tense, and every expectation."""
    event = by_id(portfolio.events)[row["id"]]
    assert is_named_in(portfolio, event, row)
    assert event.kind == "international-meeting"
    assert owed_by(row, event)
    assert (slug(row["mission_inferred"]) if "mission_inferred" in row else None) == event.mission
    assert event.mission_inferred == ("mission_inferred" in row)
    assert [expected_step(each) for each in row["dates"]] == actual_steps(portfolio, event)
    assert all(step.remark for facts, step in zip(row["dates"], event.steps, strict=True) if status_of(facts)[1])
    assert row["expectations"] == [
        each[0].lower() + each[1:] if each[1].islower() else each for each in event.expectations
    ]


def test_a_meeting_is_expected_on_the_day_of_its_main_step(portfolio):
    """A meeting with one dated occasion carries it; an open exchange and a date still to be decided carry none."""
    assert {row["id"]: str(record_of(portfolio, row["id"]).expected or "") for row in TABLES["table_4"]} == {
        "T4-01": "2021-10-25",
        "T4-02": "",
        "T4-03": "2022-02",
        "T4-04": "2021-09-01",
        "T4-05": "",
        "T4-06": "2021-09-30",
    }
    for event in portfolio.events:
        dates = {(each.date, each.place) for each in event.steps}
        assert event.expected is None or (event.expected, event.place) in dates


def test_the_work_is_divided_among_the_partners_as_counted(portfolio):
    """Rows per responsible partner and signatures per month come to what was counted from the tables."""
    tables = {
        "table_1": portfolio.contacts,
        "table_2": [each for each in portfolio.agreements if each.class_ == "CA"],
        "table_3": [each for each in portfolio.agreements if each.class_ == "CI"],
        "table_4": [each for each in portfolio.events if not each.is_slot],
    }
    for name, records in tables.items():
        counted = FACTS["derived"]["rows_by_responsible"][name]["per_partner_counting_shared_rows_for_each"]
        assert {each: n for each, n in counted.items() if n} == Counter(p for each in records for p in each.responsible)
        assert FACTS["derived"]["rows_by_responsible"][name]["rows"] == len(records)
        assert FACTS["derived"]["rows_by_responsible"][name]["shared_rows"] == sum(
            len(each.responsible) > 1 for each in records
        )
        assert FACTS["tables"][name]["rows_counted"] == len(records)
    first = Counter(str(next(step.date for step in each.steps if step.date)) for each in portfolio.contacts)
    assert FACTS["derived"]["table_1_first_dated_activity_by_month"] == Counter(
        {month: sum(n for date, n in first.items() if date.startswith(month)) for month in {d[:7] for d in first}}
    )
    for name in ("table_2", "table_3"):
        assert FACTS["derived"][f"{name}_expected_by_month"] == Counter(str(each.expected) for each in tables[name])


def test_what_was_derived_from_the_tables_follows_from_the_records_too(portfolio):
    """Networks without an agreement, late signatures, countries and sums of targets come out as in the facts."""
    derived = FACTS["derived"]
    cluster = [each for each in portfolio.agreements if each.class_ == "CA"]
    signing = {party for each in cluster for party in each.counterparts}
    bodies = [portfolio.organisation_by_id[each.organisation] for each in portfolio.contacts]
    target = {each.id: each.target for each in portfolio.indicators}
    due = month_end(portfolio.project.start, 14)
    assert derived["in_table_1_not_in_table_2"] == [each.name for each in bodies if each.id not in signing]
    assert derived["table_2_rows_after_table_5_deadline_M14"] == [
        each.id for each in cluster if each.expected.first_day > due
    ]
    assert derived["named_agreement_counterparts"] == sum(len(each.counterparts) for each in portfolio.agreements)
    assert derived["country_inferred_table_1"] == Counter(str(each.country) for each in bodies)
    for name, sum_ in derived.items():
        if name.startswith("sum_KPI_"):
            assert sum_ == sum(target[f"KPI {number}"] for number in name.removeprefix("sum_KPI_").split("_"))
    assert derived["sum_all_targets"] == sum(target.values())


SHOWN_BY = {
    "agreements signed": ("agreements", ("CA", "CI", "CS", "BA"), ()),
    "preparation": ("record", (), ()),
    "national workshops": ("events", (), ("workshop",)),
    "international meetings and events": ("events", (), ("international-meeting", "other-international-event")),
}


@pytest.mark.parametrize("row", TABLES["table_5"], ids=lambda row: f"M{row['month_index']}")
def test_each_month_of_table_5_has_its_activities(portfolio, row):
    """Month, printed heading, and every activity in order with its mission and with what shows it done."""
    month = next(each for each in portfolio.timeline.months if each.month == row["month_index"])
    assert row["printed"] == month.printed["month"]
    assert row["calendar_month"] == str(project_month(portfolio.project.start, month.month))
    assert row["last_day"] == str(month_end(portfolio.project.start, month.month))
    wp3 = by_id(portfolio.project.work_packages)["WP3"]
    assert row["within_wp3_M6_M18"] == (wp3.first_month <= month.month <= wp3.last_month)
    assert [each["printed"] for each in row["activities"]] == [each.what for each in month.activities]
    for facts, activity in zip(row["activities"], month.activities, strict=True):
        mission = facts["mission"]
        done_by, classes, kinds = SHOWN_BY[facts["kind"]]
        classes = classes if mission else classes[:1]  # without a mission: the clusters at home only
        assert (done_by, classes, kinds) == (activity.done_by, activity.classes, activity.kinds)
        assert (slug(MISSIONS[mission]) if mission else None) == activity.mission


@pytest.mark.parametrize("facts", FACTS["missions"], ids=lambda each: each["key"])
def test_each_mission_has_its_names_deadline_market_and_counterparts(portfolio, facts):
    """Printed names, the month of Table 5, the market of the About page, and the rows that belong to it."""
    mission = portfolio.missions[facts["order_in_table_5"] - 1]
    activities = [each for month in portfolio.timeline.months for each in month.activities]
    assert slug(facts["key"]) == mission.id
    assert facts["names_printed"][0] == mission.name
    assert set(facts["names_printed"]) <= {mission.name, *mission.aliases}
    assert facts["deadline_month"] == str(mission.deadline)
    assert facts["deadline_month"] == str(project_month(portfolio.project.start, facts["deadline_month_index"]))
    assert (facts["market_in_About_page"] or "") == mission.market
    assert facts["actions"] == sum(each.mission == mission.id for each in activities)
    belonging = [each.id for each in (*portfolio.agreements, *portfolio.events) if each.mission == mission.id]
    assert facts["counterparts_named"] == belonging
