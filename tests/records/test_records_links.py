"""The table of links is whole: every field of the model that holds an id is in it, or free on purpose."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from elca_docs.model.record import Record
from elca_docs.model.values import Identifier
from elca_docs.records.gathered import DEFINITIONS
from elca_docs.records.kinds import KINDS
from elca_docs.records.nodes import KEYS
from elca_docs.records.rules.links import REFERENCES
from elca_docs.records.shapes import fields_of, is_record, type_at

FREE = {
    ("events", ("kind",)): "the kind of an event is a word that events and indicators define",
    ("indicators", ("rule", "kinds")): "as above; a kind without an event is the finding kind-without-event",
    ("indicators", ("rule", "proof")): "kinds of proof are words of the register",
    ("statements", ("rule",)): "looked up among the statement rules",
    ("statements", ("of",)): "looked up by what the statement's rule takes",
    ("deliverables", ("kind",)): "a word that reporting knows",
    ("accepted", ("code",)): "a code that is no finding any more is the finding acceptance-unused",
    ("accepted", ("ids",)): "as above",
}


def identifier_fields(stem: str, kind: Any, path: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Return the paths of all fields below a type that hold ids, but not the ids of records themselves."""
    if kind is Identifier:
        return [(stem, path)]
    if is_record(kind):
        shapes = fields_of(kind).items()
        return [
            found for key, shape in shapes if key != "id" for found in identifier_fields(stem, shape.type, (*path, key))
        ]
    if get_origin(kind) is dict and get_args(kind)[0] is Identifier:
        return [(stem, (*path, KEYS))]
    return [found for argument in get_args(kind) for found in identifier_fields(stem, argument, path)]


def test_every_id_in_a_record_is_looked_up():
    """A field of the model that holds an id is in REFERENCES or FREE; adding one asks for a decision."""
    every = [found for kind in KINDS for found in identifier_fields(kind.stem, kind.record)]
    looked_up = [(each.stem, each.path) for each in REFERENCES]
    assert sorted(every) == sorted([*looked_up, *FREE])


def test_every_definition_is_a_field_of_the_model():
    """The places where ids are given exist in the model."""
    records: dict[str, type[Record]] = {kind.stem: kind.record for kind in KINDS}
    for stem, path in DEFINITIONS.values():
        kind: Any = records[stem]
        for name in path:
            kind = type_at(kind, (name,))
            kind = get_args(kind)[0] if get_args(kind) else kind
        assert kind in (Identifier, int), (stem, path)


def test_every_target_is_a_kind_that_is_given():
    """A link leads to a kind of id that some file gives."""
    assert {each.target for each in REFERENCES} <= {*DEFINITIONS, "parties", "kinds of event"}
