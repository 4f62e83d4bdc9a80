"""What each block becomes in Word, and what holds for the document as a whole."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from word_documents import TEMPLATE, body, changed, compiled, part, shown

from elca_docs.errors import RecordsError, TemplateError
from elca_docs.model.blocks import (
    Cell,
    Column,
    Contents,
    Control,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
    cell,
    line,
)

WIDE = Table(
    caption="Flocks & nests",
    columns=(Column(heading="Name", share=1), Column(heading="Eggs", share=2, align="right")),
    rows=((cell("Wren"), cell("5", "or 6")), (cell("Robin"), Cell(lines=()))),
)
EVERYTHING = (
    Paragraph(spans=line("Title"), style="title"),
    Control(rows=(("Grant", "not stated"), ("Version", "1.0"))),
    Paragraph(spans=line("Disclaimer"), style="foot"),
    PageBreak(),
    Heading(text="Abbreviations", numbered=False),
    Contents(),
    PageBreak(),
    Heading(text="One"),
    Paragraph(spans=(Span(text="See "), Span(text="here", link="https://example.org/a?b=1"))),
    Listing(entries=(line("first"), line("second"))),
    Listing(entries=(line("1st"), line("2nd")), ordered=True),
    Heading(text="Deeper", level=2),
    WIDE,
    Paragraph(spans=line("Ask somebody"), style="flag"),
    Table(caption="", columns=(Column(heading="Alone"),)),
    Heading(text="Two"),
    Table(caption="Second", columns=(Column(heading="Alone"),)),
)


def test_same_blocks_give_the_same_bytes():
    """Same input, same bytes: nothing of the day or the machine gets into a document."""
    assert compiled(*EVERYTHING) == compiled(*EVERYTHING)


def test_every_block_comes_in_order_with_its_style():
    """The paragraphs stand in the order of the blocks, each in the style of its kind."""
    found = [(each.style.name, each.text) for each in body(*EVERYTHING).paragraphs if each.text]
    assert found == [
        ("Title", "Title"),
        ("Cover Foot", "Disclaimer"),
        ("TOC Heading", "Abbreviations"),
        ("Heading 1", "One"),
        ("Body Text", "See here"),
        ("List Bullet", "first"),
        ("List Bullet", "second"),
        ("List Number", "1st"),
        ("List Number", "2nd"),
        ("Heading 2", "Deeper"),
        ("Caption", "Table 1. Flocks & nests"),
        ("Flag", "Ask somebody"),
        ("Heading 1", "Two"),
        ("Caption", "Table 2. Second"),
    ]


def test_headings_number_themselves():
    """Heading 1 to 3 are bound to the levels of one multilevel list, so Word gives their numbers."""
    data = compiled(Heading(text="One"), Heading(text="Deep", level=2), Heading(text="Deeper", level=3))
    styles, numbering = part(data, "word/styles.xml"), part(data, "word/numbering.xml")
    bound = {
        style.get(qn("w:styleId")): [style.find(f".//{qn(tag)}").get(qn("w:val")) for tag in ("w:numId", "w:ilvl")]
        for style in styles.iter(qn("w:style"))
        if style.get(qn("w:styleId")).startswith("Heading")
    }
    assert bound == {"Heading1": ["1", "0"], "Heading2": ["1", "1"], "Heading3": ["1", "2"]}
    patterns = [each.get(qn("w:val")) for each in numbering.iter(qn("w:lvlText"))][:3]
    assert patterns == ["%1", "%1.%2", "%1.%2.%3"]


def test_an_unnumbered_heading_is_not_in_the_contents():
    """What stands before the contents has no number and no entry."""
    data = compiled(Heading(text="Before", numbered=False), Contents(heading="Inside"), Heading(text="One"))
    control = next(part(data, "word/document.xml").iter(qn("w:sdtContent")))
    assert [shown(each) for each in control.iter(qn("w:p"))] == ["Inside", "1\tOne", ""]


def test_contents_wait_for_word_as_a_readable_list():
    """The contents are a dirty field that shows number, text and link of each heading until Word computes it."""
    data = compiled(Contents(), Heading(text="One"), Heading(text="Deep", level=2), Heading(text="Two"))
    document = part(data, "word/document.xml")
    control = next(document.iter(qn("w:sdtContent")))
    assert [shown(each) for each in control.iter(qn("w:p"))] == ["Contents", "1\tOne", "1.1\tDeep", "2\tTwo", ""]
    assert next(control.iter(qn("w:fldChar"))).get(qn("w:dirty")) == "true"
    assert "TOC" in next(control.iter(qn("w:instrText"))).text
    links = [each.get(qn("w:anchor")) for each in control.iter(qn("w:hyperlink"))]
    bookmarks = [each.get(qn("w:name")) for each in document.iter(qn("w:bookmarkStart"))]
    assert links == bookmarks == ["_Toc100000000", "_Toc100000001", "_Toc100000002"]
    settings_ = part(data, "word/settings.xml")
    assert settings_.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_contents_of_no_heading_are_whole():
    """A document without headings has contents that Word can open: a field begun is a field ended."""
    document = part(compiled(Contents()), "word/document.xml")
    kinds = [each.get(qn("w:fldCharType")) for each in document.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_a_document_without_contents_does_not_ask_for_an_update():
    """Word asks its question only where there is something to compute."""
    assert part(compiled(Heading(text="One")), "word/settings.xml").find(qn("w:updateFields")) is None


def test_captions_carry_their_number_as_a_field():
    """A caption's number is a SEQ field that shows the right number already; a table without caption takes none."""
    document = part(compiled(*EVERYTHING), "word/document.xml")
    captions = [each for each in document.iter(qn("w:p")) if "SEQ Table" in "".join(each.itertext(qn("w:instrText")))]
    assert [shown(each) for each in captions] == ["Table 1. Flocks & nests", "Table 2. Second"]


