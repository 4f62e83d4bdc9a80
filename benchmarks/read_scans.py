"""How many pages of simulated scans are read, by quality and resolution, and what a page costs; no real paper is used.

Each agreement is a signature copy as `invoke send` makes it, printed, signed by pen and scanned by the specimens. A
page is read when its own code is found on it, and wrong when another code of ours is. The last row is for pages without
a code of ours (text, noise, bar codes, foreign QR codes, codes of another project), on which none may be found.

    python -m benchmarks.read_scans --pages 60 --quality office poor bad fax --dpi 150 200 300
    python -m benchmarks.read_scans --pages 60 --quality office --pen-lines 2
    python -m benchmarks.read_scans --pages 0 --foreign 1000
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Sequence

import segno
from PIL import Image
from reportlab.graphics.barcode import code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from elca_docs.evidence.codes import codes_in
from elca_docs.model.page_code import PageCode
from elca_docs.pdf import PageStamp, signature_copy
from elca_docs.pdf.chance import Chance
from elca_docs.pdf.scans import Quality
from elca_docs.pdf.specimens import scanned

KEY = "000000"
REFERENCE = "SAMPLE-CA-ALFA-001"
PAGES = 6
PARTIES = {"ALFA": "Specimen Cluster Alfa", "BETA": "Specimen Institute Beta"}


def agreement() -> bytes:
    """Return a signature copy of a made-up agreement of six pages."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    for page in range(1, PAGES + 1):
        canvas.setFont("Helvetica", 10)
        for line in range(44):
            text = (
                f"{page}.{line} The parties of this specimen agree on nothing at all, in writing, and for good measure."
            )
            canvas.drawString(71, 770 - line * 14, text)
        if page == PAGES:
            for place, name in enumerate(PARTIES.values()):
                canvas.drawString(71 + 220 * place, 130, name)
        canvas.drawCentredString(A4[0] / 2, 36, f"page {page}")
        canvas.showPage()
    canvas.save()
    stamps = [PageStamp(f"{REFERENCE} · page {page} of {PAGES}", code_of(page)) for page in range(1, PAGES + 1)]
    return signature_copy(output.getvalue(), stamps=stamps, parties=PARTIES, properties={}).data


def code_of(page: int, key: str = KEY) -> str:
    """Return the code of a page of the made-up agreement."""
    return PageCode(REFERENCE, 1, page, PAGES).text(key)


def foreign(seed: int, pages: int) -> bytes:
    """Return pages without a code of ours: noise as letters or as a picture, and other symbols."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    chance = Chance(f"foreign/{seed}")
    for page in range(pages):
        if page % 4:
            for line in range(50):
                letters = (chr(33 + each % 94) if each % 6 else " " for each in chance.noise(80))
                canvas.drawString(50, 790 - line * 14, "".join(letters))
        else:
            dots = Image.frombytes("L", (300, 420), chance.noise(300 * 420)).point([0] * 128 + [255] * 128)
            canvas.drawImage(ImageReader(dots), 20, 20, 555, 800)
        match page % 4:
            case 1:
                code128.Code128(chance.noise(4).hex(), barHeight=40).drawOn(canvas, 300, 40)
            case 2:
                symbol(canvas, f"https://example.org/{chance.noise(9).hex()}")
            case 3:
                symbol(canvas, code_of(1 + page % PAGES, key="another project"))
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def symbol(canvas: Canvas, text: str) -> None:
    """Draw a QR code at the right edge of a page."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="q").save(drawn, kind="png", scale=4, border=4)
    canvas.drawImage(ImageReader(io.BytesIO(drawn.getvalue())), 510, 390, 66, 66)


def own_codes(data: bytes) -> list[tuple[int, int]]:
    """Return which page of a file carries the code of which page of ours."""
    found = []
    for each in codes_in(data).codes:
        try:
            found.append((each.page, PageCode.parse(each.text, KEY).page))
        except ValueError:
            continue
    return found


def row(quality: Quality, dpi: int, pages: int, pen_lines: int) -> str:
    """Return how many of so many pages of a class are read."""
    paper = agreement()
    right = wrong = count = 0
    spent = 0.0
    while count < pages:
        scan = scanned(
            paper, dpi=dpi, quality=quality, seed=count, pen_lines=pen_lines, turned=(count // PAGES % 4) * 90
        )
        started = time.perf_counter()
        found = own_codes(scan)
        spent += time.perf_counter() - started
        right += sum(page == own for page, own in found)
        wrong += sum(page != own for page, own in found)
        count += PAGES
    read = f"read {right:4} of {count:4} ({right / count:6.1%})  wrong {wrong}"
    return f"{quality:8} {dpi:4} dpi  {pen_lines} pen lines  {read}  {1000 * spent / count:6.0f} ms a page"


def false_matches(pages: int) -> str:
    """Return how many codes of ours are found on so many pages without one, half of them scanned."""
    found = 0
    started = time.perf_counter()
    for seed in range(pages // 20):
        paper = foreign(seed, 20)
        quality: Quality = ("poor", "bad")[seed // 2 % 2]
        found += len(own_codes(scanned(paper, quality=quality, seed=seed) if seed % 2 else paper))
    spent = (time.perf_counter() - started) / max(pages, 1)
    return (
        f"foreign pages: {found} codes of ours on {pages // 20 * 20} pages  {1000 * spent:6.0f} ms to make and read one"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=24, help="pages in each cell, rounded up to whole agreements")
    parser.add_argument("--quality", nargs="+", default=["office", "poor", "bad", "fax"], help="classes of scans")
    parser.add_argument("--dpi", nargs="+", type=int, default=[150, 200, 300], help="resolutions of the scanner")
    parser.add_argument("--pen-lines", type=int, default=0, help="strokes of a pen across each code")
    parser.add_argument("--foreign", type=int, default=0, help="pages without a code of ours")
    given = parser.parse_args(arguments)
    for quality in given.quality if given.pages else ():
        for dpi in given.dpi:
            print(row(quality, dpi, given.pages, given.pen_lines), flush=True)
    if given.foreign:
        print(false_matches(given.foreign), flush=True)


if __name__ == "__main__":
    main()
