"""Papers that come back, for the tests of reading and comparing: signed, altered, scanned; everything is made up."""

import io
from datetime import UTC, date, datetime, timedelta
from functools import cache

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle, TextStampStyle
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from elca_docs.model.page_code import PageCode
from elca_docs.pdf import PageStamp, signature_copy, specimens
from elca_docs.pdf.signing import _simple

KEY = "000000"
REFERENCE = "SAMPLE-CA-ALFA-001"
PARTIES = {"ALFA": "Specimen Cluster Alfa", "BETA": "Specimen Institute Beta"}
DAY = datetime(2021, 10, 5, 12, 30, tzinfo=UTC)
LATER = DAY + timedelta(days=10)
FIRST, LAST = date(2020, 1, 1), date(2029, 12, 31)


def code(page, pages=3):
    """Return the code of a page of the made-up agreement."""
    return PageCode(REFERENCE, 1, page, pages).text(KEY)


@cache
def plain(pages=3, amount="10", lines=30):
    """Return a PDF of so many pages, an amount on each."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 10)
        for line in range(lines):
            canvas.drawString(
                72, 770 - line * 14, f"{page}.{line} the parties of this specimen agree on nothing at all"
            )
        canvas.drawString(72, 240, f"The partner contributes {amount} thousand euro a year.")
        if page == pages:
            for place, name in enumerate(PARTIES.values()):
                canvas.drawString(72 + 240 * place, 200, name)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


@cache
def issued(pages=3, amount="10"):
    """Return the signature copy of such a PDF."""
    stamps = [PageStamp(f"{REFERENCE}, page {page}", code(page, pages)) for page in range(1, pages + 1)]
    return signature_copy(plain(pages, amount), stamps=stamps, parties=PARTIES, properties={}).data


AUTHORITY = "Specimen Authority"


@cache
def authority(name):
    """Return a made-up authority."""
    return specimens.test_authority(name)


@cache
def signer(person="Alma Specimen", organisation="Specimen Cluster Alfa", *, from_=FIRST, until=LAST, qualified=False):
    """Return somebody made up who can sign, with a certificate of the made-up authority."""
    of = {"person": person, "organisation": organisation, "from_": from_, "until": until}
    return specimens.signer(authority(AUTHORITY), **of, qualified=qualified)


def signed(pdf, who=None, *, field="Signature-ALFA", at=DAY):
    """Return the file signed."""
    return specimens.signed(pdf, who or signer(), field=field, at=at)


@cache
def once_signed():
    """Return the issued file, signed once."""
    return signed(issued())


@cache
def twice_signed():
    """Return the issued file, signed by both."""
    return signed(
        once_signed(), signer("Berta Specimen", PARTIES["BETA"]), field="Signature-BETA", at=DAY + timedelta(1)
    )


OPAQUE = b"1 1 1 rg 0 0 400 200 re f"
"""White over everything."""


def signed_elsewhere(pdf, *, box=None, page=0, drawing=b"", who=None, **named):
    """Return the file signed in a field made for it; where it has a box, with a drawing or a line of text in it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec("Elsewhere", box=box, on_page=page))
    about = PdfSignatureMetadata(
        field_name="Elsewhere", md_algorithm=named.pop("digest", "sha256"), subfilter=SigSeedSubFilter.PADES
    )
    style = TextStampStyle(stamp_text="Signed here", background=None) if box else None
    if drawing:
        size = BoxConstraints(box[2] - box[0], box[3] - box[1])
        style = StaticStampStyle(background=RawContent(drawing, box=size), background_opacity=1.0, border_width=0)
    output = io.BytesIO()
    PdfSigner(about, _simple(who or signer()), stamp_style=style, **named).sign_pdf(writer, output=output)
    return output.getvalue()


def rewritten(pdf, change=id, *, incremental=False):
    """Return the file written anew, or with an update appended, after a change to it."""
    source = io.BytesIO(pdf)
    writer = PdfWriter(source, incremental=True) if incremental else PdfWriter(clone_from=source)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def drawn_over(pdf, draw, *, page=0, incremental=False):
    """Return the file with something drawn over a page."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.save()
    over = PdfReader(output).pages[0]
    return rewritten(pdf, lambda writer: writer.pages[page].merge_page(over), incremental=incremental)


def annotated(pdf, *, incremental=True):
    """Return the file with a remark put on its first page."""
    note = FreeText(text="But we do not agree", rect=(100, 300, 300, 330), font_size="20pt")
    return rewritten(pdf, lambda writer: writer.add_annotation(0, note), incremental=incremental)
