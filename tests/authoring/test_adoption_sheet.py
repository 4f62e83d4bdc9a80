"""The sheet holds every blank with its proposal, and gives back what a person decided, or all mistakes with lines."""

from __future__ import annotations

import re

import pytest
from agreement_with_blanks import agreement, control, p, placeholder, word_file
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.authoring.adopting import Choices
from elca_docs.authoring.adoption_sheet import adoption_text, mapping_of
from elca_docs.authoring.blanks import Blank, blanks_of
from elca_docs.authoring.proposing import proposed
from elca_docs.durable import sha256_of
from elca_docs.errors import Problem

NAME = "templates/agreements/sent.adopt.yaml"
SENT = word_file(
    p("Address of the counterpart: [address]"),
    p("[Name]"),
    p("Signature: ______"),
    control('<w:showingPlcHdr/><w:alias w:val="List"/>', p(placeholder("a")) + p(placeholder("b"))),
)


def sheet_of(data: bytes = SENT, file: str = "sent.docx") -> tuple[str, tuple[Blank, ...]]:
    blanks = blanks_of(data, name=file)
    return adoption_text(blanks, proposed(blanks), file=file, sha256=sha256_of(data)), blanks


def read(text: str | bytes, data: bytes = SENT) -> tuple[Choices | None, tuple[Problem, ...]]:
    sheet = text.encode() if isinstance(text, str) else text
    return mapping_of(sheet, blanks_of(data, name="sent.docx"), name=NAME, sha256=sha256_of(data))


