"""Tables on a terminal: a title that nothing breaks, and one line where there is nothing to show."""

from __future__ import annotations

import os
import re
import sys

import pytest

from elca_docs.model.text_table import TextTable
from elca_docs.workflows.layout import table_lines
from elca_docs.workflows.summary import Styled


def test_a_title_longer_than_its_table_stays_on_one_line() -> None:
    """It is read, and looked for, as a whole."""
    title = "A title that is far longer than the two narrow columns below it"
    lines = table_lines(TextTable(title=title, columns=("a", "n"), rows=(("x", "1"),), notes=("a note",)))
    assert (lines[0], lines[-1]) == (title, "a note")
    assert [line.split() for line in lines if "x" in line] == [["x", "1"]]


def test_a_table_without_rows_is_one_line() -> None:
    """Headings over nothing would make a reader look for what is missing."""
    table = TextTable(title="Open", columns=("a", "b"), rows=(), notes=("a note",))
    assert table_lines(table) == ("Open: nothing", "a note")


LONG = TextTable(
    title="Indicators",
    columns=("indicator", "title", "reference", *(f"number {each}" for each in range(6)), "overdue"),
    rows=(
        ("KPI 1", "a title of some length " * 4, "EXAMPLE-CA-NORD-001", *"123456", "3"),
        ("KPI 2", "", "EXAMPLE-CA-NORD-002", *"123456", "0"),
    ),
    notes=("a note that is longer than a narrow screen is wide, and is wrapped like any other text there is",),
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_a_table_fits_the_screen(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """No line is wider than the screen, nothing is left out, and a reference is never broken in two."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = table_lines(LONG)
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    assert words.count("title") == 5
    assert {"EXAMPLE-CA-NORD-001", "EXAMPLE-CA-NORD-002"} <= set(words)


def test_without_a_terminal_a_table_is_a_hundred_columns_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is piped never depends on the window that it was piped from."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda fallback: os.terminal_size((*fallback,)))
    assert 80 < max(map(len, table_lines(LONG))) <= 100


def test_colours_are_for_terminals_and_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its colours a line on a terminal is the line in a pipe; a cell cannot steer the terminal."""
    hostile = TextTable(title="A \x1b[31mtitle", columns=("x\x07", "overdue"), rows=(("\x1b]0;x\x07", "3"), ("b", "0")))
    plain = table_lines(hostile)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = table_lines(hostile)
    assert all(isinstance(line, Styled) for line in coloured)
    assert "\x1b[1;31m" in "".join(coloured)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in coloured] == [line.rstrip() for line in plain]
    assert "\x1b" not in "".join(plain)
    assert "\\x1b]0;x\\x07" in "".join(coloured)


def test_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and dumb terminals get plain text."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in "".join(table_lines(LONG))
