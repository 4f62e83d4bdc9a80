"""What is wrong with a template is said all at once, with part, paragraph, its text and what to do."""

from __future__ import annotations

import pytest
from word_specimens import DOCUMENT, PLACES, by_docxtpl, contents, everywhere, only_in, paragraphs, texts, word_file

from elca_docs.errors import TemplateError
from elca_docs.rendering import compile_template

NAME = "templates/agreements/cooperation.docx"
CONTEXT = {
    "project": {"acronym": "SAMPLE", "title": "A sample"},
    "counterpart": {"address": "1 Pier", "name": "Harbour"},
    "parties": [{"name": "North", "address": "2 Pier"}, {"name": "South", "address": "3 Pier"}],
    "reference": "S-1",
}


def said(data, context=None, *, mode="draft"):
    """Return code, place, message and fix of each problem."""
    with pytest.raises(TemplateError) as error:
        compile_template(data, name=NAME).render(CONTEXT if context is None else context, mode=mode)
    assert {problem.location.path for problem in error.value.problems} == {NAME}
    return [(p.code, p.location.place, p.message, p.fix) for p in error.value.problems]


def unknown(*written):
    """Return place, message and fix of each unknown name."""
    problems = said(paragraphs(*written))
    assert {problem[0] for problem in problems} == {"template-undefined-field"}
    return sorted(problem[1:] for problem in problems)


def test_all_unknown_names_are_found_in_one_pass():
    """Of the context and of its values, in text, conditions, loops and branches this document does not take."""
    found = unknown(
        "{{ refrence }}",
        "of {{ counterpart.adress }}",
        "{%p if projekt %}",
        "{{ nowhere }}",
        "{%p endif %}",
        "{% for p in partys %}{{ p.x }}{% endfor %}",
        "{% if project.acronim == 'X' %}x{% endif %}",
        "{% if false %}{{ never }}{% endif %}",
    )
    assert [(place, message.split("'")[1], fix) for place, message, fix in found] == [
        ('body, paragraph 1: "{{ refrence }}"', "refrence", "did you mean 'reference'?"),
        ('body, paragraph 2: "of {{ counterpart.adress }}"', "counterpart.adress", "did you mean 'address'?"),
        ('body, paragraph 3: "{%p if projekt %}"', "projekt", "did you mean 'project'?"),
        ('body, paragraph 4: "{{ nowhere }}"', "nowhere", "known are: counterpart, parties, project, reference"),
        ('body, paragraph 6: "{% for p in partys %}{{ p.x }}{% endfor %}"', "partys", "did you mean 'parties'?"),
        (
            "body, paragraph 7: \"{% if project.acronim == 'X' %}x{% endif %}\"",
            "project.acronim",
            "did you mean 'acronym'?",
        ),
        (
            'body, paragraph 8: "{% if false %}{{ never }}{% endif %}"',
            "never",
            "known are: counterpart, parties, project, reference",
        ),
    ]


def test_one_sentence_for_each_name_and_paragraph():
    """A name used twice in a paragraph, or in each turn of a loop, is said once there."""
    found = unknown("{{ x }}{{ x }}", "{{ x }}", "{% for p in parties %}{{ p.nam }}{{ p.nam.y }}{% endfor %}")
    assert [(place.partition(":")[0], message.split("'")[1]) for place, message, _ in found] == [
        ("body, paragraph 1", "x"),
        ("body, paragraph 2", "x"),
        ("body, paragraph 3", "parties[0].nam"),
    ]


@pytest.mark.parametrize(
    ("tag", "path"),
    [
        ("{{ parties[7].name }}", "parties[7].name"),
        ("{{ parties[1].nam|upper }}", "parties[1].nam"),
        ("{{ counterpart['adress'] }}", "counterpart.adress"),
        ("{{ counterpart.name.first.letter }}", "counterpart.name.first.letter"),
        ("{{ reference.x }}", "reference.x"),
        ("{{ [1].x }}", "….x"),
        ("{% set c = counterpart %}{{ c.adress }}", "counterpart.adress"),
        ("{{ missing_one() }}", "missing_one"),
        ("{{ project.owner.name }}", "project.owner.name"),
        ("{{ project.owner['name'][0] }}", "project.owner.name[0]"),
    ],
)
def test_the_whole_path_is_named(tag, path):
    """The name is the one a template author would search for."""
    assert [message.split("'")[1] for _, message, _ in unknown(tag)] == [path]


