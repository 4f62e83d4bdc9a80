"""A page as a person sees it: upright, cut to its visible part, measured in points from its lower left corner.

Pages may be turned (/Rotate), cut (/CropBox) or measured in other units (/UserUnit). Everything that is placed on a
page is placed as it is seen, and only written through `matrix` in the page's own coordinates (ISO 32000-1, 7.7.3.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.parts import numbers_of, value_of

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import PdfObject

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
MILLIMETRE: Final = 72 / 25.4
"""Points per millimetre."""
_LETTER: Final[Box] = (0, 0, 612, 792)  # what readers take for a page that does not say how large it is
_LEVELS: Final = 64


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in its own coordinates, how it is turned (0, 90, 180, 270), points per unit."""

    box: Box
    turned: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """The width as it is seen, in points."""
        return self._sides[self.turned in {90, 270}]

    @property
    def height(self) -> float:
        """The height as it is seen, in points."""
        return self._sides[self.turned not in {90, 270}]

    @property
    def matrix(self) -> Matrix:
        """The matrix that leads from the page as it is seen to the page's own coordinates."""
        left, bottom, right, top = self.box
        one = 1 / self.unit
        return {
            0: (one, 0, 0, one, left, bottom),
            90: (0, one, -one, 0, right, bottom),
            180: (-one, 0, 0, -one, right, top),
            270: (0, -one, one, 0, left, top),
        }[self.turned]

    @property
    def _sides(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (right - left) * self.unit, (top - bottom) * self.unit

    def own(self, box: Box) -> Box:
        """Return a box as it is seen in the page's own coordinates."""
        corners = [moved(self.matrix, box[0], box[1]), moved(self.matrix, box[2], box[3])]
        return _upright([*corners[0], *corners[1]])

    def seen(self, box: Box) -> Box:
        """Return a box in the page's own coordinates as it is seen; the inverse of `own`."""
        a, b, c, d, e, f = self.matrix
        area = a * d - b * c
        back = (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)
        return _upright([*moved(back, box[0], box[1]), *moved(back, box[2], box[3])])


def frame_of(page: PageObject) -> Frame:
    """Return the frame of a page; what it does not say, or says in vain, is taken as readers take it."""
    media = _box(inherited(page, "/MediaBox")) or _LETTER
    crop = _box(inherited(page, "/CropBox")) or media
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return Frame(
        both if both[0] < both[2] and both[1] < both[3] else media,
        int(_number(inherited(page, "/Rotate"), 0)) // 90 % 4 * 90,
        _number(page.get("/UserUnit"), 1) or 1.0,
    )


def inherited(page: PageObject, key: str) -> PdfObject | None:
    """Return a value of the page, or of the nearest node above it that has one (ISO 32000-1, 7.7.3.4)."""
    node: PdfObject | None = page
    for _ in range(_LEVELS):
        found = value_of(node, key)
        if found is not None:
            return found
        node = value_of(node, "/Parent")
    return None


def moved(matrix: Matrix, across: float, up: float) -> tuple[float, float]:
    """Return a point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * across + c * up + e, b * across + d * up + f


def _box(value: PdfObject | None) -> Box | None:
    """Return a box of four numbers with an area, or None."""
    sides = numbers_of(value)
    box = _upright(sides) if len(sides) == len(_LETTER) else (0, 0, 0, 0)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _upright(sides: list[float]) -> Box:
    """Return the box with its sides in order."""
    left, bottom, right, top = sides
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _number(value: PdfObject | None, otherwise: float) -> float:
    """Return a number of the page, or the other where it is none."""
    try:
        return float(value) if value is not None else otherwise  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise
