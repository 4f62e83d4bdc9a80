"""Footnotes are Word's own, in a part of their own, made where the template has none."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml.ns import qn
from word_documents import TEMPLATE, changed, compiled, part, shown

from elca_docs.model.blocks import Cell, Column, Control, Heading, Paragraph, Span, Table, line

LINKED = (Span(text="By "), Span(text="rule", link="https://example.org/a"), Span(text=" of ", italic=True))
NOTED = Paragraph(spans=(Span(text="Eggs", footnote=LINKED), Span(text=" and nests", footnote=line("Counted."))))


def notes(data):
    found = part(data, "word/footnotes.xml").findall(qn("w:footnote"))
    return {each.get(qn("w:id")): shown(each) for each in found}


def marks(data):
    return [each.get(qn("w:id")) for each in part(data, "word/document.xml").iter(qn("w:footnoteReference"))]


def test_footnotes_stand_in_their_part_in_order():
    """Each footnote is referred to once, in the order of the text; Word's two separators come first."""
    data = compiled(NOTED)
    assert notes(data) == {"-1": "", "0": "", "1": " By rule of ", "2": " Counted."}
    assert marks(data) == ["1", "2"]
    named = [each.get(qn("w:id")) for each in part(data, "word/settings.xml").find(qn("w:footnotePr"))]
    assert named == ["-1", "0"]
    assert compiled(NOTED) == data


def test_a_document_without_footnotes_has_no_part_for_them():
    """Nothing is added that is not wanted."""
    with zipfile.ZipFile(io.BytesIO(compiled(Heading(text="One")))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_links_within_a_footnote_belong_to_its_part():
    """The address of a footnote's link is related to the part of the footnotes."""
    relations = part(compiled(NOTED), "word/_rels/footnotes.xml.rels")
    assert [each.get("Target") for each in relations] == ["https://example.org/a"]


def test_footnotes_of_cells_and_the_control_block_are_kept():
    """A footnote works wherever a line stands; one within another stands in brackets, for Word knows none."""
    inner = (Span(text="outer", footnote=line("inner")),)
    spans = (Span(text="x", footnote=inner),)
    table = Table(caption="", columns=(Column(heading="A"),), rows=((Cell(lines=(spans,)),),))
    data = compiled(table, Control(rows=(("A", spans),)))
    assert [*notes(data).values()][2:] == [" outer (inner)"] * 2


def test_a_template_with_footnotes_keeps_its_own():
    """New footnotes are numbered above those of the template, in its part, whose links stay."""
    own = compiled(NOTED)
    template = changed(own, "word/document.xml", lambda xml: xml)
    data = compiled(Paragraph(spans=(Span(text="x", footnote=LINKED),)), template=template)
    assert [*notes(data)] == ["-1", "0", "1", "2", "3"]
    assert marks(data) == ["1", "2", "3"]
    targets = [each.get("Target") for each in part(data, "word/_rels/footnotes.xml.rels")]
    assert targets == ["https://example.org/a"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
    assert docx.Document(io.BytesIO(data)).paragraphs[-1].text == "x"


def test_the_shipped_template_has_the_styles_of_footnotes():
    """A footnote is set small, its number raised."""
    assert TEMPLATE
    styles = part(compiled(NOTED), "word/styles.xml")
    names = {each.get(qn("w:val")) for each in styles.iter(qn("w:name"))}
    assert {"footnote text", "footnote reference", "table of figures"} <= names
