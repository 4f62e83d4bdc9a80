"""Value types read themselves from text, and project months from the calendar: examples, refusals, laws."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.project import DatedText, Project, month_end, month_index, project_month, text_on
from elca_docs.model.values import Country, Day, Expected, Identifier, Language

FIRST = date(2020, 9, 1)
expected = st.dates().map(lambda day: Expected(day.year, day.month, day.day)) | st.builds(
    Expected, st.integers(1, 9999), st.integers(1, 12)
)


@settings(max_examples=50, deadline=None)
@given(st.dates().map(Day.parse))
def test_a_day_reads_itself(day):
    """Day.parse(str(day)) == day, and a day survives a pickle and a date."""
    assert day == Day.parse(str(day))
    assert day == pickle.loads(pickle.dumps(day))  # noqa: S301 - our own bytes
    assert type(day) is type(Day.parse(date(day.year, day.month, day.day)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("03.09.21", "'03.09.21' is not a day; write it as 2021-10-25"),
        ("2021-9-3", "'2021-9-3' is not a day; write it as 2021-10-25"),
        ("2021-10-25\n", "'2021-10-25\n' is not a day; write it as 2021-10-25"),
        ("٢٠٢١-١٠-٢٥", "'٢٠٢١-١٠-٢٥' is not a day; write it as 2021-10-25"),  # digits of another script
        ("2021-02-29", "'2021-02-29' is not a day of the calendar"),
        ("0000-01-01", "'0000-01-01' is not a day of the calendar"),
        ("", "'' is not a day; write it as 2021-10-25"),
        (None, "'None' is not a day; write it as 2021-10-25"),
        (20211025, "'20211025' is not a day; write it as 2021-10-25"),
    ],
)
def test_what_is_no_day_is_refused(text, sentence):
    """Only YYYY-MM-DD is a day, and the refusal says what to write."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the sentence is compared below
        Day.parse(text)
    assert sentence == str(refused.value)


def test_a_day_of_a_moment_has_no_time():
    """A moment becomes the day it stands on."""
    assert str(Day.parse(datetime(2021, 10, 25, 23, 59, tzinfo=UTC))) == "2021-10-25"


@settings(max_examples=100, deadline=None)
@given(expected)
def test_a_planned_date_reads_itself(planned):
    """Expected.parse(str(x)) == x in the precision that was planned; its days are those it can mean."""
    assert planned == Expected.parse(str(planned))
    assert planned is Expected.parse(planned)
    assert planned.first_day <= planned.last_day
    assert (planned.first_day == planned.last_day) == bool(planned.day)
    assert (planned.year, planned.month) == (planned.last_day.year, planned.last_day.month)


def test_a_month_ends_on_its_last_day():
    """When only the month is known, the whole month is meant, leap years included."""
    assert Expected.parse("2024-02").last_day == date(2024, 2, 29)
    assert Expected.parse("2021-10").first_day == date(2021, 10, 1)
    assert Expected.parse("2021-10-25").last_day == date(2021, 10, 25)


def test_planned_dates_are_in_order():
    """A month stands before the days in it, and after the month before."""
    texts = ["2021-09-30", "2021-10", "2021-10-01", "2021-10-31", "2021-11", "2022-01"]
    assert texts == [str(each) for each in sorted(map(Expected.parse, reversed(texts)))]


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-00", "0000-01", "2021", "10/2021", "2021-02-30", "Q4", "", None, 2021]
)
def test_what_is_no_planned_date_is_refused(text):
    """Only YYYY-MM and YYYY-MM-DD are planned dates."""
    with pytest.raises(ValueError, match=r"write a month as 2021-10|is not a day of the calendar"):
        Expected.parse(text)


@pytest.mark.parametrize("code", ["NO", "DE", "ES", "US", "AQ"])
def test_a_country_reads_itself(code):
    """A country is its code, Norway included."""
    assert code == Country.parse(str(Country.parse(code)))


@pytest.mark.parametrize(
    ("text", "example"),
    [("Spain", "DE or NO"), ("es", "DE or NO"), ("UK", "GB"), ("EL", "GR"), ("", "DE"), (False, "DE")],
)
def test_what_is_no_country_is_refused(text, example):
    """Names, small letters and the EU's own codes are refused with what to write."""
    with pytest.raises(ValueError, match=f"is not a country code; .* such as {example}"):
        Country.parse(text)


