"""One part of a template, compiled once: from its tree to Jinja code, and from a context to its text.

docxtpl's own `patch_xml` turns Word's XML into what Jinja understands (imported, never copied); around it stand what
docxtpl lacks: entities decoded in tags, paragraphs counted, everything that can be told beforehand told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError as JinjaError
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from elca_docs.rendering import syntax
from elca_docs.rendering.environment import LENIENT, STRICT
from elca_docs.rendering.package import CORE_TYPE, MAIN_TYPE, OFFICE_TYPES, W
from elca_docs.rendering.places import Places, Unit, marked, unmarked
from elca_docs.rendering.run import CLOSE, OPEN, OverBudgetError, Run
from elca_docs.rendering.syntax import Fault, Names
from elca_docs.rendering.trees import FIRST_DRAWING, Needs, reference

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2 import Template, nodes

_PARAGRAPH_START = re.compile("<w:p(?=[ >/])")
_ELEMENT_START = re.compile(r"<[A-Za-z]+:[A-Za-z]+(?=[ >/])")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TAGGED = re.compile(r"\{[{%#]|\{_[{%]")
_FORMATTED = re.compile(r"\{\{[rp]\s|\{%r\s")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part that is filled in: its name for a reader, and whether it is Word text and the body."""

    label: str
    is_word: bool = True
    is_body: bool = False


