"""Which kind of drive a folder lies on: the longest mount point above it decides, and not knowing is no error."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest

from elca_docs import drives

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/x /mnt/share nfs4 rw 0 0
//server/y /mnt/share/my\\040files cifs rw 0 0
tmpfs /mnt/share/over tmpfs rw 0 0
server:/z /mnt/share/over nfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/office", "ext4"),
        ("/mnt/shared", "ext4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/project/register", "nfs4"),
        ("/mnt/share/my files/register", "cifs"),
        ("/mnt/share/over/register", "nfs"),
    ],
)
def test_the_nearest_mount_point_decides(path: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a blank, one mounted over another, and one that only begins alike are told apart."""
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: MOUNTS)
    assert drives._mounted(Path(path)) == kind


def test_a_system_that_does_not_tell_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is no table of mounts the kind is not known; the path is whole all the same."""

    def missing(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert drives.lies_on(tmp_path, "register") == (str((tmp_path / "register").resolve()), "")


@pytest.mark.parametrize(("answer", "kind"), [(4, "remote"), (3, "")])
def test_windows_is_asked_for_the_drive(answer: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive letter that stands for another computer's folder is told by the system, not by its name."""
    system = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=lambda _: answer))
    monkeypatch.setattr(ctypes, "windll", system, raising=False)
    assert drives._windows(Path("Z:/project/register")) == kind
