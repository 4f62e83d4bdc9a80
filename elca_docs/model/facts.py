"""What can be read off a file that is handed in as evidence, and off its comparison with what was issued.

Facts only: what follows from them is judged elsewhere, by numbered rules. Status stays in separate fields (intact,
valid, trusted, coverage, changes), never one boolean (evidence notes 1, pyHanko).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Trust = Literal["trusted", "not trusted", "not checked"]
"""Whether the signer's certificate leads to one of the anchors; "not checked" where there are no anchors."""
Coverage = Literal["entire file", "entire revision", "contiguous block", "unclear"]
Changes = Literal["none", "long-term data", "form filled", "annotated", "other", "not judged"]
"""What was changed in the file after the signature, from harmless to unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One electronic signature of a file, as far as it can be judged without asking anybody.

    `intact`: the signed bytes are unchanged; `valid`: the cryptographic signature fits them and its certificate;
    `permitted`: what was changed after it is allowed by the signature itself. `on` is what the signer's clock said
    (UTC), or a time stamp where `timestamped`. A signature that cannot be read has `trouble` and is neither.
    """

    field: str
    signer: str
    """Common name in the certificate, printable, at most 200 characters."""
    organisation: str = ""
    """Organisation in the certificate."""
    issuer: str = ""
    on: datetime | None = None
    timestamped: bool = False
    intact: bool = False
    valid: bool = False
    trust: Trust = "not checked"
    coverage: Coverage = "unclear"
    changes: Changes = "not judged"
    permitted: bool = False
    seal: bool = False
    """Whether the certificate is one of an organisation without a person (an electronic seal)."""
    qualified: bool = False
    """Whether a trusted certificate states that it is a qualified one; never true where trust is not checked."""
    trouble: str = ""

    @property
    def stands(self) -> bool:
        """Whether the signature is whole: intact, valid, nothing but permitted changes after it."""
        return self.intact and self.valid and self.permitted and self.coverage in {"entire file", "entire revision"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCode:
    """A QR symbol that was read off a page (from 1); any text."""

    page: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """Facts of a PDF: SHA-256 (hex), size in bytes, number of pages, text (its first 100,000 characters).

    `encrypted` is true of a file that is locked against changes and opens without a password. `signature_fields` counts
    the electronic signatures it carries (fields that are filled; whether they are valid is another question), and
    `unread_pages` the pages whose text could not be read. `codes` and `signatures` are read where a file is looked at
    closely (the inbox); `codes_read` says whether its pages were searched for symbols.
    """

    sha256: str
    size: int
    pages: int
    encrypted: bool
    text: str
    producer: str = ""
    signature_fields: int = 0
    unread_pages: int = 0
    codes: tuple[SeenCode, ...] = ()
    codes_read: bool = False
    signatures: tuple[SignatureFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a file differs from the version that was issued.

    `begins_with_issue`: its first bytes are the issued file, so that only updates follow; what they change is compared
    all the same. `removed` and `added` are runs of words with their page, at most 20 each; the counts are of all words.
    `changed_pages` differ as pictures, outside of signature fields; a page of the issue that is missing, one that is
    more than it has, and a scan in the place of a page of text count as well. The words of a scan are not compared,
    though a scanner may have guessed them; `has_text` is false where there are no others.
    """

    begins_with_issue: bool
    has_text: bool
    issued_pages: int
    pages: int
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed_words: int = 0
    added_words: int = 0
    changed_pages: tuple[int, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing was taken out, put in or painted over: the file shows what was issued.

        That a file begins with the issue is not enough: an update behind it, made before somebody signed, may show
        other pages, and a signature over all of that is whole.
        """
        return (
            (self.has_text or self.begins_with_issue)
            and self.pages == self.issued_pages
            and not (self.removed or self.added or self.changed_pages)
        )
