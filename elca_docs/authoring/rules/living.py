"""Rules on places that Word writes itself: field codes and their results, bound content controls, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Tag
from elca_docs.authoring.spots import Flaw, error, hint, warning
from elca_docs.authoring.study import Study
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_STAYS: Final = frozenset({"HYPERLINK", "FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX"})
_PROPERTIES: Final = ("core-properties", "coreProperties")


def tags_in_fields(study: Study) -> Iterator[Flaw]:
    """Each tag in the code of a field, and in a result that Word writes anew when it updates the field."""
    for each in study.word_parts:
        for tag in each.part.tags:
            said = frozenset[str]().union(*(piece.inside for _, piece, _, _ in tag.pieces))
            if all("code" in piece.inside for _, piece, _, _ in tag.pieces):
                message = f"{tag.shown} stands in the code of a field, which shows its value once it is updated"
                yield hint("template-tag-in-field-code", message, tag.spot(), "print the value in the text")
            commands = {name.removeprefix("result of ") for name in said if name.startswith("result of ")}
            for command in sorted(commands - _STAYS):
                yield _in_result(tag, command)


def _in_result(tag: Tag, command: str) -> Flaw:
    message = f"{tag.shown} stands in the result of a field {command}, which Word writes anew when it updates the field"
    if command == "TOC" and tag.kind == "{{":
        return hint(
            "template-tag-in-field-result", message, tag.spot(), "update the table of contents after filling in"
        )
    return warning("template-tag-in-field-result", message, tag.spot(), "write the tag in the text, not in the result")


def bound_controls(study: Study) -> Iterator[Flaw]:
    """Each tag in a content control that is bound to data: Word shows the data, not what is filled in."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if not any("bound control" in piece.inside for _, piece, _, _ in tag.pieces):
                continue
            binding = _binding(tag)
            message = f"{tag.shown} stands in a content control that is bound to data, which Word shows in its place"
            if any(name in binding for name in _PROPERTIES):
                fix = "write the same tag into the document property, or remove the content control"
                yield hint("template-tag-in-bound-control", message, tag.spot(), fix)
            else:
                fix = "remove the content control (Developer, right click, Remove Content Control) and keep its text"
                yield error("template-tag-in-bound-control", message, tag.spot(), fix)


def _binding(tag: Tag) -> str:
    """Return the path of the data that the control around a tag is bound to."""
    element: etree._Element = tag.pieces[0][1].element
    for control in element.iterancestors(f"{{{W}}}sdt"):
        found = control.find(f"{{{W}}}sdtPr/{{{W}}}dataBinding")
        if found is not None:
            return " ".join(map(str, found.attrib.values()))
    return ""


def settings_in_text_boxes(study: Study) -> Iterator[Flaw]:
    """Each {% set in a text box: a text box stands in the file twice, so it is carried out twice."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.keyword == "set" and "fallback" in tag.first.flags:
                message = f"{tag.shown} stands in a text box, which the file holds twice, and is carried out twice"
                yield hint("template-set-in-text-box", message, tag.spot(), "move it to the text before the text box")
