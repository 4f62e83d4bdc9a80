"""What is read off a PDF, and that no file, however broken, answers with anything but one clear sentence."""

from __future__ import annotations

import hashlib
import io
import logging
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf._crypt_providers import crypt_provider
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from elca_docs.errors import EvidenceError, Location
from elca_docs.evidence import PAGE_LIMIT, SIZE_LIMIT, TEXT_LIMIT, envelope, facts_of
from elca_docs.evidence.facts import _text_of

DATA = Path(__file__).parent.parent / "data" / "evidence"


def pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text per page."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for page in pages:
        canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def rewritten(change, data: bytes | None = None) -> bytes:
    """Return a PDF after a change to its objects."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf("Signed copy") if data is None else data))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def raw(*objects: str, root: int = 1) -> bytes:
    """Return a PDF of these objects, numbered from 1, with a correct table of places."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer <</Size {len(objects) + 1} /Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def problem_of(data: bytes, name: str = "copy.pdf"):
    """Return the one problem with which a file is refused."""
    with pytest.raises(EvidenceError) as caught:
        facts_of(data, name=name)
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert problem.fix
    return problem


WHOLE = pdf("Signed copy of SAMPLE-CA-ALFA-001", "Second page")


def test_facts_of_a_whole_file():
    """Hash, size, pages and text are those of the file."""
    facts = facts_of(WHOLE, name="copy.pdf")
    assert facts.sha256 == hashlib.sha256(WHOLE).hexdigest()
    assert (facts.size, facts.pages, facts.encrypted) == (len(WHOLE), 2, False)
    assert facts.text.split("\n")[0] == "Signed copy of SAMPLE-CA-ALFA-001"
    assert "Second page" in facts.text
    assert (facts.signature_fields, facts.unread_pages) == (0, 0)
    assert "ReportLab" in facts.producer


def test_the_same_bytes_give_the_same_facts_whatever_the_name():
    """The name is for messages only."""
    assert facts_of(WHOLE, name="a.pdf") == facts_of(WHOLE, name="b.txt")


def test_text_is_kept_up_to_its_limit():
    """A long file keeps its first 100,000 characters, and its pages are all counted."""
    facts = facts_of(pdf(*["x" * 9000] * 12), name="long.pdf")
    assert (len(facts.text), facts.pages, TEXT_LIMIT) == (100_000, 12, 100_000)


