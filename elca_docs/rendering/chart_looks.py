"""How charts look: colours, letters, labels and legend, written into the XML of the data.

A chart says the same without colour: bars differ in lightness, lines in their dashes and marks, and numbers stand at
the bars. It changes no number; the axes are `chart_axes`'s matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from elca_docs.rendering.chart_axes import set_axes
from elca_docs.rendering.chart_colours import text_on
from elca_docs.rendering.chart_parts import C, one, put, read

if TYPE_CHECKING:
    from elca_docs.model.blocks import Chart

_SIZE: Final = 900
"""Letters of 9 points, in hundredths."""
_INK: Final = "404040"
_MOST_LABELS: Final = 60
_MOST_MARKS: Final = 36
_MARKS: Final = ("circle", "diamond", "square", "triangle")
_DASHES: Final = ("solid", "dash", "sysDot", "dashDot")
_AFTER_SHAPE: Final = ("invertIfNegative", "marker", "dPt", "dLbls", "cat", "val", "smooth")
_GAPS: Final = {"bars": 60, "columns": 110, "stacked": 45, "steps": 45}
"""What stays free between the bars of two categories, in per cent of a bar's width."""
_LABELS_SHOW: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the charts of a document share: four colours as RRGGBB, and the font of its text, empty for its theme's."""

    palette: tuple[str, ...]
    font: str = ""


def styled(xml: bytes, chart: Chart, look: Look) -> bytes:
    """Return the XML of a chart with its look, and the place for its workbook (externalData) at its end."""
    space = read(xml)
    put(space, '<c:roundedCorners val="0"/>', ("chart",))
    one(space, "autoTitleDeleted").set("val", "1")  # the caption says what the chart shows
    _set_plot(space, chart)
    for number, series in enumerate(space.iter(f"{C}ser")):
        _dress(series, number, chart, look)
    set_axes(space, chart)
    _set_legend(one(space, "chart"), chart)
    put(one(space, "chart"), '<c:plotVisOnly val="1"/>', ("dispBlanksAs",))
    put(space, f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letters(look.font)}", ())
    put(space, '<c:externalData r:id=""><c:autoUpdate val="0"/></c:externalData>')
    return etree.tostring(space, encoding="UTF-8", xml_declaration=True, standalone=True)


def _set_plot(space: etree._Element, chart: Chart) -> None:
    """Set how far bars stand apart, and that a series has one colour."""
    if chart.kind == "lines":
        return
    plot = one(space, "barChart")
    put(plot, '<c:varyColors val="0"/>', ("ser", "gapWidth", "overlap", "axId"))
    beside = chart.kind in {"bars", "columns"}
    overlap = "-5" if beside else "100"
    put(plot, f'<c:gapWidth val="{_GAPS[chart.kind]}"/><c:overlap val="{overlap}"/>', ("serLines", "axId"))


def _dress(series: etree._Element, number: int, chart: Chart, look: Look) -> None:
    """Give a series its colour, marks and labels; the offset of a timeline is there and not seen."""
    if chart.kind == "steps":
        if number == 0:
            # Programs count the entries of a legend differently, so none is taken out: this one is blank.
            put(series, "<c:tx><c:v>\N{NO-BREAK SPACE}</c:v></c:tx>", ("spPr", *_AFTER_SHAPE))
            put(series, "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>", _AFTER_SHAPE)
            return
        number -= 1
    colour = look.palette[number % len(look.palette)]
    again = number >= len(look.palette)
    if chart.kind == "lines":
        _draw_line(series, number, chart, colour)
        return
    edge = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill></a:ln>'
    put(series, f"<c:spPr>{_fill(colour, again=again)}{edge}</c:spPr>", _AFTER_SHAPE)
    put(series, '<c:invertIfNegative val="0"/>', _AFTER_SHAPE[1:])
    inside = "" if chart.kind in {"bars", "columns"} else ("000000" if again else text_on(colour))
    labels = len(chart.categories) * len(chart.series) <= _MOST_LABELS and chart.kind != "steps"
    if labels:
        put(series, _labels(inside), _AFTER_SHAPE[4:])


def _fill(colour: str, *, again: bool) -> str:
    """Return how an area is filled; a colour used once more gets stripes."""
    tone = f'<a:srgbClr val="{colour}"/>'
    if not again:
        return f"<a:solidFill>{tone}</a:solidFill>"
    white = '<a:srgbClr val="FFFFFF"/>'
    return f'<a:pattFill prst="wdUpDiag"><a:fgClr>{tone}</a:fgClr><a:bgClr>{white}</a:bgClr></a:pattFill>'


def _labels(inside: str) -> str:
    """Return the numbers at the bars: behind them, or in a colour within them, where nothing is written for zero."""
    form = "General;-General;;" if inside else "General"
    place = "ctr" if inside else "outEnd"
    return (
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_letters("", inside or _INK, size=800)}<c:dLblPos val="{place}"/>{_LABELS_SHOW.format(value=1)}</c:dLbls>'
    )


def _draw_line(series: etree._Element, number: int, chart: Chart, colour: str) -> None:
    """Draw a line with dashes and marks of its own, and write its last number at its end."""
    tone = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    edge = f'<a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill>'
    dash = _DASHES[number % len(_DASHES)]
    put(
        series,
        f'<c:spPr><a:ln w="28575" cap="rnd">{tone}<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>',
        _AFTER_SHAPE,
    )
    mark = _MARKS[number % len(_MARKS)] if len(chart.categories) <= _MOST_MARKS else "none"
    looks = f'<c:size val="7"/><c:spPr>{tone}<a:ln w="6350">{edge}</a:ln></c:spPr>' if mark != "none" else ""
    put(series, f'<c:marker><c:symbol val="{mark}"/>{looks}</c:marker>', _AFTER_SHAPE[2:])
    values = chart.series[number].values
    last = max((place for place, value in enumerate(values) if value is not None), default=None)
    if last is not None:
        place = "b" if number % 2 else "t"
        put(
            series,
            f'<c:dLbls><c:dLbl><c:idx val="{last}"/><c:spPr><a:noFill/></c:spPr>{_letters("", bold=True)}'
            f'<c:dLblPos val="{place}"/>{_LABELS_SHOW.format(value=1)}</c:dLbl>'
            f"{_LABELS_SHOW.format(value=0)}</c:dLbls>",
            _AFTER_SHAPE[4:],
        )


def _set_legend(chart: etree._Element, block: Chart) -> None:
    """Name the series below the chart where there are several."""
    for old in chart.findall(f"{C}legend"):
        chart.remove(old)
    if len(block.series) - (block.kind == "steps") > 1:
        put(
            chart,
            '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>',
            ("plotVisOnly", "dispBlanksAs", "showDLblsOverMax"),
        )


def _letters(font: str, colour: str = _INK, *, size: int = _SIZE, bold: bool = False) -> str:
    """Return the look of letters."""
    face = f"<a:latin typeface={quoteattr(font)}/><a:cs typeface={quoteattr(font)}/>" if font else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="{int(bold)}"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill>{face}</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
