"""The tag that prints a field: which fields can stand in a blank, and how each is written there. Knows no file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from elca_docs.context import Field

_ORDINAL: Final = re.compile(r"parties\[(\d{1,2})\]\.(.+)")
_IN_LOOP: Final = "party."


class Fields:
    """The fields of a template, as somebody may name them beside a blank."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Keep the table, and which lists hold groups."""
        self._by_name = {field.name: field for field in fields}
        self._of_groups = {field.loop for field in fields if field.loop}

    def tag(self, name: str) -> str:
        """Return what prints a field, as it stands in the text; empty where nothing does.

        A list of texts is joined with commas, a yes/no is a ticked or an empty box.
        """
        ordinal = _ORDINAL.fullmatch(name)
        field = self._by_name.get(_IN_LOOP + ordinal[2] if ordinal else name)
        if field is None or field.type == "group" or name in self._of_groups or (field.loop and not ordinal):
            return ""
        ending = {"list": "|join(', ')", "yes/no": "|check"}.get(field.type, "")
        return f"{{{{ {name}{ending} }}}}"

    def printable(self) -> tuple[str, ...]:
        """Return the names that can stand in a blank, in the order of the table."""
        return tuple(name for name in self._by_name if self.tag(name))

    def objection(self, name: str) -> tuple[str, str]:
        """Return why a field cannot stand in a blank, as a code and what to do; empty where it can."""
        if self.tag(name):
            return "", ""
        field = self._by_name.get(name)
        if field is None:
            close = get_close_matches(name, self.printable(), n=1)
            return "adopt-unknown-field", f"did you mean '{close[0]}'?" if close else "the field guide lists them all"
        if field.loop:
            rest = name.partition(".")[2]
            meant = [f"{owner}.{rest}" for owner in ("partner", "counterpart") if self.tag(f"{owner}.{rest}")]
            better = " or ".join([*meant, f"{field.loop}[0].{rest}"]) if meant else "a field outside the loop"
            return "adopt-field-not-printable", f"name one of them: {better}"
        inner = [each for each in self.printable() if each.startswith(f"{name}.")]
        some = ", ".join(inner[:3]) or "a loop in the template, or one of its texts"
        return "adopt-field-not-printable", f"it holds others: write {some}"
