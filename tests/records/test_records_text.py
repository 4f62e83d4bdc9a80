"""Bytes to text: encoding, size, invisible characters, and values as they stand in messages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import Location, Problem
from elca_docs.records.text import LARGEST_FILE, composed, counted, decoded, forbidden_character, named, shown

PATH = "records/partners.yaml"


def test_a_byte_order_mark_is_no_part_of_the_text():
    """Windows editors write a BOM before UTF-8; it is accepted and dropped."""
    assert decoded(PATH, b"\xef\xbb\xbf- a\n") == ("- a\n", ())


@pytest.mark.parametrize("data", [b"a\r\nb\rc\n", b"a\nb\nc\n"])
def test_all_line_ends_are_one(data: bytes):
    """A file reads the same whatever its line ends."""
    assert decoded(PATH, data) == ("a\nb\nc\n", ())


@pytest.mark.parametrize("data", ["name: ü\n".encode("utf-16"), "name: ü\n".encode("utf-16-be", "strict")])
def test_utf_16_is_refused(data: bytes):
    """UTF-16 is named as such where it says so itself, and is never read as something else."""
    text, problems = decoded(PATH, data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is not UTF-8 text: it is written as UTF-16"
        assert problems == (Problem("not-utf8", message, Location(PATH, 1, 1), "save it as UTF-8 in the editor"),)
        assert text is None
    else:
        assert [each.code for each in problems] != []


def test_latin_1_is_refused_at_its_first_letter():
    """A byte that is no UTF-8 is shown with line and column."""
    text, problems = decoded(PATH, b"- id: x\r\n  name: Nuevo Le\xf3n\n")
    message = "the file is not UTF-8 text: a byte is no part of a letter"
    assert text is None
    assert problems == (Problem("not-utf8", message, Location(PATH, 2, 17), "save it as UTF-8 in the editor"),)


def test_a_file_may_have_a_megabyte_and_no_more():
    """The bound on a file's size holds to the byte."""
    assert decoded(PATH, b"#" * LARGEST_FILE)[1] == ()
    text, problems = decoded(PATH, b"#" * (LARGEST_FILE + 1))
    assert text is None
    assert problems == (
        Problem(
            "file-too-large",
            "the file has 1,000,001 bytes; a record file may have 1,000,000",
            Location(PATH),
            "write shorter texts; a list of records can also be split into several files in a folder of the same name",
        ),
    )


@pytest.mark.parametrize(
    "character",
    [*map(chr, (0, 8, 11, 12, 14, 31, 127, 133, 159)), *"\u200b\u200e\u202a\u202e\u2028\u2066\u2069\u2060\ufdd0\ufffe",
     "\U0001ffff", "\U0010fffe"],
)  # fmt: skip
def test_invisible_characters_are_refused_by_name(character: str):
    """Control, bidi and noncharacters are a problem with place, and the rest of the file can still be read."""
    text, problems = decoded(PATH, f"a: b\nc: d{character}e\n".encode())
    assert [(each.code, each.location) for each in problems] == [("control-character", Location(PATH, 2, 5))]
    assert f"U+{ord(character):04X}" in problems[0].message
    assert text == "a: b\nc: d_e\n"


def test_one_message_for_a_line_is_enough():
    """A line full of control characters is one problem, and each bad line is named."""
    _, problems = decoded(PATH, b"\x01\x02\x03\nok\n\x04")
    assert [each.location for each in problems] == [Location(PATH, 1, 1), Location(PATH, 3, 1)]


def test_a_letter_carries_thirty_accents_at_most():
    """What no language needs is refused at its place: putting a heap of accents in order would take minutes."""
    word = "a" + "\u0301\u0327" * 15
    assert decoded(PATH, f"name: {word} x{word}\n".encode())[1] == ()
    heap = f"a: b\nname: {word}\u0301\n".encode()
    message = "more than 30 accents stand on one letter here"
    assert decoded(PATH, heap)[1] == (
        Problem("stacked-accents", message, Location(PATH, 2, 38), "type the word again"),
    )  # fmt: skip
    tall = "a" + "\u0301\u0327" * 200_000
    assert composed(tall) == tall
    assert forbidden_character(tall) == "U+0301 COMBINING ACUTE ACCENT"


def test_a_lost_letter_is_asked_for():
    """U+FFFD means that an earlier program lost a letter; nobody wants it in a contract."""
    _, problems = decoded(PATH, "name: Nuevo Le\ufffdn\n".encode())
    assert [(each.code, each.location, each.fix) for each in problems] == [
        ("lost-character", Location(PATH, 1, 15), "type the letter again")
    ]


@pytest.mark.parametrize("text", ["Zürich", "Łódź", "नमस्ते", "می‌خواهم", "a\nb", "😀"])
def test_letters_of_every_script_are_welcome(text: str):
    """What people write in their own language passes, the joiners of their scripts included."""
    assert decoded(PATH, text.encode()) == (text, ())
    assert forbidden_character(text) is None


def test_a_tab_counts_inside_a_value_only():
    """A tab in a value is named; in a file it is the grammar's affair."""
    assert forbidden_character("a\tb") == "U+0009"
    assert decoded(PATH, b"a:\tb\n")[1] == ()


def test_a_character_is_named_as_people_look_it_up():
    """The name of a character is its code point and Unicode's name, where it has one."""
    assert (named("\u202e"), named("\x01")) == ("U+202E RIGHT-TO-LEFT OVERRIDE", "U+0001")


def test_accents_typed_in_two_ways_are_one_letter():
    """Values are in Unicode's composed form, so that equal names are equal."""
    assert composed("Nuevo Leo\u0301n") == "Nuevo León"
    assert composed("plain") == "plain"


@given(st.text(max_size=200), st.integers(5, 80))
@settings(max_examples=60)
def test_a_shown_value_is_one_printable_line(text: str, limit: int):
    """No value can break a message: it is printable, on one line, and short."""
    line = shown(text, limit)
    assert line.isprintable()
    assert len(line) <= max(limit, 6)


def test_a_number_agrees_with_its_word():
    """One month, two months."""
    assert [counted(number, "month") for number in (0, 1, 2)] == ["0 months", "1 month", "2 months"]


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_are_text_or_problems(data: bytes):
    """Whatever the bytes, there is a text or a problem, and never an exception."""
    text, problems = decoded(PATH, data)
    assert text is not None or problems
