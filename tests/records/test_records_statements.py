"""What documents state against what the records hold: every rule once in agreement and once not."""

from __future__ import annotations

import pytest
from project_texts import found, portfolio_of

from elca_docs.records.findings import statements
from elca_docs.records.findings.statements import STATEMENT_RULES

INDICATORS = """\
- {id: K1, title: a, target: 3, rule: {counts: agreements, classes: [MU]}, per_partner: {ABC: 2, XYZ: 1}}
- {id: K2, title: b, target: 4, rule: {counts: events, kinds: [fair]}}
- {id: K3, title: c, target: 2, rule: {counts: contacts}}
- {id: K4, title: d, target: 1, rule: {counts: sectors}}
- {id: K5, title: e, target: 4, rule: {counts: duties}, per_partner: {ABC: 2, XYZ: 2}}
"""
TEXTS = {
    "indicators": INDICATORS,
    "events": "- {id: E1, kind: fair, responsible: [ABC]}\n- {id: E2, kind: fair, responsible: [ABC], slots: 3}\n"
    "- {id: E3, kind: fair, responsible: [ABC], fills: E2}\n",
    "contacts": "- {id: C1, organisation: acme, responsible: [ABC]}\n",
    "missions": "- {id: north, name: North}\n",
    "timeline": "months: [{month: 1, activities: [{id: a, what: x, done_by: record}]}, {month: 2}]\n"
    "duties: [{id: d, what: x}]\n",
}
PROJECT_MORE = "markets: [Moon, Mars]\nsectors: [{id: s, name: x}, {id: t, name: y, beyond_mobility: true}]\n"

CASES = [
    ("sum-of-targets", "of: [K1, K2]", 7, "the targets of K1, K2 are 3 + 4 = 7"),
    ("sum-of-targets", "of: [K3]", 2, "the target of K3 is 2"),
    ("planned-for", "of: [K1]", 1, "the records plan 1 for K1 (1 named, 0 places without a name)"),
    ("planned-for", "of: [K2]", 4, "the records plan 4 for K2 (2 named, 2 places without a name)"),
    ("planned-for", "of: [K3, K4, K5]", 3, "the records plan 3 for K3, K4, K5 (3 named, 0 places without a name)"),
    ("named-for", "of: [K2]", 2, "the records name 2 for K2"),
    ("target-per-partner", "of: [K5]", 2, None),
    ("agreements-of-class", "", 2, "the records plan 2 (2 named, 0 places without a name)"),
    ("agreements-of-class", "of: [BB]", 1, "the records plan 1 (1 named, 0 places without a name)"),
    ("events-of-kind", "of: [fair]", 4, "the records plan 4 (2 named, 2 places without a name)"),
    ("contacts", "", 1, "the records have 1 contact"),
    ("organisations", "", 3, "the records have 3 organisations"),
    ("partners", "", 2, "the records have 2 partners"),
    ("partner-countries", "", 2, "the partners of the records come from 2 countries"),
    ("missions", "", 1, "the records have 1 mission"),
    ("work-packages", "", 1, "the records have 1 work package"),
    ("tasks-described", "of: [WP1]", 1, "the records name 2 (T1.1, T1.2) and describe 1"),
    ("tasks-named", "of: [WP1]", 2, "the records name 2 (T1.1, T1.2) and describe 1"),
    ("markets", "", 2, "the records have 2 markets"),
    ("sectors-beyond", "", 1, "the records have 1 sector beyond the home ones"),
    ("sectors-home", "", 1, "the records have 1 home sector"),
    ("duration-months", "", 24, "the project lasts 24 months"),
    ("timeline-months", "", 2, "the timeline has 2 rows"),
    ("timeline-activities", "", 1, "the timeline has 1 activity"),
    ("month-within", "of: [WP1]", 12, None),
    ("after-missions", "of: [fair]", 1, None),
]


