"""`templates.check`, `diff` and `approve`: what is wrong in a template, what a new one changes, which one may go out.

Nothing here changes a template. Without a file every agreement template of the project is looked at, and language
variants are compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final

from elca_docs.authoring import Flaw, check_template, read_template, template_changes, unmarked_copy, variant_flaws
from elca_docs.durable import sha256_of
from elca_docs.errors import Location, Problem, RequestError, TemplateError
from elca_docs.model.log_events import Approved, LogEvent
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.workflows.desk import Desk, announced
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.template_files import TemplateFile, counted, flaw_json, flaw_lines, template_file

_SHOWN: Final = 40
"""How many changes of the text are listed."""


def check_templates(desk: Desk, *, file: str = "") -> Summary:
    """Say all that is wrong or odd in a template, or in all of them; exit code 1 where one has an error."""
    every = _templates(desk)
    given = template_file(desk, file) if file else None
    templates = {given.name: given.data} if given else every
    flaws = {name: check_template(_unmarked(data, name), name=name) for name, data in templates.items()}
    for name, found in _variants(templates, every).items():
        flaws[name] = (*flaws[name], *found)
    lines = [line for name, found in flaws.items() for line in _told(name, found)]
    if not templates:
        lines.append("there is no template in templates/agreements/ yet")
    rows = [{"file": name, **flaw_json(flaw)} for name, found in flaws.items() for flaw in found]
    return Summary(
        lines=tuple(lines),
        json={"templates": list(templates), "findings": rows},
        your_turn=any(flaw.severity == "error" for found in flaws.values() for flaw in found),
    )


def diff_templates(desk: Desk, *, old: str, new: str) -> Summary:
    """Say which fields and which text a new version of a template changes, and which agreements it meets."""
    before, after = template_file(desk, old, flag="--old"), template_file(desk, new, flag="--new")
    readings = (read_template(_unmarked(each.data, each.name), name=each.name) for each in (before, after))
    changes = template_changes(*readings)
    redo, keep = _affected(desk.register.view(), sha256_of(before.data))
    lines = [
        *(f"asks for  {each}" for each in changes.gained),
        *(f"no more   {each}" for each in changes.lost),
        *changes.text[:_SHOWN],
        *_more(len(changes.text) - _SHOWN),
        *(["nothing that a reader sees changes"] if changes.is_empty else []),
        f"drafts to make anew: {', '.join(redo) or 'none'}",
        f"versions that were sent keep the old text: {', '.join(keep) or 'none'}",
    ]
    said = {"gained": changes.gained, "lost": changes.lost, "text": changes.text, "redo": redo, "keep": keep}
    return Summary(lines=tuple(lines), json={key: list(each) for key, each in said.items()})


def approve(desk: Desk, *, file: str, by: str) -> Summary:
    """Write into the register that a person approved a template exactly as it is now."""
    if not by:
        message = "nobody is named who approves the template"
        raise RequestError(Problem("person-not-named", message, fix="add --by with your id, such as --by mav-1"))
    given = template_file(desk, file)
    file, data = given.name, given.data
    if _unmarked(data, file) != data:
        message = "the template still has comments that invoke templates.mark wrote into a copy"
        raise TemplateError(
            Problem("template-still-marked", message, Location(file), "delete them in Word, then approve")
        )
    errors = [flaw for flaw in check_template(data, name=file) if flaw.severity == "error"]
    if errors:
        raise TemplateError(_problem(file, flaw) for flaw in errors)
    digest, name = sha256_of(data), PurePath(file.replace("\\", "/")).name

    def decide(view: RegisterView) -> list[LogEvent]:
        return [] if digest in view.approved else [Approved(template=digest, name=name, by=by)]

    appended = desk.register.append(decide)
    known = appended.view.approved[digest]
    if not appended.events:
        return Summary(lines=(f"{name} is approved already, exactly as it is now, by {known.by}",))
    return Summary(lines=(f"approved {name} as it is now ({digest[:12]}…), by {by}", *announced(appended)))


def _unmarked(data: bytes, name: str) -> bytes:
    """Return a template without the comments of a marked copy: they quote tags, which are no tags of its author."""
    try:
        return unmarked_copy(data, name=name)
    except TemplateError:
        return data  # the check says why it cannot be read


def _templates(desk: Desk) -> dict[str, bytes]:
    return {name: data for _, (name, data) in sorted(desk.workspace.agreement_templates().items())}


def _variants(asked: Iterable[str], templates: Mapping[str, bytes]) -> dict[str, list[Flaw]]:
    """Return what each template asked for has and its variant in another language lacks; unreadable ones nothing."""
    found: dict[str, list[Flaw]] = {}
    stems = {name: TemplateFile(name=name, data=data).template for name, data in templates.items()}
    for name in asked:
        for other in (each for each in templates if each != name and stems[each] == stems.get(name)):
            try:
                readings = (read_template(templates[each], name=each) for each in (name, other))
                found.setdefault(name, []).extend(variant_flaws(*readings))
            except TemplateError:
                continue  # its own flaws say so
    return found


def _told(name: str, flaws: Iterable[Flaw]) -> Iterator[str]:
    """Yield how a template stands, and each of its flaws with its place and fix."""
    found = tuple(flaws)
    yield f"{name}: {counted(found) or 'nothing to mend'}"
    for flaw in found:
        yield from flaw_lines(flaw)


def _problem(name: str, flaw: Flaw) -> Problem:
    return Problem(flaw.code, flaw.message, Location(name, place=str(flaw.spot)), flaw.fix)


def _affected(view: RegisterView, digest: str) -> tuple[list[str], list[str]]:
    """Return the references whose drafts were made from a template, and the versions sent that were."""
    redo, keep = list[str](), list[str]()
    for history in view.agreements.values():
        keep += [f"{history.reference} version {each.version}" for each in history.sent if each.template == digest]
        if _is_open(history) and history.drafts and history.drafts[-1].template == digest:
            redo.append(history.reference)
    return sorted(redo), sorted(keep)


def _is_open(history: AgreementHistory) -> bool:
    """Whether its draft would still be made anew."""
    return not (history.sent or history.ended or history.registered)


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"… and {left} changes more: --format json has all"
