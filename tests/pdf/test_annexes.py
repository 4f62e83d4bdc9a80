"""A report with annexes: separator, pages as seen, untouched original, outline, labels, properties; same bytes."""

from __future__ import annotations

import gc
import hashlib
import io
import tracemalloc

import pypdfium2
import pytest
from papers import changed, copied, paper, words
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from elca_docs.errors import EvidenceError
from elca_docs.model.annexes import Annex
from elca_docs.pdf import Separators, with_annexes

PROPERTIES = {"title": "Report on nests", "subject": "SAMPLE"}


def annex(number, data=b"", **more):
    facts = {"title": f"Agreement {number}", "reference": f"TEST-CA-ABC-00{number}", "pages": 1}
    facts |= {"register_number": f"R-2021-00{number}", "sha256": hashlib.sha256(data).hexdigest()}
    return (Annex(**(facts | {"number": f"A{number}"} | more)), data)


def sheets(count):
    """Return separators of one page each."""
    output = io.BytesIO()
    canvas = Canvas(output, invariant=1)
    for number in range(1, count + 1):
        canvas.drawString(100, 700, f"Separator {number}")
        canvas.showPage()
    canvas.save()
    return Separators(output.getvalue(), tuple(range(1, count + 1)))


def merged(*annexes, report=None, separators=None):
    return with_annexes(
        report or paper(2),
        annexes,
        separators=separators or sheets(max(len(annexes), 1)) if annexes else Separators(paper(1), ()),
        heading="Annexes",
        properties=PROPERTIES,
    )


def outline(reader, entries=None, depth=0):
    found = []
    for each in reader.outline if entries is None else entries:
        if isinstance(each, list):
            found += outline(reader, each, depth + 1)
        else:
            found.append((depth, each.title, reader.get_destination_page_number(each) + 1))
    return found


def refusal(*annexes):
    with pytest.raises(EvidenceError) as refused:
        merged(*annexes)
    return refused.value.problems


def test_each_annex_follows_its_separator():
    """The report's pages come first, then separator and pages of each annex, in order."""
    found = words(merged(annex(1, paper(2)), annex(2, paper(1))))
    assert [each[:2] for each in found] == [
        *(["Page", "1"], ["Page", "2"]),
        *(["Separator", "1"], ["Page", "1"], ["Page", "2"]),
        *(["Separator", "2"], ["Page", "1"]),
    ]


def test_pages_are_labelled_and_outlined():
    """The report keeps its outline and numbers; annexes have entries below one heading and numbers of their own."""
    reader = PdfReader(io.BytesIO(merged(annex(1, paper(2)), annex(2, paper(1)))))
    assert reader.page_labels == ["1", "2", "A1-1", "A1-2", "A1-3", "A2-1", "A2-2"]
    assert outline(reader) == [
        *((0, "Chapter 1", 1), (0, "Chapter 2", 2)),
        *((0, "Annexes", 3), (1, "A1 Agreement 1", 3), (1, "A2 Agreement 2", 6)),
    ]


def test_originals_travel_untouched():
    """Each original is attached byte for byte, under a name that says which it is, with its digest."""
    data, other = paper(2), copied(paper(1)).data
    reader = PdfReader(io.BytesIO(merged(annex(1, data), annex(2, other, reference="TEST/A1"))))
    assert dict(reader.attachments.items()) == {
        "A1_R-2021-001_TEST-CA-ABC-001.pdf": [data],
        "A2_R-2021-002_TEST-A1.pdf": [other],
    }
    (first, _) = reader.attachment_list
    assert hashlib.sha256(data).hexdigest() in first.description
    assert (first.size, first.subtype, first.associated_file_relationship) == (len(data), "/application/pdf", "/Source")
    assert first.checksum == hashlib.md5(data, usedforsecurity=False).digest()


