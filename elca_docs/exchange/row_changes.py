"""A row of a record compared with its record: changes of the partner's own cells, and problems for all others.

Every row carries a stamp of what it held when it was written. So a record that changed in the meantime is told from a
cell that somebody edited: what nobody touched is never set back, and where both happened a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from elca_docs.errors import Problem
from elca_docs.exchange.cell_changes import Refusal, cell_text, judged, recorded
from elca_docs.exchange.cell_texts import compared, mark, plain
from elca_docs.exchange.sheet_places import FoundRow
from elca_docs.exchange.workbooks import STAMP, is_open, marked_texts, stamp
from elca_docs.model.sheets import Change, SheetColumn, SheetRow, SheetTable

_ADDRESS = ("legal", "address")


@dataclass(slots=True)
class RowChanges:
    """What one row changes, and what is wrong in it."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, row: FoundRow, heading: str, refusal: Refusal) -> None:
        """Add a problem of one cell."""
        self.problems.append(Problem(refusal.code, refusal.message, row.location(heading), refusal.fix))


def untouched(row: FoundRow) -> bool:
    """Whether a row holds what it held when it was written, as its stamp says."""
    texts = [cell_text(each, row.text(each)) for each in row.sheet.table.columns]
    fields, seen = marked_texts(row.sheet.table, texts)
    return f"{mark(row.record, fields)}-{mark(row.record, seen)}" == _stamp(row)


def row_changes(row: FoundRow, known: SheetRow, *, who: str) -> RowChanges:
    """Return what a row changes in its record, compared with the row that would be written now."""
    found = RowChanges()
    shown_cells(row, known, found)
    now = _now(row.sheet.table, known)
    edited = [
        each
        for each in row.sheet.table.columns
        if each.editable and cell_text(each, row.text(each)) != now[each.heading]
    ]
    base, current = _stamp(row).partition("-")[0], stamp(row.sheet.table, known).partition("-")[0]
    if edited and base and base != current:
        if _fields_mark(row) != base:
            found.problems.append(_conflict(row, edited))
        return found
    for column in edited:
        _edit(row, known, column, now[column.heading], found, who)
    _whole_address(row, found)
    return found


def shown_cells(row: FoundRow, known: SheetRow, found: RowChanges) -> None:
    """Note the cells that only show something and were changed, and a stamp that was."""
    now = _now(row.sheet.table, known)
    texts = [cell_text(each, row.text(each)) for each in row.sheet.table.columns]
    seal = _stamp(row)
    if not seal:
        refusal = Refusal("locked-cell", "the stamp of this row was changed", "use the workbook that was sent out")
        found.note(row, STAMP, refusal)
        return
    if mark(row.record, marked_texts(row.sheet.table, texts)[1]) == seal.partition("-")[2]:
        return
    for column, text in zip(row.sheet.table.columns, texts, strict=True):
        if not column.editable and text != now[column.heading]:
            message = f"{column.heading} was changed, and it is only there to be read"
            fix = f"write '{now[column.heading]}' again" if now[column.heading] else "empty the cell again"
            found.note(row, column.heading, Refusal("locked-cell", message, fix))


def _edit(row: FoundRow, known: SheetRow, column: SheetColumn, old: str, found: RowChanges, who: str) -> None:  # noqa: PLR0913, PLR0917 - one argument per side
    """Add the change of one cell, or the reason why there is none."""
    if not is_open(known, column):
        found.note(row, column.heading, _closed(known, column, old))
        return
    if row.hides(column.heading):
        message = (
            f"{column.heading} of {row.record} was changed where nobody sees it: its row, column or sheet is hidden"
        )
        found.note(row, column.heading, Refusal("hidden-cell", message, "show it, look at the value, and save again"))
        return
    answer = judged(column, row.text(column), old)
    if isinstance(answer, Refusal):
        found.note(row, column.heading, answer)
        return
    found.changes.append(
        Change(
            kind=row.sheet.table.kind,
            record=row.record,
            path=column.path,
            old=recorded(column, known.cells.get(column.heading, "")),
            new=recorded(column, answer),
            who=who,
            cell=row.place(column.heading),
        )
    )


def _closed(known: SheetRow, column: SheetColumn, old: str) -> Refusal:
    back = f"write '{old}' again" if old else "empty the cell again"
    if not known.editable:
        message = f"{known.record} is edited by another partner, and {column.heading} was changed here"
        return Refusal("row-of-another-partner", message, f"{back}, and ask the partner that leads it")
    message = f"{column.heading} of {known.record} cannot be changed here: it is signed, or only its file can hold it"
    return Refusal("locked-cell", message, f"{back}, or ask the lead")


def _conflict(row: FoundRow, edited: list[SheetColumn]) -> Problem:
    headings = ", ".join(each.heading for each in edited)
    message = f"{row.record} was changed in the records after this workbook was written; they differ in {headings}"
    fix = "write a new workbook, and enter there what still has to be changed"
    return Problem("record-changed-since", message, row.location(edited[0].heading), fix)


def _whole_address(row: FoundRow, found: RowChanges) -> None:
    """Take back changes that would leave half an address: a record holds one with street and city, or none."""
    changed = [each for each in found.changes if each.path[:2] == _ADDRESS]
    if changed and (problem := half_address(row, "")):
        found.problems.append(problem)
        found.changes = [each for each in found.changes if each not in changed]


def half_address(row: FoundRow, of: str) -> Problem | None:
    """Return what an address still needs; None where it is whole, or nothing of it is known."""
    columns = [each for each in row.sheet.table.columns if each.path[:2] == _ADDRESS and each.of == of]
    filled = {each.path[-1] for each in columns if cell_text(each, row.text(each))}
    wanting = [each for each in columns if each.path[-1] in ("lines", "city") and each.path[-1] not in filled]
    if not (filled and wanting):
        return None
    names = " and ".join(each.heading for each in wanting)
    message = f"the address of {row.record} lacks {names}"
    fix = "fill it in as well, or empty the whole address"
    return Problem("address-incomplete", message, row.location(wanting[0].heading), fix)


def _now(table: SheetTable, known: SheetRow) -> dict[str, str]:
    """Return what the cells of a row hold now, in the form that is compared."""
    return {each.heading: compared(each, known.cells.get(each.heading, "")) for each in table.columns}


def _fields_mark(row: FoundRow) -> str:
    texts = [cell_text(each, row.text(each)) for each in row.sheet.table.columns]
    return mark(row.record, marked_texts(row.sheet.table, texts)[0])


def _stamp(row: FoundRow) -> str:
    """Return the stamp of a row; empty where it is none."""
    cell = row.cells.get(STAMP)
    text = plain(cell.text) if cell else ""
    fields, dash, seen = text.partition("-")
    return text if dash and fields and seen else ""
