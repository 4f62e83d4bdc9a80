"""`register`: a signed copy moves its indicator once, and every figure leads to its file."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from desks import NOON, desk, paper, project, tree

from elca_docs.errors import EvidenceError, RequestError, WorkspaceError
from elca_docs.planning import Filters
from elca_docs.workflows.building import build
from elca_docs.workflows.desk import open_desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.reviewing import status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = project(tmp_path / "p")
    make_drafts(desk(made), Filters())
    return made


def first(folder: Path) -> tuple[str, str, list[str]]:
    """Return id, reference and party ids of the first agreement."""
    view = desk(folder).register.view()
    portfolio = desk(folder).portfolio
    identifier = min(view.agreements)
    parties = [each.id for each in portfolio.parties_of(portfolio.agreement_by_id[identifier])]
    return identifier, view.agreements[identifier].reference, parties


def signed(parties: list[str], day: str = "2021-10-05") -> list[str]:
    return [f"{party}={day}" for party in parties]


def counted(folder: Path) -> dict[str, int]:
    there = desk(folder)
    return {figure.id: figure.counted for figure in report_on(there, there.register.view()).figures}


def test_a_signed_copy_moves_its_indicator_and_says_so(folder: Path) -> None:
    """The line names indicator, before, after, target, counterpart and register number."""
    identifier, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    summary = register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="nor-1")
    assert "0 → 1 of" in summary.lines[0]
    assert summary.lines[0].endswith("R-2021-001")
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    assert (folder / f"register/evidence/{digest[:2]}/{digest}.pdf").read_bytes() == Path(file).read_bytes()
    why = "\n".join(status(desk(folder), why=reference).lines)
    assert digest in why
    assert identifier in why
    assert next(path.name for path in (folder / "register/signed").iterdir()).startswith(f"R-2021-001_{reference}_")


def test_the_same_file_again_is_already_registered(folder: Path) -> None:
    """Nothing is written the second time."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    flags = {"ref": reference, "files": [file], "signed_by": signed(parties), "by": "nor-1"}
    register(desk(folder), **flags)
    before = tree(folder / "register")
    summary = register(desk(folder), **flags)
    assert "already registered" in summary.lines[0]
    assert tree(folder / "register") == before


def test_partly_signed_is_a_state_and_parts_complete_each_other(folder: Path) -> None:
    """Two parties that sign separate copies give two parts under one register number."""
    _, reference, parties = first(folder)
    one, two = paper(folder, "one.pdf", reference, "first"), paper(folder, "two.pdf", reference, "second")
    partly = register(desk(folder), ref=reference, files=[one], signed_by=signed(parties[:1]), by="nor-1")
    assert any("partly signed" in line and parties[1] in line for line in partly.lines)
    assert sum(counted(folder).values()) == 0
    register(desk(folder), ref=reference, files=[two], signed_by=signed(parties[1:]), by="nor-1")
    assert sum(counted(folder).values()) == 1
    names = sorted(path.name for path in (folder / "register/signed").iterdir())
    assert [name[-6:] for name in names] == ["_1.pdf", "_2.pdf"]


def test_register_numbers_are_gap_free_and_in_order(folder: Path) -> None:
    """Three agreements: 001, 002, 003, in the order of registration."""
    there = desk(folder)
    numbers = []
    for identifier in sorted(there.register.view().agreements, reverse=True)[:3]:
        reference = there.register.view().agreements[identifier].reference
        parties = [each.id for each in there.portfolio.parties_of(there.portfolio.agreement_by_id[identifier])]
        file = paper(folder, f"{identifier}.pdf", reference)
        register(desk(folder), ref=identifier, files=[file], signed_by=signed(parties), by="nor-1")
        registered = desk(folder).register.view().agreements[identifier].registered
        numbers.append(registered.number if registered else "")
    assert numbers == ["R-2021-001", "R-2021-002", "R-2021-003"]


