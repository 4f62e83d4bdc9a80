"""A part of the sweeps in scripts/: faults spread over every stage, and a short kill loop over the whole road."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from desks import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="faults are made with what Linux offers"),
]


def answer(*command: str) -> list[str]:
    """Run a script of the project and return what it printed; where it found something, that is the failure."""
    run = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout.splitlines()


@pytest.mark.parametrize("way", ["layer", pytest.param("strace", marks=pytest.mark.needs("strace"))])
def test_a_fault_at_any_file_operation_loses_nothing_and_one_more_run_completes_it(way: str) -> None:
    """Killed, the disk full or broken, at points spread over draft, send, register and confirm."""
    *_, last = answer("scripts/sweep_faults.py", "--by", way, "--points", "24", "--jobs", "1")
    assert last.startswith("24 points by ")
    assert " 0 with something wrong" in last


def test_killed_again_and_again_on_the_whole_road_nothing_is_lost() -> None:
    """Ten times kill -9 on draft, send, register and confirm; at the end the proof is whole and all is done."""
    said = answer("scripts/kill_loop.py", "--rounds", "10", "--seed", "951158")
    assert said[0] == "nothing wrong"
