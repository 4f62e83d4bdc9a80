"""The order of a document: each block written where it stands, and what carries over from one to the next.

It knows no template but by its styles; what a block becomes is decided in the modules it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count, zip_longest
from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.text.paragraph import CT_P

from elca_docs.model.blocks import (
    Block,
    Chart,
    Contents,
    Control,
    Heading,
    Image,
    Listing,
    ListOf,
    PageBreak,
    Paragraph,
    Table,
)
from elca_docs.rendering import word_captions, word_charts, word_contents, word_pictures, word_tables
from elca_docs.rendering.chart_colours import palette_of
from elca_docs.rendering.chart_looks import Look
from elca_docs.rendering.word_footnotes import Footnotes
from elca_docs.rendering.word_marks import level_of, marks_of
from elca_docs.rendering.word_numbering import BULLETS, HEADINGS, NUMBERS, Lists, bind
from elca_docs.rendering.word_sections import Sections, Stretch, smallest, stretches
from elca_docs.rendering.word_settings import ask_nothing, ask_to_update
from elca_docs.rendering.word_styles import PARAGRAPH_STYLES
from elca_docs.rendering.word_text import (
    RunningText,
    bookmarked,
    element,
    keep_with_next,
    page_break_before,
    paragraph,
    properties,
    run,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

_FIRST_BOOKMARK: Final = 10_000  # above what a template's own bookmarks are numbered with
_FIRST_DRAWING: Final = 10_000


class Writer:
    """Writes blocks in order, and knows what carries over: a page break to come, the room of the page."""

    def __init__(
        self,
        document: Document,
        sheet: StyleSheet,
        blocks: Sequence[Block],
        *,
        language: str,
        pages: Mapping[str, int] | None,
    ) -> None:
        """Take anchored blocks; nothing is written yet."""
        self._document = document
        self._sheet = sheet
        self._blocks = blocks
        self._marks = marks_of(blocks, language=language)
        self._lists = Lists(document, sheet)
        self._sections = Sections(document, sheet)
        self._room = self._sections.room(wide=False)
        self._index = word_contents.Index(self._marks, pages, sheet, self._room.width)
        link = sheet[word_tables.LINK_STYLE] if sheet.has(word_tables.LINK_STYLE) else ""
        notes = Footnotes(document, sheet, marks=self._marks, link_style=link)
        relate = partial(document.part.relate_to, reltype=RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._text = RunningText(relate=relate, link_style=link, marks=self._marks, note=notes.note)
        self._tables = word_tables.Tables(sheet, self._text)
        self._look: Look | None = None
        self._bookmarks = count(_FIRST_BOOKMARK)
        self._drawings = count(_FIRST_DRAWING)
        self._end = document.element.body.get_or_add_sectPr()
        self._breaks = False

    def write(self) -> None:
        """Append all blocks to the document."""
        cut = stretches(self._blocks)
        for number, stretch in enumerate(cut):
            first, last = number == 0, number == len(cut) - 1
            self._room = self._sections.room(wide=stretch.wide)
            self._write(stretch)
            self._breaks = False
            gap = self._last_gap()
            if last:
                if gap is not None:
                    smallest(gap)
                self._sections.finish(wide=stretch.wide, first=first)
                continue
            if gap is not None:
                self._end.getparent().remove(gap)
            style = self._sheet[word_tables.GAP_STYLE]
            self._end.addprevious(self._sections.close(wide=stretch.wide, first=first, style_id=style))

    def _last_gap(self) -> CT_P | None:
        """Return the gap behind the table that a section ends with: on a full page it would make another, blank one."""
        found = self._end.getprevious()
        if isinstance(found, CT_P) and self._sheet.has(word_tables.GAP_STYLE):
            return found if found.style == self._sheet[word_tables.GAP_STYLE] else None
        return None

    def _write(self, stretch: Stretch) -> None:
        write: dict[type[Block], Callable[..., None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Listing: self._listing,
            Table: self._table,
            Image: self._picture,
            Chart: self._chart,
            Contents: self._contents,
            ListOf: self._list_of,
            Control: self._control,
            PageBreak: self._page_break,
        }
        for block, following in zip_longest(stretch.blocks, stretch.blocks[1:]):
            write[type(block)](block)
            if _is_foot(block) and not _is_foot(following):
                self._place(self._tables.gap())  # a frame stands on the page of the paragraph behind it

    def _place(self, made: CT_P) -> None:
        """Append a paragraph; it begins a page where one is due."""
        self._begin(made)
        self._end.addprevious(made)

    def _begin(self, made: CT_P) -> None:
        if self._breaks:
            page_break_before(made)
            self._breaks = False

    def _place_table(self, made: BaseOxmlElement) -> None:
        """Append a table, and the small paragraph that must follow it; one goes before it where a page begins."""
        if self._breaks:
            self._place(self._tables.gap())
        self._end.addprevious(made)
        self._place(self._tables.gap())

    def _heading(self, block: Heading) -> None:
        if block.numbered:
            self._lists.bind_headings()
            made = paragraph(self._sheet[HEADINGS[level_of(block) - 1]])
        else:
            made = paragraph(self._sheet[word_contents.HEADING_STYLE])
        made.append(run(block.text))
        bookmarked(made, self._marks[block.anchor].bookmark, next(self._bookmarks))
        keep_with_next(made)
        self._place(made)

    def _paragraph(self, block: Paragraph) -> None:
        made = paragraph(self._sheet[PARAGRAPH_STYLES[block.style]])
        if _is_foot(block):
            properties(made).append(_at_foot(self._room.width))
        self._text.add(made, block.spans)
        self._place(made)

    def _listing(self, block: Listing) -> None:
        number = self._lists.begin_numbers() if block.ordered else None
        if number is None:
            self._lists.bind_bullets()
        for spans in block.entries:
            made = paragraph(self._sheet[NUMBERS if block.ordered else BULLETS])
            if number is not None:
                bind(made, number)
            self._text.add(made, spans)
            self._place(made)

    def _caption(self, block: Table | Image | Chart) -> None:
        """Place the caption of a block that has one."""
        if block.caption:
            first = next(self._bookmarks)
            next(self._bookmarks)
            self._place(word_captions.caption(self._marks[block.anchor], self._sheet, first))

    def _table(self, block: Table) -> None:
        self._caption(block)
        self._place_table(self._tables.table(block, self._room.width))

    def _picture(self, block: Image) -> None:
        drawing = word_pictures.picture(block, self._document.part, self._room, next(self._drawings))
        self._figure(block, drawing)

    def _chart(self, block: Chart) -> None:
        self._look = self._look or Look(palette_of(self._document, self._sheet), self._sheet.font)
        drawing = word_charts.chart(block, self._document, self._look, self._room, next(self._drawings))
        self._figure(block, drawing)

    def _figure(self, block: Image | Chart, drawing: BaseOxmlElement) -> None:
        style = self._sheet[word_pictures.FIGURE_STYLE]
        self._place(word_pictures.figure(drawing, style, captioned=bool(block.caption)))
        self._caption(block)

    def _control(self, block: Control) -> None:
        self._place_table(self._tables.control(block, self._room.width))

    def _contents(self, block: Contents) -> None:
        head, whole = self._index.contents(block)
        self._begin(head)
        self._end.addprevious(whole)
        self._update()

    def _list_of(self, block: ListOf) -> None:
        for made in self._index.list_of(block):
            self._place(made)
            self._update()

    def _update(self) -> None:
        """Have Word compute what stands in an index, unless it is whole."""
        (ask_nothing if self._index.whole else ask_to_update)(self._document)

    def _page_break(self, _: PageBreak) -> None:
        self._breaks = True


def _is_foot(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style == "foot"


def _at_foot(width: int) -> BaseOxmlElement:
    """Return the frame that puts a paragraph at the foot of its page; neighbours with the same frame share it."""
    place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    return element("framePr", w=str(width), hSpace="0", wrap="around", **place)
