"""What is found of the electronic signatures of a file: whole, altered, trusted, expired, garbled."""

import asyncio
import gc
import io
import logging
import threading
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from asn1crypto import cms, pem
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from returned_papers import (
    AUTHORITY,
    DAY,
    FIRST,
    LAST,
    LATER,
    annotated,
    authority,
    drawn_over,
    issued,
    once_signed,
    rewritten,
    signed,
    signed_elsewhere,
    signer,
    twice_signed,
)

from elca_docs.evidence import anchors_of, close_facts, signatures
from elca_docs.evidence.certificates import certificates_in, is_seal, name_of
from elca_docs.evidence.signatures import SIGNATURE_LIMIT, signatures_in
from elca_docs.pdf.certificates import Signer


def anchor(name=AUTHORITY):
    return authority(name).certificate


def found(data, *anchors, moment=LATER):
    return signatures_in(data, anchors=anchors, moment=moment)


def only(data, *anchors, moment=LATER):
    (signature,) = found(data, *anchors, moment=moment)
    return signature


def test_a_whole_signature():
    """Every fact of a signature that is whole and trusted."""
    assert only(once_signed(), anchor()) == signatures.SignatureFacts(
        field="Signature-ALFA",
        signer="Alma Specimen",
        organisation="Specimen Cluster Alfa",
        issuer=AUTHORITY,
        on=DAY,
        intact=True,
        valid=True,
        trust="trusted",
        coverage="entire file",
        changes="none",
        permitted=True,
    )


def test_a_second_signature_takes_nothing_from_the_first():
    """The first one covers what was there, and the second is a permitted change."""
    first, second = found(twice_signed(), anchor())
    assert (first.coverage, first.changes, first.stands, first.trust) == (
        "entire revision",
        "form filled",
        True,
        "trusted",
    )
    assert (second.coverage, second.changes, second.stands, second.signer) == (
        "entire file",
        "none",
        True,
        "Berta Specimen",
    )


def test_without_anchors_trust_is_not_checked():
    """Intact, and neither invalid nor trusted nor qualified."""
    signature = only(signed(issued(), signer(qualified=True)))
    assert (signature.stands, signature.trust, signature.qualified, signature.trouble) == (
        True,
        "not checked",
        False,
        "",
    )


def test_an_unknown_authority_is_not_trusted():
    """The signature stands, and its certificate leads to none of the anchors."""
    signature = only(once_signed(), anchor("Another Authority (specimen)"))
    assert (signature.stands, signature.trust, "none of the trust anchors" in signature.trouble) == (
        True,
        "not trusted",
        True,
    )


def test_the_signers_own_certificate_may_be_an_anchor():
    """Whoever trusts one person's certificate trusts the signatures made with it."""
    assert only(once_signed(), signer().certificate).trust == "trusted"


@pytest.mark.parametrize(
    ("from_", "until", "moment", "words"),
    [
        (FIRST, date(2021, 10, 1), LATER, "not valid (any more)"),
        (FIRST, date(2021, 10, 8), LATER, "not valid (any more)"),
        (date(2021, 10, 7), LAST, LATER, "at the time at which it is said to have been used"),
        (date(2021, 11, 1), LAST, LATER, "not valid (any more)"),
    ],
)
def test_a_certificate_has_to_be_valid_then_and_now(from_, until, moment, words):
    """Expired at signing, expired since, not valid yet at signing, not valid yet: intact, and not trusted."""
    signature = only(signed(issued(), signer(from_=from_, until=until)), anchor(), moment=moment)
    assert (signature.stands, signature.trust, words in signature.trouble) == (True, "not trusted", True)


def certified(name, *, usage=None, purpose=None, own=False):
    """Return a made-up signer with a certificate of unusual kind."""
    of = authority(AUTHORITY)
    key = rsa.generate_private_key(65537, 2048) if own else ec.generate_private_key(ec.SECP256R1())
    issuer = x509.load_der_x509_certificate(of.certificate)
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    builder = (
        x509.CertificateBuilder(subject_name=x509.Name(name), issuer_name=x509.Name(name) if own else issuer.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2029, 1, 1, tzinfo=UTC))
    )
    if usage:
        builder = builder.add_extension(usage, critical=True)
    if purpose:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    signing = key if own else load_der_private_key(of.key, None)
    certificate = builder.sign(signing, hashes.SHA256()).public_bytes(Encoding.DER)
    return Signer(certificate, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), of.certificate)


