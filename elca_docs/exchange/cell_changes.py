"""One edited cell → the text that the record's field should have, or why it has to be asked back.

A spreadsheet turns what people type into numbers, dates and formulas, and people write dates in nine ways. Nothing is
guessed here: a value is taken as it stands or handed back with what was probably meant. No sheet is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final

from elca_docs.context.words import Words
from elca_docs.exchange.cell_texts import compared, cut, folded, forbidden_in, normal
from elca_docs.exchange.date_readings import OFFICE_LANGUAGES, readings_of, readings_of_day
from elca_docs.exchange.workbook_cells import RawCell
from elca_docs.model.sheets import SheetColumn
from elca_docs.model.values import COUNTRIES, LANGUAGES, Day, Expected

LONGEST: Final = 4_000
"""Characters of a cell; a field of a record is a name or a paragraph, not a document."""
LARGEST_NUMBER: Final = 1_000_000
_CHOICES_SHOWN: Final = 12
_CHOICES_LENGTH: Final = 64
_EPOCH: Final = date(1899, 12, 30)  # day 0 of a spreadsheet that counts from 1900
_DAY_NUMBERS: Final = range(20_000, 80_000)  # 1954 to 2119
_TRUTHS: Final[Mapping[str, str]] = MappingProxyType({"yes": "true", "no": "false"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the text of a cell cannot be taken; code, sentence and fix of a problem without its place."""

    code: str
    message: str
    fix: str


def cell_text(column: SheetColumn, raw: RawCell | None) -> str:
    """Return the text of a cell in the form in which it is compared with the record's."""
    return compared(column, raw.text if raw else "")


def recorded(column: SheetColumn, text: str) -> str:
    """Return the text of a cell as a record's file has it: a yes or no as true or false."""
    return _TRUTHS.get(text, text) if column.kind == "yes or no" else text


def judged(column: SheetColumn, raw: RawCell | None, old: str) -> str | Refusal:
    """Return the new text of a field, as the cell shows it; a Refusal where it has to be asked back.

    `raw` is None where the cell was emptied; `old` is what stood in it before.
    """
    if raw is None or (raw.type == "text" and not normal(column.kind, raw.text)):
        return _emptied(column, old)
    if raw.type == "text":
        return _text(column, raw)
    if raw.type == "number" and column.kind == "number":
        return _whole(column, raw.text)
    if raw.type == "truth" and column.kind == "yes or no":
        return "yes" if raw.value else "no"
    return _untyped(column, raw, old)


def _emptied(column: SheetColumn, old: str) -> str | Refusal:
    if column.mandatory:
        return Refusal("mandatory-cell-emptied", f"{column.heading} was emptied", f"write it again: '{cut(old)}'")
    return column.empty


def _untyped(column: SheetColumn, raw: RawCell, old: str) -> Refusal:
    """Return why something that is no text cannot be taken for one."""
    match raw.type:
        case "number":
            return _number(raw, old, column)
        case "date":
            return _date(raw)
        case "formula":
            message = f"a formula stands here: {cut(raw.text[1:])}"
            return Refusal("formula-in-cell", message, "write the value that it shows, as text")
        case _:
            message = f"{cut(raw.text)} stands here, which is no text"
            return Refusal("no-text-in-cell", message, "format the cell as text and write the value again")


def _text(column: SheetColumn, raw: RawCell) -> str | Refusal:
    """Return a text that fits the column."""
    text = cell_text(column, raw)
    if len(text) > LONGEST:
        message = f"the text has {len(text):,} characters; a cell may have {LONGEST:,}"
        return Refusal("too-long-text", message, "shorten it")
    if character := forbidden_in(text):
        message = f"the text holds the invisible character {character}"
        return Refusal("control-character", message, "type the text again instead of pasting it")
    match column.kind:
        case "choice" | "yes or no":
            return _choice(column, text)
        case "number":
            return _whole(column, text)
        case "date" | "month or day":
            return _dated(column, text)
        case _:
            return text


def _choice(column: SheetColumn, text: str) -> str | Refusal:
    if text in column.choices:
        return text
    folding = {folded(each): each for each in column.choices}
    called = _codes_by_name(column.choices).get(folded(text), "")
    near = get_close_matches(folded(text)[:_CHOICES_LENGTH], folding, n=1)
    listed = ", ".join(column.choices[:_CHOICES_SHOWN]) + (" …" if len(column.choices) > _CHOICES_SHOWN else "")
    meant = folding.get(folded(text)) or called or (folding[near[0]] if near else "")
    fix = f"did you mean '{meant}'?" if meant else f"choose from the list: {listed}"
    return Refusal("unknown-choice", f"'{cut(text)}' is not in the list of {column.heading}", fix)


@cache
def _codes_by_name(choices: tuple[str, ...]) -> Mapping[str, str]:
    """Return the codes of countries or languages by what those are called, folded; nothing for another list."""
    if choices not in (COUNTRIES, LANGUAGES):
        return {}
    named = Words.country if choices == COUNTRIES else Words.language_name
    return {folded(named(Words(each), code)): code for each in reversed(OFFICE_LANGUAGES) for code in choices}


def _whole(column: SheetColumn, text: str) -> str | Refusal:
    if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_NUMBER)) and int(text) <= LARGEST_NUMBER:
        return text
    message = f"'{cut(text)}' is no whole number, and {column.heading} is one"
    return Refusal("no-number", message, f"write digits only, up to {LARGEST_NUMBER:,}, such as 12")


def _dated(column: SheetColumn, text: str) -> str | Refusal:
    """Return a date in ISO form; every other one is handed back with all that it can mean."""
    try:
        (Day if column.kind == "date" else Expected).parse(text)
    except ValueError:
        wanted = "2021-10-25" if column.kind == "date" else "2021-10 or 2021-10-25"
        meant = readings_of(text)
        if meant:
            message = f"'{cut(text)}' is not written as a date here; it can mean {' or '.join(meant)}"
            return Refusal("ambiguous-date", message, f"write the one that is meant in this form: {meant[0]}")
        return Refusal("unreadable-date", f"'{cut(text)}' is not a date", f"write it as {wanted}, or empty the cell")
    return text


def _number(raw: RawCell, old: str, column: SheetColumn) -> Refusal:
    """Return what a number can have been before the spreadsheet took the text for one."""
    fix = "format the cell as text and write the value again"
    message = f"the number {cut(raw.text)} stands here instead of a text"
    if old and old.lstrip("0") == raw.text:
        fix = f"was '{old}' meant, as before? Format the cell as text and write it again, with its zeros"
    elif column.kind in ("date", "month or day") and isinstance(raw.value, int) and raw.value in _DAY_NUMBERS:
        fix = f"was {_EPOCH + timedelta(raw.value)} meant? Format the cell as text and write it again"
    elif column.kind == "text":
        message += "; zeros at its front and digits behind the fifteenth are lost"
    return Refusal("number-in-text-cell", message, fix)


def _date(raw: RawCell) -> Refusal:
    """Return what a date can have been before the spreadsheet took the text for one."""
    message = f"the spreadsheet made the date {cut(raw.text)} of what was written here"
    value = raw.value.date() if isinstance(raw.value, datetime) else raw.value
    meant = " or ".join(readings_of_day(value)) if isinstance(value, date) else cut(raw.text)
    fix = f"was {meant} meant? Format the cell as text and write it again"
    return Refusal("date-in-text-cell", message, fix)
