"""What changed between two reports: figures, agreements, rows of tables and charts, and text. Pure; judges nothing.

Blocks are compared, not Word files, so that what only looks different is no change. A table is found again by its
anchor or caption, a row by its first cells, a text by its place among its neighbours; rows that only moved are none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from elca_docs.model.blocks import Block, Cell, Chart, Control, Heading, Image, Line, Listing, Paragraph, Table
from elca_docs.model.figures import AgreementStatus, StatusReport
from elca_docs.model.rows import record_of

Kind = Literal["figure", "agreement", "row", "text"]
_FIGURES: Final = ("target", "planned", "named", "drafted", "sent", "signed", "counted", "overdue")
_AGREEMENTS: Final = ("status", "counterpart", "reference", "register_number", "expected", "signed_on", "overdue")
_NONE: Final = "none"
_SHOWN: Final = 12
"""Letters of a picture's digest that tell it from another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: where, of what, and both sides; an empty `old` was not there, an empty `new` is gone."""

    kind: Kind
    place: str
    """The indicator, the agreement, the caption of the table, or the heading above the text."""
    what: str
    """The field, or the row and the column; empty for a text."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table, chart or control block as plain text: its name for a reader, its headings, its rows."""

    place: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def changes_between(
    old_blocks: Sequence[Block],
    new_blocks: Sequence[Block],
    old_status: StatusReport,
    new_status: StatusReport,
    *,
    withheld: AbstractSet[str] = frozenset(),
) -> tuple[Change, ...]:
    """Return everything that differs: figures first, then agreements, then rows, then text, each in its order.

    Of the agreements whose ids are `withheld` it is not told with whom they are; the blocks have left that out already.
    """
    return (
        *_figures(old_status, new_status),
        *_agreements(old_status, new_status, withheld),
        *_grids(_tables(old_blocks), _tables(new_blocks)),
        *_texts(tuple(_lines(old_blocks)), tuple(_lines(new_blocks))),
    )


def _figures(old: StatusReport, new: StatusReport) -> Iterator[Change]:
    before, after = {each.id: each for each in old.figures}, {each.id: each for each in new.figures}
    for name in before | after:
        for field in _FIGURES:
            sides = [_shown(getattr(each, field, None)) for each in (before.get(name), after.get(name))]
            yield from _change("figure", name, field, *sides)


def _agreements(old: StatusReport, new: StatusReport, withheld: AbstractSet[str]) -> Iterator[Change]:
    before, after = _rows_of(old), _rows_of(new)
    for name in before | after:
        then, now = before.get(name), after.get(name)
        if then is None or now is None:
            yield from _change("agreement", name, "", then.status if then else "", now.status if now else "")
            continue
        hidden = record_of(name).partition("/")[0] in withheld  # an amendment is as confidential as its agreement
        for field in (each for each in _AGREEMENTS if not (hidden and each == "counterpart")):
            yield from _change("agreement", name, field, _shown(getattr(then, field)), _shown(getattr(now, field)))


def _rows_of(status: StatusReport) -> dict[str, AgreementStatus]:
    return {each.id: each for each in (*status.agreements, *status.amendments)}


def _change(kind: Kind, place: str, what: str, old: str, new: str) -> Iterator[Change]:
    if old != new:
        yield Change(kind=kind, place=place, what=what.replace("_", " "), old=old, new=new)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NONE if value is None or value == "" else str(value)


def _tables(blocks: Iterable[Block]) -> dict[str, _Grid]:
    """Return all that stands in rows by what it is found again by: anchor, else caption, else the heading above it."""
    found: dict[str, _Grid] = {}
    heading, seen = "", Counter[str]()
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        grid = _grid(block, heading)
        if grid is None:
            continue
        key = getattr(block, "anchor", "") or grid.place
        seen[key] += 1
        found[f"{key} {seen[key]}" if seen[key] > 1 else key] = grid
    return found


