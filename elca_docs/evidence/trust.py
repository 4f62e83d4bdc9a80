"""Whether a signature's certificate may be believed: it leads to a trust anchor, and was valid when it was used.

Nothing is fetched, and no list of revoked certificates is asked, so a revoked certificate looks like any other. A
certificate need not be made for signing contracts (the non-repudiation bit): those of many companies are not. An answer
that is not a plain yes says why in one sentence.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from elca_docs.evidence.certificates import held_on
from elca_docs.model.facts import Trust

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

_WEAK: Final = "the signature or its certificate was made with an algorithm that is no longer safe"
_NOT_THEN: Final = "the certificate was not valid at the time at which it is said to have been used"
_NOT_NOW: Final = (
    "the certificate is not valid (any more), and no trusted time stamp proves that it was when it was used"
)
_NO_CHAIN: Final = "the certificate leads to none of the trust anchors"
_ELSE: Final = "the certificate could not be followed to a trust anchor ({})"


class Believed(NamedTuple):
    """The answer: trusted or not, since when the signature exists, and why not."""

    trust: Trust
    on: datetime | None
    """What a trusted time stamp proves, or else what the signer's clock said; in UTC."""
    stamped: bool
    """Whether it is a time stamp that says so (a trusted one, where trust is checked)."""
    reason: str = ""


def status_of(
    signature: EmbeddedPdfSignature, anchors: tuple[bytes, ...], moment: datetime, *, changes: bool = True
) -> PdfSignatureStatus:
    """Return what pyHanko finds, certificates judged as of `moment`; `changes`: whether to judge what came after."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return validate_pdf_signature(
        signature,
        _context(anchors, moment),
        key_usage_settings=KeyUsageConstraints(key_usage=frozenset()),
        skip_diff=not changes,
    )


def believed(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, anchors: tuple[bytes, ...]) -> Believed:
    """Return whether the certificate may be believed, by the status as of the moment of asking.

    A trusted time stamp proves when the signature was there, so the certificate is judged as of then; without one the
    certificate has to be valid now as well as at the time that the signer's clock said.
    """
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.intact and stamp.valid and (stamp.trusted or not anchors))
    on = _in_utc(stamp.timestamp if stamp and stamped else status.signer_reported_dt)
    if stamped and anchors and on and not status.trusted:
        status = status_of(signature, anchors, on, changes=False)
    found = str(getattr(status.trust_problem_indic, "name", ""))
    if found.startswith("CRYPTO_CONSTRAINTS"):
        return Believed("not trusted", on, stamped, _WEAK)
    if not anchors:
        return Believed("not checked", on, stamped)
    if not (status.intact and status.valid):
        return Believed("not trusted", on, stamped)
    if not status.trusted:
        return Believed("not trusted", on, stamped, _why(found, status))
    if on and not held_on(status.signing_cert, on):
        return Believed("not trusted", on, stamped, _NOT_THEN)
    return Believed("trusted", on, stamped)


def _in_utc(moment: datetime | None) -> datetime | None:
    """Return a moment in UTC; one without a time zone is taken to be in it already."""
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def _why(found: str, status: PdfSignatureStatus) -> str:
    """Return the reason in words, where it is one that a reader can do something about."""
    if status.validation_time and not held_on(status.signing_cert, status.validation_time):
        return _NOT_NOW
    return _NO_CHAIN if found == "NO_CERTIFICATE_CHAIN_FOUND" else _ELSE.format(found)


def _context(anchors: tuple[bytes, ...], moment: datetime) -> ValidationContext:
    """Return how a path to an anchor is sought: nothing but these anchors, as of `moment`, and no network."""
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    roots: list[Certificate] = [Certificate.load(der) for der in anchors]
    return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)