def named(common="Alma Specimen", **others):
    """Return the parts of a name."""
    oids = {"given": NameOID.GIVEN_NAME, "surname": NameOID.SURNAME, "pseudonym": NameOID.PSEUDONYM}
    oids |= {
        "organisation": NameOID.ORGANIZATION_NAME,
        "number": NameOID.ORGANIZATION_IDENTIFIER,
        "country": NameOID.COUNTRY_NAME,
    }
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)] if common else []
    return [*parts, *(x509.NameAttribute(oids[key], text) for key, text in others.items())]


def test_a_certificate_not_made_for_contracts_is_not_refused():
    """Company certificates for e-mail lack the non-repudiation bit, and are as good."""
    off = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False
    )  # fmt: skip
    who = certified(
        named(), usage=x509.KeyUsage(digital_signature=True, **off), purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION
    )
    signature = only(signed(issued(), who), anchor())
    assert (signature.stands, signature.trust) == (True, "trusted")


def test_a_weak_algorithm_is_not_trusted_with_or_without_anchors():
    """A signature over SHA-1 may be another file's."""
    data = signed_elsewhere(issued(), digest="sha1")
    for anchors in ((), (anchor(),)):
        signature = only(data, *anchors)
        assert (signature.trust, "no longer safe" in signature.trouble) == ("not trusted", True)


def stamper(name="Specimen Time Authority", at=None):
    """Return a made-up authority for time stamps, and its certificate."""
    who = certified(named(name), purpose=ExtendedKeyUsageOID.TIME_STAMPING, own=True)
    return (
        DummyTimeStamper(
            tsa_cert=Certificate.load(who.certificate),
            tsa_key=PrivateKeyInfo.load(who.key),
            certs_to_embed=SimpleCertificateStore(),
            fixed_dt=at or DAY + timedelta(minutes=1),
        ),
        who.certificate,
    )


def test_a_trusted_time_stamp_says_when():
    """The time is the time stamp's, and a certificate that has expired since is judged as of then."""
    clock, its_certificate = stamper()
    data = signed_elsewhere(issued(), who=signer(until=date(2021, 10, 8)), timestamper=clock)
    signature = only(data, anchor(), its_certificate)
    assert (signature.on, signature.timestamped, signature.trust) == (DAY + timedelta(minutes=1), True, "trusted")
    assert (only(data, anchor()).timestamped, only(data, anchor()).trust) == (False, "not trusted")
    assert (only(data).timestamped, only(data).trust) == (True, "not checked")


def test_a_time_stamp_before_the_certificate_proves_the_contrary():
    """What was stamped before the certificate began was not signed with it then."""
    clock, its_certificate = stamper(at=datetime(2019, 6, 1, tzinfo=UTC))
    signature = only(signed_elsewhere(issued(), who=signer(), timestamper=clock), anchor(), its_certificate)
    assert signature.trust == "not trusted"


def test_a_time_stamp_of_the_whole_file_is_no_signature():
    """Archives add them later; nobody signs with one."""
    data = once_signed()

    def stamp(writer):
        for reference in writer.root["/AcroForm"]["/Fields"]:
            value = reference.get_object().get("/V")
            if value:
                value.get_object()["/Type"] = pdf_name("/DocTimeStamp")
                writer.mark_update(reference.get_object().raw_get("/V"))

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    stamp(writer)
    output = io.BytesIO()
    writer.write(output)
    assert found(output.getvalue()) == ()


