"""Electronic signatures by made-up signers, as the usual tools make them (PAdES B-B), for the demo and the tests only.

A signature is appended to the file (ISO 32000-1, 12.8): the bytes that were there stay as they are. The moment is the
caller's, not the clock's; it is what the signer's tool would say (/M), and no time stamp proves it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers import PdfSigner, SimpleSigner
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    from elca_docs.pdf.certificates import Signer


def signed(pdf: bytes, signer: Signer, *, field: str, at: datetime) -> bytes:
    """Return the file with a signature appended in the field of this name, which is made where there is none.

    Args:
        pdf: A whole PDF, signed already or not.
        signer: Who signs.
        field: Name of the signature field.
        at: The moment of signing, with time zone.

    The result begins with `pdf`, byte for byte, and is not the same twice (keys and update ids are drawn).
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    about = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    output = io.BytesIO()
    _dated(at)(about, _simple(signer)).sign_pdf(writer, output=output)
    return output.getvalue()


def _simple(signer: Signer) -> SimpleSigner:
    """Return the signer as the library takes it, from bytes in memory."""
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register(Certificate.load(signer.authority))
    return SimpleSigner(Certificate.load(signer.certificate), PrivateKeyInfo.load(signer.key), known)


def _dated(at: datetime) -> type[PdfSigner]:
    """Return a signer whose clock shows `at`; the library asks the clock in between."""
    from pyhanko.sign.signers import PdfSigner

    class Dated(PdfSigner):
        def init_signing_session(
            self,
            pdf_out: BasePdfFileWriter,
            existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - as overridden
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

    return Dated
