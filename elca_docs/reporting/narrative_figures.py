"""Figures within an author's text: `{KPI 2: counted}` gives way to what it asks for, also where it runs over a line.

A brace that nearly asks for a figure is a slip, told with its line, since it would be printed as it is; every other
brace is text. May not know Markdown, files or problems.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from elca_docs.model.blocks import Line

BREAK: Final = "\x00"
"""Stands for a line end that is a space in print, so that lines can be counted. No Markdown text can hold it."""
Figures = Mapping[str, Mapping[str, str]]
"""What can be asked for, by what it belongs to and its name."""
_BRACE: Final = re.compile(r"\{([^{}]*)(\}?)")
_FIGURE: Final = re.compile(r"([^:]{1,64}):([^:]{1,40})")
_FARTHEST: Final = 105
"""Letters of the longest figure that can be asked for, its colon included."""


class Slip(NamedTuple):
    """A brace that asks for no figure there is: its line, what stands there, and what could be meant."""

    row: int
    written: str
    fix: str


def with_figures(line: Line, figures: Figures, row: int) -> tuple[Line, tuple[Slip, ...]]:
    """Return a line, its spans of one style each, with the figures it asks for, and every slip; `row` is its first."""
    slips: list[Slip] = []
    spans = []
    for place, span in enumerate(line):
        text, done = "", 0
        for match in _BRACE.finditer(span.text):
            text += span.text[done : match.start()]
            row += _rows(span.text[done : match.start()])
            rest = "" if match[2] or match.end() < len(span.text) else _rest(line[place + 1 :])
            found = _answer(match[1], rest, figures, closed=bool(match[2]))
            if isinstance(found, Slip):
                slips.append(found._replace(row=row))
            text += found if isinstance(found, str) else match[0]
            row += _rows(match[0])
            done = match.end()
        text += span.text[done:]
        row += _rows(span.text[done:])
        spans.append(replace(span, text=text.replace(BREAK, " ")))
    return tuple(spans), tuple(slips)


def _rows(text: str) -> int:
    return text.count(BREAK) + text.count("\n")


def _rest(line: Line) -> str:
    """Return how a brace goes on that does not end in its own style."""
    found = ""
    for span in line:
        found += span.text
        if len(found) > _FARTHEST:
            break
    return re.split("[{}]", found, maxsplit=1)[0]


def _answer(inner: str, rest: str, figures: Figures, *, closed: bool) -> str | Slip | None:
    """Return the figure that a brace asks for, or what is wrong with it; None where it is text."""
    words = " ".join((inner + rest).replace(BREAK, " ").split())
    written = f"{{{words}}}" if closed else f"{{{words}"
    match = _FIGURE.fullmatch(words) if closed else None
    if match:
        owner, name = match[1].strip(), match[2].strip()
        found = figures.get(owner, {}).get(name)
        return Slip(0, written, _nearest(owner, name, figures)) if found is None else found
    meant = next(_meant(words.replace(":", " ").split(), figures), "") if words else ""
    return Slip(0, written, f"write it like this, all in one style: {meant}") if meant else None


def _nearest(owner: str, name: str, figures: Figures) -> str:
    """Return what was meant by a figure that is not there, or all there are."""
    if not figures:
        return "figures stand in deliverables that report on what the register shows, not in plans"
    if owner not in figures:
        return _guess(owner, tuple(figures), "what has figures is")
    return _guess(name, tuple(figures[owner]), f"the figures of {owner} are")


def _guess(word: str, known: Sequence[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"{otherwise}: {', '.join(known)}"


def _meant(words: Sequence[str], figures: Figures) -> Iterator[str]:
    """Yield how a figure is written that some words seem to ask for: they begin with its owner or end with its name.

    An owner that is a word of everyday, such as report, has to stand before something like the name of a figure.
    """
    text = " ".join(words).casefold()
    for owner, names in figures.items():
        if f"{text} ".startswith(f"{owner.casefold()} "):
            near = difflib.get_close_matches(text[len(owner) :].strip(), names, n=1)
            if near or not owner.islower():
                yield f"{{{owner}: {[*near, *names][0]}}}"
    owners = {owner.casefold(): owner for owner in figures}
    for name in dict.fromkeys(name for names in figures.values() for name in names):
        if f" {text}".endswith(f" {name}"):
            before = text.removesuffix(name).strip()
            near = difflib.get_close_matches(before, owners, n=1) if before else [*owners]
            yield from (f"{{{owners[each]}: {name}}}" for each in near if name in figures[owners[each]])