@pytest.mark.parametrize(("language", "label"), [("en", "Table"), ("es", "Tabla"), ("de", "Tabelle"), ("xx", "Table")])
def test_captions_speak_the_language_of_the_document(language, label):
    """The label of a caption follows the language; the counter stays one."""
    assert body(WIDE, language=language).paragraphs[0].text.startswith(f"{label} 1.")


def test_a_table_keeps_its_cells_and_shares():
    """Every line of every cell arrives; widths divide the text's width by the shares; the alignment is the column's."""
    table = body(WIDE).tables[0]
    assert [[each.text for each in row.cells] for row in table.rows] == [
        ["Name", "Eggs"],
        ["Wren", "5\nor 6"],
        ["Robin", ""],
    ]
    widths = [round(column.width.twips) for column in table.columns]
    assert widths == [3137, 6275]
    assert [row.cells[1].paragraphs[0].alignment for row in table.rows] == [2, 2, 2]
    assert table.style.name == "Report Table"


def test_rows_stay_whole_and_the_heading_row_repeats():
    """No row breaks over two pages; only the first row is repeated on each page."""
    rows = list(part(compiled(WIDE), "word/document.xml").iter(qn("w:tr")))
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True] * 3
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]


def test_a_table_is_followed_by_a_paragraph():
    """Two tables never grow together, and none ends a document: Word needs a paragraph behind each."""
    plain = Table(caption="", columns=(Column(heading="A"),))
    document = part(compiled(plain, plain, Control(rows=(("a", "b"),))), "word/document.xml")
    tags = [etree_tag.tag.rpartition("}")[2] for etree_tag in document[0]]
    assert tags == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_control_block_shows_label_and_value():
    """The control block has two columns, no heading row and no caption."""
    table = body(Control(rows=(("Grant", "not stated"), ("Version", "1.0")))).tables[0]
    assert [[each.text for each in row.cells] for row in table.rows] == [["Grant", "not stated"], ["Version", "1.0"]]
    assert table.style.name == "Control Table"


