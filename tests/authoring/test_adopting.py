"""Only the letters of a blank change: everything around them stays, byte for byte, and the result is a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

import pypdfium2
import pytest
from agreement_with_blanks import (
    BLOCK,
    BODY,
    CELL_CONTROL,
    COMPLEX,
    LAW,
    NESTED,
    YELLOW,
    agreement,
    box,
    cell,
    contents,
    context_for,
    control,
    field,
    p,
    placeholder,
    row,
    run,
    table,
    word_file,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from elca_docs.authoring.adopting import Adopted, Choices, adopted
from elca_docs.authoring.blanks import blanks_of
from elca_docs.authoring.proposing import proposed
from elca_docs.authoring.reading import read_template
from elca_docs.authoring.tags_for import Fields
from elca_docs.context import FIELDS
from elca_docs.errors import TemplateError
from elca_docs.office import office_or_problem
from elca_docs.opc import deflated, members_of, packaged
from elca_docs.rendering import compile_template, document_text

FIELD = "counterpart.name"
TAG = "{{ counterpart.name }}"
PLACEHOLDERS = frozenset({"Platzhaltertext"})
_TAG = re.compile(r"\{\{ [^}]+ \}\}")


def all_mapped(data: bytes, name: str = FIELD) -> Adopted:
    """Return the file with one field in every blank."""
    blanks = blanks_of(data, name="sent.docx")
    return adopted(data, Choices(fields={blank.id: name for blank in blanks}), name="sent.docx")


def body(*content: str) -> str:
    """Return what became of the content with one field in every blank; it compiles."""
    made = all_mapped(word_file(*content)).document
    compile_template(made, name="made.docx")
    return between(contents(made)[BODY])


def marked(*content: str) -> str:
    """Return what became of the content with nothing chosen."""
    return between(contents(adopted(word_file(*content), Choices(), name="sent.docx").document)[BODY])


def between(document: str) -> str:
    return document.partition("<w:body>")[2].rpartition("<w:sectPr>")[0]


def different_fields(data: bytes) -> dict[str, str]:
    """Return another field for each blank: a yes or no for a box, a text or a number for all others."""
    kinds = {field.name: field.type for field in FIELDS}
    names = iter(name for name in Fields(FIELDS).printable() if kinds[name] in {"text", "number"})
    return {
        blank.id: "agreement.confidential" if blank.kind == "checkbox" else next(names)
        for blank in blanks_of(data, name="sent.docx")
    }


def test_words_in_one_run_give_way_to_the_tag_alone() -> None:
    """No run is cut, no property written."""
    assert body(p("a &amp; b [Name], c".replace("&amp;", "&"))) == p("a & b {{ counterpart.name }}, c")


def test_a_blank_over_runs_takes_the_formatting_of_its_first() -> None:
    """The other runs lose their letters and stay where they are."""
    expected = p(run(TAG, "<w:b/>"), '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"></w:t></w:r>', run(" c"))
    assert body(p(run("[Na", "<w:b/>"), run("me]", "<w:i/>"), run(" c"))) == expected


def test_the_yellow_of_a_blank_goes_and_that_of_its_neighbours_stays() -> None:
    """The run is cut where the blank begins and ends; a space beside it loses its colour with it."""
    look = f'<w:b/>{YELLOW}<w:u w:val="single"/>'
    plain = '<w:b/><w:u w:val="single"/>'
    assert body(p(run("so [Name]", look))) == p(run("so", look), run(f" {TAG}", plain))
    assert body(p(run(" the name ", look), "x")) == p(run(f" {TAG} ", plain), "x")


def test_what_nobody_chose_a_field_for_becomes_yellow() -> None:
    """Nothing else does; what is highlighted already is left alone, what was kept too."""
    assert marked(p("so [Name] it is")) == p("so ", run("[Name]", YELLOW), " it is")
    look = '<w:b/><w:u w:val="single"/>'
    assert marked(p(run("[Name]", look))) == p(run("[Name]", f'<w:b/>{YELLOW}<w:u w:val="single"/>'))
    for content in (p(run("[Name]", '<w:highlight w:val="green"/>')), p(run("the name", YELLOW))):
        assert marked(content) == content
    data = word_file(p("so [Name] it is"))
    kept = adopted(data, Choices(kept=frozenset({"bracket-01"})), name="sent.docx")
    assert contents(kept.document) == contents(data)
    assert ([blank.id for blank in kept.kept], kept.mapped, kept.unmapped) == (["bracket-01"], (), ())


def test_a_cut_keeps_the_spaces_at_its_ends() -> None:
    """A text without xml:space loses them in Word, so it gets it."""
    source = "<w:p><w:r><w:t>so [Name] it is</w:t></w:r></w:p>"
    expected = (
        '<w:p><w:r><w:t xml:space="preserve">so </w:t></w:r><w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr>'
        '<w:t xml:space="preserve">[Name]</w:t></w:r><w:r><w:t xml:space="preserve"> it is</w:t></w:r></w:p>'
    )
    assert marked(source) == expected
    two = "<w:p><w:r><w:t>[Name</w:t></w:r><w:r><w:t>] is</w:t></w:r></w:p>"
    assert body(two) == f'<w:p><w:r><w:t>{TAG}</w:t></w:r><w:r><w:t xml:space="preserve"> is</w:t></w:r></w:p>'


def test_tabs_and_pictures_beside_a_blank_stay_in_place() -> None:
    """A tab within the blank goes, one beside it stays; what has no letters goes with what stands before it."""
    picture = (
        '<w:r><w:t xml:space="preserve">[Name]</w:t><w:tab/><w:noBreakHyphen/><w:sym w:font="x" w:char="F0"/></w:r>'
    )
    assert body(f"<w:p>{picture}</w:p>") == f"<w:p>{picture.replace('[Name]', TAG)}</w:p>"
    cut = marked(f"<w:p>{picture}</w:p>")
    assert cut == (
        f"<w:p>{run('[Name]', YELLOW).replace('</w:r>', '')}</w:r><w:r>{picture.partition('</w:t>')[2]}</w:p>"
    )
    line = run("\t\t", '<w:u w:val="single"/>')
    assert body(p("by", line)) == p("by", run(TAG, '<w:u w:val="single"/>'))


def test_merge_fields_become_a_plain_run() -> None:
    """Of a simple field, of one over runs, and of one that computes with another, only the result's run stays."""
    simple = f'<w:fldSimple w:instr="MERGEFIELD x"><w:fldData>eA==</w:fldData>{run("«x»", "<w:b/>")}</w:fldSimple>'
    assert body(p(simple)) == p(run(TAG, "<w:b/>"))
    assert body(p('<w:fldSimple w:instr="MERGEFIELD x"/>')) == p(run(TAG))
    for content, look in ((field(" MERGEFIELD x ", "«x»", "<w:b/>"), "<w:b/>"), (COMPLEX, ""), (NESTED, "")):
        assert body(p(content)).replace("<w:r><w:rPr><w:b/></w:rPr></w:r>", "").replace("<w:r></w:r>", "") == p(
            run(TAG, look)
        )
    assert body(p(field("MERGEFIELD x", ""))).replace("<w:r></w:r>", "") == p(run(TAG))


