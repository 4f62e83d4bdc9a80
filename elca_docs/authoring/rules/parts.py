"""Rules on whole parts: what is never filled in, what docxtpl alone would get wrong, tables that suffer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import Paragraph, PartReading, Tag
from elca_docs.authoring.spots import Flaw, Spot, error, warning
from elca_docs.authoring.study import PartStudy, Study
from elca_docs.rendering.package import R, W

if TYPE_CHECKING:
    from lxml import etree

_NOTE_PARTS: Final = ("endnotes", "comments")
_FILLED_PROPERTIES: Final = frozenset({"creator", "description", "identifier", "language", "subject", "title"})
_RELATIONSHIP: Final = "Relationship"
_RAW_TAG: Final = re.compile(rb"\{[{%][^{}]*?&(?:quot|apos);")


def unfilled_parts(study: Study) -> Iterator[Flaw]:
    """Each tag in a part that is never filled in: a chart, SmartArt, building blocks, a link's address."""
    for part in study.reading.parts:
        if part.filled:
            continue
        for tag in (*part.tags, *part.halves):
            if tag.kind in {"{{", "{%"}:
                message = f"{tag.shown} stands where nothing is filled in ({_what(part)}), and is sent as it is"
                fix = "move it into the text, a header, a footer, a note or the document properties"
                yield error("template-unfilled-part", message, _spot(study, part, tag), fix)


def _what(part: PartReading) -> str:
    return "the address of a link" if part.label == "links" else part.label


def _spot(study: Study, part: PartReading, tag: Tag) -> Spot:
    """Return where a reader finds it: of a link's address, the paragraph with the link."""
    if part.label != "links" or tag.first.element.tag.rpartition("}")[2] != _RELATIONSHIP:
        return tag.spot()
    folder, _, name = part.member.rpartition("_rels/")
    owner = next((each for each in study.parts if each.part.member == folder + name.removesuffix(".rels")), None)
    found = None if owner is None else _with_link(owner, tag.first.element.get("Id", ""))
    return found.spot() if found else tag.spot()


def _with_link(study: PartStudy, relationship: str) -> Paragraph | None:
    for link in study.part.tree.iter(f"{{{W}}}hyperlink"):
        if link.get(f"{{{R}}}id") == relationship:
            around = next(link.iterancestors(f"{{{W}}}p"), None)
            return None if around is None else study.by_element.get(around)
    return None


def unfilled_by_docxtpl(study: Study) -> Iterator[Flaw]:
    """Each tag in endnotes, comments and further properties: filled in here, and not by docxtpl alone."""
    for each in study.parts:
        part = each.part
        for tag in part.tags:
            name = "" if part.is_word else tag.first.words
            if part.label in _NOTE_PARTS or (name and name not in _FILLED_PROPERTIES):
                where = f"the property {name}" if name else part.label
                message = f"{tag.shown} stands in {where}: it is filled in here, and docxtpl by itself leaves it"
                yield warning(
                    "template-docxtpl-only",
                    message,
                    tag.spot(),
                    "move it into the text if the file is also used elsewhere",
                )


def notes_of_sections(study: Study) -> Iterator[Flaw]:
    """Tags in footnotes of a document with several sections: docxtpl alone would carry out values as tags."""
    sections = 0 if study.body is None else sum(1 for _ in study.body.part.tree.iter(f"{{{W}}}sectPr"))
    for each in study.word_parts:
        if each.part.label == "footnotes" and each.part.tags and sections > 1:
            message = f"the footnotes hold tags and the document has {sections} sections: right here, while docxtpl by "
            message += "itself fills footnotes in once for each section"
            yield warning(
                "template-docxtpl-only",
                message,
                each.part.tags[0].spot(),
                "fill this template in with this program only",
            )


def entities(study: Study) -> Iterator[Flaw]:
    """Each tag with &, or < of a footnote's quotes: right here, and misread by docxtpl alone."""
    contents = {member.name: member for member in study.reading.package.members}
    for each in study.word_parts:
        for tag in each.part.tags:
            if tag.kind != "{#" and "&" in tag.inner:
                message = f"{tag.shown} holds a '&': right here, while docxtpl by itself reads '&amp;'"
                yield warning("template-docxtpl-only", message, tag.spot(), "compare with a text without '&'")
        if each.part.label == "footnotes" and _RAW_TAG.search(contents[each.part.member].content()):
            message = (
                "the footnotes write quotes in tags as LibreOffice does: right here, unreadable for docxtpl by itself"
            )
            yield warning(
                "template-docxtpl-only",
                message,
                each.part.spot(),
                "open the file in Word and save it, if it is also used elsewhere",
            )


def tables_without_grid(study: Study) -> Iterator[Flaw]:
    """Each table of the body without a grid of columns: mended here, and the end of docxtpl alone."""
    if study.body is None or not study.body.part.tags:
        return
    for table in study.body.part.tree.iter(f"{{{W}}}tbl"):
        if table.find(f"{{{W}}}tblGrid") is None:
            message = "the table names no column widths: mended here, while docxtpl by itself stops at it"
            yield warning(
                "template-docxtpl-only", message, _of_table(study.body, table), "open the file in Word and save it"
            )


def controls_around_cells(study: Study) -> Iterator[Flaw]:
    """Each row of the body with a content control around a cell: the row counts as too short, and columns are lost."""
    if study.body is None or not study.body.part.tags:
        return
    for row in study.body.part.tree.iter(f"{{{W}}}tr"):
        if row.find(f"{{{W}}}sdt/{{{W}}}sdtContent/{{{W}}}tc") is not None:
            message = "a content control encloses a whole cell, so the widths of the columns are lost"
            fix = "remove the content control and keep its text, or put it inside the cell"
            yield warning("template-control-around-cell", message, _of_table(study.body, row), fix)


def _of_table(study: PartStudy, element: etree._Element) -> Spot:
    """Return the first paragraph of a table or row."""
    paragraph = next(study.within(element), None)
    return study.part.spot() if paragraph is None else paragraph.spot()
