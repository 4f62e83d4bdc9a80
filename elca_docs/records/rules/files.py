"""Rules on names that become files or numbers: templates, folders, narratives, the places of a mask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from elca_docs.errors import Problem
from elca_docs.model.page_code import AMENDMENT_LENGTH, REFERENCE_LENGTH, codable
from elca_docs.model.parties import Partner
from elca_docs.model.project import Project
from elca_docs.records.gathered import Gathered
from elca_docs.records.near import Vocabulary
from elca_docs.records.text import shown

_PLAIN = re.compile(r"[^\W_][\w .+-]*(?<![. ])")
_ENDING = re.compile(r"\.(docx|dotx|doc|docm)", re.IGNORECASE)
_IN_NUMBERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\..*)?", re.IGNORECASE)
_DEEPEST_HEADING = 3
_HIGHEST = 999  # agreements of one series; a mask with {seq:04} has room for more
_LONGEST_NAME = 60
_LONGEST_NUMBER = 80
"""Letters of a folder's or template's name, and of a register number: with the names around them, paths stay within
what Windows takes."""
LEADS_WORKBOOK = "lead"
"""The workbook of who sees all, beside those of the partners (`sheets.write`)."""


def templates_and_folders_are_plain_names(gathered: Gathered) -> Iterator[Problem]:
    """A template and a folder are named without path and ending, in letters that every file system takes."""
    for path, name in _names(gathered):
        at = gathered.place(*path)
        if _ENDING.search(name[-5:]):
            message = f"the template '{shown(name)}' is named with its ending"
            yield Problem("unsafe-name", message, at, f"write '{shown(_ENDING.sub('', name))}'")
        elif len(name) > _LONGEST_NAME:
            message = f"'{shown(name)}' has {len(name)} letters, too many for the name of a file or folder"
            yield Problem("unsafe-name", message, at, f"write at most {_LONGEST_NAME} letters")
        elif not _PLAIN.fullmatch(name) or _RESERVED.fullmatch(unicodedata.normalize("NFKC", name)):
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


def references_fit_the_code_on_each_page(gathered: Gathered) -> Iterator[Problem]:
    """Every reference, an amendment's with it, fits into the code printed on each page sent for signature."""
    references = _longest_references(gathered.project, gathered.partners) if gathered.project else []
    at = gathered.place("project", "reference_mask")
    for reference in references:
        odd = [sign for sign in reference if not codable(sign)]
        if odd:
            message = f"references such as {reference} hold '{odd[0]}', which a page's code cannot carry"
            yield Problem(
                "reference-not-codable", message, at, "write . or - in reference_mask, and in the ids it takes"
            )
            return
    longest = max(references, key=len, default="")
    most = REFERENCE_LENGTH - AMENDMENT_LENGTH
    if len(longest) > most:
        message = f"references such as {longest} have {len(longest)} characters; at most {most} fit into a page's code"
        fix = (
            "leave a place such as {grant} or {acronym} out of reference_mask, or give classes and partners shorter ids"
        )
        yield Problem("reference-not-codable", message, at, fix)


def _longest_references(project: Project, partners: Sequence[Partner]) -> list[str]:
    """Return the longest reference of each class and partner; none where another rule refuses what it would hold."""
    places = {"acronym": project.acronym, "grant": project.grant_number, "year": "0000"}
    classes, ids = [str(each.id) for each in project.classes], [str(each.id) for each in partners]
    try:
        return [
            project.reference_mask.number(_HIGHEST, **places, **{"class": class_, "partner": partner})
            for class_, partner in product(classes or ["X"], ids or ["X"])
        ]
    except ValueError:
        return []


def numbers_are_short_enough(gathered: Gathered) -> Iterator[Problem]:
    """No register number grows too long for the name of a file, whoever signs; a reference has less room still."""
    project = gathered.project
    if project is None:
        return
    filled = project.register_mask.text
    longest = {
        "acronym": project.acronym,
        "grant": project.grant_number,
        "class": max((each.id for each in project.classes), key=len, default=""),
        "partner": max((each.id for each in gathered.partners), key=len, default=""),
    }
    for place, value in longest.items():
        filled = filled.replace(f"{{{place}}}", value)
    if len(filled) > _LONGEST_NUMBER:
        message = f"numbers like '{shown(filled)}' have {len(filled)} letters, too many for the name of a file"
        fix = f"shorten the mask, the acronym or the ids in it to {_LONGEST_NUMBER} letters in all"
        yield Problem("unsafe-name", message, gathered.place("project", "register_mask"), fix)


def workbooks_have_names_of_their_own(gathered: Gathered) -> Iterator[Problem]:
    """No partner's workbook, which is named by the partner's id, would lie where the lead's own lies."""
    for partner in gathered.partners:
        if partner.id.casefold() == LEADS_WORKBOOK:
            message = f"the partner '{partner.id}' would have a workbook of the lead's name, {LEADS_WORKBOOK}.xlsx"
            at = gathered.place("partners", partner.id, "id")
            yield Problem("unsafe-name", message, at, "give the partner another id")


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
