"""Wide tables lie on turned pages, with what belongs to them, and no page stays empty."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from word_documents import TEMPLATE, body, changed, compiled, part
from word_reports import table

from elca_docs.model.blocks import Column, Heading, PageBreak, Paragraph, Table, cell, line
from elca_docs.office import Office, find_office
from elca_docs.rendering.word_sections import stretches

WIDE = table("Wide", wide=True)
TEXT = Paragraph(spans=line("Text"))
NOTE = Paragraph(spans=line("Note"), style="note")
HEAD = Heading(text="Head")


def cut(*blocks):
    return [(each.wide, each.blocks) for each in stretches(blocks)]


def test_a_wide_table_takes_its_heading_and_its_notes_along():
    """Headings right above and notes right below lie on the turned page; text does not."""
    found = cut(TEXT, HEAD, Heading(text="x", level=2), WIDE, NOTE, NOTE, TEXT)
    assert [(wide, len(blocks)) for wide, blocks in found] == [(False, 1), (True, 5), (False, 1)]
    assert cut(HEAD, TEXT, WIDE) == [(False, (HEAD, TEXT)), (True, (WIDE,))]


def test_a_turn_is_a_page_break():
    """Page breaks at a turn are left out, between two wide tables they stay, at the end nothing is left of them."""
    assert cut(TEXT, PageBreak(), HEAD, WIDE, PageBreak(), TEXT) == [
        (False, (TEXT,)),
        (True, (HEAD, WIDE)),
        (False, (TEXT,)),
    ]
    assert len(cut(WIDE, PageBreak(), PageBreak(), WIDE)) == 1
    assert cut(WIDE, PageBreak(), WIDE) == [(True, (WIDE, PageBreak(), WIDE))]
    assert cut(TEXT, WIDE, PageBreak()) == [(False, (TEXT,)), (True, (WIDE,))]
    assert cut(PageBreak(), WIDE) == [(True, (WIDE,))]
    assert cut(PageBreak(), TEXT) == [(False, (PageBreak(), TEXT))]
    assert cut() == [(False, ())]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([WIDE, TEXT, NOTE, HEAD, PageBreak(), table()]), max_size=9))
def test_no_stretch_is_empty_and_nothing_is_lost(blocks):
    """Every block but page breaks is in exactly one stretch, in order; neighbours lie differently; none is empty."""
    found = stretches(blocks)
    kept = [block for each in found for block in each.blocks if not isinstance(block, PageBreak)]
    assert kept == [block for block in blocks if not isinstance(block, PageBreak)]
    assert all(each.blocks for each in found) or not kept
    assert all(one.wide != other.wide for one, other in pairwise(found))
    assert all(each.wide or not any(getattr(block, "wide", False) for block in each.blocks) for each in found)


def test_turned_pages_are_landscape_and_the_others_are_not():
    """A document has a section per stretch: page turned, margins kept, tables as wide as their page."""
    document = body(TEXT, WIDE, TEXT, table("Last", wide=True))
    upright, lying = (WD_ORIENT.PORTRAIT, 11906, 16838), (WD_ORIENT.LANDSCAPE, 16838, 11906)
    sizes = [(each.orientation, each.page_width.twips, each.page_height.twips) for each in document.sections]
    assert sizes == [upright, lying, upright, lying]
    assert {each.left_margin.twips for each in document.sections} == {1247}
    widths = [sum(column.width.twips for column in each.columns) for each in document.tables]
    assert widths == [16838 - 2 * 1247] * 2


def test_a_document_without_wide_tables_has_one_section():
    """Nothing turns without need, also where a template's pages are landscape already."""
    assert len(body(TEXT, table()).sections) == 1
    turned = changed(
        TEMPLATE,
        "word/document.xml",
        lambda xml: xml.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"'),
    )
    found = docx.Document(io.BytesIO(compiled(TEXT, WIDE, template=turned)))
    assert [each.page_width.twips for each in found.sections] == [16838, 16838]


