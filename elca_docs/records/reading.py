"""Files of a project folder → its portfolio, or every problem of all of them at once, in order of place.

The steps: names (`layout`) → text (`text`) → tree (`grammar`) → records (`decoding`) → rules across them (`rules`).
A file that fails one step is left out of the next ones and never hides another file's problems. Pure: bytes come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from elca_docs.errors import Location, Problem
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.record import Record
from elca_docs.records.complaints import shaped_like
from elca_docs.records.decoding import decoded_record
from elca_docs.records.gathered import Gathered
from elca_docs.records.grammar import tree_of
from elca_docs.records.kinds import FOLDER, KINDS, Kind, noun
from elca_docs.records.layout import Layout, layout_of
from elca_docs.records.nodes import ListNode, MapNode, Node, identifier_of, is_empty
from elca_docs.records.places import places_of
from elca_docs.records.rules import broken_rules
from elca_docs.records.text import composed, decoded, shown

PROJECT = f"{FOLDER}project.yaml"
_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """The portfolio, or None and the problems in the way of it, sorted by place."""

    portfolio: Portfolio | None
    problems: tuple[Problem, ...]


def read_portfolio(files: Mapping[str, bytes]) -> Reading:
    """Return the portfolio that the files hold; None with all problems where there is any.

    `files` maps paths relative to the project folder, with forward slashes, to bytes; files outside records/ are
    ignored. A kind of record without a file is empty; only project.yaml has to be there.
    """
    reader = _Reader(files, layout_of(files))
    gathered = reader.gathered()
    problems = [*reader.problems, *broken_rules(gathered)]
    if problems or gathered.project is None:
        return Reading(None, tuple(sorted(problems, key=lambda problem: problem.order)))
    names = [each.name for each in fields(Portfolio)]
    return Reading(Portfolio(**{name: getattr(gathered, name) for name in names}), ())


@dataclass(slots=True)
class _Reader:
    """The state of one reading; never leaves this module."""

    files: Mapping[str, bytes]
    layout: Layout
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def gathered(self) -> Gathered:
        """Return all records of all files, noting problems on the way."""
        self.problems += self.layout.problems
        if "project" not in self.layout.files:
            message = "there is no project.yaml, so there is no project to work on"
            fix = "run the task in the project's folder, or name that folder with --root"
            self.problems.append(Problem("records-missing", message, Location(PROJECT), fix))
            self.unreadable.add("project")
        trees = {kind.stem: tuple(self._trees(kind)) for kind in KINDS}
        places: dict[tuple[str, ...], Location] = {}
        records: dict[str, Any] = {}
        for kind in KINDS:
            places |= places_of(kind, trees[kind.stem])
            found = [record for tree in trees[kind.stem] if (record := self._record(kind.record, tree)) is not None]
            if kind.shape != "single":
                records[kind.stem] = tuple(found)
            elif found:
                records[kind.stem] = found[0]
        return Gathered(
            trees=trees,
            unreadable=frozenset(self.unreadable),
            places=places,
            narratives=self._narratives({identifier_of(tree) for tree in trees["deliverables"]}),
            **records,
        )

    def _trees(self, kind: Kind) -> Iterator[Node]:
        """Yield the trees of all records of a kind, file by file."""
        for path in self.layout.files.get(kind.stem, ()):
            tree = self._tree(path)
            if tree is None:
                self.unreadable.add(kind.stem)
            elif kind.shape == "list":
                yield from self._entries(kind, path, tree)
            else:
                whole = MapNode(tree.at) if is_empty(tree) else tree
                if kind.shape == "folder":
                    self._check_name(path, whole)
                yield whole

    def _tree(self, path: str) -> Node | None:
        text, problems = decoded(path, self.files[path])
        self.problems += problems
        if text is None:
            return None
        tree, problems = tree_of(path, text)
        self.problems += problems
        return tree

    def _entries(self, kind: Kind, path: str, tree: Node) -> Iterator[Node]:
        if isinstance(tree, ListNode):
            yield from tree.entries
        elif not is_empty(tree):
            message = f"{path} holds a list of {kind.stem}, and {shaped_like(tree)} stands here"
            self.problems.append(Problem("wrong-type", message, tree.at, f"begin {noun(kind.record)} with '- id: …'"))
            self.unreadable.add(kind.stem)

    def _record(self, record: type[_R], tree: Node) -> _R | None:
        found, problems = decoded_record(record, tree)
        self.problems += problems
        return found

    def _check_name(self, path: str, tree: Node) -> None:
        """Note a deliverable whose file is named otherwise: two files could then claim one id unseen."""
        name, identifier = path.rpartition("/")[2].removesuffix(".yaml"), identifier_of(tree)
        if identifier and identifier != name:
            message = f"the file is named {shown(name)}.yaml, and the id in it is '{shown(identifier)}'"
            self.problems.append(Problem("file-name-differs", message, Location(path), "give both the same name"))

    def _narratives(self, deliverables: set[str]) -> dict[tuple[str, str], str]:
        """Return the Markdown texts, in the same clean form as records."""
        texts: dict[tuple[str, str], str] = {}
        for (owner, name), path in self.layout.narratives.items():
            if owner not in deliverables and "deliverables" not in self.unreadable:
                message = f"{path} belongs to no deliverable: records/deliverables/{owner}.yaml is not there"
                fix = "rename the folder to the deliverable's id, or remove it"
                self.problems.append(Problem("unknown-file", message, Location(path), fix))
            text, problems = decoded(path, self.files[path])
            self.problems += problems
            texts[owner, name] = composed(text or "")
        return texts
