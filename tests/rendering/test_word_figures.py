"""Pictures and charts: native, editable, described, in colours that everyone tells apart, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import combinations

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image as Pictures
from word_documents import TEMPLATE, body, changed, compiled, part
from word_reports import chart, image, picture

from elca_docs.errors import RecordsError
from elca_docs.model.blocks import Series
from elca_docs.rendering.chart_colours import _ratio, palette_of, text_on
from elca_docs.rendering.word_template import StyleSheet, opened

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
KINDS = ("bars", "stacked", "columns", "lines", "steps")


def space(block):
    return part(compiled(block), "word/charts/chart1.xml")


def drawings(*blocks):
    return [*part(compiled(*blocks), "word/document.xml").iter(qn("wp:inline"))]


def press_picture():
    """Return a sound JPEG in the colours of a press, whose header is neither JFIF nor Exif."""
    stream = io.BytesIO()
    Pictures.new("CMYK", (4, 3)).save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_a_part_with_its_numbers_and_a_workbook(kind):
    """The numbers stand in the chart's part and in the workbook behind it, which the part leads to."""
    block = chart(kind)
    data = compiled(block)
    document = docx.Document(io.BytesIO(data))
    made = next(each for each in document.part.rels.values() if each.reltype.endswith("/chart")).target_part
    identifier = etree.fromstring(made.blob).find(f"{C}externalData").get(qn("r:id"))
    workbook = made.rels[identifier].target_part
    assert workbook.content_type.endswith("spreadsheetml.sheet")
    rows = [*openpyxl.load_workbook(io.BytesIO(workbook.blob))["Sheet1"].iter_rows(values_only=True)]
    assert rows[0] == (None, *(each.name for each in block.series))
    assert [row[0] for row in rows[1:]] == ["Oak", "Beech & elm", "=1+1"]
    assert [list(column)[1:] for column in zip(*rows, strict=True)][1:] == [[*each.values] for each in block.series]
    cached = [
        [(int(point.get("idx")), float(point.findtext(f"{C}v"))) for point in series.find(f"{C}val").iter(f"{C}pt")]
        for series in etree.fromstring(made.blob).iter(f"{C}ser")
    ]
    assert cached == [[(i, v) for i, v in enumerate(each.values) if v is not None] for each in block.series]


def test_the_workbook_holds_text_as_text():
    """A name that looks like a formula or an address is neither in the workbook."""
    data = compiled(chart("bars", categories=("=1+1", "https://example.org", "42")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read(name)))["Sheet1"]
    assert [(each.value, each.data_type, each.hyperlink) for each in sheet["A"][1:]] == [
        ("=1+1", "s", None),
        ("https://example.org", "s", None),
        ("42", "s", None),
    ]


def test_charts_have_the_same_bytes_each_time():
    """Nothing of the day gets into a chart or its workbook."""
    blocks = [chart(kind) for kind in KINDS]
    assert compiled(*blocks) == compiled(*blocks)


def test_a_drawing_says_what_it_shows():
    """Pictures and charts have an alternative text of one line, and a number of their own."""
    made = drawings(chart("bars", alt="Nests\nper wood <b>"), image(alt="A box"), chart("lines"))
    about = [each.find(qn("wp:docPr")) for each in made]
    assert [each.get("descr") for each in about] == ["Nests per wood <b>", "A box", "How many nests there are"]
    assert len({each.get("id") for each in about}) == 3


@pytest.mark.parametrize("kind", ["bars", "stacked", "steps"])
def test_the_first_category_of_lying_bars_is_on_top(kind):
    """Bars read from top to bottom, and their axis of values stays at the foot."""
    axes = space(chart(kind)).find(f".//{C}plotArea")
    assert axes.find(f"{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert axes.find(f"{C}valAx/{C}crosses").get("val") == "max"


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((3, 12), ("0", "14", "2")),
        ((1, 0), ("0", "2", "1")),
        ((0, 0), ("0", "1", "1")),
        ((-7, 20), ("-10", "25", "5")),
        ((0.2, 0.4), ("0", "0.45", "0.05")),
        ((900, 2000), ("0", "2500", "500")),
    ],
)
def test_an_axis_counts_in_whole_steps_from_zero(values, ends):
    """An axis begins at zero or below, ends behind the longest bar, and has steps that can be counted."""
    axis = space(rows("bars", values))
    axis = axis.find(f".//{C}valAx")
    found = (axis.find(f"{C}scaling/{C}min"), axis.find(f"{C}scaling/{C}max"), axis.find(f"{C}majorUnit"))
    assert tuple(each.get("val") for each in found) == ends


