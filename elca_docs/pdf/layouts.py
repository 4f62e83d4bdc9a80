"""Where the code and the line of text go: the first place of a fixed order that is blank on every page.

Where no middle of an edge is free, the pages are moved by a few millimetres to the left, then the rest of the margins
is tried; where that does not do either, they are made a little smaller, so that a strip at their foot becomes free.
Nothing that is printed is ever covered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.errors import EvidenceError, Problem
from elca_docs.pdf.frames import MILLIMETRE, Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from elca_docs.pdf.ink import Ink

CODE: Final = 18 * MILLIMETRE
"""The side of the code without its quiet zone; 18 to 22 mm can be read off a poor scan (evidence notes 3.8)."""
QUIET: Final = 4
"""Modules around the code that stay blank (ISO/IEC 18004, 9.1)."""
_EDGE: Final = 4 * MILLIMETRE  # printers leave about so much of a sheet blank
_STEP: Final = 3 * MILLIMETRE
_STEPS: Final = 70  # from the middle of a long edge of A3 to its end
_LEAST_EDGE: Final = 8 * MILLIMETRE
_SHIFTS: Final = tuple(each * MILLIMETRE for each in (0, 1, 2, 3, 4, 6))
_MIDDLES: Final = 4
"""How many of the places of the code are the middle of an edge. A sheet that lies askew in a scanner loses its corners,
and keeps the middle of its edges: so a small move for the sake of such a place is worth it."""
_LEAST_SCALE: Final = 0.6
_LEADING: Final = 1.2
LINE_SIZE: Final = 7.0
"""The size of the line of text in points."""
_LEAST_LINE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """Where the line of text stands on a page as it is seen, its size in points, and whether it runs upwards."""

    box: Box
    size: float
    upwards: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page changes and where its stamp stands.

    Its content is made smaller by `scale` towards the middle of the upper edge, or moved to the left by `shift` points.
    """

    code: Box
    line: Line
    scale: float = 1.0
    shift: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether the content does not stay as it is."""
        return (self.scale, self.shift) != (1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be placed: modules along a side of the code, and how long the line is in points at size 1."""

    modules: int
    line: float

    @property
    def quiet(self) -> float:
        """The width of the quiet zone in points."""
        return CODE / self.modules * QUIET


def layouts_of(inks: Sequence[Ink], wanted: Wanted) -> list[Layout]:
    """Return the layout of each page: the same place, the same change.

    Raises:
        EvidenceError: pdf-page-too-small where a page has no room for a code at all.
    """
    for places, shifts in ((_MIDDLES, _SHIFTS[:-1]), (None, _SHIFTS)):
        for shift in shifts:
            found = all(_can_move(ink, shift) for ink in inks) and _placed(inks, wanted, shift, places)
            if found:
                return found
    return _shrunk(inks, wanted)


def _can_move(ink: Ink, shift: float) -> bool:
    """Whether a page keeps a margin on its left when it moves, and has nothing that reaches to its edges."""
    bounds = ink.bounds if shift else None
    return bounds is None or (bounds[0] - shift >= _LEAST_EDGE and bounds[2] <= ink.width - 1)


def _placed(inks: Sequence[Ink], wanted: Wanted, shift: float, places: int | None) -> list[Layout]:
    """Return the first layout, of so many, in which both places are blank on all pages moved by `shift`, or nothing."""
    rows = [list(_code_boxes(ink.width, ink.height))[:places] for ink in inks]
    for codes in zip(*rows, strict=True):
        around = [_grown(code, wanted.quiet) for code in codes]
        if not all(_blank(ink, box, shift) for ink, box in zip(inks, around, strict=True)):
            continue
        choices = [list(_line_spots(ink, code, wanted)) for ink, code in zip(inks, codes, strict=True)]
        for lines in zip(*choices, strict=True):
            if all(_blank(ink, line.box, shift) for ink, line in zip(inks, lines, strict=True)):
                return [Layout(code, line, shift=shift) for code, line in zip(codes, lines, strict=True)]
    return []


def _blank(ink: Ink, box: Box, shift: float) -> bool:
    """Whether nothing of the moved page is printed in a box; beyond the edge of the page nothing was seen."""
    left, bottom, right, top = box
    inside = left >= 0 and right <= ink.width
    return inside and ink.blank((left + shift, bottom, min(ink.width, right + shift), top))


def _code_boxes(width: float, height: float) -> Iterator[Box]:
    """Yield the places of the code: the middle of the right, left, lower and upper edge, then away from the middles.

    The same place on pages of several sizes has the same number in the row, and every row is equally long. The right
    edge comes first, since sheets are punched and bound on the left, and have more text at their head and foot.
    """
    right, top = width - _EDGE - CODE, height - _EDGE - CODE
    across, up = (width - CODE) / 2, (height - CODE) / 2
    for away in [0.0] + [sign * step * _STEP for step in range(1, _STEPS) for sign in (-1, 1)]:
        beside, over = min(max(up + away, _EDGE), top), min(max(across + away, _EDGE), right)
        yield from (_square(right, beside), _square(_EDGE, beside), _square(over, _EDGE), _square(over, top))


def _line_spots(ink: Ink, code: Box, wanted: Wanted) -> Iterator[Line]:
    """Yield the places of the line: along the code's edge of the page, at the code's other sides, along the edges."""
    long, high, gap = wanted.line * LINE_SIZE, LINE_SIZE * _LEADING, wanted.quiet
    left, bottom, right, top = code
    level = [
        _line(across, up, long, high) for up in (bottom, top - high) for across in (right + gap, left - gap - long)
    ]
    upright = [
        _line(across, up, high, long, upwards=True)
        for across in (right - high, left)
        for up in (top + gap, bottom - gap - long)
    ]
    on_side = bottom > _EDGE and top < ink.height - _EDGE
    yield from (*upright, *level) if on_side else (*level, *upright)
    for up in (_EDGE, ink.height - _EDGE - high):
        yield _line(_EDGE if left > ink.width / 2 else ink.width - _EDGE - long, up, long, high)
    for across in (_EDGE, ink.width - _EDGE - high):
        yield _line(across, (ink.height - long) / 2, high, long, upwards=True)


def _shrunk(inks: Sequence[Ink], wanted: Wanted) -> list[Layout]:
    """Return the layouts of pages made smaller, the stamp in the strip at their foot: the line beside the code."""
    strip = _EDGE + CODE + wanted.quiet
    scale = min((ink.height - strip) / ink.height for ink in inks)
    room = (min(ink.width for ink in inks) - CODE) / 2 - wanted.quiet - _EDGE
    size = min(LINE_SIZE, room / wanted.line if wanted.line else LINE_SIZE)
    if scale < _LEAST_SCALE or size < _LEAST_LINE:
        message = "the PDF has a page that is too small for the code that identifies it"
        raise EvidenceError(Problem("pdf-page-too-small", message, fix="export the document on A4 or Letter paper"))
    shrunk = []
    for ink in inks:
        code = _square((ink.width - CODE) / 2, _EDGE)
        line = _line(code[2] + wanted.quiet, code[1], wanted.line * size, size * _LEADING, size=size)
        shrunk.append(Layout(code, line, scale=scale))
    return shrunk


def _square(across: float, up: float) -> Box:
    return (across, up, across + CODE, up + CODE)


def _line(  # noqa: PLR0913 - a box and how text runs in it
    across: float, up: float, wide: float, high: float, *, upwards: bool = False, size: float = LINE_SIZE
) -> Line:
    return Line((across, up, across + wide, up + high), size, upwards)


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)
