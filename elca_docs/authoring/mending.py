"""A template with the slips mended that can be mended safely, each of them listed. Decides nothing for its author.

Mended are: quotes, dashes and spaces that Word has made typographic inside a tag, doubled spaces there, a missing space
behind the letter of `{%p`, an end that is no `%}`, and tags split over runs. Text outside of tags never changes, and a
template that rendered before gives the same text. What is doubtful stays as it is, and the check goes on telling it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Final

from elca_docs.authoring.changed_parts import ChangedParts
from elca_docs.authoring.paragraphs import PartReading, Tag
from elca_docs.authoring.positions import nearest
from elca_docs.authoring.reading import read_template
from elca_docs.authoring.spots import Spot
from elca_docs.authoring.tag_joining import is_joinable, parts_of, proof_marks, signs_in
from elca_docs.authoring.tag_spelling import is_statement, plainly
from elca_docs.authoring.tag_writing import TagWriting
from elca_docs.rendering.package import W

_SAID: Final = {
    "quote": "typographic quotes are plain ones now: {}",
    "dash": "a typographic dash is a plain one now: {}",
    "space": "odd spaces are plain ones now: {}",
    "doubled": "doubled spaces are single ones now: {}",
    "letter": "a space stands behind the letter now: {}",
    "end": "the tag ends as it should now: {}",
    "split": "the tag was split over several runs and is in one piece now: {}",
}
_TAKES_AWAY: Final = re.compile(r"\{[{%#](tr|tc|p)(?=\s|if|el|end|for|set)")
_LOST: Final = ("drawing", "pict", "object", "sym", "br", "fldChar", "fldSimple", "sectPr", "contentPart",
                "footnoteReference", "endnoteReference")  # fmt: skip
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing that was mended: a sentence, and where it stood in the template as it was."""

    what: str
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A template, mended, and the list of what was; without any, `document` is the very file."""

    document: bytes
    mends: tuple[Mend, ...]


def mended_copy(data: bytes, *, name: str) -> Mended:
    """Return the template with its safe mends, in order of place.

    All parts without one keep their bytes. Mending twice changes nothing more.
    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    ended, ends = _changed(data, name, _Mending.ends)
    spelt, mends = _changed(ended, name, _Mending.tags)
    found = sorted({**ends, **mends}.items(), key=itemgetter(1))
    return Mended(document=spelt, mends=tuple(mend for mend, _ in found))


def _changed(
    data: bytes, name: str, mended: Callable[[_Mending], Iterator[tuple[Tag, str, str]]]
) -> tuple[bytes, dict[Mend, tuple[int, int, int]]]:
    """Return the file with mends of one kind, and these with their order."""
    reading = read_template(data, name=name)
    parts = ChangedParts(reading.package)
    found: dict[Mend, tuple[int, int, int]] = {}
    for index, part in enumerate(reading.parts):
        if part.filled:
            mending = _Mending(part, TagWriting(parts.source(part.member)))
            for tag, what, text in mended(mending):
                mend = Mend(what=_SAID[what].format(_short(text)), spot=tag.spot())
                if "fallback" not in tag.first.flags or not any(_is_same_place(mend, each) for each in found):
                    found[mend] = (index, tag.first.number, tag.start)
            parts.splice(part.member, mending.writing.splices())
    return (parts.document() if found else data), found


def _is_same_place(mend: Mend, other: Mend) -> bool:
    """Whether two mends say the same of one text box, which stands in the file twice."""
    here, there = mend.spot, other.spot
    return (mend.what, here.member, here.words, here.start) == (other.what, there.member, there.words, there.start)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


class _Mending:
    """The mends of one part; each is carried out as it is yielded, with its tag, its kind and the tag as it is now."""

    def __init__(self, part: PartReading, writing: TagWriting) -> None:
        self._part = part
        self.writing = writing

    def tags(self) -> Iterator[tuple[Tag, str, str]]:
        """Mend each whole tag where it is safe."""
        for tag in self._part.tags:
            parts = parts_of(tag)
            if tag.first.attribute or not tag.is_whole or (len(parts) > 1 and not is_joinable(tag)):
                continue
            if not all(self.writing.can_write(part.element) for part in parts):
                continue
            spelling = plainly(tag, in_word_text=self._part.is_word and tag.first.number >= 0)
            names = (*spelling.changes, *(["split"] if len(parts) > 1 else []))
            if not names or (spelling.wakes and not self._may_wake(tag, tag, spelling.text)):
                continue
            self.writing.write(tag.pieces, spelling.text)
            self.writing.drop([*(sign.element for sign in signs_in(tag)), *proof_marks(tag)])
            yield from ((tag, name, spelling.text) for name in names)

    def ends(self) -> Iterator[tuple[Tag, str, str]]:
        """Mend each statement that ends with `}}`."""
        for half, end in pairwise(self._part.halves):
            if (half.kind, end.kind) != ("{%", "}}") or half.first is not end.first or half.first.number < 0:
                continue
            text = half.first.text[half.end : end.start]
            _, piece, start, _ = end.pieces[0]
            if "\n" in text or "\t" in text or not is_statement(text) or not self.writing.can_write(piece.element):
                continue
            if self._may_wake(half, end, f"{{%{text}%}}"):
                self.writing.write([(half.first, piece, start, start + 1)], "%")
                yield half, "end", f"{{%{text}%}}"

    def _may_wake(self, first: Tag, last: Tag, text: str) -> bool:
        """Whether a tag that takes its paragraph, row or cell away from now on takes nothing with it."""
        taken = _TAKES_AWAY.match(text)
        if not taken:
            return True
        element = first.first.element if taken[1] == "p" else nearest(first.first.element, taken[1])
        if element is None:
            return False
        if any(element.find(f".//{{{W}}}{name}") is not None for name in _LOST):
            return False
        within = set(element.iter())
        rest = ""
        for paragraph in self._part.paragraphs:
            if paragraph.element in within:
                own = paragraph is first.first
                rest += paragraph.text[: first.start] + paragraph.text[last.end :] if own else paragraph.text
        return not rest.strip()
