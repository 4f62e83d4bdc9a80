"""Whom to ask for what: each missing field once, the most useful first."""

from dataclasses import replace

from agreement_specimens import AS_OF, BARE, BARE_AGREEMENT, BARE_BUSINESS, FULL, RICH
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.context import context_of, missing_fields
from elca_docs.model.parties import LegalData
from elca_docs.model.values import Identifier


def contexts(portfolio, agreements, language=None):
    return {
        str(each.id): context_of(portfolio, each, reference=each.id, version=1, as_of=AS_OF, language=language)
        for each in agreements
    }


def test_fields_are_ranked_by_the_agreements_that_wait():
    """A field that two agreements wait for stands before one of a single agreement; then by label."""
    rows = missing_fields(BARE, contexts(BARE, (BARE_AGREEMENT, BARE_BUSINESS)))["NORTH"]
    assert [(each.missing.label, each.agreements) for each in rows][:7] == [
        ("function of the signatory of East Network", ("CO-1", "BU-1")),
        ("legal form of East Network", ("CO-1", "BU-1")),
        ("legal name of East Network", ("CO-1", "BU-1")),
        ("registered address of East Network", ("CO-1", "BU-1")),
        ("registration number of East Network", ("CO-1", "BU-1")),
        ("signatory of East Network", ("CO-1", "BU-1")),
        ("function of the signatory of NORTH", ("CO-1",)),
    ]
    assert len(rows) == 18


def test_nothing_missing_asks_nobody():
    """Who owes nothing is left out."""
    assert missing_fields(FULL, contexts(FULL, FULL.agreements)) == {}


def test_one_field_is_one_row_in_whatever_languages_it_is_missed():
    """An English and a Spanish document wait for the same address on one row."""
    english = contexts(BARE, (BARE_AGREEMENT,))
    spanish = contexts(BARE, (replace(BARE_AGREEMENT, id=Identifier("CO-2")),), language="es")
    rows = missing_fields(BARE, english | spanish)["NORTH"]
    assert {each.agreements for each in rows} == {("CO-1", "CO-2")}
    assert len(rows) == 12


def test_partners_stand_in_the_order_of_the_records():
    """Each partner has its own rows, in the order of partners.yaml."""
    bare = replace(FULL, partners=tuple(replace(each, legal=LegalData()) for each in FULL.partners))
    both = replace(RICH, responsible=(Identifier("SOUTH"), Identifier("NORTH")))
    assert {owner: len(rows) for owner, rows in missing_fields(bare, contexts(bare, (both,))).items()} == {
        "NORTH": 4,
        "SOUTH": 4,
    }
    assert list(missing_fields(bare, contexts(bare, (both,)))) == ["NORTH", "SOUTH"]


@settings(max_examples=25, deadline=None)
@given(st.permutations((BARE_AGREEMENT, BARE_BUSINESS, replace(BARE_AGREEMENT, id=Identifier("CO-9")))))
def test_no_missing_field_is_lost_or_doubled(agreements):
    """However agreements are ordered, the rows cover exactly what each one misses, and each row is another field."""
    made = contexts(BARE, agreements)
    rows = [row for each in missing_fields(BARE, made).values() for row in each]
    waiting = sorted((agreement, row.missing.label) for row in rows for agreement in row.agreements)
    assert waiting == sorted((agreement, each.label) for agreement, one in made.items() for each in one.missing)
    assert len({row.missing.label for row in rows}) == len(rows)
