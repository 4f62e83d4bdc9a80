"""What an editor needs to help with record files: a JSON Schema for each kind, and the line that names it in a file.

Made from the model by the seam that reading uses (`shapes`), so that no field is described twice. A schema refuses
nothing that reading takes, but for two slips (`null` where a text must be, an unknown key without a value); what only
the whole project shows (ids that exist, days of the calendar) is left to the check. So an editor's complaint is right,
and its silence is not the last word.

Draft 7, which editors know best; it allows nothing beside a `$ref`, so only single values are referred to. An editor
offers to write what a schema names by its type, and `null` or `true` would be a word in a text: where those are
allowed, the others are refused instead. Each alternative has a title, without which the server of VS Code mixes them
up. `errorMessage` is no part of the standard; that server shows it.
"""

from __future__ import annotations

import json
from typing import Any, Final, Literal, get_args, get_origin

from elca_docs.model.masks import Mask
from elca_docs.model.record import Record
from elca_docs.model.values import Country, Day, Expected, Identifier, Language, TextValue
from elca_docs.records.decoding import LARGEST_NUMBER, NUMBER, YES_NO
from elca_docs.records.kinds import FOLDER, KIND_BY_STEM, KINDS, Kind, noun
from elca_docs.records.layout import stem_of
from elca_docs.records.shapes import FieldShape, fields_of, is_record

Schema = dict[str, Any]
SCHEMA_FOLDER: Final = f"{FOLDER}schema/"
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_DEFINED: Final = "#/definitions/"
_HEADINGS: Final[dict[type[TextValue], str]] = {
    Identifier: "Id",
    Day: "Day",
    Expected: "Month or day",
    Country: "Country",
    Language: "Language",
    Mask: "Pattern",
}
_NEVER_NUMBERS: Final = frozenset({Day, Expected, Mask})
"""Texts that no YAML takes for a number or a yes/no value, so that one of these in their place is a slip."""
_IN_CAPITALS: Final = frozenset({"id", "vat"})
_TEXT: Final = "One value is wanted here; text with brackets or braces wants quotes."
_NUMBER: Final = "A whole number is wanted here, in digits only, such as 12."
_YES_OR_NO: Final = "Write true or false."
_LIST: Final = "A list is wanted here: [first, second], or one '- ' line for each entry."


def record_schemas() -> dict[str, bytes]:
    """Return the schema of each kind of record file as JSON in UTF-8, by file name; the same bytes every time."""
    return {schema_name(kind): _written(_file_schema(kind)) for kind in KINDS}


def schema_name(kind: Kind) -> str:
    """Return the file name of a kind's schema: agreements.schema.json, and deliverable.schema.json for each one."""
    stem = noun(kind.record).partition(" ")[2] if kind.shape == "folder" else kind.stem
    return f"{stem}.schema.json"


def editor_line(path: str) -> str:
    """Return the line that tells editors the schema of a record file; empty where no records belong at that path."""
    parts = path.removeprefix(FOLDER).split("/")
    stem = stem_of(parts)
    upward = "../" * (len(parts) - 1)
    return f"# yaml-language-server: $schema={upward}schema/{schema_name(KIND_BY_STEM[stem])}\n" if stem else ""


