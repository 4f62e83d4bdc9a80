"""How two versions of a template differ: the fields they ask for, and their text. Says nothing of agreements."""

from __future__ import annotations

from dataclasses import dataclass

from elca_docs.authoring.asking import asked_fields
from elca_docs.authoring.reading import Reading
from elca_docs.rendering import text_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateChanges:
    """What a new version of a template has and lacks; `text` has "- …" for what is gone and "+ …" for what is new."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether an agreement reads the same with either."""
        return not (self.gained or self.lost or self.text)


def template_changes(old: Reading, new: Reading) -> TemplateChanges:
    """Return what changes where `new` takes the place of `old`; formatting alone is no change."""
    before, after = (frozenset(asked.path for asked in asked_fields(each)) for each in (old, new))
    return TemplateChanges(
        gained=tuple(sorted(after - before)),
        lost=tuple(sorted(before - after)),
        text=text_changes(text_of(old), text_of(new)),
    )


def text_of(reading: Reading) -> tuple[str, ...]:
    """Return the paragraphs that have text, tags included, blanks joined; without what a tracked change takes out."""
    found = []
    for part in reading.parts:
        for paragraph in part.paragraphs if part.filled else ():
            kept = [piece.text for piece in paragraph.pieces if not piece.inside & {"deleted", "moved", "code"}]
            if text := " ".join("".join(kept).split()):
                found.append(text)
    return tuple(found)