def test_sha256sums_prove_the_archive(folder: Path) -> None:
    """The list can be checked without this program, and a changed byte is named."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="nor-1")
    sums = (folder / "register/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(".")[2] for line in sums] == ["json", "pdf", "pdf"]
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / "register" / name).read_bytes()).hexdigest() == digest
    if tool := shutil.which("sha256sum"):
        assert subprocess.run([tool, "-c", "SHA256SUMS"], cwd=folder / "register", check=False).returncode == 0


def test_an_agreement_on_their_own_paper_counts_and_is_marked(tmp_path: Path) -> None:
    """Never drafted here: refused as ours, taken as external, and visibly marked."""
    folder = project(tmp_path / "p")
    identifier = desk(folder).portfolio.agreements[0].id
    parties = [each.id for each in desk(folder).portfolio.parties_of(desk(folder).portfolio.agreements[0])]
    flags = {
        "ref": identifier,
        "files": [paper(folder, "theirs.pdf", "their own number 7")],
        "signed_by": signed(parties),
        "by": "nor-1",
    }
    with pytest.raises(RequestError) as caught:
        register(desk(folder), **flags)
    assert [problem.code for problem in caught.value.problems] == ["never-drafted"]
    register(desk(folder), origin="external", **flags)
    there = desk(folder)
    row = next(each for each in report_on(there, there.register.view()).agreements if each.id == identifier)
    assert row.counted
    assert "on their text" in row.marks


def test_an_event_counts_with_its_proof(folder: Path) -> None:
    """An attendance list moves the workshops; the same list again is already registered."""
    file = paper(folder, "list.pdf", "WS-01")
    flags = {"subject": "WS-01", "held": "2021-10-07", "files": [file], "proof": "attendance-list", "by": "nor-1"}
    summary = register(desk(folder), **flags)
    assert "→" in summary.lines[0]
    assert "already registered" in register(desk(folder), **flags).lines[0]
    assert len(list((folder / "register/held").iterdir())) == 1


def test_a_second_proof_of_an_event_moves_no_earlier_copy(folder: Path) -> None:
    """Whatever order their digests have, each file keeps its readable name, also when an entry is undone."""
    flags = {"subject": "WS-01", "held": "2021-10-07", "proof": "attendance-list", "by": "nor-1"}
    seen: set[str] = set()
    for place in range(5):
        register(desk(folder), files=[paper(folder, f"{place}.pdf", "WS-01", str(place))], **flags)
        names = {path.name for path in (folder / "register/held").iterdir()}
        assert seen < names
        seen = names
    address = next(each.address for each in desk(folder).register.view().entries if each.event.kind == "held")
    record(desk(folder), kind="corrected", entry=address, reason="wrong list")
    build(desk(folder))
    kept = {path.name for path in (folder / "register/held").iterdir()}
    withdrawn = {path.name for path in (folder / "register/withdrawn").iterdir()}
    assert kept | withdrawn == seen
    assert (len(kept), len(withdrawn)) == (4, 1)


def test_an_event_of_which_only_the_number_was_known_counts_too(folder: Path) -> None:
    """The proof takes the next free place of the record that stands for several events."""
    file = paper(folder, "list.pdf", "WS-GAMMA")
    flags = {"subject": "WS-GAMMA", "held": "2021-10-07", "files": [file], "proof": "attendance-list", "by": "nor-1"}
    assert "KPI 4: 0 → 1" in register(desk(folder), **flags).lines[0]
    with pytest.raises(RequestError) as caught:
        register(desk(folder), **(flags | {"subject": "WS-GAMMA#1"}))
    assert "WS-GAMMA" in caught.value.problems[0].fix


def test_a_proof_for_which_no_place_is_left_is_kept_and_said(folder: Path) -> None:
    """All places are taken and the day is later than the one looked at: no row to speak of, and still an answer."""
    path = folder / "records/events.yaml"
    taker = "\n- id: WS-G1\n  kind: workshop\n  title: Specimen workshop\n  responsible: [GAMMA]\n  fills: WS-GAMMA\n"
    path.write_text(path.read_text(encoding="utf-8") + taker, encoding="utf-8")
    late = desk(folder, NOON + timedelta(days=3650))
    held = (late.today - timedelta(days=1)).isoformat()
    file = paper(folder, "list.pdf", "WS-GAMMA")
    flags = {"subject": "WS-GAMMA", "held": held, "files": [file], "proof": "attendance-list", "by": "nor-1"}
    assert "WS-GAMMA is registered as held, but does not count" in register(late, **flags).lines[0]
    assert desk(folder).register.view().held["WS-GAMMA"]


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"ref": "", "subject": ""}, RequestError, "flags-unclear"),
        ({"files": []}, RequestError, "file-not-named"),
        ({"by": ""}, RequestError, "person-not-named"),
        ({"ref": "SPEC-XX-001"}, RequestError, "unknown-name"),
        ({"signed_by": ["ALFA"]}, RequestError, "flags-unclear"),
        ({"signed_by": ["ALFA=5.10.2021"]}, RequestError, "bad-date"),
        ({"method": "pencil"}, RequestError, "flags-unclear"),
        ({"signed_by": ["ALFA=2021-10-05", "ALFA=2021-10-06"]}, RequestError, "flags-unclear"),
        ({"origin": "mars"}, RequestError, "flags-unclear"),
        ({"signed_by": ["NOBODY=2021-10-05"]}, EvidenceError, "party-unknown"),
        ({"signed_by": ["ALFA=2021-12-24"]}, EvidenceError, "signed-in-future"),
        ({"subject": "WS-01", "ref": "", "held": ""}, RequestError, "flags-unclear"),
        ({"subject": "WS-01", "ref": "", "held": "2021-10-07", "proof": ""}, RequestError, "flags-unclear"),
        ({"subject": "WS-01", "ref": "", "held": "2021-10-07", "proof": "rumour"}, RequestError, "unknown-name"),
        ({"subject": "WS-99", "ref": "", "held": "2021-10-07", "proof": "minutes"}, RequestError, "unknown-name"),
        (
            {"subject": "WS-01", "ref": "", "held": "2021-12-24", "proof": "attendance-list"},
            EvidenceError,
            "held-in-future",
        ),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_writes_nothing(
    folder: Path, changes: dict[str, object], error: type[RequestError | EvidenceError], code: str
) -> None:
    """Each mistake has its own sentence; neither evidence nor a register entry appears."""
    _, reference, parties = first(folder)
    flags: dict[str, object] = {
        "ref": reference,
        "files": [paper(folder, "scan.pdf", reference)],
        "signed_by": signed(parties),
        "by": "nor-1",
    }
    before = tree(folder / "register")
    with pytest.raises(error) as caught:
        register(desk(folder), **(flags | changes))  # type: ignore[arg-type]
    assert code in [problem.code for problem in caught.value.problems]
    assert tree(folder / "register") == before


def test_dry_run_of_register_writes_nothing(folder: Path) -> None:
    """The forecast names every entry."""
    _, reference, parties = first(folder)
    before = tree(folder)
    file = paper(folder.parent, "scan.pdf", reference)
    flags = {"ref": reference, "files": [file], "signed_by": signed(parties), "by": "nor-1", "dry_run": True}
    lines = register(desk(folder), **flags).lines
    assert sum('"kind": "signed"' in line for line in lines) == len(parties)
    assert tree(folder) == before


def test_a_corrected_signature_leaves_the_figure_and_the_number_stays_used(folder: Path) -> None:
    """Undo the registration, then the signature; registering again gives the next number, not the old one."""
    identifier, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    flags = {"ref": reference, "files": [file], "signed_by": signed(parties), "by": "nor-1"}
    register(desk(folder), **flags)
    entries = {entry.event.kind: entry.address for entry in desk(folder).register.view().entries}
    with pytest.raises(RequestError) as caught:
        record(desk(folder), kind="corrected", entry=entries["signed"], reason="wrong page")
    assert [problem.code for problem in caught.value.problems] == ["cannot-undo"]
    record(desk(folder), kind="corrected", entry=entries["registered"], reason="wrong page")
    assert sum(counted(folder).values()) == 0
    register(desk(folder), **flags)
    registered = desk(folder).register.view().agreements[identifier].registered
    assert registered is not None
    assert registered.number == "R-2021-002"


def test_a_copy_that_the_register_names_no_more_is_withdrawn(folder: Path) -> None:
    """After an undone registration its readable copy no longer lies among the signed ones, and nothing is lost."""
    _, reference, parties = first(folder)
    register(
        desk(folder), ref=reference, files=[paper(folder, "scan.pdf", reference)], signed_by=signed(parties), by="n"
    )
    name = next((folder / "register/signed").glob("*.pdf")).name
    stranger = folder / "register/signed/a note of ours.pdf"
    stranger.write_bytes(b"no evidence")
    entries = {entry.event.kind: entry.address for entry in desk(folder).register.view().entries}
    record(desk(folder), kind="corrected", entry=entries["registered"], reason="wrong page")
    assert [path.name for path in (folder / "register/signed").iterdir()] == [stranger.name]
    assert [path.name for path in (folder / "register/withdrawn").iterdir()] == [name]
    sums = (folder / "register/SHA256SUMS").read_text(encoding="utf-8")
    assert [line.rpartition(".")[2] for line in sums.splitlines()] == ["json", "pdf"]


def test_the_signature_says_which_version_was_signed(folder: Path) -> None:
    """The first draft is version 1; a text that is not ours has none."""
    identifier, reference, parties = first(folder)
    register(
        desk(folder), ref=reference, files=[paper(folder, "scan.pdf", reference)], signed_by=signed(parties), by="n"
    )
    history = desk(folder).register.view().agreements[identifier]
    assert [each.version for each in history.signatures] == [1] * len(parties)


@pytest.mark.parametrize("lost", ["the last segment", "the whole log"])
def test_a_log_that_is_behind_its_proof_is_refused(folder: Path, lost: str) -> None:
    """Entries that were lost would let a number be given twice: nothing goes on before they are restored."""
    _, reference, parties = first(folder)
    register(
        desk(folder), ref=reference, files=[paper(folder, "scan.pdf", reference)], signed_by=signed(parties), by="n"
    )
    segments = sorted((folder / "register/log").glob("*.jsonl"))
    if lost == "the whole log":
        shutil.rmtree(folder / "register/log")
    else:
        segments[-1].write_bytes(segments[-1].read_bytes()[:-40])
    with pytest.raises(WorkspaceError) as caught:
        desk(folder)
    assert [problem.code for problem in caught.value.problems] == ["log-behind-proof"]


def test_a_void_register_number_is_still_known(folder: Path) -> None:
    """Asked why, it leads to its agreement and to the reason for which it was undone."""
    identifier, reference, parties = first(folder)
    register(
        desk(folder), ref=reference, files=[paper(folder, "scan.pdf", reference)], signed_by=signed(parties), by="n"
    )
    entries = {entry.event.kind: entry.address for entry in desk(folder).register.view().entries}
    record(desk(folder), kind="corrected", entry=entries["registered"], reason="the page was wrong")
    why = "\n".join(status(desk(folder), why="R-2021-001").lines)
    assert identifier in why
    assert "the page was wrong" in why


def test_a_draft_that_nobody_filled_in_is_looked_at_again(tmp_path: Path) -> None:
    """A file that still shows placeholders is taken, since a person says so, and the answer asks to look again."""
    folder = project(tmp_path / "p", "tests/data/other")
    make_drafts(desk(folder), Filters())
    identifier, reference, parties = first(folder)
    label = make_drafts(desk(folder), Filters(only=frozenset({identifier}))).plan.steps[0]
    assert label.context is not None
    text = f"[{label.context.missing[0].label}]"
    file = paper(folder, "scan.pdf", reference, text)
    lines = register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="n").lines
    assert any(line.startswith("look again") for line in lines)


def test_a_second_proof_of_the_same_day_says_that_nothing_moved(folder: Path) -> None:
    """It is kept beside the first, and nobody believes that another event was counted."""
    for name in ("one", "two"):
        file = paper(folder, f"{name}.pdf", "WS-01", name)
        flags = {"subject": "WS-01", "held": "2021-10-07", "files": [file], "proof": "attendance-list", "by": "nor-1"}
        lines = register(desk(folder), **flags).lines
    assert lines[0].startswith("added to WS-01")


def test_a_full_name_is_not_written_into_the_register(folder: Path) -> None:
    """`--by` takes an id: what the register says can never be erased."""
    with pytest.raises(RequestError) as caught:
        open_desk(str(folder), actor="Specimen Person One")
    assert [problem.code for problem in caught.value.problems] == ["person-not-named"]


def test_damaged_evidence_stops_counting(folder: Path) -> None:
    """A changed byte in the archive takes the agreement out of the figure, and the reason says so."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="nor-1")
    evidence = next((folder / "register/evidence").rglob("*.pdf"))
    evidence.chmod(0o644)
    evidence.write_bytes(evidence.read_bytes() + b" ")
    assert sum(counted(folder).values()) == 0


