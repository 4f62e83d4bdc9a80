"""What LibreOffice made of a document: whether it is what was wanted, and the same bytes for the same document.

Bytes in, bytes or a problem out. A PDF that opens and has pages may still be of the wrong text: a file that is no Word
file is laid out letter by letter. So the text that must stand in it is looked for.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import unicodedata
import zipfile
from typing import Final

from elca_docs.errors import Location, Problem

BY_HAND: Final = "open it in Word, save it as PDF there, and hand that over with --pdf"
_CONTENTS: Final = "[Content_Types].xml"
_DATE: Final = re.compile(rb"(?<=/CreationDate)\(D:[0-9]{14}[^()]{1,8}\)")
_NUMBERS: Final = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")
_TRAILER: Final = b"\ntrailer\n"
_FIRST_DAY: Final = b"(D:19800101000000Z)"
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))

# The parser tells its log of every oddity it forgives; without a listener Python would print that to the user.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def source_problem(data: bytes, *, name: str) -> Problem | None:
    """Return the problem of a document that is no Word file at all, which LibreOffice might take for text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            known = _CONTENTS in package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError):
        known = False
    if known:
        return None
    fix = "open it in Word and save it as .docx"
    return Problem("office-not-word", "this is not a Word file (.docx), or it is damaged", Location(name), fix)


def product_problem(data: bytes, *, name: str, carrying: str) -> Problem | None:
    """Return the problem of a PDF that does not open, has no page, or does not carry the text it must."""
    from pypdf import PdfReader

    wanted, found = _letters(carrying), ""
    try:
        pages = PdfReader(io.BytesIO(data)).pages
        if not len(pages):
            return _wrong("has no page", name)
        for page in pages if wanted else ():
            found += _letters(page.extract_text())
            if wanted in found:
                break
    except Exception as error:  # noqa: BLE001 - parsers leak every kind of exception
        return _wrong(f"does not open ({type(error).__name__})", name)
    return None if wanted in found else _wrong(f"does not carry the text '{carrying}'", name)


def settled(data: bytes) -> bytes:
    """Return the PDF without the moment it was made in, so that one document always gives the same bytes.

    LibreOffice writes that moment as date, and into the identifier and checksum at the end. The date becomes that of
    our Office files (`opc`), in the standard's form (LibreOffice ends it with an apostrophe, over which some readers
    stumble); the others become a digest of the rest. Lengths stay, so every address in the file stays right. A layout
    of a later version that is not recognised stays as it is.
    """
    dated = _DATE.sub(lambda found: _FIRST_DAY.ljust(len(found[0])), data)
    body, mark, trailer = dated.rpartition(_TRAILER)
    number = hashlib.sha256(body + mark + _NUMBERS.sub(b"", trailer)).hexdigest()[:32].upper().encode()
    return body + mark + (_NUMBERS.sub(number, trailer) if mark else trailer)


def _letters(text: str) -> str:
    """Return a text without what a line break does to it: spaces, soft hyphens, other dashes, ligatures."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_DASHES)).split())


def _wrong(how: str, name: str) -> Problem:
    """Return the problem of a product that is not the document."""
    return Problem("office-wrong-product", f"the PDF that LibreOffice made of it {how}", Location(name), BY_HAND)