@pytest.mark.parametrize(
    ("who", "qualified", "seal"),
    [
        (lambda: signer(qualified=True), True, False),
        (lambda: signer(qualified=False), False, False),
        (lambda: signer("", "Specimen Cluster Alfa", qualified=True), True, True),
        (lambda: signer("", "Specimen Cluster Alfa"), False, True),
        (lambda: certified(named("Team", organisation="Team")), False, True),
        (lambda: certified(named("Alma", surname="Alma", organisation="X", number="NTRXX-1")), False, False),
        (lambda: certified(named("Alma", organisation="X")), False, False),
        (lambda: certified(named("Alma")), False, False),
    ],
)
def test_seals_and_qualified_certificates(who, qualified, seal):
    """A seal names no person; a certificate is qualified where it says so and is trusted."""
    signature = only(signed(issued(), who()), anchor())
    assert (signature.qualified, signature.seal, signature.trust) == (qualified, seal, "trusted")
    assert not only(signed(issued(), who()), anchor("Another Authority (specimen)")).qualified


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (named("Alma\x1b[2J"), "Alma\\x1b[2J"),
        (named("x" * 64), "x" * 64),
        (named("", given="Alma", surname="Specimen"), "Alma Specimen"),
        (named("", pseudonym="Specimen A"), "Specimen A"),
        (named("", organisation="Specimen Cluster"), "Specimen Cluster"),
        (named("", country="BE"), ""),
        ([*named("First"), *named("Second")], "First"),
    ],
)
def test_the_holders_name_is_one_printable_line(parts, name):
    """The common name, or what comes nearest; a certificate cannot write to the user's screen."""
    assert name_of(Certificate.load(certified(parts).certificate)) == name


def test_statements_that_cannot_be_read_say_nothing():
    """A certificate with a broken statement is neither qualified nor a seal by it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(named("Alma", organisation="X"))
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), b"\x30\x03\x02\x01\x01")
    certificate = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key(), serial_number=1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2029, 1, 1, tzinfo=UTC))
        .add_extension(broken, critical=False)
        .sign(key, hashes.SHA256())
    )
    assert not is_seal(Certificate.load(certificate.public_bytes(Encoding.DER)))


@pytest.mark.parametrize(
    "alter",
    [
        lambda data: drawn_over(data, lambda canvas: canvas.drawString(100, 100, "or not"), incremental=True),
        annotated,
    ],
)
def test_a_page_changed_after_the_signature_is_not_permitted(alter):
    """The signed bytes are intact, and what was appended shows something else."""
    signature = only(alter(once_signed()), anchor())
    assert (signature.intact, signature.valid, signature.changes, signature.stands) == (True, True, "other", False)


def test_saved_again_the_signature_is_broken():
    """Merging, printing to PDF and saving anew break what was signed."""
    signature = only(rewritten(once_signed()), anchor())
    assert (signature.intact, signature.stands, signature.trust) == (False, False, "not trusted")


def test_one_changed_letter_breaks_the_signature():
    """A bit of the signed bytes that flips is noticed."""
    data = bytearray(once_signed())
    place = data.index(b"/MediaBox")
    data[place + 1 : place + 2] = b"N"
    (signature,) = found(bytes(data), anchor())
    assert not signature.stands


@pytest.mark.parametrize("behind", [b"garbage", b"\n%%EOF\n", b"\n<script>\nstartxref\n0\n%%EOF\n"])
def test_what_was_put_behind_the_end_is_noticed(behind):
    """Readers, and pyHanko, look past it (evidence notes 3.7)."""
    for signature in found(twice_signed().rstrip(b"\n") + behind, anchor()):
        assert (signature.stands, signature.trouble != "") == (False, True)


def test_garbage_that_names_the_right_place_is_noticed():
    """A second, true end mark behind garbage deceives a reader that looks from the end."""
    data = once_signed()
    first, *others = found(data + b"anything\n" + data[data.rindex(b"startxref") :], anchor())
    assert (first.intact, first.permitted, first.trouble, others) == (True, False, signatures._BEHIND, [])


@pytest.mark.parametrize("behind", [b"\n", b"\r\n\0\0", b" \t\n"])
def test_blank_bytes_behind_the_end_are_nothing(behind):
    """Mail programs add empty lines."""
    (signature,) = found(once_signed() + behind, anchor())
    assert (signature.stands, signature.trouble) == (True, "")


def test_a_signature_that_says_it_covers_nothing_is_broken():
    """A range of nothing is the oldest trick."""
    data = once_signed()
    start = data.rindex(b"/ByteRange [") + len(b"/ByteRange [")
    end = data.index(b"]", start)
    zeroed = data[:start] + b"0 0 0 0".ljust(end - start) + data[end:]
    signature = only(zeroed, anchor())
    assert (signature.intact, signature.coverage, signature.stands) == (False, "unclear", False)


def test_a_truncated_file_carries_no_signature_that_stands():
    """Wherever a signed file is cut off, its last signature does not stand."""
    data = once_signed()
    for share in (0.5, 0.9, 0.99, 0.999):
        assert not any(each.stands for each in found(data[: int(len(data) * share)], anchor()))


def test_a_signature_in_two_fields_counts_once():
    """Copying a signature into another party's field proves nothing."""

    def copy(writer):
        fields = writer.root["/AcroForm"]["/Fields"]
        filled = next(each for each in fields if "/V" in each.get_object())
        empty = next(each for each in fields if "/V" not in each.get_object())
        empty.get_object()["/V"] = filled.get_object().raw_get("/V")
        writer.mark_update(empty)

    writer = IncrementalPdfFileWriter(io.BytesIO(once_signed()))
    copy(writer)
    output = io.BytesIO()
    writer.write(output)
    first, second = found(output.getvalue(), anchor())
    assert (second.permitted, second.trouble) == (False, signatures._AGAIN)
    assert first.signer == second.signer


