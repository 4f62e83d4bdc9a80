"""Manifests of cuts: what is written reads back, and what is no manifest is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.cuts import (
    LONGEST,
    FrozenFile,
    Manifest,
    is_cut_name,
    manifest_bytes,
    manifest_of,
    names_persons,
)

FILE = FrozenFile(sha256="a" * 64, size=3)
MANIFEST = Manifest(
    name="P3",
    as_of=date(2022, 2, 28),
    position=7,
    head="b" * 64,
    program="0.1.0+abc",
    libraries={"lxml": "5"},
    files={"records/project.yaml": FILE},
)


@settings(max_examples=50)
@given(
    position=st.integers(0, 10**6),
    as_of=st.dates(),
    names=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1), max_size=4),
)
def test_what_is_written_reads_back(position: int, as_of: date, names: list[str]) -> None:
    """Whatever the names of the files: the manifest is the same, and so are its bytes."""
    files = {f"records/x{name}.md": FILE for name in names}
    manifest = Manifest(
        name="P", as_of=as_of, position=position, head="", program="p", libraries={"zlib": "1"}, files=files
    )
    data = manifest_bytes(manifest)
    assert manifest_of(data) == manifest
    assert manifest_bytes(manifest_of(data)) == data


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"as_of": "yesterday"},
        {"files": {"records/../../x": {"sha256": "a" * 64, "size": 1}}},
        {"files": {"/etc/x": {"sha256": "a" * 64, "size": 1}}},
        {"files": {"records/x": {"sha256": "../x", "size": 1}}},
        {"files": ["records/x"]},
        {"name": None, "libraries": 5},
    ],
)
def test_what_is_no_manifest_is_refused(change: dict[str, object]) -> None:
    """Another form, no day, a file outside the two folders: ValueError and nothing else."""
    said = json.loads(manifest_bytes(MANIFEST)) | change
    with pytest.raises(ValueError):  # noqa: PT011 - the caller needs no more
        manifest_of(json.dumps(said).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_bytes_that_are_no_manifest_are_refused(data: bytes) -> None:
    """Half a file, another file, a bomb: ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011 - as above
        manifest_of(data)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("P3", True), ("2022-02-28", True), ("D3.1", True), ("a", True), ("x" * LONGEST, True),
        ("x" * (LONGEST + 1), False), ("", False), (".staged", False), ("a.", False), ("a ", False), ("a/b", False),
        ("a\\b", False), ("..", False), ("CON", False), ("nul.x", False), ("É", False), ("a\n", False), ("-x", False),
    ],
)  # fmt: skip
def test_a_cut_is_named_as_every_system_can_name_a_folder(name: str, good: bool) -> None:  # noqa: FBT001 - the answer
    """Neither a path, nor a reserved name, nor one that Windows would shorten; hidden ones are the program's."""
    assert is_cut_name(name) is good


@given(st.text(max_size=LONGEST + 1))
def test_a_good_name_is_one_part_of_a_path(name: str) -> None:
    """On Windows as elsewhere."""
    assert not is_cut_name(name) or PureWindowsPath("c", name).parts == ("c", name)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("records/people.yaml", True),
        ("records/people/a.yaml", True),
        ("records/People.yml", True),
        ("records/partners.yaml", False),
        ("records/deliverables/D/people.md", False),
        ("templates/people.docx", False),
    ],
)
def test_persons_are_known_by_the_files_name(name: str, held: bool) -> None:  # noqa: FBT001 - the answer
    """Records of persons, and nothing else."""
    assert names_persons(name) is held
