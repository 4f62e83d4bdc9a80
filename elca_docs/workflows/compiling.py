"""`compile`: a deliverable from the records, as a Word document in the house style."""

from __future__ import annotations

from dataclasses import dataclass

from elca_docs.model.deliverables import Deliverable
from elca_docs.rendering import compile_document
from elca_docs.reporting import plan_blocks, subject_of
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafted import kept
from elca_docs.workflows.naming import named
from elca_docs.workflows.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A deliverable's file below output/, whether it was written now, and where a changed one went."""

    name: str
    written: bool
    aside: str


def compile_deliverable(desk: Desk, text: str) -> Summary:
    """Compile the deliverable that a number names, and say where it lies."""
    known: dict[str, str] = {each.id: each.id for each in desk.portfolio.deliverables}
    identifier = named(text, known, what="deliverable")
    done = compiled(desk, next(each for each in desk.portfolio.deliverables if each.id == identifier))
    return Summary(lines=(f"{'wrote' if done.written else 'unchanged:'} output/{done.name}{kept(done.aside)}",))


def compiled(desk: Desk, deliverable: Deliverable) -> Compiled:
    """Write the deliverable where its bytes differ from what lies there."""
    portfolio = desk.portfolio
    _, template = desk.workspace.deliverable_template(deliverable.template)
    document = compile_document(
        plan_blocks(portfolio, deliverable, as_of=desk.as_of),
        template,
        title=f"{deliverable.id} {deliverable.title}",
        subject=subject_of(portfolio, deliverable),
        language=deliverable.language or portfolio.project.language,
    )
    name = f"deliverables/{deliverable.id}.docx"
    renewed = desk.workspace.renew(name, document)
    return Compiled(name=name, written=renewed.written, aside=renewed.aside)
