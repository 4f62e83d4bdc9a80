"""Faults by strace: the system call itself fails, or the process is killed on entering it.

strace is attached to a fork that has stopped itself, so what is counted begins with the call under test.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fault_points import Answer, Fault, Outcome, Point, ended, forked

_CHANGING: Final = ("link", "linkat", "rename", "renameat2", "unlink", "unlinkat", "mkdir", "rmdir", "chmod", "fchmod")
_CALLS: Final = (*_CHANGING, "openat", "write", "fsync", "ftruncate", "read", "close")
_LINE: Final = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
_PATIENCE: Final = 60.0


class Strace:
    """System calls fail by `strace --inject`, which is attached to a fork that has stopped itself."""

    name = "strace"

    def works(self) -> bool:
        """Whether strace is here and may trace."""
        if not shutil.which("strace"):
            return False
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace"
            _traced(lambda: os.access(folder, os.R_OK) - 1, trace, "access", "access:error=EIO:when=1", Path(folder))
            return trace.exists() and "INJECTED" in trace.read_text(encoding="utf-8")

    def points(self, call: Answer, below: Path) -> tuple[Point, ...]:
        """Make a call undisturbed, and return what it did with files below a folder, in order."""
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace"
            code, _ = _traced(call, trace, ",".join(_CALLS), "", Path(folder))
            if code:
                message = f"the undisturbed call ended with {code}"
                raise RuntimeError(message)
            return tuple(_seen(trace.read_text(encoding="utf-8", errors="replace"), str(below)))

    def disturbed(self, call: Answer, point: Point, fault: Fault, below: Path) -> Outcome:
        """Make a call with a fault at a point."""
        what = "signal=SIGKILL" if fault == "SIGKILL" else f"error={fault}"
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace"
            inject = f"{point.call}:{what}:when={point.number}"
            code, words = _traced(call, trace, point.call, inject, Path(folder))
            lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
        hit = [line for line in lines if "INJECTED" in line] or (lines[-1:] if code == -signal.SIGKILL else [])
        return Outcome(met=any(str(below) in line for line in hit), code=code, words=words)


def _traced(call: Answer, trace: Path, calls: str, inject: str, folder: Path) -> tuple[int, str]:
    """Make a call in a fork under strace; return its exit code and its last words."""
    words = folder / "words"
    pid = forked(call, before=lambda: os.kill(os.getpid(), signal.SIGSTOP), words=words)
    os.waitpid(pid, os.WUNTRACED)
    command = ["strace", "-q", "-y", "-s", "0", "-o", str(trace), "-e", f"trace={calls}", "-e", "signal=none"]
    command += ["-e", f"inject={inject}"] if inject else []
    tracer = subprocess.Popen([*command, "-p", str(pid)], stderr=subprocess.DEVNULL)  # noqa: S603
    until = time.monotonic() + _PATIENCE
    while _tracer_of(pid) == "0" and tracer.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    os.kill(pid, signal.SIGCONT)
    code = ended(pid)
    tracer.wait()
    return code, words.read_text(encoding="utf-8") if words.exists() else ""


def _tracer_of(pid: int) -> str:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return next(line.split()[1] for line in status.splitlines() if line.startswith("TracerPid"))


def _seen(trace: str, below: str) -> Iterator[Point]:
    """Yield the points of a trace that concern files below a folder."""
    count: Counter[str] = Counter()
    for line in trace.splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        call, rest = match.groups()
        count[call] += 1
        if below not in rest:
            continue
        shown = rest.replace(f"{below}/", "").partition(") ")[0]
        reading = call == "openat" and "O_CREAT" not in rest
        if (reading or call in {"read", "close"}) and f"{below}/register" not in rest and f"{below}/output" not in rest:
            continue  # records and templates: nothing is ever written there
        yield Point(call, count[call], f"reading {shown}" if reading else shown)
