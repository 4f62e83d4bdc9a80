"""What single fields say, for agreements with two and three parties, between companies, and with nothing known."""

from dataclasses import replace
from datetime import date

import pytest
from agreement_specimens import (
    AS_OF,
    BARE,
    BARE_AGREEMENT,
    BARE_BUSINESS,
    BUSINESS,
    EAST,
    FULL,
    NORTH,
    RICH,
    THREE,
    WEST,
)

from elca_docs.context import context_of
from elca_docs.model.missing import Missing
from elca_docs.model.parties import Address, LegalData, Person
from elca_docs.model.plan import Terms
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import DatedText
from elca_docs.model.values import Country, Day, Identifier, Language


def context(portfolio=FULL, agreement=RICH, **more):
    return context_of(portfolio, agreement, **({"reference": "REF-1", "version": 2, "as_of": AS_OF} | more))


def values(portfolio=FULL, agreement=RICH, **more):
    return context(portfolio, agreement, **more).values


def test_document_fields_are_those_given():
    """Reference, version and draft mark are what the caller says."""
    draft, final = values(), values(draft=False)
    assert (draft["reference"], draft["version"], draft["is_draft"]) == ("REF-1", 2, True)
    assert (draft["status_label"], final["status_label"]) == ("DRAFT", "FOR SIGNATURE")
    assert final["is_draft"] is False


def test_language_is_asked_then_agreed_then_the_projects():
    """The language is the one asked for, else the agreement's, else the project's."""
    spanish = replace(RICH, language=Language("es"))
    assert values()["language"] == "en"
    assert values(agreement=spanish)["language"] == "es"
    assert values(agreement=spanish, language="de")["language"] == "de"


def test_spanish_document_speaks_spanish():
    """Title, mark, dates, countries, languages, joined names, funding texts follow the document's language."""
    found = values(language="es", agreement=replace(THREE, mission=Identifier("atlantis")))
    assert found["agreement"]["title"] == "Acuerdo de cooperación"
    assert found["agreement"]["expected"] == "25 de octubre de 2021"
    assert found["status_label"] == "BORRADOR"
    assert found["mission"]["deadline"] == "marzo de 2022"
    assert found["project"]["end"] == "31 de agosto de 2022"
    assert found["parties"][1]["country"] == "España"
    assert found["parties"][1]["vat"] == "no tiene"
    assert found["terms"]["prevailing_language"] == "inglés"
    assert found["partners"] == "North Cluster of Paper Aeroplanes y South Feather Cluster"
    assert found["project"]["funding_line"].startswith("Con el apoyo")
    assert "Agencia de Financiación de Muestra" in found["project"]["disclaimer"]


@pytest.mark.parametrize("language", ["de", "fr", "pl", "it", "ja", "xx", "zz", "en-GB", ""])
def test_any_language_gives_a_document(language):
    """A language without labels of its own has English ones; one unknown to CLDR has English dates as well."""
    found = values(BARE, BARE_AGREEMENT, language=language)
    assert found["parties"][1]["address"].label == "registered address of East Network"
    assert found["project"]["start"] == {
        "de": "1. September 2020",
        "fr": "1 septembre 2020",
        "pl": "1 września 2020",
        "it": "1 settembre 2020",
        "ja": "2020年9月1日",
    }.get(language, "1 September 2020")


def test_parties_stand_in_the_order_of_signing():
    """Responsible partners come first, then counterparts; numbers and letters follow."""
    parties = values(agreement=THREE)["parties"]
    assert [(each["number"], each["letter"], each["role"], each["short_name"]) for each in parties] == [
        (1, "A", "partner", "NORTH"),
        (2, "B", "partner", "SOUTH"),
        (3, "C", "counterpart", "East Kites"),
    ]


