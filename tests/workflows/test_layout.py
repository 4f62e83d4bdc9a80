"""Tables on a terminal: a title that nothing breaks, and one line where there is nothing to show."""

from __future__ import annotations

from elca_docs.tracking import TextTable
from elca_docs.workflows.layout import table_lines


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
