"""Office files as packages: the members of a ZIP archive, taken and put back as they lie in the file.

Exists so that an unchanged member is never inflated and deflated again, and so that the same content always gives the
same bytes: every member is dated 1980-01-01, the first day a ZIP archive can name. Knows no path, and nothing of Word
or Excel. Source: ISO/IEC 29500-2 (Open Packaging Conventions), PKWARE APPNOTE 6.3.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STORED = 0
DEFLATED = 8
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_FIRST_DAY = 0x21
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
)


class NotAPackageError(ValueError):
    """The bytes are not a package that can be read; the message is one sentence without a place."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a package: its name, and its content as it lies in the file (`packed`, by `method`)."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes = field(repr=False)
    local: bytes = field(init=False, repr=False, compare=False)
    central: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out both headers once: a template's static members are written with every document."""
        name = self.name.encode()
        flags = 0 if self.name.isascii() else _UTF8_NAME
        common = (_VERSION, flags, self.method, 0, _FIRST_DAY, self.crc, len(self.packed), self.size, len(name))
        object.__setattr__(self, "local", _LOCAL.pack(b"PK\x03\x04", *common, 0) + name)
        entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, 0, 0)
        object.__setattr__(self, "central", entry[:-4] + name)

    def content(self) -> bytes:
        """Return the content, never more of it than `size` says; NotAPackageError when it is damaged."""
        found = self.packed if self.method == STORED else _inflated(self)
        if len(found) != self.size or zlib.crc32(found) != self.crc:
            message = f"its member '{self.name}' is damaged"
            raise NotAPackageError(message)
        return found


def _inflated(member: Member) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(member.packed, member.size + 1)
    except zlib.error as error:
        message = f"its member '{member.name}' is damaged"
        raise NotAPackageError(message) from error


def deflated(name: str, content: bytes, *, level: int = 6) -> Member:
    """Return a member with this content, deflated at a level from 1 (fast) to 9 (small)."""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = press.compress(content) + press.flush()
    return Member(name, DEFLATED, zlib.crc32(content), len(content), packed)


def members_of(package: bytes) -> tuple[Member, ...]:
    """Return the members in the order of the package's directory, nothing inflated; folders are left out.

    NotAPackageError for anything but a whole, unencrypted archive of stored or deflated members, each name once.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            entries = archive.infolist()
    except _UNREADABLE as error:
        message = "it is not a ZIP archive, or it is cut off"
        raise NotAPackageError(message) from error
    if not all(entry.filename for entry in entries):
        message = "it holds a member without a name"
        raise NotAPackageError(message)
    members = tuple(_member(package, entry) for entry in entries if not entry.is_dir())
    if len({member.name.casefold() for member in members}) < len(members):
        message = "it holds two members of one name"
        raise NotAPackageError(message)
    if sum(len(member.packed) for member in members) > len(package):
        message = "its members overlap"
        raise NotAPackageError(message)
    return members


def _member(package: bytes, entry: zipfile.ZipInfo) -> Member:
    """Return one member; the local header only says where the content begins, the directory says the rest."""
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (STORED, DEFLATED):
        message = f"its member '{entry.filename}' is encrypted or packed in an unusual way"
        raise NotAPackageError(message)
    header = package[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        message = f"its member '{entry.filename}' is not where the directory says"
        raise NotAPackageError(message)
    name_length, extra_length = _LOCAL.unpack(header)[-2:]
    start = entry.header_offset + _LOCAL.size + name_length + extra_length
    packed = package[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        message = f"its member '{entry.filename}' is cut off"
        raise NotAPackageError(message)
    return Member(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)


def packaged(members: Iterable[Member]) -> bytes:
    """Return a package of these members in this order; the same members always give the same bytes."""
    written: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        written += (member.local, member.packed)
        # The name follows the offset in the directory, so the header is cut where the offset belongs.
        fixed = _CENTRAL.size - 4
        directory.append(member.central[:fixed] + offset.to_bytes(4, "little") + member.central[fixed:])
        offset += len(member.local) + len(member.packed)
    listing = b"".join(directory)
    count = len(directory)
    return b"".join((*written, listing, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)))


def restamped(package: bytes) -> bytes:
    """Return the same members with fixed dates, so that the same content gives the same bytes on any day."""
    return packaged(members_of(package))
