"""More broken templates: what Word itself writes, what docxtpl alone gets wrong, and the file as a whole."""

from __future__ import annotations

from broken_specials import CELL, LINE, NO_DRAFT, TRACKED, enclosed, letters, written
from broken_templates import REFERENCE, Broken, across_paragraphs, everywhere
from template_bits import (
    BASE,
    DOCUMENT,
    MANDATORY,
    NAMESPACES,
    R,
    W,
    bookmark,
    box,
    changed,
    char,
    code,
    control,
    deleted,
    edited,
    inserted,
    note_part,
    note_reference,
    p,
    r,
    related,
    table,
    with_body,
    with_notes,
    with_part,
)

FILE = "file"


def of_word() -> list[Broken]:
    """Return faults with what Word itself writes or keeps: tracked changes, fields, controls, text boxes, lists."""
    result = p(char("begin"), code(" REF there "), char("separate"), r("{{ reference }}"), char("end"))
    split_code = p(char("begin"), code(" QUOTE {{ refer"), code("ence }} "), char("separate"), r("x"), char("end"))
    whole_code = p(char("begin"), code(" QUOTE {{ reference }} "), char("separate"), r("x"), char("end"))
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    nested = p("{%p for x in parties %}") + p("{%p for y in areas %}") + p("{{ y }}", properties=numbered)
    loop, end = p("{%p for x in parties %}"), p("{%p endfor %}")
    comment = '<w:commentRangeStart w:id="2"/>'
    repeated = "template-repeated-in-loop"
    return [
        Broken("change still open", with_body(p("a", inserted("b"))), "template-tracked-changes", LINE,
               severity="warning"),
        Broken("deleted if", with_body(p(deleted("{% if is_draft %}"), "Kept words", deleted("{% endif %}"))),
               "template-deleted-tag", LINE, "Kept words", values=NO_DRAFT, more=TRACKED | {"template-deleted-tag"}),
        Broken("deleted value", with_body(p(deleted("{{ reference }}"), "x")), "template-deleted-tag", LINE,
               severity="warning", more=TRACKED),
        Broken("deleted tag in parts", with_body(p(deleted("{{ refer"), deleted("ence }}"))), "template-syntax", LINE,
               more=TRACKED | {"template-deleted-tag", "template-lost-in-tag"}),
        Broken("moved value", with_body(p(deleted("{{ reference }}").replace("w:del ", "w:moveFrom ").replace(
               "w:del>", "w:moveFrom>"), "x")), "template-deleted-tag", LINE, severity="warning", more=TRACKED),
        Broken("change outside of the text", edited(with_body(""), DOCUMENT, "<w:sectPr/>",
               "<w:sectPr><w:sectPrChange w:id='1' w:author='A'><w:sectPr/></w:sectPrChange></w:sectPr>"),
               "template-tracked-changes", "body", severity="warning"),
        Broken("mark of a placeholder", with_body(p("a \ufdd0")), "template-forbidden", LINE, shown_by="rendering"),
        Broken("comment in a tag", with_body(p("{{ refer", '<w:commentRangeStart w:id="2"/>', "ence }}")),
               "template-lost-in-tag", LINE, severity="warning"),
        Broken("inserted value", with_body(p(inserted("{{ reference }}"))), "template-inserted-tag", LINE,
               severity="warning", more=TRACKED),
        Broken("split in a field code", with_body(split_code), "template-syntax", LINE,
               more=frozenset({"template-tag-in-field-code"})),
        Broken("in a field code", with_body(whole_code), "template-tag-in-field-code", LINE, severity="hint"),
        Broken("in a field's result", with_body(result), "template-tag-in-field-result", LINE, severity="warning"),
        Broken("in a bound control", with_body(p(control(r("{{ reference }}"), bound="/ns0:root/ns0:ref"))),
               "template-tag-in-bound-control", LINE, shown_by="Word"),
        Broken("bound to a property", with_body(p(control(r("{{ reference }}"), bound="/ns1:coreProperties/title"))),
               "template-tag-in-bound-control", LINE, severity="hint"),
        Broken("set in a text box", with_body(p("x", box(p("{% set a = reference %}{{ a }}")))),
               "template-set-in-text-box", "body, text box 1, paragraph 1", severity="hint"),
        Broken("bookmark in a loop", with_body(loop + p("{{ x.name }}", bookmark()) + end), repeated,
               "body, paragraph 6", severity="warning"),
        Broken("comment in a loop", with_body(loop + p("{{ x.name }}", comment) + end), repeated, "body, paragraph 6",
               severity="warning"),
        Broken("footnote in a loop", with_notes(loop + p("{{ x.name }}", note_reference()) + end), repeated,
               "body, paragraph 6", severity="warning"),
        Broken("numbers in a loop in a loop", with_body(nested + end + end), "template-numbering-in-loop",
               "body, paragraph 7", severity="hint"),
        Broken("style that is not there", with_body(p("x", properties='<w:pStyle w:val="Nowhere"/>')),
               "template-unknown-style", LINE, severity="warning"),
        Broken("control around a cell", with_body("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
               f"<w:tr>{control('<w:tc>' + p('a') + '</w:tc>')}<w:tc>{p('b')}</w:tc></w:tr></w:tbl>"),
               "template-control-around-cell", CELL.format(1, 1), severity="warning", keeps=("gridCol", 2)),
        Broken("single braces", with_body(p("Ref { reference }")), "template-single-brace", LINE, severity="warning"),
        Broken("braces apart", with_body(p("Ref { { reference } }")), "template-single-brace", LINE,
               severity="warning"),
    ]  # fmt: skip


