"""What can go wrong, cut by what the reader must do about it.

    DocsError
    ├── RecordsError      edit the records (YAML)
    ├── TemplateError     edit the Word template
    ├── EvidenceError     look at the PDF
    ├── WorkspaceError    repair the folder, the disk or the register log
    └── RequestError      call the task again with another value (exit code 2)

Errors are values first: a stage that can go on collects `Problem`s and returns them; only a hand or a workflow that
cannot go on raises one of the errors above, which carries its problems. There is one formatter, `formatted`.
This module imports nothing of ours and prints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where something stands: a file relative to the project folder, with line and column (from 1) or a place in words.

    `path` uses forward slashes. `line` and `column` are 0 where they make no sense (a Word file, a folder); `place`
    then says where in words ("header 1, paragraph 3").
    """

    path: str
    line: int = 0
    column: int = 0
    place: str = ""

    def __str__(self) -> str:
        """Return `path:line:column`, the form editors jump to, with the place in words behind it."""
        text = self.path
        if self.line:
            text += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        return f"{text} ({self.place})" if self.place else text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, one sentence, where, and what to do.

    Every code stands in `docs/reference/problems.md` and in a test.
    """

    code: str
    message: str
    location: Location | None = None
    fix: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key: by place, then by code, so that a run prints the same list each time."""
        place = self.location or Location("")
        return (place.path, place.line, place.column, self.code, self.message)


def formatted(problem: Problem) -> str:
    """Return the two lines a user reads: `place: code: sentence`, and the fix indented below it."""
    head = f"{problem.location}: " if problem.location else ""
    tail = f"\n  fix: {problem.fix}" if problem.fix else ""
    return f"{head}{problem.code}: {problem.message}{tail}"


class DocsError(Exception):
    """The root of all errors a user can mend; carries at least one problem, in order of place."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Keep the problems sorted by place."""
        found = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems: tuple[Problem, ...] = tuple(sorted(found, key=lambda problem: problem.order))
        super().__init__("\n".join(formatted(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DocsError], tuple[tuple[Problem, ...]]]:
        """Travel between processes as the problems, of which the text is made again."""
        return type(self), (self.problems,)


class RecordsError(DocsError):
    """The records cannot be used as they are: edit the YAML files."""


class TemplateError(DocsError):
    """A Word template, or a document made from it, is not usable: edit the template."""


class EvidenceError(DocsError):
    """A file handed in as evidence cannot be accepted: look at the PDF."""


class WorkspaceError(DocsError):
    """The project folder, the disk or the register log needs repair."""


class RequestError(DocsError):
    """A flag's value does not make sense for this project: call the task again."""

    exit_code = 2
