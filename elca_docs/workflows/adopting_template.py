"""`templates.adopt`: a Word file with blanks becomes a template in two runs, with a person's decisions in between.

The first run writes a sheet with what could stand in each blank; the second, once a person has gone through the sheet,
writes the tagged template below output/. Neither touches the Word file, a template, or a sheet that is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from elca_docs.authoring.adopting import Adopted, adopted
from elca_docs.authoring.adoption_sheet import adoption_text, mapping_of
from elca_docs.authoring.blanks import Blank, blanks_of
from elca_docs.authoring.proposing import Proposal, proposed
from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, Problem, RecordsError
from elca_docs.model.text_table import TextTable
from elca_docs.rendering import compile_template
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.layout import table_lines
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.template_files import template_file, written
from elca_docs.workspace import RECORD_LIMIT

FOLDER: Final = "adopted"
_WIDEST: Final = 40
_COLUMNS: Final = ("blank", "text", "place", "field")


@dataclass(frozen=True, slots=True)
class _Source:
    """The Word file as it was sent, its blanks, and what they are called on disk."""

    name: str
    stem: str
    data: bytes
    blanks: tuple[Blank, ...]

    @property
    def sheet(self) -> str:
        return f"templates/agreements/{self.stem}.adopt.yaml"

    @property
    def document(self) -> str:
        return f"{FOLDER}/{self.stem}.docx"


def adopt(desk: Desk, *, file: str) -> Summary:
    """Write the sheet for a Word file with blanks or, where the sheet is there, the template that it asks for.

    TemplateError where the file can be no template whatever its blanks are filled with; RecordsError where the sheet
    cannot be followed, with all its problems.
    """
    source = _source(desk, file)
    if not source.blanks:
        lines = (f"{source.name}: no blanks were found, nothing was written",)
        return Summary(lines=lines, json=_json(source))
    if not desk.workspace.has(source.sheet):
        return _first(desk, source)
    return _second(desk, source)


def _source(desk: Desk, file: str) -> _Source:
    given = template_file(desk, file)
    path = PurePath(file.replace("\\", "/"))
    compile_template(given.data, name=given.name)
    return _Source(path.name, path.stem, given.data, blanks_of(given.data, name=given.name))


def _first(desk: Desk, source: _Source) -> Summary:
    """Write the sheet with the proposals."""
    proposals = proposed(source.blanks)
    text = adoption_text(source.blanks, proposals, file=source.name, sha256=sha256_of(source.data))
    if desk.workspace.begin({source.sheet: text.encode()}):
        return _second(desk, source)
    found = {name: sum(each.confidence == name for each in proposals) for name in ("sure", "likely", "none")}
    return Summary(
        lines=(
            *table_lines(_table(source, proposals)),
            f"blanks {len(source.blanks)}: sure {found['sure']}, likely {found['likely']}, no field {found['none']}",
            f"wrote {source.sheet}",
            f"next: go through {source.sheet}, fill in what is empty, and run the same command again",
        ),
        json={**_json(source), "proposals": [_proposal_json(each) for each in proposals]},
    )


def _table(source: _Source, proposals: Sequence[Proposal]) -> TextTable:
    rows = tuple(
        (blank.id, _short(blank.text), _place(blank), _answer(proposal))
        for blank, proposal in zip(source.blanks, proposals, strict=True)
    )
    return TextTable(title=f"Blanks of {source.name}", columns=_COLUMNS, rows=rows)


def _answer(proposal: Proposal) -> str:
    if proposal.confidence == "none":
        return "—"
    doubt = "?" if proposal.confidence == "likely" else ""
    return f"{proposal.field or 'by hand'}{doubt}"


def _second(desk: Desk, source: _Source) -> Summary:
    """Write the template, with the fields that the sheet names."""
    sheet = desk.workspace.read(source.sheet, RECORD_LIMIT)
    choices, problems = mapping_of(sheet, source.blanks, name=source.sheet, sha256=sha256_of(source.data))
    if choices is None:
        raise RecordsError(problems)
    made = adopted(source.data, choices, name=source.name)
    problems = _faults(made.document, f"output/{source.document}")
    return Summary(
        lines=(
            written(desk, source.document, made.document),
            f"blanks {len(source.blanks)}: tags {len(made.mapped)}, kept {len(made.kept)}, open {len(made.unmapped)}",
            *_to_do(source, made),
            f"next: look at it in Word, then copy it to templates/agreements/{source.stem}.docx",
        ),
        problems=problems,
        json={
            **_json(source),
            "document": f"output/{source.document}",
            "mapped": {each.id: choices.fields[each.id] for each in made.mapped},
            "kept": [each.id for each in made.kept],
            "unmapped": [each.id for each in made.unmapped],
        },
    )


def _faults(document: bytes, name: str) -> tuple[Problem, ...]:
    """Return why the template could not be filled in; nothing for what could be read before."""
    try:
        compile_template(document, name=name)
    except DocsError as error:  # pragma: no cover - what we write compiles where the original did; a test holds it
        return error.problems
    return ()


def _to_do(source: _Source, made: Adopted) -> Iterator[str]:
    if made.unmapped:
        yield f"still blank, and yellow in the template (fill in 'field' or 'keep' in {source.sheet}):"
    for blank in made.unmapped:
        yield f"  {blank.id}: {blank.spot.label}, {blank.spot.words}: {_short(blank.text)}"


def _short(text: str) -> str:
    flat = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return flat if len(flat) <= _WIDEST else f"{flat[: _WIDEST - 1]}…"


def _place(blank: Blank) -> str:
    return f"{blank.spot.label}, {blank.spot.words}" if blank.label == "" else f"{blank.label} ({blank.spot.label})"


def _json(source: _Source) -> dict[str, object]:
    return {
        "file": source.name,
        "sheet": source.sheet,
        "blanks": [
            {
                "id": each.id,
                "kind": each.kind,
                "text": each.text,
                "label": each.label,
                "place": f"{each.spot.label}, {each.spot.words}",
            }
            for each in source.blanks
        ],
    }


def _proposal_json(proposal: Proposal) -> dict[str, object]:
    return {
        "blank": proposal.blank,
        "field": proposal.field or None,
        "keep": proposal.keep,
        "confidence": proposal.confidence,
        "why": proposal.why,
        "others": list(proposal.others),
    }
