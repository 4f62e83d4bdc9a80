"""Places in words while a part is read: sections, tables with rows and cells, text boxes, notes, and what is counted.

Counts as a reader of the page counts: paragraphs and tables of the text itself by section, those of a cell, a text box
or a note from its beginning. A content control around them is seen through.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_NOTES = {"footnote": "footnote", "endnote": "endnote", "comment": "comment"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(slots=True)
class Container:
    """What holds paragraphs: its words with a comma behind them, and what was counted in it so far."""

    name: str
    prefix: str
    flags: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)


class Containers:
    """The containers that are open at one point of a part, the part itself first."""

    def __init__(self, tree: etree._Element) -> None:
        """Begin at the start of a part; its sections are only named where it has several."""
        self._has_sections = tree.find(f".//{{{W}}}pPr/{{{W}}}sectPr") is not None
        self._section = 1
        self._notes = 0
        self._open = [Container("part", self._section_prefix(), frozenset())]

    @property
    def current(self) -> Container:
        """Return the innermost container."""
        return self._open[-1]

    def paragraph_words(self) -> str:
        """Count a paragraph, and return its place in words."""
        container = self.current
        container.counts["paragraph"] += 1
        return f"{container.prefix}paragraph {container.counts['paragraph']}"

    def enter(self, name: str, element: etree._Element) -> None:
        """Go into an element that may be a container."""
        if name in {"tbl", "tr", "tc"}:
            word = {"tbl": "table", "tr": "row", "tc": "cell"}[name]
            self.current.counts[word] += 1
            prefix = f"{self.current.prefix}{word} {self.current.counts[word]}, "
            self._open.append(Container(name, prefix, self.current.flags | {"table"}))
        elif name == "txbxContent":
            self._enter_box(element)
        elif name in _NOTES:
            separates = element.get(f"{{{W}}}type", "") in _SEPARATORS
            self._notes += not separates
            word = f"{_NOTES[name]} separator" if separates else f"{_NOTES[name]} {self._notes}"
            self._open.append(Container(name, f"{word}, ", frozenset({"note"})))

    def _enter_box(self, element: etree._Element) -> None:
        """Count a text box; the copy of it for old programs is the same box."""
        if next(element.iterancestors(f"{{{_MC}}}Fallback"), None) is None or not self.current.counts["text box"]:
            self.current.counts["text box"] += 1
        prefix = f"{self.current.prefix}text box {self.current.counts['text box']}, "
        self._open.append(Container("txbxContent", prefix, self.current.flags | {"text box"}))

    def leave(self, name: str) -> None:
        """Come out of an element that may be a container."""
        if len(self._open) > 1 and self.current.name == name:
            self._open.pop()

    def end_paragraph(self, element: etree._Element) -> None:
        """Begin the next section behind a paragraph that ends one."""
        if len(self._open) == 1 and element.find(f"{{{W}}}pPr/{{{W}}}sectPr") is not None:
            self._section += 1
            self._open = [Container("part", self._section_prefix(), frozenset())]

    def _section_prefix(self) -> str:
        return f"section {self._section}, " if self._has_sections else ""
