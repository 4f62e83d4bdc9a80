"""`draft`: numbered documents, written once, never over a person's work."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from desks import desk, project, tree
from docx import Document

from elca_docs.errors import Location, Problem, RecordsError, RequestError, TemplateError, WorkspaceError
from elca_docs.model.log_events import Drafted, Referenced
from elca_docs.planning import Filters, chosen
from elca_docs.rendering import CompiledTemplate
from elca_docs.workflows import drafting
from elca_docs.workflows.building import build
from elca_docs.workflows.drafting import draft, make_drafts
from elca_docs.workflows.freezing import freeze
from elca_docs.workflows.recording import record


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


def test_a_file_that_cannot_be_written_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open in Word on Windows: that one is a problem, the others and the sheets are written, the next run ends it."""
    folder = project(tmp_path / "p")
    locked = desk(folder)
    create = locked.workspace.create
    trouble = Problem("not-permitted", "it may not be written", Location("output/agreements/CA/x.docx"), "close it")

    def create_unless_locked(name: str, data: bytes) -> bool:
        if "-001_" in name and "/CA/" in name:
            raise WorkspaceError(trouble)
        return create(name, data)

    monkeypatch.setattr(locked.workspace, "create", create_unless_locked)
    done = make_drafts(locked, Filters())
    kept = [step for step in done.plan.steps if step.name not in done.written]
    assert kept
    assert len(done.written) == len(done.plan.steps) - len(kept) > 1
    assert [(problem.code, problem.location) for problem in done.problems] == [("not-permitted", trouble.location)]
    assert f"{len(kept) - 1} more" in done.problems[0].message
    assert set(make_drafts(desk(folder), Filters()).written) == {step.name for step in kept}


def test_a_document_that_fails_is_named_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template's problem alone would not say whose draft is missing; its number goes to the next one."""
    folder = project(tmp_path / "p")
    render = CompiledTemplate.render

    def failing_once(self: CompiledTemplate, context: Mapping[str, object], **mode: Any) -> bytes:
        if names in str(context):
            raise TemplateError(Problem("template-failed", "a value does not fit", Location(self.name)))
        return render(self, context, **mode)

    there = desk(folder).portfolio
    first = chosen(there, Filters())[0]
    names = there.organisation_by_id[first.counterparts[0]].name
    monkeypatch.setattr(CompiledTemplate, "render", failing_once)
    summary = draft(desk(folder))
    assert [problem.code for problem in summary.problems] == ["template-failed"]
    assert any(line.startswith("not drafted") and first.id in line for line in summary.lines)
    view = desk(folder).register.view()
    assert first.id not in view.agreements
    assert all(history.reference.endswith(("001", "002")) for history in view.agreements.values())
    assert len(view.agreements) == len(chosen(there, Filters())) - 1


def test_a_sheet_that_cannot_be_made_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One partner's text is too long for a cell: one problem, and the other partners have their sheets."""
    folder = project(tmp_path / "p", ".")

    def workbook(*, partner_name: str, **_: object) -> bytes:
        if partner_name == names[0]:
            raise RecordsError(Problem("cell-too-long", "too long", fix="shorten it"))
        return partner_name.encode()

    names = [each.name for each in desk(folder).portfolio.partners]
    monkeypatch.setattr(drafting, "missing_workbook", workbook)
    done = make_drafts(desk(folder), Filters())
    assert [problem.code for problem in done.problems] == ["cell-too-long"]
    assert len(done.sheets) == len(names) - 1 > 1


def test_a_file_where_the_folder_should_be_is_one_problem(tmp_path: Path) -> None:
    """Not one sentence for each of the documents, and no word of everything being fine."""
    folder = project(tmp_path / "p")
    freeze(desk(folder), "plan")
    (folder / "output").mkdir(exist_ok=True)
    (folder / "output/agreements").write_bytes(b"a file")
    summary = build(desk(folder))
    assert {problem.code for problem in summary.problems} == {"not-a-file"}
    folders = {step.name.rpartition("/")[0] for step in make_drafts(desk(folder), Filters()).plan.steps}
    assert len(summary.problems) == len(folders)
    assert "nothing to do" not in " ".join(summary.lines)
    assert summary.lines[-1].startswith("next: mend")


def test_a_new_name_leaves_no_old_file_even_after_a_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead before the old name was removed: the next run removes it."""
    folder = project(tmp_path / "p")
    old = make_drafts(desk(folder), Filters()).plan.steps[0]
    counterpart = desk(folder).portfolio.agreement_by_id[old.agreement].counterparts[0]
    path = folder / "records/organisations.yaml"
    text = path.read_text(encoding="utf-8")
    begins = text.index("short_name:", text.index(f"- id: {counterpart}\n"))
    ends = text.index("\n", begins)
    path.write_text(f"{text[:begins]}short_name: Another Specimen Name{text[ends:]}", encoding="utf-8")
    killed = desk(folder)
    monkeypatch.setattr(killed.workspace, "discard", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        make_drafts(killed, Filters())
    names = {step.name for step in make_drafts(desk(folder), Filters()).plan.steps}
    assert old.name not in names
    found = {each.relative_to(folder / "output").as_posix() for each in (folder / "output/agreements").rglob("*.docx")}
    assert found == names


def test_an_ended_agreement_asked_for_by_name_is_answered(tmp_path: Path) -> None:
    """Not with silence."""
    folder = project(tmp_path / "p")
    identifier = make_drafts(desk(folder), Filters()).plan.steps[0].agreement
    record(desk(folder), kind="ended", ref=identifier, exit_="declined", reason="no")
    assert f"{identifier} has ended" in draft(desk(folder), only=[identifier]).lines[0]


def test_a_filled_in_sheet_that_moves_aside_is_said_on_the_first_screen(tmp_path: Path) -> None:
    """Whoever filled it in reads where it is."""
    folder = project(tmp_path / "p", "tests/data/other")
    build(desk(folder))
    sheet = min((folder / "output/missing").glob("*.xlsx"))
    sheet.write_bytes(b"filled in")
    lines = build(desk(folder)).lines
    assert any(sheet.name in line and f"{sheet.stem}.edited-1.xlsx" in line for line in lines)


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
