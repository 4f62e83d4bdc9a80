"""Rules on how a tag is written: what Jinja cannot read, half tags, the letters p, r, tr and tc, single braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elca_docs.authoring.paragraphs import Paragraph, Tag
from elca_docs.authoring.sources import meant
from elca_docs.authoring.spots import Flaw, error, warning
from elca_docs.authoring.study import PartStudy, Study, rest_of
from elca_docs.rendering.package import W
from elca_docs.rendering.syntax import Fault

_JOINED = re.compile(r"(tr|tc|p|r)(?=if|for|else|elif|endif|endfor|set|endset)")
_APART = re.compile(r"\s+(p|r|tr|tc)\s+\S")
_STATEMENT = re.compile(r"\s*(if|for|elif|else|endif|endfor|set)\b")
_SINGLE = re.compile(r"(?<!\{)\{\s*([A-Za-z_]\w*)(?:\.\w+)*\s*\}(?!\})|\{\s+[{%]")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TEXT = f"{{{W}}}t"
_ASSIGNED = re.compile(r"(?<![=!<>])=(?!=)")


def unreadable_tags(study: Study) -> Iterator[Flaw]:
    """Each tag that Jinja cannot read, each block that does not end, each end without a beginning."""
    for each in study.parts:
        for tag, fault in each.source.faults:
            spot = tag.spot() if tag else each.part.spot()
            yield error(fault.code, fault.message, spot, _fix(tag, fault, study))
        if each.too_deep:
            message = "the tags are too large or too deeply nested to be read"
            yield error("template-syntax", message, each.part.spot(), "make the loops and conditions simpler")


def _fix(tag: Tag | None, fault: Fault, study: Study) -> str:
    """Return what to do about a tag: what was most likely meant, else what Jinja's message suggests."""
    return fault.fix if tag is None else next(_meanings(tag, fault, study), fault.fix)


def _meanings(tag: Tag, fault: Fault, study: Study) -> Iterator[str]:
    """Yield what may have been meant, the most likely first."""
    inner, is_unknown = tag.inner.strip(), "unknown tag" in fault.message
    apart, joined = _APART.match(tag.inner), _JOINED.match(inner)
    if apart and not tag.prefix:
        yield f"write {tag.kind}{apart[1]} with no space before the letter and one behind it"
    if joined and is_unknown:
        yield f"put a space behind the letter: {{%{joined[1]} {inner[joined.end() :]} %}}"
    if tag.kind == "{{" and _STATEMENT.match(tag.inner):
        yield f"conditions and loops stand between {{% and %}}: {{% {inner} %}}"
    if is_unknown and meant(tag.keyword) != tag.keyword:
        yield f"did you mean '{meant(tag.keyword)}'?"
    word = re.split(r"\W", inner, maxsplit=1)[0]
    if is_unknown and (word in study.schema.root.below or word in study.schema.loops):
        yield f"a value is printed between double braces: {{{{ {inner} }}}}"
    if tag.keyword in {"if", "elif"} and _ASSIGNED.search(inner):
        yield "compare with two signs: =="


def half_tags(study: Study) -> Iterator[Flaw]:
    """Each beginning without an end, and, in the text, each end without a beginning.

    In field codes and attributes other programs keep data that ends with }}, which does no harm there.
    """
    for each in study.parts:
        for half in each.part.halves:
            if half.kind in _ENDS or half.pieces[0][1].element.tag == _TEXT:
                yield _half(half)


def _half(half: Tag) -> Flaw:
    if half.kind in _ENDS:
        message = f"'{half.kind}' begins a tag that does not end before the next one"
        return error("template-syntax", message, half.spot(), f"write {_ENDS[half.kind]} where the tag should end")
    message = f"'{half.kind}' closes a tag that was never opened"
    if half.kind == "#}":
        fix = "write {# where the remark begins, or take it out"
        return warning("template-leftover", f"{message}, so it is printed", half.spot(), fix)
    fix = "write the tag anew in one go: {{ name }} or {% if … %}; {_{ and }_} print two braces"
    return error("template-leftover", message, half.spot(), fix)


def tag_letters(study: Study) -> Iterator[Flaw]:
    """Each tag whose letter docxtpl overlooks: the tag holds a % or }, or no plain space follows the letter."""
    for each in study.word_parts:
        for tag in each.part.tags:
            if not tag.prefix or (tag.prefix == "r" and tag.kind == "{#"):
                continue
            start = f"{tag.kind}{tag.prefix}"
            stops = "}#" if tag.kind == "{#" else "}%"
            held = next((sign for sign in stops if sign in tag.inner), "")
            if held:
                message = f"{start} is not understood, because the tag holds a '{held}'"
                fix = "work the value out before, with {% set name = … %} in the text, and use the name in this tag"
                yield error("template-syntax", message, tag.spot(), fix)
            elif tag.prefix != "r" and not tag.inner.startswith(" "):
                message = f"{start} is not understood, because no ordinary space follows the letter"
                fix = f"type an ordinary space behind {start}"
                yield error("template-syntax", message, tag.spot(), fix)


def single_braces(study: Study) -> Iterator[Flaw]:
    """Each field in single braces, and each pair of braces with a space between: they are printed as they stand."""
    for each in study.word_parts:
        for paragraph in each.part.paragraphs:
            text = paragraph.text
            if "{" in text:
                yield from _single_in(study, each, paragraph, text)


def _single_in(study: Study, each: PartStudy, paragraph: Paragraph, text: str) -> Iterator[Flaw]:
    rest = rest_of(each, paragraph)
    for found in _SINGLE.finditer(rest):
        if found[1] and found[1] not in study.schema.root.below and found[1] not in study.schema.loops:
            continue
        start = max(text.find(found[0]), 0)
        message = f"'{found[0]}' is no tag, so it is printed as it stands"
        fix = "write two braces with nothing between them: {{ name }}"
        yield warning("template-single-brace", message, paragraph.spot(start, start + len(found[0])), fix)
