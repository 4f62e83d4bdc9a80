"""Text of a record file → tree of nodes: the part of YAML that records use, with a place for every key and value.

It reads PyYAML's events, not `yaml.compose`: composing recurses, and the C composer ends the whole program on 100 kB
of opening brackets. No tag, anchor, alias or second document is accepted, no type is guessed. No record is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import yaml

from elca_docs.errors import Location, Problem
from elca_docs.records.nodes import ListNode, MapNode, Node, ScalarNode
from elca_docs.records.syntax import syntax_problem
from elca_docs.records.text import composed, forbidden_character, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 50
"""Levels of nesting. A record needs about six."""
MOST_NODES = 200_000
"""Keys and values in one file; a file of the largest size, filled with ordinary records, has fewer."""

Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
LOADERS: tuple[Loader, ...] = tuple(
    getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)
)
"""The loaders that are here, the fast one first; both read the same."""

_INDENTING_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])")
_CUT = re.compile(r"[ \t]+(#[^\s#].*)")
_SWALLOWED = re.compile(r"^ *- ")
BLANKS = str.maketrans({"\t": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " "})


def tree_of(path: str, text: str, loader: Loader = LOADERS[0]) -> tuple[Node | None, tuple[Problem, ...]]:
    r"""Return the tree of a file and all problems of its grammar; None where nothing below can be trusted.

    An empty file gives an empty scalar. Tabs and no-break spaces count as spaces, except where a tab indents a line;
    a no-break space that is meant can be written as the escape `\u00a0` in double quotes.
    """
    tabs = tuple(_tabs_in(path, text))
    if tabs:
        return None, tabs
    builder = _Builder(path, text.translate(BLANKS))
    try:
        whole = builder.read(loader)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.problems, syntax_problem(path, text, error))
    return (builder.root if whole else None), tuple(builder.problems)


def _tabs_in(path: str, text: str) -> Iterator[Problem]:
    if "\t" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if tab := _INDENTING_TAB.match(line):
            place = Location(path, number, tab[0].index("\t") + 1)
            yield Problem("yaml-syntax", "a tab indents this line", place, "indent it with spaces")


class _Mark(Protocol):
    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun: where the next value goes, and under which key."""

    node: ListNode | MapNode
    key: ScalarNode | None = None
    skips: bool = False


