"""An author's Markdown becomes blocks: headings, paragraphs, lists of one level, tables, images.

Whatever else Markdown can do is a Problem with its line, so that no text of an author is lost or changed in silence.
A caption stands in a line of its own before its table (`Table: caption`) and in the title of an image; `{#name}` at the
end of a caption or heading names it for references.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from elca_docs.errors import Location, Problem
from elca_docs.model.blocks import Block, Cell, Column, Heading, Image, Line, Listing, Paragraph, Table
from elca_docs.reporting.narrative_figures import BREAK
from elca_docs.reporting.narrative_lines import NAMES, LineReader, Sources, UnsupportedError, depth_of, line_of, shown
from elca_docs.reporting.pictures import fault_of

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST: Final = 3
_MOST_STYLES: Final = 20
"""Of how many styles and links one can stand in another; the tree of deeper ones could not be walked."""
_NAMED: Final = re.compile(r"\s*\{#([A-Za-z0-9][A-Za-z0-9_-]*)\}$")
_CAPTION: Final = "Table:"
_PLAINER: Final = "write it with bold and italic only, and end each before the next begins"
_SHARES: Final = (6, 60)
"""The least and the most width of a column of an author's table, in letters of its longest cell."""


class Written(NamedTuple):
    """A text as blocks, everything in it that cannot be one, and the anchors it refers to with their places."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    references: tuple[tuple[str, Location], ...]


def narrative_blocks(text: str, *, path: str, level: int, sources: Sources | None = None) -> Written:
    """Return the blocks of a Markdown text and everything in it that cannot be one.

    `level` is the level of the section's heading: a heading `#` of the text is one below it. `path` names the file in
    problems, each of which has its line. The codes are those of docs/reference/problems.md that begin `narrative-`.
    """
    lines = LineReader(path=path, sources=sources or Sources())
    return _Text(lines, level).written(_parser().parse(text))


def _parser() -> MarkdownIt:
    """Return a parser that recognises more than is allowed, so that what is not allowed can be told."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.core.ruler.disable("footnote_tail")  # it would drop a footnote that nothing refers to
    parser.disable("reference")  # a definition that nothing uses would vanish; without the rule it stays text
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - judged later, with a line
    return parser


