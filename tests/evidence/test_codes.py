"""Which symbols are read off the pages of a PDF, of scans too, and within which limits."""

import io
from itertools import pairwise

import pytest
import segno
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from returned_papers import KEY, code, issued, plain, rewritten

from elca_docs.evidence import codes, pictures, remedies
from elca_docs.evidence.codes import SEARCHED_PAGES, codes_in
from elca_docs.model.facts import SeenCode
from elca_docs.model.page_code import PageCode, shaped
from elca_docs.pdf.specimens import scanned

OURS = tuple(SeenCode(page=page, text=code(page)) for page in (1, 2, 3))


def symbol(text, *, micro=False):
    """Return a picture of a QR code."""
    output = io.BytesIO()
    segno.make(text, micro=micro, error=None if micro else "q").save(output, kind="png", scale=6, border=4)
    return Image.open(io.BytesIO(output.getvalue()))


def with_symbols(*pages, size=A4):
    """Return a PDF; each page is a row of symbols, a text with the place of its middle in shares of the page."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=size, invariant=1)
    for page in pages:
        for text, across, up in page:
            drawn = text if isinstance(text, Image.Image) else symbol(text)
            canvas.drawImage(ImageReader(drawn), across * size[0] - 33, up * size[1] - 33, 66, 66)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def test_the_codes_of_an_issued_file_are_read():
    """Each page of a signature copy says which page it is."""
    found = codes_in(issued())
    assert (found.codes, found.whole) == (OURS, True)


@pytest.mark.parametrize(("quality", "turned"), [("office", 0), ("poor", 180), ("fax", 90)])
def test_the_codes_of_a_scan_are_read(quality, turned):
    """A scan of a paper that lay askew, turned or upside down is read."""
    assert codes_in(scanned(issued(), quality=quality, turned=turned)).codes == OURS


def test_a_pen_across_the_code_is_seen_through():
    """Ink is lighter than print, and only the darkest dots are kept for a second look."""
    assert codes_in(scanned(issued(), dpi=150, pen_lines=2)).codes == OURS


@pytest.mark.parametrize(("across", "up"), [(0.1, 0.1), (0.9, 0.95), (0.5, 0.5), (0.3, 0.7)])
def test_a_code_is_found_wherever_it_stands(across, up):
    """A code in a corner or within the text is found on the whole page."""
    found = codes_in(with_symbols([(code(1), across, up)], [(code(2), across, up)]))
    assert [each.text for each in found.codes] == [code(1), code(2)]


def test_other_symbols_are_given_as_they_are():
    """A foreign symbol is a fact too, and does not end the search for a code of ours."""
    found = codes_in(with_symbols([("https://example.org/x", 0.9, 0.5), (code(1), 0.3, 0.2)]))
    assert {each.text for each in found.codes} == {"https://example.org/x", code(1)}


def test_a_text_is_given_up_to_its_limit():
    """A symbol can hold thousands of letters; two hundred are kept."""
    assert codes_in(with_symbols([("x" * 300, 0.9, 0.5)])).codes == (SeenCode(page=1, text="x" * 200),)


def test_few_texts_are_given_of_a_page(monkeypatch):
    """A page full of symbols does not fill the register's files."""
    assert codes._PER_PAGE == 20
    monkeypatch.setattr(codes, "_PER_PAGE", 1)
    found = codes_in(with_symbols([("first", 0.9, 0.5), ("second", 0.1, 0.5)]))
    assert [each.text for each in found.codes] == ["first"]


def test_symbols_of_other_kinds_are_not_looked_for():
    """A small relative of the QR code finds a text in noise, so none is read."""
    assert codes_in(with_symbols([(symbol("12345", micro=True), 0.9, 0.5)])).codes == ()


def test_pages_without_a_code_are_searched_and_have_none(monkeypatch):
    """No code is an answer where every page was searched."""
    monkeypatch.setattr(codes, "_DPI", 100)
    for data in (plain(), scanned(plain(1), dpi=60, quality="poor")):
        found = codes_in(data)
        assert (found.codes, found.whole) == ((), True)


def test_a_file_that_cannot_be_drawn_has_no_codes_and_says_so():
    """What one reader of PDFs cannot open was not searched."""
    found = codes_in(b"%PDF-1.7 nothing %%EOF")
    assert (found.codes, found.whole) == ((), False)


def test_pages_behind_the_limit_are_not_searched(monkeypatch):
    """A file of very many pages is searched up to a limit, and that is said."""
    assert SEARCHED_PAGES == 120
    monkeypatch.setattr(codes, "SEARCHED_PAGES", 2)
    found = codes_in(issued())
    assert (found.codes, found.whole) == (OURS[:2], False)


def count_looks(monkeypatch):
    """Return a list that grows with the number of each page that is looked at closely."""
    looked = []
    kept = codes._look_closely

    def look(document, number, search):
        looked.append(number)
        kept(document, number, search)

    monkeypatch.setattr(codes, "_look_closely", look)
    return looked


def test_a_scan_of_something_else_is_looked_at_closely_on_few_pages(monkeypatch):
    """Where no page has a code of ours, the remedies are tried on a dozen pages; where one has, on thirty."""
    monkeypatch.setattr(codes, "_CLOSE_PAGES_ALONE", 1)
    monkeypatch.setattr(codes, "_DPI", 75)
    looked = count_looks(monkeypatch)
    codes_in(scanned(plain(3), dpi=60))
    assert looked == [1]
    looked.clear()
    writer = PdfWriter()
    for data in (issued(), scanned(plain(3), dpi=60)):
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
    output = io.BytesIO()
    writer.write(output)
    codes_in(output.getvalue())
    assert looked == [4, 5, 6]


