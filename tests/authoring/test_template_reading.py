"""A template is read as it was written: each character with its element, each tag however it is split, each place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_bits import (
    BASE,
    NAMESPACES,
    bookmark,
    box,
    char,
    code,
    control,
    deleted,
    escaped,
    inserted,
    link,
    note_part,
    p,
    r,
    table,
    with_body,
    with_part,
)

from elca_docs.authoring.reading import read_template
from elca_docs.authoring.spots import excerpt
from elca_docs.errors import TemplateError

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿"), max_size=12)
TAGS = st.sampled_from(["{{ partner.name }}", "{% if a == 'b' %}", "{# note #}", "{{ '}}' }}", "{%p endif %}"])
NOISE = st.sampled_from(["", '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="1" w:name="a"/>'])


def body_of(xml, *, base=""):
    return read_template(with_body(xml, base=base), name="t.docx").parts[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TEXT, TAGS), max_size=5), st.data())
def test_text_and_tags_are_the_same_however_runs_are_split(parts, data):
    """The text is that of all runs together, each character knows its element, and the tags do not change."""
    text = "".join(parts)
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    edges = [0, *sorted(cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    split = body_of(p("".join(data.draw(NOISE) + r(piece) for piece in pieces)))
    whole = body_of(p(r(text)))
    paragraph = split.paragraphs[0]
    assert paragraph.text == text == whole.paragraphs[0].text
    found = [paragraph.at(index) for index in range(len(text))]
    assert "".join((piece.element.text or "")[offset] for piece, offset in found) == text
    assert [(tag.kind, tag.prefix, tag.inner, tag.start, tag.end) for tag in split.tags] == [
        (tag.kind, tag.prefix, tag.inner, tag.start, tag.end) for tag in whole.tags
    ]
    assert [(half.kind, half.start) for half in split.halves] == [(half.kind, half.start) for half in whole.halves]


def test_a_tab_and_a_break_are_one_character_and_no_part_of_a_tag():
    """They count in the paragraph's text, and docxtpl takes them out of a tag."""
    part = body_of(
        p(r("a"), "<w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r>", r("{{ refer"), "<w:r><w:tab/></w:r>", r("ence }}"))
    )
    assert part.paragraphs[0].text == "a\t\n\u2011{{ refer\tence }}"
    assert [(tag.inner, tag.start, tag.end) for tag in part.tags] == [(" reference ", 4, 20)]


def test_a_tab_stop_is_no_character():
    """What a paragraph's properties say about tabs is no text."""
    assert body_of(p("x", properties='<w:tabs><w:tab w:val="left"/></w:tabs>')).paragraphs[0].text == "x"


def test_beyond_the_text_there_is_no_character():
    """An offset outside is an error of the caller."""
    paragraph = body_of(p("ab")).paragraphs[0]
    with pytest.raises(IndexError, match="no character 2"):
        paragraph.at(2)


def test_places_are_counted_as_a_reader_counts():
    """By section, table, row, cell and text box; a content control around them is seen through."""
    inner = table((p("deep"),))
    xml = (
        p("one")
        + control(p("two"))
        + table(("a", p("b") + inner + p("c")), ("d",))
        + p("three", box(p("boxed") + p("again")), properties="<w:sectPr/>")
        + p("four")
        + table(("e",))
    )
    spots = [f"{paragraph.words}: {paragraph.text}" for paragraph in body_of(xml).paragraphs]
    assert spots == [
        "section 1, paragraph 1: one",
        "section 1, paragraph 2: two",
        "section 1, table 1, row 1, cell 1, paragraph 1: a",
        "section 1, table 1, row 1, cell 2, paragraph 1: b",
        "section 1, table 1, row 1, cell 2, table 1, row 1, cell 1, paragraph 1: deep",
        "section 1, table 1, row 1, cell 2, paragraph 2: c",
        "section 1, table 1, row 2, cell 1, paragraph 1: d",
        "section 1, paragraph 3: three",
        "section 1, text box 1, paragraph 1: boxed",
        "section 1, text box 1, paragraph 2: again",
        "section 1, text box 1, paragraph 1: boxed",
        "section 1, text box 1, paragraph 2: again",
        "section 2, paragraph 1: four",
        "section 2, table 1, row 1, cell 1, paragraph 1: e",
    ]


def test_notes_are_numbered_without_their_separators():
    """The first footnote is footnote 1, whatever its id."""
    data = with_part(with_body(""), "footnotes", note_part("footnotes", p("one") + p("two")))
    notes = read_template(data, name="t.docx").by_member["word/footnotes.xml"]
    assert [paragraph.words for paragraph in notes.paragraphs] == [
        "footnote separator, paragraph 1",
        "footnote 1, paragraph 1",
        "footnote 1, paragraph 2",
    ]


