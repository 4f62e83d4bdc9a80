"""Every kind of blank is found in every place, whole, with what stands around it; what is no blank is not."""

from __future__ import annotations

import pytest
from agreement_with_blanks import (
    BLOCK,
    CELL_CONTROL,
    COMPLEX,
    FORM,
    YELLOW,
    agreement,
    box,
    by_text,
    cell,
    control,
    field,
    p,
    placeholder,
    row,
    run,
    table,
    word_file,
)

from elca_docs.authoring.blanks import Blank, blanks_of
from elca_docs.errors import TemplateError


def blanks(*content: str) -> tuple[Blank, ...]:
    return blanks_of(word_file(*content), name="sent.docx")


def texts(*content: str) -> list[str]:
    return [blank.text for blank in blanks(*content)]


def test_all_25_blanks_of_the_agreement_are_found() -> None:
    """Each kind, and each place: body, cells, header, footer, text box, footnote; in the order of the file."""
    found = blanks_of(agreement(), name="sent.docx")
    assert len(found) == 25
    expected = (
        "bracket-01 mergetext-01 mergefield-01 mergefield-02 highlight-01 mergefield-03 line-01 line-02 control-01 "
        "dropdown-01 date-01 checkbox-01 control-02 formfield-01 line-03 highlight-02 line-04 bracket-02 control-03 "
        "bracket-03 bracket-04 line-05 bracket-05 mergetext-02 bracket-06"
    )
    assert [blank.id for blank in found] == expected.split()
    assert {blank.spot.label for blank in found} == {"body", "header", "footer", "footnotes"}
    words = {blank.spot.words for blank in found}
    assert {"text box 1, paragraph 1", "table 1, row 3, cell 2, paragraph 1", "footnote 1, paragraph 1"} <= words
    assert all(blank.obstacle == "" for blank in found)


def test_a_blank_says_what_stands_around_it() -> None:
    """Its label, the note behind it, the text that leads up to it, its own place, and how often its text occurs."""
    found = by_text(blanks_of(agreement(), name="sent.docx"))
    name = found["[Name of the cluster]"]
    assert (name.label, name.times) == ("between Sample Partner Association and", 1)
    assert name.spot.text == "between Sample Partner Association and [Name of the cluster],"
    assert (name.spot.start, name.spot.end) == (39, 60)
    assert name.before == "Cooperation Agreement between Sample Partner Association and"
    assert found["______________"].label == "Contact person of the cluster"
    assert found["[e-mail address]"].label == "E-mail of the cluster"
    assert found["«CLUSTER_CITY»"].label == ", and more precisely in"
    line = blanks_of(agreement(), name="sent.docx")[6]
    assert (line.text, line.note, line.times) == ("____________________", "legal representative", 2)


@pytest.mark.parametrize(
    "text",
    [
        "[Name]",
        "[●]",
        "[…]",
        "[___]",
        "[ ]",
        "«NAME»",
        "<<Name>>",
        "____",
        "_ _ _ _",
        "20__",
        "....",
        "……",
        ". . . . .",
        "XXXX",
    ],
)
def test_what_is_typed_as_a_blank_is_one(text: str) -> None:
    """Once, whole, and nothing beside it."""
    expected = "__" if text == "20__" else text
    assert texts(p(f"in the year {text} or so")) == [expected]


@pytest.mark.parametrize(
    "text", ["[12]", "…", "...", "«he said: no»", "snake_case", "XXX", "a (b) c", "[]", "{{ a[0] }}"]
)
def test_what_only_looks_like_a_blank_is_none(text: str) -> None:
    """References, ellipses, quoted sentences, Roman numerals and what stands in a tag are text."""
    assert texts(p(f"so {text} it is")) == []


def test_a_blank_over_several_runs_is_one() -> None:
    """Whatever stands between its letters: formatting, deleted words, a bookmark."""
    deleted = '<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>'
    mark = '<w:bookmarkStart w:id="1" w:name="x"/>'
    found = blanks(p("a ", run("[Na", "<w:b/>"), deleted, mark, run("me]"), run("____"), run("___", "<w:i/>")))
    assert [(blank.text, blank.kind) for blank in found] == [("[Name]", "bracket"), ("_______", "line")]


def test_two_blanks_in_one_paragraph_have_their_own_labels() -> None:
    """A label ends where the blank before it ends, at a tab, or at the end of a sentence."""
    found = blanks(p("It is so. Name:\t_____\tAddress:\t_____"), p("City:"), p("_____"), p("More"), p("_____"))
    assert [blank.label for blank in found] == ["Name:", "Address:", "City:", ""]


def test_the_label_of_a_cell_is_beside_it_or_at_the_head_of_its_column() -> None:
    """A form has its labels at the left, a list at its head."""
    form = table(row(cell(p("City")), cell(p("____"))))
    listed = table(row(cell(p("Name")), cell(p("Country"))), row(cell(p("____")), cell(p("____"))))
    assert [blank.label for blank in blanks(form, listed)] == ["City", "Name", "Country"]


