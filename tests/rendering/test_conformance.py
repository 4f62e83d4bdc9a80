"""docxtpl 0.20.2 with escaping on is the oracle: the same templates give the same parts, twice in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docxtpl import Listing, RichText, RichTextParagraph
from word_specimens import (
    DOCUMENT,
    body_xml,
    by_docxtpl,
    contents,
    paragraphs,
    shape,
    texts,
    tree,
    with_notes,
    word_file,
)

from elca_docs.rendering import compile_template

if TYPE_CHECKING:
    from docx.document import Document


def assert_same(data: bytes, context: dict[str, object]) -> bytes:
    """Both make the same body, headers, footers and notes; ours makes the same bytes twice."""
    template = compile_template(data, name="t.docx")
    ours, again = (template.render(context, mode="docxtpl") for _ in range(2))
    theirs = by_docxtpl(data, context)
    assert ours == again
    for name in contents(theirs):
        if name.startswith(("word/document", "word/header", "word/footer", "word/footnotes")):
            assert shape(tree(theirs, name)) == shape(tree(ours, name)), name
    return ours


PARTIES = [
    {"name": "Alpha & Sons", "city": "Nuevo León", "tags": ["x", "y"]},
    {"name": "B < C", "city": "“Quoted”", "tags": []},
    {"name": "Gamma", "city": "", "tags": ["z"]},
]
CONTEXT: dict[str, object] = {
    "name": "Transport&Logistics <GmbH>",
    "yes": True,
    "no": False,
    "nothing": None,
    "number": 3,
    "parties": PARTIES,
    "lines": "first\nsecond\tthird\aparagraph\fpage",
    "rich": RichText("bold & red", bold=True, color="#FF0000", size=24),
    "paragraph": RichTextParagraph(RichText("own paragraph", italic=True)),
    "listing": Listing("one & <two>\nthree\afour"),
    "colour": "D9D9D9",
    "span": 2,
}

PARAGRAPHS = {
    "value": ["{{ name }} and {{name}}", "no tag"],
    "filters": ["{{ name|upper }} {{ parties|map(attribute='name')|join(', ') }} {{ nothing|default('–') }}"],
    "condition in text": ["a{% if yes %}b{% else %}c{% endif %}d {% if no %}gone{% endif %}"],
    "condition over paragraphs": ["{%p if no %}", "gone", "{%p elif yes %}", "kept", "{%p endif %}"],
    "loop over paragraphs": ["{%p for p in parties %}", "{{ loop.index }}: {{ p.name }}", "{%p endfor %}", "end"],
    "loop in text": ["{% for p in parties %}{{ p.name }}{% if not loop.last %}; {% endif %}{% endfor %}."],
    "comments": ["{# nobody sees this #}seen", "{#p a whole paragraph #}", "after"],
    "set and macro": ["{% set x = number * 2 %}{{ x }}", "{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(name) }}"],
    "white space": ["one", "{%- if yes %}", "two", "{%- endif %}", "three {% if yes -%}", "four{% endif %}"],
    "escapes": ["{_{ name }_} {_% if %_}", "{{ name }}"],
    "smart quotes": ["{% if name != “x” %}{{ ‘single’ }}{% endif %}"],
    "comparison": ["{% if number < 5 and number >= 3 %}small{% endif %}"],
    "raw": ["{% raw %}{{ not a tag }}{% endraw %}"],
    "breaks": ["{{ lines }}", "before {{ lines }} after"],
    "listing": ["{{ listing }}", "x{{ listing }}y"],
    "rich": ["before {{r rich }} after", "{{r rich }}{{r rich }}"],
    "rich in a condition": ["a {%r if yes %}", "{{r rich }}", "{%r endif %} b"],
    "rich paragraph": ["{{p paragraph }}", "after"],
    "undefined": ["[{{ unknown }}] {% if unknown %}x{% endif %}{% for i in unknown %}y{% endfor %}"],
    "none and numbers": ["{{ nothing }} {{ number / 2 }} {{ yes }} {{ number * 'ab' }}"],
    "namespace": ["{% set n = namespace(t=0) %}{% for p in parties %}{% set n.t = n.t + 1 %}{% endfor %}{{ n.t }}"],
    "block set": ["{% set x %}a {{ name }}{% endset %}{{ x }}"],
    "recursive": ["{% for t in parties[0].tags recursive %}{{ t }}{% endfor %}"],
    "method": ["{{ name.replace('Tr', 'tr').upper() }} {{ '%05d' % number }} {{ '{:>4}'.format(number) }}"],
    "list and dict": ["{{ [1, name] }} {{ {'a': name} }} {{ (1, 2) }} {{ 'a' ~ name ~ 1 }}"],
}


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_paragraphs_are_rendered_as_docxtpl_renders_them(case):
    """Every form a tag can take in text gives docxtpl's paragraphs."""
    assert_same(paragraphs(*PARAGRAPHS[case]), CONTEXT)


@pytest.mark.parametrize(
    "context",
    [{"items": [], "yes": True}, {"items": [1], "yes": False}, {"items": [1, 2, 3], "yes": True}],
)
def test_the_same_template_follows_each_context(context):
    """One compiled template gives docxtpl's result for every context."""
    data = paragraphs(
        "{%p for i in items %}", "{{ i }}{% if yes %}!{% endif %}", "{%p else %}", "none", "{%p endfor %}"
    )
    assert_same(data, context)


def _table(rows: list[list[str]]) -> bytes:
    def build(document: Document) -> None:
        document.add_paragraph("before")
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, written in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, written, strict=False):
                cell.text = text
        document.add_paragraph("after")

    return word_file(build)


