"""A template with a Word comment at each flaw, for an author who reads Word and no list of messages.

The copy differs from the template by its comments only: runs are cut where a comment begins or ends, and keep their
text and formatting. Word allows no comment in headers, footers, notes and text boxes: what is said of those stands
where the text box is anchored, or at the first paragraph, with the place in words in front. What is said of the first
paragraph of a content control stands around the control, since LibreOffice loses text of it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.anchors import Anchors, control_begun_by, point
from elca_docs.authoring.changed_parts import ChangedParts
from elca_docs.authoring.comment_part import CommentPart
from elca_docs.authoring.paragraphs import Paragraph, PartReading
from elca_docs.authoring.part_source import Splice
from elca_docs.authoring.reading import Reading, read_template
from elca_docs.authoring.spots import Flaw, Spot
from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.rendering.package import W

if TYPE_CHECKING:
    from lxml import etree

_BODY: Final = f"{{{W}}}body"
_MARKS: Final = tuple(f"{{{W}}}comment{kind}" for kind in ("RangeStart", "RangeEnd", "Reference"))
_NOWHERE: Final = frozenset({"text box", "fallback"})
_SAVE: Final = "open it in Word or LibreOffice and save it as a Word document (.docx)"


def marked_copy(data: bytes, flaws: Iterable[Flaw], *, name: str) -> bytes:
    """Return the template with a comment at each flaw: its sentence, and what to do; without flaws the template itself.

    The flaws are those of this very file. A flaw over several paragraphs is marked to the end of its first one. The
    comments that the file has stay; all parts but the body, the comments and what names them keep their bytes.

    TemplateError: template-unreadable, template-too-large, template-doctype, template-not-word.
    """
    found = tuple(flaws)
    if not found:
        return data
    reading = read_template(data, name=name)
    body = _body_of(reading)
    parts = ChangedParts(reading.package)
    anchors = Anchors(parts.source(body.member))
    comments = CommentPart(parts, body.member)
    marking = _Marking(body, anchors, comments)
    for flaw in found:
        marking.mark(flaw)
    parts.splice(body.member, [*anchors.splices(), *_new_paragraph(marking.homeless, body, parts)])
    comments.write()
    return parts.document()


def unmarked_copy(data: bytes, *, name: str) -> bytes:
    """Return a marked copy without the comments of `marked_copy`; a file that has none is returned as it is.

    Other comments stay. What an author changed in the copy stays too, so that it can be checked, and marked, anew.
    TemplateError as `marked_copy`.
    """
    reading = read_template(data, name=name)
    body = _body_of(reading)
    parts = ChangedParts(reading.package)
    comments = CommentPart(parts, body.member)
    own = comments.own()
    if not own:
        return data
    source = parts.source(body.member)
    marks = (mark for mark in body.tree.iter(*_MARKS) if mark.get(f"{{{W}}}id", "") in own)
    gone = dict.fromkeys(source.of(_with_run(mark)) for mark in marks)
    parts.splice(body.member, [Splice(extent.start, extent.end, "") for extent in gone])
    comments.remove()
    return parts.document()


def _with_run(mark: etree._Element) -> etree._Element:
    """Return the run that a comment's sign is alone in; else the sign, or the end of a range, itself."""
    run = mark.getparent()
    if run is None or run.tag != f"{{{W}}}r":
        return mark
    others = [each for each in run if each is not mark and each.tag != f"{{{W}}}rPr"]
    return mark if others else run


def _body_of(reading: Reading) -> PartReading:
    for part in reading.parts:
        if part.label == "body" and part.tree.find(_BODY) is not None:
            return part
    problem = Problem("template-not-word", "the file is not a Word document", Location(reading.name), _SAVE)
    raise TemplateError(problem)


class _Marking:
    """Puts comments where a body allows them; `homeless` are the numbers of those that no paragraph could take."""

    def __init__(self, body: PartReading, anchors: Anchors, comments: CommentPart) -> None:
        self._body = body
        self._anchors = anchors
        self._comments = comments
        self._by_element = {paragraph.element: paragraph for paragraph in body.paragraphs}
        self.homeless: list[int] = []

    def mark(self, flaw: Flaw) -> None:
        """Add one comment."""
        paragraph = self._paragraph_of(flaw.spot)
        if paragraph is not None and _takes_comments(paragraph):
            number = self._comments.add(_said(flaw, ""))
            self._anchors.around(number, paragraph, flaw.spot.start, flaw.spot.end)
            return
        control = None if paragraph is None or paragraph.flags & _NOWHERE else control_begun_by(paragraph)
        behind = None if control is None else control.getnext()
        follower = None if behind is None else self._by_element.get(behind)
        if control is not None and follower is not None:
            self._anchors.around_control(self._comments.add(_said(flaw, "")), control, follower)
            return
        number = self._comments.add(_said(flaw, str(flaw.spot)))
        near = self._near(paragraph)
        if near is None:
            self.homeless.append(number)
        else:
            self._anchors.at_beginning(number, near)

    def _paragraph_of(self, spot: Spot) -> Paragraph | None:
        """Return the paragraph of the body that a place names."""
        if spot.member != self._body.member or not 0 <= spot.paragraph < len(self._body.paragraphs):
            return None
        return self._body.paragraphs[spot.paragraph]

    def _near(self, paragraph: Paragraph | None) -> Paragraph | None:
        """Return the paragraph that anchors a text box, or the nearest one; of another part the first of the body."""
        while paragraph is not None and paragraph.owner is not None:
            paragraph = paragraph.owner
        number = 0 if paragraph is None else paragraph.number
        paragraphs = self._body.paragraphs
        nearest = (*reversed(paragraphs[: number + 1]), *paragraphs[number + 1 :])
        return next((each for each in nearest if _takes_comments(each)), None)


def _takes_comments(paragraph: Paragraph) -> bool:
    return not paragraph.flags & _NOWHERE and control_begun_by(paragraph) is None


def _said(flaw: Flaw, place: str) -> list[str]:
    """Return the paragraphs of a comment."""
    fix = f"Fix: {flaw.fix}" if flaw.fix else ""
    return [each for each in (f"{place}:" if place else "", flaw.message, fix) if each]


def _new_paragraph(numbers: list[int], body: PartReading, parts: ChangedParts) -> list[Splice]:
    """Return what a body without any paragraph gets, so that the comments have a place."""
    root = body.tree.find(_BODY)
    if not numbers or root is None:
        return []
    source = parts.source(body.member)
    extent = source.of(root)
    written = f'<w:p xmlns:w="{W}">{"".join(map(point, numbers))}</w:p>'
    if extent.inner < extent.end:
        return [Splice(extent.inner, extent.inner, written)]
    return [Splice(extent.start, extent.end, f"{source.head(root)}{written}</{source.name(root)}>")]