def test_highlighted_words_are_one_blank_and_what_stands_in_them_goes_first() -> None:
    """Highlighted or shaded; over runs; blank space too; not where another blank stands in the stretch."""
    shade = '<w:shd w:val="clear" w:fill="DDDDDD"/>'
    assert texts(p(run("the ", YELLOW), run("name ", YELLOW), "is")) == ["the name"]
    assert texts(p("is", run("     ", YELLOW), "here")) == ["     "]
    assert texts(p("is", run("here", shade))) == ["here"]
    assert texts(p(run("name: [name] here", YELLOW))) == ["[name]"]
    assert texts(p("a", run(" ", YELLOW), "b", run("c", '<w:shd w:val="clear" w:fill="FFFFFF"/>'))) == []
    assert texts(p(run("c", '<w:highlight w:val="none"/>'))) == []


def test_underlined_blank_space_is_a_line() -> None:
    """Drawn with tabs or with the space bar; underlined words are words."""
    line = '<w:u w:val="single"/>'
    assert texts(p("by", run("\t", line), "and", run("      ", line), "or", run("underlined words", line))) == [
        "\t",
        "      ",
    ]


def test_fields_are_found_simple_and_spread_over_runs() -> None:
    """With the name of the merge field or of the form's field; other fields are no blanks, nor is what they show."""
    page = field(" PAGE ", "[1a]")
    contents = field(" TOC ", "[Name] ....... 3")
    simple = '<w:fldSimple w:instr=" MERGEFIELD City "/>'
    link = field(' HYPERLINK "https://example.org" ', "[web page]")
    found = blanks(p(page, contents, COMPLEX, FORM, simple, link))
    assert [(blank.kind, blank.text, blank.names) for blank in found] == [
        ("mergefield", "«CLUSTER_CITY»", ("CLUSTER_CITY",)),
        ("formfield", "     ", ("NoticeDays",)),
        ("mergefield", "«City»", ("City",)),
        ("bracket", "[web page]", ()),
    ]


def test_what_a_field_computes_is_part_of_no_blank() -> None:
    """Neither as one of its letters nor as highlighted words: Word would write it anew."""
    number = '<w:fldSimple w:instr=" PAGE ">{}</w:fldSimple>'
    assert texts(p("[page ", number.format(run("3")), " of it]", number.format(run("seven", YELLOW)))) == []


def test_a_field_without_result_or_name_is_still_listed() -> None:
    """FORMCHECKBOX shows a box that is no text."""
    found = blanks(p(field(" FORMCHECKBOX ", "")), p(field(" MERGEFIELD City ", "")))
    assert [(blank.kind, blank.text) for blank in found] == [("checkbox", "checkbox"), ("mergefield", "«City»")]


def test_a_field_over_several_paragraphs_is_listed_with_its_obstacle() -> None:
    """It cannot give way to one tag, and it is not passed over in silence."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>MERGEFIELD Texts</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    found = blanks(p(begin, "one"), p("two", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert [(blank.text, blank.obstacle) for blank in found] == [("one", "the field goes on in another paragraph")]


def test_a_deleted_blank_is_gone() -> None:
    """What tracked changes took out is no blank, neither as a field nor as a control."""
    inner = f"{COMPLEX}{control('<w:text/>', run('x'))}"
    assert (
        texts(p(f'<w:del w:id="1">{inner.replace("<w:t ", "<w:delText ").replace("/w:t>", "/w:delText>")}</w:del>'))
        == []
    )


def test_controls_are_found_around_words_paragraphs_and_cells() -> None:
    """Named by alias and tag; empty ones too."""
    empty = control('<w:tag w:val="city"/>', "")
    table_with = table(row(cell(p("x")), CELL_CONTROL))
    found = blanks(p(empty, placeholder("x")), BLOCK, table_with)
    assert [(blank.kind, blank.text, blank.names) for blank in found] == [
        ("control", "«city»", ("city",)),
        ("control", "Click or tap here to enter text.", ("Mission name",)),
        ("control", "Enter the number", ("Phone of the contact person",)),
    ]


def test_a_control_that_only_frames_others_is_none() -> None:
    """A table of contents, a group, Google Docs' marks, several paragraphs; the blanks in them are found."""
    several = control('<w:alias w:val="Part"/>', p("[Name]") + p("two"))
    group = control('<w:group/><w:alias w:val="x"/>', p("[Country]"))
    google = control('<w:tag w:val="goog_rdk_1"/>', run("words"))
    outer = control('<w:alias w:val="outer"/>', p(control('<w:alias w:val="inner"/>', run("in"))))
    nothing = "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    assert texts(several, group, p(google), outer, nothing) == ["[Name]", "[Country]", "in"]


def test_a_control_with_a_placeholder_of_several_paragraphs_is_listed_with_its_obstacle() -> None:
    """It waits for words, and one tag cannot stand for all of it."""
    found = blanks(control("<w:showingPlcHdr/>", p(placeholder("Click")) + p(placeholder("here"))))
    assert [(blank.text, blank.obstacle) for blank in found] == [("Click", "the control holds several paragraphs")]


def test_a_text_box_and_its_copy_hold_one_blank() -> None:
    """Word keeps a copy of a text box for old programs; where the two differ, both are listed."""
    assert texts(p(box(p("[Name]")))) == ["[Name]"]
    other = box(p("[Name]")).replace("[Name]", "[Other]", 1)
    assert texts(p(other)) == ["[Other]", "[Name]"]


def test_what_is_no_word_file_is_refused() -> None:
    """As rendering refuses it."""
    with pytest.raises(TemplateError) as caught:
        blanks_of(b"no archive", name="sent.docx")
    assert [problem.code for problem in caught.value.problems] == ["template-unreadable"]