def test_a_piece_knows_what_it_is_part_of():
    """Of a deletion, an insertion, a link, a field's code and result, a control, a formula."""
    formula = "<m:oMath><m:r><m:t>math</m:t></m:r></m:oMath>"
    field = f"{char('begin')}{code(' REF x ')}{char('separate')}{r('result')}{char('end')}"
    simple = f'<w:fldSimple w:instr=" TITLE ">{r("simple")}</w:fldSimple>'
    bound = control(r("bound"), bound="/x")
    xml = p(deleted("gone"), inserted("new"), link(r("link")), field, simple, control(r("held")), bound)
    part = body_of(xml.replace("</w:p>", f"{formula}</w:p>"))
    assert {piece.text: piece.inside for piece in part.paragraphs[0].pieces} == {
        "gone": {"deleted"},
        "new": {"inserted"},
        "link": {"hyperlink"},
        " REF x ": {"code"},
        "result": {"result", "result of REF"},
        "simple": {"result", "result of TITLE"},
        "held": {"control"},
        "bound": {"control", "bound control"},
        "math": {"math"},
    }


def test_marks_stand_between_characters():
    """Each with the number of characters before it, its end too."""
    part = body_of(p(r("ab"), bookmark(), link(r("c"))))
    assert [(mark.offset, mark.name) for mark in part.paragraphs[0].marks] == [
        (2, "bookmarkStart"),
        (2, "bookmarkEnd"),
        (2, "hyperlink"),
        (3, "/hyperlink"),
    ]


def test_tags_of_attributes_stand_in_document_order():
    """The description of a picture is filled in, between the tags around it."""
    picture = '<w:r><w:drawing><wp:docPr id="1" name="a" descr="{{ middle }}"/></w:drawing></w:r>'
    part = body_of(p(r("{{ first }}"), picture, r("{{ last }}")))
    assert [tag.inner.strip() for tag in part.tags] == ["first", "middle", "last"]
    assert [tag.spot().paragraph for tag in part.tags] == [0, 0, 0]
    assert part.loose[0].attribute == "descr"


def test_text_between_raw_tags_is_no_tag():
    """Nor is anything after a raw that does not end half a tag more than once."""
    part = body_of(p("{% raw %}{{ x }}{% endraw %}{{ y }}"))
    assert [tag.inner.strip() for tag in part.tags] == ["raw", "endraw", "y"]
    assert [tag.keyword for tag in body_of(p("{% raw %}{{ x }}")).tags] == ["raw", ""]


def test_an_apostrophe_does_not_swallow_the_next_tag():
    """Two slips are two tags."""
    part = body_of(p("{{ partner's }} and {{ x's }}"))
    assert [tag.inner.strip() for tag in part.tags] == ["partner's", "x's"]


def test_half_tags_are_kept_apart():
    """A beginning without an end, an end without a beginning; the tags around them are whole."""
    part = body_of(p("a }} {{ b {{ c }} {% d") + p("%} #}"))
    assert [half.kind for half in part.halves] == ["}}", "{{", "#}"]
    assert [(tag.kind, tag.is_whole) for tag in part.tags] == [("{{", True), ("{%", False)]


def test_deleted_text_inside_a_tag_is_left_out_of_it():
    """As docxtpl does between ordinary texts."""
    part = body_of(p(r("{{ refe"), deleted("gone"), r("rence }}")))
    assert (part.tags[0].inner, part.tags[0].shown) == (" reference ", "{{ reference }}")


def test_the_parts_are_those_that_are_filled_in_first():
    """In the order of filling in; others only where they hold a brace."""
    data = with_part(with_body("", base=BASE), "header", f"<w:hdr {NAMESPACES}>{p('x')}</w:hdr>")
    chart = "<c:chart xmlns:c='urn:c'><c:v>{{ x }}</c:v></c:chart>"
    data = with_part(data, "chart", chart, name="charts/chart1.xml", content_type="x+xml")
    reading = read_template(data, name="t.docx")
    assert [(part.label, part.filled) for part in reading.parts] == [
        ("body", True),
        ("header", True),
        ("document properties", True),
        ("chart", False),
    ]
    assert len(reading.tags) == len(reading.parts[0].tags) > 0


def test_what_is_no_word_file_is_refused():
    """As rendering refuses it."""
    with pytest.raises(TemplateError, match="template-unreadable"):
        read_template(b"no", name="t.docx")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 100))
def test_an_excerpt_is_short_and_holds_what_it_is_about(text, start, length):
    """At most 80 characters; the words it is about are in it where they fit."""
    found = excerpt(text, start, start + length)
    assert len(found) <= 80
    wanted = " ".join(text[start : start + length].split())
    if len(wanted) <= 20 and not text[start : start + length][:1].isspace():
        assert wanted in found or wanted.strip() in found


def test_entities_are_read_as_characters():
    """What stands in the XML as &amp; is one character."""
    assert body_of(p(r("a & <b>"))).paragraphs[0].text == "a & <b>"
    assert escaped("a & <b>") == "a &amp; &lt;b&gt;"
