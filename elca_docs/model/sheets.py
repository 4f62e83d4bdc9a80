"""A partner's workbook as values: tables of cells that belong to record fields, and the changes read back from them.

The same `Book` is written into Excel and expected back from it, so a workbook can be compared cell by cell with what
was sent. A cell always holds text as it stands in the record's file; lists are joined with "; ". Nothing here knows
Excel or YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["text", "date", "month or day", "number", "yes or no", "choice", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: the field it stands for, its heading and comment for officers, and what may stand in it.

    `path` names the field from the record down ("legal", "address", "city"), by the keys of the file; it is empty for a
    column that only shows something computed. `choices` become a drop-down. A field that no record can do without is
    `mandatory`; `empty` is what an empty cell means where that is not "nothing is known". In a table of free places
    `of` says which new record the column belongs to, where that is not the one that fills the place: "organisations",
    and "organisations 2" for the second party.
    """

    path: tuple[str, ...]
    heading: str
    comment: str = ""
    kind: CellKind = "text"
    choices: tuple[str, ...] = ()
    width: int = 20
    mandatory: bool = False
    empty: str = ""
    of: str = ""

    @property
    def editable(self) -> bool:
        """Whether the column belongs to a field of the record."""
        return bool(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row: one record, or an empty place for a new one (`record` is then the place it would fill: "CS-NORD#3").

    `cells` maps a column's heading to its text. `editable` says whether the row is the partner's own to change;
    `locked` names headings of cells in it that only the records file can change. `gives` are the fields (key in the
    file → text) that a new record has from its place, unless the row says otherwise.
    """

    record: str
    cells: Mapping[str, str]
    editable: bool = True
    new: bool = False
    locked: frozenset[str] = frozenset()
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One sheet: the kind of record (a records file's stem), a title, columns and rows."""

    kind: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A place that is filled already: the slot record (or party, for a person), what fills it, and its names.

    `names` holds, for each party or title that a row would name, all folded spellings of it.
    """

    place: str
    record: str
    names: tuple[frozenset[str], ...]
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What the records hold beyond the sheets of a book; it is never written, only compared with.

    `ids` are all ids by kind of record, so that a row of somebody else is told from an invented one and a new record
    gets an id of its own; `names` maps each folded spelling of an organisation's name to its id.
    """

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    fillings: tuple[Filling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The workbook of one partner ("" is the lead's, who sees everything): instructions, then one sheet per table."""

    partner: str
    title: str
    instructions: tuple[str, ...]
    tables: tuple[SheetTable, ...]
    as_of: str = ""
    beyond: Beyond = field(default_factory=Beyond)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between a workbook and the records: which record, which field, old and new text, who, which cell.

    `new_record` marks a row that makes a new record (a filled place); its changes share `record`, its new id, and give
    every field it has but `id` and `fills`; `fills` names the slot record, where there is one. A new organisation comes
    before the agreement that names it. Empty `new` empties the field. A yes or no is "true" or "false".
    """

    kind: str
    record: str
    path: tuple[str, ...]
    old: str
    new: str
    who: str
    cell: str
    new_record: bool = False
    fills: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What a workbook changes; empty when it was read before or nobody wrote into it."""

    changes: tuple[Change, ...] = field(default=())
