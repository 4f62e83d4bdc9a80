"""Words that follow a document's language: labels of missing values, the status mark, dates, countries, lists.

Labels and marks are ours (English and Spanish; English for every other language); dates, names of countries and
languages, and the joining of lists come from Unicode's CLDR through Babel. An unknown language never fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from elca_docs.context.labels import LABELS, MARKS
from elca_docs.model.values import Expected

_FALLBACK = "en"
_REGIONAL = {"en": "en_GB"}
"""European English puts the day before the month."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, given as two letters."""

    language: str

    def label(self, name: str, subject: str = "") -> str:
        """Return what a reader calls the field of that name: "registered address of RAILGRUP"."""
        return self._own(LABELS)[name].format(subject=subject)

    def mark(self, name: str) -> str:
        """Return a fixed word: draft, final, none."""
        return self._own(MARKS)[name]

    def day(self, day: date) -> str:
        """Return a day as it is printed: 25 October 2021."""
        return format_date(day, "long", locale=_locale(self.language))

    def planned(self, expected: Expected) -> str:
        """Return a planned date in the precision in which it is known: October 2021."""
        if expected.day:
            return self.day(expected.first_day)
        return format_skeleton("yMMMM", expected.first_day, locale=_locale(self.language))

    def country(self, code: str) -> str:
        """Return the name of a country; its code where this language has no name for it."""
        return str(_locale(self.language).territories.get(code, code))

    def language_name(self, code: str) -> str:
        """Return the name of a language; its code where this language has no name for it."""
        return str(_locale(self.language).languages.get(code, code))

    def joined(self, names: Sequence[str]) -> str:
        """Return names as they stand in a sentence: A, B and C."""
        return format_list(list(names), locale=_locale(self.language))

    def _own(self, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
        return words.get(self.language) or words[_FALLBACK]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_REGIONAL.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_REGIONAL[_FALLBACK])
