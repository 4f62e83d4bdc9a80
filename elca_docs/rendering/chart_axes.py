"""The axes of a chart: whole steps from zero, the first category on top, and what the values count, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from elca_docs.rendering.chart_parts import C, one, put
from elca_docs.rendering.word_text import writable

if TYPE_CHECKING:
    from lxml import etree

    from elca_docs.model.blocks import Chart

_GRID: Final = "D9D9D9"
_LINE: Final = "8C8C8C"
_PARTS: Final = 8
"""Into how many parts an axis is divided at most."""
_AFTER_TITLE: Final = ("numFmt", "majorTickMark", "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx")


def set_axes(space: etree._Element, chart: Chart) -> None:
    """Set both axes of a chart."""
    _number(space)
    lying = chart.kind in {"bars", "stacked", "steps"}
    names, values = one(space, "catAx"), one(space, "valAx")
    put(names, f"<c:spPr>{_stroke(_LINE)}</c:spPr>", ("txPr", "crossAx"))
    for axis in (names, values):
        one(axis, "majorTickMark").set("val", "none")
    one(names, "tickLblPos").set("val", "low")  # below the bars that go below zero
    if lying:
        one(one(names, "scaling"), "orientation").set("val", "maxMin")
        one(values, "crosses").set("val", "max")
    _set_values(values, chart)


def _number(space: etree._Element) -> None:
    """Give the axes numbers that the schema allows; the writer's are below zero."""
    known: dict[str, str] = {}
    for each in space.iter(f"{C}axId", f"{C}crossAx"):
        each.set("val", known.setdefault(each.get("val", ""), str(1001 + len(known))))


def _set_values(axis: etree._Element, chart: Chart) -> None:
    """Let an axis of values run from zero, or from below it, in steps that can be counted, and say what it counts."""
    low, high = _ends(chart)
    step = _step(high - low)
    room = -1e-9 if chart.kind in {"stacked", "steps"} else 1e-9  # for the number behind a bar as long as the axis
    bounds = f'<c:max val="{_written(max(math.ceil(high / step + room), 1) * step)}"/>'
    bounds += f'<c:min val="{_written(math.floor(low / step) * step)}"/>'
    put(one(axis, "scaling"), f'<c:orientation val="minMax"/>{bounds}')
    put(axis, f"<c:majorGridlines><c:spPr>{_stroke(_GRID)}</c:spPr></c:majorGridlines>", ("title", *_AFTER_TITLE))
    if chart.unit:
        words = escape(writable(chart.unit))
        put(
            axis,
            '<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b="0"/></a:pPr><a:r>'
            f'<a:rPr lang="en-GB" b="0"/><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>',
            _AFTER_TITLE,
        )
    put(axis, '<c:numFmt formatCode="General" sourceLinked="0"/>', _AFTER_TITLE[1:])
    put(axis, "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>", ("txPr", "crossAx"))
    put(axis, f'<c:crossBetween val="between"/><c:majorUnit val="{_written(step)}"/>')


def _ends(chart: Chart) -> tuple[float, float]:
    """Return the lowest and highest point that bars or lines reach, zero among them."""
    if chart.kind in {"stacked", "steps"}:
        columns = [*zip(*(series.values for series in chart.series), strict=False)]
        tops = [sum(max(value or 0, 0) for value in column) for column in columns]
        bottoms = [sum(min(value or 0, 0) for value in column) for column in columns]
    else:
        tops = bottoms = [value for series in chart.series for value in series.values if value is not None]
    return min([0, *bottoms]), max([0, *tops])


def _step(span: float) -> float:
    """Return the step of an axis: 1, 2 or 5 times a power of ten, never less than 1 where whole numbers are counted."""
    if span <= 0:
        return 1
    rough = span / _PARTS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return max(step, 1) if span >= 1 else step


def _written(value: float) -> str:
    return f"{value:.10g}"


def _stroke(colour: str) -> str:
    return f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
