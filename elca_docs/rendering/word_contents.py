"""The table of contents, the list of tables and that of figures: fields of Word, with their entries in them.

Where the pages are known, the entries stand with them and the document opens as it is. Where they are not, they stand
without, and Word is to compute them: only Word or LibreOffice knows on which page something falls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.model.blocks import Contents, ListOf
from elca_docs.rendering.word_captions import SEQUENCES
from elca_docs.rendering.word_marks import LEVELS, Mark
from elca_docs.rendering.word_text import add_tab, element, field, field_end, field_start, paragraph, properties, run

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

ENTRY_STYLES: Final = tuple(f"TOC {level}" for level in range(1, LEVELS + 1))
HEADING_STYLE: Final = "TOC Heading"
LIST_STYLE: Final = "Table of Figures"
_CONTENTS: Final = r'TOC \o "1-3" \h \z \u'
_KINDS: Final = {"tables": "table", "figures": "figure"}


class Index:
    """Makes the contents and lists of one document."""

    def __init__(
        self, marks: Mapping[str, Mark], pages: Mapping[str, int] | None, sheet: StyleSheet, width: int
    ) -> None:
        """Take what has an entry, and the page of each by anchor; `width` is that of the text, in twips."""
        self._marks = tuple(marks.values())
        self._pages = pages or {}
        self._sheet = sheet
        self._width = width

    @property
    def whole(self) -> bool:
        """Whether the page of every entry is known."""
        return all(mark.anchor in self._pages for mark in self._marks if mark.kind != "section")

    def contents(self, block: Contents) -> tuple[CT_P, BaseOxmlElement]:
        """Return the heading of the contents, and the whole as one content control, as Word's own contents are."""
        head = self._head(block.heading)
        entries = [mark for mark in self._marks if mark.kind == "heading"]
        lines = [self._line(mark, ENTRY_STYLES[mark.level - 1], f"{mark.number}\t{mark.text}") for mark in entries]
        lines = lines or [paragraph(self._sheet[ENTRY_STYLES[0]])]
        self._open(lines[0], _CONTENTS)
        last = paragraph(self._sheet[ENTRY_STYLES[0]])
        last.append(field_end())
        return head, _content_control([head, *lines, last])

    def list_of(self, block: ListOf) -> list[CT_P]:
        """Return a list of captions under its heading; nothing where there is no caption of the kind."""
        kind = _KINDS[block.what]
        entries = [mark for mark in self._marks if mark.kind == kind]
        if not entries:
            return []
        lines = [self._line(mark, LIST_STYLE, f"{mark.numbered}. {mark.text}") for mark in entries]
        self._open(lines[0], rf'TOC \h \z \c "{SEQUENCES[kind]}"')
        lines[-1].append(field_end())
        return [self._head(block.heading), *lines]

    def _head(self, text: str) -> CT_P:
        head = paragraph(self._sheet[HEADING_STYLE])
        head.append(run(text))
        return head

    def _open(self, first: CT_P, instruction: str) -> None:
        """Begin a field at the front of its first entry; it is for Word to compute where a page is not known."""
        for each in reversed(field_start(instruction, dirty=not self.whole)):
            properties(first).addnext(each)

    def _line(self, mark: Mark, style: str, text: str) -> CT_P:
        """Return an entry, linked to its heading or caption, with its page behind a row of dots."""
        made = paragraph(self._sheet[style])
        link = element("hyperlink", anchor=mark.bookmark, history="1")
        link.append(run(text))
        page = self._pages.get(mark.anchor)
        if page is not None:
            link.append(run("\t"))
            link.extend(field(rf"PAGEREF {mark.bookmark} \h", str(page)))
            if not self._sheet.has_right_tab(style):
                add_tab(made, "right", self._width, "dot")
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
