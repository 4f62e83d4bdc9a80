"""What codes say of a file's pages: missing for sure, only unread, doubled, out of order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incoming_cases import KEY, codes

from elca_docs.evidence.page_order import PageOrder, our_codes, page_order, ranges


def order(*pages: int | tuple[int, int], of: int = 3, sheets: int | None = None) -> PageOrder:
    """Return what the codes of these pages say, in a file of as many sheets as codes unless told otherwise."""
    ours, _ = our_codes(codes(*pages, of=of), KEY)
    return page_order(ours, len(pages) if sheets is None else sheets)


@pytest.mark.parametrize(
    ("pages", "sheets", "expected"),
    [
        ((1, 2, 3), 3, PageOrder()),
        ((1, 3), 2, PageOrder(missing=(2,))),
        ((2, 3), 2, PageOrder(missing=(1,))),
        ((1, 2), 2, PageOrder(missing=(3,))),
        (((1, 1), (3, 3)), 3, PageOrder(unseen=(2,), uncoded=(2,))),
        (((2, 2), (3, 3)), 3, PageOrder(unseen=(1,), uncoded=(1,))),
        (((2, 3),), 3, PageOrder(missing=(1, 2), uncoded=(1, 3))),
        (((1, 1), (3, 2), (5, 3)), 6, PageOrder(uncoded=(2, 4, 6))),
        (((1, 1), (2, 3), (3, 3)), 4, PageOrder(doubled=(3,), unseen=(2,), uncoded=(4,))),
        ((1, 2, 2, 3), 4, PageOrder(doubled=(2,))),
        ((3, 2, 1), 3, PageOrder(shuffled=True)),
        ((2, 1), 2, PageOrder(shuffled=True, missing=(3,))),
        (((1, 1), (1, 2), (2, 3)), 2, PageOrder()),
        ((), 5, PageOrder()),
    ],
)
def test_pages_of_three(pages, sheets, expected):
    """Blank backs and unread codes are no missing pages, and a sheet may hold two pages."""
    assert order(*pages, sheets=sheets) == expected


PAGES = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5)), max_size=8)


@given(pages=PAGES, data=st.data())
@settings(max_examples=60, deadline=None)
def test_missing_and_unseen_are_what_was_not_read(pages, data):
    """Each page is read, missing or unseen, never two of them; the order of codes does not matter."""
    found = order(*pages, of=5, sheets=6)
    read = {page for _, page in pages}
    absent = set(range(1, 6)) - read if pages else set()
    assert set(found.missing) | set(found.unseen) == absent
    assert not set(found.missing) & set(found.unseen)
    assert order(*data.draw(st.permutations(pages)), of=5, sheets=6) == found


def test_ranges():
    """Pages are written as a person would."""
    assert ranges([6, 1, 2, 3, 3]) == "1-3, 6"
    assert ranges([]) == ""
