"""Hostile and broken PDFs end in facts, or in one sentence that says what is wrong; never in anything else."""

import io
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject, StreamObject
from returned_papers import LATER, annotated, authority, drawn_over, issued, once_signed, plain, rewritten, twice_signed

from elca_docs.errors import EvidenceError
from elca_docs.evidence import close_facts, compared
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.pdf.specimens import scanned

ANCHORS = (authority("Specimen Authority").certificate,)


def look(data, name="hostile.pdf"):
    """Return the facts, or the code of the one problem; any other exception passes through."""
    try:
        return close_facts(data, name=name, anchors=ANCHORS, moment=LATER)
    except EvidenceError as error:
        (problem,) = error.problems
        assert problem.fix
        assert problem.location.path == name
        return problem.code


def hold_against(data):
    """Return the comparison with what was issued, or the code of the one problem."""
    try:
        return compared(data, issued())
    except EvidenceError as error:
        (problem,) = error.problems
        return problem.code


def raw(*objects, trailer="", version="1.7"):
    """Return a PDF of these objects, numbered from 1, with a correct table of places."""
    out = f"%PDF-{version}\n".encode()
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += (
            f"{number} 0 obj\n".encode() + (content if isinstance(content, bytes) else content.encode()) + b"\nendobj\n"
        )
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer <</Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


CATALOG = "<</Type /Catalog /Pages 2 0 R>>"
PAGES = "<</Type /Pages /Kids [3 0 R] /Count 1>>"


def page(content, more=""):
    """Return a PDF of one page with this content."""
    stream = f"<</Length {len(content)} /Filter /FlateDecode>>\nstream\n".encode() + content + b"\nendstream"
    return raw(CATALOG, PAGES, f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {more}>>", stream)


def bomb(depth=1, size=30_000_000):
    """Return bytes that unpack to many more, packed so many times."""
    packed = bytes(size)
    for _ in range(depth):
        packed = zlib.compress(packed, 9)
    return packed


def bomb_page(depth):
    data = bomb(depth)
    filters = " ".join(["/FlateDecode"] * depth)
    stream = f"<</Length {len(data)} /Filter [{filters}]>>\nstream\n".encode() + data + b"\nendstream"
    return raw(CATALOG, PAGES, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>", stream)


def picture_bomb(side):
    """Return a page with a picture of so many dots on each side, packed well."""
    data = zlib.compress(bytes(min(side * side, 20_000_000)), 9)
    image = f"<</Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceGray"
    stream = f"{image} /Filter /FlateDecode /Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"
    content = b"<</Length 30>>\nstream\nq 595 0 0 842 0 0 cm /X Do Q \nendstream"
    of = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>"
    return raw(CATALOG, PAGES, of, content, stream)


def with_box(*box):
    return rewritten(
        plain(1), lambda writer: writer.pages[0].__setitem__(NameObject("/MediaBox"), RectangleObject(box))
    )


def circle(writer):
    """Draw a form within itself."""
    form = StreamObject()
    form.set_data(b"/F Do")
    place = writer._add_object(form)
    within = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/F"): place})})
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(NumberObject(each) for each in (0, 0, 10, 10)),
            NameObject("/Resources"): within,
        }
    )
    content = StreamObject()
    content.set_data(b"/F Do")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    writer.pages[0][NameObject("/Resources")] = within


