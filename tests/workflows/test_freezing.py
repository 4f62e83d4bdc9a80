"""`freeze`: a cut is what the project was, for good; nothing that comes later changes what is compiled from it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from audited import sign
from desks import NOON, desk, project, tree

from elca_docs import cuts, durable
from elca_docs.errors import DocsError, RecordsError, RequestError, WorkspaceError
from elca_docs.model.blocks import Block
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.log_events import Frozen
from elca_docs.model.register import fold
from elca_docs.planning import Filters
from elca_docs.reporting import plan_blocks
from elca_docs.workflows import archive
from elca_docs.workflows.comparing_reports import changes_against
from elca_docs.workflows.compiling import Compiling, compile_deliverable, compiled
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.freezing import baseline_portfolio, cut_desk, freeze, open_cut
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.reviewing import log
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.verifying import verify

LATER = datetime(2022, 6, 15, 12, tzinfo=UTC)
DAY = "2021-10-31"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a drafted project with one agreement that all have signed."""
    folder = project(tmp_path_factory.mktemp("frozen") / "p")
    make_drafts(desk(folder), Filters())
    sign(folder, reference_of(folder, "CA-01"))
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    made = tmp_path / "p"
    shutil.copytree(original, made)
    return made


def reference_of(folder: Path, agreement: str) -> str:
    return desk(folder).register.view().agreements[agreement].reference


def frozen(folder: Path, name: str = "P1", as_of: str = DAY) -> Desk:
    """Freeze a cut, and return its desk."""
    assert not freeze(desk(folder, as_of=as_of), name).problems
    return cut_desk(desk(folder), name)


def the_plan(there: Desk) -> Deliverable:
    """Return the deliverable that is the plan."""
    return next(each for each in there.portfolio.deliverables if each.kind == "plan")


def document(there: Desk) -> bytes:
    """Return the first deliverable as compiled from a desk."""
    done = compiled(there, the_plan(there))
    return (there.workspace.root / "output" / done.name).read_bytes()


def refused(call: Callable[[], object], kind: type[DocsError] = RequestError) -> tuple[str, str]:
    """Return code and fix of the one problem that a call ends with."""
    with pytest.raises(kind) as caught:
        call()
    (problem,) = caught.value.problems
    return problem.code, f"{problem.message} {problem.fix}"


def changed(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_cut_says_what_it_holds(folder: Path) -> None:
    """Day, position, files and figures are told; records without persons, templates and the manifest lie there."""
    (folder / "records/deliverables/P1.1/picture.png").write_bytes(b"png")
    before = desk(folder).register.view()
    summary = freeze(desk(folder, as_of=DAY), "P1")
    where = f"register position {before.position}, head {before.head[:12]}"
    assert summary.lines[0].startswith(f"froze 'P1' as of 2021-10-31: {where}, ")
    assert summary.lines[0].endswith(" files → register/cuts/P1/")
    assert any(line.strip() == "KPI 2: 1 of 8" for line in summary.lines)
    base = folder / "register/cuts/P1"
    there = {path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()}
    assert {
        "cut.json", "records/project.yaml", "records/deliverables/P1.1/picture.png", "templates/deliverables/plan.docx",
    } < there.keys()  # fmt: skip
    assert not any("people" in name or b"Specimen Person" in data for name, data in there.items())
    entry = desk(folder).register.view().entries[-1]
    assert isinstance(entry.event, Frozen)
    assert (entry.event.position, entry.event.as_of) == (before.position, date(2021, 10, 31))
    assert "cut 'P1' frozen as of 2021-10-31" in log(desk(folder)).lines[-1]


def test_nothing_that_comes_later_changes_a_compile_of_the_cut(folder: Path) -> None:
    """Another day, a signature, other records, another template: byte for byte the same, and the figures too."""
    then = frozen(folder)
    before, figures = document(then), report_on(then, then.register.view())
    sign(folder, reference_of(folder, "CA-02"))
    changed(folder, "records/project.yaml", "acronym: SAMPLE", "acronym: OTHER")
    changed(folder, "records/deliverables/P1.1/objectives.md", "the", "another")
    (folder / "templates/deliverables/plan.docx").write_bytes(b"no template any more")
    shutil.rmtree(folder / "output")
    now = cut_desk(desk(folder, LATER, as_of="2022-01-31"), "P1")
    assert document(now) == before
    assert report_on(now, now.register.view()) == figures
    assert now.workspace.agreement_templates().keys() == then.workspace.agreement_templates().keys()
    today = desk(folder, LATER)
    assert report_on(today, today.register.view()).figures != figures.figures


def test_the_log_of_a_cut_is_the_log_as_it_was(folder: Path) -> None:
    """Folded up to the position it is the view of that day, value for value, whatever was appended since."""
    views = [desk(folder).register.view()]
    for name in ("A", "B", "C"):
        frozen(folder, name)
        views.append(desk(folder).register.view())
    for name, view in zip(("A", "B", "C"), views, strict=False):
        assert cut_desk(desk(folder), name).register.view() == view
    every = views[-1].entries
    upto = [entry for entry in every if int(entry.address.partition(".")[0]) <= views[0].position]
    assert fold(upto, position=views[0].position, head=views[0].head) == views[0]


def test_nothing_is_appended_to_the_log_of_a_cut(folder: Path) -> None:
    """The past is no place to register anything."""
    then = frozen(folder)
    with pytest.raises(ValueError, match="earlier day"):
        then.register.append(lambda _: ())


@pytest.mark.parametrize("name", ["P1", "p1"])
def test_a_name_is_never_given_twice(folder: Path, name: str) -> None:
    """The refusal says what it holds; nothing is written, in other capitals neither."""
    frozen(folder)
    before = tree(folder)
    code, said = refused(lambda: freeze(desk(folder, LATER, as_of="2022-02-28"), name))
    assert code == "cut-name-taken"
    assert "as of 2021-10-31" in said
    assert "made on 2021-11-15 by tester" in said
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("name", "as_of", "code", "part"),
    [
        ("a/b", DAY, "unsafe-name", "letters, digits"),
        ("NUL", DAY, "unsafe-name", "every system"),
        ("P1", "2021-11-16", "date-in-future", "today is 2021-11-15"),
        ("P1", "2019-01-01", "day-outside-project", "runs from"),
    ],
)
def test_what_cannot_be_frozen_is_refused_and_writes_nothing(
    folder: Path, name: str, as_of: str, code: str, part: str
) -> None:
    """One sentence each, before anything is read or staged."""
    before = tree(folder)
    found, said = refused(lambda: freeze(desk(folder, as_of=as_of), name))
    assert (found, part in said) == (code, True)
    assert tree(folder) == before


