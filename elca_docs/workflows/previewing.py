"""`templates.guide` and `templates.preview`: what an author of templates reads, and a template filled in on trial.

A preview is made of specimens alone, so it needs no records beyond the project's language and classes, gives no number,
and tells the register nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elca_docs.authoring.guide import field_guide_blocks, field_guide_page
from elca_docs.authoring.specimens import SPECIMENS, preview_context
from elca_docs.errors import Problem, TemplateError
from elca_docs.model.missing import Missing
from elca_docs.office import find_office, office_or_problem
from elca_docs.rendering import Rendered, compile_document, compile_template
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.template_files import template_file, written

_TEMPLATE: Final = "plan"
_GUIDES: Final = (("en", "field-guide", "Fields for templates"), ("es", "field-guide.es", "Campos para plantillas"))
"""Language, name of the file without ending, and what stands at the head of its pages."""
_FOLDER: Final = "previews"
_SHOWN: Final = 12


def guide(desk: Desk) -> Summary:
    """Write the field guide in English and Spanish, for Word and for a browser, below output/."""
    template_name, template = desk.workspace.deliverable_template(_TEMPLATE)
    lines = []
    for language, name, title in _GUIDES:
        document = compile_document(
            field_guide_blocks(language),
            template,
            title=title,
            subject=desk.portfolio.project.acronym,
            language=language,
            template_name=template_name,
        )
        lines += [
            written(desk, f"{name}.docx", document),
            written(desk, f"{name}.html", field_guide_page(language).encode()),
        ]
    return Summary(lines=(*lines, "made from the program's own table of fields: give it to whoever writes a template"))


def preview(desk: Desk, *, file: str) -> Summary:
    """Write a template filled in with both specimens below output/previews/, and say what is missing in each.

    `file` is a path relative to the project folder, or else to where the user stands. The language is the one in its
    name (cooperation.es.docx), else the project's. Where the template has a fault, that is told and nothing is written.
    """
    trial = _Trial.of(desk, file)
    try:
        previews = trial.rendered()
    except TemplateError as error:
        return Summary(problems=error.problems)
    names = {kind: f"{_FOLDER}/{trial.stem}-{kind}" for kind in previews}
    documents = {f"{names[kind]}.docx": each.document for kind, each in previews.items()}
    lines_of = {name: written(desk, name, document) for name, document in documents.items()}
    pdfs, problems = _pdfs(desk, documents)
    lines = [f"{trial.file}, in language '{trial.language}', filled in with two made-up agreements:"]
    if trial.among_counterparts is None:
        lines.append("no class of the project names this template: tried with a partner and counterparts as parties")
    for kind, each in previews.items():
        name = f"{names[kind]}.docx"
        lines += [lines_of[name], *pdfs.get(name, ()), *_told(kind, each.missing)]
    if not pdfs and not problems:
        lines.append("no PDF of them: LibreOffice is not installed")
    return Summary(
        lines=tuple(lines),
        problems=problems,
        json={
            "file": trial.file,
            "language": trial.language,
            "previews": [
                {
                    "specimen": kind,
                    "docx": f"output/{names[kind]}.docx",
                    "pdf": f"output/{names[kind]}.pdf" if f"{names[kind]}.docx" in pdfs else None,
                    "missing": [_missing_json(missing) for missing in each.missing],
                }
                for kind, each in previews.items()
            ],
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """A template to be tried: its bytes, its name without ending, its language, and who signs in its class."""

    file: str
    data: bytes
    stem: str
    language: str
    among_counterparts: bool | None
    """None where no class names a template like this: it is tried as if partners signed."""

    @classmethod
    def of(cls, desk: Desk, file: str) -> _Trial:
        """Return the template that a file holds; WorkspaceError or RequestError where there is no such file."""
        project, given = desk.portfolio.project, template_file(desk, file)
        among = {each.template: each.parties == "counterparts" for each in project.classes}
        return cls(
            file=given.name,
            data=given.data,
            stem=given.stem,
            language=given.language or str(project.language),
            among_counterparts=among.get(given.template),
        )

    def rendered(self) -> Mapping[str, Rendered]:
        """Return the template filled in with each specimen; TemplateError lists what is wrong, each thing once."""
        compiled = compile_template(self.data, name=self.file)
        made: dict[str, Rendered] = {}
        problems: dict[Problem, None] = {}
        for kind in SPECIMENS:
            context = preview_context(kind, self.language, among_counterparts=bool(self.among_counterparts))
            try:
                made[kind] = compiled.render_listed(context, mode="draft")
            except TemplateError as error:
                problems |= dict.fromkeys(error.problems)
        if problems:
            raise TemplateError(problems)
        return made


def _pdfs(desk: Desk, documents: Mapping[str, bytes]) -> tuple[Mapping[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Write the PDFs; return a line for each by the name of its document, and why there is none of another.

    One that cannot be made anew goes: it would show what the template was before.
    """
    made = office_or_problem().pdfs(documents) if find_office() else {}
    lines: dict[str, tuple[str, ...]] = {}
    problems = []
    for name in documents:
        pdf, target = made.get(name), f"{name.removesuffix('.docx')}.pdf"
        if isinstance(pdf, bytes):
            lines[name] = (written(desk, target, pdf),)
        else:
            desk.workspace.retire(target)
            problems += [pdf] if pdf else []
    return lines, tuple(problems)


def _told(kind: str, found: tuple[Missing, ...]) -> Iterator[str]:
    """Yield what is missing in a preview: what every agreement needs, and what stands there without a condition."""
    needed = [each for each in found if each.mandatory]
    bare = [each for each in found if not each.mandatory]
    if not found:
        yield f"  {kind}: nothing is missing"
    if needed:
        yield f"  {kind}: asked for before anybody signs, as it should be: {_labels(needed)}"
    if bare:
        yield f"  {kind}: may be empty, and stands without a condition: {_labels(bare)}"


def _labels(found: list[Missing]) -> str:
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(f"[{each.label}]" for each in found[:_SHOWN]) + more


def _missing_json(missing: Missing) -> dict[str, object]:
    return {"label": missing.label, "field": missing.field, "mandatory": missing.mandatory}
