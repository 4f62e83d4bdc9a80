"""Whose name a certificate bears: words without regard to order, capitals and accents, and never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from incoming_cases import DAY, PORTFOLIO, signature

from elca_docs.evidence.signers import expected, parties_named
from elca_docs.model.parties import Acronym, LegalData, Organisation, Partner, Person

NOBODY = replace(PORTFOLIO, people=())
PARTIES = tuple(PORTFOLIO.party(each) for each in ("ALFA", "fict"))


def named(signer: str, organisation: str = "", *, on: date | None = DAY, portfolio=PORTFOLIO, parties=PARTIES):
    """Return the parties that these names in a certificate fit best."""
    written = signature(signer=signer, organisation=organisation)
    return parties_named(written, on=on, parties=parties, portfolio=portfolio)


@pytest.mark.parametrize(
    ("signer", "organisation", "party"),
    [
        ("Erika Specimen", "", "ALFA"),
        ("SPECIMEN, Érika - 12345678Z", "", "ALFA"),
        ("Dr. Erika M. Specimen", "", "ALFA"),
        ("Max Pattern", "", "fict"),
        ("ALFA SPECIMEN CLUSTER e.V.", "", "ALFA"),
        ("Seal of Fictitious Networks International", "", "fict"),
    ],
)
def test_a_name_that_fits(signer, organisation, party):
    """By the signatory, or by the organisation in the signer's place, however it is spelled."""
    assert named(signer, organisation) == (party,)


@pytest.mark.parametrize(
    ("signer", "organisation"),
    [
        ("", ""),
        ("Somebody Else", "Elsewhere Ltd"),
        ("Somebody Else", "Alfa Specimen Cluster"),
        ("Somebody Else", "FICTITIOUS NETWORKS S.L."),
        ("Hans Unsigning", ""),
        ("Erika", ""),
        ("Specimen", ""),
        ("Erika Pattern", ""),
        ("Alfa", "Specimen"),
        ("Ltd", "Ltd"),
    ],
)
def test_a_name_that_fits_nobody(signer, organisation):
    """A person who does not sign, half a name, and two halves in two places are nobody's."""
    assert named(signer, organisation) == ()


@pytest.mark.parametrize(
    ("organisation", "party"),
    [("Alfa Specimen Cluster", "ALFA"), ("FICTITIOUS NETWORKS S.L.", "fict"), ("Reseaux Fictifs", "fict")],
)
def test_the_organisation_behind_a_name_counts_where_nobody_is_expected_by_name(organisation, party):
    """Without signatories in the records, or in a seal, the organisation says whose signature it is."""
    assert named("Somebody Else", organisation, portfolio=NOBODY) == (party,)
    sealed = replace(signature(signer=organisation, organisation=organisation), seal=True)
    assert parties_named(sealed, on=DAY, parties=PARTIES, portfolio=PORTFOLIO) == (party,)


@pytest.mark.parametrize(("day", "parties"), [(DAY, ("fict",)), (date(2021, 10, 6), ()), (None, ("fict",))])
def test_a_signatory_who_has_left(day, parties):
    """The last day in the function is the last on which the person signs for the party."""
    assert named("Max Pattern", on=day) == parties


@pytest.mark.parametrize(
    ("recorded", "written"),
    [("Jörg Müller", "JOERG MUELLER"), ("Joerg Mueller", "Jörg Müller"), ("Łukasz Żółć", "LUKASZ ZOLC")],
)
def test_letters_of_all_countries(recorded, written):
    """An umlaut is spelled out or left out; letters with a stroke are plain ones."""
    people = (Person(id="p", of="ALFA", name=recorded, signs=True),)
    assert named(written, portfolio=replace(PORTFOLIO, people=people)) == ("ALFA",)


def test_second_forenames_may_be_left_out_on_either_side():
    """Two words in common are enough where one name holds all of the other."""
    people = (Person(id="p", of="ALFA", name="Ana Maria Example Specimen", signs=True),)
    other = replace(PORTFOLIO, people=people)
    assert named("EXAMPLE SPECIMEN ANA", portfolio=other) == ("ALFA",)
    assert named("Ana Example Pattern", portfolio=other) == ()


def test_the_longer_name_wins_and_a_tie_names_both():
    """The party whose name says more is meant; of two that fit alike neither is chosen."""
    longer = Organisation(id="long", name="Alfa Specimen Cluster Services")
    twin = Organisation(id="twin", name="Cluster Alfa Specimen")
    alfa = PARTIES[0]
    assert named("Alfa Specimen Cluster Services Ltd", parties=(alfa, longer)) == ("long",)
    assert named("Alfa Specimen Cluster", parties=(alfa, longer)) == ("ALFA",)
    assert named("Alfa Specimen Cluster", parties=(alfa, twin)) == ("ALFA", "twin")


def test_a_single_word_must_be_the_whole_name():
    """A short form names its party alone, and nobody who merely bears that word."""
    short = Partner(id="NORD", name="Example Cluster North", acronyms=(Acronym(name="NORD"),))
    small = Organisation(id="tiny", name="Tiny Example", short_name="Tiny")
    parties = (short, small)
    assert named("", "Nord GmbH", parties=parties) == ("NORD",)
    assert named("", "Nord Stream", parties=parties) == ()
    assert named("Tiny", parties=parties) == ("tiny",)


def test_whoever_signs_on_its_behalf():
    """The names and the people of the organisation that signs for a party are the party's."""
    behalf = Organisation(id="proxy", name="Proxy Example Institute")
    ward = Organisation(id="ward", name="Ward Example Network", legal=LegalData(signs_through="proxy"))
    lost = Organisation(id="lost", name="Lost Example Network", legal=LegalData(signs_through="nobody"))
    people = (Person(id="p", of="proxy", name="Pia Proxy", signs=True),)
    portfolio = replace(PORTFOLIO, organisations=(behalf, ward, lost), people=people)
    for signer in ("Pia Proxy", "Proxy Example Institute", "Ward Example Network"):
        assert named(signer, portfolio=portfolio, parties=(ward, lost)) == ("ward",)
    assert expected(ward, portfolio) == ("Pia Proxy", "Ward Example Network")


def test_who_is_expected():
    """Signatories first, then the legal name; who does not sign is not named."""
    assert expected(PARTIES[0], PORTFOLIO) == ("Erika Specimen", "Alfa Specimen Cluster")
    assert expected(PARTIES[1], PORTFOLIO) == ("Max Pattern", "Fictitious Networks International Ltd")
