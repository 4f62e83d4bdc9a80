"""Builds templates/agreements/*.docx from agreement_texts/, so that a change of wording can be read as a diff.

Run it after an edit: `python scripts/build_agreement_templates.py`. The wording stands in the text files, the look in
`agreement_layout`, the tables in `agreement_tables`; here they are put together. The same texts always give the same
bytes: members are stored, not deflated, since compression differs between machines, and dates are fixed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agreement_layout import (
    LINE,
    TEXT_WIDTH,
    apply_numbering,
    apply_page,
    apply_styles,
    drop_leftovers,
)
from agreement_pieces import add_field, add_rule, add_tab
from agreement_source import Source, parsed
from agreement_tables import TABLES, reference_strip
from docx import Document
from docx.shared import Cm

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import _Footer, _Header
    from docx.text.paragraph import Paragraph

TEXTS = Path(__file__).resolve().parent / "agreement_texts"
TARGET = Path(__file__).resolve().parent.parent / "templates" / "agreements"
TEMPLATES = {
    "business.docx": "business.en.md",
    "cooperation.docx": "cooperation.en.md",
    "cooperation.es.docx": "cooperation.es.md",
}
_STYLES = {
    "part": "Part",
    "clause": "Heading 1",
    "text": "Clause",
    "point": "Point",
    "recital": "Recital",
    "quote": "Quotation",
    "control": "Clause",
}
_WRITTEN = datetime(2020, 1, 1, tzinfo=UTC)


def built(text: str) -> bytes:
    """Return the Word template that a text file describes."""
    source = parsed(text)
    document = Document()
    drop_leftovers(document)
    apply_styles(document, source.words["language"])
    apply_numbering(document)
    apply_page(document)
    _write_head(document, source)
    _write_body(document, source)
    _write_margins(document, source)
    _write_properties(document, source)
    return _packed(document)


def main() -> None:
    """Write all templates."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in TEMPLATES.items():
        (TARGET / name).write_bytes(built((TEXTS / text).read_text(encoding="utf-8")))
        print(f"wrote {name}")


def _write_head(document: Word, source: Source) -> None:
    """Write the title and what stands around it on the first page."""
    _paragraph(document, "Kicker", "{{ project.title }}")
    _paragraph(document, "Title", "{{ agreement.title }}")
    _paragraph(document, "Subtitle", source.words["subtitle"])
    reference_strip(document, source.words)
    draft = "{% if is_draft %}" + source.words["draft_note"] + " {% endif %}"
    _paragraph(document, "Note", draft + source.words["note"])


def _write_body(document: Word, source: Source) -> None:
    """Write the blocks; what introduces a list or a quotation stays on its page."""
    kinds = [block.kind for block in source.blocks]
    for block, before, after in zip(source.blocks, ("part", *kinds), (*kinds[1:], "part"), strict=False):
        if block.kind == "table":
            TABLES[block.text](document, source.words)
            continue
        paragraph = _paragraph(document, _STYLES[block.kind], block.text)
        if block.kind == "text" and (block.text.endswith(":") or after in {"point", "quote", "table"}):
            paragraph.paragraph_format.keep_with_next = True
        if block.kind == "text" and before == "table":
            paragraph.paragraph_format.space_before = Cm(0.25)
    words = source.words
    closing = _paragraph(
        document, "Closing", f"{words['end']} {{{{ reference }}}}, {words['version'].lower()} {{{{ version }}}}"
    )
    add_rule(closing, "top", LINE)


def _write_margins(document: Word, source: Source) -> None:
    """Write headers and footers; the first page's footer holds the funding texts as well."""
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        _write_header(header)
    small = section.first_page_footer
    for number, name in enumerate(("project.funding_line", "project.disclaimer")):
        _margin_paragraph(small, "Fine Print", f"{{%p if {name} %}}", fresh=number > 0)
        _margin_paragraph(small, "Fine Print", f"{{{{ {name} }}}}", fresh=True)
        _margin_paragraph(small, "Fine Print", "{%p endif %}", fresh=True)
    _write_footer(_margin_paragraph(small, "Footer", "", fresh=True), source)
    _write_footer(_margin_paragraph(section.footer, "Footer", "", fresh=False), source)


def _write_header(header: _Header) -> None:
    paragraph = _margin_paragraph(header, "Header", "", fresh=False)
    add_tab(paragraph, TEXT_WIDTH, right=True)
    paragraph.add_run("{{ reference }}").style = "Mark"
    paragraph.add_run("  ·  {{ agreement.title }}\t")
    paragraph.add_run("{% if is_draft %}{{ status_label }}{% endif %}").style = "Draft Mark"
    add_rule(paragraph, "bottom", LINE)


def _write_footer(paragraph: Paragraph, source: Source) -> None:
    words = source.words
    add_tab(paragraph, TEXT_WIDTH, right=True)
    paragraph.add_run("{{ project.acronym }}  ·  {{ reference }}  ·  " + words["version"].lower() + " {{ version }}\t")
    paragraph.add_run(words["page"] + " ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(f" {words['of']} ")
    add_field(paragraph, "NUMPAGES", "5")
    add_rule(paragraph, "top", LINE)


def _margin_paragraph(margin: _Header | _Footer, style: str, text: str, *, fresh: bool) -> Paragraph:
    """Return a paragraph of a header or footer; the first one is there already."""
    margin.is_linked_to_previous = False
    paragraph = margin.add_paragraph() if fresh else margin.paragraphs[0]
    paragraph.style = style
    if text:
        paragraph.add_run(text)
    return paragraph


def _write_properties(document: Word, source: Source) -> None:
    core = document.core_properties
    core.title, core.subject, core.identifier = (
        "{{ agreement.title }} {{ reference }}",
        "{{ reference }}",
        "{{ reference }}",
    )
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.language, core.revision = source.words["language"], 1
    core.created = core.modified = _WRITTEN


def _paragraph(document: Word, style: str, text: str) -> Paragraph:
    """Append a paragraph of one run, so that no field is split."""
    return document.add_paragraph(text, style)


def _packed(document: Word) -> bytes:
    """Return the document with all members stored, and dated alike on every system."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name)
            member.create_system = 0
            target.writestr(member, source.read(name))
    return packed.getvalue()


if __name__ == "__main__":
    main()
