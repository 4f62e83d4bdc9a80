"""Masks of references and register numbers: `{acronym}-{class}-{partner}-{seq:03}` → SPEC-CA-NORD-001.

A mask is text with named places. `seq` counts up inside a series; a series is the mask with every other place filled
in, so two partners or two years never share a count. sequence_of(series, numbered(series, n)) == n for every series,
and `next_number` never gives a number that another series gave, whatever the masks were: both are laws in the tests.
The text of a mask comes from project.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from elca_docs.model.values import TextValue

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z]+)(?::0([1-9]))?\}")
_SAFE = re.compile(r"[A-Za-z0-9._+-]*")
_DIGITS = 18  # more than any register will count to, and few enough to read as a number
_KNOWN = frozenset({"acronym", "grant", "class", "partner", "year", "seq"})


@dataclass(frozen=True, slots=True)
class Mask(TextValue):
    """The pattern of a number; immutable and comparable by its text."""

    schema_hint: ClassVar[str] = "Text with places in braces: {acronym} {grant} {class} {partner} {year} {seq:03}."

    text: str

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the mask; ValueError when a place is unknown, `seq` is not there once, or a file name would break."""
        if isinstance(text, cls):
            return text
        if not isinstance(text, str):
            message = f"'{text}' is not a mask"
            raise ValueError(message)  # noqa: TRY004 - a parser answers with ValueError only
        places = [match[1] for match in _PLACE.finditer(text)]
        unknown = sorted(set(places) - _KNOWN)
        padded = [match[0] for match in _PLACE.finditer(text) if match[2] and match[1] != "seq"]
        rest = _PLACE.sub("", text)
        if unknown:
            message = f"'{{{unknown[0]}}}' is not a place of a mask; known are {', '.join(sorted(_KNOWN))}"
            raise ValueError(message)
        if places.count("seq") != 1:
            message = f"the mask '{text}' must hold {{seq}} exactly once, such as {{seq:03}}"
            raise ValueError(message)
        if padded:
            message = f"'{padded[0]}': only {{seq}} can be padded; write the place without a colon"
            raise ValueError(message)
        if not _SAFE.fullmatch(rest):
            message = f"the mask '{text}' may hold only letters, digits and . _ + - besides its places"
            raise ValueError(message)
        if text[0] in "._+-" or text[-1] == ".":
            message = f"the mask '{text}' must begin with a letter, a digit or a place, and not end with a dot"
            raise ValueError(message)
        return cls(text)

    def __str__(self) -> str:
        """Return the text of the mask, as a record writes it."""
        return self.text

    def series(self, **places: str) -> str:
        """Return the mask with every place but `seq` filled in: the name under which a sequence counts.

        ValueError where a value that the mask asks for holds anything but letters, digits and . _ + -, or nothing.
        """
        asked = {match[1] for match in _PLACE.finditer(self.text)} - {"seq"}
        for place in sorted(asked):
            if not (places[place] and _SAFE.fullmatch(places[place])):
                message = f"'{places[place]}' cannot stand at {{{place}}} in a number: use letters, digits and . _ + -"
                raise ValueError(message)
        return _PLACE.sub(lambda match: match[0] if match[1] == "seq" else places[match[1]], self.text)

    def number(self, seq: int, **places: str) -> str:
        """Return the number `seq` of the series that the places name."""
        return numbered(self.series(**places), seq)


def numbered(series: str, seq: int) -> str:
    """Return number `seq` of a series, padded as the series' `{seq:0n}` says; longer numbers are not cut."""
    return _PLACE.sub(lambda match: f"{seq:0{match[2] or 1}}", series)


def sequence_of(series: str, number: str) -> int | None:
    """Return the count inside a number of this series, or None where the number belongs to another series."""
    count = _count_in(series, number)
    return count if count is not None and numbered(series, count) == number else None


def next_number(series: str, given: Mapping[str, int]) -> int:
    """Return the next count of a series; `given` maps each series to the highest count it ever gave.

    It is one above the highest. Only where another series (of an earlier mask, or of a mask that does not keep its
    places apart) may have given what reads as the same number, that count is skipped.
    """
    count = given.get(series, 0) + 1
    while any(_may_have_given(other, highest, numbered(series, count)) for other, highest in given.items()):
        count += 1
    return count


def _may_have_given(series: str, highest: int, number: str) -> bool:
    """Whether a series may have given a number that a person could take for this one: A-1, a-001."""
    count = _count_in(series.casefold(), number.casefold())
    return count is not None and count <= highest


def _count_in(series: str, number: str) -> int | None:
    """Return the count in a number of this series, however it is padded; None where it is none of the series."""
    match = _PLACE.search(series)
    if not match:
        return None
    head, tail = series[: match.start()], series[match.end() :]
    digits = number[len(head) : len(number) - len(tail)]
    if number != f"{head}{digits}{tail}" or len(digits) > _DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits)