def test_a_day_after_the_project_is_refused(folder: Path) -> None:
    """What is asked for does not exist; the last day of the project does."""
    end = desk(folder).portfolio.project.end
    later = datetime(end.year + 1, 12, 1, tzinfo=UTC)
    assert refused(lambda: freeze(desk(folder, later, as_of=f"{end.year + 1}-11-30"), "P1"))[0] == "day-outside-project"


def test_a_dry_run_lists_the_files_and_writes_nothing(folder: Path) -> None:
    """Not even a staged one; a name that is given is refused here too."""
    before = tree(folder)
    lines = freeze(desk(folder, as_of=DAY), "P1", dry_run=True).lines
    assert lines[0].startswith("would freeze 'P1' as of 2021-10-31")
    assert "  records/project.yaml" in lines
    assert tree(folder) == before


def test_a_picture_that_is_too_large_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a file is never frozen."""
    monkeypatch.setattr("elca_docs.workspace.TEMPLATE_LIMIT", 2)
    assert refused(lambda: freeze(desk(folder, as_of=DAY), "P1"), WorkspaceError)[0] == "file-too-large"


def test_an_unknown_cut_is_refused_with_a_guess(folder: Path) -> None:
    """And case does not matter where a cut is named."""
    frozen(folder)
    assert cut_desk(desk(folder), "p1").as_of == date(2021, 10, 31)
    frozen(folder, "autumn")
    code, said = refused(lambda: cut_desk(desk(folder), "autum"))
    assert (code, "did you mean 'autumn'?" in said) == ("unknown-name", True)


def test_a_cut_with_a_changed_file_is_refused_by_name(folder: Path) -> None:
    """Nothing is compiled from it, and `verify` says the same."""
    frozen(folder)
    path = folder / "register/cuts/P1/records/agreements.yaml"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    code, said = refused(lambda: cut_desk(desk(folder), "P1"), WorkspaceError)
    assert (code, "register/cuts/P1/records/agreements.yaml" in said) == ("cut-damaged", True)


def test_a_cut_of_another_log_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the manifest says of the log must be what the log is."""
    frozen(folder)
    real = cuts.Cuts.read

    def elsewhere(self: cuts.Cuts, name: str, snapshot: str) -> Any:
        cut = real(self, name, snapshot)
        object.__setattr__(cut.manifest, "head", "0" * 64)
        return cut

    monkeypatch.setattr(cuts.Cuts, "read", elsewhere)
    assert refused(lambda: cut_desk(desk(folder), "P1"), WorkspaceError)[0] == "cut-misplaced"


