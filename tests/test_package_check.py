"""The check of packages finds each fault it is there for: sound files are spoilt one place at a time."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from package_check import faults

from elca_docs.model.blocks import (
    Chart,
    Column,
    Contents,
    Heading,
    Listing,
    Paragraph,
    Series,
    Span,
    Table,
    cell,
    line,
)
from elca_docs.rendering import compile_document

TEMPLATE = Path(__file__).resolve().parents[1] / "templates/deliverables/plan.docx"
DOCUMENT, STYLES, NOTES = "word/document.xml", "word/styles.xml", "word/footnotes.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"


@cache
def sound() -> bytes:
    blocks = (
        Contents(),
        Heading(text="One", anchor="one"),
        Paragraph(spans=(Span(text="See "), Span(text="x", refers_to="one"), Span(text="y", footnote=line("Note")))),
        Paragraph(spans=(Span(text="there", link="https://example.org"),)),
        Listing(entries=(line("a"),), ordered=True),
        Table(caption="T", columns=(Column(heading="A"), Column(heading="B")), rows=((cell("1"), cell("2")),)),
        *(
            Chart(caption="C", alt="c", kind="bars", categories=("a",), series=(Series(name="s", values=(1.0,)),))
            for _ in range(2)
        ),
    )
    return compile_document(blocks, TEMPLATE.read_bytes(), title="T", subject="S", language="en")


def spoilt(name: str, old: str, new: str) -> bytes:
    """Return the sound file with one member changed at the first place that fits; the member goes for no `old`."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as archive, zipfile.ZipFile(written, "w") as made:
        for member in archive.namelist():
            data = archive.read(member)
            if member == name:
                if not old:
                    continue
                text, count = re.subn(old, new, data.decode(), count=1, flags=re.DOTALL)
                assert count == 1
                data = text.encode()
            made.writestr(member, data)
    return written.getvalue()


SPOILT = {
    "tag left": (DOCUMENT, ">there<", ">{{ there }}<", "has a tag left"),
    "statement left": (DOCUMENT, ">there<", ">{% there<", "has a tag left"),
    "tag left in the header": ("word/header1.xml", "</w:p>", "<w:r><w:t>{{x}}</w:t></w:r></w:p>", "has a tag left"),
    "blank lost": (DOCUMENT, ' xml:space="preserve">See ', ">See ", "loses the blank"),
    "drawing twice": (DOCUMENT, r'(<wp:docPr id=")\d+(".*?<wp:docPr id=")(\d+)', r"\g<1>\3\2\3", "drawing number"),
    "bookmark number twice": (
        DOCUMENT, r'(<w:bookmarkStart w:id=")\d+(".*?<w:bookmarkStart w:id=")(\d+)', r"\g<1>\3\2\3", "bookmark number"
    ),
    "bookmark name twice": (
        DOCUMENT, r'(bookmarkStart [^>]*w:name=")[^"]+(".*?bookmarkStart [^>]*w:name=")([^"]+)', r"\1\3\2\3",
        "bookmark name",
    ),
    "bookmark without end": (DOCUMENT, "<w:bookmarkEnd [^>]*/>", "", "does not begin and end"),
    "link to no bookmark": (DOCUMENT, r'(<w:hyperlink [^>]*w:anchor=")[^"]+', r"\1nowhere", "'nowhere'"),
    "field to no bookmark": (DOCUMENT, r"PAGEREF \S+|REF \S+", "REF nowhere", "refers to nothing"),
    "field without end": (DOCUMENT, '<w:fldChar w:fldCharType="end"/>', "", "do not end"),
    "footnote without text": (NOTES, '<w:footnote w:id="1">.*?</w:footnote>', "", "not both there"),
    "footnote without reference": (DOCUMENT, '<w:footnoteReference w:id="1"/>', "", "not both there"),
    "style that is not there": (DOCUMENT, '<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="No"/>', "style 'No'"),
    "style of another kind": (DOCUMENT, 'tblStyle w:val="[^"]+"', 'tblStyle w:val="BodyText"', "table style"),
    "list that is not there": (DOCUMENT, '<w:numId w:val="[^"]+"', '<w:numId w:val="99"', "list 99"),
    "cell without paragraph": (DOCUMENT, "(<w:tc>.*?</w:tcPr>)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>", "in a paragraph"),
    "table without rows": (DOCUMENT, "<w:tr>.*</w:tr>", "", "has no rows"),
    "row of too few cells": (DOCUMENT, "<w:tc>.*?</w:tc>", "", "has 1 cells"),
    "no section at the end": (DOCUMENT, "<w:sectPr.*</w:sectPr>", "", "does not end in a section"),
    "no size of the page": (DOCUMENT, "<w:pgSz [^>]*/>", "", "how large"),
    "part that is not there": ("word/charts/chart1.xml", "", "", "which is not there"),
    "relationship that is not there": (RELATIONS, '<Relationship [^>]*hyperlink"[^>]*/>', "", "does not relate to"),
    "relationship that nothing uses": (DOCUMENT, r'<w:hyperlink r:id="[^"]+".*?</w:hyperlink>', "", "does not use it"),
    "address of a file": (RELATIONS, "https://example.org", "file:///etc/passwd", "leads outside"),
    "content type that is not there": (TYPES, '<Override [^>]*footnotes.xml"[^>]*/>', "", "content type of any XML"),
    "content type of nothing": (
        TYPES, "</Types>", '<Override PartName="/word/x.xml" ContentType="application/xml"/></Types>', "not there"
    ),
    "no relationships at all": ("_rels/.rels", "", "", "nothing leads to"),
    "no XML": (STYLES, "</w:styles>", "", "is no XML"),
}  # fmt: skip


def test_a_sound_file_has_no_fault() -> None:
    """What the tests spoil is sound before."""
    assert faults(sound()) == []


@pytest.mark.parametrize("case", SPOILT)
def test_each_fault_is_found(case: str) -> None:
    """One place spoilt, and the fault is named."""
    name, old, new, part = SPOILT[case]
    assert any(part in each for each in faults(spoilt(name, old, new)))


def test_a_member_that_is_there_twice_is_found() -> None:
    """Word opens no file in which two parts have one name."""
    written = io.BytesIO(sound())
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(STYLES, archive.read(STYLES))
    assert faults(written.getvalue())[0] == f"the member '{STYLES}' is there 2 times"
