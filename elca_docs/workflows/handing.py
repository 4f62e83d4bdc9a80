"""Files handed in: read once, their facts taken, their bytes kept as evidence before anything is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePath

from elca_docs.evidence import SIZE_LIMIT, facts_of
from elca_docs.model.facts import PdfFacts
from elca_docs.model.figures import StatusReport
from elca_docs.model.log_events import LogEvent, Received
from elca_docs.model.register import RegisterView
from elca_docs.tracking import status_report
from elca_docs.workflows.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file handed in: its name for the log, its bytes, and what could be read off it."""

    name: str
    data: bytes
    facts: PdfFacts

    def received(self, subject: str, verdict: str, *, waits: bool = False, version: int = 0) -> Received:
        """Return the event that says this file was taken for a subject."""
        facts = {"producer": self.facts.producer, "signature_fields": str(self.facts.signature_fields or "")}
        return Received(
            subject=subject,
            sha256=self.facts.sha256,
            name=self.name,
            size=self.facts.size,
            pages=self.facts.pages,
            facts={key: text for key, text in facts.items() if text},
            verdict=verdict,
            waits=waits,
            version=version,
        )


def handed(desk: Desk, path: str) -> Handed:
    """Return a file of the user's with its facts; EvidenceError or WorkspaceError says why it cannot be taken."""
    data = desk.workspace.outside(path, SIZE_LIMIT)
    name = plain_name(path)
    return Handed(name=name, data=data, facts=facts_of(data, name=name))


def keep(desk: Desk, papers: Iterable[Handed], events: Iterable[LogEvent]) -> tuple[LogEvent, ...]:
    """Keep files as evidence durably before the register may speak of them; a lost one is there again.

    Beside each one that comes in now stands what was read off it on this day; the events come back naming that note.
    """
    from elca_docs.workflows.opinion import note_of

    facts = {desk.proof.keep(paper.data): paper.facts for paper in papers}

    def noted(event: LogEvent) -> LogEvent:
        if not isinstance(event, Received):
            return event
        note = note_of(facts[event.sha256], event, on=desk.today)
        return replace(event, note=desk.proof.note(event.sha256, note))

    return tuple(noted(each) for each in events)


def plain_name(path: str) -> str:
    """Return the name of a file as the log may hold it: no folder, nothing that cannot be printed."""
    return "".join(each if each.isprintable() else "?" for each in PurePath(path.replace("\\", "/")).name)


def report_on(desk: Desk, view: RegisterView) -> StatusReport:
    """Return where the project stands, with every evidence looked at once."""
    return status_report(
        desk.portfolio,
        view,
        as_of=desk.as_of,
        as_of_note=desk.as_of_note,
        evidence_whole=cache(desk.proof.whole),
    )


def moved(before: StatusReport, after: StatusReport, *, because: str) -> Iterator[str]:
    """Yield one line per indicator that moved: `KPI 2: 7 → 8 of 12 · Art-ER · R-2021-014`."""
    was = {figure.id: figure.counted for figure in before.figures}
    for figure in after.figures:
        if figure.counted != was.get(figure.id, 0):
            yield f"{figure.id}: {was.get(figure.id, 0)} → {figure.counted} of {figure.target} · {because}"
