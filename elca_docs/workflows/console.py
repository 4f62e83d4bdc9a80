"""The border to the person at the keyboard: prints a Summary, turns errors into messages and exit codes.

Exit codes: 0 done · 1 your turn · 2 a flag's value is wrong · 3 our bug. No traceback ever reaches a user unless
DOCS_TRACEBACK is set.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from elca_docs.errors import DocsError, Problem, RequestError, formatted
from elca_docs.workflows.summary import Styled, Summary, printable

OUR_BUG = 3
_MANY: Final = 20
"""From how many things on a bar shows how far the work is."""
_T = TypeVar("_T")
_SHOWN = 40


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Run a task's body; what a user can mend is printed and ends with its exit code, anything else is our bug."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield
    except DocsError as error:
        _say_problems(error.problems)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        message = f"the library '{error.name}' is not installed"
        _say_problems([Problem("library-missing", message, fix="pip install -r requirements.txt")])
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        if os.environ.get("DOCS_TRACEBACK"):
            raise
        message = f"this is a bug of the program: {type(error).__name__}: {error}"
        fix = "nothing that was registered is lost; set DOCS_TRACEBACK=1, run again, and report what it prints"
        _say_problems([Problem("our-bug", message, fix=fix)])
        sys.exit(OUR_BUG)


def say(summary: Summary, *, form: str = "table") -> None:
    """Print a summary in the form asked for, then leave with its exit code when it is the user's turn."""
    if form == "json":
        sys.stdout.write(json.dumps(summary.json, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{shown(line)}\n" for line in summary.lines))
        _say_problems(summary.problems)
    sys.stdout.flush()
    if summary.exit_code:
        sys.exit(summary.exit_code)


def shown(line: str) -> str:
    """Return a line as it is printed: one with colours as it is, any other without anything that steers a terminal."""
    return line if isinstance(line, Styled) else printable(line)


def form_of(text: str, *allowed: str) -> str:
    """Return the --format asked for; RequestError names the known ones."""
    if text in allowed:
        return text
    message = f"--format '{text}' is not known here"
    raise RequestError(Problem("bad-format", message, fix=f"use one of {', '.join(allowed)}"))


def progressing(things: Sequence[_T], *, what: str) -> Iterator[_T]:
    """Yield the things one by one, with a bar on a terminal where there are many."""
    if len(things) < _MANY or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(things, description=what, console=Console(stderr=True), transient=True)


def _say_problems(problems: list[Problem] | tuple[Problem, ...]) -> None:
    sys.stdout.flush()
    for problem in problems[:_SHOWN]:
        sys.stderr.write(printable(formatted(problem)) + "\n")
    if len(problems) > _SHOWN:
        sys.stderr.write(f"… and {len(problems) - _SHOWN} more; mend these first\n")
