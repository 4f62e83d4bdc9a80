"""Workbooks opened, edited and saved by LibreOffice itself."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from book_desks import (
    FILLED,
    NOTHING,
    book,
    filled,
    own_book,
    sent,
    told,
)

from elca_docs.exchange import differences


def resaved(data: bytes, folder) -> bytes:
    """Return a workbook as LibreOffice saves it after opening."""
    (folder / "book.xlsx").write_bytes(data)
    command = [
        str(shutil.which("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), str(folder / "book.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "saved" / "book.xlsx").read_bytes()


@pytest.mark.slow
@pytest.mark.needs("libreoffice calc")
@pytest.mark.parametrize("partner", ["NORD", ""])
def test_libreoffice_changes_nothing_and_loses_nothing(tmp_path, partner):
    """Opened and saved by LibreOffice, the workbook that went out is no difference."""
    assert told(differences(resaved(sent(partner), tmp_path), book(partner))) == NOTHING


@pytest.mark.slow
@pytest.mark.needs("libreoffice calc")
def test_edits_survive_libreoffice(tmp_path):
    """Edited and saved by LibreOffice: exactly the edits come back, zeros, formulas as text and all letters."""
    edits = {
        ("Own data", "NORD", "Registration number"): "00042",
        ("Own data", "NORD", "Legal form"): "=1+1",
        ("Own data", "NORD", "City"): "Łódź ó ż ü _x0041_",
        ("Agreements", "A-1", "Expected"): "2021-12",
        ("Agreements", "A-1", "Law"): None,
        **FILLED,
    }
    written = filled(edits)
    before, after = differences(written, own_book()), differences(resaved(written, tmp_path), own_book())
    assert after == before
    assert after.problems == ()
    assert len(after.differences.changes) == 5 + 11
