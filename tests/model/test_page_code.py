"""The laws of the code on each page: it says what it was made of, and nothing else passes for it."""

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from elca_docs.model.page_code import (
    AMENDMENT_LENGTH,
    LONGEST,
    PAGES_LIMIT,
    REFERENCE_LENGTH,
    VERSIONS,
    PageCode,
    codable,
    shaped,
)

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
KEY = "000042"
references = st.text(SIGNS.replace(":", ""), min_size=1, max_size=REFERENCE_LENGTH)
keys = st.text("0123456789.+", min_size=1, max_size=12)


@st.composite
def page_codes(draw):
    pages = draw(st.integers(1, PAGES_LIMIT))
    return PageCode(draw(references), draw(st.integers(1, len(VERSIONS))), draw(st.integers(1, pages)), pages)


def read(text, key):
    """Return what a text says, or None where it is no page code."""
    try:
        return PageCode.parse(text, key)
    except ValueError:
        return None


def test_an_example():
    """The parts stand where the grammar says, and the check letters are those of the project's key."""
    assert PageCode("SPEC-CA-NORD-001", 1, 3, 6).text(KEY) == "SPEC-CA-NORD-001:10306KGN"
    assert PageCode("SPEC-CA-NORD-001/A1", 35, 99, 99).text(KEY).startswith("SPEC-CA-NORD-001/A1:Z9999")


@given(page_codes(), keys)
def test_a_code_says_what_it_was_made_of(code, key):
    """parse(code.text(key), key) == code, and the text is short and of the QR alphanumeric set only."""
    text = code.text(key)
    assert PageCode.parse(text, key) == code
    assert len(text) <= LONGEST
    assert set(text) <= set(SIGNS)
    assert shaped(text)


@given(page_codes(), st.data())
def test_a_changed_code_never_reads_as_the_same_page(code, data):
    """With any one sign exchanged, left out or doubled, the text is refused or names another page."""
    text = code.text(KEY)
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(sorted(set(SIGNS) - {text[place]})))
    for changed in (text[:place] + sign + text[place + 1 :], text[:place] + text[place + 1 :]):
        assert read(changed, KEY) != code


def test_a_slip_is_refused():
    """Of all codes with one sign exchanged, at most a few in ten thousand pass, as three check letters promise."""
    passed = tried = 0
    for count in range(1, 8):
        text = PageCode(f"SPEC-CA-NORD-{count:03}", 1, count, 9).text(KEY)
        for place in range(len(text)):
            for sign in SIGNS:
                tried += sign != text[place]
                passed += sign != text[place] and read(text[:place] + sign + text[place + 1 :], KEY) is not None
    assert passed / tried < 0.001


def test_a_code_of_another_project_is_refused():
    """Of the codes of two hundred pages under another key, none or one is taken for ours."""
    foreign = [PageCode(f"SPEC-CA-NORD-{count:03}", 1, 1, 2).text("000043") for count in range(200)]
    assert sum(read(text, KEY) is not None for text in foreign) <= 1


@given(page_codes())
def test_a_code_makes_a_small_symbol(code):
    """The symbol is alphanumeric and of version 1, 2 or 3 at level Q, as the length says: at most 29 modules wide."""
    text = code.text(KEY)
    symbol = segno.make(text, micro=False, error="q", boost_error=False)
    assert symbol.mode == "alphanumeric"
    assert symbol.version == (1 if len(text) <= 16 else 2 if len(text) <= 29 else 3)
    assert symbol.error == "Q"


@pytest.mark.parametrize(
    "code",
    [
        PageCode("", 1, 1, 1),
        PageCode("A_B", 1, 1, 1),
        PageCode("A:B", 1, 1, 1),
        PageCode("ÄB", 1, 1, 1),
        PageCode("X" * (REFERENCE_LENGTH + 1), 1, 1, 1),
        PageCode("A", 0, 1, 1),
        PageCode("A", 36, 1, 1),
        PageCode("A", 1, 0, 1),
        PageCode("A", 1, 2, 1),
        PageCode("A", 1, 1, 100),
    ],
)
def test_what_does_not_fit_is_not_written(code):
    """A reference too long or of other signs, a version or a page out of range: ValueError, never a wrong code."""
    with pytest.raises(ValueError, match="does not fit into a page code"):
        code.text(KEY)


@pytest.mark.parametrize(
    "text", ["", "A", "78106", "https://example.org/", "A:10101BBB", "A:10201BBB", "A:10000BBB", "A:00101BBB", "\n"]
)
def test_what_else_a_symbol_says_is_no_code(text):
    """Short texts, addresses, page 2 of 1 and version 0 are refused, whatever the letters say."""
    with pytest.raises(ValueError, match="no page code"):
        PageCode.parse(text, KEY)


def test_page_two_of_one_is_refused_with_the_right_letters():
    """The letters alone make no page: the numbers must be possible."""
    real = PageCode("A", 1, 1, 2).text(KEY)
    assert real.startswith("A:10102")
    texts = [
        f"A:10201{a}{b}{c}"
        for a in "BCDFGHKLMNPQRSTVWXYZ"
        for b in "BCDFGHKLMNPQRSTVWXYZ"
        for c in "BCDFGHKLMNPQRSTVWXYZ"
    ]
    assert not any(read(text, KEY) for text in texts)


def test_small_letters_are_written_as_capitals():
    """A reference with small letters fits, and comes back in capitals."""
    assert PageCode.parse(PageCode("MoU.x9.0001", 2, 1, 1).text(KEY), KEY) == PageCode("MOU.X9.0001", 2, 1, 1)


@given(references)
def test_what_is_codable_fits_every_page(reference):
    """A codable reference has a code on the last page of the longest document in the highest version."""
    assert codable(reference)
    assert len(PageCode(reference, len(VERSIONS), PAGES_LIMIT, PAGES_LIMIT).text(KEY)) <= LONGEST


def test_an_amendment_has_room():
    """The longest reference that the records may ask for has room for nine amendments."""
    assert len("/A1") == AMENDMENT_LENGTH
    assert codable("X" * (REFERENCE_LENGTH - AMENDMENT_LENGTH) + "/A9")
