"""Bounds of time and memory for a program that may hang or grow, where the system can set them."""

from __future__ import annotations

import signal
import sys


class Bound:
    """Raises TimeoutError in what runs longer, where the system can interrupt a program."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        if hasattr(signal, "SIGPROF"):
            signal.signal(signal.SIGPROF, self._stop)
            signal.setitimer(signal.ITIMER_PROF, self._seconds)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _stop(self, *_: object) -> None:
        message = f"longer than {self._seconds} s"
        raise TimeoutError(message)


def bounded(more: int) -> int:
    """Bound the memory to so many bytes more than the program has now, where the system can; return the peak so far."""
    try:
        import resource
    except ImportError:
        return 0
    status = {line.partition(":")[0]: line.split() for line in _own_status()}
    if "VmSize" in status:
        limit = int(status["VmSize"][1]) * 1024 + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    return peak()


def _own_status() -> list[str]:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as stream:  # noqa: PTH123 - no project file
            return stream.read().splitlines()
    except OSError:
        return []


def peak() -> int:
    """Return the most memory the process has had so far, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
