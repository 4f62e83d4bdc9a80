"""What one field of a template is, and short ways to write one down. Holds no field itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "yes/no", "list", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One name that a template may use, as its author writes it between braces.

    A name with a `loop` exists only inside that loop: "party.address" of loop "parties" is written inside
    `{% for party in parties %}`. A "list" is gone through with such a loop; a "group" holds the fields that begin with
    its name. `mandatory`: a final document may not do without it. A value that the records do not have is false in a
    condition, whatever its type. `source` is the file and the key.
    """

    name: str
    type: Kind
    mandatory: bool
    meaning: str
    example: str
    source: str
    loop: str = ""


def text(  # noqa: PLR0913 - the columns of the table
    name: str, meaning: str, source: str, *, example: str = "", mandatory: bool = False, loop: str = ""
) -> Field:
    """Return a field that prints as text."""
    return Field(
        name=name, type="text", mandatory=mandatory, meaning=meaning, example=example, source=source, loop=loop
    )


def number(name: str, meaning: str, source: str, *, example: str) -> Field:
    """Return a field that prints as a whole number and can be compared."""
    return Field(name=name, type="number", mandatory=False, meaning=meaning, example=example, source=source)


def yes_no(name: str, meaning: str, source: str, *, example: str) -> Field:
    """Return a field for conditions."""
    return Field(name=name, type="yes/no", mandatory=False, meaning=meaning, example=example, source=source)


def listing(name: str, meaning: str, source: str, *, example: str = "") -> Field:
    """Return a field to loop over."""
    return Field(name=name, type="list", mandatory=False, meaning=meaning, example=example, source=source)


def group(name: str, meaning: str, source: str) -> Field:
    """Return a field that only holds others."""
    return Field(name=name, type="group", mandatory=False, meaning=meaning, example="", source=source)