def test_same_input_same_bytes():
    """Nothing of the day or chance gets in; another annex or title is another file."""
    one = merged(annex(1, paper(1)))
    assert merged(annex(1, paper(1))) == one
    first, second, third = (
        repr(PdfReader(io.BytesIO(each)).trailer["/ID"][0])
        for each in (one, merged(annex(1, paper(2))), merged(annex(1, paper(1), title="x")))
    )
    assert len({first, second, third}) == 3


def test_properties_are_those_given():
    """The file says what it is, and nothing of who made the report or when."""
    assert dict(PdfReader(io.BytesIO(merged(annex(1, paper(1))))).metadata) == {
        "/Title": "Report on nests",
        "/Subject": "SAMPLE",
    }


def test_a_withheld_annex_has_its_separator_only():
    """What an edition leaves out is announced, and neither shown nor attached nor read."""
    made = merged(annex(1, withheld="confidential"), annex(2, paper(1)))
    assert [each[:2] for each in words(made)][2:] == [["Separator", "1"], ["Separator", "2"], ["Page", "1"]]
    assert [*PdfReader(io.BytesIO(made)).attachments] == ["A2_R-2021-002_TEST-CA-ABC-002.pdf"]


def test_a_report_without_annexes_stays_a_report():
    """Without annexes there is neither heading nor attachment."""
    reader = PdfReader(io.BytesIO(merged()))
    assert (len(reader.pages), len(reader.outline), dict(reader.attachments)) == (2, 2, {})
    assert reader.page_labels == ["1", "2"]


def test_separators_may_have_several_pages():
    """All pages of a separator stand before its annex."""
    made = merged(annex(1, paper(1)), annex(2, paper(1)), separators=Separators(sheets(3).pdf, (1, 3)))
    assert [each[:2] for each in words(made)][2:] == [
        *(["Separator", "1"], ["Separator", "2"], ["Page", "1"]),
        *(["Separator", "3"], ["Page", "1"]),
    ]
    with pytest.raises(ValueError, match="1 separators for 2 annexes"):
        merged(annex(1, paper(1)), annex(2, paper(1)), separators=Separators(sheets(1).pdf, (1,)))


def test_an_altered_annex_refuses_the_report_by_name():
    """annex-altered names every annex whose bytes are not those that were registered."""
    problems = refusal(annex(1, paper(1)), annex(2, paper(1), sha256="0" * 64), annex(3, sha256="0" * 64))
    assert [each.code for each in problems] == ["annex-altered"] * 2
    assert "annex A2 (R-2021-002, TEST-CA-ABC-002)" in problems[0].message
    assert problems[0].location.path == "A2_R-2021-002_TEST-CA-ABC-002.pdf"


def locked(user, owner="owner"):
    return changed(paper(1), lambda writer: writer.encrypt(user, owner, algorithm="AES-256"))


def test_an_annex_that_wants_a_password_refuses_the_report_by_name():
    """annex-locked; one that only its owner may change is shown, and attached as it is."""
    (problem,) = refusal(annex(1, locked("secret")))
    assert (problem.code, problem.location.path[:2]) == ("annex-locked", "A1")
    made = merged(annex(1, locked("")))
    assert words(made)[3][:2] == ["Page", "1"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", paper(1)[:400], b"PK\x03\x04"])
def test_a_damaged_annex_refuses_the_report_by_name(data):
    """annex-damaged, whatever is wrong with it."""
    (problem,) = refusal(annex(1, data))
    assert (problem.code, problem.location.path[:2]) == ("annex-damaged", "A1")


def test_an_annex_without_pages_is_damaged():
    """A PDF of no page shows nothing that was signed."""
    output = io.BytesIO()
    PdfWriter().write(output)
    assert [each.code for each in refusal(annex(1, output.getvalue()))] == ["annex-damaged"]


def widget(writer, *, flags=4, colour="1 0 0", rectangle=(100, 400, 200, 500)):
    """Put a form field with a look of its own on the first page."""
    look = DecodedStreamObject()
    look.set_data(f"{colour} rg 0 0 100 100 re f".encode())
    box = ArrayObject(map(FloatObject, (0, 0, 100, 100)))
    look.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    look[NameObject("/BBox")] = box
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("Signature"),
            NameObject("/F"): NumberObject(flags),
            NameObject("/A"): action,
            NameObject("/Rect"): ArrayObject(map(FloatObject, rectangle)),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def reds(pdf, page):
    """Return how many red dots a page shows."""
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=0.5, may_draw_forms=False).to_pil().convert("RGB")
    return sum(count for count, dot in picture.getcolors(1 << 20) if dot == (255, 0, 0))


