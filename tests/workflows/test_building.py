"""`build`, `check`, `compile` and `demo`: one screen, nothing written twice, and other projects say nothing of ours."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from desks import ROOT, desk, project, tree
from docx import Document

from elca_docs.errors import RecordsError, RequestError, WorkspaceError
from elca_docs.workflows.building import build
from elca_docs.workflows.checking import check
from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.demonstrating import demo
from elca_docs.workflows.freezing import freeze
from elca_docs.workflows.verifying import verify

OURS = re.compile(r"\belca\b", re.IGNORECASE)


def words_of(data: bytes) -> str:
    """Return all text inside an Office file, its properties and its member names included."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(name + package.read(name).decode("utf-8", errors="replace") for name in package.namelist())


def test_the_first_screen_is_short_and_ends_with_one_next_step(tmp_path: Path) -> None:
    """At most 25 lines on the real records: what was made, partners, indicators, findings, next."""
    summary = build(desk(project(tmp_path / "p", ".")))
    assert len(summary.lines) <= 25
    assert sum(line.startswith("next:") for line in summary.lines) == 1
    assert summary.lines[-1].startswith("next:")
    assert "19 new" in "\n".join(summary.lines)
    assert summary.exit_code == 0


def test_a_second_build_writes_nothing_and_says_so(tmp_path: Path) -> None:
    """Same bytes, same times, everywhere in the project folder."""
    folder = project(tmp_path / "p", ".")
    build(desk(folder))
    before = tree(folder)
    lines = build(desk(folder)).lines
    assert any("nothing was written" in line for line in lines)
    assert tree(folder) == before


def test_looking_at_another_day_changes_no_draft(tmp_path: Path) -> None:
    """--as-of asks where things stood; the documents for signature are not made of that day."""
    folder = project(tmp_path / "p", ".")
    build(desk(folder))
    before = tree(folder / "output/agreements")
    build(desk(folder, as_of="2001-01-01"))
    assert tree(folder / "output/agreements") == before


def test_the_nineteen_drafts_hold_their_names_and_no_tag(tmp_path: Path) -> None:
    """12 CA and 7 CI, each with its own reference and its counterpart's name letter for letter."""
    folder = project(tmp_path / "p", ".")
    build(desk(folder))
    there = desk(folder)
    found = {path.parent.name: 0 for path in (folder / "output/agreements").rglob("*.docx")}
    for history in there.register.view().agreements.values():
        name = history.drafts[-1].name
        data = (folder / "output" / name).read_bytes()
        Document(io.BytesIO(data))
        text = words_of(data)
        assert history.reference in text
        assert not re.search(r"\{\{|\{%", text)
        record = there.portfolio.agreement_by_id[history.agreement]
        for counterpart in record.counterparts:
            shown = there.portfolio.organisation_by_id[counterpart].name
            assert shown.replace("&", "&amp;") in text
        found[Path(name).parent.name] += 1
    assert found == {"CA": 12, "CI": 7}


def test_another_project_says_nothing_of_this_one(tmp_path: Path) -> None:
    """With other partners, classes and names no produced file holds this project's acronym as a word."""
    folder = project(tmp_path / "p", "tests/data/other")
    build(desk(folder))
    produced = [path for path in (folder / "output").rglob("*") if path.suffix in {".docx", ".xlsx"}]
    assert len(produced) > 4
    for path in produced:
        assert not OURS.search(path.name)
        assert not OURS.search(words_of(path.read_bytes())), path.name


def test_nothing_in_the_package_names_a_project() -> None:
    """No partner, deliverable or acronym of the shipped records stands in the code or in a template."""
    names = re.compile(r"\bELCA\b|\bMAV\b|\bAMZ\b|\bMECH\b|D3\.1|951158")
    for path in (ROOT / "elca_docs").rglob("*.py"):
        hits = names.findall(path.read_text(encoding="utf-8"))
        assert not hits, f"{path.name}: {hits}"
    for path in (ROOT / "templates").rglob("*.docx"):
        assert not names.search(words_of(path.read_bytes())), path.name


def test_check_answers_in_json_with_problems_and_findings(tmp_path: Path) -> None:
    """The keys are those another program relies on; findings alone do not fail, unless strict."""
    folder = project(tmp_path / "p", ".")
    summary = check(str(folder))
    assert isinstance(summary.json, dict)
    assert set(summary.json) == {"problems", "findings"}
    assert {"code", "severity", "message", "ids", "location", "accepted"} <= set(summary.json["findings"][0])
    assert summary.exit_code == 0
    assert check(str(folder), strict=True).exit_code == 1
    assert any("used in 4 drafts" in line or "4 drafts" in line for line in summary.lines)


