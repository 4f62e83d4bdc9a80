"""`draft`: numbered documents, written once, never over a person's work."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from desks import desk, project, tree
from docx import Document

from elca_docs.errors import RequestError
from elca_docs.model.log_events import Drafted, Referenced
from elca_docs.planning import Filters
from elca_docs.workflows.building import build
from elca_docs.workflows.drafting import draft, make_drafts


def text_of(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))  # type: ignore[arg-type]
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_named_agreement_gets_one_document_with_its_reference(tmp_path: Path) -> None:
    """The reference stands in the name and in the text, and the register knows the digest of each file."""
    folder = project(tmp_path / "p")
    done = make_drafts(desk(folder), Filters())
    named = [each for each in desk(folder).portfolio.agreements if not each.is_slot]
    assert len(done.written) == len(named) > 5
    assert done.problems == ()
    for step in done.plan.steps:
        assert step.reference in text_of(folder / "output" / step.name)
    events = [entry.event for entry in desk(folder).register.view().entries]
    assert sum(isinstance(event, Referenced) for event in events) == len(named)
    assert sum(isinstance(event, Drafted) for event in events) == len(named)


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    """Same bytes, same times, in output and in the register."""
    folder = project(tmp_path / "p")
    draft(desk(folder))
    before = tree(folder)
    assert "unchanged" in " ".join(draft(desk(folder)).lines)
    assert tree(folder) == before


def test_two_offices_make_the_same_bytes(tmp_path: Path) -> None:
    """The same records give the same documents anywhere."""
    for name in ("a", "b"):
        draft(desk(project(tmp_path / name)))
    one, two = ({name: data for name, (data, _) in tree(tmp_path / each / "output").items()} for each in ("a", "b"))
    assert one == two


def test_an_edited_draft_is_reported_and_kept(tmp_path: Path) -> None:
    """It stays until a person asks to replace it, and then it is kept under another name."""
    folder = project(tmp_path / "p")
    step = make_drafts(desk(folder), Filters()).plan.steps[0]
    path = folder / "output" / step.name
    path.write_bytes(b"edited in Word")
    lines = " ".join(draft(desk(folder)).lines)
    assert "edited by hand" in lines
    assert step.agreement in lines
    assert path.read_bytes() == b"edited in Word"
    draft(desk(folder), replace=[step.reference])
    assert step.reference in text_of(path)
    aside = path.with_name(path.name.replace(".docx", ".edited-1.docx"))
    assert aside.read_bytes() == b"edited in Word"


def test_one_draft_now_touches_no_other_file(tmp_path: Path) -> None:
    """With a filter only the documents asked for appear, in one more language if asked."""
    folder = project(tmp_path / "p")
    identifier = next(each.id for each in desk(folder).portfolio.agreements if each.language is None)
    draft(desk(folder), only=[identifier], language="es")
    names = [name for name in tree(folder / "output") if not name.startswith("missing")]
    assert len(names) == 2
    assert sum(name.endswith(".es.docx") for name in names) == 1


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what would be written, and neither output nor register exists afterwards."""
    folder = project(tmp_path / "p")
    assert "would write" in " ".join(draft(desk(folder), dry_run=True).lines)
    assert not (folder / "output").exists()
    assert not (folder / "register").exists()


def test_one_broken_template_stops_only_its_own_documents(tmp_path: Path) -> None:
    """The others are made, the broken one is named once, and no number is burnt."""
    folder = project(tmp_path / "p")
    (folder / "templates/agreements/business.docx").write_bytes(b"no zip at all")
    summary = draft(desk(folder))
    assert summary.exit_code == 1
    assert {problem.location.path for problem in summary.problems if problem.location} == {
        "templates/agreements/business.docx"
    }
    classes = {each.id: each.class_ for each in desk(folder).portfolio.agreements}
    drafted = {classes[key] for key in desk(folder).register.view().agreements}
    business = {each.id for each in desk(folder).portfolio.project.classes if each.template == "business"}
    assert drafted
    assert drafted.isdisjoint(business)


def test_what_cannot_be_drafted_keeps_its_sheets_and_is_not_called_complete(tmp_path: Path) -> None:
    """A template that broke says nothing of missing fields: the sheets stay, and no screen says that all is well."""
    folder = project(tmp_path / "p", "tests/data/other")
    draft(desk(folder))
    sheets = {path.name: path.read_bytes() for path in (folder / "output/missing").glob("*.xlsx")}
    assert sheets
    for template in (folder / "templates/agreements").iterdir():
        template.write_bytes(b"no zip at all")
    told = " ".join(draft(desk(folder)).lines)
    assert "no usable template for" in told
    assert {path.name: path.read_bytes() for path in (folder / "output/missing").glob("*.xlsx")} == sheets
    screen = " ".join(build(desk(folder)).lines)
    assert "nothing is missing" not in screen
    assert "nothing to do" not in screen


def test_a_template_that_is_not_there_is_named_once(tmp_path: Path) -> None:
    """A language or a class without template: one problem with the path to put it at, and the others are drafted."""
    folder = project(tmp_path / "p")
    summary = draft(desk(folder), language="pl")
    assert {str(problem.location) for problem in summary.problems} == {
        "templates/agreements/cooperation.pl.docx",
        "templates/agreements/business.pl.docx",
    }
    assert {problem.code for problem in summary.problems} == {"template-missing"}
    assert list((folder / "output/agreements").rglob("*.docx"))


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead after its segment and before its files: the next run writes the same files and no new entry."""
    folder = project(tmp_path / "p")
    first = desk(folder)
    monkeypatch.setattr(first.workspace, "create", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        make_drafts(first, Filters())
    view = desk(folder).register.view()
    assert view.position == 1
    done = make_drafts(desk(folder), Filters())
    assert {step.action for step in done.plan.steps} == {"restore"}
    assert desk(folder).register.view().position == 1
    assert {step.action for step in make_drafts(desk(folder), Filters()).plan.steps} == {"unchanged"}


@pytest.mark.parametrize(
    ("flags", "wrong"),
    [
        ({"only": ["XX-99"]}, "XX-99"),
        ({"partner": "ALFAA"}, "ALFAA"),
        ({"mission": "mars"}, "mars"),
        ({"class_": "ZZ"}, "ZZ"),
        ({"replace": ["nothing"]}, "nothing"),
    ],
)
def test_an_unknown_name_is_a_wrong_flag(tmp_path: Path, flags: dict[str, object], wrong: str) -> None:
    """The message repeats what was typed and says what is known."""
    with pytest.raises(RequestError) as caught:
        draft(desk(project(tmp_path / "p")), **flags)  # type: ignore[arg-type]
    assert [problem.code for problem in caught.value.problems] == ["unknown-name"]
    assert wrong in caught.value.problems[0].message
    assert caught.value.problems[0].fix
