"""A file of records while it is being changed: found records, changed fields, appended records, and its bytes again.

Line ends, a byte order mark and every character outside the changed fields stay. Each record is changed in the lines
it has, so that a file of many records costs no more than its own size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from elca_docs.errors import Location, Problem
from elca_docs.records.cell_values import Value
from elca_docs.records.grammar import tree_of
from elca_docs.records.kinds import Kind
from elca_docs.records.nodes import ListNode, Node, identifier_of, place_of
from elca_docs.records.shapes import fields_of, is_record, type_at
from elca_docs.records.spans import Sequence, column_of, line_start, newline_of, next_line, span_of
from elca_docs.records.spelling import entry_spelling
from elca_docs.records.splicing import Field, meaning_of, with_value
from elca_docs.records.text import decoded

_MARK = "\ufeff"
Path = tuple[str, ...]


@dataclass(slots=True)
class _Part:
    """Lines that are changed as one: those of one record, or the whole file where records share lines."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class RecordFile:
    """One file; `problems` says why it cannot be edited at all."""

    path: str
    kind: Kind
    data: bytes
    problems: tuple[Problem, ...] = ()
    _text: str = ""
    _tree: Node | None = None
    _ended: bool = True
    _parts: list[_Part] = field(default_factory=list)
    _records: dict[str, tuple[_Part, int | None]] = field(default_factory=dict)
    _added: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the file."""
        clean, problems = decoded(self.path, self.data)
        self.problems = problems
        if clean is None or problems:
            return
        self._tree, self.problems = tree_of(self.path, clean)
        if not self.problems:
            self._take_apart()

    def holds(self, record: str) -> bool:
        """Whether the record stood in the file when it was read."""
        return record in self._records

    def meaning(self, record: str) -> dict[str, object] | None:
        """Return what a record holds now, changes included; None where it is not in this file."""
        if record not in self._records:
            return None
        part, index = self._records[record]
        whole = meaning_of(part.text)
        found = whole[index] if isinstance(whole, list) and index is not None else whole
        return found if isinstance(found, dict) else {}

    def place(self, record: str, path: Path = ()) -> Location:
        """Return where a field was written when the file was read; the nearest place above it where it was not."""
        if isinstance(self._tree, ListNode):
            for entry in self._tree.entries:
                if identifier_of(entry) == record:
                    return place_of(entry, path)
        return place_of(self._tree, path) if self._tree is not None else Location(self.path)

    def change(self, record: str, path: Path, value: Value) -> bool:
        """Change one field of a record; False, and nothing changed, where that cannot be done in place."""
        part, index = self._records[record]
        text = with_value(part.text, Field(self.kind.record, index, path), value)
        part.text = part.text if text is None else text
        return text is not None

    def append(self, record: str, values: dict[Path, Value]) -> Path | None:
        """Add a record behind the others; return the path that cannot be written, where there is one."""
        span = span_of(self._text)
        if isinstance(span, Sequence) and span.flow and span.entries:
            return ("id",)
        column = column_of(self._text, span.start) if isinstance(span, Sequence) and not span.flow else 0
        text = f"{' ' * column}- id: {entry_spelling(record, text=False)}{newline_of(self._text)}"
        for path in sorted(values, key=self._order):
            longer = with_value(text, Field(self.kind.record, 0, path), values[path])
            if longer is None:
                return path
            text = longer
        self._added.append(text)
        return None

    def written(self) -> bytes:
        """Return the bytes of the file as it is now."""
        text, newline = self._text, newline_of(self._text)
        for part in reversed(self._parts):
            text = text[: part.start] + part.text + text[part.end :]
        if self._added:
            span = span_of(text)
            if isinstance(span, Sequence) and span.flow:  # an empty list in brackets gives way
                text = text[: span.start] + text[span.end :].lstrip(" \r\n")
            text = newline.join([*([text] if text else []), *self._added])
        if not self._ended:
            text = text.removesuffix(newline)
        return (_MARK if self.data.startswith(_MARK.encode()) else "").encode() + text.encode()

    def _order(self, path: Path) -> tuple[int, ...]:
        """Return where a field stands among those of the model, level by level."""
        levels = (type_at(self.kind.record, path[:length]) for length in range(len(path)))
        places = [list(fields_of(level)) if is_record(level) else [] for level in levels]
        return tuple(known.index(name) if name in known else 0 for known, name in zip(places, path, strict=True))

    def _take_apart(self) -> None:
        """Find the lines of each record."""
        text = self.data.decode("utf-8-sig")
        newline = newline_of(text)
        self._ended = text.endswith(newline) or not text
        self._text = text = text if self._ended else text + newline
        span = span_of(text)
        if isinstance(self._tree, ListNode) and isinstance(span, Sequence) and not span.flow:
            for node, dash, entry in zip(self._tree.entries, span.dashes, span.entries, strict=True):
                start, end = line_start(text, dash), next_line(text, entry.end)
                self._parts.append(_Part(start, end, text[start:end]))
                self._records.setdefault(identifier_of(node), (self._parts[-1], 0))
            return
        self._parts.append(whole := _Part(0, len(text), text))
        if isinstance(self._tree, ListNode):
            for index, node in enumerate(self._tree.entries):
                self._records.setdefault(identifier_of(node), (whole, index))
        elif self._tree is not None and self.kind.shape != "list":
            name = identifier_of(self._tree) if self.kind.shape == "folder" else ""
            self._records[name] = (whole, None)
