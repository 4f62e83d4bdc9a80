"""Made-up signed and scanned papers: as the real ones, and each time the same where they can be."""

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from asn1crypto.x509 import Certificate
from papers import PARTIES, changed, codes, copied, each_page, paper, pictures, printed, words
from PIL import ImageChops
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from elca_docs.pdf import specimens
from elca_docs.pdf.chance import Chance

COPY = copied(paper(2, parties=tuple(PARTIES.values())))
AT = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
QUALIFIED = "1.3.6.1.5.5.7.1.3"


def signer(authority, *, person="Specimen Person", qualified=False, until=date(2032, 12, 31)):
    return specimens.signer(
        authority,
        person=person,
        organisation="Specimen Cluster",
        from_=date(2031, 1, 1),
        until=until,
        qualified=qualified,
    )


def status(pdf, authority, moment):
    """Return what the validator says of the one signature, when it trusts the authority."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    roots = [Certificate.load(authority.certificate)]
    return validate_pdf_signature(signature, ValidationContext(roots, moment=moment, allow_fetching=False))


def test_a_signed_specimen_is_trusted_by_who_trusts_its_authority():
    """Intact, valid and trusted within the certificate's days; PAdES; made at the moment that was given."""
    authority = specimens.test_authority("Specimen Authority")
    pdf = specimens.signed(COPY.data, signer(authority), field="Signature-ABC", at=AT)
    found = status(pdf, authority, AT)
    assert pdf.startswith(COPY.data)
    assert found.bottom_line
    assert found.signer_reported_dt == AT
    assert found.signing_cert.subject.native["common_name"] == "Specimen Person"
    assert found.signing_cert.subject.native["organization_name"] == "Specimen Cluster"
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_a_signature_is_not_trusted_outside_of_its_days_or_by_others():
    """After the last day, and where another authority is trusted, it is intact and not trusted."""
    authority = specimens.test_authority("Specimen Authority")
    pdf = specimens.signed(COPY.data, signer(authority), field="Signature-ABC", at=AT)
    late = status(pdf, authority, datetime(2034, 1, 1, tzinfo=UTC))
    foreign = status(pdf, specimens.test_authority("Specimen Authority"), AT)
    assert (late.intact, late.valid, late.trusted) == (True, True, False)
    assert (foreign.intact, foreign.valid, foreign.trusted) == (True, True, False)


def test_a_field_is_made_where_there_is_none():
    """A file of theirs without a field can be signed too."""
    authority = specimens.test_authority("Specimen Authority")
    assert status(specimens.signed(paper(1), signer(authority), field="Own", at=AT), authority, AT).bottom_line


def test_a_seal_names_an_organisation_only():
    """Without a person the certificate is one of an organisation, with its identifier."""
    authority = specimens.test_authority("Specimen Authority")
    subject = Certificate.load(signer(authority, person="").certificate).subject.native
    assert subject["common_name"] == subject["organization_name"] == "Specimen Cluster"
    assert subject["organization_identifier"]


@pytest.mark.parametrize(("person", "kind"), [("Specimen Person", "qct_esign"), ("", "qct_eseal")])
def test_a_qualified_certificate_says_so(person, kind):
    """The statements of EN 319 412-5: qualified, key in a device, of a signature or of a seal."""
    from pyhanko.sign.ades.qualified_asn1 import QcStatements

    authority = specimens.test_authority("Specimen Authority")
    plain, stated = (
        {each["extn_id"].dotted: each for each in Certificate.load(who.certificate)["tbs_certificate"]["extensions"]}
        for who in (signer(authority, person=person), signer(authority, person=person, qualified=True))
    )
    assert QUALIFIED not in plain
    said = QcStatements.load(stated[QUALIFIED]["extn_value"].contents).native
    assert [each["statement_id"] for each in said] == ["qc_compliance", "qc_sscd", "qc_type"]
    assert said[2]["statement_info"] == [kind]


def test_keys_are_not_shown():
    """Nothing prints a key by accident, made up as it is."""
    authority = specimens.test_authority("Specimen Authority")
    assert "key" not in repr(authority)
    assert "key" not in repr(signer(authority))


@pytest.mark.parametrize("quality", ["clean", "office", "poor", "bad", "fax"])
def test_a_scan_is_a_picture_of_each_page(quality):
    """As many pages of the same size, no text, one picture each, and the same bytes for the same seed only."""
    scan, same, other = (specimens.scanned(COPY.data, quality=quality, seed=seed, dpi=100) for seed in (1, 1, 2))
    assert same == scan
    assert other != scan
    assert words(scan) == [[], []]
    for page, before in zip(PdfReader(io.BytesIO(scan)).pages, PdfReader(io.BytesIO(COPY.data)).pages, strict=True):
        assert float(page.mediabox.width) == pytest.approx(float(before.mediabox.width), abs=0.5)
        assert len(page["/Resources"]["/XObject"]) == 1


