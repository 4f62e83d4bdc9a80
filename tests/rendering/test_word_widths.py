"""Columns are as wide as their shares say, and no word is broken where there is room for it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.blocks import Column, Table, cell
from elca_docs.rendering.word_widths import _heights, _least, _roomy, column_widths, shared

NAMES = st.lists(st.tuples(st.integers(0, 30), st.text(max_size=30)), min_size=1, max_size=9)


def table(*columns, rows=()):
    return Table(caption="", columns=tuple(Column(heading=name, share=share) for share, name in columns), rows=rows)


def test_shares_hold_where_words_fit():
    """Short words leave the widths to the shares."""
    assert column_widths(table((1, "Name"), (2, "Eggs")), 9412, 8.5) == (3137, 6275)


def test_a_long_word_widens_its_column():
    """A heading of one word is not broken; the others give way in proportion to what they can spare."""
    narrow, wide, broad = column_widths(table((1, "Achievements"), (10, "x"), (20, "y")), 9000, 8.5)
    assert narrow > 1100
    assert broad > wide
    assert narrow + wide + broad == 9000


def test_words_of_cells_count_and_hyphens_part_them():
    """What stands in a cell counts as much as the heading; references may be broken at their hyphens."""
    plain = table((1, "A"), (9, "B"), rows=((cell("Unbreakablewordofnests"), cell("x " * 400)),))
    parted = table((1, "A"), (9, "B"), rows=((cell("Un-break-able word"), cell("x " * 400)),))
    assert column_widths(plain, 9000, 8.5)[0] > 2000 > column_widths(parted, 9000, 8.5)[0]


def test_no_word_takes_the_table_for_itself():
    """A digest of 64 signs is given a third of the table and broken there."""
    first, second = column_widths(table((1, "A"), (9, "B"), rows=((cell("f" * 64), cell("x " * 400)),)), 9000, 8.5)
    assert (first, second) == (3150, 5850)


def test_short_texts_stay_in_one_line():
    """A date or an id is not broken at its space, where there is room."""
    found = column_widths(table((1, "A"), (9, "B"), rows=((cell("November 2021"), cell("x " * 300)),)), 9000, 8.5)
    assert found[0] > 1300


def test_room_goes_where_it_saves_lines():
    """A long text takes the room of columns that have nothing to say, whatever their shares; the table is lower."""
    rows = tuple((cell("one"), cell("words of a text " * 12), cell("–")) for _ in range(5))
    spoken = table((1, "A"), (1, "B"), (1, "C"), rows=rows)
    first, second, third = column_widths(spoken, 9000, 8.5)
    assert second > 5000
    assert max(first, third) <= 3000
    assert column_widths(table((1, "A"), (1, "B"), (1, "C"), rows=rows * 40), 9000, 8.5) == (first, second, third)


@given(st.lists(st.lists(st.text("ab cd", max_size=80), min_size=3, max_size=3), max_size=8), st.integers(6000, 14000))
@settings(max_examples=60, deadline=None)
def test_no_table_is_taller_than_its_shares_make_it(rows, width):
    """Moving room never costs a line."""
    plain = table((1, "A"), (2, "B"), (3, "C"), rows=tuple(tuple(map(cell, row)) for row in rows))

    def lines(widths):
        heights = _heights(plain, 8.5)
        return sum(map(max, zip(*(heights(column, each) for column, each in enumerate(widths)), strict=True)))

    assert lines(column_widths(plain, width, 8.5)) <= lines(_roomy(shared(width, (1, 2, 3)), _least(plain, width, 8.5)))


@settings(max_examples=80, deadline=None)
@given(NAMES, st.integers(2000, 15000))
def test_widths_add_up(columns, width):
    """Whatever the words, no column is lost and the table is as wide as the text."""
    found = column_widths(table(*columns), width, 8.5)
    assert sum(found) == width
    assert len(found) == len(columns)
    assert min(found) >= 0
