"""Where each party signs: an empty place beside its name on the page of the signatures, where there is one.

The page is searched from the last one backwards, since the names stand on many pages and the signatures on the last of
them. Where no name has an empty place beside it, the fields stand in rows on an empty part of the last page; where that
is full as well, they have no place, and sign all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.frames import MILLIMETRE, Box, Frame
from elca_docs.pdf.ink import boxes_of, ink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pypdfium2 import PdfDocument

    from elca_docs.pdf.ink import Ink

_SIZES: Final = tuple(
    (wide * MILLIMETRE, high * MILLIMETRE, cost * MILLIMETRE)
    for wide, high, cost in (
        *((70, 20, 0), (60, 20, 1), (50, 20, 2), (70, 15, 3), (60, 15, 4), (50, 15, 5)),
        *((60, 12, 8), (50, 12, 9), (60, 9, 12), (50, 9, 13)),
    )
)
"""Width and height of a field, best first, and how much farther away a larger one may be than a smaller one."""
_FAR: Final = 30 * MILLIMETRE
_EDGE: Final = 8 * MILLIMETRE
_STEP: Final = 1.5 * MILLIMETRE
_GAP: Final = 4 * MILLIMETRE
_CLEAR: Final = 2.0
"""How many points a field keeps away from the name."""
_ASIDE: Final = 2.0
"""How much worse a place beside or above the name is than one as near below it."""


@dataclass(frozen=True, slots=True)
class SignatureSpot:
    """Where a party signs: the page, from 1, and the box in the page's own coordinates, None where it has no place."""

    party: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page on which signatures may stand, and where each party's name stands on it."""

    number: int
    frame: Frame
    ink: Ink
    names: dict[str, list[Box]]


def spots_of(document: PdfDocument, frames: Sequence[Frame], parties: Mapping[str, str]) -> list[SignatureSpot]:
    """Return where each party signs, in the order of the parties.

    Args:
        document: The stamped file, open.
        frames: The frame of each of its pages.
        parties: Name as it is printed, by id of the party.
    """
    found: dict[str, SignatureSpot] = {}
    for page in _pages_backwards(document, frames, parties):
        placed = _beside_names(page, parties)
        if len(placed) == len(parties):
            return [placed[party] for party in parties]
        for party, spot in placed.items():
            found.setdefault(party, spot)
    rest = [party for party in parties if party not in found]
    if rest:
        taken = [spot.box for spot in found.values() if spot.page == len(frames) and spot.box]
        found |= _in_rows(document, frames[-1], rest, taken)
    return [found[party] for party in parties]


def _pages_backwards(document: PdfDocument, frames: Sequence[Frame], parties: Mapping[str, str]) -> Iterator[_Page]:
    """Yield the pages on which a party is named, the last one first."""
    for number in range(len(frames), 0, -1):
        page, frame = document[number - 1], frames[number - 1]
        names = {party: boxes_of(page, frame, name) for party, name in parties.items()}
        if any(names.values()):
            yield _Page(number, frame, ink_of(page, frame), names)


def _beside_names(page: _Page, parties: Mapping[str, str]) -> dict[str, SignatureSpot]:
    """Return the spots of the parties that have an empty place beside their name on this page."""
    spots: dict[str, SignatureSpot] = {}
    taken: list[Box] = []
    for party in parties:
        others = [box for other, boxes in page.names.items() if other != party for box in boxes]
        tried = [_beside(page.ink, name, others, taken) for name in page.names[party]]
        best = min((each for each in tried if each), default=None)
        if best:
            taken.append(best[1])
            spots[party] = SignatureSpot(party, page.number, page.frame.own(best[1]))
    return spots


def _beside(ink: Ink, name: Box, others: Sequence[Box], taken: Sequence[Box]) -> tuple[float, Box] | None:
    """Return the best empty place beside a name and what it costs, or None where there is none near."""
    best: tuple[float, Box] | None = None
    for left, top in _corners_around(name):
        # Where the smallest field does not fit, no larger one does: most of a printed page is left aside by one look.
        if not _free(ink, _sized(left, top, *_SIZES[-1]), taken):
            continue
        for size in _SIZES:
            box = _sized(left, top, *size)
            cost = size[2] + _cost(box, name)
            better = best is None or cost < best[0]
            if better and _near(box, name, others) and _free(ink, box, taken):
                best = (cost, box)
    return best


def _corners_around(name: Box) -> Iterator[tuple[float, float]]:
    """Yield the upper left corners of boxes around a name, from above it downwards."""
    steps = int(_FAR / _STEP) + 1
    for down in range(-2 * steps, steps + 1):
        for across in range(-2 * steps, steps + 1):
            yield name[0] + across * _STEP, name[1] - 1 - down * _STEP


def _sized(left: float, top: float, wide: float, high: float, _: float) -> Box:
    return (left, top - high, left + wide, top)


def _near(box: Box, name: Box, others: Sequence[Box]) -> bool:
    """Whether a box is near a name, does not touch it, and is not nearer to the name of another party."""
    away = _between(box, name)
    return _CLEAR <= away <= _FAR and all(away <= _between(box, other) for other in others)


def _cost(box: Box, name: Box) -> float:
    """Return how bad a place is: far away, beside or above the name, not beginning where the name does."""
    aside = 1.0 if box[3] < name[1] else _ASIDE
    return aside * _between(box, name) + abs(box[0] - name[0]) / 4


def _in_rows(
    document: PdfDocument, frame: Frame, parties: Sequence[str], taken: Sequence[Box]
) -> dict[str, SignatureSpot]:
    """Return spots on the last page, beside and below one another, from the foot of the page upwards."""
    number = len(document)
    ink = ink_of(document[number - 1], frame)
    wide, high, _ = _SIZES[2]
    used = [frame.seen(box) for box in taken]
    spots = {party: SignatureSpot(party, number) for party in parties}
    waiting = list(parties)
    up = _EDGE
    while waiting and up + high <= ink.height - _EDGE:
        across = _EDGE
        while waiting and across + wide <= ink.width - _EDGE:
            box = (across, up, across + wide, up + high)
            if _free(ink, box, used):
                used.append(box)
                party = waiting.pop(0)
                spots[party] = SignatureSpot(party, number, frame.own(box))
                across += wide
            across += _GAP
        up += _GAP
    return spots


def _free(ink: Ink, box: Box, taken: Sequence[Box]) -> bool:
    """Whether a box keeps away from the edges of the page, and from the boxes taken, and nothing is printed in it."""
    inside = box[0] >= _EDGE and box[1] >= _EDGE and box[2] <= ink.width - _EDGE and box[3] <= ink.height - _EDGE
    return inside and ink.blank(box) and all(_between(box, other) > 0 for other in taken)


def _between(one: Box, other: Box) -> float:
    """Return how far two boxes are apart; 0 where they touch."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    up = max(one[1] - other[3], other[1] - one[3], 0.0)
    return float((across**2 + up**2) ** 0.5)
