"""The Word file that a `templates.` task is given, and how all of them tell what they found and wrote.

A file is known by its place in the project wherever the user stands and however its path is spelt, so that each task
says the same of it. Copies that the kit makes (`….marked.docx`, `….mended.docx`) bear the name of what they copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from elca_docs.authoring import Flaw, Spot
from elca_docs.errors import Problem, RequestError
from elca_docs.model.findings import SEVERITIES
from elca_docs.model.values import LANGUAGES
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workspace import TEMPLATE_LIMIT

_COPIES: Final = (".marked", ".mended")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """A Word file: its name in the project, or the path as typed where it lies outside, and its bytes."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """Its name without folder and ending, and without what the kit puts behind the name of a copy."""
        stem = PurePath(self.name.replace("\\", "/")).stem
        while stem.endswith(_COPIES):
            stem = stem.rpartition(".")[0]
        return stem

    @property
    def template(self) -> str:
        """The name that a class gives its template: `cooperation` of cooperation.es.docx."""
        return self.stem.partition(".")[0]

    @property
    def language(self) -> str:
        """The language in its name, empty where none stands there."""
        found = self.stem.partition(".")[2]
        return found if found in LANGUAGES else ""


def template_file(desk: Desk, file: str, *, flag: str = "--file") -> TemplateFile:
    """Return the file that a flag names: one of the project, or one where the user stands.

    RequestError where none is named; WorkspaceError where it is not there or cannot be read.
    """
    if not file:
        message = "no Word file is named"
        raise RequestError(Problem("flags-unclear", message, fix=f"add {flag} templates/agreements/NAME.docx"))
    if name := desk.workspace.inside(file):
        return TemplateFile(name=name, data=desk.workspace.read(name, TEMPLATE_LIMIT))
    return TemplateFile(name=file, data=desk.workspace.outside(file, TEMPLATE_LIMIT))


def written(desk: Desk, name: str, document: bytes) -> str:
    """Write a file below output/, what a person changed kept aside; return the line that says so."""
    renewed = desk.workspace.renew(name, document)
    return f"{'wrote' if renewed.written else 'unchanged:'} output/{name}{kept(renewed.aside)}"


def counted(flaws: Iterable[Flaw]) -> str:
    """Return how many errors, warnings and hints there are, in words; nothing where there is none."""
    counts = Counter(flaw.severity for flaw in flaws)
    return ", ".join(f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in SEVERITIES if counts[each])


def flaw_lines(flaw: Flaw) -> Iterator[str]:
    """Yield a flaw with its place and fix, a line each."""
    yield f"  {flaw.severity}: {flaw.spot}"
    yield f"    {flaw.code}: {flaw.message}"
    if flaw.fix:
        yield f"    fix: {flaw.fix}"


def flaw_json(flaw: Flaw) -> Mapping[str, object]:
    """Return a flaw for another program."""
    said = {"code": flaw.code, "severity": flaw.severity, "message": flaw.message, "fix": flaw.fix}
    return {**said, **place_json(flaw.spot)}


def place_json(spot: Spot) -> Mapping[str, object]:
    """Return a place for another program: the part, the place in words, and the text there."""
    place = f"{spot.label}, {spot.words}" if spot.words else spot.label
    return {"part": spot.member, "place": place, "text": spot.text}
