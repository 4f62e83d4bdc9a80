"""Pictures and charts as they stand in a paragraph: size, alternative text, and the paragraph itself.

A picture that is no sound PNG or JPEG is refused with one sentence: Word would not open the document. What a chart
consists of is decided in `word_charts`.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from elca_docs.errors import Problem, RecordsError
from elca_docs.model.blocks import Image
from elca_docs.rendering.word_text import keep_with_next, paragraph, properties, space, writable

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

    from elca_docs.rendering.word_sections import Room

FIGURE_STYLE: Final = "Body Text"
EMU: Final = 635
"""English metric units in a twip."""
_MOST_DOTS: Final = 50_000_000
_TALLEST: Final = 0.8
"""The most of a page's height that a figure takes, so that its caption stays with it."""
_FIX: Final = "save it again as PNG or JPEG"


def picture(image: Image, part: DocumentPart, room: Room, number: int) -> BaseOxmlElement:
    """Return a picture as wide as its share of the text; RecordsError picture-refused for anything but PNG or JPEG."""
    across, along = _dots(image)
    width = room.width * EMU * min(max(image.share, 1), 100) // 100
    height = width * along // across
    tallest = int(room.height * EMU * _TALLEST)
    if height > tallest:
        width, height = width * tallest // height, tallest
    try:
        identifier, _ = part.get_or_add_image(io.BytesIO(image.data))
    except Exception as error:  # the library knows only JPEGs that begin as JFIF or Exif do, and leaks as above
        raise _refused(image, "it is of a kind that a document cannot carry") from error
    made = CT_Inline.new_pic_inline(number, identifier, f"picture{number}", Emu(max(width, 1)), Emu(max(height, 1)))
    _describe(made, f"Picture {number}", image.alt)
    return cast("BaseOxmlElement", made)


def chart_frame(identifier: str, alt: str, size: tuple[int, int], number: int) -> BaseOxmlElement:
    """Return the frame that shows a chart by its relationship; `size` is width and height in twips."""
    width, height = (each * EMU for each in size)
    made = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name=""/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphicData></a:graphic>'
        "</wp:inline>"
    )
    next(made.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")).set(qn("r:id"), identifier)
    _describe(made, f"Chart {number}", alt)
    return made


def figure(drawing: BaseOxmlElement, style_id: str, *, captioned: bool) -> CT_P:
    """Return the paragraph of a figure, which stays on the page of its caption."""
    made = paragraph(style_id)
    properties(made).jc_val = WD_ALIGN_PARAGRAPH.CENTER
    space(made, before="120", after="60", line="240", lineRule="auto")
    keep_with_next(made, keep=captioned)
    made.add_r().add_drawing(drawing)  # type: ignore[arg-type]
    return made


def _describe(made: BaseOxmlElement, name: str, alt: str) -> None:
    """Say what a drawing shows; a screen reader reads it out."""
    for each in made.iter(qn("wp:docPr")):
        each.set("name", name)
        each.set("descr", " ".join(writable(alt).split()))


def _dots(image: Image) -> tuple[int, int]:
    """Return width and height of a picture in dots, all of it read once."""
    from PIL import Image as Pictures

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a picture that unpacks to gigabytes is only warned of
        try:
            with Pictures.open(io.BytesIO(image.data), formats=("PNG", "JPEG")) as found:
                width, height = found.size
                many = width * height > _MOST_DOTS
                if not many:
                    found.load()
        except Exception as error:  # the library leaks every kind of exception on damaged parts
            raise _refused(image, "it is no PNG or JPEG, or it is damaged") from error
    if many:
        raise _refused(image, f"it has {width:,} by {height:,} dots")
    return width, height


def _refused(image: Image, why: str) -> RecordsError:
    named = writable(image.caption or image.alt or "without a caption")
    return RecordsError(Problem("picture-refused", f"the picture '{named}' cannot be used: {why}", fix=_FIX))
