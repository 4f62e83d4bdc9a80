"""The two made-up projects: the demo is complete and in order, the other one is awkward and readable."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from elca_docs.context import context_of
from elca_docs.model.deliverables import ChartName, TableName
from elca_docs.model.portfolio import Portfolio
from elca_docs.records import findings_of, read_portfolio

ROOT = Path(__file__).parents[2]
DEMO, OTHER = ROOT / "examples" / "demo", ROOT / "tests" / "data" / "other"
SAID = ("specimen", "fictitious", "imaginary", "invented", "espécimen", "ficticia", "made-up")
INVENTED = (*SAID, "ficticio", "inventat", "fictif", "erfunden", "okaz", "neexistuj", "prueba", "inexistente")


def portfolio_of(folder: Path) -> Portfolio:
    """Return the records of a project folder, which are read without any problem."""
    paths = sorted(each for each in (folder / "records").rglob("*") if each.is_file())
    reading = read_portfolio({each.relative_to(folder).as_posix(): each.read_bytes() for each in paths})
    assert reading.problems == ()
    assert reading.portfolio is not None
    return reading.portfolio


@pytest.fixture(scope="module")
def demo() -> Portfolio:
    return portfolio_of(DEMO)


@pytest.fixture(scope="module")
def other() -> Portfolio:
    return portfolio_of(OTHER)


def missing_of(portfolio: Portfolio) -> list[str]:
    """Return the labels of all mandatory fields without a value, of every agreement with a counterpart."""
    named = [each for each in portfolio.agreements if not each.is_slot]
    contexts = [context_of(portfolio, each, reference="X-1", version=1, as_of=portfolio.project.end) for each in named]
    return [missing.label for context in contexts for missing in context.missing]


def test_nobody_is_asked_for_anything_in_the_demo(demo):
    """Every party of every agreement has its six mandatory fields, so final documents can be made."""
    assert missing_of(demo) == []


def test_no_finding_of_the_demo_is_open(demo):
    """Its figures agree with one another; only its free places are found, and they are accepted with a reason."""
    findings = findings_of(demo)
    assert [finding.message for finding in findings if not finding.accepted] == []
    assert {finding.code for finding in findings} == {"target-unnamed"}


def test_the_demo_shows_every_kind_of_record(demo):
    """Whoever copies it finds an example of each thing."""
    named = [each for each in demo.agreements if not each.is_slot]
    assert {demo.class_by_id[each.class_].template for each in named} == {"cooperation", "business"}
    assert {len(demo.parties_of(each)) for each in named} == {2, 3}
    assert {each.language for each in named} == {None, "es"}
    assert any(each.is_slot for each in demo.agreements)
    assert any(each.is_slot for each in demo.events)
    assert [each.id for each in demo.agreements if each.fills] == ["CA-06"]
    assert demo.contacts
    assert demo.statements
    assert demo.timeline.duties
    assert len(demo.missions) == 2
    assert [each.id for each in demo.deliverables] == ["P1.1", "P1.2"]
    sections = [section for each in demo.deliverables for section in each.sections]
    assert {table.of for section in sections for table in section.tables} == set(get_args(TableName))
    assert {chart.of for section in sections for chart in section.charts} == set(get_args(ChartName))


def test_each_indicator_of_the_demo_can_be_reached(demo):
    """Its plan holds exactly what it promised, each kind of count once at least."""
    assert {each.rule.counts for each in demo.indicators} == {"agreements", "contacts", "events", "sectors"}
    assert all(each.rule.proof for each in demo.indicators)


@pytest.mark.parametrize("project", ["demo", "other"])
def test_every_name_says_that_it_is_made_up(project, request):
    """No partner or organisation could be taken for one that exists, and no address leads anywhere."""
    portfolio = request.getfixturevalue(project)
    for party in (*portfolio.partners, *portfolio.organisations):
        told = f"{party.name} {party.legal.name} {party.short_name if party in portfolio.organisations else ''}"
        assert any(word in told.casefold() for word in INVENTED) or "zmyślon" in told.casefold(), party.id
    for person in portfolio.people:
        assert not person.email or person.email.endswith(".example"), person.id


def test_every_person_of_the_demo_is_a_specimen(demo):
    """Nobody's name stands there."""
    assert all(person.name.startswith(("Specimen Person ", "Persona Espécimen ")) for person in demo.people)


def test_the_other_project_shares_no_word_with_the_demo(demo, other):
    """Other classes, masks, language, time zone and ids, so that nothing of one project can stand in the code."""
    assert {each.id for each in other.project.classes}.isdisjoint(each.id for each in demo.project.classes)
    assert other.project.reference_mask != demo.project.reference_mask
    assert other.project.register_mask != demo.project.register_mask
    assert (other.project.language, demo.project.language) == ("es", "en")
    assert set(other.partner_by_id).isdisjoint(demo.partner_by_id)
    assert set(other.indicator_by_id).isdisjoint(demo.indicator_by_id)


def test_the_other_project_lacks_what_a_real_one_lacks(other):
    """It has named agreements with missing data, so drafts with gaps are tested on it."""
    assert len(missing_of(other)) > 10


def test_the_other_project_has_hard_names(other):
    """Accents, apostrophes, quotes, tags, a formula and a very long name."""
    names = "".join(each.name for each in (*other.partners, *other.organisations))
    assert set("'&«»<>=/ÑŒößŁ") <= set(names)
    assert max(len(each.name) for each in other.organisations) > 200


@pytest.mark.parametrize("folder", [DEMO, OTHER], ids=["demo", "other"])
def test_neither_names_the_first_consortium(folder):
    """The acronym of the first project is a word of neither."""
    texts = [each.read_text("utf-8") for each in (folder / "records").rglob("*") if each.is_file()]
    assert texts
    assert not any("elca" in text.casefold().split() or "ELCA" in text for text in texts)
