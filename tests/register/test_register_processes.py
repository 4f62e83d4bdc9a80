"""Real processes on a real folder: many at once, and killed at any instant."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from register_doubles import counts_of, referencing, register_on

from elca_docs.register import FolderStore

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DRIVES = pytest.mark.parametrize("drive", ["links", "no-links"])


def writer(folder, name, count, drive, *before):
    """Start a process that gives `count` references and prints each one once it stands in the log."""
    command = [*before, sys.executable, str(HERE / "register_writer.py"), str(folder), name, str(count), drive]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE))), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(folder):
    """Return the view of a log that is whole, without a gap in any series."""
    view = register_on(FolderStore(folder, patience=0)).view()
    assert all(list(range(1, len(counts) + 1)) == counts for counts in counts_of(view).values())
    return view


def at_once(folder, processes, each, drive):
    """Let processes write at the same time, and check that every number was given once and to one of them."""
    started = [writer(folder, f"w{n}", each, drive) for n in range(processes)]
    ended = [(process.communicate(timeout=300), process.returncode) for process in started]
    assert [("", 0)] * processes == [(errors, code) for (_, errors), code in ended]
    acknowledged = [line for (printed, _), _ in ended for line in printed.split()]
    assert sorted(f"A-{n:03}" for n in range(1, processes * each + 1)) == sorted(acknowledged)
    assert set(acknowledged) == set(whole(folder).by_reference)


@DRIVES
def test_eight_processes_at_once(tmp_path, drive):
    """No number twice, none missing, none fails."""
    at_once(tmp_path, 8, 3, drive)


@pytest.mark.slow
@DRIVES
def test_sixty_processes_at_once(tmp_path, drive):
    """No number twice, none missing, none fails, with sixty."""
    at_once(tmp_path, 60, 3, drive)


def kill_and_look(folder, rounds, drive):
    """Kill a writer at a random instant, again and again; what it was told stays true, and the next one goes on."""
    chance = random.Random(951158)  # noqa: S311 - any instants will do
    acknowledged = set()
    for n in range(rounds):
        process = writer(folder, f"k{n}", 100_000, drive)
        acknowledged.add(process.stdout.readline().strip())
        time.sleep(chance.random() / 10)
        process.kill()
        printed, errors = process.communicate(timeout=60)
        assert errors == ""
        acknowledged.update(line for line in printed.splitlines(keepends=True) if line.endswith("\n"))
        acknowledged = {line.strip() for line in acknowledged}
        assert acknowledged <= set(whole(folder).by_reference)
    done = register_on(FolderStore(folder, patience=0)).append(referencing("afterwards"))
    assert done.view == whole(folder)


@DRIVES
def test_a_killed_writer_leaves_a_whole_log(tmp_path, drive):
    """Killed at any instant, the log is whole, and every number that was told is in it."""
    kill_and_look(tmp_path, 2, drive)


@pytest.mark.slow
@DRIVES
def test_writers_killed_again_and_again_leave_a_whole_log(tmp_path, drive):
    """The same law, many times."""
    kill_and_look(tmp_path, 40, drive)


@pytest.mark.slow
@pytest.mark.needs("strace")
@DRIVES
@pytest.mark.parametrize("call", ["write", "fsync", "link", "unlink"])
@pytest.mark.parametrize("fault", ["signal=SIGKILL", "error=ENOSPC", "error=EIO"])
def test_a_fault_at_any_system_call_leaves_a_whole_log(tmp_path, drive, call, fault):
    """Killed or refused at the n-th call of the system, for every n: the log is whole and what was told is in it."""
    register_on(FolderStore(tmp_path)).append(referencing("before"))
    for n in range(1, 20):
        trace = ("strace", "-f", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={n}")
        process = writer(tmp_path, f"f{n}", 1, drive, *trace)
        printed, errors = process.communicate(timeout=120)
        assert set(printed.split()) <= set(whole(tmp_path).by_reference)
        if process.returncode == 0:
            break  # there was no n-th call
        assert fault == "signal=SIGKILL" or "WorkspaceError" in errors or "print(" in errors, errors
        register_on(FolderStore(tmp_path, patience=0)).append(referencing(f"after-{n}"))
        whole(tmp_path)
    else:
        pytest.fail("the writer never came through")
