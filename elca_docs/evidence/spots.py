"""What is laid upon a page: its signature fields, where a signed file may look different, and all else, where not.

A signature field that was issued may show anything once it is signed. One that came later may not: whoever puts it over
a price could hide it, so ink may come into its box, and none may go. Remarks and other fields are compared for
themselves, since not every viewer draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, c_int, cast, create_string_buffer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage
    from pypdfium2.raw import FS_RECTF

Spot = tuple[int, int, int, int]
"""A box on a picture in dots: left, top, right, bottom."""
Note = tuple[int, tuple[int, int, int, int], str]
"""Something laid upon a page: its kind (PDFium's number), its box in points, and what it says."""
_NOTES_LIMIT: Final = 500
"""How many are looked at on a page; on a page with more, that it has more is all that is known."""
_TEXT_LIMIT: Final = 2000


def spots_of(document: PdfDocument, page: PdfPage, size: tuple[int, int]) -> frozenset[Spot]:
    """Return the boxes of the page's signature fields, a dot wider on each side, on a picture of this size."""
    return frozenset(
        _spot(page, box, size)
        for annotation, box in _laid_upon(page)
        if _is_signature(document, annotation) and box.right > box.left and box.top > box.bottom
    )


def notes_of(document: PdfDocument, page: PdfPage) -> tuple[Note, ...]:
    """Return everything else that is laid upon the page, in the order of the file."""
    from pypdfium2 import raw

    notes: list[Note] = []
    for annotation, box in _laid_upon(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind != raw.FPDF_ANNOT_POPUP and not _is_signature(document, annotation):
            sides = (round(box.left), round(box.bottom), round(box.right), round(box.top))
            notes.append((kind, sides, _text(annotation)))
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    return (*notes, (0, (0, 0, 0, 0), "")) if count > _NOTES_LIMIT else tuple(notes)


def _laid_upon(page: PdfPage) -> Iterator[tuple[Any, FS_RECTF]]:
    """Yield what is laid upon a page, with its box in points; it is closed when the next one is asked for."""
    from pypdfium2 import raw

    for place in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _NOTES_LIMIT)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        if not annotation:
            continue
        box = raw.FS_RECTF()
        try:
            raw.FPDFAnnot_GetRect(annotation, box)
            yield annotation, box
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _is_signature(document: PdfDocument, annotation: Any) -> bool:  # noqa: ANN401 - a pointer of C
    """Whether it is a signature field."""
    from pypdfium2 import raw

    form = document.formenv
    return bool(form) and raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) == raw.FPDF_FORMFIELD_SIGNATURE


def _text(annotation: Any) -> str:  # noqa: ANN401 - as above
    """Return what a remark says."""
    from pypdfium2 import raw

    length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    room = create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", cast(room, POINTER(raw.FPDF_WCHAR)), length)
    return room.raw.decode("utf-16-le", "replace").rstrip("\0")[:_TEXT_LIMIT]


def _spot(page: PdfPage, box: FS_RECTF, size: tuple[int, int]) -> Spot:
    """Return a box of the page as a box on its picture; the page may be turned, or cropped."""
    from pypdfium2 import raw

    across, down = [], []
    for x, y in ((box.left, box.bottom), (box.right, box.top)):
        dot_x, dot_y = c_int(), c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, dot_x, dot_y)
        across.append(min(max(dot_x.value, 0), size[0]))
        down.append(min(max(dot_y.value, 0), size[1]))
    return min(across) - 1, min(down) - 1, max(across) + 1, max(down) + 1
