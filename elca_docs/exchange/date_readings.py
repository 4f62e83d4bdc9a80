"""What a date that is not written YYYY-MM-DD can mean: every reading, so that the person who wrote it can choose.

Nothing here decides: `03.09.21` is a day in September or in March, and a program that picks one is wrong half the time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

OFFICE_LANGUAGES: Final = ("en", "de", "es", "fr", "it", "pl", "pt", "nl")
"""Languages in which officers write months and countries; where two disagree, the earlier one is believed."""
_SHORTEST: Final = 3
_LONGEST: Final = 60
_CENTURY: Final = 2000
_MONTHS: Final = 12
_DAYS: Final = 31
_THREE: Final = re.compile(r"([0-9]{1,4})\s*([./ -])\s*([0-9]{1,2})\s*[./ -]\s*([0-9]{1,4})\.?")
_TWO: Final = re.compile(r"([0-9]{1,4})\s*[./ -]\s*([0-9]{1,4})")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"[0-9]+")


def readings_of(text: str) -> tuple[str, ...]:
    """Return what the text can mean, likeliest first, as dates in ISO form or in words; nothing where it is none."""
    if len(text) > _LONGEST:
        return ()
    parts = [part.strip() for part in re.split("[()]", text)]
    return tuple(dict.fromkeys(reading for part in parts for reading in (*_numeric(part), *_named(part))))


def readings_of_day(day: date) -> tuple[str, ...]:
    """Return what a spreadsheet's date can mean: the day, or the month where a month may have become its first day."""
    return (day.isoformat(), f"{day:%Y-%m}") if day.day == 1 else (day.isoformat(),)


def _numeric(text: str) -> Iterator[str]:
    """Yield the readings of two or three numbers: day first, month first, and year first where it can be."""
    if three := _THREE.fullmatch(text):
        first, sign, second, third = three[1], three[2], three[3], three[4]
        if len(first) > 2:  # noqa: PLR2004 - a year has more than two digits
            yield from _day(first, second, third)
            return
        yield from _day(third, second, first)
        yield from _day(third, first, second)
        if sign == "-":
            yield from _day(first, second, third)
    elif two := _TWO.fullmatch(text):
        yield from _month(two[2], two[1])
        yield from _month(two[1], two[2])


def _named(text: str) -> Iterator[str]:
    """Yield the readings of a month's name with one or two numbers."""
    words, numbers = _WORD.findall(text), _NUMBER.findall(text)
    months = [number for word in words if (number := _month_called(word))]
    if len(months) != 1 or len(words) > len(months) + 1:
        return
    month = str(months[0])
    if len(numbers) == 1:
        yield from _month(numbers[0], month)
        if int(numbers[0][:3]) <= _DAYS:
            yield f"day {int(numbers[0])} of month {month} (the year is missing)"
    elif len(numbers) == 2:  # noqa: PLR2004 - a day and a year
        yield from _day(numbers[1], month, numbers[0])
        yield from _day(numbers[0], month, numbers[1])


def _day(year: str, month: str, day: str) -> Iterator[str]:
    if len(day) <= 2 and (full := _year(year)):  # noqa: PLR2004 - digits of a day
        try:
            yield date(full, int(month), int(day)).isoformat()
        except ValueError:
            return


def _month(year: str, month: str) -> Iterator[str]:
    if len(month) <= 2 and 1 <= int(month) <= _MONTHS and (full := _year(year)):  # noqa: PLR2004 - digits of a month
        yield f"{full:04}-{int(month):02}"


def _year(text: str) -> int | None:
    """Return the year that two or four digits mean; None for anything else."""
    return {2: _CENTURY + int(text), 4: int(text)}.get(len(text)) or None


def _month_called(word: str) -> int | None:
    """Return the month that a word, or the beginning of one, names in a language of the consortium's countries."""
    wanted = _bare(word)
    return _names().get(wanted) if len(wanted) >= _SHORTEST else None


@cache
def _names() -> dict[str, int]:
    """Return every beginning of a month's name that names one month only; English comes first."""
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for language in OFFICE_LANGUAGES:
        for context in ("format", "stand-alone"):
            for number, name in get_month_names("wide", context=context, locale=language).items():
                bare = _bare(name)
                for length in range(_SHORTEST, len(bare) + 1):
                    found.setdefault(bare[:length], number)
    return found


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if each.isalpha())
