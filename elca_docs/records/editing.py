"""Changes from a sheet → the record files with those fields changed, every other character as it was.

A change says what stood in the field when the sheet was written; where something else stands now, it is a problem and
nothing at all is changed. Whether the changed records still make sense is found by reading them again. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from elca_docs.errors import Problem
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.sheets import Change
from elca_docs.records.cell_values import (
    Value,
    can_be_edited,
    default_text,
    holds_mark,
    meant_by,
    text_of,
    value_of,
)
from elca_docs.records.kinds import FOLDER, KIND_BY_STEM, Kind, noun
from elca_docs.records.layout import layout_of
from elca_docs.records.record_file import RecordFile
from elca_docs.records.schema import editor_line
from elca_docs.records.shapes import type_at
from elca_docs.records.text import forbidden_character, shown

_HEADS: Final = {
    "people": "# Signatories and contact points. Keep this file out of version control; an id tells nobody's name.\n",
}
_WRITE_AGAIN: Final = "write the sheets again (invoke sheets.write) and make the change in the new one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The files that changed, whole, and the records that are new, as (kind, id); nothing where there is a problem.

    The files come in an order in which each names only records of those before it, so that a run that ends in between
    leaves records that can be read.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    added: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def edited(files: Mapping[str, bytes], changes: Sequence[Change], portfolio: Portfolio) -> Edited:
    """Return the files with the changes made; making them again changes nothing.

    `files` maps paths relative to the project folder to bytes, as for `read_portfolio`; `portfolio` is what they mean.
    New records go behind the others of the file that holds the record they fill, else of the first file of their kind.

    Problems: record-changed-meanwhile, field-not-editable, value-not-writable, edit-not-possible, and those of a file
    that cannot be read.
    """
    run = _Editing(files, portfolio)
    for change in changes:
        if not change.new_record:
            run.change(change)
    fresh = [change for change in changes if change.new_record]
    for (_, _), rows in groupby(fresh, key=attrgetter("kind", "record")):
        run.add(tuple(rows))
    return run.result()


class _Editing:
    """The files of one run, opened as changes ask for them; never leaves this module."""

    def __init__(self, files: Mapping[str, bytes], portfolio: Portfolio) -> None:
        self._files = files
        self._portfolio = portfolio
        self._paths = layout_of(files).files
        self._open: dict[str, RecordFile] = {}
        self._added: dict[tuple[str, str], None] = {}
        self._problems: dict[Problem, None] = {}

    def result(self) -> Edited:
        """Return what came of it."""
        problems = dict.fromkeys([*(each for file in self._open.values() for each in file.problems), *self._problems])
        if problems:
            return Edited(problems=tuple(sorted(problems, key=lambda problem: problem.order)))
        kinds = list(KIND_BY_STEM)
        ordered = sorted(self._open.items(), key=lambda each: (kinds.index(each[1].kind.stem), each[0]))
        written = {path: file.written() for path, file in ordered}
        changed = {path: data for path, data in written.items() if data != self._files.get(path)}
        return Edited(files=changed, added=tuple(self._added))

    def change(self, change: Change) -> None:
        """Make one change of a record that is there."""
        kind = KIND_BY_STEM[change.kind]
        file = self._holding(kind, change.record)
        meaning = file.meaning(change.record) if file else None
        if file and file.problems:
            return
        if file is None or meaning is None:
            what = f"{noun(kind.record)} '{shown(change.record)}' is no longer there"
            at = self._portfolio.place(kind.stem, change.record)
            self._problems[Problem("record-changed-meanwhile", f"{what} ({change.cell})", at, _WRITE_AGAIN)] = None
            return
        problem = _refused(kind, change, file, meaning)
        if problem:
            self._problems[problem] = None
            return
        if _says(kind, change, change.new, meaning):
            return
        if not _says(kind, change, change.old, meaning):
            self._problems[_meanwhile(kind, change, file, meaning)] = None
        elif not file.change(change.record, change.path, value_of(type_at(kind.record, change.path), change.new)):
            self._problems[_by_hand(kind, change, file)] = None

    def add(self, rows: tuple[Change, ...]) -> None:
        """Add the record that some changes make; one that is there already only has to agree with them."""
        first, kind = rows[0], KIND_BY_STEM[rows[0].kind]
        if first.fills:
            rows = (*rows, _filling(first))
        if self._holding(kind, first.record):
            for row in rows:
                self.change(row)
            return
        file = self._for_new(kind, first)
        problems = [found for row in rows if (found := _refused(kind, row, file, {}))]
        self._problems |= dict.fromkeys(problems)
        if problems or file.problems:
            return
        values: dict[tuple[str, ...], Value] = {
            row.path: value for row in rows if (value := value_of(type_at(kind.record, row.path), row.new))
        }
        failed = file.append(first.record, values)
        if failed is None:
            self._added[first.kind, first.record] = None
        else:
            self._problems[_by_hand(kind, next((row for row in rows if row.path == failed), first), file)] = None

    def _holding(self, kind: Kind, record: str) -> RecordFile | None:
        """Return the file that holds a record; None where none does."""
        place = self._portfolio.place(kind.stem, *((record,) if record else ()))
        near = [place.path] if place and place.path in self._files else []
        for path in dict.fromkeys([*near, *self._paths.get(kind.stem, ())]):
            file = self._opened(kind, path)
            if file.problems or file.holds(record):
                return file
        return None

    def _for_new(self, kind: Kind, first: Change) -> RecordFile:
        """Return the file that a new record goes to; it is begun where the kind has none yet."""
        beside = self._holding(kind, first.fills) if first.fills else None
        paths = self._paths.get(kind.stem, [f"{FOLDER}{kind.stem}.yaml"])
        return beside or self._opened(kind, paths[0])

    def _opened(self, kind: Kind, path: str) -> RecordFile:
        if path not in self._open:
            data = self._files[path] if path in self._files else self._beginning(kind, path)
            self._open[path] = RecordFile(path, kind, data)
        return self._open[path]

    def _beginning(self, kind: Kind, path: str) -> bytes:
        """Return how a new file begins: with the line for editors where other files of the project have theirs."""
        told = any(data.startswith(editor_line(each).encode() or b"\0") for each, data in self._files.items())
        return f"{editor_line(path) if told else ''}{_HEADS.get(kind.stem, '')}".encode()


def _refused(kind: Kind, change: Change, file: RecordFile, meaning: Mapping[str, object]) -> Problem | None:
    """Return why a field cannot take what a cell says, whatever stands in it."""
    at = file.place(change.record, change.path)
    name, current = shown(".".join(change.path)), _at(meaning, change.path)
    if not can_be_edited(kind.record, change.path) or holds_mark(current):
        message = f"'{name}' of {noun(kind.record)} cannot be changed in a sheet ({change.cell})"
        return Problem("field-not-editable", message, at, "change it in the file itself")
    if character := forbidden_character(change.new):
        message = f"the text for '{name}' in {change.cell} holds the character {character}"
        return Problem("value-not-writable", message, at, "type the text again in the sheet, without it")
    return None


def _says(kind: Kind, change: Change, text: str, meaning: Mapping[str, object]) -> bool:
    """Whether a field already says what a text means; a field that is not written says its default."""
    wanted, current = type_at(kind.record, change.path), text_of(_at(meaning, change.path))
    known = [current] if current else ["", default_text(kind.record, change.path)]
    return meant_by(wanted, text) in {meant_by(wanted, each) for each in known}


def _meanwhile(kind: Kind, change: Change, file: RecordFile, meaning: Mapping[str, object]) -> Problem:
    now, then = (shown(text) or "nothing" for text in (text_of(_at(meaning, change.path)), change.old))
    message = (
        f"'{shown('.'.join(change.path))}' of {noun(kind.record)} '{shown(change.record)}' says '{now}' now, and said "
        f"'{then}' when the sheet was written ({change.cell})"
    )
    return Problem("record-changed-meanwhile", message, file.place(change.record, change.path), _WRITE_AGAIN)


def _by_hand(kind: Kind, change: Change, file: RecordFile) -> Problem:
    message = (
        f"'{shown('.'.join(change.path))}' of {noun(kind.record)} cannot be changed without touching what is around"
    )
    fix = f"write it into the file by hand: {shown(change.new) or 'remove the key'}"
    return Problem("edit-not-possible", message, file.place(change.record, change.path), fix)


def _filling(first: Change) -> Change:
    """Return the change that says which place a new record fills."""
    return replace(first, path=("fills",), old="", new=first.fills)


def _at(meaning: Mapping[str, object], path: Sequence[str]) -> object:
    found: object = meaning
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