SIGNED = once_signed()
REFUSED = {
    "nothing": (b"", "pdf-empty"),
    "text": (b"Dear all, please find attached.", "pdf-not-a-pdf"),
    "zip": (b"PK\x03\x04" + bytes(100), "pdf-not-a-pdf"),
    "half copied": (SIGNED[: len(SIGNED) // 2], "pdf-incomplete"),
    "zeros at its end": (SIGNED[:-3000] + bytes(3000), "pdf-incomplete"),
    "cut within its signature": (SIGNED[: int(len(SIGNED) * 0.97)], "pdf-incomplete"),
    "no catalog": (raw("<<>>"), "pdf-damaged"),
    "pages in a circle": (raw(CATALOG, "<</Type /Pages /Kids [2 0 R] /Count 1>>"), "pdf-damaged"),
    "parents in a circle": (
        raw(
            CATALOG, "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R>>"
        ),
        "pdf-damaged",
    ),
    "locked": (rewritten(plain(), lambda writer: writer.encrypt("x", "y", algorithm="RC4-128")), "pdf-encrypted"),
    "too many pages": (
        raw(CATALOG, f"<</Type /Pages /Kids [{'3 0 R ' * 2001}] /Count 2001>>", "<</Type /Page /Parent 2 0 R>>"),
        "pdf-too-many-pages",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_broken_file_is_refused_with_one_sentence(kind):
    """Each kind of file that proves nothing has its code."""
    data, code = REFUSED[kind]
    assert look(data) == code


SURVIVED = {
    "locked against changes": lambda: rewritten(plain(), lambda writer: writer.encrypt("", "y", algorithm="RC4-128")),
    "a hundred metres wide": lambda: with_box(0, 0, 283_465, 283_465),
    "as thin as a hair": lambda: with_box(0, 0, 1e7, 0.001),
    "of no size": lambda: with_box(0, 0, 0, 0),
    "backwards": lambda: with_box(595, 842, 0, 0),
    "packed tightly": lambda: page(bomb()),
    "packed twice": lambda: bomb_page(2),
    "packed three times": lambda: bomb_page(3),
    "a picture that unpacks to much": lambda: picture_bomb(4000),
    "a picture of more dots than memory": lambda: picture_bomb(60_000),
    "drawings in a circle": lambda: rewritten(plain(1), circle),
    "brackets within brackets": lambda: page(zlib.compress(b"[" * 100_000 + b"]" * 100_000)),
    "states within states": lambda: page(zlib.compress(b"q " * 200_000)),
    "deep catalog": lambda: raw(CATALOG[:-2] + "/X " + "[" * 5000 + "]" * 5000 + ">>", PAGES, "<</Type /Page>>"),
    "wrong length": lambda: plain(1).replace(b"/Length", b"/Lengt_", 1),
    "wrong table": lambda: plain(1).replace(b"0000000", b"9999999", 2),
    "table nowhere": lambda: plain(1).replace(b"startxref\n", b"startxref\n9"),
    "earlier table in a circle": lambda: raw(CATALOG, PAGES, "<</Type /Page /Parent 2 0 R>>", trailer="/Prev 9"),
    "form in a circle": lambda: raw(
        CATALOG[:-2] + "/AcroForm <</Fields [4 0 R]>>>>", PAGES, "<</Type /Page>>", "<</FT /Sig /Kids [4 0 R] /V <<>>>>"
    ),
    "signed, then overlaid": lambda: drawn_over(SIGNED, lambda canvas: canvas.circle(99, 99, 9), incremental=True),
    "signed, then remarked upon": lambda: annotated(SIGNED),
    "signed, then saved again": lambda: rewritten(SIGNED),
    "signed, with something behind": lambda: SIGNED + b"\nxyz",
    "a scan of nothing": lambda: scanned(plain(1), dpi=20),
}


@pytest.mark.parametrize("kind", SURVIVED)
def test_a_hostile_file_ends_in_facts_or_one_sentence(kind):
    """No file, however it was made, ends in anything else; nor does comparing it."""
    data = SURVIVED[kind]()
    assert isinstance(look(data), PdfFacts | str)
    found = hold_against(data)
    assert isinstance(found, Comparison | str)
    if isinstance(found, Comparison):
        assert not found.same or kind in {"signed, with something behind", "signed, then saved again"}


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_a_truncated_signed_file_is_never_taken_for_whole(share):
    """Cut off within the second signature, it is refused, although both the draft and the first signature are whole."""
    data = twice_signed()
    start = len(SIGNED)
    assert look(data[: start + int((len(data) - start) * share)]) == "pdf-incomplete"


@given(place=st.integers(9, 10**6), byte=st.binary(min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_any_damage_ends_in_facts_or_one_sentence(place, byte):
    """A few bytes overwritten anywhere raise nothing else, in reading and in comparing."""
    place %= len(SIGNED) - len(byte)
    damaged = SIGNED[:place] + byte + SIGNED[place + len(byte) :]
    assert isinstance(look(damaged), PdfFacts | str)
    assert isinstance(hold_against(damaged), Comparison | str)


@given(data=st.binary(max_size=300))
@settings(max_examples=20, deadline=None)
def test_any_bytes_end_in_facts_or_one_sentence(data):
    """No bytes at all, dressed as a PDF, raise anything else."""
    dressed = b"%PDF-1.4\n" + data + b"\n%%EOF"
    assert isinstance(look(dressed), PdfFacts | str)
    assert isinstance(hold_against(dressed), Comparison | str)


@pytest.mark.slow
def test_two_thousand_pages_are_read_in_time():
    """The largest file that is taken costs seconds, not minutes, and memory for a page at a time."""
    writer = PdfWriter()
    pages = PdfReader(io.BytesIO(issued())).pages
    for number in range(2000):
        writer.add_page(pages[number % 3])
    output = io.BytesIO()
    writer.write(output)
    started = time.perf_counter()
    facts = look(output.getvalue())
    assert (facts.pages, facts.codes_read, len(facts.codes)) == (2000, False, 120)
    assert isinstance(hold_against(output.getvalue()), Comparison)
    assert time.perf_counter() - started < 60
