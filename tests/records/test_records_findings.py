"""What is odd about records: each rule once silent and once heard, then order, acceptance, and one line per finding."""

from __future__ import annotations

import pytest
from project_texts import AGREEMENTS, ORGANISATIONS, PROJECT, found, portfolio_of, project_files, sole

from elca_docs.errors import Location
from elca_docs.model.findings import SEVERITIES
from elca_docs.records import findings_of, read_portfolio
from elca_docs.records.findings import RANKED, RULES

K = "- {{id: K1, title: a, target: {target}, rule: {{counts: {counts}}}}}\n"
FULL = "legal: {name: x, form: y, registration_number: '1', address: {lines: [z], city: q}}"


@pytest.mark.parametrize(
    ("target", "expected"),
    [(1, [("plan-exceeds-target", "K1 has a target of 1, and the plan holds 2 (2 named, 0 places without a name)")]),
     (2, []),
     (5, [("target-unplanned", "K1 has a target of 5, and the plan holds 2, 3 too few")])],
)  # fmt: skip
def test_a_target_is_planned_and_not_more(target: int, expected: list[tuple[str, str]]):
    """As many records as the target promises; more and fewer are both worth a look."""
    portfolio = portfolio_of(indicators=K.format(target=target, counts="agreements"))
    heard = [(each.code, each.message) for each in findings_of(portfolio) if "K1" in each.ids]
    assert heard == expected


def test_a_slot_is_planned_and_unnamed():
    """Places without a name are planned; that nobody is named for them is said apart."""
    slots = AGREEMENTS + "- {id: S, class: MU, responsible: [ABC], slots: 4}\n"
    finding = sole("target-unnamed", indicators=K.format(target=4, counts="agreements"), agreements=slots)
    assert finding.message == "K1 has a target of 4, and the plan holds 2 names and 4 places without a name"
    assert (finding.ids, str(finding.location)) == (("K1",), "records/indicators.yaml:1:22")
    assert found("target-unnamed", indicators=K.format(target=2, counts="agreements"), agreements=slots) == []


def test_what_no_indicator_counts_is_told():
    """A class or kind that no indicator counts never helps; a near one is guessed; none named means all."""
    indicator = "- {id: K1, title: a, target: 1, rule: {counts: agreements, classes: [MU]}}\n"
    finding = sole("counts-nowhere", indicators=indicator)
    assert finding.message == "agreements of the class 'BB' are planned (A-2), and no indicator counts them"
    assert (finding.ids, str(finding.location)) == (("A-2",), "records/agreements.yaml:2:13")
    events = "- {id: E, kind: workshops, responsible: [ABC]}\n"
    indicator = "- {id: K1, title: a, target: 1, rule: {counts: events, kinds: [workshop]}}\n"
    assert [each.fix for each in found("counts-nowhere", indicators=indicator, events=events) if "E" in each.ids] == [
        "did you mean 'workshop'?"
    ]
    assert found("counts-nowhere", indicators=K.format(target=1, counts="agreements")) == []


def test_a_kind_that_no_event_has_is_told():
    """An indicator that waits for a kind of event that nobody plans stays at nought."""
    indicator = "- {id: K1, title: a, target: 1, rule: {counts: events, kinds: [workshop]}}\n"
    finding = sole("kind-without-event", indicators=indicator)
    assert finding.message == "K1 counts events of the kind 'workshop', and no event has it"
    assert (
        found("kind-without-event", indicators=indicator, events="- {id: E, kind: workshop, responsible: []}\n") == []
    )


ACRONYMS = (
    "- {{id: ABC, name: First, acronyms: [{{name: ABC, source: page 1, {one}}}, {{name: ABZ, {two}}}]}}\n"
    "- {{id: XYZ, name: Second}}\n"
)


