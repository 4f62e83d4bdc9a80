"""The fields of a signature copy: one per party, beside its name, and signed by the usual tools by appending."""

import io
from datetime import UTC, date, datetime

import pytest
from papers import MM, PARTIES, changed, copied, each_page, paper, pictures, words
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from elca_docs.pdf import specimens
from elca_docs.pdf.fields import names_of

NAMES = tuple(PARTIES.values())
DAY = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


def fields_of(pdf):
    """Return page (from 1) and box of each signature field by name."""
    found = {}
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, 1):
        for note in (each.get_object() for each in page.get("/Annots", ())):
            if note.get("/FT") == "/Sig":
                found[note["/T"]] = (number, tuple(float(side) for side in note["/Rect"]))
    return found


def canvas_paper(draw, pages=1):
    """Return a PDF of pages that `draw(canvas, number)` filled."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def is_blank(pdf, field):
    """Whether nothing is printed in a field of an upright page."""
    number, (left, bottom, right, top) = field
    picture = pictures(pdf, 72)[number - 1]
    return picture.crop((left, picture.height - top, right, picture.height - bottom)).getextrema()[0] > 240


def test_each_party_signs_below_its_name_on_the_last_page_that_names_it():
    """The field begins where the name does, keeps free of print, and is as large as the paper allows."""
    made = copied(paper(3, parties=NAMES))
    assert made.fields == {"Signature-ABC": "ABC", "Signature-XYZ": "XYZ"}
    fields = fields_of(made.data)
    for place, field in enumerate(made.fields):
        number, (left, _, right, top) = fields[field]
        name = A4[1] / 2 - place * 120
        assert number == 3
        assert name - 10 < top < name
        assert left == pytest.approx(25 * MM, abs=2)
        assert (right - left) / MM == pytest.approx(70, abs=0.1)
        assert is_blank(made.data, fields[field])


def test_a_name_over_two_lines_is_found():
    """Line breaks, hyphens at their end and capitals do not hide a name."""

    def draw(canvas, _):
        canvas.drawString(100, 600, "SPECIMEN CLUSTER")
        canvas.drawString(100, 586, "of Nowhere")
        canvas.rect(90, 500, 200, 120)

    made = copied(canvas_paper(draw), parties={"ABC": "Speci\u00admen  Cluster of Nowhere\n"})
    _, (left, bottom, right, top) = fields_of(made.data)["Signature-ABC"]
    assert 90 < left < right < 290
    assert 500 < bottom < top < 586


def test_parties_beside_one_another_keep_to_their_columns():
    """No field is nearer to another party's name than to its own."""

    def draw(canvas, _):
        canvas.drawString(70, 400, NAMES[0])
        canvas.drawString(330, 400, NAMES[1])

    made = copied(canvas_paper(draw))
    fields = fields_of(made.data)
    assert fields["Signature-ABC"][1][0] == pytest.approx(70, abs=2)
    assert fields["Signature-XYZ"][1][0] == pytest.approx(330, abs=2)
    assert all(top < 400 for _, (*_, top) in fields.values())


def test_the_page_of_the_signatures_may_have_annexes_behind_it():
    """The last page that names all parties counts, whatever one name does further behind."""

    def draw(canvas, number):
        if number == 2:
            canvas.drawString(80, 500, NAMES[0])
            canvas.drawString(80, 300, NAMES[1])
        if number == 3:
            canvas.drawString(80, 500, f"An annex by {NAMES[0]}")

    assert {number for number, _ in fields_of(copied(canvas_paper(draw, 3)).data).values()} == {2}


def test_a_party_named_elsewhere_signs_there():
    """Where no page names all, each signs on the last page that names it."""

    def draw(canvas, number):
        canvas.drawString(80, 500, NAMES[number - 1])

    fields = fields_of(copied(canvas_paper(draw, 2)).data)
    assert {name: number for name, (number, _) in fields.items()} == {"Signature-ABC": 1, "Signature-XYZ": 2}


def test_parties_not_named_sign_in_rows_on_the_last_page():
    """Five parties whose names are nowhere: five boxes, none over another, none over print."""
    parties = {f"P{count}": f"Nobody {count}" for count in range(5)} | {"NONE": ""}
    made = copied(paper(2, parties=NAMES), parties=parties)
    fields = fields_of(made.data)
    boxes = [box for _, box in fields.values()]
    assert {number for number, _ in fields.values()} == {2}
    assert all(is_blank(made.data, field) for field in fields.values())
    assert all((box[2] - box[0]) / MM == pytest.approx(50, abs=0.1) for box in boxes)
    for place, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert right <= other[0] or other[2] <= left or top <= other[1] or other[3] <= bottom


