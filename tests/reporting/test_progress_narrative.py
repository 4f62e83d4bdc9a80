"""What a narrative of a report can hold beyond plain text: tables, images, footnotes, references and figures."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image as Pictures
from progress_specimens import asked, records, report

from elca_docs.errors import RecordsError
from elca_docs.model.blocks import Chart, Column, Heading, Image, Paragraph, Span, Table, line
from elca_docs.model.deliverables import ChartSpec, Section, TableSpec
from elca_docs.reporting import plan_blocks
from elca_docs.reporting.narrative import narrative_blocks
from elca_docs.reporting.narrative_lines import Sources
from elca_docs.reporting.pictures import LARGEST, fault_of

PATH = "records/deliverables/X2/a.md"


def picture(kind="PNG", size=(4, 3)):
    stream = io.BytesIO()
    Pictures.new("RGB", size, "white").save(stream, kind)
    return stream.getvalue()


def press_picture():
    """Return a sound JPEG in the colours of a press, whose header is neither JFIF nor Exif."""
    stream = io.BytesIO()
    Pictures.new("CMYK", (4, 3)).save(stream, "JPEG")
    return stream.getvalue()


SOURCES = Sources(
    figures={"KPI 2": {"counted": "7", "in the period": "3"}, "report": {"as of": "31 March 2022"}},
    images={
        "road.png": picture(),
        "my photo.jpg": picture("JPEG"),
        "torn.png": picture()[:40],
        "text.png": b"<svg/>",
        "press.jpg": press_picture(),
    },
)


def read(text, level=1):
    return narrative_blocks(text, path=PATH, level=level, sources=SOURCES)


def blocks(text):
    written = read(text)
    assert written.problems == ()
    return written.blocks


def refused(text):
    return [(each.code, each.location.line, each.message) for each in read(text).problems]


def test_tables():
    """A table has its caption from the line before it, columns as wide as their text, its alignment and its styles."""
    text = (
        "Table: What *counts* {#road}\n\n| Step | Who |\n|:--|--:|\n| **Draft** | the partner that leads it |\n| | x |"
    )
    (found,) = blocks(text)
    assert found == Table(
        caption="What counts",
        anchor="road",
        columns=(Column(heading="Step", share=6), Column(heading="Who", share=25, align="right")),
        rows=found.rows,
    )
    assert [[cell.lines[0] for cell in row] for row in found.rows] == [
        [(Span(text="Draft", bold=True),), line("the partner that leads it")], [line(""), line("x")],
    ]  # fmt: skip


def test_a_caption_without_a_table_stays_text():
    """Only a line right before a table is a caption; nothing an author wrote vanishes."""
    assert blocks("Table: of contents") == (Paragraph(spans=line("Table: of contents")),)
    assert blocks("| a |\n|---|\n| b |")[0].caption == ""


def test_images():
    """An image has its words, its caption from the title, and a name; file names may hold blanks."""
    assert blocks('![The road](road.png "From draft to figure {#way}")') == (
        Image(data=SOURCES.images["road.png"], alt="The road", caption="From draft to figure", anchor="way"),
    )
    assert blocks("![A **bold** photo](<my photo.jpg>)") == (
        Image(data=SOURCES.images["my photo.jpg"], alt="A bold photo"),
    )


def test_footnotes():
    """A footnote stands at the word before it, with its styles; the same one may be referred to twice."""
    (found,) = blocks("Signed[^a], **all**[^a] of *them*.\n\n[^a]: By **both** sides.")
    note = (Span(text="By "), Span(text="both", bold=True), Span(text=" sides."))
    assert found == Paragraph(
        spans=(
            Span(text="Signed", footnote=note), Span(text=", "), Span(text="all", bold=True, footnote=note),
            Span(text=" of "), Span(text="them", italic=True), Span(text="."),
        )
    )  # fmt: skip
    assert blocks("[^a]\n\n[^a]: b")[0].spans == (Span(text="", footnote=line("b")),)


def test_references():
    """A link to #name refers to a block, and is told with its line."""
    written = read("See\n[Table **3**](#agreements).")
    assert written.blocks[0].spans[1:3] == (
        Span(text="Table ", refers_to="agreements"), Span(text="3", bold=True, refers_to="agreements"),
    )  # fmt: skip
    assert [(anchor, at.line) for anchor, at in written.references] == [("agreements", 2)]


