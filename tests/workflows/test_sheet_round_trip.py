"""Random legal edits of a workbook: write → fill in → read → YAML → write gives a workbook with exactly these cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest
from desks import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from elca_docs.exchange import book_of, differences, workbook_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import fold
from elca_docs.model.sheets import Book, SheetColumn
from elca_docs.records import edited, read_portfolio
from elca_docs.tracking import status_report

_TEXT = st.text("aZ09 :#-?&*!|>'\"%@`{}[],.~/\\éżółćü中", min_size=1, max_size=20).map(str.strip).filter(bool)
_BY_KIND: Mapping[str, st.SearchStrategy[str]] = {
    "text": _TEXT | st.sampled_from(["0042", "NO", "null", "- a", "a: b", "1.10", "'"]),
    "list": st.lists(_TEXT.filter(lambda text: ";" not in text), min_size=1, max_size=3, unique=True).map("; ".join),
    "number": st.integers(1, 99).map(str),
    "month or day": st.sampled_from(["2022-01", "2022-02-28"]),
    "yes or no": st.sampled_from(["yes", "no"]),
    "date": st.just("2022-03-31"),
}
_ADDRESS = ("legal", "address")


@cache
def demo() -> tuple[Mapping[str, bytes], Portfolio]:
    folder = ROOT / "examples/demo"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    portfolio = read_portfolio(files).portfolio
    assert portfolio is not None
    return files, portfolio


def book(portfolio: Portfolio) -> Book:
    report = status_report(portfolio, fold(()), as_of=date(2021, 11, 15))
    return book_of(portfolio, report, "")


def kind_of(column: SheetColumn) -> str:
    return "text" if column.kind == "choice" else column.kind


@st.composite
def cells(draw: st.DrawFn) -> dict[tuple[str, str, str], str]:
    """Draw new texts by (sheet, id, heading) for cells that the lead may change."""
    drawn: dict[tuple[str, str, str], str] = {}
    tables = [table for table in book(demo()[1]).tables if any(not row.new for row in table.rows)]
    for _ in range(draw(st.integers(1, 6))):
        table = draw(st.sampled_from(tables))
        row = draw(st.sampled_from([row for row in table.rows if not row.new and row.editable]))
        open_ones = [each for each in table.columns if each.editable and each.heading not in row.locked]
        column = draw(st.sampled_from(open_ones))
        optional = not column.mandatory and column.path[:2] != _ADDRESS and column.kind != "yes or no"
        new = draw(st.sampled_from(column.choices) if column.choices else _BY_KIND[kind_of(column)])
        drawn[table.title, row.record, column.heading] = draw(st.sampled_from([new, new, ""])) if optional else new
    return drawn


def check(new: dict[tuple[str, str, str], str]) -> None:
    files, portfolio = demo()
    before = book(portfolio)
    workbook = load_workbook(io.BytesIO(workbook_of(before)))
    for (title, record, heading), text in new.items():
        rows = list(workbook[title].iter_rows())
        header = next(row for row in rows if any(cell.value == "Id" for cell in row))
        columns = {cell.value: place for place, cell in enumerate(header)}
        row = next(row for row in rows if row[columns["Id"]].value == record)
        row[columns[heading]].value = text or None
        row[columns[heading]].data_type = "s"
    data = io.BytesIO()
    workbook.save(data)
    reading = differences(data.getvalue(), before)
    assert reading.problems == ()
    done = edited(files, reading.differences.changes, portfolio)
    assert done.problems == ()
    after = read_portfolio({**files, **done.files})
    assert after.problems == ()
    assert after.portfolio is not None
    written = book(after.portfolio)
    found = {(table.title, row.record): row.cells for table in written.tables for row in table.rows}
    for table in before.tables:
        for row in (each for each in table.rows if not each.new):
            columns = [each.heading for each in table.columns if each.editable]
            expected = {each: new.get((table.title, row.record, each), row.cells[each]) for each in columns}
            assert {each: found[table.title, row.record][each] for each in columns} == expected
    assert differences(data.getvalue(), written).differences.changes == ()


@settings(max_examples=2, deadline=None)
@given(cells())
def test_edits_survive_the_whole_way(new: dict[tuple[str, str, str], str]) -> None:
    """The next workbook shows exactly what was typed; reading the filled-in one again changes nothing."""
    check(new)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(cells())
def test_many_edits_survive_the_whole_way(new: dict[tuple[str, str, str], str]) -> None:
    """The same law, at length."""
    check(new)
