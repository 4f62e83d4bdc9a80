"""What we rely on in docxtpl: version, signatures and behaviour of the functions that we call on a bare object."""

from __future__ import annotations

import inspect

import docxtpl
import pytest
from docxtpl import DocxTemplate, Listing, RichText, RichTextParagraph
from lxml import etree
from word_specimens import W

from elca_docs.rendering.trees import reference


def test_the_version_is_the_one_we_know():
    """Another version needs a look at this file, at the notes and at the conformance tests."""
    assert docxtpl.__version__ == "0.20.2"


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("patch_xml", ["self", "src_xml"]),
        ("resolve_listing", ["self", "xml"]),
        ("fix_tables", ["self", "xml"]),
        ("fix_docpr_ids", ["self", "tree"]),
        ("render", ["self", "context", "jinja_env", "autoescape"]),
    ],
)
def test_the_functions_take_what_we_give(name, parameters):
    """The signatures we call."""
    assert list(inspect.signature(getattr(DocxTemplate, name)).parameters) == parameters


def paragraph(text):
    """Return a paragraph's XML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


PATCHED = {
    "nothing to do": ("<w:p><w:r><w:t>plain</w:t></w:r></w:p>", "<w:p><w:r><w:t>plain</w:t></w:r></w:p>"),
    "space is kept": (paragraph("a {{ b }}"), '<w:p><w:r><w:t xml:space="preserve">a {{ b }}</w:t></w:r></w:p>'),
    "paragraph tag": (
        f"{paragraph('a')}{paragraph('{%p if b %}')}{paragraph('c')}",
        f"{paragraph('a')}{{% if b %}}{paragraph('c')}",
    ),
    "split tag": (
        "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{b}}</w:t></w:r></w:p>",
        '<w:p><w:r><w:t xml:space="preserve">{{b}}</w:t></w:r></w:p>',
    ),
    "quotes": (paragraph("{{ “b” }}"), '<w:p><w:r><w:t xml:space="preserve">{{ "b" }}</w:t></w:r></w:p>'),
    "marks survive": (
        '<w:p unit-number="7" w:x="1">' + paragraph("{{ b }}")[5:],
        '<w:p unit-number="7" w:x="1"><w:r><w:t xml:space="preserve">{{ b }}</w:t></w:r></w:p>',
    ),
}


@pytest.mark.parametrize("case", PATCHED)
def test_patch_xml_works_on_a_bare_object(case):
    """A pure function of the text, and our marks on paragraphs pass through it."""
    xml, patched = PATCHED[case]
    assert reference().patch_xml(xml) == patched


def test_resolve_listing_changes_nothing_without_the_four_characters():
    """Skipping it is exact."""
    xml = paragraph("a") + "<w:tbl/>" + paragraph("b")
    assert reference().resolve_listing(xml) == xml


@pytest.mark.parametrize("character", ["\n", "\t", "\a", "\f"])
def test_resolve_listing_takes_the_four_characters_away(character):
    """Each becomes Word's own break."""
    assert character not in reference().resolve_listing(paragraph(f"a{character}b"))


def table(columns, *rows):
    """Return a tree with a table of this grid and these rows of spans."""
    grid = "".join('<w:gridCol w:w="100"/>' for _ in range(columns))
    cells = [
        "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p/></w:tc>' for span in row) for row in rows
    ]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f'<w:body xmlns:w="{W}"><w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl></w:body>'


def test_fix_tables_leaves_fitting_tables_alone():
    """The grid of a table that fits is not touched."""
    xml = table(3, [1, 1, 1], [2, 1])
    assert etree.tostring(reference().fix_tables(xml), encoding="unicode") == xml


@pytest.mark.parametrize(("columns", "row", "left"), [(2, [1, 1, 1], 3), (4, [1, 1], 2), (3, [], 0)])
def test_fix_tables_fits_the_grid(columns, row, left):
    """It adds and removes columns."""
    assert len(reference().fix_tables(table(columns, row)).findall(f".//{{{W}}}gridCol")) == left


def test_fix_docpr_ids_numbers_from_1001():
    """In document order."""
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    tree = etree.fromstring(f'<x xmlns:wp="{namespace}"><wp:docPr id="5"/><y><wp:docPr id="5"/></y></x>')
    reference().fix_docpr_ids(tree)
    assert tree.xpath("//@id") == ["1001", "1002"]


@pytest.mark.parametrize("value", [RichText("a & b"), RichTextParagraph(RichText("a & b")), Listing("a & b")])
def test_value_classes_hold_escaped_xml(value):
    """What we copy of them."""
    assert "a &amp; b" in value.xml
    assert value.xml == value.__html__() == str(value)
