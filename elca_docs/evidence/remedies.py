"""What is done to the picture of a bad scan before a code is looked for on it again, cheapest first.

Each remedy is for something that was measured (evidence notes 3.8): noise, a pen's stroke across the code, low
contrast, dots too coarse or too fine. A picture in grey goes in, another one comes out; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

Remedy = Callable[["Image"], "Image"]
_BLACK: Final = 0.01  # share of the dots that are taken for print


def untouched(picture: Image) -> Image:
    """Return the picture as it is."""
    return picture


def halved(picture: Image) -> Image:
    """Return the picture at half the size: noise evens out."""
    return picture.reduce(2) if min(picture.size) > 1 else picture


def darkest(share: float) -> Remedy:
    """Return the remedy that keeps what is nearly as dark as print: a pen's ink is lighter than it.

    Args:
        share: How far from the print's black to the paper's white a dot still counts as dark.
    """

    def only_dark(picture: Image) -> Image:
        from PIL import ImageFilter

        smooth = picture.filter(ImageFilter.BoxBlur(1))
        counts = smooth.histogram()
        wanted = _BLACK * sum(counts)
        black = next(grey for grey, dots in enumerate(accumulate(counts)) if dots >= wanted)
        white = max(range(256), key=counts.__getitem__)
        limit = black + (white - black) * share
        return smooth.point([0 if grey < limit else 255 for grey in range(256)])

    return only_dark


def smoothed(picture: Image) -> Image:
    """Return the picture without its grains, its contrast raised."""
    from PIL import ImageFilter, ImageOps

    return ImageOps.autocontrast(picture.filter(ImageFilter.GaussianBlur(1)), cutoff=2)


def enlarged(picture: Image) -> Image:
    """Return the picture smoothed, at twice the size: more dots for each module of a code."""
    from PIL import ImageFilter
    from PIL.Image import Resampling

    smooth = picture.filter(ImageFilter.GaussianBlur(1.2))
    return smooth.resize((smooth.width * 2, smooth.height * 2), Resampling.BICUBIC)


def thinned(picture: Image) -> Image:
    """Return the picture with everything dark thinner by a dot on each side: fine strokes vanish."""
    from PIL import ImageFilter

    return picture.filter(ImageFilter.MaxFilter(3))


_SHARES: Final = (0.12, 0.1, 0.15, 0.08, 0.2, 0.3)
CHEAP: Final[tuple[Remedy, ...]] = (untouched, halved, *map(darkest, _SHARES))
"""About 2 ms each on a part of a page."""
DEAR: Final[tuple[Remedy, ...]] = (smoothed, enlarged, thinned)
"""About 5 to 25 ms each on a part of a page."""
