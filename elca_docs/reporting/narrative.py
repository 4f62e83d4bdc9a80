"""An author's Markdown becomes blocks: headings, paragraphs, bold and italic, links, lists of one level.

Whatever else Markdown can do is a Problem with its line, so that no text of an author is lost or changed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from elca_docs.errors import Location, Problem
from elca_docs.model.blocks import Block, Heading, Line, Listing, Paragraph, Span

DEEPEST: Final = 3
_LINK: Final = re.compile("https?://[^/]|mailto:.")
_NAMES: Final = {
    "blockquote": "a quotation",
    "code_block": "an indented block (read as program code)",
    "code_inline": "text between backquotes",
    "fence": "a block of program code",
    "hr": "a horizontal rule",
    "html_block": "HTML or a comment",
    "html_inline": "HTML or a comment",
    "image": "an image",
    "s": "struck-through text",
    "table": "a table",
}


class _Unsupported(Exception):  # noqa: N818 - not an error of the program: it carries a problem to the collector
    def __init__(self, node: SyntaxTreeNode, what: str, *, code: str = "narrative-unsupported", fix: str = "") -> None:
        self.line = (_map_of(node) or (0, 0))[0] + 1
        self.what = what
        self.code = code
        self.fix = fix or "use headings, paragraphs, bold, italic, links and simple lists only"
        super().__init__(what)


def narrative_blocks(text: str, *, path: str, level: int) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the blocks of a Markdown text and everything in it that cannot be one.

    `level` is the level of the section's heading: a heading `#` of the text is one below it. `path` names the file in
    problems (narrative-unsupported, narrative-link-refused, narrative-heading-deep), each with its line.
    """
    blocks: list[Block] = []
    problems: list[Problem] = []
    for node in SyntaxTreeNode(_parser().parse(text)).children:
        try:
            blocks.append(_block(node, level))
        except _Unsupported as found:
            problems.append(Problem(found.code, found.what, Location(path, found.line), found.fix))
    return tuple(blocks), tuple(problems)


def _parser() -> MarkdownIt:
    """Return a parser that recognises more than is allowed, so that what is not allowed can be told."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.disable("reference")  # a definition that nothing uses would vanish; without the rule it stays text
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - judged below, with a line
    return parser


def _block(node: SyntaxTreeNode, level: int) -> Block:
    match node.type:
        case "heading":
            return _heading(node, level)
        case "paragraph":
            return Paragraph(spans=_line(node))
        case "bullet_list" | "ordered_list":
            return _listing(node)
    raise _Unsupported(node, f"{_NAMES.get(node.type, node.type)} cannot stand in a deliverable")


def _heading(node: SyntaxTreeNode, level: int) -> Heading:
    deep = level + int(node.tag.removeprefix("h"))
    if deep > DEEPEST:
        fix = f"a section of level {level} takes headings down to level {DEEPEST - level}; make it a bold line instead"
        raise _Unsupported(node, "the heading is too deep", code="narrative-heading-deep", fix=fix)
    return Heading(text="".join(span.text for span in _line(node)), level=deep)


def _listing(node: SyntaxTreeNode) -> Listing:
    if node.attrs.get("start", 1) != 1:
        raise _Unsupported(node, "a numbered list begins at 1 in a deliverable", fix="let the list begin with 1.")
    entries: list[Line] = []
    for entry in node.children:
        if [child.type for child in entry.children] != ["paragraph"]:
            fix = "write one paragraph of text for each entry, without a list inside it"
            raise _Unsupported(entry, "an entry of a list is more than one paragraph of text", fix=fix)
        entries.append(_line(entry.children[0]))
    return Listing(entries=tuple(entries), ordered=node.type == "ordered_list")


def _line(node: SyntaxTreeNode) -> Line:
    """Return the running text of a heading or paragraph."""
    inline = node.children[0].children if node.children else []
    return tuple(_joined(_spans(inline, Span(text=""))))


def _spans(nodes: Iterable[SyntaxTreeNode], style: Span) -> Iterator[Span]:
    """Give the spans of inline nodes; `style` is what they inherit from around them."""
    for node in nodes:
        match node.type:
            case "text":
                yield _like(style, node.content)
            case "softbreak":
                yield _like(style, " ")
            case "hardbreak":
                yield _like(style, "\n")
            case "strong":
                yield from _spans(node.children, Span(text="", bold=True, italic=style.italic, link=style.link))
            case "em":
                yield from _spans(node.children, Span(text="", bold=style.bold, italic=True, link=style.link))
            case "link":
                yield from _spans(
                    node.children, Span(text="", bold=style.bold, italic=style.italic, link=_address(node))
                )
            case _:
                raise _Unsupported(node, f"{_NAMES.get(node.type, node.type)} cannot stand in a deliverable")


def _address(node: SyntaxTreeNode) -> str:
    address = str(node.attrs.get("href", ""))
    if node.attrs.get("title"):
        raise _Unsupported(node, "a link with a title", fix="put the title into the text")
    if not _LINK.match(address):
        what = f"the link leads to '{address}'"
        fix = "write a whole address that begins with https://, http:// or mailto:"
        raise _Unsupported(node, what, code="narrative-link-refused", fix=fix)
    return address


def _like(style: Span, text: str) -> Span:
    return Span(text=text, bold=style.bold, italic=style.italic, link=style.link)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Give the spans with neighbours of the same style put together, and no empty one."""
    held: Span | None = None
    for span in spans:
        if held and _like(held, "") == _like(span, ""):
            held = _like(held, held.text + span.text)
        elif span.text:
            if held:
                yield held
            held = span
    if held:
        yield held


def _map_of(node: SyntaxTreeNode | None) -> tuple[int, int] | None:
    """Return the lines of a node, or of the nearest one around it that knows its lines."""
    while node is not None and not node.is_root:
        if node.map:
            return node.map
        node = node.parent
    return None
