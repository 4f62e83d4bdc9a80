"""Two versions of a template, and two languages of one: what differs is told, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.authoring import read_template, template_changes, variant_flaws
from elca_docs.authoring.paragraphs import Reading

TEMPLATES = Path(__file__).parents[2] / "templates/agreements"


def reading(*paragraphs: str, name: str = "t.docx", numbered: tuple[int, ...] = (), header: str = "") -> Reading:
    """Return a template of these paragraphs, read; some of them numbered."""
    document = docx.Document()
    for place, text in enumerate(paragraphs):
        document.add_paragraph(text, style="List Number" if place in numbered else None)
    document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return read_template(written.getvalue(), name=name)


def said(*pair: Reading) -> list[tuple[str, str, str]]:
    return [(flaw.code, flaw.spot.words, flaw.spot.text) for flaw in variant_flaws(*pair)]


def test_fields_and_text_that_come_and_go_are_told():
    """A field followed through its loop, a field in a condition, a paragraph, a header."""
    old = reading("{{ project.title }}", "{% for p in parties %}{{ p.vat }}{% endfor %}", "Same", header="Old head")
    new = reading("{{ project.title }}", "{% if mission %}{{ mission.name }}{% endif %}", "Same", header="New head")
    changes = template_changes(old, new)
    assert changes.gained == ("mission", "mission.name")
    assert changes.lost == ("parties", "parties.[].vat")
    assert changes.text == (
        "- {% for p in parties %}{{ p.vat }}{% endfor %}",
        "+ {% if mission %}{{ mission.name }}{% endif %}",
        "- Old head",
        "+ New head",
    )
    assert not changes.is_empty


def test_how_a_template_looks_is_no_change():
    """Runs, styles and blanks do not count."""
    old = reading("Clause one", "{{ project.title }}")
    document = docx.Document()
    split = document.add_paragraph()
    split.add_run("Clause ").bold = True
    split.add_run(" one")
    tag = document.add_paragraph(style="Heading 1")
    for part in ("{{ pro", "ject.title", " }}"):
        tag.add_run(part)
    written = io.BytesIO()
    document.save(written)
    assert template_changes(old, read_template(written.getvalue(), name="u.docx")).is_empty


def test_the_shipped_languages_say_the_same():
    """cooperation.docx and cooperation.es.docx: same fields, same clauses, both ways."""
    english, spanish = (
        read_template((TEMPLATES / name).read_bytes(), name=name)
        for name in ("cooperation.docx", "cooperation.es.docx")
    )
    assert said(english, spanish) == said(spanish, english) == []
    assert not template_changes(english, spanish).is_empty


def test_a_field_that_one_language_lacks_is_told_once_at_its_place():
    """Wherever it stands twice; the other way round nothing is told of it."""
    english = reading("{{ project.title }} {{ terms.law }}", "{{ terms.law }}")
    spanish = reading("{{ project.title }} x", "y", name="t.es.docx")
    assert said(english, spanish) == [
        ("template-variant-field", "paragraph 1", "{{ project.title }} {{ terms.law }}"),
    ]
    assert "t.es.docx" in variant_flaws(english, spanish)[0].message
    assert said(spanish, english) == []


def test_a_clause_that_one_language_lacks_is_told():
    """At the first of the like ones in the language that has it; a numbered clause is no plain paragraph."""
    english = reading("Purpose", "Costs", "Law", "End", numbered=(0, 1, 2))
    spanish = reading("Objeto", "Ley", "Fin", numbered=(0, 1), name="t.es.docx")
    ((code, words, _),) = said(english, spanish)
    assert (code, words) == ("template-variant-clause", "paragraph 1")
    assert said(spanish, english) == []


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from(["Text", "{{ project.title }}", "{{ terms.law }}", "{%p if mission %}"]), max_size=6))
def test_a_template_differs_in_nothing_from_itself(paragraphs):
    """Neither as a version nor as a language."""
    one, again = reading(*paragraphs), reading(*paragraphs)
    assert template_changes(one, again).is_empty
    assert variant_flaws(one, again) == ()
