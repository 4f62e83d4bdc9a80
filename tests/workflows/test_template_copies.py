"""A template's marked and mended copies: what lands on disk, what is said; the template itself is never touched."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from desks import desk, project, tree
from docx import Document

from elca_docs.errors import DocsError, Problem
from elca_docs.workflows.template_copies import mark, mend

COOPERATION = "templates/agreements/cooperation.docx"
ODD = "templates/agreements/odd.docx"
MARKED, MENDED = "output/templates/odd.marked.docx", "output/templates/odd.mended.docx"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("origin") / "p")


@pytest.fixture
def folder(tmp_path: Path, origin: Path) -> Path:
    """Return a project with a template that is odd."""
    shutil.copytree(origin, tmp_path / "p")
    put(tmp_path / "p" / ODD, "By {{  partner.nam }}", "{% if is_draft %}Draft")
    return tmp_path / "p"


def put(path: Path, *paragraphs: str) -> None:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)


def opened(path: Path):
    return Document(io.BytesIO(path.read_bytes()))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_marked_copy_is_written_and_its_flaws_are_told(folder: Path) -> None:
    """Every flaw with its place, code, sentence and fix; the copy has as many comments; the template is as it was."""
    before = tree(folder / "templates")
    found = mark(desk(folder), file=ODD)
    rows = found.json["flaws"]
    assert tree(folder / "templates") == before
    assert found.lines[0] == f"wrote {MARKED}"
    assert found.lines[1].startswith(f"{ODD}: ")
    assert '  error: body, paragraph 2: "{% if is_draft %}Draft"' in found.lines
    assert {"template-undefined-field", "template-syntax"} <= {row["code"] for row in rows}
    assert [line for row in rows for line in (f"    {row['code']}: {row['message']}",) if line not in found.lines] == []
    assert (found.json["file"], found.json["copy"], found.exit_code) == (ODD, MARKED, 0)
    assert len(list(opened(folder / MARKED).comments)) == len(rows)
    assert mark(desk(folder), file=ODD).lines[0] == f"unchanged: {MARKED}"


def test_a_marked_copy_that_was_corrected_is_marked_anew(folder: Path) -> None:
    """The comments it has are no flaws and go; what its author wrote into it is kept aside; the name stays the same."""
    mark(desk(folder), file=ODD)
    first = [comment.text for comment in opened(folder / MARKED).comments]
    assert mark(desk(folder), file=MARKED).lines[0] == f"unchanged: {MARKED}"
    document = opened(folder / MARKED)
    document.add_paragraph("One clause more.")
    document.save(str(folder / MARKED))
    again = mark(desk(folder), file=MARKED)
    assert again.lines[0].startswith(f"wrote {MARKED}")
    assert [row["place"] for row in again.json["flaws"] if "comments" in row["place"]] == []
    assert [comment.text for comment in opened(folder / MARKED).comments] == first
    assert opened(folder / MARKED).paragraphs[-1].text == "One clause more."
    (aside,) = (folder / "output/templates").glob("*edited*")
    assert opened(aside).paragraphs[-1].text == "One clause more."


def test_a_mended_copy_is_written_and_its_mends_are_told(folder: Path) -> None:
    """Each with its place; the template is as it was; a copy that somebody changed is kept."""
    before = tree(folder / "templates")
    found = mend(desk(folder), file=ODD)
    assert tree(folder / "templates") == before
    assert found.lines == (
        f"wrote {MENDED}",
        f"{ODD}: 1 mend",
        '  body, paragraph 1: "By {{ partner.nam }}"',
        "    doubled spaces are single ones now: {{ partner.nam }}",
    )
    assert found.json["mends"] == [
        {
            "what": "doubled spaces are single ones now: {{ partner.nam }}",
            "part": "word/document.xml",
            "place": "body, paragraph 1",
            "text": "By {{ partner.nam }}",
        }
    ]
    assert opened(folder / MENDED).paragraphs[0].text == "By {{ partner.nam }}"
    put(folder / MENDED, "corrected by hand")
    assert "kept" in mend(desk(folder), file=ODD).lines[0]
    assert len(list((folder / "output/templates").glob("*.docx"))) == 2


def test_nothing_to_mark_or_mend_writes_nothing(folder: Path) -> None:
    """It is said."""
    found = [make(desk(folder), file=COOPERATION) for make in (mark, mend)]
    assert found[0].lines == (f"{COOPERATION}: nothing to mark",)
    assert found[1].lines[0].startswith(f"{COOPERATION}: nothing that can be mended safely")
    assert [each.json["copy"] for each in found] == [None, None]
    assert not (folder / "output/templates").exists()


def test_a_file_outside_of_the_project_will_do(folder: Path, tmp_path: Path) -> None:
    """The copy lands below output/ under its name."""
    put(tmp_path / "theirs.docx", "{{  reference }}")
    assert mend(desk(folder), file=str(tmp_path / "theirs.docx")).json["copy"] == "output/templates/theirs.mended.docx"


def test_what_cannot_be_read_is_said_and_nothing_is_written(folder: Path) -> None:
    """No Word file, or no file at all."""
    (folder / ODD).write_bytes(b"nothing")
    for make in (mark, mend):
        found = make(desk(folder), file=ODD)
        assert (codes(found.problems), found.exit_code) == (["template-unreadable"], 1)
        with pytest.raises(DocsError):
            make(desk(folder), file="templates/none.docx")
    assert not (folder / "output/templates").exists()
