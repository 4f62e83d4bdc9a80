"""`templates.mark` and `templates.fix`: copies of a template below output/templates/, for its author to look at.

The template itself is never touched, and the register is told nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from elca_docs.authoring import Flaw, Spot, check_template, marked_copy, mended_copy, unmarked_copy
from elca_docs.errors import TemplateError
from elca_docs.model.findings import SEVERITIES
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.templating import template_bytes

_FOLDER: Final = "templates"


def mark(desk: Desk, *, file: str) -> Summary:
    """Write a copy of a template with a Word comment at each flaw, and list the flaws; without any, write nothing.

    `file` is a path relative to the project folder, or else to where the user stands. Comments of an earlier marked
    copy are taken out first, so that such a copy, corrected, can be marked anew.
    """
    given = template_bytes(desk, file)
    try:
        data = unmarked_copy(given, name=file)
        flaws = check_template(data, name=file)
        if not flaws:
            return Summary(lines=(f"{file}: nothing to mark",), json=_json(file, None, "flaws", []))
        document = marked_copy(data, flaws, name=file)
    except TemplateError as error:
        return Summary(problems=error.problems)
    name = _name(file, "marked")
    counts = Counter(flaw.severity for flaw in flaws)
    said = ", ".join(f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in SEVERITIES if counts[each])
    lines = (_written(desk, name, document), f"{file}: {said}, each with a comment of 'template check' in the copy")
    rows = [_flaw_json(flaw) for flaw in flaws]
    told = tuple(line for flaw in flaws for line in _told(flaw))
    return Summary(lines=(*lines, *told), json=_json(file, name, "flaws", rows))


def mend(desk: Desk, *, file: str) -> Summary:
    """Write a copy of a template with all that can be mended safely, and list the mends; without any, write nothing.

    `file` as for `mark`.
    """
    try:
        mended = mended_copy(template_bytes(desk, file), name=file)
    except TemplateError as error:
        return Summary(problems=error.problems)
    if not mended.mends:
        nothing = f"{file}: nothing that can be mended safely; what is wrong is told by invoke templates.check"
        return Summary(lines=(nothing,), json=_json(file, None, "mends", []))
    name = _name(file, "mended")
    rows = [{"what": each.what, **_place(each.spot)} for each in mended.mends]
    count = len(mended.mends)
    lines = (_written(desk, name, mended.document), f"{file}: {count} mend{'s' * (count != 1)}")
    told = (line for each in mended.mends for line in (f"  {each.spot}", f"    {each.what}"))
    return Summary(lines=(*lines, *told), json=_json(file, name, "mends", rows))


def _name(file: str, what: str) -> str:
    return f"{_FOLDER}/{PurePath(file.replace(chr(92), '/')).stem}.{what}.docx"


def _written(desk: Desk, name: str, document: bytes) -> str:
    renewed = desk.workspace.renew(name, document)
    return f"{'wrote' if renewed.written else 'unchanged:'} output/{name}{kept(renewed.aside)}"


def _told(flaw: Flaw) -> Iterator[str]:
    yield f"  {flaw.severity}: {flaw.spot}"
    yield f"    {flaw.code}: {flaw.message}"
    if flaw.fix:
        yield f"    fix: {flaw.fix}"


def _json(file: str, name: str | None, key: str, rows: list[dict[str, object]]) -> dict[str, object]:
    return {"file": file, "copy": None if name is None else f"output/{name}", key: rows}


def _flaw_json(flaw: Flaw) -> dict[str, object]:
    said = {"code": flaw.code, "severity": flaw.severity, "message": flaw.message, "fix": flaw.fix}
    return {**said, **_place(flaw.spot)}


def _place(spot: Spot) -> dict[str, object]:
    place = f"{spot.label}, {spot.words}" if spot.words else spot.label
    return {"part": spot.member, "place": place, "text": spot.text}
