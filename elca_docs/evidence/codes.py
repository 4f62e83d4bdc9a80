"""The symbols on the pages of a PDF: QR codes, read off the page as a picture, of a poor scan too.

The key of the project is not known here, so a text is given as it was read; whether it is a code of ours is asked of
`PageCode.parse`. Only QR codes of model 2 are looked for: their smaller relatives find a text in noise (evidence notes
3.8). A page is searched until a text of the form of a page code is found: where the page before had its code, at the
middle of the edges, on the whole, and, if it is a picture, once more through the remedies for bad scans. The work is
bounded by counts, not by a clock, so that the same file always gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from elca_docs.evidence.pictures import WHOLE, Part, look_of, opened, page_of, picture_of
from elca_docs.evidence.remedies import CHEAP, DEAR
from elca_docs.model.facts import SeenCode
from elca_docs.model.page_code import shaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage
    from zxingcpp import Barcode

    from elca_docs.evidence.remedies import Remedy

SEARCHED_PAGES: Final = 120
"""How many pages are searched."""
_DPI: Final = 200
_WIDE, _HIGH = 0.4, 0.3  # of a page: a code in the middle of it is whole in the picture of a page that lay askew
_ACROSS, _DOWN = (1 - _WIDE) / 2, (1 - _HIGH) / 2
_MIDDLES: Final[tuple[Part, ...]] = (
    (1 - _WIDE, _DOWN, 0, _DOWN),
    (0, _DOWN, 1 - _WIDE, _DOWN),
    (_ACROSS, 0, _ACROSS, 1 - _HIGH),
    (_ACROSS, 1 - _HIGH, _ACROSS, 0),
)
"""The middle of the right, left, lower and upper edge: where a signature copy has its codes, however the page lay."""
_CLOSE_PAGES: Final = 30  # pages that are put through the remedies, where another page has a page code
_CLOSE_PAGES_ALONE: Final = 12  # and where none has: a scan of something else, most likely
_AS_IT_IS: Final = CHEAP[:1]
_LONGEST: Final = 200
_PER_PAGE: Final = 20
_CONTRAST: Final = 30  # between the lightest and the darkest dot of a page on which there is something to be seen


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search for symbols gave: the codes in order of pages, and whether each page was searched."""

    codes: tuple[SeenCode, ...]
    whole: bool


@dataclass(slots=True)
class _Search:
    """What was seen so far, where codes are found, and which pages deserve a closer look."""

    seen: dict[int, dict[str, None]] = field(default_factory=dict)
    """Page → texts in the order in which they were read."""
    places: tuple[Part, ...] = _MIDDLES
    """Where to look on a page, the place of the code that was found last at the beginning."""
    close: list[int] = field(default_factory=list)
    skipped: bool = False

    @property
    def found(self) -> bool:
        """Whether any page has a code of the form of a page code."""
        return self.places is not _MIDDLES

    def look_around(self, number: int, page: PdfPage, remedies: Sequence[Remedy]) -> bool:
        """Whether one of the places of a page shows a page code, as it is or after one of the remedies."""
        return any(self.look(number, page, remedies, place) for place in self.places)

    def look(self, number: int, page: PdfPage, remedies: Sequence[Remedy], part: Part = WHOLE) -> bool:
        """Whether a part of a page shows a page code, as it is or after one of the remedies."""
        picture = picture_of(page, dpi=_DPI, part=part)
        if picture is None or _is_blank(picture):
            return False
        return any(self._read(number, remedy(picture), part) for remedy in remedies)

    def _read(self, number: int, picture: Image, part: Part) -> bool:
        """Keep what is read off a picture; whether a page code is among it."""
        texts = self.seen.setdefault(number, {})
        done = False
        for symbol in _symbols_on(picture):
            text = symbol.text[:_LONGEST]
            if len(texts) < _PER_PAGE:
                texts[text] = None
            if shaped(text):
                done = True
                self.places = (_around(symbol, picture, part), *_MIDDLES)
        return done


def codes_in(data: bytes) -> Searched:
    """Return the symbols on the pages of a PDF; none, and not whole, where PDFium cannot open it.

    A page of a file with more than 120 pages that lies behind them is not searched, nor is one too large to be drawn.
    """
    with opened(data) as document:
        if document is None:
            return Searched((), whole=False)
        search = _Search(skipped=len(document) > SEARCHED_PAGES)
        for number in range(1, min(len(document), SEARCHED_PAGES) + 1):
            _glance(document, number, search)
        allowed = _CLOSE_PAGES if search.found else _CLOSE_PAGES_ALONE
        for number in search.close[:allowed]:
            _look_closely(document, number, search)
    codes = (SeenCode(page=number, text=text) for number, texts in sorted(search.seen.items()) for text in texts)
    return Searched(tuple(codes), whole=not search.skipped)


def _glance(document: PdfDocument, number: int, search: _Search) -> None:
    """Search a page as it is: where a code is likely, then the whole."""
    with page_of(document, number) as page:
        look = look_of(page) if page else None
        if page is None or look is None or not look.drawable:
            search.skipped = True
        elif (
            not (search.look_around(number, page, _AS_IT_IS) or search.look(number, page, _AS_IT_IS)) and look.pictured
        ):
            search.close.append(number)


def _look_closely(document: PdfDocument, number: int, search: _Search) -> None:
    """Search a page through the remedies for bad scans, the cheap ones everywhere first."""
    with page_of(document, number) as page:
        if page and not (search.look_around(number, page, CHEAP) or search.look(number, page, CHEAP)):
            search.look_around(number, page, DEAR)


def _symbols_on(picture: Image) -> list[Barcode]:
    """Return the QR symbols on a picture."""
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    try:
        return list(read_barcodes(picture, formats=BarcodeFormats(BarcodeFormat.QRCodeModel2)))
    except Exception:  # noqa: BLE001 - whatever a reader of codes makes of a picture, there is no code on it
        return []


def _around(symbol: Barcode, picture: Image, part: Part) -> Part:
    """Return the part of a page around a symbol on the picture of a part, as large as the usual ones."""
    left, bottom, right, top = part
    corner, opposite = symbol.position.top_left, symbol.position.bottom_right
    across = left + (1 - left - right) * (corner.x + opposite.x) / 2 / picture.width
    up = bottom + (1 - bottom - top) * (1 - (corner.y + opposite.y) / 2 / picture.height)
    start = min(max(across - _WIDE / 2, 0), 1 - _WIDE)
    foot = min(max(up - _HIGH / 2, 0), 1 - _HIGH)
    return (start, foot, 1 - _WIDE - start, 1 - _HIGH - foot)


def _is_blank(picture: Image) -> bool:
    """Whether there is nothing to be seen."""
    low, high = picture.getextrema()
    return not isinstance(low, tuple) and not isinstance(high, tuple) and high - low < _CONTRAST
