"""A template filled in twice on trial: with every field there is, and with hardly any. The last word is rendering's.

What the rules overlook, rendering does not. The values are the examples of the table of fields; no document is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from elca_docs.authoring.schema import Node, Schema
from elca_docs.errors import Problem, TemplateError
from elca_docs.model.missing import Missing
from elca_docs.rendering.compiled import compile_template

_ENTRIES = 3
_BETWEEN = " · "
_NUMBER = re.compile(r"\d+")


def trial_problems(data: bytes, schema: Schema, *, name: str) -> Iterator[Problem]:
    """Yield what rendering refuses the template for, by itself or on one of the two trials."""
    try:
        template = compile_template(data, name=name)
    except TemplateError as error:
        yield from error.problems
        return
    for values in (full_values(schema), sparse_values(schema)):
        try:
            template.render(values)
        except TemplateError as error:
            yield from error.problems


def full_values(schema: Schema) -> dict[str, object]:
    """Return a value for every field: its example, and lists of three."""
    return {name: _full(node, name) for name, node in schema.root.below.items()}


def _full(node: Node, name: str) -> object:
    example = node.source.example if node.source else ""
    match node.kind:
        case "group":
            return {step: _full(below, f"{name}.{step}") for step, below in node.below.items()}
        case "list":
            return _full_list(node, name, example)
        case "yes/no":
            return True
        case "number":
            digits = _NUMBER.search(example)
            return int(digits[0]) if digits else 1
        case _:
            return example or f"[{name}]"


def _full_list(node: Node, name: str, example: str) -> list[object]:
    """Return three entries, as different as the example has them."""
    if node.entry is not None and node.entry.below:
        return [_full(node.entry, f"{name} {number + 1}") for number in range(_ENTRIES)]
    shown = [each for each in example.split(_BETWEEN) if each]
    return [*shown, *(f"[{name} {number + 1}]" for number in range(len(shown), _ENTRIES))]


def sparse_values(schema: Schema) -> Mapping[str, object]:
    """Return what records with hardly anything in them give: missing values, empty lists, no to every question."""
    return {name: _sparse(node, name) for name, node in schema.root.below.items()}


def _sparse(node: Node, name: str) -> object:
    match node.kind:
        case "group":
            return {step: _sparse(below, f"{name}.{step}") for step, below in node.below.items()}
        case "list":
            return [_sparse(node.entry, f"{name}[0]")] if node.entry and node.entry.below else []
        case "yes/no":
            return False
        case _:
            return Missing(label=name, field=name, record="trial", key=name, owner="", mandatory=False)
