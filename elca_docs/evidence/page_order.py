"""Which pages of a version a file shows, as told by the codes that were read off it: missing, doubled, out of order.

A code that is not read is no missing page: scans have blank backs, and a pen line can cross a symbol. A page is missing
for sure only where no page of the file could be it. Pure; what follows is for the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from elca_docs.model.facts import SeenCode
from elca_docs.model.page_code import PageCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOrder:
    """What the codes of one version say; pages count from 1, and are those of the version but for `uncoded`."""

    missing: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()
    """Pages whose code was not read, and for which the file has a page without a code."""
    doubled: tuple[int, ...] = ()
    shuffled: bool = False
    """Whether the pages stand in another order than in the version."""
    uncoded: tuple[int, ...] = ()
    """Pages of the file on which no code was read: blank backs, or the pages unseen."""


def our_codes(seen: Iterable[SeenCode], key: str) -> tuple[tuple[tuple[int, PageCode], ...], tuple[str, ...]]:
    """Return our page codes with the page of the file each stands on, sorted, and the texts that are none of ours."""
    ours: set[tuple[int, PageCode]] = set()
    foreign: set[str] = set()
    for each in seen:
        try:
            ours.add((each.page, PageCode.parse(each.text, key)))
        except ValueError:
            foreign.add(each.text)
    return tuple(sorted(ours)), tuple(sorted(foreign))


def page_order(codes: Iterable[tuple[int, PageCode]], sheets: int) -> PageOrder:
    """Return what the codes of one version say of its pages, in a file of so many sheets.

    Without a code nothing is said. Two pages on one sheet (a reduced scan) are in order.
    """
    spots = sorted({(sheet, code.page) for sheet, code in codes})
    total = max((code.pages for _, code in codes), default=0)
    pages = [page for _, page in spots]
    absent = [page for page in range(1, total + 1) if page not in pages]
    uncoded = tuple(sorted(set(range(1, sheets + 1)) - {sheet for sheet, _ in spots})) if spots else ()
    doubled = tuple(sorted({page for page in pages if pages.count(page) > 1}))
    shuffled = pages != sorted(pages)
    if doubled or shuffled:
        missing = absent if len(uncoded) < len(absent) else []
    else:
        missing = list(_without_room([(0, 0), *spots, (sheets + 1, total + 1)]))
    return PageOrder(
        missing=tuple(missing),
        unseen=tuple(page for page in absent if page not in missing),
        doubled=doubled,
        shuffled=shuffled,
        uncoded=uncoded,
    )


def _without_room(spots: list[tuple[int, int]]) -> Iterable[int]:
    """Yield the pages between two that were read, where fewer sheets lie between those than pages are wanted."""
    for (sheet, page), (next_sheet, next_page) in pairwise(spots):
        between = range(page + 1, next_page)
        if next_sheet - sheet - 1 < len(between):
            yield from between


def ranges(pages: Iterable[int]) -> str:
    """Return pages as a person writes them: 1-4, 6."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
