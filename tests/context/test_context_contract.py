"""The table of fields and the values that templates see agree, in both directions."""

import json
from dataclasses import replace

import pytest
from agreement_specimens import (
    AS_OF,
    BARE,
    BARE_AGREEMENT,
    BARE_BUSINESS,
    BUSINESS,
    FULL,
    RICH,
    THREE,
)

from elca_docs.context import FIELDS, context_of
from elca_docs.context.fields import MANDATORY
from elca_docs.context.labels import LABELS, MARKS
from elca_docs.model.missing import Missing
from elca_docs.model.values import Identifier

SIX = {
    "party.legal_name",
    "party.legal_form",
    "party.registration_number",
    "party.address",
    "party.signatory.name",
    "party.signatory.function",
}
LOOPS = {"parties": "party", "commitments": "commitment"}
PYTHON_TYPES = {"text": str, "number": int, "yes/no": bool, "list": list, "group": dict}
BY_NAME = {each.name: each for each in FIELDS}

CASES = {
    "rich": (FULL, RICH),
    "three parties": (FULL, THREE),
    "business": (FULL, BUSINESS),
    "signs through another": (FULL, replace(RICH, counterparts=(Identifier("guild"),))),
    "partner signs through another": (
        replace(FULL, partners=(replace(FULL.partners[0], legal=FULL.organisations[2].legal),)),
        RICH,
    ),
    "bare": (BARE, BARE_AGREEMENT),
    "bare business": (BARE, BARE_BUSINESS),
    "nobody at all": (BARE, replace(BARE_AGREEMENT, responsible=(), counterparts=())),
}


def values_of(case, **more):
    portfolio, agreement = CASES[case]
    return context_of(portfolio, agreement, reference="SAMPLE-CO-NORTH-001", version=1, as_of=AS_OF, **more).values


def walked(values, prefix=""):
    """All (name, value) pairs of a context, named as a template names them."""
    for key, value in values.items():
        name = f"{prefix}{key}"
        yield name, value
        if isinstance(value, dict):
            yield from walked(value, f"{name}.")
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    yield from walked(entry, f"{LOOPS[name]}.")


@pytest.mark.parametrize("case", CASES)
def test_every_value_is_in_the_table_with_its_type(case):
    """No template can see a name that the table does not have, nor a value of another type."""
    for name, value in walked(values_of(case)):
        assert name in BY_NAME
        if not isinstance(value, Missing):
            assert type(value) is PYTHON_TYPES[BY_NAME[name].type], name


@pytest.mark.parametrize("case", CASES)
def test_every_field_of_the_table_is_a_value_or_lies_in_what_is_missing(case):
    """A field of the table is always there, or a group above it is missing, or its list is empty."""
    found = dict(walked(values_of(case)))
    for field in FIELDS:
        above = [field.name.rsplit(".", count)[0] for count in range(1, field.name.count(".") + 1)]
        gone = any(isinstance(found.get(name), Missing) for name in above) or (field.loop and not found[field.loop])
        assert gone or field.name in found, field.name


def test_rich_records_leave_nothing_out():
    """Where the records say everything, no value is missing: each field can be filled."""
    names = {
        name
        for case in ("rich", "signs through another", "partner signs through another")
        for name, value in walked(values_of(case))
        if not isinstance(value, Missing)
    }
    assert names == set(BY_NAME)


def test_sparse_records_miss_all_that_can_be_missed():
    """The labels are those of the fields that can be missing, no more and no fewer."""
    missed = {
        name
        for case in ("bare", "bare business", "nobody at all", "rich")
        for name, value in walked(values_of(case))
        if isinstance(value, Missing)
    }
    mission = {name for name in LABELS["en"] if name.startswith("mission.")}
    shortcuts = tuple(f"{name}." for name in ("partner", "counterpart"))
    parties = {name for name in missed if name.startswith(shortcuts)}
    named = {name.replace(name.split(".")[0], "party", 1) for name in parties} | (missed - parties) | mission
    assert named - {"party.address_lines"} == set(LABELS["en"])


def test_both_languages_name_the_same():
    """Spanish has a label for everything that English has one for."""
    assert set(LABELS["es"]) == set(LABELS["en"])
    assert set(MARKS["es"]) == set(MARKS["en"])
    assert [("{subject}" in LABELS["es"][name]) for name in LABELS["en"]] == [
        ("{subject}" in label) for label in LABELS["en"].values()
    ]


def test_exactly_six_fields_are_mandatory():
    """The mandatory fields are the six of each party, nothing else."""
    assert MANDATORY == SIX
    assert {each.name for each in FIELDS if each.mandatory} == SIX


@pytest.mark.parametrize("case", CASES)
def test_missing_says_the_field_where_it_is_found(case):
    """The field of a missing value leads to that value in the dict, as a template would write it."""
    values = values_of(case)
    for _, value in walked(values):
        if isinstance(value, Missing):
            found: object = values
            for part in value.field.replace("[", ".").replace("]", "").split("."):
                found = found[int(part)] if part.isdigit() else found[part]
            assert found == value


def test_table_is_written_for_people():
    """Every field says what it means and where it comes from, every printed one has an example, names are unique."""
    assert len(BY_NAME) == len(FIELDS)
    for field in FIELDS:
        assert field.meaning.endswith("."), field.name
        assert field.source
        assert field.example or field.type in {"group", "list"}, field.name


def test_values_are_plain():
    """The values are nothing but dicts, lists, text, numbers, yes/no and missing values."""
    portfolio, agreement = CASES["rich"]
    first, second = (context_of(portfolio, agreement, reference="R", version=1, as_of=AS_OF) for _ in range(2))
    assert json.dumps(first.values, default=str) == json.dumps(second.values, default=str)
    for _, value in walked(first.values):
        assert type(value) in {dict, list, str, int, bool, Missing}
