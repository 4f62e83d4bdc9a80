"""A cell's text ↔ the value of a record's field: lists are joined with "; ", a yes or no is "true" or "false".

Compares what cells and files mean, not how they are typed. What a text is worth is judged when the records are read
again; nothing here knows YAML or Excel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any, Final, get_origin

from elca_docs.model.record import Record, record_key
from elca_docs.records.shapes import holder_of, is_record, type_at
from elca_docs.records.text import composed

Value = str | tuple[str, ...] | None
"""What a field is to be: one text, a list of texts, or nothing, which removes its key."""
MARK: Final = ";"
_ENDS: Final = re.compile(f"[{MARK}\n]")
_YES: Final = frozenset({"true", "yes"})
_NO: Final = frozenset({"false", "no"})


def can_be_edited(record: type[Record], path: Sequence[str]) -> bool:
    """Whether a cell can stand for a field: one value or a list of them, not the id, and nothing inside a list."""
    kinds = [type_at(record, path[:length]) for length in range(len(path) + 1)]
    if not path or tuple(path) == ("id",) or kinds[-1] is None:
        return False
    inner = type_at(record, (*path, 0)) if get_origin(kinds[-1]) is tuple else kinds[-1]
    return all(is_record(kind) or get_origin(kind) is dict for kind in kinds[:-1]) and not _is_group(inner)


def value_of(kind: Any, text: str) -> Value:  # noqa: ANN401 - a type expression
    """Return the value that a cell's text gives a field of a type."""
    meant = meant_by(kind, text)
    return (tuple(meant.splitlines()) if get_origin(kind) is tuple else meant) or None


def meant_by(kind: Any, text: str) -> str:  # noqa: ANN401 - a type expression
    r"""Return the text in one form, so that two that mean the same are equal; entries of a list end with `\n`."""
    clean = composed(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if get_origin(kind) is tuple:
        parts = (part.strip() for part in _ENDS.split(clean))
        return "".join(f"{part}\n" for part in parts if part)
    if kind is bool and clean.lower() in _YES | _NO:
        return "true" if clean.lower() in _YES else "false"
    return str(int(clean)) if kind is int and clean.isascii() and clean.isdecimal() else clean


def text_of(meaning: object) -> str:
    """Return what a field's value would be in a cell; empty where there is none."""
    if isinstance(meaning, list):
        return f"{MARK} ".join(str(each) for each in meaning if each is not None)
    return "" if meaning is None or isinstance(meaning, dict) else str(meaning)


def default_text(record: type[Record], path: Sequence[str]) -> str:
    """Return what a field that is not written means, as a cell would show it."""
    holder, key = holder_of(record, path)
    default = next((each.default for each in fields(holder) if record_key(each.name) == key), None)  # type: ignore[arg-type]
    if isinstance(default, bool):
        return "true" if default else "false"
    return "" if default in (MISSING, None, ()) else str(default)


def holds_mark(meaning: object) -> bool:
    """Whether an entry of a list holds what separates entries in a cell, so that no cell can stand for it."""
    return isinstance(meaning, list) and any(_ENDS.search(str(each)) for each in meaning)


def _is_group(kind: Any) -> bool:  # noqa: ANN401 - a type expression
    return is_record(kind) or get_origin(kind) in (dict, tuple)
