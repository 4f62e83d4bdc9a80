"""Footnotes: the part of a Word file that holds them, made where the template has none, and references to them.

What it writes is real footnotes, numbered and placed by Word. It makes no paragraph of the body.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from elca_docs.model.blocks import Line
from elca_docs.rendering.word_settings import put_setting
from elca_docs.rendering.word_text import Marks, RunningText, element, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement

    from elca_docs.rendering.word_template import StyleSheet

TEXT_STYLE: Final = "Footnote Text"
MARK_STYLE: Final = "Footnote Reference"
_SEPARATORS: Final = (("separator", "-1", "separator"), ("continuationSeparator", "0", "continuationSeparator"))


class Footnotes:
    """The footnotes of one document; nothing is added to it before the first one."""

    def __init__(self, document: Document, sheet: StyleSheet, *, marks: Marks, link_style: str) -> None:
        """Take what all footnotes share."""
        self._document = document
        self._sheet = sheet
        self._marks = marks
        self._link_style = link_style
        self._part: XmlPart | None = None
        self._text: RunningText | None = None
        self._number = 0

    def note(self, spans: Line) -> CT_R:
        """Keep a footnote, and return the run that stands where it is referred to."""
        part, text = self._opened()
        self._number += 1
        made = element("footnote", id=str(self._number))
        words = paragraph(self._sheet[TEXT_STYLE])
        words.append(self._mark("footnoteRef"))
        words.append(run(" "))
        text.add(words, spans)
        made.append(words)
        part.element.append(made)
        return self._mark("footnoteReference", id=str(self._number))

    def _mark(self, tag: str, **attributes: str) -> CT_R:
        made = cast("CT_R", OxmlElement("w:r"))
        made.style = self._sheet[MARK_STYLE]
        made.append(element(tag, **attributes))
        return made

    def _opened(self) -> tuple[XmlPart, RunningText]:
        """Return the part of the footnotes, and what writes into it."""
        if self._part is None or self._text is None:
            self._part = self._found() or self._made()
            ids = (each.get(qn("w:id"), "0") for each in self._part.element.iterchildren(qn("w:footnote")))
            self._number = max(0, *(int(each) for each in ids if each.lstrip("-").isdigit()))
            relate = partial(self._part.relate_to, reltype=RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._text = RunningText(relate=relate, link_style=self._link_style, marks=self._marks)
        return self._part, self._text

    def _found(self) -> XmlPart | None:
        """Return the template's own part as one that can be written, put in its place; None where there is none."""
        for relation in self._document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
                old = cast("Part", relation.target_part)
                new = XmlPart(old.partname, old.content_type, parse_xml(old.blob), old.package)
                for each in old.rels.values():
                    new.rels.add_relationship(each.reltype, each._target, each.rId, each.is_external)  # noqa: SLF001 - an outside target has no public name
                relation._target = new  # noqa: SLF001 - python-docx has no way to replace a part
                return new
        return None

    def _made(self) -> XmlPart:
        """Return a new part with the lines that Word draws above footnotes, which every such part must have."""
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        settings = element("footnotePr")
        for kind, number, line in _SEPARATORS:
            separator = element("footnote", type=kind, id=number)
            words = cast("BaseOxmlElement", OxmlElement("w:p"))
            piece = cast("CT_R", OxmlElement("w:r"))
            piece.append(element(line))
            words.append(piece)
            separator.append(words)
            root.append(separator)
            settings.append(element("footnote", id=number))
        put_setting(self._document, settings)
        name = PackURI("/word/footnotes.xml")
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, root, self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part
