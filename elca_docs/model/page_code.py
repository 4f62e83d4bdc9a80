"""The code on each page of a version sent for signature: which agreement, which version, which page of how many.

    SPEC-CA-NORD-001:10306KGN   reference : version 1, page 03 of 06, check letters KGN

Only characters of the QR alphanumeric set are used, and at most 32 of them, so that the symbol stays small enough for a
poor scan (evidence notes 3.8). The version is one sign, 1-9 and then A-Z. The check letters are taken over the code and
a key, the project's grant number: a symbol of another project, or one misread, is no code of ours.
PageCode.parse(code.text(key), key) == code is a law in the tests. A reference is written in capitals; the register
never gives two that differ in capitals only.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Final, Self

LONGEST: Final = 32
"""The most characters of a page code."""
PAGES_LIMIT: Final = 99
"""The most pages that a version sent for signature may have."""
VERSIONS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The sign of each version, from 1."""
REFERENCE_LENGTH: Final = LONGEST - len(":1PPNNCCC")
"""The most characters of a reference that fits into every page code."""
AMENDMENT_LENGTH: Final = len("/A1")
"""What an amendment adds to its agreement's reference."""
_CHECKS: Final = "BCDFGHKLMNPQRSTVWXYZ"  # no vowel and no J: nothing that reads as a word, or as an I
_REFERENCE: Final = re.compile(r"[0-9A-Z$%*+\-./ ]+")
_TEXT: Final = re.compile(r"([0-9A-Z$%*+\-./ ]+):([1-9A-Z])([0-9]{2})([0-9]{2})([B-Z]{3})")


@dataclass(frozen=True, slots=True, order=True)
class PageCode:
    """One page of one version of one agreement; `reference` in capitals, the numbers count from 1."""

    reference: str
    version: int
    page: int
    pages: int

    def text(self, key: str) -> str:
        """Return the code as it is printed; ValueError where it cannot be written in a page code."""
        reference = self.reference.upper()
        if not codable(reference):
            message = f"'{self.reference}' does not fit into a page code of {LONGEST} characters"
            raise ValueError(message)
        if not (1 <= self.version <= len(VERSIONS) and 1 <= self.page <= self.pages <= PAGES_LIMIT):
            message = f"version {self.version}, page {self.page} of {self.pages} does not fit into a page code"
            raise ValueError(message)
        plain = f"{reference}:{VERSIONS[self.version - 1]}{self.page:02}{self.pages:02}"
        return plain + _checks(plain, key)

    @classmethod
    def parse(cls, text: str, key: str) -> Self:
        """Return the page that a symbol names; ValueError where it is no page code of the project with this key."""
        found = _TEXT.fullmatch(text)
        if found and len(text) <= LONGEST and _checks(text[: found.start(5)], key) == found[5]:
            page, pages = int(found[3]), int(found[4])
            if 1 <= page <= pages:
                return cls(found[1], VERSIONS.index(found[2]) + 1, page, pages)
        message = "this is no page code of the project"
        raise ValueError(message)


def shaped(text: str) -> bool:
    """Whether a text has the form of a page code, of whatever project."""
    return len(text) <= LONGEST and bool(_TEXT.fullmatch(text))


def codable(reference: str) -> bool:
    """Whether a reference fits into the page code of every page of every version."""
    return len(reference) <= REFERENCE_LENGTH and bool(_REFERENCE.fullmatch(reference.upper()))


def _checks(plain: str, key: str) -> str:
    """Return the check letters over a code and the project's key (CRC-32, folded into three consonants)."""
    number = zlib.crc32(f"{key}\n{plain}".encode())
    letters = []
    for _ in range(3):
        number, place = divmod(number, len(_CHECKS))
        letters.append(_CHECKS[place])
    return "".join(letters)
