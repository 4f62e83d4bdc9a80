"""Finds, in the program's source, every code that a Problem or a Finding can carry.

A code is a text that arrives at a parameter or field named `code`. The search follows the ways in which that happens
here and reports every call it cannot follow, so that a new way is noticed and not missed:
- written in the call: `Problem("unknown-id", …)`, `Finding(code="after-deadline", …)`, `Fault("template-failed", …)`;
- written as the default of such a parameter, or given to a name `code` or `CODE` first;
- put together from a parameter (`f"template-unknown-{what}"`), whose values are then looked up in the module's calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CARRIERS = ("Problem", "Finding", "Fault")


@dataclass
class Found:
    """The codes with the places that use them, and the calls that could not be followed."""

    codes: dict[str, set[str]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)


def codes_in(package: Path) -> Found:
    """Return the codes of all modules below a folder."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    takers = {name: place for tree in trees.values() for name, place in _takers(tree)}
    found = Found()
    for path, tree in trees.items():
        for node in ast.walk(tree):
            for value in _values(node, takers):
                place = f"{path.relative_to(package).as_posix()}:{node.lineno}"
                if not _noted(found, value, tree, place) and isinstance(node, ast.Call) and _called(node) in CARRIERS:
                    found.unclear.append(f"{place}: {ast.unparse(value)}")
    return found


def _takers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name of everything that takes a `code`, with the code's place among the positional arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            yield from ((node.name, place) for place in _place(node))
        if isinstance(node, ast.ClassDef):
            fields = [each.target.id for each in node.body if isinstance(each, ast.AnnAssign)]
            if "code" in fields:
                yield node.name, fields.index("code")
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and each.name == "__init__":
                    yield from ((node.name, place) for place in _place(each))


def _place(function: ast.FunctionDef) -> Iterator[int]:
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args) if each.arg != "self"]
    if "code" in names:
        yield names.index("code")
    elif "code" in [each.arg for each in function.args.kwonlyargs]:
        yield len(names)  # never reached by position


def _values(node: ast.AST, takers: dict[str, int]) -> Iterator[ast.expr]:
    """Yield the expressions that become a code at this node."""
    if isinstance(node, ast.Call) and (name := _called(node)) in takers:
        named = [each.value for each in node.keywords if each.arg == "code"]
        yield from named or node.args[takers[name] : takers[name] + 1]
    if isinstance(node, ast.FunctionDef):
        arguments = [*node.args.posonlyargs, *node.args.args]
        defaults = [None] * (len(arguments) - len(node.args.defaults)) + list(node.args.defaults)
        every = [*zip(arguments, defaults, strict=True), *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
        yield from (value for argument, value in every if argument.arg == "code" and value is not None)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Name) and target.id in {"code", "CODE"}:
            yield value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=True)
            yield from (each for name, each in pairs if isinstance(name, ast.Name) and name.id == "code")


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _noted(found: Found, value: ast.expr, tree: ast.Module, place: str) -> bool:
    """Note the codes an expression can be; False where it cannot be followed."""
    match value:
        case ast.Constant(value=str(code)):
            found.codes.setdefault(code, set()).add(place)
        case ast.Name(id="code" | "CODE") | ast.Attribute(attr="code"):
            pass  # noted where it was first written
        case ast.JoinedStr() if codes := list(_put_together(value, tree)):
            for code in codes:
                found.codes.setdefault(code, set()).add(place)
        case _:
            return False
    return True


def _put_together(text: ast.JoinedStr, tree: ast.Module) -> Iterator[str]:
    """Yield what an f-string with one parameter of its function can be, by the calls of that function."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or not any(each is text for each in ast.walk(function)):
            continue
        names = [each.arg for each in function.args.args]
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _called(call) == function.name:
                given = {name: each.value for name, each in zip(names, call.args, strict=False) if _is_text(each)}
                pieces = [_piece(each, given) for each in text.values]
                if None not in pieces:
                    yield "".join(str(each) for each in pieces)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _piece(node: ast.expr, given: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return given.get(inner.id) if isinstance(inner, ast.Name) else None
