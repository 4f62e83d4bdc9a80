"""`dashboard`: the page of a real project shows its figures, and every link on it opens a file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from desks import desk, paper, project, tree

from elca_docs.planning import Filters
from elca_docs.workflows.building import build
from elca_docs.workflows.dashboard import dashboard
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.registering import register

pytestmark = pytest.mark.slow  # a project with papers for each test

PAGE = "output/dashboard/index.html"


class _Links(HTMLParser):
    """The links of a page that lead out of it, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def opened(folder: Path) -> tuple[list[Path], str]:
    """Return the files that the page links to, and its text with single blanks."""
    found = _Links((folder / PAGE).read_text(encoding="utf-8"))
    base = (folder / PAGE).parent
    files = [base / unquote(each) for each in found.hrefs if not each.startswith("#")]
    return files, re.sub(r"\s+", " ", " ".join(found.words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = project(tmp_path / "p")
    make_drafts(desk(made), Filters())
    return made


def test_links_open_the_draft_and_the_signed_copy(folder: Path) -> None:
    """Every link leads to a file of the project; the signed copy is the readable one."""
    view = desk(folder).register.view()
    identifier = min(view.agreements)
    reference = view.agreements[identifier].reference
    portfolio = desk(folder).portfolio
    parties = [each.id for each in portfolio.parties_of(portfolio.agreement_by_id[identifier])]
    scan = paper(folder, "scan.pdf", reference)
    signed = [f"{party}=2021-10-05" for party in parties]
    register(desk(folder), ref=reference, files=[scan], signed_by=signed, by="nor-1")
    dashboard(desk(folder))
    files, words = opened(folder)
    assert [file for file in files if not file.is_file()] == []
    folders = {file.resolve().relative_to(folder.resolve()).parts[:2] for file in files}
    assert folders == {("output", "agreements"), ("output", "missing"), ("register", "signed")} & folders
    assert {("output", "agreements"), ("register", "signed")} <= folders
    assert "registered R-2021-001" in words


def test_a_draft_that_was_removed_is_told_without_a_link(folder: Path) -> None:
    """A link that opens nothing would be worse than none."""
    for draft in (folder / "output/agreements").rglob("*.docx"):
        draft.unlink()
    dashboard(desk(folder))
    files, words = opened(folder)
    assert [file for file in files if "agreements" in file.parts] == []
    assert "drafted version 1" in words


def test_every_figure_is_that_of_the_report(folder: Path) -> None:
    """Each indicator's target, plan and count stand on the page as `status` has them."""
    dashboard(desk(folder))
    _, words = opened(folder)
    there = desk(folder)
    for each in report_on(there, there.register.view()).figures:
        assert f"{each.id} {each.title} {each.counted} of {each.target} counted" in words


def test_a_second_run_writes_nothing(folder: Path) -> None:
    """The same records, register and day are the same page."""
    assert dashboard(desk(folder)).lines[0] == f"wrote {PAGE}"
    before = tree(folder)
    assert dashboard(desk(folder)).lines[0] == f"unchanged: {PAGE}"
    assert tree(folder) == before


def test_a_page_that_a_person_changed_is_kept(folder: Path) -> None:
    """It is output, and still somebody's work."""
    dashboard(desk(folder))
    (folder / PAGE).write_text("mine", encoding="utf-8")
    assert dashboard(desk(folder)).lines[0].endswith("is kept as index.edited-1.html)")
    assert (folder / "output/dashboard/index.edited-1.html").read_text(encoding="utf-8") == "mine"


def test_the_day_is_the_one_asked_for(folder: Path) -> None:
    """What is drafted after that day has not happened yet."""
    dashboard(desk(folder, as_of="2021-01-31"))
    _, words = opened(folder)
    assert "31 January 2021" in words
    assert "drafted version 1" not in words


def test_the_shipped_records_show_all_targets_open(tmp_path: Path) -> None:
    """On a fresh copy: ten indicators at 0, 19 agreements named and 30 places open, and no register yet."""
    made = project(tmp_path / "p", ".")
    dashboard(desk(made))
    files, words = opened(made)
    assert files == []
    assert len(re.findall(r"\b0 of \d+ counted", words)) == 10
    assert "19 named, 30 places open" in words
    assert "The register is empty" in words


def test_it_shows_what_build_made(tmp_path: Path) -> None:
    """After a build the sheets of missing data are a click away."""
    made = project(tmp_path / "p", ".")
    build(desk(made))
    dashboard(desk(made))
    files, _ = opened(made)
    assert {file.name for file in files if file.parent.name == "missing"} == {
        f"{each.id}.xlsx" for each in desk(made).portfolio.partners
    }
