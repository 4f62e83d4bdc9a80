"""A template is tried on two made-up agreements, and the field guide is written: what lands on disk, what is said."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from desks import ROOT, desk, project, tree
from docx import Document

from elca_docs.errors import DocsError, Problem
from elca_docs.rendering import document_text
from elca_docs.workflows import previewing
from elca_docs.workflows.previewing import guide, preview

COOPERATION = "templates/agreements/cooperation.docx"
PREVIEWS = ("output/previews/cooperation-rich.docx", "output/previews/cooperation-sparse.docx")


class Office:
    """Stands in for LibreOffice: makes a PDF of every document but those named."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing

    def pdfs(self, documents: dict[str, bytes]) -> dict[str, bytes | Problem]:
        failed = Problem("office-failed", "LibreOffice made no PDF of it")
        return {name: failed if name.endswith(self.failing) else b"%PDF " + data for name, data in documents.items()}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("origin") / "p")


@pytest.fixture
def folder(tmp_path: Path, origin: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project on a computer without LibreOffice."""
    shutil.copytree(origin, tmp_path / "p")
    monkeypatch.setattr(previewing, "find_office", lambda: None)
    return tmp_path / "p"


@pytest.fixture
def with_office(monkeypatch: pytest.MonkeyPatch):
    """Return what puts a stand-in for LibreOffice on this computer."""

    def put(*failing: str) -> None:
        monkeypatch.setattr(previewing, "find_office", lambda: Path("soffice"))
        monkeypatch.setattr(previewing, "office_or_problem", lambda: Office(*(failing or ("nothing",))))

    return put


def template(*paragraphs: str) -> bytes:
    document, stream = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def text_of(folder: Path, name: str) -> str:
    return "\n".join(document_text((folder / "output/previews" / name).read_bytes(), name=name))


def test_both_specimens_are_written_and_what_is_missing_is_said(folder: Path) -> None:
    """Two documents, the needed fields of the sparse one told apart from a fault; without LibreOffice no PDF."""
    found = preview(desk(folder), file=COOPERATION)
    assert found.problems == ()
    assert [name for name in tree(folder / "output") if not name.startswith("previews/.")] == [
        name.removeprefix("output/") for name in PREVIEWS
    ]
    assert found.lines[:3] == (
        f"{COOPERATION}, in language 'en', filled in with two made-up agreements:",
        f"wrote {PREVIEWS[0]}",
        "  rich: nothing is missing",
    )
    assert found.lines[3] == f"wrote {PREVIEWS[1]}"
    assert found.lines[4].startswith("  sparse: asked for before anybody signs, as it should be: [legal name of X], ")
    assert found.lines[5] == "no PDF of them: LibreOffice is not installed"
    assert "[legal name of X]" in text_of(folder, "cooperation-sparse.docx")
    assert found.exit_code == 0


def test_another_program_reads_the_same(folder: Path) -> None:
    """Names of the files, the language, and each missing value with its field."""
    told = preview(desk(folder), file=COOPERATION).json
    assert isinstance(told, dict)
    assert (told["file"], told["language"]) == (COOPERATION, "en")
    rich, sparse = told["previews"]
    assert rich == {"specimen": "rich", "docx": PREVIEWS[0], "pdf": None, "missing": []}
    assert sparse["missing"][0] == {"label": "legal name of X", "field": "parties[0].legal_name", "mandatory": True}


def test_language_is_the_one_in_the_name(folder: Path) -> None:
    """cooperation.es.docx is filled in in Spanish; a last word that is no language belongs to the name."""
    found = preview(desk(folder), file="templates/agreements/cooperation.es.docx")
    assert "in language 'es'" in found.lines[0]
    assert "Acuerdo de Cooperación de Muestra" in text_of(folder, "cooperation.es-rich.docx")
    (folder / "templates/agreements/cooperation.v2.docx").write_bytes(template("{{ project.start }}"))
    found = preview(desk(folder), file="templates/agreements/cooperation.v2.docx")
    assert "in language 'en'" in found.lines[0]
    assert text_of(folder, "cooperation.v2-rich.docx") == "1 January 2030"


def test_class_of_a_template_says_who_signs(folder: Path) -> None:
    """The template of a class in which counterparts agree among themselves is tried on such an agreement."""
    for name in ("business", "business.es"):
        (folder / f"{name}.docx").write_bytes(template("{% for party in parties %}{{ party.role }} {% endfor %}"))
        preview(desk(folder), file=f"{name}.docx")
        assert text_of(folder, f"{name}-rich.docx").split() == ["counterpart"] * 3


def test_a_template_may_lie_anywhere(folder: Path, tmp_path: Path) -> None:
    """A path outside the project is read from there, and a file of the project wins over one of the same name."""
    outside = tmp_path / "outside.docx"
    outside.write_bytes(template("from outside: {{ reference }}"))
    preview(desk(folder), file=str(outside))
    assert text_of(folder, "outside-rich.docx") == "from outside: SAMPLE-CO-NORTE-001"


@pytest.mark.parametrize("name", ["gone.docx", "templates"])
def test_what_is_no_file_is_said(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to no file is one clear error."""
    monkeypatch.chdir(folder)
    with pytest.raises(DocsError):
        preview(desk(folder), file=name)
    assert not (folder / "output/previews").exists()


def test_a_faulty_template_writes_nothing_and_names_each_fault_once(folder: Path) -> None:
    """Faults of reading and of filling in come with their place; what was written before stays as it was."""
    file = folder / COOPERATION
    preview(desk(folder), file=COOPERATION)
    before = tree(folder / "output")
    file.write_bytes(template("fine", "{{ counterpart.adress }} {{ nonsense }}"))
    found = preview(desk(folder), file=COOPERATION)
    assert [(each.code, each.location.path, each.location.place[:17]) for each in found.problems if each.location] == [
        ("template-undefined-field", COOPERATION, "body, paragraph 2")
    ] * 2
    file.write_bytes(template("{% if mission %}"))
    found = preview(desk(folder), file=COOPERATION)
    assert [each.code for each in found.problems] == ["template-syntax"]
    assert (found.lines, found.exit_code) == ((), 1)
    assert tree(folder / "output") == before


def test_an_optional_field_without_condition_is_told_apart(folder: Path) -> None:
    """What may be empty and is printed all the same is named as the author's matter; a long list is cut."""
    (folder / "t.docx").write_bytes(template("{{ partner.vat }}", "{{ terms.law }}", "{{ partner.legal_name }}"))
    found = preview(desk(folder), file="t.docx")
    assert found.lines[5:7] == (
        "  sparse: asked for before anybody signs, as it should be: [legal name of X]",
        "  sparse: may be empty, and stands without a condition: [VAT number of X], [governing law]",
    )
    terms = ("starts", "renewal", "notice_days", "duration_months", "law", "venue", "originals", "subject")
    others = ("partner.vat", "partner.city", "project.call", "mission", "areas", "commitments")
    fields = (*(f"terms.{each}" for each in terms), *others)
    (folder / "t.docx").write_bytes(template(*(f"{{{{ {each} }}}}" for each in fields)))
    assert preview(desk(folder), file="t.docx").lines[5].endswith(", [call], [mission] and 2 more")


def test_again_it_is_unchanged_and_an_edited_preview_is_kept(folder: Path) -> None:
    """The same template gives the same bytes; what a person wrote into a preview moves aside."""
    preview(desk(folder), file=COOPERATION)
    again = preview(desk(folder), file=COOPERATION)
    assert [line for line in again.lines if "output/" in line] == [f"unchanged: {name}" for name in PREVIEWS]
    (folder / PREVIEWS[0]).write_bytes(b"mine")
    found = preview(desk(folder), file=COOPERATION)
    kept = "cooperation-rich.edited-1.docx"
    assert f"wrote {PREVIEWS[0]} (yours, with your changes, is kept as {kept})" in found.lines
    assert (folder / "output/previews" / kept).read_bytes() == b"mine"


def test_pdfs_stand_beside_where_there_is_libreoffice(folder: Path, with_office) -> None:
    """Both are converted and named."""
    with_office()
    found = preview(desk(folder), file=COOPERATION)
    assert [line for line in found.lines if line.endswith(".pdf")] == [
        f"wrote {name.removesuffix('.docx')}.pdf" for name in PREVIEWS
    ]
    assert isinstance(found.json, dict)
    assert found.json["previews"][1]["pdf"] == "output/previews/cooperation-sparse.pdf"


def test_a_pdf_that_cannot_be_made_is_told_and_its_predecessor_goes(folder: Path, with_office) -> None:
    """The Word file is there all the same; an old PDF would show another template."""
    with_office()
    preview(desk(folder), file=COOPERATION)
    with_office("-sparse.docx")
    found = preview(desk(folder), file=COOPERATION)
    assert [each.code for each in found.problems] == ["office-failed"]
    assert not (folder / "output/previews/cooperation-sparse.pdf").exists()
    assert (folder / "output/previews/cooperation-rich.pdf").exists()
    assert "no PDF of them: LibreOffice is not installed" not in found.lines


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("path", sorted((ROOT / "templates/agreements").glob("*.docx")), ids=lambda path: path.name)
def test_shipped_templates_become_pdfs(tmp_path: Path, origin: Path, path: Path) -> None:
    """With LibreOffice itself, no shipped template has a problem in either specimen."""
    shutil.copytree(origin, tmp_path / "p")
    found = preview(desk(tmp_path / "p"), file=f"templates/agreements/{path.name}")
    assert found.problems == ()
    assert sum(line.endswith(".pdf") for line in found.lines) == 2


def test_guide_is_written_once_and_again_unchanged(folder: Path) -> None:
    """Four files in two languages and two forms; the second time none of them differs."""
    names = ("field-guide.docx", "field-guide.html", "field-guide.es.docx", "field-guide.es.html")
    assert guide(desk(folder)).lines[:4] == tuple(f"wrote output/{name}" for name in names)
    assert guide(desk(folder)).lines[:4] == tuple(f"unchanged: output/{name}" for name in names)
    assert (folder / "output/field-guide.es.html").read_bytes().startswith(b"<!doctype html>")
    assert "{{ counterpart.name }}" in "\n".join(
        document_text((folder / "output/field-guide.docx").read_bytes(), name="guide")
    )


def test_a_copy_of_the_kit_is_tried_as_what_it_copies(tmp_path: Path) -> None:
    """Language and parties are those of the template; of a name that no class bears it is said how it was tried."""
    folder = project(tmp_path / "p")
    there = folder / "output/templates"
    there.mkdir(parents=True)
    source = (folder / "templates/agreements/business.docx").read_bytes()
    (there / "business.mended.docx").write_bytes(source)
    (there / "other.docx").write_bytes(source)
    own = preview(desk(folder), file="templates/agreements/business.docx").json
    copy = preview(desk(folder), file="output/templates/business.mended.docx")
    assert copy.json["previews"] == own["previews"]
    assert not any("no class" in line for line in copy.lines)
    other = preview(desk(folder), file="output/templates/other.docx")
    assert (
        "no class of the project names this template: tried with a partner and counterparts as parties" in other.lines
    )
