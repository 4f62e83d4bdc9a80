"""Trees to records: every complaint in our own words, at its place; numbers and yes/no are read plainly."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_records import every_record

from elca_docs.errors import Location, Problem
from elca_docs.model.indicators import Indicator
from elca_docs.model.parties import Partner
from elca_docs.model.plan import Agreement, Step, Terms
from elca_docs.model.project import Project
from elca_docs.model.record import Record
from elca_docs.model.values import Country, Day, Expected
from elca_docs.records.complaints import complaint
from elca_docs.records.decoding import decoded_record
from elca_docs.records.grammar import tree_of
from elca_docs.records.shapes import fields_of

PATH = "f.yaml"
AGREEMENT = "id: T2\nclass: MU\nresponsible: [ABC]\n"
INDICATOR = "id: KPI 1\ntitle: x\ntarget: 5\nrule: {counts: events}\n"
PROJECT = "title: x\nacronym: X\ngrant_number: 1\nstart: 2030-01-01\nduration_months: 24\n"


def decode(record: type[Record], text: str) -> tuple[Any, tuple[Problem, ...]]:
    tree, problems = tree_of(PATH, dedent(text))
    assert problems == ()
    assert tree is not None
    return decoded_record(record, tree)


def only(record: type[Record], text: str) -> Problem:
    found, problems = decode(record, text)
    assert found is None
    assert len(problems) == 1, problems
    return problems[0]


def test_values_find_their_own_types():
    """Text becomes what the field says: numbers, dates, countries, tuples, records; `class` becomes class_."""
    text = (
        AGREEMENT
        + "slots: 04\nconfidential: Yes\nexpected: 2031-02\nsteps:\n  - {date: 2031-02-03}\nterms: {law: NO}\n"
    )
    found, problems = decode(Agreement, text)
    assert problems == ()
    assert found == Agreement(
        id="T2", class_="MU", responsible=("ABC",), slots=4, confidential=True, expected=Expected(2031, 2),
        steps=(Step(date=Expected(2031, 2, 3)),), terms=Terms(law="NO"),
    )  # fmt: skip


def test_a_country_of_norway_and_a_number_with_zeros_stay():
    """`NO` is Norway and `000042` keeps its zeros, without any quotes."""
    partner, _ = decode(Partner, "{id: ABC, name: 1.10, country: NO}")
    project, _ = decode(Project, PROJECT.replace("grant_number: 1", "grant_number: 000042"))
    assert (partner.name, partner.country) == ("1.10", Country("NO"))
    assert (project.grant_number, project.start) == ("000042", Day(2030, 1, 1))


def test_an_empty_value_is_the_default():
    """A key without a value is as if it were not there."""
    found, problems = decode(Agreement, AGREEMENT + "mission:\nsteps:\nterms:\n  law:\nslots:\n")
    assert problems == ()
    assert found == Agreement(id="T2", class_="MU", responsible=("ABC",))


CASES = [
    (Agreement, "mision: x\n", "unknown-field 4:1", "'mision' is not a field of an agreement",
     "did you mean 'mission'?"),
    (Agreement, "class_: x\n", "unknown-field 4:1", "'class_' is not a field of an agreement",
     "did you mean 'class'?"),
    (Agreement, "Mission: x\n", "unknown-field 4:1", "'Mission' is not a field of an agreement",
     "did you mean 'mission'?"),
    (Agreement, "steps:\n- {wat: x}\n", "unknown-field 5:4", "'wat' is not a field of a step",
     "did you mean 'what'?"),
    (Agreement, "terms: {zzzz: x}\n", "unknown-field 4:9", "'zzzz' is not a field of the terms",
     f"its fields are {', '.join(fields_of(Terms))}"),
    (Agreement, "responsible2: x\n", "unknown-field 4:1", "'responsible2' is not a field of an agreement",
     "did you mean 'responsible'?"),
    (Agreement, "expected: Nov. 21\n", "bad-value 4:11", "'Nov. 21' is not a planned date",
     "write a month as 2021-10 or a day as 2021-10-25"),
    (Agreement, "expected: 03.09.21\n", "bad-value 4:11", "'03.09.21' is not a planned date",
     "write a month as 2021-10 or a day as 2021-10-25"),
    (Agreement, "expected: 2021-02-30\n", "bad-value 4:11", "'2021-02-30' is not a day of the calendar",
     "correct the value"),
    (Agreement, "expected: null\n", "bad-value 4:11", "'null' is not a planned date",
     "to say that nothing is known, leave the place behind the colon empty"),
    (Agreement, "expected: [2021-10]\n", "wrong-type 4:11", "'expected' is one value, and a list stands here",
     "write one value behind the colon"),
    (Agreement, "description: {a: b}\n", "wrong-type 4:14",
     "'description' is one value, and a group of keys stands here",
     "write one value; text with brackets or braces wants quotes"),
    (Agreement, "areas: health\n", "wrong-type 4:8", "'areas' is a list, and a single value stands here",
     "write it as [health], or one '- ' line for each entry"),
    (Agreement, "areas: {a: b}\n", "wrong-type 4:8", "'areas' is a list, and a group of keys stands here",
     "write it as [first, second], or one '- ' line for each entry"),
    (Agreement, "areas: [a, [b]]\n", "wrong-type 4:12", "an entry of 'areas' is one value, and a list stands here",
     "write one value; text with brackets or braces wants quotes"),
    (Agreement, "areas:\n- a\n-\n", "wrong-type 6:2", "an entry of 'areas' is one value, and nothing stands here",
     "write a value, or delete the line"),
    (Agreement, "steps: [x]\n", "wrong-type 4:9",
     "an entry of 'steps' is a group of keys, and a single value stands here",
     ("write its fields below it, indented: what, by, date, open_ended, place, meets, stated_as, condition, remark, "
      "printed")),
    (Agreement, "terms: x\n", "wrong-type 4:8", "'terms' is a group of keys, and a single value stands here", None),
    (Agreement, "printed: [a]\n", "wrong-type 4:10", "'printed' is a group of keys, and a list stands here",
     "write 'key: value' lines below it, indented"),
    (Agreement, "printed: {a: [b]}\n", "wrong-type 4:14", "'a' is one value, and a list stands here", None),
    (Agreement, "commitments:\n- {what: x}\n", "missing-field 5:3", "a commitment needs the field 'party'",
     "add 'party: …'. The partner or organisation that undertakes it."),
    (Agreement, "slots: 1_0\n", "bad-value 4:8", "'slots' is a whole number, and '1_0' is none",
     "write digits only, such as 12"),
    (Agreement, "slots: -1\n", "bad-value 4:8", "'slots' is a whole number, and '-1' is none",
     "write digits only, such as 12"),
    (Agreement, "slots: [1]\n", "wrong-type 4:8", "'slots' is one value, and a list stands here", None),
    (Agreement, "slots: 1000001\n", "bad-value 4:8", "'slots' is 1000001, more than any plan has",
     "write a number up to 1,000,000"),
    (Agreement, f"slots: {'9' * 5000}\n", "bad-value 4:8", None, "write digits only, such as 12"),
    (Agreement, "slots: ２\n", "bad-value 4:8", "'slots' is a whole number, and '２' is none",
     "write digits only, such as 12"),
    (Agreement, "confidential: t\n", "bad-value 4:15", "'confidential' is a yes/no value, and 't' is neither",
     "write true or false"),
    (Agreement, "confidential: {a: b}\n", "wrong-type 4:15",
     "'confidential' is one value, and a group of keys stands here", None),
    (Agreement, "steps:\n- open_ended: 1\n", "bad-value 5:15", "'open_ended' is a yes/no value, and '1' is neither",
     "write true or false"),
    (Indicator, "per_partner: {ABC: x}\n", "bad-value 5:20", "'ABC' is a whole number, and 'x' is none", None),
    (Indicator, "per_partner: {a b: 3}\n", "bad-value 5:15", "'a b' is not an id", None),
    (Project, "country_names: {XX: x}\n", "bad-value 6:17", "'XX' is not a country code", None),
    (Project, "register_mask: R-{yeer}\n", "bad-value 6:16", None, None),
    (Project, f"register_mask: 'R-{{{'y' * 3000}}}'\n", "bad-value 6:16", f"'{{{'y' * 237}…", None),
    (Project, "language: English\n", "bad-value 6:11", "'English' is not a language code", None),
    (Project, "classes:\n- {id: A, title: x, template: y, parties: everyone}\n", "bad-value 7:43",
     "'parties' cannot be 'everyone'", "write one of: partners and counterparts, counterparts"),
    (Project, "classes:\n- {id: A, title: x, template: y, parties: [counterparts]}\n", "wrong-type 7:43",
     "'parties' is one value, and a list stands here", None),
    (Project, "classes:\n- {id: A, title: x, template: y, parties: counterpart}\n", "bad-value 7:43",
     "'parties' cannot be 'counterpart'", "did you mean 'counterparts'?"),
]  # fmt: skip
BASES = {Agreement: AGREEMENT, Indicator: INDICATOR, Project: PROJECT}


@pytest.mark.parametrize(("record", "more", "where", "message", "fix"), CASES)
def test_each_mistake_has_one_sentence(
    record: type[Record], more: str, where: str, message: str | None, fix: str | None
):
    """A mistake in a record is said in plain words at its place, and says what to write instead."""
    problem = only(record, BASES[record] + more)
    assert f"{problem.code} {problem.location}".replace("f.yaml:", "") == where
    assert problem.fix
    assert message is None or problem.message == message
    assert fix is None or problem.fix == fix


@pytest.mark.parametrize(
    ("text", "place", "owner"),
    [("class: MU\nresponsible: [ABC]\n", "1:1", "an agreement"),
     ("id: T2\nresponsible: [ABC]\n", "1:1", "agreement T2"),
     ("id: T2\nclass: MU\nresponsible:\n", "3:1", "agreement T2")],
)  # fmt: skip
def test_a_missing_field_is_named_with_its_meaning(text: str, place: str, owner: str):
    """A mandatory field that is not there, or has no value, is asked for in the words of the model."""
    problem = only(Agreement, text)
    assert (problem.code, str(problem.location)) == ("missing-field", f"f.yaml:{place}")
    assert problem.message.startswith(f"{owner} needs the field '")
    assert problem.fix.startswith("add '")


def test_all_mistakes_of_a_record_come_at_once():
    """Whatever its kind, no mistake hides another, also not the numbers that are looked at first."""
    text = "id: T 2 x\nclass: MU\nresponsible: ABC\nslots: two\nmision: x\nexpected: soon\nconfidential: perhaps\n"
    _, problems = decode(Agreement, text)
    assert sorted((each.code, each.location.line) for each in problems if each.location) == [
        ("bad-value", 1), ("bad-value", 4), ("bad-value", 6), ("bad-value", 7), ("unknown-field", 5), ("wrong-type", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["x", "[a]", "''"])
def test_a_record_is_a_group_of_keys(text: str):
    """Where a record is wanted, nothing else passes."""
    problem = only(Agreement, text)
    assert problem.code == "wrong-type"
    assert problem.message.startswith("an agreement is wanted here, and ")


def test_a_long_or_odd_value_is_cut_in_the_message():
    """A refused value never floods a message or breaks its line."""
    problem = only(Agreement, AGREEMENT + 'expected: "' + "long " * 1000 + '"\n')
    assert len(problem.message) < 120
    assert only(Agreement, AGREEMENT + "expected: |\n  a\n  b\n").message == "'a\\u000ab\\u000a' is not a planned date"


WRONG = ("a b c !", "[[x]]", "[]", "{a: b, c: [d]}", "{a: {b: c}}", "[{a: b}]", "''")
FOREIGN = ("input", "should", "pydantic", "valid ", "type=", "dataclass", "argument", "unexpected", "tuple", "dict")


@pytest.mark.parametrize("record", every_record())
def test_no_foreign_word_reaches_a_reader(record: type[Record]):
    """Whatever stands in whatever field of the model, the sentence is ours, and its place is in the file."""
    for key in fields_of(record):
        for wrong in WRONG:
            tree, _ = tree_of(PATH, f"{key}: {wrong}\n")
            assert tree is not None
            for problem in decoded_record(record, tree)[1]:
                assert problem.code in {"missing-field", "unknown-field", "bad-value", "wrong-type"}
                words = problem.message.replace(key, "").lower()
                assert [each for each in FOREIGN if each in words] == []
                assert problem.location is not None
                assert problem.location.line == 1


def test_a_complaint_that_is_not_known_is_still_a_sentence():
    """A kind of complaint that a later pydantic invents does not leak its wording."""
    tree, _ = tree_of(PATH, AGREEMENT)
    assert tree is not None
    error: Any = {"type": "brand_new", "loc": ("responsible", 0), "msg": "Input should be nice", "input": "ABC"}
    problem = complaint(Agreement, tree, error)
    assert problem == Problem(
        "wrong-type",
        "an entry of 'responsible' is one value, and a single value stands here",
        Location(PATH, 3, 15),
        "write one value; text with brackets or braces wants quotes",
    )
    whole: Any = {"type": "brand_new", "loc": (), "msg": "x", "input": "y"}
    assert complaint(Agreement, tree, whole).message == "an agreement is wanted here, and a group of keys stands here"


_JUNK = st.recursive(
    st.sampled_from(["x", "", "12", "true", "2031-02", "[", "ABC"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*fields_of(Agreement)]), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(_JUNK)
@settings(max_examples=120)
def test_any_tree_is_a_record_or_problems(value: object):
    """Whatever the tree, decoding gives a record and no problem, or no record and problems; never an exception."""
    import yaml

    tree, _ = tree_of(PATH, yaml.dump(value, default_style="'"))
    assert tree is not None
    found, problems = decoded_record(Agreement, tree)
    assert (found is None) == bool(problems)
