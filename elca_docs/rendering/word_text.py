"""Paragraph content of a deliverable: runs, links, fields and bookmarks, as python-docx elements.

It builds elements and knows nothing of their place in the document. What would not be a well-formed document is
replaced (control characters) or refused (links that are not http, https or mailto), never written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from elca_docs.errors import Problem, RecordsError
from elca_docs.model.blocks import Line, Span

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.parfmt import CT_PPr
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement

# Characters that XML 1.0 cannot hold, tab and line feed aside; a reader should see that something stood there.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Word refuses to open a document with an address that is no URI, so what is written here is narrower than RFC 3986.
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?")
_MAIL: Final = re.compile(r"mailto:[A-Za-z0-9.!#$&'*+/=?^_~-]+@[A-Za-z0-9.-]+")

Relate = Callable[[str], str]
"""Gives the relationship id of an outside address."""


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


def add_spans(target: CT_P, spans: Line, relate: Relate, link_style: str) -> None:
    """Append a line's spans to a paragraph, links as real hyperlinks."""
    for span in spans:
        if not span.text:
            continue
        if span.link:
            target.append(_hyperlink(span, relate, link_style))
        else:
            target.append(run(span.text, bold=span.bold, italic=span.italic))


def _hyperlink(span: Span, relate: Relate, link_style: str) -> BaseOxmlElement:
    """Return a hyperlink to an outside address; RecordsError for any other kind of address."""
    if not (_WEB.fullmatch(span.link) or _MAIL.fullmatch(span.link)):
        raise RecordsError(
            Problem(
                "link-refused",
                f"the link of '{writable(span.text)}' leads to '{writable(span.link)}', which a document may not carry",
                fix="write a whole address that begins with https://, http:// or mailto:",
            )
        )
    made = element("hyperlink")
    made.set(qn("r:id"), relate(span.link))
    made.append(run(span.text, bold=span.bold, italic=span.italic, style_id=link_style))
    return made


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
    properties(target).addnext(element("bookmarkStart", id=str(number), name=name))
    target.append(element("bookmarkEnd", id=str(number)))
