"""Index, README and figures of a pack: two clicks from number to paper, in every form, and the same bytes each time."""

from __future__ import annotations

import io
import json
from dataclasses import replace

from openpyxl import load_workbook
from pack_specimens import PAPER, PATH, pack, redacted, sha
from pypdf import PdfReader

from elca_docs.exchange import pack_figures, pack_index, pack_pdf, pack_readme


def sheets(data: bytes):
    return load_workbook(io.BytesIO(data))


def texts(sheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def links(sheet) -> dict[str, str]:
    found = (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    return {str(cell.value): cell.hyperlink.location or cell.hyperlink.target for cell in found}


def test_two_clicks_lead_from_a_figure_to_its_file() -> None:
    """From the first sheet to the figure's, from there to the file beside the workbook; and back."""
    book = sheets(pack_index(pack()))
    assert book.sheetnames == ["Figures", "KPI 2", "Files"]
    assert links(book["Figures"])["KPI 2"] == "'KPI 2'!A1"
    assert links(book["KPI 2"])[PATH] == PATH
    assert links(book["KPI 2"])["back to the figures"] == "'Figures'!A1"
    assert links(book["Files"])[PATH] == PATH


def test_what_does_not_count_says_why() -> None:
    """Each failing rule with its sentence; a text that looks like a formula stays text."""
    sheet = sheets(pack_index(pack()))["KPI 2"]
    assert "C1: =SUM(1) is missing" in texts(sheet)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "Zażółć & <Gęślą> Ω" in texts(sheet)
    assert "1 planned places have no name yet" in texts(sheet)
    assert "NORD on 2021-10-05, wet" in texts(sheet)


def test_sheets_have_titles_that_excel_takes() -> None:
    """No forbidden sign, not too long, none twice, and none of the workbook's own."""
    whole = pack()
    figure = whole.figures[0]
    names = ("Files", "a/b[c]", "x" * 40, "x" * 39, "figures")
    book = sheets(pack_index(replace(whole, figures=tuple(replace(figure, id=name) for name in names))))
    folded = [name.casefold() for name in book.sheetnames]
    assert len(set(folded)) == len(folded) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)


def test_the_pdf_says_the_same_and_links_to_the_files() -> None:
    """Figures, lines, rules, digests; a link to another PDF names it relative to this one."""
    reader = PdfReader(io.BytesIO(pack_pdf(pack())))
    said = " ".join(page.extract_text() for page in reader.pages)
    for words in ("KPI 2: 1 of 3 counted", "R-2021-001", "EXAMPLE-XA-001", sha(PAPER), "C1 does not hold"):
        assert words in said, words
    actions = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    files = [str(each["/A"]["/F"]) for each in actions if "/A" in each and each["/A"].get("/S") == "/GoToR"]
    assert files == [PATH]
    assert any("/Dest" in each or "/D" in each.get("/A", {}) for each in actions)


def test_the_readme_is_one_page_that_says_how_to_check() -> None:
    """Figures, numbering, three ways to check, and the head in full; nothing of redaction where nothing was."""
    said = pack_readme(pack()).decode()
    for words in ("KPI 2", "1 of 3", "sha256sum -c", "verify.py", "Get-FileHash", pack().head, "5 years"):
        assert words in said, words
    lines = said.splitlines()
    assert len(lines) < 55
    assert max(map(len, lines)) <= 110
    assert "REDACTED" not in said
    assert "only up to" in pack_readme(replace(pack(), as_of_note="only up to its end")).decode()


def test_what_was_left_out_is_said_everywhere_with_its_digest() -> None:
    """In README, workbook, PDF and JSON; the name of the other side is in none of them."""
    made = redacted()
    readme = pack_readme(made).decode()
    assert "1 files: it shows who signed" in readme
    assert "the other side of 1 confidential agreements" in readme
    book = sheets(pack_index(made))
    page = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(pack_pdf(made))).pages)
    for said in (texts(book["KPI 2"]), texts(book["Files"]), page, pack_figures(made).decode()):
        assert sha(PAPER) in said
        assert "it shows who signed" in said
        assert PATH not in said


def test_the_same_pack_is_the_same_bytes() -> None:
    """No hour, no random name, no order of a set."""
    for make in (pack_index, pack_pdf, pack_readme, pack_figures):
        assert make(pack()) == make(pack())


def test_the_figures_are_read_back_as_they_were() -> None:
    """Every line with its files, and why it does not count."""
    said = json.loads(pack_figures(pack()))
    (figure,) = said["figures"]
    assert [row["counted"] for row in figure["lines"]] == [True, False]
    assert figure["lines"][0]["files"] == [{"sha256": sha(PAPER), "path": PATH, "left_out": None}]
    assert said["register"] == {"id": "r", "position": 2, "head": pack().head}
