"""More broken templates: how a tag is written, what stands beside it, what it and its block enclose."""

from __future__ import annotations

from broken_templates import REFERENCE, Broken
from template_bits import (
    BREAK,
    NAMESPACES,
    PICTURE,
    bookmark,
    box,
    char,
    code,
    control,
    inserted,
    link,
    note_reference,
    p,
    r,
    table,
    with_body,
    with_header,
    with_notes,
    with_part,
)

LINE = "body, paragraph 5"
CELL = "body, table 1, row {}, cell {}, paragraph 1"
NO_DRAFT = {"is_draft": False}
AFTER = p("After it")
TRACKED = frozenset({"template-tracked-changes"})


def written() -> list[Broken]:
    """Return slips in how a tag is written."""
    one = [
        ("unknown filter", "{{ reference|uper }}", "template-unknown-filter", REFERENCE),
        ("unknown test", "{% if version is numbr %}yes{% endif %}", "template-unknown-test", "yes"),
        ("letter apart", "{% p if is_draft %}", "template-syntax", ""),
        ("value in a statement", "Ref {% reference %}", "template-syntax", f"Ref {REFERENCE}"),
        ("one equals sign", "{% if version = 1 %}one{% endif %}", "template-syntax", "one"),
        ("statement misspelt", "{% iff is_draft %}Draft{% endif %}", "template-syntax", "Draft"),
        ("remark never closed", "Ref {{ reference }} {# a remark", "template-syntax", f"Ref {REFERENCE}"),
        ("else without if", "A {% else %} B", "template-syntax", "A"),
        ("two else", "{% if is_draft %}A{% else %}B{% else %}C{% endif %}", "template-syntax", "A"),
        ("elif behind else", "{% if is_draft %}A{% else %}B{% elif version %}C{% endif %}", "template-syntax", "A"),
        ("dash of automatic correction", "{{ version – 1 }} left", "template-syntax", "0 left"),
        ("brackets left open", "{{ reference|default('none' }}.", "template-syntax", REFERENCE + "."),
        ("capital letter", "By {{ Partner.name }}", "template-undefined-field", "By North Cluster"),
        ("party outside of its loop", "By {{ party.name }}", "template-undefined-field", "By North Cluster"),
        ("field of a text", "By {{ partners.name }}", "template-undefined-field", "By North Cluster"),
        ("field of a list", "By {{ parties.name }}", "template-undefined-field", "By North Cluster"),
        ("unknown field of a loop", "{% for x in parties %}By {{ x.nam }}{% endfor %}", "template-undefined-field",
         "By North Cluster"),
        ("unknown field of an alias", "{% set c = counterpart %}By {{ c.nam }}", "template-undefined-field",
         "By North Cluster"),
        ("unknown field in a filter", "By {{ parties|map(attribute='nam')|join(', ') }}", "template-undefined-field",
         "By North Cluster"),
        ("list asked for in an if", "{% if annexs %}With annexes{% endif %}", "template-undefined-field",
         "With annexes"),
        ("group printed", "by {{ counterpart }}.", "template-prints-group", "by North Cluster."),
        ("list printed", "on {{ areas }}.", "template-prints-group", "on joint training"),
        ("loop over a text", "{% for each in counterparts %}{{ each }};{% endfor %}", "template-loop-over-text",
         "East Network"),
        ("paragraph letter prints", "{{p reference }}", "template-loose-text", ""),
        ("run letter prints", "{{r reference }}", "template-loose-text", ""),
    ]  # fmt: skip
    unsafe = [
        ("unescaped", "{{ reference|safe }}", "template-forbidden"),
        ("private name", "{{ reference.__class__ }}", "template-forbidden"),
        ("other file", "{% include 'other' %}", "template-forbidden"),
        ("endless loop", "{% for i in range(1000000000) %}x{% endfor %}", "template-over-budget"),
        ("endless text", "{{ 'a' * 1000000000 }}", "template-over-budget"),
    ]
    printed = with_body(p("{{ if is_draft }}Draft{{ endif }}"))
    return [
        Broken("printed if", printed, "template-syntax", LINE, "Draft", more=frozenset({"template-undefined-field"})),
        *(Broken(name, with_body(p(text)), code, LINE, wanted) for name, text, code, wanted in one),
        *(Broken(name, with_body(p(text)), code, LINE, shown_by="rendering") for name, text, code in unsafe),
    ]