def test_headings_can_be_named():
    """A name behind a heading is no part of its text."""
    assert blocks("# Who signs {#signing}") == (Heading(text="Who signs", level=2, anchor="signing"),)


def test_figures():
    """A figure asked for stands in the text, in any style; other braces are text."""
    (found,) = blocks("**{KPI 2: counted}** of {KPI 2:in the period} on { report: as of }, {not a figure}, {}")
    assert "".join(span.text for span in found.spans) == "7 of 3 on 31 March 2022, {not a figure}, {}"
    assert found.spans[0] == Span(text="7", bold=True)


@pytest.mark.parametrize(
    "text", ["{KPI 2:\ncounted}", "{KPI\n2: counted}", "{KPI 2\n: counted}", "{ KPI  2 :\ncounted\n}"]
)
def test_a_figure_may_run_over_a_line(text):
    """An editor that wraps lines changes nothing."""
    assert blocks(f"a {text} b") == (Paragraph(spans=line("a 7 b")),)
    assert blocks(f"- a\n- **{text}**")[0].entries[1] == (Span(text="7", bold=True),)


def test_a_caption_and_the_words_of_a_picture_take_figures():
    """They are text like any other."""
    (found,) = blocks('![{KPI 2: counted}\nroads](road.png "By {report: as of} {#way}")')
    assert (found.alt, found.caption, found.anchor) == ("7 roads", "By 31 March 2022", "way")
    assert blocks("Table: {KPI 2: counted} of them\n\n| a |\n|---|\n| b |")[0].caption == "7 of them"


@pytest.mark.parametrize(
    "text", ["{so they say}", "{report on a visit}", "{as planned}", "{", "a } b", "{a {b} c}", "{{x}}"]
)
def test_other_braces_are_text(text):
    """Whatever asks for no figure is printed as it is written."""
    assert blocks(f"a {text} b") == (Paragraph(spans=line(f"a {text} b")),)


def test_what_a_brace_seems_to_ask_for_is_shown_as_it_is_written():
    """The fix is the figure as it can be copied into the text."""
    braces = ("{KPI 2 count}", "{KPI2 counted}", "{as of}", "{KPI 2}", "{KPI **2**: in the period}", "{KPI 2: counted")
    asked_for = [
        "{KPI 2: counted}",
        "{KPI 2: counted}",
        "{report: as of}",
        "{KPI 2: counted}",
        "{KPI 2: in the period}",
    ]
    fixes = [each.fix for text in braces for each in read(text).problems]
    assert fixes == [f"write it like this, all in one style: {each}" for each in [*asked_for, "{KPI 2: counted}"]]


