"""A file that came back against the version that was issued: what is the same, and what is found when it is not."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NullObject, NumberObject
from reportlab.lib.utils import ImageReader
from returned_papers import (
    OPAQUE,
    annotated,
    drawn_over,
    issued,
    once_signed,
    plain,
    rewritten,
    signed,
    signed_elsewhere,
    twice_signed,
)

from elca_docs.errors import EvidenceError
from elca_docs.evidence import compared, word_changes
from elca_docs.evidence.page_words import plain_words, words_of
from elca_docs.evidence.pictures import opened, page_of, picture_of
from elca_docs.evidence.word_changes import WordChanges, pairs_of
from elca_docs.pdf.specimens import scanned

AMOUNT = (180, 236, 196, 250)
"""Where the amount stands on a page of the specimen, in points."""


def white_box(canvas):
    canvas.setFillGray(1)
    canvas.rect(AMOUNT[0], AMOUNT[1], AMOUNT[2] - AMOUNT[0], AMOUNT[3] - AMOUNT[1], stroke=0, fill=1)


def other_amount(canvas):
    """Paste the picture of another amount over the amount."""
    with opened(plain(amount="16")) as document, page_of(document, 1) as page:
        width, height = page.get_size()
        left, bottom, right, top = AMOUNT
        part = (left / width, bottom / height, 1 - right / width, 1 - top / height)
        picture = picture_of(page, dpi=200, part=part)
    canvas.drawImage(ImageReader(picture), left, bottom, right - left, top - bottom)


def written(text, x=200, y=30, *, grey=0.0):
    """Return a drawing of words."""

    def draw(canvas):
        canvas.setFillGray(grey)
        canvas.drawString(x, y, text)

    return draw


def without_pages(*numbers):
    """Return the plain file without these pages."""
    writer = PdfWriter()
    for number, page in enumerate(PdfReader(io.BytesIO(plain())).pages, 1):
        if number not in numbers:
            writer.add_page(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize("data", [issued, once_signed, twice_signed])
def test_signed_by_the_usual_tools_it_is_the_same(data):
    """A signature is appended: the issued bytes stay, and so does what they show."""
    found = compared(data(), issued())
    assert (found.begins_with_issue, found.has_text, found.same) == (True, True, True)
    assert (found.pages, found.issued_pages) == (3, 3)


def test_saved_again_it_is_the_same_without_its_bytes():
    """Other bytes may show the same words and pictures."""
    found = compared(rewritten(issued()), issued())
    assert (found.begins_with_issue, found.same) == (False, True)


def test_another_amount_is_found():
    """A figure that was changed on each page is gone and another one is new, page by page."""
    found = compared(issued(3, "16"), issued())
    assert (found.removed, found.added) == (
        ("page 1: 10", "page 2: 10", "page 3: 10"),
        ("page 1: 16", "page 2: 16", "page 3: 16"),
    )
    assert (found.removed_words, found.added_words, found.changed_pages, found.same) == (3, 3, (1, 2, 3), False)


def test_an_envelope_stamp_is_added_words_and_nothing_is_gone():
    """What a signing service prints on a page is listed."""
    found = compared(drawn_over(issued(), written("Envelope ID 1234-ABCD"), page=1), issued())
    assert (found.removed_words, found.added, found.changed_pages) == (0, ("page 2: Envelope ID 1234-ABCD",), (2,))


@pytest.mark.parametrize("draw", [white_box, other_amount])
def test_what_is_painted_over_is_found_by_its_looks(draw):
    """Under a white box, or the picture of another amount, all words are still there."""
    found = compared(drawn_over(issued(), draw), issued())
    assert (found.removed_words, found.added_words, found.changed_pages, found.same) == (0, 0, (1,), False)


def test_hidden_words_are_found_by_the_text():
    """White words on white look like nothing and are read all the same."""
    found = compared(drawn_over(issued(), written("hidden words", grey=1.0)), issued())
    assert (found.added, found.changed_pages, found.same) == (("page 1: hidden words",), (), False)


def test_a_page_that_was_dropped_is_named():
    """The other pages find their equals, and all words of the missing page are gone."""
    found = compared(without_pages(2), plain())
    assert (found.pages, found.issued_pages, found.changed_pages, found.same) == (2, 3, (2,), False)
    assert (found.removed_words > 200, found.added_words) == (True, 0)
    assert found.removed[0].startswith("page 2: 2.0 the parties")


def test_a_page_that_is_more_is_named():
    """An added page is a page that differs, and its words are new."""
    found = compared(plain(), without_pages(2))
    assert (found.pages, found.changed_pages, found.removed_words, found.same) == (3, (2,), 0, False)


def test_pages_far_beyond_the_issue_are_counted_and_not_read():
    """A file of very many pages costs no more than some of them."""
    many = rewritten(issued(), lambda writer: [writer.add_blank_page(200, 200) for _ in range(70)])
    found = compared(many, issued())
    assert (found.pages, found.changed_pages, found.removed_words) == (73, tuple(range(4, 74)), 0)


def test_a_change_before_the_signature_is_found_although_the_issued_bytes_are_there():
    """An update that shows another amount, signed afterwards as a whole, begins with the issue and is not it."""
    altered = drawn_over(issued(), other_amount, incremental=True)
    found = compared(signed(altered), issued())
    assert (found.begins_with_issue, found.changed_pages, found.same) == (True, (1,), False)


def test_a_remark_put_on_a_page_is_found():
    """Not every viewer draws a remark; its words and the page count."""
    found = compared(annotated(issued()), issued())
    assert (found.added, found.changed_pages, found.same) == (("page 1: But we do not agree",), (1,), False)


def test_more_remarks_than_are_looked_at_make_a_page_differ():
    """Five hundred remarks are read; of more it is known that there are more."""
    from pypdf.annotations import Text

    def remarks(count):
        def change(writer):
            for _ in range(count):
                writer.add_annotation(0, Text(rect=(1, 1, 2, 2), text=""))

        return rewritten(issued(), change)

    assert compared(remarks(502), remarks(501)).changed_pages == ()
    assert compared(remarks(501), remarks(500)).changed_pages == (1,)


def test_a_signature_may_be_seen_in_its_own_field():
    """Whatever a tool draws into a field that was issued is no change."""
    field = next(
        each
        for page in PdfReader(io.BytesIO(issued())).pages
        for each in page.get("/Annots", ())
        if each.get_object().get("/T") == "Signature-ALFA"
    ).get_object()
    left, bottom, right, top = (float(each) for each in field["/Rect"])

    def draw(canvas):
        canvas.rect(left + 1, bottom + 1, right - left - 2, top - bottom - 2, fill=1)

    assert compared(drawn_over(issued(), draw, page=2), issued()).changed_pages == ()


def test_a_signature_may_be_seen_in_the_margin():
    """A field that was not issued may show ink where nothing stood."""
    found = compared(signed_elsewhere(issued(), box=(100, 100, 300, 150)), issued())
    assert (found.begins_with_issue, found.same) == (True, True)


def test_a_signature_may_not_hide_what_was_printed():
    """A field laid over the amount, white throughout, takes ink away; that the signature is whole changes nothing."""
    found = compared(signed_elsewhere(issued(), box=AMOUNT, drawing=OPAQUE), issued())
    assert (found.begins_with_issue, found.changed_pages, found.same) == (True, (1,), False)


def test_a_signature_as_large_as_a_page_is_no_signature_field():
    """A field that was not issued may cover a small part of a page only."""
    found = compared(signed_elsewhere(issued(), box=(0, 0, 595, 300), drawing=b"0 g 10 10 5 5 re f"), issued())
    assert found.changed_pages == (1,)


def test_a_turned_page_keeps_its_fields_where_they_are():
    """Boxes of fields are found on a page that is shown turned."""
    turned = rewritten(issued(), lambda writer: writer.pages[0].rotate(90))
    assert compared(signed_elsewhere(turned, box=(100, 100, 300, 150)), turned).same
    assert compared(turned, issued()).changed_pages == (1,)


def test_a_scan_has_no_words_to_compare():
    """Of a scan nothing can be said but how many pages it has."""
    found = compared(scanned(issued(), dpi=60), issued())
    assert (found.has_text, found.removed_words, found.added_words, found.same) == (False, 0, 0, False)
    assert (found.pages, found.changed_pages) == (3, (1, 2, 3))


def test_words_that_a_scanner_guessed_are_not_compared():
    """A picture of a page with a text behind it is still a picture."""
    guessed = drawn_over(scanned(issued(), dpi=60), written("tlie parlies 0f this spccimen", grey=1.0))
    found = compared(guessed, issued())
    assert (found.has_text, found.added_words, found.same) == (False, 0, False)


def test_one_scanned_page_among_others_is_a_page_that_differs():
    """Where only the signed page was scanned, the words of the others are compared."""
    pages = (*PdfReader(io.BytesIO(issued())).pages[:2], PdfReader(io.BytesIO(scanned(issued(), dpi=60))).pages[2])
    writer = PdfWriter()
    for page in pages:
        writer.add_page(page)
    output = io.BytesIO()
    writer.write(output)
    found = compared(output.getvalue(), issued())
    assert (found.has_text, found.removed_words, found.changed_pages, found.same) == (True, 0, (3,), False)


def test_a_paper_of_theirs_that_is_a_scan_is_compared_by_its_looks():
    """Where pictures were issued, the same pictures are no scan of something else."""
    theirs = scanned(issued(), dpi=60)
    assert compared(theirs, theirs).same
    found = compared(drawn_over(theirs, written("something")), theirs)
    assert (found.has_text, found.changed_pages, found.same) == (True, (1,), False)


def test_a_page_too_large_to_be_drawn_is_a_page_that_differs(monkeypatch):
    """What was not looked at is not said to be the same."""
    monkeypatch.setattr("elca_docs.evidence.pictures._PICTURES_LIMIT", 1000)
    theirs = scanned(issued(), dpi=60)
    assert compared(theirs, theirs).changed_pages == (1, 2, 3)


def test_a_page_that_cannot_be_drawn_is_a_page_that_differs(monkeypatch):
    """As above, where the engine fails while drawing, or where the words cannot be read."""
    monkeypatch.setattr("elca_docs.evidence.comparing.picture_of", lambda *_, **__: None)
    assert compared(issued(), issued()).changed_pages == (1, 2, 3)
    monkeypatch.undo()
    monkeypatch.setattr("elca_docs.evidence.comparing.words_of", lambda _: None)
    found = compared(issued(), issued())
    assert (found.has_text, found.changed_pages) == (False, (1, 2, 3))


def test_words_that_cannot_be_read_are_none():
    """A page whose text makes the engine fail has no words, which is not the same as an empty page."""
    assert words_of(None) is None
    with opened(issued()) as document, page_of(document, 1) as page:
        assert "contributes" in words_of(page)


def test_what_is_no_annotation_is_passed_over():
    """Numbers and nothings among the remarks of a page are none."""

    def change(writer):
        odd = [NumberObject(1), NullObject()]
        writer.pages[0][NameObject("/Annots")] = ArrayObject(odd)

    assert compared(rewritten(plain(), change), plain()).same


@pytest.mark.parametrize(
    ("data", "other", "which"), [(b"%PDF-1.7 %%EOF", issued, "the file"), (None, lambda: b"", "the issued version")]
)
def test_what_cannot_be_opened_for_drawing_gets_one_sentence(data, other, which):
    """A file that one reader takes and another does not is not compared, and that is said."""
    with pytest.raises(EvidenceError) as caught:
        compared(issued() if data is None else data, other())
    (problem,) = caught.value.problems
    assert (problem.code, problem.message.startswith(which), problem.location) == ("pdf-not-comparable", True, None)


def test_whatever_the_engine_raises_gets_one_sentence(monkeypatch):
    """A failure in the middle of comparing is the file's, not a traceback."""

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("elca_docs.evidence.comparing.notes_of", fail)
    with pytest.raises(EvidenceError) as caught:
        compared(issued(), issued())
    assert caught.value.problems[0].code == "pdf-not-comparable"


