"""The table of contents: a field that Word fills, and the list of headings that stands there until it does.

Only Word knows on which page a heading falls, so the waiting list has numbers, headings and links, but no pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from elca_docs.model.blocks import Block, Contents, Heading
from elca_docs.rendering.word_text import element, field_end, field_start, paragraph, run

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

ENTRY_STYLES: Final = ("TOC 1", "TOC 2", "TOC 3")
HEADING_STYLE: Final = "TOC Heading"
_INSTRUCTION: Final = r'TOC \o "1-3" \h \z \u'
_FIRST_BOOKMARK: Final = 100_000_000  # Word's own names for them have nine digits


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered heading: its level, the number Word will give it, its text, and the bookmark around it."""

    level: int
    number: str
    text: str
    bookmark: str


def entries_of(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Return the numbered headings in order, with the numbers that the multilevel list gives them."""
    counts = [0, 0, 0]
    found: list[Entry] = []
    for block in blocks:
        if isinstance(block, Heading) and block.numbered:
            level = level_of(block)
            counts[level - 1] += 1
            counts[level:] = [0] * (len(counts) - level)
            number = ".".join(str(max(count, 1)) for count in counts[:level])
            found.append(Entry(level, number, block.text, f"_Toc{_FIRST_BOOKMARK + len(found)}"))
    return tuple(found)


def level_of(heading: Heading) -> int:
    """Return the level of a heading, within the three that there are."""
    return min(max(heading.level, 1), len(ENTRY_STYLES))


def contents(block: Contents, entries: Sequence[Entry], sheet: StyleSheet) -> tuple[CT_P, BaseOxmlElement]:
    """Return the heading of the contents, and the whole as one content control, as Word's own contents are."""
    head = paragraph(sheet[HEADING_STYLE])
    head.append(run(block.heading))
    lines = [_line(entry, sheet) for entry in entries] or [paragraph(sheet[ENTRY_STYLES[0]])]
    for each in reversed(field_start(_INSTRUCTION, dirty=True)):
        lines[0].insert(1, each)  # behind the paragraph's properties
    last = paragraph(sheet[ENTRY_STYLES[0]])
    last.append(field_end())
    return head, _content_control([head, *lines, last])


def _line(entry: Entry, sheet: StyleSheet) -> CT_P:
    """Return an entry: number and text, linked to its heading."""
    made = paragraph(sheet[ENTRY_STYLES[entry.level - 1]])
    link = element("hyperlink", anchor=entry.bookmark, history="1")
    link.append(run(f"{entry.number}\t{entry.text}"))
    made.append(link)
    return made


def _content_control(paragraphs: Sequence[CT_P]) -> BaseOxmlElement:
    gallery = element("docPartObj")
    gallery.append(element("docPartGallery", val="Table of Contents"))
    gallery.append(element("docPartUnique"))
    control = element("sdtPr")
    control.append(gallery)
    content = element("sdtContent")
    for each in paragraphs:
        content.append(each)
    made = element("sdt")
    made.append(control)
    made.append(content)
    return made
