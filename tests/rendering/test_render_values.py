"""What a context may hold, how it is printed, and that a template only ever sees copies."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from markupsafe import Markup
from word_specimens import paragraphs, texts

from elca_docs.errors import TemplateError
from elca_docs.model.missing import Missing
from elca_docs.model.values import Country, Day
from elca_docs.rendering import compile_template

TEMPLATE = compile_template(paragraphs("{{ value }}"), name="t.docx")


class Number(enum.IntEnum):
    """A whole number with a name."""

    TWO = 2


PRINTED = {
    "text": ("a", "a"),
    "whole number": (12, "12"),
    "yes": (True, "True"),
    "none": (None, "None"),
    "float": (1.5, "1.5"),
    "decimal": (Decimal("12.50"), "12.50"),
    "date": (date(2021, 10, 5), "2021-10-05"),
    "day": (Day.parse("2021-10-05"), "2021-10-05"),
    "country": (Country.parse("DE"), "DE"),
    "named number": (Number.TWO, "2"),
    "marked text": (Markup("<b>&amp;</b>"), "<b>&amp;</b>"),
    "line ends": ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    "list": ([1, "a"], "[1, 'a']"),
    "tuple": ((1, 2), "(1, 2)"),
    "private characters": ("\ue000 \u200b \ufeff", "\ue000 \u200b \ufeff"),
}


@pytest.mark.parametrize("case", PRINTED)
def test_a_value_is_printed_as_it_reads(case):
    """Subclasses are printed as the plain kind they stand on, dates in ISO form, text as text."""
    value, print_ = PRINTED[case]
    assert texts(TEMPLATE.render({"value": value})) == [print_]


REFUSED = {
    "bytes": (b"x", "value-not-plain", "'value' is of the kind bytes"),
    "set": ({1}, "value-not-plain", "'value' is of the kind set"),
    "object": (object(), "value-not-plain", "'value' is of the kind object"),
    "time of day": (datetime(2021, 1, 1, tzinfo=UTC), "value-not-plain", "'value' is of the kind datetime"),
    "function": (print, "value-not-plain", "'value' is of the kind builtin"),
    "in a list": ({"a": [1, {"b": object()}]}, "value-not-plain", "'value.a[1].b' is of the kind object"),
    "key": ({1: "x"}, "value-not-plain", "'value.1' has a key that is no text"),
    "control character": ("a\x0bb", "value-unprintable", "'value' holds the character U+000B"),
    "null": ({"a": ["x", "\x00"]}, "value-unprintable", "'value.a[1]' holds the character U+0000"),
    "surrogate": ("\ud800", "value-unprintable", "U+D800"),
    "mark": ("\ufdd0x\ufdd1", "value-unprintable", "U+FDD0"),
    "noncharacter": ("\uffff", "value-unprintable", "U+FFFF"),
    "picture": (InlineImage(DocxTemplate("x"), "x.png"), "value-not-plain", "'value' is of the kind InlineImage"),
    "link": (RichText("x", url_id="rId7"), "value-not-plain", "with a link"),
    "broken formatted text": (RichText("x", style='"><'), "value-not-plain", "not well-formed"),
    "control character in formatted text": (RichText("x\x01"), "value-unprintable", "U+0001"),
    "label": (Missing(label="\ufdd1", field="f", record="r", key="k", owner=""), "value-unprintable", "U+FDD1"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_unfit_value_is_refused_by_name(case):
    """The problem names the field as a template would."""
    value, code, said = REFUSED[case]
    with pytest.raises(TemplateError) as error:
        TEMPLATE.render({"value": value})
    (problem,) = error.value.problems
    assert problem.code == code
    assert said in problem.message


def test_unfit_values_are_listed_together():
    """One problem for each name of the context."""
    with pytest.raises(TemplateError) as error:
        TEMPLATE.render({"value": "ok", "a": "\x01", "b": object()})
    assert {problem.code for problem in error.value.problems} == {"value-unprintable", "value-not-plain"}


def test_a_context_without_an_end_is_refused():
    """A list that holds itself is no value."""
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(TemplateError, match="nested more than 32 deep"):
        TEMPLATE.render({"value": endless})


def test_formatted_text_is_true_and_joins():
    """docxtpl's objects are true even when empty, and may be put together with text."""
    data = paragraphs(
        "{% if rich %}yes{% endif %}{% if listing %}yes{% endif %}", "{{r rich ~ rich }}", "{{ listing }}"
    )
    made = compile_template(data, name="t.docx").render({"rich": RichText(""), "listing": Listing("a\nb & c")})
    assert texts(made) == ["yesyes", "", "a\nb & c"]


