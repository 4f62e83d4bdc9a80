"""What a task tells its user at the end: lines to read, problems to mend, and the same for another program."""

from __future__ import annotations

from dataclasses import dataclass

from elca_docs.errors import Problem


class Styled(str):
    """A line with colours for a terminal; every text in it is `printable`, so it is printed as it is."""

    __slots__ = ()


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: control characters are shown, not sent."""
    return "".join(each if each.isprintable() or each in "\n\t" else f"\\x{ord(each):02x}" for each in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The answer of a workflow. `json` is what `--format json` prints; exit code 1 means: it is your turn."""

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    json: object = None
    your_turn: bool = False

    @property
    def exit_code(self) -> int:
        """0 done, 1 your turn."""
        return 1 if self.problems or self.your_turn else 0
