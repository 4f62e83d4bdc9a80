"""Papers whose content is a line of JSON, for tests of the order of things: what a reader of PDFs would find is told.

Nothing is converted, stamped, signed or read: the facts are made up, and everything that decides on them is real.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from elca_docs import inbox
from elca_docs.errors import EvidenceError, Problem
from elca_docs.model.facts import Comparison, PdfFacts, SeenCode, SignatureFacts
from elca_docs.model.page_code import PageCode
from elca_docs.pdf import SignatureCopy
from elca_docs.workflows import confirming, handing, reading, receiving, sending, signing

if TYPE_CHECKING:
    import pytest

SIGNED = datetime(2021, 11, 15, 9, tzinfo=UTC)
PAGES = 2


def paper(reference: str, version: int, signers: Mapping[str, str], *, kind: str, nonce: int) -> bytes:
    """Return a paper that came back: signed by these parties (id → name), as a file or as a scan; or altered."""
    told = {"reference": reference, "version": version, "signers": dict(signers), "kind": kind, "nonce": nonce}
    return json.dumps(told, sort_keys=True).encode()


def facts_of(data: bytes, *, name: str) -> PdfFacts:
    """Return what such a paper tells; what is none is no PDF."""
    try:
        told = json.loads(data)
    except ValueError:
        raise EvidenceError(Problem("pdf-not-a-pdf", f"{name} is no PDF", fix="send the PDF")) from None
    scan = told["kind"] == "scan"
    codes = (PageCode(told["reference"], told["version"], page, PAGES) for page in range(1, PAGES + 1))
    signatures = () if scan else tuple(_signature(*each, kind=told["kind"]) for each in told["signers"].items())
    return PdfFacts(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=PAGES,
        encrypted=False,
        text="" if scan else told["reference"],
        signature_fields=len(signatures),
        codes=tuple(SeenCode(page=page, text=code.text("000000")) for page, code in enumerate(codes, 1)),
        codes_read=True,
        signatures=signatures,
    )


def _signature(party: str, name: str, *, kind: str) -> SignatureFacts:
    return SignatureFacts(
        field=f"Signature-{party}",
        signer=name,
        organisation=name,
        on=SIGNED,
        intact=kind != "altered",
        valid=True,
        permitted=True,
        coverage="entire file",
        changes="none",
        seal=True,
    )


def _close_look(data: bytes, name: str, *_: object) -> PdfFacts:
    return facts_of(data, name=name)


def _compared(data: bytes, _issued: bytes) -> Comparison:
    scan = json.loads(data)["kind"] == "scan"
    return Comparison(begins_with_issue=not scan, has_text=not scan, issued_pages=PAGES, pages=PAGES)


def _copy(pdf: bytes, *, stamps: object, parties: Mapping[str, str], properties: object) -> SignatureCopy:
    data = pdf + repr((stamps, properties)).encode()
    return SignatureCopy(data, PAGES, {f"Signature-{party}": party for party in parties})


class _Office:
    def pdfs(self, documents: Mapping[str, bytes], **_: object) -> dict[str, bytes]:
        return {name: b"PDF of " + hashlib.sha256(data).digest() for name, data in documents.items()}


class _Here:
    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, function, arguments: Iterable[tuple[object, ...]]):
        for each in arguments:
            try:
                yield function(*each)
            except EvidenceError as error:
                yield error


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    """Let such papers stand for PDFs everywhere on the road."""
    patch.setattr(inbox, "_SETTLED", -60.0)
    patch.setattr(sending, "office_or_problem", _Office)
    patch.setattr(sending, "page_count", lambda _: PAGES)
    patch.setattr(sending, "signature_copy", _copy)
    patch.setattr(reading, "close_look", _close_look)
    patch.setattr(reading, "compared", _compared)
    patch.setattr(signing, "compared", _compared)
    patch.setattr(handing, "facts_of", facts_of)
    patch.setattr(confirming, "facts_of", facts_of)
    patch.setattr(confirming, "pictures", lambda *_: (b"picture",))
    for workflow in (receiving, confirming):
        patch.setattr(workflow, "Workers", _Here)
