"""Cuts: what a period's figures stood on, kept so that its report can be compiled again. Values and their JSON only.

A cut is named once and for good. Its manifest (`cut.json`) names every file with its digest, and the log holds the
digest of the manifest: so what the log says proves the whole cut. Persons are never in it, because a name must remain
erasable. May not touch a disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from elca_docs.model.values import Day

FORMAT: Final = 1
MANIFEST: Final = "cut.json"
INPUTS: Final = ("records/", "templates/")
"""The folders of which a cut holds files."""
LONGEST: Final = 40
"""Letters of a cut's name: with the names of its files behind it, paths stay within what Windows takes."""
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_RESERVED: Final = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFile:
    """A file of a cut: the SHA-256 of its bytes, and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a cut is and holds: its day, where the log stood, what made it, and every file by name.

    `position` and `head` are those of the log before the cut was entered. `program` is version and digest of the
    program, `libraries` are the versions on which the bytes of a document depend.
    """

    name: str
    as_of: date
    position: int
    head: str
    program: str
    libraries: Mapping[str, str]
    files: Mapping[str, FrozenFile]
    """By path relative to the project folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A whole cut: its manifest, and the bytes of each file by its path relative to the project folder."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)


def is_cut_name(text: str) -> bool:
    """Whether a cut can be named so: letters, digits, point, dash and underscore that every file system takes."""
    return len(text) <= LONGEST and bool(_NAME.fullmatch(text)) and not _RESERVED.fullmatch(text)


def names_persons(name: str) -> bool:
    """Whether a file of a project holds persons, and so may be in no cut: records/people.yaml, or one below people/."""
    return name.removeprefix("records/").partition("/")[0].partition(".")[0].casefold() == "people"


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as it stands in its file; the same manifest gives the same bytes."""
    written = {
        "format": FORMAT,
        "name": manifest.name,
        "as_of": manifest.as_of.isoformat(),
        "position": manifest.position,
        "head": manifest.head,
        "program": manifest.program,
        "libraries": dict(manifest.libraries),
        "files": {name: {"sha256": each.sha256, "size": each.size} for name, each in manifest.files.items()},
    }
    return (json.dumps(written, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()


def manifest_of(data: bytes) -> Manifest:
    """Return the manifest that the bytes of a `cut.json` hold; ValueError where they are none."""
    try:
        said: Any = json.loads(data)
        files = {name: FrozenFile(sha256=each["sha256"], size=each["size"]) for name, each in said["files"].items()}
        manifest = Manifest(
            name=said["name"],
            as_of=Day.parse(said["as_of"]),
            position=said["position"],
            head=said["head"],
            program=said["program"],
            libraries=dict(said["libraries"]),
            files=files,
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "this is no manifest of a cut"
        raise ValueError(message) from error
    if said.get("format") != FORMAT or not all(_is_sound(name, each) for name, each in files.items()):
        message = "this is a manifest of another form"
        raise ValueError(message)
    return manifest


def _is_sound(name: str, file: FrozenFile) -> bool:
    """Whether a file lies below the folders of a cut, and has a digest."""
    parts = name.split("/")
    return name.startswith(INPUTS) and not {"", ".", ".."} & set(parts) and bool(_DIGEST.fullmatch(file.sha256))
