"""Lines of JSON for the register's log: written in one form only, and read strictly into a frozen dataclass.

The log is text that a person and `git diff` can read, and what is read from it decides about numbers: a line means one
thing in one way, or is refused. This module knows no kind of event; `log_events` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

_T = TypeVar("_T")

# What JSON may hold as it is, but a reader, a diff or UTF-8 would not show or bear: further control characters, marks
# that turn the direction of writing, separators that some editors take for line ends, and halves of characters (in
# file names that are not UTF-8). They are written as escapes.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class UnknownLineError(ValueError):
    """A log line that this program cannot read; its message says why."""


def json_line(written: Mapping[str, object]) -> str:
    """Return values as one line of JSON with sorted keys that is always valid UTF-8 and one line to every reader."""
    text = json.dumps(written, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def object_of(line: str) -> dict[str, Any]:
    """Return the JSON object of a line; UnknownLineError where it is none or says a key twice."""
    try:
        written = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        message = f"the line is not readable JSON: {error}"
        raise UnknownLineError(message) from error
    if not isinstance(written, dict):
        message = "the line is JSON, but no object"
        raise UnknownLineError(message)
    return written


def built(meant: type[_T], name: str, written: Mapping[str, Any]) -> _T:
    """Return the dataclass that the values of a line mean; UnknownLineError says what lacks or does not fit.

    Fields may be str, int, bool, date, date or none, a Literal of texts, a tuple of texts, or a mapping of texts.
    """
    shape: Any = meant  # a class is hashable, which its type does not say
    hints = _hints(shape)
    if unknown := sorted(set(written) - set(hints)):
        message = f"'{name}' has no field {unknown[0]!r:.60}"
        raise UnknownLineError(message)
    if missing := sorted(_mandatory(shape) - set(written)):
        message = f"'{name}' lacks '{missing[0]}'"
        raise UnknownLineError(message)
    return meant(**{key: _restored(f"{name}.{key}", hints[key], value) for key, value in written.items()})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    written = dict(pairs)
    if len(written) < len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return written


@cache
def _hints(meant: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any dataclass
    hints = get_type_hints(meant)
    return {each.name: hints[each.name] for each in fields(meant)}


@cache
def _mandatory(meant: Any) -> frozenset[str]:  # noqa: ANN401 - any dataclass
    return frozenset(each.name for each in fields(meant) if each.default is each.default_factory is MISSING)


def _restored(name: str, hint: Any, value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Return a JSON value in the type that the field declares; UnknownLineError where it has another one."""
    restored = value
    if hint in (date, date | None) and isinstance(value, str):
        restored = _day_of(value)
        fits = restored is not None
    elif hint == tuple[str, ...]:
        fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
        restored = tuple(value) if fits else value
    elif hint == dict[str, str]:
        fits = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    elif get_origin(hint) is Literal:
        fits = value in get_args(hint)
    else:
        fits = value is None if hint == date | None else type(value) is hint
    if not fits:
        message = f"'{name}' cannot be {value!r:.60}"
        raise UnknownLineError(message)
    return restored


def _day_of(text: str) -> date | None:
    """Return the day of an ISO text YYYY-MM-DD, the only form that is written; None for every other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
