"""Packages: members are taken and put back as they lie in the file, and the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.opc import Member, NotAPackageError, deflated, members_of, packaged, restamped

CONTENTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"text " * 500, "media/é.png": b"\x89PNG"}


def _zipped(contents, *, year=2024, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 3, 1, 12, 30, 0)), content, method)
    return written.getvalue()


def _read(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_members_are_put_back_as_they_were_taken(method):
    """A package of the members of a package holds the same members, in the same order, packed in the same way."""
    package = _zipped(CONTENTS, method=method)
    members = members_of(package)
    assert _read(packaged(members)) == CONTENTS
    assert members_of(packaged(members)) == members
    assert {member.method for member in members} == {method}


def test_the_same_content_gives_the_same_bytes_on_any_day():
    """Only the dates differ, and they are left out."""
    assert restamped(_zipped(CONTENTS, year=1999)) == restamped(_zipped(CONTENTS, year=2030))
    with zipfile.ZipFile(io.BytesIO(restamped(_zipped(CONTENTS)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_restamping_twice_changes_nothing():
    """restamped is idempotent."""
    once = restamped(_zipped(CONTENTS))
    assert restamped(once) == once


@settings(max_examples=30)
@given(st.dictionaries(st.text("aé/._-漢", min_size=1, max_size=8), st.binary(max_size=300), max_size=5))
def test_any_members_survive(contents):
    """Whatever names and contents: what is packaged is read back by Python's own zipfile and by us."""
    contents = {f"m{number}/{name}.x": content for number, (name, content) in enumerate(contents.items())}
    package = packaged(deflated(name, content) for name, content in contents.items())
    assert _read(package) == contents
    assert {member.name: member.content() for member in members_of(package)} == contents


def test_folders_are_left_out():
    """A folder's entry is no member."""
    assert [member.name for member in members_of(_zipped({"word/": b"", "word/a.xml": b"x"}))] == ["word/a.xml"]


def _broken():
    whole = _zipped(CONTENTS)
    local = whole.index(b"PK\x03\x04", 4)
    encrypted = bytearray(whole)
    encrypted[whole.index(b"PK\x01\x02") + 8] |= 1
    return {
        "nothing": b"",
        "garbage": b"no archive at all" * 40,
        "cut off": whole[: len(whole) // 2],
        "without its directory's end": whole[:-10],
        "encrypted": bytes(encrypted),
        "bzip2": _zipped(CONTENTS, method=zipfile.ZIP_BZIP2),
        "moved": whole[:local] + b"XXXX" + whole[local + 4 :],
        "two of one name": packaged([deflated("a.xml", b"1"), deflated("A.xml", b"2")]),
    }


@pytest.mark.parametrize("case", _broken())
def test_what_is_no_whole_package_is_refused(case):
    """One sentence, never another exception."""
    with pytest.raises(NotAPackageError, match=r"^it.* (is|holds|archive)"):
        members_of(_broken()[case])


def test_members_that_overlap_are_refused():
    """The directory may not name the same bytes twice: a small file would unpack to a huge one."""
    package = packaged([deflated("a.xml", bytes(range(256)) * 8)])
    directory = package[package.index(b"PK\x01\x02") : package.index(b"PK\x05\x06")]
    second = directory.replace(b"a.xml", b"b.xml")
    third = directory.replace(b"a.xml", b"c.xml")
    start = package.index(b"PK\x01\x02")
    both = directory + second + third
    end = package[package.index(b"PK\x05\x06") :]
    count = (3).to_bytes(2, "little")
    end = end[:8] + count + count + len(both).to_bytes(4, "little") + end[16:]
    with pytest.raises(NotAPackageError, match="its members overlap"):
        members_of(package[:start] + both + end)


def test_a_member_cut_off_is_refused():
    """The directory may not promise more bytes than there are."""
    package = bytearray(packaged([deflated("a.xml", b"abc")]))
    at = package.index(b"PK\x01\x02") + 20
    package[at : at + 4] = (100_000).to_bytes(4, "little")
    with pytest.raises(NotAPackageError, match="is cut off"):
        members_of(bytes(package))


@pytest.mark.parametrize(
    "member",
    [
        Member("a.xml", 8, zlib.crc32(b"abc"), 3, b"\xff\xff\xff"),
        Member("a.xml", 8, 0, 3, deflated("a.xml", b"abc").packed),
        Member("a.xml", 8, zlib.crc32(b"abc"), 2, deflated("a.xml", b"abc").packed),
        Member("a.xml", 0, zlib.crc32(b"abc"), 4, b"abc"),
    ],
    ids=["not deflated", "wrong check sum", "longer than it says", "shorter than it says"],
)
def test_a_damaged_member_is_refused(member):
    """Content is what the directory says it is, or it is not given."""
    with pytest.raises(NotAPackageError, match=r"'a\.xml' is damaged"):
        member.content()


def test_a_member_is_never_inflated_beyond_its_size():
    """A member that says 10 bytes and holds 10 million costs 11."""
    bomb = deflated("a.xml", b"0" * 10_000_000)
    with pytest.raises(NotAPackageError):
        Member("a.xml", 8, bomb.crc, 10, bomb.packed).content()


def test_level_one_and_nine_hold_the_same():
    """The level changes the size, not the content."""
    content = b"The partners agree on what follows, clause by clause. " * 200
    fast, small = (deflated("a.xml", content, level=level) for level in (1, 9))
    assert fast.content() == small.content() == content
    assert fast.packed != small.packed
