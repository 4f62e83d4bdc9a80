"""Templates that people bring along: other tools, other lists, other headers, damage."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from word_documents import TEMPLATE, body, changed, compiled, converted, part, shown

from elca_docs.errors import TemplateError
from elca_docs.model.blocks import Contents, Heading, Listing, Paragraph, line

BLOCKS = (Contents(), Heading(text="One"), Heading(text="Deep", level=2), Listing(entries=(line("a"),)))


@pytest.mark.parametrize("data", [b"", b"PK", b"not a file", TEMPLATE[:2000], TEMPLATE[:-30]])
def test_what_is_no_word_file_is_refused(data):
    """template-unreadable: empty, truncated and foreign files give one problem and no traceback."""
    with pytest.raises(TemplateError) as refused:
        compiled(template=data)
    assert {problem.code for problem in refused.value.problems} == {"template-unreadable"}


def test_a_word_file_without_its_main_part_is_refused():
    """template-unreadable or template-not-word: a package that says it is Word and lacks the document."""
    with pytest.raises(TemplateError):
        compiled(template=changed(TEMPLATE, "word/document.xml", lambda _: None))


def test_a_part_that_is_announced_and_missing_is_refused():
    """template-unreadable: a relationship leads to a part that is not in the file."""
    with pytest.raises(TemplateError) as refused:
        compiled(template=changed(TEMPLATE, "word/header1.xml", lambda _: None))
    assert [problem.code for problem in refused.value.problems] == ["template-unreadable"]


def test_a_dotx_is_refused():
    """template-not-word: a Word template (.dotx) is no document."""
    kind = "document.main+xml"
    template = changed(TEMPLATE, "[Content_Types].xml", lambda xml: xml.replace(kind, "template.main+xml"))
    with pytest.raises(TemplateError) as refused:
        compiled(template=template)
    assert [problem.code for problem in refused.value.problems] == ["template-not-word"]


def test_a_template_without_lists_gets_them():
    """Where the styles are bound to no list, headings, bullets and numbers are bound to lists that are added."""
    bare = changed(TEMPLATE, "word/styles.xml", lambda xml: re.sub("<w:numPr>.*?</w:numPr>", "", xml))
    bare = changed(bare, "word/numbering.xml", lambda _: None)
    bare = changed(bare, "[Content_Types].xml", lambda xml: re.sub("<Override[^>]*numbering[^>]*/>", "", xml))
    bare = changed(
        bare, "word/_rels/document.xml.rels", lambda xml: re.sub("<Relationship [^>]*numbering[^>]*/>", "", xml)
    )
    data = compiled(*BLOCKS, Listing(entries=(line("a"),), ordered=True), template=bare)
    numbering = part(data, "word/numbering.xml")
    patterns = [each.get(qn("w:val")) for each in numbering.iter(qn("w:lvlText"))]
    assert patterns == ["%1", "%1.%2", "%1.%2.%3", "•", "%1."]
    bound = [each.get(qn("w:val")) for each in numbering.iter(qn("w:pStyle"))]
    assert bound == ["Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"]
    styles = part(data, "word/styles.xml")
    assert len(list(styles.iter(qn("w:numId")))) == 5
    assert compiled(*BLOCKS, template=bare) == compiled(*BLOCKS, template=bare)


def test_the_template_s_own_text_stays_in_front():
    """A consortium's own first page is kept: blocks are appended."""
    own = changed(
        TEMPLATE,
        "word/document.xml",
        lambda xml: xml.replace("<w:body>", "<w:body><w:p><w:r><w:t>Our own cover</w:t></w:r></w:p>"),
    )
    assert [each.text for each in body(Heading(text="One"), template=own).paragraphs] == ["Our own cover", "One"]


def test_style_names_are_found_whatever_their_capitals():
    """LibreOffice writes "Heading 1", Word "heading 1": both are the style."""
    upper = changed(TEMPLATE, "word/styles.xml", lambda xml: xml.replace('"heading 1"', '"HEADING 1"'))
    assert compiled(Heading(text="One"), template=upper)


def test_a_template_without_language_gets_one():
    """Where no style names a language, the default paragraph style gets the document's."""
    silent = changed(TEMPLATE, "word/styles.xml", lambda xml: re.sub("<w:lang [^>]*/>", "", xml))
    found = list(part(compiled(template=silent, language="de"), "word/styles.xml").iter(qn("w:lang")))
    assert [each.get(qn("w:val")) for each in found] == ["de-DE"]


def test_simple_and_quoted_fields_are_filled_too():
    """A header may repeat the title by fldSimple or by DOCPROPERTY; other fields keep what they show."""
    fields = (
        '<w:fldSimple w:instr=" DOCPROPERTY &quot;Title&quot; "><w:r><w:t>old</w:t></w:r><w:r><w:t>er</w:t></w:r>'
        '</w:fldSimple><w:r><w:t> by </w:t></w:r><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>nobody</w:t></w:r>'
        '</w:fldSimple><w:fldSimple w:instr=""><w:r><w:t>.</w:t></w:r></w:fldSimple>'
    )
    template = changed(
        TEMPLATE, "word/header1.xml", lambda xml: re.sub("(<w:pPr>.*?</w:pPr>).*</w:p>", rf"\1{fields}</w:p>", xml)
    )
    assert shown(part(compiled(template=template), "word/header1.xml")) == "A plan by nobody."


def test_a_page_without_measures_has_a_usual_width():
    """A section that does not say how wide it is becomes A4 with usual margins, for tables and for every program."""
    bare = changed(TEMPLATE, "word/document.xml", lambda xml: re.sub("<w:pgSz [^>]*/>|<w:pgMar [^>]*/>", "", xml))
    made = body(Paragraph(spans=line("x"), style="foot"), template=bare)
    assert made.paragraphs[0].paragraph_format.element.find(f".//{qn('w:framePr')}").get(qn("w:w")) == "9026"
    (page,) = made.sections
    assert (page.page_width.twips, page.page_height.twips, page.left_margin.twips) == (11906, 16838, 1440)


def test_properties_related_the_way_libreoffice_does_are_found():
    """A template saved by LibreOffice gives a document with one part of properties, not two of one name."""
    libre = changed(
        TEMPLATE,
        "_rels/.rels",
        lambda xml: xml.replace(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
        ),
    )
    data = compiled(Heading(text="One"), template=libre)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
    assert docx.Document(io.BytesIO(data)).core_properties.title == "A plan"


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_a_template_saved_by_libreoffice_works(tmp_path):
    """The shipped template, opened and saved in LibreOffice, still carries a document."""
    saved = converted(tmp_path, TEMPLATE, "docx").read_bytes()
    data = compiled(*BLOCKS, template=saved)
    assert compiled(*BLOCKS, template=saved) == data
    assert [each.text for each in docx.Document(io.BytesIO(data)).paragraphs if each.text] == ["One", "Deep", "a"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
