"""Laws: no text of a record changes a document's structure, and what is printed is read back equal."""

from __future__ import annotations

from docxtpl import Listing
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_specimens import DOCUMENT, W, contents, everywhere, paragraphs, part_of, shape, texts, tree, word_file

from elca_docs.errors import TemplateError
from elca_docs.model.missing import Missing
from elca_docs.rendering import compile_template, placeholders, trees
from elca_docs.rendering.trees import reference

PRINTABLE = st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"])
TRICKY = st.sampled_from(
    ["{{ 7*7 }}", "{%", "%}", "}}", "{_{", "</w:t>", "&amp;", "<", "&", '"', "'", "]]>", "{#", "\\", "%s", "\ufeff"]
)
TEXT = st.lists(st.one_of(st.text(PRINTABLE, max_size=8), TRICKY), max_size=5).map("".join)


def _template():
    def build(document):
        document.add_paragraph("{{ a }}")
        document.add_paragraph("{% if b %}x{% endif %}")
        table = document.add_table(rows=3, cols=2)
        rows = (["{%tr for t in list %}", ""], ["{{ t }}", "{{ loop.index }}"], ["{%tr endfor %}", ""])
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    return compile_template(word_file(build), name="t.docx")


TEMPLATE = _template()
EVERYWHERE = compile_template(everywhere("[{{ a }}]"), name="t.docx")


def skeleton(data, part=DOCUMENT):
    """Return the elements of a part without their text."""
    return [element.tag for element in tree(data, part).iter()]


@settings(max_examples=60, deadline=None)
@given(a=TEXT, b=TEXT, entries=st.lists(TEXT, min_size=2, max_size=2))
def test_text_never_changes_the_structure(a, b, entries):
    """Any text gives the elements that an `x` gives, and is read back as it is."""
    made = TEMPLATE.render({"a": a, "b": b or "x", "list": entries})
    assert skeleton(made) == skeleton(TEMPLATE.render({"a": "x", "b": "x", "list": ["x", "x"]}))
    assert texts(made) == [a, "x", entries[0], "1", entries[1], "2"]


@settings(max_examples=25, deadline=None)
@given(a=TEXT)
def test_text_is_read_back_from_every_part(a):
    """Headers, footers, notes, comments and the title hold it too."""
    made = EVERYWHERE.render({"a": a})
    for place in ("body", "header", "footer", "footnotes", "endnotes", "comments"):
        assert f"[{a}]" in texts(made, part_of(made, place))
    title = tree(made, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title")
    assert title == f"[{a}]"


@settings(max_examples=60, deadline=None)
@given(a=st.text(st.characters(), max_size=12))
def test_any_text_is_printed_or_refused_by_name(a):
    """There is no text that breaks a document, and none that vanishes."""
    made = _printed_or_refused(a)
    if isinstance(made, bytes):
        printed = "".join(tree(made).itertext())
        assert printed.startswith("".join(character for character in a if character not in "\n\t\a\f\r"))
    else:
        assert [problem.code for problem in made] == ["value-unprintable"]
        assert "'a'" in made[0].message


def _printed_or_refused(a):
    try:
        return TEMPLATE.render({"a": a, "b": 1, "list": []})
    except TemplateError as refused:
        return refused.problems


@settings(max_examples=40, deadline=None)
@given(label=TEXT.filter(str.strip), around=TEXT)
def test_a_placeholder_is_read_back_whole(label, around):
    """Any label, between any texts."""
    missing = Missing(label=label, field="a", record="r", key="k", owner="")
    template = compile_template(paragraphs("{{ around }}{{ a }}{{ around }}"), name="t.docx")
    assert texts(template.render({"a": missing, "around": around})) == [f"{around}[{' '.join(label.split())}]{around}"]


@settings(max_examples=40, deadline=None)
@given(text=st.lists(st.sampled_from(["a", " ", "\n", "\t", "\a", "\f", "<", "&"]), max_size=8).map("".join))
def test_a_listing_breaks_as_the_plain_text_does(text):
    """Listing and text are printed alike, for both are escaped."""
    template = compile_template(paragraphs("x {{ a }} y"), name="t.docx")
    assert contents(template.render({"a": Listing(text)}))[DOCUMENT] == contents(template.render({"a": text}))[DOCUMENT]


PROPERTIES = st.lists(st.sampled_from(["b", "i", "u", "highlight", "lang", "color", "sz"]), unique=True, max_size=4)


@settings(max_examples=80, deadline=None)
@given(
    properties=PROPERTIES,
    pieces=st.lists(
        st.sampled_from(["a", " ", "&amp;", "\ufdd0[x]\ufdd1", "\ufdd0[y & z]\ufdd1".replace("&", "&amp;")]), max_size=6
    ),
)
def test_the_fast_way_to_highlight_is_the_thorough_one(properties, pieces):
    """A placeholder in a plain run comes out the same in text and in the tree."""
    inside = "".join(f'<w:{name} w:val="x"/>' for name in properties)
    head = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    run = f'<w:r w:rsidR="00A1">{head}<w:t xml:space="preserve">{"".join(pieces)}</w:t></w:r>'
    xml = f'<w:p xmlns:w="{W}">{run}<w:r><w:t>next</w:t></w:r></w:p>'
    fast = etree.fromstring(placeholders.brightened(xml))
    thorough = etree.fromstring(xml)
    placeholders.highlighted(thorough)
    assert shape(fast) == shape(thorough)
    assert "\ufdd0" not in "".join(fast.itertext())


@settings(max_examples=80, deadline=None)
@given(columns=st.integers(0, 4), rows=st.lists(st.lists(st.integers(1, 3), max_size=4), max_size=4))
def test_a_fitting_table_is_one_that_docxtpl_leaves_alone(columns, rows):
    """Skipping fix_tables where we skip it is exact."""
    grid = "".join('<w:gridCol w:w="100"/>' for _ in range(columns))
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p/></w:tc>'
    body = "".join(f"<w:tr>{''.join(cell.format(span) for span in row)}</w:tr>" for row in rows)
    xml = f'<w:body xmlns:w="{W}"><w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl></w:body>'
    (table,) = etree.fromstring(xml)
    if trees._is_fitting(table):
        assert etree.tostring(reference().fix_tables(xml)) == etree.tostring(etree.fromstring(xml))