def test_headers_and_footers_carry_over_to_the_turned_page():
    """They say the same, and what ends at the right margin ends at that of the turned page."""
    document = body(TEXT, WIDE, TEXT, WIDE, subject="SAMPLE", title="Nests")
    headers = [each.header.paragraphs[0] for each in document.sections]
    assert [each.text for each in headers] == ["SAMPLE\tNests"] * 4
    tabs = [[(stop.position.twips) for stop in each.paragraph_format.tab_stops] for each in headers]
    assert tabs == [[], [9412, 14344], [], [9412, 14344]]
    assert [each.footer.paragraphs[0].text.strip() for each in document.sections] == ["Page 2 of 2"] * 4
    parts = [each.header.part.partname for each in document.sections]
    assert parts[0] == parts[2] != parts[1] == parts[3]


def test_only_the_first_section_has_a_cover():
    """The cover's own header and footer do not come back at each turn, nor does a number to begin with."""
    template = changed(
        TEMPLATE, "word/document.xml", lambda xml: xml.replace("<w:titlePg/>", '<w:pgNumType w:start="5"/><w:titlePg/>')
    )
    title = Paragraph(spans=line("T"), style="title")
    found = part(compiled(title, WIDE, TEXT, template=template), "word/document.xml")
    sections = [*found.iter(qn("w:sectPr"))]
    assert [each.find(qn("w:titlePg")) is not None for each in sections] == [True, False, False]
    starts = [each.find(qn("w:pgNumType")).get(qn("w:start")) for each in sections]
    assert starts == ["5", None, None]


def test_what_ends_a_section_takes_no_room():
    """The paragraph that carries a section is a twentieth of a point high, so that it does not slip to a new page."""
    found = part(compiled(TEXT, WIDE, TEXT), "word/document.xml")
    carriers = [
        each.getparent().getparent() for each in found.iter(qn("w:sectPr")) if each.getparent().tag != qn("w:body")
    ]
    spacing = [each.find(f"{qn('w:pPr')}/{qn('w:spacing')}") for each in carriers]
    assert [(each.get(qn("w:line")), each.get(qn("w:lineRule")), each.get(qn("w:after"))) for each in spacing] == [
        ("20", "exact", "0")
    ] * 2


def test_headings_keep_with_what_follows():
    """No heading stays behind at the foot of a page, whatever the template's styles say."""
    found = body(HEAD, TEXT, Heading(text="Plain", numbered=False)).paragraphs
    assert [each.paragraph_format.keep_with_next for each in found] == [True, None, True]


def test_nothing_that_takes_room_stands_behind_the_last_table_of_a_section():
    """Where a table fills its page, what must follow it makes no page of its own: one paragraph, a point high."""
    document = body(TEXT, table("First"), table("Wide", wide=True), table("Last"))
    for each in document.tables:
        following = each._tbl.getnext()
        assert following.tag == qn("w:p")
        assert following.getnext().tag != qn("w:p") or following.find(qn("w:pPr")).find(qn("w:sectPr")) is not None
        spacing = following.find(qn("w:pPr")).find(qn("w:spacing"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("20", "exact")


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_no_table_that_fills_its_page_leaves_a_blank_one():
    """Tables of all lengths around a full page, before a turn and at the end: each page of the PDF has rows or text."""
    office = Office(find_office())
    before = [(texts, notes, rows) for texts in (2, 3) for notes in range(4) for rows in range(32, 41)]
    made = {
        f"{texts}-{notes}-{rows}.docx": compiled(
            *[TEXT] * texts, *[NOTE] * notes, long_table(rows), table("W", wide=True), long_table(rows)
        )
        for texts, notes, rows in before
    }
    for name, pdf in office.pdfs(made).items():
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
            assert re.search(r"Text|row|Wide|Name", page.extract_text()), name


def long_table(rows):
    """Return a table of some rows, a line each."""
    columns = (Column(heading="Name", share=1), Column(heading="What", share=1))
    return Table(caption="Rows", columns=columns, rows=tuple((cell(f"row {n}"), cell("–")) for n in range(rows)))
