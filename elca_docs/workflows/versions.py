"""The text of a version to be sent: rendered from the records, or a negotiated text at hand; and what is new in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from elca_docs.context import context_of
from elca_docs.durable import sha256_of
from elca_docs.errors import EvidenceError, Location, Problem, TemplateError
from elca_docs.evidence import facts_of
from elca_docs.issued import FOLDER
from elca_docs.model.log_events import Sent
from elca_docs.planning import IssueStep, without_accents
from elca_docs.rendering import CompiledTemplate, Mode, compile_template, document_text, text_changes
from elca_docs.workflows.desk import Desk
from elca_docs.workspace import TEMPLATE_LIMIT

_WORD = re.compile(r"\w{4,}|\w*\d\w*")
_TAGS = ("{{", "{%")
_NAMED = 8
"""How many words or paragraphs a message names."""


class Versions:
    """What the versions of one run are made from: templates, opened once."""

    def __init__(self, desk: Desk, stems: set[str]) -> None:
        """Compile the templates of these names; broken ones leave their problems."""
        self._desk = desk
        self._templates: dict[tuple[str, str], CompiledTemplate] = {}
        self.problems: list[Problem] = []
        for key, (name, data) in desk.workspace.agreement_templates().items():
            if key[0] in stems:
                try:
                    self._templates[key] = compile_template(data, name=name)
                except TemplateError as error:
                    self.problems += error.problems

    @property
    def digests(self) -> dict[tuple[str, str], str]:
        """The SHA-256 of each usable template, by name and language."""
        return {key: each.sha256 for key, each in self._templates.items()}

    def rendered(self, step: IssueStep, *, version: int, mode: Mode = "final", draft: bool = False) -> bytes:
        """Return the document that the records give; TemplateError lists what is missing in final mode."""
        context = context_of(
            self._desk.portfolio,
            step.agreement,
            reference=step.reference,
            version=version,
            language=step.language,
            as_of=self._desk.drafted_as_of,
            draft=draft,
        )
        return self._templates[step.template].render(context.values, mode=mode)

    def rendered_alike(self, step: IssueStep, last: Sent) -> bool:
        """Whether the records and the template still give the very document that went out last."""
        return sha256_of(self.rendered(step, version=last.version)) == last.docx

    def at_hand(self, step: IssueStep, path: str) -> bytes:
        """Return a negotiated text of the user's; TemplateError where it cannot go out as it is."""
        data = self._desk.workspace.outside(path, TEMPLATE_LIMIT)
        text = document_text(data, name=path)
        problems = tuple(self._flaws(step, path, text))
        if problems:
            raise TemplateError(problems)
        return data

    def changes(self, step: IssueStep, docx: bytes) -> tuple[str, ...]:
        """Return how a text differs from the version sent before, else from what the records give; see `text_changes`.

        The first version of an amendment has neither: nothing is compared.
        """
        if step.last and step.last.docx:
            name = f"{step.last.name}.docx"
            old = self._desk.issued.read(name, step.last.docx)
            return text_changes(document_text(old, name=f"{FOLDER}/{name}"), document_text(docx, name="the new text"))
        if step.amends or step.template not in self._templates:
            return ()
        base = document_text(self.rendered(step, version=step.version, mode="draft"), name="the draft")
        return text_changes(base, document_text(docx, name="the new text"))

    def _flaws(self, step: IssueStep, path: str, text: tuple[str, ...]) -> Iterator[Problem]:
        """Yield what keeps a text at hand from going out: another reference, open fields, marks of a draft."""
        place = Location(path)
        whole = "\n".join(text)
        if step.reference.casefold() not in "".join(whole.split()).casefold():
            message = f"the text does not carry the reference {step.reference}"
            fix = "write it into the text: without it nobody can tell whose agreement a page is"
            yield Problem("reference-not-in-text", message, place, fix)
        if any(tag in whole for tag in _TAGS):
            message = "the text still holds tags of a template"
            yield Problem("text-has-tags", message, place, "start from the draft in output/agreements/")
        labels = [each.label for each in step.context.missing] if step.context else []
        open_fields = [label for label in labels if f"[{label}]" in whole]
        if open_fields:
            message = f"the text still has {len(open_fields)} open fields: {_some(open_fields)}"
            yield Problem("document-incomplete", message, place, "fill them in the text, or in the records")
        if marks := self._draft_marks(step) & set(text):
            message = f"the text still says that it is a draft: {_some(sorted(marks))}"
            yield Problem("text-says-draft", message, place, "take these words out, save, and send it again")

    def _draft_marks(self, step: IssueStep) -> set[str]:
        """Return the paragraphs that only a draft has."""
        if step.template not in self._templates:
            return set()
        draft = self.rendered(step, version=step.version, mode="draft", draft=True)
        final = self.rendered(step, version=step.version, mode="draft")
        return set(document_text(draft, name="the draft")) - set(document_text(final, name="the final text"))


def check_export(pdf: bytes, docx: bytes, *, name: str) -> None:
    """Refuse a PDF that was not exported from this text: EvidenceError names words it lacks.

    Short words are not looked at: a line end may cut them in two, and their loss is not what happens when an older text
    is exported.
    """
    paragraphs = document_text(docx, name="the text")
    seen = Counter(_WORD.findall(_flat(facts_of(pdf, name=name).text)))
    wanted = Counter(_WORD.findall(_flat("\n".join(paragraphs))))
    lost = [word for word in wanted if word not in seen]
    if lost:
        message = f"the PDF lacks {len(lost)} words of the text that would go out: {_some(lost)}"
        fix = "open the .docx that would go out in Word, export it as PDF again, and name that file"
        raise EvidenceError(Problem("pdf-of-another-text", message, Location(name), fix))


def _flat(text: str) -> str:
    return without_accents(text.replace("\u00ad", "")).casefold()


def _some(words: list[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(f"'{word:.60}'" for word in words[:_NAMED]) + more
