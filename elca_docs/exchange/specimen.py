"""Specimens: PDFs that look like a signed copy or an attendance list and say on every page that they are neither.

They are what the demo registers, and what tests take where a file of the outside world would stand. Each is marked as
fictitious in its title, across the page and in its properties; nothing here may look like a real person's signature.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARK: Final = "SPECIMEN — fictitious, without any legal effect"
_WIDTH, _HEIGHT = 595.28, 841.89  # A4 in points
_LEFT, _RIGHT, _BOTTOM = 64.0, _WIDTH - 64.0, 72.0
_INK, _GREY, _BLUE = (0.12, 0.16, 0.24), (0.55, 0.58, 0.63), (0.16, 0.27, 0.6)
_TALL: Final = 96.0
"""Height of a signature block."""
_PLAIN = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i"}
"""Letters with a stroke, which Unicode does not take apart."""
_STROKES = ((0, 0), (14, 30), (26, -8), (38, 18), (52, -4), (64, 22), (80, 2), (96, 14), (128, 6))


def signed_specimen(
    *, title: str, reference: str, lines: Sequence[str], signatures: Sequence[tuple[str, str]]
) -> bytes:
    """Return a PDF that looks like a signed copy: title, reference, lines of text, and a block per signature.

    `signatures` are pairs of who signs and what stands below ("signed on 5 October 2021"). The text can be read back.
    """
    page = _Pages(title, reference)
    page.paragraphs(lines)
    for who, below in signatures:
        page.signature(who, below)
    return page.finished()


def attendance_specimen(
    *, title: str, reference: str, lines: Sequence[str], attendees: Sequence[tuple[str, str]]
) -> bytes:
    """Return a PDF that looks like an attendance list: title, id of the event, lines of text, and a row per attendee.

    `attendees` are pairs of who took part and for which organisation.
    """
    page = _Pages(title, reference)
    page.paragraphs(lines)
    page.attendance(attendees)
    return page.finished()


class _Pages:
    """The pages while they are drawn, from the top down."""

    def __init__(self, title: str, reference: str) -> None:
        """Begin the first page."""
        from reportlab.pdfgen.canvas import Canvas

        self._written = io.BytesIO()
        self._title, self._reference = _drawable(title), _drawable(reference)
        # `invariant` leaves out the hour and the random identity, so the same specimen is the same file.
        self._canvas: Canvas = Canvas(self._written, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
        self._canvas.setTitle(f"SPECIMEN {self._title}")
        self._canvas.setAuthor("")
        self._canvas.setSubject(_drawable(MARK))
        self._top = 0.0
        self._number = 0
        self._begin()
        self.paragraphs([self._title], font="Helvetica-Bold", size=17)
        self.paragraphs([f"Reference {self._reference}"], colour=_GREY)

    def paragraphs(
        self,
        lines: Sequence[str],
        *,
        font: str = "Helvetica",
        size: float = 10.5,
        colour: tuple[float, float, float] = _INK,
    ) -> None:
        """Draw each text, broken into as many lines as it takes."""
        from reportlab.lib.utils import simpleSplit

        for text in lines:
            for piece in simpleSplit(_drawable(text), font, size, _RIGHT - _LEFT):
                self._room(size * 1.5)
                self._canvas.setFont(font, size)
                self._canvas.setFillColorRGB(*colour)
                self._canvas.drawString(_LEFT, self._top, piece)
            self._top -= size * 0.7

    def signature(self, who: str, below: str) -> None:
        """Draw a block with a scribble that is nobody's, a line, and who stands below it."""
        self._room(_TALL)
        base = self._top + 40
        self._scribble(base, sum(map(ord, who)) % 7)
        self._canvas.setStrokeColorRGB(*_GREY)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(_LEFT, base - 8, _LEFT + 230, base - 8)
        for offset, text, size in ((22, who, 10.5), (35, below, 9.0)):
            self._canvas.setFont("Helvetica", size)
            self._canvas.setFillColorRGB(*_INK)
            self._canvas.drawString(_LEFT, base - offset, _drawable(text))

    def attendance(self, attendees: Sequence[tuple[str, str]]) -> None:
        """Draw a row with a number and a scribble per attendee."""
        for number, (who, organisation) in enumerate(attendees, 1):
            self._room(30)
            self._canvas.setFillColorRGB(*_INK)
            self._canvas.setFont("Helvetica", 10)
            self._canvas.drawString(_LEFT, self._top, f"{number}")
            self._canvas.drawString(_LEFT + 24, self._top, _drawable(who)[:40])
            self._canvas.drawString(_LEFT + 200, self._top, _drawable(organisation)[:40])
            self._scribble(self._top - 2, number % 7, left=_RIGHT - 70, scale=0.5)
            self._canvas.setStrokeColorRGB(*_GREY)
            self._canvas.setLineWidth(0.4)
            self._canvas.line(_LEFT, self._top - 9, _RIGHT, self._top - 9)

    def finished(self) -> bytes:
        """Return the file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._written.getvalue()

    def _scribble(self, base: float, turn: int, *, left: float = _LEFT + 12, scale: float = 1.0) -> None:
        """Draw a wavy line; `turn` makes one differ from the next."""
        bent = [(x, y + 3 * ((turn + step) % 4)) for step, (x, y) in enumerate(_STROKES)]
        points = [(left + scale * x, base + scale * y) for x, y in bent]
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for one, two, three in zip(points[1::3], points[2::3], points[3::3], strict=False):
            path.curveTo(*one, *two, *three)
        self._canvas.setStrokeColorRGB(*_BLUE)
        self._canvas.setLineWidth(1.3 * scale)
        self._canvas.drawPath(path)

    def _room(self, height: float) -> None:
        """Go down by a height, onto the next page where this one is full."""
        if self._top - height < _BOTTOM:
            self._canvas.showPage()
            self._begin()
        self._top -= height

    def _begin(self) -> None:
        """Begin a page with the mark across it and the reference at its foot."""
        self._number += 1
        self._top = _HEIGHT - 84
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColorRGB(0.93, 0.93, 0.95)
        canvas.setFont("Helvetica-Bold", 96)
        canvas.drawCentredString(0, -30, "SPECIMEN")
        canvas.restoreState()
        canvas.setFillColorRGB(0.75, 0.1, 0.1)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(_LEFT, _HEIGHT - 48, _drawable(MARK))
        canvas.setFillColorRGB(*_GREY)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_LEFT, 40, self._reference)
        canvas.drawRightString(_RIGHT, 40, f"{self._number}")


def _drawable(text: str) -> str:
    """Return the text in letters of the built-in fonts (Windows Latin 1): others lose their marks, or become "?"."""
    return "".join(_letter(each) for each in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    """Return a letter as it can be drawn."""
    if letter.isspace():
        return " "
    plain = _PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)[0]
    drawable = (each for each in (letter, plain) if each.isprintable() and each.encode("cp1252", "ignore"))
    return next(drawable, "?")
