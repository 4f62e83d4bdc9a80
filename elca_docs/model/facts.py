"""What can be read off a file that is handed in as evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """Facts of a PDF: SHA-256 (hex), size in bytes, number of pages, text (its first 100,000 characters).

    `encrypted` is true of a file that is locked against changes and opens without a password. `signature_fields` counts
    the electronic signatures it carries (fields that are filled; whether they are valid is another question), and
    `unread_pages` the pages whose text could not be read.
    """

    sha256: str
    size: int
    pages: int
    encrypted: bool
    text: str
    producer: str = ""
    signature_fields: int = 0
    unread_pages: int = 0
