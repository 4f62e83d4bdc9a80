"""A marked copy: a comment at each flaw, at its words, and nothing else of the template changed."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from broken_files import broken as broken_templates
from comments_in_words import commented, in_office, letters, said, without_comments
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from template_bits import (
    DOCUMENT,
    R,
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
    note_part,
    p,
    table,
    with_body,
    with_part,
)
from template_bits import r as run

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.marking import marked_copy, unmarked_copy
from elca_docs.authoring.reading import Flaw, Spot, read_template
from elca_docs.errors import TemplateError
from elca_docs.opc import deflated, packaged

UNREADABLE = {"document type", "no Word file"}
BROKEN = [each for each in broken_templates() if each.name not in UNREADABLE]
IN_FIELDS = {
    "tag ends in a field",
    "split in a field code",
    "in a field code",
    "field that fetches",
    "in a field's result",
}
"""What is said of these stands around the whole field."""
OTHER_KIND = {"macros", "template file of Word"}
NAMED = {"ids": lambda each: each.name}
TYPES, RELATIONS, COMMENTS = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"
BOLD = "<w:b/><w:color w:val='FF0000'/>"
MATH = "<w:MATH/>"
FORMULA = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+y</m:t></m:r></m:oMath>'
)


def flaws_of(data: bytes) -> tuple[Flaw, ...]:
    return check_template(data, name="t.docx")


def flaw(start: int, end: int, paragraph: int = 0, message: str = "it is odd", member: str = DOCUMENT) -> Flaw:
    spot = Spot(member=member, label="body", words="paragraph 1", paragraph=paragraph, start=start, end=end)
    return Flaw(code="template-odd", severity="hint", message=message, spot=spot, fix="mend it")


def marked(data: bytes, *flaws: Flaw) -> bytes:
    return marked_copy(data, flaws, name="t.docx")


def one(*content: str, start: int = 0, end: int = 0) -> list[tuple[str, str]]:
    """Return the comments on a body of this one paragraph with a flaw at these characters."""
    return commented(marked(with_body(p(*content).replace(MATH, FORMULA), base=""), flaw(start, end)))


ODD = "it is odd\nFix: mend it"


@pytest.mark.parametrize("broken", BROKEN, **NAMED)
def test_each_flaw_has_one_comment_at_its_words(broken) -> None:
    """The sentence and the fix; where Word allows no comment, the place in words in front, at a point."""
    flaws = flaws_of(broken.data)
    body = next(part for part in read_template(broken.data, name="t.docx").parts if part.label == "body")
    expected = []
    for each in flaws:
        spot, words = each.spot, f"{each.message}\nFix: {each.fix}"
        paragraph = body.paragraphs[spot.paragraph] if spot.member == DOCUMENT and spot.paragraph >= 0 else None
        if paragraph is None or paragraph.flags & {"text box"} or "around a cell" in broken.name:
            expected.append((f"{spot}:\n{words}", ""))
        else:
            expected.append((words, paragraph.text[spot.start : spot.end] if spot.end else paragraph.text))
    found = commented(marked_copy(broken.data, flaws, name="t.docx"))
    ours = [each for each in found if each[0] in {words for words, _ in expected}]
    if broken.name in IN_FIELDS:
        whole = dict(ours)
        assert [words for words, text in expected if text not in whole[words]] == []
    else:
        assert Counter(ours) == Counter(expected)


@pytest.mark.parametrize("broken", BROKEN, **NAMED)
def test_without_its_comments_the_copy_is_the_template(broken) -> None:
    """Every letter with its formatting and what is around it; all other parts byte for byte."""
    copy = marked_copy(broken.data, flaws_of(broken.data), name="t.docx")
    before, after = contents(broken.data), contents(copy)
    assert letters(without_comments(after[DOCUMENT])) == letters(without_comments(before[DOCUMENT]))
    assert {name for name in before if before[name] != after[name]} <= {DOCUMENT, TYPES, RELATIONS, COMMENTS}
    assert set(after) - set(before) <= {COMMENTS}
    if broken.name not in OTHER_KIND:
        opened = Document(io.BytesIO(copy))
        assert len(opened.part.package.parts) > 0


@pytest.mark.parametrize("broken", BROKEN, **NAMED)
def test_our_comments_can_be_taken_out_again(broken) -> None:
    """Then the file is the template but for cut runs, and a file without our comments comes back as it is."""
    copy = marked_copy(broken.data, flaws_of(broken.data), name="t.docx")
    cleared = unmarked_copy(copy, name="t.docx")
    before, after = contents(broken.data), contents(cleared)
    assert letters(without_comments(after.pop(DOCUMENT))) == letters(without_comments(before.pop(DOCUMENT)))
    assert after == before
    assert unmarked_copy(broken.data, name="t.docx") is broken.data


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text("ab &<é\t", min_size=1, max_size=6), st.sampled_from(["", "", BOLD, "del", "ins"])),
             min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=4),
)  # fmt: skip
def test_whatever_is_marked_stands_between_the_ends_and_nothing_else_changes(pieces, spans) -> None:
    """Any characters of any runs, tracked changes among them; overlapping, touching, none at all."""
    makers = {"del": deleted, "ins": inserted}
    content = [makers[look](text) if look in makers else run(text, look=look) for text, look in pieces]
    data = with_body(p(*content), base="")
    text = "".join(text for text, _ in pieces)
    flaws = [flaw(min(span), max(span), message=str(number)) for number, span in enumerate(spans)]
    copy = marked(data, *flaws)
    expected = []
    for each in flaws:
        start, end = each.spot.start, min(each.spot.end, len(text))
        expected.append((f"{each.message}\nFix: mend it", text[start:end] or text))
    assert Counter(commented(copy)) == Counter(expected)
    assert letters(without_comments(contents(copy)[DOCUMENT])) == letters(without_comments(contents(data)[DOCUMENT]))
    assert marked(data, *flaws) == copy


@pytest.mark.parametrize(
    ("content", "span", "text"),
    [
        (("one ", bookmark(), "two three"), (4, 7), "two"),
        ((run("one two").replace("two", "</w:t><w:tab/><w:t>two"),), (4, 6), "\tt"),
        ((run("one two").replace("two", "</w:t><w:tab/><w:t>two"),), (0, 5), "one \t"),
        (("a ", link(run("linked"), run(" text")), " b"), (4, 9), "nked "),
        (("a ", f'<w:fldSimple w:instr=" PAGE ">{run("12")}</w:fldSimple>', " b"), (3, 5), "12 "),
        (("a ", f"<w:p2>{run('odd')}</w:p2>".replace("w:p2", "w:rt"), " b"), (3, 4), "odd"),
        (("a ", char("begin"), code(" PAGE "), char("separate"), run("12"), char("end"), " b"), (8, 9), " PAGE 12"),
        (("a ", char("begin"), code(" PAGE "), " b"), (3, 4), "P"),
        (("a ", control(run("held")), " b"), (3, 5), "el"),
        (("a ", MATH, " b"), (0, 3), "a "),
        (("a", run("&<>").replace("&amp;", "&#38;")), (2, 3), "<"),
    ],
)
def test_a_comment_stands_at_its_characters_or_around_what_cannot_be_cut(content, span, text) -> None:
    """Signs, links, content controls are entered; simple fields, whole fields and formulas are not."""
    assert one(*content, start=span[0], end=span[1]) == [(ODD, text)]


def test_no_blank_is_lost_at_a_cut() -> None:
    """Word leaves out blanks at the ends of a text that does not say it keeps them."""
    data = with_body(p(run("a b c").replace(' xml:space="preserve"', "")), base="")
    texts = list(etree.fromstring(contents(marked(data, flaw(2, 4)))[DOCUMENT]).iter(f"{{{W}}}t"))
    keeps = "{http://www.w3.org/XML/1998/namespace}space"
    assert [each.text for each in texts] == ["a ", "b ", "c"]
    assert [each.get(keeps) for each in texts[:2]] == ["preserve", "preserve"]


def test_a_text_written_with_comments_in_it_is_marked_whole() -> None:
    """No word processor writes so; it is no reason to fail."""
    assert one(run("one two").replace("one ", "one <!-- odd -->"), "three", start=1, end=2) == [(ODD, "one ")]


@pytest.mark.parametrize("xml", ["<w:p/>", "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>", "<w:p></w:p>"])
def test_an_empty_paragraph_is_marked_at_a_point(xml: str) -> None:
    """Behind its properties."""
    copy = marked(with_body(xml, base=""), flaw(0, 0))
    assert commented(copy) == [(ODD, "")]
    paragraph = without_comments(contents(copy)[DOCUMENT]).find(f".//{{{W}}}p")
    assert [each.tag for each in paragraph] == ([f"{{{W}}}pPr"] if "pPr" in xml else [])


@pytest.mark.parametrize("body", ["<w:body></w:body>", "<w:body/>"])
def test_a_body_without_a_paragraph_gets_an_empty_one(body: str) -> None:
    """So that the comment has a place."""
    data = edited(with_body(""), DOCUMENT, "<w:body>.*</w:body>", body)
    copy = marked(data, flaw(0, 0, paragraph=-1))
    assert commented(copy) == [(f"body, paragraph 1:\n{ODD}", "")]
    assert letters(without_comments(contents(copy)[DOCUMENT])) == [[]]


def test_what_stands_in_a_text_box_is_said_where_the_box_is() -> None:
    """With its place in words: Word allows no comment in it."""
    data = with_body(p("before") + p("with a box", box(p("{{ nothing }}"))))
    copy = marked_copy(data, flaws_of(data), name="t.docx")
    tree = contents(copy)[DOCUMENT].decode()
    assert [words.partition(":")[0] for words, _ in commented(copy)] == ["body, text box 1, paragraph 1"]
    assert tree.index("before") < tree.index("commentRangeStart") < tree.index("with a box")


@pytest.mark.parametrize(
    ("xml", "paragraph", "found"),
    [
        (control(p("held")) + p("next"), 0, (ODD, "held")),
        (control(p("held") + p("too")) + p("next"), 1, (ODD, "oo")),
        (control(control(p("held"))) + p("next"), 0, (ODD, "held")),
        (p("x") + control(p("held")), 1, (f"body, paragraph 1:\n{ODD}", "")),
        (control(p("held")) + control(p("too")) + p("next"), 0, (f"body, paragraph 1:\n{ODD}", "")),
        (control(p("held")), 0, (f"body, paragraph 1:\n{ODD}", "")),
    ],
)
def test_the_first_paragraph_of_a_content_control_is_marked_as_a_whole(xml, paragraph, found) -> None:
    """From before the control to the next paragraph; where none follows, at a point near by, with the place."""
    data = with_body(xml, base="")
    copy = marked(data, flaw(1, 3, paragraph=paragraph))
    assert commented(copy) == [found]
    assert set(map(str, letters(without_comments(contents(data)[DOCUMENT])))) <= set(
        map(str, letters(without_comments(contents(copy)[DOCUMENT])))
    )


def test_text_can_say_anything() -> None:
    """Markup in a message stays text, and what XML cannot hold is replaced."""
    copy = marked(with_body(p("x"), base=""), flaw(0, 1, message='<w:p>&amp; "\x00\ud800\n{{ x }}'))
    assert list(said(copy).values()) == ['<w:p>&amp; "\ufffd\ufffd {{ x }}\nFix: mend it']


def test_no_flaw_gives_the_template_back() -> None:
    """The very bytes."""
    data = with_body(p("x"))
    assert marked(data) is data


def test_a_file_without_a_body_is_refused() -> None:
    """As one that is no Word document; whatever cannot be read is refused as reading does."""
    sheet = edited(with_body(""), DOCUMENT, ".*", '<workbook xmlns="urn:sheet"/>')
    for data, code_of_refusal in ((sheet, "template-not-word"), (b"nothing", "template-unreadable")):
        for make in (lambda data: marked(data, flaw(0, 0)), lambda data: unmarked_copy(data, name="t.docx")):
            with pytest.raises(TemplateError) as refused:
                make(data)
            assert [problem.code for problem in refused.value.problems] == [code_of_refusal]


def with_comment(data: bytes, *, name: str = "comments.xml", target: str = "") -> bytes:
    """Return a file with a comment number 2 at the first letter of its first paragraph."""
    data = with_part(data, "comments", note_part("comments", p("An old one")), name=name)
    ends = '<w:commentRangeStart w:id="2"/>', '<w:commentRangeEnd w:id="2"/><w:r><w:commentReference w:id="2"/></w:r>'
    data = edited(data, DOCUMENT, "(?<=<w:body><w:p>)", f"{ends[0]}{run('o')}{ends[1]}")
    return edited(data, RELATIONS, f'Target="{name}"', f'Target="{target or name}"')


@pytest.mark.parametrize(
    ("name", "target"), [("comments.xml", ""), ("notes/c.xml", "/word/notes/c.xml"), ("c.xml", "../word/./C.xml")]
)
def test_existing_comments_stay_and_ours_get_other_numbers(name: str, target: str) -> None:
    """Wherever their part lies; it is extended, and made smaller again, character by character."""
    data = with_comment(with_body(p("ne two"), base=""), name=name, target=target)
    before, member = contents(data)[f"word/{name}"], f"word/{name}"
    copy = marked(data, *(flaw(0, 3, message=str(number)) for number in range(4)))
    numbered = {"2": "An old one"} | {n: f"{i}\nFix: mend it" for i, n in enumerate(("0", "1", "3", "4"))}
    assert said(copy, member) == numbered
    assert commented(copy, member)[0] == ("An old one", "o")
    assert contents(copy)[member].replace(b"</w:comments>", b"").startswith(before.replace(b"</w:comments>", b""))
    assert contents(unmarked_copy(copy, name="t.docx"))[member] == before
    assert contents(copy)[TYPES] == contents(data)[TYPES]


def test_an_empty_comments_part_is_filled() -> None:
    """Written as one tag, with another prefix for its namespace."""
    data = with_part(with_body(p("x"), base=""), "comments", f'<x:comments xmlns:x="{W}"/>')
    assert commented(marked(data, flaw(0, 1))) == [(ODD, "x")]


@pytest.mark.parametrize(
    "relation",
    [
        f'<Relationship Id="rId1" Type="{R}/comments" Target="gone.xml"/>',
        f'<Relationship Id="rId1" Type="{R}/comments" Target="styles.xml"/>',
        f'<Relationship Id="rId1" Type="{R}/comments" Target="https://example.org/" TargetMode="External"/>',
    ],
)
def test_a_relationship_that_leads_to_no_comments_is_no_obstacle(relation: str) -> None:
    """One within the file gives way to the one that is right."""
    data = edited(with_body(p("x"), base=""), RELATIONS, "</Relationships>", f"{relation}</Relationships>")
    copy = marked(data, flaw(0, 1))
    assert commented(copy) == [(ODD, "x")]
    assert ("gone.xml" in contents(copy)[RELATIONS].decode()) is False


def test_a_body_without_relationships_gets_them_and_a_taken_name_is_left() -> None:
    """Another part may lie under the name already; prefixes may be any."""
    data = with_body(p("x"), base="")
    parts = contents(data)
    del parts[RELATIONS]
    types = parts[TYPES].decode().replace("xmlns=", "xmlns:t=").replace("<", "<t:").replace("<t:/", "</t:")
    bare = packaged(deflated(name, content) for name, content in (parts | {TYPES: types.encode()}).items())
    copy = marked(changed(bare, **{"word/Comments.xml": "<other/>"}), flaw(0, 1))
    assert said(copy, "word/comments2.xml") == {"0": ODD}
    assert contents(copy)[RELATIONS].count(b'Target="comments2.xml"') == 1
    assert b'<Override xmlns="http' in contents(copy)[TYPES]
    assert [each.part.partname for each in [Document(io.BytesIO(copy))]] == ["/word/document.xml"]


def test_a_body_with_other_prefixes_is_marked_too() -> None:
    """Names of elements are taken as the file writes them."""
    body = f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>one two</x:t></x:r></x:p></x:body></x:document>'
    data = changed(with_body(""), **{DOCUMENT: body})
    assert commented(marked(data, flaw(2, 5))) == [(ODD, "e t")]


def test_a_body_in_utf_16_without_its_mark_is_marked_too() -> None:
    """It is written anew in UTF-8, as it was understood."""
    text = contents(with_body(p("one"), base=""))[DOCUMENT].decode()
    data = changed(with_body(""), **{DOCUMENT: f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16-be")})
    assert commented(marked(data, flaw(1, 2))) == [(ODD, "n")]


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_libreoffice_shows_the_comments_at_their_words(tmp_path) -> None:
    """Of every broken template and of tracked changes, links, controls, tables: the same words as in the file."""
    documents = {each.name: marked_copy(each.data, flaws_of(each.data), name="t.docx") for each in BROKEN}
    bodies = {
        "deleted": (p("a ", deleted("gone"), " b"), (3, 5)),
        "inserted": (p("a ", inserted("came"), " b"), (1, 4)),
        "link": (p("a ", link(run("linked")), " b"), (3, 5)),
        "control": (control(p("in a control")) + p("next"), (3, 4)),
        "last control": (p("before") + table((control(p("in a control")) + p("x"), "b")), (3, 4)),
        "control around a table": (control(table((p("in a cell"), "b"))) + p("next"), (3, 4)),
        "control in a cell": (table((control(p("in a control")) + p("x"), "b")), (3, 4)),
        "lonely control": (control(p("in a control")), (3, 4)),
        "inline control": (p("a ", control(run("held")), " b"), (3, 5)),
        "cell": (table((p("in a cell"), "b")), (3, 4)),
        "two": (p("in three", run(" runs", look=BOLD), " here"), (6, 12)),
    }
    data = {name: with_body(xml, base="") for name, (xml, _) in bodies.items()}
    documents |= {name: marked(data[name], flaw(*span)) for name, (_, span) in bodies.items()}
    documents["old"] = marked(with_comment(with_body(p("ne two"), base="")), flaw(1, 2))
    shown = in_office(documents, tmp_path)
    fields = IN_FIELDS | {"footnote in a tag"}
    differing = {
        name: (commented(data), shown[name])
        for name, data in documents.items()
        if name not in fields and flat(commented(data)) != flat(shown[name])
    }
    assert differing == {}
    assert [name for name in fields if len(shown[name]) != len(commented(documents[name]))] == []


def flat(comments: list[tuple[str, str]]) -> Counter[tuple[str, ...]]:
    """Return comments without regard to order and to the width of blanks."""
    return Counter(tuple("".join(each.split()) for each in comment) for comment in comments)
