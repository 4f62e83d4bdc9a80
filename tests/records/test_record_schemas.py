"""The schemas that editors read: every field is described, they ship as generated, and their complaints are right."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from jsonschema import Draft7Validator
from model_records import EVERY_FIELD, every_record

from elca_docs.model.portfolio import Portfolio
from elca_docs.model.record import Record
from elca_docs.model.sheets import Change
from elca_docs.model.values import Day, TextValue
from elca_docs.records import SCHEMA_FOLDER, Beginning, edited, read_portfolio, record_schemas, starter_records
from elca_docs.records.decoding import decoded_record
from elca_docs.records.grammar import tree_of
from elca_docs.records.kinds import KIND_BY_STEM, KINDS
from elca_docs.records.layout import stem_of
from elca_docs.records.nodes import MapNode, Node
from elca_docs.records.schema import definitions, editor_line, record_schema, schema_name
from elca_docs.records.shapes import FieldShape, fields_of, is_record

ROOT = Path(__file__).parents[2]
PROJECTS = (ROOT, ROOT / "examples/demo", ROOT / "tests/data/other")
SHIPPED = [(project, path) for project in PROJECTS for path in sorted((project / "records").rglob("*.yaml"))]
SCHEMAS = {name: json.loads(data) for name, data in record_schemas().items()}
PROJECT = b"title: T\nacronym: A\ngrant_number: 1\nstart: 2021-01-01\nduration_months: 12\n"


class Core(yaml.SafeLoader):
    """Reads the scalars of YAML 1.2 (core schema), as editors do: `NO` and `2021-10-25` are texts, `0042` is 42."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own name and kind


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)
Core.add_constructor(
    "tag:yaml.org,2002:int", lambda _, node: int(node.value, 16 if node.value.startswith("0x") else 10)
)
Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def as_editors_read(text: str) -> Any:
    """Return what a file holds in the eyes of an editor; keys are texts."""
    return with_text_keys(yaml.load(text, Loader=Core))  # noqa: S506 - a safe loader with fewer types


def with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): with_text_keys(each) for key, each in value.items()}
    return [with_text_keys(each) for each in value] if isinstance(value, list) else value


def complaints(name: str, text: str) -> list[str]:
    """Return what a schema complains of in a file."""
    found = Draft7Validator(SCHEMAS[name]).iter_errors(as_editors_read(text))
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in found]


def schema_of(path: Path, project: Path) -> str:
    stem = stem_of(list(path.relative_to(project / "records").parts))
    assert stem
    return schema_name(KIND_BY_STEM[stem])


def built_by_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_schema", ROOT / "scripts/build_schema.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_a_schema_for_each_kind_of_file():
    """Thirteen kinds, thirteen schemas, each a valid one of draft 7 with a title and a description."""
    assert sorted(SCHEMAS) == sorted(
        f"{kind.record.__name__.lower() if kind.stem == 'deliverables' else kind.stem}.schema.json" for kind in KINDS
    )
    for schema in SCHEMAS.values():
        Draft7Validator.check_schema(schema)
        assert schema["title"]
        assert schema["description"]
    assert record_schemas() == record_schemas()


def test_the_schemas_that_ship_are_those_of_the_model():
    """After a change of fields: python scripts/build_schema.py. Nothing else lies in the folder."""
    shipped = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / SCHEMA_FOLDER).iterdir())}
    assert shipped == {name: data.decode() for name, data in sorted(record_schemas().items())}


def test_the_script_renews_the_schemas_of_another_project(tmp_path: Path):
    """A stale schema is replaced; nothing else in the project is touched."""
    records = tmp_path / "records"
    (records / "schema").mkdir(parents=True)
    (records / "schema" / "people.schema.json").write_text("{}", encoding="utf-8")
    (records / "project.yaml").write_bytes(PROJECT)
    assert built_by_script().written_into(tmp_path) == list(SCHEMAS)
    assert {each.name: each.read_bytes() for each in (records / "schema").iterdir()} == record_schemas()
    assert (records / "project.yaml").read_bytes() == PROJECT


