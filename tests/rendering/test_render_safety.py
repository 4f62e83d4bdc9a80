"""Hostile templates and hostile values, in every place of a document: refused in one sentence or printed literally."""

from __future__ import annotations

from datetime import date

import pytest
from word_specimens import (
    PLACES,
    body_xml,
    contents,
    everywhere,
    only_in,
    paragraphs,
    part_of,
    texts,
    tree,
    with_notes,
    word_file,
)

from elca_docs.errors import TemplateError
from elca_docs.rendering import compile_template, run

NAME = "templates/agreements/t.docx"


def refused(data, context=None):
    """Return the problems with which a template is refused, when it is compiled or when it is rendered."""
    with pytest.raises(TemplateError) as error:
        compile_template(data, name=NAME).render(context or {})
    return error.value.problems


FORBIDDEN = {
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "by index": "{{ ''['__class__'] }}",
    "by filter": "{{ ''|attr('__class__') }}",
    "by map": "{{ ['']|map(attribute='__class__')|list }}",
    "by format": "{{ '{0.__class__}'.format('') }}",
    "by format map": "{{ '{x.__class__}'.format_map({'x': 1}) }}",
    "private field": "{{ parties._private }}",
    "template object": "{{ self.__init__ }}",
    "loop object": "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
    "macro code": "{% macro m() %}{% endmacro %}{{ m._func }}",
    "generator": "{% set g = [1]|map('string') %}{{ g.gi_frame }}",
    "generator method": "{% set g = [1]|map('string') %}{{ g.close() }}",
    "changing a list": "{{ parties.append(1) }}",
    "changing a dict": "{{ party.update(a=1) }}",
    "clearing": "{{ parties.clear() }}",
    "encode": "{{ 'x'.encode() }}",
    "class method": "{{ range.__self__ }}",
    "dict method": "{{ party.__reduce__() }}",
    "unescaped": "{{ name|safe }}",
    "unescaped block": "{% autoescape false %}{{ name }}{% endautoescape %}",
    "another file": "{% include '/etc/passwd' %}",
    "import": "{% import 'x' as y %}",
    "from": "{% from 'x' import y %}",
    "inheritance": "{% extends 'x' %}",
    "chance": "{{ parties|random }}",
    "undefined's class": "{{ unknown.__class__ }}",
}
CONTEXT = {"name": "<b>x</b>", "parties": [1, 2], "party": {"name": "x"}}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_what_reaches_for_python_is_refused(case):
    """template-forbidden names the template, the part and the paragraph with its text."""
    (problem,) = refused(paragraphs("first", FORBIDDEN[case]), CONTEXT)
    assert problem.code == "template-forbidden"
    assert problem.location.path == NAME
    assert problem.location.place.startswith('body, paragraph 2: "')
    assert problem.fix


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("case", ["globals", "by index"])
def test_it_is_refused_in_every_place(case, place):
    """Body, header, footer, notes, comments and title are judged alike."""
    (problem,) = refused(only_in(place, FORBIDDEN[case]), CONTEXT)
    assert (problem.code, problem.location.place.partition(",")[0]) == ("template-forbidden", place)


def test_the_context_is_never_changed():
    """A template runs on copies."""
    context = {"parties": [{"name": "x"}], "party": {"tags": ["a"]}}
    data = paragraphs("{% set parties = [] %}{% set ns = namespace(p=party) %}{% set ns.p = 1 %}{{ party }}")
    compile_template(data, name=NAME).render(context)
    assert context == {"parties": [{"name": "x"}], "party": {"tags": ["a"]}}


LITERALS = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# gone? #}",
    "{_{ name }_}",
    "</w:t></w:r></w:p><w:p><w:r><w:t>injected",
    "A & B <c> \"d\" 'e' &amp; &#65;",
    "5 < 6 > 4",
    "]]><![CDATA[x",
    "<?xml version='1.0'?>",
    "${jndi} %s %(x)s {0}",
    "\u202eright to left\u202c",
    "𝔘𝔫𝔦 漢字 é é",
]


@pytest.mark.parametrize("value", LITERALS)
def test_a_value_is_printed_literally_everywhere(value):
    """No text from a record is a tag, an element or an entity, in any part."""
    made = compile_template(everywhere("<{{ name }}>"), name=NAME).render({"name": value})
    for place in PLACES[:-1]:
        assert f"<{value}>" in texts(made, part_of(made, place)), place
    title = tree(made, part_of(made, "document properties")).findtext("{http://purl.org/dc/elements/1.1/}title")
    assert title == f"<{value}>"


@pytest.mark.parametrize("sections", [1, 2, 5])
def test_notes_are_rendered_once_however_many_sections(sections):
    """A value in a footnote is never read as a template a second time."""

    def build(document):
        document.add_paragraph("x")
        for _ in range(sections - 1):
            document.add_section()

    data = with_notes(word_file(build), "footnotes", "{{ name }} {_{ kept }_}")
    made = compile_template(data, name=NAME).render({"name": "{{ 7*7 }}"})
    assert texts(made, "word/footnotes.xml") == ["{{ 7*7 }} {{ kept }}"]


def test_a_value_in_an_attribute_cannot_leave_it():
    """Alternative texts and other attributes hold values too."""
    drawing = '<w:bookmarkStart w:id="1" w:name="{{ name }}"/><w:r><w:t>x</w:t></w:r>'
    made = compile_template(body_xml(paragraphs("x"), f"<w:p>{drawing}</w:p>"), name=NAME).render({"name": '"/><x a="'})
    (mark,) = tree(made).iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}bookmarkStart")
    assert mark.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name") == '"/><x a="'


