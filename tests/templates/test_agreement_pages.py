"""How the agreement templates break over pages once LibreOffice has laid them out."""

import io
import re
import subprocess

import pytest
from pypdf import PdfReader
from test_agreement_templates import CASES, document, styled, texts

pytestmark = [pytest.mark.slow, pytest.mark.needs("libreoffice")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each page, by case."""
    folder = tmp_path_factory.mktemp("pages")
    names = {case: f"{case.replace(' ', '-')}" for case in CASES}
    for case, name in names.items():
        document(case).save(str(folder / f"{name}.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *(str(folder / f"{name}.docx") for name in names.values())],
        check=True,
        capture_output=True,
        timeout=180,
    )
    readers = {case: PdfReader(io.BytesIO((folder / f"{name}.pdf").read_bytes())) for case, name in names.items()}
    return {case: [page.extract_text() for page in reader.pages] for case, reader in readers.items()}


def capitals(text):
    """Small capitals come out of a PDF as capitals."""
    return text.upper()


@pytest.mark.parametrize("case", CASES)
def test_all_signatures_stand_on_the_last_page(pages, case):
    """The blocks of all parties and the end of the agreement are on one page, and on no other."""
    *before, last = (capitals(page) for page in pages[case])
    blocks = [capitals(each) for each in texts(document(case)) if each.startswith(("For Party ", "Por la Parte "))]
    (closing,) = styled(document(case), "Closing")
    assert len(blocks) >= 2
    assert [text for text in (*blocks, capitals(closing)) if text not in last] == []
    assert [text for text in blocks for page in before if text in page] == []


@pytest.mark.parametrize("case", CASES)
def test_no_heading_ends_a_page(pages, case):
    """The last line above a footer is never a heading: it stays with what follows."""
    word = document(case)
    headings = {capitals(each) for style in ("Heading 1", "Part") for each in styled(word, style)}
    foot = tuple(each.text[:30] for each in word.sections[0].first_page_footer.paragraphs)
    met = set()
    for number, page in enumerate(pages[case]):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        end = next(place for place, line in enumerate(lines) if line.startswith(foot[-1:] if number else foot))
        body = [re.sub(r"^[0-9]+\. ", "", capitals(line)) for line in lines[1:end]]
        assert body[-1] not in headings
        met |= headings & set(body)
    assert met == headings


@pytest.mark.parametrize("case", CASES)
def test_pages_count_themselves(pages, case):
    """Each page says which one it is, of how many; five or six at the most."""
    total = len(pages[case])
    assert total <= 6
    for number, text in enumerate(pages[case], start=1):
        assert f"Page {number} of {total}" in text or f"Página {number} de {total}" in text