def test_a_formatted_paragraph_is_printed_in_every_mode():
    """RichTextParagraph stands where a paragraph stands."""
    template = compile_template(paragraphs("a", "{{p value }}", "b"), name="t.docx")
    value = RichTextParagraph(RichText("<c> & d", bold=True), parastyle="Normal")
    for mode in ("draft", "final", "docxtpl"):
        assert texts(template.render({"value": value}, mode=mode)) == ["a", "<c> & d", "b"]


OWN = {
    "{{ true|check }}{{ ''|check }}": "☒☐",
    "{{ 'Grant no. 12-34'|unbroken }}": "Grant\u00a0no.\u00a012\u201134",
    "{{ 'b & a'|title }}": "B & A",
}


@pytest.mark.parametrize("tag", OWN)
def test_our_own_filters(tag):
    """A ticked box, text that does not break, and Jinja's own."""
    assert texts(compile_template(paragraphs(tag), name="t.docx").render({})) == [OWN[tag]]


ORDINARY = {
    "{{ range(12000)|join|length }}": str(sum(len(str(number)) for number in range(12_000))),
    "{{ rows|join('-', attribute='a') }}": "1-2",
    "{{ '%05.1f|%s'|format(2.25, 'x') }}": "002.2|x",
    "{{ 'a'|center(5) }}.": "  a  .",
    "{{ 'a b'|replace('a', 'cd') }}{{ 'ab'.replace('a', 'cd') }}": "cd bcdb",
    "{{ 'a'|indent(2, true) }}": "  a",
    "{{ [1, 2, 3]|batch(2, 0)|list }}": "[[1, 2], [3, 0]]",
    "{{ [1, 2, 3]|slice(2)|list }}": "[[1, 2], [3]]",
    "{{ '-'.join(['a', 'b']) }}{{ 'a'.ljust(3) }}.{{ '7'.zfill(3) }}": "a-ba  .007",
    "{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 1.5 ** 2 }} {{ 7 % 4 }}": "1024 0.5 2.25 3",
    "{{ 'ab' * 2 }} {{ [1] * 2 }}": "abab [1, 1]",
    "{{ day.strftime('%d/%m/%Y') }} {{ day.year }}": "05/10/2021 2021",
    "{{ dict(a=1).a }} {{ {'a': [1, (2,)]} }} {{ 'a' ~ 1 }}": "1 {'a': [1, (2,)]} a1",
    "{{ 'x'.upper() }} {{ rows.index(rows[1]) }} {{ rows[0].get('b', 'none') }}": "X 1 none",
}


@pytest.mark.parametrize("tag", ORDINARY)
def test_ordinary_use_is_within_the_budget(tag):
    """What is bounded works as Jinja has it."""
    context = {"rows": [{"a": 1}, {"a": 2}], "day": date(2021, 10, 5)}
    assert texts(compile_template(paragraphs(tag), name="t.docx").render(context)) == [ORDINARY[tag]]


def test_only_the_filters_that_are_allowed():
    """A template may be held to fewer filters of ours; a name that is none of ours is our mistake."""
    data = paragraphs("{{ true|check }}")
    with pytest.raises(TemplateError) as error:
        compile_template(data, name="t.docx", filters=["unbroken"])
    assert error.value.problems[0].code == "template-unknown-filter"
    with pytest.raises(ValueError, match="no filter is called 'nothing'"):
        compile_template(data, name="t.docx", filters=["nothing"])


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{% if x == 'a & b' %}same{% endif %}", "same"),
        ("{{ 'a & b' }}", "a & b"),
        ('{{ "<\'>" }}', "<'>"),
        ("{% if 1 < 2 and 3 > 2 %}yes{% endif %}", "yes"),
        ("{{ '&amp;' }}", "&amp;"),
    ],
)
def test_a_tag_means_what_it_says(tag, printed):
    """Entities inside tags are decoded, which docxtpl does for < and > only."""
    assert texts(compile_template(paragraphs(tag), name="t.docx").render({"x": "a & b"})) == [printed]


def test_a_dict_with_a_name_of_python_is_read_as_docxtpl_reads_it():
    """`plan.items` is the method, `plan['items']` the field."""
    data = paragraphs("{{ plan['items'] }} {% for k, v in plan.items() %}{{ k }}={{ v }}{% endfor %}")
    assert texts(compile_template(data, name="t.docx").render({"plan": {"items": "x"}})) == ["x items=x"]
