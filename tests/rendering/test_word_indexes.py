"""Contents, list of tables and list of figures: entries with pages as they open, or Word is told to compute them."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn
from word_documents import TEMPLATE, changed, compiled, part, shown
from word_reports import chart, image, report, table

from elca_docs.errors import TemplateError
from elca_docs.model.blocks import Contents, Heading, ListOf
from elca_docs.rendering import bookmarks_of

BLOCKS = (
    Contents(),
    ListOf(what="tables", heading="Tables"),
    ListOf(what="figures", heading="Figures"),
    Heading(text="One", anchor="one"),
    table("Nests", anchor="t"),
    Heading(text="Deep", level=2),
    chart("bars", anchor="c"),
    image(),
    Heading(text="Aside", numbered=False),
)
PAGES = {"one": 2, "t": 3, "heading-2": 14, "c": 14, "figure-2": 15}


def index(data):
    """Return the lines before the first heading."""
    lines = [shown(each) for each in part(data, "word/document.xml").iter(qn("w:p"))]
    return [each for each in lines[: lines.index("One")] if each]


def asks(data):
    """Return whether Word asks to compute the fields."""
    fields = part(data, "word/document.xml").iter(qn("w:fldChar"))
    setting = part(data, "word/settings.xml").find(qn("w:updateFields"))
    assert (setting is not None) == any(each.get(qn("w:dirty")) for each in fields)
    return setting is not None


def test_entries_stand_with_their_pages_and_word_asks_nothing():
    """With the page of each anchor the lists are whole as they open."""
    data = compiled(*BLOCKS, pages=PAGES)
    assert index(data) == [
        *("Contents", "1\tOne\t2", "1.1\tDeep\t14"),
        *("Tables", "Table 1. Nests\t3"),
        *("Figures", "Figure 1. Nests by wood\t14", "Figure 2. A box\t15"),
    ]
    assert not asks(data)


def test_without_pages_word_is_told_to_compute_them():
    """The entries stand without numbers."""
    data = compiled(*BLOCKS)
    assert index(data)[1:3] == ["1\tOne", "1.1\tDeep"]
    assert index(data)[-1] == "Figure 2. A box"
    assert asks(data)


def test_one_missing_page_is_enough_to_ask():
    """A list that is not whole is not passed off as one."""
    data = compiled(*BLOCKS, pages={key: page for key, page in PAGES.items() if key != "c"})
    assert "Figure 1. Nests by wood" in index(data)
    assert asks(data)


def test_a_heading_without_number_needs_no_page():
    """What stands in no list is not waited for."""
    assert not asks(
        compiled(Contents(), Heading(text="One"), Heading(text="x", numbered=False), pages={"heading-1": 1})
    )


def test_the_template_does_not_ask_either():
    """A template that wants its fields computed is not passed on where the contents are whole."""
    wish = '<w:updateFields w:val="true"/><w:compat>'
    template = changed(TEMPLATE, "word/settings.xml", lambda xml: xml.replace("<w:compat>", wish, 1))
    assert not asks(compiled(*BLOCKS, pages=PAGES, template=template))


def test_each_list_is_a_field_of_its_own_kind():
    """Word can compute each list anew: headings by level, captions by their sequence."""
    document = part(compiled(*BLOCKS, pages=PAGES), "word/document.xml")
    words = [each.text.strip() for each in document.iter(qn("w:instrText"))]
    assert [each for each in words if each.startswith("TOC")] == [
        r'TOC \o "1-3" \h \z \u',
        r'TOC \h \z \c "Table"',
        r'TOC \h \z \c "Figure"',
    ]
    kinds = [each.get(qn("w:fldCharType")) for each in document.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    open_ = 0
    for kind in kinds:
        open_ += (kind == "begin") - (kind == "end")
        assert open_ in {0, 1, 2}
    assert open_ == 0


def test_a_list_of_nothing_is_left_out():
    """A report without figures has no list of figures, not even its heading."""
    document = part(compiled(ListOf(what="figures", heading="Figures"), table()), "word/document.xml")
    assert "Figures" not in "".join(document.itertext())


def test_a_template_without_a_place_for_page_numbers_gets_one():
    """Where a style has no tab stop at the right, the entries bring one with dots."""

    def without(xml):
        for name in ("TOC1", "TOC2", "TableofFigures"):
            start = xml.index("<w:tabs>", xml.index(f'w:styleId="{name}"'))
            xml = xml[:start] + xml[xml.index("</w:tabs>", start) + len("</w:tabs>") :]
        return xml

    own = part(compiled(*BLOCKS, pages=PAGES), "word/document.xml")
    assert [*own.iter(qn("w:tabs"))] == []
    bare = part(
        compiled(*BLOCKS, pages=PAGES, template=changed(TEMPLATE, "word/styles.xml", without)), "word/document.xml"
    )
    tabs = [(each.get(qn("w:val")), each.get(qn("w:leader")), each.get(qn("w:pos"))) for each in bare.iter(qn("w:tab"))]
    assert [each for each in tabs if each[0]] == [("right", "dot", "9412")] * 5


def test_a_template_without_the_style_of_lists_is_refused():
    """template-style-missing names the styles of lists and footnotes where the blocks need them."""
    template = changed(TEMPLATE, "word/styles.xml", lambda xml: xml.replace("table of figures", "other"))
    assert compiled(Contents(), template=template)
    with pytest.raises(TemplateError) as refused:
        compiled(*BLOCKS, template=template)
    assert "'Table of Figures'" in refused.value.problems[0].message


def test_anchors_of_a_report_are_those_of_its_document():
    """Pages given by the anchors of `bookmarks_of` reach every entry, whether blocks were anchored before or not."""
    blocks = report()
    assert not asks(compiled(*blocks, pages=dict.fromkeys(bookmarks_of(blocks), 3)))


def test_no_headers_and_footers_where_none_are_wanted():
    """Without furniture the pages carry the blocks only."""
    section = part(compiled(Heading(text="One"), furniture=False), "word/document.xml")
    assert [*section.iter(qn("w:headerReference"), qn("w:footerReference"))] == []