@pytest.mark.parametrize(("project", "path"), SHIPPED, ids=[path.relative_to(ROOT).as_posix() for _, path in SHIPPED])
def test_every_record_file_that_ships_fits_its_schema(project: Path, path: Path):
    """An editor has nothing to complain of in the records of the three projects."""
    assert complaints(schema_of(path, project), path.read_text(encoding="utf-8")) == []


def test_every_record_file_of_this_project_begins_with_the_line_for_editors():
    """The line leads, from where the file lies, to the schema of its kind. People do not ship: they may have none."""
    for project, path in SHIPPED:
        if project == ROOT and "people" not in path.parts and path.name != "people.yaml":
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert f"{first}\n" == editor_line(path.relative_to(ROOT).as_posix())
            target = path.parent / first.removeprefix("# yaml-language-server: $schema=")
            assert target.resolve() == ROOT / SCHEMA_FOLDER / schema_of(path, project)
            assert target.is_file()


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("records/agreements.yaml", "schema/agreements.schema.json"),
        ("records/agreements/north.yaml", "../schema/agreements.schema.json"),
        ("records/deliverables/D9.9.yaml", "../schema/deliverable.schema.json"),
        ("records/elsewhere.yaml", None),
        ("records/deliverables.yaml", None),
    ],
)
def test_the_line_for_editors_leads_to_the_schema_from_where_the_file_lies(path: str, schema: str | None):
    """In a folder one step up; where nothing is read, there is no line."""
    assert editor_line(path) == (f"# yaml-language-server: $schema={schema}\n" if schema else "")


def test_a_new_project_has_schemas_and_every_file_its_line():
    """Its records fit them: what `init` writes, and all examples in it with the marks taken away."""
    records = starter_records(
        Beginning(title="T", acronym="N", grant_number="01", start=Day(2021, 1, 1), months=9, partners=[("NO", "B")])
    )
    for name, data in records.items():
        if name.startswith(SCHEMA_FOLDER):
            assert data == record_schemas()[name.removeprefix(SCHEMA_FOLDER)]
            continue
        text, schema = data.decode(), schema_of(Path(name), Path())
        assert text.startswith(editor_line(name))
        assert complaints(schema, text) == []
        before, _, example = text.partition("# Example:\n")
        assert complaints(schema, before + re.sub("^# ?", "", example, flags=re.MULTILINE)) == []
    assert len(records) == 2 * len(SCHEMAS)


def test_reading_passes_over_the_schemas():
    """They are no records, and no unknown files either."""
    files = {f"{SCHEMA_FOLDER}{name}": data for name, data in record_schemas().items()}
    assert read_portfolio({"records/project.yaml": PROJECT} | files).problems == ()


@pytest.mark.parametrize(("told", "first"), [(True, "# yaml-language-server: $schema="), (False, "- id: new")])
def test_a_file_that_a_sheet_begins_has_the_line_where_the_others_have_it(told: bool, first: str):  # noqa: FBT001
    """A project without schemas gets no line that leads nowhere."""
    files = {"records/project.yaml": (editor_line("records/project.yaml") if told else "").encode() + PROJECT}
    portfolio = read_portfolio(files).portfolio
    assert isinstance(portfolio, Portfolio)
    change = Change(
        kind="organisations", record="new", path=("name",), old="", new="Example", who="A", cell="B2", new_record=True
    )
    (data,) = edited(files, [change], portfolio).files.values()
    assert data.decode().startswith(first)


@pytest.mark.parametrize("record", every_record(), ids=lambda record: record.__name__)
def test_every_field_is_described_in_the_words_of_the_model(record: type[Record]):
    """Keys as they stand in a file, the meaning and how to write it in the description, the required ones named."""
    schema = record_schema(record)
    assert list(schema["properties"]) == list(fields_of(record))
    assert schema.get("required", []) == [key for key, shape in fields_of(record).items() if shape.required]
    assert schema["additionalProperties"] is False
    assert schema["description"]
    for key, shape in fields_of(record).items():
        described = schema["properties"][key]
        assert described["title"]
        assert described["description"].startswith(shape.meaning)
        assert shape.meaning
        assert ("Always needed." in described["description"]) == shape.required
        if isinstance(shape.type, type) and issubclass(shape.type, TextValue):
            assert shape.type.schema_hint in described["description"]


