"""What the check says: in order, all at once, with what was meant, by whatever table of fields it is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from filled_documents import by_rendering, errors_of, trees
from template_bits import BASE, W, box, changed, control, edited, p, r, with_body

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.reading import read_template
from elca_docs.context import FIELDS
from elca_docs.context.field import listing, text
from elca_docs.opc import deflated, members_of, packaged


def test_flaws_stand_in_order_of_place_and_the_same_each_time():
    """By part, paragraph and character."""
    xml = p("{{ b_last }} {{ a_first }}") + p("{{ third }}")
    data = edited(with_body(xml), "docProps/core.xml", "A title", "{{ fourth }}")
    flaws = check_template(data, name="t.docx")
    assert [flaw.message.split("'")[1] for flaw in flaws] == ["b_last", "a_first", "third", "fourth"]
    assert flaws == check_template(data, name="t.docx")


def test_every_problem_is_said_in_one_run():
    """Slips of all kinds in one file hide none of each other."""
    xml = (
        p("{{ refrence }} {{ 1 + }} {{ reference|uper }}")
        + p("{%p if is_draft %}lost")
        + p("{% for x in parties %}{{ x.nam }}")
        + p("}} { reference }")
    )
    found = [
        (flaw.code, flaw.spot.words.removeprefix("paragraph ")) for flaw in check_template(with_body(xml), name="t")
    ]
    assert found == [
        ("template-undefined-field", "5"),
        ("template-syntax", "5"),
        ("template-unknown-filter", "5"),
        ("template-syntax", "6"),
        ("template-text-beside-tag", "6"),
        ("template-syntax", "7"),
        ("template-undefined-field", "7"),
        ("template-leftover", "8"),
        ("template-single-brace", "8"),
    ]


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("{{ refrence }}", "did you mean 'reference'?"),
        ("{{ Reference }}", "did you mean 'reference'?"),
        ("{{ counterpart.adress }}", "did you mean 'address'?"),
        (
            "{{ party.name }}",
            "'party' only stands in a loop: put it between {%p for party in parties %} and {%p endfor %}",
        ),
        ("{{ parties.name }}", "go through the list: {%p for party in parties %}"),
        ("{{ areas.name }}", "go through the list: {%p for each in areas %}"),
        ("{{ reference.name }}", "'reference' is a text and has no fields"),
        ("{{ endif }}", "conditions and loops stand between {% and %}: {% endif %}"),
        ("{{ counterpart }}", "print one of its fields: {{ counterpart.name }}"),
        ("{{ terms }}", "print one of its fields: {{ terms.starts }}"),
        ("{{ areas }}", "write {{ areas|join(', ') }}, or go through it with {% for each in areas %}"),
        ("{{ parties }}", "go through it: {% for party in parties %} … {% endfor %}"),
        ("{% for x in counterparts %}{% endfor %}", "lists to go through are: commitments, parties"),
        ("{% for x in partner %}{% endfor %}", "lists to go through are: commitments, parties"),
        ("{{ is_draft }}", "use it in a condition: {% if is_draft %} … {% endif %}"),
        ("{%pif is_draft %}{%p endif %}", "put a space behind the letter: {%p if is_draft %}"),
        ("{% p if is_draft %}", "write {%p with no space before the letter and one behind it"),
        ("{{ if is_draft }}", "conditions and loops stand between {% and %}: {% if is_draft %}"),
        ("{% iff is_draft %}{% endif %}", "did you mean 'if'?"),
        ("{% partner.name %}", "a value is printed between double braces: {{ partner.name }}"),
        ("{% if version = 1 %}{% endif %}", "compare with two signs: =="),
        ("{{ «x» }}", "type the plain character instead; Word's automatic correction has changed it"),
        ("{% endfor %}", "take it out, or write {% for … %} where it should begin"),
    ],
)  # fmt: skip
def test_the_fix_says_what_was_meant(written, fix):
    """The nearest name, the loop, the letter, the braces that the author had in mind."""
    assert fix in [flaw.fix for flaw in check_template(with_body(p(written)), name="t.docx")]


def test_another_table_of_fields_is_another_law():
    """The check knows no field by itself; what is mandatory is the table's word."""
    fields = (text("name", "", "", mandatory=True), listing("lines", "", ""), text("line.price", "", "", loop="lines"))
    passed = with_body(p("{{ name }}{% for line in lines %}{{ line.price }}{% endfor %}"), base="")
    assert check_template(passed, name="t.docx", fields=fields) == ()
    other = with_body(p("{% for line in lines %}{{ line.prise }}{% endfor %}"), base="")
    found = [(flaw.code, flaw.severity) for flaw in check_template(other, name="t.docx", fields=fields)]
    assert found == [("template-undefined-field", "error"), ("template-mandatory-unprinted", "warning")]


