"""Questions to a person at the keyboard. Where nobody sits there, nothing is asked and nothing waits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

Ask = Callable[[str], str]
"""Shows a question and returns what was typed, without its line end; EOFError where nothing more will come."""

_T = TypeVar("_T")


def terminal() -> Ask | None:
    """Return how to ask on this terminal; None where in or output is none."""
    return input if sys.stdin.isatty() and sys.stdout.isatty() else None


def answered(ask: Ask, question: str, read: Callable[[str], _T], tell: Callable[[str], object]) -> _T:
    """Ask until the answer can be read; `read` raises ValueError with a sentence that says what to write instead."""
    while True:
        try:
            return read(ask(f"{question}: ").strip())
        except ValueError as error:
            tell(f"  {error}")


def pasted(ask: Ask, question: str) -> str:
    """Ask for several lines, ended by an empty one or by the end of input; return them."""
    lines = [ask(f"{question}:\n")]
    try:
        while lines[-1].strip():
            lines.append(ask(""))
    except EOFError:
        pass
    return "\n".join(lines).strip("\n")
