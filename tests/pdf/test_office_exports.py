"""Papers as LibreOffice exports them from the shipped templates, with tags, bookmarks and packed pictures."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from papers import MM, codes, copied, printed, words
from pypdf import PdfReader
from test_signature_copy import code_boxes, covered
from test_signature_fields import fields_of, is_blank, statuses, twice_signed

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "agreements"
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Return the shipped templates as tagged PDF by name."""
    folder = tmp_path_factory.mktemp("exports")
    command = [shutil.which("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", TAGGED, "--outdir", str(folder), *map(str, sorted(TEMPLATES.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {each.stem: each.read_bytes() for each in folder.glob("*.pdf")}


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_the_shipped_templates_take_a_stamp_as_they_are(exports):
    """On each page the code is read and covers nothing, in the middle of the right edge, the pages not made smaller."""
    assert exports
    for pdf in exports.values():
        made = copied(pdf)
        assert codes(made.data) == printed(made.pages)
        assert covered(made.data) == [None] * made.pages
        for page, box in zip(PdfReader(io.BytesIO(made.data)).pages, code_boxes(made.data), strict=True):
            assert float(page.mediabox.right) - box[2] == pytest.approx(4 * MM, abs=0.1)
        assert [page[:-9] for page in words(made.data)] == words(pdf)


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_tags_are_kept_and_two_parties_sign(exports):
    """The tree of tags still leads to the pages, and the tagged copy takes two signatures, each appended."""
    made = copied(exports["cooperation"])
    before, after = (PdfReader(io.BytesIO(each)) for each in (exports["cooperation"], made.data))
    assert after.root_object["/MarkInfo"]["/Marked"]
    for old, new in zip(before.pages, after.pages, strict=True):
        assert new["/StructParents"] == old["/StructParents"]
    assert "/ParentTree" in after.root_object["/StructTreeRoot"]
    assert all(is_blank(made.data, field) for field in fields_of(made.data).values())
    found = statuses(twice_signed(made)[-1])
    assert all(each.intact and each.valid and each.docmdp_ok for each in found.values())
    assert len(found) == 2
