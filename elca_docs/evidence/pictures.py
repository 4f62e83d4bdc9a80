"""The pages of a PDF as pictures, drawn with PDFium in grey, within limits that no page can break.

What a page wants to be (a hundred metres wide, a picture of a thousand million dots) costs memory before anything is
seen of it. So the size is asked first, the scale is lowered to what is allowed, and a page that would still be too much
is not drawn. Nothing here reads a picture or compares two; None stands for "this cannot be drawn", never an exception.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_float
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

POINTS: Final = 72
"""Points of a PDF per inch."""
_DOTS_LIMIT: Final = 9_000_000  # an A3 page at 200 dpi has 7.7 million
_SIDE_LIMIT: Final = 12_000
_PICTURES_LIMIT: Final = 250_000_000  # bytes of all pictures of a page, unpacked: 209 million for A3 in colour, 600 dpi
_COVERED: Final = 0.5
_PARTS_LIMIT: Final = 100_000
_DEPTH: Final = 4  # of drawings within drawings

Part = tuple[float, float, float, float]
"""A part of a page: how much is cut off from its left, bottom, right and top, as shares of its width and height."""
WHOLE: Final[Part] = (0, 0, 0, 0)

# The reader tells its log what it forgives; without a listener Python would print that to the user.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a page is made of: whether pictures cover half of it or more, and whether it is safe to draw."""

    pictured: bool
    drawable: bool


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument | None]:
    """Give the document, closed when the block ends; None where PDFium cannot open it."""
    from pypdfium2 import PdfDocument

    try:
        document = PdfDocument(data)
        document.init_forms()  # so that pages are drawn with their form fields, as a viewer shows them
    except Exception:  # noqa: BLE001 - parsers leak every kind of exception on damaged files
        yield None
        return
    try:
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: PdfDocument, number: int) -> Iterator[PdfPage | None]:
    """Give a page by its number from 1, closed when the block ends; None where it cannot be read."""
    try:
        page = document[number - 1]
    except Exception:  # noqa: BLE001 - as above
        yield None
        return
    try:
        yield page
    finally:
        page.close()


def look_of(page: PdfPage) -> PageLook:
    """Return what the page is made of, without drawing it."""
    try:
        return _look_of(page)
    except Exception:  # noqa: BLE001 - as above
        return PageLook(pictured=False, drawable=False)


def _look_of(page: PdfPage) -> PageLook:
    width, height = page.get_size()
    size, covered = 0, 0.0
    for image_size, area in _images_of(page):
        size += image_size
        covered += area
    return PageLook(pictured=covered >= _COVERED * width * height, drawable=size <= _PICTURES_LIMIT)


def _images_of(page: PdfPage) -> Iterator[tuple[int, float]]:
    """Yield each picture among the first parts of a page, and in its drawings: bytes unpacked, square points."""
    from pypdfium2 import raw

    waiting = [(raw.FPDFPage_GetObject, page.raw, raw.FPDFPage_CountObjects(page.raw), 1.0, 0)]
    left = _PARTS_LIMIT
    while waiting:
        part_of, within, count, scale, depth = waiting.pop()
        for place in range(min(count, left)):
            part = part_of(within, place)
            match raw.FPDFPageObj_GetType(part):
                case raw.FPDF_PAGEOBJ_IMAGE:
                    yield _image(page, part, scale)
                case raw.FPDF_PAGEOBJ_FORM if depth < _DEPTH:
                    parts = raw.FPDFFormObj_CountObjects(part)
                    waiting.append((raw.FPDFFormObj_GetObject, part, parts, scale * _growth(part), depth + 1))
        left -= min(count, left)


def _image(page: PdfPage, part: object, scale: float) -> tuple[int, float]:
    """Return the size of a picture in bytes, and the area it covers, in a drawing that grows areas by `scale`."""
    from pypdfium2 import raw

    facts, box = raw.FPDF_IMAGEOBJ_METADATA(), [c_float() for _ in range(4)]
    raw.FPDFImageObj_GetImageMetadata(part, page.raw, facts)
    raw.FPDFPageObj_GetBounds(part, *box)
    left, bottom, right, top = (each.value for each in box)
    return facts.width * facts.height * max(facts.bits_per_pixel, 1) // 8, abs((right - left) * (top - bottom)) * scale


def _growth(part: object) -> float:
    """Return by how much a drawing's place on the page grows areas."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(part, matrix)
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def picture_of(page: PdfPage, *, dpi: float, part: Part = WHOLE) -> Image | None:
    """Return a part of the page as a grey picture, as a viewer shows it, with annotations and form fields.

    Args:
        page: A page whose look says that it is drawable.
        dpi: Dots per inch; fewer where the page is so large that its whole would break the limits.
        part: What is cut off from each side.
    """
    try:
        width, height = page.get_size()
        left, bottom, right, top = part
        crop = (left * width, bottom * height, right * width, top * height)
        bitmap = page.render(scale=_scale(width, height, dpi), crop=crop, grayscale=True)
        try:
            picture: Image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
    except Exception:  # noqa: BLE001 - as above
        return None
    return picture


def _scale(width: float, height: float, dpi: float) -> float:
    """Return the dots per point that the limits allow."""
    return min(dpi / POINTS, _SIDE_LIMIT / max(width, height), sqrt(_DOTS_LIMIT / (width * height)))