USES = {
    "printed": "{{ project.x }}",
    "in a condition": "{% if project.x %}{% endif %}",
    "negated": "{% if not project.x %}{% endif %}",
    "compared": "{% if project.x == 1 %}{% endif %}",
    "ordered": "{% if project.x < 1 %}{% endif %}",
    "unlike": "{% if project.x != 1 %}{% endif %}",
    "looped over": "{% for a in project.x %}{% endfor %}",
    "asked for content": "{% if 1 in project.x %}{% endif %}",
    "called": "{{ project.x() }}",
    "added": "{{ project.x + 1 }}",
    "added to text": "{{ 'a' + project.x }}",
    "text added": "{{ project.x + 'a' }}",
    "subtracted": "{{ 1 - project.x }}",
    "joined": "{{ [project.x]|join }}",
    "filtered": "{{ project.x|upper }}",
    "measured": "{{ project.x|length }}",
    "counted": "{% for a in range(project.x) %}{% endfor %}",
    "concatenated": "{{ 'a' ~ project.x }}",
}


@pytest.mark.parametrize("case", USES)
def test_every_use_of_an_unknown_name_is_an_error(case):
    """A misspelt name in a condition would drop a clause in silence."""
    assert [message.split("'")[1] for _, message, _ in unknown(USES[case])] == ["project.x"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x is defined }}",
        "{% if x is undefined %}{% endif %}",
        "{{ x|default('a') }}",
        "{{ x|d }}",
        "{{ x.y|default('a') }}",
        "{{ project.x is defined }}",
        "{{ project.x.y|default('a') }}",
        "{% if x is defined and x %}{% endif %}",
        "{% set x = 1 %}{{ x }}",
        "{% for x in parties %}{{ x.name }}{{ loop.index }}{% endfor %}",
        "{% macro x(a) %}{{ a }}{% endmacro %}{{ x(1) }}",
        "{% set n = namespace(a=1) %}{{ n.a }}",
        "{{ range(2)|list }}{{ dict(a=1).a }}",
        "{% set c = cycler('a') %}{{ c.next() }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
        "{% with x = 1 %}{{ x }}{% endwith %}",
        "{% for k, v in project.items() %}{{ k }}{{ v }}{% endfor %}",
        "{% for g in parties|groupby('name') %}{{ g.grouper }}{{ g.list }}{% endfor %}",
    ],
)
def test_names_that_are_guarded_or_set_are_no_error(tag):
    """What Jinja knows, and what a template asks about before it uses it."""
    assert compile_template(paragraphs(tag), name=NAME).render(CONTEXT)


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_name_is_found_in_every_place(place):
    """The part is named as a reader calls it."""
    ((code, where, message, fix),) = said(only_in(place, "see {{ refrence }}"))
    unit = "title" if place == "document properties" else "paragraph 1"
    assert (code, where) == ("template-undefined-field", f'{place}, {unit}: "see {{{{ refrence }}}}"')
    assert (message, fix) == (
        "the template asks for 'refrence', which is no field it can be given",
        "did you mean 'reference'?",
    )


def test_problems_of_all_parts_come_together():
    """One run over the whole document."""
    assert sorted(place.partition(",")[0] for _, place, _, _ in said(everywhere("{{ refrence }}"))) == sorted(PLACES)


def test_headers_are_numbered_where_there_are_several():
    """A reader tells one header from the other."""

    def build(document):
        document.add_section()
        for section in document.sections:
            section.header.is_linked_to_previous = False
            section.header.paragraphs[0].text = "{{ wrong }}"

    assert [place.partition(",")[0] for _, place, _, _ in said(word_file(build))] == ["header 1", "header 2"]


def test_docxtpl_mode_leaves_unknown_names_blank():
    """As docxtpl: blank, and an error only for a field of what is not there."""
    template = compile_template(paragraphs("[{{ x }}{{ project.x }}{% if x %}a{% endif %}]"), name=NAME)
    assert texts(template.render(CONTEXT, mode="docxtpl")) == ["[]"]
    ((code, place, message, _),) = said(paragraphs("first", "{{ x.y }}"), mode="docxtpl")
    assert (code, place) == ("template-undefined-field", 'body, paragraph 2: "{{ x.y }}"')
    assert message == "the template fails: 'x' is undefined"


SYNTAX = {
    "{% if x %}": ("'if' is opened here and never closed", "add endif where it should end"),
    "{%p for x in y %}": ("'for' is opened here and never closed", "add endfor where it should end"),
    "{% endif %}": ("unknown tag 'endif'", "check the spelling"),
    "{% fro x in y %}": ("unknown tag 'fro'", "check the spelling"),
    "{%pif x %}": ("unknown tag 'pif'", "check the spelling"),
    "{{ x + }}": ("unexpected 'end of print statement'", "correct the tag in Word"),
    "{{ x y }}": ("expected token 'end of print statement', got 'y'", "correct the tag in Word"),
    "{{ „x“ }}": ("the character „ cannot stand in a tag", "type the plain character instead"),
    "{{ a – b }}": ("the character – cannot stand in a tag", "type the plain character instead"),
    "{{ 'x }}": ("unexpected char", "correct the tag in Word"),
    "{{ x": ("unexpected", "correct the tag in Word"),
}


