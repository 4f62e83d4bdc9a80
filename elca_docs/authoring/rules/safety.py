"""Rules on what a template may not contain or do: those that rendering keeps, told here with a place in words."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.authoring.paragraphs import PartReading
from elca_docs.authoring.spots import WHOLE_FILE, Flaw, Spot, error, hint
from elca_docs.authoring.study import Study
from elca_docs.errors import Problem
from elca_docs.rendering import syntax
from elca_docs.rendering.environment import filter_names
from elca_docs.rendering.run import CLOSE, OPEN
from elca_docs.rendering.threats import FETCHING_FIELDS, RULES

_ATTACHED = "/attachedTemplate"


def threats(study: Study) -> Iterator[Flaw]:
    """Macros, controls, embedded objects, links to files, fields that fetch: the file is refused for each."""
    for rule in RULES:
        for problem in rule(study.reading.package):
            yield error(problem.code, problem.message, _spot(study, problem), problem.fix)


def _spot(study: Study, problem: Problem) -> Spot:
    """Return the place of a problem: of a field the paragraph that its code stands in."""
    member = problem.location.place if problem.location else ""
    part = study.reading.by_member.get(member)
    if part is None:
        return Spot(member=member, label=member or WHOLE_FILE)
    if problem.code == "template-fetching-field":
        return next(_fetching(part), part.spot())
    return part.spot()


def _fetching(part: PartReading) -> Iterator[Spot]:
    for paragraph in part.paragraphs:
        code = "".join(piece.text for piece in paragraph.pieces if "code" in piece.inside)
        if FETCHING_FIELDS & set(code.upper().split()):
            yield paragraph.spot()


def forbidden(study: Study) -> Iterator[Flaw]:
    """Private names, other files, unescaped output, and filters and tests that do not exist."""
    filters = filter_names(None)
    for each in study.parts:
        if each.source.tree is None:
            continue
        for fault in syntax.faults(each.source.tree, filters):
            tag = each.source.tag_at(fault.line)
            yield error(fault.code, fault.message, tag.spot() if tag else each.part.spot(), fault.fix)


def marked_characters(study: Study) -> Iterator[Flaw]:
    """Each character that rendering uses to mark placeholders."""
    for each in study.word_parts:
        for paragraph in each.part.paragraphs:
            if each.part.tags and any(OPEN in piece.text or CLOSE in piece.text for piece in paragraph.pieces):
                message = "the text holds a character that marks placeholders"
                yield error("template-forbidden", message, paragraph.spot(), "take it out")


def attached_template(study: Study) -> Iterator[Flaw]:
    """The path of an attached Word template: left out of every document, so that none points to a folder."""
    for member, tree in study.reading.package.trees.items():
        if member.endswith(".rels") and any(each.get("Type", "").endswith(_ATTACHED) for each in tree):
            message = "the file names a Word template it was made from; documents are made without that name"
            fix = "choose Developer, Document Template, Normal in Word"
            yield hint("template-attached-template", message, Spot(member=member, label=WHOLE_FILE), fix)
