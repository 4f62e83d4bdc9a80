"""Blocks become a Word document inside a template that supplies the look.

Here is only the order of things: what a block becomes is decided in `word_text`, `word_tables` and `word_contents`,
where it comes from in `reporting`. The template's own body, where it has one, stays in front.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE

from elca_docs.model.blocks import Block, Contents, Control, Heading, Listing, PageBreak, Paragraph, Table
from elca_docs.opc import restamped
from elca_docs.rendering import word_contents, word_tables
from elca_docs.rendering.word_numbering import BULLETS, HEADINGS, NUMBERS, Lists, bind
from elca_docs.rendering.word_settings import ask_to_update, set_language, set_properties
from elca_docs.rendering.word_template import StyleSheet, opened, text_width
from elca_docs.rendering.word_text import add_spans, bookmarked, element, paragraph, properties, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

_PARAGRAPH_STYLES: Final = {
    "body": "Body Text",
    "note": "Note",
    "flag": "Flag",
    "quote": "Quote",
    "title": "Title",
    "subtitle": "Subtitle",
    "foot": "Cover Foot",
}
_FIRST_BOOKMARK: Final = 10_000  # above what a template's own bookmarks are numbered with


def compile_document(  # noqa: PLR0913 - keywords only: what a document says about itself
    blocks: Sequence[Block],
    template: bytes,
    *,
    title: str,
    subject: str,
    language: str,
    template_name: str = "templates/deliverables",
) -> bytes:
    """Return the blocks as a Word document (.docx) in the look of the template; same input, same bytes.

    `title` and `subject` become document properties and fill the TITLE and SUBJECT fields of headers and footers;
    `language` is an ISO 639-1 code; `template_name` is what problems call the template. TemplateError: the template
    cannot be read, may not be trusted, or lacks styles that the blocks need (all are listed). RecordsError
    (link-refused): a link of a span is not http, https or mailto.
    """
    document = opened(template, name=template_name)
    sheet = StyleSheet(document, template=template_name)
    sheet.require(_styles_of(blocks))
    _Writer(document, sheet, blocks, language).write()
    if not any(_is_cover(block) for block in blocks):
        document.sections[0].different_first_page_header_footer = False
    set_language(document, language)
    set_properties(document, title=title, subject=subject)
    stream = io.BytesIO()
    document.save(stream)
    return restamped(stream.getvalue())


class _Writer:
    """Writes blocks in order, and knows what carries over: a page break to come, headings so far."""

    def __init__(self, document: Document, sheet: StyleSheet, blocks: Sequence[Block], language: str) -> None:
        self._document = document
        self._sheet = sheet
        self._blocks = blocks
        self._entries = word_contents.entries_of(blocks)
        self._headings = iter(self._entries)
        self._lists = Lists(document, sheet)
        self._width = text_width(document)
        self._relate = partial(document.part.relate_to, reltype=RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._tables = word_tables.Tables(sheet, width=self._width, relate=self._relate, language=language)
        self._end = document.element.body.get_or_add_sectPr()
        self._breaks = False

    def write(self) -> None:
        """Append all blocks to the document."""
        write: dict[type[Block], Callable[..., None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Listing: self._listing,
            Table: self._table,
            Contents: self._contents,
            Control: self._control,
            PageBreak: self._page_break,
        }
        for block, following in zip_longest(self._blocks, self._blocks[1:]):
            write[type(block)](block)
            if _is_foot(block) and not _is_foot(following):
                self._place(self._tables.gap())  # a frame stands on the page of the paragraph behind it

    def _place(self, made: CT_P) -> None:
        """Append a paragraph; it begins a page where one is due."""
        self._begin(made)
        self._end.addprevious(made)

    def _begin(self, made: CT_P) -> None:
        if self._breaks:
            properties(made).pageBreakBefore_val = True
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
            made = paragraph(self._sheet[HEADINGS[word_contents.level_of(block) - 1]])
            made.append(run(block.text))
            entry = next(self._headings)
            bookmarked(made, entry.bookmark, _FIRST_BOOKMARK + self._entries.index(entry))
        else:
            made = paragraph(self._sheet[word_contents.HEADING_STYLE])
            made.append(run(block.text))
        self._place(made)

    def _paragraph(self, block: Paragraph) -> None:
        made = paragraph(self._sheet[_PARAGRAPH_STYLES[block.style]])
        if _is_foot(block):
            properties(made).append(_at_foot(self._width))
        add_spans(made, block.spans, self._relate, self._sheet[word_tables.LINK_STYLE])
        self._place(made)

    def _listing(self, block: Listing) -> None:
        number = self._lists.begin_numbers() if block.ordered else None
        if number is None:
            self._lists.bind_bullets()
        for spans in block.entries:
            made = paragraph(self._sheet[NUMBERS if block.ordered else BULLETS])
            if number is not None:
                bind(made, number)
            add_spans(made, spans, self._relate, self._sheet[word_tables.LINK_STYLE])
            self._place(made)

    def _table(self, block: Table) -> None:
        if block.caption:
            self._place(self._tables.caption(block.caption))
        self._place_table(self._tables.table(block))

    def _control(self, block: Control) -> None:
        self._place_table(self._tables.control(block))

    def _contents(self, block: Contents) -> None:
        head, whole = word_contents.contents(block, self._entries, self._sheet)
        self._begin(head)
        self._end.addprevious(whole)
        ask_to_update(self._document)

    def _page_break(self, _: PageBreak) -> None:
        self._breaks = True


def _is_cover(block: Block) -> bool:
    """Whether a block belongs on a cover: without one, the first page looks like the others."""
    return isinstance(block, Control) or (isinstance(block, Paragraph) and block.style in {"title", "foot"})


def _is_foot(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style == "foot"


def _at_foot(width: int) -> BaseOxmlElement:
    """Return the frame that puts a paragraph at the foot of its page; neighbours with the same frame share it."""
    place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    return element("framePr", w=str(width), hSpace="0", wrap="around", **place)


def _styles_of(blocks: Sequence[Block]) -> set[str]:
    """Return the names of the styles that the blocks need of a template."""
    needed: set[str] = set()
    for block in blocks:
        match block:
            case Heading(numbered=True):
                needed |= {*HEADINGS}
            case Heading():
                needed |= {word_contents.HEADING_STYLE}
            case Paragraph(style=style):
                needed |= {_PARAGRAPH_STYLES[style], word_tables.LINK_STYLE}
                needed |= {word_tables.GAP_STYLE} if style == "foot" else set()
            case Listing(ordered=ordered):
                needed |= {NUMBERS if ordered else BULLETS, word_tables.LINK_STYLE}
            case Contents():
                needed |= {word_contents.HEADING_STYLE, *word_contents.ENTRY_STYLES}
            case Table() | Control():
                needed |= {*word_tables.STYLES[type(block)]}
            case PageBreak():
                pass
    return needed
