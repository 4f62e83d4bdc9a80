"""The menu and the double-click starters: every choice is a task that exists, and one that fails ends nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from elca_docs.errors import RequestError
from elca_docs.workflows.menu import CHOICES, menu, run_task

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import tasks  # noqa: E402 - the project folder holds it


def played(lines: Sequence[str], *, root: str = ".", code: int = 0) -> tuple[list[list[str]], list[str]]:
    """Return the tasks that were run and what was told, for a person who types these lines."""
    left, ran, told = iter(lines), [], []

    def ask(question: str) -> str:
        told.append(question)
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    def run(arguments: Sequence[str]) -> int:
        ran.append(list(arguments))
        return code

    menu(root, ask=ask, run=run, tell=told.append)
    return ran, told


def number(task: str) -> str:
    """Return the number of the choice that runs a task."""
    return str(next(place for place, each in enumerate(CHOICES, 1) if each.task[0] == task))


def test_every_choice_is_a_task_with_the_flags_it_is_called_with() -> None:
    """The menu never offers what the command line does not have."""
    for choice in CHOICES:
        names = tasks.namespace.task_names
        assert choice.task[0] in names, choice.words
        known = {name for each in tasks.namespace[choice.task[0]].get_arguments() for name in each.names}
        flags = [each for each in choice.task[1:] if each.startswith("--")] + [flag for flag, _ in choice.questions]
        flags += [choice.agreed[0]] if choice.agreed else []
        flags += ["--root"] if choice.takes_root else []
        assert {flag.removeprefix("--").replace("-", "_") for flag in flags} <= {
            each.replace("-", "_") for each in known
        }


def test_a_number_runs_its_task_and_enter_leaves() -> None:
    """In order, with the project folder where another one is meant."""
    assert played([number("build"), number("check"), ""])[0] == [["build"], ["check"]]
    assert played([number("remind"), number("demo"), ""], root="my folder")[0] == [
        ["remind", "--root=my folder"],
        ["demo"],
    ]


def test_a_wrong_number_is_told_and_a_failing_task_ends_nothing() -> None:
    """Words, zero, a number too high; the menu comes back after each."""
    ran, told = played(["0", "99", "build", number("build"), number("check")], code=1)
    assert ran == [["build"], ["check"]]
    assert [line for line in told if "none of the numbers" in line] == [
        "'0' is none of the numbers",
        "'99' is none of the numbers",
        "'build' is none of the numbers",
    ]


def test_what_a_task_needs_is_asked_and_enter_goes_back() -> None:
    """A dragged file comes in quotes; an answer that looks like a flag stays an answer."""
    page = str(next(place for place, each in enumerate(CHOICES, 1) if "docx" in each.task))
    ran, _ = played([page, "", page, "--root", number("sheets.read"), '"C:\\my sheets\\A.xlsx"', "n", ""])
    assert ran == [
        ["status", "--by", "partner", "--format", "docx", "--partner=--root"],
        ["sheets.read", "--file=C:\\my sheets\\A.xlsx"],
    ]


@pytest.mark.parametrize(
    ("answer", "code", "applied"), [("y", 0, True), ("n", 0, False), ("", 0, False), ("y", 1, False)]
)
def test_changes_are_applied_only_when_the_person_says_yes(answer: str, code: int, applied: bool) -> None:  # noqa: FBT001
    """First the differences; --apply only after a yes, and never after a refusal."""
    ran, _ = played([number("sheets.read"), "A.xlsx", answer, ""], code=code)
    first = ["sheets.read", "--file=A.xlsx"]
    assert ran == ([first, [*first, "--apply"]] if applied else [first])


def test_without_a_terminal_it_says_so() -> None:
    """Code menu-needs-terminal, and the way without a menu."""
    with pytest.raises(RequestError) as caught:
        menu()
    assert (caught.value.problems[0].code, "invoke --list" in caught.value.problems[0].fix) == (
        "menu-needs-terminal",
        True,
    )


def test_a_task_runs_as_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, whose exit code comes back."""
    monkeypatch.chdir(ROOT)
    assert run_task(["status", "--by", "mood"]) == 2


def test_the_starters_have_the_line_ends_and_rights_of_their_system() -> None:
    """CRLF for cmd, LF and executable for a shell; both install what requirements.txt says and open the menu."""
    windows, unix = (ROOT / "start.cmd").read_bytes(), (ROOT / "start.command").read_bytes()
    assert windows.count(b"\r\n") == windows.count(b"\n")
    assert b"\r" not in unix
    assert windows.isascii()
    for script in (windows, unix):
        assert b"requirements.txt" in script
        assert b"-m invoke menu" in script
    if os.name != "nt":
        assert os.access(ROOT / "start.command", os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_starter_installs_once_and_again_after_a_change(tmp_path: Path) -> None:
    """Played with a stand-in for Python: pip runs on the first start, not on the second, and after a change again."""
    shutil.copy(ROOT / "start.command", tmp_path)
    (tmp_path / "requirements.txt").write_text("one\n", encoding="utf-8")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$*"\ntest ! -e fail || [ "$2" != pip ]\n', encoding="utf-8")
    python.chmod(0o755)

    def started() -> tuple[int, list[str]]:
        run = subprocess.run([str(tmp_path / "start.command")], capture_output=True, text=True, check=False, cwd="/")
        return run.returncode, [line.split()[1] for line in run.stdout.splitlines() if line.startswith("-m")]

    (tmp_path / "fail").touch()
    assert started() == (1, ["pip"])
    (tmp_path / "fail").unlink()
    assert started() == (0, ["pip", "invoke"])
    assert started() == (0, ["invoke"])
    (tmp_path / "requirements.txt").write_text("two\n", encoding="utf-8")
    assert started() == (0, ["pip", "invoke"])
