"""The electronic signatures of a PDF, judged by pyHanko as far as that can be done without asking anybody.

What is found stays in separate facts: whether the signed bytes are unchanged, whether the signature fits them, what
came after it, and whether its certificate may be believed. pyHanko takes for whole a file with something behind its end
(evidence notes 3.7), and a signature that stands in two fields for two; both are found here. Time comes in as `moment`.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from elca_docs.evidence.certificates import (
    certificates_in,
    is_seal,
    issuer_of,
    name_of,
    organisation_of,
    states_qualified,
)
from elca_docs.evidence.envelope import printable
from elca_docs.evidence.trust import believed, status_of
from elca_docs.model.facts import Changes, Coverage, SignatureFacts

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import DictionaryObject
    from pyhanko.pdf_utils.reader import PdfFileReader

SIGNATURE_LIMIT: Final = 40
"""The most signatures of a file that are judged; there is no sense in more."""
_FIELD_NAME_LIMIT: Final = 200
_COVERAGE: Final[dict[str, Coverage]] = {
    "ENTIRE_FILE": "entire file",
    "ENTIRE_REVISION": "entire revision",
    "CONTIGUOUS_BLOCK_FROM_START": "contiguous block",
}
_CHANGES: Final[dict[str, Changes]] = {
    "NONE": "none",
    "LTA_UPDATES": "long-term data",
    "FORM_FILLING": "form filled",
    "ANNOTATIONS": "annotated",
    "OTHER": "other",
}
_UNREADABLE: Final = "the signatures cannot be judged: the file is damaged, or built in too unusual a way ({})"
_BROKEN: Final = "the signature is damaged, or of a kind that cannot be judged ({})"
_TOO_MANY: Final = f"the file carries more than {SIGNATURE_LIMIT} signatures; the others were not judged"
_AGAIN: Final = "this is the signature of another field once more"
_BEHIND: Final = "something was put behind the end of the signed file"
_TWOFOLD: Final = "the file lists its parts in two ways, and something was added after the last signature"
_SEED: Final = "the signature breaks a rule that its field lays down for it"

# The library tells its log of every oddity; without a listener Python would print that to the user.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of each signature: against which anchors (DER), and as of when."""

    reader: PdfFileReader
    anchors: tuple[bytes, ...]
    moment: datetime


def signatures_in(data: bytes, *, anchors: tuple[bytes, ...] = (), moment: datetime) -> tuple[SignatureFacts, ...]:
    """Return the electronic signatures of a PDF in the order of its fields; the time stamp of a whole file is none.

    Args:
        data: The whole file.
        anchors: Trust anchors, DER or PEM; those that cannot be read are left out. Without any, trust is not checked.
        moment: When the question is asked, with time zone; certificates are judged as of then.

    A file or a signature that cannot be judged gives one with its trouble said, never an exception.
    """
    try:
        reader = _opened(data)
        known = tuple(der for content in anchors for der in certificates_in(content))
        found = _judged(_Question(reader, known, moment))
        return _doubted(found, _doubt(reader, data))
    except Exception as error:  # noqa: BLE001 - parsers leak every kind of exception on damaged files
        return (SignatureFacts(field="", signer="", trouble=_UNREADABLE.format(type(error).__name__)),)


def _opened(data: bytes) -> PdfFileReader:
    """Return the open file, read strictly; Word lists the parts of a file in two ways, which that would refuse."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data), strict=True)
    if reader.xrefs.hybrid_xrefs_present:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return reader


def _judged(question: _Question) -> list[SignatureFacts]:
    """Return the signatures, each judged for itself; one that stands in two fields proves nothing in the second."""
    from pyhanko.sign.fields import enumerate_sig_fields

    found: list[SignatureFacts] = []
    seen: set[bytes] = set()
    for name, value, field in enumerate_sig_fields(question.reader, filled_status=True):
        where = printable(str(name))[:_FIELD_NAME_LIMIT]
        if len(found) == SIGNATURE_LIMIT:
            return [*found, SignatureFacts(field=where, signer="", trouble=_TOO_MANY)]
        try:
            signature = value.get_object()
            if signature.get("/Type") == "/DocTimeStamp":
                continue
            facts = _facts_of(question, where, field)
            sealed = bytes(signature.raw_get("/Contents").original_bytes)
        except Exception as error:  # noqa: BLE001 - as above
            found.append(SignatureFacts(field=where, signer="", trouble=_BROKEN.format(type(error).__name__)))
            continue
        found.append(replace(facts, permitted=False, trouble=_AGAIN) if sealed in seen else facts)
        seen.add(sealed)
    return found


def _facts_of(question: _Question, where: str, field: DictionaryObject) -> SignatureFacts:
    """Return the facts of one signature."""
    from pyhanko.sign.validation import EmbeddedPdfSignature

    signature = EmbeddedPdfSignature(question.reader, field, where)
    status = status_of(signature, question.anchors, question.moment)
    belief = believed(signature, status, question.anchors)
    certificate = status.signing_cert
    level = status.modification_level
    return SignatureFacts(
        field=where,
        signer=name_of(certificate),
        organisation=organisation_of(certificate),
        issuer=issuer_of(certificate),
        on=belief.on,
        timestamped=belief.stamped,
        intact=status.intact,
        valid=status.valid,
        trust=belief.trust,
        coverage=_COVERAGE.get(status.coverage.name if status.coverage else "", "unclear"),
        changes=_CHANGES.get(level.name if level else "", "not judged"),
        permitted=status.docmdp_ok is True and status.seed_value_ok,
        seal=is_seal(certificate),
        qualified=belief.trust == "trusted" and states_qualified(certificate),
        trouble=belief.reason if status.seed_value_ok else _SEED,
    )


def _doubt(reader: PdfFileReader, data: bytes) -> str:
    """Return what makes the end of the file doubtful where no signature covers it; empty where nothing does."""
    if reader.xrefs.hybrid_xrefs_present:
        return _TWOFOLD
    last = reader.xrefs.get_xref_container_info(reader.xrefs.total_revisions - 1)
    tail = data[last.end_location :]
    ended, _, behind = tail.partition(b"%%EOF")
    return _BEHIND if behind.strip(b" \t\r\n\f\0") or b"startxref" not in ended else ""


def _doubted(found: list[SignatureFacts], doubt: str) -> tuple[SignatureFacts, ...]:
    """Return the signatures, none of which stands where the end of the file is doubtful and none covers it."""
    if not doubt or any(each.intact and each.coverage == "entire file" for each in found):
        return tuple(found)
    return tuple(replace(each, permitted=False, trouble=each.trouble or doubt) for each in found)
