"""A field is proposed where words say so, in English and Spanish; where they do not, none is, and it says why."""

from __future__ import annotations

import pytest
from agreement_with_blanks import agreement, by_text, control, p, run, word_file

from elca_docs.authoring.adoption_words import CONCEPTS, IGNORED, LIKELY_SIDES, PARTY, PHRASES, SIDES
from elca_docs.authoring.blanks import blanks_of
from elca_docs.authoring.proposing import Proposal, proposed
from elca_docs.context import FIELDS

NAMES = {field.name for field in FIELDS}


def proposal(*content: str) -> Proposal:
    return proposed(blanks_of(word_file(*content), name="sent.docx"))[-1]


@pytest.mark.parametrize(
    ("text", "field", "confidence"),
    [
        ("[Name of the counterpart]", "counterpart.name", "sure"),
        ("[Name of the cluster]", "counterpart.name", "likely"),
        ("[Domicilio social de la contraparte]", "counterpart.address", "sure"),
        ("NIF del socio: [NIF]", "partner.vat", "likely"),
        ("«COUNTERPART_LEGAL_NAME»", "counterpart.legal_name", "sure"),
        ("«PartnerCity»", "partner.city", "sure"),
        ("[Representante legal de la entidad]", "counterpart.signatory.name", "likely"),
        ("The counterpart, represented by ________, signs", "counterpart.signatory.name", "likely"),
        ("The cluster signs by ______ (name and function of the person)", "", "none"),
        ("Grant agreement No. ________", "project.grant_number", "sure"),
        ("Número de meses: ....", "terms.duration_months", "sure"),
        ("Ley aplicable: [ley]", "terms.law", "sure"),
        ("[Project acronym]", "project.acronym", "sure"),
        ("[Telephone number of the cluster's contact]", "", "none"),
        ("[Name of the project manager]", "", "none"),
        ("[as agreed]", "", "none"),
        ("Legal representative of the counterpart: [name]", "counterpart.signatory.name", "likely"),
    ],
)
def test_a_field_is_proposed_where_nearly_all_words_fit(text: str, field: str, confidence: str) -> None:
    """Sure where the blank says all of it, likely where a side is told by the text around, else nothing."""
    found = proposal(p(text))
    assert (found.field, found.confidence) == (field, confidence)
    assert found.why


def test_where_the_side_is_not_said_none_is_chosen_and_both_are_named() -> None:
    """A guess between two parties is the one that hurts."""
    found = proposal(p("Address: [address]"))
    assert (found.field, found.confidence) == ("", "none")
    assert found.others == ("counterpart.address", "partner.address")
    assert found.why == "'address' (its own words) does not say whose"


def test_the_side_is_taken_from_the_text_before() -> None:
    """In a form, who is spoken of stands in the heading; the nearest word counts."""
    data = word_file(p("The partner"), p("Address: ____"), p("The cluster"), p("Address: ____"))
    found = proposed(blanks_of(data, name="sent.docx"))
    assert [(each.field, each.confidence) for each in found] == [
        ("partner.address", "likely"),
        ("counterpart.address", "likely"),
    ]
    assert found[1].why == "'address' (the words before it), and 'cluster' says whose"


def test_two_fields_that_fit_alike_are_named_and_none_is_chosen() -> None:
    """'Acronym' is the project's, or a party's short name."""
    found = proposal(p("[acronym]"))
    assert (found.field, set(found.others)) == (
        "",
        {"project.acronym", "counterpart.short_name", "partner.short_name"},
    )


@pytest.mark.parametrize(
    "text", ["Signature: ______", "Fecha: ____", "Place and date: ____", "Firma y sello: ....", "[date]"]
)
def test_what_is_written_with_a_pen_is_kept(text: str) -> None:
    """A line for a signature is no gap in the records."""
    found = proposal(p(text))
    assert (found.field, found.keep, found.confidence) == ("", True, "likely")


def test_quotation_marks_of_a_text_that_quotes_are_kept() -> None:
    """In Spanish, « and » are quotation marks; a name in capitals is a merge field even there."""
    text = p("«Agencia» y «Gastos de viaje», «NUM_NOTICE»")
    found = proposed(blanks_of(word_file(text), name="sent.docx"))
    assert [each.keep for each in found] == [True, True, False]
    alone = proposed(blanks_of(word_file(p("«Agencia»")), name="sent.docx"))
    assert [(each.field, each.keep) for each in alone] == [("project.agency", False)]


def test_a_yes_or_no_is_proposed_for_a_box_only() -> None:
    """And a box gets nothing else."""
    properties = '<w:alias w:val="{}"/><w14:checkbox/>'
    assert proposal(p(control(properties.format("Confidential"), run("\u2610")))).field == "agreement.confidential"
    assert proposal(p(control(properties.format("Acronym of the project"), run("\u2610")))).field == ""
    assert proposal(p("[confidential]")).field == ""


def test_what_no_field_can_stand_in_gets_none_and_says_why() -> None:
    """The obstacle is the reason."""
    found = proposal(control('<w:showingPlcHdr/><w:alias w:val="Acronym"/>', p("one") + p("two")))
    assert (found.confidence, found.why) == ("none", "the control holds several paragraphs")


def test_a_field_that_the_table_lacks_is_never_proposed() -> None:
    """A project may have another table of fields."""
    blanks = blanks_of(agreement(), name="sent.docx")
    assert {each.field for each in proposed(blanks, fields=())} == {""}
    fields = tuple(field for field in FIELDS if field.name == "reference")
    assert {each.field for each in proposed(blanks, fields=fields)} == {"", "reference"}


def test_the_agreement_gets_its_fields() -> None:
    """Of 25 blanks, 23 say what belongs into them, one is for a pen, one says nothing."""
    blanks = blanks_of(agreement(), name="sent.docx")
    found = dict(zip((blank.id for blank in blanks), proposed(blanks), strict=True))
    assert sum(bool(each.field) for each in found.values()) == 23
    assert [key for key, each in found.items() if each.keep] == ["line-05"]
    assert [key for key, each in found.items() if each.confidence == "none"] == ["bracket-04"]
    entry = by_text(blanks)["Tap to enter a date."]
    assert found[entry.id].field == "terms.starts"


def test_the_table_of_words_names_fields_that_exist_and_words_that_can_be_met() -> None:
    """A field that was renamed, or a phrase with a word that is never kept, would be dead."""
    assert set(PHRASES) <= NAMES
    assert {f"{side}.{rest}" for side in SIDES for rest in PARTY} <= NAMES
    met = {word for phrases in (*PARTY.values(), *PHRASES.values()) for phrase in phrases for word in phrase.split()}
    assert {word for word in met if CONCEPTS.get(word, word) != word} == set()
    assert met & IGNORED == set()
    sides = {word for words in (*SIDES.values(), *LIKELY_SIDES.values()) for word in words.split()}
    assert met & sides == set()