@pytest.mark.parametrize("dpi", [150, 200, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("quality", ["clean", "office", "poor", "fax"])
def test_the_codes_can_be_read_off_a_scan(quality, dpi):
    """Whatever a usual scanner does to it, the code in the middle of the edge is read, without any remedy."""
    scan = specimens.scanned(COPY.data, quality=quality, dpi=dpi, seed=5, pages=(2,))
    assert codes(scan, dpi) == printed(2)[1:]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_paper_may_lie_turned(turned):
    """The picture is turned, and its sides with it."""
    scan = specimens.scanned(COPY.data, quality="clean", turned=turned)
    page = PdfReader(io.BytesIO(scan)).pages[0].mediabox
    assert (page.width > page.height) == (turned != 180)
    assert codes(scan) == printed(2)


def test_pages_may_be_missing_doubled_or_in_another_order():
    """`pages` says what was put into the scanner."""
    scan = specimens.scanned(COPY.data, quality="clean", pages=(2, 1, 1))
    one, two = printed(2)
    assert codes(scan) == [two, one, one]


def test_a_pen_crosses_the_codes_only():
    """Strokes lie over the code of each page, and differ by seed."""
    plain, crossed = (specimens.scanned(COPY.data, quality="clean", ink=False, pen_lines=count) for count in (0, 3))
    for before, after, place in zip(pictures(plain, 72), pictures(crossed, 72), zxing_places(COPY.data), strict=True):
        left, up, right, down = ImageChops.difference(before, after).point([0] * 60 + [255] * 196).getbbox()
        assert place[0] - 12 < left < right < place[2] + 12
        assert place[1] - 6 < up < down < place[3] + 6


def zxing_places(pdf):
    """Return where the symbol stands on each page, in dots at 72 dpi."""
    for picture in pictures(pdf, 144):
        (found,) = zxingcpp.read_barcodes(picture)
        corner, other = found.position.top_left, found.position.bottom_right
        yield corner.x / 2, corner.y / 2, other.x / 2, other.y / 2


def inked(pdf, **how):
    """Return per page where somebody signed by pen, in dots at 72 dpi from the upper left."""
    plain, signed = (pictures(specimens.scanned(pdf, quality="clean", ink=ink, **how), 72) for ink in (False, True))
    pairs = zip(plain, signed, strict=True)
    return [ImageChops.difference(one, two).point([0] * 60 + [255] * 196).getbbox() for one, two in pairs]


def test_ink_stands_in_the_fields():
    """Where there are fields on a page, the pen signs in them; the page before stays as it is."""
    first, last = inked(COPY.data)
    boxes = [each.get_object()["/Rect"] for each in PdfReader(io.BytesIO(COPY.data)).pages[1]["/Annots"]]
    height = pypdfium2.PdfDocument(COPY.data)[1].get_height()
    assert first is None
    assert min(float(box[0]) for box in boxes) - 8 < last[0] < last[2] < max(float(box[2]) for box in boxes) + 8
    assert height - max(float(box[3]) for box in boxes) - 4 < last[1]
    assert last[3] < height - min(float(box[1]) for box in boxes) + 4


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_ink_without_fields_stands_at_the_foot_of_the_last_page(turned):
    """On a page without a field somebody signs below, as the page was before it was turned."""
    first, last = inked(changed(paper(2), each_page(Rotate=turned)))
    assert first is None
    left, up, right, down = last
    width, height = pypdfium2.PdfDocument(changed(paper(2), each_page(Rotate=turned)))[1].get_size()
    middle = ((left + right) / 2 / width, (up + down) / 2 / height)
    assert middle == pytest.approx(
        {0: (0.7, 0.85), 90: (0.15, 0.7), 180: (0.3, 0.15), 270: (0.85, 0.3)}[turned], abs=0.05
    )


def test_chance_is_the_same_for_the_same_seed():
    """Numbers lie between their bounds and noise has its length; both depend on the seed and the turn."""
    one, same, other = Chance("a"), Chance("a"), Chance("b")
    row = [one.between(-2, 3) for _ in range(50)]
    assert row == [same.between(-2, 3) for _ in range(50)]
    assert all(-2 <= number <= 3 for number in row)
    assert len(set(row)) > 40
    assert other.between(-2, 3) != row[0]
    assert one.noise(9) == same.noise(9)
    assert len(one.noise(9)) == 9


@pytest.mark.slow
def test_nine_in_ten_pages_of_a_poor_scan_are_read_without_a_remedy():
    """Ninety pages askew by up to 5°, noisy, JPEG 40, at 200 dpi; a reader with remedies does better still."""
    found = [page for seed in range(45) for page in codes(specimens.scanned(COPY.data, quality="poor", seed=seed))]
    assert sum(found == [text] for found, [text] in zip(found, printed(2) * 45, strict=True)) >= 81
