"""A small consortium for tests of partners' workbooks: its records, its books, and somebody who edits a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook

from elca_docs.errors import Problem
from elca_docs.exchange import SheetReading, book_of, differences, workbook_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.model.sheets import Book, Change
from elca_docs.opc import deflated, members_of, packaged
from elca_docs.records import edited, read_portfolio
from elca_docs.tracking import status_report

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AS_OF = date(2021, 11, 15)
NOTHING: tuple[list[Change], list[Problem]] = ([], [])
PLACE = ("Free places", "FREE#2")
FILLED = {
    (*PLACE, "Counterpart"): "Specimen Glass Łódź",
    (*PLACE, "Short name"): "Glass",
    (*PLACE, "Country"): "PL",
    (*PLACE, "Street"): "ul. Okazowa 4",
    (*PLACE, "City"): "Wzorowo",
    (*PLACE, "Expected"): "2022-05-02",
}
"""A free place filled in with all that an officer may know."""
SHEET = "xl/worksheets/sheet2.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'

PROJECT = """
title: A specimen of a project
acronym: SPEC
grant_number: "000042"
start: 2020-09-01
duration_months: 24
classes:
  - {id: CA, title: Cooperation Agreement, template: cooperation}
  - {id: BA, title: Business Agreement, template: business, parties: counterparts}
"""
PARTNERS = """
- id: NORD
  name: Nord Specimen Cluster
  country: DE
  legal:
    name: Nord e. V. (fictitious)
    registration_number: "0042"
    address: {lines: [1 Specimen Street, Building B], city: Sampletown, postcode: "00001"}
- id: SUED
  name: Süd Specimen Cluster
"""
ORGANISATIONS = """
- id: rail
  name: Fictitious Rail Cluster
  short_name: Rail
  aliases: [{name: The Rail People}]
  country: AT
  country_inferred: true
  sectors: [specimen mobility, trains; and trams]
  legal:
    address: {lines: [Erfundene Gasse 11], city: Musterdorf}
- id: boats
  name: Zażółć Gęślą Boats
- id: bridges
  name: Specimen Bridges
"""
PEOPLE = """
- {id: p1, of: NORD, name: Specimen Person One, function: Chair, signs: true}
- {id: p2, of: rail, name: Specimen Person Two, email: two@rail.example, contact: true}
"""
AGREEMENTS = """
- id: A-1
  class: CA
  responsible: [NORD]
  counterparts: [rail]
  expected: 2021-10
  areas: [joint training, "joint stands"]
  terms: {duration_months: 24, law: the law of Sampleland}
- id: A-2
  class: CA
  responsible: [SUED, NORD]
  counterparts: [boats]
  mission: north
  description: |
    Two lines
    of text.
- id: A-10
  class: CA
  responsible: [NORD]
  counterparts: [boats]
  expected: 2021-11-20
- {id: FREE, class: CA, responsible: [NORD], slots: 3, expected: 2022-06, mission: north, areas: [bridges]}
- {id: PAIR, class: BA, responsible: [NORD, SUED], slots: 1}
"""
EVENTS = """
- {id: E-1, kind: workshop, title: A workshop, responsible: [NORD], organisations: [bridges], expected: 2021-12,
   steps: [{what: Invitation, date: 2021-10, place: Sampletown}]}
- {id: WS, kind: workshop, responsible: [SUED], slots: 1, expected: 2022-03}
"""
CONTACTS = """
- {id: C-1, organisation: bridges, responsible: [SUED], steps: [{what: Call}]}
"""
MISSIONS = """
- {id: north, name: North}
- {id: south, name: South}
"""
TEXTS = {
    "project": PROJECT,
    "partners": PARTNERS,
    "organisations": ORGANISATIONS,
    "people": PEOPLE,
    "agreements": AGREEMENTS,
    "events": EVENTS,
    "contacts": CONTACTS,
    "missions": MISSIONS,
}
Files = Mapping[str, bytes]
Edit = tuple[str, str, str]
"""Sheet, id of the record, heading."""


def files_of(**texts: str) -> dict[str, bytes]:
    """Return the record files, some with another text."""
    return {f"records/{stem}.yaml": text.lstrip("\n").encode() for stem, text in (TEXTS | texts).items()}


def portfolio_of(files: Files) -> Portfolio:
    """Return the portfolio; the records have to be without problems."""
    reading = read_portfolio(files)
    assert reading.problems == ()
    assert reading.portfolio is not None
    return reading.portfolio


def book(
    partner: str = "NORD", *, files: Files | None = None, as_of: date = AS_OF, view: RegisterView | None = None
) -> Book:
    """Return a partner's book of the specimen records, or of others."""
    portfolio = portfolio_of(files_of() if files is None else files)
    return book_of(portfolio, status_report(portfolio, view or RegisterView(), as_of=as_of), partner)


