"""What a certificate says of its holder (names, seals, qualified statements), and which certificates are anchors.

A certificate speaks for itself only; whether it may be believed is asked of the anchors, elsewhere. Nothing here asks
anybody over a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from elca_docs.errors import Problem
from elca_docs.evidence.envelope import file_place, printable

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_NAME_LIMIT: Final = 200
_ANCHOR_LIMIT: Final = 1000
"""The most trust anchors that are taken."""
_FILE_LIMIT: Final = 1_000_000
_PERSON: Final = {"given_name", "surname", "pseudonym"}


def anchors_of(files: Mapping[str, bytes]) -> tuple[tuple[bytes, ...], tuple[Problem, ...]]:
    """Return the trust anchors that stand in files (DER each, none twice), and a problem for each file that holds none.

    Args:
        files: Name, for messages → content: one certificate as DER, or any number as PEM.

    Problems: anchor-unreadable.
    """
    anchors: dict[bytes, None] = {}
    problems = []
    for name, content in sorted(files.items()):
        found = certificates_in(content)
        anchors |= dict.fromkeys(found)
        if not found:
            message = "this file among the trust anchors holds no certificate that can be read"
            fix = (
                "put the authority's certificate there again, as its website offers it (PEM or DER), or remove the file"
            )
            problems.append(Problem("anchor-unreadable", message, file_place(name), fix))
    return tuple(anchors)[:_ANCHOR_LIMIT], tuple(problems)


def certificates_in(content: bytes) -> tuple[bytes, ...]:
    """Return the certificates (DER) in bytes that hold one as DER or some as PEM; none where any of them is broken."""
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    if len(content) > _FILE_LIMIT:
        return ()
    try:
        ders = [der for _, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        for der in ders:
            certificate = Certificate.load(der, strict=True)
            # The parser is lazy; these are all the parts that will be looked at.
            _ = certificate.native, certificate.public_key.native
    except Exception:  # noqa: BLE001 - parsers leak every kind of exception on damaged files
        return ()
    return tuple(ders)


def name_of(certificate: Certificate) -> str:
    """Return the holder's name: the common name, or else what comes nearest; printable, at most 200 characters."""
    said = certificate.subject.native
    person = " ".join(_text(said, key) for key in ("given_name", "surname")).strip()
    return _text(said, "common_name") or person or _text(said, "pseudonym") or organisation_of(certificate)


def organisation_of(certificate: Certificate) -> str:
    """Return the holder's organisation, printable, at most 200 characters; empty where none is named."""
    return _text(certificate.subject.native, "organization_name")


def issuer_of(certificate: Certificate) -> str:
    """Return the name of the authority that gave the certificate, printable, at most 200 characters."""
    said = certificate.issuer.native
    return _text(said, "common_name") or _text(said, "organization_name")


def is_seal(certificate: Certificate) -> bool:
    """Whether the certificate is one of an organisation without a person.

    It says so itself (EN 319 412-5, QcType eseal), or it names an organisation by its number and nobody (EN 319 412-3).
    """
    kinds = _types_of(certificate)
    if kinds:
        return "qct_eseal" in kinds and "qct_esign" not in kinds
    said = certificate.subject.native
    name, organisation = _text(said, "common_name"), _text(said, "organization_name")
    of_organisation = "organization_identifier" in said or name.casefold() == organisation.casefold()
    return bool(organisation) and of_organisation and not _PERSON & set(said)


def states_qualified(certificate: Certificate) -> bool:
    """Whether the certificate states that it is a qualified one for signatures or seals, its key in a qualified device.

    Both are needed for a qualified signature (Regulation (EU) 910/2014, Article 3 (12); EN 319 412-5, 4.2.1 and 4.2.2).
    """
    kinds = _types_of(certificate)
    return {"qc_compliance", "qc_sscd"} <= _statements_of(certificate).keys() and (not kinds or kinds != {"qct_web"})


def held_on(certificate: Certificate, moment: datetime) -> bool:
    """Whether the certificate was valid at a moment, by its own two dates."""
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _types_of(certificate: Certificate) -> set[str]:
    """Return what the certificate states it is for: `qct_esign`, `qct_eseal`, `qct_web`; empty where it does not."""
    return set(_statements_of(certificate).get("qc_type") or ())


def _statements_of(certificate: Certificate) -> dict[str, list[str] | None]:
    """Return the statements of a certificate that calls itself qualified; one that cannot be read says nothing."""
    from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

    try:
        return {
            each["statement_id"].native: each["statement_info"].native
            if each["statement_id"].native == "qc_type"
            else None
            for each in get_qc_statements(certificate)
        }
    except Exception:  # noqa: BLE001 - as above
        return {}


def _text(said: Mapping[str, object], key: str) -> str:
    """Return a part of a name on one line; where it stands several times, the first."""
    value = said.get(key, "")
    first = value[0] if isinstance(value, list) and value else value
    return printable(str(first).strip())[:_NAME_LIMIT]
