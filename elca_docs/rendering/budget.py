"""Bounds on what a template may ask for: turns of loops, length of texts, entries of lists.

A hostile template costs one document, not the machine. Whatever can grow is looked at before it grows where its size
can be told, and right after where one step can do little. Time and memory of the whole are left to the hand that runs
the batch; nothing here measures them.
"""

from __future__ import annotations

import re
from collections.abc import Sized
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined

from elca_docs.rendering.run import LONGEST_RANGE, LONGEST_TEXT, MOST_ENTRIES, RUN, TURNS_OF_A_CALL, OverBudgetError
from elca_docs.rendering.standins import Standin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# A width in a format: '%0100000d', '{:>100000}', or one taken from a value.
_WIDE = re.compile(r"%[^%a-zA-Z]*(?:[0-9]{4}|\*)|:[^{}]*[0-9]{4}|:[^{}]*\{")
_WIDEST = 1_000
_MOST_BITS = 4_096
_CHARACTERS_PER_TURN = 64
_OTHER_LENGTH = 100


def _standin(values: Iterable[Any]) -> Standin | None:
    """Return the first value that is not there."""
    return next((value for value in values if isinstance(value, Standin)), None)


def _refuse(message: str) -> OverBudgetError:
    return OverBudgetError(message)


def bounded_range(*bounds: Any) -> range | Standin:  # noqa: ANN401 - numbers, or what stands for one
    """Return Python's range, with at most 100,000 numbers, each counted as a turn."""
    absent = _standin(bounds)
    if absent is not None:
        return absent
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        message = f"range() may count {LONGEST_RANGE:,} numbers at most"
        raise _refuse(message)
    RUN.get().spend(len(numbers))
    return numbers


def bounded_dict(*pairs: Any, **entries: Any) -> dict[Any, Any]:  # noqa: ANN401 - Python's dict()
    """Return Python's dict, measured."""
    made: dict[Any, Any] = measured(dict(*pairs, **entries))
    return made


def counted(entries: Iterable[Any]) -> Iterable[Any]:
    """Return what a loop runs over, its turns counted beforehand where its length is known."""
    if isinstance(entries, Undefined):
        return entries
    if not isinstance(entries, Sized):
        return _counting(entries)
    RUN.get().spend(len(entries))
    return entries


def _counting(entries: Iterable[Any]) -> Iterator[Any]:
    run = RUN.get()
    for entry in entries:
        run.spend(1)
        yield entry