@pytest.mark.parametrize("tag", SYNTAX)
def test_a_syntax_error_is_said_with_its_paragraph(tag):
    """template-syntax: the paragraph is counted in the file as the author has it, whatever docxtpl takes away."""
    problems = said(paragraphs("one", "{%p if reference %}", "two {{ reference }}", "{%p endif %}", tag))
    code, place, message, fix = problems[0]
    message_expected, fix_expected = SYNTAX[tag]
    assert code == "template-syntax"
    assert place == f'body, paragraph 5: "{tag}"'
    assert message_expected in message
    assert fix.startswith(fix_expected)


def test_an_unclosed_block_is_found_where_it_was_opened():
    """Not at the end of the document, where Jinja notices."""
    written = ["{% if a %}x{% endif %}", "{%p if b %}", "text", "{%p for c in d %}", "{{ c }}", "{%p endfor %}", "end"]
    (problem,) = said(paragraphs(*written))
    assert problem[1] == 'body, paragraph 2: "{%p if b %}"'


@pytest.mark.parametrize(
    ("tag", "code", "fix"),
    [
        ("{{ reference|uper }}", "template-unknown-filter", "did you mean 'upper'?"),
        ("{% if reference is defind %}{% endif %}", "template-unknown-test", "did you mean 'defined'?"),
    ],
)
def test_unknown_filters_and_tests_are_said_at_compile_time(tag, code, fix):
    """Also in branches that no document takes."""
    with pytest.raises(TemplateError) as error:
        compile_template(paragraphs("x", f"{{% if false %}}{tag}{{% endif %}}"), name=NAME)
    (problem,) = error.value.problems
    assert (problem.code, problem.fix) == (code, fix)
    assert problem.location.place.startswith("body, paragraph 2")


def test_faults_of_a_template_are_listed_at_once():
    """All unknown filters, tests and forbidden names of all parts, before any document is made."""
    with pytest.raises(TemplateError) as error:
        compile_template(everywhere("{{ a|uper }}{{ a is defind }}{{ a|safe }}"), name=NAME)
    codes = [problem.code for problem in error.value.problems]
    assert {code: codes.count(code) for code in codes} == {
        "template-forbidden": 7, "template-unknown-filter": 7, "template-unknown-test": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "closer"),
    [
        (["a { x }} b"], "}}"),
        (["a {x}} b {{ reference }}"], "}}"),
        (["{{ reference }} }}"], "}}"),
        (["{ % if x %}", "{{ reference }}"], "%}"),
    ],
)
def test_what_is_left_of_a_tag_is_refused(written, closer):
    """template-leftover: no document goes out with half a tag in it."""
    (problem,) = said(paragraphs("first {{ reference }}", *written))
    assert problem[0] == "template-leftover"
    assert problem[1].startswith("body, paragraph 2")
    assert f"'{closer}'" in problem[2]


@pytest.mark.parametrize(
    "written",
    ["{% raw %}{{ x }} %}{% endraw %}", "{_{ x }_} {_% y %_}", "{{ '}}' }}", '{{ "%}" }}', "{ single } 5 % }"],
)
def test_braces_that_are_meant_are_no_leftovers(written):
    """Raw blocks, docxtpl's escapes, literals and single braces."""
    assert compile_template(paragraphs(written + "{{ reference }}"), name=NAME).render(CONTEXT)


FAILING = {
    "{{ 1 / 0 }}": "division by zero",
    "{{ reference + 1 }}": "can only concatenate str",
    "{{ reference|round }}": "",
    "{{ parties|sum }}": "unsupported operand",
    "{% for a in 5 %}{% endfor %}": "not iterable",
    "{{ reference() }}": "not callable",
    "{{ 'x'.center() }}": "argument",
    "{{ parties|map(attribute='name') }}": "end the tag with |list",
    "{{ project.items }}": "prints a method",
    "{% set c = cycler(1) %}{{ c }}": "unfinished list",
    "{{ range }}": "prints a method",
}


