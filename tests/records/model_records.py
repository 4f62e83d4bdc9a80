"""All classes of records that the model knows, for tests that go through every field."""

from __future__ import annotations

from typing import Any, get_args

from elca_docs.model.record import Record
from elca_docs.records.kinds import KINDS
from elca_docs.records.shapes import fields_of, is_record


def every_record() -> list[type[Record]]:
    """Return all classes of records that files can hold, inner ones too."""
    found: dict[type[Record], None] = {}

    def visit(kind: Any) -> None:
        if is_record(kind) and kind not in found:
            found[kind] = None
            for shape in fields_of(kind).values():
                visit(shape.type)
        for argument in get_args(kind):
            visit(argument)

    for kind in KINDS:
        visit(kind.record)
    return list(found)


EVERY_FIELD = [(record, shape) for record in every_record() for shape in fields_of(record).values()]