def letters() -> list[Broken]:
    """Return faults of {%p, {%tr and {%tc: what stands beside them, and where they are not understood."""
    ends = p("Draft") + p("{%p endif %}") + p("")
    rows = (("{%tr for party in parties %}", "Lost words"), ("{{ party.name }}", "kept"), ("{%tr endfor %}", ""))
    section = '<w:sectPr><w:pgSz w:w="11111"/></w:sectPr>'
    beside, objects = "template-text-beside-tag", "template-object-beside-tag"
    return [
        Broken("text beside a row tag", with_body(table(*rows)), beside, CELL.format(1, 1), "Lost words"),
        Broken("value beside a tag", with_body(p("{%p if is_draft %}Ref {{ reference }}") + ends), beside, LINE,
               f"Ref {REFERENCE}"),
        Broken("text beside a remark", with_body(p("{#p a remark #} Lost words")), beside, LINE, "Lost words"),
        Broken("picture beside", with_body(p("{%p if is_draft %}", PICTURE) + ends), objects, LINE,
               keeps=("drawing", 1)),
        Broken("page break beside", with_body(p("{%p if is_draft %}", BREAK) + ends), objects, LINE, keeps=("br", 1)),
        Broken("section break beside", with_body(p("{%p if is_draft %}", properties=section) + ends), objects,
               "body, section 1, paragraph 5", keeps=("sectPr", 2)),
        Broken("footnote beside", with_notes(p("{%p if is_draft %}", note_reference()) + ends), objects, LINE,
               keeps=("footnoteReference", 1)),
        Broken("text box beside", with_body(p("{%p if is_draft %}", box(p("boxed"))) + ends), objects, LINE,
               keeps=("txbxContent", 2)),
        Broken("bookmark beside", with_body(p("{%p if is_draft %}", bookmark()) + ends), "template-mark-beside-tag",
               LINE, severity="warning", keeps=("bookmarkStart", 1)),
        Broken("row tag without a table", with_body(p("{%tr if is_draft %}") + p("Draft") + p("{%tr endif %}")),
               "template-tag-outside-table", LINE, "Draft", more=frozenset({"template-tag-outside-table"})),
        Broken("row tag between tables",
               with_body(table(("first",)) + p("{%tr if is_draft %}") + p("Draft") + table(("{%tr endif %}",))),
               "template-tag-outside-table", LINE, "first"),
        Broken("percent sign in a paragraph tag", with_body(p("{%p if version % 2 %}") + ends), "template-syntax", LINE,
               "Draft"),
        Broken("hard space behind the letter", with_body(p("{%p\u00a0if is_draft %}") + ends), "template-syntax", LINE,
               "Draft"),
        Broken("dash before", with_body(p("Lost words {%- if is_draft %} Draft{% endif %}")),
              "template-dash-loses-text",
               LINE, "Lost words"),
        Broken("dash behind", with_body(p("{% if is_draft -%} Lost words") + p("{% endif %}")),
               "template-dash-loses-text", LINE, "Lost words", more=frozenset({"template-lonely-tag"})),
        Broken("dash over cells", with_body(table(("one", "{%- if is_draft %}two{% endif %}"))),
               "template-dash-loses-text", CELL.format(1, 2), keeps=("tc", 2)),
        Broken("dash behind over cells", with_body(table(("{% if is_draft %}one{% endif -%}", "two"))),
               "template-dash-loses-text", CELL.format(1, 1), keeps=("tc", 2)),
    ]  # fmt: skip


