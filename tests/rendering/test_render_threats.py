"""What a template may be and may hold: limits, and rules on what it reaches for."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_specimens import DOCUMENT, R, W, body_xml, changed, contents, edited, paragraphs, related

from elca_docs.errors import TemplateError
from elca_docs.opc import deflated, members_of, packaged
from elca_docs.rendering import compile_template, package, threats

PLAIN = paragraphs("{{ name }}")
RELS = "word/_rels/document.xml.rels"


def problems(data, *, name="templates/t.docx"):
    """Return the problems with which a template is refused."""
    with pytest.raises(TemplateError) as refused:
        compile_template(data, name=name)
    return refused.value.problems


def codes(data):
    """Return the codes with which a template is refused."""
    return {problem.code for problem in problems(data)}


UNREADABLE = {
    "empty": b"",
    "garbage": b"\x00\x01 no document" * 50,
    "cut off": PLAIN[: len(PLAIN) // 2],
    "a damaged member": PLAIN[:200] + b"\xff\xff\xff\xff" + PLAIN[204:],
    "a part that is not well-formed": changed(PLAIN, {"word/styles.xml": b"<w:styles"}),
    "an unusual encoding": changed(PLAIN, {"word/styles.xml": b'<?xml version="1.0" encoding="cp1252"?><x/>'}),
    "a member outside": changed(PLAIN, {"../../evil.xml": b"<x/>"}),
    "a member at the root": changed(PLAIN, {"/etc/evil.xml": b"<x/>"}),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_an_unreadable_template_gets_one_sentence(case):
    """template-unreadable names the template and says what to do."""
    (problem,) = problems(UNREADABLE[case])
    assert problem.code == "template-unreadable"
    assert problem.location.path == "templates/t.docx"
    assert "save it as a Word document" in problem.fix


def _typed(kind):
    return edited(PLAIN, "[Content_Types].xml", r"[^\"]*wordprocessingml\.document\.main\+xml", kind)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NOT_WORD = {
    "no content types": (changed(PLAIN, {"[Content_Types].xml": None}), "not a Word document"),
    "a spreadsheet": (
        _typed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "not a Word document",
    ),
    "a .dotx": (_typed(f"{WORD}template.main+xml"), r"\.dotx"),
    "strict": (
        edited(
            PLAIN,
            "_rels/.rels",
            'http://[^"]*/officeDocument"',
            'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"',
        ),
        "Strict",
    ),
    "no relationship to the document": (
        edited(PLAIN, "_rels/.rels", 'http://[^"]*/officeDocument"', 'http://example.org/other"'),
        "not a Word document",
    ),
}


@pytest.mark.parametrize("case", NOT_WORD)
def test_another_kind_of_file_is_no_template(case):
    """template-not-word says which kind it is."""
    data, said = NOT_WORD[case]
    (problem,) = problems(data)
    assert problem.code == "template-not-word"
    assert pytest.importorskip("re").search(said, problem.message)


def test_a_file_too_large_is_refused(monkeypatch):
    """template-too-large, by bytes, by members, by content and by ratio, before anything is inflated."""
    bomb = packaged([*members_of(PLAIN), deflated("word/media/image1.bin", b"0" * 1_500_000)])
    assert codes(bomb) == {"template-too-large"}
    for limit, most in (("LARGEST_FILE", 1_000), ("MOST_MEMBERS", 5), ("LARGEST_CONTENT", 1_000)):
        with monkeypatch.context() as patched:
            patched.setattr(package, limit, most)
            (problem,) = problems(PLAIN)
            assert problem.code == "template-too-large"
            assert f"{most:,} is the most" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>',
    ],
    ids=["entities", "external", "utf-16", "utf-7"],
)
@pytest.mark.parametrize(
    "part", [DOCUMENT, "word/header9.xml", "docProps/core.xml", "word/_rels/document.xml.rels", "customXml/item1.xml"]
)
def test_a_doctype_is_refused_in_every_part(part, content):
    """No entity is ever expanded or fetched; an encoding that could hide one is not read either."""
    assert codes(changed(PLAIN, {part: content})) <= {"template-doctype", "template-unreadable"}
    if b"<!DOCTYPE" in content:
        assert codes(changed(PLAIN, {part: content})) == {"template-doctype"}


ACTIVE = {
    "macro content type": _typed("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "vbaProject": changed(PLAIN, {"word/vbaProject.bin": b"x"}),
    "activeX": changed(PLAIN, {"word/activeX/activeX1.bin": b"x"}),
    "embedded object": changed(PLAIN, {"word/embeddings/oleObject1.bin": b"x"}),
    "embedded document": changed(PLAIN, {"word/embeddings/other.docx": b"x"}),
    "imported file": related(PLAIN, f"{R}/aFChunk", "chunk.html"),
    "control": related(PLAIN, f"{R}/control", "activeX1.xml"),
    "subdocument": related(PLAIN, f"{R}/subDocument", "file:///other.docx", external=True),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_active_content_is_refused(case):
    """template-active-content for macros, controls, embedded objects and imported files."""
    assert codes(ACTIVE[case]) == {"template-active-content"}


def test_a_chart_may_keep_its_worksheet():
    """The worksheet behind a chart is no active content."""
    sheet = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    compiled = compile_template(changed(PLAIN, {sheet: b"x"}), name="t.docx")
    with zipfile.ZipFile(io.BytesIO(compiled.render({}, mode="docxtpl"))) as made:
        assert made.read(sheet) == b"x"


EXTERNAL = {
    "linked picture": (f"{R}/image", "http://example.org/p.png"),
    "file link": (f"{R}/hyperlink", "file:///etc/passwd"),
    "script link": (f"{R}/hyperlink", "javascript:alert(1)"),
    "relative link": (f"{R}/hyperlink", "other.docx"),
    "no link": (f"{R}/hyperlink", " javascript:http://example.org"),
    "data source": (f"{R}/externalLink", "http://example.org/x.xlsx"),
}


@pytest.mark.parametrize("case", EXTERNAL)
def test_what_lies_outside_the_file_is_refused(case):
    """template-external-reference names the part and the target."""
    (problem,) = problems(related(PLAIN, *EXTERNAL[case], external=True))
    assert problem.code == "template-external-reference"
    assert EXTERNAL[case][1] in problem.message
    assert problem.location.place == RELS


@pytest.mark.parametrize(
    "target", ["https://example.org", "http://example.org/a?b=c", "mailto:office@example.org", "#anchor"]
)
def test_an_ordinary_link_is_allowed(target):
    """http, https, mailto and places in the document."""
    data = related(PLAIN, f"{R}/hyperlink", target.replace("&", "&amp;"), external=True)
    assert compile_template(data, name="t.docx").render({"name": "x"})


def test_a_mail_merge_source_is_refused():
    """A connection to a database in the settings is a fetch."""
    data = edited(
        PLAIN, "word/settings.xml", "</w:settings>", "<w:mailMerge><w:connectString/></w:mailMerge></w:settings>"
    )
    assert codes(data) == {"template-external-reference"}


def test_an_attached_template_is_left_out():
    """A path on somebody's computer, common in ordinary files, does not travel with our documents."""
    data = changed(PLAIN, {"word/_rels/settings.xml.rels": contents(PLAIN)["_rels/.rels"]})
    data = edited(data, "word/_rels/settings.xml.rels", "<Relationship .*(?=</Relationships>)", "")
    data = related(
        data, f"{R}/attachedTemplate", "file:///C:/Users/x/a.dotx", external=True, rels="word/_rels/settings.xml.rels"
    )
    data = edited(
        data,
        "word/settings.xml",
        r"(?<=<w:zoom)[^>]*/>",
        f' w:percent="100"/><w:attachedTemplate xmlns:r="{R}" r:id="rIdTest"/>',
    )
    made = contents(compile_template(data, name="t.docx").render({"name": "x"}))
    assert b"attachedTemplate" not in made["word/settings.xml"] + made["word/_rels/settings.xml.rels"]
    assert b"a.dotx" not in b"".join(made.values())


