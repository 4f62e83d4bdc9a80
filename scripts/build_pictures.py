"""Makes the pictures of the docs from the demo: a draft, a report, the dashboard, the field guide, a marked template.

Run it from the project folder after a change of the templates or of the dashboard: python scripts/build_pictures.py. It
needs LibreOffice (soffice), poppler (pdftoppm) and Chromium (chromium); the documents themselves need none of them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402 - the project folder comes first
from PIL import Image, ImageDraw, ImageFont  # noqa: E402 - as above
from pypdf import PdfReader  # noqa: E402 - as above

from elca_docs.workflows.dashboard import PAGE, dashboard  # noqa: E402 - as above
from elca_docs.workflows.demonstrating import demo  # noqa: E402 - as above
from elca_docs.workflows.desk import open_desk  # noqa: E402 - as above
from elca_docs.workflows.previewing import guide  # noqa: E402 - as above
from elca_docs.workflows.template_copies import mark  # noqa: E402 - as above

IMAGES = ROOT / "docs" / "images"
LIMIT = 150_000
AS_OF = "2021-09-10"
"""The day that the demo ends on."""
_SIZE = (1280, 1330)
_SCALE = 0.75
_DOTS_PER_INCH = 84
_REPORT_DOTS = 48
_REPORT_PAGES = (1, 4, 9)
_GAP = 10
_MARKED_DOTS = 96
_UPPER = 0.31
_SHARE = 0.72
_MARGIN = 430
_LETTERS, _LINE = 12, 64
_FONT = "LiberationSans-Regular.ttf"
_RED, _NOTE = (178, 34, 34), (255, 244, 230)
_WITH_COMMENTS = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
_SLIPS = (
    "Cooperation Agreement {{ refrence }}",
    "between {{ partner.name }} and {{ counterpart.name }}, {{ counterpart.adress }}",
    "Mission: {%p if mission %}",
    "{{ mission.name }}",
    "{%p endif %}",
    "Signed on reference }}",
)
"""What an author may write, with four slips."""
_DESK = (206, 212, 218)


def picture(draft: Path, scratch: Path) -> bytes:
    """Return page 1 of a Word file as PNG."""
    profile = (scratch / "profile").as_uri()
    to_pdf = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    _run([*to_pdf, str(scratch), str(draft)])
    page = scratch / "page"
    to_png = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", str(_DOTS_PER_INCH)]
    _run([*to_png, str(scratch / f"{draft.stem}.pdf"), str(page)])
    return page.with_suffix(".png").read_bytes()


def spread(report: Path, pages: tuple[int, ...], scratch: Path) -> bytes:
    """Return some pages of a PDF side by side, as PNG of 256 colours."""
    shots = []
    for number in pages:
        shot = scratch / f"report-{number}"
        at = ["-f", str(number), "-r", str(_REPORT_DOTS)]
        _run(["pdftoppm", "-png", "-singlefile", *at, str(report), str(shot)])
        with Image.open(shot.with_suffix(".png")) as page:
            shots.append(page.convert("RGB"))
    gap = _GAP
    wide = sum(each.width for each in shots) + gap * (len(shots) + 1)
    whole = Image.new("RGB", (wide, max(each.height for each in shots) + 2 * gap), _DESK)
    at_x = gap
    for each in shots:
        whole.paste(each, (at_x, gap))
        at_x += each.width + gap
    return _small(whole)


def _small(picture: Image.Image) -> bytes:
    """Return a picture as PNG of 256 colours."""
    written = io.BytesIO()
    colours = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    colours.save(written, "PNG", optimize=True)
    return written.getvalue()


def screenshot(page: Path, scratch: Path) -> bytes:
    """Return the top of a page as a browser shows it, as PNG of 256 colours."""
    shot = scratch / "page.png"
    window = [f"--window-size={_SIZE[0]},{_SIZE[1]}", "--hide-scrollbars", f"--user-data-dir={scratch / 'browser'}"]
    _run(["chromium", "--headless", "--no-sandbox", *window, f"--screenshot={shot}", page.as_uri()])
    with Image.open(shot) as taken:
        small = taken.convert("RGB").resize((int(_SIZE[0] * _SCALE), int(_SIZE[1] * _SCALE)), Image.Resampling.LANCZOS)
    return _small(small)


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"needs {command[0]}, which is not installed here")
    silent = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=silent, stderr=silent)  # noqa: S603 - our own words and paths, no shell


def main() -> None:
    """Play the demo in a scratch folder and keep the pictures of a draft, of its report and of its dashboard."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        demo(str(scratch))
        played = scratch / "output" / "demo"
        drafts = sorted((played / "output" / "agreements").rglob("*-CA-*-001_*.docx"))
        dashboard(open_desk(str(played), as_of=AS_OF))
        keep("draft.png", picture(drafts[0], scratch))
        kit(played, scratch)
        keep("report.png", spread(played / "output/deliverables/P1.2.pdf", _REPORT_PAGES, scratch))
        keep("dashboard.png", screenshot(played / "output" / PAGE, scratch))