TABLES = {
    "rows": [
        ["Name", "City"],
        ["{%tr for p in parties %}", ""],
        ["{{ p.name }}", "{{ p.city }}"],
        ["{%tr endfor %}", ""],
    ],
    "no row left": [["{%tr for p in [] %}", ""], ["{{ p.name }}", ""], ["{%tr endfor %}", ""]],
    "columns": [["{%tc for p in parties %}", "{{ p.name }}", "{%tc endfor %}"], ["a", "b", "c"]],
    "columns that widen": [["x", "{%tc for i in range(6) %}", "{{ i }}", "{%tc endfor %}"]],
    "columns that vanish": [["x", "{%tc for i in [] %}", "{{ i }}", "{%tc endfor %}"]],
    "spans": [["{% colspan span %}wide {{ name }}", "b"], ["c", "d"]],
    "shading": [["{% cellbg colour %}{{ name }}", "b"], ["c", "d"]],
    "vertical merge": [["{%tr for p in parties %}", ""], ["{% vm %}{{ p.name }}", "x"], ["{%tr endfor %}", ""]],
    "horizontal merge": [["{%tc for p in parties %}", "{% hm %}{{ p.name }}", "{%tc endfor %}"]],
    "values": [["{{ name }}", "{{ number }}"], ["{% if yes %}a{% endif %}", "{{ lines }}"]],
    "comment row": [["a", "b"], ["{#tr whole row #}", ""], ["c", "d"]],
}


@pytest.mark.parametrize("case", TABLES)
def test_tables_are_rendered_as_docxtpl_renders_them(case):
    """Rows, columns, spans, shading and merges give docxtpl's tables, grids included."""
    assert_same(_table(TABLES[case]), CONTEXT)


def test_nested_tables_are_fitted_as_docxtpl_fits_them():
    """A table in a cell counts in docxtpl's way: its rows also as rows of the outer table."""

    def build(document: Document) -> None:
        outer = document.add_table(rows=1, cols=2)
        inner = outer.cell(0, 0).add_table(rows=3, cols=3)
        for cell, text in zip(
            inner.columns[0].cells, ["{%tr for p in parties %}", "{{ p.name }}", "{%tr endfor %}"], strict=True
        ):
            cell.text = text
        outer.cell(0, 1).text = "{% if yes %}x{% endif %}"

    assert_same(word_file(build), CONTEXT)


def test_headers_and_footers_are_rendered_as_docxtpl_renders_them():
    """Each header and footer of each section, its tables included."""

    def build(document: Document) -> None:
        document.add_paragraph("{{ name }}")
        document.add_section()
        for number, section in enumerate(document.sections):
            section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = f"{number} {{{{ name }}}} {{% if yes %}}x{{% endif %}}"
            section.footer.paragraphs[0].text = "{%p for p in parties %}"
            section.footer.add_paragraph("{{ p.name }}\t{{ loop.index }}")
            section.footer.add_paragraph("{%p endfor %}")

    ours = assert_same(word_file(build), CONTEXT)
    assert "0 Transport&Logistics <GmbH> x" in [
        text for part in ("word/header1.xml", "word/header2.xml") for text in texts(ours, part)
    ]


def test_footnotes_are_rendered_as_docxtpl_renders_them():
    """With one section, where docxtpl renders them once."""
    assert_same(with_notes(paragraphs("{{ name }}"), "footnotes", "see {{ name }}{% if yes %}!{% endif %}"), CONTEXT)


def test_tags_split_over_runs_are_joined_as_docxtpl_joins_them():
    """Word splits tags over runs, with proofing marks and formatting in between."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        for piece in ("a {", "{ na", "me", " }", "} b {% i", "f yes %}", "c{", "% endif %}"):
            paragraph.add_run(piece).bold = piece == "me"

    data = word_file(build)
    split = (
        '<w:p><w:r><w:t>{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{name}</w:t></w:r>'
        "<w:r><w:t>}</w:t></w:r></w:p>"
    )
    assert texts(assert_same(data, CONTEXT))[0] == "a Transport&Logistics <GmbH> b c"
    assert_same(body_xml(data, split), CONTEXT)


def test_formatting_of_the_run_stays():
    """A value takes the formatting of the run its tag stands in."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph("plain ")
        run = paragraph.add_run("{{ lines }}")
        run.bold = run.italic = True

    assert_same(word_file(build), CONTEXT)


def test_a_raw_part_is_read_as_python_docx_reads_it():
    """Blank text between elements, entities and quotes in the file's own XML make no difference."""
    data = body_xml(
        paragraphs("x"),
        "\n  <w:p  >\n <w:r> <w:t xml:space='preserve'> {{ &#110;ame }} &quot;q&quot; </w:t></w:r>\n</w:p>\n"
        "<w:p/><w:p w:rsidR='00AA'/>",
    )
    assert texts(assert_same(data, CONTEXT))[0] == ' Transport&Logistics <GmbH> "q" '


def test_a_template_without_tags_is_returned_as_it_is():
    """Nothing is touched where there is nothing to fill in."""
    data = paragraphs("plain", "text")
    assert contents(compile_template(data, name="t.docx").render(CONTEXT)) == contents(data)


def test_static_members_are_copied_byte_for_byte():
    """Whatever holds no tag is the template's own."""
    data = paragraphs("{{ name }}")
    ours = contents(compile_template(data, name="t.docx").render(CONTEXT))
    assert {name for name, content in contents(data).items() if ours[name] != content} == {DOCUMENT}
    assert list(ours) == list(contents(data))
