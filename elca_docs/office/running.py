"""One LibreOffice at work on a few documents: started fenced in, watched by what it makes, ended whole.

Every run has a folder of its own for its sources, its products, its profile and whatever else it writes. The program
that is started is a wrapper, and ending it leaves the real one at work (evidence notes, 2.3): so it runs as a group,
where the system can in a name space without network that ends with it, and the group is ended, also after a good end.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from elca_docs.errors import Problem, WorkspaceError
from elca_docs.office.profile import registry

PREFIX: Final = "elca-docs-office-"
_MEMORY: Final = 8_000_000_000
"""Bytes of address space of LibreOffice, where `prlimit` is there; an agreement needs a tenth."""
_FENCES: Final = (
    # Ends with us, has no network, and takes with it all that it started; what this system lacks is left out below.
    (
        *("setpriv", "--pdeathsig", "KILL"),
        *("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=KILL"),
        *("prlimit", f"--as={_MEMORY}", "--core=0"),
    ),
    ("unshare", "--map-root-user", "--net"),
)
_NOWHERE: Final = "http://127.0.0.1:9"
"""A port at which nobody answers: it was for throwing away what arrives (RFC 863)."""
_PROXIES: Final = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
_ARGUMENTS: Final = (
    "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo",
    "--infilter=MS Word 2007 XML",  # otherwise anything that is no Word file is laid out as text
    "--convert-to", "pdf:writer_pdf_Export", "--outdir",
)  # fmt: skip
_ENDING: Final = 5
"""Seconds that the system may take to end what was killed."""
_STALE: Final = 24 * 3600


class Run:
    """LibreOffice at work on documents with numbers, in this order. Close it, whatever happened."""

    def __init__(self, program: Path, documents: Mapping[int, bytes], *, starting: float, each: float) -> None:
        """Start it. It has `starting` + `each` seconds for the first document and `each` for every further one."""
        self.numbers = tuple(documents)
        self.overdue = False
        self._each = each
        self._made = 0
        try:
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            try:
                self._process = self._started(program, documents)
            except OSError:
                self._clear()
                raise
        except OSError as error:
            raise WorkspaceError(_not_started(program, error)) from error
        self._deadline = time.monotonic() + starting + each

    def _started(self, program: Path, documents: Mapping[int, bytes]) -> subprocess.Popen[bytes]:
        """Lay everything out in the folder and start the program."""
        profile, sources, products, scratch = (self._folder / name for name in ("profile", "in", "out", "tmp"))
        for folder in (profile / "user", sources, products, scratch):
            folder.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(registry(), encoding="utf-8", newline="\n")
        for number, data in documents.items():
            (sources / f"{_name(number)}.docx").write_bytes(data)
        command = [*fence(), str(program), f"-env:UserInstallation={profile.as_uri()}", *_ARGUMENTS, str(products)]
        return subprocess.Popen(  # noqa: S603 - our own words and paths, no shell
            [*command, *(str(sources / f"{_name(number)}.docx") for number in documents)],
            cwd=scratch,
            env=surroundings(scratch),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def ended(self, seconds: float) -> bool:
        """Wait so long at most; return whether the run is over, by itself or because its time was."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
            return True
        made = sum(self._product(number).exists() for number in self.numbers)
        if made > self._made:
            self._made = made
            self._deadline = time.monotonic() + self._each
        self.overdue = time.monotonic() >= self._deadline
        return self.overdue

    @property
    def crashed(self) -> bool:
        """Whether it ended by itself, and not in the usual way. The other way round proves nothing."""
        return self._process.returncode not in {None, 0}

    def product(self, number: int) -> bytes | None:
        """Return the PDF of a document, or None where there is none."""
        try:
            return self._product(number).read_bytes()
        except OSError:
            return None

    def stop(self) -> None:
        """End the program with everything it started."""
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own words
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """End it and remove its folder."""
        self.stop()
        self._clear()

    def _product(self, number: int) -> Path:
        return self._folder / "out" / f"{_name(number)}.pdf"

    def _clear(self) -> None:
        """Remove the folder; a program that is just being ended may still have written to it."""
        end = time.monotonic() + _ENDING
        while self._folder.exists() and time.monotonic() < end:
            shutil.rmtree(self._folder, ignore_errors=True)
            if self._folder.exists():
                time.sleep(_ENDING / 100)


@functools.cache
def fence() -> tuple[str, ...]:
    """Return the words before a command that keep it from the network; none where the system offers nothing."""
    if sys.platform != "linux":
        return ()
    for words in _FENCES:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            tried = subprocess.run([*words, "true"], check=False, capture_output=True, timeout=10)  # noqa: S603 - as above
            if tried.returncode == 0:
                return words
    return ()


def surroundings(scratch: Path) -> dict[str, str]:
    """Return the environment of a run: no display, no proxy that answers, one time zone, and its own scratch folder."""
    own = {name: _NOWHERE for proxy in _PROXIES for name in (proxy, proxy.upper())} | {"no_proxy": "", "NO_PROXY": ""}
    own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    return os.environ | own | {"SAL_USE_VCLPLUGIN": "svp", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def sweep() -> None:
    """Remove the folders that killed runs left more than a day ago."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < time.time() - _STALE:
                shutil.rmtree(folder, ignore_errors=True)


def _name(number: int) -> str:
    """Return the name under which LibreOffice sees a document: never one that a user chose."""
    return f"document-{number:04}"


def _not_started(program: Path, error: OSError) -> Problem:
    """Return the problem of a system on which the program is there and does not start, or finds no room."""
    message = f"LibreOffice ({program}) could not be started: {error.strerror or type(error).__name__}"
    return Problem("office-not-started", message, None, "start it once by hand; make room on the disk; then try again")
