"""Laws of a workbook that comes back: random legal edits are exactly the changes, whatever was written."""

from __future__ import annotations

from datetime import date

import pytest
from book_desks import (
    NOTHING,
    applied,
    book,
    files_of,
    filled,
    own_book,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.exchange import differences, workbook_of
from elca_docs.exchange.cell_changes import recorded
from elca_docs.exchange.cell_texts import compared, entries, forbidden_in, normal
from elca_docs.exchange.workbooks import is_open
from elca_docs.model.sheets import Book, SheetColumn


def texts_for(column: SheetColumn) -> st.SearchStrategy[str]:
    """Return what an officer may write into a cell of a column."""
    words = st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"), exclude_characters=";_"),
        min_size=1, max_size=20,
    ).filter(lambda text: normal("text", text) and not forbidden_in(normal("text", text)))  # fmt: skip
    address = column.path[:2] == ("legal", "address")
    empty = [] if column.mandatory or address else [st.just("")]
    match column.kind:
        case "choice" | "yes or no":
            return st.one_of(st.sampled_from(column.choices), *empty)
        case "number":
            return st.one_of(st.integers(0, 999).map(str), *empty)
        case "date":
            return st.one_of(st.dates(date(2021, 1, 1), date(2023, 1, 1)).map(date.isoformat), *empty)
        case "month or day":
            return st.one_of(st.sampled_from(["2021-12", "2022-02-28"]), *empty)
        case "list":
            return st.one_of(st.lists(words, min_size=1, max_size=3).map("; ".join), *empty)
        case _:
            return st.one_of(words, *empty)


def open_cells(book_: Book) -> list[tuple[str, str, SheetColumn, str]]:
    """Return every cell of a record that the partner may write: sheet, record, column, old text."""
    return [
        (table.title, row.record, column, row.cells.get(column.heading, ""))
        for table in book_.tables
        for row in table.rows
        for column in table.columns
        if not row.new and is_open(row, column) and (table.title, row.record) != ("Organisations", "boats")
    ]


MINE = open_cells(own_book())
"""Cells whose edits are legal one by one: an address that is not there yet needs two of them at once."""


def comes_back(data) -> None:
    """Write random legal edits, read them, apply them, and read again."""
    chosen = data.draw(
        st.lists(st.sampled_from(MINE), max_size=6, unique_by=lambda each: (each[0], each[1], each[2].heading))
    )
    edits, expected = {}, set()
    for sheet, record, column, old in chosen:
        text = data.draw(texts_for(column))
        edits[sheet, record, column.heading] = text or None
        if compared(column, text) != compared(column, old):
            new = recorded(column, compared(column, text))
            expected.add((record, ".".join(column.path), new))
    written = filled(edits)
    reading = differences(written, own_book())
    assert reading.problems == ()
    assert {(each.record, ".".join(each.path), each.new) for each in reading.differences.changes} == expected
    files = applied(files_of(), reading)
    assert told(differences(written, book(files=files))) == NOTHING
    assert told(differences(workbook_of(book(files=files)), book(files=files))) == NOTHING


@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_random_legal_edits_come_back_as_exactly_these_changes(data):
    """What is written into open cells comes back; applied to the files and read again, nothing is left to change."""
    comes_back(data)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_many_random_legal_edits_come_back(data):
    """The same law, swept."""
    comes_back(data)


@given(text=st.text(max_size=40))
def test_the_compared_form_is_its_own(text):
    """Bringing a text into the compared form twice is doing it once, for texts and for lists."""
    for kind in ("text", "list"):
        assert normal(kind, normal(kind, text)) == normal(kind, text)
    assert entries("; ".join(entries(text))) == entries(text)
