"""The border to the person at the keyboard: what is said, on which stream, with which exit code."""

from __future__ import annotations

import sys

import pytest

from elca_docs.errors import Problem, RequestError
from elca_docs.workflows.console import OUR_BUG, answering, form_of, progressing, say
from elca_docs.workflows.summary import Summary


def test_an_unknown_form_names_those_that_are_known() -> None:
    """`--format` is refused with the forms of this task."""
    assert form_of("json", "table", "json") == "json"
    with pytest.raises(RequestError) as caught:
        form_of("pdf", "table", "json")
    assert [(each.code, each.fix) for each in caught.value.problems] == [("bad-format", "use one of table, json")]


def test_a_bug_of_ours_is_called_one(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything that is no problem of the user's ends with exit code 3 and one message; the traceback is for us."""
    monkeypatch.delenv("DOCS_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as ended, answering():
        raise ZeroDivisionError
    assert ended.value.code == OUR_BUG
    printed = capsys.readouterr()
    assert printed.err.startswith("our-bug: ")
    assert "Traceback" not in printed.err
    monkeypatch.setenv("DOCS_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError), answering():
        raise ZeroDivisionError


def test_what_a_file_says_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are shown, not sent."""
    say(Summary(lines=("plain", "\x1b[31mred")))
    assert capsys.readouterr().out == "plain\n\\x1b[31mred\n"


def test_a_long_list_of_problems_is_cut_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    """The first forty are printed, the others are counted, and it is the user's turn."""
    with pytest.raises(SystemExit) as ended:
        say(Summary(problems=tuple(Problem("bad-value", f"number {place}") for place in range(45))))
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1] == "… and 5 more; mend these first"


def test_a_library_that_is_not_installed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """It is no bug of ours: the message says how to install what is missing."""
    with pytest.raises(SystemExit) as ended, answering():
        raise ModuleNotFoundError(name="docxtpl")
    assert ended.value.code == 1
    assert "library-missing: the library 'docxtpl'" in capsys.readouterr().err


@pytest.mark.parametrize(("many", "terminal"), [(5, True), (50, False), (50, True)])
def test_a_bar_shows_how_far_it_is_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, many: int, terminal: bool
) -> None:
    """The same things in the same order; a bar only on a terminal and where there are many, and never on stdout."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    things = list(range(many))
    assert list(progressing(things, what="files")) == things
    printed = capsys.readouterr()
    assert printed.out == ""
    assert ("files" in printed.err) is (many == 50 and terminal)