def test_the_same_file_again_brings_lost_evidence_back(folder: Path) -> None:
    """Already registered, and the file under its digest is there again, so that the figure is too."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    flags = {"ref": reference, "files": [file], "signed_by": signed(parties), "by": "nor-1"}
    register(desk(folder), **flags)
    next((folder / "register/evidence").rglob("*.pdf")).unlink()
    assert sum(counted(folder).values()) == 0
    assert "already registered" in register(desk(folder), **flags).lines[0]
    assert sum(counted(folder).values()) == 1


def test_evidence_that_is_gone_is_named_and_stops_nothing_else(folder: Path) -> None:
    """Another agreement is registered all the same, build goes on, and both name the file to restore."""
    there = desk(folder)
    for place, identifier in enumerate(sorted(there.register.view().agreements)[:2]):
        reference = there.register.view().agreements[identifier].reference
        parties = [each.id for each in there.portfolio.parties_of(there.portfolio.agreement_by_id[identifier])]
        file = paper(folder, f"{place}.pdf", reference)
        summary = register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="nor-1")
        for lost in [] if place else [*(folder / "register").rglob("*.pdf")]:
            lost.unlink()
    assert any(line.endswith("R-2021-002") for line in summary.lines)
    assert [problem.code for problem in summary.problems] == ["evidence-damaged"]
    built = build(desk(folder))
    assert "evidence-damaged" in [problem.code for problem in built.problems]
    assert built.lines[-1].startswith("next: mend")


def test_sums_name_a_copy_that_only_one_party_signed(folder: Path) -> None:
    """It has no readable name yet, and is proof already."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    register(desk(folder), ref=reference, files=[file], signed_by=signed(parties[:1]), by="nor-1")
    assert hashlib.sha256(Path(file).read_bytes()).hexdigest() in (folder / "register/SHA256SUMS").read_text("utf-8")


