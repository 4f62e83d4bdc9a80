"""What every PDF made here has: document properties and an id that come of its content, never of day or chance."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.parts import array

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfWriter

_ID_LENGTH: Final = 16


def describe(writer: PdfWriter, properties: Mapping[str, str], identity: bytes) -> None:
    """Replace the document properties and the file's id; a second description (XMP) would say what was before."""
    from pypdf.generic import ByteStringObject

    writer.metadata = {f"/{key[:1].upper()}{key[1:]}": value for key, value in sorted(properties.items())}
    writer.root_object.pop("/Metadata", None)
    writer._ID = array([ByteStringObject(identity)] * 2)  # noqa: SLF001 - the library would draw it by chance


def identity_of(pdf: bytes, *what: object) -> bytes:
    """Return the id of the file (ISO 32000-1, 14.4): what it is made of."""
    digest = hashlib.sha256(pdf)
    digest.update(repr(what).encode("utf-8", "replace"))
    return digest.digest()[:_ID_LENGTH]


def bytes_of(writer: PdfWriter) -> bytes:
    """Return the file that a writer holds."""
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