def kit(played: Path, scratch: Path) -> None:
    """Keep page 1 of the field guide, and of a template with slips that the check has marked."""
    desk = open_desk(str(played))
    guide(desk)
    keep("field-guide.png", picture(played / "output" / "field-guide.docx", scratch))
    slips = Document()
    for text in _SLIPS:
        slips.add_paragraph(text)
    slips.save(str(scratch / "slips.docx"))
    mark(desk, file=str(scratch / "slips.docx"))
    keep("template-marked.png", commented(played / "output" / "templates" / "slips.marked.docx", scratch))


def commented(marked: Path, scratch: Path) -> bytes:
    """Return the head of a Word file's first page with the comments at its words in the margin.

    LibreOffice puts each comment at its words into the PDF; drawing them beside the page is left to who looks at it.
    """
    profile = (scratch / "profile").as_uri()
    to_pdf = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _WITH_COMMENTS]
    _run([*to_pdf, "--outdir", str(scratch), str(marked)])
    pdf, shot = scratch / f"{marked.stem}.pdf", scratch / "marked"
    _run(["pdftoppm", "-png", "-singlefile", "-r", str(_MARKED_DOTS), "-hide-annotations", str(pdf), str(shot)])
    (page, *_) = PdfReader(pdf).pages
    scale, top = _MARKED_DOTS / 72, float(page.mediabox.height)
    with Image.open(shot.with_suffix(".png")) as taken:
        whole = Image.new("RGB", (int(taken.width * _SHARE) + _MARGIN, int(taken.height * _UPPER)), "white")
        whole.paste(taken.convert("RGB").crop((0, 0, int(taken.width * _SHARE), whole.height)), (0, 0))
    pen, font = ImageDraw.Draw(whole), ImageFont.truetype(_FONT, _LETTERS)
    left, down = whole.width - _MARGIN, float(_GAP)
    notes = [each.get_object() for each in page.get("/Annots", [])]
    said = sorted(
        (top - float(each["/Rect"][1]), str(each["/Contents"]), each) for each in notes if "/Contents" in each
    )
    for height, text, each in said:
        if not text.startswith("file:"):  # what concerns no words stands at the first ones
            words = textwrap.fill(text.replace("\r", " "), _LINE)
            at = (float(each["/Rect"][0]) * scale, height * scale)
            size = pen.multiline_textbbox((left + _GAP, down + 4), words, font=font)
            pen.line((at, (left, down + 8)), fill=_RED)
            pen.rectangle((left, down, whole.width - _GAP, size[3] + 6), fill=_NOTE, outline=_RED)
            pen.multiline_text((left + _GAP, down + 4), words, font=font, fill="black")
            down = size[3] + 2 * _GAP
    return _small(whole)


def keep(name: str, data: bytes) -> None:
    """Write a picture below docs/images/, unless it is too large for a README."""
    if len(data) > LIMIT:
        sys.exit(f"{name} has {len(data)} bytes; {LIMIT} are allowed")
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / name).write_bytes(data)
    print(f"wrote docs/images/{name} ({len(data)} bytes)")


if __name__ == "__main__":
    main()