class _Text:
    """One text while it is read; never leaves this module."""

    def __init__(self, lines: LineReader, level: int) -> None:
        self.lines = lines
        self.level = level

    def written(self, tokens: Sequence[Token]) -> Written:
        """Return everything the tokens come to."""
        nodes = SyntaxTreeNode(self._shallow(tokens)).children
        body = [node for node in nodes if node.type != "footnote_reference"]
        notes = [node for node in nodes if node.type == "footnote_reference"]
        self.lines.notes = self._notes(notes)
        blocks = list(self._blocks(body))
        for node in notes:
            label = str(node.meta["label"])
            if label not in self.lines.used:
                fix = f"write [^{shown(label)}] where it belongs, or remove it"
                message = f"nothing refers to the footnote [^{shown(label)}]"
                self.lines.complain("narrative-footnote-unused", message, fix, row=line_of(node))
        problems = sorted(self.lines.problems, key=lambda each: each.order)
        return Written(tuple(blocks), tuple(problems), tuple(self.lines.references))

    def _shallow(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return the tokens, those of a line with styles nested too deeply left out and told."""
        row = 0
        for token in tokens:
            row = token.map[0] + 1 if token.map else row
            if depth_of(token.children) > _MOST_STYLES:
                self.lines.complain("narrative-unsupported", "the styles are nested too deeply", _PLAINER, row=row)
                token.children = []
        return tokens

    def _notes(self, nodes: list[SyntaxTreeNode]) -> dict[str, Line]:
        """Return the footnotes by label; each is one paragraph, given once, without a footnote inside."""
        found: dict[str, Line] = {}
        for node in nodes:
            label = str(node.meta["label"])
            if label in found:
                message, fix = f"the footnote [^{shown(label)}] is written twice", "give one of the two another name"
                self.lines.complain("narrative-footnote-twice", message, fix, row=line_of(node))
                continue
            try:
                found[label] = self._note(node)
            except UnsupportedError as refused:
                found[label] = ()
                self.lines.complain(refused.code, refused.what, refused.fix, row=refused.line)
        return found

    def _note(self, node: SyntaxTreeNode) -> Line:
        if [child.type for child in node.children] != ["paragraph"]:
            raise UnsupportedError(line_of(node), "a footnote is more than one paragraph of text")
        line = self.lines.line(node.children[0])
        if any(span.footnote for span in line) or self.lines.used:
            self.lines.used.clear()
            raise UnsupportedError(line_of(node), "a footnote inside a footnote", fix="put it into the text")
        return line

    def _blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
        caption: SyntaxTreeNode | None = None
        for place, node in enumerate(nodes):
            try:
                if _is_caption(node) and nodes[place + 1 : place + 2] and nodes[place + 1].type == "table":
                    caption = node
                elif node.type == "table":
                    held, caption = caption, None
                    yield self._table(node, held)
                else:
                    yield self._block(node)
            except UnsupportedError as found:
                self.lines.complain(found.code, found.what, found.fix, row=found.line)

    def _block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading":
                return self._heading(node)
            case "paragraph" if image := _only_image(node):
                return self._image(image)
            case "paragraph":
                return Paragraph(spans=self.lines.line(node))
            case "bullet_list" | "ordered_list":
                return self._listing(node)
        what = f"{NAMES.get(node.type, node.type)} cannot stand in a deliverable"
        fix = "write it in Markdown: deliverables take no HTML" if node.type == "html_block" else ""
        raise UnsupportedError(line_of(node), what, fix=fix)

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        deep = self.level + int(node.tag.removeprefix("h"))
        if deep > DEEPEST:
            most = DEEPEST - self.level
            fix = f"a section of level {self.level} takes headings down to level {most}; make it a bold line instead"
            raise UnsupportedError(line_of(node), "the heading is too deep", code="narrative-heading-deep", fix=fix)
        text, anchor = _named(self.lines.plain(node, "a heading"))
        return Heading(text=text, level=deep, anchor=anchor)

    def _listing(self, node: SyntaxTreeNode) -> Listing:
        if node.attrs.get("start", 1) != 1:
            fix = "let the list begin with 1."
            raise UnsupportedError(line_of(node), "a numbered list begins at 1 in a deliverable", fix=fix)
        entries: list[Line] = []
        for entry in node.children:
            if [child.type for child in entry.children] != ["paragraph"]:
                fix = "write one paragraph of text for each entry, without a list inside it"
                raise UnsupportedError(line_of(entry), "an entry of a list is more than one paragraph of text", fix=fix)
            entries.append(self.lines.line(entry.children[0]))
        return Listing(entries=tuple(entries), ordered=node.type == "ordered_list")

    def _table(self, node: SyntaxTreeNode, caption: SyntaxTreeNode | None) -> Table:
        rows = [row.children for part in node.children for row in part.children]
        heads = [self.lines.plain(cell, "a table's heading") for cell in rows[0]]
        cells = [[self.lines.line(cell) for cell in row] for row in rows[1:]]
        text, anchor = ("", "")
        if caption is not None:
            text, anchor = _named(self.lines.plain(caption, "a caption").removeprefix(_CAPTION).strip())
        longest = [
            max(len(head), *(sum(len(span.text) for span in row[place]) for row in cells), 0)
            for place, head in enumerate(heads)
        ]
        return Table(
            caption=text,
            columns=tuple(
                Column(heading=head, share=min(max(letters, _SHARES[0]), _SHARES[1]), align=_align(cell))
                for head, letters, cell in zip(heads, longest, rows[0], strict=True)
            ),
            rows=tuple(tuple(Cell(lines=(line,)) if line else Cell() for line in row) for row in cells),
            anchor=anchor,
        )

    def _image(self, node: SyntaxTreeNode) -> Image:
        row, source = line_of(node), str(node.attrs.get("src", ""))
        name = unicodedata.normalize("NFC", _parser().normalizeLinkText(source))
        alt = self.lines.words("".join(_plain(each) for each in node.walk(include_self=False)), row)
        data = self.lines.sources.images.get(name)
        if data is None:
            raise UnsupportedError(
                row, f"there is no image '{shown(name)}'", code="narrative-image-missing",
                fix="put the picture (.png or .jpg) beside the text and write its file name, without a folder",
            )  # fmt: skip
        if fault := fault_of(data):
            raise UnsupportedError(
                row,
                f"the image '{shown(name)}' {fault}",
                code="narrative-image-broken",
                fix="save it again as a PNG picture",
            )
        if not alt:
            raise UnsupportedError(
                row, f"the image '{shown(name)}' is not described", code="narrative-image-undescribed",
                fix=f"say what it shows, for who cannot see it: ![what it shows]({name})",
            )  # fmt: skip
        caption, anchor = _named(self.lines.words(str(node.attrs.get("title", "")), row))
        return Image(data=data, alt=alt, caption=caption, anchor=anchor)


def _is_caption(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and node.children[0].content.startswith(_CAPTION)


def _only_image(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """Return the image that is all a paragraph holds."""
    inline = node.children[0].children
    return inline[0] if len(inline) == 1 and inline[0].type == "image" else None


def _plain(node: SyntaxTreeNode) -> str:
    """Return the text of an inline node that is not made of others."""
    return BREAK if node.type in {"softbreak", "hardbreak"} else "" if node.children else node.content


def _named(text: str) -> tuple[str, str]:
    """Return a caption or heading without the name that stands in `{#name}` behind it, and that name."""
    match = _NAMED.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


def _align(cell: SyntaxTreeNode) -> Literal["left", "right", "center"]:
    style = str(cell.attrs.get("style", ""))
    return "right" if "right" in style else "center" if "center" in style else "left"
