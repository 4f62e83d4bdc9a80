"""The base of every record: unknown fields are refused, and each field says in words what it means.

The second argument of `Annotated` is the field's meaning for officers; the reference and the JSON Schemas are
generated from it.
"""

from __future__ import annotations

from typing import Any, ClassVar


def record_key(field_name: str) -> str:
    """Return the key under which a field stands in a file: `class_` is written `class`."""
    return field_name.rstrip("_")


class Record:
    """A frozen, keyword-only dataclass that a records file may hold; no field of another name is accepted."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "alias_generator": record_key}
