"""index.pdf of a pack: what index.xlsx says, for who has only a reader of PDFs. Links go to headings and to files.

The letters come from a font that covers the languages of Western and parts of Central Europe; a letter that it lacks
loses its mark, or is shown as "?": the workbook has every name in full.
"""

from __future__ import annotations

import html
import io
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from elca_docs.model.pack import Pack, PackedFigure, PackedFile, PackedLine

if TYPE_CHECKING:
    from collections.abc import Collection

_FONT, _BOLD = "Vera", "VeraBd"
_INK, _BLUE, _GREY = "#1F3A5F", "#1155CC", "#666666"
_MARGIN: Final = 48


def pack_pdf(pack: Pack) -> bytes:
    """Return the index as a PDF; the same pack is the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    written = io.BytesIO()
    title = f"{pack.acronym}: evidence as of {pack.as_of.isoformat()}"
    document = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=title,
        author=pack.acronym,
        invariant=1,  # leaves out the hour and the random identity
    )
    page = _Page()
    document.build(list(page.story(pack)), onFirstPage=page.footer(title), onLaterPages=page.footer(title))
    return written.getvalue()


class _Page:
    """The styles of the page, and the letters that its font has."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        plain = TTFont(_FONT, "Vera.ttf")
        registerFont(plain)
        registerFont(TTFont(_BOLD, "VeraBd.ttf"))
        self._letters: Collection[int] = plain.face.charToGlyph
        self._plain = ParagraphStyle("plain", fontName=_FONT, fontSize=8.5, leading=12)
        self._small = ParagraphStyle(
            "small", parent=self._plain, fontSize=7, leading=10, textColor=_GREY, leftIndent=14
        )
        self._line = ParagraphStyle("line", parent=self._plain, spaceBefore=7)
        self._file = ParagraphStyle("file", parent=self._small, textColor=_BLUE)
        self._head = ParagraphStyle("head", fontName=_BOLD, fontSize=13, leading=17, textColor=_INK, spaceBefore=16)
        self._title = ParagraphStyle("title", parent=self._head, fontSize=18, leading=24)

    def story(self, pack: Pack) -> Iterator[Any]:
        """Yield everything from the title to the last line."""
        yield self._text(f"{pack.acronym}: figures as of {pack.as_of.isoformat()}", self._title)
        yield self._text(f"{pack.title} · grant {pack.grant}", self._plain)
        yield self._text(f"register position {pack.position}, head {pack.head}", self._small)
        if pack.redacted:
            yield self._text("This pack is redacted: README.txt says what was left out and why.", self._plain)
        for place, figure in enumerate(pack.figures):
            words = f"{figure.id}: {figure.counted} of {figure.target} counted. {figure.title}"
            yield self._marked(f'<a href="#figure{place}" color="{_BLUE}">{self._safe(words)}</a>', self._line)
        for place, figure in enumerate(pack.figures):
            yield from self._figure(figure, place)

    def _figure(self, figure: PackedFigure, place: int) -> Iterator[Any]:
        yield self._marked(f'<a name="figure{place}"/>{self._safe(f"{figure.id}: {figure.title}")}', self._head)
        yield self._text(f"{figure.counted} of {figure.target} counted. {figure.rule}", self._plain)
        for number, row in enumerate(figure.lines, start=1):
            yield from self._row(row, f"{number}." if row.counted else "not counted:")
        if figure.unnamed:
            yield self._text(f"{figure.unnamed} planned places have no name yet.", self._line)

    def _row(self, row: PackedLine, mark: str) -> Iterator[Any]:
        day = row.on.isoformat() if row.on else ""
        words = " · ".join(each for each in (row.number, row.reference, row.id, row.what, row.responsible, day) if each)
        yield self._text(f"{mark} {words}", self._line)
        if row.signed:
            yield self._text(f"signed by {'; '.join(row.signed)}", self._small)
        for reason in row.reasons:
            if not reason.ok:
                yield self._text(f"{reason.rule} does not hold: {reason.text}", self._small)
        for file in (*row.files, *row.sent):
            yield from self._paper(file)

    def _paper(self, file: PackedFile) -> Iterator[Any]:
        """Yield a file: a link to it, or why it was left out, and its digest."""
        if file.path:
            # "pdf:" makes a link to another document beside this one; other kinds of file open by their address.
            address = f"pdf:{file.path}" if file.path.endswith(".pdf") else file.path
            yield self._marked(f'<a href="{self._safe(address)}">{self._safe(file.path)}</a>', self._file)
        else:
            yield self._text(f"left out: {file.left_out}", self._small)
        yield self._text(f"sha256 {file.sha256}", self._small)

    def _text(self, text: str, style: Any) -> Any:  # noqa: ANN401 - the library ships no types
        return self._marked(self._safe(text), style)

    @staticmethod
    def _marked(markup: str, style: Any) -> Any:  # noqa: ANN401 - as above
        from reportlab.platypus import Paragraph

        return Paragraph(markup, style)

    def footer(self, title: str) -> Any:  # noqa: ANN401 - as above
        """Return what draws title and number at the foot of a page."""

        def draw(canvas: Any, document: Any) -> None:  # noqa: ANN401 - as above
            canvas.setFont(_FONT, 7)
            canvas.setFillColor(_GREY)
            canvas.drawString(_MARGIN, 28, self._drawable(title))
            canvas.drawRightString(document.pagesize[0] - _MARGIN, 28, str(document.page))

        return draw

    def _safe(self, text: str) -> str:
        return html.escape(self._drawable(text))

    def _drawable(self, text: str) -> str:
        """Return the text in letters that the font has."""
        return "".join(self._letter(each) for each in unicodedata.normalize("NFC", text))

    def _letter(self, letter: str) -> str:
        if letter.isspace():
            return " "
        plain = unicodedata.normalize("NFKD", letter)[0]
        return next((each for each in (letter, plain) if ord(each) in self._letters and each.isprintable()), "?")
