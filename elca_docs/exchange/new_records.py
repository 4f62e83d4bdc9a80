"""Filled places → new records: an organisation and its agreement, an event, a person who signs.

A row with a # in its id is a place. Its name says whether it was filled and read before; then it makes nothing, so that
a workbook can be read twice. Which place of a slot record is filled does not matter, only that one is still free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from elca_docs.errors import Problem
from elca_docs.exchange.cell_changes import Refusal, cell_text, judged, recorded
from elca_docs.exchange.cell_texts import SEPARATOR, compared, cut, folded
from elca_docs.exchange.new_ids import NewIds
from elca_docs.exchange.row_changes import RowChanges, half_address, shown_cells
from elca_docs.exchange.sheet_places import FoundRow
from elca_docs.model.sheets import Book, Change, Filling, SheetColumn, SheetRow

PLACE = "#"
_NAME = {"events": "title", "people": "name"}
_ORGANISATIONS = "organisations"
_Path = tuple[str, ...]


@dataclass(slots=True)
class NewRecords:
    """Turns filled places into records, one row after the other; remembers what earlier rows took and named."""

    book: Book
    ids: NewIds = field(init=False)
    names: dict[str, str] = field(init=False)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    made: dict[str, Mapping[_Path, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the ids and names that the records have."""
        self.ids = NewIds(self.book.beyond.ids)
        self.names = dict(self.book.beyond.names)

    def of(self, row: FoundRow) -> RowChanges:
        """Return the records that a row makes: nothing where it is empty, or was read before."""
        found = RowChanges()
        filled = [each for each in row.sheet.table.columns if each.editable and row.text(each)]
        if not any(cell_text(each, row.text(each)) for each in filled):
            return found
        texts = self._texts(row, filled, found)
        groups = _groups(row)
        names = [texts.get((of, (_NAME.get(row.sheet.table.kind, "name"),)), "") for of in groups]
        filling = self._filling(row, names)
        if filling:
            found.problems += _differences(self.book, row, filling, texts)
        elif not found.problems:
            self._judge(row, groups, texts, found)
            if not found.problems:
                self._make(row, groups, texts, found)
        return found

    def _texts(self, row: FoundRow, filled: list[SheetColumn], found: RowChanges) -> dict[tuple[str, _Path], str]:
        """Return the texts of the filled cells by new record and path; the others become problems."""
        texts: dict[tuple[str, _Path], str] = {}
        for column in filled:
            answer = judged(column, row.text(column), "")
            if row.hides(column.heading):
                message = f"{column.heading} was filled in where nobody sees it"
                answer = Refusal("hidden-cell", message, "show the row, the column and the sheet, and save again")
            if isinstance(answer, Refusal):
                if cell_text(column, row.text(column)):
                    found.note(row, column.heading, answer)
            elif answer:
                texts[column.of, column.path] = answer
        return texts

    def _filling(self, row: FoundRow, names: list[str]) -> Filling | None:
        """Return what filled the place before, if this row says the same names."""
        wanted, place = [folded(each) for each in names], row.record.rpartition(PLACE)[0]
        if not all(wanted):
            return None
        for each in self.book.beyond.fillings:
            same = each.place == place and len(each.names) == len(wanted)
            if same and all(name in known for name, known in zip(wanted, each.names, strict=True)):
                return each
        return None

    def _judge(
        self, row: FoundRow, groups: list[str], texts: Mapping[tuple[str, _Path], str], found: RowChanges
    ) -> None:
        """Note what is missing in a row that fills a place, and a place that is not free."""
        known = self._free(row)
        if isinstance(known, Problem):
            found.problems.append(known)
            return
        shown_cells(row, known, found)
        key = _NAME.get(row.sheet.table.kind, "name")
        for column in row.sheet.table.columns:
            if column.path == (key,) and column.of in groups and not texts.get((column.of, column.path)):
                message = f"{row.record} was filled in without {column.heading}"
                found.note(row, column.heading, Refusal("new-row-incomplete", message, "fill it in, or empty the row"))
        found.problems += [problem for of in groups if (problem := half_address(row, of))]
        names = [folded(texts.get((of, (key,)), "")) for of in groups]
        if not found.problems and len({self.names.get(each, each) for each in names}) < len(names):
            message = f"'{cut(names[0])}' stands twice in {row.record}"
            found.note(row, "Id", Refusal("duplicate-party", message, "name two different organisations"))

    def _free(self, row: FoundRow) -> SheetRow | Problem:
        """Return the row of the book that this one fills: its own, or another free place of the same slot record."""
        table, place = row.sheet.table, row.record.rpartition(PLACE)[0]
        free = [each for each in table.rows if each.new and each.record.rpartition(PLACE)[0] == place]
        own = [each for each in free if each.record == row.record]
        if self.taken[table.title, place] < len(free):
            return (own or free)[0]
        if any(place in known for known in self.book.beyond.ids.values()):
            message = f"no place of {place} is free here any more"
            return Problem("no-free-place", message, row.location(), "ask the lead to plan one place more")
        message = f"there is no record of the id '{cut(row.record)}'"
        return Problem(
            "unknown-row", message, row.location(), "use the workbook that was sent out; ids stay as they are"
        )

    def _make(
        self, row: FoundRow, groups: list[str], texts: Mapping[tuple[str, _Path], str], found: RowChanges
    ) -> None:
        """Add the changes that make the new records: organisations first, then what names them."""
        table, place = row.sheet.table, row.record.rpartition(PLACE)[0]
        known = self._free(row)
        given: dict[_Path, str] = {(key,): text for key, text in _gives(known).items()}
        parties = [self._party(row, of, texts, found) for of in groups if of.startswith(_ORGANISATIONS)]
        if found.problems:
            found.changes.clear()
            return
        self.taken[table.title, place] += 1
        if parties:
            given["counterparts",] = SEPARATOR.join(parties)
        own = {path: text for (of, path), text in texts.items() if not of}
        identifier = self.ids.numbered(table.kind, f"{place}-person" if table.kind == "people" else place)
        fills = "" if table.kind == "people" else place
        found.changes += _changes(self.book, row, ("", identifier, fills), {**given, **own})

    def _party(self, row: FoundRow, of: str, texts: Mapping[tuple[str, _Path], str], found: RowChanges) -> str:
        """Return the id of a counterpart: one that is recorded, or a new one whose changes are added."""
        told = {path: text for (group, path), text in texts.items() if group == of}
        name = told["name",]
        known = self.names.get(folded(name))
        if known is None:
            identifier = self.ids.named(_ORGANISATIONS, told.get(("short_name",), name))
            for spelling in filter(None, (name, told.get(("short_name",)), told.get(("legal", "name")))):
                self.names.setdefault(folded(spelling), identifier)
            self.made[identifier] = told
            found.changes += _changes(self.book, row, (of, identifier, ""), told)
            return identifier
        if len(told) > 1 and told != self.made.get(known):
            message = f"'{cut(name)}' is recorded already, as {known}, and this row says more about it"
            fix = "empty the other cells about it here, and change them in its own row or ask the lead"
            heading = next(each.heading for each in row.sheet.table.columns if (each.of, each.path) == (of, ("name",)))
            found.note(row, heading, Refusal("known-organisation", message, fix))
        return known


