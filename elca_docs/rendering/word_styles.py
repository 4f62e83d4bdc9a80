"""Which styles of a template the blocks need, by the names that Word shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from elca_docs.model.blocks import (
    Block,
    Chart,
    Contents,
    Control,
    Heading,
    Image,
    Line,
    Listing,
    ListOf,
    Paragraph,
    Table,
)
from elca_docs.rendering import word_contents, word_footnotes, word_tables
from elca_docs.rendering.word_captions import CAPTION_STYLE
from elca_docs.rendering.word_numbering import BULLETS, HEADINGS, NUMBERS
from elca_docs.rendering.word_pictures import FIGURE_STYLE

PARAGRAPH_STYLES: Final = {
    "body": "Body Text",
    "note": "Note",
    "flag": "Flag",
    "quote": "Quote",
    "title": "Title",
    "subtitle": "Subtitle",
    "foot": "Cover Foot",
}


def styles_of(blocks: Sequence[Block]) -> set[str]:
    """Return the names of the styles that the blocks need of a template."""
    needed: set[str] = set()
    for block in blocks:
        needed.update(_of(block))
        if any(span.footnote for spans in lines_of(block) for span in spans):
            needed |= {word_footnotes.TEXT_STYLE, word_footnotes.MARK_STYLE}
    if any(isinstance(block, Table) and block.wide for block in blocks):
        needed |= {word_tables.GAP_STYLE}
    return needed


def lines_of(block: Block) -> Iterator[Line]:
    """Yield the lines of a block that can hold footnotes."""
    match block:
        case Paragraph(spans=spans):
            yield spans
        case Listing(entries=entries):
            yield from entries
        case Table(rows=rows):
            yield from (spans for row in rows for cell in row for spans in cell.lines)
        case Control(rows=rows):
            yield from (value for _, value in rows if not isinstance(value, str))


def _of(block: Block) -> set[str]:  # noqa: PLR0911 - one answer for each kind of block
    """Return the styles of one block, footnotes aside."""
    match block:
        case Heading(numbered=True):
            return {*HEADINGS}
        case Heading():
            return {word_contents.HEADING_STYLE}
        case Paragraph(style=style):
            gap = {word_tables.GAP_STYLE} if style == "foot" else set()
            return {PARAGRAPH_STYLES[style], word_tables.LINK_STYLE, *gap}
        case Listing(ordered=ordered):
            return {NUMBERS if ordered else BULLETS, word_tables.LINK_STYLE}
        case Contents():
            return {word_contents.HEADING_STYLE, *word_contents.ENTRY_STYLES}
        case ListOf():
            return {word_contents.HEADING_STYLE, word_contents.LIST_STYLE}
        case Table() | Control():
            return {*word_tables.STYLES[type(block)]}
        case Image() | Chart():
            return {FIGURE_STYLE, CAPTION_STYLE}
    return set()
