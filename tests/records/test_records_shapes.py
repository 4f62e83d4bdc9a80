"""What the model wants where, and nodes by path: the two trees that meet in decoding."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest
from model_records import EVERY_FIELD, every_record

from elca_docs.errors import Location
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.plan import Agreement, Step, Timeline
from elca_docs.model.project import Project
from elca_docs.model.values import Expected
from elca_docs.records.complaints import shaped_like
from elca_docs.records.grammar import tree_of
from elca_docs.records.kinds import noun
from elca_docs.records.nodes import ListNode, MapNode, Node, ScalarNode, key_place, node_at, scalars_at
from elca_docs.records.shapes import fields_of, holder_of, type_at

PATH = "f.yaml"


def test_every_field_has_a_meaning_and_every_record_a_name():
    """The fixes quote the model's own words, so every field must have some; every record is called something."""
    assert [f"{record.__name__}.{shape.key}" for record, shape in EVERY_FIELD if not shape.meaning] == []
    assert len({noun(record) for record in every_record()}) == len(every_record())
    assert noun(Project) == "the project"


def test_the_shape_of_a_record_is_the_dataclass():
    """Keys are the dataclass's fields without the trailing underscore."""
    assert is_dataclass(Agreement)
    assert list(fields_of(Agreement)) == [each.name.rstrip("_") for each in fields(Agreement)]
    assert fields_of(Agreement)["class"].required
    assert not fields_of(Agreement)["slots"].required


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("steps", 3, "date"), Expected),
        (("mission",), type_at(Agreement, ("fills",))),
        (("printed", "x"), str),
        (("nothing",), None),
        (("nothing", "below"), None),
        (("description", "below"), None),
    ],
)
def test_the_type_at_a_path_follows_the_model(path: tuple[str | int, ...], expected: object):
    """A path of keys and positions leads to the field's type without None; where the model has nothing, to None."""
    assert type_at(Agreement, path) is expected


def test_the_holder_of_a_path_is_the_innermost_record():
    """A problem names the record that holds the field, not the outermost one."""
    assert holder_of(Agreement, ("steps", 0, "date")) == (Step, "date")
    assert holder_of(Deliverable, ("sections", 0, "tables", 1, "of"))[0].__name__ == "TableSpec"
    assert holder_of(Timeline, ("months",)) == (Timeline, "months")


def test_nodes_are_found_by_path_or_not_at_all():
    """Looking for what is not there finds nothing and breaks nothing."""
    tree, _ = tree_of(PATH, "a: [b, {c: d}]\n")
    assert tree is not None
    assert isinstance(node_at(tree, ("a", 1, "c")), ScalarNode)
    assert node_at(tree, ("a", 9)) is None
    assert node_at(tree, ("a", 0, "x")) is None
    assert key_place(tree, ("a", 1)) == Location(PATH, 1, 8)
    assert [each.text for each in scalars_at(tree, ("a",))] == ["b"]
    assert [each.text for each in scalars_at(tree, ("a", "c"))] == ["d"]
    assert list(scalars_at(tree, ())) == []


@pytest.mark.parametrize(
    ("node", "expected"),
    [(None, "nothing"), (ScalarNode(Location(PATH), None), "nothing"),
     (ScalarNode(Location(PATH), ""), "a single value"),
     (ListNode(Location(PATH)), "a list"), (MapNode(Location(PATH)), "a group of keys")],
)  # fmt: skip
def test_what_stands_there_is_said_in_words(node: Node | None, expected: str):
    """Each shape has its words."""
    assert shaped_like(node) == expected
