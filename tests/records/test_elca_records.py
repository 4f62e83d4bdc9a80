"""The shipped organisations and indicators carry what D3.1 says, slots fill the rest, and nothing is invented."""

from __future__ import annotations

from collections import Counter

import pytest
from elca_facts import FACTS, PARTNERS, TABLES, elca_portfolio, organisation_of, record_of, without_note

from elca_docs.model.parties import LegalData


@pytest.fixture(scope="module")
def portfolio():
    return elca_portfolio()


def test_every_table_has_as_many_records_as_rows_were_counted(portfolio):
    """Ten indicators, 15, 12, 7 and 6 rows, 15 months, 21 activities, 27 counterparts, 19 of them with an agreement."""
    named = [each for each in portfolio.agreements if not each.is_slot]
    assert FACTS["meta"]["row_counts"] == {
        "kpis": len(portfolio.indicators),
        "table_1": len(portfolio.contacts),
        "table_2": sum(each.class_ == "CA" for each in named),
        "table_3": sum(each.class_ == "CI" for each in named),
        "table_4": sum(each.kind == "international-meeting" for each in portfolio.events),
        "table_5_month_rows": FACTS["tables"]["table_5"]["month_rows"],
        "table_5_activities": FACTS["tables"]["table_5"]["activities"],
        "distinct_named_counterparts": len(portfolio.organisations),
        "distinct_in_tables_2_and_3": len({party for each in named for party in each.counterparts}),
    }
    assert FACTS["tables"]["table_5"]["month_rows"] == len(portfolio.timeline.months) == 15
    assert FACTS["tables"]["table_5"]["activities"] == 21
    assert sum(len(month.activities) for month in portfolio.timeline.months) == 21
    assert len(FACTS["missions"]) == len(portfolio.missions) == 6


RULES = {
    1: ("contacts", (), (), "organisation"),
    2: ("agreements", ("CA",), (), "organisation"),
    3: ("agreements", ("CI",), (), "organisation"),
    4: ("agreements", ("CS",), (), "organisation"),
    5: ("agreements", ("BA",), (), "organisation"),
    6: ("events", (), ("workshop",), "record"),
    7: ("events", (), ("international-meeting",), "record"),
    8: ("events", (), ("other-international-event",), "record"),
    9: ("events", (), ("matchmaking",), "record"),
    10: ("sectors", (), (), "sector"),
}
EACH_PARTNER_OWES = {4: 4, 6: 2, 9: 1}


@pytest.mark.parametrize("facts", FACTS["kpis"], ids=lambda each: f"KPI {each['id']}")
def test_each_indicator_has_title_target_unit_and_a_rule(portfolio, facts):
    """Title, target and unit are printed; the rule names what counts and the proof, and says so in a sentence."""
    indicator = portfolio.indicator_by_id[f"KPI {facts['id']}"]
    rule = indicator.rule
    assert facts["title"] == indicator.title
    assert facts["target"] == indicator.target
    assert facts["unit"] == indicator.unit
    assert facts["named_items_in_document"] == named_for(portfolio, rule)
    assert RULES[facts["id"]] == (rule.counts, rule.classes, rule.kinds, rule.distinct_by)
    assert facts["description_cell_empty"] == (indicator.description == "")
    owed = EACH_PARTNER_OWES.get(facts["id"])
    assert (dict.fromkeys(PARTNERS, owed) if owed else {}) == indicator.per_partner
    assert (rule.proof == ("signed-copy",)) == (rule.counts == "agreements")
    assert rule.proof
    assert rule.meaning.endswith(".")


def named_for(portfolio, rule):
    """How many named records a rule looks at, whether anything is proven yet or not."""
    named = {
        "contacts": portfolio.contacts,
        "agreements": [each for each in portfolio.agreements if each.class_ in rule.classes and not each.is_slot],
        "events": [each for each in portfolio.events if each.kind in rule.kinds and not each.is_slot],
        "sectors": [each for each in portfolio.project.sectors if each.beyond_mobility],
    }
    return len(named[rule.counts])


def test_what_has_no_name_yet_stands_as_slots(portfolio):
    """Slots fill every indicator without named rows up to its target: KPI 4 to 6, 8 and 9."""
    agreements, events = Counter(), Counter()
    for each in portfolio.agreements:
        agreements[each.class_, each.responsible] += each.slots
    for each in portfolio.events:
        events[each.kind, each.responsible] += each.slots
    assert +agreements == Counter({("CS", (each,)): 4 for each in PARTNERS} | {("BA", PARTNERS): 10})
    assert +events == Counter(
        {("workshop", (each,)): 2 for each in PARTNERS}
        | {("matchmaking", (each,)): 1 for each in PARTNERS}
        | {("other-international-event", PARTNERS): 6}
    )
    free = FACTS["derived"]["agreements_without_a_named_counterpart"]
    assert list(free.values()) == [sum(agreements["CS", (each,)] for each in PARTNERS), agreements["BA", PARTNERS]]


def test_the_organisations_are_the_counterparts_in_their_order(portfolio):
    """No counterpart is missing, none is added, and the ids are the keys of the facts."""
    assert [each["key"] for each in FACTS["organisations"]] == [each.id for each in portfolio.organisations]


