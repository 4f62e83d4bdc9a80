"""A signature copy: every page says which page of what it is, nothing printed is covered, and all can sign."""

import io
from functools import cache

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import MM, PARTIES, REFERENCE, changed, codes, copied, each_page, paper, pictures, printed, stamps, words
from PIL import ImageChops, ImageFilter
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from pypdfium2 import raw
from reportlab.lib.pagesizes import A3, A4, A5, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas

from elca_docs.errors import EvidenceError
from elca_docs.pdf import PageStamp, page_count, signature_copy

GREY = 200
KINDS = {
    "a4": paper(),
    "letter": paper(size=LETTER),
    "landscape": paper(size=landscape(A4)),
    "a3": paper(size=A3),
    "low": paper(size=(620, 190), margin=30),
    "narrow margins": paper(margin=21 * MM),
    "full to its edges": paper(full=True, link=True),
    "turned 90": changed(paper(), each_page(Rotate=90)),
    "turned 180": changed(paper(full=True), each_page(Rotate=180)),
    "turned -90": changed(paper(full=True), each_page(Rotate=-90)),
    "cropped": changed(paper(), each_page(CropBox=(30, 40, 560, 800))),
    "cropped and turned": changed(paper(full=True), each_page(CropBox=(30, 40, 560, 800), Rotate=90)),
    "elsewhere": changed(paper(), each_page(MediaBox=(-100, -50, 495, 792))),
    "box upside down": changed(paper(), each_page(MediaBox=(595, 842, 0, 0))),
    "box of nothing": changed(paper(size=LETTER), each_page(MediaBox=(0, 0, 0, 0), CropBox=(9, 9, 9, 9))),
}


PLAIN = paper(parties=PARTIES.values(), link=True)


def mixed():
    """Return pages of several sizes, one of them turned."""
    writer = PdfWriter()
    for part in (paper(1), paper(1, LETTER), paper(1, landscape(A4)), KINDS["turned 90"]):
        writer.append(io.BytesIO(part))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@cache
def copy_of(kind):
    """Return a paper of a kind, and its copy."""
    pdf = mixed() if kind == "mixed" else KINDS[kind]
    return pdf, copied(pdf)


def code_boxes(pdf):
    """Return the box of the code on each page, as its lines are drawn, in points."""
    boxes = []
    for page in pypdfium2.PdfDocument(pdf):
        forms = [each.get_bounds() for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1)]
        boxes.append(forms[-1])
    return boxes


def only_problem(call, *given, **named):
    """Return the one problem that a call raises, which says what to do."""
    with pytest.raises(EvidenceError) as caught:
        call(*given, **named)
    (problem,) = caught.value.problems
    assert problem.fix
    return problem


@pytest.mark.parametrize("kind", [*KINDS, "mixed"])
def test_every_page_carries_its_code_and_its_words(kind):
    """At 200 dpi each page gives the code it was stamped with; its words are those it had, and the line."""
    pdf, made = copy_of(kind)
    assert codes(made.data) == printed(made.pages)
    lines = [stamp.line.split() for stamp in stamps(made.pages)]
    assert words(made.data) == [old + line for old, line in zip(words(pdf), lines, strict=True)]


@pytest.mark.parametrize("kind", [*KINDS, "mixed"])
def test_the_code_is_18_mm_wide_and_whole_on_the_page(kind):
    """Measured from its lines: 18 to 22 mm, square, and at least 4 mm away from what is seen of the page's edges."""
    _, made = copy_of(kind)
    for page, (left, bottom, right, top) in zip(pypdfium2.PdfDocument(made.data), code_boxes(made.data), strict=True):
        assert 18 - 0.01 <= (right - left) / MM <= 22
        assert (top - bottom) == pytest.approx(right - left, abs=0.01)
        box = page.get_bbox()
        edges = (left - box[0], bottom - box[1], box[2] - right, box[3] - top)
        assert min(edges) >= 4 * MM - 0.01


def without_stamps(pdf):
    """Return the copy with the last stream of each page's content, the stamp, taken away."""

    def change(writer):
        for page in writer.pages:
            page[NameObject("/Contents")] = ArrayObject(list(page["/Contents"])[:-1])

    return changed(pdf, change)