def test_a_scan_without_text_is_read():
    """A file without text has pages, and no text."""
    facts = facts_of(pdf(""), name="scan.pdf")
    assert (facts.pages, facts.text.strip(), facts.unread_pages) == (1, "", 0)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "pdf-empty", "0 bytes"),
        (b"PK\x03\x04" + b"\0" * 50, "pdf-not-a-pdf", "Word, Excel or zip"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 50, "pdf-not-a-pdf", "old Word"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "pdf-not-a-pdf", "JPEG"),
        (b"\x89PNG\r\n" + b"\0" * 50, "pdf-not-a-pdf", "PNG"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "pdf-not-a-pdf", "web page"),
        (b"some text", "pdf-not-a-pdf", "no kind of file"),
        (b"\0" * 3000, "pdf-not-a-pdf", "no kind of file"),
        (WHOLE[:-7], "pdf-incomplete", "breaks off"),
        (WHOLE[: len(WHOLE) // 2], "pdf-incomplete", "breaks off"),
        (WHOLE[:400] + b"\0" * (len(WHOLE) - 400), "pdf-incomplete", "breaks off"),
        (WHOLE + b"12 0 obj\n<</Type /Sig", "pdf-incomplete", "breaks off"),
        (WHOLE + b"\n\n1", "pdf-incomplete", "breaks off"),
        (b"%PDF-1.7\nnothing that holds together\n%%EOF", "pdf-damaged", "damaged"),
        (raw("<</Type /Catalog>>"), "pdf-damaged", "damaged"),
        (raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R] /Count 1>>"), "pdf-damaged", "damaged"),
        (raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 0>>"), "pdf-no-pages", "no page"),
        (raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 7>>"), "pdf-no-pages", "no page"),
    ],
)
def test_a_bad_file_gets_one_sentence(data, code, words):
    """Each way of being no usable PDF has its own code, its place and what to do."""
    problem = problem_of(data)
    assert problem.code == code
    assert words in problem.message
    assert problem.location == Location("copy.pdf")


def test_harmless_bytes_after_the_end_are_allowed():
    """Blank lines and mail footers behind the end mark are common and lose nothing."""
    assert facts_of(WHOLE + b"\r\n\0\0\n--boundary--\n", name="mailed.pdf").pages == 2


def test_a_file_above_the_size_limit_is_refused_before_it_is_read(monkeypatch):
    """200 MB are the limit; no parser sees more."""
    assert SIZE_LIMIT == 200 * 1024 * 1024
    monkeypatch.setattr(envelope, "SIZE_LIMIT", 1024 * 1024)
    problem = problem_of(b"%PDF-1.7" + bytes(1024 * 1024))
    assert (problem.code, "more than 1 MB" in problem.message) == ("pdf-too-large", True)


def test_a_file_with_too_many_pages_is_refused():
    """2,000 pages are the limit, and a page counts as often as the tree names it."""
    kids = " ".join(["3 0 R"] * (PAGE_LIMIT + 1))
    tree = f"<</Type /Pages /Kids [{kids}] /Count 1>>"
    problem = problem_of(raw("<</Type /Catalog /Pages 2 0 R>>", tree, "<</Type /Page /Parent 2 0 R>>"))
    assert (problem.code, "2001 pages" in problem.message) == ("pdf-too-many-pages", True)


def test_a_tree_that_multiplies_its_pages_ends_in_time():
    """A page tree of ten levels that each name the next one ten times is refused, not walked."""
    levels = [f"<</Type /Pages /Kids [{' '.join([f'{n + 1} 0 R'] * 10)}] /Count 1>>" for n in range(2, 12)]
    assert problem_of(raw("<</Type /Catalog /Pages 2 0 R>>", *levels, "<</Type /Page>>")).code == "pdf-damaged"


def test_locked_against_changes_opens():
    """An owner's lock with an empty user password hides nothing."""
    facts = facts_of(rewritten(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")), name="locked.pdf")
    assert (facts.encrypted, facts.text.strip()) == (True, "Signed copy")


def test_locked_with_a_password_is_refused():
    """Without its password a file proves nothing."""
    problem = problem_of(rewritten(lambda writer: writer.encrypt("secret", "owner", algorithm="RC4-128")))
    assert (problem.code, problem.message) == ("pdf-encrypted", "the file is locked with a password")


@pytest.mark.parametrize("name", ["owner-locked-aes128.pdf", "owner-locked-aes256.pdf"])
def test_locked_with_aes_opens_where_the_cipher_is_installed(name):
    """AES needs a cipher library; without one the file is refused or unread, never a traceback."""
    data = (DATA / name).read_bytes()
    if crypt_provider[0] == "local_crypt_fallback" and "256" in name:
        assert problem_of(data).message == "the file is locked in a way that cannot be opened here"
        return
    facts = facts_of(data, name=name)
    assert (facts.encrypted, facts.pages) == (True, 1)
    assert bool(facts.unread_pages) is (crypt_provider[0] == "local_crypt_fallback")


def test_a_certificate_lock_is_refused():
    """A file locked for certain people's certificates has no password to try."""

    def lock(writer: PdfWriter) -> None:
        writer.encrypt("", "owner", algorithm="RC4-128")

    data = rewritten(lock).replace(b"/Standard", b"/Adobe.PK")
    assert problem_of(data).code == "pdf-encrypted"


def with_fields(*fields: DictionaryObject):
    """Return a change that adds a form of these fields."""

    def change(writer: PdfWriter) -> None:
        form = DictionaryObject({NameObject("/Fields"): ArrayObject(writer._add_object(each) for each in fields)})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    return change


def field(kind: str = "/Sig", *, filled: bool = True, kids: tuple[DictionaryObject, ...] = ()) -> DictionaryObject:
    """Return a form field, and those below it."""
    made = DictionaryObject({NameObject("/T"): TextStringObject("field")})
    if kind:
        made[NameObject("/FT")] = NameObject(kind)
    if filled:
        made[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    if kids:
        made[NameObject("/Kids")] = ArrayObject(kids)
    return made


def test_only_filled_signature_fields_count():
    """An empty signature field and a text field are no signature; a field may get its kind from the one above it."""
    below = field(filled=False, kids=(field(""), field("", filled=False)))
    data = rewritten(with_fields(field(), field(filled=False), field("/Tx"), below))
    assert facts_of(data, name="signed.pdf").signature_fields == 2


@pytest.mark.parametrize(
    "form", [NumberObject(3), DictionaryObject(), DictionaryObject({NameObject("/Fields"): NumberObject(1)})]
)
def test_a_broken_form_has_no_signatures(form):
    """What is no form of fields counts no signature and refuses nothing."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/AcroForm")] = form

    assert facts_of(rewritten(change), name="odd.pdf").signature_fields == 0


def test_a_field_that_is_no_field_is_passed_over():
    """A number among the fields is no signature, and those beside it count."""
    data = rewritten(with_fields(NumberObject(7), field()))
    assert facts_of(data, name="odd.pdf").signature_fields == 1


def test_a_form_that_turns_in_a_circle_ends():
    """A field below itself is walked up to a limit."""

    def change(writer: PdfWriter) -> None:
        round_about = writer._add_object(field("/Tx", filled=False))
        round_about.get_object()[NameObject("/Kids")] = ArrayObject([round_about])
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/Fields"): ArrayObject([round_about])}
        )

    assert facts_of(rewritten(change), name="circle.pdf").signature_fields == 0


class _UnreadablePage:
    """A page on which the parser fails with an exception of its own kind."""

    def __init__(self, failure: BaseException) -> None:
        self.failure = failure

    def extract_text(self) -> str:
        raise self.failure


@pytest.mark.parametrize(
    "failure",
    [NotImplementedError(), AssertionError(), AttributeError(), TypeError(), ValueError(), RecursionError(),
     MemoryError(), zlib.error(), KeyError("/Font")],
)  # fmt: skip
def test_a_page_that_cannot_be_read_is_counted_and_the_others_are_kept(failure):
    """Whatever the parser raises on one page, the text of the others stays."""
    page = PdfReader(io.BytesIO(pdf("readable"))).pages[0]
    text, unread = _text_of([_UnreadablePage(failure), page])
    assert (text.strip(), unread) == ("readable", 1)


def test_the_producer_is_one_short_printable_line():
    """A file cannot write control codes to the user's screen through its metadata."""

    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Producer": "Evil\x1b[2J\n" + "x" * 500})

    producer = facts_of(rewritten(change), name="odd.pdf").producer
    assert producer.isprintable()
    assert (producer[:7], len(producer)) == ("Evil[2J", 200)


def test_a_name_cannot_write_to_the_screen():
    """Control characters of a file's name are spelled out in the message."""
    place = problem_of(b"", name="a\x1b[2J\n\udce9é.pdf").location
    assert place == Location("a\\x1b[2J\\n\\udce9é.pdf")


def test_the_parser_does_not_speak_to_the_user(capfd):
    """The oddities that the parser forgives reach no terminal, even where no logging is set up."""
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        facts_of(WHOLE.replace(b"startxref\n", b"startxref\n9"), name="odd.pdf")
    finally:
        root.handlers = kept
    assert capfd.readouterr() == ("", "")


def ends_well(data: bytes) -> bool:
    """Return whether reading ends with facts or with one problem; any other exception passes through."""
    try:
        return facts_of(data, name="x.pdf").pages > 0
    except EvidenceError as error:
        return len(error.problems) == 1


@given(cut=st.integers(0, len(WHOLE.rstrip()) - 1))
@settings(max_examples=40, deadline=None)
def test_no_part_of_a_file_is_taken_for_the_whole(cut):
    """A file that was cut off anywhere is refused."""
    problem_of(WHOLE[:cut])


def increment(data: bytes) -> bytes:
    """Return the file with a second section appended, as signing tools do."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_metadata({"/Title": "signed"})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


SIGNED = increment(WHOLE)


@given(cut=st.integers(len(WHOLE.rstrip()) + 4, len(SIGNED.rstrip()) - 1))
@settings(max_examples=40, deadline=None)
def test_a_signed_file_cut_off_is_not_taken_for_the_draft(cut):
    """A cut inside the appended section is noticed, although the draft before it is whole."""
    assert SIGNED.startswith(WHOLE)
    assert problem_of(SIGNED[:cut]).code == "pdf-incomplete"


@given(data=st.binary(max_size=300), dressed=st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_facts_or_one_problem(data, dressed):
    """No bytes at all, dressed as a PDF or not, raise anything else."""
    assert ends_well(b"%PDF-1.4\n" + data + b"\n%%EOF" if dressed else data)


@given(place=st.integers(8, len(WHOLE) - 8), byte=st.binary(min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_any_damage_ends_in_facts_or_one_problem(place, byte):
    """A few bytes overwritten anywhere raise nothing else."""
    assert ends_well(WHOLE[:place] + byte + WHOLE[place + len(byte) :])
