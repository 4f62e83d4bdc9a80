"""What is odd on paper: titles, numbered objectives, spellings, empty cells, covers, and who is too near to sign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project_texts import AGREEMENTS, ORGANISATIONS, PARTNERS, PROJECT, found, portfolio_of, project_files, sole

from elca_docs.model.findings import Finding
from elca_docs.records import CODES, THEME_OF, THEMES, findings_of, read_portfolio

ROOT = Path(__file__).parents[2]
RULES = ROOT / "elca_docs" / "records" / "findings"
PLAN = "id: D1\nkind: plan\ntitle: Plan of the moons\ntemplate: plan\nsections:\n"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("{heading: x, tables: [{of: contacts, caption: Moon calls, first_column: Moon calls (of our own)}]}",
         "the caption 'Moon calls' and the first column 'Moon calls (of our own)'"),
        ("{heading: Calls and moons, tables: [{of: contacts, caption: Calls for other moons}]}",
         "the heading 'Calls and moons' and the caption 'Calls for other moons'"),
        ("{heading: Plan of the Moons}", "the title 'Plan of the moons' and a heading 'Plan of the Moons'"),
        ("{heading: Calls, tables: [{of: contacts, caption: Calls to moons, first_column: Networks}]}", ""),
        ("{heading: Moons, tables: [{of: contacts, caption: Workshops, first_column: Workshop}, {of: duties}]}", ""),
    ],
)  # fmt: skip
def test_a_table_has_one_title(section: str, said: str):
    """A title that varies in the middle, or in its first column, makes a reader look for a second table."""
    heard = found("titles-differ", deliverables__D1=f"{PLAN}  - {section}\n")
    assert [each.message for each in heard] == ([f"D1 gives the same thing two titles: {said}"] if said else [])


NUMBERS = (
    "- {{id: one, place: page 1, what: SO.1, text: {first}}}\n"
    '- {{id: two, place: {place}, what: "SO 1: {second}", text: more}}\n'
)


@pytest.mark.parametrize(
    ("first", "second", "place", "heard"),
    [
        ("charts of moons", "quiet harbours, at least", "page 2", True),
        ("charts of moons", "charting the moon", "page 2", False),
        ("charts of moons", "quiet harbours, at least", "page 1", False),
    ],
)
def test_a_number_means_one_objective(first: str, second: str, place: str, *, heard: bool):
    """Two documents that number objectives differently make every reference to them wrong."""
    findings = found("number-reused", statements=NUMBERS.format(first=first, second=second, place=place))
    assert [each.message for each in findings] == (
        [f"SO.1 is '{first}' (page 1) and '{second}' (page 2)"] if heard else []
    )


def test_a_phrase_is_written_in_one_way():
    """A brand with a comma here and none there is two brands."""
    statements = "- {id: brand, place: page 1, what: brand, text: Light of the moon}\n"
    events = "- {id: E-1, kind: call, responsible: [ABC], steps: [{what: 'A word on \"Light, of the moon\"'}]}\n"
    finding = sole("phrase-varies", statements=statements, events=events)
    assert finding.message == (
        "the same words are written 'Light of the moon' in brand and 'Light, of the moon' in E-1"
    )
    assert found("phrase-varies", statements=statements, events=events.replace("Light,", "Light")) == []


def test_a_word_has_one_spelling():
    """British and American, or an s large and small, are told in one line, with where they stand."""
    text = "- {id: s, place: p, what: OUs organised}\n- {id: t, place: p, what: OUS organized by organisations}\n"
    finding = sole("spelling-mixed", statements=text)
    assert finding.message == "the records write 'organised' (s) and 'organized' (t), 'OUs' (s) and 'OUS' (t)"
    assert found("spelling-mixed", statements=text.replace("OUS organized", "OUs organised")) == []
    assert found("spelling-mixed", statements=text, project=PROJECT + "language: de\n") == []


K = "- {{id: {id}, title: a, description: {said}, target: 2, rule: {{counts: agreements}}}}\n"


@pytest.mark.parametrize(("said", "expected"), [("'much'", ["K2"]), ("' '", [])])
def test_an_indicator_is_described_where_others_are(said: str, expected: list[str]):
    """An empty cell is one in a column that others fill."""
    heard = found("description-empty", indicators=K.format(id="K1", said=said) + K.format(id="K2", said=""))
    assert [each.ids[0] for each in heard] == expected
    assert [each.message for each in heard] == [
        "'description' is empty in K2, and filled in 1 of 2 indicators" for _ in expected
    ]


def test_a_counterpart_is_described_in_its_record_or_in_the_row():
    """What the table prints is what counts, and nobody asks for a description of an organisation no table names."""
    organisations = "- {id: acme, name: Foundry, description: Casts.}\n" + ORGANISATIONS.partition("\n")[2]
    organisations += "- {id: dab, name: Dabs}\n"
    assert [each.ids for each in found("description-empty", organisations=organisations)] == [("bolt", "cog")]
    events = "- {id: E-1, kind: call, responsible: [ABC], organisations: [bolt, cog], description: Turns.}\n"
    assert found("description-empty", organisations=organisations, events=events) == []


def test_a_row_without_steps_is_heard_among_others():
    """One agreement of a class, or one contact, without a step is a hole; where none has any, there is no column."""
    step = ", steps: [{what: call}]}"
    agreements = AGREEMENTS + "- {id: A-3, class: MU, responsible: [XYZ], counterparts: [cog]" + step + "\n"
    finding = sole("steps-empty", agreements=agreements)
    assert finding.message == "'steps' is empty in A-1, and filled in 1 of 2 agreements of the class MU"
    contacts = "- {id: C-1, organisation: acme, responsible: [ABC]" + step + "\n"
    contacts += "- {id: C-2, organisation: bolt, responsible: [ABC], steps: [{date: 2030-02}]}\n"
    assert [each.ids for each in found("steps-empty", contacts=contacts)] == [("C-2",)]


def test_an_event_without_expectations_is_heard_among_others():
    """A slot expects nothing yet; a named event of the same kind does."""
    events = (
        "- {id: E-1, kind: call, responsible: [ABC], expectations: [news]}\n"
        "- {id: E-2, kind: call, responsible: [ABC]}\n"
        "- {id: E-3, kind: call, responsible: [ABC], slots: 2}\n"
        "- {id: E-4, kind: walk, responsible: [ABC]}\n"
    )
    assert [each.ids for each in found("expectations-empty", events=events)] == [("E-2",)]


COVER = (
    "cover: {deliverable_type: R, dissemination: PU, lead: ABC, due_month: 3, submitted_on: 2030-03-04, version: '1',"
    " author: First}\nversions: [{number: '1'}]\n"
)
FUNDED = PROJECT + "funding_statements: [{text: paid}]\n"


def test_a_cover_states_what_the_programme_asks_for():
    """Every gap is named, in the order of the cover; the funding line belongs to it."""
    deliverable = PLAN.replace("sections:\n", "")
    finding = sole("cover-incomplete", deliverables__D1=deliverable)
    assert finding.message == (
        "the cover of D1 does not state its type, dissemination level, lead beneficiary, due month, day of submission, "
        "version, author, version history and funding statement"
    )
    assert found("cover-incomplete", deliverables__D1=deliverable + COVER, project=FUNDED) == []
    partly = deliverable + COVER.replace("due_month: 3, ", "")
    assert sole("cover-incomplete", deliverables__D1=partly, project=FUNDED).message.endswith("state its due month")


def test_a_bracket_is_closed():
    """Something is missing where a bracket stays open; one that closes in the next line of a paragraph is in order."""
    statements = "- {id: s, place: p, what: calls (two, text: calls (two}\n"
    assert sole("bracket-open", statements=statements).message == (
        "s opens a bracket that nothing closes: 'calls (two'"
    )
    files = project_files(deliverables__D1=PLAN + "  - {heading: h, narrative: a.md}\n")
    files["records/deliverables/D1/a.md"] = b"One (and\nonly) line.\n\nAnother (one\n\n) end.\n"
    reading = read_portfolio(files)
    assert reading.portfolio is not None
    heard = [each for each in findings_of(reading.portfolio) if each.code == "bracket-open"]
    assert [str(each.location) for each in heard] == ["records/deliverables/D1/a.md:4"]


RELATED = ORGANISATIONS.replace("Foundry}", "Foundry, related_to: [NEAR], related_because: It was founded there.}")


def test_a_counterpart_of_the_own_house_is_heard():
    """The partner that is related, and only that one, should not be the one that signs; a meeting weighs less."""
    finding = sole("related-party", organisations=RELATED.replace("NEAR", "ABC"))
    assert finding.message == (
        "Invented Foundry is related to ABC, the partner responsible for A-1: It was founded there"
    )
    assert (finding.severity, finding.ids) == ("error", ("acme", "A-1"))
    assert found("related-party", organisations=RELATED.replace("NEAR", "XYZ")) == []
    events = "- {id: E-1, kind: call, responsible: [XYZ], organisations: [acme]}\n"
    met = sole("related-party", organisations=RELATED.replace("NEAR", "XYZ"), events=events)
    assert (met.severity, met.ids) == ("warning", ("acme", "E-1"))


MEMBERS = (
    "- {{id: acme, name: Foundry, member_of: [{network}]}}\n"
    "- {{id: bolt, name: Screws, member_of: [{network}, Other]}}\n"
    "- {{id: cog, name: Wheels, member_of: [{network}]}}\n"
)


@pytest.mark.parametrize(
    ("network", "code", "message"),
    [
        ("Moon (a circle)", "member-of-namesake",
         "3 organisations (acme, bolt, cog) belong to 'Moon (a circle)', which bears the name of the project itself"),
        ("Circle of Bells", "network-shared",
         "3 counterparts of agreements (acme, bolt, cog) belong to one network, 'Circle of Bells'"),
    ],
)  # fmt: skip
def test_members_of_one_network_are_heard(network: str, code: str, message: str):
    """The project's own name weighs more than a network that counterparts happen to share."""
    heard = [
        each
        for each in findings_of(portfolio_of(organisations=MEMBERS.format(network=network)))
        if each.code in {"member-of-namesake", "network-shared"}
    ]
    assert [(each.code, each.message) for each in heard] == [(code, message)]


