"""Which file holds what: the files of a project folder sorted by kind, and those that nothing reads.

Only names are looked at. Files outside records/ are none of this room's business; hidden files and those that
editors keep beside an open one are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from elca_docs.errors import Location, Problem
from elca_docs.records.kinds import FOLDER, KIND_BY_STEM
from elca_docs.records.near import Vocabulary
from elca_docs.records.text import composed, forbidden_character, shown

_PASSED_OVER = (".", "~", "#")
_DEPTH_OF_A_NARRATIVE = 3
_LONGEST = 300
"""Letters of a path in a message; file systems take 255 for one name."""
_YAML = (".yaml", ".yml")


@dataclass(slots=True)
class Layout:
    """Paths by the stem of their kind, in order; narratives by deliverable and file name; the files nothing reads."""

    files: dict[str, list[str]] = field(default_factory=dict)
    narratives: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def layout_of(paths: Iterable[str]) -> Layout:
    """Return what each path is for; order of the paths never matters."""
    layout = Layout()
    for path in sorted(paths):
        parts = path.removeprefix(FOLDER).split("/")
        if not path.startswith(FOLDER) or any(part.startswith(_PASSED_OVER) for part in parts):
            continue
        if path.lower().endswith((*_YAML, ".md")) and (character := _forbidden_in(path)):
            layout.problems.append(_unnameable(path, character))
        elif path.endswith(".md") and parts[0] == "deliverables" and len(parts) == _DEPTH_OF_A_NARRATIVE:
            layout.narratives[composed(parts[1]), composed(parts[2])] = path
        elif path.lower().endswith(_YAML):
            stem = stem_of(parts)
            if stem:
                layout.files.setdefault(stem, []).append(path)
            else:
                layout.problems.append(_unread(path, parts))
    return layout


def stem_of(parts: list[str]) -> str | None:
    """Return the stem of the kind that a path below records/ holds, or None where nothing reads it."""
    name = parts[-1]
    if not name.endswith(".yaml"):
        return None
    stem = name.removesuffix(".yaml") if len(parts) == 1 else parts[0]
    kind = KIND_BY_STEM.get(stem)
    shapes = {1: ("single", "list"), 2: ("list", "folder")}.get(len(parts), ())
    return stem if kind and kind.shape in shapes else None


def _forbidden_in(path: str) -> str | None:
    """Return the name of the first character that no message could show: a control character, a lost letter."""
    return forbidden_character(path.replace("\n", "\x00").replace("\r", "\x00"))


def _unnameable(path: str, character: str) -> Problem:
    message = f"the name of the file {shown(path, _LONGEST)} holds the character {character}"
    fix = "rename the file; until then it is not read"
    return Problem("unsafe-name", message, Location(shown(path, _LONGEST)), fix)


def _unread(path: str, parts: list[str]) -> Problem:
    message = f"nothing reads {shown(path, _LONGEST)}"
    stem = parts[0].rpartition(".")[0] if len(parts) == 1 else parts[0]
    near = Vocabulary(KIND_BY_STEM).nearest(stem)
    kind = KIND_BY_STEM.get(near or "")
    if kind is None:
        fix = f"the files are {', '.join(f'{each}.yaml' for each in KIND_BY_STEM)}; deliverables/ID.yaml for each"
    elif kind.shape == "folder":
        fix = f"did you mean {FOLDER}{kind.stem}/ID.yaml?"
    elif kind.shape == "list" and len(parts) == 2:  # noqa: PLR2004 - a folder and a file
        fix = f"did you mean {FOLDER}{kind.stem}/{parts[1].rpartition('.')[0]}.yaml?"
    else:
        fix = f"did you mean {FOLDER}{kind.stem}.yaml?"
    return Problem("unknown-file", message, Location(path), fix)
