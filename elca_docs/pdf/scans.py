"""Papers as they come back from a scanner: pages turned into pictures, with a pen's traces and a scanner's faults.

For the demo and the tests only. Nothing of the text is left but what the eye (or a reader of codes) can see. The same
input and seed give the same bytes. The qualities are those of the measurements in which readers of codes were chosen.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, Literal

from elca_docs.pdf.chance import Chance
from elca_docs.pdf.frames import MILLIMETRE, Box
from elca_docs.pdf.parts import added, compressed, dictionary, number, put, stream, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image
    from pypdf.generic import PdfObject, StreamObject
    from pypdfium2 import PdfPage

Quality = Literal["clean", "office", "poor", "bad", "fax"]
_PAPER: Final = 250
"""What a scanner sees of white paper."""
_INK: Final = 40
_POINT: Final = 72
"""Points of a PDF per inch."""


@dataclass(frozen=True, slots=True)
class _Faults:
    """What a scanner does: degrees off at most, shear, blur radius, noise (standard deviation), contrast, JPEG."""

    turn: float = 0.0
    shear: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    contrast: float = 1.0
    jpeg: int = 0
    """Quality of the JPEG; 0 for black and white without loss."""


_FAULTS: Final[dict[str, _Faults]] = {
    "clean": _Faults(jpeg=90),
    "office": _Faults(turn=2, blur=0.6, noise=8, jpeg=75),
    "poor": _Faults(turn=5, blur=0.8, noise=20, jpeg=40),
    "bad": _Faults(turn=8, shear=0.03, blur=1.0, noise=30, contrast=0.6, jpeg=25),
    "fax": _Faults(turn=2, blur=0.6, noise=12),
}


def scanned(  # noqa: PLR0913 - a scan has this many sides
    pdf: bytes,
    *,
    dpi: int = 200,
    quality: Quality = "office",
    seed: int = 0,
    ink: bool = True,
    turned: int = 0,
    pen_lines: int = 0,
    pages: Sequence[int] | None = None,
) -> bytes:
    """Return an image-only PDF of the pages as a scanner makes it.

    Args:
        pdf: What was printed; any PDF that opens without a password.
        dpi: Dots per inch of the scanner.
        quality: "clean", "office" (±2°, slight blur, JPEG 75), "poor" (±5°, noise, JPEG 40), "bad" (±8°, shear, heavy
            noise, JPEG 25) or "fax" (black and white).
        seed: What chance depends on; each page of each seed comes out in its own way.
        ink: Whether somebody signed by pen, in each signature field, or at the foot of the last page without one.
        turned: Degrees by which the paper lay turned: 0, 90, 180 or 270.
        pen_lines: Strokes of a pen across the code of each page (a square drawing of 15 to 25 mm).
        pages: Numbers of the pages that were put in, from 1, in this order; all where it is None.
    """
    import pypdfium2

    faults = _FAULTS[quality]
    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = range(1, len(document) + 1) if pages is None else pages
        pictures = []
        for place, number in enumerate(wanted):
            chance = Chance(f"{seed}/{place}/{number}/{quality}/{dpi}")
            page = document[number - 1]
            picture = page.render(scale=dpi / _POINT, grayscale=True, may_draw_forms=False).to_pil().convert("L")
            if ink:
                _sign(picture, page, chance, last=number == len(document))
            _cross(picture, page, chance, pen_lines)
            picture = _scan(picture, faults, chance)
            pictures.append(picture.rotate(turned, expand=True) if turned else picture)
    finally:
        document.close()
    return _bound(pictures, dpi, faults.jpeg)


def _sign(picture: Image, page: PdfPage, chance: Chance, *, last: bool) -> None:
    """Draw a signature into each signature field of the page, or at the foot of the last page."""
    boxes = _fields(page)
    if not boxes and last:
        left, bottom, right, top = page.get_bbox()
        width, height = right - left, top - bottom
        boxes = [(left + width * 0.55, bottom + height * 0.12, left + width * 0.85, bottom + height * 0.18)]
    for left, bottom, right, top in boxes:
        points = []
        for step in range(24):
            across = left + (right - left) * (0.08 + 0.8 * step / 23) + chance.between(-6, 6)
            points.append((across, bottom + (top - bottom) * chance.between(0.15, 0.85)))
        _draw(picture, page, points, 1.4)


def _cross(picture: Image, page: PdfPage, chance: Chance, strokes: int) -> None:
    """Draw strokes of a pen across each code of the page."""
    for left, bottom, right, top in _codes(page) if strokes else ():
        for _ in range(strokes):
            start = (left - 6, chance.between(bottom, top))
            _draw(picture, page, [start, (right + 6, chance.between(bottom, top))], 1.6)


def _fields(page: PdfPage) -> list[Box]:
    """Return the boxes of the page's form fields that have one, in the page's own points."""
    from pypdfium2 import raw

    boxes = []
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        box = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET and raw.FPDFAnnot_GetRect(annotation, box):
            sides = (box.left, box.bottom, box.right, box.top)
            boxes.extend([sides] if sides[2] - sides[0] > 1 and sides[3] - sides[1] > 1 else [])
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def _codes(page: PdfPage) -> list[Box]:
    """Return where a code is drawn: a square drawing of its own, 15 to 25 mm wide."""
    from pypdfium2 import raw

    boxes = [each.get_bounds() for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1)]
    return [
        (left, bottom, right, top)
        for left, bottom, right, top in boxes
        if 15 * MILLIMETRE < right - left < 25 * MILLIMETRE and abs((right - left) - (top - bottom)) < 1
    ]


def _draw(picture: Image, page: PdfPage, points: Sequence[tuple[float, float]], width: float) -> None:
    """Draw a line of ink through points of the page, `width` in points."""
    from PIL import ImageDraw

    scale = max(picture.size) / max(page.get_size())
    seen = [_on_picture(picture, page, point) for point in points]
    ImageDraw.Draw(picture).line(seen, fill=_INK, width=max(1, round(width * scale)), joint="curve")


def _on_picture(picture: Image, page: PdfPage, point: tuple[float, float]) -> tuple[float, float]:
    """Return where a point of the page (from its lower left corner, before it is turned) lies on its picture."""
    left, bottom, right, top = page.get_bbox()
    across, up = (point[0] - left) / (right - left), (point[1] - bottom) / (top - bottom)
    match page.get_rotation():
        case 90:
            across, up = up, 1 - across
        case 180:
            across, up = 1 - across, 1 - up
        case 270:
            across, up = 1 - up, across
    return across * picture.width, (1 - up) * picture.height


def _scan(picture: Image, faults: _Faults, chance: Chance) -> Image:
    """Return the picture as the scanner saw it."""
    from PIL import Image, ImageChops, ImageFilter

    if faults.turn:
        picture = _laid_askew(picture, faults, chance)
    if faults.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(faults.blur))
    if faults.contrast < 1:
        dark = _PAPER * (1 - faults.contrast)
        picture = picture.point([round(dark * 0.7 + grey * faults.contrast) for grey in range(256)])
    if faults.noise:
        grains = Image.frombytes("L", picture.size, chance.noise(picture.width * picture.height))
        picture = ImageChops.add(picture, grains.point(_bell(faults.noise)), 1, -128)
    return picture if faults.jpeg else picture.point([0] * 128 + [255] * 128)


def _laid_askew(picture: Image, faults: _Faults, chance: Chance) -> Image:
    """Return the picture turned by a few degrees about its middle, and sheared where the paper was drawn unevenly."""
    from math import cos, radians, sin

    from PIL.Image import Resampling, Transform

    angle = radians(chance.between(-faults.turn, faults.turn))
    shear = chance.between(-faults.shear, faults.shear)
    across, down = picture.width / 2, picture.height / 2
    first, second = (cos(angle), -sin(angle) + shear), (sin(angle), cos(angle))
    data = (
        *(*first, across - first[0] * across - first[1] * down),
        *(*second, down - second[0] * across - second[1] * down),
    )
    return picture.transform(picture.size, Transform.AFFINE, data, Resampling.BILINEAR, fillcolor=_PAPER)


def _bell(deviation: float) -> list[int]:
    """Return the table that turns even noise into a bell curve around 128."""
    bell = NormalDist(128, deviation)
    return [min(255, max(0, round(bell.inv_cdf((value + 0.5) / 256)))) for value in range(256)]


def _bound(pictures: Sequence[Image], dpi: int, quality: int) -> bytes:
    """Return a PDF with one picture per page, as scanners write it: no text, no dates."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for picture in pictures:
        width, height = (side * _POINT / dpi for side in picture.size)
        page = writer.add_blank_page(width, height)
        content = f"q {written(width)} 0 0 {written(height)} 0 0 cm /Scan Do Q".encode()
        put(page, "/Contents", added(writer, stream(content)))
        pictured = dictionary({"/Scan": added(writer, _image(picture, quality))})
        put(page, "/Resources", dictionary({"/XObject": pictured}))
    writer.metadata = {"/Producer": "Specimen scanner"}
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _image(picture: Image, quality: int) -> StreamObject:
    """Return a picture as a PDF holds it: JPEG of this quality, or one bit per dot where it is 0."""
    facts: dict[str, PdfObject | str]
    facts = {"/Width": number(picture.width), "/Height": number(picture.height), "/ColorSpace": "/DeviceGray"}
    facts |= {"/Type": "/XObject", "/Subtype": "/Image", "/BitsPerComponent": number(8 if quality else 1)}
    if not quality:
        return compressed(picture.convert("1").tobytes(), facts)
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=quality)
    return stream(jpeg.getvalue(), {**facts, "/Filter": "/DCTDecode"})
