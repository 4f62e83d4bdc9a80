"""Which fields a template asks for: through loops, aliases, filters, guards; what cannot be told asks for nothing."""

from __future__ import annotations

import pytest
from template_bits import NAMESPACES, p, with_body, with_part

from elca_docs.authoring.asking import asked_fields
from elca_docs.authoring.reading import read_template


def asked(*texts):
    """Return path and use of every field that paragraphs of these texts ask for."""
    reading = read_template(with_body("".join(map(p, texts)), base=""), name="t.docx")
    return [(each.path, each.use) for each in asked_fields(reading)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ counterpart.address.city }}", [("counterpart.address.city", "printed")]),
        ("{{ counterpart['address']['city'] }}", [("counterpart.address.city", "printed")]),
        ("{{ parties[0].name }}", [("parties.[].name", "printed")]),
        ("{{ parties[-1].name }}", [("parties.[].name", "printed")]),
        ("{{ parties.0 }}", [("parties.[]", "printed")]),
        ("{{ reference[:6] }}", [("reference", "printed")]),
        ("{{ partner[which] }}", [("partner", "printed"), ("which", "used")]),
        ("{{ partner.get('vat') }}", [("partner.vat", "printed")]),
        ("{{ reference.upper() }}", [("reference", "printed")]),
        ("{{ range(version) }}", [("version", "used")]),
        ("{{ loop.index }}", []),
        ("{{ a ~ ', ' ~ b }}", [("a", "printed"), ("b", "printed")]),
        ("{{ a or b }}", [("a", "printed"), ("b", "printed")]),
        ("{{ a if b else c }}", [("b", "tested"), ("a", "printed"), ("c", "printed")]),
        ("{{ x is divisibleby(y) }}", [("x", "tested"), ("y", "used")]),
        ("{% for s in parties %}{{ s.signatory.name }}{% endfor %}",
         [("parties", "looped"), ("parties.[].signatory.name", "printed")]),
        ("{% for x in a.b %}{% for y in x.c %}{{ y.d }}{% endfor %}{% endfor %}",
         [("a.b", "looped"), ("a.b.[].c", "looped"), ("a.b.[].c.[].d", "printed")]),
        ("{% for x in parties|sort(attribute='name')|reverse %}{{ x.id }}{% endfor %}",
         [("parties", "looped"), ("parties.[].name", "looped"), ("parties.[].id", "printed")]),
        ("{% for x in parties if x.vat %}{{ x.vat }}{% else %}{{ none_there }}{% endfor %}",
         [("parties", "looped"), ("parties.[].vat", "tested"), ("parties.[].vat", "printed"),
          ("none_there", "printed")]),
        ("{{ parties|map(attribute='contact.name')|join(', ') }}",
         [("parties", "printed"), ("parties.[].contact.name", "printed")]),
        ("{{ parties|selectattr('role', 'equalto', 'partner')|first }}",
         [("parties", "printed"), ("parties.[].role", "printed")]),
        ("{{ (parties|first).name }}", [("parties", "printed"), ("parties.[].name", "printed")]),
        ("{{ lines|sum('qty') }}", [("lines", "printed"), ("lines.[].qty", "printed")]),
        ("{% for k, some in parties|groupby('country') %}{{ k }}{% for x in some %}{{ x.id }}{% endfor %}{% endfor %}",
         [("parties", "looped"), ("parties.[].country", "looped"), ("parties.[]", "looped"),
          ("parties.[].id", "printed")]),
        ("{% for key, value in partner.items() %}{{ key }}{{ value.x }}{% endfor %}", [("partner", "looped")]),
        ("{% set a = partner.contact %}{{ a.name }}",
         [("partner.contact", "used"), ("partner.contact.name", "printed")]),
        ("{% set a, b = c %}{{ a }}", [("c", "used")]),
        ("{% set a %}{{ x }}{% endset %}{{ a.y }}", [("x", "printed")]),
        ("{% with a = partner %}{{ a.id }}{% endwith %}{{ a }}",
         [("partner", "used"), ("partner.id", "printed"), ("a", "printed")]),
        ("{% for x in y %}{% set z = x.a %}{% endfor %}{{ z }}",
         [("y", "looped"), ("y.[].a", "used"), ("z", "printed")]),
        ("{% if x %}{% set z = a %}{% endif %}{{ z }}", [("x", "tested"), ("a", "used"), ("a", "printed")]),
        ("{% macro m(q, w=d) %}{{ q.x }}{{ e }}{% endmacro %}{{ m(f) }}",
         [("d", "used"), ("e", "printed"), ("f", "used")]),
        ("{% call m(g) %}{{ h }}{% endcall %}", [("g", "used"), ("m", "used"), ("h", "printed")]),
        ("{% filter upper %}{{ x }}{% endfilter %}", [("x", "printed")]),
        ("{% set ns = namespace(n=a) %}{% set ns.n = b %}{{ ns.n }}", [("a", "used"), ("b", "used")]),
    ],
)  # fmt: skip
def test_fields_are_followed(text, found):
    """Each use once, by its full name, in order."""
    assert asked(text) == found


