"""A template compiled once for all documents of a batch, and the documents made from it.

Immutable and free of anything that belongs to one document, so threads may share it; it pickles as the template's bytes
and its settings, and compiles again on arrival, because Jinja's own objects do not pickle. Same template, same context,
same mode: same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.model.missing import Missing
from elca_docs.opc import Member, deflated, packaged
from elca_docs.rendering import refusals
from elca_docs.rendering.environment import filter_names
from elca_docs.rendering.package import Package, opened
from elca_docs.rendering.parts import KINDS, Part, compiled
from elca_docs.rendering.run import RUN, Run
from elca_docs.rendering.syntax import Fault
from elca_docs.rendering.threats import trusted
from elca_docs.rendering.trees import finished
from elca_docs.rendering.values import plain_context

Mode = Literal["draft", "final", "docxtpl"]
_UNTOUCHED_TAGS = ("{{", "{%", "%7B%7B", "%7b%7b")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document, and the missing values it shows as placeholders, in order, once each."""

    document: bytes
    missing: tuple[Missing, ...]


class CompiledTemplate:
    """A Word template, opened, judged and compiled once. Make it with `compile_template`."""

    __slots__ = ("_data", "_filters", "_members", "_parts", "field_names", "name", "sha256")

    def __init__(self, data: bytes, name: str, filters: tuple[str, ...] | None) -> None:
        """Keep what `compile_template` found; TemplateError as there."""
        package = trusted(opened(data, name=name))
        self._data = data
        self._filters = filters
        self._members = package.members
        self._parts = _compiled_parts(package, filter_names(filters))
        self.name = name
        """The template's name in messages, such as its path relative to the project folder."""
        self.sha256 = hashlib.sha256(data).hexdigest()
        """SHA-256 of the template's bytes, in hexadecimal."""
        self.field_names = frozenset(field for part in self._parts for field, _ in part.names.asked)
        """The names of the context that the template asks for."""

    def __reduce__(self) -> tuple[type[CompiledTemplate], tuple[bytes, str, tuple[str, ...] | None]]:
        """Travel as bytes and settings."""
        return (CompiledTemplate, (self._data, self.name, self._filters))

    def render(self, context: Mapping[str, object], *, mode: Mode = "draft") -> bytes:
        """Return the document as bytes of a .docx; errors as `render_listed`."""
        return self.render_listed(context, mode=mode).document

    def render_listed(self, context: Mapping[str, object], *, mode: Mode = "draft") -> Rendered:
        r"""Return the document and the missing values it shows.

        Draft: a missing value is printed as `[label]`, highlighted. Final: a missing value refuses the document.
        docxtpl: what is missing or unknown prints nothing, as there. Values are text, whole numbers, floats, decimals,
        dates (printed as 2021-10-05), None, booleans, lists, tuples and dicts of these, `Missing`, and docxtpl's
        RichText, RichTextParagraph and Listing; `\n`, `\t`, `\a` and `\f` in them mean what they mean to docxtpl.

        TemplateError lists everything found in one pass over the whole document: value-unprintable, value-not-plain,
        template-undefined-field, template-forbidden, template-failed, template-over-budget, template-malformed,
        template-loose-text, template-fetching-field, and in final mode document-incomplete.
        """
        lenient = mode == "docxtpl"
        plain = plain_context(context, name=self.name, blank=lenient)
        run = Run()
        token = RUN.set(run)
        try:
            made = [(part, _content_of(part, run, plain, lenient=lenient)) for part in self._parts]
        finally:
            RUN.reset(token)
        problems = [refusals.failed(self.name, part.places, made) for part, made in made if isinstance(made, Fault)]
        places = {part.name: part.places for part in self._parts}
        if not lenient:
            names = ((part.name, part.names) for part in self._parts)
            problems += refusals.unknown_names(self.name, names, run.unknown.values(), plain, places)
        if mode == "final":
            problems += refusals.incomplete(self.name, run.missing, places)
        if problems:
            raise TemplateError(problems)
        changed = {part.name: deflated(part.name, content) for part, content in made if isinstance(content, bytes)}
        document = packaged(changed.get(member.name, member) for member in self._members)
        return Rendered(document, tuple(run.missing))


def compile_template(data: bytes, *, name: str, filters: Sequence[str] | None = None) -> CompiledTemplate:
    """Return the template compiled, ready for any number of documents.

    `data` is a .docx in docxtpl's language; `name` says in messages which one it is; `filters` are the names of our own
    filters that it may use (None: all; Jinja's harmless ones always). Filled in: body, headers, footers, footnotes,
    endnotes, comments and document properties.

    TemplateError lists all that can be told without a context: template-unreadable, template-not-word,
    template-too-large, template-doctype, template-active-content, template-external-reference, template-fetching-field,
    template-unfilled-part, template-syntax, template-leftover, template-forbidden, template-unknown-filter,
    template-unknown-test.
    """
    return CompiledTemplate(data, name, None if filters is None else tuple(filters))


def _content_of(part: Part, run: Run, context: dict[str, object], *, lenient: bool) -> bytes | Fault:
    text = part.rendered(run, context, lenient=lenient)
    return text if isinstance(text, Fault) else finished(text, part.needs, lenient=lenient)


def _compiled_parts(package: Package, filters: frozenset[str]) -> tuple[Part, ...]:
    """Return all parts with tags in the order in which a document is filled in; TemplateError lists all faults."""
    parts: list[Part] = []
    problems = list(_unfilled(package))
    for part, label in filled_in(package):
        found = compiled(part, KINDS[package.types[part]], label, package.trees[part], filters)
        if isinstance(found, Part):
            parts.append(found)
        elif found is not None:
            problems += [refusals.placed(package.name, fault, place) for fault, place in found]
    if problems:
        raise TemplateError(problems)
    return tuple(parts)


def filled_in(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the parts that are filled in with a label for each: body, header 1, header 2, footer and so on."""
    order = list(KINDS)
    known = [part for part in package.trees if package.types[part] in KINDS]
    known.sort(key=lambda part: (order.index(package.types[part]), len(part), part))
    total = Counter(package.types[part] for part in known)
    seen: Counter[str] = Counter()
    for part in known:
        kind = package.types[part]
        seen[kind] += 1
        yield part, KINDS[kind].label + (f" {seen[kind]}" if total[kind] > 1 else "")


def _unfilled(package: Package) -> Iterator[Problem]:
    """Yield a problem for each part that holds a tag and is not filled in: it would be sent as it is."""
    contents: dict[str, Member] = {member.name: member for member in package.members}
    for part in package.trees:
        if package.types[part] in KINDS:
            continue
        text = contents[part].content().decode("utf-8", "replace")
        tag = next((tag for tag in _UNTOUCHED_TAGS if tag in text), "")
        if tag:
            message = "a tag stands where templates are not filled in (a chart, a link's address, a setting …)"
            fix = "move it into the text, a header, a footer, a note or the document properties"
            yield Problem("template-unfilled-part", message, Location(package.name, place=part), fix)
