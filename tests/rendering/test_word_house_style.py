"""The shipped template of a deliverable: built by its script, and complete for every kind of block."""

from __future__ import annotations

import importlib

import pypdf
import pytest
from test_word import EVERYTHING
from word_documents import ROOT, TEMPLATE, compiled, converted, part

from elca_docs.model.blocks import Paragraph, line
from elca_docs.rendering.word_styles import PARAGRAPH_STYLES


def test_the_script_builds_the_template_byte_for_byte(monkeypatch):
    """The template is what its script writes: a change of style is a change of the script."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    script = importlib.import_module("build_deliverable_template")
    assert script.template() == TEMPLATE


def test_the_template_has_a_style_for_every_block():
    """No kind of block or paragraph asks for a style that the shipped template lacks."""
    every = [Paragraph(spans=line("x"), style=style) for style in PARAGRAPH_STYLES]
    assert compiled(*EVERYTHING, *every)


def test_the_template_has_no_text_of_its_own():
    """The body is empty but for the page set-up."""
    document = part(TEMPLATE, "word/document.xml")
    assert [each.tag.rpartition("}")[2] for each in document[0]] == ["sectPr"]


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_the_document_comes_out_as_pages(tmp_path):
    """In LibreOffice the cover stands alone with its foot, numbers and captions show, and pages are counted."""
    made = converted(tmp_path, compiled(*EVERYTHING), "pdf")
    cover, contents, text = (page.extract_text() for page in pypdf.PdfReader(made).pages)
    assert "Disclaimer" in cover
    assert "Page" not in cover
    assert "Page 2 of 3" in contents
    assert "1.1 Deeper" in " ".join(text.split())
    assert "Table 2. Second" in text
