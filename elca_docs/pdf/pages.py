"""On which page something stands: the page of each bookmark of a Word file, in the PDF that LibreOffice made of it.

LibreOffice writes bookmarks as named destinations where it is told to (`office.profile`). It reads and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from elca_docs.pdf.opening import damaged, opened

_CODED: Final = re.compile("/([0-9A-F]{2})")
"""How LibreOffice writes a sign in the name of a destination that is no letter or digit."""


def pages_of(pdf: bytes, anchors: Mapping[str, str]) -> dict[str, int]:
    """Return the page, from 1, of each anchor whose bookmark is in the PDF.

    Args:
        pdf: What LibreOffice made of a document.
        anchors: The name of the bookmark of each heading and caption by its anchor (`rendering.bookmarks_of`).

    Raises:
        EvidenceError: pdf-damaged, pdf-encrypted or pdf-no-pages.
    """
    reader = opened(pdf)
    try:
        numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, start=1)}
        places = {
            _CODED.sub(lambda code: chr(int(code[1], 16)), name): numbers.get(place.raw_get("/Page"))
            for name, place in reader.named_destinations.items()
        }
    except Exception as error:  # the library leaks every kind of exception on damaged parts
        raise damaged(error) from error
    found = ((anchor, places.get(bookmark)) for anchor, bookmark in anchors.items())
    return {anchor: page for anchor, page in found if page is not None}
