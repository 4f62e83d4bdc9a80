"""A YAML parser's complaint → one sentence of ours, with the place where a person can mend it.

The two loaders of PyYAML word the same mistake differently; none of their words reaches a reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from elca_docs.errors import Location, Problem

if TYPE_CHECKING:
    import yaml


class _Mistake(NamedTuple):
    """Words of which all stand in the parser's complaint; what we say; and whether its beginning is the place."""

    words: tuple[str, ...]
    message: str
    fix: str
    at_begin: bool = False


_QUOTES = "put the value in quotes"
_MISTAKES = (
    _Mistake(("mapping values",), "a colon stands where no key can be",
             "put a value that holds ': ' in quotes, and check the indentation of this line"),
    _Mistake(("sequence entries",), "a dash stands where no list can begin",
             "begin the list in the next line, indented; put a value that begins with '- ' in quotes"),
    _Mistake(("cannot start any token",), "a value cannot begin with this character", _QUOTES),
    _Mistake(("quoted scalar", "unexpected"), "the quote that opens here is never closed",
             "close it, and write an apostrophe inside single quotes twice", at_begin=True),
    _Mistake(("quoted scalar",), "double quotes give the backslash a meaning, and this one has none",
             "use single quotes, or write \\\\"),
    _Mistake(("flow sequence",), "the list that opens with '[' here is not closed",
             "write ']' behind its last value, with a comma between values; ' #' begins a comment", at_begin=True),
    _Mistake(("flow mapping",), "the braces that open here are not closed",
             "put a value that begins with '{' in quotes, or write '}' at its end", at_begin=True),
    _Mistake(("flow node",), "a bracket or brace that opens above is not closed",
             "close it, or put the value in quotes"),
    _Mistake(("simple key",), "this line is no 'key: value'",
             "write a colon and a space behind the key, or indent the line if it belongs to the value above",
             at_begin=True),
    _Mistake(("block collection",), "this line does not go on with the list above it",
             "begin it with '- ', or check its indentation"),
    _Mistake(("block mapping",), "this line does not go on with the keys above it",
             "check its indentation; put a value that begins with a quote wholly inside quotes"),
    _Mistake(("block scalar",), "the text behind '|' or '>' cannot be read",
             "begin the text in the next line, indented"),
    _Mistake(("an alias",), "'*' begins the name of a value written elsewhere", _QUOTES),
    _Mistake(("an anchor",), "'&' begins the name of a value", _QUOTES),
    _Mistake(("a tag",), "'!' begins a tag", _QUOTES),
    _Mistake(("node",), "a value is expected here, and something else stands there", _QUOTES),
    _Mistake(("",), "this line cannot be read as YAML", "write 'key: value', and check quotes and indentation"),
)  # fmt: skip


def syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return the problem that a person understands for what the parser says; the last row fits everything."""
    words = f"{error.context or ''} {error.problem or ''}"
    mistake = next(each for each in _MISTAKES if all(word in words for word in each.words))
    mark = (error.context_mark if mistake.at_begin else None) or error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line == line else 0
    message = mistake.message
    if "cannot start any token" in mistake.words:
        message = message.replace("this character", f"'{lines[line][column : column + 1]}'")
    return Problem("yaml-syntax", message, Location(path, line + 1, column + 1), mistake.fix)
