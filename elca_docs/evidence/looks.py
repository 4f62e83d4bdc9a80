"""Whether two pictures of a page show the same, outside of its signature fields.

The pictures are drawn small and by the same engine, so the same page gives the same dots, and only a slight difference
of grey is forgiven (a picture packed again). A page set anew by another program looks different; that is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from elca_docs.evidence.spots import Spot

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 60
"""At which pages are drawn for this."""
_FORGIVEN: Final = 40
"""Difference of grey (of 255) that is no difference."""
_DOTS: Final = 3
"""So many dots that differ make a page look different."""
_NEW_FIELDS_LIMIT: Final = 0.15
"""The share of a page that fields which were not issued may cover."""


def look_alike(issued: Image, shown: Image, *, fields: frozenset[Spot], new_fields: frozenset[Spot]) -> bool:
    """Whether a page shows what was issued.

    Args:
        issued: The page as it was issued, in grey.
        shown: The page of the file that came back.
        fields: Boxes of the signature fields that were issued; anything may stand in them.
        new_fields: Boxes of other signature fields; ink may come into them, none may go.
    """
    from PIL import ImageChops

    if issued.size != shown.size:
        return False
    # A file may grow a field over everything; no signature needs that much room.
    if sum(map(_area, new_fields)) > _NEW_FIELDS_LIMIT * issued.width * issued.height:
        return False
    if issued.tobytes() == shown.tobytes():
        return True
    lost = _seen(ImageChops.subtract(shown, issued), fields)
    gained = _seen(ImageChops.subtract(issued, shown), fields | new_fields)
    return lost + gained < _DOTS


def _seen(difference: Image, spots: Iterable[Spot]) -> int:
    """Return how many dots differ outside of the spots."""
    for spot in spots:
        difference.paste(0, spot)
    if not difference.getbbox():
        return 0
    return sum(difference.histogram()[_FORGIVEN:])


def _area(spot: Spot) -> int:
    left, top, right, bottom = spot
    return (right - left) * (bottom - top)
