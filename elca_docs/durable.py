"""Writing so that a file is there whole or not at all, whatever happens in between.

Order: temporary file in the same folder → write → fsync → into place → fsync of the folder. `put_new` never replaces a
file; of two writers exactly one wins. A killed run leaves at most a temporary file, which `sweep` removes later.
Windows has no fsync of folders and refuses to rename onto an existing file, which serves `put_new` well.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from elca_docs.errors import Location, Problem, WorkspaceError

TEMPORARY: Final = ".part-"
_STALE_SECONDS: Final = 3600
_PACKED: Final = (".pdf", ".docx", ".xlsx")
"""Files that hold their content packed already."""
_READ_ONLY: Final = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644
"""What an archive says of each member: a plain file that everybody may read."""
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
)


@contextlib.contextmanager
def clear_errors(shown: str) -> Iterator[None]:
    """Turn an error of the operating system into one sentence about `shown`, a path as the user knows it."""
    try:
        yield
    except OSError as error:
        raise WorkspaceError(_problem_of(error, shown)) from error


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex, without holding it in memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def free_name(path: Path, mark: str) -> Path:
    """Return a name beside `path` that nothing has: `….changed-1.pdf`."""
    count = 1
    while (free := path.with_name(f"{path.stem}.{mark}-{count}{path.suffix}")).exists():
        count += 1
    return free


def put_new(path: Path, data: bytes, *, lasting: bool = True) -> bool:
    """Write a new file and return True; return False, and write nothing, where the name is taken.

    Where many names come into one folder, the caller makes them `lasting` himself, all at once by `sync_folder`.
    """
    with _temporary(path, data) as temporary:
        try:
            if os.name == "nt":
                temporary.rename(path)
            else:
                os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return _put_exclusively(path, data)
    if lasting:
        sync_folder(path.parent)
    return True


def put(path: Path, data: bytes) -> None:
    """Write a file in place of whatever had the name."""
    with _temporary(path, data) as temporary:
        temporary.replace(path)
    sync_folder(path.parent)


def put_archive(path: Path, members: Iterable[tuple[str, bytes]]) -> None:
    """Write a ZIP archive in place of whatever had the name, holding one member in memory at a time.

    Every member has the same date and rights, so the same members are the same bytes. Where one cannot be had, the
    error goes on and nothing was written.
    """
    _make_folder(path.parent)
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                for name, data in members:
                    archive.writestr(_member(name), data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIRST_DAY)
    member.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    member.create_system, member.external_attr = _UNIX, _READABLE << 16
    return member


def protect(path: Path) -> None:
    """Make a file read-only, where it is not: a run that was killed may have left it so that it can be changed."""
    if path.stat().st_mode & _WRITABLE:
        path.chmod(_READ_ONLY)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_LINKS:  # some network drives cannot sync a folder
            raise
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed run left more than an hour ago."""
    for path in folder.rglob(f"{TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if is_old(path):
                path.unlink()


def is_old(path: Path) -> bool:
    """Whether a file was written so long ago that the run which left it half-made is no more."""
    return path.stat().st_mtime < time.time() - _STALE_SECONDS


@contextlib.contextmanager
def _temporary(path: Path, data: bytes) -> Iterator[Path]:
    _make_folder(path.parent)
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        _write_exclusively(temporary, data)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durable in the one that holds it."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def _write_exclusively(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _put_exclusively(path: Path, data: bytes) -> bool:
    """Put a file where the drive has no links: the name is taken first, so a kill can leave it torn."""
    try:
        _write_exclusively(path, data)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def _problem_of(error: OSError, shown: str) -> Problem:
    place = Location(shown)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(
            "disk-full", f"there is no space left to write '{shown}'", place, "free some space and run again"
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Problem(
            "not-permitted",
            f"'{shown}' may not be written or read",
            place,
            "close the file if it is open in another program, or ask for the right to write in this folder",
        )
    if error.errno == errno.ENOENT:
        return Problem("file-missing", f"'{shown}' is not there", place, "check the name and the folder")
    if error.errno in {errno.EISDIR, errno.ENOTDIR, errno.EEXIST}:
        message = f"at '{shown}' there is a folder where a file should be, or the other way round"
        return Problem("not-a-file", message, place, "look along this path, and move away what does not belong there")
    return Problem("file-trouble", f"'{shown}' could not be used: {error.strerror or error}", place)
