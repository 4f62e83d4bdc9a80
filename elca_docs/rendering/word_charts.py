"""Charts as Word has them: a part with the drawing, and a workbook behind it that Word opens to edit the numbers.

The XML of the data is python-pptx's (its chart writer knows nothing of presentations); how it looks is `chart_looks`'s
matter. The workbook holds text as text: no name of a category becomes a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml

from elca_docs.model.blocks import Chart
from elca_docs.opc import restamped
from elca_docs.rendering.chart_looks import Look, styled
from elca_docs.rendering.word_pictures import chart_frame
from elca_docs.rendering.word_text import writable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from pptx.chart.data import CategoryChartData

    from elca_docs.rendering.word_sections import Room

_FIRST_DAY: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the writer wants none; as the members of `opc`
_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CENTIMETRE: Final = 567  # twips
_TALLEST: Final = 0.8


def chart(block: Chart, document: Document, look: Look, room: Room, number: int) -> BaseOxmlElement:
    """Return the frame of a chart whose parts are in the document from now on; same block, same bytes."""
    package = document.part.package
    data = _data_of(block)
    workbook = Part(
        package.next_partname("/word/embeddings/Microsoft_Excel_Worksheet%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        workbook_of(block),
        package,
    )
    part = XmlPart(
        package.next_partname("/word/charts/chart%d.xml"),
        CONTENT_TYPE.DML_CHART,
        parse_xml(styled(_xml_of(block, data), block, look)),
        package,
    )
    identifier = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    for each in part.element.iter("{*}externalData"):
        each.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", identifier)
    height = min(_height(block), int(room.height * _TALLEST))
    return chart_frame(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART), block.alt, (room.width, height), number)


def workbook_of(block: Chart) -> bytes:
    """Return the workbook behind a chart: categories in column A, a series in each column right of it."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    workbook = Workbook(stream, _PLAIN)
    workbook.set_properties({"created": _FIRST_DAY})
    sheet = workbook.add_worksheet("Sheet1")  # the name the chart's XML refers to
    sheet.write_column(1, 0, [writable(each) for each in _categories(block)])
    for column, series in enumerate(block.series, start=1):
        sheet.write_string(0, column, writable(series.name))
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    workbook.close()
    return restamped(stream.getvalue())


def _data_of(block: Chart) -> CategoryChartData:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [writable(each) for each in _categories(block)]
    for series in block.series:
        data.add_series(writable(series.name), series.values)  # type: ignore[no-untyped-call]
    return data


def _categories(block: Chart) -> tuple[str, ...]:
    """Return the categories; the writer needs one."""
    return block.categories or ("",)


def _xml_of(block: Chart, data: CategoryChartData) -> bytes:
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE

    kind = {
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
        "steps": XL_CHART_TYPE.BAR_STACKED,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }[block.kind]
    xml: str = ChartXmlWriter(kind, data).xml  # type: ignore[no-untyped-call]
    return xml.encode("utf-8")


def _height(block: Chart) -> int:
    """Return how tall a chart is to be, in twips: bars take room by their number, the rest has one height."""
    if block.kind in {"lines", "columns"}:
        return 8 * _CENTIMETRE
    beside = len(block.series) if block.kind == "bars" else 1.4
    return int((2.4 + len(block.categories) * (0.4 * beside + 0.25)) * _CENTIMETRE)
