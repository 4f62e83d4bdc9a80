"""Which kind of drive a folder lies on: a hand that asks the system, writes nothing and judges nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from elca_docs import durable

_REMOTE: Final = 4
"""What Windows answers of a network drive (GetDriveType)."""


def lies_on(root: Path, name: str) -> tuple[str, str]:
    """Return the whole path of a folder of the project, and the kind of file system it is on ("": not known)."""
    with durable.clear_errors(name):
        path = (root / name).resolve()
    return str(path), _windows(path) if os.name == "nt" else _mounted(path)


def _mounted(path: Path) -> str:
    """Return the kind of the file system with the longest mount point above a path (Linux: /proc/mounts)."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        _, point, mounted, *_ = [*line.split(), "", "", ""]
        folder = Path(point.replace("\\040", " "))
        if point and path.is_relative_to(folder) and len(folder.parts) >= best:  # of equal ones the last covers
            best, kind = len(folder.parts), mounted
    return kind


def _windows(path: Path) -> str:
    """Return "remote" for a drive letter that stands for a folder of another computer."""
    import ctypes

    kinds = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
    return "remote" if kinds.GetDriveTypeW(path.anchor) == _REMOTE else ""
