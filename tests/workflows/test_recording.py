"""`record`: what happened without a file, and what cannot be said."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import desk, paper, project

from elca_docs.errors import EvidenceError, RequestError
from elca_docs.workflows.drafting import draft
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.reviewing import log


def state(folder: Path, identifier: str) -> str:
    there = desk(folder)
    return next(each.status for each in report_on(there, there.register.view()).agreements if each.id == identifier)


def test_contacted_then_declined(tmp_path: Path) -> None:
    """The status follows what is written down; a correction brings the earlier state back."""
    folder = project(tmp_path / "p")
    assert state(folder, "CA-01") == "identified"
    record(desk(folder), kind="contacted", ref="CA-01", on="2021-09-01", note="first call")
    assert state(folder, "CA-01") == "contacted"
    record(desk(folder), kind="negotiating", ref="CA-01")
    record(desk(folder), kind="ended", ref="CA-01", exit_="declined", reason="they joined another network")
    assert state(folder, "CA-01") == "declined"
    ended = desk(folder).register.view().entries[-1].address
    record(desk(folder), kind="corrected", entry=ended, reason="it was another one")
    assert state(folder, "CA-01") == "contacted"
    lines = log(desk(folder)).lines
    assert sum("UNDONE" in line for line in lines) == 1
    assert any("contacted: first call" in line for line in lines)


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"kind": "phoned", "ref": "CA-01"}, "unknown-name"),
        ({"kind": "contacted"}, "flags-unclear"),
        ({"kind": "contacted", "ref": "CA-99"}, "unknown-name"),
        ({"kind": "contacted", "ref": "CA-01", "on": "2022-01-01"}, "date-in-future"),
        ({"kind": "contacted", "ref": "CA-01", "on": "yesterday"}, "bad-date"),
        ({"kind": "ended", "ref": "CA-01", "exit_": "gone", "reason": "x"}, "flags-unclear"),
        ({"kind": "ended", "ref": "CA-01", "exit_": "declined"}, "flags-unclear"),
        ({"kind": "corrected", "entry": "9.9", "reason": "x"}, "unknown-name"),
        ({"kind": "corrected", "entry": "1.1", "reason": "x"}, "cannot-undo"),
    ],
)
def test_a_wrong_call_writes_nothing(tmp_path: Path, flags: dict[str, str], code: str) -> None:
    """Each mistake has its code; the register stays as it was."""
    folder = project(tmp_path / "p")
    record(desk(folder), kind="contacted", ref="CA-02")
    with pytest.raises(RequestError) as caught:
        record(desk(folder), **flags)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert desk(folder).register.view().position == 1


def test_an_ended_agreement_is_not_ended_twice(tmp_path: Path) -> None:
    """The second ending is refused, and so is undoing the same entry twice."""
    folder = project(tmp_path / "p")
    record(desk(folder), kind="ended", ref="CA-01", exit_="withdrawn", reason="x")
    with pytest.raises(RequestError) as caught:
        record(desk(folder), kind="ended", ref="CA-01", exit_="declined", reason="y")
    assert [problem.code for problem in caught.value.problems] == ["agreement-ended"]
    record(desk(folder), kind="corrected", entry="1.2", reason="slip")
    with pytest.raises(RequestError) as again:
        record(desk(folder), kind="corrected", entry="1.2", reason="slip")
    assert [problem.code for problem in again.value.problems] == ["nothing-to-undo"]


def test_dry_run_of_record_writes_nothing(tmp_path: Path) -> None:
    """The entry is shown, and there is no register."""
    folder = project(tmp_path / "p")
    summary = record(desk(folder), kind="contacted", ref="CA-01", dry_run=True)
    assert "would write" in summary.lines[0]
    assert not (folder / "register").exists()
    assert log(desk(folder)).lines == ("the register is empty: nothing was drafted or registered yet",)


def test_a_file_under_the_wrong_agreement_goes_to_the_right_one_once_its_entries_are_undone(tmp_path: Path) -> None:
    """A scan names no agreement, so a slip is easy: signature, then receipt are undone, and the file is free again."""
    folder = project(tmp_path / "p")
    draft(desk(folder))
    file = paper(folder, "scan.pdf", "no reference")
    register(desk(folder), ref="CA-02", files=[file], signed_by=["ALFA=2021-10-05"], by="alfa-1")
    right = {"ref": "CA-01", "files": [file], "signed_by": ["ALFA=2021-10-05"], "by": "alfa-1"}
    with pytest.raises(EvidenceError) as caught:
        register(desk(folder), **right)
    assert [problem.code for problem in caught.value.problems] == ["evidence-of-another"]
    signed = desk(folder).register.view().entries[-1].address
    receipt = signed.replace(".2", ".1")
    with pytest.raises(RequestError) as standing:
        record(desk(folder), kind="corrected", entry=receipt, reason="another agreement")
    assert [problem.code for problem in standing.value.problems] == ["cannot-undo"]
    for entry in (signed, receipt):
        record(desk(folder), kind="corrected", entry=entry, reason="another agreement")
    register(desk(folder), **right)
    assert (state(folder, "CA-01"), state(folder, "CA-02")) == ("partly signed", "drafted")


def test_a_proof_that_stands_keeps_its_file(tmp_path: Path) -> None:
    """The receipt of minutes is undone only after the proof that stands on them."""
    folder = project(tmp_path / "p")
    file = paper(folder, "minutes.pdf", "no reference")
    held = {"subject": "C-01", "held": "2021-10-05", "proof": "minutes", "files": [file], "by": "alfa-1"}
    register(desk(folder), **held)
    receipt, proof = (entry.address for entry in desk(folder).register.view().entries[-2:])
    with pytest.raises(RequestError) as standing:
        record(desk(folder), kind="corrected", entry=receipt, reason="slip")
    assert [problem.code for problem in standing.value.problems] == ["cannot-undo"]
    for entry in (proof, receipt):
        record(desk(folder), kind="corrected", entry=entry, reason="slip")
    assert desk(folder).register.view().held == {}
    assert desk(folder).register.view().evidence == {}
