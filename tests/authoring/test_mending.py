"""A mended copy: what is safe is mended and listed, text outside of tags never changes, and twice is once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from broken_files import broken as broken_templates
from comments_in_words import letters
from filled_documents import by_rendering, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sound_templates import sound
from template_bits import (
    DOCUMENT,
    W,
    bookmark,
    box,
    changed,
    char,
    code,
    contents,
    control,
    deleted,
    edited,
    inserted,
    link,
    note_reference,
    p,
    table,
    with_body,
)
from template_bits import r as run

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.mending import mended_copy
from elca_docs.authoring.paragraphs import Paragraph, PartReading
from elca_docs.authoring.reading import read_template
from elca_docs.errors import TemplateError

PROOF = '<w:proofErr w:type="spellStart"/>'
BOLD = "<w:b/>"
SAID = {
    "quote": "typographic quotes are plain ones now: ",
    "dash": "a typographic dash is a plain one now: ",
    "space": "odd spaces are plain ones now: ",
    "doubled": "doubled spaces are single ones now: ",
    "letter": "a space stands behind the letter now: ",
    "end": "the tag ends as it should now: ",
    "split": "the tag was split over several runs and is in one piece now: ",
}
MENDED = {  # codes of what is mended wherever it is safe
    "template-lost-in-tag",
    "template-mixed-formatting",
}


def body_of(data: bytes) -> PartReading:
    return next(part for part in read_template(data, name="t.docx").parts if part.label == "body")


def mended(*content: str) -> tuple[str, list[str]]:
    """Return the text of the paragraph, mended, and the kinds of mends."""
    return mended_body(p(*content))


def mended_body(xml: str) -> tuple[str, list[str]]:
    """Return the text of the first paragraph of a body, mended, and the kinds of mends."""
    found = mended_copy(with_body(xml, base=""), name="t.docx")
    kinds = [next(kind for kind, said in SAID.items() if mend.what.startswith(said)) for mend in found.mends]
    return body_of(found.document).paragraphs[0].text, kinds


@pytest.mark.parametrize(
    ("text", "plain", "kinds"),
    [
        ("{% if x == “a” %}", '{% if x == "a" %}', ["quote"]),
        ("{% if x == „a“ %}", '{% if x == "a" %}', ["quote"]),
        ("{% if x == «a» or x == »b« %}", '{% if x == "a" or x == "b" %}', ["quote"]),
        ("{{ x|default(‘a’) ~ ‚b‘ ~ ‹c› ~ ´d´ ~ `e´ ~ ′f′ ~ ″g″ }}",
         "{{ x|default('a') ~ 'b' ~ 'c' ~ 'd' ~ 'e' ~ 'f' ~ \"g\" }}", ["quote"]),
        ('{{ "a” ~ x }}', '{{ "a" ~ x }}', ["quote"]),
        ("{{ x – 1 — y }}", "{{ x - 1 - y }}", ["dash"]),
        ("{%– if x –%}", "{%- if x -%}", ["dash"]),
        ("{{\u00a0x\u202f}}", "{{ x }}", ["space"]),
        ("{{ ref\u200ber\u00adence }}", "{{ reference }}", ["space"]),
        ("{{  x  +  1 }}", "{{ x + 1 }}", ["doubled"]),
        ("{{ \u00a0x }}", "{{ x }}", ["space", "doubled"]),
        ("{%p\u00a0if x %}", "{%p if x %}", ["space"]),
        ("{#p\u00a0a – “remark” #}", "{#p a – “remark” #}", ["space"]),
        ("{{r\u00a0x }} beside", "{{r x }} beside", ["space"]),
        ("{%pif x %}", "{%p if x %}", ["letter"]),
        ("{%pendfor%}", "{%p endfor%}", ["letter"]),
        ("{%rif x %} beside", "{%r if x %} beside", ["letter"]),
        ("{%p if x p%}", "{%p if x %}", ["end"]),
        ("{%p else p%}", "{%p else %}", ["end"]),
        ("{%p elif x p%}", "{%p elif x %}", ["end"]),
        ("{%p endfor p%}", "{%p endfor %}", ["end"]),
        ("{%p endset p%}", "{%p endset %}", ["end"]),
        ("{%p set x = 1 p%}", "{%p set x = 1 %}", ["end"]),
        ("{%pif x p%}", "{%p if x %}", ["letter", "end"]),
        ("{%p if x }}", "{%p if x %}", ["end"]),
        ("{% if x == “a” }} then", '{% if x == "a" %} then', ["end", "quote"]),
    ],
)  # fmt: skip
def test_what_automatic_correction_made_is_plain_again(text: str, plain: str, kinds: list[str]) -> None:
    """Quotes, dashes and spaces in a tag, the space behind its letter, its end."""
    assert mended(text) == (plain, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "“Text” – outside\u00a0of  tags {1} }} {% and {{",
        "{{ x ~ ' – “a”\u00a0 b' }}",
        '{{ x ~ "it’s – «so»  " }}',
        "{{ 'it’s' }}",
        "{{ “a }}",
        '{{ «a "b" c» }}',
        "{{ «a “b” c» }}",
        "{# a – “remark”\u00a0 #}",
        "{% raw %}{{ “a”  }}{% endraw %}",
        "{%p\u00a0if x %} beside",
        "{%pif x %} beside",
        "{%pif x %}{%p endif %}",
        "{%trif x %}",
        "{%p if x }} beside",
        "{%p if x",
        "{% x }}",
        "{% if }} x }}",
        "{%p for x in p %}",
        "{%p for x in p%}",
        "{%p x p%}",
        "{{ x %}",
        "{{rreference }}",
        "{{ refer\tence }}",
        '{{ "a\\"b" }}',
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    """Text, what stands in plain quotes, remarks, and what would take something else with it."""
    data = with_body(p(text), base="")
    found = mended_copy(data, name="t.docx")
    assert found.mends == ()
    assert found.document is data


@pytest.mark.parametrize(
    "content",
    [
        (note_reference(),),
        (bookmark(), '<w:r><w:br w:type="page"/></w:r>'),
        (char("begin"), code(" PAGE "), char("end")),
    ],
)
def test_a_tag_that_takes_its_paragraph_away_is_not_woken_beside_anything(content: tuple[str, ...]) -> None:
    """A note, a page break or a field would go with it."""
    assert mended("{%pif x %}", *content)[1] == []
    assert mended("{%pif x %}", bookmark()) == ("{%p if x %}", ["letter"])


def test_a_row_is_woken_where_all_else_in_it_is_empty() -> None:
    """A row with text in another cell stays."""
    rows = table(("{%trfor x in parties %}", ""), ("{{ x.name }}", ""), ("{%trendfor %}", "lost"))
    found = mended_copy(with_body(rows, base=""), name="t.docx")
    assert [mend.what for mend in found.mends] == [f"{SAID['letter']}{{%tr for x in parties %}}"]
    assert str(found.mends[0].spot) == 'body, table 1, row 1, cell 1, paragraph 1: "{%trfor x in parties %}"'


def paragraph_of(document: bytes) -> etree._Element:
    return etree.fromstring(contents(document)[DOCUMENT]).find(f".//{{{W}}}p")


def shape(document: bytes) -> list[str]:
    """Return what the first paragraph is made of: runs as their text, all else by name."""
    return [
        "".join(each.itertext()) if each.tag == f"{{{W}}}r" else etree.QName(each).localname
        for each in paragraph_of(document)
    ]


@pytest.mark.parametrize(
    ("content", "made"),
    [
        (("a {", PROOF, run("{ x", look=BOLD), PROOF, run(" }} b", look="<w:i/>")), ["a {{ x }}", " b"]),
        (("{{ x", bookmark(), run(" }}")), ["{{ x }}", "bookmarkStart", "bookmarkEnd"]),
        (("{{ ", link(run("x")), run(" }} b")), ["{{ x }}", "hyperlink", " b"]),
        ((link(run("{{ "), run("x }}")),), ["hyperlink"]),
        (("{{ x", '<w:commentRangeStart w:id="1"/>', run(" }}b"), '<w:commentRangeEnd w:id="1"/>'),
         ["{{ x }}", "commentRangeStart", "b", "commentRangeEnd"]),
        (("{{ x ", "<w:r><w:tab/></w:r>", run("}} b")), ["{{ x }}", " b"]),
        (("<w:r><w:t>{{ a</w:t><w:t> }}b</w:t></w:r>",), ["{{ a }}b"]),
        (("{{ a", run(" }}{{"), run(" b }}")), ["{{ a }}", "{{ b }}"]),
        (("{# a", run("b #}")), ["{# ab #}"]),
    ],
)  # fmt: skip
def test_a_split_tag_stands_in_the_run_it_begins_in(content: tuple[str, ...], made: list[str]) -> None:
    """What is left empty goes, what would be lost stands behind it, the text behind keeps its own run."""
    found = mended_copy(with_body(p(*content), base=""), name="t.docx")
    assert {mend.what.partition(": ")[0] for mend in found.mends} == {SAID["split"].partition(": ")[0]}
    assert shape(found.document) == made


def test_a_tag_in_one_piece_has_the_formatting_of_its_first_letter() -> None:
    """And the text behind it that of its own run, with the blank that it begins with."""
    data = with_body(p(run("a {{", look=BOLD), run(" x }} b").replace(' xml:space="preserve"', "")), base="")
    first, second = paragraph_of(mended_copy(data, name="t.docx").document)
    assert first.find(f"{{{W}}}rPr/{{{W}}}b") is not None
    assert etree.tostring(second).decode().count(' xml:space="preserve"> b</w:t>') == 1


def test_parts_within_one_insertion_are_joined() -> None:
    """Two neighbouring ones too; the tag stays inserted."""
    found = mended_copy(with_body(p(inserted("{{ x"), inserted(" }} b")), base=""), name="t.docx")
    assert shape(found.document) == ["ins", "ins"]
    assert ["".join(each.itertext()) for each in paragraph_of(found.document)] == ["{{ x }}", " b"]


@pytest.mark.parametrize(
    "content",
    [
        ("{{ x", inserted(" }}")),
        ("{{ x", deleted("y"), " }}"),
        (deleted("{{ x"), deleted(" }}")),
        ("{{ ", link(run("x }}"))),
        (link(run("{{ x")), link(run(" }}"))),
        ("{{ x", note_reference(), run(" }}")),
        ("{{ x", char("begin"), code(" PAGE "), char("end"), run(" }}")),
        ("{{ ", control(run("x")), run(" }}")),
        ("{{ refer", "<w:r><w:br/></w:r>", run("ence }}")),
        ("{{ x ", "<w:r><w:br w:type='page'/></w:r>", run("}}")),
        ("{{ x ", "<w:r><w:noBreakHyphen/></w:r>", run(" 1 }}")),
        (run("{{  x }}").replace("}}", "}}<!-- odd -->"),),
    ],
)
def test_a_tag_that_something_else_is_in_stays_split(content: tuple[str, ...]) -> None:
    """Borders of tracked changes, links, fields and controls, notes, breaks: for the author to decide."""
    data = with_body(p(*content), base="")
    assert mended_copy(data, name="t.docx").document is data


def test_a_tag_over_two_paragraphs_stays() -> None:
    """It is told by the check."""
    data = with_body(p("{{ “a") + p("” }}"), base="")
    assert mended_copy(data, name="t.docx").mends == ()


def test_a_text_box_is_told_once_and_mended_twice() -> None:
    """Both copies are the same afterwards."""
    found = mended_copy(with_body(p("x", box(p("{{  a }}"))), base=""), name="t.docx")
    assert [(mend.what, mend.spot.words) for mend in found.mends] == [
        (f"{SAID['doubled']}{{{{ a }}}}", "text box 1, paragraph 1")
    ]
    assert contents(found.document)[DOCUMENT].count(b"{{ a }}") == 2


def test_mends_come_in_order_of_place_and_other_parts_keep_their_bytes() -> None:
    """Those of the body before those of the properties, which are mended too."""
    data = with_body(p("{{ x – 1 }}") + p("{% if x }}") + p("{{ «a» }}"), base="")
    data = edited(data, "docProps/core.xml", "A title", "{{ “a” }}")
    found = mended_copy(data, name="t.docx")
    assert [(mend.spot.label, mend.spot.words) for mend in found.mends] == [
        *(("body", f"paragraph {number}") for number in (1, 2, 3)),
        ("document properties", "title"),
    ]
    before, after = contents(data), contents(found.document)
    assert [name for name in before if before[name] != after[name]] == ["docProps/core.xml", DOCUMENT]
    assert mended_copy(data, name="t.docx") == found


def test_a_description_of_a_picture_stays() -> None:
    """An attribute is not written anew."""
    data = edited(with_body(p("x", box(p("y"))), base=""), DOCUMENT, 'name="Box 1"', 'name="{{  a }}"')
    assert mended_copy(data, name="t.docx").mends == ()


def test_what_cannot_be_read_is_refused() -> None:
    """As reading does."""
    with pytest.raises(TemplateError) as refused:
        mended_copy(b"nothing", name="t.docx")
    assert [problem.code for problem in refused.value.problems] == ["template-unreadable"]


def loud(data: bytes) -> set[tuple[str, str, str]]:
    """Return what the check says of a template."""
    return {(flaw.code, flaw.message, flaw.spot.words) for flaw in check_template(data, name="t.docx")}


@pytest.mark.parametrize("each", [*broken_templates(), *sound()], ids=lambda each: each.name)
def test_a_mended_template_has_no_new_flaw_and_renders_the_same(each) -> None:
    """Each broken and each sound one: fewer flaws or the same, and the same text where there was one."""
    try:
        found = mended_copy(each.data, name="t.docx")
    except TemplateError:
        return
    assert bool(found.mends) == (found.document is not each.data)
    if not found.mends:
        return
    before, after = loud(each.data), loud(found.document)
    assert after <= before
    mended_kinds = {mend.what.partition(":")[0] for mend in found.mends}
    if SAID["split"].partition(":")[0] in mended_kinds:
        assert [said for said in after if said[0] in MENDED or "is split" in said[1]] == []
    assert [said for said in after if "cannot stand in a tag" in said[1]] == []
    values = getattr(each, "values", {})
    try:
        text = text_of(by_rendering(each.data, values))
    except TemplateError:
        return
    assert text_of(by_rendering(found.document, values)) == text


TAGS = [
    "{{ reference }}",
    "{{\u00a0 reference\u2009}}",
    "{{  partner.name  }}",
    "{{ ref\u200berence }}",
    "{% if is_draft %}x{% endif %}",
    "{{ version – 1 }}",
    "{{ “a – b” }}",
    "{{ „a“ ~ «b» }}",
    "{{ 'x\u00a0 – y' ~ reference }}",
    '{{ ‘a "b"’ ~ “c ‘d’” }}',
    '{{ "it’s «so»" }}',
    "{{ 'it’s' }}",
    "{# a  – b #}",
    "{% raw %}{{ “a”  }}{% endraw %}",
]
OUTSIDE = ["", " ", "“Text” – ", "a\u00a0 b", "&<", "{1} "]
LOOKS = ["", BOLD, "<w:i/>"]


def outside(paragraph: Paragraph, tags: list) -> list[tuple[str, str]]:
    """Return the letters that stand in no tag, each with the formatting of its run."""
    inside = {offset for tag in tags if tag.first is paragraph for offset in range(tag.start, tag.end)}
    found = []
    for piece in paragraph.pieces:
        look = piece.element.getparent().find(f"{{{W}}}rPr")
        said = "" if look is None else etree.tostring(look, with_tail=False).decode()
        found += [(piece.text[i], said) for i in range(len(piece.text)) if piece.start + i not in inside]
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(OUTSIDE), st.sampled_from([*TAGS, ""])), min_size=1, max_size=4), st.data())
def test_text_outside_of_tags_never_changes_and_twice_is_once(pieces, data) -> None:
    """However the tags are split over runs and formatted; what rendered before gives the same text."""
    text = "".join(before + tag for before, tag in pieces)
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))) | {0, len(text)})
    runs = [run(text[a:b], look=data.draw(st.sampled_from(LOOKS))) for a, b in pairwise(cuts)]
    template = with_body(p(*data.draw(st.sampled_from([runs, [each for one in runs for each in (one, PROOF)]]))))
    found = mended_copy(template, name="t.docx")
    old, new = body_of(template), body_of(found.document)
    assert outside(new.paragraphs[4], list(new.tags)) == outside(old.paragraphs[4], list(old.tags))
    assert [len({id(piece) for _, piece, *_ in tag.pieces}) for tag in new.tags if tag.is_whole] == [1] * len(new.tags)
    again = mended_copy(found.document, name="t.docx")
    assert (again.mends, again.document) == ((), found.document)
    try:
        rendered = text_of(by_rendering(template, {}))
    except TemplateError:
        return
    assert text_of(by_rendering(found.document, {})) == rendered


def test_a_file_that_is_only_read_keeps_its_letters() -> None:
    """A body with other prefixes is mended as it is written."""
    runs = "<x:r><x:t>{{</x:t></x:r><x:r><x:t> y }}</x:t></x:r>"
    body = f'<x:document xmlns:x="{W}"><x:body><x:p>{runs}</x:p></x:body></x:document>'
    found = mended_copy(changed(with_body(""), **{DOCUMENT: body}), name="t.docx")
    assert [each[1] for each in letters(etree.fromstring(contents(found.document)[DOCUMENT]))[0]] == list("{{ y }}")