@pytest.mark.parametrize("facts", FACTS["organisations"], ids=lambda each: each["key"])
def test_each_organisation_has_every_printed_name_with_its_places(portfolio, facts):
    """All printed forms are aliases with the rows that print them, and the name is the form printed first."""
    organisation = portfolio.organisation_by_id[facts["key"]]
    merged = next((row.get("names_probably_merged", []) for row in TABLES["table_4"] if names(row, facts)), [])
    printed = [(each["printed"], each["at"]) for each in facts["names"]]
    parts = [(name, ["part of the cell of T4-04"]) for name in merged]
    assert printed + parts == [(each.name, list(each.at)) for each in organisation.aliases]
    assert facts["names"][0]["printed"] == organisation.name
    assert not organisation.short_name or any(organisation.short_name in name for name, _ in printed)
    assert "conflict" not in facts or organisation.remark


def names(row, facts):
    return row["organisation"] == facts["names"][0]["printed"]


@pytest.mark.parametrize("facts", FACTS["organisations"], ids=lambda each: each["key"])
def test_each_organisation_feeds_the_stated_indicators(portfolio, facts):
    """One organisation may stand behind several indicators: contacts, agreements and meetings name the same id."""
    key = facts["key"]
    classes = {each.class_ for each in portfolio.agreements if key in each.counterparts}
    feeds = [
        *([1] if any(each.organisation == key for each in portfolio.contacts) else []),
        *([2] if "CA" in classes else []),
        *([3] if "CI" in classes else []),
        *([7] if any(key in each.organisations for each in portfolio.events) else []),
    ]
    assert facts["feeds_kpis"] == feeds


def test_nothing_is_invented_about_anybody(portfolio):
    """No legal name, address or number, no person, no language, no cover data: the documents give none."""
    everybody = [*portfolio.partners, *portfolio.organisations]
    assert {each.id for each in everybody if each.legal != LegalData() or each.language} == set()
    rows = [row for name in ("table_1", "table_3", "table_4") for row in TABLES[name]]
    assert {sector for each in portfolio.organisations for sector in each.sectors} <= {
        part for row in rows for sector in row["sectors"] for part in sector.split(" / ")
    }
    assert {network for each in portfolio.organisations for network in each.member_of} == {
        row[key] for key in ("member_of", "project_membership") for row in (*rows, *TABLES["table_2"]) if key in row
    }
    related = {each.id: each.related_to for each in portfolio.organisations if each.related_to}
    assert related == {"sensa": ("AMZ",), "rightweight": ("POL",), "percy": ("POL",)}
    assert all("inference" in portfolio.organisation_by_id[each].related_because for each in related)
    assert portfolio.people == ()
    assert portfolio.accepted == ()
    deliverable = next(each for each in portfolio.deliverables if each.id == "D3.1")
    cover, facts = deliverable.cover, FACTS["document"]
    assert deliverable.versions == ()
    assert (facts["printed_date"], facts["version"]) == (cover.submitted_on, cover.version or None)
    assert (facts["author"], facts["dissemination_level"]) == (cover.author or None, cover.dissemination or None)
    assert (cover.lead, cover.due_month, cover.deliverable_type) == (None, None, "")


STATED_COUNTRIES = {
    "DE": "DE",
    "Germany": "DE",
    "Spain": "ES",
    'Poland ("Polish")': "PL",
    'Austria ("Austrian")': "AT",
    "Czech Republic": "CZ",
    'Sweden ("Swedish")': "SE",
    'Mexico ("Mexican")': "MX",
    "Japan (in the name)": None,  # a name tells no seat
    "India": None,  # of one of three merged names
    None: None,
}


def country_of(row):
    """Return what a row says of an organisation's country, as (country, inferred)."""
    stated, country = STATED_COUNTRIES[row["country_stated"]], row["country_inferred"]
    assert stated in (None, country)
    return (country, stated is None and country is not None)


@pytest.mark.parametrize(
    "row", [row for name in ("table_1", "table_3", "table_4") for row in TABLES[name]], ids=lambda row: row["id"]
)
def test_each_row_describes_its_organisation(portfolio, row):
    """Country, region, kind, sectors, memberships and numbers stand in the organisation or the row's record."""
    record = record_of(portfolio, row["id"])
    organisation = portfolio.organisation_by_id[organisation_of(record)]
    if row["id"] != "T4-06":  # a second row of an organisation that T1-01 describes in other words
        assert country_of(row) == (organisation.country, organisation.country_inferred)
        assert without_note(row["org_kind"]) == without_note(organisation.kind)
        assert without_note(row.get("region_stated")) == organisation.region
    said = " ".join((*organisation.sectors, organisation.description, record.description))
    sectors = [part for sector in row["sectors"] for part in sector.split(" / ")]
    assert [sector for sector in sectors if sector not in said] == []
    assert without_note(row["org_kind"]) in f"{organisation.kind} {record.description}"
    members = [row[key] for key in ("member_of", "project_membership") if key in row]
    assert [each for each in members if each not in organisation.member_of] == []
    assert row.get("players", row.get("clusters")) == organisation.members
    assert row.get("countries") == organisation.member_countries
    assert row.get("grant_agreement", "") == organisation.grant_number
    for key in ("members_kind", "co_financed_by"):
        assert [each for each in row.get(key, []) if each not in organisation.description] == []
    for key in ("run_by", "coordinated_by", "project"):
        assert row.get(key, "") in organisation.description
    assert row.get("expansion", "") in organisation.description
    assert row.get("door_opener_to", "") in record.description
    assert row.get("industry_led", False) == ("led by industry" in record.description)