def test_check_lists_all_problems_at_once(tmp_path: Path) -> None:
    """Two mistakes in two files are two problems with their places, and the exit code says: your turn."""
    folder = project(tmp_path / "p", ".")
    for name in ("missions", "partners"):
        path = folder / f"records/{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\n- id: extra\n  nmae: Extra\n", encoding="utf-8")
    summary = check(str(folder))
    assert summary.exit_code == 1
    places = {str(problem.location).partition(":")[0] for problem in summary.problems}
    assert places == {"records/missions.yaml", "records/partners.yaml"}
    with pytest.raises(RecordsError):
        desk(folder)


def test_an_accepted_finding_no_longer_shouts(tmp_path: Path) -> None:
    """It stays in the JSON with its reason, and a strict check passes when all are accepted."""
    folder = project(tmp_path / "p")
    summary = check(str(folder), strict=True)
    assert isinstance(summary.json, dict)
    assert summary.exit_code == 0
    assert all(each["accepted"] for each in summary.json["findings"])


def test_compile_knows_its_deliverables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong number: a guess. Right number: the same bytes twice. Edited in between: kept beside it."""
    monkeypatch.setenv("DOCS_SOFFICE", str(tmp_path / "nowhere"))
    folder = project(tmp_path / "p")
    identifier = desk(folder).portfolio.deliverables[0].id
    with pytest.raises(RequestError) as caught:
        compile_deliverable(desk(folder), Compiling(deliverable=identifier + "0"))
    assert identifier in caught.value.problems[0].fix
    assert "wrote" in compile_deliverable(desk(folder), Compiling(deliverable=identifier.lower())).lines[0]
    assert "unchanged" in compile_deliverable(desk(folder), Compiling(deliverable=identifier)).lines[0]
    (folder / f"output/deliverables/{identifier}.docx").write_bytes(b"edited in Word")
    assert "edited" in compile_deliverable(desk(folder), Compiling(deliverable=identifier)).lines[0]
    assert (folder / f"output/deliverables/{identifier}.edited-1.docx").read_bytes() == b"edited in Word"


def test_a_missing_deliverable_template_is_named(tmp_path: Path) -> None:
    """The other work goes on; the file that is not there is named once."""
    folder = project(tmp_path / "p")
    freeze(desk(folder), "plan")  # the baseline of the second deliverable
    (folder / "templates/deliverables/plan.docx").unlink()
    summary = build(desk(folder))
    assert [problem.code for problem in summary.problems] == ["file-missing"]
    assert (folder / "output/agreements").is_dir()
    with pytest.raises(WorkspaceError):
        compile_deliverable(desk(folder), Compiling(deliverable=desk(folder).portfolio.deliverables[0].id))


def test_the_demo_plays_the_whole_road_and_touches_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    here: None,  # noqa: ARG001 - switched on
) -> None:
    """Indicators move, the register is whole, and outside output/demo/ nothing appears; it needs no LibreOffice."""
    monkeypatch.setenv("DOCS_SOFFICE", str(tmp_path / "nowhere"))
    lines = demo(str(tmp_path)).lines
    assert sum("→" in line for line in lines) > 5
    assert any("no LibreOffice here" in line for line in lines)
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["demo"]
    assert verify(str(tmp_path / "output/demo"), read_data=True).exit_code == 0


@pytest.mark.slow
def test_the_demo_tells_the_same_story_each_time(tmp_path: Path) -> None:
    """Twice on one day, through LibreOffice where it is there: the same lines, but for digests of what was drawn."""
    first, second = (re.sub(r"[0-9a-f]{8,}", "…", "\n".join(demo(str(tmp_path)).lines)) for _ in range(2))
    assert second == first


def test_a_final_report_has_nothing_flagged_as_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a justification is owed, the report can be looked at, and not be called final."""
    monkeypatch.setenv("DOCS_SOFFICE", str(tmp_path / "nowhere"))
    folder = project(tmp_path / "p")
    freeze(desk(folder), "plan")
    report = next(each.id for each in desk(folder).portfolio.deliverables if each.kind != "plan")
    assert compile_deliverable(desk(folder), Compiling(deliverable=report)).exit_code == 0
    with pytest.raises(RequestError) as caught:
        compile_deliverable(desk(folder), Compiling(deliverable=report, final=True))
    assert [problem.code for problem in caught.value.problems] == ["report-not-final"]


def test_an_edition_is_one_of_two(tmp_path: Path) -> None:
    """A slip in the flag makes no document."""
    folder = project(tmp_path / "p")
    report = desk(folder).portfolio.deliverables[0].id
    with pytest.raises(RequestError) as caught:
        compile_deliverable(desk(folder), Compiling(deliverable=report, edition="secret"))
    assert [problem.code for problem in caught.value.problems] == ["flags-unclear"]
