"""Functions that the tests of the workers let children call: children import them by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from elca_docs.errors import EvidenceError, Location, Problem, RecordsError


def same(value):
    return value


def pid(*_):
    return os.getpid()


def after(seconds, value):
    time.sleep(seconds)
    return value


def forever(mark=""):
    """Work without end, without ever letting another thread of Python run for long; leave a mark first."""
    if mark:
        Path(mark).write_text(str(os.getpid()), encoding="utf-8")
    while True:
        sum(range(1000))


def hoard(size):
    return len(bytearray(size))


def keep(size, kept=[]):  # noqa: B006 - kept on purpose
    kept.append(bytearray(size))
    return os.getpid()


def ending(code):
    os._exit(code)


def struck(name):
    os.kill(os.getpid(), signal.Signals[name])


def refused(*codes):
    error = EvidenceError if len(codes) == 1 else RecordsError
    raise error(Problem(code, f"sentence of {code}", Location("a.pdf", 1, 2), "mend it") for code in codes)


def raising(name, text=""):
    raise {"ValueError": ValueError, "SystemExit": SystemExit, "KeyboardInterrupt": KeyboardInterrupt}[name](text)


def mixed(number):
    if number % 7 == 1:
        refused(f"code-{number}")
    if number % 7 == 2:
        raising("ValueError", str(number))
    if number == 24:
        ending(number)
    return number


def speechless():
    class Odd(Exception):  # noqa: N818 - as libraries name them
        def __str__(self):
            raise TypeError

    raise Odd


def nested():
    return nested() + 1


def noisy():
    print("noise")  # noqa: T201 - what a library might print
    os.write(1, b"noise")
    os.write(2, b"noise")
    return "quiet"


class Unreadable:
    """Travels, and cannot be put together again."""

    def __reduce__(self):
        return int, ("no number",)


def unreadable():
    return Unreadable()


def untravelled():
    return lambda: None
