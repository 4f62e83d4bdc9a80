"""What a template may see of a context: plain copies, and stand-ins for what is missing or unknown.

A template runs on copies of text, numbers, dates, lists and dicts, so that it can neither change a record nor reach an
object's methods. The value classes of docxtpl arrive as the XML they hold, after it was looked at. Knows no template.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from docxtpl import Listing, RichText, RichTextParagraph
from jinja2 import ChainableUndefined
from lxml import etree
from markupsafe import Markup

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.model.missing import Missing
from elca_docs.rendering.package import R, W
from elca_docs.rendering.standins import MissingValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2 import Undefined

    WhenMissing = Callable[[Missing], Undefined]

# What XML 1.0 cannot hold, and the noncharacters that mark placeholders; \a and \f are docxtpl's breaks.
_UNFIT = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_DEEPEST = 32
_NUMBERS = (bool, int, float)
_RICH_NAMES = "p pPr pStyle r rPr rStyle color shd sz szCs vertAlign b bCs i iCs u strike rFonts rtl lang t br tab"
_RICH_TAGS = frozenset(f"{{{W}}}{tag}" for tag in _RICH_NAMES.split())


class Formatted(Markup):
    """The XML of a docxtpl value class, printed as it is; like docxtpl's objects it is never false."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """A value that is there is true, even when it is empty."""
        return True


def _blank(missing: Missing) -> Undefined:
    """Return what prints nothing, as in docxtpl."""
    return ChainableUndefined(name=missing.field)


class _UnfitError(Exception):
    """A value cannot be printed: why, and the keys and indexes that lead to it from the outside in."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path: list[object] = []


def plain_context(context: Mapping[str, object], *, name: str, blank: bool) -> dict[str, object]:
    """Return a copy of the context that a template may see; with `blank`, missing values print nothing.

    TemplateError (value-unprintable, value-not-plain), one problem for each name of the context that is unfit.
    """
    copied: dict[str, object] = {}
    problems = []
    when_missing = _blank if blank else MissingValue.of
    for key, value in context.items():
        try:
            copied[key] = _copy(value, when_missing, 0)
        except _UnfitError as unfit:
            place = dotted(key, unfit.path)
            fix = "correct the record that this value comes from"
            problems.append(Problem(unfit.code, f"the value of '{place}' {unfit.message}", Location(name), fix))
    if problems:
        raise TemplateError(problems)
    return copied


def dotted(root: str, path: Sequence[object]) -> str:
    """Return the name a template would use: parties[1].address."""
    return root + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _copy(value: object, when_missing: WhenMissing, depth: int) -> object:
    """Return a copy of exactly the plain kind; the commonest kinds come first."""
    if type(value) is str:
        return value if value.isprintable() else _text(value)
    if value is None or type(value) in _NUMBERS:
        return value
    if depth > _DEEPEST:
        code = "value-not-plain"
        raise _UnfitError(code, f"is nested more than {_DEEPEST} deep")
    if isinstance(value, dict):
        return _dict(value, when_missing, depth + 1)
    if isinstance(value, list | tuple):
        entries = _entries(value, when_missing, depth + 1)
        return entries if isinstance(value, list) else tuple(entries)
    return _other(value, when_missing)


def _other(value: object, when_missing: WhenMissing) -> object:
    """Return what a rarer value is for a template: subclasses become the plain kind they stand on."""
    if isinstance(value, Missing):
        _text(value.label)
        return when_missing(value)
    if isinstance(value, str):
        return _text(str.__str__(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return Decimal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(value.year, value.month, value.day)
    if isinstance(value, RichText | RichTextParagraph | Listing):
        return _formatted(value)
    code = "value-not-plain"
    message = f"is of the kind {type(value).__name__}, which a template cannot print"
    raise _UnfitError(code, message)


def _dict(value: dict[object, object], when_missing: WhenMissing, depth: int) -> dict[str, object]:
    copied: dict[str, object] = {}
    key: object = ""
    try:
        for key, entry in value.items():
            copied[_key(key)] = _copy(entry, when_missing, depth)
    except _UnfitError as unfit:
        unfit.path.insert(0, key if isinstance(key, str) else repr(key))
        raise
    return copied


def _key(key: object) -> str:
    if not isinstance(key, str):
        code = "value-not-plain"
        raise _UnfitError(code, "has a key that is no text")
    return _text(str.__str__(key))


def _entries(value: list[object] | tuple[object, ...], when_missing: WhenMissing, depth: int) -> list[object]:
    copied: list[object] = []
    try:
        for entry in value:
            copied.append(_copy(entry, when_missing, depth))  # noqa: PERF401 - its length says where an error came from
    except _UnfitError as unfit:
        unfit.path.insert(0, len(copied))
        raise
    return copied


def _text(value: str) -> str:
    """Return text with plain line ends; not every character has a place in a Word file."""
    unfit = _UNFIT.search(value)
    if unfit:
        code = "value-unprintable"
        raise _UnfitError(code, f"holds the character U+{ord(unfit[0]):04X}, which no Word document can hold")
    return _LINE_END.sub("\n", value)


def _formatted(value: RichText | RichTextParagraph | Listing) -> Formatted:
    """Return the XML of a docxtpl value, made of nothing but runs, their text and their formatting."""
    xml = _text(str(value.xml))
    code = "value-not-plain"
    try:
        fragment = etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{_without_breaks(xml)}</x>')
    except etree.XMLSyntaxError as error:
        raise _UnfitError(code, "is formatted text that is not well-formed") from error
    if any(element.tag not in _RICH_TAGS for element in fragment.iterdescendants()):
        raise _UnfitError(code, "is formatted text with a link or another element that cannot be printed yet")
    return Formatted(xml)


def _without_breaks(xml: str) -> str:
    return xml.replace("\a", "").replace("\f", "")
