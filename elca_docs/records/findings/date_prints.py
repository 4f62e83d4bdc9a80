"""Findings on how dates are printed: two readings, a month that is none, another date than the record's, many styles.

The records hold each date once, unambiguous; `printed` keeps what the source prints. Names of months come from the
project's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_index, project_month
from elca_docs.model.values import Expected
from elca_docs.records.findings.occasions import rows_of
from elca_docs.records.findings.words import listed

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\w)([^\W\d_]{3,})\.?[ ]+'?(\d{2})(?![\d.])")
_BEFORE_YEAR = re.compile(r"(?<!\w)([^\W\d_]{3,})\.?[ ]+(?:\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PROJECT_MONTH = re.compile(r"(?<!\w)M(\d{1,3})(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_MONTHS = 12
_SHORTEST = 3
"""Letters of the short name of a month."""
_FEW_STYLES = 2
"""A month and a day are two; more styles than that make a reader wonder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A date as a source prints it, with the date the record gives it; None where the record gives none."""

    text: str
    when: Expected | None
    record: str
    path: tuple[str, ...]


def printed_dates_have_one_reading(portfolio: Portfolio) -> Iterator[Finding]:
    """No printed date can be read in two ways."""
    names = _month_names(str(portfolio.project.language))
    for each in _prints(portfolio):
        if reading := _other_reading(each.text, names):
            yield Finding(
                code="date-ambiguous",
                severity="warning",
                message=f"{each.record} prints '{each.text}', {reading}{_recorded(each)}",
                ids=(each.record,),
                location=portfolio.place(*each.path),
                fix="print the month in letters and the year in full, and confirm the date of the record",
            )


def printed_months_are_names(portfolio: Portfolio) -> Iterator[Finding]:
    """Every word in the place of a month's name is one, in the project's language."""
    names = _month_names(str(portfolio.project.language))
    for each in _prints(portfolio):
        words = [word for word in _BEFORE_YEAR.findall(each.text) if word.casefold() not in names]
        if words and not names.keys() & {word.casefold() for word in _LETTERS.findall(each.text)}:
            right = each.when and next(name for name, month in names.items() if month == each.when.month)
            near = right or next(iter(get_close_matches(words[0].casefold(), names, n=1)), "")
            yield Finding(
                code="month-misspelt",
                severity="hint",
                message=f"{each.record} prints '{each.text}', and '{words[0]}' is no name of a month{_recorded(each)}",
                ids=(each.record,),
                location=portfolio.place(*each.path),
                fix=f"print {near.capitalize()}" if near else "print the name of the month",
            )


def printed_dates_are_those_of_the_record(portfolio: Portfolio) -> Iterator[Finding]:
    """A printed date that has one reading is the record's."""
    names = _month_names(str(portfolio.project.language))
    for each in _prints(portfolio):
        if each.when and (said := _contradiction(portfolio, each, each.when, names)):
            yield Finding(
                code="printed-date-differs",
                severity="error",
                message=f"{each.record} prints '{each.text}' ({said}), and the record says {each.when}",
                ids=(each.record,),
                location=portfolio.place(*each.path),
                other_location=portfolio.place(*each.path[:-2]),
                fix="find out which is right, and correct the record or what it quotes",
            )


def printed_dates_have_one_style(portfolio: Portfolio) -> Iterator[Finding]:
    """Months are printed in one style, and days in one."""
    names = _month_names(str(portfolio.project.language))
    styles = _by_style(_prints(portfolio), names)
    if len(styles) > _FEW_STYLES:
        examples = [several[0] for several in styles.values()]
        told = (f"'{several[0].text}' ({several[0].record}, {len(several)}x)" for several in styles.values())
        yield Finding(
            code="date-styles",
            severity="hint",
            message=f"dates are printed in {len(styles)} styles: {listed(told)}",
            ids=tuple(dict.fromkeys(each.record for each in examples)),
            location=portfolio.place(*examples[0].path),
            other_location=portfolio.place(*examples[1].path),
            fix="choose one style for months and one for days; the tables of this program have one",
        )


