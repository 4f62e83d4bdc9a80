"""The shipped project, partners, work package and task say what D3.1 and the About page say."""

from __future__ import annotations

import pytest
from elca_facts import FACTS, by_id, elca_portfolio, without_note

from elca_docs.model.project import month_end, project_month


@pytest.fixture(scope="module")
def portfolio():
    return elca_portfolio()


def test_the_project_has_the_printed_grant_title_and_days(portfolio):
    """Title, acronym, programme, grant number, first and last day, coordinator and agency are those of the facts."""
    facts, project = FACTS["project"], portfolio.project
    assert facts["title"] == project.title
    assert facts["acronym"] == project.acronym
    assert facts["programme"] == project.programme
    assert facts["grant_agreement"] == project.grant_number
    assert facts["action_type_words"] == [project.call]
    assert facts["start"]["iso"] == str(project.start)
    assert facts["start"]["printed"] == project.printed["start"]
    assert facts["end"]["iso"] == str(project.end)
    assert facts["duration_months"] == project.duration_months
    assert facts["month_1"] == str(project_month(project.start, 1))
    assert facts["agency_as_printed"] == project.printed["agencies"]
    assert [facts["coordinator"]] == [each.id for each in portfolio.partners if each.coordinator]
    assert len(project.homonyms) >= 2


def test_the_half_years_cover_the_project_without_gap(portfolio):
    """The reporting periods follow one another from the first to the last day, six months each."""
    periods, start = portfolio.project.reporting_periods, portfolio.project.start
    assert [month_end(start, months) for months in (6, 12, 18, 24)] == [each.last_day for each in periods]
    assert [project_month(start, months).first_day for months in (1, 7, 13, 19)] == [each.first_day for each in periods]


def test_the_agency_of_the_day_carries_its_official_name(portfolio):
    """One agency ends the day before the other begins, and neither bears the name that D3.1 prints."""
    before, after = portfolio.project.agencies
    assert (before.short, str(before.valid_until)) == ("EASME", "2021-03-31")
    assert (after.short, str(after.valid_from)) == ("EISMEA", "2021-04-01")
    official = next(each["b"] for each in FACTS["identity_conflicts"] if each["what"] == "agency name")
    assert without_note(official) == after.text


@pytest.mark.parametrize("facts", FACTS["partners"], ids=lambda each: each["acronym_D3_1"])
def test_each_partner_has_name_acronyms_roles_and_inferred_country(portfolio, facts):
    """Both short forms are kept with their source, and a country that nobody printed is marked as inferred."""
    partner = portfolio.partner_by_id[facts["acronym_D3_1"]]
    sources = {each.name: each.source for each in partner.acronyms}
    assert facts["name_as_printed"] == partner.name
    assert {facts["acronym_D3_1"], facts["acronym_about"]} == set(sources)
    assert "D3.1" in sources[facts["acronym_D3_1"]]
    assert "About" in sources[facts["acronym_about"]]
    assert facts.get("other_forms", []) == [each.name for each in partner.aliases]
    assert [without_note(role) for role in facts["role"]] == list(partner.roles)
    assert (facts["country_inferred"], True) == (partner.country, partner.country_inferred)


def test_work_package_three_has_its_leader_months_and_links(portfolio):
    """Months, leader, objectives, linked work packages and initiatives are those of section 1."""
    facts = FACTS["work_package_3"]
    wp3 = by_id(portfolio.project.work_packages)["WP3"]
    start = portfolio.project.start
    assert facts["title"] == wp3.title
    assert facts["leader"] == wp3.leader
    assert facts["duration"]["printed"] == f"M{wp3.first_month}-M{wp3.last_month}"
    assert facts["duration"]["start"] == str(project_month(start, wp3.first_month))
    assert facts["duration"]["end"] == str(project_month(start, wp3.last_month))
    assert ", ".join(facts["objectives_referenced"]) == wp3.printed["objectives"]
    assert facts["linked_work_packages"] == wp3.linked_to
    assert facts["initiatives_named"] == list(wp3.initiatives)
    assert facts["S3_themes_printed"] == list(wp3.themes)
    assert facts["tasks_count_stated"] == by_id(portfolio.statements)["wp3-tasks"].value
    assert {"WP3", *facts["linked_work_packages"]} == set(by_id(portfolio.project.work_packages))
    assert [without_note(task) for task in facts["tasks_named"]] == [each.id for each in portfolio.project.tasks]