def of_docxtpl() -> list[Broken]:
    """Return what works here and not in docxtpl alone."""
    sections = p("", properties="<w:sectPr/>")
    only = "template-docxtpl-only"
    bare = with_body("")
    keywords = edited(bare, "docProps/core.xml", "<cp:keywords/>", "<cp:keywords>{{ reference }}</cp:keywords>")
    quoted = note_part("footnotes", p("{{ reference|default(QUOTE-QUOTE) }}")).replace("QUOTE", "&quot;")
    notes = "{}, {} 1, paragraph 1".format
    return [
        Broken("endnote", with_notes("", "Ref {{ reference }}", "endnotes"), only, notes("endnotes", "endnote"),
               f"Ref {REFERENCE}", "warning"),
        Broken("comment", with_notes("", "Ref {{ reference }}", "comments"), only, notes("comments", "comment"),
               f"Ref {REFERENCE}", "warning"),
        Broken("keywords", keywords, only, "document properties, keywords", f">{REFERENCE}", "warning"),
        Broken("footnote and two sections", with_notes(sections, "Note {{ reference }}"), only,
               notes("footnotes", "footnote"), "Note {{ 7", "warning", values={"reference": "{{ 7 * 7 }}"}),
        Broken("table without a grid", with_body(table(("{{ reference }}",), grid=False)), only, CELL.format(1, 1),
               severity="warning"),
        Broken("ampersand in a tag", with_body(p("{% if project.title == 'A & B' %}Same{% endif %}")), only, LINE,
               "Same", "warning", values={"project": {"title": "A & B"}}),
        Broken("quotes of LibreOffice", with_part(with_body(""), "footnotes", quoted), only, "footnotes",
               severity="warning"),
    ]  # fmt: skip


