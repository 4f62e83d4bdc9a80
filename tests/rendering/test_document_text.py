"""The text of a Word document as a reader sees it, and how two texts differ."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from word_specimens import word_file

from elca_docs.errors import TemplateError
from elca_docs.rendering import document_text, text_changes

if TYPE_CHECKING:
    from docx.document import Document


def text_of(build: Callable[[Document], object]) -> tuple[str, ...]:
    return document_text(word_file(build), name="text.docx")


def test_paragraphs_come_in_the_order_of_body_headers_footers_and_notes() -> None:
    """What stands in a header is text too: the reference often stands nowhere else."""

    def build(document: Document) -> None:
        document.add_paragraph("one")
        document.sections[0].header.paragraphs[0].text = "at the head"
        document.sections[0].footer.paragraphs[0].text = "at the foot"
        document.add_paragraph("two")

    assert text_of(build) == ("one", "two", "at the head", "at the foot")


def test_blanks_are_joined_and_empty_paragraphs_left_out() -> None:
    """Tabs, line ends and runs of blanks are one blank; what looks empty is."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph("in  two")
        paragraph.add_run("\tparts\n and ")
        paragraph.add_run(" lines")
        document.add_paragraph("   ")
        document.add_paragraph()

    assert text_of(build) == ("in two parts and lines",)


def test_a_hyphen_that_does_not_break_is_a_hyphen() -> None:
    """A reference that Word keeps together reads as the reference."""

    def build(document: Document) -> None:
        run = document.add_paragraph("SAMPLE").add_run()
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run._r.append(parse_xml(f"<w:t {nsdecls('w')}>CA</w:t>"))

    assert text_of(build) == ("SAMPLE-CA",)


def test_cells_and_text_boxes_are_paragraphs_of_their_own() -> None:
    """A paragraph inside another one is not read twice."""
    box = f"<w:r {nsdecls('w')}><w:pict><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:pict></w:r>"

    def build(document: Document) -> None:
        document.add_table(1, 2).rows[0].cells[1].text = "in the cell"
        document.add_paragraph("around the box")._p.append(parse_xml(box))

    assert text_of(build) == ("in the cell", "around the box", "in the box")


@pytest.mark.parametrize("mark", ["ins", "del", "moveFrom", "moveTo"])
@pytest.mark.parametrize("where", ["body", "header"])
def test_open_tracked_changes_make_two_texts_of_one(mark: str, where: str) -> None:
    """Whatever is inserted, deleted or moved, and wherever: who signs would not know what."""

    def build(document: Document) -> None:
        place = document.sections[0].header.paragraphs[0] if where == "header" else document.add_paragraph("x")
        place._p.append(OxmlElement(f"w:{mark}"))

    with pytest.raises(TemplateError) as caught:
        text_of(build)
    (problem,) = caught.value.problems
    assert problem.code == "text-has-tracked-changes"
    assert str(problem.location) == "text.docx"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04 torn", None])
def test_what_is_no_word_document_is_refused(data: bytes | None) -> None:
    """As a template would be: one problem, no traceback."""
    if data is None:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as package:
            package.writestr("note.txt", "no document")
        data = written.getvalue()
    with pytest.raises(TemplateError) as caught:
        document_text(data, name="x.docx")
    assert caught.value.problems[0].code.startswith("template-")


def test_equal_texts_do_not_differ() -> None:
    """Nothing is listed where nothing is new."""
    assert text_changes(["a", "b"], ["a", "b"]) == ()


def test_gone_and_new_paragraphs_are_marked_in_order() -> None:
    """Also those that begin with a mark of their own."""
    assert text_changes(["a", "- b", "c"], ["a", "+ x", "c", "--- d"]) == ("- - b", "+ + x", "+ --- d")


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=6))
def test_the_changes_make_the_one_text_into_the_other(old: list[str], new: list[str]) -> None:
    """What is gone stood in the old text, what is new stands in the new one, and the counts add up."""
    changes = text_changes(old, new)
    gone, come = ([each[2:] for each in changes if each[0] == mark] for mark in "-+")
    assert sorted([*old, *come]) == sorted([*new, *gone])
    assert bool(changes) == (old != new)


def test_a_document_of_this_test_is_one_that_word_reads() -> None:
    """The specimens above are Word documents, or the laws say nothing."""
    assert docx.Document(io.BytesIO(word_file(lambda document: document.add_paragraph("x")))).paragraphs[0].text == "x"
