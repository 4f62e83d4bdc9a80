"""What changed between two reports: everything that differs, nothing that does not, each with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.blocks import (
    Block,
    Chart,
    Column,
    Contents,
    Control,
    Heading,
    Image,
    Listing,
    Paragraph,
    Series,
    Span,
    Table,
    cell,
    line,
)
from elca_docs.model.figures import AgreementStatus, Figure, StatusReport
from elca_docs.reporting import changes_between

FIGURE = Figure(
    id="KPI 2", title="t", target=8, planned=8, named=6, drafted=5, sent=None, signed=3, counted=2, overdue=1,
    counted_ids=(), proof=(),
)  # fmt: skip
ROW = AgreementStatus(
    id="CA-01", reference="X-1", class_="CA", responsible=("ALFA",), counterpart="Sample Rail", counterparts=("sr",),
    mission="", expected=None, status="sent", pending=True, overdue=False, signed_parties=(), signed_on=None,
    register_number="", counted=False, counted_in=(), because=(), evidence=(),
)  # fmt: skip
STATUS = StatusReport(
    project="SAMPLE", as_of=date(2021, 10, 31), as_of_note="", register="r", position=1, head="h",
    figures=(FIGURE,), agreements=(ROW,), held=(), timeline=(),
)  # fmt: skip


def told(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[tuple[str, ...]]:
    """Return the changes between blocks, on one and the same status."""
    found = changes_between(old, new, STATUS, STATUS)
    return [(each.kind, each.place, each.what, each.old, each.new) for each in found]


def table(*rows: tuple[str, ...], caption: str = "Plan", headings: tuple[str, ...] = ("No.", "Name")) -> Table:
    return Table(
        caption=caption,
        columns=tuple(Column(heading=each) for each in headings),
        rows=tuple(tuple(cell(text) for text in row) for row in rows),
    )


def body(text: str) -> Paragraph:
    return Paragraph(spans=line(text))


def test_a_figure_that_moved_is_told_by_field() -> None:
    """Each number of it; a state that does not exist for the indicator is said as such."""
    moved = replace(STATUS, figures=(replace(FIGURE, counted=3, sent=4),))
    found = changes_between((), (), STATUS, moved)
    assert [(each.kind, each.place, each.what, each.old, each.new) for each in found] == [
        ("figure", "KPI 2", "sent", "none", "4"),
        ("figure", "KPI 2", "counted", "2", "3"),
    ]


def test_an_indicator_that_came_is_told_with_all_its_numbers() -> None:
    """From none to what it is."""
    more = replace(STATUS, figures=(FIGURE, replace(FIGURE, id="KPI 9")))
    found = changes_between((), (), STATUS, more)
    assert {each.place for each in found} == {"KPI 9"}
    assert ("counted", "none", "2") in {(each.what, each.old, each.new) for each in found}


def test_an_agreement_is_told_by_field_and_when_it_came_or_went() -> None:
    """Also an amendment; a new one with its status."""
    signed = replace(ROW, status="registered", signed_on=date(2021, 10, 5), register_number="R-1", pending=False)
    amendment = replace(ROW, id="CA-01/A1")
    found = changes_between((), (), STATUS, replace(STATUS, agreements=(signed,), amendments=(amendment,)))
    assert [(each.kind, each.place, each.what, each.old, each.new) for each in found] == [
        ("agreement", "CA-01", "status", "sent", "registered"),
        ("agreement", "CA-01", "register number", "none", "R-1"),
        ("agreement", "CA-01", "signed on", "none", "2021-10-05"),
        ("agreement", "CA-01/A1", "", "", "sent"),
    ]


def test_with_whom_a_withheld_agreement_is_stays_untold() -> None:
    """Neither of it nor of its amendments and places; everything else about it is told, and all of the others."""
    names = ("CA-01", "CA-01/A1", "CA-01#2", "CA-02")
    rows = [replace(ROW, id=each, counterpart="Another") for each in names]
    old = replace(STATUS, agreements=(ROW, replace(ROW, id="CA-01#2"), replace(ROW, id="CA-02")))
    old = replace(old, amendments=(replace(ROW, id="CA-01/A1"),))
    new = replace(STATUS, agreements=(replace(rows[0], status="signed"), rows[2], rows[3]), amendments=(rows[1],))
    every = changes_between((), (), old, new)
    assert [each.place for each in every if each.what == "counterpart"] == ["CA-01", "CA-01#2", "CA-02", "CA-01/A1"]
    shown = changes_between((), (), old, new, withheld={"CA-01"})
    assert [(each.place, each.what) for each in shown] == [("CA-01", "status"), ("CA-02", "counterpart")]


def test_a_row_is_found_again_by_its_first_cells() -> None:
    """A cell by its heading; what came and what went as whole rows; a row that moved is no change."""
    old, new = (table(("1", "a"), ("2", "b"), ("3", "c")),), (table(("4", "d"), ("3", "x"), ("1", "a")),)
    assert told(old, new) == [
        ("row", "Plan", "2", "2 | b", ""),
        ("row", "Plan", "3 · Name", "c", "x"),
        ("row", "Plan", "4", "", "4 | d"),
    ]


def test_rows_with_the_same_first_cell_are_told_apart_by_more_cells() -> None:
    """As many as it takes; where nothing tells them apart, by their order."""
    headings = ("Partner", "No.", "State")
    old = (table(("A", "1", "open"), ("A", "2", "open"), headings=headings),)
    new = (table(("A", "2", "done"), ("A", "1", "open"), headings=headings),)
    assert told(old, new) == [("row", "Plan", "A · 2 · State", "open", "done")]
    same = (table(("A", "x"), ("A", "x")),)
    assert told(same, (table(("A", "x"), ("A", "x"), ("A", "x")),)) == [("row", "Plan", "A (3)", "", "A | x")]


def test_a_column_that_came_is_told_for_every_row() -> None:
    """By its heading; two columns of one heading are two."""
    new = table(("1", "a", "b"), headings=("No.", "Name", "Name"))
    assert told((table(("1", "a")),), (new,)) == [("row", "Plan", "1 · Name 3", "", "b")]


def test_a_table_that_came_is_told_once() -> None:
    """With how many rows it has; tables without caption go by the heading above them."""
    new = (Heading(text="Duties"), table(("1", "a"), caption=""), table(("1", "a"), caption=""))
    assert told(new[:2], new) == [("row", "Duties", "", "", "1 rows")]
    assert told(new, new[:2]) == [("row", "Duties", "", "1 rows", "")]


def test_a_renamed_table_with_an_anchor_is_the_same_table() -> None:
    """Its caption is text for people; the place told is the new one."""
    old, new = (replace(table(("1", each), caption=each), anchor="plan") for each in ("Before", "After"))
    assert told((old,), (new,)) == [("row", "After", "1 · Name", "Before", "After")]


def test_a_chart_is_compared_by_its_numbers() -> None:
    """Each category and series; a value that is not there is said as such."""
    old = Chart(
        caption="Signed", alt="", kind="lines", categories=("Sep", "Oct"),
        series=(Series(name="planned", values=(1, 2)), Series(name="actual", values=(1, None))),
    )  # fmt: skip
    new = replace(old, series=(old.series[0], Series(name="actual", values=(1, 3))))
    assert told((old,), (new,)) == [("row", "Signed", "Oct · actual", "none", "3")]


def test_a_control_block_is_compared_by_its_labels() -> None:
    """Plain or styled, a value is its text."""
    old, new = Control(rows=(("Version", "1.0"),)), Control(rows=(("Version", line("1.1", italic=False)),))
    assert told((old,), (new,)) == [("row", "", "Version", "1.0", "1.1")]


def test_text_is_told_under_its_heading() -> None:
    """What was rewritten with both sides, what came and went with one; lists and pictures are text too."""
    old: tuple[Block, ...] = (Heading(text="Aims"), body("one"), body("two"), Listing(entries=(line("x"), line("y"))))
    new: tuple[Block, ...] = (Heading(text="Aims"), body("one"), body("2"), Listing(entries=(line("x"),)))
    assert told(old, new) == [("text", "Aims", "", "two", "2"), ("text", "Aims", "", "y", "")]
    picture = Image(data=b"1", alt="map", caption="The map")
    (change,) = told((picture,), (replace(picture, data=b"2"),))
    assert (change[0], change[3].endswith(": map] The map"), change[3] != change[4]) == ("text", True, True)
    assert told((), (body("new"),)) == [("text", "", "", "", "new")]


def test_what_moves_past_an_empty_paragraph_moves_in_both_directions() -> None:
    """An empty paragraph is no text that could have stayed while the other one went."""
    old, new = (body(""), Heading(text="")), (Heading(text=""), body(""))
    assert (told(old, new), told(new, old)) == ([], [])


def test_what_hangs_on_a_text_is_part_of_it() -> None:
    """A link that leads elsewhere, another footnote, another reference; bold and the contents are not."""
    plain = Paragraph(spans=(Span(text="see"),))
    for span in (Span(text="see", link="https://x.example"), Span(text="see", footnote=line("n"))):
        assert len(told((plain,), (Paragraph(spans=(span,)),))) == 1
    refers = [(Paragraph(spans=(Span(text="", refers_to=each),)),) for each in ("a", "b")]
    assert len(told(*refers)) == 1
    assert told((plain,), (Paragraph(spans=(Span(text="see", bold=True),)), Contents())) == []


texts = st.text("ab ", max_size=3)
blocks = st.lists(
    st.one_of(
        st.builds(body, texts),
        st.builds(lambda text: Heading(text=text), texts),
        st.builds(lambda rows: table(*rows), st.lists(st.tuples(texts, texts), max_size=3)),
    ),
    max_size=5,
).map(tuple)


@settings(max_examples=100)
@given(blocks, blocks)
def test_each_change_goes_back_the_other_way(old: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    """A report against itself has none, and no text that differs is passed over."""
    assert told(old, old) == []
    there, back = told(old, new), told(new, old)
    assert bool(there) == bool(back)
    written = [
        [each.spans[0].text for each in side if isinstance(each, Paragraph) and each.spans[0].text]
        for side in (old, new)
    ]
    if written[0] != written[1]:
        assert any(each[0] == "text" for each in there)
