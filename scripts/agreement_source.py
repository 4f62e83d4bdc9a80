"""Reads the text of an agreement template: wording in `agreement_texts/`, one readable file per template.

A file begins with the small words of the layout (`key: value` between two lines of `---`). Then come blocks, each a
paragraph of the document; lines that follow without a marker or an empty line between them belong together:

    ## Background          a part, without number       * text      a recital, numbered (1)
    # Purpose              a clause, numbered 1.        > text      a quotation
    text                   a paragraph, numbered 1.1    @parties    a table that the layout builds
    - text                 a point, numbered (a)        {%p … %}    a condition or loop around paragraphs

Fields and conditions inside the text are docxtpl's. This module reads text only; it knows nothing of Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["part", "clause", "text", "point", "recital", "quote", "table", "control"]

_MARKERS: tuple[tuple[str, Kind], ...] = (
    ("## ", "part"),
    ("# ", "clause"),
    ("- ", "point"),
    ("* ", "recital"),
    ("> ", "quote"),
    ("@", "table"),
    ("{%p ", "control"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or the name of a table, of an agreement template."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """The words of the layout by key, and the blocks in order."""

    words: dict[str, str]
    blocks: tuple[Block, ...]


def parsed(text: str) -> Source:
    """Return the words and blocks of a source file."""
    _, front, body = text.split("---\n", 2)
    words = dict(line.split(": ", 1) for line in front.splitlines())
    blocks: list[Block] = []
    open_block = False
    for line in map(str.strip, body.splitlines()):
        marked = next(((kind, line.removeprefix(mark)) for mark, kind in _MARKERS if line.startswith(mark)), None)
        if marked and marked[0] == "control":
            blocks.append(Block("control", line))
        elif marked:
            blocks.append(Block(*marked))
        elif line and open_block:
            blocks[-1] = Block(blocks[-1].kind, f"{blocks[-1].text} {line}")
        elif line:
            blocks.append(Block("text", line))
        open_block = bool(line)
    return Source(words, tuple(blocks))
