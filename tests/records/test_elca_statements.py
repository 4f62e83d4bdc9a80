"""What D3.1 and the About page state, and the sections of D3.1, stand in the shipped records."""

from __future__ import annotations

import pytest
from elca_facts import FACTS, by_id, elca_portfolio

from elca_docs.records import findings_of


@pytest.fixture(scope="module")
def portfolio():
    return elca_portfolio()


PROSE_TOTALS = {  # in the order of the facts: id of the statement, rule
    "participating countries": ("participating-countries", "partner-countries"),
    "cooperation agreements to be signed": ("cooperation-agreements-total", "sum-of-targets"),
    "SME cooperation agreements per partner": ("sme-agreements-per-partner", "target-per-partner"),
    "business agreements": ("business-agreements-total", "sum-of-targets"),
    "different events": ("events-total", "sum-of-targets"),
    "national SME workshops per partner": ("workshops-per-partner", "target-per-partner"),
    "international meetings and events (minimum)": ("international-total", "sum-of-targets"),
    "matchmaking meetings per partner": ("matchmaking-per-partner", "target-per-partner"),
    "sectors beyond mobility": ("sectors-beyond-mobility", "sectors-beyond"),
    "tasks in WP3": ("wp3-tasks", "tasks-named"),
}


def test_every_total_of_the_text_is_a_statement(portfolio):
    """Each number that D3.1 states in its sections is kept with its section and compared by a rule."""
    statements = by_id(portfolio.statements)
    for facts in FACTS["prose_totals"]:
        if facts["what"] == "months outside WP3 in which actions are needed":
            found = [each.value for each in portfolio.statements if each.rule == "month-within"]
            assert facts["value"] == found
            assert {f"D3.1, section {facts['section']}"} == {
                each.place for each in portfolio.statements if each.rule == "month-within"
            }
            continue
        identifier, rule = PROSE_TOTALS[facts["what"]]
        statement = statements[identifier]
        assert f"D3.1, section {facts['section']}" == statement.place
        assert facts.get("product", statement.value) == statement.value * (statement.times or 1)
        assert (facts["value"], facts.get("partners"), rule) == (statement.value, statement.times, statement.rule)


def test_the_totals_that_disagree_are_found_and_no_others(portfolio):
    """The check names each stated figure that the plan contradicts, as the fact finder did, and leaves the others."""
    found = {each.ids[0] for each in findings_of(portfolio) if each.code == "total-differs"}
    doubted = {
        PROSE_TOTALS[facts["what"]][0]
        for facts in FACTS["prose_totals"]
        if facts.get("agrees") in (False, "cannot tell") and facts["what"] in PROSE_TOTALS
    }
    headings = {
        f"{name.replace('_', '-')}-heading"
        for name, table in FACTS["tables"].items()
        if "stated_total" in table and table["stated_total"] != table["rows_counted"]
    }
    assert found == {
        *doubted,
        *headings,
        "international-in-table-4",
        "action-month-19",
        "action-month-20",
        "about-work-packages",
        "about-missions",
        "about-events",
    }


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_heading_of_a_table_states_its_total(portfolio, number):
    """ "12 in total" is compared with the rows of that table, whatever their number."""
    facts = FACTS["tables"][f"table_{number}"]
    statement = by_id(portfolio.statements)[f"table-{number}-heading"]
    assert facts["header_first_cell"].endswith(f"{statement.value} in total")
    assert (facts["stated_total"], "named-for") == (statement.value, statement.rule)
    assert [f"KPI {facts['kpi']}"] == list(statement.of)


