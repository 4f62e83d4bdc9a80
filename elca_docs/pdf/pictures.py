"""Pages as pictures, for a person's eyes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from elca_docs.errors import EvidenceError, Problem

if TYPE_CHECKING:
    import pypdfium2

_WIDEST = 4_000
_POINTS = 72


def pictures(pdf: bytes, dpi: int, most: int) -> tuple[bytes, ...]:
    """Return the first pages as PNG, at most `most` of them and none wider or higher than 4,000 pixels.

    EvidenceError (pdf-no-picture) where the pages cannot be drawn.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_picture(document[place], dpi) for place in range(min(len(document), most)))
        finally:
            document.close()
    except Exception as error:
        message = "the pages cannot be drawn"
        raise EvidenceError(Problem("pdf-no-picture", message, fix="open the file in a PDF viewer")) from error


def _picture(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    scale = min(dpi / _POINTS, _WIDEST / max(*page.get_size(), 1))
    stream = io.BytesIO()
    page.render(scale=scale).to_pil().save(stream, "PNG")
    return stream.getvalue()
