"""A blank with all that it takes to write something in its place. What the finders make and `adopting` uses.

Holds lxml elements of one reading, so it never leaves this room.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from elca_docs.authoring.letters import Stroke
from elca_docs.authoring.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml import etree

BlankKind = Literal[
    "bracket", "mergetext", "mergefield", "formfield", "control", "dropdown", "date", "checkbox", "line", "highlight"
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundBlank:
    """A blank in a paragraph.

    `strokes` are its letters, of which the first gives way to the tag and the others go. `start` is the character of
    the paragraph's text at which it begins. `unmarked` are letters beside it that lose their highlight with it, and
    `dropped` are letters that go with it (of a field within a field's code). `removed` are elements that go, `opened`
    those whose content stays without them (a content control, a simple field). Where it has no letters, the tag comes
    into `room`. `entered` is the formatting that Word gives to what is typed in (of a control that shows its
    placeholder). `obstacle` says why nothing can be written there. `twins` are its copies for old programs.
    """

    kind: BlankKind
    text: str
    paragraph: Paragraph
    start: int
    end: int
    strokes: tuple[Stroke, ...] = ()
    names: tuple[str, ...] = ()
    unmarked: tuple[Stroke, ...] = ()
    dropped: tuple[Stroke, ...] = ()
    removed: tuple[etree._Element, ...] = ()
    opened: tuple[etree._Element, ...] = ()
    room: etree._Element | None = None
    entered: etree._Element | None = None
    obstacle: str = ""
    twins: tuple[FoundBlank, ...] = field(default=())

    def beside(self, *twins: FoundBlank) -> FoundBlank:
        """Return the same blank with its copies."""
        return replace(self, twins=twins)