def test_one_signing_member_shares_no_network():
    """Members that sign nothing are no concern of an agreement."""
    agreements = "- {id: A-1, class: MU, responsible: [ABC], counterparts: [acme]}\n"
    assert found("network-shared", organisations=MEMBERS.format(network="Circle"), agreements=agreements) == []


def _meeting(kind: str, *, title: str = "a", country: str = "country: DE", by: str = "ABC") -> list[Finding]:
    return found(
        "not-international",
        events=f"- {{id: E-1, kind: {kind}, responsible: [{by}], organisations: [cog]}}\n"
        f"- {{id: E-2, kind: {kind}, responsible: [ABC]}}\n",
        organisations=ORGANISATIONS.replace("Wheels", f"Wheels, {country}"),
        indicators=f"- {{id: K1, title: {title}, target: 1, rule: {{counts: events, kinds: [{kind}]}}}}\n",
        partners=PARTNERS,
    )


def test_an_international_event_crosses_a_border():
    """The kind or the indicator says that it is international; two countries, or one unknown, are enough."""
    (finding,) = _meeting("international-call")
    assert finding.message == (
        "event E-1 is of the kind 'international-call', and everybody named for it comes from DE: ABC and cog"
    )
    assert [each.ids for each in _meeting("call", title="Llamadas internacionales")] == [("E-1", "cog")]
    assert _meeting("call") == []
    assert _meeting("international-call", country="country: AT") == []
    assert _meeting("international-call", country="kind: network") == []
    assert _meeting("international-call", by="ABC, XYZ") == []