def _prints(portfolio: Portfolio) -> Iterator[Print]:
    """Yield every printed date of the project, the timeline, its duties, and the rows of the plan."""
    project = portfolio.project
    if text := project.printed.get("start"):
        start = Expected(project.start.year, project.start.month, project.start.day)
        yield Print(text=text, when=start, record="project", path=("project", "printed", "start"))
    for stem, row in rows_of(portfolio):
        expected = getattr(row, "expected", None)
        yield from _print(row.printed, "expected", expected, str(row.id), (stem, str(row.id)))
        for index, step in enumerate(row.steps):
            path = (stem, str(row.id), "steps", str(index))
            yield from _print(step.printed, "date", step.date, str(row.id), path)
    for index, month in enumerate(portfolio.timeline.months):
        when = project_month(project.start, month.month)
        yield from _print(month.printed, "month", when, f"M{month.month}", ("timeline", "months", str(index)))
    for duty in portfolio.timeline.duties:
        yield from _print(duty.printed, "due", duty.due, str(duty.id), ("timeline", "duties", str(duty.id)))


def _print(
    printed: Mapping[str, str], key: str, when: Expected | None, record: str, path: tuple[str, ...]
) -> Iterator[Print]:
    if text := printed.get(key):
        yield Print(text=text, when=when, record=record, path=(*path, "printed", key))


def _recorded(each: Print) -> str:
    return f"; the record says {each.when}" if each.when else ""


def _other_reading(text: str, names: Mapping[str, int]) -> str:
    """Return why a printed date has two readings; empty where it has one."""
    for first, sign, second, year in _NUMERIC.findall(text):
        either = first != second and max(int(first), int(second)) <= _MONTHS
        if either and (len(year) == 2 or sign == "/"):  # noqa: PLR2004 - a year of two digits
            return f"where {first}{sign}{second} may be day and month or month and day"
    for word, number in _SHORT_YEAR.findall(text):
        if word.casefold() in names and 1 <= int(number) <= 31:  # noqa: PLR2004 - days of a month
            return f"where {number} may be a day or a year"
    return ""


def _contradiction(portfolio: Portfolio, each: Print, when: Expected, names: Mapping[str, int]) -> str:
    """Return what a printed date says that the record does not; empty where they agree or the print says nothing."""
    numbers = [
        (int(day), int(month), int(year)) for day, sign, month, year in _NUMERIC.findall(each.text) if sign == "."
    ]
    days = [(day, month, year) for day, month, year in numbers if year > 99]  # noqa: PLR2004 - a year in full
    if any((month, year) != (when.month, when.year) or day != (when.day or day) for day, month, year in days):
        return "a different day"
    said = {names[word.casefold()] for word in _LETTERS.findall(each.text) if word.casefold() in names}
    if said and when.month not in said:
        return "another month"
    if (years := _YEAR.findall(each.text)) and str(when.year) not in years:
        return "another year"
    index = month_index(portfolio.project.start, when.first_day)
    months = [int(number) for number in _PROJECT_MONTH.findall(each.text)]
    return f"which is M{index}" if months and index not in months else ""


def _by_style(prints: Iterable[Print], names: Mapping[str, int]) -> dict[str, list[Print]]:
    """Return prints by what those of one style have in common; a name both full and short ("May") fits either."""
    short = {name for name in names if len(name) < max(len(each) for each in names if names[each] == names[name])}
    either = {name for name in names if name not in short and len(name) == _SHORTEST}
    styles: dict[str, list[Print]] = {}
    waiting: list[Print] = []
    for each in prints:
        if either.isdisjoint(map(str.casefold, _LETTERS.findall(each.text))):
            styles.setdefault(_style(each.text, names, short), []).append(each)
        else:
            waiting.append(each)
    for each in waiting:
        long, brief = (_style(each.text, names, names_taken) for names_taken in (short, short | either))
        styles.setdefault(brief if brief in styles else long, []).append(each)
    return styles


def _style(text: str, names: Mapping[str, int], short: AbstractSet[str]) -> str:
    """Return a print with 9 for each digit and Month or Mon for the name of a month."""

    def word_style(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if word in names and word not in short:
            return "Month"
        return "Mon" if word in short or len(word) == _SHORTEST else match[0]

    return re.sub(r"(?<=M)\d+", "9", re.sub(r"\d", "9", _LETTERS.sub(word_style, text)))


@cache
def _month_names(language: str) -> Mapping[str, int]:
    """Return the names of months, in full and short, in small letters without full stop, each with its number."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except UnknownLocaleError:
        locale = Locale("en")
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                found.setdefault(str(name).rstrip(".").casefold(), number)
    return found
