"""Rules on names that become files or numbers: templates, folders, narratives, the places of a mask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elca_docs.errors import Problem
from elca_docs.records.gathered import Gathered
from elca_docs.records.near import Vocabulary
from elca_docs.records.text import shown

_PLAIN = re.compile(r"[^\W_][\w .+-]*(?<![. ])")
_ENDING = re.compile(r"\.(docx|dotx|doc|docm)", re.IGNORECASE)
_IN_NUMBERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\..*)?", re.IGNORECASE)
_DEEPEST_HEADING = 3


def templates_and_folders_are_plain_names(gathered: Gathered) -> Iterator[Problem]:
    """A template and a folder are named without path and ending, in letters that every file system takes."""
    for path, name in _names(gathered):
        at = gathered.place(*path)
        if _ENDING.search(name[-5:]):
            message = f"the template '{shown(name)}' is named with its ending"
            yield Problem("unsafe-name", message, at, f"write '{shown(_ENDING.sub('', name))}'")
        elif not _PLAIN.fullmatch(name) or _RESERVED.fullmatch(name):
            message = f"'{shown(name)}' cannot be the name of a file or folder"
            fix = "write letters, digits, spaces and . _ + - only, without a path"
            yield Problem("unsafe-name", message, at, fix)


def numbers_can_be_file_names(gathered: Gathered) -> Iterator[Problem]:
    """What the masks put into numbers is safe in a file name, and the two kinds of number can be told apart."""
    project = gathered.project
    if project is None:
        return
    masks = project.reference_mask.text + project.register_mask.text
    for place, value, path in (
        ("{acronym}", project.acronym, ("project", "acronym")),
        ("{grant}", project.grant_number, ("project", "grant_number")),
        *(("{class}", each.id, ("project", "classes", each.id, "id")) for each in project.classes),
        *(("{partner}", each.id, ("partners", each.id, "id")) for each in gathered.partners),
    ):
        if place in masks and not _IN_NUMBERS.fullmatch(value):
            message = f"'{shown(value)}' stands in numbers ({place}) and cannot be part of a file name"
            fix = f"write letters, digits and . _ + - only, or take {place} out of the masks"
            yield Problem("unsafe-name", message, gathered.place(*path), fix)
    if project.reference_mask == project.register_mask:
        message = "references and register numbers have the same pattern"
        fix = "let one of the two begin differently, such as R-{year}-{seq:03}"
        yield Problem("same-masks", message, gathered.place("project", "register_mask"), fix)


def narratives_are_there(gathered: Gathered) -> Iterator[Problem]:
    """Every narrative that a section names is a Markdown file in the folder of its deliverable."""
    for deliverable in gathered.deliverables:
        there = [name for owner, name in gathered.narratives if owner == deliverable.id]
        for index, section in enumerate(deliverable.sections):
            if section.narrative and section.narrative not in there:
                message = f"section '{shown(section.heading)}' of {deliverable.id} names '{shown(section.narrative)}', "
                message += "which is not there"
                fix = f"write it as records/deliverables/{deliverable.id}/{shown(section.narrative)}"
                at = gathered.place("deliverables", deliverable.id, "sections", str(index), "narrative")
                yield Problem("missing-narrative", message, at, Vocabulary(there).did_you_mean(section.narrative, fix))


def headings_have_a_level(gathered: Gathered) -> Iterator[Problem]:
    """A section's heading is of level 1, 2 or 3."""
    for deliverable in gathered.deliverables:
        for index, section in enumerate(deliverable.sections):
            if not 1 <= section.level <= _DEEPEST_HEADING:
                message = f"section '{shown(section.heading)}' of {deliverable.id} has the level {section.level}"
                at = gathered.place("deliverables", deliverable.id, "sections", str(index), "level")
                yield Problem("bad-value", message, at, "write 1, 2 or 3")


def _names(gathered: Gathered) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every name of a template or folder with its place."""
    for class_ in gathered.project.classes if gathered.project else ():
        yield ("project", "classes", class_.id, "template"), class_.template
        if class_.folder:
            yield ("project", "classes", class_.id, "folder"), class_.folder
    for deliverable in gathered.deliverables:
        yield ("deliverables", deliverable.id, "template"), deliverable.template
