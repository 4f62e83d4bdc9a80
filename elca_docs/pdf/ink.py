"""Where a page is printed on: a picture of its ink, one dot per point, and the words on it with their places.

Everything is measured on the page as it is seen (see `frames`). The pages are drawn and read by pdfium, in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.frames import Box, Frame
from elca_docs.pdf.opening import undrawable

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_WHITE: Final = 240
"""From this brightness on a dot counts as paper."""
_SOFT: Final = "\u00ad\ufffe\u0002"
"""Hyphens that stand at the end of a line only."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page: 255 where there is any, 0 on paper, one dot per point, the first row at the top."""

    dots: Image
    width: float
    height: float

    def blank(self, box: Box) -> bool:
        """Whether a box lies on the page and nothing is printed in it."""
        left, bottom, right, top = box
        if left < 0 or bottom < 0 or right > self.width or top > self.height:
            return False
        down, up = int(self.height - top), int(self.height - bottom) + 1
        return self.dots.crop((int(left), max(0, down), int(right) + 1, up)).getbbox() is None

    @property
    def bounds(self) -> Box | None:
        """The smallest box that holds all ink, or None of an empty page."""
        found = self.dots.getbbox()
        if found is None:
            return None
        return found[0], self.height - found[3], found[2], self.height - found[1]


def document_of(pdf: bytes, pages: int) -> PdfDocument:
    """Return the file as pdfium opens it, to be closed; EvidenceError pdf-damaged where it reads another file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise undrawable() from error
    if len(document) != pages:
        document.close()
        raise undrawable()
    return document


def ink_of(page: PdfPage, frame: Frame) -> Ink:
    """Return the ink of a page, its notes and form fields with it."""
    width, height = max(1, round(frame.width)), max(1, round(frame.height))
    picture = page.render(scale=1, grayscale=True).to_pil().convert("L")
    table = [255] * _WHITE + [0] * (256 - _WHITE)
    dots = picture.point(table)
    # Other units (/UserUnit) are drawn smaller: dots grow then, and none is lost.
    return Ink(dots if dots.size == (width, height) else dots.resize((width, height)), frame.width, frame.height)


def boxes_of(page: PdfPage, frame: Frame, words: str) -> list[Box]:
    """Return where the words stand on a page, line breaks and capitals aside, in the order of its text."""
    wanted = _plain(words)[0]
    if not wanted:
        return []
    text = page.get_textpage()
    plain, places = _plain("".join(_sign(text, place) for place in range(text.count_chars())))
    boxes = []
    start = plain.find(wanted)
    while start >= 0:
        letters = [text.get_charbox(places[each]) for each in range(start, start + len(wanted)) if plain[each] != " "]
        lefts, bottoms, rights, tops = zip(*letters, strict=True)
        boxes.append(frame.seen((min(lefts), min(bottoms), max(rights), max(tops))))
        start = plain.find(wanted, start + len(wanted))
    return boxes


def _sign(text: PdfTextPage, place: int) -> str:
    """Return one sign of the text; signs and boxes are asked one by one, since a whole text leaves signs out."""
    from pypdfium2 import raw

    return chr(raw.FPDFText_GetUnicode(text.raw, place))


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text in small letters with single blanks, and where each of its signs stands in the text."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _SOFT:
            continue
        for small in " " if sign.isspace() else sign.casefold():
            if small != " " or (signs and signs[-1] != " "):
                signs.append(small)
                places.append(place)
    while signs and signs[-1] == " ":
        signs.pop()
        places.pop()
    return "".join(signs), places
