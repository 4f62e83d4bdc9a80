"""`templates.adopt`: first the sheet, then the template; nothing of a person's is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import ROOT, desk, project

from elca_docs.errors import RecordsError, TemplateError, WorkspaceError
from elca_docs.opc import deflated, members_of, packaged
from elca_docs.rendering import compile_template, document_text
from elca_docs.workflows.adopting_template import adopt
from elca_docs.workflows.desk import Desk

SHEET = "templates/agreements/sent.adopt.yaml"
MADE = "output/adopted/sent.docx"
TEXTS = (
    "Address of the counterpart: [address]",
    "Signature: ______",
    "So [as agreed] it is",
)


def word_file(*texts: str) -> bytes:
    """Return a shipped template with other paragraphs in its body."""
    members = members_of((ROOT / "templates/deliverables/plan.docx").read_bytes())
    document = next(each for each in members if each.name == "word/document.xml").content().decode()
    head = document[: document.index("<w:body>") + len("<w:body>")]
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    made = deflated("word/document.xml", f"{head}{body}</w:body></w:document>".encode())
    return packaged(made if each.name == made.name else each for each in members)


@pytest.fixture
def at(tmp_path: Path) -> Desk:
    return desk(project(tmp_path / "p"))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "sent.docx"
    path.write_bytes(word_file(*TEXTS))
    return path


def test_the_first_run_writes_the_sheet_and_tells_what_was_proposed(at: Desk, sent: Path) -> None:
    """Only the sheet; what is proposed, with a doubt where there is one, and what is not."""
    summary = adopt(at, file=str(sent))
    assert summary.exit_code == 0
    assert "blanks 3: sure 0, likely 2, no field 1" in summary.lines
    assert summary.lines[-1] == f"next: go through {SHEET}, fill in what is empty, and run the same command again"
    table = "\n".join(summary.lines)
    assert "counterpart.address?" in table
    assert "by hand?" in table
    assert "field: counterpart.address\n" in (at.workspace.root / SHEET).read_text(encoding="utf-8")
    assert not (at.workspace.root / "output").exists()
    assert isinstance(summary.json, dict)
    assert summary.json["sheet"] == SHEET
    assert [each["confidence"] for each in summary.json["proposals"]] == ["likely", "likely", "none"]
    assert [each["id"] for each in summary.json["blanks"]] == ["bracket-01", "line-01", "bracket-02"]


def test_the_second_run_writes_the_template_and_lists_what_is_open(at: Desk, sent: Path) -> None:
    """Below output/, never over a template; the file that was sent and the sheet stay as they are."""
    adopt(at, file=str(sent))
    before = {path: path.read_bytes() for path in (*at.workspace.root.glob("templates/**/*"), sent) if path.is_file()}
    summary = adopt(at, file=str(sent))
    assert summary.lines == (
        f"wrote {MADE}",
        "blanks 3: tags 1, kept 1, open 1",
        f"still blank, and yellow in the template (fill in 'field' or 'keep' in {SHEET}):",
        "  bracket-02: body, paragraph 3: [as agreed]",
        "next: look at it in Word, then copy it to templates/agreements/sent.docx",
    )
    assert (summary.exit_code, summary.problems) == (0, ())
    assert isinstance(summary.json, dict)
    assert summary.json["mapped"] == {"bracket-01": "counterpart.address"}
    assert (summary.json["kept"], summary.json["unmapped"]) == (["line-01"], ["bracket-02"])
    made = (at.workspace.root / MADE).read_bytes()
    assert document_text(made, name="made.docx")[0] == "Address of the counterpart: {{ counterpart.address }}"
    assert compile_template(made, name="made.docx").field_names == {"counterpart"}
    assert {path: path.read_bytes() for path in before} == before


def test_an_edited_sheet_is_followed_and_never_written_over(at: Desk, sent: Path) -> None:
    """What a person typed counts; a template they changed since moves aside."""
    adopt(at, file=str(sent))
    sheet = at.workspace.root / SHEET
    text = sheet.read_text(encoding="utf-8").replace("counterpart.address", "partner.city")
    head, entry = text.split("bracket-02:")
    edited = f"{head}bracket-02:{entry.replace('field:', 'field: terms.subject', 1)}"
    sheet.write_text(edited, encoding="utf-8")
    summary = adopt(at, file=str(sent))
    assert (summary.exit_code, summary.lines[1]) == (0, "blanks 3: tags 2, kept 1, open 0")
    assert adopt(at, file=str(sent)).lines[0] == f"unchanged: {MADE}"
    (at.workspace.root / MADE).write_bytes(b"mine")
    assert (
        adopt(at, file=str(sent)).lines[0] == f"wrote {MADE} (yours, with your changes, is kept as sent.edited-1.docx)"
    )
    assert sheet.read_text(encoding="utf-8") == edited


def test_another_file_under_the_same_name_is_said_and_nothing_written(at: Desk, sent: Path) -> None:
    """Blanks are numbered by their order, so a sheet fits one file only."""
    adopt(at, file=str(sent))
    sent.write_bytes(word_file("[Name]", *TEXTS))
    with pytest.raises(RecordsError) as caught:
        adopt(at, file=str(sent))
    (problem,) = caught.value.problems
    assert problem.code == "adopt-file-changed"
    assert str(problem.location) == f"{SHEET}:12:1"
    assert not (at.workspace.root / "output").exists()


def test_a_file_without_blanks_gets_no_sheet(at: Desk, tmp_path: Path) -> None:
    """One sentence says so."""
    path = tmp_path / "full.docx"
    path.write_bytes(word_file("All is said."))
    summary = adopt(at, file=str(path))
    assert summary.lines == ("full.docx: no blanks were found, nothing was written",)
    assert not list(at.workspace.root.glob("templates/agreements/*.yaml"))


def test_a_file_that_can_be_no_template_is_refused_before_the_sheet(at: Desk, sent: Path, tmp_path: Path) -> None:
    """What has to be mended in Word makes another file, and the sheet would be lost."""
    sent.write_bytes(word_file("{% if %} [Name]"))
    with pytest.raises(TemplateError) as caught:
        adopt(at, file=str(sent))
    assert [problem.code for problem in caught.value.problems] == ["template-syntax"]
    assert not (at.workspace.root / SHEET).exists()
    with pytest.raises(WorkspaceError):
        adopt(at, file=str(tmp_path / "gone.docx"))