def test_a_field_within_another_s_code_leaves_nothing_behind() -> None:
    """What the inner one showed stands in the outer one's code, where nobody sees it."""
    assert "Market" not in body(p(NESTED))


def test_controls_become_plain_text_in_the_formatting_of_what_would_be_entered() -> None:
    """Inline, around a paragraph, around a cell; the placeholder's style goes, its paragraph stays."""
    assert body(p("x", LAW)) == p("x", run(TAG, '<w:color w:val="000066"/>'))
    plain = f'<w:r><w:rPr></w:rPr><w:t xml:space="preserve">{TAG}</w:t></w:r>'
    assert body(BLOCK) == p(plain)
    assert body(table(row(cell(p("x")), CELL_CONTROL))) == table(row(cell(p("x")), cell(p(TAG))))


def test_an_empty_control_gets_a_run_of_its_own() -> None:
    """Whether its paragraph has an end tag or not."""
    tag = '<w:tag w:val="x"/>'
    assert body(p("a", control(tag, ""), "b")) == p("a", run(TAG), "b")
    assert body(control(tag, "<w:p></w:p>")) == p(run(TAG))
    assert body(control(tag, "<w:p/>")) == p(run(TAG))
    short = f"<w:sdt><w:sdtPr>{tag}</w:sdtPr><w:sdtContent/></w:sdt>"
    assert body(p("a", short)) == p("a", run(TAG))


