"""Documents whose contents name real pages, alone and with annexes."""

from __future__ import annotations

import hashlib
import io
import re
import sys
import time
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from elca_docs.errors import Problem
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Contents, Heading
from elca_docs.office import office_or_problem
from elca_docs.rendering import bookmarks_of, compile_document
from elca_docs.reporting.separators import separator_blocks, separators_heading
from elca_docs.workflows.documents import annexed, paged

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "rendering"))  # the report's blocks are made there
TEMPLATE = (ROOT / "templates" / "deliverables" / "plan.docx").read_bytes()
BLOCKS = (Contents(), Heading(text="One"), Heading(text="Two"))


def make(blocks=BLOCKS, **more):
    """Return what makes the Word file of blocks from the pages of its entries."""

    def made(pages):
        about = {"title": "Report on nests", "subject": "SAMPLE", "language": "en"} | more
        return compile_document(blocks, TEMPLATE, pages=pages, **about)

    return made


class Printer:
    """Stands for LibreOffice: puts the bookmarks on the pages it is told, one row of pages per round."""

    def __init__(self, *rounds):
        self.rounds = list(rounds)
        self.seen = []

    def pdfs(self, documents, **_):
        (name,) = documents
        self.seen.append(documents[name])
        pages = self.rounds.pop(0)
        if isinstance(pages, Problem):
            return {name: pages}
        writer = PdfWriter()
        for _ in range(19):
            writer.add_blank_page(100, 100)
        for bookmark, page in zip(bookmarks_of(BLOCKS).values(), pages, strict=True):
            writer.add_named_destination(bookmark, page - 1)
        output = io.BytesIO()
        writer.write(output)
        return {name: output.getvalue()}


def entries(data):
    """Return the lines of the contents."""
    control = docx.Document(io.BytesIO(data)).element.body.find(qn("w:sdt"))
    lines = [
        "".join("\t" if t.tag == qn("w:tab") else t.text for t in p.iter(qn("w:t"), qn("w:tab")))
        for p in control.iter(qn("w:p"))
    ]
    return [each for each in lines[1:] if each]


def test_a_document_is_converted_until_its_entries_are_true():
    """The pages that are read are written, until they are those that were written."""
    office = Printer([2, 3], [2, 4], [2, 4])
    found = paged(make(), BLOCKS, office=office, name="a.docx")
    assert entries(found.document) == ["1\tOne\t2", "2\tTwo\t4"]
    assert found.document == office.seen[-1]
    assert (found.problem, len(office.seen)) == (None, 3)
    assert len(PdfReader(io.BytesIO(found.pdf)).pages) == 19


def test_pages_that_never_rest_are_left_to_word():
    """Where each round has other pages, the entries stand without, in the Word file as in the PDF."""
    office = Printer(*([number, 9] for number in (2, 3, 2, 3, 2, 3)))
    found = paged(make(), BLOCKS, office=office, name="a.docx")
    assert entries(found.document) == ["1\tOne", "2\tTwo"]
    assert found.document == office.seen[-1]
    assert found.pdf


def test_without_libreoffice_the_entries_stand_without_pages():
    """The document is whole, there is no PDF, and Word is told to compute."""
    found = paged(make(), BLOCKS, office=None, name="a.docx")
    assert (found.pdf, found.problem, found.document) == (None, None, make()(None))


@pytest.mark.parametrize("rounds", [1, 2, 6])
def test_a_failing_libreoffice_costs_the_pdf_only(rounds):
    """The problem is handed on, and the Word file stands as without LibreOffice."""
    problem = Problem("office-failed", "no PDF")
    before = [[number, 9] for number in (2, 3, 2, 3, 2)][: rounds - 1]
    found = paged(make(), BLOCKS, office=Printer(*before, problem), name="a.docx")
    assert (found.pdf, found.problem, found.document) == (None, problem, make()(None))