def test_task_three_one_has_leader_participants_and_starting_points(portfolio):
    """Leader, participants, months, inputs, contacts, stakeholders and example sectors are those of section 2."""
    facts, task = FACTS["task_3_1"], by_id(portfolio.project.tasks)["T3.1"]
    assert facts["title"] == task.title
    assert facts["leader"] == task.leader
    assert facts["participants"] == list(task.participants)
    assert facts["duration"]["printed"] == f"M{task.first_month}-M{task.last_month}"
    assert facts["inputs"] == list(task.inputs)
    assert facts["example_sectors"] == list(task.example_sectors)
    assert facts["contacts_already_established"] == list(task.contacts)
    assert facts["stakeholders"] == list(task.stakeholders)


def test_the_obligations_of_the_task_are_duties(portfolio):
    """Each obligation is a duty in the same order, owed by the one who is named and by nobody where that is unclear."""
    duties = [each for each in portfolio.timeline.duties if each.task == "T3.1"]
    obligations = FACTS["task_3_1"]["obligations"]
    assert len(obligations) == len(duties) == 8
    for facts, duty in zip(obligations, duties, strict=True):
        responsible = () if facts["who"].startswith("unclear") else (facts["who"],)
        assert responsible == duty.responsible
        assert bool(responsible) != bool(duty.remark)
        assert facts.get("minimum") == duty.minimum
        assert facts.get("purpose", "") == duty.purpose
        assert words(facts["what"]) <= words(duty.what)


def words(text):
    """Return the telling words of a phrase, singular and without punctuation."""
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return {word.removesuffix("s") for word in cleaned.split()} - {"by", "of", "the", "to", "with", "and", "or"}


def test_the_templates_are_promised_by_the_leader_for_august(portfolio):
    """The two promises of sections 4.2 and 4.3 are duties, that of Table 5 is an activity, all due in one month."""
    cooperation, business, table_5 = FACTS["templates_promised"]
    duties = by_id(portfolio.timeline.duties)
    for facts, identifier in ((cooperation, "template-cooperation"), (business, "template-business")):
        duty = duties[identifier]
        assert [facts["by"]] == list(duty.responsible)
        assert facts["for"] == duty.purpose
        assert (facts["due"]["iso"], facts["due"]["printed"]) == (str(duty.due), duty.printed["due"])
    month = next(each for each in portfolio.timeline.months if each.printed["month"] == table_5["due"]["printed"])
    assert table_5["due"]["project_month"] == month.month
    assert table_5["what"] in month.activities[0].what
    assert month.activities[0].done_by == "record"


def test_the_parties_of_a_class_are_those_of_the_plan(portfolio):
    """Partner and counterpart sign a cooperation agreement, two companies a business agreement."""
    parties = {each.id: each.parties for each in portfolio.project.classes}
    assert parties == dict.fromkeys(("CA", "CI", "CS"), "partners and counterparts") | {"BA": "counterparts"}
    assert all({"es"} <= set(each.titles) for each in portfolio.project.classes)


def test_the_sectors_are_the_home_ones_and_the_three_beyond(portfolio):
    """Mobility's four sectors come from the About page, the three beyond from section 4.6 with their examples."""
    home = [each.name.casefold() for each in portfolio.project.sectors if not each.beyond_mobility]
    beyond = [(each.name, list(each.detail)) for each in portfolio.project.sectors if each.beyond_mobility]
    assert FACTS["about_page"]["mobility_sectors"] == home
    assert [(each["printed"], each.get("detail", [])) for each in FACTS["sectors_beyond_mobility"]] == beyond


def test_the_markets_are_the_mature_and_the_less_mature_ones(portfolio):
    """The markets of the About page, named as the missions name them."""
    about = FACTS["about_page"]
    markets = [each.removeprefix("countries in ") for each in about["mature_markets"] + about["less_mature_markets"]]
    assert markets == list(portfolio.project.markets)
