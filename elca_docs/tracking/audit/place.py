"""Where the register lies: on a drive or in a folder that other computers write to without this program.

    own disk                 nothing to say
    network drive            several offices may write at once: a segment is put by exclusive create, so no number is
                             given twice; but a break in the line can leave a torn file, and a cache can show old files
    synchronised folder      two offices that work apart each write the same segment, and the sync keeps one of them
                             aside: the program notices (log-fork), but only after a number may have been given twice

The path and the kind of file system are asked of the caller. May not look at the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.tracking.audit.check import Check

NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "davfs",
        "9p",
        "ncpfs",
        "glusterfs",
        "ceph",
        "remote",
    }
)
"""Kinds of file system that other computers write to; "remote" is what Windows says of a drive letter."""
_SYNCED: Final = re.compile(
    r"(onedrive|sharepoint|dropbox|google ?drive|googledrive|icloud ?drive|mobile documents|nextcloud|owncloud|seafile"
    r"|syncthing|box sync|pcloud)[^/\\]*",
    re.IGNORECASE,
)


def place(path: str, filesystem: str) -> Check:
    """Return whether the register lies where others may write to it apart.

    `path` is the whole path of register/, `filesystem` the kind of file system it lies on, "" where that is not known.
    """
    return Check(name="place", looked_at=filesystem or "not known", findings=tuple(_findings(path, filesystem.lower())))


def _findings(path: str, filesystem: str) -> Iterator[Finding]:
    parts = re.split(r"[/\\]", path)
    synced = next((each for each in parts if _SYNCED.match(each)), "")
    if synced:
        yield Finding(
            code="register-in-sync-folder",
            severity="warning",
            message=f"the register lies in '{synced}', which copies files between computers: two that work at the same "
            "time can each give the same number",
            location=Location("register"),
            fix="let one computer write at a time and wait for the sync, or keep register/ on one disk",
        )
    if path.startswith(("\\\\", "//")) or filesystem in NETWORK or filesystem.startswith("fuse."):
        kind = f" ({filesystem})" if filesystem else ""
        yield Finding(
            code="register-on-network",
            severity="warning",
            message=f"the register lies on a drive of the network{kind}: numbers stay single, but a break in the line "
            "can leave a file torn, and others may see an older state for some seconds",
            location=Location("register"),
            fix="keep a copy of register/ on another disk, and run invoke verify --read-data after a break",
        )
