"""Why a template or a document is refused, in problems that say where: file, part, paragraph with its text, field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2.utils import missing as NO_OWNER  # noqa: N812 - Jinja's mark for "asked of the context itself"

from elca_docs.errors import Location, Problem
from elca_docs.model.missing import Missing
from elca_docs.rendering.places import Places
from elca_docs.rendering.run import Spot, UnknownUse
from elca_docs.rendering.syntax import Fault, Names, did_you_mean
from elca_docs.rendering.values import dotted


def placed(name: str, fault: Fault, place: str) -> Problem:
    """Return the fault of a template as a problem."""
    return Problem(fault.code, fault.message, Location(name, place=place), fault.fix)


def failed(name: str, places: Places, fault: Fault) -> Problem:
    """Return the fault of a rendering as a problem; without a line, only the part is known."""
    return placed(name, fault, places.at(fault.line, fault.hint) if fault.line else places.label)


def incomplete(name: str, missing: Mapping[Missing, Spot], places: Mapping[str, Places]) -> Iterator[Problem]:
    """Yield one problem for each missing value that a final document would print."""
    for value, spot in missing.items():
        part, line = spot.resolved()
        where = places[part].at(line, value.field)
        fix = f"write {value.key} in {value.record}" + (f"; ask {value.owner}" if value.owner else "")
        yield Problem("document-incomplete", f"the {value.label} is missing", Location(name, place=where), fix)


def unknown_names(
    name: str,
    asked: Iterable[tuple[str, Names]],
    used: Iterable[UnknownUse],
    context: Mapping[str, object],
    places: Mapping[str, Places],
) -> Iterator[Problem]:
    """Yield one problem for each name that the context does not have and each paragraph that uses it.

    Names of the context itself are all known without rendering, also in branches this document does not take; fields of
    its values are known when they are used.
    """
    found: dict[tuple[str, int, str], tuple[str, Iterable[str]]] = {}
    for part, names in asked:
        absent = names.needed - context.keys()
        found |= {(part, line, field): (field, context) for field, line in names.asked if field in absent}
    for use in used:
        path = _path_of(use, context)
        part, line = use.spot.resolved()
        if not any(key[:2] == (part, line) and _is_within(path, key[2]) for key in found):
            found[part, line, path] = (str(use.name), _known(use.owner, context))
    for (part, line, path), (field, known) in found.items():
        message = f"the template asks for '{path}', which is no field it can be given"
        location = Location(name, place=places[part].at(line, field))
        yield Problem("template-undefined-field", message, location, did_you_mean(field, known))


def _is_within(path: str, root: str) -> bool:
    return path == root or path.startswith((f"{root}.", f"{root}["))


def _known(owner: object, context: Mapping[str, object]) -> Iterable[str]:
    """Return the names there are at the level on which an unknown one was asked for."""
    if isinstance(owner, dict):
        return [str(key) for key in owner]
    return context if owner is NO_OWNER else ()


def _path_of(use: UnknownUse, context: Mapping[str, object]) -> str:
    """Return the full name: what it was asked of is looked for in the context, which is its only home."""
    step: list[object] = [use.name if isinstance(use.name, int) else str(use.name)]
    if use.owner is NO_OWNER:
        return f"{use.name}{use.trail}"
    for root, value in context.items():
        path = _found(use.owner, value)
        if path is not None:
            return dotted(root, path + step) + use.trail
    return dotted("…", step) + use.trail


def _found(owner: object, value: object) -> list[object] | None:
    """Return the keys and indexes that lead from a value to the very object that was asked."""
    if value is owner:
        return []
    entries: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list | tuple):
        entries = enumerate(value)
    for key, entry in entries:
        path = _found(owner, entry)
        if path is not None:
            return [key, *path]
    return None