@pytest.mark.parametrize(
    ("one", "two", "clashes"),
    [
        ("", "", True),
        ("valid_until: 2030-05-31", "valid_from: 2030-06-01", False),
        ("valid_from: 2030-06-01", "valid_until: 2030-05-31", False),
        ("valid_until: 2030-06-01", "valid_from: 2030-06-01", True),
        ("valid_until: 2030-05-31", "", True),
    ],
)
def test_short_forms_are_told_apart_by_dates(one: str, two: str, *, clashes: bool):
    """Two short forms of a partner are in order only when no day has both."""
    heard = found("acronym-conflict", partners=ACRONYMS.format(one=one, two=two))
    assert [each.message for each in heard] == (
        ["First is called ABC (page 1) and ABZ, and no dates say when which is right"] if clashes else []
    )


def test_one_short_form_written_twice_is_one():
    """The same short form from two sources contradicts nothing."""
    text = ACRONYMS.replace("ABZ", "abc").format(one="", two="")
    assert found("acronym-conflict", partners=text) == []


def test_a_name_means_one():
    """A name, short form or alias that two records share cannot say who is meant."""
    more = ORGANISATIONS.replace("Invented Wheels", "Cogs, short_name: ABC, aliases: [{name: invented foundry}]")
    heard = found("name-shared", organisations=more)
    assert [(each.message, each.ids) for each in heard] == [
        ("the name 'Invented Foundry' means acme and cog", ("acme", "cog")),
        ("the name 'ABC' means ABC and cog", ("ABC", "cog")),
    ]
    assert found("name-shared") == []


def test_a_namesake_of_the_project_is_a_hint():
    """An acronym that others bear wants the grant number beside it."""
    assert found("homonym") == []
    finding = sole("homonym", organisations=ORGANISATIONS.replace("Invented Wheels", "Moon"))
    assert (finding.message, finding.ids) == ("MOON (grant 000042) is also the name of 1 other: cog", ("cog",))
    finding = sole("homonym", project=PROJECT + "homonyms: [a film, a pub]\n")
    assert finding.message == "MOON (grant 000042) is also the name of 2 others: a film; a pub"
    assert str(finding.location) == "records/project.yaml:14:1"


def test_missing_party_data_are_ranked_by_effect():
    """The party that most drafts wait for comes first, then the one that lacks most; slots wait for nothing."""
    agreements = (
        "- {id: A-1, class: MU, responsible: [ABC], counterparts: [acme]}\n"
        "- {id: A-2, class: MU, responsible: [ABC], counterparts: [bolt]}\n"
        "- {id: A-3, class: MU, responsible: [XYZ], counterparts: [bolt], replaces: A-2}\n"
        "- {id: A-4, class: BB, responsible: [XYZ], counterparts: [acme, bolt]}\n"
        "- {id: S, class: MU, responsible: [XYZ], slots: 9}\n"
    )
    organisations = ORGANISATIONS.replace("Invented Foundry", f"Foundry, {FULL}")
    people = "- {id: p, of: acme, name: Nobody, signs: true}\n"
    people += "- {id: q, of: XYZ, name: No One, function: chair, signs: true}\n"
    heard = found("missing-party-data", agreements=agreements, organisations=organisations, people=people)
    assert [(each.ids, each.message) for each in heard] == [
        (("bolt",), "Invented Screws lacks 6 mandatory fields, which 2 drafts cannot do without"),
        (("acme",), "Foundry lacks 1 mandatory field, which 2 drafts cannot do without"),
        (("ABC",), "ABC lacks 6 mandatory fields, which 1 draft cannot do without"),
        (("XYZ",), "XYZ lacks 4 mandatory fields, which 1 draft cannot do without"),
    ]
    assert heard[0].fix.startswith("fill Invented Screws's own 6 fields first: used in 2 drafts (organisations.yaml: ")
    assert heard[1].fix == "fill Foundry's own 1 field: used in 2 drafts (people.yaml: function)"
    assert str(heard[2].location) == "records/partners.yaml:1:3"


def test_who_signs_on_behalf_is_asked():
    """Where an organisation signs on another's behalf, the data are its own."""
    organisations = ORGANISATIONS.replace("Invented Foundry", "Foundry, legal: {signs_through: cog}")
    heard = found("missing-party-data", organisations=organisations)
    assert [each.ids[0] for each in heard] == ["cog", "ABC", "bolt"]


