"""One rendering of one document: what it has spent and what it has met on the way.

The templates are compiled once and shared by threads, so everything that belongs to one document lives here. Jinja
gives no room to hand it through, so it travels in a context variable, which each thread (and each task) has for itself.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

    from elca_docs.model.missing import Missing

# Budgets of one document. A contract needs some thousand turns and a megabyte, a table of 10,000 rows 100,000 turns.
MOST_TURNS = 2_000_000
TURNS_OF_A_CALL = 10
MOST_CHARACTERS = 64_000_000
LONGEST_TEXT = 4_000_000
MOST_ENTRIES = 200_000
LONGEST_RANGE = 100_000

# Two noncharacters of Unicode, which no value and no template may hold: they mark a placeholder until it is bright.
OPEN, CLOSE = "\ufdd0", "\ufdd1"


class OverBudgetError(Exception):
    """A template asks for more turns, characters or entries than one document may have."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a template was while it ran, as cheap as it can be had: the template and the line of its compiled code."""

    template: Template
    code_line: int

    def resolved(self) -> tuple[str, int]:
        """Return the part and the line of its text, looked up in Jinja's table."""
        return str(self.template.name), self.template.get_corresponding_lineno(self.code_line)


@dataclass(frozen=True, slots=True)
class UnknownUse:
    """A use of a name that the context does not have: of what it was asked, which name, its fields, where."""

    owner: object
    name: object
    trail: str
    spot: Spot


class Run:
    """What one rendering has spent and met: turns, characters, missing values printed, unknown names used."""

    __slots__ = ("characters", "missing", "turns", "unknown")

    def __init__(self) -> None:
        """Begin with nothing spent and nothing met."""
        self.turns = 0
        self.characters = 0
        self.missing: dict[Missing, Spot] = {}
        self.unknown: dict[tuple[Spot, object, str], UnknownUse] = {}

    @property
    def allowance(self) -> int:
        """How many characters may still be written."""
        return MOST_CHARACTERS - self.characters

    def spend(self, turns: int) -> None:
        """Count turns of loops, calls and filters; OverBudgetError beyond the budget."""
        self.turns += turns
        if self.turns > MOST_TURNS:
            message = "it repeats more often than a document may"
            raise OverBudgetError(message)

    def write(self, characters: int) -> None:
        """Count characters written; OverBudgetError beyond the budget."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            message = f"it writes more than {MOST_CHARACTERS:,} characters"
            raise OverBudgetError(message)


RUN: ContextVar[Run] = ContextVar("RUN")
