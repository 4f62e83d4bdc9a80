"""A report of a hundred pages through LibreOffice: its contents name the real pages, and a cut gives them again."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from reported import NOW, REPORT, captions, desk, entries, headings, opened, prepare

from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.freezing import freeze

pytestmark = [pytest.mark.slow, pytest.mark.needs("libreoffice")]

LEAST = 100
TEXT = "Counterparts that do not exist were met in places that are on no map, and what was said there is told here. "
LATER = NOW.replace(month=7)


def lengthen(folder: Path, chapters: int) -> None:
    """Give the report a long text: headings of two levels, long ones too, tables, footnotes and pictures."""
    base = folder / f"records/deliverables/{REPORT}"
    picture = io.BytesIO()
    Image.new("RGB", (600, 300), "#1F4E79").save(picture, "PNG")
    (base / "road.png").write_bytes(picture.getvalue())
    written = []
    for number in range(1, chapters + 1):
        long = (
            " and everything that was said of it before anybody had come to an end with it" if number % 5 == 0 else ""
        )
        rows = "\n".join(f"| step {row} | partner {row} |" for row in range(1, 9))
        written += [
            f"# Journey {number}{long}",
            (TEXT * 12).strip(),
            f"## Way of journey {number}",
            f"{TEXT * 6}[^n{number}]",
            f"Table: Steps of journey {number}\n\n| Step | Who |\n|---|---|\n{rows}",
            f'![A blue box](road.png "Picture of journey {number}")' if number % 4 == 0 else (TEXT * 5).strip(),
            f"[^n{number}]: A note on journey {number}.",
        ]
    path = base / "summary.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + "\n\n".join(written) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose report fills a hundred pages."""
    made = prepare(tmp_path_factory.mktemp("long") / "p", 150)
    lengthen(made, 50)
    return made


@pytest.fixture(scope="module")
def first(folder: Path) -> dict[str, bytes]:
    """Return the files of the report of a cut, compiled on the day on which it was made."""
    freeze(desk(folder), "P1")
    return compiled(folder, NOW)


def compiled(folder: Path, moment) -> dict[str, bytes]:
    shutil.rmtree(folder / "output", ignore_errors=True)
    summary = compile_deliverable(desk(folder, moment), Compiling(deliverable=REPORT, cut="P1"))
    assert summary.problems == ()
    found = folder / "output/deliverables"
    return {path.name: path.read_bytes() for path in sorted(found.glob("[!.]*"))}


def lines_of(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page of the report, without spaces; the annexes behind it are left out."""
    reader = PdfReader(io.BytesIO(pdf))
    count = next(place for place, label in enumerate(reader.page_labels) if not label.isdigit())
    return [["".join(line.split()) for line in page.extract_text().splitlines()] for page in reader.pages[:count]]


def page_of(pages: Sequence[Sequence[str]], words: str, begin: int) -> int:
    """Return the page, from 1, on which a line begins as a heading or caption does, from a page on."""
    wanted = "".join(words.split())
    for number, lines in enumerate(pages[begin:], start=begin + 1):
        for line in lines:
            if line and wanted.startswith(line) and len(line) >= min(len(wanted), 40):
                return number
    pytest.fail(f"'{words}' stands on no page")


def test_every_entry_names_the_page_on_which_its_heading_or_caption_is_printed(
    folder: Path, first: dict[str, bytes]
) -> None:
    """Contents, list of tables and list of figures are whole, in order, and true, on more than a hundred pages."""
    document = opened(folder, f"{REPORT}_P1")
    found = entries(document)
    tables, figures = captions(document, "Table"), captions(document, "Figure")
    assert [words for words, _ in found] == [*headings(document), *tables, *figures]
    assert (len(tables) > 40, len(figures) > 10, len(found) > 150) == (True, True, True)
    pages = lines_of(first[f"{REPORT}_P1.pdf"])
    assert len(pages) >= LEAST
    begin = next(place for place, lines in enumerate(pages) if "1Summary" in lines)
    true = [(words, str(page_of(pages, words, begin))) for words, _ in found]
    assert found == true
    assert len({page for _, page in true}) > LEAST / 2
    assert not re.search("updateFields", document.settings.element.xml)


def test_another_day_gives_the_same_word_file_and_the_same_pages(folder: Path, first: dict[str, bytes]) -> None:
    """After half a year of registering, the cut gives the same bytes, its contents included, and the same PDF."""
    live_on(folder)
    assert compiled(folder, LATER) == first


def live_on(folder: Path) -> None:
    """Let more be registered, and the text grow by a chapter that the cut does not know."""
    from elca_docs.model.log_events import Registered, Signed

    there = desk(folder, LATER)
    known = there.register.view().agreements["X-0004"]
    sign = {"on": NOW.date().replace(month=1, day=2), "evidence": known.received[0].sha256}
    late = (
        Signed(reference=known.reference, party="net-0004", **sign),
        Registered(reference=known.reference, number="R-2022-001", series="R-2022-{seq:03}", seq=1),
    )
    there.register.append(lambda _: late)
    lengthen(folder, 2)
