"""What is odd about names: one body under several, several under one, two that look alike, and a mission's names."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_texts import AGREEMENTS, ORGANISATIONS, PARTNERS, PROJECT, found, portfolio_of, project_files, sole

from elca_docs.model.findings import Finding
from elca_docs.records import findings_of, read_portfolio
from elca_docs.records.findings.spelling import nearly, relation, words_of

ROOT = Path(__file__).parents[2]
ACME = "- {{id: acme, name: {name}, aliases: [{aliases}]}}\n- {{id: bolt, name: Screws}}\n- {{id: cog, name: Wheels}}\n"


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Paper Lantern Cluster", "Paper Lantern Cluster", "same"),
        ("Paper Lantern Cluster", "PAPER lantern-cluster", "writing"),
        ("Paper Lantern Cluster", "PaperLantern Clusters", "writing"),
        ("Nové Lampy", "Nove Lampy", "writing"),
        ("Paper Lantern Cluster", "PLC", "short"),
        ("Cluster of Paper Lanterns", "COPL", "short"),
        ("Paper Lantern Cluster (PLC)", "PLC", "short"),
        ("PLC", "Paper Lantern Cluster", "short"),
        ("PLC", "PLC (Paper Lantern Cluster)", "short"),
        ("Paper Lantern Cluster of Norderland", "Paper Lantern Cluster", "short"),
        ("Paper Lantern Cluster", "Paper Lanterm Cluster", "spelling"),
        ("SunSo Sunlight network", "SUNSEO", "spelling"),
        ("Paper Lantern Cluster", "PaperCluster", "leaves out"),
        ("Saxon Paper Lantern corporation", "Saxon Lantern Corporation", "leaves out"),
        ("LANTERN", "LANTERN project", "adds"),
        ("P3 Network", "P3-actors", "replaces"),
        ("Lantern Cluster Oz", "Lantern Association in Oz", "replaces"),
        ("Paper Lantern Cluster", "Glass Bell Cluster", "other"),
        ("Unit 11", "Unit 12", "replaces"),
        ("Lamp", "...", "other"),
    ],
)
def test_another_writing_has_one_relation_to_a_name(name: str, other: str, expected: str):
    """Each way in which a name is varied is told from the others, and a fair short form from all of them."""
    assert relation(name, other) == expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_a_relation(name: str, other: str):
    """Nothing that a person can type makes the comparison fail, and a name is the same as itself only."""
    assert (relation(name, other) == "same") == (name == other)
    assert nearly(name, other) == nearly(name, other)
    assert all(word == word.casefold() for word in words_of(name))


@pytest.mark.parametrize(
    ("code", "severity", "aliases", "message"),
    [
        ("name-misspelt", "error", "{name: Paper Lanterm Cluster, at: [A-1 activity]}",
         "'Paper Lantern Cluster' is also spelt 'Paper Lanterm Cluster' (A-1 activity)"),
        ("name-varies", "warning", "{name: PaperCluster}, {name: Paper Cluster}",
         "'Paper Lantern Cluster' is also called 'PaperCluster' and 'Paper Cluster'"),
        ("name-writing-varies", "hint", "{name: PAPER Lantern Cluster}",
         "Paper Lantern Cluster is written 'Paper Lantern Cluster' and 'PAPER Lantern Cluster'"),
    ],
)  # fmt: skip
def test_a_name_that_varies_is_heard_once(code: str, severity: str, aliases: str, message: str):
    """Each kind of variation has its own code; the alias stands on one side, the name on the other."""
    finding = sole(code, organisations=ACME.format(name="Paper Lantern Cluster", aliases=aliases))
    assert (finding.message, finding.severity, finding.ids) == (message, severity, ("acme",))
    assert finding.location != finding.other_location


def test_two_names_in_one_row_are_said_to_be():
    """Where both stand in one record, the sentence names it."""
    aliases = "{name: Paper Lantern Cluster, at: [A-1]}, {name: PaperCluster, at: [A-1 activity]}"
    finding = sole("name-varies", organisations=ACME.format(name="Paper Lantern Cluster", aliases=aliases))
    assert finding.message.endswith("'PaperCluster' (A-1 activity), both in A-1")


def test_a_long_list_of_variants_is_cut():
    """Six variants and more do not fill the screen."""
    aliases = ", ".join(f"{{name: Paper X{letter} Lantern Cluster}}" for letter in "abcdefg")
    finding = sole("name-varies", organisations=ACME.format(name="Paper Lantern Cluster", aliases=aliases))
    assert finding.message.endswith("and 2 more")


@pytest.mark.parametrize("aliases", ["", "{name: PLC}", "{name: Paper Lantern}", "{name: Light for All}"])
def test_a_fair_short_form_needs_no_finding(aliases: str):
    """Initials, the first words, or a name of another language: people chose them on purpose."""
    heard = findings_of(portfolio_of(organisations=ACME.format(name="Paper Lantern Cluster", aliases=aliases)))
    assert [each.code for each in heard if each.code.startswith("name")] == []


def test_whom_a_step_meets_is_compared_with_the_name():
    """A name that no alias declares is heard where a step meets somebody; a description of people is not."""
    step = "- {{id: C-1, organisation: acme, responsible: [ABC], steps: [{{what: call, meets: {meets}}}]}}\n"
    finding = sole("name-misspelt", contacts=step.format(meets="Invented Foundrey"))
    assert finding.message == "'Invented Foundry' is also spelt 'Invented Foundrey' (C-1)"
    assert str(finding.location) == "records/contacts.yaml:1:74"
    assert found("name-misspelt", contacts=step.format(meets="chief engineers and their guests")) == []


def test_a_name_with_and_without_its_accents_is_heard():
    """One record that writes its own region in two ways is printed in two ways."""
    text = "- {id: acme, name: Bells of Nové, region: Nove}\n" + ACME.partition("\n")[2].replace("{{", "{").replace(
        "}}", "}"
    )
    finding = sole("name-writing-varies", organisations=text)
    assert finding.message == "Bells of Nové is written 'Nové' (name) and 'Nove' (region)"


def test_a_partner_is_compared_with_its_short_forms():
    """A name with the short form in it and a word more is neither the name nor the short form."""
    partners = PARTNERS.replace("country: DE", "country: DE, aliases: [{name: Cluster ABC}, {name: FIC}]")
    finding = sole("name-varies", partners=partners)
    assert (finding.ids, finding.message) == (("ABC",), "'ABC' is also called 'Cluster ABC'")


SCOPE = (
    "- {{id: acme, name: Bells of Oz, region: Oz, country: AU,"
    " aliases: [{{name: Bells of Oz, at: [{wide}]}}, {{name: Bells, at: [{narrow}]}}]}}\n"
    "- {{id: bolt, name: Screws}}\n- {{id: cog, name: Wheels}}\n"
)


def test_a_body_and_its_branch_are_told_apart():
    """The name with the region in one record and without it in another: who signs, and who is met?"""
    event = "- {id: E-1, kind: meeting, responsible: [ABC], organisations: [acme]}\n"
    finding = sole("name-scope-varies", organisations=SCOPE.format(wide="A-1", narrow="E-1"), events=event)
    assert finding.message == (
        "Bells of Oz is 'Bells of Oz' (A-1) in one place and 'Bells' (E-1) in another: one body, or a body and its "
        "branch"
    )
    assert finding.ids == ("acme", "A-1", "E-1")
    for wide, narrow in (("A-1", "A-1"), ("page 3", "E-1")):
        text = SCOPE.format(wide=wide, narrow=narrow)
        assert found("name-scope-varies", organisations=text, events=event) == []


MERGED = "- {{id: acme, name: {name}, aliases: [{{name: Glass Bells}}]}}\n- {{id: bolt, name: Iron Screws}}\n{more}"
COG = "- {id: cog, name: Wheels}\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Glass Bells and Iron Screws", "it holds 'Glass Bells', 'Iron Screws' (organisation bolt)"),
        ("Bells Ho (Iron Screws Glass Bells",
         "it holds 'Iron Screws' (organisation bolt), 'Glass Bells', and opens a bracket that nothing closes"),
    ],
)  # fmt: skip
def test_a_name_with_several_names_in_it_is_heard(name: str, said: str):
    """What holds two known names side by side cannot be the name of one body."""
    finding = sole("name-merged", organisations=MERGED.format(name=name, more=COG))
    assert finding.message == f"the name of organisation acme cannot be one name: {said}"
    assert finding.ids == ("acme", "bolt")
    assert found("name-cut", organisations=MERGED.format(name=name, more=COG)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [("Bells of Oz n", "ends in a stray letter 'n'"), ("Bells (of Oz", "opens a bracket that nothing closes")],
)
def test_a_name_that_was_cut_is_heard(name: str, said: str):
    """A letter or a bracket left over at the end shows that a cell was cut."""
    finding = sole("name-cut", organisations=ACME.format(name=name, aliases=""))
    assert finding.message == f"the name '{name}' of acme {said}"
    assert found("name-cut", organisations=ACME.format(name="Plan B (Bells)", aliases="")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Invented Foundry", "Invented Foundary"),
        ("Paper Lantern Cluster", "Paper Lantern Network"),
        ("Lantern Paper Union", "Paper Lantern Alliance"),
        ("Bells of Nové", "Bells of Nove"),
        ("Invented GlassWorks North", "Something with GlassWorks"),
        ("Lamp-ER North", "Society Lamp-ER of Bells"),
    ],
)
def test_names_that_are_easily_confused_are_heard(one: str, other: str):
    """One letter, another word for the same kind of body, another order, or the same brand."""
    text = f"- {{id: acme, name: {one}}}\n- {{id: bolt, name: {other}}}\n" + COG
    finding = sole("names-alike", organisations=text)
    assert finding.ids == ("acme", "bolt")
    assert f"'{one}' (organisation acme), '{other}' (organisation bolt)" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Invented Unit 11", "Invented Unit 12"),
        ("Imaginary Springs gGmbH", "Fictitious Moulds gGmbH"),
        ("Rail Cluster Oz", "Bell Cluster Oz"),
        ("EU-Oz Centre", "EU-Oz Bells Alliance"),
        ("Lamp", "Lump"),
        (" ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuv"), "Word"),
    ],
)
def test_names_that_differ_are_left_alone(one: str, other: str):
    """Numbers, legal forms, kinds of body and short words make no two names alike."""
    text = f"- {{id: acme, name: {one}}}\n- {{id: bolt, name: {other}}}\n" + COG
    assert found("names-alike", organisations=text) == []


def test_the_same_name_twice_is_not_said_twice():
    """Two parties with one name are the finding name-shared, and no other."""
    text = ORGANISATIONS.replace("Invented Wheels", "Invented Foundry")
    assert [each.code for each in findings_of(portfolio_of(organisations=text)) if "cog" in each.ids][:1] == [
        "name-shared"
    ]
    assert found("names-alike", organisations=text) == []


@pytest.mark.parametrize("name", ["a" * 200_000, "Ab" * 100_000, "bell " * 40_000, "(" * 200_000, "x (IAM " * 30_000])
def test_a_name_without_end_takes_no_time(name: str):
    """A text that is no name is compared with nothing, and no rule grows with the square of it."""
    text = f"- {{id: acme, name: '{name}', aliases: [{{name: '{name}b'}}]}}\n- {{id: bolt, name: Screws}}\n" + COG
    contacts = f"- {{id: C-1, organisation: acme, responsible: [ABC], steps: [{{what: x, meets: '{name}c'}}]}}\n"
    portfolio = portfolio_of(organisations=text, contacts=contacts, project=AGENCIES)
    begun = process_time()
    findings_of(portfolio)
    assert process_time() - begun < 3


NUMBERED = ORGANISATIONS.replace("Invented Wheels", "Invented Wheels, grant_number: 'NUMBER'")


@pytest.mark.parametrize(
    ("number", "slip"),
    [("000142", "differs in one digit"), ("000024", "has two digits in another order"), ("000042", ""), ("42", "")],
)
def test_a_grant_number_that_is_nearly_the_own_one_is_heard(number: str, slip: str):
    """One digit, or two in another order: on paper nobody sees which project is meant."""
    heard = found("grant-number-near", organisations=NUMBERED.replace("NUMBER", number))
    assert [each.message for each in heard] == (
        [f"cog has the number {number}, which {slip} from the project's own grant number 000042"] if slip else []
    )


def test_a_number_in_a_text_is_compared_too():
    """The own number, mistyped in a sentence, is told once for each record; a short number has too few digits."""
    text = "- {id: s, place: page 1, what: grant 000043, text: again 000043}\n"
    assert sole("grant-number-near", statements=text).ids == ("s",)
    assert found("grant-number-near", statements=text, project=PROJECT.replace("000042", "0042")) == []


AGENCIES = (
    PROJECT
    + "agencies:\n"
    + "  - {text: Imaginary Agency for Moons, short: IAM, valid_until: 2030-06-30}\n"
    + "  - {text: Fictitious Agency for Moons and Stars, short: FAMS, valid_from: 2030-07-01}\n"
)
OFFICIAL = "'Fictitious Agency for Moons and Stars' (FAMS)"
DATED = "id: D1\nkind: plan\ntitle: x\ntemplate: plan\ncover: {{{when}}}\nsections: [{{heading: h, narrative: a.md}}]\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Fictitious Agency for Stars (FAMS)", "Fictitious Agency for Stars (FAMS)"),
        ("Paid by the Fictitious Agency for Moons and Stars (FAMS)", ""),
        ("Our friends in the capital (FAMS)", ""),
        ("(FAMS)", ""),
    ],
)
def test_an_agency_has_its_official_name(text: str, wrong: str):
    """What stands before its short form in brackets is the name of the dated list; other sentences are left alone."""
    statements = f"- {{id: s, place: page 1, what: agency, text: '{text}'}}\n"
    project = AGENCIES + f"printed: {{agencies: '{text}'}}\n"
    heard = found("agency-name-differs", project=project, statements=statements)
    assert [(each.message, each.ids) for each in heard] == (
        [(f"the agency is printed '{wrong}', and its official name since 2030-07-01 is {OFFICIAL}", ("s",))]
        if wrong
        else []
    )


def test_abbreviations_of_a_deliverable_name_the_agency_rightly():
    """A list of abbreviations is copied into every later deliverable."""
    deliverable = DATED.partition("sections")[0].format(when="") + "abbreviations: {IAM: Imaginary Agency of Moon}\n"
    finding = sole("agency-name-differs", project=AGENCIES, deliverables__D1=deliverable)
    assert (finding.ids, str(finding.location)) == (("D1",), "records/deliverables/D1.yaml:6:17")
    assert found("agency-name-differs", project=PROJECT + "agencies: [{text: Moons}]\n") == []


@pytest.mark.parametrize(
    ("when", "text", "said"),
    [
        ("submitted_on: 2030-08-01", "Paid by IAM.", "until 2030-06-30; on that day it is 'Fictitious Agency for"),
        ("due_month: 1", "Paid by FAMS.", "from 2030-07-01; on that day it is 'Imaginary Agency for Moons'"),
        ("submitted_on: 2030-06-01", "Paid by IAM.", ""),
        ("submitted_on: 2030-08-01", "Paid by IAMBUS.", ""),
        ("version: '1'", "Paid by IAM.", ""),
        ("due_month: 1", "", ""),
    ],
)
def test_an_agency_is_the_one_of_the_day(when: str, text: str, said: str):
    """A deliverable that names the agency of another day sends its reader to an office that does not exist."""
    files = {"deliverables__D1": DATED.format(when=when), "project": AGENCIES}
    heard = [each for each in _with_narrative(text, files) if each.code == "agency-out-of-date"]
    assert [said in each.message for each in heard] == ([True] if said else [])


def _with_narrative(text: str, files: dict[str, str]) -> tuple[Finding, ...]:
    reading = read_portfolio(project_files(**files) | {"records/deliverables/D1/a.md": text.encode()})
    assert reading.portfolio is not None, reading.problems
    return findings_of(reading.portfolio)


MISSIONS = "- {id: oz, name: Oz (invented), aliases: [Oz], market: Oz}\n- {id: far, name: Far, market: Far}\n"
MARKETS = PROJECT + "markets: [Oz, Far]\n"
ROWS = (
    "months: [{{month: 3, activities: [{{id: M3-1, what: Calls for {one}, done_by: events, mission: oz}},"
    " {{id: M3-2, what: Papers for {two}, done_by: agreements, mission: oz}}]}}]\n"
)


def test_a_mission_goes_by_one_name():
    """Two names of one mission in one timeline look like two missions."""
    agreements = AGREEMENTS.replace("[acme]}", "[acme], mission: oz, printed: {mission: journey 1}}")
    texts = {"missions": MISSIONS, "project": MARKETS, "agreements": agreements}
    finding = sole("mission-name-varies", timeline=ROWS.format(one="Oz (invented)", two="Oz"), **texts)
    assert finding.message == ("mission oz goes by 3 names: 'Oz (invented)' in M3-1; 'Oz' in M3-2; 'journey 1' in A-1")
    plain = texts | {"agreements": AGREEMENTS.replace("[acme]}", "[acme], mission: oz}")}
    assert found("mission-name-varies", timeline=ROWS.format(one="Oz", two="Oz"), **plain) == []


def test_missions_that_are_inferences_are_listed_once():
    """Whoever reads a mission that nobody stated is told so, in one line."""
    agreements = AGREEMENTS.replace("[acme]}", "[acme], mission: oz, mission_inferred: true}")
    finding = sole("mission-inferred", missions=MISSIONS, agreements=agreements)
    assert finding.message == "the mission of 1 record is an inference, stated nowhere: A-1 (oz)"
    assert found("mission-inferred", missions=MISSIONS, agreements=agreements.replace("true", "false")) == []


@pytest.mark.parametrize(
    ("markets", "expected"),
    [
        ("[Oz, Far]", []),
        ("[Oz]", [("mission-without-market", ("far",))]),
        ("[Oz, Far, Nowhere]", [("market-without-mission", ())]),
        ("[]", []),
    ],
)
def test_missions_and_markets_answer_each_other(markets: str, expected: list[tuple[str, tuple[str, ...]]]):
    """Each mission opens a market, each market has a mission; a project that names no markets is not asked."""
    heard = findings_of(portfolio_of(missions=MISSIONS, project=PROJECT + f"markets: {markets}\n"))
    assert [(each.code, each.ids) for each in heard if "market" in each.code] == expected


def test_a_mission_without_a_market_says_so():
    """A mission that names no market is not confused with one that names a wrong one."""
    finding = sole("mission-without-market", missions="- {id: oz, name: Oz}\n", project=PROJECT + "markets: [Far]\n")
    assert "mission oz (Oz) names no market, and the markets of the project are Far" in finding.message


def test_a_mission_has_somebody_to_meet():
    """A named agreement will do; an event with an organisation only where the timeline wants no agreement."""
    timeline = ROWS.format(one="Oz", two="Oz")
    events = "- {id: E-1, kind: call, responsible: [ABC], organisations: [acme], mission: oz}\n"
    signed = AGREEMENTS.replace("[acme]}", "[acme], mission: oz}")
    assert [each.ids for each in found("mission-without-counterpart", missions=MISSIONS)] == [("oz",), ("far",)]
    finding = found("mission-without-counterpart", missions=MISSIONS, timeline=timeline, events=events)[0]
    assert finding.message == "mission oz (Oz (invented)) has no named agreement, and 1 event only (E-1)"
    assert str(finding.other_location) == "records/timeline.yaml:1:96"
    alone = MISSIONS.partition("\n")[0]
    assert found("mission-without-counterpart", missions=alone, events=events) == []
    assert found("mission-without-counterpart", missions=alone, agreements=signed, timeline=timeline) == []


@pytest.fixture(scope="module")
def shipped() -> dict[str, list[tuple[str, ...]]]:
    """Return the ids of the findings on ELCA's records, by code."""
    paths = sorted(each for each in (ROOT / "records").rglob("*") if each.is_file())
    reading = read_portfolio({each.relative_to(ROOT).as_posix(): each.read_bytes() for each in paths})
    assert reading.portfolio is not None
    heard: dict[str, list[tuple[str, ...]]] = {}
    for finding in findings_of(reading.portfolio):
        heard.setdefault(finding.code, []).append(finding.ids)
    return heard