_RANGE = "{% for i in range(99) %}"
COSTLY = {
    "nested loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "range": "{% for a in range(10**9) %}{% endfor %}",
    "power": "{{ 9**(9**9) }}",
    "power of one": "{{ 1**100000 }}",
    "product": "{{ 'A' * 2000000000 }}",
    "product from the left": "{{ 2000000000 * 'A' }}",
    "list product": "{{ [1] * 2000000000 }}",
    "long numbers": "{% set n = namespace(x=9**99) %}" + _RANGE + "{% set n.x = n.x * n.x %}{% endfor %}",
    "doubling": "{% set n = namespace(x='ab') %}" + _RANGE + "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "doubling by plus": "{% set n = namespace(x='ab') %}" + _RANGE + "{% set n.x = n.x + n.x %}{% endfor %}",
    "nested lists": "{% set n = namespace(x=[1]) %}" + _RANGE + "{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
    "nested dicts": "{% set n = namespace(x=1) %}" + _RANGE + "{% set n.x = dict(a=n.x, b=n.x) %}{% endfor %}",
    "center": "{{ 'a'.center(2000000000) }}",
    "center filter": "{{ 'a'|center(2000000000) }}",
    "zfill": "{{ 'a'.zfill(2000000000) }}",
    "format width": "{{ '%2000000000d' % 1 }}",
    "format star": "{{ '%*d' % (2000000000, 1) }}",
    "format filter": "{{ '%2000000000d'|format(1) }}",
    "format method": "{{ '{:>2000000000}'.format(1) }}",
    "format from a value": "{{ '{:>{w}}'.format(1, w=2000000000) }}",
    "replace": "{% set n = namespace(x='a' * 4000000) %}{{ n.x.replace('a', n.x) }}",
    "replace filter": "{% set n = namespace(x='a' * 4000000) %}{{ n.x|replace('a', n.x) }}",
    "join": "{{ ('a' * 4000000).join(range(99999)|map('string')|list) }}",
    "join filter": "{{ range(99999)|join('a' * 4000000) }}",
    "indent": "{% set x = '\\n' * 4000000 %}{{ x|indent(1000) }}",
    "indent wide": "{{ 'x'|indent(2000000000, true) }}",
    "batch": "{{ [1]|batch(2000000000, 'x')|list }}",
    "slice": "{{ [1]|slice(2000000000)|list }}",
    "strftime": "{{ day.strftime('%2000000000d') }}",
    "output": "{% set x = 'a' * 1000000 %}" + _RANGE + "{{ x }}{% endfor %}",
    "output of a block": "{% set x = 'a' * 1000000 %}{% set y %}" + _RANGE + "{{ x }}{% endfor %}{% endset %}",
    "calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "endless iterator": "{% for a in range(99999)|map('string') %}"
    "{% for b in range(99)|map('string') %}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("case", COSTLY)
def test_a_template_that_asks_for_too_much_is_stopped(case, monkeypatch):
    """template-over-budget: one document is lost, and quickly. The budget is smaller here, so that the test is."""
    monkeypatch.setattr(run, "MOST_TURNS", 150_000)
    monkeypatch.setattr(run, "MOST_CHARACTERS", 9_000_000)
    (problem,) = refused(paragraphs("first", COSTLY[case]), {"day": date(2021, 3, 1)})
    assert problem.code == "template-over-budget"
    assert problem.location.place.startswith("body, paragraph 2")


@pytest.mark.slow
@pytest.mark.parametrize("case", COSTLY)
def test_it_is_stopped_by_the_budget_that_holds(case):
    """The same with the budget as it is: some seconds at most."""
    (problem,) = refused(paragraphs("first", COSTLY[case]), {"day": date(2021, 3, 1)})
    assert problem.code == "template-over-budget"


def test_a_large_honest_document_is_within_the_budget():
    """A table of thousands of rows is no attack."""

    def build(document):
        table = document.add_table(rows=3, cols=3)
        for row, cells in zip(
            table.rows,
            [["{%tr for p in parties %}"], ["{{ p.a }}", "{{ p.b }}", "{{ p.c }}"], ["{%tr endfor %}"]],
            strict=True,
        ):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text

    parties = [{"a": str(number), "b": "x" * 50, "c": number} for number in range(2_000)]
    made = compile_template(word_file(build), name=NAME).render({"parties": parties})
    assert texts(made)[-1] == "1999"


def test_deeply_nested_tags_get_a_sentence():
    """Python's own limits on nesting are no crash."""
    for text in (
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
        "{% for a in [1] %}" * 60 + "x" + "{% endfor %}" * 60,
        "{{ " + "9" * 5_000 + " }}",
    ):
        (problem,) = refused(paragraphs(text))
        assert problem.code == "template-syntax"
        assert "deeply nested" in problem.message


def test_a_field_that_a_template_puts_together_is_refused():
    """A field's code that only exists after rendering is looked at after rendering."""
    xml = "<w:p><w:r><w:instrText>{{ 'INCLUDE' ~ 'TEXT' }} x</w:instrText></w:r></w:p>"
    (problem,) = refused(body_xml(paragraphs("x"), xml))
    assert problem.code == "template-fetching-field"


def test_a_mark_in_a_template_is_refused():
    """The characters that mark placeholders are not for templates."""
    (problem,) = refused(paragraphs("\ufdd0{{ name }}"), {"name": "x"})
    assert problem.code == "template-forbidden"


def test_a_mark_made_in_a_tag_does_no_harm():
    """A literal may spell the mark; it is taken out, and nothing is highlighted that is not missing."""
    made = compile_template(paragraphs(r"a{{ '\ufdd0' }}b"), name=NAME).render({})
    assert texts(made) == ["ab"]
    assert "\ufdd0".encode() not in b"".join(contents(made).values())