def _grid(block: Block, heading: str) -> _Grid | None:
    match block:
        case Table():
            rows = tuple(tuple(_cell_text(each) for each in row) for row in block.rows)
            return _Grid(block.caption or heading, tuple(each.heading for each in block.columns), rows)
        case Chart():
            columns = ("", *(each.name for each in block.series))
            values = ((_shown(each.values[at]) for each in block.series) for at in range(len(block.categories)))
            rows = tuple((name, *of_it) for name, of_it in zip(block.categories, values, strict=True))
            return _Grid(block.caption, columns, rows)
        case Control():
            rows = tuple((label, value if isinstance(value, str) else _line_text(value)) for label, value in block.rows)
            return _Grid(heading, ("label", ""), rows)
        case _:
            return None


def _grids(old: dict[str, _Grid], new: dict[str, _Grid]) -> Iterator[Change]:
    for key in old | new:
        before, after = old.get(key), new.get(key)
        if before and after:
            yield from _rows(before, after)
        elif only := before or after:
            sides = [f"{len(each.rows)} rows" if each else "" for each in (before, after)]
            yield from _change("row", only.place, "", *sides)


def _rows(old: _Grid, new: _Grid) -> Iterator[Change]:
    cells = _key_length(old, new)
    before, after = _keyed(old, cells), _keyed(new, cells)
    for key in before | after:
        then, now = before.get(key), after.get(key)
        if then is None or now is None:
            yield from _change("row", new.place, key, " | ".join(then or ()), " | ".join(now or ()))
            continue
        left, right = _by_column(old.columns, then), _by_column(new.columns, now)
        for column in left | right:
            what = f"{key} · {column}" if column else key
            yield from _change("row", new.place, what, left.get(column, ""), right.get(column, ""))


def _key_length(*grids: _Grid) -> int:
    """Return how many of the first cells it takes to tell the rows of each table apart; one where nothing does."""
    most = min((len(each.columns) for each in grids), default=1)
    for length in range(1, most + 1):
        if all(len({row[:length] for row in each.rows}) == len(each.rows) for each in grids):
            return length
    return 1


def _keyed(grid: _Grid, cells: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    seen = Counter[str]()
    for row in grid.rows:
        key = " · ".join(row[:cells])
        seen[key] += 1
        found[f"{key} ({seen[key]})" if seen[key] > 1 else key] = row
    return found


def _by_column(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return the cells by heading; of two columns with one heading, the second gets a number."""
    found: dict[str, str] = {}
    for column, text in zip(columns, row, strict=False):
        found[column if column not in found else f"{column} {len(found) + 1}"] = text
    return found


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Yield each text with the heading that it stands under."""
    heading = ""
    for block in blocks:
        match block:
            case Heading():
                heading = block.text
                yield heading, f"{'#' * block.level} {block.text}"
            case Paragraph():
                yield heading, _line_text(block.spans)
            case Listing():
                yield from ((heading, _line_text(each)) for each in block.entries)
            case Image():
                digest = hashlib.sha256(block.data).hexdigest()[:_SHOWN]
                yield heading, f"[picture {digest}: {block.alt}] {block.caption}".strip()
            case _:
                continue


def _texts(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Iterator[Change]:
    """Yield the changes of texts; a paragraph without text is none, and must not pass for what stayed the same."""
    old, new = [each for each in old if each[1]], [each for each in new if each[1]]
    before, after = [text for _, text in old], [text for _, text in new]
    for how, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        gone, come = old[first:last], new[begin:end]
        paired = min(len(gone), len(come)) if how == "replace" else 0
        for (_, then), (place, now) in zip(gone[:paired], come[:paired], strict=True):
            yield from _change("text", place, "", then, now)
        yield from (change for place, text in gone[paired:] for change in _change("text", place, "", text, ""))
        yield from (change for place, text in come[paired:] for change in _change("text", place, "", "", text))


def _cell_text(cell: Cell) -> str:
    return " / ".join(_line_text(each) for each in cell.lines)


def _line_text(line: Line) -> str:
    """Return running text with what hangs on it: where a link leads, and what a footnote says."""
    return "".join(
        f"{span.text or (f'[{span.refers_to}]' if span.refers_to else '')}"
        + (f" <{span.link}>" if span.link else "")
        + (f" [{_line_text(span.footnote)}]" if span.footnote else "")
        for span in line
    )
