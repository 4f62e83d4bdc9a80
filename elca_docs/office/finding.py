"""Where LibreOffice is: the setting first, then the path of programs, then the places its installers choose."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

SETTING: Final = "DOCS_SOFFICE"
"""Environment variable that names the program, or the folder it was installed to."""
_NAMES: Final = ("soffice", "libreoffice")
_WITHIN: Final = (
    "program/soffice.com",  # Windows; the .exe beside it does not wait for its own end
    "program/soffice.exe",
    "program/soffice",
    "Contents/MacOS/soffice",
)
_CONFINED: Final = "/snap/"
"""A snap sees no temporary folder but its own, and would find none of our files."""


def find_office(setting: str = "") -> Path | None:
    """Return LibreOffice's program, or None where there is none.

    Args:
        setting: A program or a folder; without it, the environment's DOCS_SOFFICE. Where either says something, only
            that is looked at: a wrong setting is to be noticed.
    """
    setting = setting or os.environ.get(SETTING, "")
    if setting:
        return _program_at(setting)
    for name in _NAMES:
        program = shutil.which(name)
        if program and not program.startswith(_CONFINED):
            return Path(program).absolute()
    return next((found for place in usual_places() if (found := _program_at(str(place)))), None)


def _program_at(place: str) -> Path | None:
    """Return the program that a path or a name stands for, a folder standing for the program in it."""
    folder = Path(place).expanduser()
    if folder.is_dir():
        return next(((folder / name).absolute() for name in _WITHIN if (folder / name).is_file()), None)
    found = shutil.which(str(folder))
    return Path(found).absolute() if found else None


def usual_places() -> Iterable[Path]:
    """Return the folders to which LibreOffice's own installers put it on this system, the newest version first."""
    if sys.platform == "win32":
        bases = (os.environ.get(name, "") for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"))
        return [folder for base in bases if base for folder in _newest(Path(base), "LibreOffice*")]
    if sys.platform == "darwin":
        return [base / "LibreOffice.app" for base in (Path("/Applications"), Path.home() / "Applications")]
    return _newest(Path("/opt"), "libreoffice*")


def _newest(base: Path, pattern: str) -> list[Path]:
    """Return the folders of that pattern, the highest number in the name first."""
    return sorted(base.glob(pattern), key=lambda place: (len(place.name), place.name), reverse=True)