def rows(kind, *values):
    """Return a chart of these rows of numbers."""
    series = tuple(Series(name=f"Row {n}", values=tuple(map(float, each))) for n, each in enumerate(values))
    return replace(chart(kind), categories=tuple("abcdefghijkl"[: len(values[0])]), series=series)


def test_stacked_bars_end_within_the_axis():
    """The axis is as long as the bars laid end to end."""
    axis = space(rows("stacked", (3, 4), (9, 9), (1, 0))).find(f".//{C}valAx/{C}scaling/{C}max")
    assert axis.get("val") == "14"


def test_the_offset_of_a_timeline_is_not_seen():
    """The first series of steps has neither colour nor name nor numbers; the others are seen."""
    first, second, _ = space(chart("steps", series=3)).iter(f"{C}ser")
    assert first.find(f"{C}spPr/{A}noFill") is not None
    assert first.findtext(f"{C}tx/{C}v").strip() == ""
    assert second.find(f"{C}spPr/{A}solidFill") is not None
    assert space(chart("steps", series=3)).find(f".//{C}dLbls") is None


@pytest.mark.parametrize(
    ("kind", "series", "named"), [("bars", 1, 0), ("bars", 2, 1), ("steps", 2, 0), ("steps", 3, 1)]
)
def test_a_legend_stands_where_there_is_something_to_tell_apart(kind, series, named):
    """One visible series needs no legend."""
    assert len(space(chart(kind, series=series)).findall(f".//{C}legend")) == named


def test_lines_differ_in_dashes_and_marks():
    """Lines are told apart without colour, and the last number of each stands at its end."""
    lines = [*space(chart("lines", series=3)).iter(f"{C}ser")]
    assert len({each.find(f".//{A}prstDash").get("val") for each in lines}) == 3
    assert len({each.find(f".//{C}symbol").get("val") for each in lines}) == 3
    assert [each.find(f"{C}dLbls/{C}dLbl/{C}idx").get("val") for each in lines] == ["2", "2", "2"]


def test_a_line_of_many_points_has_no_marks():
    """Forty marks would hide the line; a line without any value has no number at its end."""
    long = replace(chart("lines"), categories=("x",) * 40, series=(Series(name="a", values=(1.0, *(None,) * 39)),))
    assert space(long).find(f".//{C}symbol").get("val") == "none"
    empty = replace(chart("lines"), series=(Series(name="a", values=(None, None, None)),))
    assert space(empty).find(f".//{C}dLbl") is None


def test_a_fifth_series_has_stripes():
    """Where the colours are used up, a pattern tells areas apart."""
    fifth = [*space(chart("stacked", series=5)).iter(f"{C}ser")][4]
    assert fifth.find(f"{C}spPr/{A}pattFill") is not None


def test_many_bars_carry_no_numbers():
    """Numbers that would stand on one another are left out."""
    assert space(rows("bars", range(12), range(12))).find(f".//{C}dLbls") is not None
    many = [tuple(range(12))] * 6
    assert space(rows("bars", *many)).find(f".//{C}dLbls") is None


def test_a_chart_of_nothing_is_a_chart():
    """A chart without categories or series can be opened and has its caption."""
    found = body(replace(chart("bars"), categories=(), series=()))
    assert [each.text for each in found.paragraphs][-1] == "Figure 1. Nests by wood"


def test_a_chart_speaks_in_the_font_of_the_template():
    """The letters of a chart are those of the text, and readable; the axis says what it counts."""
    made = space(chart("bars", unit="Nests & <eggs>"))
    letters = made.findall(f"{C}txPr//{A}defRPr")
    assert [(each.get("sz"), each.find(f"{A}latin").get("typeface")) for each in letters] == [("900", "Arial")]
    assert made.findtext(f".//{C}valAx/{C}title//{A}t") == "Nests & <eggs>"
    assert space(chart("bars", unit="")).find(f".//{C}valAx/{C}title") is None


def palette(template):
    document = opened(template, name="x")
    return palette_of(document, StyleSheet(document, template="x"))