def enclosed() -> list[Broken]:
    """Return faults of what tags and blocks enclose."""
    drafts = "{% if is_draft %}"
    cell = p("{%p if is_draft %}") + p("Draft") + p("{%p endif %}")
    across, border = "template-block-across-cells", "template-tag-crosses-border"
    return [
        Broken("tag over two cells", with_body(table(("{{ refer", "ence }}"))), "template-tag-across-cells",
               CELL.format(1, 1), keeps=("tc", 2)),
        Broken("if over two cells", with_body(table((f"A{drafts}", "{% endif %}B", "C"))), across, CELL.format(1, 1),
               keeps=("tc", 3), values=NO_DRAFT),
        Broken("loop over two rows", with_body(table(("{% for x in parties %}a",), ("b{% endfor %}",), ("c",))), across,
               CELL.format(1, 1), keeps=("tr", 7)),
        Broken("if over two footnotes", with_two_notes(f"A{drafts}", "{% endif %}B"), across,
               "footnotes, footnote 1, paragraph 1", keeps=("footnote", 3), values=NO_DRAFT),
        Broken("if ends in a cell", with_body(p(f"A{drafts}") + table(("{% endif %}B",)) + AFTER), "template-malformed",
               LINE, "After it", values=NO_DRAFT, more=frozenset({"template-lonely-tag"})),
        Broken("if as paragraph, endif as text", with_body(p("{%p if is_draft %}") + p("A {% endif %} B")),
               "template-malformed", LINE, values=NO_DRAFT),
        Broken("if ends in a link", with_body(p(f"A {drafts} B", link(r("C {% endif %} D"))) + AFTER),
               "template-malformed", LINE, "After it", values=NO_DRAFT),
        Broken("if in one link, endif in another", with_body(p(link(r(f"A{drafts}")), "B", link(r("{% endif %}C")))),
               "template-block-across-marks", LINE, severity="warning"),
        Broken("cell that may be empty", with_body(table((cell, "beside"))), "template-empty-container",
               CELL.format(1, 1), values=NO_DRAFT),
        Broken("header that may be empty", with_header(cell), "template-empty-container", "header, paragraph 1",
               values=NO_DRAFT),
        Broken("tag begins outside a link", with_body(p("{{ refer", link(r("ence }}"))) + AFTER), border, LINE,
               "After it"),
        Broken("tag ends in an insertion", with_body(p("{{ refer", inserted("ence }}")) + AFTER), border, LINE,
               "After it", more=TRACKED),
        Broken("tag ends in a control", with_body(p("{{ refer", control(r("ence }}"))) + AFTER), border, LINE,
               "After it"),
        Broken("tag ends in a field", with_body(p("{{ refer", char("begin"), code(" PAGE "), char("separate"),
               r("ence }}"), char("end"))), border, LINE, keeps=("fldChar", 3),
               more=frozenset({"template-tag-in-field-result"})),
        Broken("footnote in a tag", with_notes(p("{{ refer", note_reference(), "ence }}")), "template-object-in-tag",
               LINE, keeps=("footnoteReference", 1)),
        Broken("picture in a tag", with_body(p("{{ refer", PICTURE, "ence }}")), "template-object-in-tag", LINE,
               keeps=("drawing", 1)),
        Broken("bookmark in a tag", with_body(p("{{ refer", bookmark(), "ence }}")), "template-lost-in-tag", LINE,
               severity="warning", keeps=("bookmarkStart", 1)),
        Broken("whole link in a tag", with_body(p("{{ ref", link(r("ere")), "nce }}")), "template-lost-in-tag", LINE,
               severity="warning", keeps=("hyperlink", 1)),
        Broken("formats mixed", with_body(p("{{ refer", r("ence }}", look="<w:b/>"))), "template-mixed-formatting",
               LINE, severity="hint"),
        Broken("tag alone in its paragraph", with_body(p(drafts) + p("Draft {% endif %}")), "template-lonely-tag", LINE,
               severity="hint"),
    ]  # fmt: skip


def with_two_notes(first: str, second: str) -> bytes:
    notes = "".join(f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in ((2, first), (3, second)))
    start = f'<w:footnote w:id="0" w:type="separator">{p("")}</w:footnote>'
    return with_part(with_body(""), "footnotes", f"<w:footnotes {NAMESPACES}>{start}{notes}</w:footnotes>")
