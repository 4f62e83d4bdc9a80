"""Whether a picture that an author put beside a text can stand in a document. Reads bytes; changes nothing."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from typing import Final

from PIL import Image as Pictures

LARGEST: Final = 20_000_000
"""Bytes of one picture; a page printed at 300 dots per inch has far fewer."""
MOST_DOTS: Final = 50_000_000
_PLACE: Final = re.compile(r"records/deliverables/([^/]+)/([^/]+\.(?:png|jpe?g))", re.IGNORECASE)


def images_of(files: Mapping[str, bytes]) -> dict[tuple[str, str], bytes]:
    """Return the pictures among the files of a project or a cut, by (deliverable id, file name).

    They lie where the narratives lie: records/deliverables/<ID>/<name>.png (or .jpg, .jpeg).
    """
    found = ((_PLACE.fullmatch(path), data) for path, data in files.items())
    return {(match[1], match[2]): data for match, data in found if match}


def fault_of(data: bytes) -> str:
    """Return why some bytes are no picture that can be printed; empty where they are one."""
    if len(data) > LARGEST:
        return f"has more than {LARGEST // 1_000_000} megabytes"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow only warns of a picture that would fill the memory
        try:
            with Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    return f"has more than {MOST_DOTS // 1_000_000} million dots"
                picture.load()
        except (OSError, ValueError, SyntaxError, Warning, Pictures.DecompressionBombError):
            return "is damaged, or no PNG or JPEG picture"
    return "" if can_be_carried(data) else "is a picture of a kind that a Word document cannot carry"


def can_be_carried(data: bytes) -> bool:
    """Whether python-docx knows a picture: of JPEGs those that begin as JFIF or Exif do, not those of presses."""
    from docx.image.image import Image

    try:
        Image.from_blob(data)
    except Exception:  # noqa: BLE001 - the library leaks every kind of exception on parts that it cannot read
        return False
    return True
