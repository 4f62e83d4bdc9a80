"""The Word file a deliverable is written into: opened and searched for its styles and the width of its text.

The template is the consortium's own work, so nothing is taken for granted: what is missing is a TemplateError that
lists everything at once. It writes no text of the document.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.opc import packaged
from elca_docs.rendering import package, threats

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.package import OpcPackage
    from docx.oxml.styles import CT_Style

_INCOMPLETE: Final = (OpcError, LookupError, ValueError, AttributeError, TypeError)
_PLAIN_WIDTH: Final = 9026  # A4 with margins of an inch, in twips
_EMU: Final = 635  # per twip


def opened(template: bytes, *, name: str) -> Document:
    """Return the template as a python-docx document with at least one section.

    TemplateError: what `package` and `threats` refuse (template-unreadable, template-not-word and others).
    """
    found = threats.trusted(package.opened(template, name=name))
    try:
        document = docx.Document(io.BytesIO(packaged(found.members)))
        document.element.body.get_or_add_sectPr()
        _own_core_properties(document)
    except _INCOMPLETE as error:
        problem = Problem(
            "template-unreadable",
            "the template is a Word file that lacks some of its parts",
            Location(name),
            "open it in Word or LibreOffice and save it as a Word document (.docx)",
        )
        raise TemplateError(problem) from error
    return document


def _own_core_properties(document: Document) -> None:
    """Make python-docx find the properties of a file that LibreOffice saved.

    LibreOffice relates them by a type in other capitals; python-docx would add a second part of the same name, and
    Word does not open a file in which a name stands twice.
    """
    relations = cast("OpcPackage", document.part.package).rels
    for identifier, relation in tuple(relations.items()):
        if not relation.is_external and relation.target_part.content_type == CONTENT_TYPE.OPC_CORE_PROPERTIES:
            relations.add_relationship(RELATIONSHIP_TYPE.CORE_PROPERTIES, relation.target_part, identifier)


class StyleSheet:
    """The styles of a template, found by the name that Word shows, whatever its capitals."""

    def __init__(self, document: Document, *, template: str) -> None:
        """Index the styles; `template` is the file's name, for problems."""
        self._template = template
        self._styles: dict[str, CT_Style] = {
            style.name_val.lower(): style for style in document.styles.element.style_lst if style.name_val
        }

    def require(self, names: Iterable[str]) -> None:
        """Raise a TemplateError that lists every name that is no style of the template."""
        missing = sorted({name for name in names if name.lower() not in self._styles})
        if missing:
            listed = ", ".join(f"'{name}'" for name in missing)
            problem = Problem(
                "template-style-missing",
                f"the template lacks styles that the document needs: {listed}",
                Location(self._template),
                "add them in Word under these names, or copy them from templates/deliverables/plan.docx",
            )
            raise TemplateError(problem)

    def style(self, name: str) -> CT_Style:
        """Return the style of a name that `require` has found."""
        return self._styles[name.lower()]

    def __getitem__(self, name: str) -> str:
        """Return the id of a style that `require` has found."""
        return self.style(name).styleId or ""

    def number_of(self, name: str) -> str | None:
        """Return the number of the list that a style is bound to, or None."""
        return next((each.get(qn("w:val")) for each in self.style(name).iter(qn("w:numId"))), None)


def text_width(document: Document) -> int:
    """Return the width between the margins of the last section, in twips."""
    section = document.sections[-1]
    page, left, right, gutter = section.page_width, section.left_margin, section.right_margin, section.gutter
    if page is None or left is None or right is None:
        return _PLAIN_WIDTH
    margins = left + right + (gutter or 0)
    return (page - margins) // _EMU