def test_a_choice_that_cannot_be_carried_out_is_listed_as_open() -> None:
    """A field that prints nothing, or a blank that one tag cannot stand for: it stays, and turns yellow."""
    data = word_file(p("[Name]"), control("<w:showingPlcHdr/>", p(placeholder("a")) + p(placeholder("b"))))
    made = adopted(data, Choices(fields={"bracket-01": "counterpart", "control-01": FIELD}), name="sent.docx")
    assert ([blank.id for blank in made.unmapped], made.mapped) == (["bracket-01", "control-01"], ())
    assert contents(made.document)[BODY].count(YELLOW) == 2


def test_a_check_box_prints_a_box_and_a_list_is_joined() -> None:
    """Python's own words for yes and for lists have no place on paper."""
    tick = p(control("<w14:checkbox/>", run("\u2610")), "[Areas]")
    data = word_file(tick)
    chosen = Choices(fields={"checkbox-01": "agreement.confidential", "bracket-01": "areas"})
    made = adopted(data, chosen, name="sent.docx").document
    context = context_for({"agreement.confidential": True, "areas": ["training", "visits"]})
    filled = compile_template(made, name="made.docx").render(context, mode="final")
    assert document_text(filled, name="filled.docx") == ("\u2612training, visits",)


def test_both_copies_of_a_text_box_are_filled() -> None:
    """Old programs show the other one."""
    assert body(p(box(p("[Name]")))) == p(box(p(TAG)))