def test_the_same_files_compare_the_same_each_time():
    """Nothing depends on chance or on the clock."""
    data = drawn_over(issued(), written("more"))
    assert compared(data, issued()) == compared(data, issued())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("efficient offices", "e\ufb03cient o\ufb03ces"),
        ("co-operation", "co-\r\noperation"),
        ("cooperation", "coopera\ufffetion"),
        ("cooperation", "coopera\u00adtion"),
        ("the same words", "the  same\r\n\twords"),
        ("na\u00efve", "nai\u0308ve"),
        ("co\u2011operation", "co-operation"),
    ],
)
def test_typesetting_changes_no_word(first, second):
    """Ligatures, line ends, divided words and composed letters are matters of typesetting."""
    assert plain_words(first) == plain_words(second)


@pytest.mark.parametrize(
    ("first", "second"), [("10-16", "1016"), ("-5", "5"), ("10", "10."), ("no", "No"), ("a b", "ab")]
)
def test_a_sign_changes_a_word(first, second):
    """Figures, full stops, capitals and spaces count."""
    assert plain_words(first) != plain_words(second)


WORDS = st.lists(st.sampled_from("abcdef"), max_size=12).map(tuple)


@given(before=WORDS, after=WORDS)
@settings(max_examples=80, deadline=None)
def test_taking_out_and_putting_in_makes_one_text_of_the_other(before, after):
    """The counts add up, and nothing differs where the words are the same."""
    found = WordChanges()
    found.compare(1, before, 1, after)
    assert len(before) - found.removed_words == len(after) - found.added_words
    assert (found.removed_words + found.added_words == 0) == (before == after)
    assert bool(found.removed) == bool(found.removed_words)