def test_a_signature_later_than_the_day_looked_at_is_not_said_to_be_open(folder: Path) -> None:
    """All have signed, after the project's end: it is registered, and the lines say why it moves nothing."""
    _, reference, parties = first(folder)
    late = NOON + timedelta(days=3650)
    file = paper(folder, "scan.pdf", reference)
    day = (late - timedelta(days=1)).date().isoformat()
    lines = register(desk(folder, late), ref=reference, files=[file], signed_by=signed(parties, day), by="n").lines
    assert "still to sign" not in " ".join(lines)
    assert f"{reference} is registered as R-{late.year}-001, but does not count" in lines[0]


def test_an_ended_agreement_gets_no_new_number(folder: Path) -> None:
    """Its registration was undone and it was ended: the same file again changes nothing."""
    identifier, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    flags = {"ref": reference, "files": [file], "signed_by": signed(parties), "by": "nor-1"}
    register(desk(folder), **flags)
    entries = {entry.event.kind: entry.address for entry in desk(folder).register.view().entries}
    record(desk(folder), kind="corrected", entry=entries["registered"], reason="wrong page")
    record(desk(folder), kind="ended", ref=reference, exit_="void", reason="wrong page")
    register(desk(folder), **flags)
    assert desk(folder).register.view().agreements[identifier].registered is None


def test_a_signature_after_the_day_looked_at_does_not_count_yet(folder: Path) -> None:
    """As of an earlier day the agreement is not signed."""
    _, reference, parties = first(folder)
    file = paper(folder, "scan.pdf", reference)
    register(desk(folder, NOON + timedelta(days=1)), ref=reference, files=[file], signed_by=signed(parties), by="n")
    there = desk(folder, as_of="2021-10-04")
    assert all(figure.counted == 0 for figure in report_on(there, there.register.view()).figures)


def test_an_agreement_whose_record_is_gone_is_not_signed(folder: Path) -> None:
    """The register knows its reference; whoever deleted the record is told to put it back."""
    identifier, reference, parties = first(folder)
    path = folder / "records/agreements.yaml"
    text = path.read_text(encoding="utf-8")
    begins = text.index(f"- id: {identifier}\n")
    path.write_text(text[:begins] + text[text.index("\n- id: ", begins) + 1 :], encoding="utf-8")
    file = paper(folder, "scan.pdf", reference)
    with pytest.raises(RequestError) as caught:
        register(desk(folder), ref=reference, files=[file], signed_by=signed(parties), by="nor-1")
    assert [problem.code for problem in caught.value.problems] == ["record-gone"]
