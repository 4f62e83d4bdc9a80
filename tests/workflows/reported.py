"""A project with a year of signatures to report on, a printer that stands for LibreOffice, and how its reports read."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from desks import ROOT, tree
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from elca_docs.errors import Problem

sys.path.insert(0, str(ROOT))  # the benchmark makes such projects of any size
from benchmarks.compile_report import NOW, REPORT, desk, is_signed, prepare

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["NOW", "REPORT", "desk", "is_signed", "prepare"]


class Printer:
    """Stands for LibreOffice: every bookmark of a Word file is on a page of its own, in the order of the text.

    A file of that name in `fails` has a problem instead of a PDF. `printed` are the files in the order they came.
    """

    def __init__(self, **fails: Problem) -> None:
        self.fails = fails
        self.printed: list[str] = []

    def pdfs(self, documents: Mapping[str, bytes], **_: object) -> dict[str, bytes | Problem]:
        """Return a PDF of blank pages for each Word file, with its bookmarks as named destinations."""
        self.printed += documents
        return {name: self.fails.get(name.partition(".")[0]) or _blank(data) for name, data in documents.items()}


def _blank(data: bytes) -> bytes:
    body = docx.Document(io.BytesIO(data)).element.body
    writer = PdfWriter()
    for number, mark in enumerate(body.iter(qn("w:bookmarkStart"))):
        writer.add_blank_page(100, 100)
        writer.add_named_destination(mark.get(qn("w:name")), number)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def output(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return everything below output/ with its time: what a refused report must not touch."""
    return tree(folder / "output") if (folder / "output").is_dir() else {}


def opened(folder: Path, name: str = REPORT) -> Document:
    """Return the compiled report as python-docx reads it."""
    return docx.Document(str(folder / f"output/deliverables/{name}.docx"))


def tables(document: Document) -> dict[str, list[list[str]]]:
    """Return the rows of each table that has a caption, by the caption's text without its number."""
    found: dict[str, list[list[str]]] = {}
    caption = ""
    for element in document.element.body:
        text = "".join(each.text or "" for each in element.iter(qn("w:t")))
        if element.tag == qn("w:p"):
            match = re.fullmatch(r"Table \d+\. (.+)", text)
            caption = match[1] if match else caption
        elif element.tag == qn("w:tbl") and caption:
            found[caption] = [
                [
                    " | ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
                    for cell in row.iterchildren(qn("w:tc"))
                ]
                for row in element.iterchildren(qn("w:tr"))
            ][1:]
            caption = ""
    return found


def entries(document: Document) -> list[tuple[str, str]]:
    """Return the entries of the contents and of the lists in front, in order, each with the page it names."""
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        if not any(each.get(qn("w:anchor")) for each in paragraph.iter(qn("w:hyperlink"))):
            continue
        marks = (qn("w:t"), qn("w:tab"))
        text = "".join("\t" if each.tag == qn("w:tab") else each.text or "" for each in _shown(paragraph, marks))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and re.match("TOC|TableofFigures", style.get(qn("w:val"))):
            words, _, page = text.rpartition("\t")
            found.append((words.replace("\t", " "), page) if page.isdigit() else (text.replace("\t", " "), ""))
    return found


def _shown(paragraph, marks):
    """Yield what is seen of a paragraph; tab stops of its style are not."""
    return (each for each in paragraph.iter(*marks) if each.getparent().tag != qn("w:tabs"))


def headings(document: Document) -> list[str]:
    """Return the numbered headings as they are printed, with the number that Word gives each."""
    counts, found = [0, 0, 0], []
    for paragraph in document.paragraphs:
        match = re.fullmatch(r"Heading ([123])", paragraph.style.name)
        if match:
            level = int(match[1])
            counts[level - 1 :] = [counts[level - 1] + 1, *[0] * (3 - level)]
            found.append(f"{'.'.join(map(str, counts[:level]))} {paragraph.text}")
    return found


def captions(document: Document, label: str) -> list[str]:
    """Return the captions with a label, as they are printed."""
    every = (each.text for each in document.paragraphs if each.style.name == "Caption")
    return [each for each in every if each.startswith(f"{label} ")]


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page without spaces, its header and footer included."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
