"""Templates made by a grammar: whatever a template author can nest, both make the same parts of it."""

from __future__ import annotations

import pytest
from docxtpl import Listing, RichText
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError as JinjaError
from test_conformance import assert_same
from word_specimens import by_docxtpl, word_file

from elca_docs.errors import TemplateError
from elca_docs.rendering import compile_template

CONTEXT = {
    "a": "Harbour & <Rail>",
    "b": {"c": "“quoted” text", "d": [1, 2, 3], "e": {"f": "deep"}},
    "rows": [{"x": "one\ntwo", "y": ["p", "q"]}, {"x": "tab\there", "y": []}, {"x": "", "y": ["r"]}],
    "yes": True,
    "no": False,
    "none": None,
    "n": 3,
    "rich": RichText("bold & blue", bold=True, color="0000FF"),
    "listing": Listing("l1 & l2\nl3"),
}
VALUES = st.sampled_from(
    [
        "{{ a }}",
        "{{a}}",
        "{{ b.c }}",
        "{{ b['e'].f }}",
        "{{ n * 2 }}",
        "{{ a|upper }}",
        "{{ b.d|join('-') }}",
        "{{ none }}",
        "{{ missing }}",
        "{{ b.missing|default('-') }}",
        "{{ listing }}",
        "{{ rows[0].x }}",
        "{{ rows[1].x }}",
        "{{ “x” }}",
        "{{r rich }}",
        "{{ 'x' if yes else 'y' }}",
        "{{ b.d[0] + n }}",
        "{{ a[:3] }}",
        "{# note #}",
        "{_{ a }_}",
        "{{ '%s!'|format(n) }}",
        "{{ b.d|length }}",
    ]
)
WORDS = st.sampled_from(["word ", " and ", "x", "{ brace }", " 5 % ", "é ", "\t", "."])
INLINE = st.recursive(
    st.one_of(VALUES, WORDS),
    lambda inner: st.one_of(
        st.builds(
            "{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format,
            st.sampled_from(["yes", "no", "n < 5", "b.d"]),
            inner,
            inner,
        ),
        st.builds(
            "{{% for i in {} %}}{}{{{{ i }}}}{{% endfor %}}".format, st.sampled_from(["b.d", "[]", "range(2)"]), inner
        ),
        st.builds("{{% set v = {} %}}{}{{{{ v }}}}".format, st.sampled_from(["n", "a", "'x'"]), inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=4,
)
TEXT = st.tuples(st.just("text"), INLINE, st.lists(st.integers(1, 40), max_size=4), st.booleans())
TABLE = st.tuples(
    st.just("table"), st.sampled_from(["plain", "tr", "tr if", "tc", "hm", "vm", "cellbg", "colspan"]), INLINE, INLINE
)
BLOCKS = st.recursive(
    st.lists(st.one_of(TEXT, TABLE), min_size=1, max_size=2),
    lambda inner: st.one_of(
        st.tuples(
            st.sampled_from(["if yes", "if no", "for r in rows", "for q in []", "for r in rows if r.x"]), inner
        ).map(lambda made: [("p", made[0]), *made[1], ("p", "end" + made[0].split()[0])]),
        st.tuples(inner, inner).map(lambda made: [*made[0], *made[1]]),
    ),
    max_leaves=3,
)


def _runs(document_part, text, cuts, *, bold):
    """Write a paragraph whose text is split over runs at these distances."""
    paragraph = document_part.add_paragraph()
    for cut in cuts:
        paragraph.add_run(text[:cut]).bold = bold
        text = text[cut:]
    paragraph.add_run(text)


def _table(document, kind, first, second):
    rows = {
        "plain": [[first, second]],
        "tr": [["{%tr for r in rows %}", ""], [first, "{{ r.x }}"], ["{%tr endfor %}", ""]],
        "tr if": [["{%tr if no %}", ""], [first, second], ["{%tr endif %}", ""], ["a", "b"]],
        "tc": [["{%tc for r in rows %}", first, "{%tc endfor %}"], ["a", "b", second]],
        "hm": [["{%tc for r in rows %}", "{% hm %}" + first, "{%tc endfor %}"]],
        "vm": [["{%tr for r in rows %}", ""], ["{% vm %}" + first, second], ["{%tr endfor %}", ""]],
        "cellbg": [["{% cellbg 'FF0000' %}" + first, second]],
        "colspan": [["{% colspan 2 %}" + first], [first, second]],
    }[kind]
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.paragraphs[0].add_run(text)


def _file(blocks, header):
    def build(document):
        for kind, *rest in blocks:
            if kind == "text":
                _runs(document, rest[0], rest[1], bold=rest[2])
            elif kind == "table":
                _table(document, *rest)
            else:
                document.add_paragraph(f"{{%p {rest[0]} %}}")
        document.sections[0].header.paragraphs[0].add_run(header)

    return word_file(build)


def _agree(blocks, header):
    data = _file(blocks, header)
    if _fails_for_docxtpl(data):
        with pytest.raises(TemplateError):
            compile_template(data, name="t.docx").render(CONTEXT, mode="docxtpl")
    else:
        assert_same(data, CONTEXT)


def _fails_for_docxtpl(data):
    """Say whether docxtpl itself cannot take what the grammar made, such as {% vm %} around a loop of {{r."""
    try:
        by_docxtpl(data, CONTEXT)
    except JinjaError:
        return True
    return False


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(BLOCKS, INLINE)
def test_generated_templates_are_rendered_as_docxtpl_renders_them(blocks, header):
    """A small sample at every run."""
    _agree(blocks, header)


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(BLOCKS, INLINE)
def test_many_generated_templates_are_rendered_as_docxtpl_renders_them(blocks, header):
    """A sweep."""
    _agree(blocks, header)
