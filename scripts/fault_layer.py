"""Faults by a layer: what `os` and `io` offer is wrapped in a fork. For where no process may trace another one.

It is coarser than strace and finer in one thing: a write that fails leaves half of what was to be written.
"""

from __future__ import annotations

import errno
import functools
import io
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fault_points import Answer, Fault, Outcome, Point, ended, forked

_Call = Callable[..., Any]


class Layer:
    """Python's own calls fail."""

    name = "a layer around os and io"

    def works(self) -> bool:
        """Whether it works here: always."""
        return True

    def points(self, call: Answer, below: Path) -> tuple[Point, ...]:
        """Make a call undisturbed, and return what it did with files below a folder, in order."""
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace"
            code = ended(forked(call, before=_Wrapped(below, trace=trace).put_on))
            if code:
                message = f"the undisturbed call ended with {code}"
                raise RuntimeError(message)
            lines = [line.split("\t") for line in trace.read_text(encoding="utf-8").splitlines()]
        return tuple(Point(name, int(number), shown) for name, number, shown in lines)

    def disturbed(self, call: Answer, point: Point, fault: Fault, below: Path) -> Outcome:
        """Make a call with a fault at a point."""
        with tempfile.TemporaryDirectory() as folder:
            trace, words = Path(folder) / "trace", Path(folder) / "words"
            wrapped = _Wrapped(below, trace=trace, point=point, fault=fault)
            code = ended(forked(call, before=wrapped.put_on, words=words))
            return Outcome(
                met=trace.exists() and "\tmet" in trace.read_text(encoding="utf-8"),
                code=code,
                words=words.read_text(encoding="utf-8") if words.exists() else "",
            )


class _Wrapped:
    """The calls of one fork, counted, and failing where they should."""

    def __init__(self, below: Path, *, trace: Path, point: Point | None = None, fault: Fault = "EIO") -> None:
        self._below, self._point, self._fault = str(below), point, fault
        self._count: Counter[str] = Counter()
        self._trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._names: dict[int, str] = {}

    def put_on(self) -> None:
        """Wrap the calls that change files, and those that open them."""
        for name in ("link", "rename", "replace", "unlink", "mkdir", "rmdir", "chmod"):
            setattr(os, name, functools.partial(self._changing, name, getattr(os, name)))
        real_open, real_sync, real_io = os.open, os.fsync, io.open

        def opening(path: Any, flags: int, *more: Any, **named: Any) -> int:  # noqa: ANN401 - as wide as what it wraps
            self._meet("open" if flags & os.O_CREAT else "open to read", str(path))
            found = real_open(path, flags, *more, **named)
            self._names[found] = str(path)
            return found

        def syncing(descriptor: Any) -> None:  # noqa: ANN401 - as wide as what it wraps
            self._meet("fsync", self._names.get(descriptor, f"{self._below}/?"))
            real_sync(descriptor)

        def streaming(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:  # noqa: ANN401 - as wide as what it wraps
            writes = bool(set(mode) & set("wxa+"))
            if not isinstance(path, int):
                self._meet("open" if writes else "open to read", str(path))
            stream = real_io(path, mode, *more, **named)
            self._names[stream.fileno()] = str(path)
            return _Stream(stream, self._meet, str(path)) if writes and "b" in mode else stream

        os.open, os.fsync, io.open = opening, syncing, streaming  # type: ignore[assignment]

    def _changing(self, name: str, real: _Call, path: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is
        self._meet(name, str(path))
        return real(path, *more, **named)

    def _meet(self, name: str, path: str, half: Callable[[], None] = lambda: None) -> None:
        """Count a call on a path below the folder; let it fail where it is the one."""
        reading = name == "open to read"
        if not path.startswith((f"{self._below}/register", f"{self._below}/output") if reading else self._below):
            return
        self._count[name] += 1
        if self._point is None:
            short = path.removeprefix(f"{self._below}/").encode("ascii", "backslashreplace").decode()
            text = f"{name}\t{self._count[name]}\t{'reading ' if reading else ''}{short}\n"
            os.write(self._trace, text.encode())
        elif (self._point.call, self._point.number) == (name, self._count[name]):
            os.write(self._trace, f"{name}\tmet\n".encode())
            half()
            if self._fault == "SIGKILL":
                os.kill(os.getpid(), signal.SIGKILL)
            code = getattr(errno, self._fault)
            raise OSError(code, os.strerror(code), path)


class _Stream:
    """A file that is written: its writes are calls too."""

    def __init__(self, stream: Any, meet: Callable[..., None], path: str) -> None:  # noqa: ANN401 - as wide as what it wraps
        self._stream, self._meet, self._path = stream, meet, path

    def write(self, data: bytes) -> int:
        """Write, or only the first half."""
        self._meet("write", self._path, lambda: self._half(data))
        return int(self._stream.write(data))

    def _half(self, data: bytes) -> None:
        self._stream.write(memoryview(data)[: len(data) // 2])
        self._stream.flush()

    def __enter__(self) -> _Stream:  # noqa: PYI034 - never subclassed
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as wide as what it wraps
        return getattr(self._stream, name)