def record_schema(record: type[Record]) -> Schema:
    """Return what a record of a class looks like, without the definitions that it refers to."""
    shapes = fields_of(record)
    required = [key for key, shape in shapes.items() if shape.required]
    return {
        "title": _titled(noun(record).partition(" ")[2]),
        "description": (record.__doc__ or "").split("\n\n")[0],
        "type": "object",
        "properties": {key: _field(shape) for key, shape in shapes.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def definitions() -> dict[str, Schema]:
    """Return what single values look like, by the name under which schemas refer to them."""
    words = "|".join("".join(f"[{each.upper()}{each}]" for each in word) for word in sorted(YES_NO))
    digits = {"pattern": f"^{NUMBER.pattern}$", "minimum": 0, "maximum": LARGEST_NUMBER}
    return {
        "text": {"title": "Text", **_text(_TEXT)},
        "number": {"title": "Whole number", "type": ["string", "integer"], **digits, "errorMessage": _NUMBER},
        "yes-no": {
            "title": "Yes or no",
            "type": ["boolean", "string"],
            "pattern": f"^({words})$",
            "errorMessage": _YES_OR_NO,
        },
        "nothing": {"title": "Left empty", "not": {"type": ["array", "boolean", "number", "object", "string"]}},
        **{_name(kind): _text_value(kind) for kind in _HEADINGS},
    }


def _text(wanted: str) -> Schema:
    """Return what is read as text: neither a list, nor a group, nor nothing."""
    return {"if": {"type": ["array", "null", "object"]}, "then": {"type": "string", "errorMessage": wanted}}


def _text_value(kind: type[TextValue]) -> Schema:
    return {
        "title": _HEADINGS[kind],
        **({"type": "string"} if kind in _NEVER_NUMBERS else _text(kind.schema_hint)),
        **({"pattern": kind.schema_pattern} if kind.schema_pattern else {}),
        "errorMessage": kind.schema_hint,
        **({"examples": list(kind.schema_examples)} if kind.schema_examples else {}),
    }


def _written(schema: Schema) -> bytes:
    """Return a schema as JSON, with the definitions that it refers to."""
    text = json.dumps(schema)
    used = {name: each for name, each in definitions().items() if f'"{_DEFINED}{name}"' in text}
    return (json.dumps({**schema, "definitions": used}, ensure_ascii=False, indent=2) + "\n").encode()


def _file_schema(kind: Kind) -> Schema:
    """Return what a whole file looks like; it may be empty unless something must stand in it."""
    one = record_schema(kind.record)
    if kind.shape == "list":
        listed = {"title": _titled(kind.stem), "description": f"A list of records. {one['description']}"}
        return {"$schema": _DRAFT, **listed, **_or_nothing(_list_of(one))}
    return {"$schema": _DRAFT, **(one if "required" in one else _or_nothing(one))}


def _field(shape: FieldShape) -> Schema:
    """Return what may stand behind a key, and what it means; nothing may stand there unless it is required."""
    said = [shape.meaning, _hint(shape.type), "Always needed." if shape.required else ""]
    found = _value(shape.type) if shape.required else _or_nothing(_value(shape.type))
    named = {"title": _titled(shape.key), "description": " ".join(filter(None, said))}
    return {**named, **found, **named}  # in front, and instead of what a record says of itself


def _value(kind: Any) -> Schema:  # noqa: ANN401 - a type expression
    """Return what a value of a type looks like."""
    if is_record(kind):
        return record_schema(kind)
    if get_origin(kind) is tuple:
        return _list_of(_value(get_args(kind)[0]))
    if get_origin(kind) is dict:
        key, value = get_args(kind)
        keys = {"propertyNames": _defined(_name(key))} if key is not str else {}
        return {"type": "object", **keys, "additionalProperties": _or_nothing(_value(value))}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    described = {"description": _hint(kind)} if _hint(kind) else {}
    return {**described, "anyOf": [_defined(_name(kind))]}


def _defined(name: str) -> Schema:
    return {"$ref": f"{_DEFINED}{name}"}


def _list_of(one: Schema) -> Schema:
    return {"type": "array", "items": one, "errorMessage": _LIST}


def _or_nothing(found: Schema) -> Schema:
    """Return the schema for what may also be left empty; what an editor shows and unfolds stays on the outside."""
    if "anyOf" in found:
        return {"anyOf": [*found["anyOf"], _defined("nothing")]}
    inner = {key: found[key] for key in ("type", "enum", "errorMessage") if key in found}
    outer = {key: value for key, value in found.items() if key not in inner}
    heading = "Choice" if "enum" in inner else "List" if inner["type"] == "array" else "Group"
    return {**outer, "anyOf": [{"title": heading, **inner}, _defined("nothing")]}


def _name(kind: type) -> str:
    return {str: "text", int: "number", bool: "yes-no"}.get(kind) or kind.__name__.lower()


def _hint(kind: object) -> str:
    """Return how a value is written, where its type says so."""
    return kind.schema_hint if isinstance(kind, type) and issubclass(kind, TextValue) else ""


def _titled(words: str) -> str:
    """Return a key, or what a record is called, as a heading."""
    return words.upper() if words in _IN_CAPITALS else words.replace("_", " ").capitalize()