def test_thousands_of_braces_are_read_at_once():
    """However many are opened and never closed, a text is read in a moment."""
    started = time.perf_counter()
    read("{a:" * 30_000 + "}")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "code", "at", "what"),
    [
        ("a\n\nb {KPI 2: count} c", "narrative-figure-unknown", 3, "{KPI 2: count}"),
        ("a\n{KPI 9: counted}", "narrative-figure-unknown", 2, "{KPI 9: counted}"),
        ("a\n{KPI 2:\ncount}", "narrative-figure-unknown", 2, "{KPI 2: count}"),
        ("a\nb {KPI 2 counted}", "narrative-figure-unknown", 2, "{KPI 2 counted}"),
        ("{KPI\n2 counted}", "narrative-figure-unknown", 1, "{KPI 2 counted}"),
        ("{KPI2 counted}", "narrative-figure-unknown", 1, "{KPI2 counted}"),
        ("{kpi 2}", "narrative-figure-unknown", 1, "{kpi 2}"),
        ("{counted}", "narrative-figure-unknown", 1, "{counted}"),
        ("{report as of}", "narrative-figure-unknown", 1, "{report as of}"),
        ("a\n{KPI 2: counted", "narrative-figure-unknown", 2, "{KPI 2: counted"),
        ("{KPI 2: counted: today}", "narrative-figure-unknown", 1, "{KPI 2: counted: today}"),
        ("{KPI 2: what of all this is counted by the last day}", "narrative-figure-unknown", 1, "{KPI 2: what of"),
        ("a\nb {KPI **2**: counted} c", "narrative-figure-unknown", 2, "{KPI 2: counted"),
        ("**{KPI 2**: counted}", "narrative-figure-unknown", 1, "{KPI 2: counted"),
        ("{KPI 2[^b]: counted}\n\n[^b]: c", "narrative-figure-unknown", 1, "{KPI 2: counted"),
        ('a\n\n![b](road.png "{KPI 2: count}")', "narrative-figure-unknown", 3, "{KPI 2: count}"),
        ("![{KPI 2 counted}](road.png)", "narrative-figure-unknown", 1, "{KPI 2 counted}"),
        ('![b &#x202e;](road.png "c")', "control-character", 1, "U+202E"),
        ('![b](road.png "c &#x202e;")', "control-character", 1, "U+202E"),
        ("![b](press.jpg)", "narrative-image-broken", 1, "'press.jpg'"),
        ("a[^b]", "narrative-footnote-missing", 1, "[^b]"),
        ("a\n\n[^b]: c", "narrative-footnote-unused", 3, "[^b]"),
        ("a[^b]\n\n[^b]: c\n\n[^b]: d", "narrative-footnote-twice", 5, "[^b]"),
        ("a[^b]\n\n[^b]: c\n\n    d", "narrative-unsupported", 3, "more than one paragraph"),
        ("a[^b] e[^c]\n\n[^b]: c[^c]\n[^c]: d", "narrative-unsupported", 3, "a footnote inside a footnote"),
        ("a^[b]", "narrative-unsupported", 1, "within the line"),
        ("# a[^b]\n\n[^b]: c", "narrative-unsupported", 1, "a link or footnote in a heading"),
        ("| [a](#b) |\n|---|\n| c |", "narrative-unsupported", 1, "a link or footnote in a table's heading"),
        ("| a |\n|---|\n| `b` |", "narrative-unsupported", 3, "text between backquotes"),
        ("a ![b](road.png)", "narrative-unsupported", 1, "an image within a line of text"),
        ("a\n\n![b](other.png)", "narrative-image-missing", 3, "'other.png'"),
        ("![b](../X3/road.png)", "narrative-image-missing", 1, "'../X3/road.png'"),
        ("![b](https://example.org/a.png)", "narrative-image-missing", 1, "example.org"),
        ("![b](torn.png)", "narrative-image-broken", 1, "is damaged"),
        ("![b](text.png)", "narrative-image-broken", 1, "is damaged"),
        ("![](road.png)", "narrative-image-undescribed", 1, "'road.png'"),
        ("a <br> b", "narrative-unsupported", 1, "HTML or a comment"),
        ("<table></table>", "narrative-unsupported", 1, "HTML or a comment"),
        ("[a](#)", "narrative-link-refused", 1, "'#'"),
    ],
)
def test_what_cannot_stand_is_a_problem_with_its_line(text, code, at, what):
    """Each slip has its code, the line it stands in, and what to do."""
    found = refused(text)
    assert (code, at) in [each[:2] for each in found]
    assert any(what in each[2] for each in found)
    assert all(each.fix for each in read(text).problems)


def test_a_misspelt_figure_is_guessed():
    """The fix names the nearest one, or all there are."""
    fixes = [each.fix for each in read("{KPI 2: count} {KPI 22: counted} {KPI 2: xyz} {zzz: y}").problems]
    assert sorted(fixes) == [
        "did you mean 'KPI 2'?", "did you mean 'counted'?", "the figures of KPI 2 are: counted, in the period",
        "what has figures is: KPI 2, report",
    ]  # fmt: skip


