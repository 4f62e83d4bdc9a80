"""What runs inside a child: limits first, then calls until the parent hangs up or is gone.

Nothing of a call reaches the terminal, and no exception leaves this module: a DocsError goes back as it is, any other
exception as a `Failed`, and a child without memory ends with an exit code of its own, since a reply needs memory too.
The parent measures the time; where a parent is gone, an alarm of the system ends even a child that no longer listens.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Final

from elca_docs.errors import DocsError
from elca_docs.workers.answers import Failed, Limits

OUT_OF_MEMORY: Final = 71
"""Exit code of a child whose memory limit was reached."""
_GRACE: Final = 5
"""Seconds after the limit at which the system ends a child that its parent has not ended."""
_LONGEST: Final = 500
"""Characters of an exception's text that are told."""
_SIZE: Final = Path("/proc/self/statm")


def serve(line: Connection[Any, Any], limits: Limits) -> None:
    """Answer calls, one at a time, until the parent hangs up. The first message says that the child is ready."""
    alone(limits)
    start = size()
    answer_calls(line, limits, start)


def alone(limits: Limits) -> None:  # pragma: no cover - would change the process that runs the tests
    """Make this process a child that disturbs nobody: silent, deaf to Ctrl-C, gone with its parent, and limited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(silence, stream)
    threading.Thread(target=_end_with_parent, name="watch", daemon=True).start()
    if sys.platform == "win32":
        return
    import resource

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if start := size():
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = start + limits.memory
        # A limit that is lower already was set by the owner of the machine, and stays.
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _end_with_parent() -> None:  # pragma: no cover - as above
    """End this process at once when its parent is gone, however that happened."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def size() -> int:
    """Return the address space of this process in bytes; 0 where the system does not tell."""
    try:
        return int(_SIZE.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def answer_calls(line: Connection[Any, Any], limits: Limits, start: int) -> None:
    """Say ready, then answer; a child that has kept half of its memory says with its answer that it is the last."""
    try:
        line.send_bytes(b"")
        while True:
            asked = line.recv_bytes()
            _alarm(limits.seconds + _GRACE)
            reply = _reply_to(asked)
            _alarm(0)  # from here on it is the parent who may take its time
            last = size() - start > limits.memory / 2
            line.send_bytes(bytes([last]) + reply)
            if last:
                return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):
        return  # the parent hung up


def _reply_to(asked: bytes) -> bytes:
    """Return what the call gives, ready to be sent."""
    try:
        function, arguments = pickle.loads(asked)  # noqa: S301 - our own parent wrote it
        return bytes(ForkingPickler.dumps(function(*arguments)))
    except DocsError as refused:
        return bytes(ForkingPickler.dumps(refused))
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - parsers leak every kind of exception, and some call exit
        return bytes(ForkingPickler.dumps(Failed("crash", _words_of(error))))


def _words_of(error: BaseException) -> str:
    """Return an exception in one printable line."""
    text = ""
    with contextlib.suppress(Exception):
        text = str(error)
    line = " ".join(f"{type(error).__name__}: {text[:_LONGEST]}".split())
    return "".join(letter if letter.isprintable() else "�" for letter in line).removesuffix(":")


def _alarm(seconds: float) -> None:
    """Let the system end this process in so many seconds; 0 calls that off. Not on Windows."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
