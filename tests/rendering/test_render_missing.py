"""Missing values: a bright placeholder in a draft, the refusal of a final document, a blank in docxtpl mode."""

from __future__ import annotations

import pytest
from word_specimens import PLACES, body_xml, bright, everywhere, paragraphs, part_of, texts, tree, word_file

from elca_docs.errors import TemplateError
from elca_docs.model.missing import Missing
from elca_docs.rendering import compile_template
from elca_docs.rendering.run import RUN, Run
from elca_docs.rendering.standins import MissingValue

ADDRESS = Missing(
    label="address of Harbour & Rail",
    field="counterpart.address",
    record="organisations/harbour",
    key="legal.address",
    owner="NORTH",
)
SIGNATORY = Missing(
    label="signatory of NORTH", field="parties[0].signatory", record="partners/NORTH", key="signatory", owner="NORTH"
)
CONTEXT = {
    "address": ADDRESS,
    "counterpart": {"address": ADDRESS},
    "parties": [{"signatory": SIGNATORY}],
    "name": "Harbour",
}
SHOWN = "[address of Harbour & Rail]"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft(*written):
    """Return the draft of paragraphs."""
    return compile_template(paragraphs(*written), name="t.docx").render_listed(CONTEXT)


def test_a_placeholder_is_readable_and_highlighted():
    """Only the placeholder is bright; what stands around it stays as it is."""
    made = draft("The party, {{ name }}, of {{ address }} (the address).").document
    assert texts(made) == [f"The party, Harbour, of {SHOWN} (the address)."]
    assert bright(made) == [SHOWN]


def test_a_run_keeps_its_formatting_around_a_placeholder():
    """Bold stays bold on both sides, tabs and breaks keep their order, and the highlight stands where Word puts it."""

    def build(document):
        paragraph = document.add_paragraph()
        run = paragraph.add_run("before\t{{ address }}\tmiddle {{ parties[0].signatory }} after\n")
        run.bold = run.underline = True

    made = compile_template(word_file(build), name="t.docx").render(CONTEXT)
    assert texts(made) == [f"before\t{SHOWN}\tmiddle [signatory of NORTH] after\n"]
    assert bright(made) == [SHOWN, "[signatory of NORTH]"]
    for run in tree(made).iter(f"{WORD}r"):
        properties = [child.tag.removeprefix(WORD) for child in run.find(f"{WORD}rPr")]
        assert [name for name in properties if name != "highlight"] == ["b", "u"]
        assert properties in (["b", "u"], ["b", "highlight", "u"])


def test_an_old_highlight_gives_way():
    """A run that was highlighted in green has one highlight, the yellow one."""

    def build(document):
        document.add_paragraph().add_run("{{ address }}").font.highlight_color = 4

    made = compile_template(word_file(build), name="t.docx").render(CONTEXT)
    assert bright(made) == [SHOWN]
    assert [mark.get(f"{WORD}val") for mark in tree(made).iter(f"{WORD}highlight")] == ["yellow"]


def test_each_missing_value_is_listed_once_in_order():
    """The list follows the document: body before header, each value once."""
    made = draft("{{ parties[0].signatory }} {{ counterpart.address }}", "{{ address }} {{ address }}")
    assert made.missing == (SIGNATORY, ADDRESS)
    assert draft("nothing is printed: {{ name }}").missing == ()


@pytest.mark.parametrize("place", PLACES)
def test_a_placeholder_shows_in_every_place(place):
    """Highlighted where runs are, as plain text in the document's properties."""
    made = compile_template(everywhere("a {{ address }} b"), name="t.docx").render(CONTEXT)
    part = part_of(made, place)
    if place == "document properties":
        assert tree(made, part).findtext("{http://purl.org/dc/elements/1.1/}title") == f"a {SHOWN} b"
    else:
        assert f"a {SHOWN} b" in texts(made, part)
        assert bright(made, part) == [SHOWN]