def printed(pdf):
    """Return the text of each page without spaces."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def true_pages(pdf, blocks):
    """Return the page, from 1, on which each heading and caption is found as text, the lists in front left out."""
    from elca_docs.rendering import anchored
    from elca_docs.rendering.word_marks import marks_of

    texts = printed(pdf)
    marks = marks_of(anchored(blocks))
    start = next(n for n, text in enumerate(texts) if "1Wherewestand" in text and "...." not in text)
    found = {}
    for mark in marks.values():
        words = "".join(f"{mark.numbered}{'. ' if mark.label else ' '}{mark.text}".split())
        found[words] = next(n for n, text in enumerate(texts) if n >= start and words in text) + 1
    return found


def listed(pdf):
    """Return the page that the contents and lists name for each entry."""
    lines = [
        re.sub(r"\s", "", line)
        for page in PdfReader(io.BytesIO(pdf)).pages
        for line in page.extract_text().splitlines()
    ]
    found = (re.fullmatch(r"(.+?)\.{3,}(\d+)", line) for line in lines)
    return {each[1]: int(each[2]) for each in found if each}


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize(("chapters", "rows", "least"), [(2, 30, 8), (50, 60, 100)])
def test_entries_are_the_real_pages(chapters, rows, least):
    """In LibreOffice's PDF each entry names the page on which its heading or caption is printed; no page is blank."""
    from word_reports import report

    blocks = report(chapters, rows)
    found = paged(make(blocks), blocks, office=office_or_problem(), name="a.docx", carrying="Report on nests")
    assert len(PdfReader(io.BytesIO(found.pdf)).pages) >= least
    assert listed(found.pdf) == true_pages(found.pdf, blocks)
    assert all(len(text) > 34 for text in printed(found.pdf)[1:])
    settings = docx.Document(io.BytesIO(found.document)).settings.element
    assert settings.find(qn("w:updateFields")) is None
    assert paged(make(blocks), blocks, office=office_or_problem(), name="a.docx").document == found.document


def colours(picture):
    """Return how many dots of a picture have a colour, grey ones left out."""
    return sum(count for count, dot in picture.getcolors(1 << 24) if max(dot) - min(dot) > 40)


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("kind", ["bars", "stacked", "columns", "lines", "steps"])
def test_charts_are_drawn(kind):
    """LibreOffice draws each kind of chart: there are coloured dots, and the words of axes and legend."""
    from word_reports import chart

    blocks = (chart(kind, series=3),)
    pdf = office_or_problem().pdfs({"a": make(blocks)(None)})["a"]
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    left, top, right, bottom = 60, 70, picture.width - 60, 350
    assert colours(picture.crop((left, top, right, bottom))) > (400 if kind == "lines" else 3000)
    text = printed(pdf)[0]
    assert all(word in text for word in ("Oak", "Beech&elm", "Planned" if kind == "steps" else "Found", "Nests"))
    assert "offset" not in text


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_report_carries_its_annexes(language):
    """Separator pages in the report's language and look, without header and footer, with what proves each annex."""
    from word_reports import report

    office = office_or_problem()
    data = office.pdfs({"a": make(BLOCKS)(None)})["a"]
    facts = {"reference": "TEST-CA-ABC-001", "pages": 1, "sha256": hashlib.sha256(data).hexdigest()}
    annexes = (
        Annex(number="A1", title="Agreement with Łódź Żółw (specimen)", register_number="R-2021-001", **facts),
        Annex(number="A2", title="Another", register_number="R-2021-002", withheld="it is confidential", **facts),
    )
    sheets = separator_blocks(annexes, language=language)
    separators = office.pdfs({"s": make(sheets, furniture=False, language=language)(None)})["s"]
    blocks = report(1, 5)
    made = annexed(
        paged(make(blocks), blocks, office=office, name="a").pdf,
        [(annexes[0], data), (annexes[1], b"")],
        separators=separators,
        blocks=sheets,
        heading=separators_heading(language),
        properties={"title": "Report on nests"},
    )
    reader = PdfReader(io.BytesIO(made))
    labels = reader.page_labels
    assert labels[-3:] == ["A1-1", "A1-2", "A2-1"]
    first, last = printed(made)[-3], printed(made)[-1]
    assert {"en": "AnnexA1", "es": "AnexoA1"}[language] in first
    assert all(word in first for word in ("ŁódźŻółw", "R-2021-001", facts["sha256"], "TEST-CA-ABC-001"))
    assert "SAMPLE" not in first
    assert "itisconfidential" in last
    assert facts["sha256"] not in last
    assert [each.title for each in reader.outline if not isinstance(each, list)][-1] == separators_heading(language)


@pytest.mark.slow
def test_time_grows_with_the_rows_and_no_faster():
    """A document of 400 rows takes at most eight times as long as one of 40."""
    from word_reports import report

    def taken(rows):
        blocks = report(1, rows)
        best = []
        for _ in range(3):
            begin = time.process_time()
            make(blocks)(None)
            best.append(time.process_time() - begin)
        return min(best)

    taken(4)
    assert taken(400) <= 8 * taken(40)
