"""Whatever happens to record files, a person reads clean problems, or everything can be made of them; in bounds."""

from __future__ import annotations

import json
import os
import signal
from subprocess import run
from sys import executable

import pytest
from bounds import Bound
from mutated_sets import mutated
from mutations import PROJECTS, ROOT, project
from record_road import LONGEST, MOST_MEMORY, complaints_about, walked

from elca_docs.errors import Location, Problem

SETS = 5_000
BATCH = 500


def test_a_seed_always_means_the_same_set():
    """A set that failed can be looked at again; and it differs from the project that it was made of."""
    assert mutated(17) == mutated(17)
    assert all(mutated(seed) not in map(project, range(len(PROJECTS))) for seed in (3, 4, 5))


def test_a_hundred_damaged_sets_are_clean():
    """The long sweep in small, over the smallest project: no exception, no unclean problem, and some of each kind."""
    done = walked(range(100), weights=(0, 0, 1), slow_every=0)
    assert done.broken == []
    assert 20 < done.readable < 80
    assert done.problems > 80


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SETS, BATCH))
def test_five_thousand_damaged_sets_are_clean(first: int):
    """Reading, findings, drafts, status, mails, calendar, workbooks and deliverables of 5,000 record sets gone wrong.

    Never an exception, only problems with code, sentence, place and fix on one line each; no set takes more than 5 s of
    processor time or 500 MB. Each batch is a process of its own, whose memory is bounded where the system can.
    """
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "records")])
    done = run(
        [executable, "-W", "error", str(ROOT / "tests" / "records" / "record_road.py"), str(first), str(first + BATCH)],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["broken"] == []
    assert told["sets"] == BATCH
    assert told["slowest"] < LONGEST
    assert told["peak"] - told["base"] < MOST_MEMORY
    assert told["readable"] > BATCH / 5


@pytest.mark.parametrize(
    "problem",
    [
        Problem("unknown-id", "two\nlines", Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "a bell\x07", Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "turned \u202elaf", Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "", Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "x" * 2_000, Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "no fix", Location("a", 1, 1)),
        Problem("unknown-id", "no place", None, "mend it"),
        Problem("unknown-id", "an odd place", Location("a\nb", 1, 1), "mend it"),
        Problem("Unknown id", "an odd code", Location("a", 1, 1), "mend it"),
        Problem("unknown-id", "KeyError: 'x'", Location("a", 1, 1), "mend it"),
    ],
)
def test_the_law_sees_what_is_unclean(problem: Problem):
    """Each thing that must not stand in a problem is seen; a clean one passes."""
    assert list(complaints_about(problem))
    assert list(complaints_about(Problem("unknown-id", "one line", Location("a", 1, 1), "mend it"))) == []


@pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="this system cannot interrupt a program by its own time")
def test_what_hangs_is_ended():
    """The bound of time ends a loop that has no end."""
    with pytest.raises(TimeoutError):
        _hang()


def _hang() -> None:
    with Bound(0.05):
        while True:
            pass