def test_problems_are_short_and_on_one_line():
    """Whatever an author wrote, a problem quotes it on one line, cut, with nothing invisible in it."""
    text = "{KPI 2: a\u202eb\tc} [^" + "x" * 300 + "]"
    assert all(each.message.isprintable() and len(each.message) < 200 for each in read(text).problems)


def test_pictures_are_judged_by_their_bytes():
    """A name says nothing: PNG and JPEG are taken, everything else and what is too large is not."""
    assert [fault_of(picture(kind)) for kind in ("PNG", "JPEG")] == ["", ""]
    assert fault_of(picture("GIF")) == "is damaged, or no PNG or JPEG picture"
    assert fault_of(press_picture()) == "is a picture of a kind that a Word document cannot carry"
    assert fault_of(b"") == "is damaged, or no PNG or JPEG picture"
    assert fault_of(bytes(LARGEST + 1)) == "has more than 20 megabytes"
    assert fault_of(picture(size=(10_000, 5_001))) == "has more than 50 million dots"


def sections(text, **more):
    section = Section(
        heading="All of it",
        narrative="a.md",
        tables=(TableSpec(of="agreements-signed", caption="Signed"), TableSpec(of="sectors")),
        charts=(ChartSpec(of="partners", caption="By partner"),),
    )
    found = records(narratives={("X2", "a.md"): text})
    return report(asked(sections=(section,)), found=found, **more)


def test_references_resolve_in_the_whole_deliverable():
    """Sections, headings, captioned tables, charts and images can be referred to, wherever they stand."""
    names = ("agreements-signed", "chart-partners", "section-all-of-it", "section-below", "image-a-road", "mine")
    text = (
        " ".join(f"[x](#{each})" for each in names)
        + '\n\n# Below\n\n![a](road.png "A road")\n\nTable: t {#mine}\n\n| a |\n|---|\n| b |'
    )
    found = sections(text, images={("X2", "road.png"): picture(), ("X1", "road.png"): b""})
    anchors = [each.anchor for each in found if isinstance(each, Heading | Table | Chart | Image) and each.anchor]
    assert sorted(anchors) == sorted(names)


def test_a_reference_to_nothing_is_a_problem():
    """narrative-reference-unknown: a name that no block has, or that a table without a number would have."""
    with pytest.raises(RecordsError) as problems:
        sections("a\n\n[x](#agreement-signed) [y](#sectors) [z](#qqqqqqqq)")
    assert [(each.code, str(each.location)) for each in problems.value.problems] == [
        ("narrative-reference-unknown", f"{PATH}:3")
    ] * 3
    fixes = sorted(each.fix for each in problems.value.problems)
    assert fixes[0] == "did you mean '#agreements-signed'?"
    assert fixes[-1].startswith("there are: section-all-of-it, chart-partners")


def test_a_plan_has_references_images_and_footnotes_and_no_figures():
    """What a plan's text asks of the register is a problem; the rest works there as well."""
    found = records(narratives={("X2", "a.md"): "[x](#agreements)[^a]\n\n![b](road.png)\n\n[^a]: c"})
    plan = asked(sections=(Section(heading="A", narrative="a.md", tables=(TableSpec(of="agreements", caption="B"),)),))
    blocks = plan_blocks(found, plan, as_of=records().project.end, images={("X2", "road.png"): picture()})
    assert [each.anchor for each in blocks if isinstance(each, Table) and each.caption] == ["agreements"]
    with pytest.raises(RecordsError, match="figures stand in deliverables that report"):
        plan_blocks(records(narratives={("X2", "a.md"): "{KPI 2: counted}"}), plan, as_of=records().project.end)


def test_a_compile_changes_no_text_of_an_author():
    """Every word and mark of a narrative arrives, figures apart."""
    text = "Prices rose by 5 % – {so they say}; see [the page](https://example.org/?a=1&b=2) & more."
    (paragraph,) = (
        each for each in sections(text) if isinstance(each, Paragraph) and each.spans[0].text[:6] == "Prices"
    )
    assert "".join(span.text for span in paragraph.spans) == (
        "Prices rose by 5 % – {so they say}; see the page & more."
    )