@pytest.mark.parametrize("code", ["en", "es", "de", "ca", "eu"])
def test_a_language_reads_itself(code):
    """A language is its code."""
    assert code == Language.parse(str(Language.parse(code)))


@pytest.mark.parametrize("text", ["sp", "EN", "eng", "en-GB", "", None])
def test_what_is_no_language_is_refused(text):
    """Two letters that name no language are refused, as are other forms."""
    with pytest.raises(ValueError, match="is not a language code"):
        Language.parse(text)


@pytest.mark.parametrize("text", ["T2-01", "KPI 2", "art-er", "0042", "WP3.1", "a_b+c", "com10", "conx", "a" * 64])
def test_an_identifier_reads_itself(text):
    """An id is its text."""
    assert text == Identifier.parse(str(Identifier.parse(text)))


@pytest.mark.parametrize(
    "text", ["", "-a", ".a", "a b", "KPI  2", "KPI 2 ", "a/b", "a\\b", "=1", "ä", "a\n", "a" * 65, None, 7]
)
def test_what_is_no_identifier_is_refused(text):
    """An id that could break a file name, a flag or a formula is refused."""
    with pytest.raises(ValueError, match="is not an id; use letters"):
        Identifier.parse(text)


@pytest.mark.parametrize("text", ["con", "NUL", "Aux.1", "com1", "LPT9", "abc."])
def test_names_that_windows_keeps_are_no_identifiers(text):
    """An id that Windows cannot write as a file name is refused everywhere, and the proposal is an id."""
    with pytest.raises(ValueError, match="Windows allows no file of that name") as refused:
        Identifier.parse(text)
    proposed = str(refused.value).rpartition("write for example '")[2].rstrip("'")
    assert proposed == Identifier.parse(proposed)


def test_month_one_holds_the_first_day():
    """Project months are calendar months, counted from 1."""
    assert str(project_month(FIRST, 1)) == "2020-09"
    assert str(project_month(FIRST, 5)) == "2021-01"
    assert month_end(FIRST, 1) == date(2020, 9, 30)
    assert month_end(FIRST, 36) == date(2023, 8, 31)
    assert month_index(FIRST, date(2020, 8, 31)) == 0


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_and_their_numbers_agree(start, index):
    """month_index gives back the number of every day of the month, and the next day after its end is of the next."""
    month = project_month(start, index)
    assert index == month_index(start, month.first_day) == month_index(start, month.last_day)
    assert month.last_day == month_end(start, index)
    assert month_end(start, index) + timedelta(days=1) == project_month(start, index + 1).first_day


def test_the_project_counts_its_own_days():
    """The window is the grant period, unless the records say otherwise."""
    project = Project(title="A specimen", acronym="SPEC", grant_number="42", start=Day(2020, 9, 1), duration_months=36)
    assert project.end == date(2023, 8, 31)
    assert project.window == (date(2020, 9, 1), date(2023, 8, 31))
    narrower = Project(
        title="A specimen",
        acronym="SPEC",
        grant_number="42",
        start=Day(2020, 9, 1),
        duration_months=36,
        counting_from=Day(2021, 1, 1),
        counting_until=Day(2022, 1, 1),
    )
    assert narrower.window == (date(2021, 1, 1), date(2022, 1, 1))


days = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9)).map(Day.parse)
texts = st.builds(DatedText, text=st.sampled_from("abc"), valid_from=days, valid_until=days)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=5), st.dates(date(2020, 1, 1), date(2020, 1, 9)), st.randoms(use_true_random=False))
def test_the_text_of_a_day_does_not_depend_on_the_order_of_records(several, day, random):
    """Of the texts valid on a day the one that began last is taken, whatever the order they are written in."""
    found = text_on(tuple(several), day)
    shuffled = random.sample(several, len(several))
    assert found == text_on(tuple(shuffled), day)
    valid = [each for each in several if each.valid_on(day)]
    assert (found is None) == (not valid)
    for each in valid:
        assert (found.valid_from or date.min) >= (each.valid_from or date.min)


def test_the_first_and_the_last_day_of_validity_count():
    """A text is valid from its first day to its last, both included."""
    text = DatedText(text="t", valid_from=Day(2020, 1, 2), valid_until=Day(2020, 1, 3))
    assert [text.valid_on(date(2020, 1, day)) for day in (1, 2, 3, 4)] == [False, True, True, False]