def covered(pdf):
    """Return the part of each page where its stamp, or what lies within 4 points of it, is on something printed."""
    parts = []
    for plain, whole in zip(pictures(without_stamps(pdf), 72), pictures(pdf, 72), strict=True):
        stamp = ImageChops.difference(plain, whole).point([0] * 30 + [255] * 226)
        assert stamp.getbbox()
        ink = plain.point([255] * GREY + [0] * (256 - GREY))
        parts.append(ImageChops.multiply(stamp.filter(ImageFilter.MaxFilter(9)), ink).getbbox())
    return parts


@pytest.mark.parametrize("kind", [*KINDS, "mixed"])
def test_the_stamp_stands_on_white(kind):
    """Nothing that is printed lies under or right beside a stamp."""
    _, made = copy_of(kind)
    assert covered(made.data) == [None] * made.pages


@pytest.mark.parametrize("kind", ["a4", "letter", "turned 90", "cropped"])
def test_nothing_that_is_printed_changes_but_for_the_stamp(kind):
    """Where the margins are wide enough the pages stay where they are, to the dot."""
    plain = without_stamps(copy_of(kind)[1].data)
    for before, after in zip(pictures(KINDS[kind], 72), pictures(plain, 72), strict=True):
        assert ImageChops.difference(before, after).getbbox() is None


def test_a_full_page_is_made_smaller():
    """Where no margin is free, what was printed becomes smaller, all of it, and the stamp stands below it."""
    full = KINDS["full to its edges"]
    plain = without_stamps(copied(full).data)
    (old, new) = (ImageChops.invert(pictures(each, 72)[0]).getbbox() for each in (full, plain))
    assert 0.85 < (new[2] - new[0]) / (old[2] - old[0]) < 0.95
    assert A4[1] - new[3] > 20 * MM


def test_links_move_with_what_they_are_on():
    """A link still lies on its words when the page is made smaller, and stays where the page stays."""
    page = PdfReader(io.BytesIO(copied(KINDS["full to its edges"]).data)).pages[0]
    before = PdfReader(io.BytesIO(KINDS["full to its edges"])).pages[0]
    old, new = ([float(side) for side in each["/Annots"][0].get_object()["/Rect"]] for each in (before, page))
    scale = (new[2] - new[0]) / (old[2] - old[0])
    height = A4[1]
    assert 0.85 < scale < 0.95
    assert new[3] == pytest.approx(height - (height - old[3]) * scale, abs=0.01)
    stays = PdfReader(io.BytesIO(copied(paper(link=True)).data)).pages[0]["/Annots"][0].get_object()
    assert [float(side) for side in stays["/Rect"]] == pytest.approx(old, abs=0.01)


def test_what_the_crop_hid_stays_hidden():
    """A page made smaller shows nothing that lay outside of its visible part before."""
    hidden = changed(KINDS["full to its edges"], each_page(CropBox=(20, 20, 575, 822)))
    made = copied(hidden)
    assert codes(made.data) == printed(2)
    assert copied(changed(paper(), each_page(CropBox=(20, 20, 575, 822)))).pages == 2
    bounds = [ImageChops.invert(page).point([0] * 128 + [255] * 128).getbbox() for page in pictures(made.data, 72)]
    frame = [ImageChops.invert(page).point([0] * 128 + [255] * 128).getbbox() for page in pictures(hidden, 72)]
    assert all(after[0] >= before[0] for after, before in zip(bounds, frame, strict=True))


def test_the_code_keeps_away_from_the_corners():
    """The middle of the right edge comes first: a sheet that lies askew in a scanner loses its corners."""
    (left, bottom, right, top) = code_boxes(copied(paper()).data)[0]
    assert A4[0] - right == pytest.approx(4 * MM, abs=0.01)
    assert (bottom + top) / 2 == pytest.approx(A4[1] / 2, abs=0.01)
    assert right - left == pytest.approx(18 * MM, abs=0.01)


