"""Laws of the check: it never fails, whatever the file is; it says the same each time; what it passes renders."""

from __future__ import annotations

import time

import pytest
from broken_files import broken
from filled_documents import by_docxtpl, by_rendering, errors_of, is_whole
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sound_templates import SHIPPED, sound
from template_bits import box, changed, contents, p, r, table, with_body

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.reading import read_template

POOL = [*(each.data for each in sound()), *(each.data for each in broken()[::3])]
FILES = [data for data in POOL if data.startswith(b"PK")]
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WRITTEN = st.sampled_from(
    ["{{ reference }}", "{{ nothing }}", "{%p if is_draft %}", "{%p endif %}", "{% if is_draft %}", "{% endif %}", "{%",
     "}}", "{%tr for x in parties %}", "{%tr endfor %}", "{% for x in parties %}", "{% endfor %}", "{{ x.name }}",
     "{%- else -%}", "{# note", "#}", "{% else %}", "{{p reference }}", "words"]
)  # fmt: skip


@SLOW
@given(st.sampled_from(FILES), st.data())
def test_a_mutated_file_is_judged_and_never_fails(data, draw):
    """Elements taken out, doubled, moved, renamed; attributes emptied: there are flaws or none, and no traceback."""
    names = [name for name in contents(data) if name.endswith((".xml", ".rels"))]
    name = draw.draw(st.sampled_from(names))
    try:
        tree = etree.fromstring(contents(data)[name])
    except etree.XMLSyntaxError:
        return
    for _ in range(draw.draw(st.integers(1, 4))):
        elements = [element for element in tree.iter(etree.Element) if element is not tree]
        if elements:
            mutate(tree, elements, draw)
    check_template(changed(data, **{name: etree.tostring(tree)}), name="t.docx")


def mutate(tree, elements, draw) -> None:
    """Change an element of a tree in some way."""
    element = draw.draw(st.sampled_from(elements))
    other = draw.draw(st.sampled_from(elements))
    match draw.draw(st.integers(0, 5)):
        case 0:
            element.getparent().remove(element)
        case 1:
            tree.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        case 2:
            element.tag = other.tag
        case 3:
            element.attrib.clear()
        case 4:
            element.text = draw.draw(WRITTEN)
        case _:
            if element not in other.iterancestors() and element is not other:
                other.append(element)


@SLOW
@given(st.sampled_from(FILES), st.integers(0), st.integers(0, 255))
def test_a_damaged_file_is_judged_and_never_fails(data, place, byte):
    """One byte changed anywhere in the package."""
    place %= len(data)
    check_template(data[:place] + bytes([byte]) + data[place + 1 :], name="t.docx")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(WRITTEN, max_size=3), min_size=1, max_size=6), st.sampled_from(["body", "table", "box"]))
def test_what_is_passed_renders_and_is_whole(lines, place):
    """Tags thrown together at random: no error means that documents come out well, with values and without."""
    written = [p("".join(map(r, line))) for line in lines]
    xml = {"body": "".join, "table": lambda x: table(tuple(x)), "box": lambda x: p("x", box("".join(x)))}[place](
        written
    )
    data = with_body(xml)
    if not errors_of(data):
        for values in ({}, {"is_draft": False, "parties": []}):
            assert is_whole(by_rendering(data, values))


def test_too_deep_a_nest_is_said_and_not_raised():
    """Of braces, of blocks and of names."""
    for written in ("{{ " + "(" * 500 + ")" * 500 + " }}", "{{ x" + ".a" * 3000 + " }}", "{% if x %}" * 400):
        assert "template-syntax" in errors_of(with_body(p(written)))


def test_docxtpl_and_rendering_agree_on_what_is_shipped():
    """The templates of this project give whole documents in both."""
    for data in SHIPPED.values():
        assert is_whole(by_rendering(data, {}))
        assert is_whole(by_docxtpl(data, {}))


def test_a_template_of_six_pages_is_checked_in_well_under_a_second():
    """The longest that is shipped."""
    start = time.perf_counter()
    for data in SHIPPED.values():
        check_template(data, name="t.docx")
    assert time.perf_counter() - start < 2


@pytest.mark.slow
def test_time_grows_as_the_template_does():
    """Four times the paragraphs take no more than some six times as long."""
    took = []
    for count in (1_000, 4_000):
        lines = (
            p(f"Clause {n}: ", r("{{ refer"), r("ence }}"), "{% if is_draft %} x{% endif %}") for n in range(count)
        )
        data = with_body("".join(lines))
        start = time.perf_counter()
        assert check_template(data, name="t.docx") == ()
        took.append(time.perf_counter() - start)
    assert took[1] < 6 * took[0] + 1


@pytest.mark.slow
def test_braces_without_end_take_no_longer_than_text():
    """Half tags by the thousand are found in one pass."""
    data = with_body(p("{{ a " * 20_000 + "{{" * 20_000))
    start = time.perf_counter()
    read_template(data, name="t.docx")
    assert time.perf_counter() - start < 5