def test_letters_go_on_after_z():
    """The 27th party is AA, the 52nd AZ, the 53rd BA."""
    many = tuple(replace(EAST, id=Identifier(f"o{number}")) for number in range(60))
    portfolio = replace(FULL, organisations=many)
    parties = values(portfolio, replace(RICH, commitments=(), counterparts=tuple(each.id for each in many)))["parties"]
    assert [parties[place]["letter"] for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_shortcuts_are_the_first_of_each_side():
    """partner and counterpart are the very entries of parties; names are joined as in a sentence."""
    found = values(agreement=THREE)
    assert found["partner"] is found["parties"][0]
    assert found["counterpart"] is found["parties"][2]
    assert found["partners"] == "North Cluster of Paper Aeroplanes and South Feather Cluster"
    assert found["counterparts"] == EAST.name


def test_between_counterparts_the_partner_is_no_party():
    """In a class between counterparts the partner keeps its fields, without number, and nothing of it is mandatory."""
    found = context(BARE, BARE_BUSINESS)
    assert [each["id"] for each in found.values["parties"]] == ["east", "west"]
    partner = found.values["partner"]
    assert partner["name"] == "North Cluster"
    assert partner["number"] == Missing(
        label="number of NORTH among the parties",
        field="partner.number",
        record="agreements/BU-1",
        key="responsible",
        owner="NORTH",
        mandatory=False,
    )
    assert partner["legal_name"].mandatory is False
    assert {each.record for each in found.missing} == {"organisations/east", "organisations/west", "people"}


def test_legal_data_are_as_recorded():
    """A party block has name, form, number, register, VAT, address in one line and in lines, city and country."""
    north, south, _ = values(agreement=THREE)["parties"]
    assert north["legal_name"] == "North Cluster of Paper Aeroplanes e.V."
    assert north["legal_form"] == "registered association"
    assert north["registration_number"] == "VR 000123"
    assert north["register"] == "Register of Associations of Sampletown"
    assert north["vat"] == "DE000000000"
    assert north["address"] == "Sample Street 1, 00001 Sampletown, Germany"
    assert south["address_lines"] == ["Calle de la Muestra 2", "Edificio B", "00002 Villamuestra", "Spain"]
    assert (south["city"], south["country_code"], south["vat"]) == ("Villamuestra", "ES", "none")


@pytest.mark.parametrize(
    ("code", "line", "eu", "eea"),
    [
        ("DE", "00003 Town, Germany", True, True),
        ("NO", "00003 Town, Norway", False, True),
        ("US", "Town 00003, United States", False, False),
        ("GB", "Town 00003, United Kingdom", False, False),
    ],
)
def test_country_decides_address_and_data_protection(code, line, eu, eea):
    """The country gives its name, the place of the postcode, and whether EU law on personal data applies."""
    address = Address(lines=("1 Lane", ""), city="Town", postcode="00003", country=Country(code))
    moved = replace(EAST, country=None, legal=replace(EAST.legal, address=address))
    party = values(replace(FULL, organisations=(moved, WEST)))["counterpart"]
    assert party["address"] == f"1 Lane, {line}"
    assert (party["is_eu"], party["is_eea"]) == (eu, eea)


def test_an_inferred_country_is_not_printed():
    """A country that nobody stated stays missing until somebody confirms it, in the address as well."""
    guessed = replace(EAST, country_inferred=True)
    party = values(replace(FULL, organisations=(guessed, WEST)))["counterpart"]
    assert party["address"] == "300 Example Avenue, Suite 12, 00003 Example City, SL"
    assert [(party[name].label, party[name].key) for name in ("country", "country_code", "is_eu", "is_eea")] == [
        ("country of East Kites", "country")
    ] * 4


def test_country_names_of_the_project_win_in_its_language():
    """A country that the project prints differently is so printed, in the project's language only."""
    project = replace(FULL.project, country_names={Country("US"): "USA"})
    portfolio = replace(FULL, project=project)
    assert values(portfolio)["counterpart"]["country"] == "USA"
    assert values(portfolio, language="es")["counterpart"]["country"] == "Estados Unidos"


@pytest.mark.parametrize("address", [None, Address(lines=("", " "), city="Town"), Address(lines=("1 Lane",), city="")])
def test_address_without_street_or_city_is_missing(address):
    """Half an address is none: one placeholder stands for it, in one line and in lines."""
    bare = replace(EAST, legal=replace(EAST.legal, address=address))
    found = context(replace(FULL, organisations=(bare, WEST)))
    party = found.values["counterpart"]
    assert party["address"] == Missing(
        label="registered address of East Kites",
        field="parties[1].address",
        record="organisations/east",
        key="legal.address",
        owner="NORTH",
    )
    assert party["address_lines"] == party["address"]
    assert found.missing == (party["address"],)


def test_postcode_may_be_unknown():
    """An address without postcode has no gap where it would stand."""
    short = replace(EAST, legal=replace(EAST.legal, address=Address(lines=("1 Lane",), city="Town")))
    assert values(replace(FULL, organisations=(short, WEST)))["counterpart"]["address"] == "1 Lane, Town, United States"


def test_owner_is_the_partner_itself_or_the_first_responsible():
    """Partners are asked for their own data; the first responsible partner is asked for a counterpart's."""
    bare = replace(FULL, partners=tuple(replace(each, legal=LegalData()) for each in FULL.partners))
    bare = replace(bare, organisations=(replace(EAST, legal=LegalData()),), people=())
    found = {each.label: each.owner for each in context(bare, THREE).missing}
    assert found["legal name of NORTH"] == "NORTH"
    assert found["legal name of SOUTH"] == "SOUTH"
    assert found["legal name of East Kites"] == "NORTH"
    assert found["signatory of East Kites"] == "NORTH"


def test_missing_is_the_six_fields_of_each_party_in_order():
    """All mandatory fields without a value are listed, by party and in the order of the block."""
    assert [(each.field, each.record, each.key) for each in context(BARE, BARE_AGREEMENT).missing] == [
        (f"parties[{place}].{name}", record, key)
        for place, own in ((0, "partners/NORTH"), (1, "organisations/east"))
        for name, record, key in (
            ("legal_name", own, "legal.name"),
            ("legal_form", own, "legal.form"),
            ("registration_number", own, "legal.registration_number"),
            ("address", own, "legal.address"),
            ("signatory.name", "people", "name"),
            ("signatory.function", "people", "function"),
        )
    ]


def test_missing_is_worded_for_officers_placeholders_for_readers():
    """The list speaks the project's language, the placeholders the document's."""
    found = context(BARE, BARE_AGREEMENT, language="es")
    assert found.missing[0].label == "legal name of NORTH"
    assert found.values["partner"]["legal_name"].label == "denominación social de NORTH"


def test_signatory_and_contact_come_from_people_in_office():
    """Of those in office on the day the first by id signs; one who has left does not."""
    gone = Person(
        id=Identifier("a-gone"),
        of=Identifier("east"),
        name="Z. Gone",
        function="Chair",
        signs=True,
        until=Day(2021, 9, 30),
    )
    second = Person(id=Identifier("z-second"), of=Identifier("east"), name="Y. Second", function="Deputy", signs=True)
    party = values(replace(FULL, people=(second, gone, *FULL.people)))["counterpart"]
    assert party["signatory"] == {"name": "Dr C. Specimen", "function": "Chair of the board"}
    assert party["contact"] == {"name": "C. Specimen", "email": "office@east.example", "phone": "+00 000 0000"}
    earlier = values(replace(FULL, people=(second, gone, *FULL.people)), as_of=date(2021, 9, 30))["counterpart"]
    assert earlier["signatory"]["name"] == "Z. Gone"


def test_a_person_without_function_names_the_record_to_mend():
    """Where the signatory is known and the function is not, the missing value points to that person."""
    person = Person(id=Identifier("p1"), of=Identifier("east"), name="C. Specimen", signs=True)
    found = context(replace(FULL, people=(*(each for each in FULL.people if each.of != "east"), person)))
    assert [(each.label, each.record, each.key) for each in found.missing] == [
        ("function of the signatory of East Kites", "people/p1", "function")
    ]


def test_who_signs_through_another_shows_that_ones_legal_data():
    """An initiative without legal personality keeps its name; who signs for it supplies the legal data."""
    party = values(agreement=replace(RICH, counterparts=(Identifier("guild"),)))["counterpart"]
    assert (party["name"], party["signs_through"]) == ("Guild Initiative", "West Workshop Ltd")
    assert party["legal_name"] == "West Workshop Limited"
    assert party["address"] == "4 Specimen Quay, Specimen X00 X000, Ireland"
    assert party["signatory"]["name"] == "Dr D. Specimen"


def test_missing_data_of_who_signs_for_another_are_asked_by_the_right_partner():
    """A counterpart that signs through a partner lacks that partner's data, which the partner itself is asked for."""
    guild = replace(FULL.organisations[2], legal=LegalData(signs_through=Identifier("SOUTH")))
    partners = (NORTH, replace(FULL.partners[1], legal=LegalData()))
    portfolio = replace(FULL, organisations=(EAST, WEST, guild), partners=partners)
    found = context(portfolio, replace(RICH, counterparts=(Identifier("guild"),)))
    assert next((each.label, each.record, each.owner) for each in found.missing) == (
        "legal name of SOUTH",
        "partners/SOUTH",
        "SOUTH",
    )


def test_mission_is_false_where_there_is_none():
    """A mission can be asked for in a condition; its fields are those of the record."""
    assert values()["mission"] == {"name": "Atlantis", "market": "Atlantis coast", "deadline": "March 2022"}
    assert not values(agreement=THREE)["mission"]
    vague = replace(FULL, missions=(replace(FULL.missions[0], market="", deadline=None),))
    mission = values(vague)["mission"]
    assert (mission["market"].record, mission["market"].key) == ("missions/atlantis", "market")
    assert mission["deadline"].label == "deadline of the mission"


def test_funding_texts_are_those_of_the_day():
    """The agency, the funding line and the disclaimer are right on the day, their places filled."""
    project = values()["project"]
    assert project["agency"] == "Sample Funding Agency (SFA)"
    assert project["funding_line"] == (
        "Supported by the European Union under Sample Programme, grant agreement 000000."
    )
    assert "the Sample Funding Agency (SFA) answers" in project["disclaimer"]
    assert "the Old Sample Agency answers" in values(as_of=date(2021, 3, 1))["project"]["disclaimer"]


def test_a_funding_text_with_an_unknown_place_value_is_missing():
    """No statement is printed with a gap: where the agency is unknown, that is what is missing. Other braces stay."""
    project = replace(
        FULL.project, agencies=(), funding_statements=(DatedText(text="Thanks to {nobody} and {programme}."),)
    )
    found = values(replace(FULL, project=project))["project"]
    assert found["disclaimer"] == found["agency"]
    assert (found["agency"].record, found["agency"].key, found["agency"].owner) == ("project", "agencies", "NORTH")
    assert found["funding_line"] == "Thanks to {nobody} and Sample Programme."


def test_project_fields_are_asked_of_the_coordinator():
    """What project.yaml lacks is the coordinator's to say; without one the first responsible partner's."""
    project = replace(FULL.project, programme="")
    assert (
        values(replace(FULL, project=project), replace(RICH, responsible=(Identifier("SOUTH"),)))["project"][
            "programme"
        ].owner
        == "NORTH"
    )
    assert values(BARE, BARE_AGREEMENT)["project"]["coordinator"] == Missing(
        label="coordinator",
        field="project.coordinator",
        record="partners",
        key="coordinator",
        owner="NORTH",
        mandatory=False,
    )


def test_terms_are_false_until_given():
    """An empty term leaves the template's wording; a given one is its value."""
    assert values()["terms"]["notice_days"] == 60
    bare = values(agreement=replace(RICH, terms=Terms()))["terms"]
    assert not any(bare.values())
    assert bare["law"] == Missing(
        label="governing law",
        field="terms.law",
        record="agreements/CO-1",
        key="terms.law",
        owner="NORTH",
        mandatory=False,
    )


def test_lists_are_false_where_nothing_is_given():
    """Areas and commitments that nobody gave are missing; no annexes is an answer. Commitments name the party."""
    assert values()["commitments"][1] == {"party": "East Kites", "what": "receives the delegation of the mission"}
    bare = values(BARE, BARE_AGREEMENT)
    assert [(bare[name].label, bare[name].key, bare[name].mandatory) for name in ("areas", "commitments")] == [
        ("areas of cooperation", "areas", False),
        ("commitments of the parties", "commitments", False),
    ]
    assert bare["annexes"] == []


def test_order_of_records_does_not_matter():
    """The same records in another order give the same values and the same missing fields."""
    turned = Portfolio(
        project=FULL.project,
        partners=FULL.partners[::-1],
        organisations=FULL.organisations[::-1],
        people=FULL.people[::-1],
        agreements=FULL.agreements[::-1],
        missions=FULL.missions,
    )
    assert [context(turned, each) for each in (RICH, THREE, BUSINESS)] == [
        context(FULL, each) for each in (RICH, THREE, BUSINESS)
    ]