def test_the_blank_of_an_old_file_in_utf_16_is_filled_too() -> None:
    """The part stays in the encoding it was written in."""
    text = contents(word_file(p("à [Name]")))[BODY].partition("?>")[2].strip()
    utf_16 = ('\ufeff<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16-le")
    sent = word_file(p("x"))
    data = packaged(deflated(BODY, utf_16) if each.name == BODY else each for each in members_of(sent))
    made = {each.name: each.content() for each in members_of(all_mapped(data).document)}
    assert made[BODY] == utf_16.decode("utf-16-le").replace("[Name]", TAG).encode("utf-16-le")


@pytest.mark.parametrize("text", ["<![CDATA[so [Name] it]]>", "so [Name] <!-- why --> it"])
def test_a_text_that_no_word_processor_writes_is_refused(text: str) -> None:
    """Its letters cannot be told from its markup with certainty."""
    with pytest.raises(TemplateError) as caught:
        all_mapped(word_file(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == ("template-unreadable", f"sent.docx ({BODY})")


def test_every_other_character_of_the_file_stays() -> None:
    """Quotes, entities, blanks between elements and comments of a changed part; all other parts."""
    odd = "<w:p >\r\n  <!-- a > b --><w:r\n><w:t xml:space='preserve'>&#65;&quot; &gt;</w:t></w:r>\n</w:p>"
    data = word_file(odd, p("[Name]"), odd)
    made = contents(all_mapped(data).document)
    before = contents(data)
    assert made.pop(BODY) == before.pop(BODY).replace("[Name]", TAG)
    assert made == before


def test_members_that_hold_no_blank_are_the_same_bytes() -> None:
    """As they lie in the file, packed."""
    data = agreement()
    made = all_mapped(data).document
    changed = {BODY, "word/header1.xml", "word/footer1.xml", "word/footnotes.xml"}
    assert [m for m in members_of(made) if m.name not in changed] == [
        m for m in members_of(data) if m.name not in changed
    ]
    assert [m.name for m in members_of(made)] == [m.name for m in members_of(data)]


def test_the_agreement_is_mapped_as_proposed_and_fills() -> None:
    """25 blanks: each is mapped, kept or open; the template shows the values; same input, same bytes."""
    data = agreement()
    found = {each.blank: each for each in proposed(blanks_of(data, name="sent.docx"))}
    chosen = Choices(
        fields={key: each.field for key, each in found.items() if each.field},
        kept=frozenset(key for key, each in found.items() if each.keep),
    )
    made = adopted(data, chosen, name="sent.docx")
    assert (len(made.mapped), len(made.kept), len(made.unmapped)) == (23, 1, 1)
    assert adopted(data, chosen, name="sent.docx") == made
    names = dict.fromkeys(chosen.fields.values(), "VALUE") | {"agreement.confidential": True}
    filled = compile_template(made.document, name="made.docx").render(context_for(names), mode="final")
    text = "\n".join(document_text(filled, name="filled.docx"))
    assert "between Sample Partner Association and VALUE," in text
    assert "with its registered office at VALUE, in VALUE, and more precisely in VALUE." in text
    assert (text.count("VALUE"), text.count("\u2612")) == (23, 1)  # that in the text box stands there twice
    assert "[●] has to be agreed on." in text
    assert "Signature: ____________________" in text


def test_removing_the_tags_gives_the_original_text() -> None:
    """Of every part, paragraph by paragraph; of fields, what they showed."""
    data = agreement()
    names = different_fields(data)
    made = adopted(data, Choices(fields=names), name="sent.docx")
    texts = {Fields(FIELDS).tag(names[blank.id]): blank.text for blank in blanks_of(data, name="sent.docx")}
    back = [_TAG.sub(lambda tag: texts[tag[0]], line) for line in visible(made.document)]
    assert back == visible(data)


def visible(data: bytes) -> list[str]:
    """Return the text of every paragraph without field codes."""
    reading = read_template(data, name="read.docx")
    return [
        "".join(piece.text for piece in paragraph.pieces if "code" not in piece.inside)
        for part in reading.parts
        for paragraph in part.paragraphs
    ]


_PLAIN = st.text(alphabet="ab &<>'\"é,", max_size=6)
_BLANK = st.sampled_from(["[Name]", "[the & name]", "____", "«NAME»", "......"])
_LOOK = st.sampled_from(["", "<w:b/>", YELLOW])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_PLAIN, _BLANK), min_size=1, max_size=3), st.data())
def test_text_outside_blanks_never_changes(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    """However the text is cut into runs and whatever is chosen: with the blanks put back, it is the original."""
    text = "".join(f"{plain} {blank} " for plain, blank in pieces) + data.draw(_PLAIN)
    places = sorted(data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=5)))
    runs = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    sent = word_file(p(*(run(each, data.draw(_LOOK)) for each in runs)))
    blanks = blanks_of(sent, name="sent.docx")
    chosen = {blank.id: data.draw(st.sampled_from(["", FIELD])) for blank in blanks}
    made = adopted(sent, Choices(fields=chosen), name="sent.docx")
    compile_template(made.document, name="made.docx")
    filling = iter([blank.text for blank in made.mapped])
    (line,) = [paragraph.text for paragraph in read_template(made.document, name="m").parts[0].paragraphs]
    assert re.sub(re.escape(TAG), lambda _: next(filling), line) == text
    assert {blank.id for blank in (*made.mapped, *made.unmapped)} == set(chosen)


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_the_pages_look_the_same_with_the_tags_filled_by_what_stood_there() -> None:
    """Each dot of ink of the original is there, within two dots, and no other; only the colours of blanks are gone.

    The red of the pages is compared, in which their yellow is as white as paper. LibreOffice computes the field IF
    and shows nothing, so nothing is put there.
    """
    data = agreement()
    names = different_fields(data)
    values: dict[str, object] = {
        names[blank.id]: "" if blank.text == "the market" else blank.text for blank in blanks_of(data, name="sent.docx")
    }
    values["agreement.confidential"] = False
    made = adopted(data, Choices(fields=names), name="sent.docx")
    filled = compile_template(made.document, name="made.docx").render(context_for(values), mode="final")
    pages = pictures({"sent.docx": data, "filled.docx": filled})
    assert [len(each) for each in pages.values()] == [4, 4]
    for before, after in zip(*pages.values(), strict=True):
        assert excess(before, after) is None
        assert excess(after, before) is None


def pictures(documents: Mapping[str, bytes]) -> dict[str, list[Image.Image]]:
    """Return the pages of Word files as pictures of their ink."""
    found = {}
    for name, made in office_or_problem().pdfs(documents).items():
        assert isinstance(made, bytes)
        pdf = pypdfium2.PdfDocument(BytesIO(made))
        found[name] = [page.render(scale=1.5).to_pil().convert("RGB").getchannel("R") for page in pdf]
        pdf.close()
    return found


def excess(page: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Return where a page has ink that the other has not within two dots; None where it has none."""
    ink = page.point(lambda red: 255 if red < 128 else 0)
    around = other.point(lambda red: 255 if red < 200 else 0).filter(ImageFilter.MaxFilter(5))
    return ImageChops.subtract(ink, around).getbbox()
