"""Where the register lies: own disks are silent, drives of the network and synchronised folders are warned of."""

from __future__ import annotations

import pytest

from elca_docs.tracking.audit import place


@pytest.mark.parametrize(
    ("path", "filesystem", "codes"),
    [
        ("/home/office/project/register", "ext4", []),
        ("C:\\Users\\office\\project\\register", "", []),
        ("D:\\Boxes\\drop\\register", "", []),
        ("/mnt/usb/register", "fuseblk", []),
        ("/mnt/share/register", "nfs4", ["register-on-network"]),
        ("/mnt/share/register", "CIFS", ["register-on-network"]),
        ("/mnt/share/register", "fuse.sshfs", ["register-on-network"]),
        ("Z:\\project\\register", "remote", ["register-on-network"]),
        ("\\\\server\\share\\register", "", ["register-on-network"]),
        ("C:\\Users\\office\\OneDrive - Example\\project\\register", "", ["register-in-sync-folder"]),
        ("/Users/office/Dropbox/register", "apfs", ["register-in-sync-folder"]),
        ("/home/office/Nextcloud/register", "ext4", ["register-in-sync-folder"]),
        ("\\\\server\\SharePoint\\register", "", ["register-in-sync-folder", "register-on-network"]),
    ],
)
def test_a_place_that_others_write_to_is_warned_of(path: str, filesystem: str, codes: list[str]) -> None:
    """By the folder's name, the form of the path, or the kind of file system; always a warning with a way out."""
    found = place(path, filesystem).findings
    assert [each.code for each in found] == codes
    assert all(each.severity == "warning" and each.fix for each in found)