def test_a_narrow_margin_is_widened_by_a_small_move():
    """Text that leaves 23 mm on the right is moved to the left by a few millimetres instead of being made smaller."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    for row in range(60):
        canvas.line(23 * MM, 30 + row * 13, A4[0] - 23 * MM, 30 + row * 13)
    canvas.line(23 * MM, 10, A4[0] - 23 * MM, A4[1] - 10)
    canvas.save()
    before, after = output.getvalue(), without_stamps(copied(output.getvalue()).data)
    old, new = (ImageChops.invert(pictures(each, 144)[0]).getbbox() for each in (before, after))
    assert 2 <= old[0] - new[0] <= 2 * 4 * MM + 1
    assert old[0] - new[0] == pytest.approx(old[2] - new[2], abs=1)
    assert old[3] == new[3]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 560), st.integers(0, 800), st.integers(5, 300), st.integers(5, 200)), max_size=6),
    st.sampled_from([0, 90, 180, 270]),
)
def test_the_stamp_never_covers_anything(blocks, turned):
    """Wherever blocks are printed: the stamp stands on white, and the code can be read."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.setFillGray(0.5)
    for left, bottom, wide, high in blocks:
        canvas.rect(left, bottom, wide, high, stroke=0, fill=1)
    canvas.save()
    made = copied(changed(output.getvalue(), each_page(Rotate=turned)), parties={})
    assert codes(made.data) == printed(1)
    assert covered(made.data) == [None]


def test_the_same_input_gives_the_same_bytes():
    """No date, no chance: twice the same; and another party or property gives another file id."""
    pdf = paper()
    assert copied(pdf) == copied(pdf)
    ids = {tuple(PdfReader(io.BytesIO(each.data)).trailer["/ID"]) for each in (
        copied(pdf), copied(pdf, parties={"A": "B"}), copied(pdf, properties={"title": "Other"}))}  # fmt: skip
    assert len(ids) == 3


def test_the_properties_are_the_callers():
    """Title, subject and keywords replace what the PDF said of itself, dates and second description included."""

    def described(writer):
        writer.metadata = {"/Author": "somebody", "/Title": "Draft", "/CreationDate": "D:20200101000000Z"}
        xmp = DecodedStreamObject()
        xmp.set_data(b"<x/>")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)

    given_ = {"title": "Übereinkunft №1", "subject": REFERENCE, "keywords": "version 1"}
    made = PdfReader(io.BytesIO(copied(changed(paper(), described), properties=given_).data))
    assert dict(made.metadata) == {"/Title": "Übereinkunft №1", "/Subject": REFERENCE, "/Keywords": "version 1"}
    assert "/Metadata" not in made.root_object


@pytest.mark.parametrize(("came", "goes"), [("%PDF-1.4", b"%PDF-1.7"), ("%PDF-2.0", b"%PDF-2.0")])
def test_the_version_is_high_enough_for_what_came_in(came, goes):
    """A copy never claims to be older than what its parts may use."""

    def older(writer):
        writer.pdf_header = came

    assert copied(changed(paper(), older)).data.startswith(goes)


def test_bookmarks_and_tags_are_kept():
    """The outline leads to its pages as before, and a tagged document stays one; the stamp itself is no content."""

    def tag(writer):
        writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(value=True)}
        )
        tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(tree)

    made = PdfReader(io.BytesIO(copied(changed(paper(), tag)).data))
    assert [each.title for each in made.outline] == ["Chapter 1", "Chapter 2"]
    assert [made.get_destination_page_number(each) for each in made.outline] == [0, 1]
    assert made.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in made.root_object
    last = made.pages[0]["/Contents"][-1].get_object().get_data()
    assert b"/Artifact <</Type /Pagination>> BDC" in last
    assert last.rstrip().endswith(b"EMC")


@pytest.mark.parametrize("content", [b"q q 0.5 0 0 0.5 0 0 cm", b"Q Q Q", b"Q q q 2 0 0 2 0 0 cm", b"(half a string"])
def test_a_page_that_leaves_its_drawing_open_is_stamped_in_place(content):
    """States saved and not restored, or restored and never saved, do not move the stamp."""

    def leave_open(writer):
        for page in writer.pages:
            more = DecodedStreamObject()
            more.set_data(content)
            page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(more)])

    made = copied(changed(paper(), leave_open))
    if not content.startswith(b"("):
        assert codes(made.data) == printed(2)
        assert code_boxes(made.data)[0] == pytest.approx(code_boxes(copied(paper()).data)[0], abs=0.01)
    assert made.pages == 2