def of_parts() -> list[Broken]:
    """Return faults of the file as a whole: parts that are never filled in, and what no template may hold."""
    bare = with_body("")
    runs = "<a:r><a:t>Chart {{ refer</a:t></a:r><a:r><a:t>ence }}</a:t></a:r>"
    chart = f'<c:chart xmlns:c="urn:c" {NAMESPACES}><a:p>{runs}</a:p></c:chart>'
    linked = related(with_body(p(f'<w:hyperlink r:id="rId9">{r("there")}</w:hyperlink>')), f"{R}/hyperlink",
                     "https://example.org/%7B%7B%20reference%20%7D%7D", external=True)  # fmt: skip
    fetched = p(char("begin"), code(" INCLUDE"), code("TEXT other.docx "), char("separate"), r("x"), char("end"))
    macro = edited(bare, "[Content_Types].xml", f"{'application/vnd.openxmlformats-officedocument.wordprocessingml.'}"
                   r"document\.main\+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")  # fmt: skip
    dotx = edited(bare, "[Content_Types].xml", r"document\.main\+xml", "template.main+xml")
    doctype = changed(bare, **{"word/styles.xml": f'<!DOCTYPE x><w:styles xmlns:w="{W}"/>'})
    titled = edited(bare, "docProps/core.xml", "A title", "{{ reference|default(“none”) }}")
    unprinted = with_body("", base=BASE.replace(", {{ party.address }}", ""))
    refused = {"shown_by": "rendering"}
    unfilled, outside = "template-unfilled-part", "template-external-reference"
    return [
        Broken("tag in a chart", with_part(bare, "chart", chart, name="charts/chart1.xml", content_type="x+xml"),
               unfilled, "chart, text", f"Chart {REFERENCE}"),
        Broken("tag in building blocks", with_part(bare, "glossary", f"<w:glossaryDocument {NAMESPACES}>"
               f"{p('Block {{ reference }}')}</w:glossaryDocument>", name="glossary/document.xml"),
               unfilled, "building blocks, paragraph 1", f"Block {REFERENCE}"),
        Broken("tag in a link's address", linked, unfilled, LINE, f"example.org/{REFERENCE}"),
        Broken("tag in custom XML", changed(bare, **{"customXml/item1.xml": "<x>Custom {{ reference }}</x>"}),
               unfilled, "custom XML, x", f"Custom {REFERENCE}"),
        Broken("curly quotes in the title", titled, "template-syntax", "document properties, title"),
        Broken("macros", macro, "template-active-content", "body", **refused, more=frozenset({"template-not-word"})),
        Broken("template file of Word", dotx, "template-not-word", FILE, **refused),
        Broken("document type", doctype, "template-doctype", "word/styles.xml", **refused),
        Broken("no Word file", b"no Word file", "template-unreadable", FILE, **refused),
        Broken("embedded object", changed(bare, **{"word/embeddings/object.bin": b"x"}), "template-active-content",
               "word/embeddings/object.bin", **refused),
        Broken("linked picture", related(bare, f"{R}/image", "file:///there.png", external=True), outside,
               "word/_rels/document.xml.rels", **refused),
        Broken("field that fetches", with_body(fetched), "template-fetching-field", LINE, **refused),
        Broken("attached template", related(bare, f"{R}/attachedTemplate", "file:///there.dotx", external=True),
               "template-attached-template", FILE, severity="hint"),
        Broken("no tags", with_body(p("Nothing to fill in"), base=""), "template-no-tags", FILE, severity="warning"),
        Broken("mandatory field forgotten", unprinted, "template-mandatory-unprinted", FILE, severity="warning"),
        Broken("mandatory field of one side only",
               with_body("", base=p(MANDATORY.replace("party.", "partner.")) + p(MANDATORY.replace(
                   "party.", "counterpart.").replace("{{ counterpart.address }}", ""))),
               "template-mandatory-unprinted", FILE, severity="warning"),
        Broken("guarded field that is none", with_body(p("{% if partner.vta is defined %}x{% endif %}")),
               "template-undefined-field", LINE, severity="warning"),
        Broken("yes or no printed", with_body(p("{{ is_draft }}")), "template-prints-yes-no", LINE, severity="warning"),
    ]  # fmt: skip


def broken() -> list[Broken]:
    """Return every broken template there is."""
    return [
        *everywhere(),
        *across_paragraphs(),
        *written(),
        *letters(),
        *enclosed(),
        *of_word(),
        *of_docxtpl(),
        *of_parts(),
    ]