@pytest.mark.parametrize(
    ("text", "guarded", "forgiven"),
    [
        ("{{ x.y }}", False, False),
        ("{% if x.y %}{{ x.y }}{% endif %}", True, False),
        ("{% if x %}{{ x.y }}{% endif %}", True, False),
        ("{% if x.y and z %}{{ x.y }}{% endif %}", True, False),
        ("{% if x.y or z %}{{ x.y }}{% endif %}", False, False),
        ("{% if not x.y %}-{% else %}{{ x.y }}{% endif %}", True, False),
        ("{% if not x.y or z %}-{% else %}{{ x.y }}{% endif %}", True, False),
        ("{% if x.y == 'a' %}{{ x.y }}{% endif %}", True, False),
        ("{% if z %}-{% elif x.y %}{{ x.y }}{% endif %}", True, False),
        ("{% if x.y is defined %}{{ x.y }}{% endif %}", True, True),
        ("{% if x.y is undefined %}-{% else %}{{ x.y }}{% endif %}", True, True),
        ("{{ x.y|default('-') }}", True, True),
        ("{{ x.y if x.y else '-' }}", True, False),
        ("{{ x.y and x.y }}", True, False),
        ("{% if z %}{% endif %}{{ x.y }}", False, False),
    ],
)
def test_guards_are_understood(text, guarded, forgiven):
    """The last use of the field is guarded, or even forgiven where the name does not exist."""
    reading = read_template(with_body(p(text), base=""), name="t.docx")
    last = [each for each in asked_fields(reading) if each.path == "x.y"][-1]
    assert (last.guarded, last.forgiven) == (guarded, forgiven)


def test_what_one_part_sets_no_other_part_knows():
    """As in docxtpl: header and body are filled in apart."""
    data = with_part(
        with_body(p("{% set a = reference %}"), base=""), "header", f"<w:hdr {NAMESPACES}>{p('{{ a }}')}</w:hdr>"
    )
    found = asked_fields(read_template(data, name="t.docx"))
    assert [(each.path, each.part.label) for each in found] == [("reference", "body"), ("a", "header")]


def test_a_slip_hides_no_name_behind_it():
    """Tags that cannot be read ask for nothing; all others are followed, their loops and blocks too."""
    found = asked(
        "{{ 1 + }}{% for x in in parties %}{{ x.name }}{% if y = 1 %}{{ z }}", "{% endfor %}{% elif %}{{ last }}"
    )
    assert found == [("z", "printed"), ("last", "printed")]


def test_each_use_says_where():
    """With the tag and its place."""
    reading = read_template(with_body(p("a {{ reference }}"), base=""), name="t.docx")
    each = asked_fields(reading)[0]
    assert (str(each.spot), each.tag.text, each.looped) == (
        'body, paragraph 1: "a {{ reference }}"',
        "{{ reference }}",
        False,
    )