def test_colours_are_told_apart_by_lightness():
    """Any two colours differ in lightness, so that no eye and no grey printer takes one for the other."""
    assert palette(TEMPLATE)[0] == "1F4E79"
    assert all(_ratio(one, other) >= 1.6 for one, other in combinations(palette(TEMPLATE), 2))


def themed(*colours):
    """Return the template with a theme of these accents."""
    accents = "".join(f'<a:accent{n}><a:srgbClr val="{each}"/></a:accent{n}>' for n, each in enumerate(colours, 1))
    theme = f'<a:theme xmlns:a="{A[1:-1]}" name="T"><a:themeElements>{accents}</a:themeElements></a:theme>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="theme/theme1.xml"/></Relationships>'
    data = changed(TEMPLATE, "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", relation))
    declared = (
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )
    data = changed(data, "[Content_Types].xml", lambda xml: xml.replace("</Types>", declared))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/theme/theme1.xml", theme)
    return stream.getvalue()


def test_the_colours_of_a_theme_come_first_where_they_differ():
    """Accents of the template are taken in order; one that is as light as another before it is not."""
    found = palette(themed("4472C4", "ED7D31", "4471C3", "FFC000"))
    assert found[:2] == ("4472C4", "ED7D31")
    assert "4471C3" not in found
    assert all(_ratio(one, other) >= 1.3 for one, other in combinations(found, 2))


def test_a_broken_theme_is_no_reason_to_fail():
    """Without readable accents the colour of the headings leads."""
    assert palette(themed("nonsense"))[0] == "1F4E79"


@pytest.mark.parametrize(("colour", "letters"), [("1F4E79", "FFFFFF"), ("FFC000", "000000"), ("FFFFFF", "000000")])
def test_numbers_within_bars_can_be_read(colour, letters):
    """White letters stand on dark colours only (contrast of 4.5)."""
    assert text_on(colour) == letters


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_as_wide_as_its_share(form):
    """A picture takes its share of the text's width, keeps its proportions, and is in the file as it came."""
    data = picture(form, (600, 300))
    (made,) = drawings(image(data=data, share=50))
    size = made.find(qn("wp:extent"))
    assert (int(size.get("cx")), int(size.get("cy"))) == (9412 * 635 // 2, 9412 * 635 // 4)
    with zipfile.ZipFile(io.BytesIO(compiled(image(data=data)))) as archive:
        assert data in [archive.read(each) for each in archive.namelist() if "media" in each]


def test_a_tall_picture_stays_on_a_page_with_its_caption():
    """No picture is taller than four fifths of the text."""
    (made,) = drawings(image(data=picture(size=(10, 400))))
    size = made.find(qn("wp:extent"))
    assert int(size.get("cy")) == int((16838 - 1474 - 1304) * 635 * 0.8)
    assert int(size.get("cy")) // int(size.get("cx")) == 40


def test_a_figure_stays_with_its_caption():
    """The figure keeps with the caption under it, the caption with nothing."""
    figure, caption = body(image()).paragraphs
    assert (figure.paragraph_format.keep_with_next, caption.paragraph_format.keep_with_next) == (True, False)
    alone = body(image(caption="")).paragraphs
    assert [each.paragraph_format.keep_with_next for each in alone] == [False]


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:60], picture("GIF")),
        *(picture("JPEG", (600, 300))[:900], press_picture()),
    ],
    ids=["empty", "gif-head", "svg", "cut-png", "gif", "cut-jpeg", "headless-jpeg"],
)
def test_what_is_no_sound_picture_is_refused(data):
    """picture-refused names the picture by its caption and says what to do."""
    with pytest.raises(RecordsError) as refused:
        compiled(image(data=data))
    (problem,) = refused.value.problems
    assert problem.code == "picture-refused"
    assert "'A box'" in problem.message
    assert "PNG or JPEG" in problem.fix


@pytest.mark.parametrize("size", [(9000, 6000), (12_000, 10_000), (20_000, 20_000)])
def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(size):
    """A small file that unpacks to gigabytes is refused, and nothing is printed about it."""
    stream = io.BytesIO()
    Pictures.new("1", size).save(stream, "PNG")
    with pytest.raises(RecordsError) as refused:
        compiled(image(data=stream.getvalue()))
    assert [each.code for each in refused.value.problems] == ["picture-refused"]