def with_field(value, count=1):
    """Return the issued file with signature fields of this value."""

    def change(writer):
        fields = writer.root_object["/AcroForm"]["/Fields"]
        for number in range(count):
            named_ = {"/FT": NameObject("/Sig"), "/T": TextStringObject(f"Odd{number}"), "/V": value}
            field = DictionaryObject({NameObject(key): each for key, each in named_.items()})
            fields.append(writer._add_object(field))

    return rewritten(issued(), change)


@pytest.mark.parametrize(
    "parts",
    [
        {"/Type": NameObject("/Sig")},
        {"/SubFilter": NameObject("/adbe.x509.rsa_sha1")},
        {"/Contents": TextStringObject("no signature"), "/ByteRange": ArrayObject(NumberObject(0) for _ in range(4))},
        {"/Contents": NumberObject(1), "/ByteRange": NumberObject(1)},
    ],
)
def test_a_signature_of_an_unknown_kind_is_said_to_be_one(parts):
    """It is not passed over, and not a traceback."""
    value = DictionaryObject({NameObject(key): each for key, each in parts.items()})
    signature = only(with_field(value))
    assert (signature.field, signature.stands, "cannot be judged" in signature.trouble) == ("Odd0", False, True)


def test_very_many_signatures_are_not_all_judged():
    """Forty are enough; that there are more is said."""
    data = with_field(DictionaryObject({NameObject("/Type"): NameObject("/Sig")}), SIGNATURE_LIMIT + 5)
    signatures_ = found(data)
    assert (len(signatures_), signatures_[-1].trouble) == (SIGNATURE_LIMIT + 1, signatures._TOO_MANY)


def test_a_file_without_signatures_has_none():
    """Empty fields are no signatures."""
    assert found(issued(), anchor()) == ()


def test_a_file_that_cannot_be_read_strictly_has_a_signature_in_trouble():
    """Nothing is forgiven where a signature is judged."""
    signature = only(b"%PDF-1.7\nnothing\n%%EOF")
    assert (signature.signer, signature.stands, "cannot be judged" in signature.trouble) == ("", False, True)


class _Sections:
    """A table of parts that is written in two ways, as Word does."""

    hybrid_xrefs_present = True


def test_a_file_that_lists_its_parts_in_two_ways_is_doubted_where_something_follows(monkeypatch):
    """Word writes such files; a reader that knows one way only sees other parts, so nothing may be appended."""
    from pyhanko.pdf_utils.xref import XRefCache

    monkeypatch.setattr(XRefCache, "hybrid_xrefs_present", property(lambda _: True))
    assert only(once_signed(), anchor()).stands
    signature = only(once_signed() + b"\n", anchor())
    assert (signature.permitted, signature.trouble) == (False, signatures._TWOFOLD)


