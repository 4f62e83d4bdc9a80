"""Specimens: they look like evidence, are read like evidence, and say on each page that they are none."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from elca_docs.exchange import attendance_specimen, signed_specimen
from elca_docs.exchange.specimen import MARK

SIGNED = {
    "title": "Cooperation Agreement",
    "reference": "SAMPLE-CA-ALFA-001",
    "lines": ["Between nobody and nobody."],
    "signatures": [("Specimen Person One", "signed on 5 October 2021"), ("Specimen Person Two", "not dated")],
}
ATTENDED = {
    "title": "Attendance list",
    "reference": "WS-01",
    "lines": ["Held in Sampletown."],
    "attendees": [("Specimen Person One", "Alfa"), ("Specimen Person Two", "Beta")],
}


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize(("make", "content"), [(signed_specimen, SIGNED), (attendance_specimen, ATTENDED)])
def test_what_it_says_can_be_read_back(make, content):
    """Title, reference, lines and names stand in the text of an A4 page."""
    data = make(**content)
    (text,) = pages_of(data)
    people = content.get("signatures") or content["attendees"]
    for expected in (
        content["title"],
        content["reference"],
        *content["lines"],
        *(each for pair in people for each in pair),
    ):
        assert expected in text
    box = PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize(("make", "content"), [(signed_specimen, SIGNED), (attendance_specimen, ATTENDED)])
def test_the_same_specimen_is_the_same_file(make, content):
    """No hour and no random identity: the register of the demo is the same on every machine."""
    assert make(**content) == make(**content)


def test_two_specimens_are_two_files():
    """Another reference gives other bytes, so each is evidence of its own."""
    assert signed_specimen(**SIGNED) != signed_specimen(**SIGNED | {"reference": "SAMPLE-CA-ALFA-002"})


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (signed_specimen(**SIGNED | {"lines": ["x " * 400] * 12}), 3),
        (signed_specimen(**SIGNED | {"signatures": [("Specimen", "x")] * 20}), 3),
        (attendance_specimen(**ATTENDED | {"attendees": [("Specimen", "x")] * 100}), 5),
    ],
)
def test_every_page_is_marked(data, pages):
    """However long it gets, each page says that it is a specimen."""
    texts = pages_of(data)
    assert len(texts) == pages
    assert all(MARK in text and "SPECIMEN" in text for text in texts)


def test_its_properties_say_specimen_too():
    """A viewer's window title does not hide what it is."""
    properties = PdfReader(io.BytesIO(signed_specimen(**SIGNED))).metadata
    assert properties.title == "SPECIMEN Cooperation Agreement"
    assert properties.subject == MARK


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Ñandú & Œillet – d'été €", "Ñandú & Œillet – d'été €"),
        ("Zażółć Łódź Đ", "Zazólc Lódz D"),
        ("日本", "??"),
        ("a\tb\u00a0c", "a b c"),
        ("e\u0301", "é"),
    ],
)
def test_letters_outside_the_fonts_lose_their_marks_only(text, drawn):
    """Western accents stay; other letters become the nearest plain one, or a question mark."""
    assert drawn in pages_of(signed_specimen(**SIGNED | {"title": text}))[0]


@given(text=st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_gives_a_readable_specimen(text):
    """No text from a record fails the drawing."""
    data = signed_specimen(title=text, reference=text, lines=[text], signatures=[(text, text)])
    assert MARK in pages_of(data)[0]
