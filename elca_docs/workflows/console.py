"""The border to the person at the keyboard: prints a Summary, turns errors into messages and exit codes.

Exit codes: 0 done · 1 your turn · 2 a flag's value is wrong · 3 our bug. No traceback ever reaches a user unless
DOCS_TRACEBACK is set.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator

from elca_docs.errors import DocsError, Problem, RequestError, formatted
from elca_docs.workflows.summary import Summary

OUR_BUG = 3
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
        sys.stdout.write("".join(f"{_printable(line)}\n" for line in summary.lines))
        _say_problems(summary.problems)
    sys.stdout.flush()
    if summary.exit_code:
        sys.exit(summary.exit_code)


def form_of(text: str, *allowed: str) -> str:
    """Return the --format asked for; RequestError names the known ones."""
    if text in allowed:
        return text
    message = f"--format '{text}' is not known here"
    raise RequestError(Problem("bad-format", message, fix=f"use one of {', '.join(allowed)}"))


def _say_problems(problems: list[Problem] | tuple[Problem, ...]) -> None:
    sys.stdout.flush()
    for problem in problems[:_SHOWN]:
        sys.stderr.write(_printable(formatted(problem)) + "\n")
    if len(problems) > _SHOWN:
        sys.stderr.write(f"… and {len(problems) - _SHOWN} more; mend these first\n")


def _printable(text: str) -> str:
    """Return text that cannot steer a terminal: control characters are shown, not sent."""
    return "".join(each if each.isprintable() or each in "\n\t" else f"\\x{ord(each):02x}" for each in text)
