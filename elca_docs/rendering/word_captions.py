"""Captions: a label, a number that counts itself, a text, and the bookmarks that lists and references lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from elca_docs.rendering.word_text import (
    bookmark_end,
    bookmark_start,
    bookmarked,
    field,
    keep_with_next,
    paragraph,
    run,
    space,
)

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P

    from elca_docs.rendering.word_marks import Mark
    from elca_docs.rendering.word_template import StyleSheet

CAPTION_STYLE: Final = "Caption"
SEQUENCES: Final = {"table": "Table", "figure": "Figure"}
"""The names of the counters, alike in all languages."""
BOOKMARKS: Final = 2
"""How many bookmarks a caption has."""
_ABOVE, _BELOW = "80", "240"  # twips around the caption of a figure, which stands under it


def caption(mark: Mark, sheet: StyleSheet, number: int) -> CT_P:
    """Return a caption; its number is a field with the right number in it already.

    `number` and the one after it are unique among the bookmarks. A table's caption stays with the table below it; a
    figure's stands below the figure, and goes with nothing.
    """
    made = paragraph(sheet[CAPTION_STYLE])
    made.append(bookmark_start(mark.short, number + 1))
    made.append(run(f"{mark.label} "))
    made.extend(field(rf"SEQ {SEQUENCES[mark.kind]} \* ARABIC", mark.number))
    made.append(bookmark_end(number + 1))
    made.append(run(f". {mark.text}"))
    bookmarked(made, mark.bookmark, number)
    keep_with_next(made, keep=mark.kind == "table")
    if mark.kind == "figure":
        space(made, before=_ABOVE, after=_BELOW)
    return made