def test_a_value_of_the_control_block_may_be_a_line():
    """A value given as a line keeps its style; a plain one has none."""
    table = body(Control(rows=(("Grant", "000000"), ("Version", line("not stated", italic=True))))).tables[0]
    values = [row.cells[1].paragraphs[0].runs[0] for row in table.rows]
    assert [(each.text, bool(each.italic)) for each in values] == [("000000", False), ("not stated", True)]


@pytest.mark.parametrize(
    "first",
    [
        Heading(text="One"),
        Paragraph(spans=line("One")),
        Contents(),
        WIDE,
        Table(caption="", columns=(Column(heading="A"),)),
        Listing(entries=(line("One"),)),
    ],
    ids=["heading", "paragraph", "contents", "caption", "table", "list"],
)
def test_a_page_break_begins_the_next_page_without_an_empty_paragraph(first):
    """What follows a page break begins the page; the break itself leaves no empty line behind."""
    document = part(compiled(Paragraph(spans=line("Before")), PageBreak(), first), "word/document.xml")
    breaks = [each.getparent().getparent() for each in document.iter(qn("w:pageBreakBefore"))]
    assert len(breaks) == 1
    following = [each for each in document.iter(qn("w:p")) if each.getparent().tag != qn("w:tc")]
    assert following.index(breaks[0]) == 1


