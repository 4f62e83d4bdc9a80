"""Which headings, tables and figures a document has, which number Word gives each, and which bookmark stands around it.

Contents, lists and references all come from here, so that they say the same. It looks at blocks and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from elca_docs.model.blocks import Block, Chart, Heading, Image, Table

Kind = Literal["heading", "section", "table", "figure"]
"""A heading is numbered, a section is a heading without number."""

LEVELS: Final = 3
_FIRST: Final[dict[Kind, int]] = {
    "heading": 100_000_000,  # Word's own names for them have nine digits
    "table": 200_000_000,
    "figure": 300_000_000,
    "section": 400_000_000,
}
# What stands before the number; the fields themselves always count "Table" and "Figure", so that captions add up.
_TABLE: Final = {"de": "Tabelle", "es": "Tabla", "fr": "Tableau", "it": "Tabella", "pl": "Tabela", "pt": "Tabela"}
_FIGURE: Final = {"de": "Abbildung", "es": "Figura", "fr": "Figure", "it": "Figura", "pl": "Rysunek", "pt": "Figura"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading or caption: what it says, the number Word will give it, and the bookmark around it.

    `label` is what a caption and a reference to it begin with ("Table"), empty for headings; `level` is 1 to 3.
    """

    anchor: str
    kind: Kind
    text: str
    bookmark: str
    number: str = ""
    label: str = ""
    level: int = 1

    @property
    def numbered(self) -> str:
        """What a reference prints: "Table 3", "2.1", or the text of a heading without number."""
        return f"{self.label} {self.number}".strip() or self.text

    @property
    def short(self) -> str:
        """The name of the bookmark around label and number of a caption."""
        return self.bookmark.replace("_Toc", "_Ref")


def anchored(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with an anchor on each heading and caption; those that have one of their own keep it.

    An anchor that is made counts the blocks of its kind, so the same blocks always get the same. Where two blocks have
    one anchor, the first keeps it.
    """
    taken = {each.anchor for each in blocks if _kind(each)} if blocks else set()  # type: ignore[union-attr]
    given: set[str] = set()
    counts: Counter[str] = Counter()
    found: list[Block] = []
    for block in blocks:
        kind = _kind(block)
        if kind and isinstance(block, Heading | Table | Image | Chart):
            counts[kind] += 1
            anchor = block.anchor
            if not anchor or anchor in given:
                anchor = _free(f"{kind}-{counts[kind]}", taken | given)
            given.add(anchor)
            found.append(replace(block, anchor=anchor) if anchor != block.anchor else block)
        else:
            found.append(block)
    return tuple(found)


def marks_of(blocks: Sequence[Block], *, language: str = "en") -> Mapping[str, Mark]:
    """Return the headings and captions of anchored blocks by anchor, in order, with the numbers that Word gives."""
    levels = [0] * LEVELS
    counts: Counter[Kind] = Counter()
    found: dict[str, Mark] = {}
    for block in blocks:
        kind = _kind(block)
        if kind is None or not isinstance(block, Heading | Table | Image | Chart):
            continue
        bookmark = f"_Toc{_FIRST[kind] + counts[kind]}"
        counts[kind] += 1
        if isinstance(block, Heading):
            number = _next(levels, level_of(block)) if block.numbered else ""
            mark = Mark(block.anchor, kind, block.text, bookmark, number, level=level_of(block))
        else:
            label = label_of(kind, language)
            mark = Mark(block.anchor, kind, block.caption, bookmark, str(counts[kind]), label)
        found[block.anchor] = mark
    return found


def bookmarks_of(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the name of the bookmark of each heading and caption by its anchor; what `pdf.pages_of` looks for."""
    return {anchor: mark.bookmark for anchor, mark in marks_of(anchored(blocks)).items()}


def label_of(kind: Kind, language: str) -> str:
    """Return the word before the number of a table or figure in a language; English where it is not known."""
    return _TABLE.get(language, "Table") if kind == "table" else _FIGURE.get(language, "Figure")


def level_of(heading: Heading) -> int:
    """Return the level of a heading, within the three that there are."""
    return min(max(heading.level, 1), LEVELS)


def _kind(block: Block) -> Kind | None:
    """Return what a block counts as, or None where it has no number and no place in a list."""
    match block:
        case Heading(numbered=numbered):
            return "heading" if numbered else "section"
        case Table(caption=caption) if caption:
            return "table"
        case Chart(caption=caption) | Image(caption=caption) if caption:
            return "figure"
    return None


def _next(levels: list[int], level: int) -> str:
    """Return the number of the next heading of a level, as the multilevel list counts."""
    levels[level - 1] += 1
    levels[level:] = [0] * (LEVELS - level)
    return ".".join(str(max(count, 1)) for count in levels[:level])


def _free(anchor: str, taken: set[str]) -> str:
    """Return the anchor, with a tail where it is taken."""
    tail = 1
    made = anchor
    while made in taken:
        tail += 1
        made = f"{anchor}-{tail}"
    return made
