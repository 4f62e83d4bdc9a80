"""Rules on the fields a template asks for: names that exist, printed as what they are, and none forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from elca_docs.authoring.asking import Asked
from elca_docs.authoring.schema import EACH, Node, Path, Schema, Unknown, dotted
from elca_docs.authoring.sources import MIDDLES, OPENERS
from elca_docs.authoring.spots import WHOLE_FILE, Flaw, Spot, error, warning
from elca_docs.authoring.study import Study
from elca_docs.context.field import Field
from elca_docs.rendering.syntax import did_you_mean

_STATEMENTS: Final = frozenset({*OPENERS, *MIDDLES, *(f"end{name}" for name in OPENERS)})
_LIST_METHODS: Final = frozenset({"items", "keys", "values", "get", "count", "index"})


def unknown_fields(study: Study) -> Iterator[Flaw]:
    """Each field that does not exist, once for each tag; behind `is defined` or `default` it never has a value."""
    seen: set[tuple[object, Path]] = set()
    for asked in _all_asked(study):
        found = study.schema.find(asked.steps)
        if not isinstance(found, Unknown) or (asked.tag, found.path) in seen or _is_told_elsewhere(found):
            continue
        seen.add((asked.tag, found.path))
        path = _written(asked, found)
        if asked.forgiven:
            message = f"'{path}' is no field there is, so it never has a value"
            yield warning("template-undefined-field", message, asked.spot, _fix(asked, found, study.schema))
        else:
            message = f"the template asks for '{path}', which is no field it can be given"
            yield error("template-undefined-field", message, asked.spot, _fix(asked, found, study.schema))


def _all_asked(study: Study) -> Iterator[Asked]:
    return (asked for each in study.parts for asked in each.asked)


def _is_told_elsewhere(found: Unknown) -> bool:
    """Whether the step is a method of a list (parties.index), a private name, or an entry of what is no list."""
    if found.step == EACH or found.step.startswith("_"):
        return True
    return found.owner.kind == "list" and found.step in _LIST_METHODS


def _written(asked: Asked, found: Unknown) -> str:
    """Return the name as the author wrote it, up to the step that does not exist."""
    beyond = len(asked.steps) - len(found.path)
    steps = asked.written.split(".")
    return ".".join(steps[: len(steps) - beyond]) if 0 <= beyond < len(steps) else dotted(found.path)


def _fix(asked: Asked, found: Unknown, schema: Schema) -> str:
    """Return what was most likely meant: a loop around it, a statement, a field of nearly that name."""
    if len(found.path) == 1 and found.step in schema.loops:
        around = f"{{%p for {found.step} in {dotted(schema.loops[found.step])} %}}"
        return f"'{found.step}' only stands in a loop: put it between {around} and {{%p endfor %}}"
    if len(found.path) == 1 and found.step in _STATEMENTS:
        return f"conditions and loops stand between {{% and %}}: {{% {asked.tag.inner.strip()} %}}"
    if found.owner.kind == "list":
        one = next((name for name, path in schema.loops.items() if path == found.path[:-1]), "each")
        return f"go through the list: {{%p for {one} in {dotted(found.path[:-1])} %}}"
    if not found.known:
        return f"'{dotted(found.path[:-1])}' is a {found.owner.kind} and has no fields"
    lower = found.step.casefold()
    return f"did you mean '{lower}'?" if lower in found.known else did_you_mean(found.step, found.known)


def printed_groups(study: Study) -> Iterator[Flaw]:
    """Each group and list that is printed as a whole: a program's notation would stand in the document."""
    for asked in _all_asked(study):
        found = study.schema.find(asked.steps)
        if isinstance(found, Unknown) or asked.use != "printed" or not asked.direct:
            continue
        if found.kind == "group":
            message = f"'{asked.written}' is a group of fields and cannot be printed as a whole"
            fix = f"print one of its fields: {_first_field(asked.written, found)}"
            yield error("template-prints-group", message, asked.spot, fix)
        elif found.kind == "list":
            message = f"'{asked.written}' is a list and cannot be printed as a whole"
            yield error("template-prints-group", message, asked.spot, _loop_fix(asked, found, study.schema))
        elif found.kind == "yes/no":
            message = f"'{asked.written}' is a yes or no, and prints True or False"
            fix = f"use it in a condition: {{% if {asked.written} %}} … {{% endif %}}"
            yield warning("template-prints-yes-no", message, asked.spot, fix)


def _first_field(written: str, node: Node) -> str:
    texts = [name for name, below in node.below.items() if below.kind in {"text", "number"}]
    name = "name" if "name" in texts else next(iter(texts), "name")
    return f"{{{{ {written}.{name} }}}}"


def _loop_fix(asked: Asked, node: Node, schema: Schema) -> str:
    if node.entry is not None and node.entry.kind == "text":
        return f"write {{{{ {asked.written}|join(', ') }}}}, or go through it with {{% for each in {asked.written} %}}"
    one = next((name for name, path in schema.loops.items() if path == asked.steps), "each")
    return f"go through it: {{% for {one} in {asked.written} %}} … {{% endfor %}}"


def loops_over_text(study: Study) -> Iterator[Flaw]:
    """Each loop over something that is no list: it goes through single letters or names of fields."""
    lists = ", ".join(sorted({dotted(path) for path in study.schema.loops.values()}))
    for asked in _all_asked(study):
        found = study.schema.find(asked.steps)
        if asked.use != "looped" or not asked.direct or isinstance(found, Unknown) or found.kind == "list":
            continue
        what = "a group of fields" if found.kind == "group" else f"a {found.kind}"
        message = f"'{asked.written}' is {what} and no list to go through"
        yield error("template-loop-over-text", message, asked.spot, f"lists to go through are: {lists}")


def unprinted_mandatory(study: Study) -> Iterator[Flaw]:
    """Each field that a final document may not do without and that the template prints nowhere."""
    asked = list(_all_asked(study))
    spot = Spot(member="", label=WHOLE_FILE)
    if not any(part.tags for part in study.reading.parts if part.filled):
        message = "the template holds no tag, so every document made from it is the same"
        yield warning("template-no-tags", message, spot, "write the fields where they belong: {{ reference }}")
        return
    used = {each.steps for each in asked if each.use != "tested"}
    for field in study.schema.fields:
        if field.mandatory and not _is_printed(field, used, study.schema):
            message = f"the template prints '{field.name}' nowhere, which no final document may do without"
            fix = f"print {{{{ {field.name} }}}}" + (f" in the loop over {field.loop}" if field.loop else "")
            yield warning("template-mandatory-unprinted", message, spot, fix)


def _is_printed(field: Field, used: set[Path], schema: Schema) -> bool:
    """Whether a field is printed: in its loop, or of every group that holds the same fields outside of a loop."""
    steps = tuple(field.name.split("."))
    if not field.loop:
        return steps in used
    own = (*schema.loops[steps[0]], EACH, *steps[1:])
    shortcuts = [name for name, node in schema.root.below.items() if _holds(node, steps[1:])]
    forms = [steps[1:], (*steps[1:-1], f"{steps[-1]}_lines"), (*steps[1:-1], f"{steps[-1]}_lines", EACH)]
    if own in used or any((*schema.loops[steps[0]], EACH, *form) in used for form in forms):
        return True
    return bool(shortcuts) and all(any((name, *form) in used for form in forms) for name in shortcuts)


def _holds(node: Node, steps: Path) -> bool:
    for step in steps:
        if step not in node.below:
            return False
        node = node.below[step]
    return True
