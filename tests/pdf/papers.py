"""Papers for the tests of `elca_docs.pdf`: made with reportlab, changed with pypdf; everything in them is made up."""

import io

import pypdfium2
import zxingcpp
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from elca_docs.model.page_code import PageCode
from elca_docs.pdf import PageStamp, SignatureCopy, page_count, signature_copy

MM = 72 / 25.4
KEY = "000000"
REFERENCE = "TEST-CA-ABC-001"
PARTIES = {"ABC": "Specimen Cluster of Nowhere", "XYZ": "Fictitious Institute (specimen)"}


def paper(pages=2, size=A4, *, margin=25 * MM, full=False, parties=(), link=False):  # noqa: PLR0913 - a paper has this many sides
    """Return a PDF with lines of text inside a margin; `full` fills the pages to their edges with a frame."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=size, invariant=1)
    width, height = size
    for page in range(1, pages + 1):
        canvas.bookmarkPage(f"page{page}")
        canvas.addOutlineEntry(f"Chapter {page}", f"page{page}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(margin, height - margin - 10, f"Page {page} speaks of made-up matters")
        canvas.drawString(margin, height - margin - 30, "and ends here")
        if full:
            canvas.rect(3, 3, width - 6, height - 6)
            canvas.drawString(10, 10, "down to the very edge")
            canvas.drawString(10, height - 14, "and up to the upper edge")
        if link:
            canvas.linkURL("https://example.org/", (margin, height - margin - 12, margin + 100, height - margin))
        if page == pages:
            for place, name in enumerate(parties):
                canvas.drawString(margin, height / 2 - place * 120, name)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def changed(pdf, change):
    """Return the PDF written anew after `change(writer)`."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def each_page(**entries):
    """Return a change that sets entries of each page: numbers or rows of numbers."""

    def change(writer):
        for page in writer.pages:
            for key, value in entries.items():
                made = NumberObject(value) if isinstance(value, int) else ArrayObject(map(FloatObject, value))
                page[NameObject(f"/{key}")] = made

    return change


def stamps(pages, reference=REFERENCE, version=1):
    """Return the stamps of so many pages."""
    return [
        PageStamp(
            f"{reference} · version {version} · page {page} of {pages}",
            PageCode(reference, version, page, pages).text(KEY),
        )
        for page in range(1, pages + 1)
    ]


def copied(pdf, parties=None, properties=None) -> SignatureCopy:
    """Return the signature copy of a PDF."""
    return signature_copy(
        pdf,
        stamps=stamps(page_count(pdf)),
        parties=PARTIES if parties is None else parties,
        properties=properties or {"title": "A made-up agreement"},
    )


def pictures(pdf, dpi=200):
    """Return the pages as grey pictures."""
    return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def codes(pdf, dpi=200):
    """Return the texts of the symbols on each page, as the pages print at so many dots per inch."""
    formats = zxingcpp.BarcodeFormat.QRCode
    return [[found.text for found in zxingcpp.read_barcodes(each, formats=formats)] for each in pictures(pdf, dpi)]


def printed(pages, reference=REFERENCE):
    """Return what `codes` gives for a whole copy."""
    return [[stamp.code] for stamp in stamps(pages, reference)]


def words(pdf):
    """Return the words of each page."""
    return [page.extract_text().split() for page in PdfReader(io.BytesIO(pdf)).pages]