@pytest.mark.parametrize("tag", FAILING)
def test_a_failure_on_a_value_is_said_with_its_paragraph(tag):
    """template-failed: what Python says about the value, and where the template did it."""
    (problem,) = said(paragraphs("one", f"two {tag}", "three"))
    assert problem[:2] == ("template-failed", f'body, paragraph 2: "two {tag}"')
    assert FAILING[tag] in problem[2]


def test_failures_and_unknown_names_come_together():
    """A failure in one part hides nothing in another."""
    data = only_in("header", "{{ refrence }}", rest="{{ reference }}")
    part_failing = only_in("body", "{{ 1 / 0 }}")
    assert {problem[0] for problem in said(data)} == {"template-undefined-field"}
    assert {problem[0] for problem in said(part_failing)} == {"template-failed"}


MALFORMED = {
    "loop begun in text, ended as a paragraph": ["a {% for x in [1, 2] %}b", "{%p endfor %}", "d"],
    "condition begun as a paragraph, ended in text": ["{%p if no %}", "b", "c {% endif %} d"],
    "made by a template": [r"{{ '\x01' }}"],
    "surrogate made by a template": [r"{{ '\ud800' }}"],
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_document_that_is_not_well_formed_is_refused(case):
    """template-malformed: never repaired in silence, for a repair loses text."""
    (problem,) = said(paragraphs(*MALFORMED[case]), {"no": False})
    assert problem[0] == "template-malformed"
    assert problem[1] == "body"


def test_a_malformed_document_says_near_which_text():
    """The last words before the break help to find it."""
    (problem,) = said(paragraphs("first", "the words {% if yes %}before", "{%p endif %}"), {"yes": False})
    assert 'near "the words' in problem[2]


def test_plain_text_for_formatted_text_is_refused():
    """template-loose-text: text outside a run, which Word refuses to open, is not printed; docxtpl prints it."""
    for tag in ("{{r reference }}", "{{p reference }}"):
        data = paragraphs("x", tag)
        (problem,) = said(data)
        assert problem[0] == "template-loose-text"
        assert "'S-1'" in problem[2]
        assert b"S-1" in contents(compile_template(data, name=NAME).render(CONTEXT, mode="docxtpl"))[DOCUMENT]


def texts_of(data):
    """Return the body's XML in a list."""
    from word_specimens import DOCUMENT, contents

    return [contents(data)[DOCUMENT]]


def test_a_long_paragraph_is_shown_around_the_matter():
    """The excerpt holds the name, not the beginning of the clause."""
    (problem,) = said(paragraphs("word " * 60 + "{{ refrence }} " + "word " * 60))
    excerpt = problem[1].partition(': "')[2]
    assert "{{ refrence }}" in excerpt
    assert excerpt.startswith("…")
    assert excerpt.endswith('…"')
    assert len(excerpt) < 90


def test_paragraphs_are_counted_as_they_stand_in_the_file():
    """Cells, empty paragraphs and paragraphs that docxtpl takes away count."""

    def build(document):
        document.add_paragraph("1")
        table = document.add_table(rows=3, cols=2)
        for row, first in zip(table.rows, ["{%tr for p in parties %}", "{{ p.name }}", "{%tr endfor %}"], strict=True):
            row.cells[0].text = first
        table.cell(1, 1).text = "{{ p.adres }}"
        document.add_paragraph("{{ refrence }}")

    found = sorted(problem[1].partition(":")[0] for problem in said(word_file(build)))
    assert found == ["body, paragraph 5", "body, paragraph 8"]


def test_a_tag_in_the_first_paragraph_is_placed():
    """Also where docxtpl takes the first paragraphs away."""
    found = unknown("{%p if refrence %}", "{%p for x in party %}", "{{ x }}", "{%p endfor %}", "{%p endif %}")
    assert [place.partition(":")[0] for place, _, _ in found] == ["body, paragraph 1", "body, paragraph 2"]


def test_a_tag_over_two_paragraphs_is_still_placed():
    """docxtpl joins them; the place is where the tag begins."""
    (problem,) = said(paragraphs("one", "two {{ refr", "ence }} three"))
    assert problem[1].startswith("body, paragraph 2")


def test_the_oracle_is_no_better():
    """What we refuse, docxtpl loses in silence: the reason for the strict parser."""
    data = paragraphs("a {% for x in [1, 2] %}b", "{%p endfor %}", "d")
    assert "d" not in texts(by_docxtpl(data, {}))


def test_field_names_are_told():
    """A contract can compare what a template asks for with what the context gives."""
    template = compile_template(
        everywhere("{{ a.b }}{% for x in c %}{{ x }}{{ d|default('') }}{% endfor %}"), name=NAME
    )
    assert template.field_names == {"a", "c", "d"}