def test_a_mandatory_field_must_be_printed_not_only_asked_about():
    """A condition prints nothing."""
    data = with_body("", base=BASE.replace("{{ party.address }}", "{% if party.address %}{% endif %}"))
    flaws = check_template(data, name="t.docx")
    assert [(flaw.code, "party.address" in flaw.message) for flaw in flaws] == [("template-mandatory-unprinted", True)]


def test_word_shows_the_data_of_a_bound_control_and_not_what_is_filled_in():
    """docxtpl fills in the control's text and leaves the data that Word puts in its place."""
    bound = p(control(r("{{ reference }}"), bound="/ns0:root/ns0:ref"))
    data = changed(with_body(bound), **{"customXml/item1.xml": "<root><ref>old</ref></root>"})
    made = trees(by_rendering(data, {}))
    assert made["customXml/item1.xml"].findtext("ref") == "old"
    assert errors_of(data) == ["template-tag-in-bound-control"]


def test_a_fault_in_both_copies_of_a_text_box_is_said_once():
    """The file holds a text box twice, the page once."""
    flaws = check_template(with_body(p("x", box(p("{{ nothing }}")))), name="t.docx")
    assert [str(flaw.spot) for flaw in flaws] == ['body, text box 1, paragraph 1: "{{ nothing }}"']


def test_the_last_word_is_renderings():
    """What no rule has seen is found when the template is filled in on trial, and said with its place."""
    flaws = check_template(with_body(p("{{ version / 0 }}")), name="t.docx")
    assert [(flaw.code, flaw.spot.words, flaw.spot.paragraph) for flaw in flaws] == [
        ("template-failed", "paragraph 5", 4)
    ]
    comment = changed(with_body(""), **{"customXml/item1.xml": "<x><!-- {{ no element }} --></x>"})
    assert [(f.code, f.spot.member) for f in check_template(comment, name="t")] == [
        ("template-unfilled-part", "customXml/item1.xml")
    ]


def test_a_body_that_is_refused_by_its_kind_is_read_all_the_same():
    """A .dotx with a slip: both are said in one run."""
    data = edited(with_body(p("{{ refrence }}")), "[Content_Types].xml", r"document\.main\+xml", "template.main+xml")
    assert errors_of(data) == ["template-undefined-field", "template-not-word"]


def test_the_table_of_fields_is_what_is_checked_by_default():
    """A field taken out of the table is unknown."""
    fewer = tuple(each for each in FIELDS if each.name != "reference")
    assert "template-undefined-field" in [f.code for f in check_template(with_body(""), name="t", fields=fewer)]
    renamed = tuple(replace(each, name="number") if each.name == "reference" else each for each in FIELDS)
    assert "template-undefined-field" in [f.code for f in check_template(with_body(""), name="t", fields=renamed)]


def test_only_counts_that_are_told_are_too_high():
    """A range is judged by its numbers, not by a name or by what is no number."""
    long = [
        "range(100001)",
        "range(0, 900000000, 2)",
        "range(99999999999999999999)",
    ]
    for written in long:
        assert "template-over-budget" in errors_of(with_body(p(f"{{% for i in {written} %}}{{% endfor %}}")))
    for written in ("range(version)", "range(100000)", "range(5, 1)"):
        assert errors_of(with_body(p(f"{{% for i in {written} %}}{{% endfor %}}"))) == []
    assert errors_of(with_body(p("{% for i in range(1, 2, 0) %}{% endfor %}"))) == ["template-failed"]


def test_a_paragraph_gives_the_pieces_of_a_span():
    """Each with the characters of it that belong to the span."""
    paragraph = read_template(with_body(p(r("abc"), r("def"), r("ghi")), base=""), name="t").parts[0].paragraphs[0]
    found = [(piece.text, start, end) for piece, start, end in paragraph.between(2, 7)]
    assert found == [("abc", 2, 3), ("def", 0, 3), ("ghi", 0, 1)]


def test_an_empty_body_is_no_reason_to_fail():
    """A part without a paragraph."""
    data = with_body("", base="")
    assert [flaw.code for flaw in check_template(data, name="t.docx")] == ["template-no-tags"]
    assert f"{{{W}}}body" in [each.tag for each in trees(data)["word/document.xml"]]


def test_a_member_without_a_name_is_refused():
    """No Word file has one, and Python's own reader stumbles over it."""
    data = packaged([*members_of(with_body("")), deflated("", b"x")])
    assert errors_of(data) == ["template-unreadable"]