def differences(rule: str, more: str, value: int) -> list[str]:
    """Return the second halves of the findings on one statement."""
    from project_texts import PROJECT

    project = PROJECT.replace("tasks:\n", "tasks:\n  - {id: T1.2, work_package: WP1}\n") + PROJECT_MORE
    line = f"- {{id: s, place: Page 1, what: numbers, value: {value}, rule: {rule}, {more}}}\n"
    return [
        each.message.partition(", and ")[2]
        for each in found("total-differs", statements=line, project=project, **TEXTS)
    ]


@pytest.mark.parametrize(("rule", "more", "right", "sentence"), CASES)
def test_a_right_number_is_silent_and_a_wrong_one_is_explained(rule: str, more: str, right: int, sentence: str | None):
    """Each rule counts what it says, and names both sides where the number differs."""
    assert differences(rule, more, right) == []
    if sentence:
        assert differences(rule, more, right + 1) == [sentence.replace("T1.1, T1.2", "T1.2, T1.1")]


def test_every_rule_is_tried_and_documented():
    """No rule is without an example here and a row in the module's table, and the table has no other."""
    assert {rule for rule, *_ in CASES} == set(STATEMENT_RULES)
    rows = [
        line.split()[0]
        for line in (statements.__doc__ or "").splitlines()
        if line.startswith("    ") and line[4] != " "
    ]
    assert rows == ["rule", *STATEMENT_RULES]


def test_times_says_how_often_a_number_applies():
    """Two years are 24 months; a number per partner is that for all of them."""
    assert differences("duration-months", "times: 12", 2) == []
    assert differences("duration-months", "times: 12", 3) == ["the project lasts 24 months"]
    line = "- {id: s, place: Page 1, what: years, value: 3, times: 12, rule: duration-months}\n"
    (finding,) = found("total-differs", statements=line)
    assert finding.message == "Page 1 states 3 x 12 = 36 (years), and the project lasts 24 months"
    assert (finding.severity, finding.ids, str(finding.location)) == ("error", ("s",), "records/statements.yaml:1:39")


def test_what_each_partner_owes_is_compared_three_times():
    """With the partners' own targets, with the sum, and with the number of partners."""
    assert differences("target-per-partner", "of: [K1]", 2) == [
        "K1 has another target of its own for XYZ; the target of K1 is 3 for 2 partners"
    ]
    assert differences("target-per-partner", "of: [K5], times: 5", 2) == ["the records have 2 partners"]


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_its_work_package_is_found(month: int):
    """A month that a document names lies inside the work package."""
    assert differences("month-within", "of: [WP1]", month) == ["WP1 runs from M1 to M12"]


def test_a_statement_without_rule_is_compared_with_nothing():
    """A quotation states nothing that could be wrong."""
    assert found("total-differs", statements="- {id: s, place: x, what: y, value: 99}\n") == []


def test_a_wrong_sum_that_is_right_elsewhere_may_have_been_copied():
    """38 events and 38 agreements: the same number, right once; a wrong number that stands alone is not copied."""
    line = "- {{id: {0}, place: Page {1}, what: {2}, value: {3}, rule: sum-of-targets, of: [{4}]}}\n"
    lines = line.format("a", 1, "events", 7, "K2") + line.format("b", 2, "all", 7, "K1, K2")
    (finding,) = found("total-repeated", statements=lines, indicators=INDICATORS)
    assert finding.message == "7 is wrong for 'events' (Page 1) and right for 'all' (Page 2)"
    assert (finding.severity, finding.ids) == ("hint", ("a", "b"))
    assert found("total-repeated", statements=line.format("a", 1, "x", 9, "K1"), indicators=INDICATORS) == []


def test_an_agreement_that_was_replaced_is_not_planned():
    """Who replaces takes the place: the plan does not grow."""
    agreements = (
        "- {id: A-1, class: MU, responsible: [ABC], counterparts: [acme]}\n"
        "- {id: A-2, class: MU, responsible: [ABC], counterparts: [bolt], replaces: A-1}\n"
    )
    line = "- {id: s, place: x, what: y, value: 1, rule: agreements-of-class}\n"
    assert found("total-differs", statements=line, agreements=agreements) == []
    assert portfolio_of(agreements=agreements).agreement_by_id["A-2"].replaces == "A-1"
