"""Columns are as wide as their shares say, and no word is broken where there is room for it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.blocks import Column, Table, cell
from elca_docs.rendering.word_widths import column_widths

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
    plain = table((1, "A"), (9, "B"), rows=((cell("Unbreakablewordofnests"), cell("x")),))
    parted = table((1, "A"), (9, "B"), rows=((cell("Un-break-able word"), cell("x")),))
    assert column_widths(plain, 9000, 8.5)[0] > column_widths(parted, 9000, 8.5)[0] == 900


def test_no_word_takes_the_table_for_itself():
    """A digest of 64 signs is given a third of the table and broken there."""
    first, second = column_widths(table((1, "A"), (9, "B"), rows=((cell("f" * 64), cell("x")),)), 9000, 8.5)
    assert (first, second) == (3150, 5850)


@settings(max_examples=80, deadline=None)
@given(NAMES, st.integers(2000, 15000))
def test_widths_add_up(columns, width):
    """Whatever the words, no column is lost and the table is as wide as the text."""
    found = column_widths(table(*columns), width, 8.5)
    assert sum(found) == width
    assert len(found) == len(columns)
    assert min(found) >= 0