def test_a_named_and_a_nameless_party_do_not_share_a_place():
    """The rows leave out the place beside a name that another party has."""

    def draw(canvas, _):
        canvas.drawString(60, 100, NAMES[0])
        canvas.rect(20, 130, 555, 700, fill=1)

    made = copied(canvas_paper(draw), parties={"ABC": NAMES[0], "NO": "Nobody"})
    fields = fields_of(made.data)
    one, other = fields["Signature-ABC"][1], fields["Signature-NO"][1]
    assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_on_a_full_page_a_field_has_no_place_and_signs_all_the_same():
    """A box without an area: invisible, and good for a signature."""

    def draw(canvas, _):
        canvas.rect(75, 62, 445, 720, fill=1)

    made = copied(canvas_paper(draw))
    assert set(fields_of(made.data).values()) == {(1, (0, 0, 0, 0))}
    assert [each for each, _, _ in enumerate_sig_fields(PdfFileReader(io.BytesIO(made.data)))] == list(made.fields)
    assert len(statuses(twice_signed(made)[-1])) == 2


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_on_a_turned_page_the_field_lies_as_the_name_does(turned):
    """The place is found on the page as it is seen, and written in the page's own coordinates."""
    made = copied(changed(paper(1, parties=NAMES[:1]), each_page(Rotate=turned)), parties={"ABC": NAMES[0]})
    _, (left, bottom, right, top) = fields_of(made.data)["Signature-ABC"]
    wide = turned == 180
    assert ((right - left) > (top - bottom)) == wide
    middle = ((left + right) / 2, (bottom + top) / 2)
    assert abs(middle[0] - 25 * MM) < 200
    assert abs(middle[1] - A4[1] / 2) < 200
    field = PdfReader(io.BytesIO(made.data)).pages[0]["/Annots"][-1].get_object()
    assert field["/MK"]["/R"] == turned


def test_field_names_are_plain_and_never_twice():
    """Any ids give ASCII names without dots, each different, none that the form has already."""
    assert names_of(["AMÉ", "a.b", "a b", "Ω", "Ω2", "-"], frozenset({"Signature-AME"})) == {
        "AMÉ": "Signature-AME-2",
        "a.b": "Signature-a-b",
        "a b": "Signature-a-b-2",
        "Ω": "Signature-party",
        "Ω2": "Signature-2",
        "-": "Signature-party-2",
    }


def test_a_form_that_is_there_is_kept():
    """Fields of the document stay beside those for signing, and no name is given twice."""

    def with_form(writer):
        field = DictionaryObject(
            {NameObject("/T"): TextStringObject("Signature-ABC"), NameObject("/FT"): NameObject("/Tx")}
        )
        form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
        form[NameObject("/SigFlags")] = NumberObject(2)
        writer.root_object[NameObject("/AcroForm")] = form

    made = copied(changed(paper(parties=NAMES), with_form))
    form = PdfReader(io.BytesIO(made.data)).root_object["/AcroForm"].get_object()
    assert [each.get_object()["/T"] for each in form["/Fields"]] == [
        "Signature-ABC",
        "Signature-ABC-2",
        "Signature-XYZ",
    ]
    assert made.fields == {"Signature-ABC-2": "ABC", "Signature-XYZ": "XYZ"}
    assert form["/SigFlags"] == 3


def test_each_field_says_whose_it_is():
    """A viewer shows the party's name; a printed page shows nothing."""
    made = copied(paper(parties=NAMES))
    fields = PdfReader(io.BytesIO(made.data)).root_object["/AcroForm"]["/Fields"]
    assert [each.get_object()["/TU"] for each in fields] == [f"Signature of {name}" for name in NAMES]
    assert all(is_blank(made.data, field) for field in fields_of(made.data).values())


def twice_signed(made):
    """Return the copy, then with the signature of the first party, then of both."""
    authority = specimens.test_authority("Specimen Authority (fictitious)")
    files = [made.data]
    for place, (field, party) in enumerate(made.fields.items()):
        who = specimens.signer(
            authority,
            person=f"Specimen Person {place}",
            organisation=PARTIES[party],
            from_=date(2030, 1, 1),
            until=date(2033, 1, 1),
        )
        files.append(specimens.signed(files[-1], who, field=field, at=DAY.replace(day=DAY.day + place)))
    return files


def statuses(pdf):
    """Return what the validator says of each signature; trust is not asked."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    return {each.field_name: validate_pdf_signature(each, nobody) for each in reader.embedded_signatures}


def test_two_parties_sign_one_after_the_other():
    """Each signature appends to the file; both are intact, and what the second adds is permitted by the first."""
    made = copied(paper(3, parties=NAMES, link=True))
    issued, once, twice = twice_signed(made)
    assert once.startswith(issued)
    assert twice.startswith(once)
    found = statuses(twice)
    assert list(found) == list(made.fields)
    assert all(each.intact and each.valid and each.docmdp_ok for each in found.values())
    assert [each.modification_level.name for each in found.values()] == ["FORM_FILLING", "NONE"]
    assert [each.signer_reported_dt for each in found.values()] == [DAY, DAY.replace(day=7)]
    assert [page[:20] for page in words(twice)] == [page[:20] for page in words(issued)]