def _field(*codes_):
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes_)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


FETCHING = {
    "whole": _field(' INCLUDETEXT "file:///etc/passwd" '),
    "split over runs": _field(" INCLUDE", "PICTURE ", "&quot;http://example.org&quot;"),
    "simple": '<w:p><w:fldSimple w:instr=" DDEAUTO excel x "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
    "small letters": _field("link Excel.Sheet"),
    "nested": _field(" IF 1 = 1 ").replace("</w:p>", "") + _field(" DATABASE x ")[5:],
    "in a field": _field(" IF ", "INNER").replace(
        "<w:r><w:instrText>INNER</w:instrText></w:r>", _field(" DDE x ")[5:-6]
    ),
    "never ended": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>RD x</w:instrText></w:r></w:p>',
    "without a beginning": "<w:p><w:r><w:instrText>IMPORT x</w:instrText></w:r></w:p>",
}


@pytest.mark.parametrize("case", FETCHING)
def test_a_field_that_fetches_is_refused(case):
    """template-fetching-field, however the field's code is laid out."""
    assert codes(body_xml(PLAIN, FETCHING[case])) == {"template-fetching-field"}


@pytest.mark.parametrize(
    "code", [" PAGE ", ' TOC \\o "1-3" ', " NUMPAGES ", ' HYPERLINK "https://example.org" ', " SEQ Table "]
)
def test_an_ordinary_field_is_allowed(code):
    """Page numbers, contents and captions stay."""
    assert compile_template(body_xml(PLAIN, _field(code)), name="t.docx").render({})


def test_all_threats_are_listed_at_once():
    """Whoever repairs the template sees all of it."""
    data = related(body_xml(PLAIN, FETCHING["whole"]), f"{R}/image", "http://example.org/p.png", external=True)
    data = changed(data, {"word/vbaProject.bin": b"x"})
    assert codes(data) == {"template-active-content", "template-external-reference", "template-fetching-field"}


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("customXml/item1.xml", b"<x>{{ name }}</x>"),
        ("word/charts/chart1.xml", b"<c>{% if x %}</c>"),
        (
            "word/_rels/header9.xml.rels",
            contents(related(PLAIN, f"{R}/hyperlink", "http://example.org/%7B%7Bx%7D%7D", external=True))[RELS],
        ),
    ],
)
def test_a_tag_that_would_not_be_filled_in_is_refused(part, content):
    """template-unfilled-part: no document goes out with a tag in a chart or in a link's address."""
    (problem,) = problems(changed(PLAIN, {part: content}))
    assert (problem.code, problem.location.place) == ("template-unfilled-part", part)


def test_a_part_with_other_prefixes_is_refused():
    """docxtpl's expressions read w:p; a part that calls it otherwise would come out as it is."""
    xml = f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>{{{{ name }}}}</x:t></x:r></x:p></x:body></x:document>'
    data = changed(PLAIN, {DOCUMENT: xml.encode()})
    assert codes(data) == {"template-unreadable"}


def test_every_rule_is_in_the_row():
    """A rule that is not in the row would never be asked."""
    rules = {
        name for name, rule in vars(threats).items() if getattr(rule, "__annotations__", {}).get("package") == "Package"
    }
    rules &= {name for name in rules if vars(threats)[name].__annotations__["return"] == "Iterator[Problem]"}
    assert rules == {rule.__name__ for rule in threats.RULES}