def test_pages_that_share_their_parts_keep_their_own_stamp():
    """Resources may be shared or stand above the pages, and a name may be taken: each page shows its own code."""

    def share(writer):
        tree = writer.root_object["/Pages"]
        fonts = writer.pages[0]["/Resources"].get_object()
        fonts[NameObject("/XObject")] = DictionaryObject({NameObject("/PageCode"): NumberObject(1)})
        tree[NameObject("/Resources")] = writer._add_object(fonts)
        for page in writer.pages:
            del page["/Resources"]

    assert codes(copied(changed(paper(3), share)).data) == printed(3)


def test_an_empty_page_is_stamped_as_well():
    """A page without content or resources, as after a page break in Word, counts as a page."""

    def add(writer):
        writer.add_blank_page(*A4)

    assert codes(copied(changed(paper(), add)).data) == printed(3)


def test_a_file_of_packed_objects_is_taken():
    """Word packs objects into streams and writes its table of places as one (PDF 1.5)."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(paper())), writer_kwargs={"stream_xrefs": True})
    packed = writer.prepare_object_stream()
    writer.add_object(writer.root["/Pages"], obj_stream=packed)
    output = io.BytesIO()
    writer.write(output)
    assert b"/ObjStm" in output.getvalue()
    assert codes(copied(output.getvalue()).data) == printed(2)


def test_a_line_in_other_letters_is_printed_as_far_as_the_font_goes():
    """What Western European letters lack becomes a question mark; nothing breaks."""
    stamp = PageStamp("Größe Ω №1", "ABC")
    made = signature_copy(paper(1), stamps=[stamp], parties={}, properties={})
    assert words(made.data)[0][-3:] == ["Größe", "?", "?1"]
    assert codes(made.data) == [["ABC"]]


def test_a_small_page_gets_a_smaller_line_and_a_tiny_one_is_refused():
    """On A5 in full the stamp fits; a page of a few centimetres has no room for a code."""
    small = copied(paper(1, A5, margin=15 * MM, full=True))
    assert codes(small.data) == printed(1)
    problem = only_problem(copied, paper(1, (150, 150), margin=20, full=True))
    assert problem.code == "pdf-page-too-small"


def test_pages_are_counted():
    """As many as the reader finds."""
    assert [page_count(paper(pages)) for pages in (1, 7)] == [1, 7]


def test_there_is_one_stamp_per_page():
    """A wrong number of stamps is a mistake of the caller."""
    with pytest.raises(ValueError, match="1 stamps for 2 pages"):
        signature_copy(paper(), stamps=stamps(1), parties={}, properties={})


def encrypt(writer):
    writer.encrypt("", owner_password=REFERENCE, algorithm="RC4-128")


def pack_as_form(**entries):
    """Return a change that gives the file a form with these entries."""

    def change(writer):
        form = DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    return change


def sign_badly(writer):
    """Put a field below another one that says it is a signature, and fill it."""
    value = DictionaryObject({NameObject("/ByteRange"): ArrayObject([NumberObject(0)])})
    child = DictionaryObject({NameObject("/V"): value})
    above = DictionaryObject({NameObject("/FT"): NameObject("/Sig"), NameObject("/Kids"): ArrayObject([child])})
    pack_as_form(Fields=ArrayObject([TextStringObject("odd"), writer._add_object(above)]))(writer)


def certify(writer):
    writer.root_object[NameObject("/Perms")] = DictionaryObject()


def no_pages(writer):
    writer.root_object["/Pages"][NameObject("/Kids")] = ArrayObject()
    writer.root_object["/Pages"][NameObject("/Count")] = NumberObject(0)


def double(writer):
    tree = writer.root_object["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject([tree["/Kids"][0].indirect_reference] * 2)


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"", "pdf-damaged"),
        (b"no PDF at all", "pdf-damaged"),
        (paper()[:400], "pdf-damaged"),
        (changed(paper(), double), "pdf-damaged"),
        (changed(paper(), encrypt), "pdf-encrypted"),
        (changed(paper(), no_pages), "pdf-no-pages"),
    ],
)
def test_what_cannot_be_sent_is_refused(pdf, code):
    """One sentence and what to do, from the count and from the copy."""
    assert only_problem(page_count, pdf).code == code
    assert only_problem(signature_copy, pdf, stamps=[], parties={}, properties={}).code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (sign_badly, "pdf-signed"),
        (certify, "pdf-signed"),
        (pack_as_form(XFA=ArrayObject([TextStringObject("template")])), "pdf-xfa"),
    ],
)
def test_what_a_stamp_would_break_is_refused(change, code):
    """A signed file and a form of the XFA kind are never stamped."""
    assert only_problem(copied, changed(paper(), change)).code == code


def test_a_file_that_cannot_be_drawn_is_refused(monkeypatch):
    """What one reader opens and the other does not is damaged; so is a file in which they find different pages."""

    def refuse(*_):
        message = "odd"
        raise pypdfium2.PdfiumError(message)

    one_page = pypdfium2.PdfDocument(paper(1))
    with monkeypatch.context() as patched:
        patched.setattr(pypdfium2, "PdfDocument", refuse)
        assert only_problem(copied, paper()).code == "pdf-damaged"
    with monkeypatch.context() as patched:
        patched.setattr(pypdfium2, "PdfDocument", lambda _: one_page)
        assert only_problem(copied, paper()).code == "pdf-damaged"


def test_a_page_in_other_units_gets_a_code_of_the_same_size():
    """With /UserUnit 2 a unit is two points: the code is drawn half as large in units, 18 mm on paper."""
    made = copied(changed(paper(), each_page(UserUnit=2)))
    left, _, right, _ = code_boxes(made.data)[0]
    assert (right - left) * 2 / MM == pytest.approx(18, abs=0.01)
    assert codes(made.data, 400) == printed(2)


def test_odd_values_of_a_page_are_taken_as_readers_take_them():
    """A box, a turn or a unit that is no number counts as not written."""

    def odd(writer):
        for page in writer.pages:
            page[NameObject("/CropBox")] = ArrayObject([FloatObject(1), TextStringObject("x"), FloatObject(2)])
            page[NameObject("/UserUnit")] = TextStringObject("x")

    assert codes(copied(changed(paper(), odd)).data) == printed(2)


def test_party_names_do_not_matter_to_the_pages():
    """The pages are the same whoever signs."""
    assert words(copied(paper(), parties=PARTIES).data) == words(copied(paper(), parties={}).data)


def odd_notes(writer):
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [NumberObject(3), DictionaryObject({NameObject("/Rect"): ArrayObject([TextStringObject("x")])})]
    )


def odd_form(writer):
    pack_as_form(SigFlags=TextStringObject("x"), Fields=NumberObject(1))(writer)


def test_a_note_or_a_form_that_is_none_does_no_harm():
    """What stands where a note should is kept as it is; a form that cannot be read is damage, in one sentence."""
    assert copied(changed(paper(full=True), odd_notes)).pages == 2
    assert only_problem(copied, changed(paper(), odd_form)).code == "pdf-damaged"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_damage_is_refused_or_does_no_harm(changes):
    """With any bytes of a file exchanged, a copy is made or one problem says what to do; nothing else comes out."""
    damaged = bytearray(PLAIN)
    for place, value in changes:
        damaged[place] = value
    assert all(problem.fix for problem in problems_with(bytes(damaged)))


def problems_with(pdf):
    """Return why no copy can be made of a file; nothing where one is made."""
    try:
        signature_copy(pdf, stamps=stamps(page_count(pdf)), parties=PARTIES, properties={})
    except EvidenceError as error:
        return error.problems
    return ()


def test_an_empty_page_moves_with_the_others():
    """A move that one page needs is made by all, by those without print as well."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.rect(23 * MM, 10, A4[0] - 46 * MM, A4[1] - 20)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    made = copied(output.getvalue(), parties={})
    assert codes(made.data) == printed(2)
    one, other = code_boxes(made.data)
    assert one == pytest.approx(other)
    assert covered(made.data) == [None, None]