def test_a_placeholder_shows_in_a_table_cell():
    """A cell keeps its paragraph."""

    def build(document):
        document.add_table(rows=1, cols=2).cell(0, 1).text = "{{ address }}"

    assert bright(compile_template(word_file(build), name="t.docx").render(CONTEXT)) == [SHOWN]


@pytest.mark.parametrize("tag", ["{{r address }}", "{{p address }}", "{{r 'see ' ~ address }}"])
def test_a_placeholder_for_formatted_text_gets_a_run_and_a_paragraph(tag):
    """Where RichText is expected, the placeholder brings its own run, and its own paragraph."""
    made = draft("first", f"{tag}", "last").document
    assert [text for text in texts(made) if text] == ["first", SHOWN if "see" not in tag else f"see {SHOWN}", "last"]
    assert bright(made) == [SHOWN]
    assert all(child.tag in {f"{WORD}p", f"{WORD}sectPr"} for child in tree(made)[0])


def test_a_missing_value_is_undefined_for_the_template():
    """False in a condition, not defined, replaced by default, and not listed when it is not printed."""
    made = draft(
        "{% if address %}yes{% else %}no{% endif %}",
        "{{ address is defined }}",
        "{{ address|default('to be agreed') }}",
        "{{ address or 'none' }}",
    )
    assert texts(made.document) == ["no", "False", "to be agreed", "none"]
    assert made.missing == ()


SURVIVORS = {
    "field": "{{ address.street }}",
    "entry": "{{ address['street'][0] }}",
    "filter": "{{ address|upper }}",
    "chain of filters": "{{ address|trim|replace('a', 'b')|title }}",
    "length": "{{ address|length }}",
    "number filter": "{{ address|round(2) }}",
    "format filter": "{{ '%05d'|format(address) }}",
    "method": "{{ address.strip() }}",
    "joined": "{{ [address]|join(', ') }}",
    "joined by method": "{{ ', '.join([address]) }}",
    "as argument": "{{ '@'.replace('@', address) }}",
    "concatenated": "{{ '' ~ address }}",
    "plus on the right": "{{ '' + address }}",
    "plus on the left": "{{ address + '' }}",
    "number": "{{ address + 1 }}",
    "number on the left": "{{ 1 + address }}",
    "product": "{{ 2 * address }}",
    "text product": "{{ 'a' * address }}",
    "power": "{{ address ** 2 }}",
    "difference": "{{ address - 1 }}",
    "quotient": "{{ 10 / address }}",
    "negative": "{{ -address }}",
    "percent": "{{ '%s' % address }}",
    "percent number": "{{ '%05d' % address }}",
    "percent of several": "{{ '%s%05d' % ('', address) }}",
    "format": "{{ '{}'.format(address) }}",
    "format with a width": "{{ '{:>9}'.format(address) }}",
    "loop": "{% for line in address %}{{ line }}{% endfor %}",
    "range": "{% for line in range(address) %}{{ line }}{% endfor %}",
    "sum": "{{ [{'n': address}, {'n': 2}]|sum(attribute='n') }}",
    "set": "{% set x = address %}{{ x }}",
    "macro": "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(address) }}",
    "sorted": "{% for p in [{'a': address}]|sort(attribute='a') %}{{ p.a }}{% endfor %}",
}


@pytest.mark.parametrize("case", SURVIVORS)
def test_a_placeholder_survives_what_a_template_does_to_a_value(case):
    """Whatever is done to a value that is not there, what prints is its placeholder, whole."""
    made = draft(SURVIVORS[case])
    assert texts(made.document) == [SHOWN]
    assert bright(made.document) == [SHOWN]
    assert made.missing == (ADDRESS,)


def test_a_placeholder_shows_in_a_printed_list():
    """Python's print of a list shows the placeholder, not the word Undefined."""
    made = draft("{{ [1, address] }}")
    assert texts(made.document) == [f"[1, {SHOWN}]"]
    assert made.missing == (ADDRESS,)


