"""`templates.mark` and `templates.fix`: copies of a template below output/templates/, for its author to look at.

The template itself is never touched, and the register is told nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from elca_docs.authoring import check_template, marked_copy, mended_copy, unmarked_copy
from elca_docs.errors import TemplateError
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.template_files import counted, flaw_json, flaw_lines, place_json, template_file, written

_FOLDER: Final = "templates"


def mark(desk: Desk, *, file: str) -> Summary:
    """Write a copy of a template with a Word comment at each flaw, and list the flaws; without any, write nothing.

    `file` is a path relative to the project folder, or else to where the user stands. Comments of an earlier marked
    copy are taken out first, so that such a copy, corrected, can be marked anew.
    """
    given = template_file(desk, file)
    file = given.name
    try:
        data = unmarked_copy(given.data, name=file)
        flaws = check_template(data, name=file)
        if not flaws:
            return Summary(lines=(f"{file}: nothing to mark",), json=_json(file, None, "flaws", []))
        document = marked_copy(data, flaws, name=file)
    except TemplateError as error:
        return Summary(problems=error.problems)
    name = f"{_FOLDER}/{given.stem}.marked.docx"
    lines = (
        written(desk, name, document),
        f"{file}: {counted(flaws)}, each with a comment of 'template check' in the copy",
    )
    rows = [flaw_json(flaw) for flaw in flaws]
    told = tuple(line for flaw in flaws for line in flaw_lines(flaw))
    return Summary(lines=(*lines, *told), json=_json(file, name, "flaws", rows))


def mend(desk: Desk, *, file: str) -> Summary:
    """Write a copy of a template with all that can be mended safely, and list the mends; without any, write nothing.

    `file` as for `mark`.
    """
    given = template_file(desk, file)
    file = given.name
    try:
        mended = mended_copy(given.data, name=file)
    except TemplateError as error:
        return Summary(problems=error.problems)
    if not mended.mends:
        nothing = f"{file}: nothing that can be mended safely; what is wrong is told by invoke templates.check"
        return Summary(lines=(nothing,), json=_json(file, None, "mends", []))
    name = f"{_FOLDER}/{given.stem}.mended.docx"
    rows = [{"what": each.what, **place_json(each.spot)} for each in mended.mends]
    count = len(mended.mends)
    lines = (written(desk, name, mended.document), f"{file}: {count} mend{'s' * (count != 1)}")
    told = (line for each in mended.mends for line in (f"  {each.spot}", f"    {each.what}"))
    return Summary(lines=(*lines, *told), json=_json(file, name, "mends", rows))


def _json(file: str, name: str | None, key: str, rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {"file": file, "copy": None if name is None else f"output/{name}", key: rows}
