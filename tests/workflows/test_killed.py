"""Killed at any instant, the next run finds a consistent state and finishes the work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desks import ROOT, desk, paper, project

from elca_docs.model.log_events import Referenced
from elca_docs.planning import Filters
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.handing import report_on

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal that Windows does not have")


def killed(delay: float, *arguments: str) -> None:
    """Start a task in a process of its own and kill it after `delay` seconds."""
    run = subprocess.Popen(
        [sys.executable, "-m", "invoke", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    run.kill()
    run.wait()


@pytest.mark.slow
def test_killed_drafting_is_finished_by_the_next_run(tmp_path: Path) -> None:
    """Sixteen kills spread over the run: no number twice, none lost, every document whole in the end."""
    for place in range(16):
        folder = project(tmp_path / str(place))
        killed(0.5 + place * 0.06, "draft", "--root", str(folder))
        make_drafts(desk(folder), Filters())
        done = make_drafts(desk(folder), Filters())
        assert {step.action for step in done.plan.steps} == {"unchanged"}
        given = [entry.event for entry in desk(folder).register.view().entries if isinstance(entry.event, Referenced)]
        assert len({event.reference for event in given}) == len(given) == 8


@pytest.mark.slow
def test_killed_registering_is_finished_by_the_same_call(tmp_path: Path) -> None:
    """Sixteen kills: the same call again registers once, with one number, and the evidence is whole."""
    for place in range(16):
        folder = project(tmp_path / str(place))
        make_drafts(desk(folder), Filters(only=frozenset({"CA-01"})))
        there = desk(folder)
        reference = there.register.view().agreements["CA-01"].reference
        parties = there.portfolio.parties_of(there.portfolio.agreement_by_id["CA-01"])
        signed = [f"--signed-by={each.id}=2021-10-05" for each in parties]
        file = paper(tmp_path, f"{place}.pdf", reference)
        call = ("register", "--ref", reference, "--file", file, *signed, "--by", "x", "--root", str(folder))
        killed(0.5 + place * 0.06, *call)
        subprocess.run([sys.executable, "-m", "invoke", *call], cwd=ROOT, check=True, capture_output=True)
        there = desk(folder)
        history = there.register.view().agreements["CA-01"]
        assert len(history.signatures) == len(parties)
        assert len(history.received) == 1
        assert history.registered is not None
        assert there.proof.whole(history.received[0].sha256)
        assert sum(figure.counted for figure in report_on(there, there.register.view()).figures) == 1
        assert len(list((folder / "register/signed").glob("*.pdf"))) == 1