QUESTIONS = {
    "== ''": "no", "!= ''": "yes", "== address": "yes", "> 3": "no", "<= 3": "no", "is none": "no", "is string": "no",
    "in ['a']": "no", "is iterable": "yes",
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_missing_value_answers_questions(question):
    """Comparisons never fail."""
    made = draft(
        f"{{% if address {question} %}}yes{{% else %}}no{{% endif %}}", "{% if 'x' in address %}yes{% endif %}"
    )
    assert texts(made.document) == [QUESTIONS[question], ""]


def test_a_placeholder_belongs_to_a_rendering():
    """Outside a template there is no place to note."""
    value = MissingValue.of(ADDRESS)
    token = RUN.set(Run())
    try:
        with pytest.raises(RuntimeError, match="outside a template"):
            str(value)
    finally:
        RUN.reset(token)
    assert len({value, MissingValue.of(ADDRESS)}) == 2
    assert isinstance(value.street, MissingValue)


def test_sorting_compares_missing_values():
    """A list with missing values can be sorted."""
    context = {"parties": [{"n": "b"}, {"n": ADDRESS}, {"n": "a"}]}
    data = paragraphs("{% for p in parties|sort(attribute='n') %}{{ p.n }};{% endfor %}")
    made = compile_template(data, name="t.docx").render(context)
    assert sorted(texts(made)[0].split(";")) == sorted(["", SHOWN, "a", "b"])


def test_a_final_document_is_refused_and_lists_all():
    """document-incomplete, one problem for each missing value, with the place in the template and in the records."""
    template = compile_template(
        paragraphs("x", "of {{ address }}", "{{ parties[0].signatory }} {{ address }}"), name="t.docx"
    )
    with pytest.raises(TemplateError) as refused:
        template.render(CONTEXT, mode="final")
    first, second = refused.value.problems
    assert {first.code, second.code} == {"document-incomplete"}
    assert first.message == "the address of Harbour & Rail is missing"
    assert str(first.location) == 't.docx (body, paragraph 2: "of {{ address }}")'
    assert first.fix == "write legal.address in organisations/harbour; ask NORTH"
    assert second.message == "the signatory of NORTH is missing"


def test_a_final_document_without_missing_values_is_the_draft():
    """Where nothing is missing the modes agree, byte for byte."""
    template = compile_template(everywhere("{{ name }} {{ address|default('x') }}"), name="t.docx")
    assert (
        template.render(CONTEXT, mode="final") == template.render(CONTEXT) == template.render(CONTEXT, mode="docxtpl")
    )


def test_docxtpl_mode_prints_nothing():
    """As docxtpl prints what is undefined; fields of it are nothing too."""
    template = compile_template(
        paragraphs("[{{ address }}{{ address.street }}{% for x in address %}x{% endfor %}]"), name="t.docx"
    )
    made = template.render_listed(CONTEXT, mode="docxtpl")
    assert (texts(made.document), made.missing) == (["[]"], ())


def test_a_label_is_printed_on_one_line():
    """A label with line breaks or double blanks is still one placeholder."""
    missing = Missing(label="address\n of  X", field="a", record="r", key="k", owner="")
    made = compile_template(paragraphs("{{ a }}"), name="t.docx").render({"a": missing})
    assert bright(made) == ["[address of X]"]


def test_in_an_attribute_the_placeholder_is_plain_text():
    """Where nothing can be highlighted, the label alone says it."""
    data = body_xml(
        paragraphs("x"), '<w:p><w:bookmarkStart w:id="1" w:name="{{ address }}"/><w:r><w:t>x</w:t></w:r></w:p>'
    )
    (mark,) = tree(compile_template(data, name="t.docx").render(CONTEXT)).iter(f"{WORD}bookmarkStart")
    assert mark.get(f"{WORD}name") == SHOWN