@pytest.mark.parametrize(
    ("fault", "code", "ids"),
    [
        ("C04", "name-scope-varies", [("composites-united", "T1-01", "T2-01", "T4-06")]),
        ("C05", "name-misspelt", [("sensa",)]),
        ("C06", "name-varies",
         [(each,) for each in ("c3", "rail-saxony", "wfs", "rightweight", "detroit", "elbe-plus", "MAV")]),
        ("C06", "name-writing-varies", [("art-er",), ("claut",), ("e-lass",)]),
        ("C07", "name-merged", [("india-merged-cell",)]),
        ("C08", "names-alike", [("clust-er-green-tech", "MECH")]),
        ("C09", "agency-name-differs", [("agency-name",)]),
        ("C10", "grant-number-near", [("elbe-plus",)]),
        ("C11", "mission-name-varies", [("latin-america",), ("michigan",), ("ohio",)]),
        ("C12", "mission-without-market", [("dubai",)]),
        ("C12", "mission-without-counterpart", [("dubai",), ("japan",)]),
    ],
)  # fmt: skip
def test_the_names_of_d31_are_heard(shipped, fault: str, code: str, ids: list[tuple[str, ...]]):
    """Each fault that a reader found by hand is found unaided, and no other of its kind."""
    assert (fault, shipped[code]) == (fault, ids)