@given(before=st.lists(WORDS, max_size=6), after=st.lists(WORDS, max_size=6))
@settings(max_examples=80, deadline=None)
def test_each_page_stands_for_one_page_at_most(before, after):
    """Every page of both is named once."""
    pairs = list(pairs_of(before, after))
    assert sorted(number for number, _ in pairs if number) == list(range(1, len(before) + 1))
    assert sorted(place for _, place in pairs if place) == list(range(1, len(after) + 1))


def test_where_comparing_in_order_is_too_much_words_are_counted(monkeypatch):
    """Beyond the limit of work, what is gone and new is still found, whatever its order."""
    monkeypatch.setattr(word_changes, "_EFFORT", 10)
    found = WordChanges()
    found.compare(1, ("x", "a", "b", "c", "y"), 2, ("z", "c", "b", "d", "w"))
    assert (found.removed, found.added) == (["page 1: x a y"], ["page 2: z d w"])


def test_runs_of_words_are_short_few_and_printable():
    """A file cannot fill the user's screen, or write control codes to it."""
    found = WordChanges()
    for page in range(30):
        found.put_in(page, ("evil\x1b[2J", *["word"] * 300))
    assert (len(found.added), found.added_words) == (20, 30 * 301)
    assert found.added[0].startswith("page 0: evil\\x1b[2J word")
    assert (len(found.added[0]) < 220, found.added[0][-1]) == (True, "…")