def test_what_is_seen_of_a_form_stays_and_acts_no_more():
    """The look of a signature or field is kept as a stamp; scripts, fields and actions are gone."""
    original = changed(paper(1), widget)
    made = merged(annex(1, original))
    page = PdfReader(io.BytesIO(made)).pages[3]
    (stamp,) = (each.get_object() for each in page["/Annots"])
    assert set(stamp) == {"/Type", "/Subtype", "/F", "/AP", "/Rect", "/P"}
    assert stamp["/Subtype"] == "/Stamp"
    assert reds(made, 3) > 2000
    alone = PdfReader(io.BytesIO(made))
    assert "/AA" not in page
    assert "/AcroForm" not in alone.root_object
    assert b"JavaScript" not in made.replace(original, b"")


@pytest.mark.parametrize("flags", [2, 32, 6])
def test_what_is_hidden_stays_hidden(flags):
    """An annotation that is not shown is not taken over."""
    made = merged(annex(1, changed(paper(1), lambda writer: widget(writer, flags=flags))))
    assert "/Annots" not in PdfReader(io.BytesIO(made)).pages[3]


def layered(base=None):
    """Return a page whose red box is on a layer that is off."""

    def change(writer):
        layer = writer._add_object(
            DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("x")})
        )
        usual = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
        if base:
            usual = DictionaryObject({NameObject("/BaseState"): NameObject(base)})
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): usual}
        )
        page = writer.pages[0]
        names = DictionaryObject({NameObject("/L"): layer})
        page["/Resources"][NameObject("/Properties")] = names
        content = DecodedStreamObject()
        content.set_data(b"/OC /L BDC 1 0 0 rg 100 100 200 200 re f EMC")
        page[NameObject("/Contents")] = writer._add_object(content)

    return changed(paper(1), change)


@pytest.mark.parametrize("base", [None, "/OFF"])
def test_a_hidden_layer_stays_hidden(base):
    """What a layer of an annex hides is not seen in the report either, for each of several annexes."""
    assert reds(layered(base), 0) == 0
    made = merged(annex(1, layered(base)), annex(2, layered(base)))
    assert [reds(made, page) for page in (3, 5)] == [0, 0]
    assert len(PdfReader(io.BytesIO(made)).root_object["/OCProperties"]["/OCGs"]) == 2


def test_one_page_that_stands_twice_is_shown_twice():
    """An annex that lists one page object two times has two pages."""

    def double(writer):
        pages = writer.root_object["/Pages"]
        pages["/Kids"].append(pages["/Kids"][0])
        pages[NameObject("/Count")] = NumberObject(2)

    assert len(PdfReader(io.BytesIO(merged(annex(1, changed(paper(1), double))))).pages) == 5


def test_pages_keep_their_size_and_turn():
    """A turned or small page is taken over as it is."""

    def turn(writer):
        writer.pages[0].rotate(90)

    made = PdfReader(io.BytesIO(merged(annex(1, changed(paper(1, (300, 200)), turn)))))
    assert (made.pages[3].rotation, *map(float, made.pages[3].mediabox[2:])) == (90, 300, 200)


@pytest.mark.slow
def test_memory_grows_with_the_files_and_no_faster():
    """Fifty annexes take at most so much more memory, for each, than ten."""

    def peak(count):
        annexes = [annex(each, paper(3)) for each in range(1, count + 1)]
        separators = sheets(count)
        gc.collect()
        tracemalloc.start()
        merged(*annexes, separators=separators)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    merged(annex(1, paper(1)))  # what is loaded once is not counted
    assert peak(50) <= 5 * peak(10) * 1.5