# In the order in which a document is filled in and its missing values are listed.
KINDS: Mapping[str, Kind] = {
    MAIN_TYPE: Kind("body", is_body=True),
    f"{OFFICE_TYPES}header+xml": Kind("header"),
    f"{OFFICE_TYPES}footer+xml": Kind("footer"),
    f"{OFFICE_TYPES}footnotes+xml": Kind("footnotes"),
    f"{OFFICE_TYPES}endnotes+xml": Kind("endnotes"),
    f"{OFFICE_TYPES}comments+xml": Kind("comments"),
    CORE_TYPE: Kind("document properties", is_word=False),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part with tags, compiled for both environments. Immutable, shared by all documents of a batch."""

    name: str
    places: Places
    names: Names
    needs: Needs
    strict: Template
    lenient: Template

    def rendered(self, run: Run, context: dict[str, object], *, lenient: bool) -> str | Fault:
        """Return the part's text, or why the template fails on this context."""
        template = self.lenient if lenient else self.strict
        writing: Any = template.root_render_func(template.new_context(context))
        pieces: list[str] = []
        written, most = 0, run.allowance
        try:
            for piece in writing:
                pieces.append(piece)
                written += len(piece)
                if written > most:
                    break
            run.write(written)
        except Exception as error:  # noqa: BLE001 - a filter or an operator may raise anything on a value it was not made for
            line = _line(error.__traceback__)
            if not line and writing.gi_frame is not None:
                line = template.get_corresponding_lineno(writing.gi_frame.f_lineno)
            return _fault(error, line)
        return "".join(pieces)


def _fault(error: Exception, line: int) -> Fault:
    """Return why the template failed, by who has to do what about it."""
    match error:
        case SecurityError():
            return Fault("template-forbidden", _cause(error), line, fix="take it out; a template only prints values")
        case OverBudgetError():
            message = f"the template is stopped: {_cause(error)}"
            return Fault("template-over-budget", message, line, fix="make the loop or the text shorter")
        case RecursionError():
            message = "the template is stopped: it calls itself too often"
            return Fault("template-over-budget", message, line, fix="end the macro or the loop that calls itself")
        case UndefinedError():
            fix = "check the name, or guard it with {% if … is defined %}"
            return Fault("template-undefined-field", f"the template fails: {_cause(error)}", line, fix=fix)
        case _:
            fix = "check that the value is of the kind that the filter or the calculation expects"
            return Fault("template-failed", f"the template fails: {_cause(error)}", line, fix=fix)


def _cause(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _line(caught: TracebackType | None) -> int:
    """Return the line of the template that was running when it failed; 0 when it was not running."""
    line = 0
    while caught is not None:
        template: Any = caught.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(caught.tb_lineno)
        caught = caught.tb_next
    return line


def compiled(
    name: str, kind: Kind, label: str, tree: etree._Element, filters: frozenset[str]
) -> Part | Iterator[tuple[Fault, str]] | None:
    """Return the part ready to fill in, None when it has no tags, or everything that is wrong with it and where."""
    if kind.is_body:
        _number_drawings(tree)
    xml = etree.tostring(tree, encoding="unicode")
    if "{" not in xml:
        return None
    source, places = _laid_out(xml, kind, label, tree)
    if not _TAGGED.search(source):
        return None
    found = list(_reserved(source, tree, kind)) or _judged(name, source, filters, kind)
    if isinstance(found, list):
        return ((fault, places.at(fault.line, fault.hint)) for fault in found)
    names = syntax.names_of(found)
    try:
        code = STRICT.compile(syntax.prepared(found), name, f"<{name}>")
    except (JinjaError, RecursionError, SyntaxError, MemoryError, ValueError, OverflowError) as error:
        return iter([(syntax.too_deep(error), label)])
    strict, lenient = (each.template_class.from_code(each, code, each.make_globals(None)) for each in (STRICT, LENIENT))
    return Part(name, places, names, _needs(kind, source, places), strict, lenient)


def _number_drawings(body: etree._Element) -> None:
    """Number the drawings as docxtpl's fix_docpr_ids does, so that most documents need not be numbered again."""
    for number, drawing in enumerate(body.iter(_DRAWING), FIRST_DRAWING):
        drawing.set("id", str(number))


def _laid_out(xml: str, kind: Kind, label: str, tree: etree._Element) -> tuple[str, Places]:
    """Return the part's Jinja text with one line for each paragraph (or property), and what stands on the lines."""
    if kind.is_word:
        xml = reference().patch_xml(marked(xml, _PARAGRAPH_START))
        units = [Unit(f"paragraph {number}", _text(p)) for number, p in enumerate(tree.iter(f"{{{W}}}p"), 1)]
    else:
        xml = marked(xml, _ELEMENT_START)
        units = [Unit(etree.QName(element).localname, element.text or "") for element in tree.iter(etree.Element)]
    return unmarked(syntax.plain_tags(xml), label, units)


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{{{W}}}t", f"{{{W}}}instrText"))


def _reserved(source: str, tree: etree._Element, kind: Kind) -> Iterator[Fault]:
    """Yield what docxtpl's text functions, or ours, could not work on."""
    if kind.is_word and tree.nsmap.get("w") != W:
        message = "the part does not call Word's elements w:, as every word processor does"
        yield Fault("template-unreadable", message, 0, fix="open it in Word and save it as a Word document (.docx)")
    if OPEN in source or CLOSE in source:
        yield Fault(
            "template-forbidden", "the template holds a character that marks placeholders", 0, fix="take it out"
        )


def _judged(name: str, source: str, filters: frozenset[str], kind: Kind) -> nodes.Template | list[Fault]:
    """Return the part's syntax tree, or all its faults that can be told without a context."""
    stray = list(syntax.leftovers(source)) if kind.is_word else []
    found = syntax.parsed(source, name)
    if isinstance(found, Fault):
        return [found, *stray]
    try:
        return [*syntax.faults(found, filters), *stray] or found
    except RecursionError as error:
        return [syntax.too_deep(error), *stray]


def _needs(kind: Kind, source: str, places: Places) -> Needs:
    return Needs(
        breaks=kind.is_word,
        tables=kind.is_body and "<w:tbl" in source,
        drawings=kind.is_body and "docPr" in source,
        fields="instrText" in source or "fldSimple" in source,
        loose=kind.is_word and any(_FORMATTED.search(unit.text) for unit in places.units),
    )
