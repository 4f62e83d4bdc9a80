"""Certificates of made-up authorities and signers, for the demo and the tests only.

They are real certificates of people and organisations that do not exist; the names are the caller's and should say so.
The keys are drawn afresh each time, so nothing signed with them is the same twice. Nobody trusts such an authority who
does not put its certificate among the trust anchors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Name

_EVER: Final = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC))
_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"  # qcStatements (RFC 3739, 3.2.6)
_COMPLIANT: Final = "0.4.0.1862.1.1"  # EN 319 412-5: a qualified certificate; 1.4: its key lies in a qualified device
_IN_DEVICE: Final = "0.4.0.1862.1.4"
_TYPE: Final = "0.4.0.1862.1.6"
_OF_A_PERSON: Final = "0.4.0.1862.1.6.1"
_OF_AN_ORGANISATION: Final = "0.4.0.1862.1.6.2"


@dataclass(frozen=True, slots=True)
class Authority:
    """A made-up authority: its certificate (DER), which may serve as a trust anchor, and its key (DER, PKCS 8)."""

    name: str
    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody made up who can sign: certificate and key (DER), and the certificate of the authority (DER)."""

    certificate: bytes
    key: bytes = field(repr=False)
    authority: bytes = field(repr=False)


def test_authority(name: str) -> Authority:
    """Return a new authority of this name, its certificate valid from 2000 to 2099.

    In a test module call it as `specimens.test_authority`: pytest takes a bare `test_…` for a test.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    named = _name(name, "")
    return Authority(name, _certified(named, key, named, key, _EVER, authority=True), _der(key))


def signer(  # noqa: PLR0913 - a certificate says this much
    authority: Authority,
    *,
    person: str,
    organisation: str,
    from_: date,
    until: date,
    qualified: bool = False,
) -> Signer:
    """Return somebody to whom the authority gave a certificate for signing, valid on both days and between.

    Args:
        authority: Who issues the certificate.
        person: Common name of the signer; empty for an electronic seal, which names the organisation only.
        organisation: The organisation in the certificate; may be empty where there is a person.
        from_: First day.
        until: Last day.
        qualified: Whether the certificate states that it is a qualified one (EN 319 412-5), its key in a device.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from cryptography.x509 import load_der_x509_certificate

    issuer_key = load_der_private_key(authority.key, None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):  # pragma: no cover - made above
        raise TypeError
    issuer = load_der_x509_certificate(authority.certificate).subject
    key = ec.generate_private_key(ec.SECP256R1())
    days = (datetime.combine(from_, time.min, UTC), datetime.combine(until, time(23, 59, 59), UTC))
    statements = _statements(_OF_A_PERSON if person else _OF_AN_ORGANISATION) if qualified else b""
    certificate = _certified(_name(person, organisation), key, issuer, issuer_key, days, statements=statements)
    return Signer(certificate, _der(key), authority.certificate)


def _name(person: str, organisation: str) -> Name:
    """Return the name in a certificate: a person of an organisation, or an organisation alone."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [(NameOID.COMMON_NAME, person or organisation), (NameOID.ORGANIZATION_NAME, organisation)]
    if not person:
        parts.append((NameOID.ORGANIZATION_IDENTIFIER, "NTRXX-SPECIMEN"))  # what makes it one of a seal
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts if text])


def _certified(  # noqa: PLR0913 - subject and issuer are a name and a key each
    subject: Name,
    key: EllipticCurvePrivateKey,
    issuer: Name,
    issuer_key: EllipticCurvePrivateKey,
    days: tuple[datetime, datetime],
    *,
    authority: bool = False,
    statements: bytes = b"",
) -> bytes:
    """Return a certificate (DER) over the subject's name and key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= {"digital_signature": not authority, "content_commitment": not authority}
    usage |= {"key_cert_sign": authority, "crl_sign": authority}
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(days[0])
        .not_valid_after(days[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if statements:
        oid = x509.ObjectIdentifier(_STATEMENTS)
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, statements), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _statements(kind: str) -> bytes:
    """Return the statements (DER) of a qualified certificate of this type."""
    from pyhanko.sign.ades.qualified_asn1 import QcStatement, QcStatements

    plain = [QcStatement({"statement_id": each}) for each in (_COMPLIANT, _IN_DEVICE)]
    return bytes(QcStatements([*plain, QcStatement({"statement_id": _TYPE, "statement_info": [kind]})]).dump())


def _der(key: EllipticCurvePrivateKey) -> bytes:
    """Return a key as DER (PKCS 8), not encrypted: it opens nothing that exists."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