def test_the_about_page_is_kept_as_statements(portfolio):
    """Every figure and every list of the About page stands in the statements, under its own id."""
    about, statements = FACTS["about_page"], by_id(portfolio.statements)
    objectives = {each["id"]: each for each in about["objectives"]}
    assert {
        "about-duration": about["duration_years"],
        "about-clusters": about["clusters_in_consortium"],
        "about-work-packages": about["work_packages"],
        "about-phases": about["phases"],
        "about-co2": about["co2_share_transport_percent"],
        "about-mobility-sectors": ", ".join(about["mobility_sectors"]),
        "about-value-chain": about["value_chain_stages"],
        "about-mature-markets": ", ".join(about["mature_markets"]),
        "about-less-mature-markets": ", ".join(about["less_mature_markets"]),
        "about-identified-clusters": about["clusters_already_identified_in_target_regions"],
        "about-missions": about["international_missions"],
        "about-events": about["national_and_regional_events"],
        "about-brand": about["brand"],
        "about-obj-1": objectives["OBJ. 1"]["what"],
        "about-obj-2": objectives["OBJ. 2"]["minimum"],
        "about-obj-2-markets": objectives["OBJ. 2"]["markets_minimum"],
        "about-obj-3": objectives["OBJ. 3"]["minimum"],
        "about-obj-4": objectives["OBJ. 4"]["regions_minimum"],
    } == {each.id: each.text or each.value for each in statements.values() if each.place == "About page"}
    assert portfolio.project.programme == about["programme"]
    for number in (2, 3, 4):
        assert objectives[f"OBJ. {number}"]["what"] in statements[f"about-obj-{number}"].what
    assert about["print_errors"][0] == portfolio.partner_by_id["AMZ"].printed["roles"]


def test_words_and_days_of_the_document_are_kept_as_quotations(portfolio):
    """What cannot be counted is kept in the document's own words: days, agency, objectives, columns, promises."""
    stated = {each.id: each.text for each in portfolio.statements if each.place.startswith("D3.1") and each.text}
    objectives = next(each["a"] for each in FACTS["identity_conflicts"] if each["what"] == "objective numbers")
    promises = [each["due"]["printed"] for each in FACTS["templates_promised"][:2]]
    assert FACTS["project"]["start"]["printed"] == stated["project-start"]
    assert FACTS["project"]["end"]["printed"] == stated["project-end"]
    assert FACTS["project"]["agency_as_printed"] == stated["agency-name"]
    assert FACTS["work_package_3"]["duration"]["printed"] == stated["wp3-duration"]
    assert FACTS["task_3_1"]["duration"]["printed"] == stated["t31-duration"]
    assert objectives == f"D3.1: OBJ.4 = {stated['d31-obj-4']}; OBJ.3 = {stated['d31-obj-3']}"
    assert "; ".join(FACTS["planning_table_columns_announced"]) == stated["planning-columns"]
    assert promises[0] == stated["template-cooperation-promise"]
    assert stated["template-business-promise"].endswith(promises[1])


def test_the_deliverable_has_the_printed_sections_and_captions(portfolio):
    """Headings follow the table of contents without numbers and dots, captions follow the tables in their order."""
    deliverable = next(each for each in portfolio.deliverables if each.id == "D3.1")
    contents = [each["entry"].rstrip(".").split(" ", 1) for each in FACTS["table_of_contents"]]
    captions = [each["caption"].rstrip(".") for each in FACTS["tables"].values()]
    firsts = [
        each["header_first_cell"].split(f" {each['stated_total']} in total")[0]
        for each in FACTS["tables"].values()
        if "header_first_cell" in each
    ]
    tables = [table for section in deliverable.sections for table in section.tables if table.caption]
    assert FACTS["document"]["number"] == deliverable.id
    assert FACTS["document"]["title"] == deliverable.title
    assert f"WP{FACTS['document']['work_package']}" == deliverable.work_package
    assert [(text, 1 + number.rstrip(".").count(".")) for number, text in contents] == [
        (each.heading, each.level) for each in deliverable.sections
    ]
    assert captions == [f"Table {number}. {each.caption}" for number, each in enumerate(tables, 1)]
    assert firsts == [each.first_column for each in tables if each.first_column]


def test_every_section_has_its_text_and_every_text_its_section(portfolio):
    """No section lacks a narrative, and no Markdown file lies beside the deliverable unused."""
    named = [(each.id, section.narrative) for each in portfolio.deliverables for section in each.sections]
    assert sorted(pair for pair in named if pair[1]) == sorted(portfolio.narratives)
    assert all(name for owner, name in named if owner == "D3.1")
    assert all(text.strip() for text in portfolio.narratives.values())
