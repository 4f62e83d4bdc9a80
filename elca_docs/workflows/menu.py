"""`menu`: the weekly tasks as a numbered list, for who never types a command; the double-click starters open it.

Each choice runs the very task that the command line has, in a process of its own, so that nothing is done in two ways.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from elca_docs.errors import Problem, RequestError
from elca_docs.workflows.asking import Ask
from elca_docs.workflows.summary import Summary

Run = Callable[[Sequence[str]], int]
"""Runs a task with its arguments, and returns its exit code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the menu: words, the task, what to ask for it as (flag, question), and whether it takes a root."""

    words: str
    task: tuple[str, ...]
    questions: tuple[tuple[str, str], ...] = ()
    agreed: tuple[str, str] | None = None
    """A flag to add and run again with, once the person has seen the outcome and says yes; and the question."""
    takes_root: bool = True


CHOICES: Final = (
    Choice(words="Build everything: drafts, sheets, documents, where we stand", task=("build",)),
    Choice(words="Check the records", task=("check",)),
    Choice(words="Where we stand, indicator by indicator", task=("status",)),
    Choice(
        words="One partner's page for a meeting (Word)",
        task=("status", "--by", "partner", "--format", "docx"),
        questions=(("--partner", "Acronym of the partner"),),
    ),
    Choice(words="Write the partners' Excel sheets", task=("sheets.write",)),
    Choice(
        words="Read a sheet that came back",
        task=("sheets.read",),
        questions=(("--file", "The Excel file (you can drag it into this window)"),),
        agreed=("--apply", "Write these changes into the records?"),
    ),
    Choice(words="Reminders: a mail per partner, and the calendar", task=("remind",)),
    Choice(words="Play the demo (made-up consortium)", task=("demo",), takes_root=False),
    Choice(words="Begin a new project", task=("init",), takes_root=False),
)


def run_task(arguments: Sequence[str]) -> int:
    """Run a task as the command line does, and return its exit code."""
    return subprocess.run([sys.executable, "-m", "invoke", *arguments], check=False).returncode  # noqa: S603 - our own tasks


def menu(
    root: str = ".", *, ask: Ask | None = None, run: Run = run_task, tell: Callable[[str], object] = print
) -> Summary:
    """Offer the choices until the person leaves; a task that fails has said why and ends nothing else."""
    if ask is None:
        message = "a menu needs a person at a terminal"
        raise RequestError(Problem("menu-needs-terminal", message, fix="call a task by its name: invoke --list"))
    try:
        while True:
            tell("")
            for number, choice in enumerate(CHOICES, 1):
                tell(f"  {number}  {choice.words}")
            text = ask("Which number? (Enter to leave): ").strip()
            if not text:
                break
            if text not in {str(number) for number in range(1, len(CHOICES) + 1)}:
                tell(f"'{text}' is none of the numbers")
                continue
            _carry_out(CHOICES[int(text) - 1], root, ask, run)
    except EOFError:
        pass
    return Summary(lines=("goodbye",))


def _carry_out(choice: Choice, root: str, ask: Ask, run: Run) -> None:
    """Ask what the task needs, run it, and run it once more where the person agrees to what it showed."""
    arguments = [*choice.task]
    for flag, question in choice.questions:
        answer = ask(f"{question}: ").strip().strip("\"'")
        if not answer:
            return
        arguments += [f"{flag}={answer}"]
    if choice.takes_root and root != ".":
        arguments += [f"--root={root}"]
    code = run(arguments)
    if choice.agreed and code == 0:
        flag, question = choice.agreed
        if ask(f"{question} (y/n): ").strip().casefold() in {"y", "yes"}:
            run([*arguments, flag])
