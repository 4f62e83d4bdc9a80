"""What a date that is not written YYYY-MM-DD can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elca_docs.exchange.date_readings import readings_of


@given(text=st.text(st.sampled_from("0123456789./- ,()NovSeptMai21é"), max_size=14))
def test_readings_of_a_date_are_dates_or_say_what_is_missing(text):
    """Whatever stands in a cell, every reading is a day, a month, or names what is missing."""
    for reading in readings_of(text):
        if "missing" not in reading:
            date.fromisoformat(reading if len(reading) == 10 else f"{reading}-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("September 2021 (03.09.21)", ("2021-09", "2021-09-03", "2021-03-09")),
        ("21-09-03", ("2003-09-21", "2021-09-03")),
        ("2021/9/3", ("2021-09-03",)),
        ("9/2021", ("2021-09",)),
        ("2021-9", ("2021-09",)),
        ("21 Nov 2021", ("2021-11-21",)),
        ("Nov 21, 2021", ("2021-11-21",)),
        ("noviembre 2021", ("2021-11",)),
        ("31.02.2021", ()),
        ("13.13.21", ()),
        ("03.09.", ()),
        ("one two three 2021", ()),
        ("1" * 61, ()),
        ("11 12 2021 Nov", ()),
    ],
)
def test_readings(text, expected):
    """Nine ways to write a date, each with all that it can mean."""
    assert readings_of(text) == expected
