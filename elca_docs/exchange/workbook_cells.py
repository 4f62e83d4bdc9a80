"""Bytes that claim to be a workbook → the cells of its sheets as they stand in the file, or one problem.

What comes in by e-mail may be anything: the archive is measured before it is opened, elements are counted before they
are read, no formula is computed and no link followed. Only filled cells are kept, so that an empty sheet of a million
rows costs nothing. Nothing here knows what the cells should say.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from elca_docs.errors import Location, Problem
from elca_docs.exchange.cell_texts import unescaped
from elca_docs.opc import Member, NotAPackageError, members_of

LARGEST: Final = 10_000_000
"""Bytes of a workbook."""
UNPACKED: Final = 40_000_000
"""Bytes of all its members together."""
MOST_ELEMENTS: Final = 1_000_000
"""XML elements of a workbook; a cell is two or three."""
MOST_ROWS: Final = 20_000
"""Rows of a sheet."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK: Final = "xl/workbook.xml"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_SAVE_AS: Final = "save it in Excel or LibreOffice as 'Excel workbook (.xlsx)' and send that file"
_TRUE: Final = frozenset({"1", "true"})
CellType = Literal["text", "number", "date", "truth", "error", "formula"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A filled cell: what the file says it is, and its value."""

    type: CellType
    value: str | int | float | date | time | timedelta | bool

    @property
    def text(self) -> str:
        """The value as text; that of a formula never equals a text that somebody wrote."""
        match self.value:
            case datetime() as moment if moment.time() == time():
                return moment.date().isoformat()
            case float() as number if number.is_integer() and abs(number) < 10**15:
                return str(int(number))
            case bool() as truth:
                return str(truth).upper()
            case value:
                return f"\0{value}" if self.type == "formula" else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """A sheet: its filled cells by row and column (from 1), and what somebody hid or merged in it.

    Hidden columns and merged cells are ranges, of columns, and of rows.
    """

    title: str
    hidden: bool
    cells: Mapping[tuple[int, int], RawCell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[str, int, int], ...] = ()
    """Reference, first row, last row."""
    _rows: dict[int, dict[int, RawCell]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Sort the cells by row once."""
        for (row, column), cell in sorted(self.cells.items(), key=lambda each: each[0]):
            self._rows.setdefault(row, {})[column] = cell

    @property
    def rows(self) -> Mapping[int, Mapping[int, RawCell]]:
        """Filled cells by row, then column, both in order."""
        return self._rows


def sheets_of(data: bytes, *, name: str, without: str = "") -> tuple[RawSheet, ...] | Problem:
    """Return the sheets of a workbook in order, `without` the one of that title; or the one problem in the way."""
    unfit = _unfit(data, Location(name))
    if unfit:
        return unfit
    try:
        # The library warns of everything it leaves out, such as newer drop-downs; nothing of that is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_sheets(data, without))
    except _TooLargeError as error:
        fix = "delete what does not belong to it, or begin again with the workbook that was sent out"
        return Problem("workbook-too-large", str(error), Location(name), fix)
    except Exception as error:  # noqa: BLE001 - the library answers a damaged file with any error
        message = f"the workbook is damaged ({type(error).__name__}) and cannot be read"
        fix = "open it in Excel or LibreOffice, save it again, and send that file"
        return Problem("no-workbook", message, Location(name), fix)


class _TooLargeError(Exception):
    """A sheet has more rows than any book."""


def _unfit(data: bytes, file: Location) -> Problem | None:
    """Return the problem where the bytes cannot be opened as a workbook, without opening them."""
    if len(data) > LARGEST:
        fix = "remove pictures and sheets that do not belong to it"
        return Problem(
            "workbook-too-large", f"the file has {len(data):,} bytes; a workbook may have {LARGEST:,}", file, fix
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return Problem(
                "workbook-encrypted", "the workbook is locked with a password", file, "save it without a password"
            )
        return Problem("no-workbook", "the file is in Excel's format of before 2007", file, _SAVE_AS)
    try:
        members = members_of(data)
    except NotAPackageError as error:
        what = "the file is empty" if not data else "the file is no Excel workbook"
        return Problem("no-workbook", f"{what}: {error}", file, _SAVE_AS)
    return _unfit_members({member.name: member for member in members}, file)


def _unfit_members(members: Mapping[str, Member], file: Location) -> Problem | None:
    """Return the problem where the members are not those of a workbook, or too much to read."""
    if _WORKBOOK not in members:
        return Problem("no-workbook", "the file is an archive, but no Excel workbook", file, _SAVE_AS)
    if sum(member.size for member in members.values()) > UNPACKED:
        message = f"the workbook unpacks to more than {UNPACKED:,} bytes"
        return Problem("workbook-too-large", message, file, "remove what does not belong to it")
    elements = 0
    for member in members.values():
        try:
            content = member.content()
        except NotAPackageError as error:
            return Problem("no-workbook", f"the workbook is damaged: {error}", file, _SAVE_AS)
        if strange := _strangeness(content):
            return Problem("no-workbook", strange, file, _SAVE_AS)
        elements += content.count(b"<") - content.count(b"</")
    if elements > MOST_ELEMENTS:
        message = f"the workbook holds {elements:,} elements; it may hold {MOST_ELEMENTS:,}"
        return Problem(
            "workbook-too-large", message, file, "delete empty rows and columns that were formatted, and save it again"
        )
    return None


def _strangeness(content: bytes) -> str:
    """Return what a member holds that is not read here: definitions can grow without end, UTF-16 hides them."""
    if b"<!DOCTYPE" in content or content.startswith(_UTF_16):
        return "the workbook holds definitions that no spreadsheet writes"
    if content.startswith(b"<") and _STRICT in content:
        return "the workbook is saved as 'Strict Open XML', which is not read here"
    return ""


def _sheets(data: bytes, without: str) -> Iterator[RawSheet]:
    """Yield the sheets, each one read cell by cell without building a grid."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, keep_vba=False, data_only=False, keep_links=False)
    try:
        yield from (_sheet(sheet) for sheet in workbook.worksheets if sheet.title != without)
    finally:
        workbook.close()


def _sheet(sheet: Any) -> RawSheet:  # noqa: ANN401 - the library's types leave out what a sheet of this mode has
    from openpyxl.worksheet._reader import WorkSheetParser

    workbook = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 - its own way to rows would fill every gap with cells
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001 - as above
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001 - as above
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001 - as above
        )
        cells: dict[tuple[int, int], RawCell] = {}
        for number, (_, found) in enumerate(parser.parse()):
            if number > MOST_ROWS:
                message = f"the sheet '{sheet.title[:40]}' has more than {MOST_ROWS:,} rows"
                raise _TooLargeError(message)
            for each in found:
                if each["value"] not in (None, ""):
                    cells[each["row"], each["column"]] = _cell(each["data_type"], each["value"])
    return RawSheet(
        title=str(sheet.title),
        hidden=sheet.sheet_state != "visible",
        cells=cells,
        hidden_rows=frozenset(int(row) for row, each in parser.row_dimensions.items() if _is_hidden(each, "ht")),
        hidden_columns=tuple(
            (int(each["min"]), int(each["max"]))
            for each in parser.column_dimensions.values()
            if _is_hidden(each, "width")
        ),
        merged=tuple(_merged(parser)),
    )


def _cell(kind: str, value: Any) -> RawCell:  # noqa: ANN401 - whatever the library makes of a cell
    match kind:
        case "f":
            return RawCell(type="formula", value=str(getattr(value, "text", value)))
        case "n":
            return RawCell(type="number", value=value)
        case "d":
            return RawCell(type="date", value=value)
        case "b":
            return RawCell(type="truth", value=value)
        case "e":
            return RawCell(type="error", value=str(value))
        case _:
            return RawCell(type="text", value=unescaped(str(value)))


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or so small that nobody sees it."""
    return attributes.get("hidden") in _TRUE or float(attributes.get(size, 1)) == 0


def _merged(parser: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401 - the library's types leave it out
    for each in parser.merged_cells.mergeCell if parser.merged_cells else ():
        yield str(each.ref), each.min_row, each.max_row