def test_every_record_of_the_model_stands_in_a_file():
    """The schema of a kind holds those of the records inside it: no field is out of an editor's sight."""
    text = json.dumps([record_schema(kind.record) for kind in KINDS])
    for record in every_record():
        assert json.dumps(record_schema(record)["properties"]) in text


def test_choices_are_offered_and_null_never_is():
    """A choice names its values; `null` would be a word in a text, so no schema names that type but to refuse it."""
    for name, schema in SCHEMAS.items():
        for path, each in parts(schema):
            if "null" in ([each.get("type")] if isinstance(each.get("type"), str) else each.get("type", [])):
                assert path[-1] == "if", (name, path)
            for alternative in each.get("anyOf", []):
                assert "$ref" in alternative or alternative["title"], (name, path)
    for record, shape in EVERY_FIELD:
        if get_origin(shape.type) is Literal:
            offered = [each.get("enum") for _, each in parts(record_schema(record)["properties"][shape.key])]
            assert list(get_args(shape.type)) in offered


def parts(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield each schema inside a schema, with the keywords and names that lead to it."""
    if isinstance(schema, dict):
        if path[-1:] != ("properties",):
            yield path, schema
        for key, each in schema.items():
            yield from parts(each, (*path, key))
    elif isinstance(schema, list):
        for each in schema:
            yield from parts(each, path)


VALUES = (
    "", "~", "12", "0042", "-1", "1.5", "1e3", "0x1F", "1000000", "1000001", "true", "True", "Yes", "NO", "no", "maybe",
    "x", "two words", "KPI 2", "'12'", "''", "'yes'", "2021-10", "2021-10-25", "'2021-10'", "21-10", "DE", "en", "deu",
    "'{class}-{seq}'", "agreements", "record", "[]", "[a]", "[1, true]", "[[a]]", "[{}]", "['']", "{}", "{a: b}",
    "{a: }", "{DE: x}", "{en: 1}", "{KPI 2: 5}", "{a b c: 5}", "{a: [b]}",
)  # fmt: skip
"""How a value may be written: every kind of scalar, list and group that some field wants, and others."""


SLIPS = {"~", "{a: }"}
"""What editors refuse and reading takes: `null` for a text, which reading takes for a word, and a key without a value,
which reading passes over, even where it is no field."""


def least(kind: Any) -> str:
    """Return, in brackets and braces, a value that a required field of a type takes."""
    if is_record(kind):
        required = (shape for shape in fields_of(kind).values() if shape.required)
        return "{" + ", ".join(f"{shape.key}: {least(shape.type)}" for shape in required) + "}"
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return f"[{least(get_args(kind)[0])}]"
    texts = {int: "1", bool: "true", str: "x"}
    return texts.get(kind) or next(iter(kind.schema_examples), "x")


def node_of(text: str) -> Node:
    node, problems = tree_of("f.yaml", text)
    assert node is not None
    assert problems == ()
    return node


NODES = {text: node_of(text) for text in VALUES}


@pytest.mark.parametrize("record", every_record(), ids=lambda record: record.__name__)
def test_what_a_schema_refuses_reading_refuses(record: type[Record]):
    """Field by field, for every way of writing a value but two slips: no editor complains of what the program takes."""
    whole = node_of(least(record))
    assert isinstance(whole, MapNode)
    assert decoded_record(record, whole)[1] == ()
    for key, shape in fields_of(record).items():
        refused = refused_for(record, shape)
        assert "[[a]]" in refused
        for text in sorted(set(refused) - SLIPS):
            changed = MapNode(whole.at, whole.fields | {key: NODES[text]}, whole.keys | {key: whole.at})
            assert decoded_record(record, changed)[1], f"{key}: {text}"


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        (str, ["[]", "[a]", "[1, true]", "[[a]]", "[{}]", "['']", "{}", "{a: b}"]),
        (int, ["-1", "1.5", "1000001", "true", "Yes", "x", "''", "2021-10", "[]", "{}"]),
        (bool, ["12", "1.5", "maybe", "x", "''", "2021-10", "[]", "{}"]),
        (Day, ["12", "1.5", "true", "x", "''", "2021-10", "21-10", "[]", "{}"]),
    ],
)
def test_what_stands_in_the_wrong_place_is_refused_by_both(kind: type, refused: list[str]):
    """Not all that the program refuses, but the slips of every day, while they are typed."""
    fields = [(record, shape) for record, shape in EVERY_FIELD if shape.type is kind]
    assert fields
    for record, shape in fields:
        assert set(refused) <= set(refused_for(record, shape))


def refused_for(record: type[Record], shape: FieldShape) -> list[str]:
    one = Draft7Validator(record_schema(record)["properties"][shape.key] | {"definitions": definitions()})
    return [text for text in VALUES if not one.is_valid(as_editors_read(f"k: {text}")["k"])]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{id: a, class: CA, responsible: [P]}", []),
        ("{id: 12, class: true, responsible: [0042], description: 1.50, remark: false, slots: '3'}", []),
        ("{id: a, class: CA, responsible: [P], mission: , steps: , terms: {law: }, confidential: Yes}", []),
        ("{id: a, class: CA, responsible: [P], expected: 2021-10, steps: [{date: 2021-10-25}]}", []),
        ("{id: a, class: CA, responsible: [P], expcted: 2021-10}", ["0"]),
        ("{id: a, class: CA}", ["0"]),
        ("{id: a, class: , responsible: [P]}", ["0/class"]),
        ("{id: a, class: CA, responsible: P}", ["0/responsible"]),
        ("{id: a, class: CA, responsible: [P], expected: October}", ["0/expected"]),
        ("{id: a, class: CA, responsible: [P], terms: {laws: x}}", ["0/terms"]),
        ("{id: a, class: CA, responsible: [P], class_: CA}", ["0"]),
        ("{id: a, class: CA, responsible: [P], language: german}", ["0/language"]),
        ("", ["0"]),
    ],
)
def test_an_agreement_as_an_editor_sees_it(entry: str, expected: list[str]):
    """Numbers and yes/no values are text where text is wanted; a slip is marked at its place, and reading agrees."""
    text = f"- {entry}\n"
    assert [each.partition(": ")[0] for each in complaints("agreements.schema.json", text)] == expected
    project = PROJECT + b"classes: [{id: CA, title: T, template: t}, {id: true, title: T, template: t}]\n"
    files = {
        "records/project.yaml": project,
        "records/partners.yaml": b"[{id: P, name: P}, {id: 0042, name: Q}]",
        "records/agreements.yaml": text.encode(),
    }
    codes = {each.code for each in read_portfolio(files).problems}
    assert bool(codes & {"unknown-field", "missing-field", "bad-value", "wrong-type"}) == bool(expected)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.stem)
def test_an_empty_file_is_refused_only_where_something_must_stand_in_it(kind: Any):
    """A file that holds nothing but remarks is how every file of a new project begins."""
    needs = kind.shape != "list" and any(shape.required for shape in fields_of(kind.record).values())
    assert bool(complaints(schema_name(kind), "# nothing yet\n")) == needs


def test_what_counts_is_a_choice_in_both():
    """A value that is none of the choices is refused, an empty one is its default."""
    entry = "- {{id: KPI 1, title: T, target: 5, rule: {{counts: {}, distinct_by: {}}}}}\n"
    assert complaints("indicators.schema.json", entry.format("events", "")) == []
    assert len(complaints("indicators.schema.json", entry.format("persons", "month"))) == 2
    text = entry.format("persons", "month").encode()
    problems = read_portfolio({"records/project.yaml": PROJECT, "records/indicators.yaml": text}).problems
    assert [each.code for each in problems] == ["bad-value", "bad-value"]
