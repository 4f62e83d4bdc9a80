"""Files that are no workbook, or one that is damaged or endless: one clear problem, no traceback, no long wait."""

from __future__ import annotations

import io
import zipfile

import pytest
from book_desks import (
    MAIN,
    SHEET,
    closed,
    codes,
    one,
    opened,
    own_book,
    sent,
    typed,
    with_member,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import Location, Problem
from elca_docs.exchange import SheetReading, differences, partner_of
from elca_docs.exchange.workbook_cells import MOST_ELEMENTS, sheets_of


def archive(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "no-workbook", "empty"),
        (b"Id;Name\nA-1;x\n", "no-workbook", "no Excel workbook"),
        (b"%PDF-1.7", "no-workbook", ".xlsx"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no-workbook", "an archive"),
        (OLE + b"\0" * 600, "no-workbook", "before 2007"),
        (OLE + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted", "without a password"),
        (b"PK" + b"\0" * 10_000_000, "workbook-too-large", "10,000,002 bytes"),
        (sent()[:-200], "no-workbook", "cut off"),
        (archive(xl__workbook_xml=b"<workbook/>"), "no-workbook", "damaged"),
        (with_member(SHEET, b" " * 41_000_000), "workbook-too-large", "unpacks"),
        (with_member(SHEET, MAIN % (b"<c/>" * (MOST_ELEMENTS + 1))), "workbook-too-large", "elements"),
        (
            with_member(SHEET, MAIN % (b"<sheetData>%s</sheetData>" % (b"<row/>" * 20_002))),
            "workbook-too-large",
            "rows",
        ),
        (with_member(SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "no-workbook", "definitions"),
        (with_member(SHEET, "<worksheet/>".encode("utf-16")), "no-workbook", "definitions"),
        (with_member(SHEET, b"<worksheet"), "no-workbook", "damaged"),
        (with_member("xl/extra.xml", b"<a xmlns='http://purl.oclc.org/ooxml/x'/>"), "no-workbook", "Strict"),
        (with_member(SHEET, MAIN % b'<sheetData><row r="x"/></sheetData>'), "no-workbook", "damaged (ValueError)"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_clear_problem(data, code, said):
    """Whatever comes by e-mail, there is one sentence and what to do, and no traceback."""
    reading = differences(data, own_book(), name="back.xlsx")
    problem = one(reading)
    assert (problem.code, problem.location) == (code, Location("back.xlsx"))
    assert said in problem.message + problem.fix
    assert partner_of(data, name="back.xlsx") == problem


def test_a_damaged_member_is_a_clear_problem():
    """A flipped bit inside the archive is noticed before anything is read."""
    data = bytearray(sent())
    with zipfile.ZipFile(io.BytesIO(sent())) as package:
        place = package.getinfo("xl/workbook.xml").header_offset
    data[place + 60] ^= 0xFF
    assert one(differences(bytes(data), own_book())).code == "no-workbook"


def test_enormous_ranges_cost_nothing():
    """Merged cells and cells at the far end of a sheet are no grid of seventeen thousand million cells."""
    cells = b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheets = sheets_of(with_member(SHEET, MAIN % (cells + merged)), name="x")
    assert not isinstance(sheets, Problem)
    assert {place: cell.text for place, cell in sheets[1].cells.items()} == {(1_048_576, 16_384): "x"}
    assert sheets[1].merged == (("A1:XFD1048576", 1, 1_048_576),)
    assert "missing-column" in codes(differences(with_member(SHEET, MAIN % (cells + merged)), own_book()))


def test_more_problems_than_anybody_reads_are_counted():
    """500 are listed, then how many more there are."""
    workbook = opened(sent())
    for row in range(3, 603):
        for column in (1, 2):
            typed(workbook["Agreements"].cell(row, column), f"X{row}")
    found = codes(differences(closed(workbook), own_book()))
    assert (len(found), found[-1]) == (501, "more-problems")


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_damage_ends_in_a_traceback(data):
    """A workbook with any bytes overwritten is read or refused."""
    damaged = bytearray(sent())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(differences(bytes(damaged), own_book()), SheetReading)