def _groups(row: FoundRow) -> list[str]:
    """Return the new records that a row names: its counterparts, or the row's own record."""
    groups = list(dict.fromkeys(each.of for each in row.sheet.table.columns if each.of))
    return groups or [""]


def _gives(known: SheetRow | Problem) -> Mapping[str, str]:
    return known.gives if isinstance(known, SheetRow) else {}


def _changes(book: Book, row: FoundRow, target: tuple[str, str, str], fields: Mapping[_Path, str]) -> Iterator[Change]:
    """Yield one change per field of a new record; `target` is its group of columns, its id and what it fills."""
    of, identifier, fills = target
    by_path = {each.path: each for each in row.sheet.table.columns if each.of == of and each.editable}
    for path, text in fields.items():
        column = by_path.get(path)
        yield Change(
            kind=_ORGANISATIONS if of else row.sheet.table.kind,
            record=identifier,
            path=path,
            old="",
            new=recorded(column, text) if column else text,
            who=book.partner,
            cell=row.place(column.heading) if column and row.text(column) else row.place(),
            new_record=True,
            fills=fills,
        )


def _differences(
    book: Book, row: FoundRow, filling: Filling, texts: Mapping[tuple[str, _Path], str]
) -> Iterator[Problem]:
    """Yield what a row says differently from the records that it made when it was read before."""
    groups = dict(zip([of for of in _groups(row) if of], filling.parties, strict=False))
    for column in row.sheet.table.columns:
        told = texts.get((column.of, column.path))
        record = groups.get(column.of, filling.record)
        now = _recorded_now(book, _ORGANISATIONS if column.of else row.sheet.table.kind, record, column)
        # The name was recognised, perhaps by another spelling of it.
        is_name = column.path == (_NAME.get(row.sheet.table.kind, "name"),)
        if told and not is_name and now is not None and told != now:
            message = f"{row.record} was filled before, as {record}; its {column.heading} is now '{cut(now)}'"
            fix = "write a new workbook, and change it in the row of that record"
            yield Problem("place-filled-before", message, row.location(column.heading), fix)


def _recorded_now(book: Book, kind: str, record: str, column: SheetColumn) -> str | None:
    """Return what a record of the book has in a field now; None where the book does not show it."""
    found = (
        compared(known, row.cells.get(known.heading, ""))
        for table in book.tables
        if table.kind == kind
        for known in table.columns
        if known.path == column.path and not known.of
        for row in table.rows
        if row.record == record
    )
    return next(found, None)
