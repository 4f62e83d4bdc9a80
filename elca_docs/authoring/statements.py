"""A walk over the statements of a part: the scope that loops and settings make, the guards that conditions are.

Scopes as Jinja has them: what a loop sets is gone behind it, what a condition sets stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from jinja2 import nodes

from elca_docs.authoring.asks import Value
from elca_docs.authoring.expressions import Expressions


class Walker(Expressions):
    """One walk over one part; `asks` is what it found, in document order."""

    def walk(self, node: nodes.Node) -> None:  # noqa: C901 - one case for each statement
        """Walk over statements."""
        match node:
            case nodes.Output():
                for printed in node.nodes:
                    self._value(printed, "printed", direct=True)
            case nodes.If():
                self._if(node)
            case nodes.For():
                self._for(node)
            case nodes.Assign():
                self._assign(node.target, self._value(node.node, "used"))
            case nodes.AssignBlock():
                self._each(node.body)
                self._assign(node.target, None)
            case nodes.With():
                with self._own_scope():
                    for target, value in zip(node.targets, node.values, strict=True):
                        self._assign(target, self._value(value, "used"))
                    self._each(node.body)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node)
            case nodes.Expr():
                self._value(node, "used")
            case _:
                self._each(node.iter_child_nodes())

    def _each(self, found: Iterable[nodes.Node]) -> None:
        for node in found:
            self.walk(node)

    @contextmanager
    def _own_scope(self) -> Iterator[None]:
        outer, self._scope = self._scope, dict(self._scope)
        yield
        self._scope = outer

    def _if(self, node: nodes.If) -> None:
        self._value(node.test, "tested")
        positive, negative = self._guards_of(node.test)
        with self._guarded(positive):
            self._each(node.body)
        for branch in node.elif_:
            with self._guarded(negative):
                self._if(branch)
        with self._guarded(negative):
            self._each(node.else_)

    def _for(self, node: nodes.For) -> None:
        value = self._value(node.iter, "looped", direct=True)
        with self._own_scope():
            self._bind(node.target, value, node.iter)
            if node.test is not None:
                self._value(node.test, "tested")
            positive = self._guards_of(node.test)[0] if node.test is not None else []
            with self._guarded(positive):
                self._each(node.body)
        with self._own_scope():
            self._each(node.else_)

    def _bind(self, target: nodes.Node, value: Value | None, source: nodes.Node) -> None:
        """Give the names of a loop what they stand for."""
        entry = value.entry() if value else None
        if isinstance(target, nodes.Name):
            self._scope[target.name] = entry if entry is None else Value(entry.path, target.name)
            return
        names = [each for each in target.find_all(nodes.Name)]  # noqa: C416 - Jinja's iterator has no length
        for name in names:
            self._scope[name.name] = None
        if isinstance(source, nodes.Filter) and source.name == "groupby" and len(names) == 2 and entry:  # noqa: PLR2004 - key and entries
            self._scope[names[1].name] = Value(entry.path, names[1].name, spread=True)

    def _assign(self, target: nodes.Node, value: Value | None) -> None:
        if isinstance(target, nodes.Name):
            self._scope[target.name] = value and Value(value.path, target.name, value.spread)
            return
        for name in target.find_all(nodes.Name):
            self._scope[name.name] = None

    def _macro(self, node: nodes.Macro | nodes.CallBlock) -> None:
        if isinstance(node, nodes.Macro):
            self._scope[node.name] = None
        else:
            self._value(node.call, "used")
        with self._own_scope():
            for default in node.defaults:
                self._value(default, "used")
            for argument in node.args:
                self._scope[argument.name] = None
            self._each(node.body)
