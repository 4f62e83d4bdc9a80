"""Masks of references and register numbers: counts go in and come out, and no number is ever given twice."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from elca_docs.model.masks import Mask, next_number, numbered, sequence_of

REFERENCES = Mask.parse("{acronym}-{class}-{partner}-{seq:03}")
PLACES = {"acronym": "ELK", "grant": "42", "class": "CA", "partner": "amz", "year": "2021"}

literals = st.text("AZaz09._+-", max_size=3)
names = st.text("ABab019._+-", min_size=1, max_size=4)


@st.composite
def masks(draw):
    """Masks of every shape that is allowed: places in any order, any padding, any punctuation."""
    others = draw(st.lists(st.sampled_from(["{acronym}", "{grant}", "{class}", "{partner}", "{year}"]), max_size=3))
    seq = draw(st.sampled_from(["{seq}", "{seq:01}", "{seq:03}", "{seq:09}"]))
    places = draw(st.permutations([*others, seq]))
    text = draw(literals) + "".join(place + draw(literals) for place in places)
    return Mask.parse("A" + text + "Z" if text[0] in "._+-" or text[-1] == "." else text)


series_of_all_shapes = st.builds(
    lambda mask, places: mask.series(**places),
    masks(),
    st.fixed_dictionaries(dict.fromkeys(("acronym", "grant", "class", "partner", "year"), names)),
)


def test_the_design_s_example():
    """The first cooperation agreement of a partner is numbered as the design says."""
    places = PLACES | {"acronym": "ELCA", "partner": "AMZ"}
    assert REFERENCES.number(1, **places) == "ELCA-CA-AMZ-001"
    assert REFERENCES.series(**places) == "ELCA-CA-AMZ-{seq:03}"
    assert Mask.parse("R-{year}-{seq:03}").number(14, **places) == "R-2021-014"


def test_a_number_longer_than_its_padding_is_not_cut():
    """Number 1000 of a three-digit series has four digits."""
    assert numbered("R-{seq:03}", 1000) == "R-1000"
    assert sequence_of("R-{seq:03}", "R-1000") == 1000


@settings(max_examples=100, deadline=None)
@given(masks())
def test_a_mask_reads_itself(mask):
    """parse(str(mask)) == mask, and a mask that is one already stays it."""
    assert mask == Mask.parse(str(mask))
    assert mask is Mask.parse(mask)


@settings(max_examples=100, deadline=None)
@given(series_of_all_shapes, st.integers(0, 10**17))
def test_the_count_comes_out_as_it_went_in(series, count):
    """sequence_of(series, numbered(series, n)) == n, for every series and every n."""
    assert count == sequence_of(series, numbered(series, count))


@settings(max_examples=100, deadline=None)
@given(series_of_all_shapes, st.text("ABab019._+-", max_size=8) | st.integers(0, 999).map(lambda n: f"{n:03}"))
def test_a_count_is_only_read_from_a_number_of_the_series(series, text):
    """Whatever text is asked, a count is given only if the series writes exactly this text for it."""
    count = sequence_of(series, text)
    assert count is None or numbered(series, count) == text


@pytest.mark.parametrize(
    ("series", "number"),
    [
        ("R-{seq:03}", "R-1"),
        ("R-{seq:03}", "R-0001"),
        ("R-{seq:03}", "r-001"),
        ("R-{seq:03}", "R-00١"),  # a digit of another script
        ("R-{seq:03}", "R-"),
        ("R-{seq}", "R-" + "9" * 5_000),
        ("R-{seq}-R", "R-R"),
        ("AA{seq}", "A1"),
        ("no place", "no place"),
    ],
)
def test_what_is_no_number_of_a_series_has_no_count(series, number):
    """Other padding, other letters, other digits, no digits, overlapping ends: no count."""
    assert sequence_of(series, number) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(series_of_all_shapes, min_size=1, max_size=4).flatmap(lambda few: st.lists(st.sampled_from(few))))
@example(["A{seq}", "A1{seq}"] * 6)
@example(["X-{seq:03}"] * 3 + ["X-{seq}"] * 3)
@example(["X-A-{seq}", "x-a-{seq}"])
def test_no_number_is_given_twice_whatever_the_masks(asked):
    """Counting in any series in any order never gives a number twice, not even one that only reads the same."""
    given_counts: dict[str, int] = {}
    numbers = []
    for series in asked:
        seq = next_number(series, given_counts)
        assert seq > given_counts.get(series, 0)
        given_counts[series] = seq
        numbers.append(numbered(series, seq).casefold())
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["amz", "rail", "A-1"]), max_size=12))
def test_series_of_the_shipped_mask_have_no_gaps(partners):
    """Under the default mask each series counts 1, 2, 3 …, whatever the others do."""
    given_counts: dict[str, int] = {}
    for place, partner in enumerate(partners):
        series = REFERENCES.series(**PLACES | {"partner": partner})
        given_counts[series] = next_number(series, given_counts)
        assert given_counts[series] == partners[: place + 1].count(partner)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (7, "'7' is not a mask"),
        ("", "must hold {seq} exactly once"),
        ("R-{year}", "must hold {seq} exactly once"),
        ("{seq}-{seq}", "must hold {seq} exactly once"),
        ("{seq:3}", "must hold {seq} exactly once"),
        ("{colour}-{seq}", "'{colour}' is not a place of a mask"),
        ("{year:04}-{seq}", "only {seq} can be padded"),
        ("R/{seq}", "may hold only letters, digits"),
        ("R {seq}", "may hold only letters, digits"),
        ("R-{seq}\n", "may hold only letters, digits"),
        ("R-{seq}{", "may hold only letters, digits"),
        ("Ä-{seq}", "may hold only letters, digits"),
        ("-{seq}", "must begin with a letter"),
        ("{seq}.", "must begin with a letter"),
    ],
)
def test_a_mask_that_would_not_work_is_refused(text, sentence):
    """A mask is refused with the reason when it could not count, or a file could not bear its name."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the sentence is compared below
        Mask.parse(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("acronym", ["", "A/B", "A B", "..\\up", "{seq}", "Ä"])
def test_a_place_takes_only_what_a_file_name_bears(acronym):
    """A number never holds a path, a place or nothing where a value should stand."""
    with pytest.raises(ValueError, match=r"cannot stand at \{acronym\} in a number"):
        REFERENCES.series(**PLACES | {"acronym": acronym})


def test_a_value_the_mask_does_not_ask_for_does_not_matter():
    """Only the places of the mask are looked at."""
    assert Mask.parse("R-{seq}").series(acronym="A/B") == "R-{seq}"