def test_a_page_of_text_is_not_looked_at_closely(monkeypatch):
    """What was never on paper needs no remedy."""
    looked = count_looks(monkeypatch)
    codes_in(plain())
    assert looked == []


def test_a_page_of_a_hundred_metres_takes_no_more_room_than_another(monkeypatch):
    """The scale is lowered until the picture is within the limits."""
    sizes = []
    kept = codes._symbols_on

    def look(picture):
        sizes.append(picture.size)
        return kept(picture)

    monkeypatch.setattr(codes, "_symbols_on", look)

    def widen(writer):
        writer.pages[0][NameObject("/MediaBox")] = RectangleObject((0, 0, 283_465, 283_465))

    found = codes_in(rewritten(plain(1), widen))
    assert (found.codes, found.whole) == ((), True)
    assert all(width * height <= 9_010_000 for width, height in sizes)


@pytest.mark.parametrize("box", [(0, 0, 1e9, 1), (0, 0, 1e-6, 1e-6), (0, 0, 1e38, 1e38), (5, 5, 5, 5)])
def test_a_page_of_any_size_is_survived(box):
    """A page as thin as a hair, or of no size that can be, is searched or said not to be."""

    def change(writer):
        writer.pages[0][NameObject("/MediaBox")] = RectangleObject(box)

    assert codes_in(rewritten(plain(1), change)).codes == ()


def test_a_picture_that_would_fill_the_memory_is_not_drawn(monkeypatch):
    """Its size is asked before it is unpacked, and the page counts as not searched."""
    monkeypatch.setattr(pictures, "_PICTURES_LIMIT", 100)
    found = codes_in(scanned(issued(), dpi=60))
    assert (found.codes, found.whole) == ((), False)


def test_pictures_within_drawings_are_seen():
    """A scan wrapped in a drawing, at any scale, is a picture all the same."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.beginForm("inner")
    canvas.drawImage(ImageReader(symbol("x")), 0, 0, 1, 1)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.saveState()
    canvas.scale(10, 10)
    canvas.doForm("inner")
    canvas.restoreState()
    canvas.endForm()
    canvas.scale(A4[0] / 10, A4[1] / 10)
    canvas.doForm("outer")
    canvas.showPage()
    canvas.save()
    with pictures.opened(output.getvalue()) as document, pictures.page_of(document, 1) as page:
        assert pictures.look_of(page).pictured


def test_whatever_the_reader_of_codes_raises_there_is_no_code(monkeypatch):
    """A failure on one picture ends nothing."""
    import zxingcpp

    def fail(*_, **__):
        raise ValueError

    monkeypatch.setattr(zxingcpp, "read_barcodes", fail)
    found = codes_in(issued())
    assert (found.codes, found.whole) == ((), True)


def test_whatever_the_engine_raises_the_page_was_not_searched(monkeypatch):
    """A page that cannot be read or drawn is no page without a code."""
    monkeypatch.setattr(pictures, "_look_of", lambda _: 1 / 0)
    assert not codes_in(issued()).whole
    monkeypatch.undo()

    class Broken:
        def __getitem__(self, place):
            raise RuntimeError

    with pictures.page_of(Broken(), 1) as page:
        assert page is None


def test_a_page_that_cannot_be_drawn_has_no_code():
    """A failure while drawing is no picture."""
    assert pictures.picture_of(None, dpi=60) is None


def test_the_same_file_gives_the_same_codes_each_time(monkeypatch):
    """Nothing depends on chance or on the clock."""
    monkeypatch.setattr(codes, "_DPI", 75)
    data = scanned(issued(1), quality="bad", dpi=60)
    assert codes_in(data) == codes_in(data)


@pytest.mark.parametrize("remedy", [*remedies.CHEAP, *remedies.DEAR])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (40, 30)])
def test_each_remedy_takes_any_picture(remedy, size):
    """A picture of one dot, or of one grey, is none too small."""
    assert remedy(Image.new("L", size, 200)).mode == "L"


def test_dear_remedies_come_last():
    """The cheap ones come first, and none comes twice."""
    assert len({*remedies.CHEAP, *remedies.DEAR}) == len(remedies.CHEAP) + len(remedies.DEAR)
    assert remedies.CHEAP[0] is remedies.untouched


def test_the_form_of_a_page_code_is_known_without_the_key():
    """A code of any project has the form; a text of another form has not."""
    texts = [code(1), PageCode("OTHER", 2, 1, 1).text("another key")]
    assert all(map(shaped, texts))
    assert not any(map(shaped, ["", "https://example.org", "A" * 40 + ":10101BCD", code(1).lower(), code(1) + "X"]))
    assert all(first != second for first, second in pairwise(texts))


@pytest.mark.slow
def test_poor_scans_are_read():
    """At least 95 of 100 pages of the poor class at 200 dpi are read, each as what it is."""
    right = wrong = 0
    for seed in range(17):
        for each in codes_in(scanned(issued(6), quality="poor", seed=seed)).codes:
            own = PageCode.parse(each.text, KEY).page == each.page
            right, wrong = right + own, wrong + (not own)
    assert (right >= 0.95 * 17 * 6, wrong) == (True, 0)
