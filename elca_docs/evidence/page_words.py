"""The words of a page, in a form in which the same text gives the same words however it was set.

Where a line ends, whether a word was divided there and whether "fi" is one sign are matters of typesetting; a letter, a
figure or a full stop more or less is not. Nothing is compared here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SIGNS_LIMIT: Final = 200_000
_LIGATURES: Final = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
# What shows nothing: soft hyphens, joiners, marks of direction; PDFium writes U+FFFE where a line end divides a word.
_UNSEEN: Final = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0x2, 0x0])
_DIVIDED: Final = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s*(?=[^\W\d_])")


def words_of(page: PdfPage) -> tuple[str, ...] | None:
    """Return the words of a page in the order of the file; None where they cannot be read."""
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_range(0, min(text_page.count_chars(), _SIGNS_LIMIT))
        finally:
            text_page.close()
    except Exception:  # noqa: BLE001 - parsers leak every kind of exception on damaged parts
        return None
    return plain_words(text)


@lru_cache(maxsize=64)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, without what is a matter of typesetting.

    Remembered, since most pages that come back have the text of the page that went out.
    """
    plain = unicodedata.normalize("NFC", text.translate(_LIGATURES).translate(_UNSEEN))
    return tuple(_DIVIDED.sub("", plain).split())
