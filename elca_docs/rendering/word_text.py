"""Paragraph content of a deliverable: runs, links, references, fields and bookmarks, as python-docx elements.

It builds elements and knows nothing of their place in the document. What would not be a well-formed document is
replaced (control characters) or refused (links that are not http, https or mailto), never written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from elca_docs.errors import Problem, RecordsError
from elca_docs.model.blocks import Line, Span, is_address
from elca_docs.rendering.word_marks import Mark

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.parfmt import CT_PPr
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement

    class Spaced(Protocol):
        """What python-docx gives the properties of a paragraph while the program runs."""

        def get_or_add_spacing(self) -> BaseOxmlElement: ...  # noqa: D102 - the name says it
        def get_or_add_tabs(self) -> BaseOxmlElement: ...  # noqa: D102 - the name says it


# Characters that XML 1.0 cannot hold, tab and line feed aside; a reader should see that something stood there.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Relate = Callable[[str], str]
"""Gives the relationship id of an outside address."""
Note = Callable[[Line], "CT_R"]
"""Keeps a footnote, and gives the run that refers to it."""
Marks = Mapping[str, Mark]
"""What has a number, by its anchor."""


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return a Word element; attribute names are local names of the w namespace."""
    made = cast("BaseOxmlElement", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def paragraph(style_id: str) -> CT_P:
    """Return an empty paragraph of a style."""
    made = cast("CT_P", OxmlElement("w:p"))
    made.style = style_id
    return made


def properties(target: CT_P) -> CT_PPr:
    """Return the properties of a paragraph, made where it has none."""
    return target.get_or_add_pPr()


def writable(text: str) -> str:
    """Return the text with each character that XML cannot hold shown as a replacement character."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def run(text: str, *, bold: bool = False, italic: bool = False, style_id: str = "") -> CT_R:
    """Return a run; a line feed in the text becomes a line break, a tab a tab."""
    made = cast("CT_R", OxmlElement("w:r"))
    if style_id:
        made.style = style_id
    for wanted, tag in ((bold, "b"), (bold, "bCs"), (italic, "i"), (italic, "iCs")):
        if wanted:
            made.get_or_add_rPr().append(element(tag))
    made.text = writable(text)
    return made


class RunningText:
    """Writes lines into paragraphs of one part: plain text, links, footnotes, and references to what has a number."""

    def __init__(self, *, relate: Relate, link_style: str, marks: Marks, note: Note | None = None) -> None:
        """Take what all lines share; without `note`, as within a footnote, a footnote stands in brackets."""
        self._relate = relate
        self._link_style = link_style
        self._marks = marks
        self._note = note

    def add(self, target: CT_P, spans: Line) -> None:
        """Append a line's spans to a paragraph."""
        for span in spans:
            mark = self._marks.get(span.refers_to) if span.refers_to else None
            if mark:
                target.extend(_reference(span, mark))
            elif span.text and span.link:
                target.append(self._hyperlink(span))
            elif span.text:
                target.append(run(span.text, bold=span.bold, italic=span.italic))
            if span.footnote:
                self._add_note(target, span.footnote)

    def _add_note(self, target: CT_P, spans: Line) -> None:
        if self._note:
            target.append(self._note(spans))
            return
        target.append(run(" ("))
        self.add(target, spans)
        target.append(run(")"))

    def _hyperlink(self, span: Span) -> BaseOxmlElement:
        """Return a hyperlink to an outside address; RecordsError for any other kind of address."""
        if not is_address(span.link):
            raise RecordsError(
                Problem(
                    "link-refused",
                    f"the link of '{writable(span.text)}' leads to '{writable(span.link)}', which a document may not "
                    "carry",
                    fix="write a whole address that begins with https://, http:// or mailto:",
                )
            )
        made = element("hyperlink")
        made.set(qn("r:id"), self._relate(span.link))
        made.append(run(span.text, bold=span.bold, italic=span.italic, style_id=self._link_style))
        return made


def _reference(span: Span, mark: Mark) -> list[CT_R]:
    r"""Return a reference to a block: its number, which Word computes anew (REF; \r is the number of a heading)."""
    instruction = {"heading": rf"REF {mark.bookmark} \r \h", "section": rf"REF {mark.bookmark} \h"}
    words = instruction.get(mark.kind, rf"REF {mark.short} \h")
    return [*field_start(words), run(mark.numbered, bold=span.bold, italic=span.italic), field_end()]


def field(instruction: str, cached: str) -> list[CT_R]:
    """Return the runs of a field: what Word computes, and what stands there until it does."""
    return [*field_start(instruction), run(cached), field_end()]


def field_start(instruction: str, *, dirty: bool = False) -> list[CT_R]:
    """Return the runs that open a field; a dirty one is computed when Word opens the document."""
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    words = element("instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    return [_run_of(each) for each in (begin, words, element("fldChar", fldCharType="separate"))]


def field_end() -> CT_R:
    """Return the run that closes a field."""
    return _run_of(element("fldChar", fldCharType="end"))


def _run_of(child: BaseOxmlElement) -> CT_R:
    made = cast("CT_R", OxmlElement("w:r"))
    made.append(child)
    return made


def bookmarked(target: CT_P, name: str, number: int) -> None:
    """Put a bookmark around all runs of a paragraph; `number` is unique in the document."""
    properties(target).addnext(bookmark_start(name, number))
    target.append(bookmark_end(number))


def bookmark_start(name: str, number: int) -> BaseOxmlElement:
    """Return where a bookmark begins."""
    return element("bookmarkStart", id=str(number), name=name)


def bookmark_end(number: int) -> BaseOxmlElement:
    """Return where a bookmark ends."""
    return element("bookmarkEnd", id=str(number))


def space(target: CT_P, **attributes: str) -> None:
    """Set spacing of a paragraph, whatever its style says: before, after, line, lineRule, in Word's own words."""
    spacing = cast("Spaced", properties(target)).get_or_add_spacing()
    for name, value in attributes.items():
        spacing.set(qn(f"w:{name}"), value)


def add_tab(target: CT_P, kind: str, place: int, leader: str = "none") -> None:
    """Add a tab stop to a paragraph, `place` in twips, instead of one that it has there; kind clear takes one away."""
    tabs = cast("Spaced", properties(target)).get_or_add_tabs()
    for tab in [tab for tab in tabs if tab.get(qn("w:pos")) == str(place)]:
        tabs.remove(tab)
    tabs.append(element("tab", val=kind, leader=leader, pos=str(place)))


def keep_with_next(target: CT_P, *, keep: bool = True) -> None:
    """Let a paragraph stand on the page of what follows it, or not, whatever its style says."""
    properties(target).keepNext_val = keep


def page_break_before(target: CT_P) -> None:
    """Let a paragraph begin a page."""
    properties(target).pageBreakBefore_val = True