def test_persons_are_those_of_today(folder: Path) -> None:
    """A person erased today is in no desk of the past; one of a party that came later is left out."""
    then = frozen(folder)
    everybody = {each.id for each in desk(folder).portfolio.people}
    assert {each.id for each in then.portfolio.people} == everybody
    (folder / "records/people.yaml").unlink()
    assert cut_desk(desk(folder), "P1").portfolio.people == ()


def test_records_that_a_newer_program_refuses_are_named_in_the_cut(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place is the frozen file, not the one that lies in records/ today."""
    frozen(folder)
    there = desk(folder)
    monkeypatch.setattr(
        "elca_docs.workflows.freezing.read_portfolio",
        lambda files: __import__("elca_docs.records").records.read_portfolio(
            {**files, "records/agreements.yaml": b"x: 1\n"}
        ),
    )
    with pytest.raises(RecordsError) as caught:
        cut_desk(there, "P1")
    assert {each.location.path for each in caught.value.problems if each.location} == {
        "register/cuts/P1/records/agreements.yaml"
    }


def test_other_versions_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same versions there is nothing to say; else which one differs, and what that means."""
    frozen(folder)
    assert open_cut(desk(folder), "P1").notes == ()
    monkeypatch.setattr(
        "elca_docs.workflows.freezing.library_versions", lambda: {**cuts.library_versions(), "lxml": "0"}
    )
    (note,) = open_cut(desk(folder), "P1").notes
    assert f"lxml {cuts.library_versions()['lxml']} → 0" in note
    assert "the same parts" in note


def test_the_baseline_is_the_plan_as_it_was(folder: Path) -> None:
    """Whatever the plan says today."""
    frozen(folder)
    before = desk(folder).portfolio
    changed(folder, "records/project.yaml", "acronym: SAMPLE", "acronym: OTHER")
    assert baseline_portfolio(desk(folder), "P1") == before
    assert desk(folder).portfolio.project.acronym == "OTHER"


def test_sha256sum_and_verify_know_every_file_of_a_cut(folder: Path) -> None:
    """The list names them all, and the register with two cuts is whole."""
    frozen(folder)
    frozen(folder, "P2")
    there = {path for path in (folder / "register/cuts").rglob("*") if path.is_file()}
    listed = dict(reversed(line.split("  ")) for line in (folder / "register/SHA256SUMS").read_text().splitlines())
    for path in there:
        assert listed[path.relative_to(folder / "register").as_posix()] == durable.digest_of(path)
    summary = verify(str(folder), read_data=True, now=lambda: NOON)
    assert (summary.problems, summary.json["findings"]) == ((), [])
    assert any(line.split()[:4] == ["whole", "cuts", "2", "cuts"] for line in summary.lines)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
@pytest.mark.parametrize("place", [2, 4, 30, -1])
def test_killed_at_any_step_the_next_run_that_writes_completes_the_cut(folder: Path, place: int) -> None:
    """Before the log speaks of it there is no cut, afterwards there is a whole one; and the register is whole."""
    number = place if place > 0 else _killed_at(folder / "../whole", folder, 10_000)
    steps = _killed_at(folder, folder, number)
    assert steps == number
    there = desk(folder)
    known = "P1" in there.register.view().cuts
    if known:
        assert cut_desk(there, "P1").as_of == date(2021, 10, 31)
        assert refused(lambda: freeze(desk(folder, as_of=DAY), "P1"))[0] == "cut-name-taken"
    else:
        freeze(desk(folder, as_of=DAY), "P1")
    archive.refresh(desk(folder))
    summary = verify(str(folder), read_data=True, now=lambda: NOON)
    assert [each["code"] for each in summary.json["findings"]] == []


def _killed_at(folder: Path, source: Path, number: int) -> int:
    """Freeze in a fork that ends without a word before its durable step of that number; return how many it began."""
    if folder != source:
        shutil.copytree(source, folder)
    counted = folder.parent / f"steps-{number}"
    pid = os.fork()
    if not pid:
        taken = 0

        def ending(original: Callable[..., Any]) -> Callable[..., Any]:
            def step(*arguments: Any, **more: Any) -> Any:
                nonlocal taken
                taken += 1
                if taken == number:
                    counted.write_text(str(taken))
                    os._exit(9)
                return original(*arguments, **more)

            return step

        try:
            for name in ("_write_exclusively", "sync_folder", "protect"):
                setattr(durable, name, ending(getattr(durable, name)))
            freeze(desk(folder, as_of=DAY), "P1")
            counted.write_text(str(taken))
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    return int(counted.read_text())


def blocks_of(there: Desk, deliverable: Deliverable) -> tuple[Block, ...]:
    return plan_blocks(there.portfolio, deliverable, as_of=there.as_of)


def compared(folder: Path, other: str) -> Summary:
    there = desk(folder)
    return changes_against(there, the_plan(there), other, blocks_of)


def test_a_report_is_compared_with_a_cut_of_itself(folder: Path) -> None:
    """Figures, the agreement, the text; on the screen and as JSON."""
    frozen(folder, as_of="2021-11-15")
    assert compared(folder, "p1").lines == ("from the cut 'P1' to P1.1 as of 2021-11-15: nothing changed",)
    sign(folder, reference_of(folder, "CA-02"))
    changed(folder, "records/deliverables/P1.1/objectives.md", "the", "another")
    summary = compared(folder, "P1")
    found = {
        (each["kind"], each["place"], each["what"]): (each["old"], each["new"]) for each in summary.json["changes"]
    }
    assert found["figure", "KPI 2", "counted"] == ("1", "2")
    assert found["agreement", "CA-02", "status"][1] == "counted"
    assert {kind for kind, _, _ in found} >= {"figure", "agreement", "text"}
    assert "    counted: 1 → 2" in summary.lines
    assert any(line.startswith("    + ") and "another" in line for line in summary.lines)


def test_a_report_is_compared_with_itself_as_of_another_day(folder: Path) -> None:
    """The day before the signature and the day of it."""
    lines = compared(folder, "2021-10-04").lines
    assert lines[0].startswith("from P1.1 as of 2021-10-04 to P1.1 as of 2021-11-15: ")
    assert "    counted: 0 → 1" in lines


def test_a_report_is_compared_with_another_deliverable(folder: Path) -> None:
    """Of the same project on the same day: no figure differs, tables and text do."""
    text = (folder / "records/deliverables/P1.1.yaml").read_text(encoding="utf-8").replace("id: P1.1", "id: P9.9", 1)
    (folder / "records/deliverables/P9.9.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(folder / "records/deliverables/P1.1", folder / "records/deliverables/P9.9")
    summary = compared(folder, "P9.9")
    assert {each["kind"] for each in summary.json["changes"]} == {"row", "text"}


def test_a_cut_that_holds_no_such_deliverable_is_compared_by_its_figures(folder: Path) -> None:
    """And the answer says so."""
    frozen(folder, as_of="2021-11-15")
    (folder / "records/deliverables/P1.1.yaml").rename(folder / "records/deliverables/P9.9.yaml")
    (folder / "records/deliverables/P1.1").rename(folder / "records/deliverables/P9.9")
    changed(folder, "records/deliverables/P9.9.yaml", "id: P1.1", "id: P9.9")
    lines = compared(folder, "P1").lines
    assert lines == (
        "the cut 'P1' holds no P9.9: only figures and agreements are compared",
        "from the cut 'P1' to P9.9 as of 2021-11-15: nothing changed",
    )


def test_what_is_no_cut_no_deliverable_and_no_day_is_refused(folder: Path) -> None:
    """With a guess."""
    code, said = refused(lambda: compared(folder, "P9.1"))
    assert (code, "no cut, deliverable or day" in said, "did you mean" in said) == ("unknown-name", True, True)


def test_compiling_from_a_cut_writes_a_file_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside that of today; other versions are said behind it."""
    monkeypatch.setenv("DOCS_SOFFICE", str(folder / "nowhere"))
    frozen(folder)
    there = desk(folder)
    name = the_plan(there).id
    summary = compile_deliverable(there, Compiling(deliverable=name.lower(), cut="p1"))
    assert summary.lines[0] == f"wrote output/deliverables/{name}_P1.docx"
    assert summary.json == {
        "files": [{"file": f"output/deliverables/{name}_P1.docx", "written": True, "aside": None}],
        "notes": [],
    }
    again = compile_deliverable(there, Compiling(deliverable=name, cut="P1"))
    assert again.lines[0] == f"unchanged: output/deliverables/{name}_P1.docx"
    today = compile_deliverable(there, Compiling(deliverable=name))
    assert today.lines[0] == f"wrote output/deliverables/{name}.docx"
    both = Compiling(deliverable=name, cut="P1", as_of=DAY)
    assert refused(lambda: compile_deliverable(there, both))[0] == "flags-unclear"


def test_two_cuts_are_compared(folder: Path) -> None:
    """The newer one need not be known to the older one's log, nor the other way round."""
    frozen(folder, "A")
    sign(folder, reference_of(folder, "CA-02"))
    frozen(folder, "B")
    there = desk(folder)
    for new, old, line in (("B", "A", "    counted: 1 → 2"), ("A", "B", "    counted: 2 → 1")):
        assert line in compile_deliverable(there, Compiling(deliverable=the_plan(there).id, cut=new, against=old)).lines