def measured(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """Return the value; OverBudgetError when its text or its entries, counted at every depth, are too many."""
    if isinstance(value, str):
        _fits(len(value))
    elif isinstance(value, list | tuple | dict):
        found, waiting = 0, [value]
        while waiting:
            inner: Any = waiting.pop()
            found += len(inner)
            if found > MOST_ENTRIES:
                message = f"it makes a list of more than {MOST_ENTRIES:,} entries"
                raise _refuse(message)
            entries = inner.values() if isinstance(inner, dict) else inner
            waiting.extend(entry for entry in entries if isinstance(entry, list | tuple | dict))
        RUN.get().spend(found // _CHARACTERS_PER_TURN)
    return value


def _fits(length: int) -> None:
    if length > LONGEST_TEXT:
        message = f"it makes a text of more than {LONGEST_TEXT:,} characters"
        raise _refuse(message)


def joined(pieces: Iterable[str]) -> str:
    """Return the pieces as one text, as Jinja puts a macro's or a block's output together, counted as written."""
    made = list(pieces)
    RUN.get().write(sum(map(len, made)))
    return "".join(made)


def operated(operator: str, left: Any, right: Any, calculate: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401 - operands
    """Return the result of + * ** or %, refused before it is reckoned where that can be told."""
    absent = _standin((left, *(right if isinstance(right, tuple) else (right,))))
    if absent is not None and operator != "+":
        return absent
    if operator == "*":
        for many, times in ((left, right), (right, left)):
            if isinstance(many, str | list | tuple) and isinstance(times, int):
                _fits(len(many) * times)
        _bits(left, right, lambda bits, other: bits + other.bit_length())
    elif operator == "**":
        _bits(left, right, lambda bits, other: bits * abs(other))
    elif operator == "%" and isinstance(left, str):
        narrow(left)
    return measured(calculate(left, right))


def _bits(left: Any, right: Any, length: Callable[[int, int], int]) -> None:  # noqa: ANN401 - operands
    if isinstance(left, int) and isinstance(right, int) and length(left.bit_length(), right) > _MOST_BITS:
        message = "it reckons with a number that is too large"
        raise _refuse(message)


def narrow(form: str) -> None:
    """Refuse a format that pads to a thousand characters or more, or to a width taken from a value."""
    if _WIDE.search(form):
        message = "it formats to a width that is too large"
        raise _refuse(message)


def bounded_call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments of a call that may run; methods of texts and dates that can grow are looked at first."""
    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", None)
    RUN.get().spend(TURNS_OF_A_CALL + (len(owner) // _CHARACTERS_PER_TURN if isinstance(owner, str) else 0))
    if name == "strftime":
        for form in arguments:
            narrow(str(form))
    if isinstance(owner, str) and name != "format":
        arguments = tuple(str(entry) if isinstance(entry, Standin) else entry for entry in arguments)
        if name == "join":
            arguments = tuple([str(entry) if isinstance(entry, Standin) else entry for entry in a] for a in arguments)
        if name in _GROWING:
            _fits(_GROWING[name](owner, arguments))
    return arguments


def _padded(text: str, arguments: tuple[Any, ...]) -> int:
    return max([len(text), *(number for number in arguments if isinstance(number, int))])


def _replaced(text: str, arguments: tuple[Any, ...]) -> int:
    old, new = (str(entry) for entry in arguments[:2])
    return len(text) + text.count(old) * len(new)


def _joined(separator: str, arguments: tuple[Any, ...]) -> int:
    (entries,) = arguments
    return _length(len(separator), entries)


def _length(separator: int, entries: list[Any]) -> int:
    """Return about how long the entries are when joined; what is no text is not written out to be measured."""
    texts = [len(entry) for entry in entries if isinstance(entry, str)]
    return sum(texts) + (len(entries) - len(texts)) * _OTHER_LENGTH + len(entries) * separator


# Methods of a text whose result can be much longer than the text, with the length it will have at most.
_GROWING: dict[str, Callable[[str, tuple[Any, ...]], int]] = {
    "center": _padded,
    "join": _joined,
    "ljust": _padded,
    "replace": _replaced,
    "rjust": _padded,
    "zfill": _padded,
}


def bounded_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter, counted and measured; what is missing or unknown passes through every filter but `default`."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def within(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any filter
        value = arguments[position]
        absent = _standin(arguments if name == "format" else (value,))
        if absent is not None:
            return absent
        size = len(value) if isinstance(value, str | list | tuple | dict) else 0
        RUN.get().spend(1 + (size // _CHARACTERS_PER_TURN if isinstance(value, str) else size))
        if name in _GROWING_FILTERS:
            value = _GROWING_FILTERS[name](value, (*arguments[position + 1 :], *named.values()))
            return measured(function(*arguments[:position], value, *arguments[position + 1 :], **named))
        made = function(*arguments, **named)
        return measured(made) if isinstance(made, str) else made

    return within


def _few(value: Any, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a filter's value
    if any(isinstance(number, int) and number > _WIDEST for number in arguments):
        message = f"a filter is asked for more than {_WIDEST:,}"
        raise _refuse(message)
    return value


def _indented(value: Any, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a filter's value
    _few(value, arguments)
    widest = max([4, *(len(entry) if isinstance(entry, str) else int(entry) for entry in arguments)])
    _fits(len(str(value)) + str(value).count("\n") * widest)
    return value


def _formatted(value: Any, _arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a filter's value
    narrow(str(value))
    return value


def _substituted(value: Any, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a filter's value
    _fits(_replaced(str(value), arguments) if len(arguments) > 1 else 0)
    return value


def _strung(value: Any, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a filter's value
    entries = list(value)
    separator = max((len(entry) for entry in arguments if isinstance(entry, str)), default=0)
    _fits(_length(separator, entries))
    return entries


# Filters whose result can be much longer than what they are given.
_GROWING_FILTERS: dict[str, Callable[[Any, tuple[Any, ...]], Any]] = {
    "batch": _few,
    "center": _few,
    "format": _formatted,
    "indent": _indented,
    "join": _strung,
    "replace": _substituted,
    "slice": _few,
}
