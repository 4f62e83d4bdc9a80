"""Expressions of Jinja's syntax tree, followed: what each name stands for, and what is asked of the context.

What cannot be told without a context (an argument of a macro, a key that is computed) is opaque: it asks for nothing
and is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import nodes

from elca_docs.authoring.asks import Ask, Use, Value
from elca_docs.authoring.schema import Path
from elca_docs.rendering.environment import STRICT

_OPAQUE_NAMES = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
_SAME_LIST = frozenset({"sort", "reverse", "list", "unique", "selectattr", "rejectattr", "select", "reject"})
_ONE_ENTRY = frozenset({"first", "last", "min", "max"})
_NAMED_ATTRIBUTE = frozenset({"map", "sum", "groupby", "sort", "unique", "join", "min", "max"})
_FIRST_ATTRIBUTE = frozenset({"groupby", "selectattr", "rejectattr"})
_DEFAULTS = frozenset({"default", "d"})
_DEFINED = frozenset({"defined", "undefined"})


class Expressions:
    """What expressions ask for, within the scope and the guards they stand in; `asks` are in document order."""

    def __init__(self) -> None:
        """Begin with nothing set and nothing asked."""
        self.asks: list[Ask] = []
        self._scope: dict[str, Value | None] = {}
        self._guards: list[tuple[Path, bool]] = []
        self._use: Use = "used"
        self._direct = False
        self._forgiving = False

    def _value(self, node: nodes.Node, use: Use, *, direct: bool = False) -> Value | None:
        outer = (self._use, self._direct)
        self._use, self._direct = use, direct
        value = self._evaluated(node)
        self._use, self._direct = outer
        return value

    def _evaluated(self, node: nodes.Node) -> Value | None:  # noqa: PLR0911 - one case for each expression
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._chain(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                return self._test(node)
            case nodes.Call():
                return self._call(node)
            case nodes.CondExpr():
                return self._conditional(node)
            case nodes.Or() | nodes.And():
                left, right = self._evaluated(node.left), self._within(node)
                return (left or right) if isinstance(node, nodes.Or) else None
            case _:
                self._direct = False
                for child in node.iter_child_nodes():
                    self._evaluated(child)
                return None

    def _within(self, node: nodes.Or | nodes.And) -> Value | None:
        positive, negative = self._guards_of(node.left)
        with self._guarded(positive if isinstance(node, nodes.And) else negative):
            return self._evaluated(node.right)

    def _conditional(self, node: nodes.CondExpr) -> Value | None:
        self._value(node.test, "tested")
        positive, negative = self._guards_of(node.test)
        with self._guarded(positive):
            first = self._evaluated(node.expr1)
        with self._guarded(negative):
            second = self._evaluated(node.expr2) if node.expr2 is not None else None
        return first or second

    def _chain(self, node: nodes.Node) -> Value | None:
        """Follow a name with its fields to the end, and ask for the whole of it once."""
        value = self._resolved(node)
        if value is not None:
            self._ask(value, node.lineno)
        return value

    def _resolved(self, node: nodes.Node) -> Value | None:
        steps: list[nodes.Getattr | nodes.Getitem] = []
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            steps.append(node)
            node = node.node
        value = self._named(node) if isinstance(node, nodes.Name) else self._evaluated(node)
        for step in reversed(steps):
            if value is None:
                self._arguments(step)
                continue
            value = self._stepped(value, step)
        return value

    def _named(self, node: nodes.Name) -> Value | None:
        if node.name in self._scope:
            return self._scope[node.name]
        return None if node.name in _OPAQUE_NAMES or node.name in STRICT.globals else Value((node.name,), node.name)

    def _stepped(self, value: Value, step: nodes.Getattr | nodes.Getitem) -> Value | None:
        if isinstance(step, nodes.Getattr):
            return value.below(step.attr)
        match step.arg:
            case nodes.Const(value=str(key)):
                return value.below(key)
            case nodes.Const(value=int()) | nodes.Neg():
                return value.entry()
            case nodes.Slice():
                return value
        self._ask(value, step.lineno)
        self._arguments(step)
        return None

    def _arguments(self, step: nodes.Getattr | nodes.Getitem) -> None:
        if isinstance(step, nodes.Getitem):
            self._value(step.arg, "used")

    def _filter(self, node: nodes.Filter) -> Value | None:
        forgiving, self._direct = self._forgiving, self._direct and node.name in _DEFAULTS
        self._forgiving = forgiving or node.name in _DEFAULTS
        value = self._evaluated(node.node) if node.node is not None else None
        self._forgiving = forgiving
        named = self._attribute_of(node) if value else None
        below = None
        if value and named:
            entry = value.entry()
            below = Value((*entry.path, *named), f"{entry.written}.{'.'.join(named)}", spread=True)
            self._ask(below, node.lineno)
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self._value(argument, "used")
        if node.name == "map":
            return below
        if node.name in _ONE_ENTRY and value:
            return value.entry()
        return value if node.name in _SAME_LIST | _DEFAULTS | {"groupby"} else None

    @staticmethod
    def _attribute_of(node: nodes.Filter) -> Path | None:
        """Return the attribute that a filter is given as text: map(attribute='name'), selectattr('role')."""
        given: list[nodes.Expr] = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        given = given if node.name in _NAMED_ATTRIBUTE else []
        if node.name in _FIRST_ATTRIBUTE | {"sum"}:
            given += node.args[:1]
        if given and isinstance(given[0], nodes.Const) and isinstance(given[0].value, str):
            return tuple(given[0].value.split("."))
        return None

    def _test(self, node: nodes.Test) -> Value | None:
        forgiving = self._forgiving
        self._forgiving = forgiving or node.name in _DEFINED
        self._value(node.node, "tested")
        self._forgiving = forgiving
        for argument in node.args:
            self._value(argument, "used")
        return None

    def _call(self, node: nodes.Call) -> Value | None:
        """A method asks for what it is called on; `.get('name')` for the field, which may be absent."""
        called = node.node
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self._value(argument, "used")
        if not isinstance(called, nodes.Getattr):
            self._value(called, "used")
            return None
        owner = self._resolved(called.node)
        if owner is None:
            return None
        key = node.args[0] if node.args else None
        if called.attr == "get" and isinstance(key, nodes.Const) and isinstance(key.value, str):
            found = owner.below(key.value)
            self.asks.append(Ask(found.path, found.written, node.lineno, self._use, True, True, self._direct))  # noqa: FBT003 - guarded, forgiven
            return found
        self._direct = False
        self._ask(owner, node.lineno)
        return None

    def _ask(self, value: Value, line: int) -> None:
        guards = [forgives for path, forgives in self._guards if value.path[: len(path)] == path]
        forgiven = self._forgiving or any(guards)
        guarded = bool(guards) or forgiven
        self.asks.append(Ask(value.path, value.written, line, self._use, guarded, forgiven, self._direct))

    @contextmanager
    def _guarded(self, guards: list[tuple[Path, bool]]) -> Iterator[None]:
        self._guards += guards
        yield
        del self._guards[len(self._guards) - len(guards) :]

    def _guards_of(self, test: nodes.Node) -> tuple[list[tuple[Path, bool]], list[tuple[Path, bool]]]:
        """Return what is known to be there where the test holds, and where it does not; with: even if unknown."""
        match test:
            case nodes.Not():
                positive, negative = self._guards_of(test.node)
                return negative, positive
            case nodes.And():
                return self._guards_of(test.left)[0] + self._guards_of(test.right)[0], []
            case nodes.Or():
                return [], self._guards_of(test.left)[1] + self._guards_of(test.right)[1]
            case nodes.Test() if test.name in _DEFINED:
                value = self._quiet(test.node)
                known = [(value.path, True)] if value else []
                return (known, []) if test.name == "defined" else ([], known)
            case nodes.Compare():
                value = self._quiet(test.expr)
            case _:
                value = self._quiet(test)
        return ([(value.path, False)] if value else []), []

    def _quiet(self, node: nodes.Node) -> Value | None:
        """Return what an expression stands for, without asking for it."""
        before = len(self.asks)
        value = self._value(node, "used")
        del self.asks[before:]
        return value