@dataclass(slots=True)
class _Builder:
    """Turns events into nodes with a stack of its own, so that depth costs no recursion."""

    path: str
    text: str
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    lines: list[str] = field(init=False)
    count: int = 0
    documents: int = 0
    whole: bool = True

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")

    def read(self, loader: Loader) -> bool:
        """Build the tree; whether it is whole, so that a missing value really is missing."""
        self.root = ScalarNode(Location(self.path, 1, 1), None)
        for event in yaml.parse(self.text, Loader=loader):
            if not self._goes_on(event):
                return False
            match event:
                case yaml.DocumentStartEvent():
                    self.documents += 1
                case yaml.AliasEvent():
                    self._refuse_alias(event, f"'*{shown(event.anchor)}' stands for a value written elsewhere")
                    self._add(ScalarNode(self._place(event), None), event)
                case yaml.ScalarEvent():
                    self._check_marks(event)
                    self._add(self._scalar(event), event)
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._check_marks(event)
                    self._begin(event)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.stack.pop()
        return self.whole

    def _goes_on(self, event: yaml.Event) -> bool:
        """Whether the file keeps to the bounds; the problem is noted where it does not."""
        self.count += 1
        if len(self.stack) == DEEPEST and isinstance(event, yaml.CollectionStartEvent):
            message = f"values are nested more than {DEEPEST} levels deep here"
            self._note("too-deep", message, self._place(event), "check the brackets and the indentation")
        elif self.count > MOST_NODES:
            message = f"the file holds more than {MOST_NODES:,} values"
            self._note("too-many-values", message, self._place(event), "split it into several files of a folder")
        elif self.documents and isinstance(event, yaml.DocumentStartEvent):
            fix = "remove the line '---', or write the rest into another file"
            self._note("yaml-syntax", "a second document begins here", self._place(event), fix)
        else:
            return True
        return False

    def _begin(self, event: yaml.Event) -> None:
        at = self._place(event)
        node = ListNode(at) if isinstance(event, yaml.SequenceStartEvent) else MapNode(at)
        self._add(node, event)
        self.stack.append(_Open(node))

    def _add(self, node: Node, event: yaml.Event) -> None:
        """Put a value where it belongs; in a mapping, every first one is a key."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, ListNode):
            top.node.entries.append(node)
        elif top.key is None:
            top.key = self._key(node, event)
            top.skips = self._repeats(top.node, top.key)
        else:
            if not top.skips:
                text = top.key.text or ""
                top.node.fields[text], top.node.keys[text] = node, top.key.at
            top.key = None

    def _key(self, node: Node, event: yaml.Event) -> ScalarNode:
        if isinstance(node, ScalarNode) and node.text:
            return node
        message = (
            "a list or mapping stands where a key is wanted" if not isinstance(node, ScalarNode) else "a key is empty"
        )
        self._note("yaml-syntax", message, self._place(event), "write 'key: value', with a name as the key")
        self.whole = False
        return ScalarNode(node.at, "")

    def _repeats(self, node: MapNode, key: ScalarNode) -> bool:
        first = node.keys.get(key.text or "")
        if first is None:
            return False
        message = f"'{shown(key.text)}' stands twice; the first one is in line {first.line}"
        self._note("duplicate-key", message, key.at, "keep one of the two")
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        at = self._place(event)
        if event.style:
            if character := forbidden_character(event.value):
                message = f"this value holds the character {character}, written as an escape"
                self._note("control-character", message, at, "write the value without it")
            return ScalarNode(at, composed(event.value))
        self._check_plain(event, at)
        return ScalarNode(at, composed(event.value) or None)

    def _check_plain(self, event: yaml.ScalarEvent, at: Location) -> None:
        """Note what YAML would silently cut off or swallow of a value without quotes."""
        begins, (ends, column) = _at(event.start_mark)[0], _at(event.end_mark)
        cut = _CUT.match(self.lines[ends], column) if ends < len(self.lines) else None
        if cut:
            kept = f"the value '{shown(event.value)}' ends" if event.value else "the value is empty"
            message = f"{kept} before '{shown(cut[1])}': ' #' begins a comment"
            fix = "put the whole value in quotes, or a space behind the # where a comment is meant"
            self._note("value-cut-by-comment", message, at, fix)
        for number in range(begins + 1, min(ends + 1, len(self.lines))):
            if _SWALLOWED.match(self.lines[number]):
                message = "this line begins with a dash, but still belongs to the value above"
                place = Location(self.path, number + 1, len(self.lines[number]) - len(self.lines[number].lstrip()) + 1)
                self._note("yaml-syntax", message, place, "indent it like the list, or put the value above in quotes")

    def _check_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse_alias(event, f"'&{shown(event.anchor)}' gives this value a name for use elsewhere")
        if event.tag is not None:
            message = "a tag ('!') says how to read this value"
            fix = "remove it; where the value begins with '!', put it in quotes"
            self._note("tag-not-allowed", message, self._place(event), fix)

    def _refuse_alias(self, event: yaml.Event, message: str) -> None:
        self.whole = False
        fix = "write the value out; where it begins with '&' or '*', put it in quotes"
        self._note("alias-not-allowed", message, self._place(event), fix)

    def _place(self, event: yaml.Event) -> Location:
        line, column = _at(event.start_mark)
        return Location(self.path, line + 1, column + 1)

    def _note(self, code: str, message: str, at: Location, fix: str) -> None:
        self.problems.append(Problem(code, message, at, fix))


def _at(mark: _Mark | None) -> tuple[int, int]:
    """Return line and column of a mark, from 0."""
    return (mark.line, mark.column) if mark else (0, 0)