def problems(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return code, place and fix of each problem after a change of the sheet."""
    text, _ = sheet_of()
    assert old in text
    choices, found = read(text.replace(old, new, 1))
    assert choices is None
    return [(each.code, str(each.location), each.fix) for each in found]


def line_of(text: str) -> str:
    lines = sheet_of()[0].splitlines()
    return f"{NAME}:{1 + next(number for number, line in enumerate(lines) if text in line)}"


def test_the_sheet_says_of_each_blank_where_it_is_and_why_which_field() -> None:
    """A person decides with nothing but the sheet and Word beside it."""
    text, _ = sheet_of()
    assert text.endswith("""
blanks:

  bracket-01:
    # likely: 'address' (its own words), and 'counterpart' says whose
    text: "[address]"
    place: "body, paragraph 1"
    label: "Address of the counterpart:"
    field: counterpart.address
    keep:

  bracket-02:
    # likely: 'name' (its own words), and 'counterpart' says whose
    text: "[Name]"
    place: "body, paragraph 2"
    field: counterpart.name
    keep:

  line-01:
    # likely: 'signature' (the words before it) is filled in by hand when it is signed
    text: "______"
    place: "body, paragraph 3"
    label: "Signature:"
    field:
    keep: yes

  control-01:
    # not mapped: the control holds several paragraphs
    text: "a"
    place: "body, paragraph 4"
    field:
    keep:
""")
    assert f"sha256: {sha256_of(SENT)}\n" in text


def test_what_was_written_reads_back_as_the_proposals() -> None:
    """Whoever changes nothing gets what the sheet says."""
    text, blanks = sheet_of(agreement())
    choices, found = read(text, agreement())
    assert found == ()
    assert choices is not None
    proposals = {each.blank: each for each in proposed(blanks)}
    assert choices.fields == {key: each.field for key, each in proposals.items() if each.field}
    assert choices.kept == {key for key, each in proposals.items() if each.keep}


def test_others_that_fit_and_equal_texts_are_told() -> None:
    """So that nobody has to guess what could stand there."""
    text, _ = sheet_of(word_file(p("[address] [address]")))
    assert text.count("    # not mapped: 'address' (its own words) does not say whose\n") == 2
    assert text.count("    # could be: counterpart.address, partner.address\n") == 2
    assert text.count("    # 2 blanks have this text\n") == 2


def test_a_sheet_without_entries_maps_nothing() -> None:
    """An entry that was taken out is a blank that is still open."""
    text, _ = sheet_of()
    head = text.partition("blanks:")[0]
    for rest in ("blanks:", "blanks: {}", "blanks:\n  bracket-01:", ""):
        assert read(head + rest) == (Choices(), ())
    assert sheet_of(word_file(p("none")))[0].endswith("\nblanks: {}\n")


def test_parties_can_be_named_by_their_order() -> None:
    """Two counterparts that agree among themselves are told apart by nothing else."""
    text, _ = sheet_of()
    choices, found = read(text.replace("field: counterpart.address", "field: parties[1].address"))
    assert (found, choices and choices.fields["bracket-01"]) == ((), "parties[1].address")


@pytest.mark.parametrize(
    ("old", "new", "code", "fix"),
    [
        ("counterpart.address", "counterpart.adress", "adopt-unknown-field", "did you mean 'counterpart.address'?"),
        ("counterpart.address", "xyzzy", "adopt-unknown-field", "the field guide lists them all"),
        (
            "counterpart.address",
            "counterpart",
            "adopt-field-not-printable",
            "it holds others: write counterpart.id, counterpart.number, counterpart.letter",
        ),
        (
            "counterpart.address",
            "commitments",
            "adopt-field-not-printable",
            "it holds others: write a loop in the template, or one of its texts",
        ),
        (
            "counterpart.address",
            "party.address",
            "adopt-field-not-printable",
            "name one of them: partner.address or counterpart.address or parties[0].address",
        ),
        (
            "counterpart.address",
            "commitment.what",
            "adopt-field-not-printable",
            "name one of them: a field outside the loop",
        ),
        ("counterpart.address", "parties[1].adress", "adopt-unknown-field", "did you mean 'partner.address'?"),
    ],
)
def test_a_field_that_cannot_stand_there_is_said_at_its_line(old: str, new: str, code: str, fix: str) -> None:
    """With the name that was meant, or those that can."""
    assert problems(old, new) == [(code, f"{line_of('field: counterpart.address')}:5", fix)]


def test_other_mistakes_in_an_entry_are_said_at_their_line() -> None:
    """A blank that is not there, both a field and 'keep', a field for what cannot hold one."""
    assert problems("bracket-02:", "bracket-20:") == [
        ("adopt-unknown-blank", f"{line_of('bracket-02:')}:3", "did you mean 'bracket-02'?")
    ]
    both = problems("    field: counterpart.address\n    keep:", "    field: counterpart.address\n    keep: yes")
    assert both == [("adopt-field-and-keep", f"{line_of('field: counterpart.address')}:5", "empty one of the two")]
    fixed = problems(
        'text: "a"\n    place: "body, paragraph 4"\n    field:', 'text: "a"\n    place: x\n    field: reference'
    )
    assert [(code, fix) for code, _, fix in fixed] == [
        ("adopt-blank-fixed", "leave it empty here, and write the tag into the template by hand")
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("keep: yes", "keep: maybe", "'keep' is a yes/no value, and 'maybe' is neither"),
        ("keep: yes", "keap: yes", "'keap' says nothing about a blank"),
        ("keep: yes", "keep: [yes]", "'keep' is one value"),
        ("field: counterpart.address", "field: {a: b}", "'field' is one value"),
        ("file: ", "flie: ", "'flie' says nothing about the sheet"),
        ("blanks:\n", "blanks: all\nsheet:\n", "'blanks' holds no list of blanks"),
    ],
)
def test_what_the_sheet_cannot_mean_is_said(old: str, new: str, message: str) -> None:
    """Instead of being taken for an answer."""
    choices, found = read(sheet_of()[0].replace(old, new, 1))
    assert choices is None
    assert (found[0].code, message) in [(each.code, each.message) for each in found]
    assert {each.code for each in found} == {"adopt-sheet-unclear"}


def test_an_entry_that_is_one_value_is_said() -> None:
    """Whoever writes the field right behind the blank meant well."""
    text, _ = sheet_of()
    choices, (found,) = read(re.sub(r"  bracket-02:\n(    .*\n)+", "  bracket-02: counterpart.name\n", text))
    assert (choices, found.code, found.fix) == (
        None,
        "adopt-sheet-unclear",
        "write them below it as 'key: value' lines",
    )


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (b"\xff\xfe", "not-utf8"),
        (b"blanks: [", "yaml-syntax"),
        (b"a: 1\na: 2", "duplicate-key"),
        (b"- a", "adopt-sheet-unclear"),
        (b"", "adopt-sheet-unclear"),
        (b"blanks: {}", "adopt-file-changed"),
        (b"sha256: 00\nblanks: {}", "adopt-file-changed"),
    ],
)
def test_a_file_that_is_no_sheet_for_this_file_is_refused(sheet: bytes, code: str) -> None:
    """By the reader of records where it is no YAML; for another Word file, nothing else is said."""
    choices, found = read(sheet)
    assert (choices, [each.code for each in found]) == (None, [code])
    assert found[0].location is not None
    assert found[0].location.path == NAME


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_a_blank_is_called_the_sheet_can_be_read(text: str, note: str) -> None:
    """Quotes, line ends, invisible characters and thirty accents on one letter come from other people's files."""
    (blank,) = blanks_of(word_file(p("[x]")), name="sent.docx")
    odd = Blank(
        id="bracket-01",
        kind="bracket",
        text=f"[{text}\ufffd\u202e{'e' + chr(0x301) * 40}]",
        label=note * 12,
        note=text,
        names=(note,),
        before=text,
        spot=blank.spot,
        times=1,
        obstacle="",
    )
    written = adoption_text([odd], proposed([odd]), file=f"{note}.docx", sha256="0" * 64)
    choices, found = mapping_of(written.encode(), [odd], name=NAME, sha256="0" * 64)
    assert found == ()
    assert choices is not None
