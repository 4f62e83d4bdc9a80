"""Sentences composed from fields: nothing lost, nothing said twice, no inference stated as a fact."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_specimens import portfolio

from elca_docs.context.words import Words
from elca_docs.model.parties import Organisation
from elca_docs.model.plan import Step
from elca_docs.model.values import Country, Expected, Identifier
from elca_docs.reporting.phrases import PHRASES
from elca_docs.reporting.scene import Scene, natural, sentence, told
from elca_docs.reporting.sentences import description_of, step_line

ENGLISH = Scene(portfolio(), Words("en"))


def described(**fields):
    return description_of(ENGLISH, Organisation(id=Identifier("x"), name="X", **fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"kind": "cluster"}, "Cluster."),
        ({"kind": "cluster", "sectors": ("ink",)}, "Cluster working in ink."),
        ({"kind": "cluster", "region": "Nowhere"}, "Cluster in Nowhere."),
        ({"region": "Nowhere", "sectors": ("ink", "paper")}, "Based in Nowhere. Works in ink and paper."),
        ({"country": Country("DE")}, "Based in Germany."),
        ({"country": Country("CZ")}, "Based in Czech Republic."),
        ({"country": Country("DE"), "country_inferred": True}, ""),
        ({"country": Country("DE"), "region": "East Germany"}, "Based in East Germany."),
        ({"members": 4}, "It has 4 members."),
        ({"member_countries": 3}, "Its members come from 3 countries."),
        ({"members": 4, "member_countries": 3}, "It has 4 members from 3 countries."),
        ({"member_of": ("A Net", "B Net")}, "It belongs to A Net and B Net."),
        ({"grant_number": "000001"}, "Grant agreement 000001."),
        (
            {"description": "A cluster in Spain for ink", "kind": "cluster", "country": Country("ES")},
            "A cluster in Spain for ink.",
        ),
        ({"description": "Austrian network.", "kind": "network", "country": Country("AT")}, "Austrian network."),
        ({"description": "Makers of ink.", "kind": "ink guild", "sectors": ("ink",)}, "Makers of ink. Ink guild."),
        ({"description": "It has 4 members.", "members": 4}, "It has 4 members."),
        (
            {"description": "It has 4 members.", "members": 4, "member_countries": 3},
            "It has 4 members. It has 4 members from 3 countries.",
        ),
        (
            {"description": "Grant 000001, part of A Net.", "grant_number": "000001", "member_of": ("A Net",)},
            "Grant 000001, part of A Net.",
        ),
    ],
)
def test_descriptions(fields, expected):
    """Each field adds a sentence exactly if the description does not tell it yet."""
    assert described(**fields) == expected


MAY = {"date": Expected(2021, 5)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"remark": "Perhaps held"}, ""),
        ({"what": "call"}, "Call."),
        ({"what": "Call", "stated_as": "past"}, "Call *(past).*"),
        ({"what": "Call", "place": "online"}, "**Online:** Call."),
        ({"what": "Call", **MAY}, "**May 2021:** Call."),
        ({"what": "Call", "place": "online", "stated_as": "planned", **MAY}, "**May 2021, online:** Call *(planned).*"),
        (MAY, "**May 2021.**"),
        ({"stated_as": "planned", **MAY}, "**May 2021** *(planned).*"),
        ({"stated_as": "ongoing", "open_ended": True, **MAY}, "**May 2021, ongoing.**"),
        ({"stated_as": "ongoing", "printed": {"date": "May 21, on going"}, **MAY}, "**May 21, on going.**"),
        ({"what": "Call", "stated_as": "tbd", "printed": {"date": "tbd"}}, "**tbd:** Call."),
        ({"what": "Call", "stated_as": "вчера", **MAY}, "**May 2021:** Call *(вчера).*"),
        ({"condition": "if the way is free", "place": "nowhere"}, "**Nowhere.** *If the way is free.*"),
        (
            {"what": "Call", "stated_as": "past", "condition": "if it rains", "remark": "It rained"},
            "Call *(past).* *If it rains.*",
        ),
    ],
)
def test_steps(fields, expected):
    """A step says when, where and what; its status in brackets unless its date tells it; its condition; no remark."""
    spans = step_line(ENGLISH, Step(**fields), ())
    marks = [("**" if span.bold else "*" if span.italic else "", span.text) for span in spans]
    assert " ".join(f"{mark}{text.strip()}{mark}" for mark, text in marks) == expected
    assert "".join(span.text for span in spans) == expected.replace("*", "")


def test_a_fact_is_told_by_its_words():
    """Capitals, accents, endings and little words make no difference; a missing word does."""
    assert told("Nuevo Leon", "in NUEVO LEÓN, far away")
    assert told("Austria", "an Austrian network")
    assert told("association of companies", "association in which companies work")
    assert told("EU", "of the EU")
    assert not told("EU", "of the world")
    assert not told("rail technology", "rail transport")
    assert told("", "anything")


@given(st.text())
def test_a_sentence_ends(text):
    """A sentence that is not empty has an end, and making one of a sentence changes nothing."""
    made = sentence(text)
    assert sentence(made) == made
    assert (made == "") == (text.strip() == "")
    assert not made or made[-1] in ".!?…:"


def test_ids_sort_by_their_numbers():
    """Row 2 stands before row 10, and the order is total over ids of any shape."""
    assert sorted(["T1-10", "KPI 10", "T1-2", "KPI 2", "x", "10"], key=natural) == [
        *("10", "KPI 2", "KPI 10", "T1-2", "T1-10", "x"),
    ]


def places_of(phrase):
    return sorted(field for _, field, _, _ in string.Formatter().parse(phrase) if field)


def test_languages_have_the_same_phrases():
    """Every language has every phrase, with the same places to fill."""
    english = {name: places_of(phrase) for name, phrase in PHRASES["en"].items()}
    for phrases in PHRASES.values():
        assert {name: places_of(phrase) for name, phrase in phrases.items()} == english
        assert list(phrases) == sorted(phrases)


def test_another_language_falls_back_to_english_words():
    """A language without phrases of its own never fails."""
    assert Scene(portfolio(), Words("xx")).say("responsible") == "Responsible"
