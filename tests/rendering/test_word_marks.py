"""Which headings and captions there are, their numbers, their anchors, and references to them."""

from __future__ import annotations

from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from word_documents import body, compiled, part, shown
from word_reports import chart, image, report, table

from elca_docs.model.blocks import Cell, Column, Heading, Listing, Paragraph, Span, Table, line
from elca_docs.rendering import anchored, bookmarks_of
from elca_docs.rendering.word_marks import marks_of

KINDS = st.sampled_from(
    [
        Heading(text="One"),
        Heading(text="Deep", level=2),
        Heading(text="Deeper", level=3),
        Heading(text="Plain", numbered=False),
        table(),
        table(anchor="given"),
        table(caption=""),
        image(),
        image(caption="", anchor="mute"),
        chart("bars"),
        Paragraph(spans=line("x")),
        Heading(text="Named", anchor="table-1"),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(KINDS, max_size=12))
def test_every_heading_and_caption_has_an_anchor_of_its_own(blocks):
    """Anchors are given once each, the first block keeps its own, and anchored blocks stay as they are."""
    found = anchored(blocks)
    anchors = [*bookmarks_of(found)]
    counted = [each for each in blocks if isinstance(each, Heading) or getattr(each, "caption", "")]
    assert len(anchors) == len(set(anchors)) == len(counted)
    assert len(set(bookmarks_of(found).values())) == len(anchors)
    assert anchored(found) == found
    assert all(each.anchor in anchors for each in counted if each.anchor)


def test_what_has_no_number_has_no_mark():
    """A table or picture without caption is in no list, whatever anchor it has."""
    assert (
        bookmarks_of([table(caption="", anchor="a"), image(caption="", anchor="b"), Paragraph(spans=line("x"))]) == {}
    )


def test_tables_and_figures_count_apart():
    """Tables and figures have a sequence each; charts and pictures are both figures."""
    blocks = anchored([table("A"), chart("bars"), table("B"), image(), Heading(text="One"), Heading(text="x", level=3)])
    assert [each.numbered for each in marks_of(blocks).values()] == [
        *("Table 1", "Figure 1", "Table 2", "Figure 2", "1", "1.1.1")
    ]


def test_captions_carry_two_sequences():
    """Word counts tables by SEQ Table and figures by SEQ Figure, in every language."""
    document = part(compiled(table("A"), chart("bars"), image(), language="de"), "word/document.xml")
    fields = [each.text.strip() for each in document.iter(qn("w:instrText"))]
    assert fields == [r"SEQ Table \* ARABIC", r"SEQ Figure \* ARABIC", r"SEQ Figure \* ARABIC"]
    captions = [shown(each) for each in document.iter(qn("w:p")) if each.find(f".//{qn('w:instrText')}") is not None]
    assert captions == ["Tabelle 1. A", "Abbildung 1. Nests by wood", "Abbildung 2. A box"]


def test_references_show_the_number_of_what_they_name():
    """A reference is a REF field with the true number in it; without such a block its text stands there."""
    spans = (
        *(Span(text="see", refers_to=each) for each in ("t", "f", "h", "plain")),
        Span(text="nothing", refers_to="x", bold=True),
    )
    blocks = [
        Heading(text="Plain one", numbered=False, anchor="plain"),
        Heading(text="One"),
        Paragraph(spans=spans),
        table(anchor="t"),
        Heading(text="Deep", level=2, anchor="h"),
        chart("lines", anchor="f"),
    ]
    document = part(compiled(*blocks), "word/document.xml")
    paragraph = next(each for each in document.iter(qn("w:p")) if "REF" in "".join(each.itertext(qn("w:instrText"))))
    names = bookmarks_of(blocks)
    assert shown(paragraph) == "Table 1Figure 11.1Plain onenothing"
    assert [each.text.strip() for each in paragraph.iter(qn("w:instrText"))] == [
        rf"REF {names['t'].replace('_Toc', '_Ref')} \h",
        rf"REF {names['f'].replace('_Toc', '_Ref')} \h",
        rf"REF {names['h']} \r \h",
        rf"REF {names['plain']} \h",
    ]


def test_every_field_leads_to_a_bookmark_and_shows_what_stands_there():
    """Each REF and PAGEREF names a bookmark; a REF shows the text within it; numbers of bookmarks are unique."""
    blocks = report()
    document = part(compiled(*blocks, pages=dict.fromkeys(bookmarks_of(blocks), 7)), "word/document.xml")
    starts = {each.get(qn("w:name")): each.get(qn("w:id")) for each in document.iter(qn("w:bookmarkStart"))}
    ends = [each.get(qn("w:id")) for each in document.iter(qn("w:bookmarkEnd"))]
    assert sorted(starts.values()) == sorted(set(ends))
    words = [each.text.split() for each in document.iter(qn("w:instrText"))]
    named = {each[1] for each in words if each[0] in {"REF", "PAGEREF"}}
    named |= {each.get(qn("w:anchor")) for each in document.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))}
    assert named <= set(starts)
    label = document.xpath(
        "//w:bookmarkStart[@w:name='_Ref200000000']/following-sibling::w:r"
        "[following-sibling::w:bookmarkEnd/@w:id=//w:bookmarkStart[@w:name='_Ref200000000']/@w:id]//w:t",
        namespaces={"w": qn("w:p")[1:-2]},
    )
    assert "".join(each.text for each in label) == "Table 1"


def test_references_stand_in_lists_and_cells():
    """A reference works wherever a line stands."""
    spans = (Span(text="", refers_to="t"),)
    cells = Table(caption="T", columns=(Column(heading="A"),), rows=((Cell(lines=(spans,)),),), anchor="t")
    found = body(Listing(entries=(spans,)), cells)
    assert shown(found.paragraphs[0]._p) == "Table 1"
    assert shown(found.tables[0].rows[1].cells[0].paragraphs[0]._p) == "Table 1"
