"""The stamp of a page: a line of text, and a QR code drawn as squares of a path, not as a picture.

Always a full QR symbol at level Q, never a Micro QR, whose finder readers take for noise (evidence notes 3.8). A
stamp is marked as an artifact, so that a screen reader does not read it out as a part of the agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.frames import Box, Frame, Matrix, inherited, moved
from elca_docs.pdf.layouts import CODE, Layout, Line
from elca_docs.pdf.parts import added, array, compressed, dictionary, form_drawing, members_of, put, value_of, written

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject

FONT: Final = "Helvetica"
_DESCENT: Final = 0.25


@dataclass(frozen=True, slots=True)
class PageStamp:
    """What is printed on one page: a line for people and the text of the code for programs.

    Signs of the line that Western European Windows (cp1252) lacks are printed as "?".
    """

    line: str
    code: str


def modules_of(code: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR symbol without its quiet zone, rows from the top, true where dark."""
    import segno

    symbol = segno.make(code, micro=False, error="q", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)


def length_of(line: str) -> float:
    """Return how long a line is in points, printed in size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(_printable(line), FONT, 1))


def put_stamp(writer: PdfWriter, page: PageObject, frame: Frame, stamp: PageStamp, layout: Layout) -> None:
    """Draw a stamp on a page of the writer, its own content moved as the layout says."""
    code = _put_resource(page, "/XObject", "/PageCode", _drawing(writer, stamp.code))
    font = _put_resource(page, "/Font", "/PageLine", _font(writer))
    content = value_of(page, "/Contents")
    parts = members_of(content) or ([page.raw_get("/Contents")] if isinstance(content, dict) else [])
    missing, open_ = _balance(writer, page)
    before = f"q {_moving(frame, layout)}{'q ' * missing}\n"
    drawn = [
        f"{'Q ' * (open_ + missing + 1)}/Artifact <</Type /Pagination>> BDC q {_numbers(frame.matrix)} cm",
        _code(code, layout.code),
        _text(font, stamp.line, layout.line),
        "Q EMC",
    ]
    first, last = (added(writer, compressed(each.encode("ascii"))) for each in (before, "\n".join(("", *drawn, ""))))
    put(page, "/Contents", array([first, *parts, last]))


def move_of(frame: Frame, layout: Layout) -> Matrix:
    """Return by which matrix the content of a page moves, in the page's own coordinates."""
    scale = layout.scale
    across, up = moved(frame.matrix, frame.width / 2, frame.height)
    origin, end = moved(frame.matrix, 0, 0), moved(frame.matrix, -layout.shift, 0)
    return (scale, 0, 0, scale, (1 - scale) * across + end[0] - origin[0], (1 - scale) * up + end[1] - origin[1])


def _moving(frame: Frame, layout: Layout) -> str:
    """Return the operators that move the content, and hide what the page's edge hid before; none where it stays."""
    if not layout.moves:
        return ""
    left, bottom, right, top = frame.box
    visible = _numbers((left, bottom, right - left, top - bottom))
    return f"{_numbers(move_of(frame, layout))} cm {visible} re W n "


def _balance(writer: PdfWriter, page: PageObject) -> tuple[int, int]:
    """Return how many states (q) the content restores without having saved them, and how many it leaves open."""
    from pypdf.generic import ContentStream

    depth = lowest = 0
    try:
        operations = ContentStream(page["/Contents"], writer).operations if "/Contents" in page else []
    except Exception:  # noqa: BLE001 - parsers leak every kind of exception; such a page draws what it can
        return 0, 0
    for _, operator in operations:
        depth += (operator == b"q") - (operator == b"Q")
        lowest = min(lowest, depth)
    return -lowest, depth


def _code(name: str, box: Box) -> str:
    return f"q {_numbers((1, 0, 0, 1, box[0], box[1]))} cm {name} Do Q"


def _text(font: str, text: str, line: Line) -> str:
    """Return the operators that write the line in its box, from left to right or upwards."""
    left, bottom, right, _ = line.box
    up = line.size * _DESCENT
    place = (0, 1, -1, 0, right - up, bottom) if line.upwards else (1, 0, 0, 1, left, bottom + up)
    signs = _printable(text).encode("cp1252").hex()
    return f"BT {font} {_numbers((line.size,))} Tf 0 g 0 Tr {_numbers(place)} Tm <{signs}> Tj ET"


def _printable(line: str) -> str:
    return line.encode("cp1252", "replace").decode("cp1252")


def _drawing(writer: PdfWriter, code: str) -> IndirectObject:
    """Return the code as a drawing of its own, 18 mm wide, in the writer."""
    rows = modules_of(code)
    side = len(rows)
    one = CODE / side
    dark = [
        f"{start} {side - 1 - up} {length} 1 re" for up, modules in enumerate(rows) for start, length in _runs(modules)
    ]
    content = "\n".join((f"{_numbers((one, 0, 0, one, 0, 0))} cm 0 g", *dark, "f"))
    return added(writer, form_drawing(content.encode("ascii"), CODE, CODE))


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return where dark modules follow one another: the first of them, and how many."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


def _font(writer: PdfWriter) -> IndirectObject:
    """Return the font of the line, one of those that every reader has (ISO 32000-1, 9.6.2.2)."""
    facts = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": f"/{FONT}", "/Encoding": "/WinAnsiEncoding"}
    return added(writer, dictionary(facts))


def _put_resource(page: PageObject, kind: str, name: str, resource: IndirectObject) -> str:
    """Add a resource to the page alone, although pages may share theirs, and return the name it got."""
    resources = _copy(inherited(page, "/Resources"))
    some = _copy(value_of(resources, kind))
    while name in some:
        name += "X"
    put(some, name, resource)
    put(resources, kind, some)
    put(page, "/Resources", resources)
    return name


def _copy(value: object) -> DictionaryObject:
    """Return a dictionary with the same entries; an empty one where there is none."""
    from pypdf.generic import DictionaryObject

    return dictionary({key: value.raw_get(key) for key in value} if isinstance(value, DictionaryObject) else {})


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(written(value) for value in values)
