"""The Word file a deliverable is written into: opened and searched for its styles and the width of its text.

The template is the consortium's own work, so nothing is taken for granted: what is missing is a TemplateError that
lists everything at once. It writes no text of the document.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
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

_PLAIN_SIZE: Final = 10.0
_INCOMPLETE: Final = (OpcError, LookupError, ValueError, AttributeError, TypeError)


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
        self._defaults = document.styles.element.find(qn("w:docDefaults"))
        self._by_id: dict[str, CT_Style] = {
            style.styleId: style for style in document.styles.element.style_lst if style.styleId
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

    def has(self, name: str) -> bool:
        """Whether the template has a style of a name."""
        return name.lower() in self._styles

    @property
    def font(self) -> str:
        """The font of the template's text, empty where it is its theme's."""
        fonts = self._defaults.iter(qn("w:rFonts")) if self._defaults is not None else ()
        found = next((each for each in fonts if not each.get(qn("w:asciiTheme"))), None)
        return found.get(qn("w:ascii"), "") if found is not None else ""

    def style(self, name: str) -> CT_Style:
        """Return the style of a name that `require` has found."""
        return self._styles[name.lower()]

    def __getitem__(self, name: str) -> str:
        """Return the id of a style that `require` has found."""
        return self.style(name).styleId or ""

    def number_of(self, name: str) -> str | None:
        """Return the number of the list that a style is bound to, or None."""
        return next((each.get(qn("w:val")) for each in self.style(name).iter(qn("w:numId"))), None)

    def colour_of(self, name: str) -> str:
        """Return the colour of a style's letters as the template writes it, empty where it does not say one."""
        style = self._styles.get(name.lower())
        found = style.iter(qn("w:color")) if style is not None else ()
        return next((each.get(qn("w:val"), "") for each in found), "")

    def fill_of(self, name: str) -> str:
        """Return the colour behind a style's paragraphs as the template writes it, empty where it does not say one."""
        style = self._styles.get(name.lower())
        found = style.iter(qn("w:shd")) if style is not None else ()
        return next((each.get(qn("w:fill"), "") for each in found), "")

    def size_of(self, name: str) -> float:
        """Return the size of a style's letters in points, the template's default where the style does not say one."""
        style = self._styles.get(name.lower())
        places = (*self._chain(style.styleId or ""), self._defaults) if style is not None else (self._defaults,)
        for place in places:
            for size in place.iter(qn("w:sz")) if place is not None else ():
                return float(size.get(qn("w:val"), "")) / 2
        return _PLAIN_SIZE

    def has_right_tab(self, name: str) -> bool:
        """Whether a style, or one it is based on, has a tab stop that text ends at."""
        return bool(self.right_tabs(self[name]))

    def right_tabs(self, identifier: str) -> tuple[int, ...]:
        """Return the places of the tab stops that text ends at, in twips, of the style of an id and those below it."""
        found: dict[int, str] = {}
        for style in reversed([*self._chain(identifier)]):
            for tab in style.iter(qn("w:tab")):
                found[int(float(tab.get(qn("w:pos"), "0")))] = tab.get(qn("w:val"), "")
        return tuple(sorted(place for place, kind in found.items() if kind in {"right", "end"}))

    def _chain(self, identifier: str) -> Iterator[CT_Style]:
        """Yield the style of an id and those it is based on."""
        seen: set[str] = set()
        while identifier in self._by_id and identifier not in seen:
            seen.add(identifier)
            style = self._by_id[identifier]
            yield style
            identifier = next((each.get(qn("w:val"), "") for each in style.iterchildren(qn("w:basedOn"))), "")