@cache
def own_book(partner: str = "NORD") -> Book:
    """Return a partner's book of the specimen records."""
    return book(partner)


@cache
def sent(partner: str = "NORD") -> bytes:
    """Return the workbook of a partner as it goes out."""
    return workbook_of(book(partner))


def opened(data: bytes) -> Workbook:
    """Return a workbook as a spreadsheet opens it."""
    return load_workbook(io.BytesIO(data))


def closed(workbook: Workbook) -> bytes:
    """Return a workbook as a spreadsheet saves it."""
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def row_in(sheet: Worksheet, record: str) -> int:
    """Return the number of a record's row."""
    return next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == record)


def column_in(sheet: Worksheet, heading: str) -> int:
    """Return the number of a column."""
    return next(cell.column for cell in sheet[2] if cell.value == heading)


def cell_in(workbook: Workbook, place: Edit) -> Cell:
    """Return a cell by sheet, record and heading."""
    sheet = workbook[place[0]]
    return sheet.cell(row_in(sheet, place[1]), column_in(sheet, place[2]))


def typed(cell: Cell, value: object) -> None:
    """Type into a cell that is formatted as text: a text stays one, other values come from elsewhere."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def filled(edits: Mapping[Edit, object], *, partner: str = "NORD", data: bytes = b"") -> bytes:
    """Return the workbook of a partner with some cells typed over, every other byte of its sheets as it was."""
    data = data or sent(partner)
    sheets: dict[str, list[tuple[str, object]]] = {}
    for place, value in edits.items():
        title, coordinate = place_in(data, place)
        sheets.setdefault(title, []).append((coordinate, value))
    members = {member.name: member for member in members_of(data)}
    for name, cells in sheets.items():
        content = members[name].content().decode()
        for coordinate, value in cells:
            written = f'<c r="{coordinate}" \\1{_content(value)}</c>'
            pattern = rf'<c r="{coordinate}" (s="\d+") ?[^>]*?(?:/>|>.*?</c>)'
            content, count = re.subn(pattern, written, content, count=1, flags=re.DOTALL)
            assert count == 1
        members[name] = deflated(name, content.encode())
    return packaged(members.values())


@cache
def _viewed(data: bytes) -> Workbook:
    return opened(data)


def place_in(data: bytes, place: Edit) -> tuple[str, str]:
    """Return the member of the package and the coordinate of a cell, as the workbook was sent out."""
    workbook = _viewed(data)
    number = workbook.sheetnames.index(place[0]) + 1
    return f"xl/worksheets/sheet{number}.xml", cell_in(workbook, place).coordinate


def _content(value: object) -> str:
    """Return how a file says a value, from behind the style of the cell."""
    match value:
        case None:
            return ">"
        case bool():
            return f' t="b"><v>{int(value)}</v>'
        case date():
            return f' t="d"><v>{value.isoformat()}</v>'
        case int() | float():
            return f"><v>{value}</v>"
        case _:
            text = escape(str(value)).replace("\\", "\\\\").replace("\r", "_x000D_")
            return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def read(edits: Mapping[Edit, object], *, partner: str = "NORD") -> SheetReading:
    """Return what the edits come back as."""
    return differences(filled(edits, partner=partner), own_book(partner), name="back.xlsx")


def codes(reading: SheetReading) -> list[str]:
    """Return the codes of all problems."""
    return [problem.code for problem in reading.problems]


def brief(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str]]:
    """Return kind, record, field and new text of changes."""
    return [(each.kind, each.record, ".".join(each.path), each.new) for each in changes]


def applied(files: Files, reading: SheetReading) -> dict[str, bytes]:
    """Return the record files with the changes in them."""
    done = edited(files, reading.differences.changes, portfolio_of(files))
    assert done.problems == ()
    return {**files, **done.files}


def told(reading: SheetReading) -> tuple[list[Change], list[Problem]]:
    """Return changes and problems, to compare both at once with NOTHING."""
    return list(reading.differences.changes), list(reading.problems)


def one(reading: SheetReading) -> Problem:
    """Return the only problem; nothing may have been changed beside it."""
    (problem,) = reading.problems
    assert reading.differences.changes == ()
    return problem


def with_member(name: str, content: bytes) -> bytes:
    """Return the workbook with one member replaced or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent())) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
        for each in package.namelist():
            if each != name:
                other.writestr(each, package.read(each))
        other.writestr(name, content)
    return written.getvalue()
