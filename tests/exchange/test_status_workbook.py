"""status.xlsx: numbers are numbers, days are days, and what looks like one of them and is none stays text."""

from __future__ import annotations

import io
from datetime import date, datetime

from openpyxl import load_workbook

from elca_docs.exchange import status_workbook
from elca_docs.model.text_table import TextTable

TABLE = TextTable(
    title="Agreements of EXAMPLE",
    columns=("id", "reference", "counterpart", "target", "signed on", "due", "counted"),
    rows=(
        ("0042", "=1+1", "2021-10-05", "12", "2021-10-05", "2021-10", "1/2"),
        ("7", "+49 1", "x" * 3000, "", "", "", "0"),
    ),
    notes=("a note",),
)


def made(*tables: tuple[str, TextTable]) -> bytes:
    return status_workbook(project_acronym="EXAMPLE", as_of=date(2021, 11, 15), tables=tables)


def test_cells_have_the_type_of_their_column() -> None:
    """Ids, references and names stay text whatever they look like; a month is no day, and 1/2 is no number."""
    sheet = load_workbook(io.BytesIO(made(("Agreements", TABLE))))["Agreements"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert rows[0] == ["0042", "=1+1", "2021-10-05", 12, datetime(2021, 10, 5), "2021-10", "1/2"]  # noqa: DTZ001 - no zone
    assert (rows[1][0], rows[1][3:]) == ("7", [None, None, None, 0])
    assert (len(rows[1][2]), rows[1][2][-1]) == (2000, "…")
    assert [cell.data_type for cell in sheet[3]] == ["s", "s", "s", "n", "d", "s", "s"]
    assert sheet["A5"].value == "a note"
    assert sheet.auto_filter.ref == "A2:G4"


def test_each_table_is_a_sheet_and_an_empty_one_has_headings() -> None:
    """Nothing to show is still a sheet, so that a person need not wonder where it went."""
    empty = TextTable(title="Missions", columns=("mission",), rows=())
    book = load_workbook(io.BytesIO(made(("Agreements", TABLE), ("Missions", empty))))
    assert book.sheetnames == ["Agreements", "Missions"]
    assert book["Missions"]["A2"].value == "mission"


def test_the_same_tables_are_the_same_bytes() -> None:
    """A workbook holds no hour."""
    assert made(("Agreements", TABLE)) == made(("Agreements", TABLE))
