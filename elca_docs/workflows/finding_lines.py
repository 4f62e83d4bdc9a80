"""Findings as lines for a terminal: how many of what first, then theme by theme, as on the page and in the workbook.

A list that fills more than a screen begins with the whole count and ends with it, so that neither who scrolls up nor
who does not misses it. Lines only; nothing is found, judged or left out here.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from elca_docs.model.findings import SEVERITIES, Finding
from elca_docs.records import CODES, Theme, by_theme

NARROWEST: Final = 60
WIDEST: Final = 100
"""Columns of a terminal between which sentences are still read well."""
_SCREEN: Final = 25
_MARGIN: Final = "  "

Themes = tuple[tuple[Theme, Mapping[str, tuple[Finding, ...]]], ...]


def finding_lines(open_ones: Sequence[Finding], last: str, *, width: int = 0) -> tuple[str, ...]:
    """Return the lines on some findings, with the line `last` that says how many there are, and one next step.

    Args:
        open_ones: The findings; of none at all only `last` is told.
        last: How many there are, in words.
        width: Columns to fill; 0 takes those of the terminal.
    """
    if not open_ones:
        return (last,)
    columns = width or min(WIDEST, max(NARROWEST, shutil.get_terminal_size(fallback=(WIDEST, _SCREEN)).columns))
    themes = by_theme(open_ones)
    lines = [line for theme, codes in themes for line in _theme_lines(theme, codes, columns)]
    end = (last, *_wrapped(_next_step(themes), "", columns))
    if len(lines) + len(end) <= _SCREEN:
        return (*lines, *end)
    return (last, "", *_overview(themes), "", *end[1:], "", *lines, *end)


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings there are, by severity, in words."""
    every = [finding.severity for finding in findings if not finding.accepted]
    counts = [
        f"{every.count(each)} {each}{'s' if every.count(each) != 1 else ''}" for each in SEVERITIES if each in every
    ]
    return ", ".join(counts) or "none"


def _overview(themes: Themes) -> Iterator[str]:
    """Yield how much there is of what: a line for each theme."""
    wide = max(len(theme.title) for theme, _ in themes)
    yield " " * wide + "".join(f"{f'{each}s':>10}" for each in SEVERITIES)
    for theme, codes in themes:
        severities = [each.severity for found in codes.values() for each in found]
        numbers = (str(severities.count(each) or "·") for each in SEVERITIES)
        yield f"{theme.title:<{wide}}" + "".join(f"{number:>10}" for number in numbers)


def _theme_lines(theme: Theme, codes: Mapping[str, tuple[Finding, ...]], width: int) -> Iterator[str]:
    """Yield the findings of a theme, code by code; what to do is said once where it is the same for all."""
    yield f"{theme.title} ({sum(map(len, codes.values()))})"
    for code, found in codes.items():
        yield ""
        yield from _wrapped(f"{counted(found)} · {code} · {CODES[code]}", _MARGIN, width)
        once = len({each.fix for each in found}) == 1
        for each in found:
            place = f"{each.location}: " if each.location else ""
            yield from _wrapped(f"{place}{each.message}", _MARGIN * 2, width)
            if each.other_location:
                yield f"{_MARGIN * 4}see also: {each.other_location}"
            if each.fix and not once:
                yield from _wrapped(f"fix: {each.fix}", _MARGIN * 4, width)
        if found[0].fix and once:
            yield from _wrapped(f"fix: {found[0].fix}", _MARGIN * 2, width)
    yield ""


def _next_step(themes: Themes) -> str:
    """Return the one thing to do now: the first of the gravest kinds, or what can be done about the only one."""
    settle = "correct the records, or accept with a reason in records/accepted.yaml"
    firsts = [(code, found) for _, codes in themes for code, found in codes.items()]
    code, found = min(firsts, key=lambda each: min(SEVERITIES.index(one.severity) for one in each[1]))
    if len(firsts) == 1:
        return f"next: {settle}"
    return f"next: invoke check --only {code} ({counted(found)}): {settle}"


def _wrapped(text: str, margin: str, width: int) -> Iterator[str]:
    """Yield a text in lines of a readable length; no place, name or code is broken in two."""
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin + _MARGIN * 2 if margin else _MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