def test_numbered_lists_begin_at_one_each():
    """Two numbered lists are two lists: each has a number of its own that restarts at 1."""
    listing = Listing(entries=(line("a"), line("b")), ordered=True)
    data = compiled(listing, Paragraph(spans=line("between")), listing)
    numbers = [each.get(qn("w:val")) for each in part(data, "word/document.xml").iter(qn("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    restarts = {
        each.get(qn("w:numId")): each.find(f".//{qn('w:startOverride')}") is not None
        for each in part(data, "word/numbering.xml").iter(qn("w:num"))
    }
    assert restarts[numbers[0]]
    assert restarts[numbers[2]]


def test_spans_are_bold_italic_and_links():
    """Bold, italic and links arrive as such; a link is a hyperlink to the outside, written once."""
    spans = (
        Span(text="b", bold=True),
        Span(text="i", italic=True),
        Span(text=""),
        Span(text="w", link="https://example.org"),
        Span(text="m", link="mailto:office@example.org"),
        Span(text="again", link="https://example.org"),
    )
    paragraph = body(Paragraph(spans=spans)).paragraphs[0]
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [("b", True, None), ("i", None, True)]
    assert [(each.text, each.url) for each in paragraph.hyperlinks] == [
        ("w", "https://example.org"),
        ("m", "mailto:office@example.org"),
        ("again", "https://example.org"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        *(
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://example.org",
            "//example.org",
            "https://",
            "mailto:nobody",
        ),
        *("https://exa mple.org", "https://example.org/a b", "https://example.org/%zz", "https://example.org\n"),
        *('https://example.org/"', "https://example.org/<b>", "https://user@example.org", "relative/page.html"),
    ],
)
def test_a_link_to_anything_else_is_refused(link):
    """Only whole http, https and mailto addresses get into a document: link-refused."""
    with pytest.raises(RecordsError) as refused:
        compiled(Paragraph(spans=(Span(text="here", link=link),)))
    assert [problem.code for problem in refused.value.problems] == ["link-refused"]


@pytest.mark.parametrize(
    "link",
    [
        *("http://example.org", "https://example.org:8080/a/b;c?d=e&f=%20#g", "https://example.org?x=(1)~2"),
        *("https://example.org#part", "mailto:a.b+c@example.org"),
    ],
)
def test_a_usual_link_is_kept(link):
    """An address as people write it arrives unchanged."""
    assert body(Paragraph(spans=(Span(text="here", link=link),))).paragraphs[0].hyperlinks[0].url == link


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_text_changes_the_structure(text):
    """Whatever a text holds, the document keeps one heading, one caption, one table and one paragraph, and opens."""
    found = body(
        Heading(text=text),
        Paragraph(spans=line(text)),
        Table(caption=text, columns=(Column(heading=text),), rows=((cell(text),),)),
        title=text,
        subject=text,
    )
    assert [each.style.name for each in found.paragraphs] == ["Heading 1", "Body Text", "Caption", "Table Gap"]
    assert len(found.tables) == 1
    assert found.paragraphs[0].text == found.paragraphs[1].text == found.tables[0].rows[1].cells[0].text


def test_text_keeps_its_characters():
    """Ampersands, angle brackets, accents and line breaks arrive; what XML cannot hold is shown as such."""
    text = "Transport&Logistics <b> León ż\nnext\ttab \x07\ud800 {{ 7*7 }}"
    assert body(Paragraph(spans=line(text))).paragraphs[0].text == text.replace("\x07\ud800", "��")


def test_properties_and_header_say_the_same():
    """Title and subject stand in the properties and in the fields of the header; the template's author is gone."""
    data = compiled(Heading(text="One"), title="Nests & eggs", subject="SAMPLE · X1", language="es")
    known = docx.Document(io.BytesIO(data)).core_properties
    assert (known.title, known.subject, known.language) == ("Nests & eggs", "SAMPLE · X1", "es-ES")
    assert (known.author, known.created, known.modified) == ("", None, None)
    assert shown(part(data, "word/header1.xml")) == "SAMPLE · X1\tNests & eggs"
    assert shown(part(data, "word/footer1.xml")) == "\tPage 2 of 2"


def test_a_long_title_is_cut_in_the_properties_only():
    """Word takes 255 characters as a property; the header shows the whole title."""
    data = compiled(title="n" * 300)
    assert docx.Document(io.BytesIO(data)).core_properties.title == "n" * 255
    assert shown(part(data, "word/header1.xml")).endswith("n" * 300)


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-GB"), ("es", "es-ES"), ("pt", "pt-PT"), ("de", "de-DE"), ("xx", "xx")]
)
def test_all_styles_speak_the_language(language, tag):
    """Word checks the spelling by the document's language, in its European form."""
    data = compiled(Heading(text="One"), language=language)
    tags = {each.get(qn("w:val")) for each in part(data, "word/styles.xml").iter(qn("w:lang"))}
    assert tags == {tag}


def test_the_foot_of_a_cover_is_framed_and_stays_on_its_page():
    """Foot paragraphs are framed at the end of their page, which is that of the paragraph behind them."""
    foot = Paragraph(spans=line("Funded"), style="foot")
    found = body(foot, foot, PageBreak(), Heading(text="One")).paragraphs
    frames = [each.paragraph_format.element.find(f".//{qn('w:framePr')}") for each in found]
    assert [frame is not None for frame in frames] == [True, True, False, False]
    assert frames[0].get(qn("w:yAlign")) == "bottom"
    assert [each.paragraph_format.page_break_before for each in found] == [None, None, None, True]


def test_a_template_that_lacks_styles_is_refused_with_all_of_them():
    """template-style-missing names every style that the blocks need and the template lacks, and no other."""
    template = changed(
        TEMPLATE, "word/styles.xml", lambda xml: xml.replace('"Note"/>', '"N"/>').replace('"Flag"/>', '"F"/>')
    )
    assert compiled(Heading(text="One"), template=template)
    with pytest.raises(TemplateError) as refused:
        compiled(*(Paragraph(spans=line("x"), style=style) for style in ("note", "flag", "body")), template=template)
    (problem,) = refused.value.problems
    assert problem.code == "template-style-missing"
    assert "'Flag', 'Note'" in problem.message
    assert problem.location.path == "templates/deliverables"


def test_members_are_whole():
    """Each member of the package has a name of its own and is undamaged."""
    with zipfile.ZipFile(io.BytesIO(compiled(*EVERYTHING))) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
