"""Running text of an author's Markdown becomes spans: styles, links, references, footnotes, figures.

Whatever else Markdown can do inside a line is refused with its line. May not decide what a block is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from elca_docs.errors import Location, Problem
from elca_docs.model.blocks import Line, Span, is_address
from elca_docs.model.characters import FORBIDDEN, named
from elca_docs.reporting.narrative_figures import BREAK, with_figures

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

NAMES: Final = {
    "blockquote": "a quotation",
    "code_block": "an indented block (read as program code)",
    "code_inline": "text between backquotes",
    "fence": "a block of program code",
    "footnote_reference": "a footnote's text inside something else",
    "hr": "a horizontal rule",
    "html_block": "HTML or a comment",
    "html_inline": "HTML or a comment",
    "image": "an image within a line of text",
    "s": "struck-through text",
    "table": "a table",
}
_FIXES: Final = {
    "footnote_reference": "write the footnote's text as a paragraph of its own, at the end of the file",
    "html_block": "write it in Markdown: deliverables take no HTML",
    "html_inline": "write it in Markdown: deliverables take no HTML",
    "image": "put the image into a paragraph of its own",
}
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")
_INLINE_NOTE: Final = "^["
_LONGEST: Final = 120


class UnsupportedError(Exception):
    """Something that no block can show; it carries its problem to whoever collects them."""

    def __init__(self, line: int, what: str, *, code: str = "narrative-unsupported", fix: str = "") -> None:
        """Keep the line, counted from 1, and what is wrong there."""
        self.line = line
        self.what = what
        self.code = code
        self.fix = fix or "use headings, paragraphs, bold, italic, links, simple lists, tables and images only"
        super().__init__(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a text can draw on: figures by what they belong to and their name, and pictures by file name."""

    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(slots=True, kw_only=True)
class LineReader:
    """The state while the running text of one file is read."""

    path: str
    sources: Sources
    notes: Mapping[str, Line] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Location]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    row: int = 0

    def line(self, node: SyntaxTreeNode) -> Line:
        """Return the running text of a heading, paragraph or cell."""
        self.row = line_of(node)
        inline = node.children[0].children if node.children else []
        return self._filled(tuple(_joined(self._spans(inline, Span(text="")))), line_of(node))

    def words(self, text: str, row: int) -> str:
        """Return a text without styles, such as what a picture shows, with the figures that it asks for."""
        self.row = row
        self._look_at(text.replace(BREAK, ""))
        return "".join(span.text for span in self._filled((Span(text=text),), row)).strip()

    def plain(self, node: SyntaxTreeNode, what: str) -> str:
        """Return the text of what has no place for styles; a link, reference or footnote in it is refused."""
        spans = self.line(node)
        if any(span.link or span.refers_to or span.footnote for span in spans):
            raise UnsupportedError(line_of(node), f"a link or footnote in {what}", fix="put it into the text below")
        return "".join(span.text for span in spans)

    def complain(self, code: str, message: str, fix: str, *, row: int = 0) -> None:
        """Note a problem at a line of the file, the one being read where none is given."""
        self.problems.append(Problem(code, message, Location(self.path, row or self.row), fix))

    def _spans(self, nodes: Iterable[SyntaxTreeNode], style: Span) -> Iterator[Span]:
        """Give the spans of inline nodes; `style` is what they inherit from around them."""
        for node in nodes:
            match node.type:
                case "text":
                    yield _like(style, self._text(node.content))
                case "softbreak":
                    self.row += 1
                    yield _like(style, BREAK)
                case "hardbreak":
                    self.row += 1
                    yield _like(style, "\n")
                case "strong":
                    yield from self._spans(node.children, replace(style, bold=True))
                case "em":
                    yield from self._spans(node.children, replace(style, italic=True))
                case "link":
                    yield from self._spans(node.children, self._linked(node, style))
                case "footnote_ref":
                    yield self._noted(str(node.meta["label"]))
                case _:
                    what = f"{NAMES.get(node.type, node.type)} cannot stand in a deliverable"
                    raise UnsupportedError(self.row, what, fix=_FIXES.get(node.type, ""))

    def _noted(self, label: str) -> Span:
        self.used.add(label)
        return Span(text="", footnote=self.notes.get(label, ()))

    def _linked(self, node: SyntaxTreeNode, style: Span) -> Span:
        """Return the style of a link's text: it leads out of the document, or to a block of it."""
        address = str(node.attrs.get("href", ""))
        if node.attrs.get("title"):
            raise UnsupportedError(self.row, "a link with a title", fix="put the title into the text")
        if address.startswith("#") and len(address) > 1:
            self.references.append((address[1:], Location(self.path, self.row)))
            return replace(style, refers_to=address[1:])
        if not is_address(address):
            what = f"the link leads to '{shown(address)}'"
            fix = "write a whole address that begins with https://, http:// or mailto:, or #name for a place in here"
            raise UnsupportedError(self.row, what, code="narrative-link-refused", fix=fix)
        return replace(style, link=address)

    def _text(self, text: str) -> str:
        """Return a text as it stands; a mark in it that no footnote belongs to is noted."""
        self._look_at(text)
        for note in _NOTE.findall(text):
            fix = f"write its text at the end of the file: [^{shown(note)}]: …"
            self.complain("narrative-footnote-missing", f"the footnote [^{shown(note)}] has no text", fix)
        if _INLINE_NOTE in text:
            raise UnsupportedError(self.row, "a footnote's text within the line", fix="write [^1], and [^1]: … below")
        return text

    def _look_at(self, text: str) -> None:
        """Note the first character that nobody can see; the file itself holds none, so it was written as an escape."""
        if hidden := FORBIDDEN.search(text):
            message = f"this line holds the character {named(hidden[0])}, written as an escape"
            self.complain("control-character", message, "write the text without it")

    def _filled(self, line: Line, row: int) -> Line:
        """Return a line with the figures it asks for; what it asks for and nobody knows is noted."""
        filled, slips = with_figures(line, self.sources.figures, row)
        for slip in slips:
            message = f"there is no figure {shown(slip.written)}"
            self.complain("narrative-figure-unknown", message, shown(slip.fix), row=slip.row)
        return filled


def shown(text: str) -> str:
    """Return a piece of an author's text as it can stand in a sentence: on one line, short, nothing invisible."""
    line = " ".join("".join(each if each.isprintable() or each.isspace() else "·" for each in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def line_of(node: SyntaxTreeNode | None) -> int:
    """Return the first line of a node, or of the nearest one around it that knows its lines; counted from 1."""
    while node is not None and not node.is_root:
        if node.map:
            return node.map[0] + 1
        node = node.parent
    return 1


def depth_of(tokens: Iterable[Token] | None) -> int:
    """Return how many inline tokens stand in one another, those within the words of a picture included."""
    deepest = depth = 0
    for token in tokens or ():
        depth += token.nesting
        deepest = max(deepest, depth, depth + depth_of(token.children))
    return deepest


def _like(style: Span, text: str) -> Span:
    return replace(style, text=text, footnote=())


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Give the spans with neighbours of the same style put together, none empty, and footnotes at what they follow."""
    held: Span | None = None
    for span in spans:
        if held and span.footnote and not held.footnote:
            held = replace(held, footnote=span.footnote)
        elif held and not held.footnote and not span.footnote and _like(held, "") == _like(span, ""):
            held = replace(held, text=held.text + span.text)
        elif span.text or span.footnote:
            if held:
                yield held
            held = span
    if held:
        yield held