def test_a_locked_file_is_judged():
    """An owner's lock with an empty password hides nothing."""
    locked = rewritten(issued(), lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    reader = signatures._opened(locked)
    assert (reader.encrypted, "/Fields" in reader.root["/AcroForm"]) == (True, True)


def test_a_moment_without_a_time_zone_is_taken_to_be_utc():
    """What a signer's tool leaves out is not taken from this machine."""
    from elca_docs.evidence.trust import _in_utc

    assert _in_utc(datetime(2021, 10, 5, 12, 30)) == DAY  # noqa: DTZ001 - the point of the test
    assert _in_utc(None) is None


def test_nothing_of_the_library_stays_behind(capfd):
    """No thread, no loop, no warning, no word on the screen."""
    threads = threading.active_count()
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert only(rewritten(once_signed())).trouble == ""
            found(once_signed(), anchor("Another Authority (specimen)"))
            gc.collect()
    finally:
        root.handlers = kept
    assert threading.active_count() == threads
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
    assert capfd.readouterr() == ("", "")


def test_the_close_look_is_the_glance_and_more():
    """The facts of the glance stay what they are, and codes and signatures come to them."""
    facts = close_facts(once_signed(), name="signed.pdf", anchors=(anchor(),), moment=LATER)
    assert (len(facts.codes), facts.codes_read, len(facts.signatures), facts.signature_fields) == (3, True, 1, 1)
    without = close_facts(once_signed(), name="signed.pdf", anchors=(anchor(),), moment=LATER, codes=False)
    assert without == replace(facts, codes=(), codes_read=False)
    assert close_facts(issued(), name="issued.pdf", moment=LATER).signatures == ()


def test_anchors_are_read_as_der_and_pem_and_none_twice():
    """A folder of certificates becomes the anchors, in the order of names; what is none is named."""
    first, second = anchor(), anchor("Another Authority (specimen)")
    files = {
        "c.pem": pem.armor("CERTIFICATE", second) + pem.armor("CERTIFICATE", first),
        "a.cer": first,
        "b\x1b.txt": b"no certificate",
        "d.pem": pem.armor("CERTIFICATE", first)[:100],
        "e.der": b"\x30\x03\x02\x01\x01",
        "f.der": b"",
    }
    anchors, problems = anchors_of(files)
    assert anchors == (first, second)
    assert [(each.code, each.location.path) for each in problems] == [
        ("anchor-unreadable", name) for name in ("b\\x1b.txt", "d.pem", "e.der", "f.der")
    ]
    assert only(once_signed(), files["c.pem"]).trust == "trusted"


def test_a_file_far_too_large_for_a_certificate_is_none():
    """Somebody put a PDF among the anchors."""
    assert certificates_in(bytes(1_000_001)) == ()


def test_an_anchor_that_cannot_be_read_is_as_if_it_were_not_there():
    """Where none can be read, trust is not checked."""
    assert only(once_signed(), b"broken").trust == "not checked"


def test_a_certificate_that_is_no_signed_data_is_said_to_be_broken():
    """A signature whose inside is another structure is damaged."""
    content = cms.ContentInfo({"content_type": "data", "content": b"x"}).dump()
    value = DictionaryObject(
        {
            NameObject("/Contents"): TextStringObject(content.decode("latin-1")),
            NameObject("/ByteRange"): ArrayObject(NumberObject(each) for each in (0, 1, 2, 3)),
            NameObject("/SubFilter"): NameObject("/ETSI.CAdES.detached"),
        }
    )
    assert "damaged" in only(with_field(value)).trouble


@given(place=st.integers(9, 60_000), byte=st.binary(min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_damage_to_signed_bytes_leaves_a_signature_that_stands(place, byte):
    """Bytes overwritten anywhere but in the signature's own padding end in facts that do not stand."""
    data = once_signed()
    start = data.rindex(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    place %= len(data) - len(byte)
    damaged = data[:place] + byte + data[place + len(byte) :]
    outside = place + len(byte) <= start or place >= end
    if damaged != data and outside:
        assert not any(each.stands for each in found(damaged, anchor()))
    else:
        found(damaged, anchor())
