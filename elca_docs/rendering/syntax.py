"""A part's text as a Jinja syntax tree: what it may not say, which names it asks for, and the tree ready to compile.

Everything that can be told without a context is told here, all of it at once, with the line it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.filters import FILTERS
from jinja2.visitor import NodeTransformer

from elca_docs.rendering.environment import COUNTED, MEASURED, STRICT
from elca_docs.rendering.places import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable

_READS_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_UNESCAPES = (nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)
_ESCAPES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_ENTITIES = (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#10;", "\n"), ("&amp;", "&"))
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_WHOLE_TAG = re.compile(r"""\{([{%\#])(?:"[^"]*"|'[^']*'|.)*?[}%\#]\}""")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_CLOSER = re.compile(r"[%}]\}")
_TYPOGRAPHIC = re.compile(r"unexpected char '([^\x00-\x7f])'")
_NOT_CLOSED = re.compile(r"Unexpected end of template\. .*block that needs to be closed is '(\w+)'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line of a part, before it is known which paragraph that is."""

    code: str
    message: str
    line: int
    hint: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names a part asks its context for, with the lines they stand on; only the needed ones may not be absent."""

    asked: tuple[tuple[str, int], ...]
    needed: frozenset[str]


def plain_tags(xml: str) -> str:
    """Return the XML with the entities inside tags decoded: `{% if x == 'a & b' %}` means what it says."""

    def plain(found: re.Match[str]) -> str:
        tag = found[0]
        if "&" in tag:
            for entity, character in _ENTITIES:
                tag = tag.replace(entity, character)
        return tag

    return _TAG.sub(plain, xml)


def leftovers(source: str) -> Iterator[Fault]:
    """Yield each `}}` or `%}` that closes nothing: what it belongs to would be printed and not filled in."""
    bare = _RAW.sub(lambda found: "\n" * found[0].count("\n"), source)
    for found in _TEXT.finditer(bare):
        text = _WHOLE_TAG.sub("", found[1])
        closer = _CLOSER.search(text)
        if closer:
            message = f"'{closer[0]}' closes a tag that was never opened"
            fix = "write the tag anew in one go: {{ name }} or {% if … %}; {_{ and }_} print two braces"
            yield Fault("template-leftover", message, bare.count("\n", 0, found.start()) + 1, closer[0], fix)


def parsed(source: str, part: str) -> nodes.Template | Fault:
    """Return the part's syntax tree, or the first thing that is no Jinja."""
    try:
        return STRICT.parse(source, part)
    except TemplateSyntaxError as error:
        return _syntax_fault(error, source)
    except (RecursionError, MemoryError, ValueError, OverflowError) as error:
        return too_deep(error)


def too_deep(error: BaseException) -> Fault:
    """Return the fault of a part that Jinja or Python gives up on."""
    message = f"the tags are too large or too deeply nested to be read ({type(error).__name__})"
    return Fault("template-syntax", message, 1, fix="make the loops and conditions simpler")


def _syntax_fault(error: TemplateSyntaxError, source: str) -> Fault:
    """Return what Jinja says, in one sentence, with the line of the tag it is about."""
    said = (error.message or "").strip().rstrip(".")
    line, hint = error.lineno, next(iter(re.findall(r"'([^']+)'", said)), "")
    fix = "correct the tag in Word; what a template may say is in the template guide"
    typographic = _TYPOGRAPHIC.search(said)
    not_closed = _NOT_CLOSED.search(said)
    if typographic:
        said, hint = f"the character {typographic[1]} cannot stand in a tag", typographic[1]
        fix = "type the plain character instead; Word's automatic correction has changed it"
    elif not_closed:
        opener = not_closed[1]
        line, hint = _open_block(source, opener), opener
        said, fix = f"'{opener}' is opened here and never closed", f"add end{opener} where it should end"
    elif "unknown tag" in said:
        fix = "check the spelling; {%p, {%tr and {%tc are followed by a space, and the tag holds no other % or }"
    return Fault("template-syntax", f"the tag cannot be read: {said}", line, hint, fix)


def _open_block(source: str, opener: str) -> int:
    """Return the line of the last block of this name that is not closed."""
    waiting: list[int] = []
    last_line = 1
    tokens = [(line, value) for line, kind, value in STRICT.lex(source) if kind == "name"]
    for line, value in tokens:
        last_line = line
        if value == opener:
            waiting.append(line)
        elif value == f"end{opener}" and waiting:
            waiting.pop()
    return waiting[-1] if waiting else last_line


def faults(tree: nodes.Template, filters: frozenset[str]) -> Iterator[Fault]:
    """Yield what the part may not say: other files, unescaped output, private names, unknown filters and tests."""
    private: set[int] = set()
    for node in tree.find_all(nodes.Node):
        if isinstance(node, _READS_FILES):
            yield _forbidden("a template cannot take in another template", node)
        elif isinstance(node, _UNESCAPES):
            yield _forbidden("a template cannot switch off escaping", node, "autoescape")
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            if node.lineno in private:
                continue
            private.add(node.lineno)
            yield _forbidden(f"'{node.attr}' is out of a template's reach", node, node.attr)
        elif isinstance(node, nodes.Filter) and node.name not in filters:
            if node.name in FILTERS:
                yield _forbidden(f"the filter '{node.name}' is not for templates", node, node.name)
            else:
                yield _unknown("filter", node.name, filters, node)
        elif isinstance(node, nodes.Test) and node.name not in STRICT.tests:
            yield _unknown("test", node.name, STRICT.tests, node)


def _forbidden(message: str, node: nodes.Node, hint: str = "") -> Fault:
    return Fault("template-forbidden", message, node.lineno, hint, "take it out; a template prints values and no more")


def _unknown(what: str, name: str, known: Iterable[str], node: nodes.Node) -> Fault:
    return Fault(
        f"template-unknown-{what}", f"there is no {what} '{name}'", node.lineno, name, did_you_mean(name, known)
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `did you mean 'address'?`, or the names there are when none is close."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")  # noqa: PLR2004 - a line's worth
    return f"known are: {shown}" if names else ""


def names_of(tree: nodes.Template) -> Names:
    """Return the names that nothing in the part sets; one guard by `is defined` or `default` guards a name."""
    asked: list[tuple[str, int]] = []
    given = {"loop", "self", "super", "caller", "varargs", "kwargs", *STRICT.globals}
    guarded: set[str] = set()
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.ctx == "load":
            asked.append((node.name, node.lineno))
        elif isinstance(node, nodes.Name | nodes.Macro):
            given.add(node.name)
        elif isinstance(node, nodes.Test | nodes.Filter) and node.name in {"defined", "undefined", "default", "d"}:
            guarded.update(_root(node.node))
    free = tuple(dict.fromkeys(entry for entry in asked if entry[0] not in given))
    return Names(free, frozenset(name for name, _ in free) - guarded)


def _root(node: nodes.Node | None) -> Iterator[str]:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    if isinstance(node, nodes.Name):
        yield node.name


class _Preparing(NodeTransformer):
    """Takes out what only served to count lines, unfolds docxtpl's escapes, and puts the budget's filters in."""

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802 - Jinja's naming
        node.data = _unfolded(node.data.replace(LINE, ""))
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's naming
        for printed in node.nodes:
            if isinstance(printed, nodes.Const) and isinstance(printed.value, str):
                printed.value = _unfolded(printed.value)
        return self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's naming
        self.generic_visit(node)
        node.iter = _filtered(node.iter, COUNTED)
        return node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802 - Jinja's naming
        return self._measured(node) if node.ctx == "load" else node

    def _measured(self, node: nodes.Expr) -> nodes.Node:
        self.generic_visit(node)
        return _filtered(node, MEASURED)

    visit_Concat = visit_List = visit_Dict = _measured  # noqa: N815 - Jinja's naming


def _unfolded(text: str) -> str:
    for escape, braces in _ESCAPES:
        text = text.replace(escape, braces)
    return text


def _filtered(node: Any, name: str) -> nodes.Filter:  # noqa: ANN401 - Jinja types loops loosely
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def prepared(tree: nodes.Template) -> nodes.Template:
    """Return the tree as it is compiled: what a document prints, within the budget, and nothing for counting lines."""
    ready: nodes.Template = _Preparing().visit(tree)
    ready.set_environment(STRICT)
    return ready