def test_a_narrative_without_a_section_is_a_hint():
    """A text that no section names is printed nowhere."""
    deliverable = "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nsections: [{heading: h, narrative: a.md}]\n"
    files = project_files(deliverables__D1=deliverable)
    files |= {f"records/deliverables/D1/{name}.md": b"x" for name in "ab"}
    portfolio = read_portfolio(files).portfolio
    assert portfolio is not None
    (finding,) = [each for each in findings_of(portfolio) if each.code == "unused-narrative"]
    assert finding.message == "no section of D1 names b.md, so its text is printed nowhere"
    assert finding.location == Location("records/deliverables/D1/b.md")


ACCEPTED = "- {{code: {code}, ids: [{ids}], reason: as agreed, by: someone, on: 2030-02-03}}\n"


def test_an_accepted_finding_carries_the_reason():
    """Code and ids name a finding, whatever their order; it stays in the list, with the reason."""
    indicators = K.format(target=1, counts="agreements")
    accepted = ACCEPTED.format(code="plan-exceeds-target", ids="K1")
    assert [each.accepted for each in found("plan-exceeds-target", indicators=indicators)] == [""]
    assert [each.accepted for each in found("plan-exceeds-target", indicators=indicators, accepted=accepted)] == [
        "as agreed"
    ]
    text = ORGANISATIONS.replace("Invented Wheels", "Invented Foundry")
    accepted = ACCEPTED.format(code="name-shared", ids="cog, acme")
    assert [each.accepted for each in found("name-shared", organisations=text, accepted=accepted)] == ["as agreed"]


@pytest.mark.parametrize(("ids", "named"), [("K1", "K1"), ("", "no record in particular")])
def test_an_acceptance_of_nothing_is_a_hint(ids: str, named: str):
    """An acceptance whose finding is gone, or never was, is told: it would hide a later one."""
    finding = sole("acceptance-unused", accepted=ACCEPTED.format(code="plan-exceeds-target", ids=ids))
    assert finding.message == f"plan-exceeds-target is accepted for {named}, and there is no such finding"
    assert (finding.severity, str(finding.location)) == ("hint", "records/accepted.yaml:1:3")


def test_findings_are_sorted_by_severity_code_and_place():
    """The list begins with contradictions; within a code it follows the files, except where a rule ranks."""
    texts = {
        "indicators": "".join(K.format(target=9, counts="agreements").replace("K1", f"K{n}") for n in (2, 1)),
        "organisations": ORGANISATIONS.replace("Invented Wheels", "Invented Foundry"),
        "accepted": ACCEPTED.format(code="x", ids=""),
    }
    heard = findings_of(portfolio_of(**texts))
    keys = [(SEVERITIES.index(each.severity), each.code) for each in heard]
    assert keys == sorted(keys)
    assert (heard[0].code, heard[-1].code) == ("name-shared", "acceptance-unused")
    assert [each.ids for each in heard if each.code == "target-unplanned"] == [("K2",), ("K1",)]


def test_a_finding_is_one_line():
    """A text of several lines in a record does not break a finding."""
    statements = "- id: s\n  place: x\n  what: |\n    one\n    two\n  value: 9\n  rule: partners\n"
    assert (
        sole("total-differs", statements=statements).message == "x states 9 (one two ), and the records have 2 partners"
    )


def test_every_rule_is_named_once_and_says_what_is_in_order():
    """Adding a rule is one function and its name; its first line says what holds where it is silent."""
    assert len(set(RULES)) == len(RULES)
    assert set(RULES) >= RANKED
    assert [rule.__name__ for rule in RULES if not (rule.__doc__ or "").strip().endswith((".", "?"))] == []


def test_findings_are_the_same_every_time():
    """Same portfolio, same findings in the same order."""
    portfolio = portfolio_of(indicators=K.format(target=1, counts="agreements"))
    assert findings_of(portfolio) == findings_of(portfolio)