def test_every_code_has_a_theme_and_a_meaning():
    """The catalogue and the rules know the same codes; no code stands in it twice."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.py")))
    assert set(re.findall(r'code="([a-z0-9-]+)"', text)) == set(CODES)
    assert sum(len(theme.codes) for theme in THEMES) == len(CODES) == len(THEME_OF)
    assert [code for code, said in CODES.items() if not said.endswith(".")] == []


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
        ("C13", "number-reused", [("d31-obj-4", "about-obj-4"), ("d31-obj-3", "about-obj-3")]),
        ("C14", "phrase-varies", [("about-brand", "T1-15")]),
        ("C14", "spelling-mixed", [("KPI 1", "KPI 3", "KPI 2")]),
        ("D01-D03", "related-party",
         [("sensa", "T1-02", "T2-02"), ("rightweight", "T1-12", "T2-09"), ("percy", "T4-05")]),
        ("D05", "member-of-namesake", [("a2lt", "msak", "lighter")]),
        ("D06", "not-international", [("T4-06", "composites-united")]),
        ("E02, E05", "description-empty", [("KPI 3", "KPI 4", "KPI 7", "KPI 8"), ("eu-japan-centre",)]),
        ("E03", "titles-differ", [("D3.1",)]),
        ("E05", "expectations-empty", [("T4-03",)]),
        ("E05", "steps-empty", [("T3-03",)]),
        ("E06", "cover-incomplete", [("D3.1",), ("D3.2",), ("D3.3",), ("SR1",)]),
    ],
)  # fmt: skip
def test_the_wording_and_the_gaps_of_d31_are_heard(shipped, fault: str, code: str, ids: list[tuple[str, ...]]):
    """Each fault that a reader found by hand is found unaided, and no other of its kind."""
    assert (fault, shipped[code]) == (fault, ids)
